"""Feed readers, each with a person in front of it who reads everything that is new at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, Protocol

import feedparser
import pytest
from reader import make_reader

from tests.web.asking import HOST


class Poller(Protocol):
    """A feed reader that is subscribed to one feed.

    ``forgets``: what left the feed leaves the reader; ``mends``: a correction changes what
    is there. ``validates_from``: the number of its first fetch that says what it has.
    """

    forgets: bool
    mends: bool
    validates_from: int

    def poll(self) -> list[str]:
        """Fetches the feed; the headlines that are shown as new, in alphabetical order."""
        ...

    def shown(self) -> dict[str, str]:
        """The text of everything there is to read, by headline; fails if one is there twice."""
        ...


def once(stories: list[tuple[str, str]]) -> dict[str, str]:
    """``stories`` (headline and text) by headline."""
    found = dict(stories)
    assert len(found) == len(stories)
    return found


class Feedparser:
    """A script that parses the feed, and remembers ids and validators."""

    forgets, mends, validates_from = True, True, 2

    def __init__(self, url: str, _home: Path) -> None:
        self._url = url
        self._validators: dict[str, str] = {}
        self._ids: set[str] = set()
        self._entries: list[Any] = []

    def poll(self) -> list[str]:
        found = feedparser.parse(self._url, **self._validators)
        assert found.status in {200, 304}
        assert found.bozo is False
        if found.status == 304:
            return []
        self._validators = {"etag": found.etag, "modified": found.modified}
        self._entries = found.entries
        new = [one for one in found.entries if one.id not in self._ids]
        self._ids |= {one.id for one in new}
        return sorted(one.title for one in new)

    def shown(self) -> dict[str, str]:
        return once(
            [(one.title, one.content[0].value if "content" in one else "") for one in self._entries]
        )


class Reader:
    """The library reader."""

    forgets, mends, validates_from = False, True, 2

    def __init__(self, url: str, home: Path) -> None:
        self._reader = make_reader(str(home / "reader.sqlite"))
        self._reader.add_feed(url)
        self._url = url

    def poll(self) -> list[str]:
        self._reader.update_feed(self._url)  # update_feeds() would wait for an hour to pass
        new = list(self._reader.get_entries(read=False))
        for entry in new:
            self._reader.mark_entry_as_read(entry)
        return sorted(str(entry.title) for entry in new)

    def shown(self) -> dict[str, str]:
        return once(
            [
                (str(entry.title), entry.content[0].value if entry.content else "")
                for entry in self._reader.get_entries()
            ]
        )


class Newsboat:
    """newsboat, which keeps what it has seen in an SQLite file."""

    forgets, mends, validates_from = False, True, 3

    def __init__(self, url: str, home: Path) -> None:
        program = installed("newsboat")
        self._cache, urls, config = home / "cache.db", home / "urls", home / "config"
        urls.write_text(f"{url}\n", encoding="utf-8")
        config.write_text("", encoding="utf-8")
        files = ["-u", str(urls), "-c", str(self._cache), "-C", str(config)]
        self._reload = [program, *files, "-x", "reload"]
        self._count = [program, *files, "-x", "print-unread"]
        self._environment = environment(home)

    def poll(self) -> list[str]:
        run(self._reload, self._environment)
        count = run(self._count, self._environment)
        new = [title for (title,) in self._query("SELECT title FROM rss_item WHERE unread = 1")]
        assert count.split()[0] == str(len(new))
        self._query("UPDATE rss_item SET unread = 0")
        return sorted(new)

    def shown(self) -> dict[str, str]:
        return once(self._query("SELECT title, content FROM rss_item WHERE deleted = 0"))

    def _query(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(self._cache)) as connection, connection:
            return connection.execute(query).fetchall()


class Rss2email:
    """rss2email, which sends each entry as a mail, here into a folder."""

    forgets, mends, validates_from = False, False, 2

    def __init__(self, url: str, home: Path) -> None:
        program = installed("r2e", package="rss2email")
        self._mails, self._read = home / "mails", 0
        self._mails.mkdir()
        sendmail = home / "sendmail"
        sendmail.write_text(
            f'#!/bin/sh\ncd "{self._mails}" && exec cat > "$(ls | wc -l)"\n', encoding="utf-8"
        )
        sendmail.chmod(0o755)
        config = home / "rss2email.cfg"
        config.write_text(
            "[DEFAULT]\nfrom = feeds@desk.test\nto = reader@desk.test\n"
            f"email-protocol = sendmail\nsendmail = {sendmail}\n",
            encoding="utf-8",
        )
        self._command = [program, "-c", str(config), "-d", str(home / "rss2email.json")]
        self._environment = environment(home)
        run([*self._command, "add", "desk", url], self._environment)

    def poll(self) -> list[str]:
        run([*self._command, "run"], self._environment)
        mails = self._sent()
        new, self._read = mails[self._read :], len(mails)
        return sorted(title for title, _ in new)

    def shown(self) -> dict[str, str]:
        return once(self._sent())

    def _sent(self) -> list[tuple[str, str]]:
        files = sorted(self._mails.iterdir(), key=lambda file: int(file.name))
        mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [(str(mail["Subject"]), str(mail.get_content())) for mail in mails]


POLLERS: dict[str, Callable[[str, Path], Poller]] = {
    "feedparser": Feedparser,
    "reader": Reader,
    "newsboat": Newsboat,
    "rss2email": Rss2email,
}
"""Subscribes to a feed by its URL, with a folder for what is remembered."""


def installed(program: str, package: str = "") -> str:
    """The path of ``program``; skips the test if it isn't there."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"needs {package or program}; on Debian: apt install {package or program}")
    return found


def environment(home: Path) -> dict[str, str]:
    """An environment in which a program finds nobody's settings."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "xdg-config"),
        "XDG_DATA_HOME": str(home / "xdg-data"),
        "LANG": "C.UTF-8",
        "no_proxy": HOST,
    }


def run(command: list[str], variables: dict[str, str]) -> str:
    """What ``command`` prints; fails if it does."""
    ended = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout
