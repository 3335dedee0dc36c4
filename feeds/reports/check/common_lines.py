"""Lines that most pages of text of a folder have in common: a site's own, that an editor may name.

Rules
- Nothing is learned from them: the rule to paste into site.toml is proposed, and that is all.
- A line counts that five pages and 60 % of its folder have. Headlines, dates, what leads to a date,
  bylines and headings of lists don't. Where no such line gets into a story, nothing is proposed.
- Of large folders a part is looked at, and of each page its beginning and end; of many folders
  those into which somebody saved last.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from feeds.model import Page, Reading
from feeds.model.errors import PageError
from feeds.model.guidance import Guidance, Hint
from feeds.model.problem import Problem
from feeds.newsroom import CONFIGURATION, folder
from feeds.newsroom.page_rules import Outside
from feeds.normalise import furniture, normalise
from feeds.readers import read_page
from feeds.reports.problems import Found

_OF_TEXT = ".txt"
_FEWEST, _SHARE = 5, 0.6
_MOST_OF_FOLDER, _LEAST_OF_FOLDER, _MOST_PAGES = 40, 10, 200
_LARGEST = 200_000
_MOST_LINES = 200
"""From a page's top, and as many from its end."""
_MOST_PROPOSED = 30
_RARE = 0.1
_ROUNDS = 5
_LONGEST, _LONGEST_COUNT = 300, 20
"""Of a line that ends in a count, and of the count, in characters."""
_COUNT = re.compile(r"\d[\d.,]*\s?[kKmM]?\Z")
_COUNTED = re.compile(r"(.*[^\W\d].*?)\s?\d[\d.,]*\s?[kKmM]?")


_Folders = Mapping[tuple[str, str], Sequence[str]]
"""The paths of pages by that of their folder and their ending."""


Known = Callable[[Collection[str]], Mapping[str, Reading]]
"""What was read of the pages at some paths, by path."""


class _Tally:
    """What is known of the lines of a folder's pages: in how many of them each is what."""

    def __init__(self, pages: Iterable[tuple[Page, Reading]]) -> None:
        self.count = 0
        self.pages: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        """Where it got into a story."""
        self.barred: Counter[str] = Counter()
        """Where it is a date, a byline or the like."""
        self.titles: Counter[str] = Counter()
        self.places: dict[str, float] = {}
        for page, reading in pages:
            self._add(page, reading)

    def _add(self, page: Page, reading: Reading) -> None:
        self.count += 1
        lines = [line for line in page.lines if line.text]
        may_be = furniture.may_be_furniture(lines, reading)
        some = range(len(lines))
        if len(lines) > 2 * _MOST_LINES:
            some = range(-_MOST_LINES, _MOST_LINES)
        dropped = {item.line for item in reading.dropped}
        title = reading.article.title if reading.article else ""
        seen: set[str] = set()
        for place in some:
            line = lines[place]
            for name in _names(line.text):
                if name in seen:
                    continue
                seen.add(name)
                self.pages[name] += 1
                self.told[name] += line.number not in dropped
                self.barred[name] += not may_be[place]
                self.titles[name] += line.text == title
                self.places.setdefault(name, place % len(lines) / len(lines))

    def common(self) -> list[str]:
        """The lines that most of the pages have, and that may be the site's."""
        least = max(_FEWEST, _SHARE * self.count)
        found = [
            line
            for line, times in self.pages.items()
            if times >= least
            and self.barred[line] < _RARE * times
            and not 0 < self.titles[line] < times / 2  # it is one story's, and others name that
        ]
        exact = {line for line in found if not line.endswith("*")}
        return [line for line in found if line in exact or not _has_exact(line, exact)]


def _names(text: str) -> Iterator[str]:
    """What a line may be called in a rule: by its words, or with a star for its count."""
    if "*" not in (text[0], text[-1]):
        yield text
    may_end_in_count = len(text) <= _LONGEST and _COUNT.search(text[-_LONGEST_COUNT:])
    if may_end_in_count and (match := _COUNTED.fullmatch(text)):
        yield f"{match[1].rstrip()} *"


