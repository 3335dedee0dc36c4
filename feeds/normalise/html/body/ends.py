"""What seems to end a text and doesn't: strays far below it, headings of what has been taken out.

Rules
- A few short or linked words that stand apart from the text, below links and furniture, were held
  for text since the text has them too.
- A heading, or a line with a colon at its end, that nothing follows announces what isn't there.
- A headline that leads to another page, and a few sentences of that, below all of the text are a
  teaser; unless the text has more of the kind, as a list of things with links has.
- What announces other stories announces nothing of this one; a bare number above all prose, or
  behind the sign of an eye or a heart, counts something.
"""

from __future__ import annotations

import re
from itertools import islice, pairwise

from feeds.normalise import verdicts
from feeds.normalise.html import dom
from feeds.normalise.html.body import furniture
from feeds.normalise.html.body.pieces import Piece
from feeds.normalise.verdicts import TEXT
from feeds.normalise.words import is_list_heading, names
from feeds.text import urls

_GAP, _SMALL_PART = 3, 0.1
_LINKED = 0.5
_MOST_HEADINGS, _LONGEST_LINE = 2, 40
_MOST_TEASERS, _LONGEST_TEASER, _MOST_OF_TEASER = 2, 4, 350
_WHOLLY, _SHORTEST_TITLE, _FEWEST, _LEVELS = 0.9, 15, 3, 4
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?\s?[kKmM]?")
_NUMBERS = re.compile(r"[\d.,]+\s?[kKmM]?(?:[\s|·•/]+[\d.,]+\s?[kKmM]?){0,5}")
_ANNOUNCING = (":", "：")
_LEADING_AWAY = frozenset((verdicts.OTHER_STORIES, verdicts.LINK, verdicts.BOX_OF_LINKS))


def leave_strays(pieces: list[Piece]) -> None:
    """Takes the verdict back from what is no text and stands far below it."""
    text = [place for place, piece in enumerate(pieces) if piece.verdict == TEXT]
    size = sum(len(pieces[place].words) for place in text)
    while True:
        run: list[int] = []
        while text and (not run or run[-1] - text[-1] <= _GAP):
            run.append(text.pop())
        strays = [pieces[place] for place in run]
        if (
            not text
            or any(stray.is_prose for stray in strays)
            or sum(len(stray.words) for stray in strays) > size * _SMALL_PART
            or not _is_apart(pieces[text[-1] + 1 : run[-1]])
        ):
            return
        for stray in strays:
            stray.verdict = verdicts.BESIDE


def _is_apart(between: list[Piece]) -> bool:
    """Whether most of what stands ``between`` two runs of text is known to be none, or links."""
    return 2 * sum(bool(piece.verdict) or piece.linked >= _LINKED for piece in between) > len(
        between
    )


def leave_teasers(pieces: list[Piece]) -> None:
    """Takes teasers off the end of the text."""
    for _ in range(_MOST_TEASERS):
        text = [place for place, piece in enumerate(pieces) if piece.verdict == TEXT]
        title = _title_of_teaser(pieces, text)
        if title is None:
            return
        for piece in pieces[title:]:
            if piece.verdict == TEXT:
                piece.verdict = verdicts.OTHER_STORIES


def _title_of_teaser(pieces: list[Piece], text: list[int]) -> int | None:
    """Where the teaser begins that the text ends with."""
    if len(text) < _FEWEST:
        return None
    size = 0
    for place in range(text[-1], max(text[-1] - _LONGEST_TEASER, text[0]), -1):
        piece = pieces[place]
        if _is_title(piece):
            break
        if piece.verdict == TEXT:
            size += len(piece.words)
    else:
        return None
    above = [pieces[one] for one in text if one < place]
    if not 0 < size <= _MOST_OF_TEASER or sum(len(one.words) for one in above) < 2 * size:
        return None
    title = pieces[place].block
    if sum(_is_title(one) and one.block.tag == title.tag for one in above) > 1:
        return None  # one of several things
    # it stands in a box of its own, or its last words lead where its title does
    box = {title, *islice(title.iterancestors(), _LEVELS)}
    box.intersection_update(islice(pieces[text[-1]].block.iterancestors(), _LEVELS))
    if box.difference(above[-1].block.iterancestors(), (above[-1].block,)):
        return place
    leads_on = pieces[text[-1] + 1 : text[-1] + 2]
    leads_there = any(one.leads_to == pieces[place].leads_to for one in leads_on)
    return place if leads_there else None


def _is_title(piece: Piece) -> bool:
    """Whether ``piece`` is a headline that leads to another page, and to no place in one."""
    if piece.linked < _WHOLLY or piece.verdict not in (TEXT, verdicts.LINK):
        return False
    if len(piece.words) < _SHORTEST_TITLE or furniture.is_sentence(piece.words):
        return False
    address = piece.leads_to
    if "#" in address or urls.is_document(address):
        return False
    return not furniture.is_posted(piece.block)


def leave_headings(pieces: list[Piece]) -> None:
    """Takes out headings that announce other stories, and those below which nothing stands."""
    is_begun = False
    for piece in pieces:
        is_begun = is_begun or (piece.verdict == TEXT and piece.is_prose)
        if piece.verdict != TEXT or not _NUMBERS.fullmatch(piece.words):
            continue
        if _is_marked(piece):
            piece.verdict = verdicts.COUNTER
        if not _NUMBER.fullmatch(piece.words):
            continue
        if not is_begun or dom.is_called(piece.block, names.COUNTS):
            piece.verdict = verdicts.COUNTER
    for piece in pieces:
        if piece.verdict == TEXT and is_list_heading(piece.words):
            piece.verdict = verdicts.OTHER_STORIES
    _leave_announced(pieces)
    last = [piece for piece in pieces if piece.verdict == TEXT][-_MOST_HEADINGS:]
    for piece in reversed(last):
        is_heading = furniture.is_heading(piece.block) and not furniture.is_sentence(piece.words)
        is_line = len(piece.words) <= _LONGEST_LINE and piece.words.endswith(_ANNOUNCING)
        if not is_heading and not is_line:
            return
        piece.verdict = verdicts.HEADING_OF_BOX


def _is_marked(piece: Piece) -> bool:
    """Whether numbers, of which ``piece`` consists, stand behind the signs of what they count.

    Such a sign is an empty ``i``, to which a style sheet gives its shape.
    """
    return any(
        is_tail
        and element.tag == "i"
        and element.get("class")
        and not len(element)
        and not (element.text or "").strip()
        for element, is_tail in piece.places
    )


def _leave_announced(pieces: list[Piece]) -> None:
    """Takes out headings and lines with a colon below which links alone stand, within the text."""
    text = [place for place, piece in enumerate(pieces) if piece.verdict == TEXT]
    for place, after in pairwise(text):
        piece = pieces[place]
        between = pieces[place + 1 : after]
        if not between or not all(one.verdict in _LEADING_AWAY for one in between):
            continue
        tag, next_tag = piece.block.tag, pieces[after].block.tag
        is_line = len(piece.words) <= _LONGEST_LINE and piece.words.endswith(_ANNOUNCING)
        is_ended = tag in dom.HEADINGS and next_tag in dom.HEADINGS and next_tag <= tag
        if is_line or (is_ended and not furniture.is_sentence(piece.words)):
            piece.verdict = verdicts.HEADING_OF_BOX
