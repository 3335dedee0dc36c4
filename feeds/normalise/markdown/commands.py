"""Commands of other programs in a Markdown page: understood, or named and taken out.

Rules
- Liquid, Nunjucks, Hugo and MDX (``{% … %}``, ``{{ … }}``, ``{{< … >}}``, ``import``) are known by
  their braces. Pictures, players and code that they make are pieces of the text; addresses are put
  together where they can be; all else is dropped, by name.
- What stands between two commands is text, but for comments, loops and what is put elsewhere.
- What has no end takes its line along if it looks like a command, else its braces alone.
"""

from __future__ import annotations

import re

from feeds.normalise.markdown import addresses
from feeds.normalise.markdown.arguments import arguments_in
from feeds.normalise.markdown.pieces import Piece, shown
from feeds.normalise.markdown.rewriting import Rewriting

_COMMAND = "shortcode of another program"
_TEMPLATE = "template of another program"
_SCRIPT = "script"
_DRAWING = "source of a drawing"
_COMMENT = "comment"
_GONE = {
    "comment": _COMMENT, "for": _TEMPLATE, "tablerow": _TEMPLATE, "macro": _TEMPLATE,
    "capture": _TEMPLATE, "javascript": _SCRIPT, "js": _SCRIPT, "style": _SCRIPT, "css": _SCRIPT,
    "stylesheet": _SCRIPT, "schema": _SCRIPT, "mermaid": _DRAWING, "plantuml": _DRAWING,
}  # fmt: skip
"""What stands in these is shown nowhere, or not as it stands there."""
_VERBATIM = frozenset(("raw", "verbatim"))
_CODE = frozenset((
    "highlight", "code", "codeblock", "prism", "math", "katex", "mathjax", "latex",
))  # fmt: skip
_INCLUDES = frozenset(("include", "include_relative", "include_cached", "partial", "render"))
_ENDS = {"{{<": ">}}", "{{%": "%}}", "{{": "}}", "{%": "%}", "{#": "#}", "{/*": "*/}"}
_LONGEST, _LONGEST_BODY = 1000, 100_000
_TAG = re.compile(r"[\s-]*(/?)\s*([A-Za-z_][\w./-]*)?(.*)", re.DOTALL)
_FILE = re.compile(r"\s*[\"']?(?:[\w./-]*/)?([\w-]+)(?:\.\w+)*[\"']?(?:\s+|$)")
_IN_TAG = re.compile(r"<[A-Za-z][\w.-]*(?:\s[^<>]*)?=$")
_LOOKS_LIKE_ONE = re.compile(r"[\s-]*[/.$\"'(]?[A-Za-z_]")
_TEXT = re.compile(r"[\s-]*/\*(.*)\*/[\s-]*", re.DOTALL)
_SIGNS = (
    r"(?P<command>\{\{<|\{\{%|\{\{+|\{%|\{#(?=[^\n]{0,500}?#\})|\{/\*)"
    r"|(?P<file>\{(?:filename|static|attach|category|tag|author|index)\}|\|filename\|)"
    r"|(?P<value>(?<==)\{(?!\{))"
    r"|^(?P<module>import[ \t]+(?:[\w*{}, \t$]+from[ \t]*)?[\"'][^\"'\n]+[\"'];?[ \t]*$"
    r"|export[ \t]+(?:const|let|var|function|async|class|default|\{)[^\n]*[=({][^\n]*$)"
    r"|(?P<component></?[A-Z]\w*(?:\.\w+)+(?:\s[^<>\n]*)?>|</?>)"
)
_OF_MDX = r"|(?P<braces>\{)"
_BRACE = re.compile(r"[{}\n]")


