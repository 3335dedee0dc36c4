"""What the normaliser sees in a page, for a person or a program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec import UNSET, UnsetType

from feeds.model import (
    Access,
    Dropped,
    Enclosure,
    Evidence,
    Image,
    Reading,
    Rights,
    StatedDate,
    Story,
    Url,
)
from feeds.model.errors import PageError
from feeds.model.problem import Problem
from feeds.reports.answers import counted, filled
from feeds.reports.media import RIGHTS, addresses_text, enclosure_text, image_text
from feeds.reports.page_lines import PageLine, lines_text
from feeds.text import dates, markup

_SEEN = {"title", "authors", "published", "status", "access", "language", "categories"}
_ALWAYS = {"title", "authors", "published"}
_NEWSROOMS = "in the newsroom's zone"
_STRUCK = re.compile(r"</?(?:s|del|strike)>")


class Headline(msgspec.Struct, frozen=True):
    """A headline of the list beside an article."""

    title: str
    published: str | None
    url: Url | None


class ReadingAnswer(msgspec.Struct, frozen=True):
    """A reading as ``feeds read --json`` prints it; unknown is null or an empty list.

    ``embargo`` is as the page has it, ``embargo_ends`` the moment that it means, if there is one;
    ``tags`` and ``rights`` are there if it has some. ``lines`` says what each line of a page of
    text is taken for.
    """

    page: str
    encoding: str
    reader_version: int
    title: str | None
    authors: tuple[str, ...]
    dateline: str | None
    published: str | None
    captured: str | None
    paragraphs: tuple[str, ...]
    latest: list[Headline]
    url: Url | None
    language: str | None
    categories: tuple[str, ...]
    image: Image | None
    enclosures: tuple[Enclosure, ...]
    author_urls: dict[str, Url]
    translations: dict[str, Url]
    access: Access
    status: str
    embargo: str | None
    updated: str | None
    summary: str
    id: str
    evidence: dict[str, Evidence]
    dropped: tuple[Dropped, ...]
    warnings: list[str]
    lines: Sequence[PageLine]
    embargo_ends: str | UnsetType = UNSET
    tags: tuple[str, ...] | UnsetType = UNSET
    rights: Rights | UnsetType = UNSET


def reading_answer(
    reading: Reading, zone: ZoneInfo | None = None, lines: Sequence[PageLine] = ()
) -> ReadingAnswer:
    """``reading`` for programs; ``zone`` is the newsroom's, if it is known.

    ``lines`` are the page's, if it is one of text.
    """
    article = reading.article or Story("article", "", 0)
    evidence = dict(article.evidence)
    if reading.captured_evidence:
        evidence["captured"] = reading.captured_evidence
    if reading.latest:
        evidence["latest"] = reading.latest[0].evidence["title"]
    return filled(
        ReadingAnswer,
        article,
        reading,
        title=article.title or None,
        rights=article.rights or UNSET,
        dateline=article.dateline or None,
        published=_iso(article.published),
        captured=_iso(reading.captured),
        latest=[filled(Headline, one, published=_iso(one.published)) for one in reading.latest],
        embargo=_iso(article.embargo),
        embargo_ends=_ends(article, zone) or UNSET,
        updated=_iso(article.updated),
        evidence={name: source.told for name, source in evidence.items()},
        warnings=[str(found.at(reading.page)) for found in reading.findings],
        lines=lines,
        tags=article.tags or UNSET,
    )


def _ends(article: Story, zone: ZoneInfo | None) -> str:
    """The moment at which an embargo ends, with its zone; empty if there is none, or no zone."""
    if article.embargo is None or zone is None:
        return ""
    return dates.with_zone(dates.stated_moment(article.embargo, zone), zone)


def _iso(stated: StatedDate | None) -> str | None:
    return stated.iso if stated else None


def unreadable(path: Path, error: PageError) -> ReadingAnswer:
    """A file that is no page, for programs: the error as a warning."""
    empty = reading_answer(Reading(page=str(path), encoding="", reader_version=0))
    return msgspec.structs.replace(empty, warnings=[str(error)])


def reading_text(
    reading: Reading, zone: ZoneInfo | None = None, lines: Sequence[PageLine] = ()
) -> str:
    """A reading for a terminal: what was understood and from where, what was not, and why.

    ``zone`` is the newsroom's, if it is known, and ``lines`` are the page's, if it is one of text.
    """
    article = reading.article
    told = [f"{reading.page}  ({reading.encoding}, reader {reading.reader_version})"]
    if article:
        told += [
            _field(name, value, article.evidence.get(name))
            for name, value in _values(article, zone).items()
            if value or name in _ALWAYS
        ]
    else:
        told.append("  no article")
    told.append(_field("captured", _date(reading.captured, zone), reading.captured_evidence))
    if article:
        count = counted(len(article.paragraphs), "paragraph")
        told.append(_field("text", count, article.evidence.get("paragraphs")))
        told += [f"      {_cut(text)}" for text in _paragraphs(article)]
    told.append(f"  {'latest':<10} {counted(len(reading.latest), 'headline')}")
    told += map(_headline, reading.latest)
    if reading.dropped:
        told.append(f"  {'dropped':<10} what is in no story, and by which rule")
        told += [
            f"      line {item.line:<4} {_cut(item.text, 60)}  <- {item.rule}"
            for item in reading.dropped
        ]
    bar = article.bar if article else None
    held = [found for found in reading.findings if found.weight == "hold" or found == bar]
    if held:
        told.append(f"  {'held':<10} not published before this is mended")
        told += map(_told, held)
    if doubts := [found for found in reading.findings if found not in held]:
        told.append(f"  {'doubtful':<10} {counted(len(doubts), 'thing')} to look at")
        told += map(_told, doubts)
    if lines:
        told.append(lines_text(lines))
    return "\n".join(told)


def preview_text(reading: Reading, zone: ZoneInfo | None = None) -> str:
    """A reading in a few lines: what subscribers would see first, and what is doubtful."""
    article = reading.article
    told = [article.url if article and article.url else reading.page]
    if article:
        seen = {name: value for name, value in _values(article, zone).items() if name in _SEEN}
        why = article.evidence.get("published")
        told += [
            _field(name, value, None if value else why)
            for name, value in seen.items()
            if value or name == "published"
        ]
        count = counted(len(article.paragraphs), "paragraph")
        begins = f": {_cut(article.paragraphs[0], 72)}" if article.paragraphs else ""
        told.append(_field("text", f"{count}{begins}", None))
    else:
        told.append("  no article")
    told += map(_told, reading.findings)
    return "\n".join(told)


def _paragraphs(article: Story) -> tuple[str, ...]:
    """The text of ``article``, in which words that are struck out stand between tildes."""
    if not _STRUCK.search(article.content):
        return article.paragraphs
    return tuple(markup.blocks(_STRUCK.sub("~~", article.content)))


def _headline(story: Story) -> str:
    """A headline of the list: its line, its date and where that stands, its words."""
    when = story.published.iso if story.published else "unknown"
    told = story.evidence.get("published")
    why = ""
    if told:
        why = told.rule if told.line in (0, story.line) else f"line {told.line}, {told.rule}"
    return f"      line {story.line:<4} {when:<16} {_cut(story.title, 72)}  <- {why}"


def _told(found: Problem) -> str:
    if found.file:
        place = f"{found.place}:"
    else:
        place = f"line {found.line:<4}" if found.line else "page     "  # as a whole
    return f"      {place} {Problem(what=found.told, remedy=found.remedy)}"


def _values(article: Story, zone: ZoneInfo | None) -> dict[str, str]:
    """What is shown of an article besides its text; most pages don't say most of it."""
    return {
        "title": article.title,
        "authors": ", ".join(article.authors),
        "author_urls": addresses_text(article.author_urls),
        "published": _date(article.published, zone),
        "dateline": article.dateline,
        "updated": _date(article.updated, zone),
        "embargo": _ends(article, zone) or _date(article.embargo, zone),
        "status": article.status if article.status != "published" else "",
        "access": "paid: its text is not published" if article.access == "paid" else "",
        "rights": RIGHTS.get(article.rights, ""),
        "url": article.url or "",
        "language": article.language or "",
        "categories": ", ".join(article.categories),
        "tags": ", ".join(article.tags),
        "image": image_text(article.image) if article.image else "",
        "enclosures": "; ".join(map(enclosure_text, article.enclosures)),
        "translations": addresses_text(article.translations),
        "summary": _cut(article.summary),
        "id": article.id,
    }


def _date(stated: StatedDate | None, zone: ZoneInfo | None) -> str:
    """``stated`` with its zone; a clock that states none is the newsroom's."""
    return dates.for_people(stated, zone.key if zone else _NEWSROOMS) if stated else ""


def _field(name: str, value: str, evidence: Evidence | None) -> str:
    why = ""
    if evidence:
        place = f"line {evidence.line}, " if evidence.line else ""
        why = f"  <- {place}{evidence.rule}"
    return f"  {name:<10} {value or 'unknown'}{why}"


def _cut(text: str, length: int = 96) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
