"""A change to a page changes what it should in the reading, and nothing else."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import babel.dates
import pytest

from feeds.model import Reading
from feeds.normalise import normalise
from feeds.readers import read_page
from tests.newsrooms import PROJECT

PAGES = PROJECT / "tests" / "normalise" / "pages"
EXAMPLES = PROJECT.parent / "shared" / "pages" / "examples"
OWN = ("normal.txt", "no_list.txt", "own_stamp.txt", "mutable.txt")
WITH_TEXT = ("normal.txt", "mutable.txt")
HEADED = ("normal.txt", "mutable.txt")
LISTED = re.compile(r"^(\d\d)\.([A-Z][a-z]{2})\.(\d{4})$", re.MULTILINE)
ANY_NAMED = re.compile(r"\b(\d{1,2})[. ]([A-Z][a-z]{2,8})[. ](\d{4})\b")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


class Seen(NamedTuple):
    """What a reading says, without line numbers."""

    title: str
    authors: tuple[str, ...]
    published: str | None
    captured: str | None
    paragraphs: tuple[str, ...]
    latest: tuple[tuple[str, str | None], ...]


def seen(data: bytes) -> Seen:
    found: Reading = normalise(read_page("a.txt", data))
    assert found.article is not None
    return Seen(
        found.article.title,
        found.article.authors,
        found.article.published.iso if found.article.published else None,
        found.captured.iso if found.captured else None,
        found.article.paragraphs,
        tuple((s.title, s.published.iso if s.published else None) for s in found.latest),
    )


def day_of(match: re.Match[str]) -> date | None:
    name = match[2][:3].lower()
    if name not in MONTHS:
        return None
    return date(int(match[3]), MONTHS.index(name) + 1, int(match[1]))


def shown(shape: str) -> Callable[[str], str]:
    """The page with its list's dates in another shape."""

    def changed(text: str) -> str:
        def again(match: re.Match[str]) -> str:
            day = day_of(match)
            return format(day, shape) if day else match[0]

        return LISTED.sub(again, text)

    return changed


def translated(language: str) -> Callable[[str], str]:
    """The page with the dates of its list, and that of its last line, in another language."""
    form = "long" if language in ("ja", "ko") else "d MMMM y"

    def changed(text: str) -> str:
        def again(match: re.Match[str]) -> str:
            day = day_of(match)
            return babel.dates.format_date(day, form, locale=language) if day else match[0]

        above, end, last = text.rstrip("\n").rpartition("\n")
        last = ANY_NAMED.sub(again, last) if ANY_NAMED.fullmatch(last.strip()) else last
        return LISTED.sub(again, above) + end + last

    return changed


def indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else line for line in text.split("\n"))


def doubled(text: str) -> str:
    first = text.split("\n", 1)[0]
    return f"{first}\n{text}"


def spaced(text: str) -> str:
    return text.replace("\n\n", "\n\n\n\n")


def with_hard_blanks(text: str) -> str:
    return re.sub(r"(?m)^(\d\d) (\w+) (\d{4})$", "\\1\u00a0\\2\u202f\\3", text)


def with_marks(text: str) -> str:
    return "\u200e" + text.replace("\n", "\u200b\n")


def trailing(text: str) -> str:
    return text.replace("\n", "  \t\n")


UNCHANGED: dict[str, Callable[[str], str]] = {
    "9 January 2026": shown("%-d %B %Y"),
    "2026-01-09": shown("%Y-%m-%d"),
    "09.01.2026": shown("%d.%m.%Y"),
    "January 9, 2026": shown("%B %-d, %Y"),
    "Friday, 9 January 2026": shown("%A, %-d %B %Y"),
    "09/Jan/2026": shown("%d/%b/%Y"),
    "indented": indented,
    "headline doubled": doubled,
    "blank lines": spaced,
    "hard blanks": with_hard_blanks,
    "invisible marks": with_marks,
    "trailing blanks": trailing,
} | {
    f"months in {language}": translated(language)
    for language in "az tr ru uk ka hy de fr es it pt ro pl el ar fa hi ja ko sv fi hu lt".split()
}
BYTES: dict[str, Callable[[str], bytes]] = {
    "CR LF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without mark": lambda text: text.encode("utf-16-le"),
    "no line end": lambda text: text.rstrip("\n").encode(),
    "line ends more": lambda text: (text + "\n\n\n").encode(),
}


