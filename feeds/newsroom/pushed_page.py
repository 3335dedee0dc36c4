"""Pages that another program hands in, a CMS for instance: what it sends becomes a file.

Rules
- A story is one file, whatever is sent of it later: it is called by the story's id, or its address.
- What is stated stands above the page as front matter; of a page of HTML nothing else is changed.
- What is sent as a story's own text is all of it that story's: a list within is none of the site's.
- What is written is read again before it is kept, and has to say what was sent.
- Every such page claims an id, or a ledger that is built again would make one of its last headline.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import msgspec
from markupsafe import escape

from feeds.model.errors import PageError
from feeds.newsroom import files, folder, space
from feeds.newsroom.whole import give_if_root
from feeds.newsroom.written_page import LISTS, write_for_editor
from feeds.readers import ONE_STORY, decoding, front_matter, read_page
from feeds.text import characters
from feeds.text.words import words

FOLDER = "pushed"
TEXTS = ("html", "text")
"""What the words of a story may be called; there is one of both."""
_CHARACTERS = 12
_LONGEST_NAME = 40
_LONGEST_VALUE = 5000
_MOST_VALUES = 100
_MARK = "---"
_NAMED = "a story"
_SEVERAL = {*LISTS, *front_matter.RECORDINGS}
Value = str | Sequence[str] | Mapping[str, str]


class Pushed(NamedTuple):
    """What was sent of a story: ``stated``, by the names of front matter, and its page's HTML."""

    stated: dict[str, Value]
    html: str

    def said(self, name: str) -> str:
        """The text that was stated as ``name``; empty for none."""
        value = self.stated.get(name, "")
        return value if isinstance(value, str) else ""


def story_of(data: bytes) -> Pushed:
    """The story in ``data``, an object of JSON: fields of front matter, and ``html`` or ``text``.

    Raises PageError that says what of it can't be used.
    """
    try:
        sent = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PageError(f"this is no JSON: {error}", file=_NAMED) from error
    if not isinstance(sent, dict):
        raise PageError("expected an object, with a title and a text", file=_NAMED)
    texts = {name: sent.pop(name) for name in TEXTS if sent.get(name) is not None}
    for name, text in texts.items():
        if not isinstance(text, str):
            raise PageError("expected a text in quotes", file=_NAMED, field=name)
    texts = {name: text for name, text in texts.items() if text.strip()}
    stated = _stated(sent)
    if len(texts) > 1:
        raise PageError("expected html or text, and there are both", file=_NAMED)
    if not texts and stated.get("status") != "retracted":
        raise PageError("it has no text", file=_NAMED, remedy="send its html, or its text")
    if not stated.get("title"):
        raise PageError("it has no title", file=_NAMED, field="title", remedy="send one")
    body = texts.get("html", "") or _paragraphs(texts.get("text", ""))
    return Pushed(stated, _page(stated, body))


def page_of(data: bytes, charset: str, said: Mapping[str, Sequence[str]]) -> Pushed:
    """The page of HTML in ``data``, in ``charset`` if that is known, and what is ``said`` of it.

    Raises PageError for what can't be stated.
    """
    text = decoding.decoded(data, charset or decoding.declaration(data)).text
    single = {name: value[0] if len(value) == 1 else list(value) for name, value in said.items()}
    return Pushed(_stated(single), text)


def _stated(sent: Mapping[str, Any]) -> dict[str, Value]:
    """What front matter is to say; what is null or empty says nothing."""
    stated: dict[str, Value] = {}
    for name, value in sent.items():
        if name not in front_matter.FIELDS:
            close = front_matter.nearest_field(name)
            known = ", ".join((*front_matter.FIELDS, *TEXTS))
            raise PageError(
                "no field of a story",
                file=_NAMED,
                field=characters.cleaned(name)[:_LONGEST_NAME],
                remedy=f"did you mean '{close}'?" if close else f"known: {known}",
            )
        if value in (None, "", [], {}):
            continue
        told = _value(name, value)
        if len(told) > _MOST_VALUES and not isinstance(told, str):
            raise PageError(f"more than {_MOST_VALUES} of them", file=_NAMED, field=name)
        if told:
            stated[name] = told
    return stated


