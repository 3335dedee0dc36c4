"""A newsroom's stories over several runs, and what each partner has of them."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

import pytest
from lxml import etree

from feeds.ledger import documents
from feeds.ledger.connect import open_to_read
from feeds.reports.check import partner_rules
from feeds.reports.check.partner_rules import faults
from feeds.reports.check.partners import PARTNERS
from feeds.text.dates import rfc822, rfc3339
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds
from tests.publish.test_sections import titles
from tests.syndication.partner_rules import msn
from tests.web.asking import in_process

HOUR = timedelta(hours=1)
FOR_PARTNERS = SITE.replace(
    'language = "en"\n',
    'language = "en-GB"\nlogo = "https://desk.test/l.svg"\nicon = "https://desk.test/i.png"\n',
).replace("limit = 30", "limit = 100") + "".join(
    f'[[feeds]]\nname = "for-{name}"\ntitle = "For {name}"\nprofile = "{name}"\nlimit = 100\n'
    for name in PARTNERS
)
LINKED = '[[pages]]\npath = "*.txt"\nurl = "https://desk.test/{path}"\n'
GOOD = 30
MEMBERS = "Members read how much it cost. " * 9
PAID = "Ferry that has to be paid for"
SENTENCES = (
    "The harbour office said on Monday that pier {0} is open again to ships of any size and flag.",
    "Nobody who was asked on quay {0} could say for how long, since the cranes there are old.",
    "A council of {0} members will hear in spring what the repairs of the northern wall have cost.",
    "Until then boats of class {0} wait outside, where the ice has been thin since the new year.",
)


def page(number: int, title: str, text: str = "", **fields: str) -> str:
    """An HTML page's worth of front matter and text."""
    told = {
        "url": f"https://desk.test/{number}",
        "date": (NOW - (number + 1) * HOUR).isoformat(),
        "authors": "[Nora Lind]",
        "categories": "[Quay]",
        "image": f"https://desk.test/{number}.jpg",
        **fields,
    }
    head = "".join(f"{name}: {value}\n" for name, value in told.items() if value)
    body = text or "\n\n".join(sentence.format(number + 100) for sentence in SENTENCES)
    return f"---\n{head}---\n{title}\n\n{body}\n"


@pytest.fixture
def newsroom(newsroom: TestNewsroom) -> TestNewsroom:
    newsroom.configure(FOR_PARTNERS)
    for number in range(GOOD):
        newsroom.page(
            f"good{number}.txt", page(number, f"Pier number {number + 100} opens to ships")
        )
    odd = {
        "short": page(40, "Lamp glows"),
        "plain": page(41, "Crane without any picture stands", image=""),
        "paid": page(42, PAID, MEMBERS, access="paid", summary="It runs."),
        "undated": page(43, "Anchor of no day at all is found", date=""),
        "danish": page(44, "Baaden sejler igen i morgen tidlig", language="da"),
        "brief": page(45, "Bell rings once and then no more", "It rang."),
        "old": page(46, "Storm of the year before last ends", date="2024-01-02T10:00:00Z"),
    }
    for name, text in odd.items():
        newsroom.page(f"{name}.txt", text)
    newsroom.publish()
    return newsroom


def document(newsroom: TestNewsroom, name: str) -> bytes:
    ledger = open_to_read(newsroom.database)
    assert ledger
    with ledger.read() as connection:
        found = documents.find(connection, f"for-{name}", "rss")
        assert found
        return found.document.body


def latest(newsroom: TestNewsroom) -> bytes:
    ledger = open_to_read(newsroom.database)
    assert ledger
    with ledger.read() as connection:
        found = documents.find(connection, "latest", "rss")
        assert found
        return found.document.body


def wrong(newsroom: TestNewsroom, name: str, now: datetime = NOW) -> list[str]:
    return list(faults(name, document(newsroom, name), now))


