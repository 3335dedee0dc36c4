"""Nine words of what must not be read yet, or an address that gives it away, hold an entry."""

from __future__ import annotations

import msgspec
import pytest

from feeds.model import Entry, EntryId, Url
from feeds.syndication.guard import Guard, Secret
from feeds.syndication.objections import entry_objections
from feeds.syndication.spoken import Spoken
from tests.syndication.test_objections import (
    LEAD,
    NOW,
    PICTURE,
    QUAY,
    TITLE,
    WHY,
    article,
    entry,
    held,
)

NINE = "authority will close the northern quay on Monday, for"


@pytest.mark.parametrize(
    "leaking",
    [
        article(f"Shops fear that the port {NINE} the winter and that nobody will come."),
        article(f"Shops fear that the port {NINE.upper().replace(',', ' –')} ever."),
        article(
            "It is said: authority will <em>close the <b>nor</b>thern</em> quay on Monday for…"
        ),
        article("Their authority will close the", "northern quay on Monday for."),
        entry(title=f"Harbour {NINE} ever"),
        entry(summary=f"Harbour {NINE} ever"),
        entry(categories=(f"Harbour {NINE} ever",)),
        article("Text.", image=msgspec.structs.replace(PICTURE, alt=f"Whose {NINE} ever")),
        article("Text.", image=msgspec.structs.replace(PICTURE, credit=f"Whose {NINE} ever")),
        article(f'<img src="https://news.example/a.png" alt="The {NINE} ever">'),
    ],
)
def test_nine_words_of_an_embargoed_sentence_hold_the_entry_that_has_them(leaking: Entry) -> None:
    assert held(leaking, secrets=[QUAY])["1"].startswith(f"it has words in a row that are {WHY}: ")


@pytest.mark.parametrize(
    "harmless",
    [
        article("Shops fear their authority will close the northern quay on Tuesday or later."),
        article("The authority will close a northern quay on Monday, for at least four days."),
    ],
)
def test_eight_words_in_a_row_are_said_by_chance(harmless: Entry) -> None:
    assert held(harmless, secrets=[QUAY]) == {}


def test_a_phrase_that_readers_had_before_is_no_secret_whatever_follows_it() -> None:
    office = "the deputy chair of the standing committee on harbours and inland waterways"
    secret = Secret(f"A plan.\nYesterday {office} said on Friday that she leaves in May.", WHY)
    before = entry(content=f"<p>Last year {office} spoke.</p>")
    other = entry(2, content=f"<p>By the way, {office} said on Friday that all is well.</p>")
    assert held(other, secrets=[secret])
    assert held(other, published=[before], secrets=[secret]) == {}
    more = entry(2, content=f"<p>And {office} said on Friday that she leaves in May.</p>")
    assert held(more, published=[before], secrets=[secret])


def test_what_several_drafts_say_with_other_figures_is_a_secret_but_for_their_form() -> None:
    line = "The ministry of the sea sells all of its lighthouses for {} million next year."
    drafts = [Secret(f"A plan.\n{line.format(figure)}", WHY) for figure in (20, 30, 40)]
    leaking = article("It is said the ministry of the sea sells all of its lighthouses.")
    assert held(leaking, secrets=drafts)
    assert held(article(line.format(30)), secrets=drafts)
    assert held(article(line.format(50)), secrets=drafts) == {}
    assert held(article(line.format(50)), secrets=drafts[:2])
    assert held(article(line.format(50).replace("next", "this")), secrets=drafts)


def test_parts_of_two_sentences_are_no_phrase_but_an_abbreviation_ends_none() -> None:
    short = "The old bell was late again. Nobody had come to see it."
    other = article("Their bell was late again. Nobody had come to see him.")
    assert held(other, secrets=[Secret(f"A title.\n{short}", WHY)]) == {}
    long = "We met Mr. Smith and Dr. Jones of the U.S. embassy at the old quay."
    leaking = article("Mr. Smith and Dr. Jones of the U.S. embassy came.")
    assert held(leaking, secrets=[Secret(f"A title.\n{long}", WHY)])


def test_nine_words_of_what_has_to_be_paid_for_are_a_secret_but_for_what_is_shown() -> None:
    secret = Secret(QUAY.text, "for those who pay (quay.html)", public=f"{TITLE}\n{LEAD}")
    assert held(article(f"Harbour {NINE} ever"), secrets=[secret]) == {}
    leaking = article("Do ferries to the islands are going to leave from the old, they ask.")
    assert "for those who pay" in held(leaking, secrets=[secret])["1"]


