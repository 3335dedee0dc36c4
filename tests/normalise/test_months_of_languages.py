"""Names of months that mean one month here and another there: the page tells its language."""

from __future__ import annotations

import pytest

from feeds.normalise import normalise
from feeds.normalise.statements import with_statements
from feeds.readers import read_page
from tests.normalise.reading import reading

POLISH = (
    "Łódź wróciła do portu, choć nikt jej już nie oczekiwał, a załoga śpi.\n"
    "Żagle są całe; resztę pokaże oględziny, mówi kapitan."
)
PLAIN = "The boat is in port again and nobody had expected it.\nThe crew sleeps."
LIST = (
    "<aside><h2>Najnowsze</h2><ul><li><a href=/a>Molo jest zamknięte na zimę</a> "
    "<span>27 listopada 2026</span></li><li><a href=/b>Targ rybny wraca na rynek</a> "
    "<span>26 listopada 2026</span></li></ul></aside>"
)


def html(attributes: str, text: str, below: str = "") -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return (
        f"<html {attributes}><title>Boat</title><body><article><h1>Boat is in port</h1>"
        f"<p class=date>18 listopada 2026</p>{paragraphs}</article>{below}</body></html>"
    )


def day(page: str, name: str) -> str | None:
    read = with_statements(normalise(read_page(name, page.encode())))
    assert read.article is not None
    return read.article.published.iso if read.article.published else None


@pytest.mark.parametrize(
    ("attributes", "text", "expected"),
    [
        ("lang=pl", PLAIN, "2026-11-18"),
        ("lang=pl-PL", PLAIN, "2026-11-18"),
        ("xml:lang=pl", PLAIN, "2026-11-18"),
        ("lang=hr", PLAIN, "2026-10-18"),
        ("", POLISH, "2026-11-18"),
        ("lang=en", POLISH, "2026-11-18"),
        ("", PLAIN, None),
    ],
)
def test_an_html_pages_language_or_letters_settle_the_month(
    attributes: str, text: str, expected: str | None
) -> None:
    assert day(html(attributes, text), "a.html") == expected


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [("pl", PLAIN, "2026-11-18"), ("hr", PLAIN, "2026-10-18"), ("", POLISH, "2026-11-18")],
)
def test_a_text_pages_language_or_letters_settle_the_month(
    name: str, language: str, text: str, expected: str
) -> None:
    stated = f"---\nlanguage: {language}\n---\n" if language else ""
    page = f"{stated}# Boat is in port\n\n18 listopada 2026\n\n{text}\n".replace(
        "# " if name == "a.txt" else "\0", ""
    )
    assert day(page, name) == expected


@pytest.mark.parametrize(
    "order", ["date: 18 listopada 2026\nlanguage: {}", "language: {}\ndate: 18 listopada 2026"]
)
def test_a_stated_date_is_read_in_the_stated_language(order: str) -> None:
    page = f"---\n{order}\n---\n<html><body><h1>Boat</h1><p>{PLAIN}</p></body></html>"
    assert day(page.replace("{}", "pl"), "a.html") == "2026-11-18"
    assert day(page.replace("{}", "hr"), "a.html") == "2026-10-18"
    assert day(page.replace("{}", "en"), "a.html") is None


@pytest.mark.parametrize(("attributes", "text"), [("lang=pl", PLAIN), ("", POLISH)])
def test_a_lists_months_are_settled_as_well(attributes: str, text: str) -> None:
    latest = reading(html(attributes, text, LIST), "a.html").latest
    days = [story.published.iso for story in latest if story.published]
    assert days == ["2026-11-27", "2026-11-26"]


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_who_wrote_a_month_as_a_word_is_not_asked_to(name: str) -> None:
    page = html("", PLAIN) if name == "a.html" else f"Boat\n\n18 listopada 2026\n\n{PLAIN}\n"
    found = [one for one in reading(page, name).findings if one.code == "date-ambiguous"]
    assert len(found) == 1
    assert "language" in found[0].remedy
    assert "as a word" not in found[0].remedy
