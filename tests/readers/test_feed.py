"""Feeds that others made: what is taken from them, to the letter and no further."""

from __future__ import annotations

import json
from calendar import timegm
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Enclosure, Image, Url
from feeds.model.errors import FeedImportError, FeedsError
from feeds.readers.feed import Imported, parse_feed
from feeds.text import markup
from tests.syndication.examples import ENTRIES, EXAMPLES, HEARD, RICH
from tests.thorough import OFTEN

HOME = "https://desk.test/feed.xml"
MORNING = datetime(2026, 1, 14, 7, 3, tzinfo=UTC)
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(items: str, more: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" {NAMESPACES}>\n<channel>'
        f"<title>Quay</title><link>https://desk.test/</link>{more}\n{items}\n</channel></rss>"
    ).encode()


def atom(entries: str, attributes: str = "") -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Quay</title>'
        f"<id>tag:desk.test,2020:feed</id>{entries}</feed>"
    ).encode()


def read(data: bytes, address: str = HOME) -> tuple[list[Imported], list[str]]:
    """The items of a feed, and its findings as texts."""
    items, findings = parse_feed(data, address, "old.xml")
    assert all(finding.file == "old.xml" for finding in findings)
    return items, [finding.what for finding in findings]


def only(data: bytes, address: str = HOME) -> Imported:
    """The one item of a feed with which nothing is wrong."""
    items, odd = read(data, address)
    assert odd == []
    assert len(items) == 1
    return items[0]


def test_a_whole_rss_item_is_taken_over() -> None:
    item = only(
        rss(
            """<item><guid isPermaLink="false">  story-17 </guid>
            <title>Crane &amp;amp; crate: &lt;b&gt;both&lt;/b&gt; are back</title>
            <link>https://desk.test/crane?a=1&amp;b=2</link>
            <pubDate>Wed, 14 Jan 2026 11:03:00 +0400</pubDate>
            <dc:creator>Nora Lind</dc:creator><category>Quay</category><category>Cranes</category>
            <description>The crane is <em>back</em>.</description>
            <content:encoded><![CDATA[<p onclick="x()">The crane is back.</p><script>x()</script>
            <p><a href="/more">More</a> <img src="crane.jpg" alt="It"></p>]]></content:encoded>
            <enclosure url="/crane.jpg" type="image/jpeg" length="1200"/></item>""",
            "<language>en-gb</language>",
        )
    )
    assert item == Imported(
        "story-17",
        "Crane & crate: both are back",
        Url("https://desk.test/crane?a=1&b=2"),
        MORNING,
        None,
        ("Nora Lind",),
        "The crane is back.",
        '<p>The crane is back.</p>\n            <p><a href="https://desk.test/more">More</a> '
        '<img src="https://desk.test/crane.jpg" alt="It"></p>',
        ("Quay", "Cranes"),
        "en-GB",
        Image(Url("https://desk.test/crane.jpg"), "image/jpeg", 1200),
    )


def test_a_whole_atom_entry_is_taken_over() -> None:
    item = only(
        atom(
            """<entry xml:base="2026/"><id>tag:desk.test,2020:17</id>
            <title type="html">Crane &amp;amp; &lt;i&gt;crate&lt;/i&gt;</title>
            <link rel="replies" href="talk"/><link href="crane"/>
            <published>2026-01-14T11:03:00+04:00</published><updated>2026-01-15T06:00:00.5Z</updated>
            <author><name>Nora Lind</name></author><author><name>Noor</name></author>
            <category term="quay" label="The quay"/><summary>Back &amp; up.</summary>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It is <a
            href="up">up</a>.</p><p>5 &lt; 6</p></div></content></entry>""",
            'xml:base="https://desk.test/news/" xml:lang="en"',
        ),
        address="",
    )
    assert item == Imported(
        "tag:desk.test,2020:17",
        "Crane & crate",
        Url("https://desk.test/news/2026/crane"),
        MORNING,
        datetime(2026, 1, 15, 6, tzinfo=UTC),
        ("Nora Lind", "Noor"),
        "Back & up.",
        '<p>It is <a href="https://desk.test/news/2026/up">up</a>.</p><p>5 &lt; 6</p>',
        ("The quay",),
        "en",
    )


