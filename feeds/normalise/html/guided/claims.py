"""What the elements that an editor pointed at claim of the article: its date, its authors.

Rules
- Where a date stands is the editor's word; what is a date is not. One that is incomplete, may be
  two days, or says that it is of a change gives nothing.
- Names are those of a byline. Nobody is made of a desk or a section.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from feeds.model import StatedDate
from feeds.model.problem import Problem
from feeds.normalise import verdicts
from feeds.normalise.bylines import authors_in
from feeds.normalise.html import dom
from feeds.normalise.html.body.pieces import Piece
from feeds.normalise.html.body.scope import Parts
from feeds.normalise.html.body.select import Selection
from feeds.normalise.html.claims import dated, relative, shown, signed
from feeds.normalise.html.claims.metadata import Claim
from feeds.normalise.html.guided import Places, Told, mute
from feeds.normalise.people import people_in
from feeds.text.dates import resolve
from feeds.text.dates.resolve import Settled

_MOST_INSIDE = 40
_LONGEST_LINE = 160
_DIVIDED = re.compile(r"\s+[|·•—–/]\s+")


def claim_places(
    parts: Parts,
    claims: dict[str, list[Claim]],
    text: Selection,
    settled: Settled,
    captured: StatedDate | None,
) -> list[Problem]:
    """Has ``claims`` to date and authors be those of the places in ``parts`` that an editor named.

    Where these give some, they are no part of the ``text``. Returns what is doubtful.
    """
    places, doubts = parts.told, list[Problem]()
    if places.date is not None:
        if found := _dates(places.date, parts.tree, settled, captured):
            claims["published"] = found
        else:
            doubts.append(mute(places.date, "no date of publication in full"))
    if places.byline is not None:
        if found := _authors(places.byline):
            claims["authors"], claims["organisation"] = found, []
        else:
            doubts.append(mute(places.byline, "nobody's name"))
    _mark(places, claims, text.pieces)
    return doubts


def _mark(places: Places, claims: dict[str, list[Claim]], pieces: list[Piece]) -> None:
    """Marks date and byline among the ``pieces`` of the text as such, if they gave ``claims``."""
    for told, field, verdict in (
        (places.date, "published", verdicts.DATE),
        (places.byline, "authors", verdicts.BYLINE),
    ):
        is_used = told is not None and any(one.rule == told.rule for one in claims.get(field, ()))
        if told is None or not is_used or dom.is_longer(told.element, _LONGEST_LINE):
            continue
        inside = set(told.element.iter())
        for piece in pieces:
            owners = (one.getparent() if is_tail else one for one, is_tail in piece.places)
            if all(owner in inside for owner in owners):
                piece.verdict = verdict


def _dates(
    told: Told, tree: HtmlElement, settled: Settled, captured: StatedDate | None
) -> list[Claim]:
    """The date that ``told`` gives as that of publication."""
    if told.element.tag == "meta":
        return [Claim(told.value, told.line, told.rule)] if _is_date(told.value, settled) else []
    for element in islice(told.element.iter(), _MOST_INSIDE):
        lines = dated.stated_by(element, settled, tree)
        lines.sort(key=lambda line: line.is_update)
        for line in lines:
            # a template may call the only date that it shows updated
            is_change = line.is_update and line.is_labelled
            if is_change or line.is_as_of or not isinstance(line.date, StatedDate):
                continue
            if resolve.is_of_a_page(line.date):
                return [Claim(line.date.iso, dom.line_of(element), told.rule)]
    before = relative.find_relative([told.element], captured).claims
    return [claim._replace(rule=told.rule) for claim in before]


def _is_date(value: str, settled: Settled) -> bool:
    stated = resolve.read_any_date(value, settled)
    return isinstance(stated, StatedDate) and resolve.is_of_a_page(stated)


def _authors(told: Told) -> list[Claim]:
    """Those whom ``told`` names."""
    if told.element.tag == "meta":
        return [Claim(name, told.line, told.rule) for name in people_in(told.value)]
    words = signed.words_of(told.element)
    parts = (shown.without_date(part) for part in _DIVIDED.split(words))
    found = next(filter(None, map(authors_in, parts)), ())
    at = signed.addresses_in(told.element) if found else signed.people_of(told.element)
    return [Claim(name, told.line, told.rule, url=at.get(name, "")) for name in found or at]
