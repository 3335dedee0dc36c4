"""Plain text to HTML and back: nothing of it becomes markup, nothing is lost."""

from __future__ import annotations

import pytest

from feeds.model import Image, Url
from feeds.text import markup

IMAGE = Image(Url("https://desk.test/a.png?x=1&y=2"), "image/png", alt='A "lamp"', credit="A & B")


def test_paragraphs_are_escaped_and_stand_a_line_each() -> None:
    assert markup.from_paragraphs(["3 < 4 & 5 > 4", '<b>"x"</b>', "&amp;"]) == (
        '<p>3 &lt; 4 &amp; 5 &gt; 4</p>\n<p>&lt;b&gt;"x"&lt;/b&gt;</p>\n<p>&amp;amp;</p>'
    )


def test_no_paragraphs_are_no_html() -> None:
    assert markup.from_paragraphs([]) == ""


@pytest.mark.parametrize(
    ("paragraphs", "summary"),
    [
        ([], ""),
        (["One.", "Two."], "One."),
        (["x" * 300], "x" * 300),
        (["x" * 301], "x" * 299 + "…"),
        (["ab " * 100 + "c"], "ab " * 98 + "ab…"),
        (["word, " * 60], "word, " * 48 + "word…"),
        (["x" * 290 + " – " + "y" * 20], "x" * 290 + "…"),
        (["<b> & " * 2], "<b> & " * 2),
    ],
)
def test_a_summary_is_the_first_paragraph_cut_at_a_word(
    paragraphs: list[str], summary: str
) -> None:
    assert markup.summary(paragraphs) == summary
    assert len(summary) <= 300


def test_a_title_above_the_first_paragraph_is_no_summary() -> None:
    assert markup.summary(["Video", "The lamp is lit."]) == "The lamp is lit."
    assert markup.summary(["Video"]) == "Video"


def test_an_image_stands_above_the_text_with_its_credit() -> None:
    assert markup.with_image("<p>x</p>", IMAGE) == (
        '<figure><img src="https://desk.test/a.png?x=1&amp;y=2" alt="A &quot;lamp&quot;">'
        "<figcaption>A &amp; B</figcaption></figure>\n<p>x</p>"
    )


def test_an_image_without_credit_has_no_caption() -> None:
    image = Image(Url("https://desk.test/a.png"), "image/png")
    assert "figcaption" not in markup.with_image("<p>x</p>", image)


@pytest.mark.parametrize(
    "content",
    [
        "",
        '<p>x</p><IMG alt="" src="https://desk.test/a.png?x=1&amp;y=2">',
        "<p><img src='https://desk.test/a.png?x=1&amp;y=2'></p>",
    ],
)
def test_an_image_that_is_there_or_has_no_text_is_not_added(content: str) -> None:
    assert markup.with_image(content, IMAGE) == content


def test_another_image_in_the_text_does_not_stand_in_for_the_main_one() -> None:
    content = '<p><img src="https://desk.test/b.png"></p>'
    assert markup.with_image(content, IMAGE).startswith("<figure>")


def test_no_image_changes_nothing() -> None:
    assert markup.with_image("<p>x</p>", None) == "<p>x</p>"


@pytest.mark.parametrize(
    ("levels", "steps"),
    [
        ("", ""),
        ("2", "2"),
        ("4", "2"),
        ("34", "23"),
        ("423", "223"),
        ("2442", "2332"),
        ("343", "232"),
    ],
)
def test_no_heading_skips_a_level_below_a_story_s_own(levels: str, steps: str) -> None:
    def content(levels: str) -> str:
        return "".join(f"<h{level}>a</h{level}><p>&lt;h4&gt;</p>" for level in levels)

    assert markup.for_a_page(content(levels)) == content(steps)


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ('<h2></h2>\n<p>a <a href="https://a.test/" rel="nofollow"> </a>b</p>', "\n<p>a b</p>"),
        (
            '<a href="https://a.test/?b&amp;c" rel="x"><img src="https://a.test/d.png" alt=""></a>',
            '<a aria-label="https://a.test/?b&amp;c" href="https://a.test/?b&amp;c" rel="x">'
            '<img src="https://a.test/d.png" alt=""></a>',
        ),
        (
            '<a href="https://a.test/"><img src="https://a.test/d.png" alt="Dog"></a>',
            '<a href="https://a.test/"><img src="https://a.test/d.png" alt="Dog"></a>',
        ),
    ],
)
def test_on_a_page_nothing_is_empty_and_every_link_has_a_name(content: str, shown: str) -> None:
    assert markup.for_a_page(content) == shown


def test_struck_out_words_are_no_text() -> None:
    fragment = (
        "<p>In all <s>nine <del>or</del> ten</s> five.</p>\n<del><p>Gone</p></del><p>Sure</p>"
    )
    assert markup.blocks(fragment) == ["In all five.", "Sure"]
    assert " ".join(markup.plain(fragment).split()) == "In all five. Sure"


def test_a_strong_word_is_not_struck_out() -> None:
    assert markup.plain("<strong>five</strong><summary>x</summary>") == "five x "


def test_quotation_marks_and_readings_are_told() -> None:
    assert markup.plain("the <q>wettest</q> <ruby>漢<rp>[</rp><rt>kan</rt><rp>]</rp></ruby>") == (
        "the “wettest” 漢(kan)"
    )
