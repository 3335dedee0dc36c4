"""Newsrooms' sites on this machine: real servers, with a log of what they were asked for.

A site has stories, and offers them as its kind does. Its clock is a test's: a story is there as
soon as the clock is past its publishing. ``faults`` answer for a path instead of the site.
"""

from __future__ import annotations

import gzip
import hashlib
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

import brotli

from tests.capture import pages
from tests.capture.words import Language, Story

NOW = datetime(2026, 1, 14, 8, 0, tzinfo=UTC)
"""What time it is on a site, unless a test says otherwise."""
HTML, XML = "text/html; charset=utf-8", "application/xml"
ROBOTS = "User-agent: *\nDisallow: /private/\n"
Coding = Literal["", "gzip", "br"]
Links = Literal["absolute", "path", "base"]


class Request(NamedTuple):
    """A request as the server had it; ``number`` counts them. ``size`` is of the body sent."""

    number: int
    method: str
    path: str
    headers: dict[str, str]
    status: int
    size: int
    moment: datetime


class Reply(NamedTuple):
    """What a server answers; ``cut`` bytes are sent of a body, whatever its length is said to be.

    ``pause`` is how many seconds it waits before each of ``pieces`` of it. ``coded`` is a body that
    has a Content-Encoding already.
    """

    body: bytes = b""
    status: int = 200
    kind: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    modified: datetime | None = None
    cut: int | None = None
    pause: float = 0
    coded: bool = False


Fault = Reply | Callable[[], Reply]


class NewsSite:
    """A site; see ``serving``. What offers stories is chosen by what is set.

    ``sitemap``: "plain", "news", "index" (with ``archives`` of older months), or "" for none;
    ``says_changes``: whether it says when a story changed, or when it was published instead;
    ``feed``: whether it has one; ``links``: how its pages write them; ``per_page``: how many
    stories a list has; ``coding``: how bodies are compressed for those who accept it;
    ``validators``: whether ETag and Last-Modified are sent, and compared; ``is_noisy``: pages
    differ at each visit in what is no word of a story; ``language``: of its lists.
    """

    def __init__(self, stories: Iterable[Story] = ()) -> None:
        self.stories = list(stories)
        self.now = NOW
        self.url = ""
        self.sitemap: Literal["", "plain", "news", "index"] = ""
        self.archives = 0
        self.says_changes = True
        self.feed = False
        self.sections: tuple[str, ...] = ()
        self.links: Links = "path"
        self.per_page = 10
        self.language: Language = "en"
        self.coding: Coding = ""
        self.validators = True
        self.is_noisy = False
        self.robots: str | None = ROBOTS
        self.named_feeds: tuple[str, ...] = ()
        self.faults: dict[str, Fault] = {}
        self.further: Callable[[str], Reply | None] = lambda _: None
        self.log: list[Request] = []
        self._visits = 0
        self._lock = threading.Lock()

    @property
    def out(self) -> list[Story]:
        """The stories that are there by now, the newest first."""
        there = [one for one in self.stories if one.published <= self.now]
        return sorted(there, key=lambda one: (one.published, one.number), reverse=True)

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [one.path for one in self.log]

    @property
    def story_paths(self) -> list[str]:
        """Those of the requests that were for a story's page."""
        known = {one.path for one in self.stories}
        return [path for path in self.paths if path in known]

    def forget(self) -> None:
        """Empties the log."""
        self.log.clear()

    def link(self, path: str) -> str:
        """``path`` as its pages write it."""
        if self.links == "absolute":
            return self.url + path
        return f"..{path}" if self.links == "base" else path

    def answer(self, path: str) -> Reply:
        """What it has at ``path``, whoever asks."""
        with self._lock:
            self._visits += 1
            noise = str(self._visits) if self.is_noisy else "0"
        if fault := self.faults.get(path):
            return fault if isinstance(fault, Reply) else fault()
        if found := self.further(path):
            return found
        route = urlsplit(path).path
        if route == "/robots.txt" and self.robots is not None:
            told = self.robots
            if self.sitemap and "Sitemap:" not in told:
                told += f"Sitemap: {self.url}/sitemap.xml\n"
            return Reply(told.encode(), kind="text/plain")
        return (
            self._offered(route)
            or self._listed(path, noise)
            or self._story(route, noise)
            or Reply(self._page("Not found", "<p>Nothing is here.</p>"), 404)
        )

    def _page(self, title: str, body: str) -> bytes:
        return pages.page(self, title, body).encode()

    def _offered(self, route: str) -> Reply | None:
        """Sitemaps and feeds, and the icon."""
        if route == "/icon-192.png":
            return Reply(b"\x89PNG\r\n\x1a\n", kind="image/png")
        out = self.out
        modified = max((one.changed for one in out), default=None)
        if route == "/rss.xml" and self.feed:
            text = pages.rss(self, out[:20])
            return Reply(text.encode(), kind="application/rss+xml", modified=modified)
        if route == "/sitemap.xml" and self.sitemap == "index":
            months = [f"{2025 - back // 12}-{12 - back % 12:02}" for back in range(self.archives)]
            parts = [(f"{self.url}/sitemap-{one}.xml", f"{one}-28") for one in reversed(months)]
            day = modified.date().isoformat() if modified else ""
            parts.append((f"{self.url}/sitemap-now.xml", day))
            return Reply(pages.sitemap_index(parts).encode(), kind=XML, modified=modified)
        if route == "/sitemap.xml" and self.sitemap:
            is_news = self.sitemap == "news"
            return Reply(
                pages.sitemap(self, out, is_news=is_news).encode(), kind=XML, modified=modified
            )
        if route == "/sitemap-now.xml" and self.sitemap == "index":
            return Reply(pages.sitemap(self, out).encode(), kind=XML, modified=modified)
        return None

    def _listed(self, path: str, noise: str) -> Reply | None:
        """The front page, and sections, page by page."""
        parts = urlsplit(path)
        name = parts.path.strip("/")
        if name and name not in self.sections:
            return None
        number = int(parts.query.removeprefix("page=") or 1)
        chosen = [one for one in self.out if one.status == 200 and name in ("", one.section)]
        shown = chosen[(number - 1) * self.per_page : number * self.per_page]
        if number > 1 and not shown:
            return None
        more = number * self.per_page < len(chosen) and name
        after = f"/{name}/?page={number + 1}" if more else ""
        title = name.title() or "Quay Gazette"
        return Reply(pages.list_page(self, title, shown, after, noise).encode())

    def _story(self, route: str, noise: str) -> Reply | None:
        story = next((one for one in self.out if one.path == route), None)
        return self.story_reply(story, noise) if story else None

    def story_reply(self, story: Story, noise: str = "0") -> Reply:
        """The page of ``story``, or what is there instead."""
        if story.moved_to:
            return Reply(status=301, headers=(("Location", story.moved_to),))
        if story.status != 200:
            return Reply(self._page("Gone", "<p>This page is gone.</p>"), story.status)
        section = [one for one in self.out if one is not story and one.status == 200]
        older = [one for one in section if one.published <= story.published][:5]
        text = pages.story_page(self, story, older, noise)
        return Reply(text.encode(), modified=None if self.is_noisy else story.changed)

    def told(self, request: Request) -> None:
        """Notes what was asked for."""
        with self._lock:
            self.log.append(request._replace(number=len(self.log) + 1))


