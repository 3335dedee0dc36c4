"""What other programs say of all pages in a folder: what of that keeps these back.

Rules
- Hugo's ``cascade`` in ``_index.md`` holds for what is in its folder and deeper, and so does that a
  section is a draft, as Zola has it. Of a ``target``, a path is understood, and that it is a kind
  that is no page; in doubt all pages are meant.
- 11ty's data: ``posts/posts.json`` and ``posts/posts.11tydata.json`` hold for the folder ``posts``,
  ``lamp.json`` for ``lamp.md`` beside it. What a program in JavaScript says isn't known: if it has
  words for keeping back, somebody has to look.
- Lektor's ``_hidden`` holds for the pages below it, too.
- Jekyll's ``_config.yml``: its ``defaults``, as far as their ``scope`` reaches, and ``exclude``.
- A page that says otherwise itself is right: its own key counts.
- Looked at are files of a few names, so that a page costs the same in whatever folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from feeds.model import Evidence, Statement
from feeds.model.errors import FeedsError
from feeds.newsroom import folder
from feeds.readers import meanings
from feeds.readers.front_matter import BROKEN, split_front_matter
from feeds.readers.lektor import split_fields
from feeds.readers.mappings import UnreadableError, leaves, read_tree
from feeds.text.switches import is_no

_SECTIONS = ("_index.md", "_index.markdown", "_index.html", "_index.htm")
_CONTENTS = "contents.lr"
_CONFIGURATIONS = ("_config.yml", "_config.yaml")
_DATA = (".json", ".11tydata.json")
_PROGRAMS = (".11tydata.js", ".11tydata.cjs", ".11tydata.mjs", ".11tydata.ts")
_LARGEST = 256 * 1024
_MOST_KEPT = 4096
_KEEPING_WORDS = re.compile(
    r"\b(?:draft|private|unlisted|hidden|unpublished|published?|eleventyExcludeFromCollections"
    r"|permalink\s*:\s*false)\b"
)
_NO_PAGES = frozenset(["section", "home", "taxonomy", "term"])
_BELOW = re.compile(r"/?([\w./-]+?)/?(?:/\*{1,2}(?:/\*)?)?")


class _Said(NamedTuple):
    """Statements of a file, and for which pages they hold."""

    statements: tuple[Statement, ...]
    holds_for: Callable[[str], bool]


class FolderRules:
    """What such files below ``root`` say; each is read once."""

    def __init__(self, root: str) -> None:
        self._root = Path(root)
        self._place = str(self._root)
        self._of_folder = lru_cache(_MOST_KEPT)(self._look)
        self._of_page = lru_cache(_MOST_KEPT)(self._beside)  # a page is asked about several times

    def of(self, path: str) -> tuple[Statement, ...]:
        """What keeps the page at ``path`` back, the rule nearest to it last."""
        above, _, name = path.rpartition("/")
        stem, _, language = name.rpartition(".")[0].partition(".")
        places = ["", *accumulate(above.split("/"), "{}/{}".format)] if above else [""]
        found = [said for place in places for said in self._of_folder(place, language)]
        beside = f"{above}/" if above else ""
        found += self._of_page(f"{beside}{stem}", path)
        return tuple(one for said in found if said.holds_for(path) for one in said.statements)

    def _beside(self, stem: str, path: str) -> list[_Said]:
        """What files called ``stem`` say, of which the page at ``path`` is none."""
        names = (f"{stem}{ending}" for ending in (*_DATA, *_PROGRAMS))
        return list(self._read(one for one in names if one != path))

    def _look(self, place: str, language: str) -> list[_Said]:
        """What is said in the folder ``place``, also of pages in the ``language`` of their name."""
        beside = f"{place}/" if place else ""
        sections = [*_SECTIONS, *([f"_index.{language}.md"] if language else [])]
        own = place.rpartition("/")[2]
        data = [f"{own}{ending}" for ending in (*_DATA, *_PROGRAMS)] if own else []
        return list(
            self._read(
                f"{beside}{name}" for name in (*sections, _CONTENTS, *data, *_CONFIGURATIONS)
            )
        )

    def _read(self, paths: Iterable[str]) -> Iterator[_Said]:
        for path in paths:
            if not os.path.lexists(f"{self._place}/{path}"):  # a Path takes longer than the look
                continue
            try:
                item = folder.page(self._root, path)
                if item is None:
                    continue
                if item.size > _LARGEST:
                    raise UnreadableError(f"it is larger than {_LARGEST:,} bytes")
                text = folder.read_file(self._root, item).decode("utf-8-sig", "replace")
                yield from _said(path, text)
            except (FeedsError, UnreadableError) as error:
                told = error.what if isinstance(error, UnreadableError) else error.problem.what
                what = f"{path}, which may keep it back, can't be read: {told}"
                broken = Statement(BROKEN, what, Evidence(path, 1, "a rule of its folder"))
                yield _Said((broken,), _for_all)


def is_rule(path: str) -> bool:
    """Whether the file at ``path`` may say something of pages beside or below it."""
    name = path.rpartition("/")[2]
    endings = (".json", *_PROGRAMS, *_CONFIGURATIONS)
    return name.startswith("_index.") or name == _CONTENTS or name.endswith(endings)


def _said(path: str, text: str) -> Iterator[_Said]:
    name = path.rpartition("/")[2]
    if name in _CONFIGURATIONS:
        return _of_configuration(path, text)
    if name.endswith(_PROGRAMS):
        return _of_program(path, text)
    if name.endswith(".json"):
        tree = read_tree(text, "json")
        return iter([_Said(_kept(path, text, tree), _for_all)])
    if name == _CONTENTS:
        fields, _ = split_fields(path, text)
        hidden = tuple(one for one in fields if meanings.plain(one.field) == "hidden")
        return iter([_Said(hidden, _for_all)])
    return _of_section(path, text)


def _of_section(path: str, text: str) -> Iterator[_Said]:
    length = split_front_matter(path, text).length
    lines = text.strip().split("\n")
    if length < 2 or ("cascade" not in text and "draft" not in text.casefold()):
        return
    matter = "\n".join(lines[1 : length - 1])
    tree = read_tree(matter, "toml" if lines[0].startswith("+++") else "yaml")
    drafts = {key: value for key, value in tree.items() if meanings.plain(key) == "draft"}
    yield _Said(_kept(path, text, drafts), _for_all)
    cascades = next((v for key, v in tree.items() if key.casefold() == "cascade"), None)
    for cascade in cascades if isinstance(cascades, list) else [cascades]:
        if isinstance(cascade, dict):
            values = {k: v for k, v in cascade.items() if k not in {"target", "_target"}}
            target = cascade.get("target", cascade.get("_target"))
            yield _Said(_kept(path, text, values), _target(target))


def _target(target: object) -> Callable[[str], bool]:
    """Which pages a target of Hugo's means: all, if that isn't plain."""
    if not isinstance(target, dict):
        return _for_all
    if target.get("kind") in _NO_PAGES:
        return lambda _: False
    pattern = target.get("path")
    match = _BELOW.fullmatch(pattern) if isinstance(pattern, str) else None
    if match is None:
        return _for_all
    below = match[1].strip("/").casefold()
    return lambda page: f"/{below}" in f"/{page.casefold()}"


def _of_configuration(path: str, text: str) -> Iterator[_Said]:
    root = path.rpartition("/")[0]
    tree = read_tree(text, "yaml")
    defaults = tree.get("defaults")
    for default in defaults if isinstance(defaults, list) else ():
        if isinstance(default, dict) and isinstance(values := default.get("values"), dict):
            scope = default.get("scope")
            below = scope.get("path") if isinstance(scope, dict) else ""
            yield _Said(_kept(path, text, values), _within(root, below))
    left_out = tree.get("exclude")
    for pattern in left_out if isinstance(left_out, list) else ():
        if isinstance(pattern, str) and pattern:
            line = _line_of(pattern, text)
            said = Statement("excluded", "yes", Evidence(path, line, "left out of the site"))
            yield _Said((said,), _within(root, pattern))


def _within(root: str, below: object) -> Callable[[str], bool]:
    """Whether a page is at, or in, what is called ``below`` in the folder ``root``."""
    pattern = "/".join(part for part in (root, str(below or "").strip("/")) if part)
    if not pattern:
        return _for_all
    return lambda page: any(
        fnmatchcase(str(place), pattern) for place in (page, *PurePosixPath(page).parents)
    )


def _of_program(path: str, text: str) -> Iterator[_Said]:
    if match := _KEEPING_WORDS.search(text):
        key = path.rpartition("/")[2].replace(".", "-")
        line = text.count("\n", 0, match.start()) + 1
        said = Statement(key, "draft", Evidence(path, line, "a rule of its folder"))
        yield _Said((said,), _for_all)


def _kept(path: str, text: str, tree: dict[str, object]) -> tuple[Statement, ...]:
    """What of ``tree``, which stands in ``text``, may keep a page back."""
    return tuple(
        Statement(key, texts, Evidence(path, _line_of(key, text), f"a rule of its folder: {key}"))
        for key, texts in leaves(tree).items()
        if _may_keep(key, texts)
    )


def _may_keep(key: str, texts: tuple[str, ...]) -> bool:
    meaning = meanings.meaning_of(key)
    if meaning == "permalink":
        return any(map(is_no, texts))
    return meaning in meanings.KEEPING or meaning == "dated" or meanings.may_keep_back(key)


def _line_of(key: str, text: str) -> int:
    """The last line of ``text`` that has the last part of ``key``; 1 if none has."""
    last = key.rpartition(".")[2]
    lines = (number for number, line in enumerate(text.split("\n"), 1) if last in line)
    return max(lines, default=1)


def _for_all(_: str) -> bool:
    return True
