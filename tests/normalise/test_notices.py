"""Lines around the headline of an HTML page or a Word document that keep it back."""

from __future__ import annotations

import pytest

from feeds.model.problem import Problem
from feeds.normalise.statements import with_statements
from feeds.readers.front_matter import NOTICE
from tests.normalise.reading import reading
from tests.readers.test_docx import document, paragraph

LINE = "EMBARGOED UNTIL 09:00 12 January 2027"
TITLE = "Dredger returns to the outer basin"
TEXT = (
    "<p>The dredger returned to the outer basin after a winter in the yard, where both of its pumps"
    " were taken apart.</p><p>Its crew of nine works by night, when no ferry needs the channel, and"
    " hopes to be done by Easter.</p>"
)


def told(data: str | bytes, name: str = "a.html") -> list[str]:
    """What of the page is said to keep it back."""
    found = reading(data, name).statements
    return [str(one.value) for one in found if one.field == NOTICE]


def page(above: str = "", below: str = "", behind: str = "", before: str = "") -> str:
    return (
        f"<html><body>{before}<main><article><header>{above}<h1>{TITLE}</h1></header>"
        f"{below}{TEXT}{behind}</article></main></body></html>"
    )


@pytest.mark.parametrize("line", [LINE, "Sperrfrist: 12. Januar 2027, 9 Uhr", "status: draft"])
@pytest.mark.parametrize(
    "shape", ["<p>{}</p>", "<div class='kicker'>{}</div>", "<p><strong>{}</strong></p>",
              "<h2>{}</h2>", "<span class='label'>{}</span>"],
)  # fmt: skip
def test_a_line_around_the_headline_keeps_an_html_page_back(line: str, shape: str) -> None:
    made = shape.format(line)
    byline = "<p class='byline'>By Ida Lind</p><p>9 January 2026</p>"
    for text in (page(above=made), page(below=made), page(below=byline + made), page(before=made)):
        assert told(text) == [line]


def test_a_line_within_the_headline_keeps_it_back() -> None:
    assert told(page().replace("<h1>", f"<h1>{LINE}<br>")) == [LINE]
    assert told(page().replace("<h1>", "<h1>[DRAFT] ")) == [f"[DRAFT] {TITLE}"]


def test_a_label_and_the_day_beside_it_are_one_line() -> None:
    row = "<table><tr><th>Embargo</th><td>12 January 2027, 09:00</td></tr></table>"
    pair = "<dl><dt>Sperrfrist:</dt><dd>12. Januar 2027</dd></dl>"
    for made in (row, pair):
        assert told(page(above=made))
        assert told(page(below=made))


def test_a_kicker_and_a_date_below_it_are_none() -> None:
    assert told(page(above="<p class='kicker'>Embargo</p><p>12 January 2027</p>")) == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        f"<p>{LINE}</p>",
        f"<aside><p>{LINE}</p></aside>",
        f"<ul><li>{LINE}</li></ul>",
    ],
)
def test_what_stands_behind_the_text_keeps_nothing_back(elsewhere: str) -> None:
    many = "<p>The tide was low that night, and the quay was empty but for gulls.</p>" * 8
    assert told(page(behind=many + elsewhere)) == []


def test_links_and_navigation_are_about_other_pages() -> None:
    assert told(page(before=f"<nav><p>{LINE}</p></nav>")) == []
    assert told(page(below=f"<p><a href='/other'>{LINE}</a></p>")) == []
    assert told(page(above=f"<aside><p>{LINE}</p></aside>")) == []


def test_what_no_reader_sees_is_not_asked() -> None:
    assert told(page(above=f"<p hidden>{LINE}</p>")) == []


@pytest.mark.parametrize("style", ["", "H"])
def test_it_keeps_a_word_document_back(style: str) -> None:
    line, title = paragraph(LINE, style=style), paragraph(TITLE, style="T")
    prose = paragraph("The dredger returned to the outer basin after a winter in the yard.")
    byline = paragraph("By Ida Lind")
    for parts in ([line, title, prose], [title, line, prose], [title, byline, line, prose]):
        assert told(document(*parts), "a.docx") == [LINE]


def test_a_document_without_a_headline_is_kept_back_too() -> None:
    prose = [paragraph(f"The pump number {n} was taken apart in the yard.") for n in range(3)]
    assert told(document(paragraph(LINE), *prose), "a.docx") == [LINE]


def test_front_matter_that_says_when_counts_alone() -> None:
    text = f"---\nembargo: 2027-01-12 09:00\n---\n{page(above=f'<p>{LINE}</p>')}"
    assert told(text) == []


def bar(data: str | bytes, name: str) -> Problem:
    story = with_statements(reading(data, name)).article
    assert story is not None
    assert story.bar is not None
    return story.bar


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (LINE, "'embargo: 2027-01-12 09:00' in"),
        ("Sperrfrist: 12. Januar 2027, 9 Uhr", "'embargo: 2027-01-12 09:00' in"),
        ("Embargoed until 12 noon", "'status: draft', or 'embargo:' and its day, in"),
    ],
)
def test_the_remedy_has_the_line_to_write(line: str, said: str) -> None:
    for data, name in (
        (f"{line}\n\n{TITLE}\n\nThe dredger returned.\n", "a.txt"),
        (page(above=f"<p>{line}</p>"), "a.html"),
    ):
        problem = bar(data, name)
        assert problem.code == "statement-broken"
        assert problem.weight == "hold"
        assert f"write {said} its front matter or in pages.csv, and delete" in problem.remedy
    problem = bar(document(paragraph(line), paragraph(TITLE, style="T")), "a.docx")
    assert f"write {said} pages.csv, and delete" in problem.remedy
