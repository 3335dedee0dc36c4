"""The files that pages of the desk look like themselves by."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from feeds.newsroom.site import Site
from feeds.web import colours

_OF_THE_WEB = {"style.css", "icon.svg"}


@cache
def file(name: str) -> bytes:
    """What is in the file called ``name``: the public pages' own, or the desk's."""
    room = "feeds.web" if name in _OF_THE_WEB else "feeds.desk"
    return (files(room) / "static" / name).read_bytes()


def colours_of(site: Site | None) -> bytes:
    """The colour of ``site`` as a stylesheet, empty where it has none of its own."""
    return colours.stylesheet(site.accent) if site and site.accent else b""


def whole(site: Site | None) -> str:
    """All of it as one stylesheet, for a page that is a file."""
    parts = (file("style.css"), file("desk.css"), colours_of(site))
    return b"".join(parts).decode()
