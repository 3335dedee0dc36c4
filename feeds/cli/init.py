"""``feeds init``: a new newsroom's folder, and the lines that keep it running."""

from __future__ import annotations

import getpass
import grp
import os
import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

import msgspec

from feeds.ledger.sqlite import access
from feeds.model.errors import FeedsError
from feeds.newsroom import CONFIGURATION, files, space
from feeds.newsroom.site import Site, is_example
from feeds.newsroom.site_file import load_site
from feeds.newsroom.whole import write_whole
from feeds.text import values

_PORT = 8000


class Question(NamedTuple):
    """What is asked when no option answers it; ``default`` is given the answers so far."""

    key: str
    text: str
    default: Callable[[Mapping[str, str]], str | None]


def questions(year: int) -> list[Question]:
    """The questions in their order; ``year`` is the current one, for the authority."""
    return [
        Question("title", "What is the newsroom called?", lambda _: None),
        Question("site_url", "Its website (https://…/)", lambda _: None),
        Question("feeds_url", "Where will its feeds be reached?", lambda given: _feeds_url(given)),
        Question("timezone", "Its time zone", lambda _: _local_zone()),
        Question(
            "authority",
            "Authority for ids, kept for ever (a domain of yours, a comma, a year)",
            lambda given: _authority(given["site_url"], year),
        ),
    ]


def refuse_existing(directory: Path) -> None:
    """Raises FeedsError if there is a newsroom in ``directory`` already."""
    file = directory.expanduser().absolute() / "source" / CONFIGURATION
    if files.is_there(file):
        raise FeedsError(
            "there is a newsroom already; nothing was changed",
            file=str(file),
            remedy="edit this file, or name another directory",
        )


def answer(key: str, text: str) -> str:
    """An answer, with the slash that it lacks; raises ValueError saying what was expected."""
    if key in {"site_url", "feeds_url"} and not text.endswith("/"):
        text += "/"
    if why := values.wrong(key, text):
        raise ValueError(f'"{text}": {why}')
    if key == "authority" and is_example(text):
        raise ValueError(f'"{text}": expected a domain of yours, not an example\'s')
    return text


def create(directory: Path, given: Mapping[str, str]) -> str:
    """Writes ``directory``/source/site.toml and returns what to do next, in words.

    Raises FeedsError or ConfigError if an answer is wrong, if there is a newsroom already
    or the folder can't be written; then nothing was changed.
    """
    refuse_existing(directory)
    home = directory.expanduser().absolute()
    source = home / "source"
    file = source / CONFIGURATION
    answers = {}
    for key, text in given.items():
        try:
            answers[key] = answer(key, text)
        except ValueError as error:
            raise FeedsError(str(error), field=key) from error
    text = configuration(answers)
    site = load_site(text, str(file))
    try:
        with space.explained(file):
            source.mkdir(parents=True, exist_ok=True)
            access.make_folder(home / "instance")
            write_whole(file, text.encode())
    except OSError as error:
        raise FeedsError(
            f"can't be written: {error.strerror}",
            file=error.filename or str(file),
            remedy="name a directory that you may write to",
        ) from error
    return instructions(site, home)


def configuration(given: Mapping[str, str]) -> str:
    """The text of ``site.toml`` with the answers in it."""
    quoted = {key: msgspec.json.encode(value).decode() for key, value in given.items()}
    return f"""\
# The newsroom's configuration. Pages lie beside this file and in folders below it.

[site]
title = {quoted["title"]}
description = {quoted.get("description", '""')}
site_url = {quoted["site_url"]}
feeds_url = {quoted["feeds_url"]}
language = {quoted.get("language", '"en"')}
timezone = {quoted["timezone"]}
# Every id is minted under this, for ever: never change it.
authority = {quoted["authority"]}
# logo = "https://…/logo.png"
# icon = "https://…/icon.png"
# copyright = "© …"
# undated = "hold"        # keep articles out whose date no page states
# sections = true         # a feed for each category and language that occurs, too
# hubs = []               # WebSub hubs that are told of what is new

[[feeds]]
name = "latest"
title = {quoted["title"]}
limit = 30
content = "full"          # or "summary"
# archive = false         # older stories stay reachable, unless you say so
# former_names = []       # what the feed was called before: old addresses lead to it
"""


def instructions(site: Site, home: Path) -> str:
    """The crontab, systemd and nginx lines for the newsroom in ``home``."""
    source = home / "source"
    program = shlex.quote(_program())
    folder = shlex.quote(str(source))
    path = urlsplit(site.feeds_url).path
    user, group, preparation, become = _user(home)
    publish = f"{program} publish --quiet --source {folder}".replace("%", "\\%")
    serve = f"{_systemd(_program())} serve --behind-proxy --port {_PORT} --source "
    serve += _systemd(str(source))
    crontab = f"crontab -u {user} -e" if become else "crontab -e"
    return f"""\
Made {source / CONFIGURATION}
{preparation}
Put pages into {source}, then try it:
  {become}{program} publish --source {folder}
  {become}{program} serve --source {folder}

What is not public yet is also in {home / "instance"} (0750),
and in what 'feeds backup' and 'feeds report' write (0640): {user} and the group {group}
alone may read it. 'feeds serve' never writes there; as another user, it needs that group.

{crontab}: publish every five minutes; mail only when something needs you
  */5 * * * * {publish}

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

nginx (inside the server block of {urlsplit(site.feeds_url).hostname})
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

Subscribers then use {site.feeds_url}{site.feeds[0].name}.rss (or .atom, .json)"""


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


def _host(url: str) -> str:
    return (_split(url).hostname or "").removeprefix("www.")


def _authority(site_url: str, year: int) -> str | None:
    """The authority of whoever has that site; None for what would be no answer."""
    authority = f"{_host(site_url)},{year}"
    return None if values.wrong("authority", authority) or is_example(authority) else authority


def _feeds_url(given: Mapping[str, str]) -> str | None:
    parts = _split(given["site_url"])
    return f"{parts.scheme}://{parts.netloc}/feeds/" if parts.netloc else None


def _split(url: str) -> SplitResult:
    """The parts of an answer that is not checked yet; all empty if it has none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _local_zone() -> str:
    """The zone this machine keeps, by name; UTC if it doesn't say."""
    for candidate in (os.environ.get("TZ", ""), _linked_zone()):
        if candidate and values.is_timezone(candidate):
            return candidate
    return "UTC"


def _linked_zone() -> str:
    target = os.path.realpath("/etc/localtime")
    return target.partition("zoneinfo/")[2]