def _value(name: str, value: Any) -> Value:
    if isinstance(value, str) or (name == "id" and type(value) is int):
        return _line(name, str(value))
    if name in _SEVERAL and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return [line for one in value if (line := _line(name, one))]
    if (
        name in front_matter.RECORDINGS
        and isinstance(value, dict)
        and all(isinstance(one, str) for one in value.values())
    ):
        return {_line(name, key): _line(name, one) for key, one in value.items()}
    expected = "a text, or a list of texts" if name in _SEVERAL else "a text"
    raise PageError(f"expected {expected}", file=_NAMED, field=name)


def _line(name: str, text: str) -> str:
    """``text`` as one line, whatever kinds of line ends YAML knows, of what it can have."""
    line = " ".join(characters.cleaned(text).split())
    if len(line) > _LONGEST_VALUE:
        raise PageError(f"more than {_LONGEST_VALUE:,} characters", file=_NAMED, field=name)
    return line


def _paragraphs(text: str) -> str:
    blocks = "\n".join(text.splitlines()).split("\n\n")
    shown = (str(escape(block.strip())).replace("\n", "<br>\n") for block in blocks)
    return "\n".join(f"<p>{one}</p>" for one in shown if one)


def _page(stated: Mapping[str, Value], body: str) -> str:
    title = escape(str(stated["title"]))
    return (
        f'<!doctype html>\n<html>\n<head><meta charset="utf-8">{ONE_STORY}'
        f"<title>{title}</title></head>\n"
        f"<body>\n<article>\n<h1>{title}</h1>\n{body}\n</article>\n</body>\n</html>\n"
    )


def path_called(label: str, name: str) -> str:
    """Where the story lies in the newsroom's folder that is known by ``name``.

    ``label``, an id or an address, is what somebody who looks into the folder may know it by.
    """
    told = label.partition("://")[2].partition("?")[0].partition("#")[0] or label
    last = unquote(told.rstrip("/").rpartition("/")[2])
    stem = "-".join(words(last).split())[:_LONGEST_NAME].strip("-")
    return f"{FOLDER}/{stem or 'story'}-{_digest(name)}.html"


def claimed_id(authority: str, name: str) -> str:
    """The id of a story whose sender knows it by ``name``: a number, or its address."""
    return f"tag:{authority}:{_digest(name)}"


def _digest(name: str) -> str:
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest).decode().lower()[:_CHARACTERS]


def written(path: str, pushed: Pushed) -> bytes:
    """The file at ``path`` that has what was ``pushed``; raises PageError if none can."""
    stated = pushed.stated
    above = [f"{name}: {msgspec.json.encode(value).decode()}" for name, value in stated.items()]
    data = "\n".join([_MARK, *above, _MARK, pushed.html]).encode("utf-8-sig", "replace")
    said = {one.field: one.value for one in read_page(path, data).statements}
    if why := said.get(front_matter.BROKEN):
        raise PageError(f"it can't be written above a page: {why}", file=_NAMED)
    for name, value in stated.items():
        meant = value if isinstance(value, str) else tuple(value)
        if not isinstance(value, Mapping) and said.get(name) != meant:
            raise PageError("this can't be said above a page", file=_NAMED, field=name)
    return data


def states(root: Path, path: str) -> str | None:
    """The id that the page at ``path`` in ``root`` claims, empty for none; None without a page.

    Raises PageError if it can't be read.
    """
    found = folder.page(root, path)
    if found is None:
        return None
    text = decoding.decoded(folder.read_file(root, found), "").text
    for one in front_matter.split_front_matter(path, text).statements:
        if one.field == "id":
            return one.value if isinstance(one.value, str) else ""
    return ""


def keep(root: Path, path: str, data: bytes, before: str) -> bool:
    """Writes ``data`` into the page at ``path`` in ``root``; whether it is another one than before.

    ``before`` is where it was until now, empty for nowhere. Raises FeedsError if it can't be
    written.
    """
    place, old = root / path, root / before if before else None
    try:
        with space.explained(place, len(data)):
            is_new = not files.is_there(place.parent)
            place.parent.mkdir(exist_ok=True)
            if place.parent.is_symlink():
                remedy = "put a folder of the newsroom's there"
                raise PageError("it is a link to another folder", file=FOLDER, remedy=remedy)
            if is_new:
                give_if_root(place.parent, root)
            is_same = (
                files.is_file(place)
                and place.stat().st_size == len(data)
                and files.read_regular(place) == data
            )
            if not is_same:
                write_for_editor(place, data)
            if old and old != place:
                old.unlink(missing_ok=True)
    except OSError as error:
        remedy = "let this user write there"
        raise PageError(f"can't be written: {error.strerror}", file=path, remedy=remedy) from error
    return not is_same
