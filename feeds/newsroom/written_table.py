"""Rows of pages.csv, as an editor writes them at the desk about pages that are no text.

Rules
- All other rows and columns keep what they say. A column that isn't there comes behind them.
- What is written is read again before it is kept.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from feeds.model.errors import PageError
from feeds.newsroom import folder
from feeds.newsroom.captured import page_of
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.whole import PRIVATE
from feeds.newsroom.written_page import write_for_editor
from feeds.text.path_patterns import composed

_SIGN = "\ufeff"


def with_row(table: str, path: str, fields: Mapping[str, str]) -> str:
    """``table``, the text of a pages.csv, in which the row of ``path`` says ``fields`` besides.

    An empty value takes out what it says. Raises PageError if it isn't CSV with a first line.
    """
    sign = _SIGN if table.startswith(_SIGN) else ""
    first = table.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        rows = list(
            csv.reader(StringIO(table.removeprefix(_SIGN), newline=""), delimiter=delimiter)
        )
    except csv.Error as error:
        remedy = "mend it first"
        raise PageError(f"not CSV: {error}", file=folder.TABLE, remedy=remedy) from error
    header, *others = rows or [["path"]]
    names = [name.strip().casefold() for name in header]
    if "path" not in names:
        remedy = "name the columns"
        raise PageError("its first line has no column 'path'", file=folder.TABLE, remedy=remedy)
    for name in fields:
        if name not in names:
            header, names = [*header, name], [*names, name]
    at = names.index("path")
    said = (one for one in others if len(one) > at)
    row = next((one for one in said if composed(page_of(one[at].strip())) == path), None)
    if row is None:
        row = [path if name == "path" else "" for name in names]
        others.append(row)
    row += [""] * (len(names) - len(row))
    for name, value in fields.items():
        row[names.index(name)] = value
    made = StringIO()
    csv.writer(made, delimiter=delimiter, lineterminator="\n").writerows([header, *others])
    return sign + made.getvalue()


def state_in_table(root: Path, path: str, fields: Mapping[str, str]) -> None:
    """Writes ``fields`` of the page at ``path`` into the pages.csv of ``root``.

    Raises PageError, and has written nothing, if they can't be said there, or it can't be written;
    ConfigError if what is there can't be read.
    """
    place = root / folder.TABLE
    found = folder.beside(root, folder.TABLE)
    data = folder.read_file(root, found) if found else b""
    Outside((), root.as_posix(), data, str(place))  # raises for what it couldn't read
    made = with_row(data.decode(), composed(page_of(path)), fields).encode()
    said = {one.field: one.value for one in Outside((), root.as_posix(), made, str(place)).of(path)}
    for name, value in fields.items():
        if value and said.get(name) != value:
            remedy = f"write it into {folder.TABLE}"
            raise PageError(f"'{name}' can't be said there", file=path, remedy=remedy)
    write_for_editor(place, made, PRIVATE)
