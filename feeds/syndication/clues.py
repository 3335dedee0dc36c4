"""By what one can tell which secrets may stand in an entry, without looking at all of them.

Rules
- Whatever of a secret ``guard`` finds in an entry, at least one clue is of both, and so it is with
  what makes a form of a sentence. Most secrets that share one with an entry are not in it: that is
  for ``guard`` to say, of these alone.
- Clues are of what is written, not of when it may be read, and of whom: so they last as long as
  the words do.
- They are digests. All but headlines and addresses are of several words, and nobody gets these
  back from them.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator

from feeds.model import Entry
from feeds.syndication import leaks, phrases, slugs, written
from feeds.syndication.spoken import decoded
from feeds.text import urls
from feeds.text.words import words

VERSION = 1
"""To be raised when other clues are made of the same words."""
ANYTHING = 0
"""The clue to what may stand in any entry, for all that can be told."""
_MOST = 50_000


def made_by() -> tuple[int, str, str]:
    """The versions of all that clues depend on: of others, they have to be found anew."""
    from anyascii import __version__ as spelling  # late: most runs spell nothing

    return VERSION, spelling, unicodedata.unidata_version


def to_secret(text: str, title: str, address: str) -> set[int]:
    """The clues to a secret story: its ``text`` (headline and all), headline and address."""
    clues = {_digest("sentence", leaks.beginning(one.key.split())) for one in leaks.sentences(text)}
    for tokens in leaks.spoken(text):
        clues |= {_digest("phrase", anchor) for anchor in phrases.anchors(tokens)}
        clues |= {_digest("form", anchor) for anchor in phrases.anchors_of_form(tokens)}
    if said := words(title):
        clues.add(_digest("headline", said))
    spelled = slugs.clues_to(title)
    clues |= {ANYTHING} if spelled is None else {_digest("spelled", clue) for clue in spelled}
    if address:
        clues.add(_digest("address", urls.canonical(address)))
    return clues


def in_entry(entry: Entry, link: str) -> set[int] | None:
    """The clues in ``entry``, whose item leads to ``link``; None: there are too many to ask for."""
    found: set[tuple[str, str]] = set()
    for clue in _in_entry(entry, link):
        found.add(clue)
        if len(found) > _MOST:
            return None
    return {ANYTHING, *(_digest(*clue) for clue in found)}


def _in_entry(entry: Entry, link: str) -> Iterator[tuple[str, str]]:
    addresses = dict.fromkeys((link, *written.addresses(entry)))
    for text in (*written.texts(entry), *map(decoded, addresses)):
        tokens = leaks.tokenised(text)
        for beginning in leaks.beginnings(tokens):
            yield "sentence", beginning
        for anchor in phrases.anchors(tokens):
            yield "phrase", anchor
        for anchor in phrases.anchors_of_forms(tokens):
            yield "form", anchor
    yield "headline", words(entry.title)
    for clue in slugs.clues_in(addresses):
        yield "spelled", clue
    for address in addresses:
        yield "address", urls.canonical(address)


def _digest(kind: str, clue: str) -> int:
    data = f"{kind} {clue}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)
