"""What is fuzzed: kinds of files, what the program makes of one, and what must hold of that.

Whatever is in a file, the program understands it or says why not, by an error of its own; what
it understood can be stored and published. Anything else is a ``BrokenError``, or whatever
exception came out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any, NamedTuple, TypeVar

import msgspec

from feeds.audience import logline
from feeds.audience.counting import Counter
from feeds.capture import discovery
from feeds.entries import holds, identity, placing, verdicts
from feeds.model import Document, Entry, EntryId, Format, Reading, Story
from feeds.model.errors import FeedsError, PageError
from feeds.newsroom import decisions, decisions_file, site_file
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.site import Site
from feeds.normalise import normalise, statements
from feeds.readers import feed, read_page
from feeds.syndication import contents
from feeds.syndication.documents import documents
from feeds.text import dates
from tests.newsrooms import NOW, SAVED, SITE

_SITE = site_file.load_site(SITE, "site.toml")
_ZONE = dates.zone(_SITE.timezone)
_STORIES = 1000
"""So many stories of a page are made entries of."""
_SHOWN = 120
"""So many entries a feed of thirty may have."""

# XML 1.0, section 2.2
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ALLOWED = frozenset(
    "a em strong b i img br code sub sup ul ol li table thead tbody tr th td p blockquote "
    "h2 h3 h4 figure figcaption hr pre del s ins q cite abbr ruby rt rp dl dt dd caption".split()
)
_WORDS = {"img": {"alt"}, "abbr": {"title"}}
_NUMBERS = {
    "ol": {"start", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_ADDRESSES = {"href": ("http://", "https://", "mailto:"), "src": ("http://", "https://")}


class BrokenError(Exception):
    """Something that must hold of what the program made does not."""


class Made(NamedTuple):
    """What the program made of a file: its own words for it, entries, and documents of these.

    ``stories`` are what is told to people of what it ``understood``; ``refusal`` says why it made
    nothing.
    """

    understood: object = None
    stories: object = ()
    entries: tuple[Entry, ...] = ()
    documents: tuple[Document, ...] = ()
    refusal: str = ""


class Kind(NamedTuple):
    """A kind of files. ``make`` is the program at work, ``names`` what such files are called.

    ``stored`` is the type that the ledger keeps of one.
    """

    make: Callable[[str, bytes], Made]
    names: tuple[str, ...]
    stored: Any = None


def made_of(kind: str, name: str, data: bytes) -> Made:
    """What the program makes of the file called ``name``; raises what should not come out."""
    try:
        return KINDS[kind].make(name, data)
    except FeedsError as error:
        return Made(refusal=str(error))


def check(kind: str, made: Made) -> None:
    """Raises BrokenError if ``made`` is not fit to be stored and published."""
    made.refusal.encode()
    _sound(msgspec.to_builtins(made.stories), "the stories")
    stored = KINDS[kind].stored
    if stored is not None and made.understood is not None:
        _storable(made.understood, stored)
    for entry in made.entries:
        _sound(msgspec.to_builtins(entry), "an entry")
        _storable(entry, Entry)
        _harmless(entry.content)
    for document in made.documents:
        found = contents.items(document)
        ids = [_id(entry, document.format) for entry in made.entries[:_SHOWN]]
        if [item.id for item in found] != ids:
            raise BrokenError(f"{document.format} has other entries than it was made of")


def _id(entry: Entry, form: Format) -> str:
    return entry.id if form == "atom" else entry.guid or entry.id


_T = TypeVar("_T")


def _storable(made: _T, type_: type[_T]) -> None:
    if msgspec.json.decode(msgspec.json.encode(made), type=type_) != made:
        raise BrokenError(f"a {type_.__name__} is another when it was stored")


def _sound(value: object, where: str) -> None:
    """Raises BrokenError if XML, or UTF-8, forbids a character somewhere in ``value``."""
    if isinstance(value, str):
        if found := _FORBIDDEN.search(value):
            what = value[max(0, found.start() - 30) : found.end() + 30]
            raise BrokenError(f"U+{ord(found[0]):04X} in {where}: {what!r}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _sound(key, where)
            _sound(inner, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for inner in value:
            _sound(inner, where)


class _Tags(HTMLParser):
    """Raises BrokenError at the first tag or attribute that no reader may be given."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ALLOWED:
            raise BrokenError(f"<{tag}> in a text")
        for name, value in attrs:
            if name in _WORDS.get(tag, ()):
                continue
            if name in _NUMBERS.get(tag, ()) and re.fullmatch(r"-?\d{0,5}", value or ""):
                continue
            if not (value or "").lower().startswith(_ADDRESSES.get(name, ())):
                raise BrokenError(f"<{tag} {name}={value!r}> in a text")

    def handle_decl(self, decl: str) -> None:
        raise BrokenError(f"<!{decl}> in a text")

    def handle_comment(self, data: str) -> None:
        raise BrokenError(f"<!--{data}--> in a text")

    def handle_pi(self, data: str) -> None:
        raise BrokenError(f"<?{data}> in a text")


