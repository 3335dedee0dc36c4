"""What the app answers, asked within this process: the files of an export are these answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import msgspec
from markupsafe import Markup

from feeds.export import layout
from feeds.export.layout import Kind
from feeds.model.errors import TargetError
from feeds.newsroom import Newsroom
from feeds.text import dates
from feeds.web import app_of, client_of

_PERSON = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
"""What tells the app that a page is wanted where there is nothing."""
_MOVED = Markup(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{0}</title>\n'
    '<meta name="robots" content="noindex">\n<meta http-equiv="refresh" content="0; url={0}">\n'
    '<link rel="canonical" href="{0}">\n</head>\n<body>\n<p><a href="{0}">{0}</a></p>\n</body>\n'
    "</html>\n"
)


class Answer(NamedTuple):
    """What is to be at an address."""

    kind: Kind
    content_type: str
    body: bytes


class Website:
    """The app of ``newsroom``, to which it is ``now``."""

    def __init__(self, newsroom: Newsroom, now: datetime) -> None:
        app = app_of(newsroom, lambda: now)
        self._store = app.extensions["feeds"]
        self._client = client_of(app)

    @contextmanager
    def at_newest(self) -> Iterator[None]:
        """A block in which what is asked comes from the revision that is the newest as it begins.

        The ledger is opened once for all of it. Raises LedgerError.
        """
        with self._store.kept():
            yield

    def answer(self, address: str) -> Answer | None:
        """What is at ``address``, below the feeds' own; None for nothing.

        Raises TargetError if the app can't say.
        """
        path = f"/feeds/{address}"
        headers = _PERSON if address == layout.NOTHING or _may_be_gone(address) else {}
        with self._client.get(path, headers=headers) as response:
            status, location = response.status_code, response.headers.get("Location")
            body, content_type = response.get_data(), response.headers.get("Content-Type", "")
        if address == layout.NOTHING and status == 404:
            return Answer("page", content_type, body)
        if status == 200:
            return Answer("page", content_type, body)
        if status == 410:
            return Answer("gone", content_type, body)
        if status == 404:
            return None
        if location and 300 <= status < 400:
            there = location if urlsplit(location).scheme else urljoin(path, location)
            return Answer("moved", layout.HTML, str(_MOVED.format(there)).encode())
        raise TargetError(
            f"the app answers {status}", file=path, remedy="see what 'feeds status' says"
        )


def _may_be_gone(address: str) -> bool:
    """Whether ``address`` is a page's, and no document's: its tombstone is a page too."""
    return "." not in address and not address.startswith("healthz")


def health(epoch: int, revision: int, newest: datetime | None) -> Answer:
    """What a monitor may ask of finished files: which revision they are of.

    Nothing that changes with the time is in it: whoever asks has a clock.
    """
    told = {
        "epoch": epoch,
        "revision": revision,
        "newest": dates.rfc3339(newest) if newest else None,
    }
    return Answer("page", "application/json", msgspec.json.encode(told))
