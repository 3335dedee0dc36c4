"""What a feed says of its items, whatever its format, made into what the ledger can take.

Rules
- A guid is kept to the letter, but for letters that no feed can hold: they are in JSON alone.
- A title is plain text. An item without one, which is allowed in every format, gets the first
  sentence of its text, since an entry has to have a headline.
- Of several texts the fullest in kind counts: content before summary. HTML is cleaned here, as
  all HTML is, with links seen from where the text stands.
- A date that can't be read is none, and what had to be assumed of one is told.
- Of items with the same guid the first counts: feeds begin with the newest.
- Of what has to be paid for there is what was written as a summary, and no word of the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec

from feeds.model import Access, Enclosure, Image, Url
from feeds.model.problem import Problem
from feeds.readers.feed import dates, divisions
from feeds.readers.feed.attached import Attached, enclosures_of, image_of
from feeds.text import characters, languages, markup, sanitise, urls

IN_PART = "item-in-part"
"""The code of a problem: something of an item's text was left out."""
CUT = "export-cut"
"""The code of a problem: the file ends in its middle."""
TEXTLESS = "item-textless"
"""The same of all of it."""
NAME_A_FEED = "name a file or a URL of RSS, Atom or JSON Feed, or an export of WordPress or Ghost"
"""What to do about a file that is none of these."""
_LONGEST_TITLE = 100
_MOST_NAMES = 100
"""So many authors, and categories, has an item at most: each is an element of each document."""
_LONGEST_SHOWN = 60
_SENTENCE = re.compile(r"(.{10,}?[.!?…])(?=\s|\Z)", re.DOTALL)
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n")
_MAILBOX = re.compile(r"\S+@\S+\s+\((.+)\)")


class Imported(msgspec.Struct, frozen=True):
    """An item of a feed. Moments are aware and in UTC, as the feed states them.

    ``guid`` is as subscribers' readers have it: the guid, or id, to the letter, else the item's
    link; empty if it has neither. ``summary`` is plain text: what the feed calls so, else
    the beginning of the text. ``content`` is clean HTML with absolute URLs, empty where there is
    only a summary, or nothing but a headline. Of what is *paid* there is no text.
    ``left_out`` names what could not be taken of its text.
    """

    guid: str
    title: str
    url: Url | None = None
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    summary: str = ""
    content: str = ""
    categories: tuple[str, ...] = ()
    language: str | None = None
    image: Image | None = None
    enclosures: tuple[Enclosure, ...] = ()
    author_urls: dict[str, Url] = {}
    translations: dict[str, Url] = {}
    access: Access = "free"
    left_out: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Text(NamedTuple):
    """A text as a feed has it: plain, or HTML whose addresses are seen from ``base``."""

    value: str
    is_html: bool = False
    base: str = ""


class Raw(NamedTuple):
    """An item as its format's reader found it: nothing is cleaned, everything may be empty.

    ``link`` is where the item is read; ``guid`` is not the link. ``homes`` are authors with their
    addresses, ``translations`` languages with theirs.
    """

    line: int
    guid: str = ""
    link: str = ""
    title: Text = Text("")
    summary: Text = Text("")
    content: Text = Text("")
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""
    attached: tuple[Attached, ...] = ()
    homes: tuple[tuple[str, str], ...] = ()
    translations: tuple[tuple[str, str], ...] = ()
    access: Access = "free"
    left_out: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Feed(NamedTuple):
    """A feed as its format's reader found it. ``base`` is where it says that it is.

    ``is_kept``: what was left out of its items was told when it was written, and is in ``odd``.
    """

    items: list[Raw]
    base: str = ""
    language: str = ""
    odd: tuple[Problem, ...] = ()
    is_kept: bool = False


def imported_items(feed: Feed, base: str) -> tuple[list[Imported], list[Problem]]:
    """The items of ``feed`` that are stories, and what is doubtful about it.

    ``base`` is the absolute URL from which the feed's links are seen, empty if it isn't known.
    """
    findings: list[Problem] = []
    made = list(each_item(feed.items, base, feed.language, findings))
    if feed.is_kept:
        findings = [one for one in findings if one.code not in {IN_PART, TEXTLESS}]
    if not feed.items:
        findings.append(
            Problem("feed-empty", "the feed has no items", remedy="see whether it is the right one")
        )
    return made, findings


def each_item(
    raws: Iterable[Raw], base: str, language: str, findings: list[Problem]
) -> Iterator[Imported]:
    """The same of items that come one by one; what is doubtful is added to ``findings``."""
    known: set[str] = set()
    for number, raw in enumerate(raws, 1):
        item = _Item(raw, number, base, findings)
        story = item.story(language)
        if story is None:
            continue
        if story.guid in known:
            item.doubt(
                f"has the guid {_shown(story.guid)} of an earlier item, and is left out",
                "enter it from its page if it is another story",
                "loss",
            )
            continue
        if story.guid:
            known.add(story.guid)
        yield story


