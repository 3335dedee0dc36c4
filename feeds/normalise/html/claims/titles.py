"""The headline: whose form of it is taken, and what is no part of it.

Rules
- ``og:title`` is what an editor wrote for whoever sees no page, as readers of feeds do: it is
  taken if it is whole, speaks of the same as another source, and not three agree against it.
  Then the heading that is shown; then JSON-LD, whose headlines are often made for search
  engines; then the title element.
- The name of the site, or of a section, before or behind a headline is no part of it. Nor is a
  label before a dash, where another source has the headline without it.
"""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from feeds.model import Dropped
from feeds.normalise.html import dom
from feeds.normalise.html.body.scope import Parts
from feeds.normalise.html.claims import agreement, heading_words, jsonld
from feeds.normalise.html.claims.metadata import RULED, Claim, Metadata
from feeds.normalise.html.headline_labels import LABEL, is_label, without_labels
from feeds.normalise.words import is_section

_BEHIND = re.compile(r"\s*(?:[|ㅣ｜»«·•/–—-]|::)|\s+[(\[~<›]")
_STOP = re.compile(r"([^.:|]{2,20})\.\s+(?=\S)")
_NOTHING = frozenset(("undefined", "null", "none", "nan"))
_BARS = ("|", "ㅣ", "｜")
_FEW_WORDS = 4
_LONG = 12
_SHORT = 60
_AROUND = " \t:.|·•–—»/-"
_SHORTEST_LABEL = 3
_LONG_NAME = 6
_AGREED = 3
"""So many that say the same word by word are right, and one that says it otherwise is not."""


def collect_titles(
    stated: Metadata,
    microdata: list[tuple[str, Claim]],
    parts: Parts,
    base: str,
) -> tuple[list[Claim], list[Dropped]]:
    """The claims to the headline of ``parts`` in their order of trust, and the labels in it.

    Names of the site, whose address is ``base``, are taken off.
    """
    shown, told = parts.title, parts.told.title
    given = [claim for field, claim in microdata if field == "title"]
    for field in ("title", "title element"):
        given += stated.claims.get(field, [])
    given = [claim for claim in given if claim.value.casefold() not in _NOTHING]
    sites = {agreement.key(claim.value) for claim in stated.claims.get("site", ())}
    given = [
        claim
        for claim in given
        if claim.source not in ("meta", "title element") or agreement.key(claim.value) not in sites
    ]
    if told is not None and told.element is not shown:
        given.insert(0, Claim(told.value, told.line, told.rule, name=RULED))
    if shown is None:
        return ordered(given, None, site_names(stated, base)), []
    line = dom.line_of(shown)
    words, labels = heading_words.words_of(shown, [claim.value for claim in given])
    words = jsonld.without_references(words)
    # machines are given no more than 110 characters of a headline
    given = [claim for claim in given if claim.source != "JSON-LD" or not _is_begun(claim, words)]
    bare = without_labels(words)
    if bare != words:
        labels = (*labels, *(label.strip() for label in words.split(bare) if label.strip()))
    own = Claim(bare, line, f"{shown.tag} of the page")
    if told is not None and told.element is shown:
        own = own._replace(rule=told.rule, name=RULED)
    dropped = [Dropped(line, label, "label beside the headline") for label in labels]
    return ordered(given, own, site_names(stated, base)), dropped


def _is_begun(claim: Claim, words: str) -> bool:
    """Whether ``claim`` is the beginning of a longer headline, which has these ``words``."""
    return words.startswith(claim.value.rstrip(" .…")) and len(words) > len(claim.value) > _SHORT


def other_form(titled: list[Claim], title: str) -> list[Dropped]:
    """The heading, if another form of the headline is taken."""
    return [
        Dropped(claim.line, dom.shortened(claim.value), "another form of the headline")
        for claim in titled
        if claim.source == "page" and agreement.key(claim.value) != agreement.key(title)
    ]


def ordered(claims: list[Claim], shown: Claim | None, sites: set[str]) -> list[Claim]:
    """``claims`` to the headline in their order of trust, ``shown`` that of the heading.

    ``sites`` are the names of the site, as ``agreement.key`` has them.
    """
    given = [claim for claim in (shown, *claims) if claim is not None]
    given = [_without_label(_without_site(claim, sites, given)) for claim in given]
    ranked = sorted(given, key=_rank)
    first = ranked[0] if ranked else None
    if first is not None and first.name == "og:title" and not _is_sound(first, ranked[1:]):
        ranked = [*ranked[1:], first]
    return ranked


def site_names(stated: Metadata, base: str) -> set[str]:
    """What the site, by itself or its address, and its sections are called, as keys."""
    names_of_site = {
        agreement.key(claim.value)
        for field in ("site", "section")
        for claim in stated.claims.get(field, ())
    }
    labels = (urlsplit(base).hostname or "").removeprefix("www.").split(".")
    for place in range(len(labels) - 1):
        names_of_site.add(agreement.key("".join(labels[place:])))
        if len(labels[place]) >= _SHORTEST_LABEL:
            names_of_site.add(agreement.key(labels[place]))
    return names_of_site - {""}


def _rank(claim: Claim) -> int:
    if claim.name == RULED:
        return -1
    if claim.name == "og:title":
        return 0
    order = ("page", "microdata", "JSON-LD", "lower heading", "meta", "title element")
    is_lower = claim.source == "page" and not claim.rule.startswith("h1")
    return 1 + order.index("lower heading" if is_lower else claim.source)


