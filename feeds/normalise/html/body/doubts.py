"""Whether much of an article may be missing from its text.

Rules
- What a page states for machines as its text is compared with what was read. Where hardly any of
  it was, the page is held: readers would get a stub.
- Where a good part of the prose around the text was left out, and no rule is sure of what that is,
  or others hold it for text, an editor is told.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from feeds.model.problem import Problem, Weight
from feeds.normalise import verdicts
from feeds.normalise.html import dom
from feeds.normalise.html.body.select import Selection
from feeds.normalise.html.body.witness import Witness, words_in
from feeds.normalise.verdicts import HEADLINE, TEXT

_LEAST, _HALF, _STUB = 60, 0.5, 0.2
_MUCH = 0.5
_NO_LOSS = frozenset(
    (
        TEXT,
        HEADLINE,
        verdicts.KEPT_CAPTION,
        verdicts.SAID_AGAIN,
        verdicts.COMMENTS,
    )
)
_UNSURE = frozenset((verdicts.OUTSIDE, verdicts.BESIDE, verdicts.ANOTHER_ARTICLE))
_REMEDY = "save the page again when it has loaded, or as plain text"


def unheard(witness: Witness) -> list[Problem]:
    """What is doubtful about a text for which trafilatura couldn't be asked, since it failed."""
    if not witness.failure:
        return []
    what = f"trafilatura failed on the page ({witness.failure}), and the text was found without it"
    return [Problem("witness-failed", what, 0, "compare the text with the page")]


def doubts_of(selection: Selection, stated: str, *, paid: bool) -> list[Problem]:
    """What is doubtful about the text; ``stated`` is what the page states as its text.

    ``paid``: whether the page says that its text isn't for everybody.
    """
    read = [piece.words for piece in selection.pieces if piece.verdict == TEXT]
    line = dom.line_of(selection.scope)
    words = words_in(stated)
    share = Witness(read).share(words) if len(words) >= _LEAST else 1.0
    if share < _HALF:
        what = f"{share:.0%} of what the JSON-LD states as the article's text is in what was read"
        weight: Weight = "hold" if share < _STUB and not paid else "doubt"
        return [Problem("text-incomplete", what, line, _REMEDY, weight=weight)]
    inside = set(selection.scope.iter())
    left = sum(
        len(piece.words)
        for piece in selection.pieces
        if piece.is_prose
        and (piece.verdict in _UNSURE or (piece.is_held and piece.verdict not in _NO_LOSS))
        and piece.block in inside
    )
    if left > _MUCH * (of_text := sum(map(len, read))) > 0:
        what = (
            f"much prose of the page was left out: {left:,} characters, and {of_text:,} were read"
        )
        return [Problem("text-incomplete", what, line, _REMEDY)]
    return []


def no_text(heading: HtmlElement | None, *, is_word: bool) -> Problem:
    """What is said of a page without a text below its ``heading``; ``is_word``: it is a .docx."""
    return Problem(
        "no-text",
        "no text of an article was found",
        dom.line_of(heading) if heading is not None else 0,
        "write the text below the headline"
        if is_word
        else "save the page again when it has loaded, or as plain text",
        weight="hold",
    )


def no_headline(*, is_word: bool) -> Problem:
    """What is said of a page without a headline; ``is_word``: it is a .docx."""
    remedy = "give the headline the style Title or Heading 1 in Word"
    return Problem(
        "no-headline",
        "no headline",
        remedy=remedy if is_word else "give the page an h1 or og:title",
        weight="hold",
    )
