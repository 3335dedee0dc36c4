"""What readers wrote below an article is none of its text, whoever calls it what."""

from __future__ import annotations

import pytest

from feeds.model import Reading
from feeds.normalise import normalise
from feeds.readers import read_page

TEXT = (
    "The lamp on the old pier was lit again on Monday, after forty dark years.",
    "Nobody had ordered it, and nobody has asked who pays for the oil, so far.",
)
PROSE = "".join(f"<p>{words}</p>" for words in TEXT)
HEADLINE = "<h1>Old lamp is lit</h1>"
WORDS = "I saw it from the ferry, and the whole deck went quiet for a while."


def read(markup: str) -> Reading:
    return normalise(read_page("page.html", f"<body>{markup}</body>".encode()))


def paragraphs(reading: Reading) -> tuple[str, ...]:
    assert reading.article is not None
    return reading.article.paragraphs


def comments(reading: Reading) -> str:
    return " ".join(item.text for item in reading.dropped if item.rule == "comments")


def one(heading: str, called: str = "x", many: int = 1) -> str:
    each = f"<div class=y><b>Ola</b> <span>08.02.2026 12:15</span><p>{WORDS}</p></div>"
    return f"<div class='{called}'>{heading}{each * many}</div>"


@pytest.mark.parametrize(
    "heading",
    [
        "2 comments",
        "Comments",
        "2 thoughts on “Old lamp is lit”",
        "Kommentare (1)",
        "2 Kommentare",
        "Yorumlar",
        "コメント（2件）",
        "Комментарии (2)",
        "التعليقات",
        "Réactions (14)",
        "Leave a Reply",
    ],
)
@pytest.mark.parametrize("many", [1, 8])
def test_a_heading_of_comments_ends_the_text(heading: str, many: int) -> None:
    page = f"<div>{HEADLINE}<div>{PROSE}</div>{one(f'<h3>{heading}</h3>', many=many)}</div>"
    assert paragraphs(read(page)) == TEXT
    assert WORDS in comments(read(page))


@pytest.mark.parametrize(
    "called",
    [
        *("kommentare", "leserkommentare", "comentarios", "reacties", "komentarze", "yorumlar"),
        *("commentaires", "commenti", "comment-list"),
    ],
)
@pytest.mark.parametrize("page", ["<article>{0}</article>{1}", "<div>{0}{1}</div>"])
def test_what_a_template_calls_comments_is_named_wherever_it_stands(called: str, page: str) -> None:
    reading = read(page.format(HEADLINE + PROSE, one("", called)))
    assert paragraphs(reading) == TEXT
    assert WORDS in comments(reading)


def test_words_between_a_time_and_a_way_to_answer_are_a_comment() -> None:
    each = f"<div><b>Ola</b> <i>3 hours ago</i><p>{WORDS}</p><a href='#a'>Reply</a></div>"
    reading = read(f"<div>{HEADLINE}{PROSE}<div>{each}{each}</div></div>")
    assert paragraphs(reading) == TEXT
    assert WORDS in comments(reading)


def test_what_stands_behind_the_article_with_the_text_is_none() -> None:
    reading = read(f"<article>{HEADLINE}{PROSE}</article><section><p>{WORDS}</p></section>")
    assert paragraphs(reading) == TEXT


@pytest.mark.parametrize(
    "markup",
    [
        f"<div>{HEADLINE}<p>{WORDS}</p><p>47 comments</p><p>7 February 2026</p>{PROSE}</div>",
        f"<div>{HEADLINE}<p>{WORDS}</p><h2>Comments</h2>{PROSE}</div>",
        f"<div class=kommentar><b>Kommentar</b>{HEADLINE}<p>{WORDS}</p>{PROSE}</div>",
    ],
)
def test_a_text_with_a_word_for_comments_is_a_text(markup: str) -> None:
    assert [words for words in paragraphs(read(markup)) if len(words) > 40] == [WORDS, *TEXT]


def test_what_reporters_say_of_a_match_is_text() -> None:
    each = f"<div class=live-match-comment><span class=live-match-time>12:15</span><p>{WORDS}</p>"
    page = f"<div>{HEADLINE}{PROSE}{each}</div><p>The lamp won in the end.</p></div>"
    assert WORDS in paragraphs(read(page))


def test_a_box_that_is_labelled_as_comments_is_no_text() -> None:
    inside = f"<h2>What readers say</h2><p>Ola</p><p>{WORDS}</p><p>Reply</p>"
    page = f"<article>{HEADLINE}{PROSE}<section aria-label='Comments'>{inside}</section></article>"
    assert paragraphs(read(page)) == TEXT


def reply(name: str, when: str) -> str:
    return f"<div class=row><b>{name}</b> <span>{when}</span><p>{WORDS}</p></div>"


@pytest.mark.parametrize(
    "when", ["8 February 2026, 12:15", "3 hours ago", "08.02.2026 12:15", "vor 3 Stunden"]
)
def test_names_times_and_words_below_a_text_are_comments_without_a_heading(when: str) -> None:
    longer = PROSE + "<p>The oil comes from a mill that has been empty since the war, they say.</p>"
    rows = reply("Ola", when) + reply("Ida Storm", when)
    reading = read(f"<article>{HEADLINE}{longer}{longer}<div class=box>{rows}</div></article>")
    assert WORDS not in paragraphs(reading)
    assert WORDS in comments(reading)


def test_rows_of_a_live_blog_are_text() -> None:
    rows = "".join(
        reply(name, f"8 February 2026, {clock}").replace(WORDS, f"{WORDS} {clock}")
        for name, clock in (("Ola Berg", "12:15"), ("Ida Storm", "12:05"), ("Per Holm", "11:55"))
    )
    reading = read(f"<article>{HEADLINE}<p>{TEXT[0]}</p><div class=box>{rows}</div></article>")
    assert f"{WORDS} 12:05" in paragraphs(reading)
