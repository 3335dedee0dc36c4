"""What a newsroom is configured as: its site, its feeds, what is said about its pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Literal, get_args
from urllib.parse import quote

import msgspec

from feeds.model import Kind, Rights
from feeds.text import urls

FeedKind = Kind | Literal["correction"]
"""What a feed may be of; one of corrections is of nothing else."""
Required = Literal["picture", "date", "text", "url", "rights", "picture rights"]
"""What a feed may require of each story."""
ProfileName = Literal["msn", "smartnews", "flipboard", "apple", "newsbreak", "dzen", "feedly"]
"""For whom a feed may be made (``profiles``)."""
_PLACEHOLDER = "news.example"
_EXAMPLE = re.compile(r"(?:^|\.)(?:example|example\.(?:com|net|org))$")  # RFC 2606


SectionKind = Literal["category", "language", "author"]
"""What there may be feeds for as it occurs."""


Usage = Literal["search", "ai-index", "ai-input", "ai-train"]
"""What a machine may do with a story (RSL 1.0, section 3.4.1.1)."""
USAGES: tuple[Usage, ...] = get_args(Usage)


class Section(msgspec.Struct, frozen=True):
    """A category, language or author that occurs, and so has a feed, called ``name``.

    ``value`` is the category or author as spelled first, or the language's tag; ``label`` is what
    people call it: the same again, or the language's own name.
    """

    name: str
    kind: SectionKind
    value: str
    label: str


class Feed(msgspec.Struct, frozen=True, omit_defaults=True):
    """A named selection of entries: one ``[[feeds]]`` table, or made for a ``section``.

    An empty text among the ``languages`` stands for entries of which no language is known.
    ``exclude_paths`` are patterns of pages' paths, ``min_text`` is in characters; with
    ``hours`` it has what is no older, at the moment of a run. For so many
    ``takedown_days`` a partner is told of what was taken back. One that is ``keyed`` is for those
    alone who have a key to it.
    ``former_names`` are those that subscribers may still ask for, the first one first.
    """

    name: str
    title: str
    description: str = ""
    limit: int = 30
    content: Literal["full", "summary"] = "full"
    kinds: tuple[FeedKind, ...] = ("article", "headline")
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    exclude_categories: tuple[str, ...] = ()
    exclude_authors: tuple[str, ...] = ()
    exclude_keywords: tuple[str, ...] = ()
    exclude_paths: tuple[str, ...] = ()
    access: Literal["all", "free", "paid"] = "all"
    require: tuple[Required, ...] = ()
    min_text: int = 0
    hours: int = 0
    profile: ProfileName | None = None
    takedown_days: int = 7
    keyed: bool = False
    archive: bool = False
    former_names: tuple[str, ...] = ()
    gone: bool = False
    section: Section | None = None

    @property
    def is_for_readers(self) -> bool:
        """Whether it is shown where readers look for feeds; a partner knows its address."""
        return self.profile in {None, "feedly"} and not self.keyed

    @property
    def has_paid_texts(self) -> bool:
        """Whether it has the texts of what has to be paid for, and not their summaries alone."""
        return self.keyed and self.content == "full" and self.access != "free"

    @property
    def is_of_corrections(self) -> bool:
        """Whether it has no stories, but what was corrected or withdrawn with a notice."""
        return "correction" in self.kinds

    @property
    def is_passed_on(self) -> bool:
        """Whether others may show what is in it: it is a partner's, or asks for rights.

        Who has a key to it is a partner as well, if it isn't made for a reader's program.
        """
        is_partners = self.profile not in {None, "feedly"} or (self.keyed and not self.profile)
        return is_partners or not {"rights", "picture rights"}.isdisjoint(self.require)

    @property
    def language(self) -> str:
        """The language of all that is in it; empty if that is not known to be one."""
        named = [tag for tag in self.languages if tag]
        return named[0] if len(named) == 1 else ""

    @property
    def first_name(self) -> str:
        """The name under which subscribers first knew it: ids and archives go by that."""
        return self.former_names[0] if self.former_names else self.name


class PageRule(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the pages themselves don't say: one ``[[pages]]`` table.

    ``furniture`` are lines of pages of text that belong to the site; all below it are CSS selectors
    for pages of HTML.
    """

    path: str
    exclude: tuple[str, ...] = ()
    language: str = ""
    categories: tuple[str, ...] = ()
    url: str = ""
    access: Literal["", "free", "paid"] = ""
    rights: Rights = ""
    image_rights: Rights = ""
    furniture: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    list: tuple[str, ...] = ()


class Hooks(msgspec.Struct, frozen=True, omit_defaults=True):
    """Commands that ``feeds publish`` runs, each with its arguments: the ``[publish]`` table.

    ``after`` a revision was committed, ``on_problem`` when a run needs a person; empty for none.
    """

    after: tuple[str, ...] = ()
    on_problem: tuple[str, ...] = ()


class Serve(msgspec.Struct, frozen=True, omit_defaults=True):
    """How ``feeds serve`` serves, where no option says otherwise: the ``[serve]`` table.

    ``metrics`` is the address of its own on which figures are had, empty for none.
    """

    metrics: str = ""


