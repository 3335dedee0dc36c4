"""What keys of front matter mean that other programs and their themes know.

Of Jekyll, Hugo, 11ty, Astro, Obsidian, Pelican, Nikola, Lektor, Zola, and of those that like them.

Rules
- A key is known by its letters and digits alone: ``is_draft``, ``isDraft``, ``Is-Draft`` are
  ``draft``.
- Of a key inside of others (``params.draft``) the last part counts, or what it is in:
  ``embargo.until``. Inside of what is a thing (a picture, a menu) only few keys are about the
  page. ``enabled`` and its like say of what is around them whether that is so, ``until`` of what is
  out when it ends.
- What keeps a page back counts more than what it looks like; whatever isn't known is ``unknown``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from feeds.readers.foreign_keys import KEEPING, WORDS, Meaning

__all__ = [
    "KEEPING",
    "Meaning",
    "is_about_page",
    "is_kind",
    "is_looks",
    "matters",
    "may_be_release",
    "may_keep_back",
    "meaning_of",
    "plain",
    "rank_of",
]

_MEANINGS: dict[str, Meaning] = {
    word: meaning for meaning, words in WORDS.items() for word in words.split()
}
_FIELDS: dict[str, Meaning] = {
    "title": "layout", "date": "date", "updated": "updated", "author": "authors",
    "authors": "authors", "categories": "categories", "image": "image", "summary": "summary",
    "language": "language", "status": "standing", "access": "access", "url": "layout",
    "id": "layout", "rights": "rights", "image_rights": "image_rights",
}  # fmt: skip
"""What the fields mean inside of other keys, where most are about what is around them."""
_RANKS = {word: rank for words in WORDS.values() for rank, word in enumerate(words.split())}

_VERBS = frozenset(
    "show hide hidden disable disabled enable enabled display use no has with allow is".split()
)
_LOOKS = frozenset(
    "toc title titles feedback path date dates author authors meta metadata share sharing"
    " comment comments reading time word count words breadcrumb breadcrumbs nav navigation"
    " menu menus footer header sidebar sidebars image images cover summary summaries related"
    " posts copyright license licence math mathjax katex latex mermaid pagination pager tags"
    " categories category tag taxonomies views likes avatar hero description updated edit link"
    " links button buttons code copy line numbers table of contents toolbar search bar social"
    " icons icon thumbnail thumbnails anchor anchors heading headings next prev previous post"
    " page ads adverts advertisement advertising newsletter subscribe subscription form theme"
    " switch background profile bio excerpt subtitle lightbox gallery jquery highlight tooltip"
    " dropcap draft label labels badge badges progress print version zen mode color reaction"
    " reactions donate support".split()
) - {"draft", "subscription", "version"}
"""With one of the verbs, what of a page's looks is switched on or off."""

