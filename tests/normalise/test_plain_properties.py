"""Any text is a reading, nothing of a page is lost, and a change stays where it was made."""

from __future__ import annotations

import string
from collections.abc import Iterable

from hypothesis import assume, given
from hypothesis import strategies as st

from feeds.model import Line, Page, Reading
from feeds.model.errors import PageError
from feeds.normalise import normalise
from feeds.readers import read_page

# Lines that mean something to the normaliser, far more often than chance would have them.
LINES = st.one_of(
    st.sampled_from(
        [
            "",
            "Quay opens",
            "It opened on Monday, and closed again.",
            "Nora Lind",
            "By Nora Lind",
            "Latest news",
            "Latest newsLamp is lit",
            "Breaking news: lamp is lit",
            "latest news from the quay",
            "Lamp is bought",
            "09.Jan.2026",
            "8 January 2026",
            "31.Feb.2026",
            "14 Jan 2026 18:05",
            "x" * 300,
        ]
    ),
    st.text(max_size=30),
)
TEXTS = st.lists(LINES, max_size=14).map("\n".join)
WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=9)
PARAGRAPH = st.lists(WORDS, min_size=2, max_size=30).map(lambda words: f"{' '.join(words)}.")

MARKS = "*-–—•●▪►»·|"
NO_MARKS = str.maketrans("", "", MARKS)


def reading(text: str) -> Reading | None:
    try:
        return normalise(read_page("a.txt", text.encode("utf-8", "replace")))
    except PageError:
        return None


@given(st.one_of(TEXTS, st.text()))
def test_any_text_is_the_same_reading_twice(text: str) -> None:
    assert reading(text) == reading(text)


@given(TEXTS)
def test_no_line_of_a_page_is_lost(text: str) -> None:
    page = Page(
        "a.txt", "utf-8", tuple(Line(n, t) for n, t in enumerate(text.split("\n"), start=1))
    )
    found = normalise(page)
    stories = [*found.latest, *([found.article] if found.article else [])]
    told = {place.line for story in stories for place in story.evidence.values()}
    told |= {item.line for item in found.dropped} | {item.line for item in found.findings}
    told.add(found.captured_evidence.line if found.captured_evidence else 0)
    article = found.article
    text = " ".join((article.title, *article.paragraphs)) if article else ""
    text += " ".join((*(story.title for story in found.latest), *(d.text for d in found.dropped)))
    for line in page.lines:
        words = line.text.strip(f" {MARKS}")
        assert not words or line.number in told or words in text


@given(TEXTS)
def test_nothing_is_in_a_reading_that_is_not_in_its_page(text: str) -> None:
    found = reading(text)
    if found is None:
        return
    page = read_page("a.txt", text.encode("utf-8", "replace"))
    cleaned = unmarked(line.text for line in page.lines)
    shown = [story.title for story in found.latest]
    shown += [dropped.text for dropped in found.dropped]
    if found.article:
        shown += [found.article.title, *found.article.authors, *found.article.paragraphs]
    # a paragraph may go on below a line that is none of it
    other = {item.line for item in found.dropped}
    if found.article:
        other.add(found.article.evidence["published"].line)
    kept = unmarked(line.text for line in page.lines if line.number not in other)
    assert all(part in cleaned or part in kept for part in map(unmarked, shown))
    assert all(finding.line <= len(page.lines) for finding in found.findings)


@given(st.lists(PARAGRAPH, min_size=1, max_size=6, unique=True), PARAGRAPH, st.data())
def test_a_paragraph_more_changes_the_paragraphs_alone(
    paragraphs: list[str], more: str, data: st.DataObject
) -> None:
    assume(more not in paragraphs)  # a page that has its whole text twice is told once
    place = data.draw(st.integers(0, len(paragraphs)))
    before = page(paragraphs)
    after = page([*paragraphs[:place], more, *paragraphs[place:]])
    assert before.article is not None
    assert after.article is not None
    assert before.article.paragraphs == tuple(paragraphs)
    assert after.article.paragraphs == (*paragraphs[:place], more, *paragraphs[place:])
    assert unplaced(before) == unplaced(after)


@given(st.lists(PARAGRAPH, min_size=1, max_size=6), st.data())
def test_a_blank_line_more_changes_nothing_but_line_numbers(
    paragraphs: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(paragraphs)))
    before = page(paragraphs)
    after = page([*paragraphs[:place], "", *paragraphs[place:]])
    assert before.article is not None
    assert after.article is not None
    assert before.article.paragraphs == after.article.paragraphs
    assert unplaced(before) == unplaced(after)


@given(PARAGRAPH)
def test_a_heading_inside_a_sentence_begins_no_list(text: str) -> None:
    found = reading(f"Quay opens\nThey read the latest news {text}\nLamp is lit\n09.Jan.2026")
    assert found is not None
    assert found.latest == ()


def unmarked(lines: Iterable[str]) -> str:
    """All the characters but blanks and the marks of lists, which are written in one way."""
    return "".join("".join(lines).split()).translate(NO_MARKS)


def page(paragraphs: list[str]) -> Reading:
    text = "\n".join(["Quay opens", *paragraphs, "Nora Lind"])
    found = reading(f"{text}\nLatest newsLamp is lit\n09.Jan.2026\n\n14 Jan 2026\n")
    assert found is not None
    return found


def unplaced(found: Reading) -> tuple[object, ...]:
    """What is no paragraph and no line number."""
    assert found.article is not None
    return (
        found.article.title,
        found.article.authors,
        found.article.published,
        [(story.title, story.published) for story in found.latest],
        found.captured,
        [(dropped.text, dropped.rule) for dropped in found.dropped],
        [finding.what for finding in found.findings],
    )
