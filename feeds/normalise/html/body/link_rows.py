"""Rows of links that are of the text: each has a day, or a name of its own, before its links."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.text.dates import find

_MOST_INSIDE, _LONGEST_NAME = 20, 40
_COLONS = (":", "：")
_UP_TO_COLON = re.compile(r"\A[^:：]{1,40}[:：]")


def is_row_of_days(block: HtmlElement) -> bool:
    """Whether ``block`` is a row of a chronology: of two paragraphs that begin with a day."""
    if block.tag != "p" or not _begins_with_day(block):
        return False
    near = (block.getprevious(), block.getnext())
    return any(one is not None and one.tag == "p" and _begins_with_day(one) for one in near)


def is_row_of_names(block: HtmlElement) -> bool:
    """Whether ``block`` is one of several rows of links, each with its own name before them."""
    own = _name_of_row(block)
    if not own:
        return False
    near = (block.getprevious(), block.getnext())
    others = {_name_of_row(one) for one in near if one is not None} - {""}
    return bool(others) and own not in others


def _name_of_row(block: HtmlElement) -> str:
    """What stands before the links of the paragraph ``block``, if a colon does; it may be one."""
    links = list(islice(block.iter("a"), 2)) if block.tag == "p" else []
    before = (block.text or "").strip()
    if len(links) > 1 and not before.endswith(_COLONS):
        before = "".join(_UP_TO_COLON.findall(dom.line_in(block)))
    return before if links and before.endswith(_COLONS) and len(before) <= _LONGEST_NAME else ""


def _begins_with_day(paragraph: HtmlElement) -> bool:
    """Whether a day, and nothing else, stands above or before the first link."""
    before = paragraph.text or ""
    for inner in islice(paragraph.iterdescendants(), _MOST_INSIDE):
        if inner.tag == "a":
            break
        before += f"{inner.text or ''} {inner.tail or ''}"
    day = before.strip(" \n\t:–—-")
    stamp = find.find_stamp(day) if day else None
    return stamp is not None and stamp.full and stamp.alone
