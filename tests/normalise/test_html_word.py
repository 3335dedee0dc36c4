"""Pages that a word processor exported."""

from __future__ import annotations

import pytest

from feeds.normalise import normalise
from feeds.readers import read_page
from tests.normalise.reading import article, reading

PROSE = "The tide came in an hour early, and the ferry stayed where it was until noon."
_HEAD = '<meta name=Generator content="Microsoft Word 15"><title>{}</title>'


def _page(body: str, title: str = "Document1") -> str:
    return f"<html><head>{_HEAD.format(title)}</head><body lang=EN-GB>{body}</body></html>"


def _paragraph(words: str, called: str = "MsoNormal") -> str:
    return f"<p class={called}><span lang=EN-GB>{words}<o:p></o:p></span></p>"


def _bullet(words: str, sign: str = "·", level: int = 1) -> str:
    return (
        f"<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'>"
        f"<span style='mso-list:Ignore'>{sign}<span style='font:7.0pt'>&nbsp;&nbsp; </span></span>"
        f"<span lang=EN-GB>{words}<o:p></o:p></span></p>"
    )


TEXT = _paragraph(PROSE) + _paragraph(PROSE + " It was cold.")


@pytest.mark.parametrize(
    "title", ["Document1", "Untitled", "Dokument 2", "report for last year", ""]
)
@pytest.mark.parametrize(
    "heading",
    [
        _paragraph("Ferry waits for the tide", "MsoTitle"),
        "<h1>Ferry waits for the tide<o:p></o:p></h1>",
        _paragraph("<b>Ferry waits for the tide</b>"),
        _paragraph("<o:p>&nbsp;</o:p>") + _paragraph("Ferry waits for the tide", "MsoTitle"),
    ],
)
def test_the_own_heading_is_the_headline(title: str, heading: str) -> None:
    story = article(_page(heading + TEXT, title), "a.html")
    assert story.title == "Ferry waits for the tide"
    assert story.paragraphs == (PROSE, f"{PROSE} It was cold.")


def test_without_a_heading_the_title_counts() -> None:
    assert article(_page(TEXT, "Ferry waits"), "a.html").title == "Ferry waits"


def test_without_any_heading_there_is_no_headline() -> None:
    found = reading(_page(TEXT), "a.html")
    assert "no-headline" in {one.code for one in found.findings}


def test_a_bold_sentence_is_no_headline() -> None:
    story = article(_page(_paragraph(f"<b>{PROSE}</b>") + TEXT, "Ferry waits"), "a.html")
    assert story.title == "Ferry waits"


def test_sections_are_no_headlines() -> None:
    body = _paragraph("Ferry waits", "MsoTitle") + TEXT + "<h1>Below the surface</h1>" + TEXT
    story = article(_page(body), "a.html")
    assert story.title == "Ferry waits"
    assert "<h2>Below the surface</h2>" in story.content


def test_bullets_are_a_list() -> None:
    body = _paragraph("Ferry waits", "MsoTitle") + TEXT + _bullet("Bread") + _bullet("Cheese")
    content = article(_page(body + TEXT), "a.html").content
    assert "<ul><li>Bread</li><li>Cheese</li></ul>" in content


def test_numbers_are_a_list_that_begins_where_it_says() -> None:
    items = _bullet("Bread", "3.") + _bullet("rye", "a)", 2) + _bullet("Cheese", "4.")
    content = article(
        _page(_paragraph("Ferry", "MsoTitle") + TEXT + items + TEXT), "a.html"
    ).content
    assert '<ol start="3"><li>Bread<ol><li>rye</li></ol></li><li>Cheese</li></ol>' in content


def test_an_indented_paragraph_is_no_list() -> None:
    body = _paragraph("Ferry", "MsoTitle") + _paragraph(PROSE, "MsoListParagraph") + TEXT
    assert "<li>" not in article(_page(body), "a.html").content