def test_english_is_one_language_in_whatever_country(newsroom: TestNewsroom) -> None:
    for tag in ("en", "en-US", "en-gb", "en-Shaw"):
        newsroom.page(
            f"{tag}.txt", page(-1, f"Quay of the {tag} ships opens", url="", language=tag)
        )
    newsroom.configure(FOR_PARTNERS + LINKED)
    newsroom.publish(NOW + HOUR)
    assert {title for title in titles(newsroom, "for-msn") if title.startswith("Quay")} == {
        f"Quay of the {tag} ships opens" for tag in ("en", "en-US", "en-gb")
    }
    assert list(msn(document(newsroom, "msn"), NOW + HOUR)) == []
    assert wrong(newsroom, "msn", NOW + HOUR) == []


@pytest.mark.parametrize("name", PARTNERS)
def test_a_partners_feed_is_as_the_partner_asks_through_corrections_and_removals(
    newsroom: TestNewsroom, name: str
) -> None:
    assert wrong(newsroom, name) == []
    there = titles(newsroom, f"for-{name}")
    assert "Pier number 100 opens to ships" in there
    assert len(there) == {"msn": 29, "flipboard": 30}.get(name, len(there))
    newsroom.page("good3.txt", page(3, "Pier number 103 opens to ships", "Not so. " * 60))
    newsroom.publish(NOW + HOUR)
    assert wrong(newsroom, name, NOW + HOUR) == []
    assert b"Not so." in document(newsroom, name)
    feeds(newsroom, "retract", "--yes", "Pier number 104 opens to ships", now=NOW + 2 * HOUR)
    assert "Pier number 104 opens to ships" not in titles(newsroom, f"for-{name}")
    newsroom.publish(NOW + 200 * HOUR)
    assert wrong(newsroom, name, NOW + 200 * HOUR) == []
    assert bool(titles(newsroom, f"for-{name}")) == (name != "dzen")


@pytest.mark.parametrize(
    ("name", "out"),
    {
        "msn": {
            "Lamp glows": "title of 10 characters, at least 21",
            PAID: "no text",
            "Anchor of no day at all is found": "no date",
            "Baaden sejler igen i morgen tidlig": "its language is da",
        },
        "smartnews": {"Anchor of no day at all is found": "no date"},
        "flipboard": {"Bell rings once and then no more": "text of 8 characters, at least 300"},
        "apple": {PAID: "no text"},
        "newsbreak": {"Crane without any picture stands": "no picture"},
        "dzen": {"Crane without any picture stands": "no picture"},
        "feedly": {},
    }.items(),
)
def test_what_a_partner_has_not_is_told_with_the_reason(
    newsroom: TestNewsroom, name: str, out: dict[str, str]
) -> None:
    done = feeds(newsroom, "check", "--profile", name, now=NOW)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"for-{name}.rss for {name}: " in done.stdout
    for title, why in out.items():
        assert f"  not in it: '{title}': {why}\n" in done.stdout
        assert title not in titles(newsroom, f"for-{name}")
    shown = feeds(newsroom, "show", "Lamp glows").stdout
    assert "not in       for-msn: title of 10 characters, at least 21" in shown


def test_an_old_story_is_not_msns(newsroom: TestNewsroom) -> None:
    assert "Storm of the year before last ends" in titles(newsroom, "latest")
    assert "Storm of the year before last ends" not in titles(newsroom, "for-msn")


def test_a_feed_for_readers_is_judged_as_if_it_were_a_partners(newsroom: TestNewsroom) -> None:
    newsroom.configure(FOR_PARTNERS.partition('[[feeds]]\nname = "for-msn')[0])
    newsroom.publish(NOW + HOUR)
    done = feeds(newsroom, "check", "--profile", "msn", now=NOW + HOUR)
    assert done.returncode == 1
    assert "latest.rss for msn: " in done.stdout
    assert "30 items or more" in done.stdout
    assert "'Lamp glows': title of 10 characters, more than 20 and at most 150" in done.stdout
    unknown = feeds(newsroom, "check", "--profile", "google")
    assert (unknown.returncode, "none of: msn, smartnews" in unknown.stderr) == (2, True)


def test_every_partner_has_a_judge() -> None:
    assert set(PARTNERS) == set(partner_rules._ITEMS) == set(partner_rules._WHOLES)


GONE = "Pier number 104 opens to ships"
REMOVED = "This story has been removed"