_WHOLE = frozenset("post posts page".split())
_OF_PAGES = frozenset(
    "params extra page post data seo meta frontmatter site publishing publication custom taxonomies"
    " cascade hugo zola eleventycomputed jekyll eleventy astro nikola pelican lektor config"
    " settings options status".split()
)
"""What holds keys that are about the page, as if they stood outside of it."""
_PICTURED = frozenset(
    "cover header image images hero banner thumbnail featuredimage featureimage coverimage"
    " heroimage"
    " picture photo ogimage socialimage og opengraph twitter teaser featured".split()
)
_PICTURE_KEYS = frozenset(
    "image url src path file source feature featureimage overlayimage teaser ogimage img href"
    " permalink".split()
)
_RIGHTS = frozenset(["rights", "syndicationrights", "hassyndicationrights"])
_THINGS = _PICTURED | frozenset(
    "menu menus nav navigation navbar toc comments comment share sharing footer sidebar resources"
    " gallery"
    " author authors video videos audio links link sitemap outputs social socials buttons cta"
    " features"
    " eleventynavigation pagination analytics reply license figures figure jsonld schema map event"
    .split()
)  # fmt: skip
_SWITCHES = frozenset("enabled enable active on value status state is set flag".split())
"""What is inside of a key says no more than whether that is so."""
_EXCLUDES = frozenset("exclude excluded ignore ignored skip omit disable disabled hide no".split())
_KINDS = frozenset(
    "type layout template collection collections posttype contenttype postformat kind".split()
)
_ABOUT_THINGS = frozenset(
    "draft embargo embargountil unpublished isaccessibleforfree accessibleforfree".split()
)
"""Even inside of a thing these are about the page, or may be."""
_PEOPLE = frozenset(["author", "authors", "byline", "writer", "creator"])
_NAMES = frozenset(["name", "displayname", "fullname"])
_NAMED = frozenset(
    ["tags", "categories", "keywords", "tag", "category", "topics", "sections", "section"]
)
_LABELS = frozenset(["name", "title", "label"])

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+")
_NO_LETTERS = re.compile(r"[\W_]+")
_PREFIXES = ("is", "has", "post", "page", "article", "x", "dg")
_MAY_TELL = re.compile(
    r"\d{4}|\b(?:draft|private|hidden|unlisted|unpublished|embargo|scheduled|pending|secret|internal"
    r"|confidential|members|withheld)",
    re.IGNORECASE,
)
_KEEPING_PARTS = frozenset(
    "embargo embargoed эмбарго draft unpublished unpublish retracted withdrawn confidential"
    " unlisted"
    " private hidden".split()
)
_PAYING_PARTS = frozenset("paywall premium subscribers".split())
_READER_PARTS = frozenset("tier tiers access audience visibility".split())
_RELEASE_PARTS = frozenset(
    "embargo release publish live launch schedule scheduled publishing publication".split()
)
_EXPIRY_PARTS = frozenset(
    "expire expires expiry expiration unpublish depublish depublication takedown offline".split()
)
_ENDS = frozenset("until till end ends stop thru through".split())
_OUTWARD = frozenset(
    "publish published publishing publication live online public visible available listed".split()
)


def plain(key: str) -> str:
    """``key`` by its letters and digits alone, however it is spelled."""
    return _NO_LETTERS.sub("", key.casefold())


@lru_cache(1 << 12)
def meaning_of(path: str) -> Meaning:
    """What the key at ``path`` says of its page; what it is in stands before it, with dots."""
    *outer, own = [part for part in map(plain, path.split(".")) if part] or [""]
    if not outer:
        return _by_itself(own, path)
    within = _within(outer, own)
    if within != "unknown":
        return within
    if any(part in _THINGS for part in outer) and own not in _ABOUT_THINGS:
        return "layout"
    if own in _ENDS and not parts_of(path).isdisjoint(_OUTWARD):
        return "expiry"
    found = _by_itself(own, path.rpartition(".")[2])
    if around := _of_outer(outer, own, found):
        return around
    if found == "date" and not parts_of(path).isdisjoint(_RELEASE_PARTS):
        return "dated"
    is_told = found in KEEPING or found in {"unindexed", "indexed", "robots", "layout"}
    return found if is_told or set(outer) <= _OF_PAGES else "unknown"


def _of_outer(outer: list[str], own: str, found: Meaning) -> Meaning | None:
    """What a key says by what it is in, if that may keep the page back, or is switched by it."""
    around = _around(outer)
    if own in _SWITCHES and around != "unknown":
        return around
    if own in _SWITCHES and not set(outer) & _OF_PAGES and _by_itself(outer[-1], "") == "layout":
        return "layout"
    if found in KEEPING or around == "unknown":
        return None
    if around == "lets" and own in _EXCLUDES:
        return "keeps"
    return around if around in KEEPING or found in {"unknown", "date"} else None


def _around(outer: list[str]) -> Meaning:
    """What the innermost key of ``outer`` says that may keep a page back; else *unknown*."""
    found = (_by_itself(part, part) for part in reversed(outer) if part != "cascade")
    return next((one for one in found if one in KEEPING | {"dated"}), "unknown")


def is_kind(path: str) -> bool:
    """Whether the key at ``path`` says what kind of page it is."""
    return plain(path) in _KINDS


