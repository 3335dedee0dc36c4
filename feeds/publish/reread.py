"""Pages read again with the present reader, although their bytes did not change.

Rules
- What changes this way never moves ``updated``, ``published``, the order or an id: the story is
  the same, only better understood. It is a correction, and each changed field is a line.
- A story that would be new is entered only if that was accepted. Until then its page keeps the
  reading that it had, so that asking again finds it again.
- An entry is corrected only by the page whose words it has; nothing is ever taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import msgspec

from feeds.entries import holds, identity, recognise, verdicts
from feeds.ledger import readings
from feeds.ledger.readings import Pending, Record
from feeds.model import Enclosure, Entry, Image, Reading, StatedDate, Story
from feeds.model.problem import Problem
from feeds.newsroom.folder import Found
from feeds.publish.articles import decide_again
from feeds.publish.effects import Effects, total
from feeds.publish.failures import attempt
from feeds.publish.index import Index
from feeds.publish.page_reading import page_failure
from feeds.publish.readings import record_file
from feeds.publish.run import Run

_SEEN = (
    "title", "authors", "author_urls", "content", "summary", "url", "language", "categories",
    "tags", "image", "enclosures", "translations",
)  # fmt: skip


class Reread(NamedTuple):
    """What reading pages again came to. ``new`` is how many stories were not accepted.

    ``read`` is what all of them are read as now, before anything is applied to it.
    """

    changes: Sequence[str]
    new: int
    effects: Effects = Effects()
    read: Sequence[Reading] = ()


def reread_pages(
    run: Run, items: Sequence[Found], *, accept_new: bool, is_mended: bool = False
) -> Reread:
    """Reads those pages again that are ``items`` and as the ledger knows them, and stores that.

    A page that has changed meanwhile is left alone: an ordinary run reads it. ``is_mended``: an
    article that was held, or taken for another page's, is let in: that was what was to be mended.
    """
    known = readings.by_path(run.connection, [item.path for item in items])
    waiting = set(readings.pending(run.connection))
    records: list[Record] = []
    changes: list[str] = []
    for item in run.order.watch(items, "reading pages again"):
        before = known.get(item.path)
        is_known = before is not None and before.signature == item.signature
        if not is_known or item.path in waiting or before is None or before.missing_since:
            continue
        guidance = run.source.outside.guidance
        record = record_file(run.order.newsroom.root, item, None, guidance)
        if record is None or before.sha256 not in {record.sha256, None}:
            continue
        if record.reading is not None:
            records.append(record)
        elif readings.of_page(run.connection, item.path) is None:
            readings.refuse_again(run.connection, item.path)
        else:
            changes.append(f"{record.failure} (what was published of it stays)")
    found = [
        attempt(
            run,
            partial(_again, run, record, accept_new=accept_new, is_mended=is_mended),
            partial(_as_before, record.path),
        )
        for record in sorted(records, key=_order)
    ]
    return Reread(
        [*changes, *(line for one in found for line in one.changes)],
        sum(one.new for one in found),
        total(one.effects for one in found),
        [record.reading for record in records if record.reading is not None],
    )


def _as_before(path: str, error: BaseException) -> Reread:
    failure = page_failure(path, error, "make entries of this page again")
    return Reread([f"{failure} (what was published of it stays)"], 0)


def _order(record: Record) -> tuple[str, str]:
    captured = record.reading.captured if record.reading else None
    return (captured.iso if captured else "", record.path)


def _again(run: Run, record: Record, *, accept_new: bool, is_mended: bool) -> Reread:
    """Stores the new reading of one page, and what becomes of its stories."""
    index = Index(run.connection, run.revision, run.now)
    found = _decided(run, index, record, accept_new=accept_new, is_mended=is_mended)
    return found._replace(effects=index.write())


def _decided(
    run: Run, index: Index, record: Record, *, accept_new: bool, is_mended: bool
) -> Reread:
    raw, changes = record.reading, list[str]()
    if raw is None:
        return Reread(changes, 0)
    stored = readings.of_page(run.connection, record.path)
    if stored is not None:
        same = msgspec.structs.replace(stored, reader_version=raw.reader_version, guided=raw.guided)
        if same == raw:
            readings.replace(run.connection, record.path, raw)
            return Reread(changes, 0)
    before = run.applied(stored) if stored else Reading(record.path, "", 0)
    after = run.applied(raw)
    articles = _article(run, index, before, after, changes)
    headlines = _latest(run, index, before, after, changes)
    fresh = [*articles, *headlines]
    changes += [_line(record.path, story, "new", f"'{story.title}'") for story in fresh]
    is_let_in = is_mended and _was_kept_out(index, before)
    refused = [] if accept_new else headlines if is_let_in else fresh
    if refused:
        # without them, or the next edit of a rule would decide the page anew, and enter them
        raw, after = _without(raw, refused), _without(after, refused)
    if refused and not (is_let_in and articles):
        if stored is not None:
            readings.replace(run.connection, record.path, raw)
        return Reread(changes, len(refused))
    if stored is None:
        readings.save(run.connection, [record], run.now)
    else:
        readings.replace(run.connection, record.path, raw)
    is_held = after.article is not None and _is_held(run, after.article)
    undecided = [after.article] if after.article and (articles or is_held) else []
    decide_again(run, index, Pending(record.path, record.modified, after), undecided)
    return Reread(changes, len(refused))


def _was_kept_out(index: Index, before: Reading) -> bool:
    """Whether the page's article, as it was read ``before``, was held or taken for another's."""
    if before.article is None:
        return False
    held = {item.line for item in index.held(before.page)}
    page = identity.page_alias(before.page)
    entry = index.named([page]).get(page)
    is_of_another = entry is not None and not verdicts.reads_as(before.article, entry)
    return before.article.line in held or is_of_another


def _without(reading: Reading, stories: Sequence[Story]) -> Reading:
    left_out = {(story.kind, story.line) for story in stories}
    article = reading.article
    if article is not None and (article.kind, article.line) in left_out:
        article = None
    latest = tuple(item for item in reading.latest if (item.kind, item.line) not in left_out)
    return msgspec.structs.replace(reading, article=article, latest=latest)


def _is_held(run: Run, story: Story) -> bool:
    return holds.why_held(story, run.site.undated, run.now, run.zone) is not None


def _article(
    run: Run, index: Index, before: Reading, after: Reading, changes: list[str]
) -> list[Story]:
    """Corrects the entry of the page's article; returns the article if it would be a new one."""
    was, story = before.article, after.article
    held = {item.line for item in index.held(after.page)}
    page, entry = identity.page_alias(after.page), None
    if was is not None and was.line not in held:
        entry = index.named([page]).get(page)
    if story is None:
        if was is not None and entry is not None:
            changes.append(
                _line(after.page, was, "article", "none (it stays published)", was.title)
            )
        return []
    if _is_held(run, story):
        return []
    if entry is not None and was is not None and verdicts.reads_as(was, entry):
        _correct(index, after.page, was, story, entry, changes)
        return []
    if entry is not None and not _is_of_another(run, entry, story, after.page):
        return []
    names = [identity.story_alias(story)]
    if story.id:
        names.append(identity.explicit_alias(story))
    return [] if index.named(names) else [story]