def test_a_paragraph_pasted_from_word_makes_no_export_of_a_page() -> None:
    story = article(
        "<html><body><main><h1>Ferry waits for the tide</h1>"
        f"<p>{PROSE}</p>{_paragraph(PROSE + ' It was cold.')}</main>"
        "<aside><p class=title>Most read this week</p></aside></body></html>",
        "a.html",
    )
    assert story.title == "Ferry waits for the tide"


def test_a_word_of_one_letter_is_no_bullet() -> None:
    words = "o governo anunciou a obra, e o rio ficou onde estava até ao meio-dia de hoje."
    story = article(
        _page(_paragraph("<b>A ponte</b>") + TEXT + _paragraph(words, "MsoListParagraph")), "a.html"
    )
    assert words in story.paragraphs


GOOGLES = (
    "<html><head><style>.c1{{font-weight:400;font-size:26pt}} .c2{{font-size:11pt}}</style></head>"
    "<body class='c3 doc-content'>{}<p class=c4><span class=c2>{}</span></p>"
    "<p class=c4><span class=c2>{}</span></p></body></html>"
)


@pytest.mark.parametrize(
    "heading",
    [
        '<p class="c4 title"><span class=c2>Ferry waits for the tide</span></p>',
        "<p class=c4><span class=c1>Ferry waits for the tide</span></p>",
        "<h1 class=c4><span>Ferry waits for the tide</span></h1>",
    ],
)
def test_googles_export_has_the_headline_that_its_document_has(heading: str) -> None:
    story = article(GOOGLES.format(heading, PROSE, PROSE + " It was cold."), "a.html")
    assert (story.title, len(story.paragraphs)) == ("Ferry waits for the tide", 2)


def test_the_first_paragraph_is_no_headline_unless_its_letters_are_the_largest() -> None:
    first = "<p class=c4><span class=c2>Ferry waits for the tide</span></p>"
    assert not article(GOOGLES.format(first, PROSE, PROSE + " It was cold."), "a.html").title


WORDS_COMMENTS = (
    "<p class=MsoTitle>Ferry waits for the tide</p>"
    "<p class=MsoNormal>The ferry <a style='mso-comment-reference:OL_1'>is late</a>"
    "<span class=MsoCommentReference><span><a class=msocomanchor href='#_msocom_1'>[OL1]</a>"
    "</span></span> again. Nobody minds.</p>"
    "<div style='mso-element:comment-list'><hr class=msocomoff>"
    "<div style='mso-element:comment'><div id=_com_1 class=msocomtxt><p class=MsoCommentText>"
    "<span class=MsoCommentReference><a class=msocomoff href='#_msoanchor_1'>[OL1]</a></span>"
    "Ask the harbour first!</p></div></div></div>"
)
GOOGLES_COMMENTS = (
    "<h1>Ferry waits for the tide</h1>"
    "<p class=c4>The ferry is late<sup><a href='#cmnt1' id='cmnt_ref1'>[a]</a></sup> again."
    " Nobody minds.</p><div class=c7><p class=c4><a href='#cmnt_ref1' id='cmnt1'>[a]</a>"
    "<span>Ask the harbour first!</span></p></div>"
)


@pytest.mark.parametrize("document", [WORDS_COMMENTS, GOOGLES_COMMENTS])
def test_comments_in_the_margin_are_no_text_and_are_named(document: str) -> None:
    page = f"<html><body class=doc-content>{document}</body></html>"
    reading = normalise(read_page("a.html", page.encode()))
    assert reading.article is not None
    assert "<br" not in reading.article.content
    assert reading.article.paragraphs == ("The ferry is late again. Nobody minds.",)
    named = {item.text for item in reading.dropped if item.rule == "comment in the margin"}
    assert any("Ask the harbour first!" in words for words in named)


def test_a_comment_that_word_marks_by_style_alone_is_no_text() -> None:
    page = (
        "<html><body><h1>Lamp is lit again</h1><p>The lamp at the end of the quay was lit on "
        "Friday, after eleven years of dark.</p><div style='mso-element:comment'><p>Is that "
        "so? Ask the harbour master before this goes out.</p></div></body></html>"
    )
    article = normalise(read_page("a.htm", page.encode())).article
    assert article is not None
    assert not any("harbour master" in words for words in article.paragraphs)
