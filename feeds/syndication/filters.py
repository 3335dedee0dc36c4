"""Whether an entry belongs to a feed, by the feed's own filters; and if not, by which.

Rules
- A story has to pass every filter: to have one of each list that includes, and none of those that
  exclude. Names and words count without case; a tag is a category.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from feeds.model import Entry
from feeds.newsroom.site import Feed, Site
from feeds.syndication import partners, sections
from feeds.syndication.view import released
from feeds.text import languages
from feeds.text.markup import plain
from feeds.text.path_patterns import Pattern
from feeds.text.words import words

FIELDS = (
    "kinds", "access", "categories", "authors", "exclude_categories", "exclude_authors",
    "languages", "require", "exclude_paths", "keywords", "exclude_keywords", "min_text", "profile",
)  # fmt: skip
"""What of a feed says which entries belong to it."""
VERSION = 3
"""Raised whenever the same feed has other entries by the same fields."""


def language_of(site: Site, entry: Entry) -> str:
    """The language of ``entry`` in whatever country: that of ``site``, if none is stated."""
    return languages.without_country(entry.language or site.language)


def belongs(feed: Feed, entry: Entry) -> bool:
    """Whether ``entry`` passes every filter that ``feed`` has."""
    return not why_not(feed, entry)


def why_not(feed: Feed, entry: Entry) -> str:
    """Why ``entry`` isn't in ``feed``, for people; empty if it belongs there."""
    profile = partners.profile_of(feed)
    shown = released(feed, entry)
    return (
        _kind_wrong(feed, entry)
        or _names_wrong(feed, entry)
        or _language_wrong(feed, entry)
        or partners.why_kept(feed, entry)
        or partners.lacks((*feed.require, *profile.needs), shown)
        or _excluded_path(feed, entry)
        or _words_wrong(feed, entry)
        or partners.why_not(profile, shown)
    )


def _kind_wrong(feed: Feed, entry: Entry) -> str:
    if feed.is_of_corrections:
        return "it was not corrected with a notice"
    if entry.kind not in feed.kinds:
        return "it is an article" if entry.kind == "article" else "it is a headline without a text"
    if feed.access not in {"all", entry.access}:
        return "it has to be paid for" if entry.access == "paid" else "it is free"
    return ""


def _names_wrong(feed: Feed, entry: Entry) -> str:
    named = (*entry.categories, *entry.tags)
    for what, wanted, has in (
        ("categories", feed.categories, named),
        ("authors", feed.authors, entry.authors),
    ):
        if wanted and not _folded(wanted) & _folded(has):
            return f"none of the feed's {what}"
    for what, unwanted, has in (
        ("category", feed.exclude_categories, named),
        ("author", feed.exclude_authors, entry.authors),
    ):
        if found := _folded(unwanted) & _folded(has):
            return f"{what} '{next(one for one in has if one.casefold() in found)}' is excluded"
    if feed.section and feed.section.kind != "language":
        kind = feed.section.kind
        has = entry.categories if kind == "category" else entry.authors
        if feed.name not in {sections.name_of(kind, text) for text in has}:
            return "not of this section"
    return ""


def _language_wrong(feed: Feed, entry: Entry) -> str:
    is_one = partners.profile_of(feed).one_language  # which is one in whatever country
    compared = languages.without_country if is_one else languages.folded
    if not feed.languages or compared(entry.language or "") in map(compared, feed.languages):
        return ""
    if not entry.language:
        return "its language is the site's, since none is stated"
    return f"its language is {entry.language}"


def _excluded_path(feed: Feed, entry: Entry) -> str:
    # an editor may have corrected one field or another, which is then from elsewhere
    files = sorted({source.file for source in entry.evidence.values()})
    for text in feed.exclude_paths:
        for file in files:
            if _pattern(text).matches(file):
                return f"its page '{file}' is excluded"
    return ""


def _words_wrong(feed: Feed, entry: Entry) -> str:
    """What is wrong with the text itself, which is looked at last: it costs most."""
    if not (feed.keywords or feed.exclude_keywords or feed.min_text):
        return ""
    text = plain(entry.content)
    length = len(" ".join(text.split()))
    if length < feed.min_text:
        return f"text of {length} characters, at least {feed.min_text}"
    found = f" {words(entry.title)} {words(text)} "
    if feed.keywords and not _first(feed.keywords, found):
        return "none of the feed's keywords"
    if unwanted := _first(feed.exclude_keywords, found):
        return f"'{unwanted}' is excluded"
    return ""


def _first(keywords: Iterable[str], text: str) -> str:
    """The first of ``keywords`` that is in ``text``, which is words with blanks around."""
    folded = ((keyword, words(keyword)) for keyword in keywords)
    return next((keyword for keyword, word in folded if word and f" {word} " in text), "")


def _folded(texts: Iterable[str]) -> set[str]:
    return {text.casefold() for text in texts}


_pattern = lru_cache(256)(Pattern)
