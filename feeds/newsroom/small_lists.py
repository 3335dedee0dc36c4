"""A captured list made small: its dated lines and nothing else, which read as they did before.

A record of such a kind is a conversion (ISO 28500, 6.9): a smaller form that an archive made of
what it had.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from html import escape

from feeds.model import Story
from feeds.readers.warc import Capture, record_id

_KEPT = frozenset(["etag", "last-modified", "content-language", "date", "link"])
"""Headers that say what was there, whatever is left of it."""


def small(capture: Capture, stories: Iterable[Story]) -> Capture:
    """``capture``, of a list, with nothing in it but the dated lines of ``stories``."""
    lines = "\n".join(
        f'<li><time datetime="{escape(story.published.iso)}">{escape(story.published.iso)}</time> '
        f'<a href="{escape(story.url or "")}">{escape(story.title)}</a></li>'
        for story in stories
        if story.published
    )
    language = next((story.language for story in stories if story.language), "")
    tag = f' lang="{escape(language)}"' if language else ""
    head = f"<!doctype html>\n<html{tag}><head><title></title></head>"
    markup = f"{head}<body><main><ul>\n{lines}\n</ul></main></body></html>\n"
    headers = [one for one in capture.headers if one[0].lower() in _KEPT]
    headers += [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")]
    body = gzip.compress(markup.encode(), mtime=0)
    original = capture.original or record_id(capture)
    return capture._replace(headers=tuple(headers), body=body, is_list=True, original=original)
