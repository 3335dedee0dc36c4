"""``feeds import``: what a newsroom published elsewhere is taken over."""

from __future__ import annotations

import click
import msgspec

from feeds.cli import terminal
from feeds.cli.publish import publish_decided, publish_now
from feeds.cli.shared import now, of_a_newsroom, reason, who
from feeds.model import EntryId, hash_of
from feeds.newsroom import Newsroom


@click.command("import")
@click.argument("feed")
@click.option("--address", default="", help="Where the feed, or an export's site, was reached.")
@reason
@who
@of_a_newsroom
def import_feed(newsroom: Newsroom, feed: str, address: str, reason: str, who: str | None) -> int:
    """Take over FEED, a file or a URL: RSS, Atom or JSON Feed, or an export of WordPress or Ghost.

    Its items become entries with their guids, dates, links and texts, so that its subscribers
    see nothing twice when its address leads here. Import before you publish the same stories
    from pages. The feed is kept in the newsroom's folder, below imported/; of an export, only what
    was published is taken, and nothing else is kept.

    \b
    Examples:
      feeds import https://desk.org/old/rss.xml
      feeds import rss.xml --address https://desk.org/old/rss.xml
      feeds import wordpress-export.xml
      feeds import ghost-export.json --address https://desk.org/
    """
    return take_over(newsroom, feed, address, reason, who)


def take_over(
    newsroom: Newsroom, feed: str, address: str = "", reason: str = "", who: str | None = None
) -> int:
    """Takes ``feed`` over, which was at ``address``, publishes, and returns how that ended."""
    from feeds.publish import edit, kept

    made, stays, headlines = kept.keep_feed(newsroom, feed, address)
    for one in stays:
        terminal.echo(str(one), err=True)
    if not made:
        terminal.echo("all of it was taken over before")
        return publish_now(newsroom)
    told = {"when": now(), "who": who or edit.user()}
    edit.decide_all(
        newsroom,
        [msgspec.structs.replace(one, reason=one.reason or reason, **told) for one in made],
        f"from {feed}",
    )
    for entry_id in (one.entry for one in made if one.action == "retract"):
        what = f"'{headlines[entry_id]}' is no longer public in {feed}"
        undone = f"feeds restore {hash_of(EntryId(entry_id))} undoes it"
        terminal.echo(f"retract  {entry_id}: {what}; {undone}")
    return publish_decided(newsroom, made[0])
