"""Fifty stories of every kind over four runs, as each partner and the readers have them."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import feedparser
import msgspec
import pytest

from feeds.model import FORMATS
from tests.clients.pollers import POLLERS
from tests.clients.test_polling import SUBSCRIPTIONS
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds
from tests.publish.test_partners import SENTENCES
from tests.syndication.partner_rules import RULES, items_of, moment, removals_of, text
from tests.syndication.w3c_rules import wrong_with
from tests.web.asking import HOST, in_a_thread, port_of_ours

HOUR = timedelta(hours=1)
RUNS = (NOW, NOW + HOUR, NOW + 4 * HOUR, NOW + 7 * 24 * HOUR + 2 * HOUR)
"""The second corrects and takes back, in the third some expire; the last is a week after the second
one, when partners were told long enough of what that took back."""
LOOKS = (
    'language = "en-GB"\nsections = true\naccent = "#0a5c8f"\n'
    'logo = "https://desk.test/l.svg"\nicon = "https://desk.test/i.png"\n'
)
CONFIGURED = (
    SITE.replace('language = "en"\n', LOOKS).replace("limit = 30", "limit = 100")
    + ('[[feeds]]\nname = "corrections"\ntitle = "Corrections"\nkinds = ["correction"]\n')
    + "".join(
        f'[[feeds]]\nname = "for-{name}"\ntitle = "For {name}"\nprofile = "{name}"\nlimit = 100\n'
        for name in RULES
    )
)
KINDS = {
    "good": 20, "short": 3, "plain": 3, "paid": 3, "undated": 2, "corrected": 3, "retracted": 3,
    "erased": 1, "expired": 2, "own": 3, "withheld": 2, "danish": 5,
}  # fmt: skip
"""How many there are of each kind; *own* are for the site alone, *withheld* from the second run."""
LESS = {
    "msn": {"short", "paid", "undated", "own", "danish"},
    "smartnews": {"paid", "undated", "own"},
    "flipboard": {"paid", "undated", "own"},
    "apple": {"paid", "own"},
    "newsbreak": {"paid", "own", "plain"},
    "dzen": {"paid", "undated", "own", "plain"},
    "feedly": set(),
}
"""Which kinds each partner has not, by what it asks."""
GONE = ("retracted", "erased", "expired", "withheld")
"""What is taken back, expired in the third run and all else in the second."""
OWN = {
    "for-msn": ("http://schemas.ingestion.microsoft.com/common/",),
    "for-smartnews": ("http://www.smartnews.be/snf", "media:status"),
    "for-feedly": ("http://webfeeds.org/rss/1.0",),
}
"""What partners alone ask for: the W3C's validator knows neither their own namespaces nor the
element of Media RSS by which something is removed."""
MOST = {"msn": 29, "flipboard": 30}


class Story(NamedTuple):
    """One of the fifty: its number, its kind, what it is called, when it came out."""

    number: int
    kind: str
    title: str
    when: datetime


def stories() -> list[Story]:
    kinds = [kind for kind, count in KINDS.items() for _ in range(count)]
    assert len(kinds) == 50
    made = []
    for number, kind in enumerate(kinds):
        title = (
            f"Lamp {number}" if kind == "short" else f"Pier number {number + 100} opens to ships"
        )
        # so that no kind is the oldest one as a whole
        made.append(Story(number, kind, title, NOW - (1 + number * 7 % 50) * HOUR))
    return made


ALL = stories()


def write(newsroom: TestNewsroom, story: Story, **more: str) -> None:
    number, kind, title, when = story
    told = {
        "url": f"https://desk.test/{number}?utm_source=feed",
        "date": when.isoformat() if kind != "undated" else "",
        "authors": "[Nora Lind]",
        "categories": "[Quay]",
        "image": f"https://desk.test/{number}.jpg" if kind != "plain" else "",
        "language": "da" if kind == "danish" else "",
        "access": "paid" if kind == "paid" else "",
        "summary": "It opens." if kind == "paid" else "",
        "rights": "own-site" if kind == "own" else "",
        "expiryDate": (NOW + 2 * HOUR).isoformat() if kind == "expired" else "",
        **more,
    }
    head = "".join(f"{name}: {value}\n" for name, value in told.items() if value)
    sentences = [sentence.format(number + 100) for sentence in SENTENCES]
    if kind == "corrected" and more:
        sentences[0] = f"Nobody but the office says that pier {number + 100} is open to anybody."
    body = "\n\n".join(sentences)
    newsroom.page(f"{number}.txt", f"---\n{head}---\n{title}\n\n{body}\n")


def of_kind(kind: str) -> list[Story]:
    return [story for story in ALL if story.kind == kind]


Documents = dict[tuple[str, str], bytes]


@pytest.fixture(scope="module")
def newsrooms(tmp_path_factory: pytest.TempPathFactory) -> list[TestNewsroom]:
    """The newsroom as it is after each of the four runs."""
    home = tmp_path_factory.mktemp("fifty")
    newsroom = TestNewsroom(home / "desk", CONFIGURED)

    def published(run: int) -> TestNewsroom:
        done = feeds(newsroom, "publish", now=RUNS[run])
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        return newsroom.copy(home / str(run))

    for story in ALL:
        write(newsroom, story)
    found = [published(0)]
    for story in of_kind("corrected"):
        write(newsroom, story, summary="Nobody else says so.")
    for story in of_kind("withheld"):
        write(newsroom, story, rights="own-site")
    newsroom.decide(
        *(
            f'action = "retract"\nentry = "{story.title}"\nnotice = "Nothing of it was true."\n'
            f"erase = {str(story.kind == 'erased').lower()}"
            for story in (*of_kind("retracted"), *of_kind("erased"))
        )
    )
    return [*found, *(published(run) for run in (1, 2, 3))]


@pytest.fixture(scope="module")
def runs(newsrooms: list[TestNewsroom]) -> list[Documents]:
    """Every document of each of the four runs."""
    return [
        {
            (str(name), form): newsroom.document(str(name), form).document.body
            for (name,) in newsroom.rows("SELECT DISTINCT feed FROM documents")
            for form in FORMATS
        }
        for newsroom in newsrooms
    ]


def expected(name: str, run: int) -> list[Story]:
    """What the partner called ``name`` is to have in a run, newest first."""
    gone = {"retracted", "erased", "withheld"} if run else set()
    gone |= {"expired"} if run > 1 else set()
    if name == "feedly":
        gone -= {"withheld"}
    there = [story for story in ALL if story.kind not in LESS[name] | gone]
    if name == "dzen":
        there = [story for story in there if story.when > RUNS[run] - timedelta(days=8)]
    there.sort(key=lambda story: story.when, reverse=True)
    return there[: MOST.get(name, 100)]


@pytest.mark.parametrize("run", range(4))
@pytest.mark.parametrize("name", RULES)
def test_a_partner_has_what_it_takes_and_nothing_else(
    runs: list[Documents], name: str, run: int
) -> None:
    body = runs[run][f"for-{name}", "rss"]
    assert list(RULES[name](body, RUNS[run])) == []
    there = sorted(text(item, "title") for item in items_of(body))
    assert there == sorted(story.title for story in expected(name, run))


@pytest.mark.parametrize("run", range(4))
@pytest.mark.parametrize("name", ["msn", "smartnews"])
def test_what_is_taken_back_is_said_for_a_week_and_then_no_more(
    runs: list[Documents], name: str, run: int
) -> None:
    had = {story.title: story for story in expected(name, 0)}
    guids = {
        text(item, "guid"): had[text(item, "title")]
        for item in items_of(runs[0][f"for-{name}", "rss"])
    }
    kinds = (set(), {*GONE} - {"expired"}, {*GONE}, {"expired"})[run]
    body = runs[run][f"for-{name}", "rss"]
    found = removals_of(body)
    assert sorted(guids[text(item, "guid")] for item in found) == sorted(
        story for story in had.values() if story.kind in kinds
    )
    for item in found:
        story = guids[text(item, "guid")]
        when = RUNS[2 if story.kind == "expired" else 1]
        assert story.title not in "".join(map(str, item.itertext()))
        if name == "smartnews":
            assert moment(item) == when
        else:
            assert text(item, "dcterms:modified") == when.isoformat().replace("+00:00", "Z")


def test_a_corrected_story_has_a_newer_date_for_who_looks_for_one(runs: list[Documents]) -> None:
    titles = {story.title: story for story in of_kind("corrected")}
    for name, element in (("msn", "dcterms:modified"), ("smartnews", "pubDate")):
        there = [
            {text(one, "title"): text(one, element) for one in items_of(some[f"for-{name}", "rss"])}
            for some in runs[:2]
        ]
        for title in titles.keys() & there[0].keys():
            assert there[0][title] != there[1][title]
        assert titles.keys() & there[0].keys()


@pytest.mark.parametrize("form", FORMATS)
def test_readers_see_each_story_once_through_all_of_it(runs: list[Documents], form: str) -> None:
    shown = defaultdict(set)
    for some in runs:
        items = seen(some["latest", form], form)
        assert len(items) == len({name for name, _ in items})
        for name, title in items:
            shown[title].add(name)
    assert shown.keys() == {story.title for story in ALL}
    assert {len(names) for names in shown.values()} == {1}
    assert len(set.union(*shown.values())) == 50


@pytest.mark.parametrize(("name", "form"), SUBSCRIPTIONS, ids="-".join)
def test_every_client_shows_each_story_once_through_all_of_it(
    newsrooms: list[TestNewsroom], tmp_path: Path, name: str, form: str
) -> None:
    new: list[str] = []
    with port_of_ours() as port:
        poller = POLLERS[name](f"http://{HOST}:{port}/feeds/latest.{form}", tmp_path)
        for newsroom in newsrooms:
            with in_a_thread(newsroom, port):
                new += poller.poll()
    assert sorted(new) == sorted(story.title for story in ALL)
    assert not any("removed" in title for title in poller.shown())


def seen(body: bytes, form: str) -> list[tuple[str, str]]:
    """The ids and headlines of what a reader's program finds in a document."""
    if form == "json":
        return [(item["id"], item["title"]) for item in msgspec.json.decode(body)["items"]]
    return [(item.id, item.title) for item in feedparser.parse(body).entries]


def test_the_feed_of_corrections_has_what_was_taken_back_with_a_notice(
    runs: list[Documents],
) -> None:
    there = [feedparser.parse(some["corrections", "rss"]).entries for some in runs]
    assert [len(found) for found in there] == [0, 4, 4, 4]
    stories = {item.id for some in runs for item in feedparser.parse(some["latest", "rss"]).entries}
    assert not stories & {item.id for item in there[1]}
    assert b"Pier" not in runs[1]["corrections", "rss"]


def test_the_w3cs_validator_has_nothing_against_any_but_what_is_a_partners_own(
    runs: list[Documents],
) -> None:
    looked_at = 0
    for some in runs:
        for (name, form), body in some.items():
            if form == "rss":
                own = OWN.get(name, ())
                others = [one for one in wrong_with(body) if not any(its in one for its in own)]
                assert (name, others) == (name, [])
                looked_at += 1
    assert looked_at >= 40
