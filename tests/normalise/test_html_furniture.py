"""What stands between and beside the text: what of it is text, and what is furniture."""

from __future__ import annotations

import pytest

from feeds.model import Reading
from feeds.normalise import normalise
from feeds.readers import read_page

FIRST = "<p>The lamp on the old pier was lit again on Monday, after forty dark years.</p>"
LAST = "<p>Nobody had ordered it, and nobody has asked who pays for the oil, so far.</p>"


def read(between: str) -> Reading:
    page = f"<body><article><h1>Old lamp is lit</h1><div>{between}</div></article>"
    return normalise(read_page("page.html", page.encode()))


@pytest.mark.parametrize(
    ("markup", "sentence"),
    [
        ("<p>The boy was lent for the photograph.</p>", "The boy was lent for the photograph."),
        ("<p>“Subscribe now,” says the slip.</p>", "“Subscribe now,” says the slip."),
        (
            "<ul><li>Oil</li><li><a href='/w'>a wick of cotton</a></li><li>Salt</li></ul>",
            "a wick of cotton",
        ),
        (
            "<blockquote><p>It is ours.</p><footer>Ada Finch, keeper</footer></blockquote>",
            "Ada Finch",
        ),
    ],
)
def test_a_sentence_between_paragraphs_is_text(markup: str, sentence: str) -> None:
    article = read(FIRST + markup + LAST).article
    assert article is not None
    assert sentence in article.content


def test_a_heading_above_the_first_paragraph_is_text() -> None:
    article = read(f"<h2>1. The pier</h2>{FIRST}{LAST}").article
    assert article is not None
    assert "1. The pier" in article.content


def test_a_first_paragraph_that_is_a_link_is_text() -> None:
    lede = "Forty years, two storms and one bishop: how the lamp of the pier came back."
    article = read(f"<p><a href='/film'>{lede}</a></p>{FIRST}{LAST}").article
    assert article is not None
    assert lede in article.content


@pytest.mark.parametrize(
    "words",
    [
        "Gift this article",
        "Got a story for us?",
        "Síguenos en nuestras redes sociales",
        "[/row_text][/row]",
        '[caption id="a1" width="300"] The lamp[/caption]',
        "This entry was posted on Monday and is filed under Lamps.",
    ],
)
def test_a_plea_or_a_shortcode_is_named_as_no_text(words: str) -> None:
    found = read(f"{FIRST}<p>{words}</p>{LAST}")
    assert found.article is not None
    assert words not in found.article.content
    assert any(words in one.text for one in found.dropped)


@pytest.mark.parametrize("form", ["<form><p>Name *</p></form>", "<div class='comments'>Ida</div>"])
def test_what_readers_may_write_is_signed_by_nobody(form: str) -> None:
    article = read(FIRST + LAST + form).article
    assert article is not None
    assert article.authors == ()
