"""What is kept of an export, read again: the very same items."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from feeds.model.problem import Problem
from feeds.readers.feed import Imported, parse_feed
from feeds.readers.feed.kept import write_parts, written_part
from tests import exports
from tests.exports import HOME, as_json, ghost, meta, terms, wxr, wxr_file, wxr_item
from tests.readers.test_wordpress import BLOCKS

WORDS = st.text(alphabet=st.characters(exclude_categories=["C"]), max_size=60)


def again(items: list[Imported]) -> list[Imported]:
    found = []
    for part in write_parts(items, Counter()):
        found += parse_feed(written_part(part), "", "imported/x.json")[0]
    return found


def test_all_that_an_export_can_say_comes_back() -> None:
    filed = terms(category="News,Sport", post_tag="A & B") + meta("_thumbnail_id", "901")
    players = (
        '[audio src="/a.mp3"]\n[video src="/v.mp4" poster="/p.jpg"]\n'
        '<video src="/w.mp4" width="640" height="360" poster="/q.jpg" title="A film"></video>'
    )
    text = wxr(
        [
            wxr_item(1, f"Text.\n\n{players}\n\n[nobody_knows]", more=filed, excerpt="Short."),
            wxr_item(2, BLOCKS, title=""),
            wxr_item(3, "Eel.", more=meta("_jetpack_newsletter_access", "subscribers")),
            wxr_item(4, ""),
            wxr_file(901, "one.jpg", alt="A heron"),
        ]
    )
    for data in (text.encode(), as_json(ghost(exports.ghost_posts(20)))):
        items, _ = parse_feed(data, HOME, "x")
        assert items
        assert again(items) == items


def test_what_feeds_say_comes_back() -> None:
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="da"><entry><id>urn:x:1</id>
<title>A</title><updated>2026-01-09T10:00:00.25Z</updated><summary>S</summary>
<content type="html">&lt;p&gt;A &amp;amp; b&lt;/p&gt;</content>
<author><name>Nora</name><uri>https://n.test/</uri></author>
<link href="https://desk.test/a"/><link rel="alternate" hreflang="de" href="https://desk.test/de"/>
<link rel="enclosure" href="https://desk.test/a.mp3" length="5" type="audio/mpeg"/>
<link rel="enclosure" href="https://desk.test/a.pdf" type="application/pdf"/>
<link rel="enclosure" href="https://desk.test/a.jpg" type="image/jpeg"/></entry></feed>"""
    items, _ = parse_feed(feed, HOME, "x")
    assert len(items[0].enclosures) == 2
    assert again(items) == items


@given(st.lists(WORDS, min_size=4, max_size=4), st.sampled_from(["free", "paid"]))
def test_any_words_come_back(words: list[str], access: str) -> None:
    title, content, excerpt, name = words
    more = terms(category=name or "x") + (meta("_members_access_role", "x") * (access == "paid"))
    data = wxr([wxr_item(1, content, title=title, excerpt=excerpt, more=more)]).encode()
    items, _ = parse_feed(data, HOME, "x")
    assert again(items) == items


def test_an_export_is_kept_in_parts_and_the_last_one_says_what_was_left_out() -> None:
    items, _ = parse_feed(wxr(exports.wxr_posts(3)).encode(), HOME, "x")
    long = [Imported(str(number), "T", content=f"<p>{'x' * 500_000}</p>") for number in range(40)]
    parts = list(write_parts([*items, *long], Counter()))
    assert len(parts) > 3
    assert max(sum(map(len, part)) for part in parts) < 5_000_000
    doubt = Problem("feed-broken", "odd", 7, file="export.xml")
    _, told = parse_feed(written_part(parts[-1], Counter({"password": 2}), [doubt]), "", "i.json")
    assert [(one.file, one.line, one.what) for one in told] == [
        ("i.json", 0, "left out: 2 with a password"),
        ("export.xml", 7, "odd"),
    ]


def test_an_item_that_is_too_long_is_counted_and_left_out() -> None:
    left_out: Counter[str] = Counter()
    items = [Imported("1", "T", content="x" * 9_000_000), Imported("2", "T")]
    ((only,),) = write_parts(items, left_out)
    assert b'"id":"2"' in only
    assert left_out == {"too long": 1}


def test_moments_keep_their_seconds() -> None:
    item = Imported("1", "T", published=datetime(2026, 1, 9, 10, 0, 1, tzinfo=UTC))
    assert again([item]) == [item]


def test_a_field_of_somebody_elses_is_no_harm() -> None:
    for more in ('"x"', '{"access": 5}', '{"attached": [1]}', '{"left_out": {"a": "b"}}', "[]"):
        feed = (
            f'{{"version":"https://jsonfeed.org/version/1.1","_newsroom":{more},"items":['
            f'{{"id":"1","title":"T","content_text":"Words.","_newsroom":{more}}}]}}'
        )
        (found,), _ = parse_feed(feed.encode(), "", "x")
        assert found.title == "T"
        assert ("Words." in found.content) == ("access" not in more)
