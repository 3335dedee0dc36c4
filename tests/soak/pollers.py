"""Those who ask: feed readers in all their manners, people, monitors.

Each is a thread that asks again and again, and remembers what it has. What an answer is worth is
``judge``'s business; here is noticed only what is wrong with it whatever the ledger holds.
"""

from __future__ import annotations

import gzip
import hashlib
import http.client
import itertools
import json
import random
import time
import zlib
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from threading import Event, Lock, Thread
from typing import NamedTuple

import brotli
from lxml import etree

from tests.soak import observer
from tests.soak.answers import (
    TAG,
    Answer,
    Content,
    Kept,
    WrongAnswerError,
    last_tried,
    moment,
    unchanged,
    word_of_a_page,
)
from tests.soak.items import Item, read_items
from tests.soak.timeline import NOTHING
from tests.web.asking import HOST

BY = "X-Upstream"
"""The header that says which of several apps answered, where there are several."""
_PATIENCE_SECONDS = 60
_DECODERS: Mapping[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
}
_UNREADABLE = (
    *(ValueError, LookupError, EOFError, OSError),
    *(zlib.error, brotli.error, etree.XMLSyntaxError),
)


class Manner(NamedTuple):
    """How somebody asks.

    ``coding`` is what they accept; ``validators`` are what they say they have, of "etag" and
    "since"; ``keeps``: the connection is kept. ``paths`` tells what they ask for.
    """

    coding: str
    validators: frozenset[str]
    keeps: bool
    paths: Callable[[], Sequence[str]]


