"""Those who ask: feed readers in all their manners, people, monitors.

Each is a thread that asks again and again, and remembers what it has. What an answer is worth is
``judge``'s business; here is noticed only what is wrong with it whatever the ledger holds.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import http.client
import itertools
import json
import random
import re
import time
import zlib
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from email.utils import parsedate_to_datetime
from threading import Event, Lock, Thread
from typing import NamedTuple

import brotli
from lxml import etree

from tests.soak import desk, observer
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
_TAG = re.compile(r'"([0-9A-Za-z]+)(?:-(gzip|br))?"')
_ADDRESS = re.compile(r"[\d.]+:\d+")
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)
_LISTED = re.compile(r'<ol class="stories">(.*?)</ol>', re.S)
_LINK = re.compile(r"<a [^>]*>(.*?)</a>", re.S)


class Answer(NamedTuple):
    """What somebody got: when they had asked, and when it was there, by a clock that never jumps.

    ``connection`` is a number for each connection, and so for each worker that somebody asked; or
    for each app, if something before several of these says which one it was, ``by``.
    ``word`` is what is shown at ``path``, as the timeline has it, empty if that is not to be told;
    ``had`` is the word of what somebody had before, if it was not to be sent again; ``digest`` is
    of its bytes, uncompressed. ``wrong`` is what is wrong with it in any case; ``broken``: there
    was no answer. ``size`` is of the body as it was sent.
    """

    asked: float
    got: float
    connection: int
    path: str
    sent: str
    status: int
    word: str
    had: str
    digest: str
    size: int
    wrong: str
    broken: bool = False
    by: str = ""

    def __str__(self) -> str:
        by = f" by {self.by}" if self.by else ""
        return f"{self.path} [{self.sent}] on connection {self.connection}{by}: {self.status}"


class Manner(NamedTuple):
    """How somebody asks.

    ``coding`` is what they accept; ``validators`` are what they say they have, of "etag" and
    "since"; ``keeps``: the connection is kept. ``paths`` tells what they ask for.
    """

    coding: str
    validators: frozenset[str]
    keeps: bool
    paths: Callable[[], Sequence[str]]


class Kept(NamedTuple):
    """What somebody has of a document."""

    tag: str
    modified: str
    word: str


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

    def is_known_otherwise(self, path: str, tag: str, digest: str) -> bool:
        """Whether the document with that ``tag`` had other bytes before."""
        with self._lock:
            return self._digests.setdefault((path, tag), digest) != digest


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
        by = _last_tried(response.headers.get(BY, ""))
        if by:
            self._number = self._apps.setdefault(by, next(self._world.connections))
        word = digest = wrong = ""
        try:
            word, digest = self._understood(path, response, body, kept)
        except _WrongError as error:
            wrong = str(error)
        except _UNREADABLE as error:
            wrong = f"it can't be understood: {error!r}"
        had = kept.word if kept and response.status == 304 else ""
        number, status, size = self._number, response.status, len(body)
        return Answer(asked, got, number, path, sent, status, word, had, digest, size, wrong, by=by)

    def _understood(
        self, path: str, response: http.client.HTTPResponse, body: bytes, kept: Kept | None
    ) -> tuple[str, str]:
        """What the answer shows, and a digest of its bytes. Raises _WrongError."""
        if response.status in {404, 307}:  # what will be the next archive leads elsewhere
            return NOTHING, ""
        if response.status == 410:
            return observer.GONE, ""
        if response.status == 304:
            return _unchanged(response, body, kept), ""
        if response.status != 200:
            raise _WrongError(f"the status is {response.status}: {body[:200]!r}")
        coding = response.headers.get("Content-Encoding", "")
        if coding and coding not in self._manner.coding:
            raise _WrongError(f"it came as {coding}, for which nobody asked")
        document = _DECODERS[coding](body)
        self._look_for_secrets(document)
        if path == observer.HEALTH:
            return str(json.loads(document)["revision"]), ""
        tag = response.headers.get("ETag", "")
        found = _TAG.fullmatch(tag)
        if found is None or (found[2] or "") != coding:
            raise _WrongError(f"its tag is {tag}, and it came as {coding or 'it is'}")
        modified = response.headers.get("Last-Modified", "")
        self._look_at_date(path, modified)
        if path.endswith((".rss", ".atom", ".json")):
            word = found[1]
        else:
            word = _word_of_a_page(path, document.decode())
        self._kept[path] = Kept(tag, modified, word)
        digest = hashlib.sha256(document).hexdigest()
        if self._world.is_known_otherwise(path, found[1], digest):
            raise _WrongError(f"other bytes had the same tag {tag}")
        return word, digest

    def _look_for_secrets(self, document: bytes) -> None:
        for headline, until in self._world.secrets().items():
            if headline.encode() in document and time.time() < until:
                raise _WrongError(f"it has {headline}, which is secret until {until}")

    def _look_at_date(self, path: str, modified: str) -> None:
        number, before = self._modified.get(path, (0, ""))
        self._modified[path] = (self._number, modified)
        if before and number == self._number and _moment(modified) < _moment(before):
            raise _WrongError(f"Last-Modified went back from {before} to {modified}")


class _WrongError(Exception):
    """An answer that is wrong."""


def _unchanged(response: http.client.HTTPResponse, body: bytes, kept: Kept | None) -> str:
    """What a worker has that says that nothing has changed."""
    if body or kept is None:
        raise _WrongError("304 with a body, or for nothing")
    tag = response.headers.get("ETag", "")
    if tag == kept.tag:
        return kept.word
    found = _TAG.fullmatch(tag)
    if found is None:
        raise _WrongError(f"304 with the tag {tag}")
    return found[1]  # by dates, an older one is unchanged too, to whom another worker gave a newer


def _last_tried(header: str) -> str:
    """The address of who answered, among those that were asked; empty if none is named."""
    return next(reversed(_ADDRESS.findall(header)), "")


def _moment(header: str) -> float:
    return parsedate_to_datetime(header).timestamp() if header else 0.0


def _word_of_a_page(path: str, page: str) -> str:
    """What a page for people, or another document, shows; empty where that is not to be told."""
    if path.endswith((".xml", ".opml")):
        etree.fromstring(page.encode())
        return ""
    if path.startswith("/feeds/stories/"):
        heading = _HEADING.search(page)
        if heading is None:
            raise _WrongError("the page has no heading")
        return observer.story_word(html.unescape(heading[1]), desk.edition(page))
    listed = _LISTED.search(page)
    if path == "/feeds/" or listed is None:
        return ""
    return observer.page_word(map(html.unescape, _LINK.findall(listed[1])))
