"""Takes out of a part of a page what is no text of its article, and names it.

Rules
- Whatever stands in the part is text, is named with the rule by which it isn't, or is the
  headline. Pieces of one kind that follow each other are named together, none of them shortened.
- So is what readers wrote below, wherever that stands.
- Furniture goes with its pictures. Others stay if they stand between the headline and the end of
  the text.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

from lxml.html import HtmlElement

from feeds.model import Dropped
from feeds.normalise import verdicts
from feeds.normalise.html import dom, drops
from feeds.normalise.html.body import beside_pictures, furniture
from feeds.normalise.html.body.pieces import Piece
from feeds.normalise.html.body.select import Selection
from feeds.normalise.html.claims import date_lines, dated, shown, surroundings
from feeds.normalise.html.claims.metadata import Claim
from feeds.normalise.people import people_in
from feeds.normalise.verdicts import HEADLINE, TEXT
from feeds.normalise.words import names
from feeds.text import urls

_LONGEST_LINE, _LONGEST_ROW, _SHORT = 160, 200, 80
_MOST_INSIDE, _FAR, _NEAR = 50, 20, 4
_HALF = 0.5
_OTHER_STORIES = frozenset(
    (verdicts.LINK, verdicts.ANOTHER_ARTICLE, verdicts.BOX_OF_LINKS, verdicts.OTHER_STORIES)
)
_OF_OTHERS = frozenset(
    (verdicts.COMMENTS, verdicts.FORM, verdicts.KEPT_CAPTION, verdicts.CAPTION, verdicts.GALLERY)
)


def mark_header(selection: Selection, stands: list[HtmlElement]) -> None:
    """Marks the bylines and dates among the elements of the header as such."""
    marks: dict[HtmlElement, tuple[int, int, str]] = {}
    said: dict[HtmlElement, str] = {}
    for number, element in enumerate(stands):
        if dom.is_longer(element, _LONGEST_LINE):
            continue
        words = said[element] = dom.line_in(element)
        outer = element.getparent()
        is_all_of_it = outer in marks and said.get(outer) == words
        if rule := _rule_in_header(element, words, is_known=is_all_of_it):
            # what is bold in a paragraph may be its last sentence
            most = len(words) if element.tag in ("b", "strong") else max(2 * len(words), _SHORT)
            mark = number, most, rule
            marks.update(dict.fromkeys(islice(element.iter(), _MOST_INSIDE), mark))
    longest = max((most for _, most, _ in marks.values()), default=-1)
    for piece in selection.pieces:
        if len(piece.words) > max(longest, _LONGEST_ROW if marks else -1):
            continue
        owners = [e.getparent() if is_tail else e for e, is_tail in piece.places]
        found = [marks[owner] for owner in owners if owner is not None and owner in marks]
        if found and len(piece.words) <= _LONGEST_ROW and _is_row(piece, owners, marks):
            piece.verdict = max(found)[2]
        elif found := [mark for mark in found if len(piece.words) <= mark[1]]:
            piece.verdict = max(found)[2]  # of two in each other the inner one comes last


def _is_row(piece: Piece, owners: list[HtmlElement | None], marks: Collection[HtmlElement]) -> bool:
    """Whether all of ``piece`` is a byline, a date, or counts something."""
    for (element, is_tail), owner in zip(piece.places, owners, strict=True):
        words = ((element.tail if is_tail else element.text) or "").strip(date_lines.EDGES)
        if words and owner not in marks and not furniture.rule_by_words(words, 0):
            return False
    return True


def _rule_in_header(element: HtmlElement, words: str, *, is_known: bool) -> str:
    """The rule by which ``element`` is no text; ``is_known``: what it is all of has one."""
    if not words or len(words) > _LONGEST_LINE:
        return ""
    is_part = date_lines.is_label(words) or date_lines.is_incomplete(words)
    if element.tag == "time" or is_part or dated.is_date_line(element):
        is_said = surroundings.is_in_sentence(element) or _is_of_quote(element)
        return "" if is_said else verdicts.DATE
    is_byline = not is_known and bool(shown.find_bylines([element]))
    return verdicts.BYLINE if is_byline and not _is_of_quote(element) else ""


def _is_of_quote(element: HtmlElement) -> bool:
    """Whether ``element`` says who is quoted, or when."""
    return any(dom.is_called(outer, names.QUOTE) for outer in islice(element.iterancestors(), 3))


def mark_byline_below(selection: Selection) -> list[Claim]:
    """Marks the byline below the text as such; what it says."""
    text = [place for place, piece in enumerate(selection.pieces) if piece.verdict == TEXT]
    if not text:
        return []
    inside = set(selection.scope.iter())
    far = min(text[-1] + _FAR, len(selection.pieces))
    below = range(text[-1] + 1, far)
    # what stands among other stories signs them
    end = next((at for at in below if _is_other_story(selection.pieces[at])), far)
    for place in reversed(range(max(text[-1] - 1, 1), end)):
        piece = selection.pieces[place]
        if len(piece.words) > _LONGEST_LINE or piece.block not in inside:
            continue
        if piece.verdict in _OF_OTHERS or (piece.linked and urls.is_document(piece.leads_to)):
            continue
        if dom.line_in(piece.block) != piece.words:
            continue
        if found := shown.find_bylines([piece.block]):
            piece.verdict = verdicts.BYLINE_BELOW
            return [claim._replace(rule=verdicts.BYLINE_BELOW) for claim in found]
    return _heading_about_author(selection.pieces[text[-1] + 1 : end])


def _heading_about_author(below: list[Piece]) -> list[Claim]:
    """Who is the heading of the first box about an author among the pieces ``below`` the text."""
    about = (piece for piece in below if piece.verdict == verdicts.ABOUT_AUTHOR)
    for piece in about:
        if furniture.is_heading(piece.block) and people_in(piece.words) == (piece.words,):
            is_whole = " " in piece.words
            return [Claim(piece.words, piece.line, verdicts.ABOUT_AUTHOR)] if is_whole else []
    return []


def mark_date_below(selection: Selection) -> list[HtmlElement]:
    """Marks a labelled date right at the end of the text as such; the elements that hold it."""
    text = [place for place, piece in enumerate(selection.pieces) if piece.verdict == TEXT]
    inside = set(selection.scope.iter())
    found: list[HtmlElement] = []
    for place in range(text[-1], min(text[-1] + _NEAR, len(selection.pieces))) if text else ():
        piece = selection.pieces[place]
        if len(text) > 1 and piece.block in inside and dated.is_labelled(piece.block):
            piece.verdict = verdicts.DATE
            found.append(piece.block)
    return found


def _is_other_story(piece: Piece) -> bool:
    """Whether the piece below the text is another story's headline, or stands among some."""
    is_headline = piece.linked >= _HALF and piece.block.tag in dom.HEADINGS
    return is_headline or piece.verdict in _OTHER_STORIES


