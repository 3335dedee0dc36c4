"""The editor's commands: what was published is taken back, corrected, merged."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import msgspec

from feeds.cli import terminal
from feeds.cli.publish import publish_decided, publish_now
from feeds.cli.shared import now, of_a_newsroom, reason, who
from feeds.model import Entry
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom
from feeds.newsroom.decisions import Decision

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
        if decision.action == "restore":  # what it is called by from now on
            entry = msgspec.structs.replace(entry, hidden="")
        terminal.echo(f"{decision.action}  {listed(entry)}")
    return publish_decided(newsroom, decision)


@click.command()
@click.argument("entry")
@click.option("--notice", default="", help="What readers are told, on the story's page.")
@reason
@who
@click.option("--yes", is_flag=True, help="Ask nothing: neither if that is it, nor before erasing.")
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
    restore', unless you --erase it: then you are asked once more, or say --yes, and where
    words of it may still be is printed: addresses to purge from a CDN, files, other ledgers.

    \b
    Examples:
      feeds retract "minister resigns" --notice "This was wrong." --reason "hoax"
      feeds retract https://desk.org/a/12 --erase
    """
    from feeds.reports import purge

    found = _find(newsroom, entry, yes=yes)
    if found.hidden == "erased" or (found.hidden == "retracted" and not erase and not notice):
        raise FeedsError(f"'{entry}' is {found.hidden} already", remedy="there is nothing to do")
    if erase and not yes:
        _confirm_erasing(found)
    decision = Decision("retract", entry=found.id, notice=notice, erase=erase, reason=reason)
    left = purge.to_purge(newsroom, newsroom.site(), found) if erase else []
    code = _decide(newsroom, decision, "" if erase else found.title, who, found)
    for line in (*left, *purge.exports_behind(newsroom)):
        terminal.echo(line)
    return code


def _confirm_erasing(found: Entry) -> None:
    """Returns if somebody means it, who is asked; raises what ends the command if nobody does."""
    from feeds.reports import lookup

    what = f"every word of this story goes, for ever: {lookup.listed(found)}"
    if not terminal.can_be_asked():
        remedy = "add --yes if it is meant; without --erase its text stays, for 'feeds restore'"
        raise FeedsError(f"{what}; nothing was done", remedy=remedy)
    terminal.echo(what, err=True)
    click.confirm("Erase it?", abort=True, err=True)


@click.command()
@click.argument("entry")
@reason
@who
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
    return publish_now(newsroom) if found.hidden == "erased" else code


@click.command()
@click.argument("entry")
@click.option("--title", help="The headline as it should be.")
@click.option("--published", metavar="DATE", help="2026-01-09 or 2026-01-09T11:03.")
@click.option("--author", "authors", multiple=True, help="An author; may be given repeatedly.")
@click.option("--url", help="Where the story is to be read.")
@click.option("--category", "categories", multiple=True, help="A section; may be given repeatedly.")
@click.option("--image", metavar="URL", help="The picture's address, or its path on the site.")
@click.option("--alt", metavar="TEXT", help="What the picture shows, for who can't see it.")
@click.option("--summary", help="The summary; of a story without a text it is the text.")
@click.option("--language", metavar="TAG", help='The language, such as "en" or "az".')
@click.option(
    "--notice",
    help="What readers are told: on the story's page, and in feeds of corrections; of a story with "
    "a --url there alone.",
)
@click.option("--rights", metavar="WHOSE", help="syndicate, or own-site: no partner gets it.")
@reason
@who
@_yes
@of_a_newsroom
def correct(
    newsroom: Newsroom, entry: str, reason: str, who: str | None, yes: bool, **told: Any
) -> int:
    """Correct what a page says of ENTRY, for ever, whatever the page goes on saying.

    The id stays, so that nobody sees the story twice. Authors and sections take the place of
    those that the page has. With an empty value, what the page says counts again.

    \b
    Examples:
      feeds correct "quay" --title "Quay opens in May" --published 2026-01-09
      feeds correct "quay" --category Harbour --category Traffic
      feeds correct "quay" --image /pictures/quay.jpg --alt "Two cranes"
      feeds correct "quay" --title ""              the page's own headline again
      feeds correct "quay" --notice "An earlier version had another year."
    """
    from feeds.publish import edit
    from feeds.reports import lookup
    from feeds.text import dates

    given = {name: _given(value) for name, value in told.items() if value not in {None, ()}}
    if not given:
        raise click.UsageError(f"say what is right: {', '.join(_options(told))}")
    found = _find(newsroom, entry, yes=yes)
    if found.hidden == "erased":
        remedy = f"first, if its page is still there: feeds restore {found.hash}"
        raise FeedsError(f"'{entry}' is erased, and has no words to correct", remedy=remedy)
    zone = dates.zone(newsroom.site().timezone)
    decision = edit.correction(found, given, now().astimezone(zone).date())
    decision = msgspec.structs.replace(decision, reason=reason)
    code = _decide(newsroom, decision, found.title, who)
    after = lookup.find_entry(newsroom, found.id)
    terminal.echo(f"correct  {lookup.listed(after)}")
    for line in lookup.changes(found, after, zone, given.get("notice")):
        terminal.echo(f"  {line}")
    return code


def _given(value: str | tuple[str, ...]) -> str | list[str]:
    """The value of an option; one that may be given repeatedly, and is once and empty, is none."""
    return value if isinstance(value, str) else [one for one in value if one]


def _options(names: Iterable[str]) -> list[str]:
    singular = {"authors": "author", "categories": "category"}
    return [f"--{singular.get(name, name)}" for name in names]


@click.command()
@click.argument("keep")
@click.argument("duplicate")
@reason
@who
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


@click.command("keep-apart")
@click.argument("one")
@click.argument("other")
@reason
@who
@_yes
@of_a_newsroom
def keep_apart(
    newsroom: Newsroom, one: str, other: str, reason: str, who: str | None, yes: bool
) -> int:
    """Say that ONE and OTHER are two stories, and stay two.

    Nothing hints any more that they may be one, and neither a text nor a retraction of the one
    is taken for the other's. 'feeds merge' undoes it.

    \b
    Example:
      feeds keep-apart ovsal2wgjv4q un56jnotfrkv --reason "two ferries"
    """
    first, second = (_find(newsroom, name, yes=yes) for name in (one, other))
    if first.id == second.id:
        raise FeedsError(f"'{one}' and '{other}' are the same entry", remedy="name two")
    for entry in (first, second):
        if entry.hidden == "merged":
            raise FeedsError(
                f"'{entry.title}' was merged", remedy=f"first: feeds restore {entry.hash}"
            )
    decision = Decision("keep-apart", entry=first.id, other=second.id, reason=reason)
    headline = f"{first.title} / {second.title}"
    return _decide(newsroom, decision, headline, who, first, second)


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)
@reason
@who
@of_a_newsroom
def gone(newsroom: Newsroom, paths: tuple[Path, ...], reason: str, who: str | None) -> int:
    """Say that the pages at PATHs, files or folders, are gone on purpose.

    Their stories stay published, and nothing tells any more that the pages are missing. If one
    comes back and goes again, that is told.

    \b
    Examples:
      feeds gone source/2019
      feeds gone source/flood.txt --reason "the server was moved"
    """
    from feeds.publish import edit

    names = edit.named_gone(newsroom, paths)
    when, by = now(), who or edit.user()
    made = [Decision("gone", path=name, reason=reason, when=when, who=by) for name in names]
    edit.decide_all(newsroom, made)
    for name in names:
        terminal.echo(f"gone  {name}")
    return publish_decided(newsroom, made[0])
