"""What is said about pages outside of them: ``[[pages]]`` rules in site.toml, and pages.csv.

And what other programs say of whole folders (``folder_rules``), which counts least.

Rules
- A rule's pattern is relative to the newsroom's folder, or absolute: ``*`` and ``?`` stay within
  a folder, ``**`` does not. All rules that match a page hold, the later ones more.
- pages.csv is UTF-8 with commas or semicolons, whichever its first line has more of. That line
  names the columns: ``path``, and any that front matter knows. An empty cell says nothing.
- A row or rule that may keep pages back, and whose page is not there, needs a person; a page for
  which such a row was probably meant (``near_pages``) is held until the row is mended.
- A row about a captured page, or about its folder, holds for every version of it.
- If the file as a whole can't be understood nothing is published, as with site.toml: a row in it
  may be an embargo. A row that can't be holds its page; every other doubt is a line.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import PurePosixPath
from typing import get_args
from urllib.parse import quote

import msgspec

from feeds.model import Evidence, Statement
from feeds.model.errors import ConfigError
from feeds.model.guidance import UNGUIDED, Guidance, Guided, Hint
from feeds.model.problem import Problem, Weight
from feeds.newsroom.captured import FOLDER, page_of
from feeds.newsroom.folder_rules import FolderRules
from feeds.newsroom.near_pages import is_near, may_keep_back, nearest
from feeds.newsroom.site import PageRule
from feeds.readers.front_matter import BROKEN, FIELDS, keeps_back, nearest_field
from feeds.text.file_names import stem_of
from feeds.text.path_patterns import Pattern, composed

_MOST_COLUMNS = 200
_MOST_COMPARED = 20
"""Of so many rows without a page the near ones are looked for."""
_ROW = "pages.csv"
_CAPTURED = f"{FOLDER}/"
_GUIDED: tuple[Guided, ...] = get_args(Guided)


class Outside:
    """The rules and the table of one newsroom. Immutable.

    ``notices`` are what is doubtful in the table; ``digest`` changes with anything that
    could change a statement.
    """

    def __init__(
        self,
        rules: Sequence[PageRule],
        root: str,
        table: bytes = b"",
        file: str = "",
        is_there: Callable[[str], bool] | None = None,
    ) -> None:
        """``root`` is the folder's absolute path; ``file`` names the table in messages.

        ``is_there`` says whether there is a page at a path; without it none is held for its name.
        Raises ConfigError for a table that can't be understood.
        """
        self._rules = [
            (
                rule,
                [_pattern(rule.path, root)],
                [_pattern(text, root) for text in rule.exclude],
            )
            for rule in rules
        ]
        self._is_guiding = any(getattr(rule, field) for rule in rules for field in _GUIDED)
        self._root = root.rstrip("/")
        self._folders = FolderRules(root)
        self.notices: list[Problem] = []
        self._rows = self._read(table, file or "pages.csv") if table.strip() else {}
        self._lost = {
            path: said
            for path, said in self._rows.items()
            if is_there and may_keep_back(said) and not _is_captured(path) and not is_there(path)
        }
        parts: tuple[object, ...] = (rules, root, hashlib.sha256(table).hexdigest())
        if self._lost:
            parts = (*parts, sorted(self._lost))
        self.digest = hashlib.sha256(msgspec.json.encode(parts)).hexdigest()

    def of(self, path: str) -> tuple[Statement, ...]:
        """What is said about the page at ``path`` (relative to the folder), weakest first."""
        row = self._rows.get(composed(page_of(path))) or tuple(self._meant_for(path))
        said = chain.from_iterable(
            _said(rule, number, path) for number, rule in self._holding(path)
        )
        return (*self._folders.of(path), *said, *row)

    @property
    def root(self) -> str:
        """The newsroom's folder, as an absolute path."""
        return self._root

    def guidance(self, path: str) -> Guidance:
        """How to read the page at ``path``: what the rules that match it say of its lines."""
        if not self._is_guiding:
            return UNGUIDED
        holding = reversed(list(self._holding(path)))
        return Guidance(
            tuple(chain.from_iterable(_hints(rule, number) for number, rule in holding))
        )

    def _holding(self, path: str) -> Iterator[tuple[int, PageRule]]:
        """The rules that match the page at ``path``, with their numbers."""
        for number, (rule, patterns, excluded) in enumerate(self._rules, start=1):
            if _matches(path, patterns) and not _matches(path, excluded):
                yield number, rule

    def hash_of(self, path: str) -> str:
        """Changes with what is said about the page, wherever it stands; empty if nothing is."""
        said = [(item.evidence.file, item.field, item.value) for item in self.of(path)]
        return hashlib.sha256(msgspec.json.encode(said)).hexdigest() if said else ""

    def _meant_for(self, path: str) -> Iterator[Statement]:
        """That rows which may keep a page back were probably meant for the one at ``path``."""
        for lost, said in self._lost.items():
            if is_near(lost, composed(path)):
                what = f"there is no page '{lost}', and its row may be meant for this one"
                yield Statement(BROKEN, what, Evidence("pages.csv", said[0].evidence.line, _ROW))

    def idle(
        self, paths: Collection[str], is_gone: Callable[[str], bool] = lambda _: False
    ) -> list[Problem]:
        """The rules and rows that none of the pages at ``paths`` has.

        A *loss* if such a one may keep a page back, unless the page ``is_gone`` that was there.
        Rules for captured pages are for those to come, as long as there is none.
        """
        there = {composed(page_of(path)): path for path in paths}
        is_captured = any(path.startswith(_CAPTURED) for path in paths)
        found = [
            Problem(
                "rule-idle",
                f"[[pages]] rule {number}, '{rule.path}', matches no page",
                remedy="correct its path, or delete it",
                weight="loss" if _keeps_back(rule) else "doubt",
                file="site.toml",
            )
            for number, (rule, patterns, excluded) in enumerate(self._rules, start=1)
            if (is_captured or not rule.path.startswith(_CAPTURED))
            and not any(_matches(path, patterns) and not _matches(path, excluded) for path in paths)
        ]
        compared = 0
        for path, said in self._rows.items():
            if not said or path in there:
                continue
            compared += 1
            meant = nearest(path, there) if compared <= _MOST_COMPARED else ""
            remedy = f"correct the path; it is relative to {self._root}"
            if meant:
                remedy = f"did you mean '{there[meant]}'?"
            line, file = said[0].evidence.line, said[0].evidence.file
            what = f"there is no page '{path}'"
            weight: Weight = "doubt"
            if may_keep_back(said) and not is_gone(path):
                what, weight = f"{what}, which its row is to keep back", "loss"
            found.append(Problem("row-idle", what, line, remedy, weight, file=file))
        return found

    def _read(self, table: bytes, file: str) -> dict[str, tuple[Statement, ...]]:
        rows = _cells(table, file)
        number, header = next(rows, (1, [""]))
        columns = self._columns(header, file, number)
        found: dict[str, tuple[Statement, ...]] = {}
        for number, cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            path = self._path(
                cells[columns.index("path")] if len(cells) > columns.index("path") else ""
            )
            if not path:
                self._note("a row without a path is not used", number, "write the path")
                continue
            if path in found:
                self._note(f"'{path}' is there twice; this row holds", number, "delete one")
            found[path] = tuple(_of_row(columns, cells, number))
        return found

    def _columns(self, header: list[str], file: str, number: int) -> list[str]:
        columns = [name.strip().casefold() for name in header]
        problems = []
        named = sum(map(bool, columns))
        if named > _MOST_COLUMNS:
            what = f"its first line names {named:,} columns, and {_MOST_COLUMNS} are the most"
            then = f"name the columns: path, and any of {', '.join(FIELDS)}"
            raise ConfigError([Problem("column-wrong", what, number, then, file=file)])
        if "path" not in columns:
            told = "its first line has no column 'path'"
            problems.append((told, f"name the columns: path, and any of {', '.join(FIELDS)}"))
        for name in dict.fromkeys(columns):
            if columns.count(name) > 1 and name:
                problems.append((f"two columns are called '{name}'", "rename one"))
            elif name not in {"path", "", *FIELDS}:
                hint = (
                    f"did you mean '{nearest_field(name)}'?"
                    if nearest_field(name)
                    else "rename or delete it"
                )
                if keeps_back(name):
                    problems.append((f"unknown column '{name}'", hint))
                else:
                    self._note(f"the column '{name}' is unknown and not used", number, hint)
        if problems:
            raise ConfigError(
                [Problem("column-wrong", what, number, then, file=file) for what, then in problems]
            )
        return columns

    def _path(self, cell: str) -> str:
        path = cell.strip().replace("\\", "/")
        return composed(page_of(path.removeprefix(f"{self._root}/").removeprefix("./").rstrip("/")))

    def _note(self, what: str, line: int, remedy: str) -> None:
        self.notices.append(Problem("table-doubtful", what, line, remedy, file="pages.csv"))


