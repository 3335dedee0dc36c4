"""What keeps a new newsroom running: the lines that ``feeds init`` prints.

They have absolute paths in them, and are what documentation and tests have, letter by letter.
"""

from __future__ import annotations

import getpass
import grp
import os
import shlex
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from feeds.cli.site_text import NOTHING, Found
from feeds.newsroom import CONFIGURATION, Newsroom, locate
from feeds.newsroom.database import Address, Place, url_shown
from feeds.newsroom.site import Site

_PORT = 8000


def instructions(
    site: Site,
    newsroom: Newsroom,
    feeds: Sequence[str] = (),
    export: str = "",
    found: Found = NOTHING,
) -> str:
    """The lines that keep ``newsroom`` running: crontab, systemd, nginx, Caddy.

    Its site had ``feeds`` until now, which are to be taken over. With a target to ``export`` to,
    by its canonical name, nothing is served from here: whatever has the files has to. Each names
    a ledger that isn't where it is by default, without a password. What was ``found`` on its site
    is fetched from there.
    """
    source = newsroom.root
    home = source.parent
    program = shlex.join(_program())
    options = _options(newsroom)
    named = shlex.join(options)
    user, group, preparation, become = _user(home)
    if become and isinstance(newsroom.database, Address):  # or libpq looks into root's ~/.pgpass
        become += f"env HOME={shlex.quote(str(home))} "
    first = _first(f"{become}{program}", named, source, found)
    cron = _cron(program, f"--quiet {named}", export, captures=bool(found.found_in))
    crontab = f"crontab -u {user} -e" if become else "crontab -e"
    served = (
        _of_files(site, export)
        if export
        else _of_a_server(site, options, user, group, home / "export")
    )
    return f"""\
Made {source / CONFIGURATION}
{preparation}
{first}
  {become}{program} serve {named}
{_taking_over(feeds, f"{become}{program}", named)}
{_kept_back(newsroom.database, user, group)}

{crontab}: {cron}

{served}

Subscribers then use {site.feeds_url}{site.feeds[0].name}.rss (or .atom, .json)"""


def _first(program: str, named: str, source: Path, found: Found) -> str:
    """The lines that publish for the first time, below what they do."""
    if not found.found_in:
        return f"Put pages into {source}, then try it:\n  {program} publish {named}"
    return f"Try it:\n  {program} capture --publish {named}"


def _cron(program: str, named: str, export: str, *, captures: bool) -> str:
    """The lines for a crontab, below what they do."""
    publish = f"{program} publish {named}"
    publish += f" --export {shlex.quote(export)}" if export else ""
    need = "mail only when something needs you"
    told, lines = f"publish every five minutes; {need}", [f"*/5 * * * * {publish}"]
    if captures:
        told = f"look at the site every ten minutes, publish every five; {need}"
        wish = "" if export else "--publish "
        lines = [
            f"*/10 * * * * {program} capture {wish}{named}",
            f"{'*/5' if export else '5-59/10'} * * * * {publish}",
        ]
    return "\n  ".join([told, *(line.replace("%", "\\%") for line in lines)])


def _options(newsroom: Newsroom) -> list[str]:
    """What names ``newsroom`` on a command line."""
    options = ["--source", str(newsroom.root)]
    if newsroom.database != locate(str(newsroom.root), environment={}).database:
        options += ["--database", url_shown(newsroom.database)]
    return options


def _kept_back(database: Place, user: str, group: str) -> str:
    """Where there is what is not public yet, and who may read it."""
    if isinstance(database, Path):
        return f"""\
What is not public yet is also in {database.parent} (0750),
and in what 'feeds backup' and 'feeds report' write (0640): {user} and the group {group}
alone may read it. 'feeds serve' never writes there; as another user, it needs that group."""
    return f"""\
The ledger is {database}, made as docs/postgresql.md says.
Its password is in none of these lines: it belongs into ~/.pgpass of {user} (0600).
What is not public yet is also in that database, and in what 'feeds report' writes (0640). 'feeds
serve' never writes there: let it have a role that may only read, if the two are on machines of
their own."""


