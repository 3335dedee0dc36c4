"""What of that which may be secret readers had before: it is no secret any more.

Rules
- Readers have much: all of it is looked through only for what was never asked. What was found in
  it, or not, is known from then on, and only what is published since has to be looked at.
- Kept are digests, and no words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Set
from urllib.parse import unquote

from feeds.model import Entry
from feeds.syndication import written
from feeds.syndication.leaks import Sentence, Watch, tokenised
from feeds.text import urls
from feeds.text.words import words

_LONGEST = 8192


class Spoken:
    """What readers have, as far as anybody asked for it."""

    def __init__(
        self, public: Callable[[], Iterable[Entry]], known: Mapping[str, bool] | None = None
    ) -> None:
        """``public`` gives all that readers have; ``known`` is what ``after`` gave before."""
        self._public = public
        self._known = dict(known or {})
        self._asked: dict[str, tuple[str, str]] = {}

    def had(self, sentences: Set[str], names: Set[str]) -> tuple[set[str], set[str]]:
        """Those of ``sentences`` and ``names`` that readers had."""
        wanted = [("sentence", one) for one in sentences] + [("name", one) for one in names]
        keys = {_digest(*one): one for one in wanted}
        self._asked |= keys
        new = {key: one for key, one in keys.items() if key not in self._known}
        if new:
            self._known |= dict.fromkeys(new, False) | _found(new, self._public())
        there = [one for key, one in keys.items() if self._known[key]]
        return (
            {text for kind, text in there if kind == "sentence"},
            {text for kind, text in there if kind == "name"},
        )

    def after(self, published: Iterable[Entry]) -> dict[str, bool]:
        """What is known of all that was asked once readers have ``published`` as well."""
        known = {key: self._known[key] for key in self._asked}
        left = {key: self._asked[key] for key, is_there in known.items() if not is_there}
        return known | (_found(left, published) if left else {})


def _found(wanted: Mapping[str, tuple[str, str]], entries: Iterable[Entry]) -> dict[str, bool]:
    """Those of ``wanted`` that are in ``entries``, which are looked through as far as need be."""
    keys = {one: key for key, one in wanted.items()}
    sentences = {text for kind, text in keys if kind == "sentence"}
    names = {text for kind, text in keys if kind == "name"}
    watch = Watch()
    watch.add((Sentence(text, text) for text in sorted(sentences)), "")
    said, named = set[str](), set[str]()
    for entry in entries:
        if said == sentences and named == names:
            break
        if said != sentences:
            texts = (*written.texts(entry), *map(decoded, written.addresses(entry)))
            said |= watch.found(map(tokenised, texts)).keys()
        if named != names:
            named |= {words(entry.title), *map(urls.canonical, written.addresses(entry))} & names
    there = [("sentence", text) for text in said] + [("name", text) for text in named]
    return {keys[one]: True for one in there}


def decoded(address: str) -> str:
    """``address`` as text; twice, since what it has in its query may be encoded once more."""
    return unquote(unquote(address[:_LONGEST]))


def _digest(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind} {text}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