@pytest.mark.parametrize(
    ("secret", "inside", "less"),
    [
        (
            "港务局宣布港口北码头将从下周一起关闭四个星期以便修理。",
            "有人说港口北码头将从下周一起关闭四个月",
            "有人说港口北码头将从下周停用",
        ),
        (
            "港の北埠頭は来週の月曜日からおよそ四週間にわたって閉鎖されると港湾局が発表した。",
            "噂では北埠頭は来週の月曜日からおよそ四週間にわたって使えない",
            "噂では北埠頭は来週の月曜日から使えない",
        ),
        (
            "ท่าเรือทางเหนือจะปิดตั้งแต่วันจันทร์หน้าเป็นเวลาสี่สัปดาห์เพื่อซ่อมแซม",
            "มีข่าวว่าทางเหนือจะปิดตั้งแต่วันจันทร์หน้าเป็นเวลานาน",
            "มีข่าวว่าทางเหนือจะปิดตั้งแต่เช้า",
        ),
    ],
    ids=["Chinese", "Japanese", "Thai"],
)
def test_nine_words_are_so_many_letters_where_no_blanks_part_them(
    secret: str, inside: str, less: str
) -> None:
    hidden = Secret(f"Title\n{secret}", WHY)
    assert "words in a row" in held(article(inside), secrets=[hidden])["1"]
    assert held(article(less), secrets=[hidden]) == {}


# Addresses

HEADLINE = "Harbour master leaves after the winter storm"
MASTER = Secret(f"{HEADLINE}\nHe does.", WHY, title=HEADLINE, address="https://news.example/p/77")
SLUG = "harbour-master-leaves-after-the-winter-storm"


@pytest.mark.parametrize(
    "address",
    [
        f"https://news.example/{SLUG}",
        f"https://news.example/2026/01/20/{SLUG}.html",
        f"https://news.example/{SLUG.replace('-', '_')}-4711/",
        f"https://news.example/search?q={SLUG.replace('-', '+')}",
        f"https://news.example/go?to=https%253A%252F%252Fa.example%252F{SLUG}",
        f"https://news.example/{SLUG.replace('-', '%20')}",
        "https://news.example/HarbourMasterLeavesAfterTheWinterStorm",
        "https://news.example/harbourmasterleavesafterthewinterstorm",
        "https://news.example/harbourmasterleavesafterwinterstorm",
        "https://news.example/harbourmasterleavesafterthe",
        "https://harbourmasterleavesafterthewinterstorm.example/",
        f"https://{SLUG}.blogs.example/2026/",
        "https://news.example/harbour-master-leaves-winter-storm",
        "https://news.example/harbour-master-leaves",
        f"https://news.example/live#{SLUG}",
        "https://news.example/p/77",
        "http://www.news.example/p/77/?utm_source=x#top",
    ],
)
def test_an_address_that_gives_an_embargoed_story_away_holds_what_has_it(address: str) -> None:
    entries = [
        entry(url=address),
        article(f'Read <a href="{address}">this</a>.'),
        article(f'<img src="{address}" alt="A quay">'),
        article("Text.", image=msgspec.structs.replace(PICTURE, url=Url(address))),
    ]
    for one in entries:
        told = held(one, secrets=[MASTER])["1"]
        assert told.startswith("it has the address 'http")
        assert WHY in told
        paid = Secret(MASTER.text, WHY, public=HEADLINE)
        assert held(one, secrets=[paid]) == {}, "of paid texts it may be"


PORT = "authority will close the northern quay on Monday for"


@pytest.mark.parametrize(
    "address",
    [
        f"https://social.example/share?text=The+{PORT.replace(' ', '+')}+ever",
        f"https://social.example/share?text=The%20{PORT.replace(' ', '%20')}%20ever",
        f"https://social.example/go?to=https%3A%2F%2Fa.example%2F{PORT.replace(' ', '%2520')}",
        f"https://news.example/{PORT.replace(' ', '-')}.html",
        f"mailto:desk@news.example?body={PORT.replace(' ', '%20')}",
    ],
)
def test_nine_words_of_an_embargoed_sentence_are_found_in_addresses_too(address: str) -> None:
    one = article(f'Tell <a href="{address}">others</a>.')
    told = held(one, secrets=[QUAY])
    assert told["1"].startswith(f"it has words in a row that are {WHY}: ")
    before = msgspec.structs.replace(one, id=EntryId("before"))
    assert held(one, published=[before], secrets=[QUAY]) == {}


def test_a_whole_sentence_in_an_address_is_found_however_few_its_words_are() -> None:
    secret = Secret("A plan.\nThe mayor will be gone by Friday night.", WHY)
    link = "https://social.example/share?text=the+mayor+will+be+gone+by+friday+night&via=desk"
    told = held(article(f'Tell <a href="{link}">others</a>.'), secrets=[secret])
    assert told["1"].startswith(f"it has a sentence that is {WHY}: ")


