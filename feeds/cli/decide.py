"""The editor's commands: what was published is taken back, corrected, merged."""

from __future__ import annotations

import click
import msgspec

from feeds.cli import terminal
from feeds.cli.publish import print_outcome, run
from feeds.cli.shared import now, of_a_newsroom
from feeds.model import Entry
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom
from feeds.newsroom.decisions import FILE as DECISIONS
from feeds.newsroom.decisions import Decision
from feeds.publish import Order

_reason = click.option("--reason", default="", help="Why, for the newsroom alone.")
_who = click.option("--who", help="Who decided [default: this user].")
_yes = click.option("--yes", is_flag=True, help="Don't ask if a part of a headline names it.")


def _find(newsroom: Newsroom, name: str, *, yes: bool) -> Entry:
    """The entry called ``name``: one that a part of its headline names only after a "yes"."""
    from feeds.reports import lookup  # late: it brings SQLAlchemy

    found = lookup.find_entry(newsroom, name)
    if yes or not lookup.is_in_part(name, found):
        return found
    what = f"'{name}' is a part of one headline: {lookup.listed(found)}"
    if not terminal.can_be_asked():
        remedy = f"name it by its id, {found.hash}, or its whole headline, or add --yes"
        raise FeedsError(f"{what}; nothing was done", remedy=remedy)
    terminal.echo(what, err=True)
    click.confirm("Is that the one?", abort=True, err=True)
    return found


def _decide(
    newsroom: Newsroom, decision: Decision, headline: str, who: str | None, *about: Entry
) -> int:
    """Writes a decision ``about`` entries down and publishes; returns the exit code."""
    from feeds.publish import edit
    from feeds.reports.lookup import listed

    decision = msgspec.structs.replace(decision, when=now(), who=who or edit.user())
    edit.decide(newsroom, decision, headline)
    for entry in about:
        terminal.echo(f"{decision.action}  {listed(entry)}")
    return _publish_decided(newsroom, decision)


def _publish_decided(newsroom: Newsroom, decision: Decision) -> int:
    """Publishes after ``decision`` was written down; returns the exit code."""
    try:
        # what waits in the folder is cron's: it must neither delay a retraction nor come with it
        return _publish(newsroom, decisions_only=decision.action != "import")
    except BaseException:
        written = f"{decision.action}: written into {DECISIONS}, and not published yet"
        terminal.echo(f"{written}; the next 'feeds publish' that succeeds does it", err=True)
        raise


def _publish(newsroom: Newsroom, *, decisions_only: bool = False) -> int:
    """Publishes, and says what that came to; returns the exit code."""
    return run(Order(newsroom, now(), decisions_only=decisions_only), print_outcome)


@click.command()
@click.argument("entry")
@click.option("--notice", default="", help="What readers are told, on the story's page.")
@_reason
@_who
@_yes
@click.option("--erase", is_flag=True, help="Delete every word of it, for ever.")
@of_a_newsroom
def retract(
    newsroom: Newsroom,
    entry: str,
    notice: str,
    reason: str,
    who: str | None,
    yes: bool,
    erase: bool,
) -> int:
    """Take ENTRY back: out of every feed, at once and for good.

    ENTRY is an id, a URL, a headline, or a part of one that no other has: then you are asked
    whether that is the one, or say --yes. Atom readers are told
    with a tombstone, the story's page answers 410. The text stays in the ledger, for 'feeds
    restore', unless you --erase it; then the addresses to purge from a CDN are printed.

    \b
    Examples:
      feeds retract "minister resigns" --notice "This was wrong." --reason "hoax"
      feeds retract https://desk.org/a/12 --erase
    """
    from feeds.reports import purge

    found = _find(newsroom, entry, yes=yes)
    if found.hidden == "erased" or (found.hidden == "retracted" and not erase and not notice):
        raise FeedsError(f"'{entry}' is {found.hidden} already", remedy="there is nothing to do")
    decision = Decision("retract", entry=found.id, notice=notice, erase=erase, reason=reason)
    left = purge.to_purge(newsroom, newsroom.site(), found) if erase else []
    code = _decide(newsroom, decision, "" if erase else found.title, who, found)
    for line in left:
        terminal.echo(line)
    return code