def _harmless(content: str) -> None:
    if "<" in content:
        parser = _Tags(convert_charrefs=False)
        parser.feed(content)
        parser.close()


def _page(name: str, data: bytes) -> Made:
    reading = normalise(read_page(name, data))
    published = statements.with_statements(reading)
    stories = (*((published.article,) if published.article else ()), *published.latest)
    captured = _captured(published)
    some = stories[:_STORIES]
    entries = _distinct(_entry(story, captured) for story in some if _may_be_published(story))
    return Made(reading, stories, entries, tuple(_documents(entries)))


def _may_be_published(story: Story) -> bool:
    return holds.why_held(story, _SITE.undated, NOW, _ZONE) is None and bool(story.title)


def _captured(reading: Reading) -> datetime | None:
    if reading.captured is None or holds.future_capture(reading, NOW.date()):
        return None
    return placing.anchor(reading.captured.day, SAVED, NOW, _ZONE)


def _entry(story: Story, captured: datetime | None) -> Entry:
    published = None
    if story.published and story.published.precision == "day":
        published = placing.anchor(story.published.day, SAVED, NOW, _ZONE)
    elif story.published:
        published = dates.stated_moment(story.published, _ZONE)
    moments = verdicts.Moments(NOW, holds.released(published, story, _ZONE), captured, 0, _ZONE)
    entry = verdicts.enter(story, identity.mint(_SITE.authority, story), moments)
    identity.fingerprints(entry)
    identity.story_alias(story)
    return entry


def _distinct(entries: Iterator[Entry]) -> tuple[Entry, ...]:
    return tuple({entry.id: entry for entry in entries}.values())


def _documents(entries: tuple[Entry, ...]) -> list[Document]:
    return documents(_SITE, _SITE.feeds[0], entries[:_SHOWN]) if entries else []


def _table(name: str, data: bytes) -> Made:
    outside = Outside(_SITE.pages, "/desk/source", data, name)
    outside.idle(["a.txt", "b/c.html"])
    reading = normalise(read_page("a.txt", b"Bell hangs again\nIt hangs in its tower.\n"))
    paths = ("a.txt", "b/c.html", "caf\u00e9.txt")
    said = [statements.with_statements(reading, outside.of(path)) for path in paths]
    hashes = [outside.hash_of(path) for path in paths]
    return Made((outside.digest, hashes, outside.notices), [reading.article for reading in said])


def _decisions(name: str, data: bytes) -> Made:
    found, wrong = decisions_file.decode_decisions(data, name)
    again = "".join(decisions.as_toml(decision, decision.title) for decision in found)
    if len(decisions_file.parse_decisions(again, name).decisions) != len(found):
        raise BrokenError("decisions that are written down again are others")
    decisions.digest(found)
    if any(not problem.what for problem in wrong):
        raise BrokenError("something is wrong, and nobody says what")
    return Made(found, [*map(str, wrong)])


