"""Pictures, enclosures and addresses of an entry in words, each in one line."""

from __future__ import annotations

from collections.abc import Mapping

from feeds.model import Enclosure, Image, Url


def image_text(image: Image) -> str:
    """Where a picture is, and its size if that is known."""
    return " ".join([image.url, *_pixels(image)])


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
