"""``source/theme/``: what gives a newsroom's pages for people looks of their own.

A stylesheet that is loaded behind the program's (``theme.css``), templates that take the place of
the program's, and pictures. The app never reads the folder: ``publish`` does, and the files go
into the ledger with the configuration.

Rules
- Nothing outside the newsroom's folder is read.
- What can't be used is named and left out, and costs that file alone.
- So much is read and no more: ``_MOST`` files, ``_LARGEST`` bytes each, ``_ROOM`` all together.
- What is called README or LICENCE is passed over.
- No script: what browsers may run of these pages came with the program.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from feeds.model.problem import Problem
from feeds.newsroom import files

FOLDER = "theme"
STYLESHEET = "theme.css"
TEMPLATES = ("base.html", "feed.html", "gone.html", "index.html", "nothing.html", "story.html")
"""The program's templates whose place another may take."""
VARIABLES = frozenset(
    "site language formats most_in_full discoverable title_of direction ours theirs in_language to "
    "static has_stylesheet licence address_of link_of lead date_of day_in_words wanted rate_of "
    "readers host feed feeds in_full sections more days top members shown revision entry content "
    "standfirst picture changed notice is_paid own_url open_graph json_ld name_of older newer gone "
    "heading explanation snippet has_news".split()
)
"""What templates are given, all pages together."""
_OF_JINJA = {"_", "gettext", "ngettext", "dict", "cycler", "joiner", "namespace"}
_PICTURES = ("svg", "png", "jpg", "jpeg", "webp", "avif", "gif", "ico")
_MOST = 60
_LARGEST = 256 * 1024
_ROOM = 1024 * 1024
_PASSED_OVER = re.compile(r"\.|README|LICEN[CS]E|.*~\Z", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+")
_ACTIVE = re.compile(
    rb"[\0\x1b]|&#|<!entity|encoding\s*=\s*[\"'](?!utf-8[\"'])"  # what hides words
    rb"|<\s*(?:script|foreignobject|iframe)|[\s/\"']on[a-z]+\s*=|javascript\s*:",
    re.IGNORECASE,
)
"""What in an SVG image would do something if somebody opened it by itself."""
_ELSEWHERE = re.compile(r"@import|url\(\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)


class Theme(msgspec.Struct, frozen=True, omit_defaults=True):
    """The files of a theme by name, checked, and what is ``wrong`` with it.

    ``key`` changes whenever either does; it is empty where there is no theme.
    """

    key: str = ""
    files: dict[str, bytes] = {}
    wrong: tuple[Problem, ...] = ()

    @property
    def templates(self) -> dict[str, str]:
        """The templates by name."""
        return {name: self.files[name].decode() for name in TEMPLATES if name in self.files}

    @property
    def served(self) -> dict[str, bytes]:
        """What browsers load of it: all but the templates."""
        return {name: body for name, body in self.files.items() if name not in TEMPLATES}


def signature(root: Path) -> str:
    """Changes whenever the theme in ``root`` may have; empty without one. It costs a look a file.

    So a run with nothing new reads no file of it, and compiles no template.
    """
    try:
        with os.scandir(root / FOLDER) as items:
            return "|".join(sorted(_signed(item) for item in items))
    except OSError:
        return ""


def _signed(item: os.DirEntry[str]) -> str:
    try:
        status = item.stat()
    except OSError:  # a link to nothing, say: named when the theme is loaded
        return item.name
    return f"{item.name}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def load_theme(root: Path) -> Theme:
    """The theme in the newsroom's folder ``root``, as far as it can be used; raises nothing."""
    folder = root / FOLDER
    if not files.is_folder(folder):
        return Theme()
    found: dict[str, bytes] = {}
    wrong: list[Problem] = []
    room = _ROOM
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        return _keyed({}, [_left_out("", f"can't be listed: {error.strerror}", "")])
    names = [name for name in names if not _PASSED_OVER.match(name)]
    if len(names) > _MOST:
        what = f"its {len(names):,} files are more than a theme may have ({_MOST})"
        wrong.append(_left_out("", what, f"the first {_MOST} by name are taken; delete some"))
    for name in names[:_MOST]:
        try:
            _refuse_unknown(name)
            if not Path(os.path.realpath(folder / name)).is_relative_to(os.path.realpath(root)):
                told = "a link to a file outside the newsroom's folder"
                raise _UnusableError(told, "copy the file here")
            data = files.read_regular(folder / name, _LARGEST)
            if len(data) > room:
                told = f"all its files together are more than {_ROOM:,} bytes"
                raise _UnusableError(told, "make pictures smaller")
            wrong += _doubts(name, data)
        except _UnusableError as error:
            wrong.append(_left_out(name, error.what, error.remedy, error.line))
        except OSError as error:
            remedy = "make it smaller, or let the user who publishes read it"
            wrong.append(_left_out(name, error.strerror or "can't be read", remedy))
        else:
            room -= len(data)
            found[name] = data
    return _keyed(found, wrong)


class _UnusableError(Exception):
    def __init__(self, what: str, remedy: str, line: int = 0) -> None:
        super().__init__(what)
        self.what, self.remedy, self.line = what, remedy, line


def _keyed(found: dict[str, bytes], wrong: list[Problem]) -> Theme:
    told = [*found.items(), *((str(problem), b"") for problem in wrong)]
    key = hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:32] if told else ""
    return Theme(key, found, tuple(wrong))


def _refuse_unknown(name: str) -> None:
    """Raises _UnusableError for a file that is called as none of a theme is."""
    ending = name.rpartition(".")[2].lower()
    is_known = name in {STYLESHEET, "style.css", *TEMPLATES} or ending in _PICTURES
    if is_known and _NAME.fullmatch(name):
        return
    if is_known:
        raise _UnusableError("its name has other letters than a-z, 0-9, - and _", "rename it")
    if ending == "html":
        remedy = f"templates are called {', '.join(TEMPLATES)}"
    elif ending == "css":
        remedy = f"write its rules into {STYLESHEET}"
    else:
        remedy = f"a theme has {STYLESHEET}, templates and pictures ({', '.join(_PICTURES)})"
    raise _UnusableError("this can be no part of a theme", remedy)


def _doubts(name: str, data: bytes) -> Iterator[Problem]:
    """What is doubtful about a file; raises _UnusableError if it can't be used."""
    if name.lower().endswith(".svg") and _ACTIVE.search(data):
        raise _UnusableError("it does something when it is opened", "save it as a plain picture")
    if not name.endswith((".css", ".html")):
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _UnusableError("not UTF-8", "save it as UTF-8") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if _ELSEWHERE.search(line):
            what = "browsers load nothing of other hosts here, nor by @import"
            yield _problem(name, what, "put the picture into the theme", number)
    if name.endswith(".html"):
        for unknown, place in _unknown_names(text):
            remedy = "docs/theme.md has the names of what there is"
            yield _problem(name, f"nothing is called '{unknown}' here", remedy, place)


def _unknown_names(text: str) -> list[tuple[str, int]]:
    """What the template ``text`` asks for that no page has, and in which line.

    Raises _UnusableError if it is none.
    """
    from jinja2 import TemplateSyntaxError, meta  # late: few newsrooms have templates of their own
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(extensions=["jinja2.ext.i18n"])
    try:
        environment.compile(text)
        asked = meta.find_undeclared_variables(environment.parse(text))
    except TemplateSyntaxError as error:
        what = f"no template: {error.message}"
        raise _UnusableError(what, "correct the line", error.lineno) from error
    except (RecursionError, SyntaxError, ValueError) as error:
        raise _UnusableError(f"no template: {error}", "write it more simply") from error
    lines = list(enumerate(text.splitlines(), start=1))
    unknown = sorted(asked - VARIABLES - _OF_JINJA)
    return [
        (name, next((number for number, line in lines if re.search(rf"\b{name}\b", line)), 0))
        for name in unknown
    ]


def _left_out(name: str, what: str, remedy: str, line: int = 0) -> Problem:
    return msgspec.structs.replace(_problem(name, what, remedy, line), weight="loss")


def _problem(name: str, what: str, remedy: str, line: int) -> Problem:
    file = f"{FOLDER}/{name}" if name else FOLDER
    return Problem("theme-file", what, line, remedy, file=file)
