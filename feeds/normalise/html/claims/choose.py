"""From what is claimed of an article to its fields: the first claim that can be right wins.

Rules
- Trust, for every field but the headline (see ``titles``): JSON-LD, then ``meta`` (for addresses
  ``link rel=canonical`` before both), then microdata, then what the page shows.
- A claim that can't be read is passed over and reported. Claims that differ in the day, or
  headlines without a word in common, are reported; the order of trust still decides.
- An ``updated`` before ``published`` is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from feeds.model import Access, Evidence, Image, StatedDate, Url
from feeds.model.problem import Problem
from feeds.normalise.html import dom
from feeds.normalise.html.claims import agreement, dated
from feeds.normalise.html.claims.metadata import RULED, Claim
from feeds.normalise.html.claims.sites import Sites
from feeds.normalise.people import people_in
from feeds.text import languages, same_picture, urls
from feeds.text.dates import resolve
from feeds.text.dates.resolve import Settled
from feeds.text.images import address_within, image_type, itself

_PAID = frozenset(("false", "no", "0", "locked", "metered", "paid", "premium"))
_FREE = frozenset(("true", "yes", "1", "free"))
_ACCOUNTS = ("admin", "administrator", "super user", "superuser", "root", "webmaster")
_SHORTEST, _LONGEST_SUMMARY = 20, 1000
"""A description that is shorter names something; a longer one is a text."""
_FIRST = 3
_MOST_SECTIONS, _MOST_TAGS, _LONGEST_TAG = 3, 5, 60

BYLINE = "byline beside the headline"
_COMMA_LISTS = {"news_keywords", "article:tag"}


class Chosen:
    """Collects fields with their evidence, and what was doubtful in choosing them."""

    def __init__(self, path: str, settled: Settled) -> None:
        self.path = path
        self.settled = settled
        self.evidence: dict[str, Evidence] = {}
        self.findings: list[Problem] = []

    def owe(self, field: str, claim: Claim) -> None:
        """Notes that ``field`` is owed to ``claim``."""
        self.evidence[field] = Evidence(self.path, claim.line, claim.rule)

    def owes(self, field: str, claim: Claim) -> bool:
        """Whether ``field`` is owed to ``claim``."""
        return self.evidence.get(field) == Evidence(self.path, claim.line, claim.rule)

    def unknown(self, field: str, why: str) -> None:
        """Notes that ``field`` is unknown."""
        self.evidence[field] = Evidence(self.path, 0, why, is_known=False)

    def doubt(self, code: str, what: str, line: int = 0, remedy: str = "") -> None:
        """Reports something that changes nothing."""
        self.findings.append(Problem(code, what, line, remedy))

    def title(self, claims: list[Claim]) -> str:
        """The headline; empty if nothing states one."""
        if not claims:
            self.unknown("title", "neither the metadata nor a heading gives a headline")
            return ""
        first = claims[0]
        for other in claims[1:] if first.name != RULED else ():
            # what stands in a window's title bar may be anything
            if other.source != "title element" and not agreement.related(first.value, other.value):
                self.doubt(
                    "headlines-differ",
                    f"'{dom.shortened(first.value)}' ({first.rule}) and "
                    f"'{dom.shortened(other.value)}' ({other.rule}) are different headlines",
                    other.line,
                    "see which is the article's",
                )
                break
        self.owe("title", first)
        return first.value

    def date(self, field: str, claims: list[Claim]) -> StatedDate | None:
        """The date of the first claim that is one."""
        found: tuple[StatedDate, Claim] | None = None
        reported = False
        for claim in claims:
            stated = resolve.read_any_date(claim.value, self.settled)
            if not isinstance(stated, StatedDate):
                what = f"'{dom.shortened(claim.value)}' is no date ({claim.rule})"
                self.doubt("no-date", what, claim.line)
            elif not resolve.is_of_a_page(stated):
                what = f"'{dom.shortened(claim.value)}' is no date of a page ({claim.rule})"
                self.doubt("no-date", f"{what}; it is not used", claim.line)
            elif found is None:
                found = stated, claim
                self.owe(field, claim)
                if zone := resolve.unsettled_zone(claim.value, stated, self.settled):
                    self.findings.append(dated.unsettled_zone(zone, claim.value, claim.line))
            elif not reported and _differ(found[0], stated):
                reported = True
                self.doubt(
                    "dates-differ",
                    f"{found[0].iso} ({found[1].rule}) and {stated.iso} ({claim.rule}) are "
                    f"different days for '{field}'; the former is taken",
                    claim.line,
                    "correct whichever of them is wrong",
                )
        return found[0] if found else None

    def authors(self, claims: list[Claim], sites: Sites) -> tuple[str, ...]:
        """The people of the most trusted source that names any; of a byline with more, those."""
        found: dict[str, str] = {}
        for rule in dict.fromkeys(claim.rule for claim in claims):
            same = [claim for claim in claims if claim.rule == rule]
            names = {
                agreement.key(name): name
                for claim in same
                for name in people_in(sites.without(claim.value), is_shown=claim.source == "page")
                if name.casefold() not in _ACCOUNTS and not sites.has(name)
            }
            more = [name for key, name in names.items() if key not in found]
            is_fuller = found.keys() < names.keys() and all(" " in name for name in more)
            if names and (not found or (rule == BYLINE and is_fuller)):
                found = names
                self.owe("authors", same[0])
        return tuple(found.values())

    def organisations(self, claims: list[Claim]) -> tuple[str, ...]:
        """The organisations that sign as such, where nobody does."""
        names = [claim.value for claim in claims if len(claim.value) <= _LONGEST_TAG]
        if names:
            self.owe("authors", claims[0])
        return tuple(dict.fromkeys(names))

    @staticmethod
    def author_urls(authors: tuple[str, ...], claims: list[Claim], base: str) -> dict[str, Url]:
        """Where ``authors`` are at home, by name, as far as ``claims`` say it."""
        found: dict[str, Url] = {}
        keys = {agreement.key(name): name for name in authors}
        for claim in claims:
            name = keys.get(agreement.key(claim.value))
            url = urls.absolute(base, claim.url) if claim.url else None
            if name and url and name not in found:
                found[name] = url
        return found

    def summary(
        self, claims: list[Claim], titles: list[str], paragraphs: tuple[str, ...], sites: Sites
    ) -> str:
        """The editor's description; empty if it says what ``titles`` or text begin with."""
        named = {agreement.key(title) for title in titles}
        begun = agreement.key(" ".join(paragraphs[:_FIRST]))
        for claim in sorted(claims, key=lambda claim: claim.source != "meta"):
            key = agreement.key(claim.value.rstrip(" .…[]"))
            is_short = len(key) < _SHORTEST and key.isascii()
            if is_short or len(claim.value) > _LONGEST_SUMMARY or key in named:
                continue
            if not sites.has(claim.value) and not begun.startswith(key):
                self.owe("summary", claim)
                return claim.value
        return ""

    def url(self, claims: list[Claim], base: str) -> Url | None:
        """The page's own address: absolute or seen from its site's root, and not that itself."""
        for claim in claims:
            url = urls.from_page(base, claim.value)
            if url is None:
                if (claim.source, claim.name) != ("JSON-LD", "mainEntityOfPage"):
                    what = f"'{dom.shortened(claim.value)}' is no absolute URL ({claim.rule})"
                    self.doubt("no-url", what, claim.line)
                continue
            if urls.is_site(url):
                self.doubt(
                    "url-is-home",
                    f"{claim.value} ({claim.rule}) is the site's own address, not the article's; "
                    "ignored",
                    claim.line,
                    "correct it in the newsroom's templates",
                )
                continue
            self.owe("url", claim)
            return url
        return None

    def categories(self, sections: list[Claim], tags: list[Claim]) -> tuple[str, ...]:
        """The section, and a few keywords."""
        found: dict[str, str] = {}
        for claims, most in ((sections, _MOST_SECTIONS), (tags, _MOST_TAGS)):
            if not claims:
                continue
            rule = claims[0].rule
            words = [claim.value for claim in claims if claim.rule == rule]
            is_list = claims[0].source == "meta" and claims[0].name in _COMMA_LISTS
            if len(words) == 1 and is_list:
                words = [word.strip() for word in words[0].split(",")]
            fit = [word for word in words if 0 < len(word) <= _LONGEST_TAG]
            if fit and not found:
                self.owe("categories", claims[0])
            for word in fit[:most]:
                found.setdefault(word.casefold(), word)
        return tuple(found.values())

    def language(self, claims: list[Claim]) -> str | None:
        """The language as a tag of BCP 47."""
        wrong: list[Claim] = []
        for claim in claims:
            try:
                tag = languages.read_language(claim.value)
            except ValueError:
                wrong.append(claim)
                continue
            if tag:
                self.owe("language", claim)
                return tag
        if wrong:
            what = f"no language is called '{wrong[0].value[:_LONGEST_TAG]}' ({wrong[0].rule})"
            remedy = "write a language tag such as 'en' or 'az'"
            self.doubt("language-unknown", f"{what}; it is not used", wrong[0].line, remedy)
        return None

    def access(self, claims: list[Claim]) -> Access:
        """Free, unless the most trusted source says otherwise."""
        for claim in claims:
            word = claim.value.casefold().rpartition("/")[2]
            if word in _PAID | _FREE:
                self.owe("access", claim)
                return "paid" if word in _PAID else "free"
        return "free"

    def image(
        self,
        claims: list[Claim],
        others: Callable[[str], str],
        base: str,
        shown: dict[str, tuple[str, str]],
    ) -> Image | None:
        """The main picture.

        ``others``: first claims of its neighbours; ``shown``: alt and credit by what is the same
        picture.
        """
        untyped: Claim | None = None
        for claim in claims:
            url = urls.absolute(base, claim.value)
            if url is None:
                continue
            url = itself(url)
            # what is said for machines is said of the picture that they are given
            said = others if claim.source != "page" else _nothing
            kind = image_type(url) or said("image type")
            if not kind and (inner := address_within(url)):
                kind = image_type(Url(urlsplit(inner).path))
            if not re.fullmatch(r"image/[\w.+-]+", kind):
                untyped = untyped or claim._replace(value=url)
                continue
            alt, credit = shown.get(same_picture.key_of(url), ("", ""))
            self.owe("image", claim)
            return Image(
                url, kind, alt=alt or said("image alt"), credit=credit or said("image credit")
            )
        if untyped:
            self.doubt(
                "picture-untyped",
                f"{dom.shortened(untyped.value)} doesn't say what kind of picture it is; the entry "
                "gets none",
                untyped.line,
                "give og:image:type, or an address that ends in .jpg or the like",
            )
        return None


def _nothing(_field: str) -> str:
    return ""


def _differ(one: StatedDate, other: StatedDate) -> bool:
    """Whether two dates are of different days, in whatever zones they were meant."""
    first, second = (datetime.fromisoformat(stated.iso) for stated in (one, other))
    if first.tzinfo and second.tzinfo:
        try:
            return abs(first.astimezone(UTC) - second.astimezone(UTC)).days >= 1
        except OverflowError:
            return True
    apart = abs((one.day - other.day).days)
    return apart > (1 if first.tzinfo or second.tzinfo else 0)
