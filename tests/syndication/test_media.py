"""Sound, video, pictures, authors' pages and translations, in each format."""

from __future__ import annotations

import feedparser
import msgspec
import pytest

from feeds.model import Enclosure, Entry, Image, Url
from feeds.syndication.guard import Guard, Secret
from feeds.syndication.spoken import Spoken
from tests.syndication.examples import EXAMPLES, HEARD, UNDATED
from tests.syndication.test_content import NAMESPACES, example, items

PLAIN_PICTURE = Image(Url("https://desk.test/lamp.png"), "image/png")
BARE = Enclosure(Url("https://desk.test/lamp.ogg"), "audio/ogg")


def with_(**fields: object) -> Entry:
    return msgspec.structs.replace(UNDATED, **fields)


def test_rss_encloses_one_file_and_sound_before_a_picture() -> None:
    (item,) = items(example(with_(enclosures=(BARE,), image=PLAIN_PICTURE)), "rss")
    assert [dict(node.attrib) for node in item.findall("enclosure")] == [
        {"url": BARE.url, "type": "audio/ogg", "length": "0"}
    ]
    media = item.findall("media:content", NAMESPACES)
    assert [node.get("url") for node in media] == [PLAIN_PICTURE.url, BARE.url]


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_what_is_not_known_of_a_file_is_not_said(form: str) -> None:
    (item,) = items(example(with_(enclosures=(BARE,))), form)
    (media,) = item.findall("media:content", NAMESPACES)
    assert dict(media.attrib) == {"url": BARE.url, "medium": "audio", "type": "audio/ogg"}
    assert list(media) == []


def test_json_feed_attaches_all_files_but_the_picture() -> None:
    (item,) = items(example(with_(enclosures=(BARE,), image=PLAIN_PICTURE)), "json")
    assert item["attachments"] == [{"url": BARE.url, "mime_type": "audio/ogg"}]


def test_a_file_of_any_other_kind_is_a_document() -> None:
    paper = Enclosure(Url("https://desk.test/report.pdf"), "application/pdf")
    (item,) = items(example(with_(enclosures=(paper,))), "rss")
    assert item.find("media:content", NAMESPACES).get("medium") == "document"


def test_only_an_author_who_has_a_page_has_an_address() -> None:
    made = EXAMPLES["media"]
    (atom,), (json,) = items(made, "atom"), items(made, "json")
    homes = [
        node.findtext("atom:uri", None, NAMESPACES)
        for node in atom.findall("atom:author", NAMESPACES)
    ]
    assert homes == [author.get("url") for author in json["authors"]]
    assert homes == [None, HEARD.author_urls["Ola Berg"]]


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_an_item_leads_to_itself_for_readers_that_know_no_translations(form: str) -> None:
    """Some take the first alternate link, some the last."""
    made = EXAMPLES["media"]
    own = f"https://desk.test/feeds/stories/{HEARD.hash}"
    assert feedparser.parse(made.document(form).body).entries[0].link == own
    (atom,) = items(made, "atom")
    links = [one for one in atom.findall("atom:link", NAMESPACES) if one.get("rel") == "alternate"]
    assert [one.get("hreflang") for one in links] == [None, "da", "nb", "en"]
    assert (links[0].get("href"), links[-1].get("href")) == (own, own)


def test_translations_of_what_is_in_no_known_language_are_left_out() -> None:
    made = example(with_(translations=HEARD.translations))
    unknown = made._replace(site=msgspec.structs.replace(made.site, language=""))
    (atom,) = items(unknown, "atom")
    assert atom.xpath(".//@hreflang") == []


SAID = "Pilot is dead, says the mayor today"
SPELLED = "https://desk.test/pilot-is-dead-says-the-mayor-today"


@pytest.mark.parametrize(
    "fields",
    [
        {"enclosures": (Enclosure(BARE.url, BARE.type, title=SAID),)},
        {"enclosures": (Enclosure(Url(f"{SPELLED}.ogg"), BARE.type),)},
        {"enclosures": (Enclosure(BARE.url, BARE.type, thumbnail=Url(f"{SPELLED}.png")),)},
        {"translations": {"da": Url("https://desk.test/secret")}},
        {"author_urls": {"Nora Lind": Url("https://desk.test/secret")}},
    ],
    ids=["title", "address", "thumbnail", "translation", "author"],
)
def test_what_is_kept_back_is_in_no_title_or_address_of_a_file(fields: dict[str, object]) -> None:
    guard = Guard([Secret(SAID, "kept back", "", SAID, "https://desk.test/secret")])
    entry = with_(**fields)
    assert list(guard.leaks([entry], {}, Spoken(list))) == [entry.id]
    assert guard.leaks([UNDATED], {}, Spoken(list)) == {}