def _site(name: str, data: bytes) -> Made:
    site = site_file.load_site(data.decode("utf-8", "replace"), name)
    outside = Outside(site.pages, "/desk/source")
    outside.of("a/b.html")
    page = read_page("a/b.html", b"<h1>Bell hangs again</h1><p>It hangs in its tower again.</p>")
    with suppress(PageError):  # where a rule drops all of it
        normalise(page, guidance=outside.guidance("a/b.html"))
    outside.idle(["a/b.html", "c.txt"])
    entry = verdicts.enter(
        Story("headline", "Bell hangs again", 1), EntryId("tag:a,2026:b"), _MOMENTS
    )
    made = [one for each in site.feeds[:20] for one in documents(site, each, [entry])]
    return Made(site, (), (entry,), tuple(made))


_MOMENTS = verdicts.Moments(NOW, NOW - timedelta(days=1), None, 0, _ZONE)


def _feed(name: str, data: bytes) -> Made:
    found, odd = feed.parse_feed(data, "https://desk.test/old.xml", name)
    entries = tuple(
        Entry(
            id=identity.mint_for(_SITE.authority, None, item.title, number + 1),
            kind="article" if item.content or item.summary else "headline",
            title=item.title,
            guid=item.guid,
            entered=NOW,
            updated=max(item.updated or _EPOCH, item.published or _EPOCH),
            published=item.published,
            authors=item.authors,
            summary=item.summary,
            content=item.content,
            url=item.url,
            language=item.language,
            categories=item.categories,
            image=item.image,
        )
        for number, item in enumerate(found[:_STORIES])
    )
    for item in found:
        if item.published:
            item.published.astimezone(_ZONE)
    for entry in entries:
        identity.fingerprints(entry)
    return Made((found, odd), found, entries, tuple(_documents(entries)))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _log(_: str, data: bytes) -> Made:
    counter = Counter(b"secret", {}, {})
    lines = data.split(b"\n")
    counter.add(lines)
    counted = counter.counted()
    for line in lines:
        if found := logline.fields(line):
            logline.target(found.request)
            logline.answer(found.answer)
            logline.reader(found.before, found.rest)
    return Made((counted.polls, counted.others, counted.unreadable))


def _sitemap(_: str, data: bytes) -> Made:
    found = discovery.read_sitemap(data, "https://desk.test/sitemap.xml")
    _leads((*found.pages, *discovery.newest_first(found.sitemaps)))
    return Made(found, (found.pages, list(map(str, found.odd))))


def _links(_: str, data: bytes) -> Made:
    found = discovery.read_links(data, "", "https://desk.test/quay/")
    _leads(found.stories)
    return Made(found, tuple(found))


def _leads(found: Iterable[discovery.Candidate]) -> None:
    """Raises BrokenError if an address leads out of the site, or is another when made tidy."""
    for one in found:
        address = discovery.story_address(one.address, _SITE)
        discovery.is_trap(one.address, NOW.date())
        if address is None:
            continue
        if not address.startswith(_SITE.site_url):
            raise BrokenError(f"{address} is of another site")
        if discovery.story_address(address, _SITE) != address:
            raise BrokenError(f"{address} is another when it is made tidy again")


KINDS: dict[str, Kind] = {
    "text": Kind(_page, ("page.txt",), Reading),
    "html": Kind(_page, ("page.html",), Reading),
    "markdown": Kind(_page, ("page.md",), Reading),
    "front matter": Kind(_page, ("page.txt", "page.md", "page.html"), Reading),
    "capture": Kind(_page, ("page.warc",), Reading),
    "table": Kind(_table, ("pages.csv",)),
    "decisions": Kind(_decisions, ("decisions.toml",), list[decisions.Decision]),
    "site": Kind(_site, ("site.toml",), Site),
    "rss": Kind(_feed, ("feed.rss",)),
    "atom": Kind(_feed, ("feed.atom",)),
    "json": Kind(_feed, ("feed.json",)),
    "log": Kind(_log, ("access.log",)),
    "sitemap": Kind(_sitemap, ("sitemap.xml",)),
    "links": Kind(_links, ("page.html",)),
}
"""By name."""
