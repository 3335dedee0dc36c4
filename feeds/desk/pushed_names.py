"""By what a story that was handed in is known, and where its page lies.

Rules
- An id that is a URI is the story's own; any other, a number for instance, is that of the program
  that sent it, since two may count alike.
- An address is a story's if it is on the site and not its home. It is compared as everywhere, so
  that no second page comes of another spelling.
- A page keeps the id that it claims: readers know the story by it. One that came by its address
  alone is that of whoever sends an id for this address later, and lies where this id is looked for
  from then on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from feeds.entries import identity
from feeds.ledger import aliases
from feeds.ledger.connect import open_to_read
from feeds.model import Url
from feeds.model.names import Alias
from feeds.newsroom import Newsroom, pushed_page
from feeds.newsroom.pushed_page import Pushed
from feeds.newsroom.site import Site
from feeds.normalise import normalise, statements
from feeds.readers import read_page
from feeds.text import urls


class RefusedError(Exception):
    """A story that can't be kept as it was sent: says what is wrong, and what was expected."""


class Names(NamedTuple):
    """What a story is known by: the id that it is to claim, empty for none, and its address.

    ``label`` is what its sender calls it.
    """

    claimed: str
    url: Url | None
    label: str


class Place(NamedTuple):
    """Where a story is to lie, where it lies until now (empty for nowhere), and its id."""

    path: str
    before: str
    claimed: str


def names_of(site: Site, program: str, sent: Pushed) -> Names:
    """What the story is known by that ``program`` has ``sent``; raises RefusedError for nothing."""
    told, said = sent.said("id"), sent.said("url")
    url = urls.absolute(site.site_url, said) if said else None
    if said and url is None:
        raise RefusedError(f"url: expected an address of a page, and it is '{said[:200]}'")
    if not told and url is None:
        article = normalise(
            read_page(f"{pushed_page.FOLDER}/story.html", sent.html.encode("utf-8", "replace"))
        ).article
        url = article.url if article else None
    own = identity.story_url(site, url) if url else None
    if not told and own is None:
        home = f"'{url}' is the home page" if url else "it has neither"
        raise RefusedError(f"expected an id, or the story's own url; {home}")
    if told and not statements.ID.fullmatch(told):
        return Names(pushed_page.claimed_id(site.authority, f"{program}\n{told}"), own, told)
    return Names(told, own, told or str(own))


def find_place(newsroom: Newsroom, site: Site, names: Names) -> Place:
    """Where the story called ``names`` lies, or is to lie. Raises FeedsError."""
    root, claimed, url = newsroom.root, names.claimed, names.url
    address = urls.canonical(url) if url else ""
    of_address = pushed_page.claimed_id(site.authority, address) if url else ""
    name = claimed or address
    path = pushed_page.path_called(names.label, name)
    aside = [Alias("explicit", claimed)] if claimed else []
    for known in (path, *_pages(newsroom, aside)):
        states = pushed_page.states(root, known)
        if states is not None:
            return Place(known, known, states or claimed or of_address)
    if url:
        by_url = pushed_page.path_called(str(url), address)
        for known in (by_url, *_pages(newsroom, identity.url_names(site, url))):
            states = pushed_page.states(root, known)
            if states is None:
                continue
            if not claimed:
                return Place(known, known, states or of_address)
            if states in {"", of_address}:
                return Place(path, known, states or claimed)
    return Place(path, "", claimed or of_address)


def _pages(newsroom: Newsroom, names: Sequence[Alias]) -> Iterator[str]:
    """The pages that were handed in of the entries that ``names`` lead to."""
    ledger = open_to_read(newsroom.database) if names else None
    if ledger is None:
        return
    with ledger.read() as connection:
        found = dict.fromkeys(aliases.ids_named(connection, names).values())
        paths = [path for entry in found for path in aliases.pages_of(connection, entry)]
    yield from (path for path in paths if path.startswith(f"{pushed_page.FOLDER}/"))
