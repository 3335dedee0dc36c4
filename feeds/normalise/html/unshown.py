"""The text that a page states for machines: in words, and as elements where the page shows none.

Rules
- It is what its JSON-LD calls the text, else what its own scripts have for showing it.
- It is the article's text only where the page shows next to nothing, and nothing of it: such a
  page is put together by a script. Of one that shows its beginning, the rest isn't for everybody;
  nor is it where the page is paid for, or asks for payment.
- An editor is told.
"""

from __future__ import annotations

import html
import re
from typing import Any

from lxml.html import HtmlElement

from feeds.model.problem import Problem
from feeds.normalise.html import depth, dom, parsing, script_data, visible
from feeds.normalise.html.attributes import Attributes
from feeds.normalise.html.body import scope
from feeds.normalise.html.body.doubts import doubts_of, unheard
from feeds.normalise.html.body.select import Selection, select
from feeds.normalise.html.body.witness import Witness, words_in
from feeds.normalise.html.claims.jsonld import JsonLd
from feeds.normalise.html.guided import mute
from feeds.normalise.verdicts import TEXT
from feeds.normalise.words import names
from feeds.text import characters

_RULE, _OF_SCRIPTS = "articleBody of the JSON-LD", "data of the page's scripts"
_KEY = "articleBody"
_LONGEST = 500_000
_FEWEST, _NEXT_TO_NOTHING, _NOTHING = 60, 30, 0.1
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BLOCK = re.compile(r"<(?:p|br|div|li|h[1-6])\b", re.IGNORECASE)


def select_text(
    parts: scope.Parts, jsonld: JsonLd, source: str, described: Witness, *, paid: bool
) -> tuple[Selection, list[Problem]]:
    """The text of the page with this ``source``, and what is doubtful about it.

    ``described``: what the page says that it is about; ``paid``: whether it isn't for everybody.
    """
    stated = _stated(jsonld)
    words = _words_of(stated)
    parts.witness.add([words])
    doubts = unheard(parts.witness)
    found = None
    if told := parts.told.body:
        found = select(told.element, parts.title, parts.witness, described, parts.rules, told.rule)
        if not any(piece.verdict == TEXT for piece in found.pieces):
            found = None
            doubts.append(mute(told, "no text"))
    if found is None:
        found = select(parts.tree, parts.title, parts.witness, described, parts.rules)
    if paid or (words and not _is_unshown(found, parts.tree, words)):
        return found, [*doubts, *doubts_of(found, words, paid=paid)]
    line, rule = jsonld.script.line_of(_KEY), _RULE
    if not words:
        data = script_data.find_text(source) if _shows_nothing(found) else None
        if data is None or not _is_unshown(found, parts.tree, _words_of(data.markup)):
            return found, [*doubts, *doubts_of(found, words, paid=paid)]
        stated, line, rule = data.markup, data.line, _OF_SCRIPTS
        words = _words_of(stated)
    _show(stated, parts.tree, line)
    found = select(parts.tree, parts.title, Witness([words]), described, parts.rules)
    found.rule = rule
    what = f"the page shows no text; what was read is what it states for machines ({rule})"
    remedy = "compare the text with the page in a browser"
    return found, [*doubts, Problem("text-only-stated", what, line, remedy)]


def _shows_nothing(found: Selection) -> bool:
    """Whether next to no word of the page is text."""
    read = " ".join(piece.words for piece in found.pieces if piece.verdict == TEXT)
    return len(words_in(read)) <= _NEXT_TO_NOTHING


def _words_of(stated: str) -> str:
    """What a text says whose markup, or words, are ``stated``."""
    return characters.cleaned(html.unescape(_TAG.sub(" ", stated)))


def _stated(jsonld: JsonLd) -> str:
    """What the page's JSON-LD has for the article's text, as it is written."""
    stated: Any = (jsonld.article or {}).get(_KEY)
    if not isinstance(stated, str):
        return ""
    stated = stated[:_LONGEST]
    return stated if "<" in stated else html.unescape(stated)


def _is_unshown(selection: Selection, tree: HtmlElement, words: str) -> bool:
    """Whether the page shows none of ``words`` and hardly any others, and asks for no payment."""
    wanted = words_in(words)
    if len(wanted) < _FEWEST:
        return False
    read = [piece.words for piece in selection.pieces if piece.verdict == TEXT]
    found = words_in(" ".join(read))
    return (
        len(found) <= _NEXT_TO_NOTHING
        and Witness(read).share(wanted) < _NOTHING
        and Witness([words]).share(found) < _NOTHING
        and not any(dom.is_called(element, names.PAYWALL) for element in tree.iter())
    )


def _show(stated: str, tree: HtmlElement, line: int) -> None:
    """Puts the text ``stated``, which begins on ``line`` of the page, at the end of ``tree``."""
    lines = (html.escape(part) for part in stated.splitlines() if part.strip())
    source = stated if _BLOCK.search(stated) else "".join(f"<p>{one}</p>" for one in lines)
    try:
        root, _ = parsing.root_of(f"<html><body><div>{source}</div></body></html>")
    except parsing.NoTreeError:
        return
    depth.flatten(root, visible.is_hidden)
    body = root.find("body")
    if body is None:
        return
    visible.prune(body, Attributes(body.iter()))
    for element in body.iter():
        element.sourceline = line
    tree.extend(list(body))
