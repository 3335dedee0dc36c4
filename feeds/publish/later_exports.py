"""What a later export of a site says of stories that came with an earlier one.

Rules
- What went behind the pay wall since is shown in short, whatever was known of it; what came out
  again gets its text, if the export is surely the later one.
- What a page of the newsroom's own says of a story stays, and what was erased stays so.
- Of all else nothing changes, but that a picture which was missing is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from feeds.entries.verdicts import IMPORTED
from feeds.ledger.decisions import Record
from feeds.model import Entry, Evidence
from feeds.model.problem import Problem
from feeds.newsroom.decisions import Decision
from feeds.publish.effects import Effects
from feeds.publish.index import Index
from feeds.publish.run import Run
from feeds.publish.verdicts import correction
from feeds.readers.feed import Imported

_OF_THE_TEXT = ("content", "enclosures")


def outdated(records: Mapping[str, Record]) -> set[str]:
    """The keys of those imports that came after one of a later export of the same site."""
    latest: dict[str, datetime] = {}
    found = set()
    for key, record in records.items():
        decision = record.decision
        if decision.action == "import" and decision.exported:
            newest = latest.setdefault(decision.address, decision.exported)
            if decision.exported < newest:
                found.add(key)
            latest[decision.address] = max(newest, decision.exported)
    return found


def bring_up_to_date(
    run: Run, index: Index, entry: Entry, item: Imported, record: Record, *, is_outdated: bool
) -> None:
    """Has ``entry``, which an import brought, say what ``item`` of another one does."""
    decision = record.decision
    told = entry.evidence.get("content") or entry.evidence.get("title")
    is_own = entry.standing != "loaded" or told is None or not told.file.startswith(IMPORTED)
    if is_own or entry.hidden == "erased":
        return
    made, what = entry, ""
    if item.access == "paid":
        if not is_outdated and (entry.content or entry.enclosures):
            made, what = _withheld(entry, item, decision), "is behind the pay wall there now"
    elif not entry.content and item.content and decision.exported and not is_outdated:
        made, what = _with_text(entry, item, decision), "is free to read there now"
    if item.image and not made.image:
        made = _with(made, decision, image=item.image)
    if made == entry:
        return
    if what:
        made = msgspec.structs.replace(made, updated=max(entry.updated, record.decided))
        made = run.spaced(made, entry)
        index.note(entry.id, "corrected", f"corrected: it {what} ({decision.feed})")
        shown = "its text is no longer shown" if item.access == "paid" else "its text is shown"
        problem = Problem("access-changed", f"'{entry.title}' {what}: {shown} here")
        told_of = msgspec.structs.replace(
            problem, file=decision.export or decision.feed, entries=(entry.hash,)
        )
        index.add(Effects(notices=(told_of,)))
    index.add(correction(entry, made, is_new=index.is_new(entry.id)))
    index.replace(made)


def _withheld(entry: Entry, item: Imported, decision: Decision) -> Entry:
    evidence = {name: one for name, one in entry.evidence.items() if name not in _OF_THE_TEXT}
    made = msgspec.structs.replace(
        entry, content="", enclosures=(), access="paid", evidence=evidence
    )
    return _with(made, decision, summary=item.summary)


def _with_text(entry: Entry, item: Imported, decision: Decision) -> Entry:
    return _with(
        entry,
        decision,
        content=item.content,
        summary=item.summary,
        enclosures=item.enclosures,
        access="free",
    )


def _with(entry: Entry, decision: Decision, **fields: object) -> Entry:
    """``entry`` with ``fields`` as the feed of ``decision`` has them."""
    source = Evidence(decision.feed, 0, "an item of the feed that was taken over")
    evidence = entry.evidence | {name: source for name, value in fields.items() if value}
    return msgspec.structs.replace(entry, evidence=evidence, **fields)
