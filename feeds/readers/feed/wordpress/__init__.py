"""A WordPress export (Tools › Export): which of its items are published posts, and what they are.

Rules
- An export holds all that a site has: drafts, private posts, those behind a password, pages,
  pictures, comments. Only a post that says that it is published, and has no password, is a story.
- What says nothing of itself stays out too, and what says two things: what is kept back by mistake
  can be imported later.
- Of all else nothing leaves this package but how many there are of each kind, and the guids of
  posts that are not public.
- It is read twice, piece by piece: what a post shows may stand behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import BinaryIO
from zoneinfo import ZoneInfo

from feeds.model.errors import FeedImportError
from feeds.model.problem import Problem, Weight
from feeds.readers.feed.dates import parse_date
from feeds.readers.feed.elements import Part, parse_elements
from feeds.readers.feed.items import CUT, Raw
from feeds.readers.feed.wordpress.pieces import Piece, markup_of, pieces, texts
from feeds.readers.feed.wordpress.posts import Post
from feeds.readers.feed.wordpress.site import Site
from feeds.text import characters

_MARK = re.compile(
    r"""<[\w:.-]{1,60}\s(?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}')*?"""
    r"""xmlns(?::[\w.-]{1,40})?\s{0,9}=\s{0,9}["']https?://(?:www\.)?wordpress\.org/export/"""
    r"|<wp:(?:wxr_version|post_type|status)[\s>/]"
)
_DECLARATION = re.compile(r"""\sxmlns(?::[\w.-]{1,40})?\s*=\s*(?:"[^"<]{1,500}"|'[^'<]{1,500}')""")
_CHANNEL = re.compile(r"<(?:[\w.-]{1,40}:)?channel(?=[\s>])[^<>]*>")
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|channel)(?=[\s>])")
_END = re.compile(r"</(?:[\w.-]{1,40}:)?rss\s*>")
_OWN = "wordpress.org/export/"
_FILES = ("attachment", "guest-author")
_APART = {"wp:comment", "wp:postmeta"}
_MOST_TOLD = 20
_MOST_GUIDS = 1_000_000
_LOOKED_AT = 40
"""So many MB: where not even the longest item has a mark, there is none behind it."""
_STAMP = re.compile(r"[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d", re.ASCII)


def is_export(file: BinaryIO) -> bool:
    """Whether what is in ``file`` is one, by WordPress's own namespace or elements.

    A feed may well have a story about exports: what stands in a text is no mark.
    """
    begun = pieces(islice(texts(file), _LOOKED_AT))  # a film has no end
    return any(_MARK.search(markup_of(piece.text)) for piece in begun)


