"""What readers wrote below an article, which is none of its text.

Rules
- A heading that names or counts comments begins them, if what follows looks like them: lines with
  a time, a way to answer, a form. They go on to the end of the box that the heading begins, or of
  the one that it stands in.
- Words between a line with a time and one that invites to answer are a comment.
- What a template calls comments are some if it looks like that, even if it is longer than the text.
- Nothing above the first paragraph of the text is one.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from feeds.normalise import verdicts
from feeds.normalise.html import dom
from feeds.normalise.html.body import furniture, replies
from feeds.normalise.html.body.pieces import Piece
from feeds.normalise.verdicts import HEADLINE, TEXT
from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of, small
from feeds.text.dates import find

_NAMED = any_of(vocabulary.COMMENTS)
_NUMBER = r"\(?\d[\d.,]*\s?k?(?:件|条|條|个|개)?\)?"
_OF_COUNTS = rf"(?:{_NUMBER}\s?{_NAMED}|{_NAMED}[\s:：]*[（(]?\s?{_NUMBER}[）)]?)[\W_]*"
_OF_STORIES = rf"(?:{_NUMBER}|one)\s{any_of(vocabulary.COMMENTS_ON)}\s.{{1,160}}"
_OF_HEADINGS = rf"(?:{_NAMED}|{any_of(vocabulary.COMMENTS_ASKED)})[\W_]*"
_OF_ANSWERS = rf"{any_of(vocabulary.ANSWER)}[\W_\d]*"
_COUNTED = Words(rf"[\W_]*{_OF_COUNTS}")
_COUNTS = Words(rf"[\W_]*(?:{_OF_COUNTS}|{_OF_STORIES})")
_HEADING = Words(rf"[\W_]*{_OF_HEADINGS}")
_ANSWER = Words(rf"[\W_]*{_OF_ANSWERS}")
_ANY = Words(rf"[\W_]*(?:{_OF_COUNTS}|{_OF_STORIES}|{_OF_HEADINGS}|{_OF_ANSWERS})")
"""Any of these, which is asked of every line, of nearly all of them in vain."""
_AGO = Words(any_of(vocabulary.AGO, vocabulary.AGO_GLUED))
_LONGEST, _LONGEST_LINE = 200, 90
_NEXT, _NEAR, _FAR = 3, 5, 9


def mark(pieces: list[Piece], rules: furniture.Rules) -> None:
    """Gives what readers wrote below the text of ``pieces`` its verdict.

    ``rules`` knows what elements are by themselves.
    """
    headline = max((p for p, piece in enumerate(pieces) if piece.verdict == HEADLINE), default=-1)
    first = next(
        (
            place
            for place, piece in enumerate(pieces)
            if place > headline and piece.verdict == TEXT and piece.is_prose
        ),
        len(pieces),
    )
    if first == len(pieces):
        return
    _mark_called(pieces, first, rules)
    replies.mark(pieces, first)
    text = first
    for place in range(first + 1, len(pieces)):
        piece = pieces[place]
        if piece.verdict == verdicts.COMMENTS:
            continue
        lowered = small(piece.words) if len(piece.words) <= _LONGEST else ""
        is_sign = bool(lowered) and _ANY.for_text(lowered).fullmatch(lowered) is not None
        if is_sign and (end := _end_of(pieces, place, text, lowered)):
            for comment in pieces[place:end]:
                comment.verdict = verdicts.COMMENTS
        elif is_sign and _ANSWER.for_text(lowered).fullmatch(lowered):
            for comment in pieces[_beginning_of(pieces, place, first) : place + 1]:
                comment.verdict = verdicts.COMMENTS
        elif piece.verdict == TEXT:
            text = place


def _mark_called(pieces: list[Piece], first: int, rules: furniture.Rules) -> None:
    """Marks what passes for text, and stands in what a template calls comments."""
    boxes: dict[HtmlElement, HtmlElement | None] = dict.fromkeys(
        (pieces[first].block, *pieces[first].block.iterancestors())
    )
    called: dict[HtmlElement, list[Piece]] = {}
    for piece in pieces[first + 1 :]:
        if (box := _box_of(piece.block, boxes, rules)) is not None:
            called.setdefault(box, []).append(piece)
    for box, members in called.items():
        if _are_answers(members, box):
            for piece in members:
                piece.verdict = verdicts.COMMENTS


def _box_of(
    element: HtmlElement, boxes: dict[HtmlElement, HtmlElement | None], rules: furniture.Rules
) -> HtmlElement | None:
    """The outermost box of comments around ``element``; ``boxes`` are those known by now."""
    path: list[HtmlElement] = []
    outer: HtmlElement | None = element
    while outer is not None and outer not in boxes:
        path.append(outer)
        outer = outer.getparent()
    box = boxes[outer] if outer is not None else None
    for inner in reversed(path):
        if box is None and (rules[inner] == verdicts.COMMENTS or _is_labelled(inner)):
            box = inner
        boxes[inner] = box
    return box


def _is_labelled(element: HtmlElement) -> bool:
    """Whether ``element`` is called comments for those who hear the page."""
    label = (element.get("aria-label") or "")[:_LONGEST]
    return bool(label) and bool(_HEADING.fullmatch(label) or _COUNTED.fullmatch(label))


def _end_of(pieces: list[Piece], place: int, text: int, lowered: str) -> int:
    """Where the comments end that the line at ``place`` begins; 0 if it begins none.

    ``text``: where the text stands last above it.
    """
    counts = _COUNTS.for_text(lowered).fullmatch(lowered)
    if not counts and not _HEADING.for_text(lowered).fullmatch(lowered):
        return 0
    heading = pieces[place].block
    above = {pieces[text].block, *pieces[text].block.iterancestors()}
    if heading in above:
        return 0
    box = heading
    while (outer := box.getparent()) is not None and outer not in above:
        box = outer
    end = _end_in(pieces, place, box)
    begins_box = end > place + 1
    if not begins_box and outer is not None:
        end = _end_in(pieces, place, outer)
    following = pieces[place + 1 : end]
    is_heading = furniture.is_heading(heading)
    if counts and (is_heading or not following):
        return end
    if not _are_answers(following, box):
        return 0
    if is_heading or begins_box:
        return end
    if not _are_answers(following[:_NEXT], box):
        return 0
    size = sum(len(piece.words) for piece in following if piece.verdict == TEXT)
    before = sum(len(piece.words) for piece in pieces[:place] if piece.verdict == TEXT)
    return end if size < before else 0


def _end_in(pieces: list[Piece], place: int, box: HtmlElement) -> int:
    """Behind the last of the pieces from ``place`` on that stand in ``box``."""
    inside = set(box.iter())
    end = place + 1
    while end < len(pieces) and pieces[end].block in inside:
        end += 1
    return end


def _are_answers(following: list[Piece], box: HtmlElement) -> bool:
    """Whether what follows a heading looks like comments, or asks for the first."""
    if not furniture.is_heading(box) and next(box.iter("form"), None) is not None:
        return True
    return any(
        piece.verdict in (verdicts.FORM, verdicts.COMMENTS)
        or _is_dated(piece)
        or _ANSWER.fullmatch(piece.words[:_LONGEST])
        for piece in following[:_NEAR]
    )


def _beginning_of(pieces: list[Piece], place: int, first: int) -> int:
    """Where the comment begins that the line at ``place`` invites to answer."""
    for earlier in range(place - 1, max(first, place - _FAR), -1):
        if furniture.is_quoted(pieces[earlier].block):
            break
        if _is_dated(pieces[earlier]):
            name = pieces[earlier - 1]
            is_name = len(name.words) < dom.PROSE and not furniture.is_sentence(name.words)
            return earlier - 1 if is_name and earlier - 1 > first else earlier
    return place


def _is_dated(piece: Piece) -> bool:
    """Whether ``piece`` is a line that says when something was written."""
    if len(piece.words) > _LONGEST_LINE or furniture.is_whole_sentence(piece.words):
        return False
    return find.find_stamp(piece.words) is not None or (
        any(map(str.isdigit, piece.words)) and _AGO.search(piece.words) is not None
    )
