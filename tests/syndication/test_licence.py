"""The licence for machines, read back by the rules of RSL 1.0 and TDMRep."""

from __future__ import annotations

import json
import re
from itertools import chain, combinations

import feedparser
import pytest
from lxml import etree
from msgspec.structs import replace

from feeds.model import Url
from feeds.newsroom.profiles import PROFILES
from feeds.newsroom.site import USAGES, Feed, ProfileName, Site, Usage
from feeds.reports.check.partner_rules import faults
from feeds.syndication import licence
from feeds.syndication.documents import documents
from tests.newsrooms import NOW, PROJECT
from tests.syndication.examples import PLAIN
from tests.syndication.test_selection import entry

NAMES = {"x": "https://rslstandard.org/rsl"}
PARTNERS = Feed("partner", "Desk for a partner", profile="feedly")
STORY = entry(1, title="Bell hangs again in its old tower", url=Url("https://desk.test/bell"))
SETS = list(chain.from_iterable(combinations(USAGES, count) for count in range(5)))
ALLOWED = {"all", "ai-all", "ai-train", "ai-input", "ai-index", "search"}
"""The usages that RSL 1.0 knows (section 3.4.1.1)."""
AI = {"ai-train", "ai-input", "ai-index"}


def permitting(*rights: Usage, **others: str) -> Site:
    return replace(PLAIN, rights=rights, **others)


def told(content: etree._Element, name: str) -> set[str]:
    """The usages of the element ``name``, of which there is one at most."""
    found = content.findall(f"x:license/x:{name}[@type='usage']", NAMES)
    assert len(found) <= 1
    return set((found[0].text or "").split()) if found else set()


def contents(site: Site) -> list[etree._Element]:
    """The contents of the licence of ``site``, of the form that the standard's grammar asks for."""
    root = etree.fromstring(licence.render(site))
    assert root.tag == "{https://rslstandard.org/rsl}rsl"
    assert int(root.get("max-age", "")) > 0
    found = root.findall("x:content", NAMES)
    assert found
    assert len(found) == len(root)
    for content in found:
        names = [etree.QName(child).localname for child in content]
        assert names in (["license"], ["license", "copyright"])
    assert len({content.get("url") for content in found}) == len(found)
    return found


def is_permitted(content: etree._Element, usage: str) -> bool | None:
    """Whether ``usage`` is, by sections 3.5 and 3.6; None if nothing is said of it."""
    wider = {usage, "all", *(["ai-all"] if usage.startswith("ai-") else [])}
    if wider & told(content, "prohibits"):
        return False
    permits = told(content, "permits")
    return bool(wider & permits) if permits else None


@pytest.mark.parametrize("rights", SETS, ids=str)
def test_what_is_permitted_is_and_every_other_usage_is_prohibited(
    rights: tuple[Usage, ...],
) -> None:
    for content in contents(permitting(*rights)):
        for usage in USAGES:
            assert is_permitted(content, usage) is (usage in rights)
        assert told(content, "permits") | told(content, "prohibits") <= ALLOWED
        assert told(content, "permits") & told(content, "prohibits") == set()


def test_what_no_ai_may_covers_uses_that_have_no_name_yet() -> None:
    for rights, expected in (((), False), (("search",), False)):
        (content,) = contents(permitting(*rights))
        assert is_permitted(content, "ai-some-day") is expected


def test_a_feed_reader_is_prohibited_nothing() -> None:
    (content,) = contents(permitting())
    assert "all" not in told(content, "prohibits")


def test_the_order_and_number_of_rights_in_the_configuration_change_nothing() -> None:
    once = licence.render(permitting("search", "ai-index"))
    assert licence.render(permitting("ai-index", "search", "ai-index")) == once


@pytest.mark.parametrize(
    ("site_url", "feeds_url", "urls"),
    [
        ("https://desk.test/", "https://desk.test/feeds/", ["/"]),
        ("https://desk.test/", "https://desk.test:443/a/feeds/", ["/"]),
        ("https://desk.test/news/", "https://desk.test/feeds/", ["/news/", "/feeds/"]),
        ("https://desk.test/news/", "https://desk.test/news/feeds/", ["/news/"]),
        ("https://desk.test/", "https://f.desk.test/feeds/", ["https://desk.test/", "/feeds/"]),
        ("https://desk.test/a*$/", "https://desk.test/feeds/", ["/a%2A%24/", "/feeds/"]),
    ],
)
def test_website_and_feeds_are_licensed(site_url: str, feeds_url: str, urls: list[str]) -> None:
    site = permitting("search", site_url=site_url, feeds_url=feeds_url)
    assert [content.get("url") for content in contents(site)] == urls