class WordPress:
    """The export in ``file``, which can be read from its beginning again; ``name`` is for people.

    Clocks without a zone are in ``zone``. ``left_out`` counts what is no published post, by what it
    is; ``odd`` is what is wrong with the file; ``withheld`` are guids of posts that are not public;
    ``exported`` is when it was made: if it doesn't say so, when something in it was changed last.
    All four are complete when the items were taken.
    """

    def __init__(self, file: BinaryIO, name: str, zone: ZoneInfo) -> None:
        self._file = file
        self._name = name
        self._zone = zone
        self._declared = ""
        self.left_out: Counter[str] = Counter()
        self.odd: list[Problem] = []
        self.withheld: set[str] = set()
        self.site = self._read_site()
        self._changed = ""

    @property
    def exported(self) -> datetime | None:
        """As above, aware."""
        return self.site.exported or parse_date(self._changed and f"{self._changed}Z")[0]

    def items(self) -> Iterator[Raw]:
        """The published posts, in the order of the export."""
        is_open = False
        for piece in self._pieces():
            if piece.is_item:
                yield from self._posts(piece)
            elif piece.text.strip():
                is_begun = is_open or bool(_ROOT.search(piece.text))
                is_open = is_begun and not _END.search(piece.text)
        if is_open:
            what = "the file ends too early: what is whole in it was taken over"
            remedy = "export the site again, and see whether all of it was saved"
            self.odd.insert(0, Problem(CUT, what, 0, remedy, "loss"))

    def _pieces(self) -> Iterator[Piece]:
        self._file.seek(0)
        return pieces(texts(self._file))

    def _read_site(self) -> Site:
        site = Site()
        for number, piece in enumerate(self._pieces()):
            if not number:
                self._declared = _declarations(piece.text)
                channel = _CHANNEL.search(piece.text)
                piece = piece._replace(text=piece.text[channel.end() :] if channel else "")
            if not piece.is_item:
                root, _ = self._parsed(piece)
                for part in root.children() if root else ():
                    site.note_channel(part)
            elif any(kind in piece.text for kind in _FILES):
                root, _ = self._parsed(piece)
                for item in root.children() if root else ():
                    site.note_item(item)
        return site

    def _parsed(self, piece: Piece) -> tuple[Part | None, tuple[Problem, ...]]:
        """The root with what is in ``piece``, None if nothing can be made of it; what is wrong."""
        if not piece.text.strip():
            return None, ()
        text = characters.allowed(piece.text)
        try:
            return parse_elements(f"<rss{self._declared}>{text}</rss>", self._name)
        except FeedImportError as error:
            return None, error.problems

    def _posts(self, piece: Piece) -> Iterator[Raw]:
        self._tell_of(piece)
        root, wrong = self._parsed(piece) if piece.is_whole else (None, ())
        for one in wrong:
            self._tell(one.code, one.what, piece.line + max(one.line, 1) - 1, one.remedy)
        if root is None:
            self.left_out["unreadable"] += 1
            return
        for item in root.children():
            if not item.name.endswith("item"):
                continue
            self.left_out["comment"] += sum(
                1 for part in item.children() if part.name == "wp:comment"
            )
            self._note_changed(item)
            kind = _kind(item)
            if not kind:
                post = Post(item, self.site, self._zone).raw(piece.line)
                self.left_out["paid"] += post.access == "paid"
                yield post
                continue
            self.left_out[kind] += 1
            if not kind.startswith("type:") and len(self.withheld) < _MOST_GUIDS:
                self.withheld |= {part.text() for part in item.children() if part.name == "guid"}

    def _note_changed(self, item: Part) -> None:
        for part in item.children():
            text = part.text() if part.name == "wp:post_modified_gmt" else ""
            if _STAMP.fullmatch(text):
                self._changed = max(self._changed, text)

    def _tell_of(self, piece: Piece) -> None:
        """Tells what is wrong with ``piece`` before it is parsed."""
        if not piece.is_whole:
            what = "is too long" if not piece.text else "has no end"
            self._tell(
                "feed-broken",
                f"an item {what}, and is left out",
                piece.line,
                "see whether the whole export was saved",
                "loss",
            )
        count, first = characters.forbidden(piece.text)
        if count:
            self._tell(
                "feed-broken",
                "characters that XML forbids were left out",
                piece.line + piece.text.count("\n", 0, first),
                "compare what is imported with the export",
            )

    def _tell(self, code: str, what: str, line: int, remedy: str, weight: Weight = "doubt") -> None:
        if len(self.odd) < _MOST_TOLD:
            self.odd.append(Problem(code, what, line, remedy, weight, self._name))


def _declarations(text: str) -> str:
    """The namespaces that are declared in ``text``, each prefix once, WordPress's own first."""
    found: dict[str, str] = {}
    for declared in sorted(_DECLARATION.findall(text), key=lambda one: _OWN not in one):
        found.setdefault(declared.partition("=")[0].strip(), declared)
    return "".join(found.values())


def _kind(item: Part) -> str:
    """What an item is instead of a published post; empty if it is one."""
    said: dict[str, set[str]] = {
        "wp:post_type": set(),
        "wp:status": set(),
        "wp:post_password": set(),
    }
    waiting = [item]
    while waiting:  # below others too: what has no end has in it what follows
        for part in waiting.pop().children():
            if part.name in said:
                said[part.name].add(part.text() or _blanks(part))
            if part.name not in _APART:
                waiting.append(part)
    kinds, statuses, passwords = said.values()
    if kinds != {"post"}:
        other = next(iter(sorted(kinds - {"post", ""})), "")
        return f"type:{characters.cleaned(other)[:40]}"
    if statuses != {"publish"}:
        status = next(iter(sorted(statuses - {"publish"})), "")
        return f"status:{characters.cleaned(status)[:40]}"
    return "password" if passwords - {""} else ""


def _blanks(part: Part) -> str:
    """What stands in ``part`` beside text: a password may be a blank, while a line end is none."""
    inside = "".join(map(str, part.element.itertext()))
    return inside if inside.strip() or "\n" not in inside else ""