def test_a_whole_json_feed_item_is_taken_over() -> None:
    item = only(
        b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "language": "en",
        "home_page_url": "https://desk.test/", "items": [{"id": 17, "url": "/crane",
        "title": "Crane & crate", "content_html": "<p>Up.</p>", "summary": "It is up.",
        "date_published": "2026-01-14T11:03:00+04:00", "date_modified": "2026-01-14T07:03:00Z",
        "authors": [{"name": "Nora Lind"}, {"url": "x"}], "tags": ["Quay", 5], "language": "az",
        "image": "crane.png", "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg"}]}]}""",
        address="",
    )
    assert item == Imported(
        "17",
        "Crane & crate",
        Url("https://desk.test/crane"),
        MORNING,
        MORNING,
        ("Nora Lind",),
        "It is up.",
        "<p>Up.</p>",
        ("Quay",),
        "az",
        Image(Url("https://desk.test/crane.png"), "image/png"),
        (Enclosure(Url("https://desk.test/a.mp3"), "audio/mpeg"),),
    )


def test_json_feed_1_0_has_one_author_and_plain_text() -> None:
    item = only(
        b"""{"version": "https://jsonfeed.org/version/1", "items": [{"id": "a", "title": "T",
        "author": {"name": "Nora"}, "content_text": "One < two.\\n\\nThree."}]}"""
    )
    assert (item.authors, item.content) == (("Nora",), "<p>One &lt; two.</p>\n<p>Three.</p>")


def test_rss_1_0_is_known_by_rdf_about_and_dated_by_dublin_core() -> None:
    item = only(
        b"""<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/"
        xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://desk.test/">
        <title>Quay</title></channel><item rdf:about="https://desk.test/17"><title>Crane</title>
        <link>https://desk.test/17.html</link><dc:date>2026-01-14T11:03+04:00</dc:date>
        <dc:subject>Quay</dc:subject></item></rdf:RDF>"""
    )
    assert item.guid == "https://desk.test/17"
    assert item.url == "https://desk.test/17.html"
    assert (item.published, item.updated, item.categories) == (MORNING, None, ("Quay",))


@pytest.mark.parametrize("version", ["0.91", "0.92"])
def test_an_old_rss_item_is_known_by_its_link(version: str) -> None:
    item = only(
        f"""<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
        "http://my.netscape.test/rss-0.91.dtd"><rss version="{version}"><channel><item>
        <title>Crane</title><link>https://desk.test/17</link></item></channel></rss>""".encode()
    )
    assert (item.guid, item.url) == ("https://desk.test/17", "https://desk.test/17")


def test_rss_0_90_is_read() -> None:
    item = only(
        b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Quay</title></channel>
        <item><title>Crane</title><link>https://desk.test/17</link></item></rdf:RDF>"""
    )
    assert (item.guid, item.title) == ("https://desk.test/17", "Crane")


