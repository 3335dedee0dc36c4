"""What a page states besides the words of its article: recordings, pictures, translations."""

from __future__ import annotations

from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import Url
from feeds.normalise.html.claims import enclosures, picture_facts, translations
from feeds.normalise.html.claims.metadata import Metadata


class Media(NamedTuple):
    """All recordings of a page, what it says of pictures, and where it is translated."""

    files: enclosures.Found
    pictures: picture_facts.Pictures
    translations: dict[str, Url]


def collect_media(root: HtmlElement, stated: Metadata, base: str, address: str) -> Media:
    """What the page states, of which nothing is cut out yet.

    Addresses are seen from ``base``; ``address`` is where it was saved from, empty if unknown.
    """
    own = {base, address, *(claim.value for claim in stated.claims.get("url", ()))} - {""}
    return Media(
        enclosures.find_files(root, stated.jsonld, base, own, stated.first("site")),
        picture_facts.collect_facts(root, stated.jsonld, base),
        translations.find_translations(root, base, own),
    )
