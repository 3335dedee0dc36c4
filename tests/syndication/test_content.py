"""What stands in each format, and how it is escaped there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.model import Entry, Evidence, Image, Url
from feeds.newsroom.site import Feed
from feeds.syndication import gate
from feeds.syndication.documents import documents
from tests.syndication.examples import ABROAD, ARTICLE, EXAMPLES, HEADLINE, PLAIN, UNDATED, Example

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
}
FULL = Feed("latest", "Latest")
PICTURE = Image(Url("https://desk.test/lamp.png"), "image/png", 9, "A lamp", "Nora Lind")

NASTY = [
    "]]>",
    "<script>alert(1)</script>",
    "Bell & crate &amp; all",
    "\"double\" 'single' “curly”",
    "\U0001f514 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "שלום עולם",
    "مرحبا بالعالم",
    "&#0; &lt; &nbsp;",
    "<title>in a title</title>",
    "<![CDATA[ a ]]>",
    "<?xml version='1.0'?>",
    "%s {0} \\n $1 \\1",
]


def example(*entries: Entry, feed: Feed = FULL) -> Example:
    return Example(PLAIN, feed, entries)


def items(made: Example, form: str) -> list[Any]:
    """The items of the document in ``form``: elements, or dicts."""
    body = made.document(form).body
    if form == "json":
        return list(msgspec.json.decode(body)["items"])
    root = etree.fromstring(body)
    path = "channel/item" if form == "rss" else "atom:entry"
    return root.findall(path, NAMESPACES)


def texts(node: Any, path: str) -> list[str]:
    return [found.text or "" for found in node.findall(path, NAMESPACES)]


@pytest.mark.parametrize("text", NASTY)
def test_any_title_author_category_and_paragraph_arrive_as_they_were(text: str) -> None:
    nasty = msgspec.structs.replace(
        UNDATED, title=text, authors=(text,), categories=(text,), summary=text
    )
    made = example(nasty)
    (rss,), (atom,), (json,) = (items(made, form) for form in ("rss", "atom", "json"))
    assert texts(rss, "title") == texts(atom, "atom:title") == [json["title"]] == [text]
    assert texts(rss, "dc:creator") == texts(atom, "atom:author/atom:name") == [text]
    assert json["authors"] == [{"name": text}]
    assert texts(rss, "category") == [text]
    assert [node.get("term") for node in atom.findall("atom:category", NAMESPACES)] == [text]
    assert json["tags"] == [text]
    assert texts(atom, "atom:summary") == [json["summary"]] == [text]


def test_tags_are_categories_that_are_marked_as_tags() -> None:
    tagged = msgspec.structs.replace(UNDATED, categories=("Port",), tags=("bell & rope",))
    made = example(tagged)
    (rss,), (atom,), (json,) = (items(made, form) for form in ("rss", "atom", "json"))
    scheme = f"tag:{PLAIN.authority}:tags"
    told = [(node.text, node.get("domain")) for node in rss.findall("category")]
    assert told == [("Port", None), ("bell & rope", scheme)]
    terms = atom.findall("atom:category", NAMESPACES)
    assert [(node.get("term"), node.get("scheme")) for node in terms] == told
    assert json["tags"] == ["Port", "bell & rope"]


def test_ampersand_and_less_than_in_rss_titles_are_hexadecimal() -> None:
    entry = msgspec.structs.replace(UNDATED, title="Bell & crate <b>", summary="Bell & crate <b>")
    feed = Feed("latest", "Quay & lamp <i>")
    body = example(entry, feed=feed).document("rss").body
    assert b"<title>Bell &#x26; crate &#x3C;b&gt;</title>" in body
    assert b"<title>Quay &#x26; lamp &#x3C;i&gt;</title>" in body
    assert b"<description>Bell &amp;amp; crate &amp;lt;b&amp;gt;</description>" in body


def test_what_looks_like_a_title_inside_a_text_is_left_alone() -> None:
    body = "<p>&lt;title&gt;a &amp;amp; b&lt;/title&gt;</p>"
    (item,) = items(example(msgspec.structs.replace(UNDATED, content=body)), "rss")
    assert texts(item, "content:encoded") == [body]


def test_a_guid_is_the_id_and_no_permalink() -> None:
    for item, entry in zip(items(EXAMPLES["full"], "rss"), EXAMPLES["full"].entries, strict=True):
        (guid,) = item.findall("guid")
        assert (guid.text, guid.get("isPermaLink")) == (entry.id, "false")


def test_an_unknown_date_is_left_out() -> None:
    made = example(UNDATED)
    (rss,), (atom,), (json,) = (items(made, form) for form in ("rss", "atom", "json"))
    assert rss.find("pubDate") is None
    assert atom.find("atom:published", NAMESPACES) is None
    assert "date_published" not in json


@pytest.mark.parametrize(
    ("fields", "modified"),
    [
        ({}, ["2026-01-15T06:00:00Z"]),
        ({"published": None}, []),
        ({"updated": ARTICLE.published}, []),
        # told apart from others of its moment, and not changed
        ({"updated": datetime(2026, 1, 14, 7, 3, 7, tzinfo=UTC)}, []),
        ({"updated": ARTICLE.entered - timedelta(minutes=5)}, []),
        (
            {
                "updated": ARTICLE.entered - timedelta(minutes=5),
                "evidence": {
                    "updated": Evidence("bell.txt", 3, "labelled date of the last change")
                },
            },
            ["2026-01-14T09:25:00Z"],
        ),
        ({"updated": ARTICLE.entered - timedelta(minutes=5), "standing": "loaded"}, []),
    ],
    ids=["reworded", "undated", "new", "spaced", "spaced further", "stated", "taken over, spaced"],
)
def test_a_dated_item_of_rss_says_when_its_words_changed(
    fields: dict[str, object], modified: list[str]
) -> None:
    made = example(msgspec.structs.replace(ARTICLE, **fields))
    (item,) = items(made, "rss")
    assert texts(item, "dcterms:modified") == modified
    assert texts(item, "atom:updated") == []
    assert (b"xmlns:dcterms" in made.document("rss").body) == bool(modified)
    assert b"dcterms" not in made.document("atom").body


def test_readers_take_the_day_of_a_changed_item_from_its_pub_date() -> None:
    (read,) = feedparser.parse(example(ARTICLE).document("rss").body).entries
    assert read.published_parsed[:5] == (2026, 1, 14, 7, 3)
    assert read.updated_parsed[:5] == (2026, 1, 15, 6, 0)


def test_the_capture_date_never_becomes_a_publication_date() -> None:
    for form in ("rss", "atom", "json"):
        other = msgspec.structs.replace(UNDATED, captured=None)
        assert example(UNDATED).document(form) == example(other).document(form)


def test_a_headline_has_no_text_but_in_json_where_one_is_required() -> None:
    made = example(HEADLINE)
    (rss,), (atom,), (json,) = (items(made, form) for form in ("rss", "atom", "json"))
    assert rss.find("description") is None
    assert rss.find("content:encoded", NAMESPACES) is None
    assert atom.find("atom:content", NAMESPACES) is None
    assert atom.find("atom:summary", NAMESPACES) is None
    assert json["content_text"] == HEADLINE.title
    assert "content_html" not in json


def test_a_feed_of_summaries_has_no_full_text() -> None:
    made = example(ARTICLE, feed=Feed("short", "Short", content="summary"))
    for form in ("rss", "atom", "json"):
        assert b"keeper" not in made.document(form).body
        assert b"the door" in made.document(form).body
    (json,) = items(made, "json")
    assert json["content_text"] == ARTICLE.summary


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_an_image_is_put_above_a_text_that_lacks_it(form: str) -> None:
    made = example(msgspec.structs.replace(UNDATED, image=PICTURE))
    assert _html(made, form).count("<img") == 1
    assert 'alt="A lamp"' in _html(made, form)
    assert "<figcaption>Nora Lind</figcaption>" in _html(made, form)


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
@pytest.mark.parametrize(
    "shown",
    [
        '<p>A lamp.</p><img src="https://desk.test/lamp.png">',
        "<IMG alt='' SRC='https://desk.test/lamp.png'>",
        '<p><img width="1" src="https&#58;//desk.test/lamp.png"/></p>',
    ],
)
def test_an_image_that_the_text_shows_is_not_added_again(form: str, shown: str) -> None:
    made = example(msgspec.structs.replace(UNDATED, image=PICTURE, content=shown))
    assert _html(made, form) == shown


@pytest.mark.parametrize("content", ["", "<p>A lamp.</p>", f'<img src="{PICTURE.url}">'])
def test_an_image_is_named_outside_the_text_whatever_the_text_shows(content: str) -> None:
    made = example(msgspec.structs.replace(UNDATED, image=PICTURE, content=content))
    (rss,), (atom,), (json,) = (items(made, form) for form in ("rss", "atom", "json"))
    (enclosure,) = rss.findall("enclosure")
    assert dict(enclosure.attrib) == {"url": PICTURE.url, "type": "image/png", "length": "9"}
    (link,) = [
        one for one in atom.findall("atom:link", NAMESPACES) if one.get("rel") != "alternate"
    ]
    assert dict(link.attrib) == {
        "href": PICTURE.url,
        "rel": "enclosure",
        "type": "image/png",
        "length": "9",
    }
    for node in (rss, atom):
        (media,) = node.findall("media:content", NAMESPACES)
        assert dict(media.attrib) == {
            "url": PICTURE.url,
            "medium": "image",
            "type": "image/png",
            "fileSize": "9",
        }
        assert texts(media, "media:title") == ["A lamp"]
        assert texts(media, "media:credit") == ["Nora Lind"]
    assert json["image"] == PICTURE.url


def test_an_unknown_length_is_zero_in_rss_and_left_out_elsewhere() -> None:
    made = example(ABROAD)
    (rss,), (atom,) = items(made, "rss"), items(made, "atom")
    assert rss.find("enclosure").get("length") == "0"
    assert not atom.xpath(".//@length | .//@fileSize")


def test_only_another_language_than_the_feeds_is_named() -> None:
    made = example(ABROAD, msgspec.structs.replace(ARTICLE, language="en"))
    assert [texts(item, "dc:language") for item in items(made, "rss")] == [["ru"], []]
    names = [item.get("{http://www.w3.org/XML/1998/namespace}lang") for item in items(made, "atom")]
    assert names == ["ru", None]
    assert [item.get("language") for item in items(made, "json")] == ["ru", None]


def test_entries_keep_their_order_in_every_format() -> None:
    made = EXAMPLES["full"]
    ids = [entry.id for entry in made.entries]
    assert [texts(item, "guid")[0] for item in items(made, "rss")] == ids
    assert [texts(item, "atom:id")[0] for item in items(made, "atom")] == ids
    assert [item["id"] for item in items(made, "json")] == ids


@pytest.mark.parametrize("form", ["rss", "atom"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_feedparser_reads_back_what_went_in(name: str, form: str) -> None:
    made = EXAMPLES[name]
    parsed = feedparser.parse(made.document(form).body)
    assert parsed.bozo is False
    assert parsed.feed.title == made.feed.title
    for found, entry in zip(parsed.entries, made.entries, strict=True):
        assert found.id == entry.id
        assert found.title == entry.title
        assert found.link == (entry.url or f"https://desk.test/feeds/stories/{entry.hash}")
        assert [tag.term for tag in found.get("tags", [])] == list(entry.categories)
        assert [author.name for author in found.get("authors", [])][:1] == list(entry.authors)[:1]
        assert bool(found.get("published_parsed")) is bool(entry.published)
        shown = entry.content if made.feed.content == "full" else ""
        assert bool(found.get("content")) is bool(shown)


_LETTERS = st.characters(
    exclude_categories=("Cs", "Cc", "Zl", "Zp"),
    exclude_characters="\ufffe\uffff",
)
TEXTS = (
    st.one_of(
        st.text(_LETTERS, min_size=1),
        st.lists(st.sampled_from([*NASTY, " ", "a", "<", ">", "&", ";", "]]", "/"])).map("".join),
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
"""What a page's line can be once it was read: no control characters, no double blanks."""


