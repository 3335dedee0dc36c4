"""The paragraphs of a classic WordPress post: blank lines part them, as they did when it was shown.

Rules
- A line end within a paragraph is a break. In code it stays one.
- What stands inside of elements that hold words alone, such as headings and items of lists, gets
  no paragraphs.
- An address on a line of its own is what the post embeds there: a link.
"""

from __future__ import annotations

import re

from feeds.readers.feed.wordpress.shortcodes import link
from feeds.text.patterns import compile_late

_WORDS = frozenset(
    "address caption dd dt figcaption h1 h2 h3 h4 h5 h6 legend li option p summary td th".split()
)
_HOLDERS = frozenset(
    "article aside blockquote center details div dl fieldset figure footer form header hgroup hr "
    "main map menu nav ol section select table tbody tfoot thead tr ul".split()
)
_BARE = frozenset("dl figure menu ol select table tbody tfoot thead tr ul".split())
"""Elements with elements alone in them, or a picture."""
_VERBATIM = frozenset(("pre", "script", "style", "textarea"))
_NAMES = "|".join(sorted(_WORDS | _HOLDERS | _VERBATIM, key=len, reverse=True))
_BLOCK = compile_late(rf"<(/?)({_NAMES})(?=[\s/>])[^<>]{{0,4000}}>", re.IGNORECASE)
_BLANK = compile_late(r"\n[^\S\n]*\n\s*")
_BREAKS = compile_late(r"(?:<br\s{0,9}/?>\s*){2,}", re.IGNORECASE)
_BREAK = compile_late(r"(<br\s{0,9}/?>)?[^\S\n]*\n[^\S\n]*", re.IGNORECASE)
_ALONE = compile_late(r"^[^\S\n]*(https?://[^\s<>\"\[\]]{3,2000})[^\S\n]*$", re.MULTILINE)
_IN_A_PARAGRAPH = compile_late(
    r"(<p>|<p\s[^<>]{0,1000}>)\s*(https?://[^\s<>\"\[\]]{3,2000})\s*</p>"
)
_COMMENTED = compile_late(r"<!--(?:more[^<>]{0,200}|noteaser|nextpage)-->", re.IGNORECASE)
_DEEPEST = 200


def with_links(text: str) -> str:
    """``text`` with links where an address stands alone, and without WordPress's own comments."""
    text = _COMMENTED.sub("\n\n", text)
    text = _ALONE.sub(lambda found: link(found[1].replace("&amp;", "&")), text)
    return _IN_A_PARAGRAPH.sub(
        lambda found: f"{found[1]}{link(found[2].replace('&amp;', '&'))}</p>", text
    )


def with_paragraphs(text: str) -> str:
    """``text`` of a classic post with the paragraphs and breaks that WordPress showed it with."""
    parts: list[str] = []
    open_names: list[str] = []
    place = 0
    tags = iter(_BLOCK.finditer(text))
    for tag in tags:
        parts.append(_between(text[place : tag.start()], open_names))
        name, is_end, place = tag[2].lower(), bool(tag[1]), tag.end()
        if name in _VERBATIM and not is_end:
            end = next((one for one in tags if one[1] and one[2].lower() == name), None)
            parts.append(text[tag.start() : end.end() if end else len(text)])
            place = end.end() if end else len(text)
            continue
        parts.append(tag[0])
        if is_end:
            _close(open_names, name)
        elif name != "hr" and not tag[0].endswith("/>"):
            if open_names and open_names[-1] == "p":
                open_names.pop()  # as in HTML
            open_names.append(name)
    parts.append(_between(text[place:], open_names))
    return "".join(parts)


def _close(open_names: list[str], name: str) -> None:
    if name in open_names[-_DEEPEST:]:
        while open_names.pop() != name:
            pass


def _between(text: str, open_names: list[str]) -> str:
    """What stands between two blocks' tags, right inside of the last of ``open_names``."""
    if not text.strip():
        return "\n" if text else ""
    around = open_names[-1] if open_names else ""
    if around in _WORDS:
        return _broken(text)
    paragraphs = [part.strip() for part in _BLANK.split(_BREAKS.sub("\n\n", text))]
    if around in _BARE:
        return text
    made = [f"<p>{_broken(part)}</p>" for part in paragraphs if part]
    return "\n".join(["", *made, ""])


def _broken(text: str) -> str:
    """``text`` with its line ends as breaks."""
    return _BREAK.sub("<br>\n", text.strip())