def cut(selection: Selection) -> list[Dropped]:
    """Takes out of the selection's scope all that is no text; returns what that was."""
    scope = selection.scope
    inside = set(scope.iter())
    dropped: list[Dropped] = []
    captions = _captions(selection.pieces, inside)
    last = ""
    is_below = False
    for number, piece in enumerate(selection.pieces):
        if piece.block not in inside:
            if is_below and piece.verdict == verdicts.COMMENTS:
                named = Dropped(piece.line, piece.words, piece.verdict)
                drops.name(dropped, named, goes_on=last == piece.verdict)
                last = piece.verdict
            continue
        is_below = is_below or piece.verdict == TEXT
        if piece.verdict not in (TEXT, HEADLINE, verdicts.KEPT_CAPTION) and number not in captions:
            named = Dropped(piece.line, piece.words, piece.verdict)
            drops.name(dropped, named, goes_on=last == piece.verdict)
        last = piece.verdict
        if piece.verdict not in (TEXT, verdicts.KEPT_CAPTION):
            piece.cut()
    for element in selection.furniture:
        if element in inside and element is not scope:
            dom.remove(element)
    _cut_pictures(selection)
    return [*dropped, *_caption(captions, selection)]


def _captions(pieces: list[Piece], inside: set[HtmlElement]) -> dict[int, HtmlElement]:
    """The pictures of those of ``pieces``, by their numbers, that are captions."""
    return {
        number: image
        for number, piece in enumerate(pieces)
        if piece.block in inside and (image := beside_pictures.picture_of(piece)) is not None
    }


def _caption(captions: dict[int, HtmlElement], selection: Selection) -> list[Dropped]:
    """Captions the pictures that are left; what goes with none of them."""
    own = [piece for piece in selection.pieces if piece.verdict == verdicts.KEPT_CAPTION]
    if not captions and not own:
        return []
    left = set(selection.scope.iter())
    lost: list[Dropped] = []
    for piece in own:
        if piece.block not in left or _has_lost_its_picture(piece):
            if dom.line_in(piece.block):
                lost.append(Dropped(piece.line, piece.words, verdicts.CAPTION))
            piece.cut()
    before = -1
    for number, image in captions.items():
        piece = selection.pieces[number]
        if image in left:
            beside_pictures.add_caption(image, piece)
        else:
            named = Dropped(piece.line, piece.words, verdicts.CAPTION)
            drops.name(lost, named, goes_on=number == before + 1)
            before = number
    return lost


def _has_lost_its_picture(caption: Piece) -> bool:
    """Whether the picture in the figure of ``caption`` was cut, as one above the headline is."""
    figure = next((one for one in caption.block.iterancestors("figure")), None)
    return figure is not None and next(figure.iter("img"), None) is None


def _cut_pictures(selection: Selection) -> None:
    """Leaves those pictures that stand between the headline and the end of the text."""
    ends = {piece.block for piece in selection.pieces if piece.verdict in (TEXT, HEADLINE)}
    before: list[HtmlElement] = []
    passed = False
    for element in selection.scope.iter():
        if element in ends:
            passed, before = True, []
        elif element.tag == "img":
            before.append(element)
            if not passed:
                dom.remove(element)
    for element in before:
        if not any(outer in selection.direct for outer in islice(element.iterancestors(), 4)):
            dom.remove(element)
