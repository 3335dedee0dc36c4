"""What others hold for the text of a page: trafilatura, and what the page states for machines.

Rules
- It sees a copy of the whole page, before anything was cut out of it but what no browser shows, and
  what it takes out itself. Its output is no text of ours: it says of the page's own runs of text
  which of them belong to the article.
- A run is known again by its words in groups of four, so that a mark, a blank or a link within it
  changes nothing; one of fewer words, by being all of a piece.
- A page beyond what it handles in reasonable time is read without it: it asks the elements around
  each time and again, so what counts is how many there are, and how deep each stands.
- Where it fails, the page is read without it too, and an editor is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml.html import HtmlElement

from feeds.model.late_imports import import_names_late
from feeds.normalise.html import depth, dom
from feeds.normalise.html.parsing import Tree

if TYPE_CHECKING:
    from trafilatura.settings import Extractor

_OF_COURLAN = (
    *("extract_domain", "fix_relative_urls", "get_base_url", "is_valid_url", "normalize_url"),
    *("validate_url",),
)
_MOST_ELEMENTS = 20_000
_MOST_CHARACTERS = 2_000_000
_DEEPEST = 64
_WIDEST = 2000
_MOST_STEPS = 400_000
"""From the root to each element, all together."""
# of scripts that put no blanks between words, each sign is a word
_WORD = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
    "|[^\\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+"
)
_LATIN = re.compile(r"[^\W_]+")  # twice as fast
_IS_WIDE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]").search
_INLINE = frozenset(("hi", "ref", "del", "graphic"))
_TAKEN_OUT = ("aside", "footer", "nav")
_DATA = "application/ld+json"
_GROUP = 4
_FEW = 150
_MOST_OF_A_RUN = 0.6
_LONGEST_PIECE = 10_000


class Witness:
    """Texts, and whether a run of a page is among them."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._groups: set[int] = set()
        self._short: set[tuple[str, ...]] = set()
        self._texts: set[str] = set()
        self.words = 0
        """How many words it has."""
        self.failure = ""
        """What it failed with, if it did."""
        self.add(pieces)

    def add(self, pieces: Iterable[str]) -> None:
        """Takes in more texts."""
        before: list[str] = []
        for piece in pieces:
            found = words_in(piece)
            self.words += len(found)
            if len(found) <= 2 * _GROUP:
                self._short.add(tuple(found))
            elif len(piece) < _LONGEST_PIECE:
                self._texts.add(" ".join(piece.split()))
            joined = [*before, *found]
            self._groups.update(_groups(joined))
            before = joined[-_GROUP + 1 :]

    def holds(self, text: str) -> bool:
        """Whether most of ``text``, which is one line, is among the witness's."""
        if text in self._texts:
            return True
        found = words_in(text)
        if not found:
            return False
        if len(found) < _GROUP:
            return tuple(found) in self._short
        return self.share(found) >= _MOST_OF_A_RUN

    def share(self, words: list[str]) -> float:
        """The share of ``words`` that it has in the same order, group by group."""
        groups = max(len(words) - _GROUP + 1, 0)
        return sum(map(self._groups.__contains__, _groups(words))) / max(groups, 1)


def words_in(text: str) -> list[str]:
    """The words of ``text`` for comparing: letters and digits alone, small."""
    text = text.casefold()
    return (_LATIN if text.isascii() or not _IS_WIDE(text) else _WORD).findall(text)


def _groups(words: list[str]) -> Iterator[int]:
    # as many as are a group, written out: this is asked of every run of every page
    return map(hash, zip(words, words[1:], words[2:], words[3:], strict=False))


def ask_trafilatura(page: Tree) -> Witness:
    """What trafilatura holds for the text of the page; nothing if it can't be asked."""
    if _is_beyond(page):
        return Witness(())
    root = _lightened(page.root)
    quick = _asked(root, fast=True)
    if quick.words >= _FEW or quick.failure:
        return quick
    # with other extractors beside its own, it finds more on pages of unusual make
    slow = _asked(root, fast=False)
    return slow if slow.words > 2 * quick.words else quick


def _lightened(root: HtmlElement) -> HtmlElement:
    """A copy of ``root`` without what trafilatura takes out anyway, but after most of its work."""
    copied = deepcopy(root)
    for element in copied.xpath("head/*"):
        if element.get("type") != _DATA:
            element.getparent().remove(element)
    for element in list(copied.iter(*_TAKEN_OUT)):
        if next(element.iter("article", "h1"), None) is None:
            dom.remove(element)
    return copied


def _import_little() -> None:
    """Has trafilatura load what it is asked for here, and not what fetches pages and dates them."""
    import_names_late("charset_normalizer", "from_bytes")
    import_names_late("courlan", *_OF_COURLAN)
    import_names_late("htmldate", "find_date")
    import_names_late("trafilatura.downloads", "fetch_response", "fetch_url")
    import_names_late("trafilatura.external", "compare_extraction", "justext_rescue")
    import_names_late("urllib3.response", "HTTPResponse")


def _asked(root: HtmlElement, *, fast: bool) -> Witness:
    _import_little()
    from trafilatura.core import bare_extraction  # late: it takes longer to load than any page

    try:
        document = bare_extraction(root, options=_options(fast=fast))  # it works on a copy
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 -- whatever it stumbles over, the page is read without it
        failed = Witness(())
        failed.failure = f"{type(error).__name__}: {error}".rstrip(": ")
        return failed
    if document is None or isinstance(document, dict):
        return Witness(())
    return Witness(_pieces(document.body))


@cache
def _options(*, fast: bool) -> Extractor:
    """How trafilatura is asked: made once, which takes as long as to read a short page."""
    from trafilatura.settings import Extractor

    # or it would ask the clock for the latest day that a date may have
    dates: dict[str, Any] = {"extensive_search": False}
    return Extractor(fast=fast, comments=False, output_format="html", date_params=dates)


def _pieces(body: etree._Element) -> Iterator[str]:
    """The text of trafilatura's result, in its own tags, block by block."""
    parts: list[str] = []
    for event, node in etree.iterwalk(body, events=("start", "end")):
        if node.tag not in _INLINE:
            yield "".join(parts)
            parts = []
        words = node.text if event == "start" else node.tail
        if words:
            parts.append(words)
    yield "".join(parts)


def _is_beyond(page: Tree) -> bool:
    """Whether the page is larger or more deeply nested than trafilatura should be given."""
    count = len(page.elements)
    if count > _MOST_ELEMENTS or depth.is_deeper(page.root, _DEEPEST):
        return True
    if count > _WIDEST and depth.is_wider(page.root, _WIDEST):
        return True
    if count * _DEEPEST > _MOST_STEPS and depth.steps_in(page.root) > _MOST_STEPS:
        return True
    is_large = page.size > _MOST_CHARACTERS
    return is_large and sum(map(len, page.root.itertext())) > _MOST_CHARACTERS