def test_atom_0_3_is_read() -> None:
    item = only(
        b"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Quay</title><entry>
        <title>Crane</title><link rel="alternate" type="text/html" href="https://desk.test/17"/>
        <id>tag:desk.test,2004:17</id><issued>2026-01-14T07:03:00Z</issued>
        <modified>2026-01-14T07:03:00Z</modified><content type="text/html" mode="escaped">&lt;p>Up.
        &lt;/p></content></entry></feed>"""
    )
    assert (item.guid, item.url) == ("tag:desk.test,2004:17", "https://desk.test/17")
    assert (item.published, item.updated, item.content) == (
        MORNING,
        MORNING,
        "<p>Up.\n        </p>",
    )


@pytest.mark.parametrize("name", ["full", "summary"])
@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_feed_of_our_own_comes_back_as_it_went_out(name: str, form: str) -> None:
    items, odd = read(EXAMPLES[name].document(form).body, "")
    assert odd == []
    for item, entry in zip(items, ENTRIES, strict=True):
        assert (item.guid, item.title, item.published) == (entry.id, entry.title, entry.published)
        assert item.url == entry.url or item.url == f"{RICH.feeds_url}stories/{entry.hash}"
        is_told = form != "rss" or entry is ENTRIES[0]  # of the others, no word changed
        assert item.updated == (entry.updated if is_told else None)
        assert (item.authors, item.categories) == (entry.authors, entry.categories)
        assert item.language == (entry.language or RICH.language)
        assert item.summary == entry.summary
        if name == "full":
            assert item.content == markup.with_image(entry.content, entry.image)
        if form != "json":
            assert item.image == entry.image


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_enclosures_and_addresses_come_back_as_far_as_a_format_has_them(form: str) -> None:
    (item,), odd = read(EXAMPLES["media"].document(form).body, "")
    assert odd == []
    sound, film = HEARD.enclosures
    if form == "json":  # which knows no size of a picture
        film = Enclosure(film.url, film.type)
    assert item.enclosures == (sound, film)
    assert item.author_urls == ({} if form == "rss" else HEARD.author_urls)
    assert item.translations == (HEARD.translations if form == "atom" else {})
    assert item.image is not None
    assert (item.image == HEARD.image) is (form != "json")


@pytest.mark.parametrize(
    "guid",
    [
        "story-17",
        "/17",
        "17",
        "?p=17",
        "http://desk.test/?p=17&amp;x",
        "HTTP://Desk.test:80/a/../b/#",
        "https://desk.test/ö",
        "https://desk.test/Ã¶",
        "http:///odd",
        "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
        "a  b",
    ],
)
@pytest.mark.parametrize("permalink", ["", ' isPermaLink="false"', ' isPermaLink="true"'])
def test_a_guid_is_kept_to_the_letter(guid: str, permalink: str) -> None:
    link = "<link>https://desk.test/a</link><title>T</title>"
    kept = guid.replace("&amp;", "&")
    item = only(
        rss(f'<item xml:base="https://desk.test/b/"><guid{permalink}>{guid}</guid>{link}</item>')
    )
    assert item.guid == kept
    entry = f'<entry><id>{guid}</id><link href="https://desk.test/a"/><title>T</title></entry>'
    assert only(atom(entry, 'xml:base="https://desk.test/b/"')).guid == kept


def test_a_guid_that_is_a_permalink_is_the_url_too() -> None:
    assert only(rss("<item><guid>https://desk.test/a</guid><title>T</title></item>")).url == (
        "https://desk.test/a"
    )
    assert only(rss("<item><guid>17</guid><title>T</title></item>")).url is None
    assert only(atom("<entry><id>https://desk.test/a</id><title>T</title></entry>")).url is None


def test_an_item_with_neither_guid_nor_link_gets_none_and_its_editor_is_told() -> None:
    items, odd = read(rss("<item><title>A</title></item><item><title>B</title></item>"))
    assert [(item.guid, item.title) for item in items] == [("", "A"), ("", "B")]
    assert odd == [
        "“A” has neither guid nor link: subscribers may see it twice",
        "“B” has neither guid nor link: subscribers may see it twice",
    ]


def test_of_items_with_one_guid_the_first_counts() -> None:
    items, odd = read(
        rss(
            "<item><guid>https://desk.test/a</guid><title>New</title></item>\n"
            "<item><link>https://desk.test/a</link><title>Old</title></item>"
        )
    )
    assert [item.title for item in items] == ["New"]
    assert odd == ["“Old” has the guid “https://desk.test/a” of an earlier item, and is left out"]


def test_a_finding_names_the_line_of_its_item() -> None:
    _, findings = parse_feed(rss("\n\n<item>\n<guid>a</guid></item>"), HOME, "old.xml")
    assert [finding.line for finding in findings] == [6]
    assert findings[0].weight == "loss"


MIDNIGHT = datetime(2026, 1, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment", "odd"),
    [
        ("Wed, 14 Jan 2026 11:03:00 +0400", MORNING, ""),
        ("Wed, 14 Jan 2026 07:03:00 GMT", MORNING, ""),
        ("14 Jan 26 07:03 UT", MORNING, ""),
        ("Wed, 14 Jan 2026 11:03:00 +04:00", MORNING, ""),
        ("Wed, 14 Jan 2026 11:03:00 GMT+0400", MORNING, ""),
        ("Wed, 14 January 2026 7:03:00 Z", MORNING, ""),
        ("Wed, 14 Jan 2026 02:03:00 EST", MORNING, ""),
        ("2026-01-14T07:03:00.250Z", MORNING, ""),
        ("2026-01-14T11:03+04:00", MORNING, ""),
        ("2026-01-14 07:03:00", MORNING, "clock without a zone"),
        ("Wed, 14 Jan 2026 07:03:00", MORNING, "clock without a zone"),
        ("Wed, 14 Jan 2026 07:03:00 XQZ", MORNING, "unknown zone"),
        ("2026-01-14", MIDNIGHT, "day without a clock"),
        ("Wed, 14 Jan 2026", MIDNIGHT, "day without a clock"),
        ("yesterday", None, "can't be read"),
        ("2026-02-30T10:00:00Z", None, "can't be read"),
        ("32 Jan 2026 10:00:00 GMT", None, "can't be read"),
        ("0001-01-01T00:00:00Z", None, "can't be read"),
        ("0001-01-01", None, "can't be read"),
        ("0001-01-01T00:00:00", None, "can't be read"),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None, "can't be read"),
        ("Mon, 01 Jan 0001 00:00:00 GMT", None, "can't be read"),
        ("Mon, 1 January 0001 00:00:00", None, "can't be read"),
        ("01-Jan-0001 00:00:00 GMT", None, "can't be read"),
        ("01 Jan 0001", None, "can't be read"),
        ("Mon, 01 Jan 0999 00:00:00 +0000", None, "can't be read"),
        ("Wed, 14 Jan 2026 11:33:00 +0430", MORNING, ""),
        ("Wed, 14 Jan 2026 07:03:00 GMT-0000", MORNING, ""),
        ("9999-12-31T23:59:59-12:00", None, "can't be read"),
        ("--01-14", None, "can't be read"),
        ("2026", None, "can't be read"),
        ("12345678901234567890", None, "can't be read"),
    ],
)
def test_a_date_is_the_exact_moment_or_none_and_never_now(
    text: str, moment: datetime | None, odd: str
) -> None:
    items, found = read(
        rss(f"<item><guid>a</guid><title>T</title><pubDate>{text}</pubDate></item>")
    )
    assert items[0].published == moment
    assert len(found) == (1 if odd else 0)
    assert not odd or (odd in found[0] and f"“{text}”" in found[0])


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<title>5 &lt; 6 &amp; 7</title>", "5 < 6 & 7"),
        ("<title>AT&amp;amp;T &amp;#8211; up</title>", "AT&T – up"),
        ("<title><![CDATA[A <b>bold</b> crane]]></title>", "A bold crane"),
        ("<title>  two\n  lines </title>", "two lines"),
        ("<title>a\u200bb</title>", "ab"),
        ("<media:content><media:title>It</media:title></media:content><title>T</title>", "T"),
        ("<title>T</title><media:title>It</media:title>", "T"),
        ("<media:title>It</media:title><title>T</title>", "T"),
        ("<title>T</title><itunes:title>It</itunes:title>", "T"),
    ],
)
def test_a_title_is_plain_text_decoded_once(written: str, title: str) -> None:
    assert only(rss(f"<item><guid>a</guid>{written}</item>")).title == title


def test_atom_titles_are_of_the_type_that_they_say() -> None:
    for kind, written, title in (
        ("", "&lt;b>x&lt;/b>", "<b>x</b>"),
        ('type="html"', "&lt;b>x&lt;/b> &amp;amp;amp;", "x &amp;"),
        ('type="xhtml"', '<div xmlns="http://www.w3.org/1999/xhtml"><b>x</b> &lt;</div>', "x <"),
    ):
        entry = f"<entry><id>a</id><title {kind}>{written}</title></entry>"
        assert only(atom(entry)).title == title


def test_an_item_without_title_gets_its_first_sentence() -> None:
    text = "The crane is back. It had been away for nine years."
    items, odd = read(rss(f"<item><guid>a</guid><description>{text}</description></item>"))
    assert items[0].title == "The crane is back"
    assert items[0].content == f"<p>{text}</p>"
    assert odd == ["item 1 has no title; its text gives one: “The crane is back”"]
    items, _ = read(rss(f"<item><guid>a</guid><description>{'word ' * 99}</description></item>"))
    assert items[0].title.endswith("word…")
    assert len(items[0].title) <= 100


def test_an_item_with_neither_title_nor_text_is_left_out() -> None:
    items, odd = read(rss("<item><guid>a</guid></item><item><guid>b</guid><title>T</title></item>"))
    assert [item.guid for item in items] == ["b"]
    assert odd == ["item 1 has neither title nor text, and is left out"]


def test_captions_and_podcast_texts_are_not_the_items() -> None:
    item = only(
        rss(
            """<item><guid>a</guid><title>T</title><description>Text.</description>
            <media:content url="https://desk.test/a.png" medium="image">
            <media:description>Caption</media:description><media:title>The crane</media:title>
            <media:credit>Noor</media:credit></media:content>
            <itunes:summary>Other</itunes:summary></item>"""
        )
    )
    assert (item.content, item.summary) == ("<p>Text.</p>", "Text.")
    assert item.image == Image(Url("https://desk.test/a.png"), "image/png", 0, "The crane", "Noor")


def item_with(inside: str) -> Imported:
    return only(rss(f"<item><guid>a</guid><title>T</title>{inside}</item>"))


A_SOUND = "https://desk.test/a.mp3"


@pytest.mark.parametrize(
    ("inside", "enclosure"),
    [
        (f'<enclosure url="{A_SOUND}" type="audio/mpeg" length="x"/>',
         Enclosure(Url(A_SOUND), "audio/mpeg")),
        (f'<enclosure url="{A_SOUND}" type="audio/mpeg" length="9"/><itunes:duration>1:01:19'
         "</itunes:duration>", Enclosure(Url(A_SOUND), "audio/mpeg", 9, 3679)),
        (f'<enclosure url="{A_SOUND}"/>', Enclosure(Url(A_SOUND), "audio/mpeg")),
        (f'<media:content url="{A_SOUND}" duration="79.5"><media:title>A</media:title>'
         "</media:content>", Enclosure(Url(A_SOUND), "audio/mpeg", 0, 79, "A")),
        ('<enclosure url="/report.pdf" type="application/pdf" length="9"/>',
         Enclosure(Url("https://desk.test/report.pdf"), "application/pdf", 9)),
        ('<media:group><media:content url="/small.mp4" isDefault="true" height="90"/>'
         '<media:content url="/large.mp4"/><media:thumbnail url="/t.png"/></media:group>',
         Enclosure(Url("https://desk.test/small.mp4"), "video/mp4", height=90)),
    ],
)  # fmt: skip
def test_what_is_heard_or_watched_is_an_enclosure_and_no_picture(
    inside: str, enclosure: Enclosure
) -> None:
    item = item_with(inside)
    assert item.enclosures == (enclosure,)
    assert item.image is None or item.image.url.endswith("t.png")


@pytest.mark.parametrize(
    "inside",
    [
        '<enclosure url="/a" length="9"/>',
        '<enclosure url="/a" type="nonsense"/>',
        '<enclosure url="mailto:a@desk.test" type="audio/mpeg"/>',
        '<media:content url="/player" type="text/html" medium="video"/>',
        '<media:content url="/a.png"/>',
        '<enclosure url="/a.png" type="image/png"/>',
    ],
)
def test_what_is_no_file_of_a_known_kind_or_the_picture_is_no_enclosure(inside: str) -> None:
    assert item_with(inside).enclosures == ()


def test_a_second_picture_is_enclosed_if_the_feed_encloses_it() -> None:
    two = "".join(f'<enclosure url="/{n}.png" type="image/png" length="9"/>' for n in "ab")
    item = item_with(f'{two}<media:thumbnail url="/c.png"/>')
    assert [one.url for one in item.enclosures] == ["https://desk.test/b.png"]


def test_no_more_than_ten_enclosures_are_taken() -> None:
    assert (
        len(item_with("".join(f'<enclosure url="/{n}.mp3"/>' for n in range(20))).enclosures) == 10
    )


def test_tombstones_are_no_items() -> None:
    data = atom(
        '<at:deleted-entry ref="tag:desk.test,2020:1" when="2026-01-14T07:03:00Z">'
        "<at:comment>gone</at:comment></at:deleted-entry><entry><id>b</id><title>T</title></entry>",
        'xmlns:at="http://purl.org/atompub/tombstones/1.0"',
    )
    assert only(data).guid == "b"


def test_a_relative_link_of_a_feed_without_address_is_told() -> None:
    data = rss("<item><guid>a</guid><title>T</title><link>/a</link></item>")
    assert only(data, "").url == "https://desk.test/a"  # from the channel's own link
    items, odd = read(data.replace(b"<link>https://desk.test/</link>", b""), "")
    assert items[0].url is None
    assert odd == ["“T” has a link that is no URL: “/a”"]


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_possible() -> None:
    data = rss(
        "<item><guid>a</guid><title>Crane & crate &ndash; caf&eacute;</title><x:y>1</x:y>"
        "<content:encoded><![CDATA[<p>A &nbsp; b & c</p>]]></content:encoded></item>"
        "<item><guid>b</guid><title>Cut off"
    ).replace(b'xmlns:content="http://purl.org/rss/1.0/modules/content/" ', b"")
    items, odd = read(data[: data.index(b"\n</channel>")])
    assert [(item.guid, item.title) for item in items] == [
        ("a", "Crane & crate – café"),
        ("b", "Cut off"),
    ]
    assert items[0].content == "<p>A &nbsp; b &amp; c</p>"
    assert len(odd) == 1
    assert "not well-formed" in odd[0]


def test_a_damaged_name_costs_no_more_than_its_element() -> None:
    items, odd = read(
        rss(
            "<item><guid>a</guid><title>A</title><de%cription ty%e='x'>B</de></item>"
            "<item><guid>b</guid><title>C</title><? ?></item>"
        )
    )
    assert [item.title for item in items] == ["A", "C"]
    assert len(odd) == 1


def test_text_behind_a_fault_keeps_its_markup_and_its_ampersands() -> None:
    item, *_ = read(
        rss(
            "<item y><guid>https://desk.test/?a=1&amp;b=2</guid><title>5 &lt; 6 &amp; 7</title>"
            "<description>&lt;p&gt;One &lt;em&gt;two&lt;/em&gt;.&lt;/p&gt;</description></item>"
        )
    )[0]
    assert item.guid == item.url == "https://desk.test/?a=1&b=2"
    assert (item.title, item.content) == ("5 < 6 & 7", "<p>One <em>two</em>.</p>")


@pytest.mark.parametrize("sign", ["&#1;", "&#xD800;", "&#0;", "&#x110000;", "&#65535;", "\x0b"])
def test_no_character_gets_in_that_xml_forbids(sign: str) -> None:
    text = f"<guid>a{sign}b</guid><title>c{sign}d</title><description>e{sign}&lt;b>f&lt;/b>"
    item, *_ = read(rss(f"<item>{text}</description></item>"))[0]
    assert {*item.guid, *item.title} <= {*"abcd \ufffd"}
    assert "<b>f</b>" in item.content


def test_what_follows_an_element_that_does_not_end_is_read() -> None:
    items, odd = read(
        rss(
            "<item><title>A</title><pubDate>Wed, 14 Jan 2026 07:03:00 GMT<guid>a</guid>"
            "<author>Nora<category>Quay</category></item><item><guid>b</guid><title>B</title></item>"
        )
    )
    assert [(item.guid, item.title) for item in items] == [("a", "A"), ("b", "B")]
    assert (items[0].published, items[0].authors) == (MORNING, ("Nora",))
    assert items[0].categories == ("Quay",)
    assert len(odd) == 1


@pytest.mark.parametrize("declared", ["", NAMESPACES, NAMESPACES.replace("xmlns:", "xmlns:a")])
def test_an_element_is_known_by_its_namespace_else_by_its_usual_prefix(declared: str) -> None:
    prefix = "a" if ":ac" in declared else ""
    data = f"""<rss version="2.0" {declared}><channel><item><guid>a</guid><title>T</title>
        <{prefix}dc:creator>Nora</{prefix}dc:creator><{prefix}atom:link href="https://desk.test/a"/>
        <{prefix}content:encoded>&lt;p>Text.&lt;/p></{prefix}content:encoded>
        <{prefix}media:thumbnail url="https://desk.test/a.png"/></item></channel></rss>"""
    items, odd = read(data.encode())
    assert len(odd) == (0 if declared else 1)
    assert items == [
        Imported(
            "a",
            "T",
            Url("https://desk.test/a"),
            authors=("Nora",),
            summary="Text.",
            content="<p>Text.</p>",
            image=Image(Url("https://desk.test/a.png"), "image/png"),
        )
    ]


def test_names_in_small_letters_are_known_as_well() -> None:
    item = only(
        rss(
            "<item><guid ispermalink='false'>https://desk.test/a</guid><title>T</title>"
            "<pubdate>Wed, 14 Jan 2026 07:03:00 GMT</pubdate></item>"
        )
    )
    assert (item.published, item.url) == (MORNING, None)


def test_what_belongs_to_a_picture_or_another_feed_is_not_the_items() -> None:
    item = only(
        rss(
            "<item><image><title>Picture</title><link>https://desk.test/picture</link></image>"
            "<category>Quay<image><title>Other</title></image></category><guid>a</guid>"
            "<title>T</title><link>https://desk.test/a</link></item>"
        )
    )
    assert (item.title, item.url) == ("T", "https://desk.test/a")
    entry = (
        "<entry><source><id>b</id><title>B</title><updated>2020-01-01T00:00:00Z</updated></source>"
        "<id>a</id><title>T</title></entry>"
    )
    item = only(atom(entry))
    assert (item.guid, item.title, item.updated) == ("a", "T", None)


def test_a_base_holds_for_all_that_is_inside_and_nothing_behind() -> None:
    entries = (
        '<entry xml:base="b/"><id>a</id><title>T</title><link href="x"/>'
        '<link rel="enclosure" href="x.png"/><content type="html" xml:base="c/">'
        '&lt;p>&lt;a href="y">y&lt;/a>&lt;/p></content></entry>'
        '<entry><id>b</id><title>T</title><link href="x"/></entry>'
    )
    first, second = read(atom(entries), "https://desk.test/a/")[0]
    assert first.url == "https://desk.test/a/b/x"
    assert first.image == Image(Url("https://desk.test/a/b/x.png"), "image/png")
    assert first.content == '<p><a href="https://desk.test/a/b/c/y">y</a></p>'
    assert second.url == "https://desk.test/a/x"


@pytest.mark.parametrize(
    ("attributes", "written", "text"),
    [
        ('type="text/html" mode="escaped"', "&lt;p>A &amp;amp; b&lt;/p>", "<p>A &amp; b</p>"),
        ('type="text/html" mode="xml"', "A <b>b</b>", "A <b>b</b>"),
        ('type="application/xhtml+xml"', "<div><p>A &lt; b</p></div>", "<p>A &lt; b</p>"),
        ('type="text/html" mode="base64"', "PHA+QTwv\ncD4=", "<p>A</p>"),
        ('type="text/html" mode="base64"', "no base64", "<p>no base64</p>"),
        ('type="text/plain"', "A &lt;b>", "<p>A &lt;b&gt;</p>"),
        ("", "A &lt;b>", "<p>A &lt;b&gt;</p>"),
        ('type="text/html; charset=utf-8"', "&lt;p>A&lt;/p>", "<p>A</p>"),
        ('type="XHTML"', "A<br/>b<p/>c", "A<br>b<p></p>c"),
        ('type="xhtml"', '<x:p xmlns:x="http://www.w3.org/1999/xhtml">A</x:p>', "<p>A</p>"),
        ('type="image/png"', "QUJD", ""),
        ('type="application/xml"', "<a>A</a>", ""),
    ],
)
def test_a_text_is_of_the_type_and_mode_that_it_says(
    attributes: str, written: str, text: str
) -> None:
    entry = f"<entry><id>a</id><title>T</title><content {attributes}>{written}</content></entry>"
    assert only(atom(entry)).content == text


def test_long_feeds_in_xhtml_are_read() -> None:
    content = '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A</p></div>'
    entries = (
        f"<entry><id>{n}</id><title>T</title>{content}</content></entry>" for n in range(300)
    )
    assert len(read(atom("".join(entries)))[0]) == 300


def test_numbers_of_windows_letters_are_the_letters_that_were_meant() -> None:
    text = "It&#146;s &#150; up"
    item = only(rss(f"<item><guid>a</guid><title>{text}</title><author>{text}</author></item>"))
    assert (item.title, item.authors) == ("It’s – up", ("It’s – up",))


def test_of_two_summaries_the_second_is_the_text_if_there_is_no_other() -> None:
    summaries = "<description>One.</description><dc:description>Two.</dc:description>"
    for content, text in (("", "Two."), ("<content:encoded>All.</content:encoded>", "All.")):
        item = only(rss(f"<item><guid>a</guid><title>T</title>{summaries}{content}</item>"))
        assert (item.summary, item.content) == ("One.", f"<p>{text}</p>")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251", "koi8-r"])
def test_a_feed_may_be_in_any_encoding_that_it_declares(encoding: str) -> None:
    text = rss("<item><guid>a</guid><title>Кран вернулся в порт</title></item>").decode()
    declared = text.replace('encoding="utf-8"', f'encoding="{encoding}"')
    assert only(declared.encode(encoding)).title == "Кран вернулся в порт"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \n\0", "empty"),
        (b"%PDF-1.7\n1 0 obj\n", "a PDF"),
        (b"PK\x03\x04" + b"\0" * 26 + b"site.xml", "ZIP archive; unpack it, and import each"),
        (b"Just some words.", "no feed"),
        (b"<?xml version='1.0'?><urlset xmlns='http://x'/>", "sitemap"),
        (b"<opml version='2.0'><body/></opml>", "OPML"),
        (b"<!DOCTYPE html><html><body>Hello</body></html>", "web page"),
        (b'{"items": []}', "no version of JSON Feed"),
        (b'{"version": ', "no JSON"),
        (b"{" * 100_000, "no JSON"),
        (b'{"a":' * 100_000, "no JSON"),
        (b"https://desk.test/feed.xml", "no feed"),
        (b"/etc/hostname", "no feed"),
    ],
)
def test_what_is_no_feed_is_called_what_it_is(data: bytes, why: str) -> None:
    with pytest.raises(FeedImportError, match=rf"^old\.xml: .*{why}"):
        parse_feed(data, "", "old.xml")


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("<div>One.</div><div>Two.</div>", "<p>One.</p><p>Two.</p>"),
        ("<section><div>One</div>tail</section>", "<p>One</p>tail"),
        ("<div><p>a</p>b</div>", "<p>a</p>b"),
        ("<h1>Head</h1><p>x</p><H6 id='y'>y</H6>z", "<h2>Head</h2><p>x</p><h4>y</h4>z"),
        ("<ul><li><div>a</div></li></ul>", "<ul><li><p>a</p></li></ul>"),
        ("<em>a</em><p></p>b", "<em>a</em><p></p>b"),
        ("<p>a</p><p>&nbsp;</p>\n<p> <br></p><p>b</p><p></p>", "<p>a</p><p>b</p>"),
    ],
)
def test_words_of_two_elements_stay_two(written: str, clean: str) -> None:
    item = (
        f"<item><guid>a</guid><title>T</title><description>{escape(written)}</description></item>"
    )
    (found,), _ = read(rss(item))
    assert found.content == clean
    assert parse_feed(rss(item.replace(escape(written), escape(clean))), "", "x")[0] == [found]


def test_a_web_page_tells_where_its_feed_is() -> None:
    page = b"""<html><head><link rel="stylesheet" href="a.css"><link rel="alternate"
    type="application/rss+xml" href="/feed?a=1&amp;b=2"></head></html>"""
    with pytest.raises(FeedImportError, match=r"its feed is https://desk\.test/feed\?a=1&b=2$"):
        parse_feed(page, "https://desk.test/news", "https://desk.test/news")


def test_nothing_named_in_a_feed_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    declared = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
    data = rss("<item><guid>a</guid><title>T &x;</title></item>")
    items, _ = read(data.replace(b"<rss", declared + b"<rss", 1))
    assert [item.title for item in items] == ["T &x;"]
    name = tmp_path / "feed.xml"
    name.write_bytes(rss("<item><guid>a</guid><title>T</title></item>"))
    with pytest.raises(FeedImportError):
        parse_feed(str(name).encode(), "", "old.xml")


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
MANY = 10_000


@pytest.mark.parametrize(
    "data",
    [
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{BOMB}]>'.encode()
        + rss("<item><guid>a</guid><title>&l11;</title></item>"),
        rss("<item><guid>a</guid><title>" + "<b>" * MANY),
        rss(f"<item><guid>a</guid><author>{'a' * 10 * MANY}</author></item>"),
        rss("<item>" + "".join(f"<category>{n}</category>" for n in range(MANY)) + "</item>"),
        rss("".join(f'<a xmlns:n{n}="u:{n}">' for n in range(MANY))),
        rss(f'<item xml:base="https://x.test/{"a/" * MANY}">' + '<link href="b"/>' * MANY),
        rss('<a xml:base="aaaaaaaa/">' * MANY),
        rss("<![CDATA[" * MANY),
        rss("<!--" * MANY),
        rss("<item><title>" + "<" * MANY),
        rss("<item><title>" + "&a" * MANY),
        rss("<item><title>" + "a:b " * MANY + "&"),
        rss(f"<item><guid>a</guid><pubDate>{'2026-01-14 ' * MANY}</pubDate></item>"),
        rss(f"<item><guid>a</guid><description>{'&lt;b&gt;' * MANY}</description></item>"),
        rss(f"<item><guid>a</guid><title>{'&lt;b ' * MANY}</title></item>"),
        rss(f"<item><guid>a</guid><description>{'x ' * MANY}</description></item>"),
        rss(f'<item xml:lang="{"a" * MANY}">' + "<title>b</title>" * MANY),
        rss("<a>" * MANY).replace(b"<rss", b'<rss xmlns="' + b"u" * MANY + b'"', 1),
        rss("<item><link " + " ".join(f"a{n}=''" for n in range(MANY)) + "/>" * MANY + "</item>"),
        rss("<item><guid>a</guid><description>" + ("<b>" * 240 + "</b>" * 240) * 40),
        rss("<item><title>" + "<link>" * 240 + "x</item>" * MANY),
        b"<rss" * MANY,
        b"<html" + b"<link " * MANY,
        b" " * 10 * MANY + b"<feed",
        atom(f'<entry><id>a</id><content type="a/b">{"QUJD" * MANY}</content></entry>'),
        b'{"version":"https://jsonfeed.org/version/1","items":[' + b"{}," * MANY + b"{}]}",
    ],
    ids=range(26),
)
def test_no_feed_grows_or_hangs(data: bytes) -> None:
    try:
        items, _ = parse_feed(data, HOME, "old.xml")
    except FeedImportError:
        items = []
    assert sum(len(item.title) + len(item.content) for item in items) < 10 * len(data)


def test_two_thousand_items_are_read() -> None:
    items = "".join(
        f"<item><guid>{n}</guid><title>Story {n}</title><link>https://desk.test/{n}</link>"
        f"<description>&lt;p&gt;{'The crane is back. ' * 20}&lt;/p&gt;</description></item>"
        for n in range(2_000)
    )
    assert len(read(rss(items))[0]) == 2_000


PIECES = st.sampled_from(
    "<rss> <rss version='2.0'> <feed xmlns='http://www.w3.org/2005/Atom'> <channel> <item> </item> "
    "<entry> </entry> <title> </title> <tags> </tags> <links> <links a='b'> </links> <link/> "
    "<link href='x'/> <category/> <category>c</category> <authors> <author> </author> <content> "
    "</content> <id> </id> <image> </image> <guid> </guid> <source> <source url='x'/> </source> "
    "<svg> </svg> <media:content/> <a:b> xmlns= &x; &lt; ]]> <![CDATA[ <!-- --> <? <pubDate> "
    "</pubDate> <textinput> <name> 2026 <summary> <description> <title_detail a='b'/> "
    "<media_content> </rss> </feed>".split()
)


@OFTEN
@given(st.one_of(st.binary(), st.lists(PIECES).map(lambda pieces: " ".join(pieces).encode())))
def test_arbitrary_bytes_are_a_feed_or_an_error(data: bytes) -> None:
    for whole in (data, b"<rss version='2.0'><channel><item>" + data):
        try:
            items, _ = parse_feed(whole, HOME, "old.xml")
        except FeedsError:
            continue
        assert all(item.title for item in items)


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
JSON = (
    LEAVES | st.lists(LEAVES) | st.lists(st.dictionaries(st.sampled_from(["name", "url"]), LEAVES))
)
FIELDS = (
    "id url title content_html content_text summary date_published date_modified authors author "
    "tags language image attachments"
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS.split(), JSON)))
def test_a_json_item_may_hold_anything(item: dict[str, object]) -> None:
    document = {"version": "https://jsonfeed.org/version/1.1", "items": [item, 5, None]}
    items, _ = parse_feed(json.dumps(document).encode(), HOME, "old.json")
    assert len(items) <= 1


@given(st.integers(631_152_000, 3_786_912_000), st.integers(-720, 840))
def test_dates_are_read_as_feedparser_reads_them(seconds: int, minutes: int) -> None:
    meant = datetime.fromtimestamp(seconds, UTC)
    zone = timezone(timedelta(minutes=minutes))
    written = format_datetime(meant.astimezone(zone))
    data = rss(f"<item><guid>a</guid><title>T</title><pubDate>{written}</pubDate></item>")
    theirs = feedparser.parse(data).entries[0].published_parsed
    assert only(data).published == meant == datetime.fromtimestamp(timegm(theirs), UTC)


def test_a_guid_has_no_character_that_no_feed_can_hold() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "a\x1b\ufffe\x0cb\x00", "title": "Bell"}],
    }
    items, _ = parse_feed(json.dumps(feed).encode(), HOME, "old.json")
    assert [item.guid for item in items] == ["a b"]


def test_an_item_has_a_hundred_authors_and_categories_at_most() -> None:
    item = {
        "id": "a",
        "title": "Bell",
        "tags": [f"tag {number}" for number in range(5000)],
        "authors": [{"name": f"Nora {number}"} for number in range(5000)],
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item]}
    (found,), _ = parse_feed(json.dumps(feed).encode(), HOME, "old.json")
    assert (len(found.categories), len(found.authors)) == (100, 100)


def test_of_a_wordpress_export_published_posts_without_a_password_are_taken_alone() -> None:
    def post(name: str, said: str) -> str:
        return f"<item><guid>{name}</guid><title>{name}</title>{said}</item>"

    public = "<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"
    items = [
        post("open", public + "<wp:post_password></wp:post_password>"),
        post("locked", public + "<wp:post_password>weir</wp:post_password>"),
        post("draft", public.replace("publish", "draft")),
        post("private", public.replace("publish", "private")),
        post("later", public.replace("publish", "future")),
        post("page", public.replace("post<", "page<")),
        post("picture", "<wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>"),
        post("odd", "<wp:post_id>5</wp:post_id>"),
    ]
    for prefix in ("wp", "w"):  # told by its namespace
        text = "".join(items).replace("wp:", f"{prefix}:")
        version = f'xmlns:{prefix}="http://wordpress.org/export/1.2/"'
        data = f"<rss {version}><channel><link>{HOME}</link>{text}</channel></rss>".encode()
        found, told = parse_feed(data, HOME, "export.xml")
        assert [item.guid for item in found] == ["open"]
        (left_out,) = [finding.what for finding in told if finding.code == "items-left-out"]
        assert left_out == (
            "left out: 1 draft, 1 private post, 1 scheduled post, 1 with a password, 1 page, "
            "1 attachment, 1 item without a type"
        )
