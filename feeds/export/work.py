"""One export at work: what the ledger says is to be at a target, and isn't, is brought there.

Rules
- It goes by the ledger's newest revision, also by one that comes meanwhile: as long as something is
  to be looked at, the first of it is done first, so that a retraction overtakes all else.
- Only what changed is made and put. What of the target is not known is put; what it has and
  shouldn't is removed.
- Before a file is written, the ledger forgets what is in it, and knows it only once it is there.
  So whatever ends an export, the next one mends.
- It has a claim on its target, which ends by itself if it dies. Who goes on after that was
  overtaken: it changes nothing more, and what it had begun the next one looks at again.
- Of a target that is not as the ledger knows it to be left, a copy or another machine's, each file
  is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from feeds.export import layout, wanted
from feeds.export.claim import Claim, Clock
from feeds.export.kinds import opened
from feeds.export.layout import File
from feeds.export.revision import facts as facts_of
from feeds.export.revision import is_newer
from feeds.export.targets import Mark, Target
from feeds.export.wanted import Facts, Wanted
from feeds.export.website import Answer, Website, health
from feeds.ledger import exports, revisions
from feeds.ledger.connect import Ledger
from feeds.ledger.exports import STORIES
from feeds.model.errors import TargetError
from feeds.model.exports import Stage
from feeds.newsroom import Newsroom
from feeds.web import caching, sitemap

_CLEANING = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)
_SOME = 100
_MOST_BYTES = 16 * 1024 * 1024
_TOGETHER = {Stage.ARCHIVE, Stage.DOCUMENT, Stage.PAGE}
"""What readers see at once, if a target can do that."""
_LONG = {Stage.STORY, Stage.REFRESH}
"""Where there may be so much that a newer revision isn't kept waiting for it."""


