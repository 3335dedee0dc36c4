"""Pages as an editor writes them at the desk: front matter above one, or a new one.

Rules
- What is written is read again before it is kept: it has to say what was meant, and the page has to
  be a page. Else the file stays as it is.
- A file's time of modification stays: it may be all that says when a page was saved.
- A new page takes no other's place, whatever it is called.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

import msgspec

from feeds.model.errors import FeedsError, PageError
from feeds.newsroom import files, folder
from feeds.newsroom.whole import USUAL, write_whole
from feeds.readers import front_matter, read_page
from feeds.text.words import words

WRITABLE = (".txt", ".md", ".markdown")
"""Pages above which front matter may be written, by the ends of their names."""
HANDED_IN = (*WRITABLE, ".html", ".htm", ".docx")
"""What may be handed in as a page."""
STATED = ("title", "date", "authors", "categories", "url", "summary", "language", "image", "status",
          "embargo", "access", "rights", "image_rights")  # fmt: skip
"""What may be written above a page."""
LISTS = frozenset(["authors", "categories"])
"""Of these there may be several."""
_LONGEST_NAME = 60
_MOST_OF_A_NAME = 100
_MOST_OF_A_HEAD = 60
"""So many lines are shown of a head that nothing ends."""
_END = re.compile(r"[ \t]*(?:---|\+\+\+|\.\.\.)[ \t]*")
_KEY = r"^[ \t]*+[\"']?{}[\"']?[ \t]*+{}"
Value = str | Sequence[str]


def with_front_matter(path: str, text: str, fields: Mapping[str, Value]) -> str:
    """``text``, the page at ``path``, with front matter that says ``fields`` besides the rest.

    An empty value takes a line out. Raises PageError where that can't be said there, since there is
    something that isn't understood, or in lines that only a person can change.
    """
    lines = text.split("\n")
    before = front_matter.split_front_matter(path, text)
    if any(one.field == front_matter.BROKEN for one in before.statements):
        raise _unwritable(path, "its front matter can't be read", "mend it in the file first")
    top = lines[: before.length]
    mark = next((line.strip() for line in top if line.strip()), "---")
    if mark not in {"---", "+++"}:
        raise _unwritable(path, "its first lines are another program's", "change them in the file")
    sign = "=" if mark == "+++" else ":"
    body = _between(top, mark) if top else []
    for key, value in fields.items():
        body = _stated(path, body, key, value, sign)
    made = [mark, *body, mark] if any(line.strip() for line in body) else []
    return "\n".join([*made, *lines[before.length :]])


def _between(top: Sequence[str], mark: str) -> list[str]:
    first = next(number for number, line in enumerate(top) if line.strip() == mark)
    return list(top[first + 1 : -1])


def _stated(path: str, body: Sequence[str], key: str, value: Value, sign: str) -> list[str]:
    """``body``, the lines of front matter, with one that says ``value`` of ``key``."""
    keys = "authors?" if key == "authors" else re.escape(key)
    pattern = re.compile(_KEY.format(keys, sign), re.IGNORECASE)
    at = next((number for number, line in enumerate(body) if pattern.match(line)), len(body))
    if body[at + 1 : at + 2] and re.match(r"[ \t]+\S|-[ \t]", body[at + 1]):
        raise _unwritable(
            path,
            f"what it says of '{key}' takes several lines",
            "only the file itself has room for it",
        )
    between = " = " if sign == "=" else ": "
    row = [f"{key}{between}{msgspec.json.encode(value).decode()}"] if value else []
    return [*body[:at], *row, *body[at + 1 :]]


def _unwritable(path: str, what: str, remedy: str) -> PageError:
    return PageError(what, file=path, remedy=remedy)


def state(root: Path, path: str, fields: Mapping[str, Value], seen: str) -> None:
    """Writes ``fields`` above the page at ``path`` in ``root``, which somebody saw as ``seen``.

    Raises FeedsError if it is another one by now, PageError as above, and if it
    can't be written.
    """
    _write_again(root, path, seen, lambda data: _encoded(path, data, fields))


def _write_again(root: Path, path: str, seen: str, change: Callable[[bytes], bytes]) -> None:
    found = folder.page(root, path)
    if found is None or not path.lower().endswith(WRITABLE):
        raise _unwritable(path, "nothing can be written above this page", "name one of text")
    data = folder.read_file(root, found)
    if found.signature != seen:
        raise FeedsError(
            "the page changed meanwhile; nothing was written", file=path, code="page-changed"
        )
    made = change(data)
    place = root / path
    status = place.stat()
    write_for_editor(place, made)
    os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))


def head_of(path: str, text: str) -> list[str]:
    """The first lines of ``text``, the page at ``path``, that are to be front matter and are none.

    Nothing where they can be read. Where no line ends them, those up to the first blank one.
    """
    split = front_matter.split_front_matter(path, text)
    if all(one.field != front_matter.BROKEN for one in split.statements):
        return []
    lines = text.split("\n")[:_MOST_OF_A_HEAD]
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    ends = (n for n, line in enumerate(lines[first + 1 :], first + 2) if _END.fullmatch(line))
    blank = (n for n, line in enumerate(lines[first + 1 :], first + 1) if not line.strip())
    return lines[: max(split.length, next(ends, next(blank, len(lines))))]


def mend_head(root: Path, path: str, after: str, seen: str) -> None:
    """Writes ``after`` in place of what ``head_of`` has of the page at ``path``.

    Raises FeedsError as ``state`` does, and if they can't be understood so either.
    """

    def mended(text: str) -> str:
        before = head_of(path, text)
        made = "\n".join([after.strip("\n"), *text.split("\n")[len(before) :]])
        split = front_matter.split_front_matter(path, made)
        wrong = [one for one in split.statements if one.field == front_matter.BROKEN]
        if not before or wrong:
            what = str(wrong[0].value) if wrong else "there is nothing to mend"
            raise _unwritable(path, what, "nothing was written")
        return made

    _write_again(root, path, seen, lambda data: _with_text(path, data, mended))


def _with_text(path: str, data: bytes, change: Callable[[str], str]) -> bytes:
    sign = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    try:
        text = data[len(sign) :].decode()
    except UnicodeDecodeError as error:
        raise _unwritable(path, "it is not UTF-8", "save it as UTF-8 first") from error
    ends = "\r\n" if "\r\n" in text else "\n"
    made = change(text.replace("\r\n", "\n")).replace("\n", ends)
    read_page(path, made.encode())
    return sign + made.encode()


def _encoded(path: str, data: bytes, fields: Mapping[str, Value]) -> bytes:
    """The bytes of a page with ``fields`` above it, which are read again."""
    sign = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    try:
        text = data[len(sign) :].decode()
    except UnicodeDecodeError as error:
        raise _unwritable(path, "it is not UTF-8", "save it as UTF-8 first") from error
    ends = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    plain = text.replace(ends, "\n")
    length = front_matter.split_front_matter(path, plain).length
    above = with_front_matter(path, plain, fields).removesuffix(_below(plain, "\n", length))
    made = above.replace("\n", ends) + _below(text, ends[-1], length)
    page = read_page(path, made.encode())
    said = {one.field: one.value for one in page.statements}
    for key, value in fields.items():
        meant = value if isinstance(value, str) else tuple(value)
        if meant and said.get(key) != meant:
            raise _unwritable(path, f"'{key}' can't be said there", "write it into the file")
    return sign + made.encode()


def _below(text: str, end: str, length: int) -> str:
    """What of ``text`` stands below its first ``length`` lines, which ``end`` so."""
    return "".join(text.split(end, length)[length:])


def refuse_no_page(name: str, data: bytes) -> None:
    """Raises PageError for what no reader takes of files that somebody hands in."""
    given = PurePosixPath(name.replace("\\", "/")).name
    if PurePosixPath(given).suffix.lower() not in HANDED_IN:
        known = ", ".join(HANDED_IN)
        raise PageError("no such file is a page", file=given[:_MOST_OF_A_NAME], remedy=known)
    read_page(given, data)


def add_page(root: Path, name: str, data: bytes, day: date) -> str:
    """Puts ``data`` into the folder as a new page; returns its path in ``root``.

    It is called by the ``day`` and what of ``name`` is letters and digits. Raises PageError for
    what no reader takes, and if it can't be written.
    """
    given = PurePosixPath(name.replace("\\", "/")).name
    suffix = PurePosixPath(given).suffix.lower()
    refuse_no_page(name, data)
    stem = "-".join(words(given[: -len(suffix)]).split())[:_LONGEST_NAME].strip("-") or "page"
    for number in range(1, _MOST_OF_A_NAME):
        path = f"{day.isoformat()}-{stem}{'' if number == 1 else f'-{number}'}{suffix}"
        if not files.is_there(root / path):
            write_for_editor(root / path, data)
            return path
    raise PageError("there are too many of that name", file=given, remedy="call it otherwise")


def write_for_editor(place: Path, data: bytes, made: int = USUAL) -> None:
    """Writes ``data`` into the file at ``place``, whose permissions are ``made`` if it is new.

    Raises PageError if that can't be, or if it is a link, which leads to somebody else's file.
    """
    if place.is_symlink():
        raise PageError("it is a link to another file", file=str(place), remedy="change that one")
    try:
        write_whole(place, data, made)
    except OSError as error:
        raise PageError(
            f"can't be written: {error.strerror}",
            file=str(place),
            remedy="let this user write there",
        ) from error
