"""What a story's page says to machines: schema.org's NewsArticle, and OpenGraph.

Pure. Nothing is said that isn't known: an undated story has no ``datePublished``, and only a
story whose words changed since it came out has a ``dateModified``.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import unquote, urlsplit

from feeds.model import Enclosure, Entry
from feeds.newsroom.site import Site
from feeds.text import dates, markup, urls
from feeds.web import i18n


def is_paid(entry: Entry) -> bool:
    """Whether the text of ``entry``, an article, is kept for those who pay."""
    return entry.kind == "article" and not entry.content


def description(entry: Entry) -> str:
    """A sentence or two of ``entry``; empty if all that is known of it is its headline."""
    return entry.summary or markup.summary(markup.blocks(entry.content)[:1])


def published(entry: Entry) -> str:
    """When ``entry`` came out, as precisely as its page has it (ISO 8601); may be empty."""
    if entry.stated and entry.stated.precision == "day":
        return entry.stated.iso
    return dates.rfc3339(entry.published) if entry.published else ""


def news_article(entry: Entry, site: Site, changed: datetime | None) -> dict[str, object]:
    """``entry`` as a NewsArticle (JSON-LD). ``changed`` is when its words were last changed."""
    url = urls.of_entry(entry, site.feeds_url, site.former_urls, site.site_url)
    publisher: dict[str, object] = {
        "@type": "NewsMediaOrganization",
        "name": site.title,
        "url": site.site_url,
    }
    if site.logo:
        publisher["logo"] = {"@type": "ImageObject", "url": site.logo}
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": entry.id,
        "headline": entry.title,
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": published(entry),
        "dateModified": dates.rfc3339(changed) if changed else "",
        "author": [_person(name, entry.author_urls.get(name)) for name in entry.authors],
        "publisher": publisher,
        "description": description(entry),
        "inLanguage": entry.language or site.language,
        "articleSection": list(entry.categories),
        "keywords": list(entry.tags),
        "image": [entry.image.url] if entry.image else [],
        "associatedMedia": [_recording(enclosure) for enclosure in entry.enclosures],
    }
    if is_paid(entry):
        found["isAccessibleForFree"] = False
    return {name: value for name, value in found.items() if value or value is False}


def _person(name: str, url: str | None) -> dict[str, str]:
    found = {"@type": "Person", "name": name}
    return {**found, "url": url} if url else found


def _recording(enclosure: Enclosure) -> dict[str, str]:
    kinds = {"audio": "AudioObject", "video": "VideoObject", "image": "ImageObject"}
    found = {
        "@type": kinds.get(enclosure.medium, "MediaObject"),
        "name": enclosure.title,
        "contentUrl": enclosure.url,
        "encodingFormat": enclosure.type,
        "duration": f"PT{enclosure.duration}S" if enclosure.duration else "",
        "contentSize": str(enclosure.length or ""),
        "thumbnailUrl": enclosure.thumbnail or "",
    }
    return {name: value for name, value in found.items() if value}


def file_name(enclosure: Enclosure) -> str:
    """What a file is called at its address."""
    return unquote(urlsplit(enclosure.url).path.rstrip("/").rpartition("/")[2]) or enclosure.url


def open_graph(entry: Entry, site: Site, changed: datetime | None) -> list[tuple[str, str]]:
    """The ``property`` and ``content`` of the meta elements of ``entry`` (ogp.me)."""
    found = [
        ("og:type", "article"),
        ("og:title", entry.title),
        ("og:url", urls.of_entry(entry, site.feeds_url, site.former_urls, site.site_url)),
        ("og:site_name", site.title),
        ("og:locale", i18n.territorial(entry.language or site.language)),
        ("og:description", description(entry)),
    ]
    if entry.image:
        found += [("og:image", entry.image.url), ("og:image:alt", entry.image.alt)]
        if entry.image.width and entry.image.height:
            found.append(("og:image:width", str(entry.image.width)))
            found.append(("og:image:height", str(entry.image.height)))
    found += [
        ("article:published_time", published(entry)),
        ("article:modified_time", dates.rfc3339(changed) if changed else ""),
        *(("article:section", category) for category in entry.categories[:1]),
        *(("article:tag", tag) for tag in entry.tags),
    ]
    return [(name, value) for name, value in found if value]