def rank_of(path: str) -> int:
    """The place of a key among those of its meaning: of two that say the same, the less counts."""
    return _RANKS.get(plain(path.partition(".")[0]), 0)


def parts_of(key: str) -> set[str]:
    """The words of which ``key`` is made, in small letters."""
    return {part.casefold() for part in _PARTS.findall(key)}


def _within(outer: list[str], own: str) -> Meaning:
    """What a key is that means something only inside of what is around it."""
    around = outer[-1]
    if around in _PICTURED and own in _PICTURE_KEYS:
        return "image"
    if around in _PICTURED and own in {"alt", "alttext"}:
        return "alt"
    if around in _PICTURED and own in _RIGHTS:
        return "image_rights"
    if around in _PEOPLE:
        return "authors" if own in _NAMES else "layout"
    if around in _NAMED and own in _LABELS:
        return "tags" if _MEANINGS[around] == "tags" else "categories"
    if around == "lastupdate":
        return "updated" if own == "date" else "layout"
    if around == "build":
        return "build" if own in {"list", "render"} else "layout"
    if around in {"sitemap", "search", "robots"}:
        excludes = own in {"disable", "disabled", "exclude", "ignore", "noindex", "hidden"}
        includes = own in {"index", "include", "enable", "enabled", "follow"}
        return "unindexed" if excludes else "indexed" if includes else "layout"
    if around == "taxonomies":
        return _MEANINGS.get(own) or _FIELDS.get(own) or "tags"
    return "unknown"


def _by_itself(word: str, written: str) -> Meaning:
    """What a key called ``word`` says, which was ``written`` so."""
    if found := _MEANINGS.get(word):
        return found
    if found := _FIELDS.get(word):
        return found
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix)
        if (
            rest != word
            and (found := _MEANINGS.get(rest))
            and found in KEEPING | {"unindexed", "dated", "layout"}
        ):
            return found
    parts = parts_of(written)
    if _is_of_looks(written):
        return "layout"
    if not parts.isdisjoint(_EXPIRY_PARTS) or (
        not parts.isdisjoint(_ENDS) and not parts.isdisjoint(_OUTWARD)
    ):
        return "expiry"
    if not parts.isdisjoint(_PAYING_PARTS):
        return "paid"
    if not parts.isdisjoint(_READER_PARTS):
        return "readership"
    return "unknown"


def _is_of_looks(written: str) -> bool:
    parts = [part.casefold() for part in _PARTS.findall(written)]
    if parts and parts[-1] in {"enabled", "disabled"}:
        parts = [parts[-1], *parts[:-1]]
    return bool(parts) and parts[0] in _VERBS and _are_looks(parts[1:])


def may_keep_back(key: str) -> bool:
    """Whether a word in ``key`` is one for keeping a page back, though the key isn't known."""
    return not parts_of(key).isdisjoint(_KEEPING_PARTS)


def may_be_release(key: str) -> bool:
    """Whether a date that ``key`` gives may be the one from which a page may be read."""
    return not parts_of(key).isdisjoint(_RELEASE_PARTS)


def is_about_page(path: str) -> bool:
    """Whether the key at ``path`` stands where keys are about the page, and no thing's."""
    *outer, _ = map(plain, path.split("."))
    return set(outer) <= _OF_PAGES


def matters(path: str, values: Iterable[str]) -> bool:
    """Whether it matters to the page that the key at ``path``, inside of others, has ``values``."""
    meaning = meaning_of(path)
    if meaning != "unknown":
        return meaning != "layout"
    return is_about_page(path) or any(map(_MAY_TELL.search, values))


def is_looks(words: str) -> bool:
    """Whether ``words`` name nothing but parts of a page's looks."""
    return _are_looks([part.casefold() for part in _PARTS.findall(words)])


def _are_looks(parts: list[str]) -> bool:
    """Whether ``parts`` name parts of a page, and not the page itself: ``related posts``."""
    return _LOOKS.issuperset(parts) and not _WHOLE.issuperset(parts)