def own() -> list[Path]:
    return [PAGES / name for name in OWN]


def examples() -> list[Path]:
    """Pages in UTF-8 from outside of the project."""
    return [page for page in sorted(EXAMPLES.glob("*.txt")) if is_utf8(page.read_bytes())]


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def pages() -> list[Path]:
    return [*own(), *examples()]


def clocked() -> list[Path]:
    """Pages whose own date is not told from the list's by its clock alone."""
    return [page for page in pages() if page.name != "own_stamp.txt"]


def source(page: Path) -> str:
    return page.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
@pytest.mark.parametrize("mutation", UNCHANGED)
def test_a_page_in_another_dress_is_read_the_same(page: Path, mutation: str) -> None:
    text = source(page)
    assert seen(UNCHANGED[mutation](text).encode()) == seen(text.encode())


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
@pytest.mark.parametrize("mutation", BYTES)
def test_a_page_in_other_bytes_is_read_the_same(page: Path, mutation: str) -> None:
    text = source(page)
    assert seen(BYTES[mutation](text)) == seen(text.encode())


@pytest.mark.parametrize("page", clocked(), ids=lambda page: page.stem)
def test_clocks_in_the_list_change_its_dates_alone(page: Path) -> None:
    text = source(page)
    before, after = seen(text.encode()), seen(LISTED.sub(r"\1.\2.\3 10:20", text).encode())
    days = tuple((title, iso and iso[:10]) for title, iso in after.latest)
    assert after._replace(latest=days) == before._replace(
        latest=tuple((title, iso and iso[:10]) for title, iso in before.latest)
    )


@pytest.mark.parametrize("line", ["Advertisement", "ADVERTISEMENT", "Реклама", "Share", "Print"])
@pytest.mark.parametrize("page", [PAGES / name for name in WITH_TEXT], ids=lambda page: page.stem)
def test_a_line_of_the_site_below_the_text_is_dropped(page: Path, line: str) -> None:
    before = seen(source(page).encode())
    last = before.paragraphs[-1]
    after = seen(source(page).replace(last, f"{last}\n{line}", 1).encode())
    assert after == before


@pytest.mark.parametrize("line", ["Photo: Nora Lind", "Photo from open sources.", "Фото: АПА"])
@pytest.mark.parametrize("page", [PAGES / name for name in WITH_TEXT], ids=lambda page: page.stem)
def test_a_credit_above_the_headline_is_dropped(page: Path, line: str) -> None:
    text = source(page)
    assert seen(f"{line}\n{text}".encode()) == seen(text.encode())


@pytest.mark.parametrize("page", [PAGES / name for name in HEADED], ids=lambda page: page.stem)
def test_a_list_without_its_heading_is_the_same_list(page: Path) -> None:
    text = source(page)
    assert seen(re.sub(r"(?m)^Latest news\n?", "", text).encode()) == seen(text.encode())


@pytest.mark.parametrize("heading", ["Latest news:", "LATEST NEWS", "Son xəbərlər", "Новости"])
@pytest.mark.parametrize("page", [PAGES / name for name in HEADED], ids=lambda page: page.stem)
def test_another_heading_changes_nothing(page: Path, heading: str) -> None:
    text = source(page)
    again = re.sub(r"(?m)^Latest news\n?", f"{heading}\n", text)
    assert seen(again.encode()) == seen(text.encode())


@pytest.mark.parametrize("width", [60, 72, 80])
def test_a_wrapped_text_has_the_same_paragraphs(width: int) -> None:
    text = source(PAGES / "mutable.txt")
    before = seen(text.encode())
    for paragraph in before.paragraphs:
        text = text.replace(paragraph, textwrap.fill(paragraph, width, break_on_hyphens=False))
    assert seen(text.encode()) == before


def test_the_examples_are_there() -> None:
    if not EXAMPLES.is_dir():
        pytest.skip("needs ../shared/pages, which is not part of the project")
    assert examples()