class DeskTable(msgspec.Struct, frozen=True, omit_defaults=True):
    """How ``feeds desk`` works: the ``[desk]`` table.

    Behind a proxy the header ``user_header`` says who somebody is, in what comes from the address
    ``peer`` alone. Where ``pages`` are written *elsewhere*, it writes decisions alone.
    """

    user_header: str = ""
    peer: str = ""
    pages: Literal["here", "elsewhere"] = "here"


class CaptureTable(msgspec.Struct, frozen=True, omit_defaults=True):
    """How ``feeds capture`` looks at the newsroom's own site: the ``[capture]`` table.

    ``sitemap``, ``feeds`` and ``sections`` are where stories are named, found by itself if all are
    empty. Every ``interval`` minutes it looks when watching, as the site publishes if 0. A run has
    a ``budget`` of requests, with ``pause`` seconds between two. ``contact`` is told to the server,
    ``site_url`` if empty. What the site dates ``days`` back is new, and what is older is let be.
    """

    sitemap: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    interval: int = 0
    budget: int = 200
    pause: int = 1
    contact: str = ""
    days: int = 7


class Site(msgspec.Struct, frozen=True, omit_defaults=True):
    """A newsroom's whole configuration. URLs are absolute, and the two bases end in ``/``.

    ``feeds`` are those that are published; ``gone`` are all names of those that are no longer.
    As published, both have the sections, too (``feeds.syndication.sections``).
    ``sections`` that are true are categories and languages.
    ``logo_dark`` is the logo for dark surroundings, ``accent`` a colour as CSS has it: #rrggbb.
    ``front_matter_ignore`` are keys of front matter that mean nothing, however they are spelled.
    ``search_url`` has ``{title}`` where the words go that somebody looks for.
    ``rights`` are what machines may do, and no other usage is permitted; None says nothing of it.
    ``theme`` changes with the files in the newsroom's folder ``theme``, and is empty without any.
    ``publish``, ``serve``, ``desk`` and ``capture`` are for operators, and in no document.
    """

    title: str
    site_url: str
    feeds_url: str
    authority: str
    timezone: str
    description: str = ""
    language: str = "en"
    copyright: str = ""
    rights: tuple[Usage, ...] | None = None
    logo: str = ""
    logo_dark: str = ""
    icon: str = ""
    accent: str = ""
    search_url: str = ""
    ttl: int = 15
    undated: Literal["publish", "hold"] = "publish"
    sections: bool | tuple[SectionKind, ...] = False
    hubs: tuple[str, ...] = ()
    former_urls: tuple[str, ...] = ()
    front_matter_ignore: tuple[str, ...] = ()
    feeds: tuple[Feed, ...] = ()
    gone: tuple[str, ...] = ()
    pages: tuple[PageRule, ...] = ()
    theme: str = ""
    publish: Hooks = Hooks()
    serve: Serve = Serve()
    desk: DeskTable = DeskTable()
    capture: CaptureTable = CaptureTable()

    @property
    def published(self) -> Site:
        """All of it that documents depend on."""
        return msgspec.structs.replace(
            self, publish=Hooks(), serve=Serve(), desk=DeskTable(), capture=CaptureTable()
        )

    def with_theme(self, key: str) -> Site:
        """The same with the theme that is known by ``key``."""
        return msgspec.structs.replace(self, theme=key)

    @property
    def without_keyed(self) -> Site:
        """What of it everybody may know: all but the feeds that are for those who have a key."""
        feeds = tuple(feed for feed in self.feeds if not feed.keyed)
        return msgspec.structs.replace(self, feeds=feeds)

    @property
    def files_url(self) -> str:
        """Where the theme's files are, for pages that name them; empty if there is none."""
        return f"{self.feeds_url}static/" if self.theme else ""

    def searched(self, title: str) -> str:
        """Where people look for a story called ``title`` that has no address of its own."""
        return self.search_url.replace("{title}", quote(title, safe="")) or self.site_url

    @property
    def section_kinds(self) -> tuple[SectionKind, ...]:
        """What there are feeds for as it occurs."""
        if isinstance(self.sections, bool):
            return ("category", "language") if self.sections else ()
        return self.sections

    @property
    def borrows_authority(self) -> bool:
        """Whether ids would be minted under the name that stands for "yours" in examples.

        The sample newsroom alone may do so, and only where nobody else can subscribe.
        """
        if not is_example(self.authority):
            return False
        host = self.authority.partition(",")[0]
        is_sample = self.title == "Caspian Desk" and self.site_url == f"https://{_PLACEHOLDER}/"
        return not (is_sample and host == _PLACEHOLDER and urls.is_loopback(self.feeds_url))

    @property
    def tags_scheme(self) -> str:
        """The URI by which documents tell tags from sections (RFC 4287, section 4.2.2.2)."""
        return f"tag:{self.authority}:tags"

    @property
    def authority_since(self) -> datetime:
        """The first moment of the authority's date: nothing of this newsroom is older."""
        year, month, day = (self.authority.partition(",")[2] + "-01-01").split("-")[:3]
        return datetime(int(year), int(month), int(day), tzinfo=UTC)


def is_example(authority: str) -> bool:
    """Whether the domain in ``authority`` is one that stands for "yours" in examples."""
    return bool(_EXAMPLE.search(authority.partition(",")[0].rpartition("@")[2].lower()))
