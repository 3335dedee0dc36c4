"""Pages as newspapers have them: navigation, a story or a list, related stories, a footer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING

from tests.capture.words import ZONE, Story

if TYPE_CHECKING:
    from tests.capture.sites import NewsSite

Link = Callable[[str], str]
"""A path as the pages of a site write it: relative, absolute, or seen from a base."""


def story_page(site: NewsSite, story: Story, related: Iterable[Story], noise: str) -> str:
    """The page of ``story``; ``noise`` is what changes with each visit, such as a counter."""
    head, shown = [], ""
    if story.form == "json-ld":
        about = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": story.moment,
            "dateModified": story.changed.astimezone(ZONE).isoformat(),
            "inLanguage": story.language,
        }
        head.append(f'<script type="application/ld+json">{json.dumps(about)}</script>')
        shown = f'<p class="meta">{story.day_in_words}</p>'
    elif story.form == "meta":
        head.append(f'<meta property="article:published_time" content="{story.moment}">')
        head.append('<meta property="og:type" content="article">')
    elif story.form == "time":
        shown = f'<p class="meta"><time datetime="{story.moment}">{story.day_in_words}</time></p>'
    elif story.form == "words":
        shown = f'<p class="meta">{story.day_in_words}, {story.clock}</p>'
    own = story.canonical or f"{site.url}{story.path}"
    head.append(f'<link rel="canonical" href="{escape(own)}">')
    for one in (story, story.other):
        if one is not None and story.other is not None:
            address = f"{site.url}{one.path}"
            head.append(f'<link rel="alternate" hreflang="{one.language}" href="{address}">')
    paragraphs = story.paragraphs[:1] if story.is_paid else story.paragraphs
    text = "".join(f"<p>{escape(words)}</p>\n" for words in paragraphs)
    if story.is_paid:
        text += '<div class="paywall"><p>Subscribe to read the whole story.</p></div>\n'
    items = "".join(
        f'<li><a href="{site.link(one.path)}">{escape(one.title)}</a> '
        f'<time datetime="{one.moment}">{one.day_in_words}</time></li>'
        for one in related
    )
    body = (
        f"<article><h1>{escape(story.title)}</h1>\n{shown}\n{text}</article>\n"
        f'<aside class="related"><h2>Latest news</h2><ul>{items}</ul></aside>\n'
        f'<div class="ad banner" data-view="{noise}"><a href="https://ads.test/{noise}">Ad</a></div>'
    )
    return page(site, story.title, body, "".join(head), story.language)


def list_page(site: NewsSite, title: str, stories: Iterable[Story], after: str, noise: str) -> str:
    """A front page or a section: teasers with their days; ``after`` is the path of the next one."""
    teasers = "".join(
        f'<article class="teaser"><h2><a href="{site.link(one.path)}">{escape(one.title)}</a></h2>'
        f'<time datetime="{one.moment}">{one.day_in_words}</time>'
        f"<p>{escape(one.paragraphs[0][:80])}…</p></article>\n"
        for one in stories
    )
    more = f'<p class="pagination"><a href="{site.link(after)}">Older</a></p>' if after else ""
    body = f"<h1>{escape(title)}</h1>\n{teasers}{more}<!-- {noise} -->"
    return page(site, title, body)


def page(site: NewsSite, title: str, body: str, head: str = "", language: str = "") -> str:
    """A whole page around ``body``."""
    sections = "".join(
        f'<li><a href="{site.link(f"/{name}/")}">{name.title()}</a></li>' for name in site.sections
    )
    base = '<base href="/base/">' if site.links == "base" else ""
    feeds = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{escape(one)}">'
        for one in site.named_feeds
    )
    return f"""<!doctype html>
<html lang="{language or site.language}">
<head><meta charset="utf-8">{base}<title>{escape(title)} | Quay Gazette</title>
<meta property="og:site_name" content="Quay Gazette">
<meta name="description" content="News from the quay, every day.">
<meta name="theme-color" content="#0b3d5c">
<link rel="icon" sizes="192x192" href="/icon-192.png">{feeds}{head}</head>
<body>
<header><a class="logo" href="{site.link("/")}">Quay Gazette</a>
<nav class="menu"><ul>{sections}</ul></nav></header>
<main>
{body}
</main>
<footer><ul><li><a href="{site.link("/about")}">About us</a></li>
<li><a href="{site.link("/privacy")}">Privacy</a></li></ul><p>© Quay Gazette</p></footer>
</body></html>
"""


def sitemap(site: NewsSite, stories: Iterable[Story], *, is_news: bool = False) -> str:
    """A sitemap of ``stories``."""
    urls = []
    for one in stories:
        news = (
            "<news:news><news:publication><news:name>Quay Gazette</news:name>"
            f"<news:language>{one.language}</news:language></news:publication>"
            f"<news:publication_date>{one.moment}</news:publication_date>"
            f"<news:title>{escape(one.title)}</news:title></news:news>"
        )
        urls.append(
            f"<url><loc>{site.url}{one.path}</loc>"
            f"<lastmod>{_last_change(site, one)}</lastmod>"
            f"{news if is_news else ''}</url>\n"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
        f"{''.join(urls)}</urlset>\n"
    )


def _last_change(site: NewsSite, story: Story) -> str:
    """What a sitemap says of it: a desk reads once more what it has just published."""
    if not site.says_changes:
        return story.moment
    moment = story.updated or story.published + timedelta(minutes=1)
    return moment.astimezone(ZONE).isoformat()


def sitemap_index(parts: Iterable[tuple[str, str]]) -> str:
    """An index of sitemaps: their addresses, and when they changed."""
    sitemaps = "".join(
        f"<sitemap><loc>{address}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>\n"
        for address, day in parts
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{sitemaps}'
        "</sitemapindex>\n"
    )


def rss(site: NewsSite, stories: Iterable[Story]) -> str:
    """The feed of a site, with guids of its own."""
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{site.url}{one.path}</link>"
        f'<guid isPermaLink="false">gazette-{one.number}</guid>'
        f"<pubDate>{one.published.astimezone(ZONE):%a, %d %b %Y %H:%M:%S %z}</pubDate>"
        f"<description>{escape(one.paragraphs[0])}</description></item>\n"
        for one in stories
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>Quay Gazette</title><link>{site.url}/</link>"
        f"<description>News from the quay</description>\n{items}</channel></rss>\n"
    )