def _cells(table: bytes, file: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of the table, each with the line on which it begins; raises ConfigError."""
    try:
        text = table.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = table.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            [Problem("encoding", "not UTF-8", line, "save it as UTF-8", file=file)]
        ) from error
    lines = re.findall("[^\n]*\n|[^\n]+", text)
    first = lines[0] if lines else ""
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        remedy = (
            'put texts with the separator or quotes in them into "…", and double their quotes; '
            f"a cell has at most {csv.field_size_limit():,} characters"
        )
        raise ConfigError([Problem("not-csv", f"not CSV: {error}", line, remedy, file=file)]) from (
            error
        )


def _of_row(columns: Sequence[str], cells: Sequence[str], line: int) -> Iterator[Statement]:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        what = f"its row has {len(cells)} cells for {len(columns)} columns"
        yield Statement(BROKEN, what, Evidence("pages.csv", line, "pages.csv"))
        return
    for name, cell in zip(columns, cells, strict=False):
        if name in FIELDS and cell.strip():
            yield Statement(name, cell, Evidence("pages.csv", line, f"pages.csv: {name}"))


def _is_captured(page: str) -> bool:
    """Whether ``page`` is a folder of captured pages, of which somebody knows who has all paths."""
    return page.startswith(f"{FOLDER}/")


def _keeps_back(rule: PageRule) -> bool:
    """Whether ``rule`` keeps pages, or their pictures, from somebody."""
    return rule.access == "paid" or "own-site" in {rule.rights, rule.image_rights}


def _pattern(pattern: str, root: str) -> Pattern:
    return Pattern(pattern.removeprefix(root.rstrip("/") + "/").removeprefix("./"))


def _matches(path: str, patterns: Iterable[Pattern]) -> bool:
    return any(pattern.matches(path) for pattern in patterns)


def _said(rule: PageRule, number: int, path: str) -> Iterator[Statement]:
    """The statements of a rule about the page at ``path``."""
    url = _filled(rule.url, path)
    values: dict[str, str | tuple[str, ...]] = {
        "url": url,
        "language": rule.language,
        "access": rule.access,
        "rights": rule.rights,
        "image_rights": rule.image_rights,
        "categories": rule.categories,
    }
    for field, value in values.items():
        if value:
            evidence = Evidence("site.toml", 0, f"[[pages]] rule {number}: {field}")
            yield Statement(field, value, evidence)


def _hints(rule: PageRule, number: int) -> Iterator[Hint]:
    """What a rule says of how pages are read, in its order."""
    for field in _GUIDED:
        for value in getattr(rule, field):
            yield Hint(field, value, f"[[pages]] rule {number}: {field}")


def _filled(template: str, path: str) -> str:
    page = PurePosixPath(path)
    folder = "" if str(page.parent) == "." else str(page.parent)
    if not folder:
        template = template.replace("{folder}/", "")
    values = {"stem": stem_of(path), "name": page.name, "folder": folder, "path": path}
    return re.sub(r"\{(stem|name|folder|path)\}", lambda match: quote(values[match[1]]), template)
