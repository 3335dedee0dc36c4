"""Whether what pollers got, and what the ledger holds, is what it should be."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from tests.soak.answers import Answer
from tests.soak.commands import Ended
from tests.soak.desk import Desk, Story
from tests.soak.observer import GONE, HEALTH, Observer, Revision
from tests.soak.readers import Reader

STALE_SECONDS = 1.0
"""So long after a revision could be seen nobody may be told of the one before it."""
_UNAVAILABLE = 503
_POLLED = (".rss", ".atom", ".json")
"""What is kept in memory ends so."""
_POLLED_AT_LEAST = 20
"""So many of the newest stories are in the feeds that aren't short, whatever their limits."""


class Figures(NamedTuple):
    """What pollers have seen. Times are in seconds, sorted; ``size`` is in bytes.

    ``behind``: the longest time after which an older revision was still served;
    ``flickers``: how often somebody who asks anew each time saw the older one of two workers.
    """

    seconds: Sequence[float]
    statuses: Counter[int]
    size: int
    behind: float
    until_served: Sequence[float]
    flickers: int
    broken: int


class Judge:
    """Compares answers with the timeline of ``observer``; breaks are excused by ``may_break``.

    ``is_cut_off`` tells whether an answer is of an app that could not reach the ledger then, or had
    not for long: it has what it read last, and nothing that is to be looked up.
    """

    def __init__(
        self,
        observer: Observer,
        may_break: Callable[[float], bool],
        is_cut_off: Callable[[Answer], bool] = lambda _: False,
    ) -> None:
        self._observer = observer
        self._timeline = observer.timeline
        self._may_break = may_break
        self._is_cut_off = is_cut_off
        self.looked_up_in_vain = 0
        """So many pages, archives … were refused by apps that were cut off."""
        self.behind_when_cut_off = 0.0
        """The longest time for which such an app had an older revision, in seconds."""
        self.shown_again = 0
        """So many answers had what was taken back, to somebody who knew, from an app or a worker
        that was less than ``STALE_SECONDS`` behind the other."""
        self._readers: defaultdict[int, Reader] = defaultdict(Reader)
        self._low: dict[int, int] = {}
        self._low_of_poller: dict[int, int] = {}
        self._first_served: dict[int, float] = {}
        self._seconds: list[float] = []
        self._statuses: Counter[int] = Counter()
        self._size = self._flickers = self._broken = 0
        self._behind = 0.0
        self._told: set[tuple[object, ...]] = set()

    def answers(self, poller: int, given: Iterable[Answer]) -> Iterator[str]:
        """What is wrong with the answers that a ``poller`` was given, in their order.

        All that was committed before the last of them is in the timeline.
        """
        for answer in given:
            self._statuses[answer.status] += 1
            self._size += answer.size
            if answer.broken:
                self._broken += 1
                if not (self._may_break(answer.asked) or self._may_break(answer.got)):
                    yield f"{answer}: {answer.wrong}, though no worker had just ended"
                continue
            self._seconds.append(answer.got - answer.asked)
            if answer.status == _UNAVAILABLE and self._may_be_unavailable(answer):
                self.looked_up_in_vain += 1
            elif answer.wrong:
                yield f"{answer}: {answer.wrong}"
            elif answer.word:
                for what in self._readers[poller].faults(answer.items):
                    yield f"{answer}: {what}"
                yield from self._placed(poller, answer)

    def _placed(self, poller: int, answer: Answer) -> Iterator[str]:
        """What is wrong with the revision that ``answer`` is of."""
        timeline, path, word = self._timeline, answer.path, answer.word
        if timeline.last(path, word) is None:
            yield f"{answer}: no revision shows '{word}' there"
            return
        known = self._observer.digests.get((path, word))
        if known and answer.digest and known != answer.digest:
            yield f"{answer}: these are not the bytes that the ledger has under '{word}'"
        if answer.had and timeline.is_newer(path, word, answer.had):
            yield f"{answer}: '{word}' is not what they had, '{answer.had}'"
        low = self._low.get(answer.connection, 0)
        index = timeline.least(path, word, low)
        if index is None:
            if self._is_first("backward", poller, low):
                yield (
                    f"{answer}: '{word}' is of before revision {timeline.numbers[low]}, "
                    "of which this connection was told already"
                )
            return
        self._low[answer.connection] = index
        behind = timeline.seconds_behind(path, word, answer.asked)
        told = self._low_of_poller.get(poller, 0)
        if timeline.least(path, word, told) is None:
            self._flickers += 1
            yield from self._older(answer, told, behind)
        self._low_of_poller[poller] = max(index, told)
        self._first_served.setdefault(index, answer.got)
        if behind and self._is_cut_off(answer):
            self.behind_when_cut_off = max(self.behind_when_cut_off, behind)
            return
        self._behind = max(self._behind, behind)
        if behind > STALE_SECONDS:
            last = timeline.last(path, word)
            assert last is not None
            newer = timeline.numbers[int(last) + 1]
            if self._is_first("stale", poller, newer):
                yield f"{answer}: '{word}', {behind:.2f} s after revision {newer} could be seen"

    def _older(self, answer: Answer, told: int, behind: float) -> Iterator[str]:
        """What is wrong with an ``answer`` that is older than the revision they were ``told``."""
        again = [
            item.title
            for item in answer.items
            if self._timeline.is_shown(f"/feeds/stories/{item.id.rpartition(':')[2]}", GONE, told)
        ]
        self.shown_again += bool(again)
        if behind > STALE_SECONDS:
            yield (
                f"{answer}: '{answer.word}', {behind:.2f} s after it was replaced, for who had "
                f"revision {self._timeline.numbers[told]}, which had taken back {again}"
            )

    def _may_be_unavailable(self, answer: Answer) -> bool:
        is_polled = answer.path.endswith(_POLLED) and "/archive/" not in answer.path
        return not is_polled and answer.path != HEALTH and self._is_cut_off(answer)

    def _is_first(self, *fault: object) -> bool:
        """Whether this ``fault`` was not told yet: a worker that is wrong is so to all who ask."""
        is_first = fault not in self._told
        self._told.add(fault)
        return is_first

    def figures(self) -> Figures:
        """All that came of it."""
        visible = self._timeline.visible
        served = [max(0.0, at - visible[index]) for index, at in self._first_served.items()]
        return Figures(
            sorted(self._seconds),
            self._statuses,
            self._size,
            self._behind,
            sorted(served),
            self._flickers,
            self._broken,
        )