def removed(newsroom: TestNewsroom, name: str) -> list[dict[str, str]]:
    """The items of a partner's feed that are to be removed, by the names of their elements."""
    channel = etree.fromstring(document(newsroom, name))[0]
    return [
        {node.tag.rpartition("}")[2]: node.text or node.get("state") or "" for node in item}
        for item in channel.iterfind("item")
        if item.findtext("title") == REMOVED
    ]


def retract(newsroom: TestNewsroom, now: datetime, *more: str) -> None:
    assert feeds(newsroom, "retract", "--yes", GONE, *more, now=now).returncode == 0


@pytest.mark.parametrize("name", PARTNERS)
@pytest.mark.parametrize("more", [(), ("--erase",)], ids=["retracted", "erased"])
def test_a_partner_who_wants_it_hears_for_a_week_that_a_story_is_taken_back(
    newsroom: TestNewsroom, name: str, more: tuple[str, ...]
) -> None:
    guid = next(entry.id for entry in newsroom.entries() if entry.title == GONE)
    when = NOW + 2 * HOUR
    retract(newsroom, when, *more)
    if name not in {"msn", "smartnews"}:
        assert removed(newsroom, name) == []
        return
    (found,) = removed(newsroom, name)
    assert found["guid"] == guid
    assert found["link"].startswith("https://desk.test/feeds/stories/")
    assert b"104" not in document(newsroom, name).partition(REMOVED.encode())[2][:900]
    if name == "smartnews":
        assert (found["status"], found["pubDate"]) == ("deleted", rfc822(when))
    else:
        assert found["valid"] == found["modified"] == found["expirationDate"] == rfc3339(when)
    assert wrong(newsroom, name, when) == []
    newsroom.publish(when + timedelta(days=7, seconds=-1))
    assert len(removed(newsroom, name)) == 1
    newsroom.publish(when + timedelta(days=7))
    assert removed(newsroom, name) == []
    assert REMOVED.encode() not in latest(newsroom)


def test_stories_are_counted_without_removals(newsroom: TestNewsroom) -> None:
    retract(newsroom, NOW + HOUR)
    told = feeds(newsroom, "check", "--profile", "msn", now=NOW + HOUR).stdout
    assert "for-msn.rss for msn: 29 stories and 1 removal, " in told


@pytest.mark.parametrize("name", ["msn", "feedly"])
def test_what_states_no_language_is_in_the_sites_of_whatever_country(
    newsroom: TestNewsroom, name: str
) -> None:
    tag = "en-GB" if name == "feedly" else "en"
    profile = f'profile = "{name}"\n'
    newsroom.configure(FOR_PARTNERS.replace(profile, f'{profile}languages = ["{tag}"]\n'))
    newsroom.publish(NOW + HOUR, accept=("filters",))
    assert len(titles(newsroom, f"for-{name}")) >= 29


def test_a_removal_is_no_damage(newsroom: TestNewsroom) -> None:
    retract(newsroom, NOW + HOUR)
    feeds(newsroom, "retract", "--yes", "--erase", "Pier number 105 opens to ships", now=NOW + HOUR)
    more = ("--rights", "own-site", "Pier number 106 opens to ships")
    assert feeds(newsroom, "correct", "--yes", *more, now=NOW + HOUR).returncode == 0
    assert len(removed(newsroom, "smartnews")) == 3
    assert "error " not in feeds(newsroom, "check", now=NOW + HOUR).stdout
    with sqlite3.connect(newsroom.database) as connection:
        connection.execute("UPDATE carried SET removed = NULL")
    told = feeds(newsroom, "check", now=NOW + HOUR).stdout
    assert "for-msn.rss: it says that " in told
    assert "is to be removed, which was not taken back" in told


def test_what_comes_back_changed_later_than_it_was_removed(newsroom: TestNewsroom) -> None:
    retract(newsroom, NOW + HOUR)
    feeds(newsroom, "restore", "--yes", GONE, now=NOW + 2 * HOUR)
    assert removed(newsroom, "msn") == []
    channel = etree.fromstring(document(newsroom, "msn"))[0]
    (item,) = [one for one in channel.iterfind("item") if one.findtext("title") == GONE]
    assert item.findtext("{http://purl.org/dc/terms/}modified") == rfc3339(NOW + 2 * HOUR)
    newsroom.page("more.txt", page(60, "Pier number 199 opens to ships"))
    newsroom.publish(NOW + 3 * HOUR)
    channel = etree.fromstring(document(newsroom, "msn"))[0]
    (item,) = [one for one in channel.iterfind("item") if one.findtext("title") == GONE]
    assert item.findtext("{http://purl.org/dc/terms/}modified") == rfc3339(NOW + 2 * HOUR)