class World:
    """What all pollers share: the ``port`` that they ask, what they found out about tags.

    ``secrets`` tells the words that nobody may be told, and until when. They ask ``inside`` of
    what they are to be in.
    """

    def __init__(
        self,
        port: int,
        secrets: Callable[[], Mapping[str, float]],
        inside: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self.port, self.secrets, self.inside = port, secrets, inside
        self.connections = itertools.count(1)
        self._lock = Lock()
        self._digests: dict[tuple[str, str], str] = {}
        self._items: dict[str, Sequence[Item]] = {}

    def is_known_otherwise(self, path: str, tag: str, digest: str) -> bool:
        """Whether the document with that ``tag`` had other bytes before."""
        with self._lock:
            return self._digests.setdefault((path, tag), digest) != digest

    def items(self, path: str, digest: str, document: bytes) -> Sequence[Item]:
        """What is in the feed with that ``digest``, which is read once for all who get it."""
        known = self._items.get(digest)
        if known is None:
            known = self._items[digest] = [*read_items(document, path.rpartition(".")[2])]
        return known


class Poller(Thread):
    """Asks as its ``manner`` is, about every ``pause`` seconds, from the ``address``."""

    def __init__(
        self,
        world: World,
        manner: Manner,
        chance: random.Random,
        pause: float,
        address: str = HOST,
    ) -> None:
        super().__init__(daemon=True)
        self._world, self._manner = world, manner
        self._chance, self._pause = chance, pause
        self._address = address
        self._apps: dict[str, int] = {}
        self._stopping = Event()
        self._kept: dict[str, Kept] = {}
        self._modified: dict[str, tuple[int, str]] = {}
        self._http: http.client.HTTPConnection | None = None
        self._number = 0
        self._answers: deque[Answer] = deque()

    def run(self) -> None:
        """Asks until it is stopped."""
        with self._world.inside():
            while not self._stopping.wait(self._pause * self._chance.uniform(0.5, 1.5)):
                paths = self._manner.paths()
                if paths:
                    self._answers.append(self._ask(self._chance.choice(paths)))
                    if not self._manner.keeps:
                        self._close()
        self._close()

    def stop(self) -> None:
        """Tells it to end, which takes a moment."""
        self._stopping.set()

    def taken(self) -> list[Answer]:
        """The answers since the last time; nobody else gets them."""
        return [self._answers.popleft() for _ in range(len(self._answers))]

    def _close(self) -> None:
        if self._http:
            self._http.close()
        self._http = None

    def _ask(self, path: str) -> Answer:
        headers = {"Accept-Encoding": self._manner.coding or "identity"}
        kept = self._kept.get(path)
        if kept and "etag" in self._manner.validators:
            headers["If-None-Match"] = kept.tag
        if kept and kept.modified and "since" in self._manner.validators:
            headers["If-Modified-Since"] = kept.modified
        if self._http is None:
            port = self._world.port
            self._http = http.client.HTTPConnection(
                HOST, port, timeout=_PATIENCE_SECONDS, source_address=(self._address, 0)
            )
            self._number = next(self._world.connections)
        sent = ", ".join(f"{name}: {value}" for name, value in headers.items())
        asked = time.monotonic()
        try:
            self._http.request("GET", path, headers=headers)
            response = self._http.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            self._close()
            got, number = time.monotonic(), self._number
            said = repr(error)
            return Answer(asked, got, number, path, sent, 0, "", "", "", 0, said, broken=True)
        got = time.monotonic()
        by = last_tried(response.headers.get(BY, ""))
        if by:
            self._number = self._apps.setdefault(by, next(self._world.connections))
        content, wrong = Content(), ""
        try:
            content = self._understood(path, response, body, kept)
        except WrongAnswerError as error:
            wrong = str(error)
        except _UNREADABLE as error:
            wrong = f"it can't be understood: {error!r}"
        had = kept.word if kept and response.status == 304 else ""
        number, status, size = self._number, response.status, len(body)
        word, digest, items = content
        return Answer(
            *(asked, got, number, path, sent, status, word, had, digest, size, wrong),
            by=by,
            items=items,
        )

    def _understood(
        self, path: str, response: http.client.HTTPResponse, body: bytes, kept: Kept | None
    ) -> Content:
        """What the answer shows. Raises WrongAnswerError."""
        if response.status in {404, 307}:  # what will be the next archive leads elsewhere
            return Content(NOTHING)
        if response.status == 410:
            return Content(observer.GONE)
        if response.status == 304:
            return Content(unchanged(response, body, kept))
        if response.status != 200:
            raise WrongAnswerError(f"the status is {response.status}: {body[:200]!r}")
        coding = response.headers.get("Content-Encoding", "")
        if coding and coding not in self._manner.coding:
            raise WrongAnswerError(f"it came as {coding}, for which nobody asked")
        document = _DECODERS[coding](body)
        self._look_for_secrets(document)
        if path == observer.HEALTH:
            return Content(str(json.loads(document)["revision"]))
        tag = response.headers.get("ETag", "")
        found = TAG.fullmatch(tag)
        if found is None or (found[2] or "") != coding:
            raise WrongAnswerError(f"its tag is {tag}, and it came as {coding or 'it is'}")
        modified = response.headers.get("Last-Modified", "")
        self._look_at_date(path, modified)
        digest = hashlib.sha256(document).hexdigest()
        items: Sequence[Item] = ()
        if path.endswith((".rss", ".atom", ".json")):
            word = found[1]
            items = self._world.items(path, digest, document)
        else:
            word = word_of_a_page(path, document.decode())
        self._kept[path] = Kept(tag, modified, word)
        if self._world.is_known_otherwise(path, found[1], digest):
            raise WrongAnswerError(f"other bytes had the same tag {tag}")
        return Content(word, digest, items)

    def _look_for_secrets(self, document: bytes) -> None:
        for headline, until in self._world.secrets().items():
            if headline.encode() in document and time.time() < until:
                raise WrongAnswerError(f"it has {headline}, which is secret until {until}")

    def _look_at_date(self, path: str, modified: str) -> None:
        number, before = self._modified.get(path, (0, ""))
        self._modified[path] = (self._number, modified)
        if before and number == self._number and moment(modified) < moment(before):
            raise WrongAnswerError(f"Last-Modified went back from {before} to {modified}")
