"""What the site of a page is called, which is no person.

Rules
- A news agency's name is its signature, even on its own site; else a site's name names nobody, and
  is no part of a name that it stands behind.
"""

from __future__ import annotations

from typing import NamedTuple

from feeds.normalise.html.claims import agreement
from feeds.normalise.people import is_agency

_LONGEST_SIGNATURE = 12


class Sites(NamedTuple):
    """What the site is called, as ``agreement.key`` has it: by itself, and also by its address."""

    stated: set[str]
    addressed: set[str]

    def without(self, signature: str) -> str:
        """``signature`` without the site's name, if that stands behind a whole name."""
        words = signature.split()
        places = range(2, min(len(words), _LONGEST_SIGNATURE))
        ends = (at for at in places if agreement.key(" ".join(words[at:])) in self.stated)
        return " ".join(words[: next(ends, len(words))])

    def has(self, name: str) -> bool:
        """Whether ``name`` is the site's, and no person's who may have given it to an address."""
        if is_agency(name):
            return False
        key = agreement.key(name)
        return key in self.stated or (" " not in name and key in self.addressed)
