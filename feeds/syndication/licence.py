"""A licence for machines: what they may use stories for (RSL 1.0), and what is reserved (TDMRep).

Pure; only for a site that has ``rights``, whatever is in them.

Rules
- What an editor doesn't permit is prohibited by its name: of what isn't mentioned nobody knows.
  Where no AI may use anything, ``ai-all`` is prohibited too, which has uses without a name.
- Nothing but these usages is prohibited: ``all`` would be any processing, feed readers' as well.
- A usage that is permitted costs nothing, since no payment is named (RSL 1.0, section 3.7).
- On the licence's own server, a path is all that names contents; elsewhere, a whole address does.
- Mining of text and data is reserved where training is not permitted. There is no ``tdm-policy``:
  one is a page or JSON, and this licence is neither.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from lxml import etree

from feeds.newsroom.site import USAGES, Site
from feeds.text import urls

RSL = "https://rslstandard.org/rsl"
NAME = "license.xml"
"""What it is called below the feeds' own address."""
MEDIA_TYPE = "application/rsl+xml"
_MAX_AGE_DAYS = 1
"""For so long a licence is believed before it is looked at again: else it would be thirty days."""


def address(site: Site) -> str:
    """Where the licence of ``site`` is."""
    return f"{site.feeds_url}{NAME}"


def render(site: Site) -> bytes:
    """The licence of ``site``, an RSL document in UTF-8."""
    root = etree.fromstring(f'<rsl xmlns="{RSL}" max-age="{_MAX_AGE_DAYS}"/>')
    for url in _licensed(site):
        _add_content(root, site, url)
    made = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return bytes(made)


def add_to_item(item: etree._Element, site: Site, url: str) -> None:
    """Adds the licence to an ``item`` of RSS about what is at ``url``, an absolute address.

    The document's root has to declare the prefix ``rsl``. What is not on the feed's own server
    can't be licensed so (RSL 1.0, section 4.7), and nothing is added.
    """
    if urls.server(url) == urls.server(site.feeds_url):
        _add_content(item, site, url)


def link(site: Site) -> str:
    """What a Link header says of the licence (RSL 1.0, section 4.5)."""
    return f'<{address(site)}>; rel="license"; type="{MEDIA_TYPE}"'


def reservation(site: Site) -> list[tuple[str, str]]:
    """The headers by which mining of text and data is reserved (TDMRep); none if it isn't."""
    reserved = site.rights is not None and "ai-train" not in site.rights
    return [("tdm-reservation", "1")] if reserved else []


def headers(site: Site) -> list[tuple[str, str]]:
    """The headers of all that is published; none if ``site`` says nothing of machines."""
    return [] if site.rights is None else [("Link", link(site)), *reservation(site)]


def _licensed(site: Site) -> list[str]:
    """Where what is licensed begins: the website, and the feeds if they are not below it."""
    below = urlsplit(site.feeds_url).path
    is_here = urls.server(site.site_url) == urls.server(site.feeds_url)
    website = urlsplit(site.site_url).path if is_here else site.site_url
    # a star would stand for anything, a dollar for the end (RFC 9309, section 2.2.3)
    begins = [website] if below.startswith(website) else [website, below]
    return [one.replace("*", "%2A").replace("$", "%24") for one in begins]


def _add_content(parent: etree._Element, site: Site, url: str) -> None:
    content = _add(parent, "content")
    content.set("url", url)
    licence = _add(content, "license")
    permitted = site.rights or ()
    prohibited = [usage for usage in USAGES if usage not in permitted]
    without_ai = not any(usage.startswith("ai-") for usage in permitted)
    for name, usages in (
        ("permits", [usage for usage in USAGES if usage in permitted]),
        ("prohibits", [*prohibited, "ai-all"] if without_ai else prohibited),
    ):
        if usages:
            told = _add(licence, name)
            told.set("type", "usage")
            told.text = " ".join(usages)
    if site.copyright:
        _add(content, "copyright").text = site.copyright


def _add(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{RSL}}}{name}")
