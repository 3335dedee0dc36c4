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

from feeds.newsroom import CONFIGURATION
from feeds.newsroom.site import Site

_PORT = 8000


def instructions(site: Site, home: Path, feeds: Sequence[str] = (), export: str = "") -> str:
    """The lines that keep the newsroom in ``home`` running: crontab, systemd, nginx, Caddy.

    Its site had ``feeds`` until now, which are to be taken over. With a target to ``export`` to,
    by its canonical name, nothing is served from here: whatever has the files has to.
    """
    source = home / "source"
    program = shlex.quote(_program())
    folder = shlex.quote(str(source))
    user, group, preparation, become = _user(home)
    publish = f"{program} publish --quiet --source {folder}"
    publish += f" --export {shlex.quote(export)}" if export else ""
    publish = publish.replace("%", "\\%")
    crontab = f"crontab -u {user} -e" if become else "crontab -e"
    served = (
        _of_files(site, export)
        if export
        else _of_a_server(site, source, user, group, home / "export")
    )
    return f"""\
Made {source / CONFIGURATION}
{preparation}
Put pages into {source}, then try it:
  {become}{program} publish --source {folder}
  {become}{program} serve --source {folder}
{_taking_over(feeds, f"{become}{program}", folder)}
What is not public yet is also in {home / "instance"} (0750),
and in what 'feeds backup' and 'feeds report' write (0640): {user} and the group {group}
alone may read it. 'feeds serve' never writes there; as another user, it needs that group.

{crontab}: publish every five minutes; mail only when something needs you
  */5 * * * * {publish}

{served}

Subscribers then use {site.feeds_url}{site.feeds[0].name}.rss (or .atom, .json)"""


def _of_a_server(site: Site, source: Path, user: str, group: str, files: Path) -> str:
    """The lines for ``feeds serve`` and those in front of it, and how to do without."""
    path = urlsplit(site.feeds_url).path
    host = urlsplit(site.feeds_url).hostname
    program, folder = shlex.quote(_program()), shlex.quote(str(source))
    serve = f"{_systemd(_program())} serve --behind-proxy --port {_PORT} --source "
    serve += _systemd(str(source))
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
  {program} export --lines nginx --source {folder} {shlex.quote(str(files))}
  {program} export --lines caddy --source {folder} {shlex.quote(str(files))}
  {program} export --lines cdn --source {folder} s3://BUCKET/PREFIX"""


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


def _taking_over(feeds: Sequence[str], program: str, folder: str) -> str:
    """What to do with the feeds that a site has: their readers are to see nothing twice."""
    if not feeds:
        return ""
    lines = [f"  {program} import {shlex.quote(url)} --source {folder}\n" for url in feeds]
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
    quoted = shlex.quote(str(home))
    preparation = f"""
You are root; let the newsroom have a user of its own, who owns its folder and can run {_program()}:
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


def _program() -> str:
    """The absolute path of this very command."""
    beside = Path(sys.executable).with_name("feeds")
    return str(beside) if beside.exists() else os.path.abspath(sys.argv[0])  # noqa: PTH100 - a link in bin must stay one


def _systemd(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") + '"'


def _one_line(text: str) -> str:
    return " ".join(text.replace("%", "%%").split())
