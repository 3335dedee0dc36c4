"""What no text is made of, and is taken out of every page before anything else looks at it.

Rules
- Forbidden: characters that XML forbids (XML 1.0, section 2.2), other control characters and
  noncharacters, and the escape sequences of terminals as a whole. An editor is told of these.
- Invisible: soft hyphens, zero-width blanks, byte order marks inside the text, marks of writing
  direction, tags. Word processors leave them behind; nobody need be told.
- The joiners U+200C and U+200D stay where they are spelling: after a letter of the Arabic or
  an Indic script, and inside emoji. So do the tags of a flag.
- White space of whatever kind is one blank. A vertical tab, form feed, next line or line
  separator inside a line is white space too.
- Nothing else is touched: letters aren't normalised, no word is repaired.
"""

from __future__ import annotations

from feeds.text.patterns import compile_late

# Classes of characters below U+10000 alone are tables to Python, and several times as fast.
_FORBIDDEN_CHARACTER = compile_late(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_FORBIDDEN = compile_late(
    f"{_FORBIDDEN_CHARACTER.pattern}"
    "(?:(?<=\x1b)(?:\\[[0-?]*[ -/]*[@-~]|\\][^\n\r\x07\x1b]*(?:\x07|\x1b\\\\)))?"
)
_INVISIBLE = compile_late(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_SUSPECT = compile_late(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_OBEYED = compile_late(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_TAG = compile_late("[\U000e0000-\U000e007f]")
_STRAY_TAGS = compile_late(f"(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|{_TAG.pattern}")
_STRAY_JOINERS = compile_late(
    "(?<![\u0600-\u08ff\u0900-\u109f\u1780-\u18af\u2600-\u27bf\ufb50-\ufdcf\ufe0f\ufe70-\ufefe"
    "\U0001f000-\U0001faff])[\u200c\u200d]"
)

_FORBIDDEN_BLANKS = "\x0b\x0c\x1c\x1d\x1e"

_LAST = 0x10FFFF
_REFERENCE = compile_late("&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}))")

# All that most pages are made of: the letters and marks of ASCII, and what ends lines.
_PLAIN = bytes((0x0A, 0x0D, *range(0x20, 0x7F)))
_LONG = 1000


def cleaned(text: str) -> str:
    """``text`` as one line, without what no text is made of; linear in its length."""
    if not text.isprintable():
        few = text.replace("\n", " ").replace("\t", " ")  # mostly all that there is
        if not few.isprintable():
            return " ".join(visible(allowed(text)).split())
        text = few
    # the space is the only blank that is printable
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        return " ".join(text.split())
    return text


def is_plain(text: str) -> bool:
    """Whether ``text`` has only visible characters, spaces and line ends; nothing is taken out."""
    return _not_plain(text).isprintable()


def _not_plain(text: str) -> str:
    """What of ``text`` is none of ``_PLAIN``: mostly little, and found by a table of bytes."""
    others = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return others.decode("utf-8", "surrogatepass")


def _has_forbidden(text: str) -> bool:
    if text.isprintable():
        return False
    # a class of characters takes longer, sign by sign, than to leave out those that most are
    few = _not_plain(text) if len(text) > _LONG else text
    return _FORBIDDEN_CHARACTER.search(few) is not None


def allowed(text: str) -> str:
    """``text`` without what is forbidden; its lines stay lines."""
    return _FORBIDDEN.sub("", text) if _has_forbidden(text) else text


def with_blanks(text: str) -> str:
    """``text`` with a space for each of Python's blanks that XML 1.0 forbids; lines stay lines."""
    for blank in _FORBIDDEN_BLANKS:
        text = text.replace(blank, " ")
    return text


def refers_to_forbidden(markup: str) -> bool:
    """Whether a character reference in ``markup`` stands for something that XML 1.0 forbids."""
    if "&#" not in markup:
        return False
    found = set(_REFERENCE.findall(markup))
    codes = {int(hexa, 16) if hexa else int(tens) for hexa, tens in found}
    return any(
        chr(code) in _FORBIDDEN_BLANKS or _FORBIDDEN.match(chr(code))
        for code in codes
        if code <= _LAST
    )


def visible(text: str) -> str:
    """``text`` without what nobody would see, blanks apart; its lines stay lines."""
    if text.isascii() or text.isprintable():
        return text
    if _SUSPECT.search(text):
        text = _STRAY_JOINERS.sub("", _INVISIBLE.sub("", text))
    return _STRAY_TAGS.sub(r"\1", text) if _TAG.search(text) else text


def allowed_in_markup(markup: str) -> str:
    """``markup`` without what is forbidden, character by character; its lines stay lines.

    The escape sequence of a terminal may begin in one tag and end in another: what is between
    stays, or what stood in quotes would be told to browsers.
    """
    if _has_forbidden(markup):
        markup = _FORBIDDEN_CHARACTER.sub("", markup)
    return with_blanks(markup)


def shown(text: str) -> str:
    """``text`` with what a terminal or browser would obey, or refuse, as an escape; lines stay."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def forbidden(text: str) -> tuple[int, int]:
    """How often something forbidden is in ``text``, and where first (-1 for nowhere)."""
    first = _FORBIDDEN.search(text) if _has_forbidden(text) else None
    return (len(_FORBIDDEN.findall(text)), first.start()) if first else (0, -1)
