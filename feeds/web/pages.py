"""Pages for people: what there is to subscribe to, a feed, a story; and what is no more.

Rules
- A page's language is the site's, a story's page is in the story's. The few texts of the pages
  themselves are in the site's language if there is a catalogue for it, else in English, and say so
  where that is not the language around them.
- Nothing is said of a date that isn't known.
- Pages stay small: lists end where their bytes would add up to too much.
"""

from __future__ import annotations

import gzip
from datetime import datetime
from functools import partial

import msgspec
from flask import Blueprint, Response, abort, render_template
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from feeds.model import Entry, hash_of
from feeds.newsroom.site import Feed, Site
from feeds.syndication import sections as section_feeds
from feeds.text import dates, markup, urls
from feeds.web import conditional, endpoints, i18n, lists, metadata, sitemap, theming
from feeds.web.documents import elsewhere, handed_out, store
from feeds.web.links import redirected, within
from feeds.web.store import View
from feeds.web.tools import FEEDS_IN_FULL, address_of, configured, speak, tools

blueprint = Blueprint("pages", __name__)

_CACHING = "public, max-age=60"
_OPML = "text/x-opml; charset=utf-8"
_LATEST = 30
_ROOM = 10_000
"""In bytes, for a list of stories."""
_ROOM_FOR_SECTIONS = 8_000
"""In bytes, for the sections of a kind."""
_SMALL = 21_000
"""In bytes: so large may a page be, without what it loads."""


@blueprint.get("/")
@blueprint.get("/feeds")
def home() -> BaseResponse:
    """Everything lives below /feeds/."""
    with store().view() as view:
        return redirected(within(view.site, "pages.index"), 302, "public, max-age=3600")


@blueprint.get("/feeds/")
def index() -> Response:
    """What there is to subscribe to, and what is new."""
    with store().view() as view:
        site = view.site
        speak(site)
        feeds = configured(site)
        moments = {
            feed.name: [one.published for one in view.corrections(feed)]
            if feed.is_of_corrections
            else view.moments_of(feed)
            for feed in feeds
        }
        latest = view.members(feeds[0])[:_LATEST]
        filled = view.filled()
        sections = sum(feed.section is not None and feed.name in filled for feed in site.feeds)
        for share in (1, 0.5, 0.25, 0):
            shown = lists.sections(site, filled, round(_ROOM_FOR_SECTIONS * share))
            named = feeds if share else lists.feeds(feeds, _ROOM_FOR_SECTIONS)
            left = len(feeds) - len(named) + sections - sum(len(some) for _kind, some in shown)
            by_day = lists.by_day(lists.fitting(latest, round(_ROOM * share)))
            days, top = lists.led(by_day, site.language)
            made = _page(
                "index.html",
                site,
                feeds=[(feed, moments[feed.name]) for feed in named],
                in_full=round(FEEDS_IN_FULL * share),
                sections=shown,
                more=left,
                days=days,
                top=top,
            )
            if len(made.data) <= _SMALL:
                break
        return _sent(made)


@blueprint.get("/feeds/<name>")
def feed(name: str) -> BaseResponse:
    """A feed as a page for people."""
    with store().view() as view:
        found = view.feed(name)
        if found is None:
            return elsewhere(view.site, name, "")
        is_notices = found.is_of_corrections
        members = view.corrections(found) if is_notices else view.members(found)
        made = _page(
            "feed.html",
            view.site,
            language=found.language,
            feed=found,
            members=members,
            shown=lists.fitting(members, _ROOM),
            revision=view.number,
        )
        return _sent(made)


@blueprint.route("/feeds/feeds.opml", methods=["GET", "OPTIONS"])
def opml() -> Response:
    """All feeds in one file, as readers import them (OPML 2.0)."""
    with store().view() as view:
        site = msgspec.structs.replace(
            view.site, feeds=tuple(feed for feed in view.site.feeds if feed.is_for_readers)
        )
        tools = {"address_of": partial(address_of, site), "title_of": partial(lists.title, site)}
        body = render_template("opml.xml", site=site, **tools).encode()
    return handed_out(
        conditional.finished(_OPML, endpoints.digest(body), None, {"": body}, _CACHING)
    )


@blueprint.get("/feeds/for-your-site")
def for_your_site() -> Response:
    """What those paste into their website who run it."""
    with store().view() as view:
        site = view.site
        since = store().now() - sitemap.PERIOD
        made = _page(
            "for_your_site.html",
            site,
            snippet=render_template("snippet.html", site=site, **tools(site)),
            has_news=bool(sitemap.sitemap_items(view.published_since(since), site)),
        )
        return _sent(made)


