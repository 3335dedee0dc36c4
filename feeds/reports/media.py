"""Pictures, enclosures and addresses of an entry in words, each in one line."""

from __future__ import annotations

from collections.abc import Mapping

from feeds.model import Enclosure, Image, Rights, Url

RIGHTS: Mapping[Rights, str] = {
    "syndicate": "partners may have it",
    "own-site": "for our own site alone: partners don't get it",
}


def image_text(image: Image) -> str:
    """Where a picture is, its size and who may show it, if that is known."""
    rights = f"({RIGHTS[image.rights]})" if image.rights else ""
    return " ".join(filter(None, [image.url, *_pixels(image), rights]))


def enclosure_text(enclosure: Enclosure) -> str:
    """Where a file is, and what is known of it."""
    known = [enclosure.type, *_pixels(enclosure)]
    if enclosure.duration:
        known.append(f"{enclosure.duration:,} s")
    if enclosure.length:
        known.append(f"{enclosure.length:,} bytes")
    title = f"'{enclosure.title}' " if enclosure.title else ""
    return f"{title}{enclosure.url} ({', '.join(known)})"


def addresses_text(addresses: Mapping[str, Url]) -> str:
    """Addresses, each behind whose it is, or the language that it is in."""
    return ", ".join(f"{name}: {url}" for name, url in addresses.items())


def _pixels(of: Image | Enclosure) -> list[str]:
    return [f"{of.width}×{of.height}"] if of.width and of.height else []