def _is_of_another(run: Run, entry: Entry, story: Story, page: str) -> bool:
    """Whether ``entry`` is another page's, with which this ``page`` was confused until now."""
    source = entry.evidence.get("title")
    is_elsewhere = source is not None and source.file != page
    if not is_elsewhere or entry.hidden:
        return False
    return not recognise.is_still(story, entry, run.zone)


def _latest(
    run: Run, index: Index, before: Reading, after: Reading, changes: list[str]
) -> list[Story]:
    """Corrects the headlines of the page's list; returns those that would be new."""
    was_at = {story.line: story for story in before.latest}
    stories = (*before.latest, *after.latest)
    known = index.named({identity.story_alias(story) for story in stories})
    new = []
    for story in after.latest:
        was = was_at.get(story.line)
        entry = known.get(identity.story_alias(was)) if was else None
        by_now = known.get(identity.story_alias(story))
        if was and entry and (by_now is None or by_now.id == entry.id):
            if entry.kind == "headline" and entry.title == was.title:
                _correct(index, after.page, was, story, entry, changes)
            elif by_now is None:
                index.name(entry.id, [identity.story_alias(story)])
            known[identity.story_alias(story)] = entry
        elif by_now is None and not _is_held(run, story):
            new.append(story)
    return new


def _correct(
    index: Index, page: str, was: Story, story: Story, entry: Entry, changes: list[str]
) -> None:
    """Gives ``entry`` what ``story`` says, its moments apart, and names what that changes."""
    corrected = verdicts.understood(story, entry)
    if story.published:  # known from now on, so that no later edit moves the moments to it
        corrected = msgspec.structs.replace(corrected, stated=story.published)
    changed = [name for name in _SEEN if getattr(corrected, name) != getattr(entry, name)]
    if "content" in changed and "summary" in changed:
        changed.remove("summary")
    changes += [
        _line(page, story, name, *_told(getattr(corrected, name), getattr(entry, name)))
        for name in changed
    ]
    if story.published != was.published:
        told = f"{_told(story.published, None)[0]} (the date of publication stays)"
        changes.append(_line(page, story, "date", told, _told(was.published, None)[0]))
    index.replace(corrected)
    if changed:
        index.add(Effects(corrected=1, affected=(entry.id,)))
    name = identity.story_alias(story)
    if name not in index.named([name]):
        index.name(entry.id, [name])


def _told(after: object, before: object) -> tuple[str, str]:
    """Two values, short, from where they begin to differ."""
    new, old = _text(after), _text(before)
    same = 0
    while same < min(len(new), len(old)) and new[same] == old[same]:
        same += 1
    start = max(0, new.rfind(" ", 0, same - 20)) if same > 40 else 0
    return _cut(new, start), _cut(old, start)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_text, value))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {url}" for name, url in value.items())
    if isinstance(value, StatedDate):
        return value.iso
    if isinstance(value, Image | Enclosure):
        told = msgspec.structs.asdict(value).values()
        return " ".join(str(one) for one in told if one)
    return " ".join(str(value or "").split())


def _cut(text: str, start: int) -> str:
    shown = ("…" if start else "") + text[start : start + 60]
    return (shown + "…" if len(text) > start + 60 else shown) or "unknown"


def _line(page: str, story: Story, field: str, after: str, before: str = "") -> str:
    what = f"{before} → {after}" if before else after
    return str(Problem("reread", what, story.line, file=page, field=field))


def advice_on(found: Reread, command: Sequence[str], *, preview: bool) -> list[str]:
    """What is left to decide, with the exact ``command`` for it."""
    import shlex

    said = []
    if preview and found.changes:
        said.append(f"to apply this: {shlex.join(command)}")
    if found.new:
        count = f"{found.new} new {'story is' if found.new == 1 else 'stories are'} not published"
        said.append(f"{count}; to publish: {shlex.join([*command, '--accept', 'new'])}")
    return said