@blueprint.get("/feeds/stories/<entry_hash>")
def story(entry_hash: str) -> BaseResponse:
    """The page of an entry that has no URL of its own; the others are a step further."""
    with store().view() as view:
        found = view.entry(entry_hash)
        if found is None or found.objection:
            abort(404)
        if found.entry.hidden == "merged" and found.keeper:
            address = within(view.site, "pages.story", entry_hash=hash_of(found.keeper))
            return redirected(address, 308, _CACHING)
        if found.entry.hidden:
            gone = found.gone and _on_day(view.site, found.gone)
            return _page("gone.html", view.site, status=410, notice=found.notice, gone=gone)
        entry = found.entry
        if entry.url:
            url = urls.rewritten(entry.url, view.site.former_urls, view.site.site_url)
            return redirected(url, 302, _CACHING)
        return _story(view, entry, found.notice)


def _story(view: View, entry: Entry, notice: str) -> Response:
    site = view.site
    changed = entry.updated if view.is_changed(entry) else None
    older, newer = view.beside(entry)
    # both were made and escaped by this program, when the page was read
    content = Markup(markup.for_a_page(markup.with_image(entry.content, entry.image)))  # noqa: S704
    picture = Markup(markup.figure(entry.image) if entry.image else "")  # noqa: S704
    said = ""
    if changed:
        day = i18n.day(changed.astimezone(dates.zone(site.timezone)).date(), site.language)
        corrected = view.amended(entry) == "reworded"
        speak(site)
        said = _("Corrected on %(day)s", day=day) if corrected else _("Updated on %(day)s", day=day)
    made = _page(
        "story.html",
        site,
        language=entry.language or site.language,
        entry=entry,
        content=content,
        standfirst=lists.standfirst(entry),
        picture=picture,
        changed=said,
        notice=notice,
        is_paid=metadata.is_paid(entry),
        own_url=urls.of_entry(entry, site.feeds_url, site.former_urls, site.site_url),
        open_graph=metadata.open_graph(entry, site, changed),
        json_ld=metadata.news_article(entry, site, changed),
        name_of=metadata.file_name,
        sections=section_feeds.sections_of(entry, site),
        older=older,
        newer=newer,
    )
    return _sent(made)


def _on_day(site: Site, when: datetime) -> str:
    """That a story was withdrawn, and on which day."""
    speak(site)
    day = i18n.day(when.astimezone(dates.zone(site.timezone)).date(), site.language)
    return str(_("Withdrawn on %(day)s", day=day))


def nothing(error: HTTPException) -> Response:
    """What a person is shown who opens an address that is none, or none any more."""
    site = store().site()
    speak(site)
    if error.code == 410:
        heading = _("This feed is no more")
        explanation = _("It was closed for good; your feed reader may forget its address.")
    else:
        heading = _("There is nothing here")
        explanation = _("Perhaps the address was cut off on its way.")
    found = _page(
        "nothing.html",
        site,
        status=error.code or 404,
        heading=heading,
        explanation=explanation,
    )
    found.headers["Cache-Control"] = "no-store"  # programs are answered otherwise
    return found


def is_page(endpoint: str | None) -> bool:
    """Whether what is called ``endpoint`` is a page for people, as all are here but one."""
    return (endpoint or "").startswith("pages.") and endpoint != "pages.opml"


def unavailable(site: Site) -> Response:
    """What a person is shown while the ledger can't be read, from ``site`` as it was read last."""
    speak(site)
    return _page(
        "nothing.html",
        site,
        status=503,
        heading=_("This page can't be shown just now"),
        explanation=_("Please try again in a minute. The feeds can be read all the while."),
    )


def _page(
    template: str,
    site: Site,
    *,
    status: int = 200,
    language: str = "",
    feed: Feed | None = None,
    **values: object,
) -> Response:
    given = {"site": site, **tools(site, language, feed), **values}
    body = theming.rendered(template, store().theme(site), given)
    response = Response(body, status, mimetype="text/html")
    response.headers["Cache-Control"] = _CACHING
    return response


def _sent(page: Response) -> Response:
    """``page`` as this client takes it: compressed, or not at all if it has it already."""
    bodies = {"": page.data, "gzip": gzip.compress(page.data, mtime=0)}
    tag = endpoints.digest(page.data)
    made = handed_out(conditional.finished(page.content_type, tag, None, bodies, _CACHING))
    for name in ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers"):
        made.headers.pop(name, None)  # no script of another site needs it
    return made
