"""What a feed says is no published story: AtomPub's drafts, and the rest of Blogger's export.

Rules
- ``app:draft`` says so (RFC 5023, section 13.1.1). What anything but "no" means is no matter.
- Blogger's export has pages, comments, templates and settings as well, each called so.
"""

from __future__ import annotations

from collections.abc import Iterable

from feeds.readers.feed.elements import Part
from feeds.text import characters

_KIND = "http://schemas.google.com/blogger/2008/kind#"


def kept_back(parts: Iterable[Part]) -> str:
    """What an item of these ``parts`` is instead of a published story; empty if it is one."""
    for part in parts:
        if part.name == "app:control":
            drafts = [one.text() for one in part.children() if one.name == "app:draft"]
            if any(draft.lower() != "no" for draft in drafts):
                return "status:draft"
        term = part.attribute("term") if part.name == "category" else ""
        kind = term.removeprefix(_KIND) if term.startswith(_KIND) else ""
        if part.name == "blogger:type":
            kind = part.text().lower()
        if kind and kind != "post":
            return "comment" if kind == "comment" else f"type:{characters.cleaned(kind)[:40]}"
        if part.name == "blogger:status" and part.text() != "LIVE":
            return f"status:{characters.cleaned(part.text().lower())[:40]}"
    return ""