def faults_of_content(desk: Desk, revision: Revision, ended: Ended) -> Iterator[str]:
    """What readers should have, or not, after a run that has come to its ``ended``.

    Remembers the ids of stories that are there for the first time.
    """
    must, may = desk.visible(ended.began), desk.visible(ended.ended)
    polled, filed = revision.titles("/feeds/short"), revision.titles("/feeds/short/archive/")
    for title in must.keys() - polled.keys():
        yield f"'{title}' is lost: it is neither in the feed that has archives nor in these"
    entries = {title: (name, edition) for name, _, title, is_shown, edition in revision.entries
               if is_shown}  # fmt: skip
    for title in must.keys() - entries.keys():
        yield f"'{title}' is not in the ledger"
    for title in (entries.keys() | polled.keys() | filed.keys()) - may.keys():
        yield f"'{title}' is in the ledger, or in an archive, and shouldn't be"
    yield from _faults_of_newest(must.values(), revision)
    for title, story in must.items():
        if title not in entries:
            continue
        name, edition = entries[title]
        story.entry = story.entry or name
        if story.entry != name:
            yield f"'{title}' was {story.entry}, and is {name}"
        if story.is_article and edition != (story.number, story.version):
            yield f"'{title}' should be edition {story.version}, and is {edition}"


def _faults_of_newest(must: Iterable[Story], revision: Revision) -> Iterator[str]:
    """Which of the newest stories are not polled."""
    newest = sorted(must, key=lambda story: story.moment, reverse=True)
    articles = [story for story in newest if story.is_article]
    for feed, stories in (("latest", newest), ("articles", articles)):
        # those of the same second may be in any order
        older = {story.moment for story in stories[_POLLED_AT_LEAST:]}
        wanted = {story.title for story in stories[:_POLLED_AT_LEAST] if story.moment not in older}
        for path, document in revision.documents.items():
            if path.startswith(f"/feeds/{feed}."):
                for title in wanted - {item.title for item in document.items}:
                    yield f"'{title}' is not in {path}"


def faults_of_documents(desk: Desk, revision: Revision, now: float) -> Iterator[str]:
    """What no revision may have, finished or not: secrets, what was taken back, other ids."""
    secret = desk.secrets(now)
    ids = {story.title: story.entry for story in desk.stories if story.entry}
    editions = {story.number: story.version for story in desk.stories}
    for path, document in revision.documents.items():
        for item in document.items:
            if item.title in secret:
                yield f"'{item.title}' is in {path} before its embargo ends"
            if ids.get(item.title, item.id) != item.id:
                yield f"'{item.title}' has the id {item.id} in {path}, not {ids[item.title]}"
            if item.edition and item.edition[1] > editions[item.edition[0]]:
                yield f"'{item.title}' is an edition in {path} that nobody wrote"


def summary(figures: Figures) -> list[str]:
    """``figures`` for people."""
    seconds = figures.seconds or [0.0]
    served = figures.until_served or [0.0]
    polls = sum(figures.statuses.values())
    unchanged = figures.statuses[304] / polls if polls else 0
    statuses = ", ".join(f"{status or 'none'}: {n:,}" for status, n in figures.statuses.items())
    return [
        f"polls       {polls:,}, {unchanged:.0%} of them answered 304; {figures.size:,} bytes",
        f"answers     {statuses}; {figures.broken} connections broke as a worker ended",
        f"latency     half {statistics.median(seconds) * 1000:.1f} ms, 99 of 100 "
        f"{seconds[int(len(seconds) * 0.99)] * 1000:.0f} ms, longest {seconds[-1] * 1000:.0f} ms",
        f"served      half of the revisions {statistics.median(served) * 1000:.0f} ms after their "
        f"commit, the last {served[-1] * 1000:.0f} ms; an older one at most "
        f"{figures.behind * 1000:.0f} ms after it; {figures.flickers} times by one worker when "
        "another had the newer one",
    ]
