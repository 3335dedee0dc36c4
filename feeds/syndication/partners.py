"""What is otherwise in a partner's RSS, by the row of its profile; no partner is named here.

Rules
- A story that the partner would refuse is left out, and why is told. Nothing is made up for it: a
  headline that is too short stays as it is.
- Where a text may have few elements, others are turned into these or dissolved; no word is lost.
- A feed for which a partner has no room has less stories (``documents.fitting``), and never half
  of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

from feeds.model import Entry
from feeds.newsroom.profiles import INSTEAD, PROFILES, READERS, Element, Needed, Profile
from feeds.newsroom.site import Feed, Site
from feeds.syndication.media import MEDIA
from feeds.syndication.view import Removal
from feeds.text import dates, markup, sanitise

NAMESPACES: Mapping[str, str] = {
    "snf": "http://www.smartnews.be/snf",
    "webfeeds": "http://webfeeds.org/rss/1.0",
    "mi": "http://schemas.ingestion.microsoft.com/common/",
}
DCTERMS = "http://purl.org/dc/terms/"
_ATOM = "http://www.w3.org/2005/Atom"
_REMOVED = "This story has been removed"
_SNF, _WEBFEEDS, _MI = (f"{{{namespace}}}" for namespace in NAMESPACES.values())
_PREFIXES: dict[Element, str] = {
    "logo": "snf",
    "cover": "webfeeds",
    "icon": "webfeeds",
    "related": "webfeeds",
}
_SAID_OF_LACK: dict[Needed, str] = {
    "url": "no address of its own (url)",
    "rights": "rights not stated",
    "picture rights": "picture's rights not stated",
}
_LACKS: dict[Needed, Callable[[Entry], bool]] = {
    "rights": lambda entry: not entry.rights,
    "picture rights": lambda entry: bool(entry.image and not entry.image.rights),
    "picture": lambda entry: entry.image is None,
    "date": lambda entry: entry.published is None,
    "text": lambda entry: not entry.content,
    "url": lambda entry: entry.url is None,
    "author": lambda entry: not entry.authors,
    "category": lambda entry: not entry.categories,
}
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|yclid|mc_[ce]id|igshid)(?:=|$)")
_MOST_OF_DESCRIPTION = 500
_WITHIN_WORDS = frozenset(
    "a abbr b cite code del em i img ins q rp rt ruby s strong sub sup u".split()
)


def profile_of(feed: Feed) -> Profile:
    """The profile of the partner, or of the readers, that ``feed`` is made for."""
    return PROFILES[feed.profile] if feed.profile else READERS


def lacks(needs: Iterable[Needed], entry: Entry) -> str:
    """Those of ``needs`` that ``entry`` has not, for people; empty if it has all."""
    missing = [need for need in dict.fromkeys(needs) if _LACKS[need](entry)]
    return ", ".join(_SAID_OF_LACK.get(need, f"no {need}") for need in missing)


def why_kept(feed: Feed, entry: Entry) -> str:
    """Why the rights of ``entry`` keep it out of ``feed``, for people; empty if they don't."""
    if not feed.is_passed_on:
        return ""
    if entry.rights == "own-site":
        return "it is for our own site alone"
    is_needed = "picture" in {*feed.require, *profile_of(feed).needs}
    if is_needed and entry.image and entry.image.rights == "own-site":
        return "its picture is for our own site alone"
    return ""


def why_not(profile: Profile, entry: Entry) -> str:
    """Why a partner would refuse ``entry``, which has what it needs, for people; or empty."""
    least, most = profile.title
    length = len(entry.title)
    if length < least:
        return f"title of {length} characters, at least {least}"
    if most and length > most:
        return f"title of {length} characters, at most {most}"
    if profile.is_https and entry.url and urlsplit(entry.url).scheme != "https":
        return "its address is not https"
    if profile.description and len(_text(entry)) < profile.description:
        return f"text of {len(_text(entry))} characters, at least {profile.description}"
    width, height = profile.picture
    image = entry.image
    if image and image.width and image.height and (image.width < width or image.height < height):
        return f"picture of {image.width}×{image.height} pixels, at least {width}×{height}"
    return ""


def description(profile: Profile, entry: Entry) -> str:
    """What stands for ``entry`` in few words: its summary, or more of its text, as plain text."""
    if len(entry.summary) >= profile.description:
        return entry.summary
    text = _text(entry)
    if len(text) <= _MOST_OF_DESCRIPTION:
        return text
    begun = text[:_MOST_OF_DESCRIPTION].rpartition(" ")[0]
    return f"{begun if len(begun) >= profile.description else text[:_MOST_OF_DESCRIPTION]}…"


def ttl(profile: Profile, site: Site) -> int:
    """For how many minutes a feed may be kept."""
    return min(site.ttl, profile.ttl or site.ttl)