def test_the_copyright_is_text_whatever_is_in_it() -> None:
    attack = '© </copyright><permits type="usage">all</permits> & "Söhne"'
    (content,) = contents(permitting(copyright=attack))
    assert content.findtext("x:copyright", namespaces=NAMES) == attack
    assert contents(permitting())[0].find("x:copyright", NAMES) is None


@pytest.mark.parametrize(
    ("url", "count"),
    [("https://desk.test/a?b=1&c=2", 1), ("https://desk.test:443/a", 1), ("https://b.test/a", 0)],
)
def test_an_item_for_a_partner_is_licensed_if_it_is_on_the_server_of_the_feed(
    url: str, count: int
) -> None:
    site = permitting("search", copyright="© Harbour & Quay")
    body = documents(site, PARTNERS, [replace(STORY, url=Url(url))])[0].body
    (item,) = etree.fromstring(body).iter("item")
    found = item.findall("x:content", NAMES)
    assert len(found) == count
    for content in found:
        assert content.get("url") == item.findtext("link")
        assert told(content, "permits") == {"search"}
        assert told(content, "prohibits") == {"ai-all", *AI}
        assert content.findtext("x:copyright", namespaces=NAMES) == site.copyright
        # section 4.7: every element has the prefix, which the root declares
        assert {child.prefix for child in content.iter()} == {"rsl"}
        assert content.nsmap["rsl"] == etree.fromstring(body).nsmap["rsl"]


def test_what_is_for_readers_and_a_site_without_rights_have_it_in_no_document() -> None:
    for feed in (PARTNERS, replace(PARTNERS, profile=None)):
        plain = documents(PLAIN, feed, [STORY])
        assert not any(b"rslstandard" in made.body for made in plain)
        licensed = documents(permitting("search"), feed, [STORY])
        for before, after in zip(plain, licensed, strict=True):
            is_same = before.body == after.body
            assert is_same is not (feed is PARTNERS and after.format == "rss")


@pytest.mark.parametrize("name", PROFILES)
def test_no_partner_is_kept_from_reading_its_feed(name: ProfileName) -> None:
    feed = replace(PARTNERS, profile=name)
    before, after = (
        documents(site, feed, [STORY])[0].body for site in (PLAIN, permitting("search"))
    )
    assert b"rslstandard" in after
    assert list(faults(name, after, NOW)) == list(faults(name, before, NOW))
    read, expected = feedparser.parse(after).entries[0], feedparser.parse(before).entries[0]
    assert {key: read[key] for key in expected} == expected


@pytest.mark.parametrize("rights", [None, *SETS], ids=str)
def test_mining_is_reserved_where_training_is_not_permitted(
    rights: tuple[Usage, ...] | None,
) -> None:
    headers = dict(licence.headers(replace(PLAIN, rights=rights)))
    reserved = rights is not None and "ai-train" not in rights
    assert headers.get("tdm-reservation") == ("1" if reserved else None)
    assert ("Link" in headers) is (rights is not None)


def test_the_documentation_shows_what_is_written() -> None:
    text = (PROJECT / "docs" / "licence.md").read_text(encoding="utf-8")
    blocks = [
        "\n".join(line.removeprefix("    ") for line in block.strip("\n").split("\n"))
        for block in re.findall(r"\n\n((?:    .*\n)+)", text)
    ]
    desk = {"site_url": "https://desk.org/", "feeds_url": "https://desk.org/feeds/"}
    site = permitting("search", "ai-index", copyright="© 2026 Harbour Desk", **desk)
    made = licence.render(site).decode().replace("<?xml version='1.0' encoding='UTF-8'?>\n", "")
    assert made.strip() in blocks
    assert f"License: {licence.address(site)}" in blocks
    assert "\n".join(f"{name}: {value}" for name, value in licence.headers(site)) in blocks
    (well_known,) = [block for block in blocks if block.startswith("[{")]
    assert json.loads(well_known) == [{"location": "/", "tdm-reservation": 1}]