def _of_a_server(site: Site, options: Sequence[str], user: str, group: str, files: Path) -> str:
    """The lines for ``feeds serve`` and those in front of it, and how to do without."""
    path = urlsplit(site.feeds_url).path
    host = urlsplit(site.feeds_url).hostname
    program, named = shlex.join(_program()), shlex.join(options)
    given = " ".join(one if one.startswith("--") else _systemd(one) for one in options)
    started = " ".join([_systemd(one) if "/" in one else one for one in _program()])
    serve = f"{started} serve --behind-proxy --port {_PORT} {given}"
    return f"""\
systemd (/etc/systemd/system/feeds.service), then: systemctl enable --now feeds
  [Unit]
  Description=Feeds of {_one_line(site.title)}
  After=network.target
  StartLimitIntervalSec=0

  [Service]
  User={user}
  Group={group}
  UMask=0027
  ExecStart={serve}
  ExecReload=/bin/kill -HUP $MAINPID
  Restart=on-failure
  RestartSec=5
  KillMode=mixed

  [Install]
  WantedBy=multi-user.target

nginx (inside the server block of {host})
  location {path} {{
      proxy_pass http://127.0.0.1:{_PORT}{"" if path == "/feeds/" else "/feeds/"};
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_connect_timeout 2s;
      proxy_read_timeout 15s;
      client_max_body_size 64k;
      client_body_timeout 10s;
      send_timeout 10s;
  }}

Caddy instead of nginx (inside the block of {host})
{_caddy(path)}

Without 'feeds serve': finished files, for a web server or a bucket behind a CDN. The crontab's line
ends in --export and where they go, and these print what serves them (docs/export.md)
  {program} export --lines nginx {named} {shlex.quote(str(files))}
  {program} export --lines caddy {named} {shlex.quote(str(files))}
  {program} export --lines cdn {named} s3://BUCKET/PREFIX"""


def _of_files(site: Site, target: str) -> str:
    """The lines for what serves an export to ``target``."""
    from feeds.export import names, recipes  # late: it brings the app

    host = urlsplit(site.feeds_url).hostname
    if names.is_bucket(target):
        told = {"A CDN before the bucket": recipes.cdn(site, target)}
    else:
        told = {
            f"nginx (inside the server block of {host})": recipes.nginx(site, target),
            f"Caddy instead of nginx (inside the block of {host})": recipes.caddy(site, target),
        }
    return "\n\n".join(f"{what}\n{textwrap.indent(lines, '  ')}" for what, lines in told.items())


def _taking_over(feeds: Sequence[str], program: str, named: str) -> str:
    """What to do with the feeds that a site has: their readers are to see nothing twice."""
    if not feeds:
        return ""
    lines = [f"  {program} import {shlex.quote(url)} {named}\n" for url in feeds]
    return f"""
The site has feeds already. Whichever you want to go on with, take over before you publish
(docs/moving-in.md), so that its readers see nothing twice:
{"".join(lines)}"""


def _caddy(path: str) -> str:
    """The lines for a Caddyfile; a path in front of ours is cut off, as nginx does it."""
    prefix = path.removesuffix("/feeds/")
    strip = f"      uri strip_prefix {prefix}\n" if prefix else ""
    return f"""\
  redir {path.removesuffix("/")} {path} 301
  handle {path}* {{
{strip}      reverse_proxy 127.0.0.1:{_PORT}
  }}"""


def _user(home: Path) -> tuple[str, str, str, str]:
    """Who runs the newsroom, in which group, what to do first, how to run a command as they do."""
    user = getpass.getuser()
    if user != "root":
        return user, _group(), "", ""
    quoted, program = shlex.quote(str(home)), shlex.join(_program())
    preparation = f"""
You are root; let the newsroom have a user of its own, who owns its folder and can run {program}:
  useradd --system --user-group --home-dir {quoted} feeds
  chown -R feeds: {quoted}
"""
    return "feeds", "feeds", preparation, "runuser -u feeds -- "


def _group() -> str:
    """The group of whoever asks, by name, or by number where it has none."""
    try:
        return grp.getgrgid(os.getgid()).gr_name
    except KeyError:
        return str(os.getgid())


def _program() -> list[str]:
    """The absolute path of this very command, or what Python is told to run it."""
    beside = Path(sys.executable).with_name("feeds")
    if beside.exists():
        return [str(beside)]
    if Path(sys.argv[0]).name == "__main__.py":  # "python -m feeds"
        return [sys.executable, "-m", "feeds"]
    return [os.path.abspath(sys.argv[0])]  # noqa: PTH100 - a link in bin must stay one


def _systemd(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") + '"'


def _one_line(text: str) -> str:
    return " ".join(text.replace("%", "%%").split())
