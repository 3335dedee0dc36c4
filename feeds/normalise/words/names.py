r"""What templates call the parts of a page: names in ``class``, ``id`` and ``itemprop``.

Rules
- A name is a pattern in small letters, a word of its own: "post-author" has "author" in it,
  "authority" has not.
- What is beside the article may be a list of other stories, even if it is called navigation.
"""

from __future__ import annotations

from feeds.normalise.words.patterns import Words

_NAVIGATION = "nav navbar menu pagination bread-?crumbs?"
_COMMENTS = r"comments? reply replies disqus\w*"
_SHARING = "share sharing social"
_ADVERTISING = r"advert\w* ads?"


def _any_name(*names: str) -> Words:
    return Words(rf"(?:^|[\s_-])(?:{'|'.join(' '.join(names).split())})(?=$|[\s_-])")


BESIDE = _any_name(
    _NAVIGATION,
    _COMMENTS,
    _SHARING,
    _ADVERTISING,
    r"navigation sidebar footer related newsletter promo banner widget",
    r"popular most-?read trending recommend\w* teasers? latest ticker cookies? tags? tag-?cloud",
    r"read-?more more-?news see-?also next-?prev",
)
"""What is beside the article."""

NO_LIST = _any_name(_NAVIGATION, _COMMENTS, _SHARING, "byline author")
"""What holds no list of other stories, whatever dates are in it."""

ADVERTISING = _any_name(_ADVERTISING, "sponsored")

BYLINE = _any_name("by-?line authors? autor writer contributor")

UPDATED = Words("updat|modif|aktualis|actualiz|mise-?a-?jour")
"""The date of the last change; also as a part of a name, as in "dateModified"."""

PUBLISHED = Words("publi[sc]|posted|created|issued")
"""The date of publication; also as a part of a name, as in "datePublished"."""

DATE = Words(
    r"(?:^|[\s_-])(?:(?:post|entry|article|story|news|byline|pub|publish|meta|content)?[_-]?"
    r"(?:date|time|datetime|timestamp|dateline|published|posted|pubdate|tarih)|posted-on)(?:$|[\s_-])"
)
"""Dates of the story that they stand beside."""

CREDIT = Words("credit|copyright|photographer|source|author")
"""Whose a picture is, within its caption."""

PAYWALL = Words(r"(?:^|[\s_-])(?:paywall|login-?wall|regwall|subscribe-?wall|piano)")
"""The notice that asks readers to log in or to subscribe."""

LISTING = frozenset(
    "home archive archives category tag search search-results blog index front-page frontpage "
    "homepage taxonomy listing".split()
)
"""The ``body`` of a page of headlines."""

STORY = frozenset("single single-post article post story news-detail".split())
"""The ``body`` of an article's page."""

PRINT = "print(?:able|er)?"
PRINT_VERSION = Words(rf"{PRINT}(?:[-_]?(?:page|version|view|friendly|article))?")
"""The ``body`` of a page made for printing."""

ERROR = Words(r"(?:^|\s)(?:error|page)?-?(?:404|not-?found)(?:-page)?(?=\s|$)")
"""The ``body`` of what a server shows for a page that it hasn't got."""
