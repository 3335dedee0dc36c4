"""What templates of pages for people are given, the program's and a theme's alike."""

from __future__ import annotations

from functools import partial

from flask import g
from flask_babel import gettext as _
from markupsafe import Markup

from feeds.model import FORMATS, Entry
from feeds.newsroom.site import Feed, Site
from feeds.newsroom.theme import STYLESHEET
from feeds.syndication import licence
from feeds.text import dates, urls
from feeds.web import endpoints, i18n, links, lists
from feeds.web.documents import store
from feeds.web.links import within

FEEDS_IN_FULL = 6
"""Of so many feeds, every format is offered everywhere; of more, on their own pages."""
_DISCOVERABLE = 20
"""So many feeds a page has in its head; no browser shows more."""
_FORMATS = [(form, *named) for form, named in FORMATS.items()]


def tools(site: Site, language: str = "", feed: Feed | None = None) -> dict[str, object]:
    """What templates ask. ``language`` is the page's, if not the site's; ``feed`` what it is of."""
    language = language or site.language
    speak(site)
    return {
        "feed": feed,
        "host": links.host(site.site_url),
        "most_in_full": FEEDS_IN_FULL,
        "formats": _FORMATS,
        "discoverable": [feed] if feed else configured(site)[:_DISCOVERABLE],
        "title_of": partial(lists.title, site),
        "language": language,
        "direction": i18n.direction,
        "ours": _marked(g.interface, language),
        "theirs": _marked(site.language, language),
        "in_language": partial(_in_language, site, language),
        "to": partial(within, site),
        "static": partial(_static, site),
        "has_stylesheet": STYLESHEET in store().theme(site).files,
        "licence": "" if site.rights is None else licence.address(site),
        "address_of": partial(address_of, site),
        "link_of": partial(_link, site),
        "lead": lists.lead,
        "date_of": partial(_date, site, language),
        "day_in_words": lambda day: i18n.day(day, site.language),
        "wanted": lambda feed: lists.wanted(feed, g.interface),
        "rate_of": lambda moments: i18n.rate([moment for moment in moments if moment]),
        "readers": lambda feed: links.reader_links(address_of(site, feed.name, "rss")),
    }


def _static(site: Site, name: str) -> str:
    """The address of the static file ``name``, another one whenever it is another file."""
    version = endpoints.version_of(name, site, store().theme(site))
    return within(site, "endpoints.static", name=name, v=version)


def speak(site: Site) -> None:
    """Has this request's texts made in the language that ``site`` chose."""
    g.interface = i18n.interface(site.language)


def configured(site: Site) -> list[Feed]:
    """The feeds that somebody wrote down and that are for readers."""
    return [feed for feed in site.feeds if feed.section is None and feed.is_for_readers]


def _marked(language: str, around: str) -> Markup:
    """The attributes of words in ``language`` amid words in another one."""
    if language == around:
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(language, i18n.direction(language))


def _in_language(site: Site, around: str, item: Entry | Feed) -> Markup:
    """The attributes of the title of ``item`` amid words in the language ``around``."""
    if item.language:
        return _marked(item.language, around)
    # it is presumed to be in the site's language, but its letters may go another way
    language = Markup() if site.language == around else Markup(' lang="{}"').format(site.language)
    return Markup('{} dir="auto"').format(language)


def address_of(site: Site, name: str, form: str) -> str:
    """The address of the feed called ``name`` in the format ``form``."""
    return f"{site.feeds_url}{name}.{form}"


def _link(site: Site, entry: Entry) -> str:
    if entry.url:
        return urls.rewritten(entry.url, site.former_urls, site.site_url)
    return within(site, "pages.story", entry_hash=entry.hash)


def _date(site: Site, around: str, entry: Entry) -> Markup:
    """The date of ``entry`` as far as it is known, amid words in the language ``around``."""
    if entry.stated:
        words = i18n.stated(entry.stated, site.language)
        # what surrounds it may be in another direction than it says
        marks = _marked(site.language, around) or Markup(' dir="{}"').format(
            i18n.direction(site.language)
        )
        return Markup('<time datetime="{}"{}>{}</time>').format(entry.stated.iso, marks, words)
    words = _("Date not stated")
    if entry.captured:
        zone = dates.zone(site.timezone)
        day = i18n.day(entry.captured.astimezone(zone).date(), site.language)
        words = _("Date not stated; the page was saved on %(day)s", day=day)
    return Markup("<span{}>{}</span>").format(_marked(g.interface, around), words)