def propose_furniture(
    root: Path, outside: Outside, paths: Iterable[str], known: Known
) -> Iterator[Found]:
    """A hint for each folder in ``root`` whose pages of text have lines in common.

    ``paths`` are those of the pages to look at, the one that was saved last first; ``known`` is
    what was read of them before, as far as that is known.
    """
    folders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in paths:
        if path.lower().endswith(_OF_TEXT):
            pure = PurePosixPath(path)
            folders[pure.parent.as_posix(), pure.suffix].append(path)
    for (place, ending), some in _sampled(folders):
        pages = list(_pages(root, some))
        if lines := _furniture(pages, outside, known(some)):
            pattern = f"{place}/*{ending}" if place != "." else f"*{ending}"
            yield "hint", _proposal(place, pattern, lines, len(pages))


def _sampled(folders: _Folders) -> list[tuple[tuple[str, str], list[str]]]:
    """Of each folder the pages to look at; where there are many, of the first of them."""
    large = {
        key: sorted(paths)
        for key, paths in folders.items()
        if len(paths) >= _FEWEST and not any(sign in key[0] for sign in "*?")
    }
    most = min(_MOST_OF_FOLDER, max(_LEAST_OF_FOLDER, _MOST_PAGES // max(1, len(large))))
    some = [(key, paths[:: -(-len(paths) // most)]) for key, paths in large.items()]
    return sorted(some[: _MOST_PAGES // most])


def _pages(root: Path, paths: Iterable[str]) -> Iterator[Page]:
    for path in paths:
        found = folder.beside(root, path)
        if found is None or found.size > _LARGEST:
            continue
        try:
            page = read_page(path, folder.read_file(root, found))
        except PageError:
            continue  # which is told elsewhere
        if page.form == "text":
            yield page


def _furniture(pages: Sequence[Page], outside: Outside, known: Mapping[str, Reading]) -> list[str]:
    """The lines that are likely the site's, in the order in which pages have them.

    What is taken for the headline of most pages hides the real ones: so they are read without it.
    """
    heads: dict[str, float] = {}
    for _ in range(_ROUNDS):
        tally = _Tally(
            (page, known.get(page.path) or _read(page, outside, heads)) for page in pages
        )
        found = {line: tally.places[line] for line in tally.common()}
        more = {line: at for line, at in found.items() if tally.titles[line]}
        if not more:
            break
        heads |= more
        known = {}
    if not heads and not any(tally.told[line] for line in found):
        return []
    lines = {**found, **heads}
    return sorted(lines, key=lambda line: lines[line])[:_MOST_PROPOSED]


def _read(page: Page, outside: Outside, lines: Iterable[str]) -> Reading:
    """``page`` as it is read, and without these ``lines``."""
    said = outside.guidance(page.path).hints
    return normalise(
        page, guidance=Guidance((*said, *(Hint("furniture", line, "proposed") for line in lines)))
    )


def _has_exact(pattern: str, exact: set[str]) -> bool:
    return any(line.startswith(pattern[:-1].rstrip()) for line in exact)


def _proposal(place: str, pattern: str, lines: list[str], count: int) -> Problem:
    """The rule to paste, which reads no page otherwise before somebody did that."""
    texts = "".join(f"    {_text(line)},\n" for line in lines)
    rule = f"[[pages]]\npath = {_text(pattern)}\nfurniture = [\n{texts}]"
    many = "1 line is" if len(lines) == 1 else f"{len(lines)} lines are"
    what = f"{many} the same in most of {count} pages of text, and may be the site's and no story's"
    remedy = f"if so, paste this at the end of {CONFIGURATION}:\n{rule}"
    name = place if place != "." else "this folder"
    return Problem("common-lines", f"{name}: {what}", remedy=remedy, file=CONFIGURATION)


def _text(value: str) -> str:
    """``value`` as TOML writes a text, of whose escapes JSON's are some."""
    return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")
