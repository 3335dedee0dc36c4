"""Addresses that a page gives as seen from its site, where the page doesn't say which that is.

A reading has them below ``urls.UNPLACED``, since a page says the same on whatever site it is.
What is seen from there as a file of the theme is where those are.
"""

from __future__ import annotations

import re

import msgspec

from feeds.model import Story, Url
from feeds.text import sanitise, urls

_FILES = "feeds/static/"
_UNPLACED = re.compile(f' (?:src|href)="{re.escape(urls.UNPLACED)}[^"]*"')


def placed(story: Story, site_url: str, files_url: str = "") -> Story:
    """``story`` as seen from its own address, else from ``site_url``.

    Without either its pictures go, as all that is enclosed, and its links are none. ``files_url``
    is where the theme's files are, if there is one.
    """
    own = _placed(story.url, urls.origin(site_url))
    origin = urls.origin(own or site_url)
    content, image = story.content, story.image
    if urls.UNPLACED in content:
        if origin:
            content = content.replace(f'"{urls.UNPLACED}', f'"{origin}')
        else:
            content = sanitise.clean(_UNPLACED.sub("", content))
    if image is not None and image.url.startswith(urls.UNPLACED):
        url = _placed(image.url, origin)
        image = msgspec.structs.replace(image, url=url) if url else None
    if image is not None and image.thumbnail:
        image = msgspec.structs.replace(image, thumbnail=_placed(image.thumbnail, origin))
    if files_url and origin:
        seen = f"{origin}{_FILES}"
        content = content.replace(f'"{seen}', f'"{files_url}')
        if image is not None and image.url.startswith(seen):
            url = Url(files_url + image.url.removeprefix(seen))
            image = msgspec.structs.replace(image, url=url)
    enclosures = [
        msgspec.structs.replace(one, url=url, thumbnail=_placed(one.thumbnail, origin))
        for one in story.enclosures
        if (url := _placed(one.url, origin))
    ]
    translations = {
        language: placed_url
        for language, url in story.translations.items()
        if (placed_url := _placed(url, origin))
    }
    return msgspec.structs.replace(
        story,
        url=own,
        content=content,
        image=image,
        enclosures=tuple(enclosures),
        translations=translations,
    )


def placed_headline(story: Story, origin: str) -> Story:
    """``story``, of a list, with its link on the site at ``origin``; none if nobody knows that."""
    if story.url is None or not story.url.startswith(urls.UNPLACED):
        return story
    return msgspec.structs.replace(story, url=_placed(story.url, origin))


def _placed(url: Url | None, origin: str) -> Url | None:
    """``url`` where its site is; None if nobody knows that."""
    if url is None or not url.startswith(urls.UNPLACED):
        return url
    return Url(origin + url.removeprefix(urls.UNPLACED)) if origin else None