class _Handler(BaseHTTPRequestHandler):
    """Answers for ``site``, in HTTP/1.1; ``stopping`` ends what is slow."""

    protocol_version = "HTTP/1.1"
    site: NewsSite
    stopping: threading.Event

    def do_GET(self) -> None:
        reply = self.site.answer(self.path)
        headers = list(reply.headers)
        body, status = reply.body, reply.status
        if status == 200 and self.site.validators:
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            headers.append(("ETag", etag))
            if reply.modified:
                headers.append(("Last-Modified", format_datetime(reply.modified, usegmt=True)))
            if self._has(etag, reply.modified):
                status, body = 304, b""
        if body and status == 200 and not reply.coded and self._takes(self.site.coding):
            headers.append(("Content-Encoding", self.site.coding))
            body = gzip.compress(body) if self.site.coding == "gzip" else brotli.compress(body)
        # noted first: whoever has the answer may look into the log
        sent = body if reply.cut is None else body[: reply.cut]
        had = dict(self.headers)
        self.site.told(Request(0, self.command, self.path, had, status, len(sent), self.site.now))
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self._send(sent, reply)

    def _takes(self, coding: Coding) -> bool:
        return bool(coding) and coding in self.headers.get("Accept-Encoding", "")

    def _has(self, etag: str, modified: datetime | None) -> bool:
        """RFC 9110, section 13.2.2."""
        if asked := self.headers.get("If-None-Match"):
            return etag in asked
        since = self.headers.get("If-Modified-Since")
        return bool(since and modified and modified <= parsedate_to_datetime(since))

    def _send(self, body: bytes, reply: Reply) -> None:
        try:
            step = 1024 if reply.pause else len(body) or 1
            for at in range(0, len(body), step):
                if reply.pause and self.stopping.wait(reply.pause):
                    break
                self.wfile.write(body[at : at + step])
                self.wfile.flush()
        except OSError:
            pass
        if reply.cut is not None:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(
    site: NewsSite,
    host: str = "127.0.0.1",
    context: ssl.SSLContext | None = None,
    *,
    port: int = 0,
) -> Iterator[NewsSite]:
    """Serves ``site`` on this machine, at a port that is free; its ``url`` is then known.

    What is sent is encrypted if there is a ``context`` for it.
    """
    stopping = threading.Event()
    handler = type("Handler", (_Handler,), {"site": site, "stopping": stopping})
    server = ThreadingHTTPServer((host, port), handler)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site.url = f"{'https' if context else 'http'}://{host}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()
