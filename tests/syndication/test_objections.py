"""Single entries that must not be published are held; what is in order passes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from feeds.model import Entry, EntryId, Image, Url
from feeds.syndication.guard import Guard, Secret
from feeds.syndication.objections import entry_objections

NOW = datetime(2026, 1, 14, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
PICTURE = Image(Url("https://news.example/quay.jpg"), "image/jpeg")


def entry(number: int = 1, **more: object) -> Entry:
    fields = {"kind": "article", "entered": NOW, "updated": NOW, **more}
    title = fields.pop("title", f"Headline {number}")
    return Entry(id=EntryId(f"tag:news.example,2026:{number}"), title=title, **fields)  # type: ignore[arg-type]


def held(
    *members: Entry,
    published: Iterable[Entry] = (),
    secrets: Iterable[Secret] = (),
    link: str = "",
) -> dict[str, str]:
    """Why entries are held, by the last part of their id."""
    links = {
        each.id: link or each.url or f"https://news.example/feeds/stories/{each.hash}"
        for each in members
    }
    public = {each.id: each for each in published}
    found = entry_objections(members, public, links, Guard(secrets), NOW)
    return {entry_id.rpartition(":")[2]: why.what for entry_id, why in found.items()}


def test_an_entry_in_order_passes() -> None:
    content = (
        '<p>A <a href="https://other.example/a?b=1&amp;c=2#d">link</a>, an address '
        '(<a href="mailto:desk@news.example">desk</a>), a <a href="tel:+994121234567">number</a>'
        '<br><img src="http://news.example/a.png" alt="a &quot;quay&quot;, href=x"></p>'
    )
    assert held(entry(content=content, image=PICTURE, published=NOW - DAY)) == {}


@pytest.mark.parametrize(
    "url", ["story/1", "/story/1", "//news.example/1", "ftp://a.b/c", "", "x y"]
)
def test_an_address_that_is_not_absolute_holds_its_entry(url: str) -> None:
    content = f'<p>Text <a href="{url}">a</a></p>'
    assert held(entry(content=content))["1"].startswith(
        f"its text links to '{url}': expected a URL"
    )
    content = f'<p>Text <img alt="a" src="{url}"></p>'
    assert held(entry(content=content))["1"].startswith(f"its text shows '{url}': expected a URL")
    picture = msgspec.structs.replace(PICTURE, url=Url(url))
    assert held(entry(image=picture))["1"].startswith(f"its picture is '{url}': expected a URL")
    if url:
        assert held(entry(), link=url)["1"].startswith(f"it leads to '{url}': expected a URL")


@pytest.mark.parametrize(
    "tag",
    [
        "<a href='a.html'>",
        "<A HREF=a.html>",
        '<a title=">" href="a.html">',
        '<a\nhref = "a.html">',
        "<a title='\"' href='a.html'>",
        '<a href="&#106;avascript:x">',
        '<img alt=""src="a.png">',
    ],
)
def test_however_markup_is_written_its_addresses_are_found(tag: str) -> None:
    assert held(entry(content=f"<p>Text {tag}</p>"))


@pytest.mark.parametrize(
    "content",
    [
        '<pre>&lt;a href="page.html"&gt;</pre>',
        '<p>Write href="page.html" there.</p>',
        '<p><img alt="&lt;a href=page.html&gt;" src="https://news.example/a.png"></p>',
    ],
)
def test_an_article_may_write_about_addresses(content: str) -> None:
    assert held(entry(content=content)) == {}


def test_a_port_that_is_none_is_an_objection_and_no_error() -> None:
    assert (
        "its text links to" in held(entry(content='<a href="https://a.example:99999/">a</a>'))["1"]
    )
    assert "its text links to" in held(entry(content='<a href="https://[a.example/">a</a>'))["1"]


@pytest.mark.parametrize(
    ("published", "updated", "why"),
    [
        (NOW + DAY + timedelta(seconds=1), NOW + 2 * DAY, "published in the future, on 2026-01-15"),
        (NOW, NOW + 2 * DAY, "updated in the future, on 2026-01-16"),
        (None, NOW + 2 * DAY, "updated in the future"),
        (datetime(999, 12, 31, tzinfo=UTC), NOW, "published in the year 999"),
        (None, datetime(1, 1, 1, tzinfo=UTC), "updated in the year 1"),
        (NOW, NOW - timedelta(seconds=1), "changed on 2026-01-14, before it was published"),
    ],
)
def test_an_impossible_date_holds_its_entry(
    published: datetime | None, updated: datetime, why: str
) -> None:
    assert why in held(entry(published=published, updated=updated))["1"]


@pytest.mark.parametrize(
    ("published", "updated"),
    [
        (NOW + DAY, NOW + DAY),
        (None, NOW),
        (datetime(1000, 1, 1, tzinfo=UTC), NOW),
        (NOW, NOW),
    ],
)
def test_a_possible_date_passes(published: datetime | None, updated: datetime) -> None:
    assert held(entry(published=published, updated=updated)) == {}


def test_what_readers_have_already_is_not_judged_again() -> None:
    wrong = entry(published=NOW + 9 * DAY, updated=NOW + 9 * DAY, content='<a href="a">a</a>')
    assert held(wrong, published=[wrong]) == {}
    assert held(wrong, published=[msgspec.structs.replace(wrong, title="Another")])


def test_all_that_is_wrong_is_said() -> None:
    why = held(entry(published=NOW + 2 * DAY, updated=NOW + 2 * DAY, content='<a href="a">a</a>'))
    assert why["1"].startswith(
        "it is published in the future, on 2026-01-16; its text links to 'a'"
    )


# Ids

SAME_PAGE = EntryId("tag:other.example,2020:1")


def test_the_second_of_two_entries_with_one_page_in_the_app_is_held() -> None:
    first = entry()
    second = msgspec.structs.replace(entry(2), id=SAME_PAGE, entered=NOW + DAY)
    found = entry_objections(
        [second, first], {}, dict.fromkeys([first.id, second.id], "https://a.b"), Guard(), NOW
    )
    (told,) = found.values()
    assert (list(found), told.code) == ([SAME_PAGE], "id-taken")
    assert told.what == f"it has the page of 'Headline 1' ({first.id})"


def test_an_entry_that_is_published_keeps_its_page() -> None:
    first, second = entry(entered=NOW + DAY), msgspec.structs.replace(entry(2), id=SAME_PAGE)
    links = dict.fromkeys([first.id, second.id], "https://a.b")
    assert list(entry_objections([second, first], {first.id: first}, links, Guard(), NOW)) == [
        SAME_PAGE
    ]


def test_entries_with_addresses_of_their_own_need_no_page_in_the_app() -> None:
    first = entry(url="https://news.example/1")
    second = msgspec.structs.replace(entry(2, url="https://other.example/1"), id=SAME_PAGE)
    assert held(first, second) == {}


def test_different_entries_of_one_id_are_both_held() -> None:
    assert "it has the id of 'Headline 1'" in held(entry(), entry(title="Another"))["1"]


def test_an_entry_may_be_in_several_feeds() -> None:
    assert held(entry(), entry(2), entry()) == {}


# Secrets

LEAD = "The harbour authority will close the northern quay on Monday, for at least four weeks."
SECOND = "Ferries to the islands are going to leave from the old fish market in the meantime."
TITLE = "Northern quay to close for a month"
WHY = "embargoed (quay.txt) until 2026-01-20"
QUAY = Secret(f"{TITLE}\n{LEAD} {SECOND}\nThe mayor said so.", WHY)


def article(*paragraphs: str, image: Image | None = None) -> Entry:
    return entry(content="\n".join(f"<p>{text}</p>" for text in paragraphs), image=image)


@pytest.mark.parametrize(
    "leaking",
    [
        article("Something else happened.", LEAD),
        article(f"In other news: {LEAD} And so on."),
        article(LEAD.upper().replace(" ", "\u00a0 ").replace(",", " –")),
        article(
            LEAD.replace("northern quay", "<em>northern <a href='https://a.example'>quay</a></em>")
        ),
        entry(title=TITLE),
        entry(title=f"Update: {TITLE}?"),
        entry(summary=f"{SECOND[:-1]}, it is said."),
        article("Text.", image=msgspec.structs.replace(PICTURE, alt=TITLE)),
        article("Text.", image=msgspec.structs.replace(PICTURE, credit=LEAD)),
        article(f'<img src="https://news.example/a.png" alt="{TITLE}">'),
    ],
)
def test_a_sentence_that_is_embargoed_holds_the_entry_that_has_it(leaking: Entry) -> None:
    assert held(leaking, secrets=[QUAY])["1"].startswith(f"it has a sentence that is {WHY}: '")


@pytest.mark.parametrize(
    "harmless",
    [
        article("The harbour authority will close the southern quay on Monday, for two weeks."),
        article("The mayor said so."),
        article("The northern quay is to be painted in a month."),
        article("The harbour authority will close the", "southern quay on Monday, for at least."),
    ],
)
def test_some_words_of_a_secret_are_none(harmless: Entry) -> None:
    assert held(harmless, secrets=[QUAY]) == {}


def test_several_sentences_are_counted_and_the_first_is_shown() -> None:
    why = held(article(LEAD, SECOND, SECOND), secrets=[QUAY])["1"]
    assert why == (
        "it has 2 sentences, the first embargoed (quay.txt) until 2026-01-20: "
        "'The harbour authority will close the northern quay on Monda…'"
    )


def test_what_readers_had_before_is_no_secret() -> None:
    before = article(LEAD)
    again = entry(2, content=before.content)
    assert held(again, secrets=[QUAY]) == {"2": held(again, secrets=[QUAY])["2"]}
    assert held(again, published=[before], secrets=[QUAY]) == {}
    assert held(article(LEAD, "More."), published=[before], secrets=[QUAY]) == {}
    assert held(article(LEAD, SECOND), published=[before], secrets=[QUAY])


def test_a_paid_story_shows_its_headline_and_summary() -> None:
    shown = entry(title=TITLE, summary=LEAD)
    secret = Secret(QUAY.text, "for those who pay (quay.html)", public=f"{TITLE}\n{LEAD}")
    assert held(shown, secrets=[secret]) == {}
    assert held(entry(title=TITLE, summary=f"{LEAD} {SECOND}"), secrets=[secret])
    assert "for those who pay" in held(article(SECOND), secrets=[secret])["1"]


def test_what_one_paid_story_shows_may_be_the_secret_of_another() -> None:
    paid = Secret(LEAD, "for those who pay (quay.html)", public=LEAD)
    assert WHY in held(entry(summary=LEAD), secrets=[paid, QUAY])["1"]


def test_long_sentences_are_found_by_their_half() -> None:
    words = [f"word{number}" for number in range(45)]
    secret = Secret(" ".join(words) + ".", WHY)
    assert held(article(" ".join(words[:23])), secrets=[secret])
    assert held(article(" ".join(words[20:])), secrets=[secret])
    assert held(article(" ".join(words[:8])), secrets=[secret]) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "Limanın şimal körpüsü bazar ertəsindən dörd həftəlik bağlanacaq.",
        "Северный причал порта закроют с понедельника на четыре недели.",
        "سيغلق الرصيف الشمالي في الميناء يوم الاثنين لمدة أربعة أسابيع؟",
        "港口北码头将从周一起关闭四个星期。",
        "港の北埠頭は月曜日から四週間閉鎖される。",
        "ท่าเรือทางเหนือจะปิดตั้งแต่วันจันทร์เป็นเวลาสี่สัปดาห์",
        "उत्तरी घाट सोमवार से चार सप्ताह के लिए बंद रहेगा।",
        "북쪽 부두는 월요일부터 사 주 동안 폐쇄된다.",
        "Hafenbehördenvorsitzende kündigte Teilschließung an.",
        "The rate falls to 7.25 per cent.",
        "He met the U.S. envoy.  Mr. Smith left.",
    ],
)
def test_sentences_of_any_script_are_found(sentence: str) -> None:
    secret = Secret(f"Title.\n{sentence}", WHY)
    assert held(article(f"Something else. {sentence} More of it."), secrets=[secret])
    assert held(article("Something else."), secrets=[secret]) == {}


def test_sentences_without_blanks_are_found_inside_others() -> None:
    secret = Secret("港口北码头将从周一起关闭四个星期。", WHY)
    assert held(article("记者获悉港口北码头将从周一起关闭四个星期的消息"), secrets=[secret])
    assert held(article("港口北码头将关闭。"), secrets=[secret]) == {}