@click.command()
@click.argument("entry")
@_reason
@_who
@_yes
@of_a_newsroom
def restore(newsroom: Newsroom, entry: str, reason: str, who: str | None, yes: bool) -> int:
    """Show ENTRY again after it was retracted or merged.

    It has the same id, the same date and the same place as before.

    One that was erased is read anew from its page, if that is still in the folder.

    \b
    Example:
      feeds restore "minister resigns" --reason "it was true after all"
    """
    found = _find(newsroom, entry, yes=yes)
    if not found.hidden:
        raise FeedsError(f"'{entry}' is not retracted", remedy="there is nothing to do")
    decision = Decision("restore", entry=found.id, reason=reason)
    code = _decide(newsroom, decision, found.title, who, found)
    return _publish(newsroom) if found.hidden == "erased" else code


@click.command()
@click.argument("entry")
@click.option("--title", default="", help="The headline as it should be.")
@click.option("--published", default="", metavar="DATE", help="2026-01-09 or 2026-01-09T11:03.")
@click.option("--author", "authors", multiple=True, help="An author; may be given repeatedly.")
@click.option("--url", default="", help="Where the story is to be read.")
@_reason
@_who
@_yes
@of_a_newsroom
def correct(
    newsroom: Newsroom,
    entry: str,
    title: str,
    published: str,
    authors: tuple[str, ...],
    url: str,
    reason: str,
    who: str | None,
    yes: bool,
) -> int:
    """Correct what a page says of ENTRY, for ever, whatever the page goes on saying.

    The id stays, so that nobody sees the story twice.

    \b
    Example:
      feeds correct "quay" --title "Quay opens in May" --published 2026-01-09
    """
    from feeds.publish import edit
    from feeds.text import dates

    if not (title or published or authors or url):
        raise click.UsageError("say what is right: --title, --published, --author or --url")
    found = _find(newsroom, entry, yes=yes)
    decision = edit.correction(found, title, published, authors, url)
    today = now().astimezone(dates.zone(newsroom.site().timezone)).date()
    if decision.published and decision.published.day > today:
        raise click.UsageError(f"--published {published} is in the future")
    decision = msgspec.structs.replace(decision, reason=reason)
    return _decide(newsroom, decision, found.title, who, found)


@click.command()
@click.argument("keep")
@click.argument("duplicate")
@_reason
@_who
@_yes
@of_a_newsroom
def merge(
    newsroom: Newsroom, keep: str, duplicate: str, reason: str, who: str | None, yes: bool
) -> int:
    """Make one entry of two: KEEP stays, and DUPLICATE goes.

    What only DUPLICATE had, KEEP gets.

    'feeds check' hints at entries that may be one story. 'feeds restore DUPLICATE' undoes it.

    \b
    Example:
      feeds merge ovsal2wgjv4q un56jnotfrkv
    """
    kept, other = (_find(newsroom, name, yes=yes) for name in (keep, duplicate))
    if kept.id == other.id:
        raise FeedsError(f"'{keep}' and '{duplicate}' are the same entry", remedy="name two")
    for one in (kept, other):
        if one.hidden:
            raise FeedsError(f"'{one.title or one.id}' is {one.hidden}", remedy="restore it first")
    decision = Decision("merge", entry=kept.id, duplicate=other.id, reason=reason)
    return _decide(newsroom, decision, f"{kept.title} = {other.title}", who, kept, other)


@click.command("import")
@click.argument("feed")
@click.option("--address", default="", help="Where the feed, or an export's site, was reached.")
@_reason
@_who
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
    from feeds.publish import edit, kept

    made = kept.keep_feed(newsroom, feed, address)
    if not made:
        terminal.echo("all of it was taken over before")
        return _publish(newsroom)
    told = {"when": now(), "who": who or edit.user()}
    edit.decide_all(
        newsroom,
        [msgspec.structs.replace(one, reason=one.reason or reason, **told) for one in made],
        f"from {feed}",
    )
    for entry_id in (one.entry for one in made if one.action == "retract"):
        terminal.echo(f"retract  {entry_id}: it is no longer public in {feed}")
    return _publish_decided(newsroom, made[0])
