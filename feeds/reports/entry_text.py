"""``feeds show``: all that is known of an entry, in lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import UnsetType

from feeds.model import Enclosure, Evidence, Image, hash_of
from feeds.reports.answers import in_zone, labelled
from feeds.reports.entry import EntryAnswer, Event, PageName, Value
from feeds.reports.history import decision_line
from feeds.reports.media import RIGHTS, addresses_text, enclosure_text, image_text
from feeds.text import markup

_NAME = 12
_TEXT = 240


def entry_text(answer: EntryAnswer, zone: ZoneInfo) -> str:
    """``answer`` for people, whose newsroom is in ``zone``: a line for each value."""
    lines = [answer.id, *_head(answer, zone), ""]
    for name, field in answer.fields.items():
        whose = _whose_clock(answer) if name == "published" else ""
        lines += [_row(name, _value(field.value, zone) + whose), *_place(field.evidence)]
        if not isinstance(field.told, UnsetType):
            beneath = _value(field.told, zone) or "nothing"
            lines += [_row("", f"its pages tell: {beneath}"), *_place(field.told_evidence)]
    if "published" not in answer.fields:
        lines.append(_row("published", "unknown"))
    lines += ["", *_known_by(answer, zone)]
    for name, said in (
        ("decisions", [decision_line(one, zone) for one in answer.decisions]),
        ("history", [_event(one, zone) for one in answer.history]),
    ):
        lines += [_row("" if number else name, line) for number, line in enumerate(said)]
    return "\n".join(lines)


def _whose_clock(answer: EntryAnswer) -> str:
    """That nobody stated the clock at which an entry was published; nothing if somebody did."""
    if answer.stated is None or answer.is_clock_stated:
        return ""
    is_day = len(answer.stated) == len("2026-01-09")
    why = "the day alone is stated" if is_day else "not the stated one"
    return f" (the clock is ours: {why})"


def _head(answer: EntryAnswer, zone: ZoneInfo) -> list[str]:
    """What an entry is, and whether readers see it."""
    state: str = answer.hidden or ("held" if answer.objection else "shown")
    if answer.hidden and answer.gone:
        state += f" since {in_zone(answer.gone, zone)}"
    if answer.keeper:
        state += f", into {hash_of(answer.keeper)}"
    if answer.withdrawn:
        state += "; its page says that it is retracted"
    standing = {"live": "", "loaded": ", came with a feed that was taken over"}
    values = {
        "state": state,
        "objection": answer.objection and f"the gate keeps it out: {answer.objection}",
        "notice": answer.notice,
        "access": answer.access if answer.access != "free" else "",
        "rights": RIGHTS.get(answer.rights, ""),
        "kind": answer.kind + standing.get(answer.standing, ", in archives alone"),
        "guid": answer.guid if answer.guid != answer.id else "",
        "entered": f"{in_zone(answer.entered, zone)}, in revision {answer.revision}",
        "updated": in_zone(answer.updated, zone),
        "captured": answer.captured and in_zone(answer.captured, zone),
        "stated": answer.stated,
    }
    return [_row(name, value) for name, value in values.items() if value]


def _known_by(answer: EntryAnswer, zone: ZoneInfo) -> Iterator[str]:
    """The pages and names by which an entry is known, and what of them is held."""
    for name in answer.names:
        if isinstance(name, PageName):
            there = "" if name.is_there else " (not in the folder)"
            if name.missing_since:
                there = f" (gone since {in_zone(name.missing_since, zone)})"
            yield _row("page", f"{name.path}{there}")
    for page in answer.lists:
        yield _row("in the list", page)
    if having := [one.feed for one in answer.feeds if not one.why_not]:
        yield _row("in feeds", ", ".join(having))
    for one in answer.feeds:
        if one.why_not:
            yield _row("not in", f"{one.feed}: {one.why_not}")
    others = Counter(name.kind for name in answer.names if not isinstance(name, PageName))
    if others:
        counted = (f"{kind} ({count})" if count > 1 else kind for kind, count in others.items())
        yield _row("known by", ", ".join(counted))
    for held in answer.held:
        where = f"{held.page}:{held.line}"
        yield _row("held", f"{where}: '{held.title}': {held.why}; {held.remedy}")


def _event(event: Event, zone: ZoneInfo) -> str:
    return f"{in_zone(event.moment, zone)}  revision {event.revision}: {event.what}"


def _value(value: Value, zone: ZoneInfo) -> str:
    """A field's value in words, long ones cut."""
    if isinstance(value, datetime):
        return in_zone(value, zone)
    if isinstance(value, tuple):
        return ", ".join(
            enclosure_text(one) if isinstance(one, Enclosure) else one for one in value
        )
    if isinstance(value, Image):
        return image_text(value)
    if isinstance(value, dict):
        return addresses_text(value)
    told = " ".join(markup.plain(value).split()) if value and "<" in value else value or ""
    return told if len(told) <= _TEXT else f"{told[:_TEXT]}… ({len(told):,} characters)"


def _place(source: Evidence | UnsetType | None) -> list[str]:
    if not source:
        return []
    where = f"{source.file}:{source.line}" if source.line else source.file
    return [_row("", f"({where}, {source.rule})")]


def _row(name: str, value: str) -> str:
    return labelled(f"{name:<{_NAME}}", value)
