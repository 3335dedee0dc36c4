"""One article on several pages: which of them has the words that count.

Rules
- What several pages have in the same words is published once.
- The page whose words were published keeps its say, until a page that was saved later has the
  same article: a file that did not change has nothing to say against another.
"""

from __future__ import annotations

from collections.abc import Mapping

from feeds.entries import identity, verdicts
from feeds.ledger.readings import Pending
from feeds.model import Entry, Reading, Story
from feeds.model.names import Alias
from feeds.model.problem import Problem
from feeds.newsroom import captured
from feeds.publish.effects import Effects
from feeds.publish.index import Index
from feeds.publish.run import Run


def unless_outdated(
    run: Run,
    index: Index,
    pending: Pending,
    story: Story,
    verdict: verdicts.Verdict,
    *,
    fresh: bool,
) -> verdicts.Verdict:
    """``verdict``, unless another page has the words of the article that count.

    That is the one whose words were published, if it was saved later, or if this page is not
    ``fresh``: a file that did not change has nothing to say against it.
    """
    if isinstance(verdict, verdicts.New | verdicts.Same) or story.status == "retracted":
        return verdict
    before = index.entry(verdict.entry.id)
    source = before.evidence.get("title")
    if before.kind != "article" or source is None:
        return verdict
    path = source.file
    if path == pending.path or path not in run.present:
        return verdict
    if path not in index.pages_of(before.id):
        return verdict
    reading = index.reading(path)
    if reading is None or reading.article is None:
        return verdict
    # of captured pages it is known which is the newer one, however often they are decided
    is_sure = fresh or (reading.fetched is not None and pending.reading.fetched is not None)
    if is_sure and _order(reading) < _order(pending.reading):
        return verdict
    return verdicts.Same(before, f"{path} has the words of it that count")


def _order(reading: Reading) -> tuple[str, str]:
    """What pages are decided in the order of."""
    return (reading.captured.iso if reading.captured else "", reading.page)


def claimed(
    run: Run, index: Index, path: str, story: Story, known: Mapping[Alias, Entry]
) -> Entry | None:
    """The entry with the id that ``story`` claims; None if there is none, or it is another's."""
    if not story.id:
        return None
    imported = index.named([Alias("imported", story.id)])
    entry = known.get(identity.explicit_alias(story)) or next(
        iter(imported.values()), index.called(story.id)
    )
    if entry is None:
        return None
    for page in index.pages_of(entry.id):
        reading = index.reading(page) if page in run.present else None
        other = run.applied(reading).article if page != path and reading else None
        if other is not None and other.id == story.id:
            told = Problem(
                "id-taken",
                f"the id '{story.id}' is that of {page} already, and not used",
                story.evidence["id"].line,
                "give each story an id of its own, or none",
                file=path,
            )
            index.add(Effects(problems=(told,)))
            return None
    return entry


def name_duplicate(index: Index, path: str, story: Story, entry: Entry, other: str) -> None:
    """Tells that the article of the page at ``path`` is that of the page ``other`` too."""
    same = verdicts.reads_as(story, entry)
    what = "published once" if same else "but in other words: that page's are published"
    remedy = "delete one of the two files"
    if not same:
        remedy = f"put the right words into {other}, and delete this file"
    what = f"the same article as {other}, {what}"
    told = (Problem("same-article", what, story.line, remedy, file=path),)
    index.add(Effects(notices=told) if same else Effects(problems=told))


def other_pages(run: Run, index: Index, path: str, entry: Entry | None, story: Story) -> list[str]:
    """The pages, other than the one at ``path``, that are there and hold the same article.

    What was captured is on the site, be it at one address or at several: the newest counts.
    """
    if entry is None:
        return []
    wanted = identity.story_alias(story)
    is_captured = captured.is_captured(path)
    others = []
    for page in index.pages_of(entry.id):
        is_other = page != path and not (captured.is_captured(page) and is_captured)
        if is_other and page in run.present:
            # by now, another story may have been saved under that name
            reading = index.reading(page)
            article = run.applied(reading).article if reading else None
            if article is None:
                continue
            name = identity.story_alias(article)
            named = index.named([name]).get(name)
            if name == wanted or (named is not None and named.id == entry.id):
                others.append(page)
    return others