class Commands(Rewriting):
    """A source whose commands are replaced; with ``is_mdx`` single braces are commands as well."""

    def __init__(self, source: str, pieces: list[Piece], *, is_mdx: bool = False) -> None:
        super().__init__(source, pieces)
        self.signs = _OF_MDX_FILES if is_mdx else _OF_ALL
        self._endless: dict[str, int] = {}

    def look(self, sign: re.Match[str]) -> int:
        """What is to be done about ``sign``; where to go on from."""
        kind = sign.lastgroup
        if kind == "command":
            return self._command(sign.start(), sign.end(), sign["command"])
        if kind == "file":
            if not self.is_address(sign.start()):
                return sign.end()
            following = self.source[sign.end() : sign.end() + 1]
            return self._make(*sign.span(), addresses.of_file(sign[0], following))
        if kind in ("value", "braces"):
            return self._expression(sign.start())
        if kind == "module":
            after = self.source.find("\n\n", sign.start())
            is_whole = sign[0].count("{") <= sign[0].count("}")
            end = sign.end() if is_whole else after if after > 0 else len(self.source)
            return self.drop(sign.start(), end, _SCRIPT)
        return self.drop(*sign.span(), _COMMAND)

    def _command(self, begin: int, after: int, opening: str) -> int:
        if opening.startswith("{{{"):
            if len(opening) > len("{{{"):
                return self.drop(begin, after, _COMMAND)
            opening = "{{"
        closing = _ENDS[opening]
        inner_end = self.find(closing, after)
        again = self.source.find(opening[:2], after, max(after, inner_end))
        if inner_end < 0 or (again >= 0 and opening != "{/*"):
            if opening in ("{#", "{/*"):
                return after
            return self._unclosed(begin, after)
        inner, end = self.source[after:inner_end], inner_end + len(closing)
        if self.source.startswith("}", end) and self.source.startswith("{{{", begin):
            end += 1
        if opening in ("{#", "{/*") or (opening == "{{" and inner.lstrip(" -").startswith("/*")):
            return self.drop(begin, end, _COMMENT)
        if opening == "{{":
            if self.is_address(begin):
                return self._make(begin, end, addresses.expressed(inner.strip(" -\n")))
            return self.drop(begin, end, _COMMAND, self._attribute(begin))
        if opening != "{%" and (text := _TEXT.fullmatch(inner)):
            return self.put(begin, end, Piece("text", opening + text[1] + closing))
        return self._tag(begin, end, opening, inner)

    def _attribute(self, begin: int) -> str:
        """What has to stand at ``begin`` if nothing does, so that a tag around it is one."""
        return '""' if _IN_TAG.search(self.before(begin)) else ""

    def _unclosed(self, begin: int, after: int) -> int:
        if _LOOKS_LIKE_ONE.match(self.source, after):
            end = self.source.find("\n", after)
            return self.drop(begin, len(self.source) if end < 0 else end, _COMMAND)
        return self.drop(begin, after, _COMMAND)

    def _make(self, begin: int, end: int, part: str) -> int:
        """Puts the ``part`` of an address in the place of what stands for it."""
        if addresses.UNMADE in part:
            self.name(begin, end, "address that another program makes")
        return self.replace(begin, end, part)

    def _tag(self, begin: int, end: int, opening: str, inner: str) -> int:
        match = _TAG.fullmatch(inner)
        is_end, name, rest = match.groups() if match else ("", "", "")
        name, rest = name or "", rest.strip().removesuffix("-")
        key = name.casefold()
        if self.is_address(begin):
            return self._make(begin, end, addresses.commanded(name, rest))
        if is_end or key.startswith("end"):
            return self.drop(begin, end, _COMMAND)
        rule = _TEMPLATE if key == "set" and "=" not in rest else _GONE.get(key, "")
        if rule or key in _VERBATIM or key in _CODE:
            closing = self._closing(opening, name, end)
            if closing is None:
                return self.drop(begin, end, _COMMAND)
            if key in _VERBATIM:
                return self._verbatim(begin, end, closing)
            if key in _CODE:
                body = self.source[end : closing.start()].strip("\n").rstrip()
                return self.put(begin, closing.end(), Piece("code", body))
            self.name(begin, end, _COMMAND)
            self.name_lines(end, closing.start(), rule)
            self.name(*closing.span(), _COMMAND)
            return self.replace(begin, closing.end(), "")
        if key in _INCLUDES and (file := _FILE.match(rest)):
            key, rest = file[1].casefold(), rest[file.end() :]
        piece = shown(key, arguments_in(rest))
        return self.put(begin, end, piece) if piece else self.drop(begin, end, _COMMAND)

    def _verbatim(self, begin: int, end: int, closing: re.Match[str]) -> int:
        """What stands between is Markdown, and no command."""
        self.drop(begin, end, _COMMAND)
        self.replace(end, closing.start(), self.source[end : closing.start()])
        return self.drop(*closing.span(), _COMMAND)

    def _closing(self, opening: str, name: str, begin: int) -> re.Match[str] | None:
        """The command that ends ``name``, behind ``begin``."""
        wanted = f"{opening} {name}"
        if begin >= self._endless.get(wanted, len(self.source)):
            return None
        called = re.escape(name)
        pattern = rf"\{{%-?\s{{0,9}}end{called}\s{{0,9}}-?%\}}"
        if opening != "{%":
            pattern = rf"\{{\{{[<%]-?\s{{0,9}}/\s{{0,9}}{called}\s{{0,9}}-?[>%]\}}\}}"
        found = re.compile(pattern).search(self.source, begin, begin + _LONGEST_BODY)
        if found is None:
            self._endless[wanted] = begin
        return found

    def _expression(self, begin: int) -> int:
        """Single braces, and what stands in them."""
        depth = 0
        if self.source.find("}", begin, begin + _LONGEST) < 0:
            return begin + 1
        for brace in _BRACE.finditer(self.source, begin, begin + _LONGEST):
            if brace[0] == "\n" and self.source.startswith("\n", brace.end()):
                break
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            if not depth and brace[0] == "}":
                words = self._attribute(begin)
                if self.source[begin - 1 : begin] == "=" and not words:
                    break
                return self.drop(begin, brace.end(), _COMMAND, words or " ")
        return begin + 1


_OF_ALL = re.compile(_SIGNS, re.MULTILINE)
_OF_MDX_FILES = re.compile(_SIGNS + _OF_MDX, re.MULTILINE)