class _Item:
    """An item that is being read, and to whom doubts about it are told."""

    def __init__(self, raw: Raw, number: int, base: str, findings: list[Problem]) -> None:
        self._raw = raw
        self._base = base
        self._findings = findings
        self._title = characters.cleaned(_plain_text(raw.title))
        self._name = _shown(self._title) if self._title else f"item {number}"

    def doubt(self, what: str, remedy: str, weight: str = "doubt") -> None:
        """Tells the feed's editor ``what`` of the item is odd."""
        finding = Problem("item-doubtful", f"{self._name} {what}", self._raw.line, remedy)
        self._findings.append(
            finding if weight == "doubt" else msgspec.structs.replace(finding, weight="loss")
        )

    def story(self, language: str) -> Imported | None:
        """The item; None if there is no story in it."""
        raw = self._raw
        is_paid = raw.access == "paid"
        content = "" if is_paid else self._clean_html(raw.content)
        paragraphs = markup.blocks(content)
        if paragraphs == [self._title] and "<img" not in content:
            content, paragraphs = "", []  # JSON Feed wants a text even where there is none
        summary = characters.cleaned(" ".join(_paragraphs(raw.summary)))
        summary = summary or characters.cleaned(markup.summary(paragraphs))
        title = self._title
        if not title:
            title = _headline(summary)
            if not title:
                self.doubt("has neither title nor text, and is left out", "", "loss")
                return None
            self.doubt(
                f"has no title; its text gives one: {_shown(title)}",
                "write a better one with 'feeds correct'",
            )
        url = urls.absolute(self._base, raw.link)
        guid = _name(raw.guid) or _name(raw.link)
        if not guid:
            self.doubt(
                "has neither guid nor link: subscribers may see it twice",
                "see whether the feed is whole",
            )
        elif raw.link.strip() and url is None:
            self.doubt(
                f"has a link that is no URL: {_shown(raw.link)}",
                "give the address that the feed had" if not self._base else "",
            )
        if raw.left_out:
            what = f"{self._name} is taken over without {', '.join(raw.left_out)}"
            remedy = "see whether anything is missing"
            code = IN_PART if content or is_paid else TEXTLESS
            self._findings.append(Problem(code, what, raw.line, remedy, weight="loss"))
        image = image_of(raw.attached, self._base)
        return Imported(
            guid,
            title,
            url,
            self._moment(raw.published),
            self._moment(raw.updated),
            _distinct(_author_name(author) for author in raw.authors),
            summary,
            content,
            _distinct(raw.categories),
            languages.known_language(raw.language) or languages.known_language(language),
            image,
            () if is_paid else enclosures_of(raw.attached, self._base, image),
            self._addresses((_author_name(name), address) for name, address in raw.homes),
            self._translations(url),
            raw.access,
            raw.left_out,
            _distinct(raw.tags),
        )

    def _clean_html(self, text: Text) -> str:
        if not text.is_html:
            return markup.from_paragraphs(_paragraphs(text))
        base = urls.absolute(self._base, text.base) or self._base
        clean = sanitise.clean(divisions.as_paragraphs(text.value), base)
        clean = divisions.without_empty(clean)
        return clean if "<" in clean else markup.from_paragraphs(_paragraphs(text))

    def _moment(self, text: str) -> datetime | None:
        text = characters.cleaned(text)
        if not text:
            return None
        moment, why = dates.parse_date(text)
        if moment is None:
            self.doubt(
                f"has a date that can't be read, and so none: {_shown(text)}",
                "give it one with 'feeds correct'",
            )
        elif why:
            self.doubt(f"{why}: {_shown(text)}", "correct it with 'feeds correct' if it matters")
        return moment

    def _addresses(self, told: Iterable[tuple[str, str]]) -> dict[str, Url]:
        """Absolute addresses by name; of several under one name the first."""
        found: dict[str, Url] = {}
        for name, address in told:
            url = urls.absolute(self._base, address)
            if url and (cleaned := characters.cleaned(name)) and len(found) < _MOST_NAMES:
                found.setdefault(cleaned, url)
        return found

    def _translations(self, own: Url | None) -> dict[str, Url]:
        """Where the item is told in other languages, and not where it is itself."""
        known = ((languages.known_language(tag), url) for tag, url in self._raw.translations)
        found = self._addresses((tag, url) for tag, url in known if tag)
        return {tag: url for tag, url in found.items() if url != own}


def _name(text: str) -> str:
    return characters.with_blanks(characters.allowed(text)).strip()


def _plain_text(text: Text) -> str:
    return " ".join(_paragraphs(text))


def _paragraphs(text: Text) -> list[str]:
    """The paragraphs of ``text``, plain and without what no text is made of."""
    if text.is_html:
        clean = sanitise.clean(divisions.as_paragraphs(text.value))
        parts = markup.blocks(clean) if "<" in clean else _PARAGRAPHS.split(html.unescape(clean))
    else:
        parts = _PARAGRAPHS.split(text.value)
    return [part for part in map(characters.cleaned, parts) if part]


def _headline(text: str) -> str:
    """The first sentence of ``text``, cut at a word to some 100 characters."""
    sentence = _SENTENCE.match(text[: _LONGEST_TITLE + 1])
    if sentence and len(sentence[1]) <= _LONGEST_TITLE:
        return sentence[1].removesuffix(".")
    if len(text) <= _LONGEST_TITLE:
        return text
    cut = text[: _LONGEST_TITLE - 1]
    return (cut.rpartition(" ")[0].rstrip(" ,;:–—-") or cut) + "…"


def _author_name(author: str) -> str:
    """The name in what RSS wants to be a mail address with a name behind it."""
    mailbox = _MAILBOX.fullmatch(author.strip()[:500])
    return mailbox[1] if mailbox else author


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    cleaned = (characters.cleaned(text) for text in texts)
    return tuple(dict.fromkeys(text for text in cleaned if text))[:_MOST_NAMES]


def _shown(text: str) -> str:
    """``text`` in quotes, at a length that a report can show."""
    text = characters.cleaned(text)
    short = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    return f"“{short}”"
