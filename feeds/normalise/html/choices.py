"""Questions that a page asks its readers, with answers to choose from: a poll, a quiz, a vote.

Rules
- Fields of which one is to be chosen are a form, whatever element they stand in: with the question
  above them and the button below, as far as no text stands there.
- Small switches of a template (tabs, sizes of type) are such fields too, and no text either.
"""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.attributes import Attributes

_LONGEST, _LEVELS, _MOST = 600, 6, 200
_NEVER = frozenset(("article", "body", "form", "html", "main", "td"))
_ASKING = ("?", "？", "؟", ";", ":")
_TEXTS = ("p", "li", "blockquote")


def mark_choices(attributes: Attributes) -> None:
    """Makes forms of what asks readers to choose an answer, on the page of these ``attributes``."""
    groups: dict[str, list[HtmlElement]] = {}
    for field in islice(attributes.having("type"), _MOST):
        if field.tag == "input" and field.get("type", "").lower() == "radio":
            groups.setdefault(field.get("name") or "", []).append(field)
    for fields in groups.values():
        if len(fields) > 1 and (element := _question(fields)) is not None:
            element.tag = "form"


def _question(fields: list[HtmlElement]) -> HtmlElement | None:
    """The largest element around ``fields`` in which no text stands; None if there is none."""
    found: HtmlElement | None = None
    for element in islice(fields[0].iterancestors(), _LEVELS):
        if element.tag in _NEVER or dom.is_longer(element, _LONGEST):
            break
        around = set(element.iter("input"))
        if not around.issuperset(fields):
            continue
        if found is not None and _tells(element, found):
            break
        found = element
    return found


def _tells(element: HtmlElement, inner: HtmlElement) -> bool:
    """Whether a text stands in ``element`` beside ``inner``."""
    within = set(inner.iter(*_TEXTS))
    others = (text for text in element.iter(*_TEXTS) if text not in within)
    return any(
        dom.is_longer(text, dom.PROSE) and not dom.line_in(text).endswith(_ASKING)
        for text in others
    )
