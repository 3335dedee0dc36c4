"""Copies of a line in other scripts: letter by letter, so that its shape stays."""

from __future__ import annotations

import hashlib
import re

_LETTERS = {
    "el": "αβγδεζηθικλμνξοπρστυφχψω",  # Greek
    "ru": "абвгдежзиклмнопрстуфхцчшы",  # Russian
    "ka": "აბგდევზთიკლმნოპრსტუფქღყშ",  # Georgian
    "hy": "աբգդեզէըթժիլխծկհձղճմյնշո",  # Armenian
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلم",  # Arabic
    "fa": "ابپتثجچحخدذرزسشفقکگلمنوی",  # Persian
    "he": "אבגדהוזחטיכלמנסעפצקרשתןם",  # Hebrew
    "hi": "कखगघचछजझटठडढतथदधनपफबभमयर",  # Hindi
    "zh": "",
    "ko": "",
}
SCRIPTS = tuple(_LETTERS)
_CASELESS = frozenset("ka ar fa he hi".split())
_STOPS = {"hy": "։", "hi": "।"}
_WIDE_MARKS = {".": "。", ",": "，", "?": "？", "!": "！"}
_STOP = re.compile(r"\.(?=\s|$)")
_PIECES = re.compile(r"\w+|[^\w\s]|\s")
_FIRST = {"zh": (0x4E00, 2000), "ko": (0xAC00, 2000)}


def in_script(text: str, script: str) -> str:
    """``text`` in letters of ``script``, the same for the same words."""
    if script in _FIRST:
        return _wide(text, script)
    letters = _LETTERS[script]
    found = []
    for sign in text:
        if not sign.isalpha():
            found.append(sign)
            continue
        letter = letters[(ord(sign.lower()[0]) * 7 + 3) % len(letters)]
        found.append(letter.upper() if sign.isupper() and script not in _CASELESS else letter)
    copy = "".join(found)
    if script in _STOPS:
        copy = _STOP.sub(_STOPS[script], copy)
    return copy.replace("?", "؟").replace(",", "،") if script in ("ar", "fa") else copy


def _wide(text: str, script: str) -> str:
    """``text`` in a script that needs few signs a word, in Chinese without blanks."""
    first, count = _FIRST[script]
    found = []
    for piece in _PIECES.findall(text):
        if piece[:1].isalpha():
            seed = int(hashlib.sha256(piece.casefold().encode()).hexdigest(), 16)
            signs = max(1, min(3, (len(piece) + 1) // 3))
            found.append("".join(chr(first + (seed >> (11 * at)) % count) for at in range(signs)))
        elif script == "zh":
            found.append(_WIDE_MARKS.get(piece, piece.strip()))
        else:
            found.append(piece)
    return "".join(found)
