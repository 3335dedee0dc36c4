"""What a WordPress export says of its site: who writes there, and which files there are.

Rules
- Of a person nothing is kept but names; of a file what readers see of it.
- A file that is in the trash, or private, is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime
from html import unescape
from typing import NamedTuple

from feeds.readers.feed.dates import parse_date
from feeds.readers.feed.elements import Part

_MAIL = re.compile(r"\S+@\S+")
_MOST = 300_000
"""So many files, and people, are remembered at most."""
_PUBLIC = {"", "inherit", "publish"}


class Picture(NamedTuple):
    """A file of the site, mostly a picture. ``caption`` is HTML."""

    address: str
    alt: str = ""
    caption: str = ""
    title: str = ""


class Site:
    """``names`` are people's by what they are called inside; ``pictures`` files by their number.

    ``exported`` is when the channel says that it was made.
    ``attached_to`` are the numbers of a post's files, by the number of the post.
    """

    def __init__(self) -> None:
        self.base = ""
        self.language = ""
        self.exported: datetime | None = None
        self.names: dict[str, str] = {}
        self.pictures: dict[str, Picture] = {}
        self.attached_to: dict[str, list[str]] = defaultdict(list)

    def name_of(self, login: str, otherwise: str) -> str:
        """The name of whom the site calls ``login``, or ``otherwise``; empty if that is a mail."""
        for key in (login, otherwise):
            if found := self.names.get(key.lower()):
                return found
        name = otherwise or login
        return "" if _MAIL.search(name) else name

    def note_channel(self, part: Part) -> None:
        """Notes what ``part`` of the channel tells."""
        if part.name == "wp:author":
            said = {child.name: child.text() for child in part.children()}
            whole = " ".join(
                filter(None, map(said.get, ("wp:author_first_name", "wp:author_last_name")))
            )
            shown = said.get("wp:author_display_name", "")
            self._note_name(said.get("wp:author_login", ""), shown, whole)
        elif part.name in {"wp:base_blog_url", "link"} and (text := part.text()):
            if part.name == "link":
                self.base = self.base or text
            else:
                self.base = text
        elif part.name == "pubdate":
            self.exported = parse_date(part.text())[0]
        elif part.name in {"language", "dc:language"}:
            self.language = self.language or part.text()

    def note_item(self, item: Part) -> None:
        """Notes an item that is a file, or somebody who writes as a guest."""
        parts = [*item.children()]
        said = {part.name: text for part in parts if (text := part.text())}
        if said.get("wp:status", "") not in _PUBLIC or said.get("wp:post_password"):
            return
        kind, number = said.get("wp:post_type"), said.get("wp:post_id", "")
        pairs = (
            {child.name: child.text() for child in part.children()}
            for part in parts
            if part.name == "wp:postmeta"
        )
        meta = {one.get("wp:meta_key", ""): one.get("wp:meta_value", "") for one in pairs}
        if kind == "guest-author":
            shown = meta.get("cap-display_name", "") or said.get("title", "")
            for called in (said.get("wp:post_name", ""), meta.get("cap-user_login", "")):
                self._note_name(called.removeprefix("cap-"), shown, "")
        address = said.get("wp:attachment_url", "") if kind == "attachment" else ""
        if address and number and len(self.pictures) < _MOST:
            self.pictures[number] = Picture(
                address,
                unescape(meta.get("_wp_attachment_image_alt", "")),
                said.get("excerpt:encoded", ""),
                said.get("title", ""),
            )
            self.attached_to[said.get("wp:post_parent", "0")].append(number)

    def _note_name(self, called: str, *names: str) -> None:
        name = next((name for name in names if name and not _MAIL.search(name)), "")
        if called and name and len(self.names) < _MOST:
            self.names.setdefault(called.lower(), unescape(name))