@pytest.mark.parametrize(
    ("secret", "other"),
    [
        ("Её всё ещё ждёт отчёт о порте.", "её все еще ждет отчёт о порте"),
        ("Её всё ещё ждёт отчёт о порте.", "ЕЁ ВСЕ ЕЩЕ ЖДЕТ ОТЧЕТ О ПОРТЕ"),
        ("Её все еще ждет отчет о порте.", "ее\u0308 все\u0308 ещё ждёт отчёт о порте"),
        (
            "Вчера он сообщил, что её всё ещё ждёт новый отчёт о порте и флоте.",
            "Говорят, что ее все еще ждет новый отчет о порте и о рыбе",
        ),
    ],
)
def test_words_are_the_same_with_either_of_two_russian_letters(secret: str, other: str) -> None:
    assert held(article(other), secrets=[Secret(f"План.\n{secret}", WHY)])


def test_an_address_that_is_written_out_in_a_text_gives_a_story_away_too() -> None:
    one = article("See https://news.example/harbour-master-leaves-storm, it says.")
    assert held(one, secrets=[MASTER])["1"].startswith("it has the address")


def test_an_id_that_spells_an_embargoed_headline_holds_its_entry() -> None:
    claimed = msgspec.structs.replace(entry(), id=EntryId(f"urn:news:{SLUG}"))
    links = {claimed.id: "https://news.example/9"}
    (told,) = entry_objections([claimed], {}, links, Guard([MASTER]), NOW).values()
    assert told.code == "secret-address"
    assert held(entry(guid=f"https://news.example/{SLUG}"), secrets=[MASTER])


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        (
            "Şimal körpüsü bazar ertəsi günü bağlanacaq",
            "simal-korpusu-bazar-ertesi-gunu-baglanacaq",
        ),
        ("Şimal körpüsü bazar ertəsi günü bağlanacaq", "shimal-korpusu-ertasi-gunu-baghlanacaq"),
        ("Начальник порта уходит после зимней бури", "nachalnik-porta-uhodit-posle-zimnej-buri"),
        ("Начальник порта уходит после зимней бури", "nachalnik-porta-ukhodit-posle-zimney-buri"),
        (
            "Начальник порта уходит после бури",
            "%D0%BD%D0%B0%D1%87%D0%B0%D0%BB%D1%8C%D0%BD%D0%B8%D0%BA-%D0%BF%D0%BE%D1%80%D1%82%D0%B0-"
            "%D1%83%D1%85%D0%BE%D0%B4%D0%B8%D1%82-%D0%BF%D0%BE%D1%81%D0%BB%D0%B5",
        ),
        ("Ещё жёстче: цены на щебень взлетели", "eshche-zhestche-ceny-na-shcheben-vzleteli"),
        (
            "Liman müdürü kış fırtınasından sonra ayrılıyor",
            "liman-muduru-kis-firtinasindan-ayriliyor",
        ),
        ("Größter Hafen schließt über Ostern", "groesster-hafen-schliesst-ueber-ostern"),
        ("Minister resigns over secret loans", "ministerresignsoversecretloans"),
        ("Начальник порта уходит после зимней бури", "nachalnikportauhoditposlezimnejburi"),
        ("港口北码头将关闭四个星期", "gang-kou-bei-ma-tou-jiang-guan-bi-si-ge-xing-qi"),
        ("Harbour's master can't stay in office", "harbours-master-cant-stay-in-office"),
        ("Minister resigns", "minister-resigns"),
        ("Harbour master resigns", "12345-harbour-master-resigns"),
    ],
)
def test_a_headline_is_spelled_in_the_letters_of_addresses_too(headline: str, slug: str) -> None:
    secret = Secret(headline, WHY, title=headline)
    assert held(entry(url=f"https://news.example/{slug}"), secrets=[secret])


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/harbour-master-opens-the-new-pier",
        "https://news.example/winter-storm-leaves-harbour-without-power",
        "https://news.example/harbour",
        "https://news.example/harbourmasteropensthenewpier",
        "https://harbourmasterandcompany.example/",
        "https://news.example/tag/harbour-master",
        "https://news.example/after-the-winter-storm-schools-open",
        "https://news.example/p/778",
        "https://news.example/",
        "mailto:harbour@news.example",
        "https://[broken/harbour-storm",
    ],
)
def test_an_address_of_another_story_is_none(address: str) -> None:
    assert Guard([MASTER]).leaks([entry(url=address)], {}, Spoken(list)) == {}


@pytest.mark.parametrize(
    "before",
    [
        entry(3, url=f"https://news.example/{SLUG}"),
        entry(3, content=f'<p><a href="https://news.example/{SLUG}">More</a></p>'),
        entry(3, title=HEADLINE.upper()),
    ],
    ids=["its link", "a link", "the headline"],
)
def test_an_address_or_headline_that_readers_had_before_is_no_secret(before: Entry) -> None:
    again = article(f'<a href="https://news.example/{SLUG}">More</a>')
    assert held(again, secrets=[MASTER])
    assert held(again, published=[before], secrets=[MASTER]) == {}


def test_the_own_address_of_a_story_whose_first_version_is_out_is_no_secret() -> None:
    before = entry(url="https://news.example/p/77")
    after = msgspec.structs.replace(before, authors=("Ola Berg",))
    assert held(after, published=[before], secrets=[MASTER]) == {}
