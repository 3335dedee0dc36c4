"""The markup of a text: what means something stays, what doesn't is a boundary at most."""

from __future__ import annotations

import pytest
from lxml import html

from feeds.model import Url
from feeds.normalise.html.body import blocks, markup
from feeds.normalise.html.body.pictures import Picture

_PICTURE = Picture(Url("https://news.example/a.jpg"), "A boat", "The boat", "(Photo: Ida)", 1)
_NUMBER = "https://picture.invalid/0.jpg"


def _rendered(source: str, *shown: Picture) -> str:
    return blocks.as_html(_blocks(source, *shown))


def _blocks(source: str, *shown: Picture) -> list[blocks.Block]:
    return markup.render_blocks(html.fromstring(f"<div>{source}</div>"), list(shown))


def _paragraphs(source: str) -> tuple[str, ...]:
    return blocks.paragraphs(_blocks(source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("No.", "<p>No.</p>"),
        ("<div>No.</div>", "<p>No.</p>"),
        ("<center>No.</center>", "<p>No.</p>"),
        ("<span>No.</span><p>Why?</p>", "<p>No.</p>\n<p>Why?</p>"),
        ("<small>No.</small><p>Why?</p>", "<p>No.</p>\n<p>Why?</p>"),
        ("<address>No.</address>Why?", "<p>No.</p>\n<p>Why?</p>"),
        ("<an-answer>No.</an-answer> <a-question>Why?</a-question>", "<p>No.</p>\n<p>Why?</p>"),
        ("<p>See <a-link>there</a-link> again</p>", "<p>See there again</p>"),
        ("<details><summary>No.</summary>Why?</details>", "<p>No.</p>\n<p>Why?</p>"),
        ("one<br>two<br> <br>three<br>", "<p>one<br>two</p>\n<p>three</p>"),
        ("<p> one\n <b>two </b> three </p>", "<p>one <strong>two </strong>three</p>"),
        ("<p>On <time datetime='2026-03-01'>1 March</time>.</p>", "<p>On 1 March.</p>"),
        ("<table><tr><td><p>No.</p></td></tr></table>", "<p>No.</p>"),
        ("<p>No<b>&#x200b;</b>body<i>\u200b</i></p>", "<p>Nobody</p>"),
        ("<li>No.</li><li>Why?</li>", "<ul><li>No.</li><li>Why?</li></ul>"),
        ("<hr><p>No.</p><hr><hr><p>Why?</p><hr>", "<p>No.</p>\n<hr>\n<p>Why?</p>"),
    ],
)
def test_text_is_a_paragraph_whatever_it_stands_in(source: str, expected: str) -> None:
    assert _rendered(source) == expected


@pytest.mark.parametrize(
    "kept",
    [
        "<h2>Head</h2>",
        '<ol start="3" reversed=""><li>c</li><li value="1">a</li></ol>',
        "<ul><li>one<ul><li>in it</li></ul></li><li><p>a</p><p>b</p></li></ul>",
        "<blockquote><p>Words.</p><p><cite>Ida Lind</cite></p></blockquote>",
        "<dl><dt>Tide</dt><dd>Water that comes and goes</dd></dl>",
        "<pre><code>if low:\n    wait()</code></pre>",
        "<p>H<sub>2</sub>O, m<sup>2</sup>, <q>so</q>, <cite>Times</cite>, <ins>new</ins></p>",
        "<p><del>nine</del> <s>eight</s> five</p>",
        '<p><abbr title="Laughing out loud">LOL</abbr>, <code>ls -l</code> it</p>',
        "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>",
        '<table><caption>Tides</caption><tbody><tr><th colspan="2">Hour</th></tr>'
        "<tr><td>6</td><td></td></tr></tbody></table>",
    ],
)
def test_what_means_something_stays(kept: str) -> None:
    assert (
        _rendered(kept)
        .replace("</caption><tr>", "</caption><tbody><tr>")
        .replace("</tr></table>", "</tr></tbody></table>")
        == kept
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<h1>Head</h1>", "<h2>Head</h2>"),
        ("<h6>Head</h6>", "<h4>Head</h4>"),
        ("<div role='heading' aria-level='3'>Head</div>", "<h3>Head</h3>"),
        ("<h2><div>Head</div><div>of two</div></h2>", "<h2>Head of two</h2>"),
        ("<strike>nine</strike> five", "<p><s>nine</s> five</p>"),
        ("<span style='text-decoration: line-through'>nine</span> five", "<p><s>nine</s> five</p>"),
        ("<del><p>nine</p></del>", "<p><del>nine</del></p>"),
        ("<p>a <kbd>ls</kbd></p>", "<p>a <code>ls</code></p>"),
        (
            "<a href='https://news.example/'><h3>Head</h3><p>Words</p></a>",
            '<h3><a href="https://news.example/">Head</a></h3>\n'
            '<p><a href="https://news.example/">Words</a></p>',
        ),
        (
            "<figure><blockquote>Words.</blockquote><figcaption>Ida Lind</figcaption></figure>",
            "<blockquote><p>Words.</p><p>Ida Lind</p></blockquote>",
        ),
        ("<pre><div>one</div><div>  two</div></pre>", "<pre>one\n  two</pre>"),
        (
            "<table><tr><td><table><tr><td>a<td>b</table></table>",
            "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        ),
    ],
)
def test_what_is_meant_is_said_in_plain_elements(source: str, expected: str) -> None:
    assert _rendered(source) == expected


def test_what_is_struck_out_is_no_words() -> None:
    assert _paragraphs("<p><del>Tom</del> Thomas <s>ran <b>off</b></s> came</p>") == (
        "Thomas came",
    )


def test_a_paragraph_that_is_struck_out_stays_with_its_mark() -> None:
    [block] = _blocks("<p><del>Gone.</del></p>")
    assert block.words == ""
    assert blocks.as_html([block]) == "<p><del>Gone.</del></p>"


def test_items_rows_and_quoted_paragraphs_are_paragraphs() -> None:
    source = (
        "<blockquote><p>a</p><p>b</p></blockquote><ul><li>c<ul><li>d</ul><li>e</ul>"
        "<table><caption>f</caption><tr><td>g<td>h</table><dl><dt>i<dd>j</dl>"
    )
    assert _paragraphs(source) == ("a", "b", "c d", "e", "f", "g | h", "i", "j")


def test_a_quotation_has_its_marks_in_words() -> None:
    assert _paragraphs("<p>The <q>wettest</q> day</p>") == ("The “wettest” day",)


def test_a_picture_with_a_caption_parts_a_paragraph() -> None:
    assert _rendered(f"Words<img src='{_NUMBER}'>more", _PICTURE) == (
        '<p>Words</p>\n<figure><img src="https://news.example/a.jpg" alt="A boat">'
        "<figcaption>The boat (Photo: Ida)</figcaption></figure>\n<p>more</p>"
    )


def test_a_small_picture_in_a_sentence_stays_there() -> None:
    icon = _PICTURE._replace(caption="", credit="")
    assert _rendered(f"Words <img src='{_NUMBER}'> more", icon) == (
        '<p>Words <img src="https://news.example/a.jpg" alt="A boat"> more</p>'
    )


def test_a_picture_alone_is_a_figure() -> None:
    icon = _PICTURE._replace(caption="", credit="")
    assert _rendered(f"<p><a href='x'><img src='{_NUMBER}'></a></p>", icon) == (
        '<figure><img src="https://news.example/a.jpg" alt="A boat"></figure>'
    )
