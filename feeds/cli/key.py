"""``feeds key``: who may read feeds that are not for everybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from feeds.cli import terminal
from feeds.cli.shared import answer, as_json, now, of_a_newsroom
from feeds.model import FORMATS
from feeds.model.errors import FeedsError, LedgerError
from feeds.newsroom import Newsroom

if TYPE_CHECKING:
    from feeds.ledger.connect import Ledger

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?", re.ASCII)


@click.group()
def key() -> None:
    """Give partners and paying readers keys to feeds that are not for everybody.

    A feed is kept for them by 'keyed = true' in site.toml. Each key opens one feed, at an address
    of its own, or by a password. Of a key's token the ledger has but a hash.

    \b
    Examples:
      feeds key add msn --feed full               make one, and show it, this once
      feeds key list                              whose keys there are
      feeds key revoke msn                        from now on it opens nothing
    """


@key.command("add")
@click.argument("name")
@click.option("--feed", required=True, help="The keyed feed that it opens, by its name.")
@as_json
@of_a_newsroom
def add_key(newsroom: Newsroom, name: str, feed: str, as_json: bool) -> int:
    """Make a key called NAME, and print, this once, where its holder finds the feed.

    NAME says whose it is, in small letters, digits and hyphens, at most 32: it stands in logs where
    the token would. A name that was used is never used again.

    \b
    Example:
      feeds key add msn --feed full
    """
    from feeds.ledger import keys

    if not _NAME.fullmatch(name):
        raise FeedsError(
            f"'{name}' is no name of a key",
            remedy="use small letters, digits and hyphens, at most 32",
        )
    site = newsroom.site()
    keyed = {name: one for one in site.feeds if one.keyed for name in (one.name, *one.former_names)}
    if feed not in keyed:
        there = f"of these: {', '.join(sorted(keyed))}" if keyed else "which there is none of yet"
        raise FeedsError(
            f"'{feed}' is no keyed feed",
            remedy=f"name one, {there}; a feed is one by 'keyed = true' in site.toml",
        )
    found = keyed[feed]
    token = keys.new_token()
    with _ledger(newsroom).write() as connection:
        if keys.find(connection, name):
            raise FeedsError(
                f"there is, or was, a key called '{name}'", remedy="give this one another name"
            )
        keys.add(connection, keys.Key(name, found.first_name, keys.hash_of(token), now()))
    base = site.feeds_url
    addresses = [f"{base}k/{token}/{found.name}.{form}" for form in FORMATS]
    password = [f"{base}auth/{found.name}.{form}" for form in FORMATS]
    told = {
        "name": name,
        "feed": found.name,
        "token": token,
        "addresses": addresses,
        "by_password": password,
    }
    lines = [
        f"The key '{name}' opens '{found.name}'. Copy it now: it is shown this once.",
        "Either by an address that nobody else is to know:",
        *(f"  {address}" for address in addresses),
        f"or by a password, with '{name}' as the user:",
        *(f"  {address}" for address in password),
        f"  password: {token}",
        f"To take it back: feeds key revoke {name}",
    ]
    answer(told, "\n".join(lines), as_json=as_json)
    return 0


@key.command("list")
@as_json
@of_a_newsroom
def list_keys(newsroom: Newsroom, as_json: bool) -> int:
    """List all keys, those that were revoked as well, without their tokens."""
    from feeds.ledger import keys, revisions

    with _ledger(newsroom, write=False).read() as connection:
        found = keys.all_keys(connection)
        newest = revisions.latest(connection)
    feeds = newest[0].site.feeds if newest else ()
    names = {feed.first_name: feed.name for feed in feeds}
    found = [one._replace(feed=names.get(one.feed, one.feed)) for one in found]
    told = [
        {"name": one.name, "feed": one.feed, "made": one.made, "revoked": one.revoked}
        for one in found
    ]
    lines = [
        f"{one.name}  {one.feed}  made {one.made:%Y-%m-%d}"
        + (f", revoked {one.revoked:%Y-%m-%d}" if one.revoked else "")
        for one in found
    ]
    answer(told, "\n".join(lines) or "there are no keys", as_json=as_json)
    return 0


@key.command()
@click.argument("name")
@of_a_newsroom
def revoke(newsroom: Newsroom, name: str) -> int:
    """Have the key called NAME open nothing any more, from the next second on and for ever."""
    from feeds.ledger import keys

    with _ledger(newsroom).write() as connection:
        found = keys.find(connection, name)
        if found is None:
            raise FeedsError(f"there is no key called '{name}'", remedy="'feeds key list' has all")
        if found.revoked is None:
            keys.revoke(connection, name, now())
    terminal.echo(f"The key '{name}' is revoked: who asks with it is answered 410 Gone.")
    return 0


def _ledger(newsroom: Newsroom, *, write: bool = True) -> Ledger:
    from feeds.ledger.connect import open_to_note, open_to_read
    from feeds.ledger.loss import find_moved, lost, refuse_loss

    refuse_loss(newsroom)
    if write and (moved := find_moved(newsroom)):
        raise lost(moved)  # nobody who asks is served from this one
    ledger = (open_to_note if write else open_to_read)(newsroom.database)
    if ledger is None:
        raise LedgerError(
            "there is no ledger yet", file=str(newsroom.database), remedy="'feeds publish' makes it"
        )
    return ledger