def _is_sound(title: Claim, others: list[Claim]) -> bool:
    """Whether ``title`` is whole, and one of ``others`` speaks of the same."""
    if title.value.endswith(("…", "...")):
        return False
    keys = Counter(agreement.key(other.value) for other in others)
    own = agreement.key(title.value)
    agreed = agreement.key(others[0].value) if others else ""
    # what the others have before it is a kicker
    if not keys[own] and keys[agreed] >= _AGREED and not agreed.endswith(own):
        return False
    # what has hardly a word of the heading, and of the title element that agrees with it, sells
    sold = not any(agreement.near(title.value, other.value) for other in others)
    if sold and not keys[own] and keys[agreed] > 1:
        return False
    for other in others:
        rest = other.value.removeprefix(title.value)
        # a quotation mark within ends an attribute in which it isn't written as a reference
        if rest and rest != other.value and (rest[0].isalnum() or rest.lstrip()[:1] == '"'):
            return False
    if all(other.source == "title element" for other in others):
        # of two that have nothing to do with each other, the shorter is the site's name
        others = [other for other in others if len(other.value) >= len(title.value)]
    return not others or any(agreement.related(title.value, other.value) for other in others)


def _without_label(title: Claim) -> Claim:
    words = without_labels(title.value)
    if words == title.value:
        return title
    return title._replace(value=words, rule=f"{title.rule}, without a label")


def _without_site(title: Claim, sites: set[str], others: list[Claim]) -> Claim:
    """``title`` without the names of site and section that stand at its end or beginning."""
    words = title.value
    for _ in range(3):
        cut = _cut(title, words, sites, others)
        if cut == words:
            break
        words = cut
    if words == title.value:
        return title
    gone = title.value.replace(words, "", 1).strip(_AROUND)
    what = "a label" if LABEL.fullmatch(gone) or is_label(gone) else "the site's name"
    return title._replace(value=words, rule=f"{title.rule}, without {what}")


def _cut(title: Claim, words: str, sites: set[str], others: list[Claim]) -> str:
    """``words`` without one name of the site, or one label, at an end of them."""
    if title.source != "page":
        for other in others:
            rest = words[len(other.value) :]
            if (
                other is not title
                and len(other.value) > _LONG
                and words.casefold().startswith(other.value.casefold())
                and _BEHIND.match(rest)
                and len(rest.split()) <= _FEW_WORDS + 1
            ):
                return other.value
    if rest := _behind_label(words, others):
        return rest
    front, colon, behind = words.partition(": ")
    if colon and title.source == "title element" and agreement.key(front) in sites:
        return behind.strip() or words
    places = list(agreement.SEPARATOR.finditer(words))
    if not places:
        return words
    for place in places:  # the site's own name may have separators
        head, tail = words[: place.start()].rstrip(), words[place.end() :].strip()
        if len(head) > 5 and _is_site(tail, sites, len(head)):
            return head
    return _cut_behind(title, words, places[-1], others) or _cut_before(
        title, words, places[0], sites, others
    )


def _behind_label(words: str, others: list[Claim]) -> str:
    """What stands behind a label and a colon or full stop, if another source has it alone."""
    before, colon, behind = words.partition(":")
    if colon and LABEL.fullmatch(before) and any(_same(behind, other) for other in others):
        return behind.strip()
    stop = _STOP.match(words)
    if stop and LABEL.fullmatch(stop[1]):
        behind = words[stop.end() :]
        return behind if any(_begins(behind, other) for other in others) else ""
    return ""


def _cut_behind(title: Claim, words: str, last: re.Match[str], others: list[Claim]) -> str:
    """``words`` up to the ``last`` separator, if what follows is a label or names the site."""
    head, tail = words[: last.start()].rstrip(), words[last.end() :].strip()
    if len(head) <= 5:
        return ""
    if is_section(tail) or (LABEL.fullmatch(tail) and any(_same(head, one) for one in others)):
        return head
    is_site = (
        last[0].strip() in _BARS
        and title.source in ("title element", "meta")
        and len(tail.split()) <= _FEW_WORDS
        and len(tail) < len(head)
    )
    return head if is_site else ""


def _cut_before(
    title: Claim, words: str, first: re.Match[str], sites: set[str], others: list[Claim]
) -> str:
    """``words`` behind the ``first`` separator, if that follows a label or the site's name."""
    front, back = words[: first.start()].strip(), words[first.end() :].strip()
    is_barred, is_few = first[0].strip() in _BARS, len(front.split()) <= _FEW_WORDS
    if len(back) > 5 and (
        agreement.key(front) in sites
        or (is_label(front) and any(_begins(back, other) for other in others))
        or (title.source in ("title element", "meta") and is_few and _is_shown(back, others))
        or (is_barred and any(_same(back, other) for other in others))
    ):
        return back
    return words


def _is_site(tail: str, sites: set[str], longest: int) -> bool:
    """Whether ``tail`` names the site, or is a few words of which one does, up to ``longest``."""
    found = agreement.key(tail)
    if found in sites:
        return True
    is_short = len(tail.split()) <= _FEW_WORDS and len(tail) <= longest
    return is_short and any(
        len(site) >= _LONG_NAME and (found.startswith(site) or found.endswith(site))
        for site in sites
    )


def _is_shown(words: str, others: list[Claim]) -> bool:
    """Whether ``words`` are all of a heading: what stands before them elsewhere is the site."""
    return any(other.source == "page" and _same(words, other) for other in others)


def _begins(words: str, claim: Claim) -> bool:
    """Whether ``claim`` is no more than ``words`` and perhaps the name of a site behind them."""
    rest = claim.value[len(words) :]
    is_begun = claim.value[: len(words)].casefold() == words.casefold()
    return is_begun and (not rest or _BEHIND.match(rest) is not None)


def _same(words: str, claim: Claim) -> bool:
    return agreement.key(words) == agreement.key(claim.value)
