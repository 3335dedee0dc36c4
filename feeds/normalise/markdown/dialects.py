"""What other programs write in Markdown that is none: made Markdown, or named and taken out.

Rules
- Links between notes (``[[…]]``) are their words, since their addresses are known to that program
  alone; what is embedded that way is dropped. Comments, places for contents, and attributes
  (``{: .lead}``) are dropped.
- Boxes (``:::``, ``!!!``, ``> [!NOTE]``) are what stands in them, below their own title in bold.
- Formulas are code. ``==`` marks nothing that a feed could show; ``^`` and ``~`` raise and lower
  what stands right behind a letter; a single ``~`` around words strikes them out.
- A dollar is money unless what follows is written as TeX writes it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable

from feeds.normalise.markdown.pieces import Piece, in_words, titled
from feeds.normalise.markdown.rewriting import Rewriting

_MARKUP = "markup of another program"
_CONTENTS = "place for a table of contents"
_COMMENT = "comment"
_SIGNS = re.compile(
    r"^(?P<contents>[ \t]*(?:(?i:\[TOC\])|(?i:\[\[_?TOC_?\]\])|@\[(?i:TOC)\]\([^)\n]*\)|\$\{toc\}"
    r"|(?:[-*+]|\d{1,3}\.)[ \t][^\n]{0,200}\n[ \t]*\{:[ \t]*toc[^}\n]{0,50}\})[ \t]*)$"
    r"|^(?P<box>[ \t>]*:{3,}(?P<kind>[ \t]*(?:\{[^}\n]*\}|[A-Za-z][\w-]*)?)(?P<title>[^\n]*))$"
    r"|^(?P<callout>(?P<quote>[ \t>]*>[ \t]?)\[!(?P<name>[\w-]+)\][+-]?[ \t]*(?P<words>[^\n]*))$"
    r"|^(?P<leaf>::[A-Za-z][\w-]*(?:\[[^\]\n]*\])?(?:\{[^}\n]*\})?[ \t]*)$"
    r"|^(?P<abbreviation>\*\[(?P<short>[^\]\n]{1,60})\]:(?P<long>[^\n]*))$"
    r"|^(?P<heading> {0,3}#{2,6})(?=[^#\s])"
    r"|(?<!\\)(?P<wiki>!?\[\[(?!\[))"
    r"|(?<![\w%])(?P<comment>%%)(?!%)"
    r"|(?P<unread>\{::(?:comment|nomarkdown|options)\b[^}\n]{0,200}\}|\{:/\w*\})"
    r"|(?P<attributes>\{:(?:(?!\}\})[^{}\n]){0,300}\}"
    r"|(?:(?<=[)\]*_`\"])|(?=[^\n]{0,200}\}[ \t]*$)|(?=\{[ \t]*[.#]))\{(?=[ \t]*[.#\w])"
    r"(?:[ \t]*(?:[.#][A-Za-z][\w:-]*|[A-Za-z][\w-]*=(?:\"[^\"\n]*\"|'[^'\n]*'|[\w./%-]+)))+"
    r"[ \t]*\})"
    r"|(?<!\\)(?P<formula>\$\$?)"
    r"|(?P<mark>={2,})"
    r"|(?<=[A-Za-z0-9)\]])(?P<raised>\^(?P<up>[\w+-]{1,20})\^)(?!\^)"
    r"|(?<=[A-Za-z)])(?P<lowered>~(?P<down>[\w+-]{1,10})~)(?![~\w]*~)"
    r"|(?<![\w~\\])(?P<struck>~)(?=[^\s~])"
    r"|(?P<end>~)"
    r"|(?<=\S)(?P<note>\^)(?=\[[^\]\n])"
    r"|(?<=\S)(?P<place>[ \t]\^[A-Za-z0-9-]{4,40})[ \t]*$"
    r"|(?<![\w:])(?P<directive>:[a-z][\w-]*\[(?P<label>[^\]\n]*)\](?:\{[^}\n]*\})?)"
    r"|(?<![\w:])(?P<emoji>:(?P<sign>[a-z][a-z0-9_]{1,30}|[+-]1):)(?![\w:])",
    re.MULTILINE,
)
_WIKI = re.compile(r"([^\[\]\n]{1,500})\]\]")
_FORMULA = re.compile(r"\$(?![\s$])((?:[^$\n\\]|\\[^\n]){1,300}?)(?<!\s)\$(?!\d)")
_IS_FORMULA = re.compile(r"\\[A-Za-z]|[\^_][{\w\\]|^[^\d].*=|^[A-Za-z]$")
_URL_BEFORE = re.compile(r"://[^\s)\]>]*$")
_MARKED = re.compile(r"(?<![!<>])==(?=[^\s=])(?:[^=\n]|=(?!=)){0,500}?[^\s=](==)(?!=)")
_STRUCK = re.compile(r"~(?:[^~\n]{0,300}[^\s~\n])(~)(?![\w~])")
_TITLE = re.compile(r"\[([^\]\n]*)\]|[\"'](.*)[\"']$|(.*)")
_ADMONITION = re.compile(
    r"( {0,3})(?:!!!|\?\?\?\+?)[ \t]+([A-Za-z][\w -]*?)?[ \t]*(\"[^\"\n]*\")?[ \t]*"
)
_EMOJI = {
    "smile": "😄", "grin": "😁", "joy": "😂", "wink": "😉", "heart": "❤️", "tada": "🎉",
    "+1": "👍", "-1": "👎", "thumbsup": "👍", "thumbsdown": "👎", "clap": "👏", "pray": "🙏",
    "eyes": "👀", "star": "⭐", "zap": "⚡", "point_right": "👉", "x": "❌", "boom": "💥",
    "white_check_mark": "✅", "raised_hands": "🙌", "wave": "👋", "muscle": "💪", "cry": "😢",
    "ok_hand": "👌", "camera": "📷", "email": "✉️", "phone": "☎️", "bulb": "💡", "memo": "📝",
    "pushpin": "📌", "thinking": "🤔",
}  # fmt: skip


class Dialects(Rewriting):
    """A source without the markup of other programs; ``abbreviations``: what they stand for."""

    signs = _SIGNS

    def __init__(self, source: str, pieces: list[Piece], *, draws: bool = True) -> None:
        """``draws``: ``:smile:`` is a character."""
        super().__init__(_without_admonitions(source), pieces)
        self._draws = draws
        self.abbreviations: dict[str, str] = {}
        self._closing: dict[int, str] = {}

    def look(self, sign: re.Match[str]) -> int:
        """What is to be done about ``sign``; where to go on from."""
        kind = next(name for name in _KINDS if sign[name] is not None)
        begin, end = sign.span(kind)
        if (words := self._closing.pop(begin, None)) is not None:
            return self.replace(begin, end, words)
        if kind not in _LINES and self._is_in_address(begin):
            return end
        return _KINDS[kind](self, sign, begin, end)

    def _is_in_address(self, place: int) -> bool:
        return self.is_address(place) or bool(_URL_BEFORE.search(self.before(place)))

    def _contents(self, _: re.Match[str], begin: int, end: int) -> int:
        return self.drop(begin, end, _CONTENTS)

    def _markup(self, _: re.Match[str], begin: int, end: int) -> int:
        return self.drop(begin, end, _MARKUP)

    def _box(self, sign: re.Match[str], begin: int, end: int) -> int:
        said = sign["title"] if sign["box"] is not None else sign["words"]
        title = _TITLE.match(said.strip().rstrip(":").strip())
        words = next(filter(None, title.groups()), "") if title else ""
        quote = sign["quote"] or ""
        self.name(begin, end, _MARKUP)
        if not words or words.startswith("{"):
            return self.replace(begin, end, quote)
        self.replace(begin, begin, quote)
        return self.put(begin, end, titled(words))

    def _abbreviation(self, sign: re.Match[str], begin: int, end: int) -> int:
        means = in_words(" ".join(sign["long"].split()), self.pieces)
        self.abbreviations.setdefault(sign["short"].strip(), means)
        return self.drop(begin, end, _MARKUP)

    def _heading(self, sign: re.Match[str], begin: int, end: int) -> int:
        return self.replace(begin, end, f"{sign['heading']} ")

    def _wiki(self, _: re.Match[str], begin: int, after: int) -> int:
        link = _WIKI.match(self.source, after)
        if link is None:
            return after
        end = link.end()
        if self.source[begin] == "!":
            return self.drop(begin, end, _MARKUP)
        if self.source[end : end + 1] in ("(", "["):
            return after  # [[1]](address)
        return self.replace(begin, end, _words_of(link[1]))

    def _comment(self, _: re.Match[str], begin: int, after: int) -> int:
        end = self.source.find("%%", after, after + 5000)
        if end < 0:
            return after
        self.name_lines(begin, end + 2, _COMMENT)
        return self.replace(begin, end + 2, "")

    def _unread(self, _: re.Match[str], begin: int, after: int) -> int:
        if not self.source.startswith("{::comment", begin):
            return self.drop(begin, after, _MARKUP)
        end = max(after, self.source.find("{:/", after, after + 5000))
        self.name_lines(begin, end, _COMMENT)
        return self.replace(begin, end, "")

    def _formula(self, _: re.Match[str], begin: int, after: int) -> int:
        if after - begin == len("$$"):
            end = self.find("$$", after, 5000)
            if end < 0:
                return after
            return self._code(begin, end + 2, self.source[after:end].strip())
        found = _FORMULA.match(self.source, begin)
        if found is None or not _IS_FORMULA.search(found[1]):
            return after
        return self._code(*found.span(), found[1])

    def _code(self, begin: int, end: int, words: str) -> int:
        return self.put(begin, end, Piece("code", in_words(words, self.pieces)))

    def _mark(self, _: re.Match[str], begin: int, after: int) -> int:
        found = _MARKED.match(self.source, begin) if after - begin == len("==") else None
        if found is None:
            return after
        self._closing[found.start(1)] = ""
        return self.replace(begin, after, "")

    def _raise(self, sign: re.Match[str], begin: int, end: int) -> int:
        return self.put(begin, end, Piece("html", f"<sup>{html.escape(sign['up'])}</sup>"))

    def _lower(self, sign: re.Match[str], begin: int, end: int) -> int:
        return self.put(begin, end, Piece("html", f"<sub>{html.escape(sign['down'])}</sub>"))

    def _strike(self, _: re.Match[str], begin: int, after: int) -> int:
        found = _STRUCK.match(self.source, begin)
        if found is None:
            return after
        self._closing[found.start(1)] = "~~"
        return self.replace(begin, after, "~~")

    def _pass(self, _: re.Match[str], __: int, end: int) -> int:
        return end

    def _note(self, _: re.Match[str], begin: int, end: int) -> int:
        return self.replace(begin, end, " ")

    def _directive(self, sign: re.Match[str], begin: int, end: int) -> int:
        return self.replace(begin, end, sign["label"])

    def _emoji(self, sign: re.Match[str], begin: int, end: int) -> int:
        drawn = _drawn(sign["sign"]) if self._draws else ""
        return self.replace(begin, end, drawn) if drawn else end


_LINES = ("contents", "box", "callout", "leaf", "abbreviation", "heading")
_KINDS: dict[str, Callable[[Dialects, re.Match[str], int, int], int]] = {
    "contents": Dialects._contents,
    "box": Dialects._box,
    "callout": Dialects._box,
    "leaf": Dialects._markup,
    "abbreviation": Dialects._abbreviation,
    "heading": Dialects._heading,
    "wiki": Dialects._wiki,
    "comment": Dialects._comment,
    "unread": Dialects._unread,
    "attributes": Dialects._markup,
    "formula": Dialects._formula,
    "mark": Dialects._mark,
    "raised": Dialects._raise,
    "lowered": Dialects._lower,
    "struck": Dialects._strike,
    "end": Dialects._pass,
    "note": Dialects._note,
    "place": Dialects._markup,
    "directive": Dialects._directive,
    "emoji": Dialects._emoji,
}


def _words_of(link: str) -> str:
    """What people see of a link between notes: its label, else the name of the note."""
    target, _, label = link.replace("\\|", "|").partition("|")
    if label.strip():
        return label.strip()
    note, _, heading = target.partition("#")
    note = note.rpartition("/")[2].removesuffix(".md").strip()
    return note or heading.strip("^ ")


def _drawn(name: str) -> str:
    """The character that ``:name:`` stands for; empty if there is none."""
    if name in _EMOJI:
        return _EMOJI[name]
    words = name.replace("_", " ").upper()
    for called in (words, f"{words} FACE", f"{words} SIGN"):
        try:
            drawn = unicodedata.lookup(called)
        except KeyError:
            continue
        if unicodedata.category(drawn) == "So":
            return drawn
    return ""


def _without_admonitions(source: str) -> str:
    """``source``, in which what stands indented below ``!!! note`` is a box like others."""
    if "!!! " not in source and "???" not in source:
        return source
    lines = source.split("\n")
    depths: list[int] = []
    is_code = False
    for number, line in enumerate(lines):
        is_code ^= line.lstrip().startswith(("```", "~~~"))
        indent = len(line) - len(line.lstrip(" "))
        while depths and line.strip() and indent < depths[-1]:
            depths.pop()
        inner = line[depths[-1] :] if depths and line.strip() else line
        if not is_code and (opening := _ADMONITION.fullmatch(inner)):
            title = (opening[3] or "").strip('"')
            lines[number] = f"::: {(opening[2] or 'note').split()[0]} {title}".rstrip()
            depths.append((depths[-1] if depths else 0) + len(opening[1]) + 4)
        else:
            lines[number] = inner
    return "\n".join(lines)
