"""Which addresses lead to the first page of a site, by what they say themselves."""

from __future__ import annotations

import re

_HOME = re.compile(
    r"(?:(?:https?:)?//[^/?#]+|\.{1,2}(?=/|\Z))?/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:(?:index|home)\.\w+)?"
    r"(?:\?(?:hl|lang|language|locale)=[\w-]+)?#?",
    re.IGNORECASE,
)
_MARKS = ("/", ".", "index", "home", "http")


def is_home(address: str) -> bool:
    """Whether ``address`` is that of a site's first page, or of the one in another language."""
    address = address.strip()
    return address.lower().startswith(_MARKS) and _HOME.fullmatch(address) is not None
