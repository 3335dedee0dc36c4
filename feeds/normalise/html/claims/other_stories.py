"""Other stories beside the headline, a teaser or the parts of a series, and their dates.

Rules
- A date is another story's if the few words that it stands among, short of the headline's own box,
  have a link with the words of a headline before it, or a lower heading and a link. Behind a date
  the same words may be those of where it was first.
- A link to an author, a section, a tag or the page itself is none of these, nor is one to all
  stories of a day.
"""

from __future__ import annotations

import re
from itertools import islice, takewhile

from lxml.html import HtmlElement

from feeds.normalise.bylines import authors_in, introduced
from feeds.normalise.html import dom
from feeds.normalise.html.claims import signed
from feeds.normalise.html.claims.other_dates import leads_elsewhere
from feeds.text.characters import cleaned

_NOWHERE = ("#", "mailto:", "tel:", "javascript:", "whatsapp:", "sms:")
_OF_MANY = re.compile(
    r"/(?:tags?|topics?|themen?|temas?|categor\w*|kategori\w*|sections?|rubrik\w*|series|search)/|[?&][\w-]*=http"
)
_OF_A_PROFILE = frozenset("author tag category nofollow sponsored bookmark".split())
_LOWER = ("h3", "h4", "h5", "h6")
_LEVELS, _MOST_LINKS, _LONGEST = 3, 6, 250
_FEWEST_WORDS, _SHORTEST = 4, 18
_SIGNS = 8
_WITHOUT_BLANKS = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]")


def has_date(date: HtmlElement, title: HtmlElement | None) -> bool:
    """Whether ``date``, an element beside the headline ``title``, dates one of them."""
    around = {title, *title.iterancestors()} if title is not None else set[HtmlElement]()
    for outer in (date, *islice(date.iterancestors(), _LEVELS)):
        if outer in around or dom.is_longer(outer, _LONGEST):
            return False
        links = [link for link in islice(outer.iter("a"), _MOST_LINKS) if _leads_to_story(link)]
        above = set(takewhile(lambda one: one is not date, outer.iter("a", date.tag)))
        if any((outer is date or link in above) and _may_be_headline(link) for link in links):
            return True
        is_item = outer.tag == "li" and any(" " in dom.line_in(link) for link in links)
        if is_item or (links and next(outer.iter(*_LOWER), None) is not None):
            return True
    return False


def _leads_to_story(link: HtmlElement) -> bool:
    address = (link.get("href") or "").strip().lower()
    if not address or address.startswith(_NOWHERE) or _OF_MANY.search(address):
        return False
    said = (link.get("rel") or "").lower().split()
    return _OF_A_PROFILE.isdisjoint(said) and not signed.is_byline(link) and leads_elsewhere(link)


def _may_be_headline(link: HtmlElement) -> bool:
    words = dom.line_in(link)
    before, outer = link.getprevious(), link.getparent()
    said = before.tail if before is not None else outer.text if outer is not None else ""
    if authors_in(words) or introduced(f"{cleaned(said or '')} {words}"):
        return False
    if _WITHOUT_BLANKS.search(words):
        return len(words) >= _SIGNS
    return words.count(" ") + 1 >= _FEWEST_WORDS and len(words) >= _SHORTEST
