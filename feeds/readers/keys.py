"""Our own keys of front matter: how a line begins with one, and which keep a page back.

Those of other programs are ``foreign_keys``, and ``meanings`` by their parts.
"""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from typing import NamedTuple

from feeds.text.patterns import compile_late

FIELDS = (
    "title",
    "date",
    "updated",
    "author",
    "authors",
    "categories",
    "url",
    "image",
    "audio",
    "video",
    "summary",
    "language",
    "id",
    "access",
    "rights",
    "image_rights",
    "status",
    "embargo",
)
"""What front matter and pages.csv may say."""
RECORDINGS = frozenset(["audio", "video"])
"""Those that may be a mapping, or a list of mappings: of an address, and what is known of it."""
BYLINE = frozenset(["author", "authors", "date", "updated"])
"""Those that stand above prose as well, if they begin with capitals."""
BROKEN = "front matter"
"""The field of a statement that stands for front matter, or a row, that can't be read."""
NOTICE = "(notice)"
"""The field of a statement that stands for a line above the text which may keep its page back."""
_KEEPING_BACK = {"status", "embargo", "access", BROKEN, NOTICE}
_ELSEWHERE = {"draft": "status", "hidden": "status", "private": "status", "published": "date"}
"""What other programs call it; some say ``draft: false``, or ``published: false``."""
_KEEPERS = {
    "embargo", "embargoed", "эмбарго", "hold", "draft", "unpublish", "unpublished", "retracted",
    "withdrawn", "paid", "premium", "private", "hidden", "isaccessibleforfree",
}  # fmt: skip

_NAME = r"\"([^\"\n]*)\"|'([^'\n]*)'"
_KEY = {
    "---": compile_late(
        r"\s*+((?:(?:[-?]|[!&]\S*+)\s++)*+)\{?\s*+(?:"
        rf"{_NAME}|(<<|[^\W\d][\w.$/-]*+|[^\W\d][\w -]{{0,60}}?))\s*:(?:\s+|$)"
    ),
    "+++": compile_late(
        rf"\s*()(?:{_NAME}|([\w-]++))(?:\s*\.\s*(?:\"[^\"\n]*\"|'[^'\n]*'|[\w-]++))*+\s*=(?!=)\s*"
    ),
}
"""A line of either language: what is before the key, and the key, quoted or not."""
_SIGN = compile_late(r"&\w|!!?\w|[|>][+-]?\d?\s*$|\{|\[(?![^\]\n]*\][\[(:])")
"""How a value begins that is no prose, nor a link of Markdown."""

_NEARLY = compile_late(r"\s*[\"']?([a-z]{2,20})[\"']?\s*[:=：＝]")


class Key(NamedTuple):
    """The key with which a line begins.

    ``is_plain``: it is one word, and begins as keys do; ``is_item``: a dash or the like stands
    before it; ``has_sign``: what follows, the ``value``, is no prose.
    """

    name: str
    is_plain: bool
    is_item: bool
    has_sign: bool
    value: str

    @property
    def is_known(self) -> bool:
        """Whether it is a field, or may keep a page back."""
        return self.name.casefold() in FIELDS or keeps_back(self.name)


def find_key(mark: str, line: str) -> Key | None:
    """The key with which ``line`` begins, as YAML has it below the ``mark`` ``---``, else TOML."""
    match = _KEY[mark].match(line)
    if match is None:
        return None
    name = next(filter(None, match.groups()[1:]), "")
    is_plain = " " not in name and (name[:1].islower() or name[:1] in "_<")
    has_sign = mark == "+++" or _SIGN.match(line, match.end()) is not None
    return Key(name, is_plain, bool(match[1]), has_sign, line[match.end() :].strip())


def is_nearly_key(line: str) -> bool:
    """Whether ``line`` is a field as machines write it, but for its colon.

    No blank is behind that, or it is of full width.
    """
    match = _NEARLY.match(line)
    return match is not None and match[1] in FIELDS


@lru_cache(1024)  # rows of a table have the same keys
def nearest_field(key: str) -> str:
    """The name in FIELDS that ``key`` was probably meant to be; empty if it is like none."""
    close = difflib.get_close_matches(key.casefold(), FIELDS, n=1, cutoff=0.75)
    return close[0] if close else _ELSEWHERE.get(key.casefold(), "")


def keeps_back(key: str) -> bool:
    """Whether ``key`` is, or was probably meant to be, one that keeps a page from readers.

    Of one inside others (``params.status``) the last part counts as well.
    """
    parts = set(re.split(r"[\W_]+", key.casefold()))
    return (
        key in _KEEPING_BACK
        or nearest_field(key.rpartition(".")[2]) in _KEEPING_BACK
        or not parts.isdisjoint(_KEEPERS)
    )
