"""Files that nobody would write, made of files that somebody did.

Each is a function of a seed and a number, and of nothing else: whoever has these has the file.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.fuzz.pieces import NASTY, OF_KIND
from tests.fuzz.seeds import seeds
from tests.fuzz.structured import another_value

_TOKEN = re.compile(
    r"<[^<>]{0,300}>|&[#\w]{1,12};|\[\[?[\w.]+\]?\]|\"[^\"\n]{0,200}\"|\w+|[^\S\n]+|\n|.", re.DOTALL
)
_LARGE = (64_000, 256_000, 1_000_000)
_EVERY = 25
"""One of so many files is large."""
_STRICT = {"json", "decisions", "site", "table", "front matter"}
"""What one wrong character makes unreadable as a whole."""
_MOST = 6
"""So many mutations has a file at most."""
_ENCODINGS = (
    "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1251", "koi8-r", "cp1252",
    "iso8859-9", "shift_jis", "gb18030", "euc-kr", "utf-7", "cp037",
)  # fmt: skip
_LIES = (
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00",
    b'<?xml version="1.0" encoding="utf-16"?>', b'<meta charset="utf-7">',
    b'<meta http-equiv=content-type content="text/html; charset=x-user-defined">',
    b'<?xml version="1.0" encoding="rot13"?>', b'<meta charset="unicode_escape">',
    b'<meta charset="idna">', b'<meta charset="hex">', b'<meta charset="\x00">',
)  # fmt: skip


def mutated(kind: str, seed: int, number: int) -> bytes:
    """The file ``number`` of the ``kind`` that ``seed`` gives."""
    chance = random.Random(f"{seed}/{kind}/{number}")
    whole = chance.choice(seeds(kind))
    text = whole.decode("utf-8", "surrogateescape")
    if number % _EVERY == _EVERY - 1:
        text = _grown(text, kind, chance)
    keeps_form = kind in _STRICT and chance.random() < 0.7
    for _ in range(chance.randint(1, _MOST)):
        change = another_value if keeps_form or chance.random() < 0.2 else chance.choice(_OF_TEXT)
        text = change(text, kind, chance)
    data = text.encode("utf-8", "surrogatepass" if _has_lone(text) else "surrogateescape")
    if not keeps_form and chance.random() < 0.2:
        data = chance.choice(_OF_BYTES)(data, chance)
    return data


def _has_lone(text: str) -> bool:
    return re.search("[\ud800-\udc7f\udd00-\udfff]", text) is not None


def _span(tokens: list[str], chance: random.Random, most: int = 12) -> slice:
    if not tokens:
        return slice(0, 0)
    start = chance.randrange(len(tokens))
    return slice(start, start + chance.randint(1, most))


def _piece(kind: str, chance: random.Random) -> str:
    pieces = OF_KIND.get(kind, ())
    return chance.choice(pieces if pieces and chance.random() < 0.6 else NASTY)


def _changed(change: Callable[[list[str], str, random.Random], None]) -> _Mutation:
    """A mutation of a part of the text: of its tokens, or of its lines."""

    def mutation(text: str, kind: str, chance: random.Random) -> str:
        at = chance.randint(0, max(0, len(text) - _WINDOW))
        head, part, tail = text[:at], text[at : at + _WINDOW], text[at + _WINDOW :]
        lines = chance.random() < 0.3
        tokens = part.splitlines(keepends=True) if lines else _TOKEN.findall(part)
        change(tokens, kind, chance)
        return head + "".join(tokens) + tail

    return mutation


_Mutation = Callable[[str, str, random.Random], str]
_WINDOW = 8_000


def _insert(tokens: list[str], kind: str, chance: random.Random) -> None:
    tokens.insert(chance.randint(0, len(tokens)), _piece(kind, chance))


def _replace(tokens: list[str], kind: str, chance: random.Random) -> None:
    if tokens:
        tokens[chance.randrange(len(tokens))] = _piece(kind, chance)


def _replace_like(tokens: list[str], kind: str, chance: random.Random) -> None:
    """Puts something nasty where words, numbers or quoted texts are, and no blanks or marks."""
    places = [at for at, token in enumerate(tokens) if token[:1].isalnum() or token[:1] == '"']
    if places:
        at = chance.choice(places)
        piece = _piece(kind, chance)
        tokens[at] = f'"{piece}"' if tokens[at].startswith('"') and chance.random() < 0.7 else piece


def _delete(tokens: list[str], _: str, chance: random.Random) -> None:
    del tokens[_span(tokens, chance)]


def _double(tokens: list[str], _: str, chance: random.Random) -> None:
    part = _span(tokens, chance, 40)
    tokens[part.start : part.start] = tokens[part] * chance.choice((1, 1, 1, 2, 30, 300))


def _move(tokens: list[str], _: str, chance: random.Random) -> None:
    part = _span(tokens, chance)
    moved = tokens[part]
    del tokens[part]
    at = chance.randint(0, len(tokens))
    tokens[at:at] = moved


def _splice(tokens: list[str], kind: str, chance: random.Random) -> None:
    other = chance.choice(seeds(kind))[:_WINDOW].decode("utf-8", "surrogateescape")
    theirs = _TOKEN.findall(other)
    at = chance.randint(0, len(tokens))
    tokens[at:at] = theirs[_span(theirs, chance, 200)]


def _truncate(text: str, _: str, chance: random.Random) -> str:
    return text[: chance.randint(0, len(text))]


def _nest(text: str, kind: str, chance: random.Random) -> str:
    opened, closed = chance.choice(_NESTS.get(kind, _NESTS["html"]))
    depth = chance.choice((3, 30, 300, 3_000))
    at = chance.randint(0, len(text))
    return text[:at] + opened * depth + text[at:] + closed * chance.choice((0, depth))


_NESTS = {
    "html": [
        (f"<{name}>", f"</{name}>")
        for name in "div p b a ul span table li td blockquote article section font svg h1".split()
    ],
    "markdown": [("> ", ""), ("- ", ""), ("*", "*"), ("[", "]"), ("![", "](a)"), ("**a ", "**")],
    "json": [("[", "]"), ('{"items":', "}"), ('"', '"')],
    "decisions": [("[", "]"), ("{a=", "}"), ("a.", "")],
    "site": [("[", "]"), ("{a=", "}"), ("a.", "")],
    "front matter": [("[", "]"), ("{a: ", "}"), ("- ", ""), ("a.", ""), ("? ", "")],
    "table": [('"', '"'), ('""', ""), (",", "")],
    "rss": [("<item>", "</item>"), ("<a>", "</a>"), ("<![CDATA[", "]]>"), ("&lt;b&gt;", "")],
    "atom": [
        ("<entry>", "</entry>"),
        ("<div>", "</div>"),
        ("<content type='xhtml'>", "</content>"),
    ],
    "sitemap": [("<url>", "</url>"), ("<loc>", "</loc>"), ("<a>", "</a>"), ("<![CDATA[", "]]>")],
    "links": [("<a href=/a>", "</a>"), ("<nav>", "</nav>"), ("<h2>", "</h2>"), ("<li>", "</li>")],
    "text": [("(", ")"), ("«", "»"), ("- ", "")],
    "log": [('"', '"'), ("\\", ""), ("[", "]")],
}


def _other_ends(text: str, _: str, chance: random.Random) -> str:
    return text.replace("\n", chance.choice(("\r\n", "\r", "\u2028", "\x0b", "\x85", "\n\n", " ")))


def _grown(text: str, kind: str, chance: random.Random) -> str:
    """A large file: a piece of the text, or another, again and again, in the midst of it."""
    tokens = (
        text.splitlines(keepends=True) if chance.random() < 0.4 else _TOKEN.findall(text[:_WINDOW])
    )
    piece = "".join(tokens[_span(tokens, chance, 20)])
    if chance.random() < 0.3 or not piece:
        piece = _piece(kind, chance)
    size = chance.choice(_LARGE)
    head, tail = text[: chance.randint(0, len(text))], text[chance.randint(0, len(text)) :]
    count = size // max(1, len(piece.encode("utf-8", "surrogatepass"))) + 1
    if chance.random() < 0.4:
        return head + "".join(_numbered(piece, number) for number in range(count)) + tail
    return head + piece * count + tail


def _numbered(piece: str, number: int) -> str:
    """``piece`` told from its like by a number in its last word."""
    words = re.split(r"(\w+)", piece, maxsplit=1)
    return f"{words[0]}{words[1]}{number}{words[2]}" if len(words) == 3 else f"{piece}{number}"


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _encode(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(_ENCODINGS), "replace")


def _lie(data: bytes, chance: random.Random) -> bytes:
    return chance.choice(_LIES) + (_encode(data, chance) if chance.random() < 0.5 else data)


def _cut(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    return data[start : start + chance.randint(0, len(data))]


_OF_TEXT: tuple[_Mutation, ...] = (
    *map(_changed, (_insert, _insert, _replace, _replace_like, _replace_like, _replace_like)),
    *map(_changed, (_delete, _double, _move, _splice)),
    _truncate,
    _nest,
    _other_ends,
)
_OF_BYTES = (_flip, _flip, _encode, _lie, _cut)
