"""What the normaliser sees in a page, for a person or a program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from feeds.model import Evidence, Reading, StatedDate, Statement, Story
from feeds.model.errors import PageError
from feeds.model.problem import Problem
from feeds.newsroom import CONFIGURATION, Newsroom
from feeds.normalise import normalise, statements
from feeds.readers import MAX_PAGE_BYTES, read_page, too_large
from feeds.text import dates


def read_file(path: Path, newsroom: Newsroom | None = None) -> Reading:
    """The reading of the file at ``path``, with all that was stated about it applied.

    What is said outside of the page counts only if it lies in the folder of ``newsroom``.
    Raises PageError, and ConfigError if the newsroom's configuration is wrong.
    """
    try:
        if not path.is_file():
            what = "this is no file" if path.exists() else "there is no such file"
            raise PageError(what, file=str(path), remedy="name a saved page")
        with path.open("rb") as file:
            data = file.read(MAX_PAGE_BYTES + 1)
        if len(data) > MAX_PAGE_BYTES:
            raise too_large(str(path), path.stat().st_size)
    except OSError as error:
        raise PageError(f"can't be read: {error.strerror}", file=str(path)) from error
    outside: tuple[Statement, ...] = ()
    if newsroom and (inside := _inside(path, newsroom)):
        outside = newsroom.outside(newsroom.site()).of(inside)
    return statements.with_statements(normalise(read_page(str(path), data)), outside)


def _inside(path: Path, newsroom: Newsroom) -> str:
    """The name of the page at ``path`` in ``newsroom``; empty if it isn't one of its pages."""
    root, place = newsroom.root.resolve(), path.parent.resolve() / path.name
    if not (root / CONFIGURATION).is_file() or not place.is_relative_to(root):
        return ""
    return place.relative_to(root).as_posix()


def read_and_tell(path: Path, newsroom: Newsroom | None, *, as_json: bool) -> tuple[str, str]:
    """What to print about the file at ``path``, and the error if it is no page; empty for none."""
    try:
        reading = read_file(path, newsroom)
    except PageError as error:
        return _json(unreadable(path, error)) if as_json else "", str(error)
    return _json(reading_fields(reading)) if as_json else reading_text(reading), ""


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def reading_fields(reading: Reading) -> dict[str, Any]:
    """A reading as ``feeds read --json`` prints it; unknown is null or an empty list."""
    article = reading.article
    evidence = dict(article.evidence) if article else {}
    if reading.captured_evidence:
        evidence["captured"] = reading.captured_evidence
    if reading.latest:
        first = reading.latest[0]
        evidence["latest"] = first.evidence["title"]
    return {
        "page": reading.page,
        "encoding": reading.encoding,
        "reader_version": reading.reader_version,
        "title": (article.title or None) if article else None,
        "authors": list(article.authors) if article else [],
        "dateline": article.dateline or None if article else None,
        "published": _iso(article.published) if article else None,
        "captured": _iso(reading.captured),
        "paragraphs": list(article.paragraphs) if article else [],
        "latest": [
            {
                "title": story.title,
                "published": _iso(story.published),
                "url": story.url,
            }
            for story in reading.latest
        ],
        "url": article.url if article else None,
        "language": article.language if article else None,
        "categories": list(article.categories) if article else [],
        "image": msgspec.to_builtins(article.image) if article and article.image else None,
        "access": article.access if article else "free",
        "status": article.status if article else "published",
        "embargo": _iso(article.embargo) if article else None,
        "updated": _iso(article.updated) if article else None,
        "summary": article.summary if article else "",
        "id": article.id if article else "",
        "evidence": {name: source.fields for name, source in evidence.items()},
        "dropped": msgspec.to_builtins(reading.dropped),
        "warnings": [str(found.at(reading.page)) for found in reading.findings],
    }


def _iso(stated: StatedDate | None) -> str | None:
    return stated.iso if stated else None


def unreadable(path: Path, error: PageError) -> dict[str, Any]:
    """What ``feeds read --json`` prints for a file that is no page: the error as a warning."""
    empty = reading_fields(Reading(page=str(path), encoding="", reader_version=0))
    return {**empty, "warnings": [str(error)]}


def reading_text(reading: Reading) -> str:
    """A reading for a terminal: what was understood and from where, what was not, and why."""
    article = reading.article
    lines = [f"{reading.page}  ({reading.encoding}, reader {reading.reader_version})"]
    if article:
        lines += [
            _field("title", article.title, article.evidence.get("title")),
            _field("authors", ", ".join(article.authors), article.evidence.get("authors")),
            _field(
                "published",
                dates.for_people(article.published) if article.published else "",
                article.evidence.get("published"),
            ),
        ]
        lines += _stated(article)
    else:
        lines.append("  no article")
    captured = dates.for_people(reading.captured) if reading.captured else ""
    lines.append(_field("captured", captured, reading.captured_evidence))
    if article:
        count = len(article.paragraphs)
        lines.append(_field("text", _count(count, "paragraph"), article.evidence.get("paragraphs")))
        lines += [f"      {_cut(text)}" for text in article.paragraphs]
    lines.append(f"  {'latest':<10} {_count(len(reading.latest), 'headline')}")
    lines += map(_headline, reading.latest)
    if reading.dropped:
        lines.append(f"  {'dropped':<10} what is in no story, and by which rule")
        lines += [
            f"      line {item.line:<4} {_cut(item.text, 60)}  <- {item.rule}"
            for item in reading.dropped
        ]
    if reading.findings:
        lines.append(f"  {'doubtful':<10} {_count(len(reading.findings), 'thing')} to look at")
        lines += [_doubt(found, article) for found in reading.findings]
    return "\n".join(lines)


def _headline(story: Story) -> str:
    """A headline of the list: its line, its date and where that stands, its words."""
    when = story.published.iso if story.published else "unknown"
    told = story.evidence.get("published")
    why = ""
    if told:
        why = told.rule if told.line in (0, story.line) else f"line {told.line}, {told.rule}"
    return f"      line {story.line:<4} {when:<16} {_cut(story.title, 72)}  <- {why}"


def _doubt(found: Problem, article: Story | None) -> str:
    held = "held: " if found.weight == "hold" or (article and found == article.bar) else ""
    place = f"{found.file}:{found.line}:" if found.file else f"line {found.line:<4}"
    return f"      {place} {held}{Problem(what=found.what, remedy=found.remedy)}"


def _stated(article: Story) -> list[str]:
    """A line for each thing that most pages don't say."""
    values = {
        "dateline": article.dateline,
        "updated": dates.for_people(article.updated) if article.updated else "",
        "embargo": dates.for_people(article.embargo) if article.embargo else "",
        "status": article.status if article.status != "published" else "",
        "access": article.access if article.access != "free" else "",
        "url": article.url or "",
        "language": article.language or "",
        "categories": ", ".join(article.categories),
        "image": article.image.url if article.image else "",
        "summary": _cut(article.summary),
        "id": article.id,
    }
    return [
        _field(name, value, article.evidence.get(name)) for name, value in values.items() if value
    ]


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _field(name: str, value: str, evidence: Evidence | None) -> str:
    why = ""
    if evidence:
        place = f"line {evidence.line}, " if evidence.line else ""
        why = f"  <- {place}{evidence.rule}"
    return f"  {name:<10} {value or 'unknown'}{why}"


def _cut(text: str, length: int = 96) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
