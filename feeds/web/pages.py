"""Pages for people: what there is to subscribe to, a feed, a story."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, abort, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from feeds import dates, markup, urls
from feeds.config import Site
from feeds.model import Entry, EntryId, hash_of
from feeds.web import sitemap
from feeds.web.documents import elsewhere, store
from feeds.web.links import redirected, within

blueprint = Blueprint("pages", __name__)

FORMATS = (
    ("rss", "RSS", "application/rss+xml"),
    ("atom", "Atom", "application/atom+xml"),
    ("json", "JSON Feed", "application/feed+json"),
)


@blueprint.get("/")
@blueprint.get("/feeds")
def home() -> BaseResponse:
    """Everything lives below /feeds/."""
    with store().view() as view:
        return redirected(within(view.site, "pages.index"), 302, "public, max-age=3600")


@blueprint.get("/feeds/")
def index() -> Response:
    """What there is to subscribe to."""
    with store().view() as view:
        news = sitemap.items(view.published_since(store().now() - sitemap.PERIOD), view.site)
        return _page("index.html", view.site, has_news=bool(news))


@blueprint.get("/feeds/<name>")
def feed(name: str) -> BaseResponse:
    """A feed as a page for people."""
    with store().view() as view:
        found = view.feed(name)
        if found is None:
            return elsewhere(view.site, name, "")
        members = view.members(found)
        return _page("feed.html", view.site, feed=found, entries=members)


@blueprint.get("/feeds/stories/<entry_hash>")
def story(entry_hash: str) -> BaseResponse:
    """The page of an entry that has no URL of its own; the others are a step further."""
    with store().view() as view:
        found = view.entry(entry_hash)
        if found is None or found.objection:
            abort(404)
        if found.hidden == "merged" and found.keeper:
            return redirected(
                within(view.site, "pages.story", entry_hash=hash_of(EntryId(found.keeper))),
                308,
                "public, max-age=60",
            )
        if found.hidden:
            gone = _page("gone.html", view.site, notice=found.notice)
            gone.status_code = 410
            return gone
        entry = found.entry
        if entry.url:
            url = urls.rewritten(entry.url, view.site.former_urls, view.site.site_url)
            return redirected(url, 302, "public, max-age=60")
        # made and escaped by this program when the page was read
        content = Markup(markup.with_image(entry.content, entry.image))  # noqa: S704
        return _page("story.html", view.site, entry=entry, content=content)


def _page(template: str, site: Site, **values: object) -> Response:
    zone = dates.zone(site.timezone)

    def day_of(entry: Entry, unknown: str) -> str:
        if entry.stated:
            return dates.for_people(entry.stated)
        if entry.captured:
            day = dates.day_for_people(entry.captured.astimezone(zone).date())
            return f"{unknown}; the page was saved on {day}"
        return unknown

    body = render_template(
        template,
        site=site,
        formats=FORMATS,
        date_of=day_of,
        to=partial(within, site),
        address_of=lambda name, form: f"{site.feeds_url}{name}.{form}",
        **values,
    )
    response = Response(body, mimetype="text/html")
    response.headers["Cache-Control"] = "public, max-age=60"
    return response
