"""A page that a word processor exported, made what it would be if somebody had marked it up.

Rules
- What has the style of a title is the headline. The title element is the name of the file, or of
  a file that it once was made from: it counts only where the text has no heading of its own, and
  not if it is what such programs call a document without a name.
- Paragraphs that are bullets or numbers are lists, and the bullet is no character of the text. A
  letter is a bullet only in a run of its own that says so: "o" is a word of several languages.
- Google's export names no program: its body is called a document's, and its title "title". There
  and in others the first paragraph is the headline if its letters are larger than all others.
- A page is an export if it says so, or if it has no heading and most of its paragraphs are Word's:
  some are pasted into any page.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement, html_parser

from feeds.normalise.html import dom
from feeds.normalise.words.patterns import Words

_PROGRAMS = Words("microsoft word|word\\.document|libreoffice|openoffice|google docs")
_NO_NAME = Words(
    r"(?:(?:microsoft word - )?"
    r"(?:untitled|unbenannt|sans titre|sin t[ií]tulo|senza titolo|naamloos)?"
    r"[\s_-]*(?:document[oe]?|dokument|документ|belge|文档|文書)?[\s_-]*\d{0,3}(?:\.docx?|\.html?)?)"
)
_LISTED = re.compile(r"mso-list:\s*\w+\s+level(\d)")
_BULLET = re.compile(r"\s*([·•◦▪§–-])(?=\s)\s*")
_NUMBER = re.compile(r"\s*\(?(?:(\d{1,3})|[a-z]|[ivx]{1,5})[.)]\s+")
_MARKER = re.compile(r"[·•◦▪§oØ–-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]")
_OWN_FONT = re.compile(r"symbol|courier|wingdings|mso-list", re.IGNORECASE)
_SIZE = re.compile(r"font-size:\s*(\d{1,3}(?:\.\d+)?)pt")
_SIZE_OF_CLASS = re.compile(r"\.([\w-]+)\s*\{[^{}]*?font-size:\s*(\d{1,3}(?:\.\d+)?)pt")
_SMALLEST, _MOST_PARAGRAPHS = 14, 500
_DEEPEST_MARKER = 6
_LONGEST_HEADING = 150


def mend_export(root: HtmlElement, body: HtmlElement) -> None:
    """Marks up headline and lists of a page that a word processor exported."""
    says_so = _says_so(root)
    if not says_so and not _is_of_word(body):
        return
    title = next(root.iter("title"), None)
    headings = list(body.iter("h1"))
    called = {"MsoTitle", "title", "Title"} if says_so else {"MsoTitle"}
    found = (_titled(body, called), *headings, _bold(body), _larger(root, body))
    heading = next((one for one in found if one is not None), None)
    if heading is not None:
        heading.tag = "h1"
        for other in headings:
            if other is not heading:
                other.tag = "h2"
    if title is not None and (heading is not None or _NO_NAME.fullmatch(dom.line_in(title))):
        title.text = None
    _make_lists(body)


def _says_so(root: HtmlElement) -> bool:
    said = (
        meta.get("content") or ""
        for meta in root.iter("meta")
        if (meta.get("name") or "").lower() in ("generator", "progid")
    )
    body = root.find("body")
    is_googles = body is not None and "doc-content" in (body.get("class") or "").split()
    return is_googles or any(map(_PROGRAMS.search, said))


def _is_of_word(body: HtmlElement) -> bool:
    """Whether most paragraphs have a style of Word's, and nothing else is the headline."""
    if next(body.iter("h1"), None) is not None:
        return False
    own = [(element.get("class") or "").startswith("Mso") for element in body.iter("p")]
    return bool(own) and sum(own) > len(own) / 2


def _titled(body: HtmlElement, called: set[str]) -> HtmlElement | None:
    """The paragraph that has the style of a title, which may be ``called`` so."""
    for paragraph in body.iter("p"):
        if called & set((paragraph.get("class") or "").split()):
            return paragraph
    return None


def _bold(body: HtmlElement) -> HtmlElement | None:
    """The first paragraph with words, if all of them are bold, and no sentence."""
    for paragraph in body.iter("p"):
        if words := dom.line_in(paragraph):
            bold = "".join(
                dom.line_in(part)
                for part in paragraph.iter("b", "strong")
                if next(part.iterancestors("b", "strong"), None) is None
            )
            is_heading = bold == words and len(words) <= _LONGEST_HEADING and words[-1] not in ".:"
            return paragraph if is_heading else None
    return None


def _larger(root: HtmlElement, body: HtmlElement) -> HtmlElement | None:
    """The first paragraph with words, if its letters are larger than those of all others."""
    sizes = {
        name: float(size)
        for style in root.iter("style")
        for name, size in _SIZE_OF_CLASS.findall(style.text or "")
    }
    found: HtmlElement | None = None
    largest = 0.0
    for paragraph in islice(body.iter("p"), _MOST_PARAGRAPHS):
        words = dom.line_in(paragraph)
        if not words:
            continue
        size = max((_size(part, sizes) for part in islice(paragraph.iter(), 20)), default=0)
        if found is None:
            if size < _SMALLEST or len(words) > _LONGEST_HEADING or words[-1] in ".:":
                return None
            found, largest = paragraph, size
        elif size >= largest:
            return None
    return found


def _size(element: HtmlElement, sizes: dict[str, float]) -> float:
    """The size of the letters of ``element`` in points, as far as it says so itself."""
    own = [float(size) for size in _SIZE.findall(element.get("style") or "")]
    own += [sizes.get(name, 0) for name in (element.get("class") or "").split()]
    return max(own, default=0)


def _make_lists(body: HtmlElement) -> None:
    lists: list[HtmlElement] = []
    for paragraph in list(body.iter("p")):
        style = paragraph.get("style") or ""
        listed = _LISTED.search(style)
        if not listed and not (paragraph.get("class") or "").startswith("MsoListParagraph"):
            continue
        marker = _take_marker(paragraph)
        if not marker and not listed:
            continue
        level = int(listed[1]) if listed else 1
        if not lists or paragraph.getprevious() is not lists[0]:
            lists = []
        del lists[max(level, 1) :]
        number = _NUMBER.match(f"{marker} ")
        if len(lists) < max(level, 1):
            made = html_parser.makeelement("ol" if number else "ul")
            if number and number[1] and number[1] != "1":
                made.set("start", number[1])
            if lists:
                lists[-1][-1].append(made)
            else:
                paragraph.addprevious(made)
            lists.append(made)
        paragraph.tag = "li"
        paragraph.tail = None
        lists[-1].append(paragraph)


def _take_marker(paragraph: HtmlElement) -> str:
    """The bullet or number at the beginning of ``paragraph``, which is taken out."""
    whole = dom.line_in(paragraph)
    for part in islice(paragraph.iterdescendants(), _DEEPEST_MARKER):
        words = dom.line_in(part)
        if words.isalpha() and not _OWN_FONT.search(part.get("style") or ""):
            continue
        if words and whole.startswith(words) and _MARKER.fullmatch(words):
            tail, part.tail = part.tail, None
            part.clear()
            part.tail = (tail or "").lstrip()
            return words
    words = paragraph.text or ""
    if match := _BULLET.match(words) or _NUMBER.match(words):
        paragraph.text = words[match.end() :]
        return match[0].strip()
    return ""
