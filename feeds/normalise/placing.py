"""Addresses that a page gives as seen from its site, where the page doesn't say which that is.

A reading has them below ``urls.UNPLACED``, since a page says the same on whatever site it is.
"""

from __future__ import annotations

import re

import msgspec

from feeds.model import Story, Url
from feeds.text import sanitise, urls

_UNPLACED = re.compile(f' (?:src|href)="{re.escape(urls.UNPLACED)}[^"]*"')


def placed(story: Story, site_url: str) -> Story:
    """``story`` as seen from its own address, else from ``site_url``.

    Without either its pictures go, and its links are none.
    """
    origin = urls.origin(story.url or site_url)
    content, image = story.content, story.image
    if urls.UNPLACED in content:
        if origin:
            content = content.replace(f'"{urls.UNPLACED}', f'"{origin}')
        else:
            content = sanitise.clean(_UNPLACED.sub("", content))
    if image is not None and image.url.startswith(urls.UNPLACED):
        path = image.url.removeprefix(urls.UNPLACED)
        image = msgspec.structs.replace(image, url=Url(origin + path)) if origin else None
    if content is story.content and image is story.image:
        return story
    return msgspec.structs.replace(story, content=content, image=image)
