"""What pollers get, and what it shows. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from http.client import HTTPResponse
from typing import NamedTuple

from lxml import etree

from tests.soak import desk, observer
from tests.soak.items import Item

TAG = re.compile(r'"([0-9A-Za-z]+)(?:-(gzip|br))?"')
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
    of its bytes, uncompressed, and ``items`` what it has, if it is a feed. ``wrong`` is what is
    wrong with it in any case; ``broken``: there was no answer. ``size`` is of the body as it was
    sent.
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
    items: Sequence[Item] = ()

    def __str__(self) -> str:
        by = f" by {self.by}" if self.by else ""
        return f"{self.path} [{self.sent}] on connection {self.connection}{by}: {self.status}"


class Content(NamedTuple):
    """What an answer has; empty where that is not to be told."""

    word: str = ""
    digest: str = ""
    items: Sequence[Item] = ()


class Kept(NamedTuple):
    """What somebody has of a document."""

    tag: str
    modified: str
    word: str


class WrongAnswerError(Exception):
    """An answer that is wrong."""


def unchanged(response: HTTPResponse, body: bytes, kept: Kept | None) -> str:
    """What a worker has that says that nothing has changed. Raises WrongAnswerError."""
    if body or kept is None:
        raise WrongAnswerError("304 with a body, or for nothing")
    tag = response.headers.get("ETag", "")
    if tag == kept.tag:
        return kept.word
    found = TAG.fullmatch(tag)
    if found is None:
        raise WrongAnswerError(f"304 with the tag {tag}")
    return found[1]  # by dates, an older one is unchanged too, to whom another worker gave a newer


def last_tried(header: str) -> str:
    """The address of who answered, among those that were asked; empty if none is named."""
    return next(reversed(_ADDRESS.findall(header)), "")


def moment(header: str) -> float:
    """The date in ``header``, in seconds since 1970; 0 if there is none."""
    return parsedate_to_datetime(header).timestamp() if header else 0.0


def word_of_a_page(path: str, page: str) -> str:
    """What a page for people, or another document, shows; empty where that is not to be told.

    Raises WrongAnswerError.
    """
    if path.endswith((".xml", ".opml")):
        etree.fromstring(page.encode())
        return ""
    if path.startswith("/feeds/stories/"):
        heading = _HEADING.search(page)
        if heading is None:
            raise WrongAnswerError("the page has no heading")
        return observer.story_word(html.unescape(heading[1]), desk.edition(page))
    listed = _LISTED.search(page)
    if path == "/feeds/" or listed is None:
        return ""
    return observer.page_word(map(html.unescape, _LINK.findall(listed[1])))
