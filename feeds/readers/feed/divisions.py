"""Elements that no reader's HTML may have, but that part words, as paragraphs.

Without them ``<div>One.</div><div>Two.</div>`` would be one word.
"""

from __future__ import annotations

import re

from feeds.text.patterns import compile_late

_NAMES = {"h1": "h2", "h5": "h4", "h6": "h4"} | dict.fromkeys(
    "address article aside center details div fieldset footer form header hgroup legend main nav "
    "section summary".split(),
    "p",
)
_TAG = compile_late(rf"<(/?)({'|'.join(_NAMES)})(?=[\s/>])[^<>]{{0,4000}}>", re.IGNORECASE)
_BLOCK = "</?(?:blockquote|d[dlt]|fig(?:ure|caption)|h[1-6r]|li|[ou]l|p|pre|t(?:able|body|[dhr]))>"
_NOTHING = r"(?:\s|&nbsp;|\u00a0|<br>)*+"
# between words it has to stay: it parts them
_EMPTY = compile_late(
    rf"(\A|{_BLOCK})\s*+(?:<p>{_NOTHING}</p>\s*+)+|<p>{_NOTHING}</p>(?=\s*+(?:\Z|{_BLOCK}))"
)


def as_paragraphs(text: str) -> str:
    """HTML with paragraphs in the place of such elements, and headings that may stay."""
    return _TAG.sub(lambda tag: f"<{tag[1]}{_NAMES[tag[2].lower()]}>", text)


def without_empty(text: str) -> str:
    """Clean HTML without the paragraphs that hold nothing and part nothing."""
    return _EMPTY.sub(lambda found: found[1] or "", text)
