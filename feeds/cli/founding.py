"""``feeds init``: a new newsroom, of what is asked and of what its site says."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from feeds.cli import terminal
from feeds.cli.shared import database, debug, now
from feeds.newsroom import locate


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="What the newsroom is called.")
@click.option("--site", "--site-url", "site_url", metavar="URL", help="The newsroom's website.")
@click.option("--feeds-url", metavar="URL", help="Where the feeds will be reached.")
@click.option("--timezone", metavar="NAME", help='Such as "Asia/Baku".')
@click.option("--authority", metavar="DOMAIN,YEAR", help="Under which ids are minted, for ever.")
@click.option("--language", metavar="TAG", help='Of the stories, such as "en".')
@click.option("--description", help="One sentence for subscribers.")
@click.option("--icon", metavar="URL", help="A square picture, for feed readers.")
@click.option("--from", "looked_at", metavar="URL", help="Your site, to be looked at first.")
@click.option("--export", metavar="TARGET", help="Print what serves finished files there.")
@click.option("--yes", is_flag=True, help="Ask nothing: accept what is proposed.")
@database
@debug
@click.pass_context
def init(
    context: click.Context,
    /,
    directory: Path,
    looked_at: str | None,
    export: str | None,
    yes: bool,
    database: str | None,
    **answers: str | None,
) -> int:
    """Make a new newsroom in DIRECTORY.

    Asks for what no option gives, writes DIRECTORY/source/site.toml, and prints the
    crontab, systemd, nginx and Caddy lines that publish and serve it. Nothing is
    overwritten, nothing written before all is answered. "desk.org" is https://desk.org/.

    --from looks at your site once, politely: front page, robots.txt, sitemaps, feeds and ten
    stories. It shows how these would be read, and proposes what the site says: title,
    description, language, time zone, icon, colour, its sections as feeds. Its stories are then
    fetched by 'feeds capture'; a feed that it has is taken over, if you say so, or named.
    --export prints the lines for those without a server: for nginx or Caddy if TARGET is a
    directory, for a CDN if it is a bucket ('feeds export --help').
    --database, or FEEDS_DATABASE, is named in all lines; a password is not.

    \b
    Examples:
      feeds init /srv/desk
      feeds init /srv/desk --from desk.org
      feeds init /srv/desk --export s3://desk-feeds/feeds
      feeds init /srv/desk --title "Harbour Desk" --site desk.org --language en \\
          --feeds-url desk.org/feeds/ --timezone Europe/Lisbon \\
          --authority desk.org,2026
    """
    from feeds.cli.init import address, answered, checked, create, questions, refuse_existing
    from feeds.export import names

    refuse_existing(directory)
    ledger = database or context.find_root().params["database"]
    newsroom = locate(str(directory / "source"), ledger)  # raises, before anything is asked
    target = names.canonical(export) if export else ""
    given = checked({key: value for key, value in answers.items() if value is not None})
    look = None
    if looked_at:
        from feeds.cli import proposed

        look = proposed.look(address(looked_at.strip()), newsroom)
    asked = questions(now().year, look.settings if look else {})
    asks = terminal.can_be_asked() and not yes
    if asks:
        for question in asked:
            if question.key not in given:
                default = question.default(given)
                given[question.key] = click.prompt(
                    question.text,
                    default=default,
                    prompt_suffix=" " if question.text.endswith("?") and not default else ": ",
                    value_proc=partial(_answer, question.key),
                    err=True,
                )
    given = answered(given, asked, accept=yes)
    if look is None:
        terminal.echo(create(directory, given, (), target, ledger), verbatim=True)
        return 0
    found = proposed.agreed(look, asks=asks)
    feeds = [one for one in look.feeds if one != found.taken]
    terminal.echo(create(directory, given, feeds, target, ledger, found), verbatim=True)
    return proposed.take_over(newsroom, found.taken) if found.taken else 0


def _answer(key: str, text: str) -> str:
    from feeds.cli.init import answer

    try:
        return answer(key, text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error  # click asks again