@st.composite
def newsrooms(draw: st.DrawFn) -> Example:
    """A feed with texts in every field that holds one."""
    site = msgspec.structs.replace(
        PLAIN, title=draw(TEXTS), description=draw(TEXTS), copyright=draw(TEXTS)
    )
    entry = msgspec.structs.replace(
        draw(st.sampled_from([ARTICLE, ABROAD, UNDATED])),
        title=draw(TEXTS),
        summary=draw(TEXTS),
        authors=tuple(draw(st.lists(TEXTS, max_size=3))),
        categories=tuple(draw(st.lists(TEXTS, max_size=3))),
        image=msgspec.structs.replace(PICTURE, alt=draw(TEXTS), credit=draw(TEXTS)),
    )
    feed = draw(st.sampled_from([FULL, Feed("short", "Short", content="summary")]))
    named = msgspec.structs.replace(feed, title=draw(TEXTS), description=draw(TEXTS))
    return Example(site, named, (entry, HEADLINE))


@given(newsrooms())
def test_any_text_in_any_field_gives_documents_that_readers_understand(made: Example) -> None:
    assert gate.document_objections(made.documents()) == []
    for form in ("rss", "atom"):
        title = made.entries[0].title
        path = "title" if form == "rss" else "atom:title"
        assert texts(items(made, form)[0], path) == [title]
        parsed = feedparser.parse(made.document(form).body)
        assert parsed.bozo is False
        if form == "atom" or not ("&" in title or "</" in title):  # in RSS, it guesses HTML
            assert parsed.entries[0].title == title
    assert [item["title"] for item in items(made, "json")] == [
        made.entries[0].title,
        HEADLINE.title,
    ]


def test_an_id_that_stands_twice_is_what_the_gate_is_for() -> None:
    made = documents(PLAIN, FULL, [HEADLINE, HEADLINE])
    assert [objection.what for objection in gate.document_objections(made)] == [
        f"latest.{form} holds the id {HEADLINE.id} 2 times" for form in ("rss", "atom", "json")
    ]


def _html(made: Example, form: str) -> str:
    (item,) = items(made, form)
    if form == "json":
        return str(item["content_html"])
    (text,) = texts(item, "content:encoded" if form == "rss" else "atom:content")
    return text