def narrowed(profile: Profile, content: str) -> str:
    """``content``, clean HTML, with the elements alone that the partner takes."""
    if not profile.tags or not content:
        return content
    root = lxml.html.fragment_fromstring(content, create_parent="div")
    for element in [one for one in root.iterdescendants() if one.tag not in profile.tags]:
        instead = INSTEAD.get(element.tag, "")
        if instead in profile.tags and not (instead == "p" and _has_blocks(element)):
            element.tag = instead
            continue
        if element.tag not in _WITHIN_WORDS:  # or what stood in two would become one word
            element.tail = f" {element.tail or ''}"
        element.drop_tag()
    inside = lxml.html.tostring(root, encoding="unicode")
    return sanitise.narrowed(inside, profile.tags)


def _has_blocks(element: etree._Element) -> bool:
    return any(
        one.tag not in _WITHIN_WORDS | {"td", "th", "br"} for one in element.iterdescendants()
    )


def link(profile: Profile, url: str) -> str:
    """``url``, for some partners without what tells where its reader came from."""
    if not profile.is_untracked:
        return url
    before, mark, rest = url.partition("?")
    query, sharp, fragment = rest.partition("#")
    kept = "&".join(part for part in query.split("&") if not _TRACKING.match(part))
    return f"{before}{mark if kept else ''}{kept}{sharp}{fragment}"


def add_to_channel(
    profile: Profile, channel: etree._Element, site: Site, updated: datetime
) -> None:
    """Writes into an RSS channel, which was ``updated`` last, what ``profile`` has besides."""

    def add(name: str, text: str = "", **attributes: str) -> etree._Element:
        made = etree.SubElement(channel, name, attributes)
        made.text = text or None
        return made

    if "pubDate" in profile.elements:
        add("pubDate", dates.rfc822(updated))
    if "logo" in profile.elements and site.logo:
        etree.SubElement(add(f"{_SNF}logo"), "url").text = site.logo
        if site.logo_dark:
            etree.SubElement(add(f"{_SNF}darkModeLogo"), "url").text = site.logo_dark
    if "cover" in profile.elements and site.logo:
        add(f"{_WEBFEEDS}cover", image=site.logo)
    if "icon" in profile.elements:
        is_vector = urlsplit(site.logo).path.lower().endswith(".svg")
        for name, value in (
            ("icon", site.icon),
            ("logo", site.logo if is_vector else ""),
            ("accentColor", site.accent.removeprefix("#")),
        ):
            if value:
                add(f"{_WEBFEEDS}{name}", value)
    if "related" in profile.elements:
        add(f"{_WEBFEEDS}related", layout="card", target="browser")


def add_to_item(profile: Profile, node: etree._Element, entry: Entry) -> None:
    """Writes into an RSS item what ``profile`` has besides."""
    if "updated" in profile.elements:
        etree.SubElement(node, f"{{{_ATOM}}}updated").text = dates.rfc3339(entry.updated)
    picture = node.find(f"{{{MEDIA}}}content[@medium='image']")
    is_free = picture is not None and entry.image and entry.image.rights == "syndicate"
    if "hasSyndicationRights" in profile.elements and is_free and picture is not None:
        etree.SubElement(picture, f"{_MI}hasSyndicationRights").text = "1"
    if "thumbnail" in profile.elements and entry.image:
        etree.SubElement(
            node, f"{{{MEDIA}}}thumbnail", url=entry.image.thumbnail or entry.image.url
        )


def add_removal(profile: Profile, channel: etree._Element, site: Site, removal: Removal) -> None:
    """Writes into an RSS channel that an item is to be removed, and not a word of what it was."""

    def add(name: str, text: str, **attributes: str) -> None:
        etree.SubElement(item, name, attributes).text = text or None

    item = etree.SubElement(channel, "item")
    moment = dates.rfc3339(removal.when)
    add("title", _REMOVED)
    add("link", f"{site.feeds_url}stories/{removal.hash}")
    add("guid", removal.guid, isPermaLink="false")
    if profile.removal == "deleted":
        add("pubDate", dates.rfc822(removal.when))
        add(f"{{{MEDIA}}}status", "", state="deleted")
        return
    add("pubDate", dates.rfc822(removal.published or removal.when))
    add(f"{{{DCTERMS}}}modified", moment)
    add(f"{{{DCTERMS}}}valid", moment)
    add(f"{_MI}expirationDate", moment)


def namespaces(profile: Profile) -> dict[str, str]:
    """Prefixes that the elements of ``profile`` need."""
    names = {_PREFIXES[name] for name in profile.elements if name in _PREFIXES}
    if profile.removal == "valid":
        names.add("mi")
    return {name: NAMESPACES[name] for name in sorted(names)}


def _text(entry: Entry) -> str:
    return " ".join(" ".join(markup.blocks(entry.content)).split())