class Work:
    """One export, under the claim of ``who``."""

    def __init__(
        self, newsroom: Newsroom, ledger: Ledger, name: str, clock: Clock, who: str
    ) -> None:
        self._newsroom = newsroom
        self._ledger = ledger
        self._name = name
        self._clock = clock
        self._wanted: dict[str, Wanted] = {}
        self._polling = ""
        self._facts: Facts | None = None
        self._newest: datetime | None = None
        self._done: list[exports.File] = []
        self._gone: list[str] = []
        self._flying: set[str] = set()
        self._claim = Claim(ledger, name, who, clock)
        self._is_looked_at = True
        self._seal = ""
        self.revision = self.put = self.removed = 0

    def run(self, *, verify: bool) -> None:
        """Goes on until the target has all of the newest revision."""
        self._target: Target = opened(self._name)
        try:
            self._bring_all(verify=verify)
        finally:
            if self._flying:
                self._leave()

    def _bring_all(self, *, verify: bool) -> None:
        is_first = True
        while True:
            facts = self._plan(is_first=is_first, verify=verify and is_first)
            is_first = False
            if self._work(facts):
                self._publish(last=True)
                if self._reached(facts):
                    self.revision = facts.revision
                    return

    def _plan(self, *, is_first: bool, verify: bool) -> Facts:
        """Has all files looked at that a revision may have changed."""
        with self._ledger.read() as connection:
            facts, ledger_id = facts_of(connection, self._clock())
            before = exports.find(connection, self._name)
            self._newest = next(iter(revisions.moments(connection, 1)), None)
        if before is None:
            raise TargetError("it was forgotten meanwhile", file=self._name)
        site, self._facts = facts.site, facts
        self._polling = caching.polling_cache_control((), timedelta(minutes=site.ttl))
        self._website = Website(self._newsroom, self._clock())
        self._wanted = wanted.wanted(facts)
        is_known = True
        if is_first:
            mark = Mark(ledger_id, site.feeds_url)
            base = urlsplit(site.feeds_url).path.strip("/")
            self._seal = self._target.open(mark, base, self._claim.hold)
            is_known = bool(self._seal)
        is_same = before.epoch == facts.epoch
        damaged: list[str] = []
        is_left = is_same and self._seal == before.seal
        if is_first and is_known and (verify or not is_left):
            self._is_looked_at = False
            with self._ledger.read() as connection:
                known = exports.files(connection, self._name)
                stories = exports.files(connection, self._name, stories=True)
                damaged = self._target.faults((*known, *stories))
        with self._ledger.write() as connection:
            self._claim.renew(connection)
            if not self._is_looked_at:
                exports.sealed(connection, self._name, "")
            if not is_known:
                exports.doubt_all(connection, self._name)
            exports.doubt(connection, self._name, damaged)
            again = {one: Stage.STORY for one in damaged if one.startswith(STORIES)}
            exports.mark_stale(connection, self._name, again)
            if before.key != facts.pages or not is_same or not is_known:
                exports.mark_stories(connection, self._name)
            stages = wanted.stages(self._wanted, exports.files(connection, self._name))
            exports.mark_stale(connection, self._name, stages)
            exports.planned(connection, self._name, facts.epoch, facts.pages)
        return facts

    def _work(self, facts: Facts) -> bool:
        """Looks at what is to be looked at; False if a newer revision came meanwhile."""
        for stage in Stage:
            after: str | None = None
            while True:
                with self._ledger.read() as connection:
                    is_outdated = stage in _LONG and is_newer(connection, facts)
                    some = exports.stale(connection, self._name, stage, after, _SOME)
                is_last = stage is Stage.REFRESH and after is None
                if is_outdated:
                    if is_last and self._target.is_whole:
                        # some of it may be of the newer one by now: all of it is made again
                        self._done, self._gone = [], []
                    else:
                        self._publish()
                    return False
                if not some:
                    break
                if is_last and len(some) == _SOME:
                    self._publish()  # readers needn't wait for so many
                after = some[-1].address
                self._bring(some)
                is_much = len(self._done) >= self._target.most and stage not in _TOGETHER
                if is_much or not self._target.is_whole:
                    self._publish()
        return True

    def _bring(self, some: Iterable[exports.File]) -> None:
        """Puts what is to be at the addresses of ``some``, where it isn't there already."""
        rows = iter(some)
        while files := self._changed(rows):
            self._put(files)

    def _changed(self, rows: Iterator[exports.File]) -> list[File]:
        """What is to be put of ``rows``, as far as it may wait; the rest is left in it.

        The ledger is let go of before anything is put: a store may take minutes.
        """
        files: list[File] = []
        size = 0
        with self._website.at_newest():
            for row in rows:
                one = self._wanted.get(row.address)
                file = self._made(row, one)
                if file is None:
                    self._gone.append(row.address)
                    continue
                version = one.version if one else ""
                done = exports.File(
                    row.address, file.kind, version, file.digest, row.tag, row.modified
                )
                if file.digest == row.digest:
                    self._done.append(done)
                    continue
                self._done.append(done._replace(tag="", modified=file.modified))
                files.append(file)
                size += len(file.body)
                if len(files) >= self._target.most or size > _MOST_BYTES:
                    break
        return files

    def _made(self, row: exports.File, one: Wanted | None) -> File | None:
        """The file that is to be at the address of ``row``; None for nothing."""
        if one is None and not row.address.startswith(STORIES):
            return None
        if row.address == "healthz" and one and (facts := self._facts):
            answer: Answer | None = health(facts.epoch, facts.revision, self._newest)
        else:
            answer = self._website.answer(one.asked if one else row.address)
        if answer is None:
            return None
        own = one.modified if one else None
        now = self._clock()
        return File(
            row.address,
            answer.kind,
            answer.content_type,
            answer.body,
            layout.caching(row.address, self._polling),
            wanted.modified(row, own, now),
        )

    def _put(self, files: list[File]) -> None:
        with self._ledger.write() as connection:
            self._claim.renew(connection)
            exports.doubt(connection, self._name, [file.address for file in files])
        self._flying |= {file.address for file in files}
        tags = self._target.put(files)
        self.put += len(files)
        self._done = [
            file._replace(tag=tags[file.address]) if file.address in tags else file
            for file in self._done
        ]

    def _publish(self, *, last: bool = False) -> None:
        """Has readers see what was brought, and the ledger know it."""
        with self._ledger.write() as connection:
            self._claim.renew(connection)
        if self._gone:
            self._flying.update(self._gone)
            self._target.remove(self._gone)
            self.removed += len(self._gone)
        seal = self._target.publish(last=last)
        self._is_looked_at |= last
        if self._done or self._gone or seal != self._seal or last:
            with self._ledger.write() as connection:
                self._claim.renew(connection)
                if self._facts and is_newer(connection, self._facts):
                    # it may have changed any of these: they are looked at again
                    left = [exports.File(address) for address in self._gone]
                    exports.record(connection, self._name, [*self._done, *left], keep=True)
                else:
                    exports.record(connection, self._name, self._done)
                    exports.drop(connection, self._name, self._gone)
                if self._is_looked_at:
                    exports.sealed(connection, self._name, seal)
            self._seal = seal
        self._done, self._gone = [], []
        self._flying = set()

    def _reached(self, facts: Facts) -> bool:
        """Notes that the target has all of a revision; False if there is a newer one."""
        with self._ledger.write() as connection:
            self._claim.renew(connection)
            if is_newer(connection, facts):
                return False
            now = self._clock()
            moments = [now + _CLEANING] if self.put or self.removed else []
            if facts.news:
                moments.append(facts.news + sitemap.PERIOD + _SECOND)
            due = min(moments, default=None)
            exports.reached(connection, self._name, facts.revision, due)
        return True

    def _leave(self) -> None:
        """Has what it put or removed, and did not record, looked at by the next export.

        It may have been put long after another one took over, and recorded what that put.
        """
        stages = {address: self._stage(address) for address in self._flying}
        with self._ledger.write() as connection:
            if exports.find(connection, self._name) is None:
                return
            exports.mark_stale(connection, self._name, stages, unsure=True)
            exports.owe(connection, self._clock(), self._name)
        with self._ledger.write() as connection:
            self._claim.renew(connection)

    def _stage(self, address: str) -> Stage:
        one = self._wanted.get(address)
        if one:
            return one.stage
        return Stage.STORY if address.startswith(STORIES) else Stage.REMOVAL