def test_what_comes_back_within_a_second_changed_later_all_the_same(newsroom: TestNewsroom) -> None:
    when = NOW + HOUR
    for command, said in (("retract", 1), ("restore", 2), ("retract", 3)):
        assert feeds(newsroom, command, "--yes", GONE, now=when).returncode == 0
        channel = etree.fromstring(document(newsroom, "msn"))[0]
        moments = channel.xpath("item/*[local-name() = 'modified']/text()")
        assert moments == [rfc3339(when + timedelta(seconds=said - 1))]


def test_what_comes_back_and_is_too_old_for_the_feed_is_no_removal_any_more(
    newsroom: TestNewsroom,
) -> None:
    for number in range(70, 100):
        address = f"https://desk.test/{number}"
        newsroom.page(f"{number}.txt", page(-1, f"Quay {number} is built in spring", url=address))
    newsroom.publish(NOW + HOUR)
    retract(newsroom, NOW + 2 * HOUR)
    assert len(removed(newsroom, "msn")) == 1
    feeds(newsroom, "restore", "--yes", GONE, now=NOW + 3 * HOUR)
    assert removed(newsroom, "msn") == []
    assert GONE not in titles(newsroom, "for-msn")


def test_what_must_be_paid_for_by_now_is_taken_back_and_what_is_one_too_many_is_not(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("good4.txt", page(4, GONE, access="paid", summary="It is open."))
    newsroom.publish(NOW + HOUR)
    assert [one["modified"] for one in removed(newsroom, "msn")] == [rfc3339(NOW + HOUR)]
    for number in range(70, 75):
        newsroom.page(f"new{number}.txt", page(-1, f"Quay {number} is built again in spring"))
    newsroom.publish(NOW + 2 * HOUR)
    assert len(removed(newsroom, "msn")) == 1


def test_a_story_that_the_feed_never_had_is_no_removal(newsroom: TestNewsroom) -> None:
    assert feeds(newsroom, "retract", "--yes", "Lamp glows", now=NOW + HOUR).returncode == 0
    assert removed(newsroom, "msn") == []
    assert len(removed(newsroom, "smartnews")) == 1


def test_taking_back_most_of_a_feed_is_no_alarm(newsroom: TestNewsroom) -> None:
    most = [f"Pier number {number + 100} opens to ships" for number in range(25)]
    newsroom.decide(*(f'action = "retract"\nentry = "{title}"' for title in most))
    done = feeds(newsroom, "publish", now=NOW + HOUR)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(removed(newsroom, "smartnews")) == 25


def test_a_partners_rules_keep_no_news_from_readers(newsroom: TestNewsroom) -> None:
    before = len(titles(newsroom, "for-dzen"))
    for number in range(GOOD):
        title = f"Pier number {number + 100} opens to ships"
        newsroom.page(f"good{number}.txt", page(number, title, "Not so. " * 60, image=""))
    newsroom.page("news.txt", page(60, "Pier number 199 opens to ships"))
    done = feeds(newsroom, "publish", "--accept", "corrections", now=NOW + HOUR)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Pier number 199 opens to ships" in titles(newsroom, "latest")
    assert len(titles(newsroom, "for-dzen")) == before - GOOD + 1


def test_partners_feeds_are_not_where_readers_look_for_feeds(newsroom: TestNewsroom) -> None:
    ask = in_process(newsroom)
    for page_of_feeds in ("/feeds/", "/feeds/feeds.opml"):
        assert "for-msn" not in ask(page_of_feeds).text
        assert "for-feedly" in ask(page_of_feeds).text
    assert ask("/feeds/for-msn.rss").status == 200


def test_what_is_too_old_for_a_partner_is_told(newsroom: TestNewsroom) -> None:
    told = feeds(newsroom, "check", "--profile", "msn", now=NOW).stdout
    assert "not in it: 'Storm of the year before last ends': older than 364 days" in told


def test_what_expired_or_is_another_story_by_now_is_taken_back(newsroom: TestNewsroom) -> None:
    ends = (NOW + HOUR).isoformat()
    newsroom.page("good4.txt", page(4, GONE, expiryDate=ends))
    newsroom.publish(NOW + timedelta(minutes=5))
    assert removed(newsroom, "smartnews") == []
    newsroom.publish(NOW + 2 * HOUR)
    assert [one["pubDate"] for one in removed(newsroom, "smartnews")] == [rfc822(NOW + 2 * HOUR)]
    newsroom.decide(
        'action = "merge"\nentry = "Pier number 105 opens to ships"\n'
        'duplicate = "Pier number 106 opens to ships"'
    )
    newsroom.publish(NOW + 3 * HOUR)
    assert len(removed(newsroom, "smartnews")) == 2
    assert "Pier number 106 opens to ships" not in titles(newsroom, "for-smartnews")


def test_plain_check_and_the_report_name_what_partners_have_not(newsroom: TestNewsroom) -> None:
    told = feeds(newsroom, "check", now=NOW).stdout
    assert "hint     for-dzen: 4 of the 37 newest stories are not in it" in told
    assert "hint     for-dzen: not in it: 'Crane without any picture stands': no picture" in told
    assert "'feeds check --profile dzen' names them all" in told
    assert "for-feedly: " not in told
    report = newsroom.root.parent / "report.html"
    assert feeds(newsroom, "report", str(report), now=NOW).returncode == 0
    assert "Crane without any picture stands" in report.read_text(encoding="utf-8")


def test_other_filters_that_take_a_partners_stories_away_are_to_be_meant(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(
        FOR_PARTNERS.replace('profile = "msn"', 'profile = "msn"\nexclude_categories = ["Quay"]')
    )
    done = feeds(newsroom, "publish", now=NOW + HOUR)
    assert done.returncode == 3
    assert "for-msn.rss would have none" in done.stderr
    newsroom.configure(
        FOR_PARTNERS.replace(
            'profile = "msn"', 'profile = "msn"\nexclude_keywords = ["pier number 101"]'
        )
    )
    done = feeds(newsroom, "publish", now=NOW + HOUR)
    assert done.returncode == 3
    assert "for-msn.rss would lack 1 of 29 entries" in done.stderr
    newsroom.configure(
        FOR_PARTNERS.replace(
            'profile = "msn"',
            'profile = "msn"\nexclude_keywords = ["pier number 101", "pier number 102",'
            ' "pier number 103", "pier number 104", "pier number 105", "pier number 106"]',
        )
    )
    done = feeds(newsroom, "publish", now=NOW + HOUR)
    assert done.returncode == 3
    (told,) = [line for line in done.stderr.splitlines() if "for-msn" in line]
    assert "for-msn.rss would lack 6 of 29 entries ('Pier number 101 opens to ships'" in told
    assert "'--accept filters'" in told
    done = feeds(newsroom, "publish", "--accept", "filters", now=NOW + HOUR)
    assert (done.returncode, done.stderr) == (0, "")
    assert GONE not in titles(newsroom, "for-msn")


def test_what_the_site_looks_like_goes_along(newsroom: TestNewsroom) -> None:
    newsroom.configure(
        FOR_PARTNERS.replace(
            "icon =", 'accent = "#0a5c8f"\nlogo_dark = "https://desk.test/night.svg"\nicon ='
        )
    )
    newsroom.page("good1.txt", page(1, "Pier number 101 opens to ships", image_rights="syndicate"))
    newsroom.publish(NOW + HOUR)
    smartnews = document(newsroom, "smartnews")
    assert b"<snf:darkModeLogo>\n      <url>https://desk.test/night.svg</url>" in smartnews
    assert b"<webfeeds:accentColor>0a5c8f</webfeeds:accentColor>" in document(newsroom, "feedly")
    msn = document(newsroom, "msn")
    assert msn.count(b"<mi:hasSyndicationRights>1</mi:hasSyndicationRights>") == 1
