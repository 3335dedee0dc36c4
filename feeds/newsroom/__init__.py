"""What an editor wrote, and where it is: the folder, its configuration, rules, decisions.

In go names and files, out come ``Site``, ``Outside``, decisions and the list of files that are
pages, all checked, with errors that name file and line. What is in a page is not looked at here,
but for what other programs say in one of all pages in a folder.

The folder is what ``--source`` says, else FEEDS_SOURCE, else ``source``. The ledger's place
is derived from it and not from the current directory, so that cron can't miss it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from feeds.model.errors import ConfigError, LedgerError
from feeds.model.problem import Problem
from feeds.newsroom import files, folder
from feeds.newsroom.theme import Theme, load_theme, signature

if TYPE_CHECKING:
    from feeds.newsroom.database import Place
    from feeds.newsroom.decisions_file import Written
    from feeds.newsroom.page_rules import Outside
    from feeds.newsroom.site import Site

__all__ = [
    "CONFIGURATION",
    "Configuration",
    "Newsroom",
    "captured",
    "database",
    "decisions",
    "decisions_file",
    "fetching",
    "files",
    "folder",
    "folder_rules",
    "listing",
    "locate",
    "machine",
    "page_rules",
    "profiles",
    "pushed_page",
    "rule_doubts",
    "sandbox",
    "site",
    "site_file",
    "small_lists",
    "space",
    "theme",
    "whole",
    "written_page",
    "written_table",
]

CONFIGURATION = "site.toml"


class Configuration(NamedTuple):
    """What is in site.toml, and what stands in for its ``feeds_url`` (env FEEDS_URL).

    ``looks`` changes whenever the theme may have changed.
    """

    data: bytes
    file: Path
    feeds_url: str | None
    looks: str

    def theme(self) -> Theme:
        """The theme, as far as it can be used."""
        return load_theme(self.file.parent)

    def site(self) -> Site:
        """What it means; raises ConfigError."""
        from feeds.newsroom.site_file import load_site  # late: a run with nothing new needs none

        try:
            text = self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            file = str(self.file)
            problem = Problem("encoding", "not UTF-8", remedy="save it as UTF-8", file=file)
            raise ConfigError([problem]) from error
        site = load_site(text, str(self.file), self.feeds_url)
        return site.with_theme(self.theme().key) if self.looks else site


class Newsroom(NamedTuple):
    """A newsroom: its folder, which is an absolute path, and where its ledger is."""

    root: Path
    database: Place

    def configuration(self, environment: Mapping[str, str] = os.environ) -> Configuration:
        """The configuration as it is written; raises ConfigError."""
        file = self.root / CONFIGURATION
        try:
            data = files.read_regular(file)
        except OSError as error:
            raise ConfigError([self._unreadable(file, error)]) from error
        return Configuration(data, file, environment.get("FEEDS_URL"), signature(self.root))

    def site(self, environment: Mapping[str, str] = os.environ) -> Site:
        """The configuration in the folder; raises ConfigError."""
        return self.configuration(environment).site()

    def outside(self, site: Site) -> Outside:
        """What is said about pages outside of them; raises PageError and ConfigError."""
        from feeds.newsroom.listing import Listing  # late: as above
        from feeds.newsroom.page_rules import Outside

        table = folder.beside(self.root, folder.TABLE)
        data = folder.read_file(self.root, table) if table else b""
        is_there = Listing(self.root).__contains__
        file = str(self.root / folder.TABLE)
        return Outside(site.pages, self.root.as_posix(), data, file, is_there)

    def decided(self) -> Written:
        """What editors decided, and what of it can't be understood; raises PageError."""
        from feeds.newsroom.decisions_file import decode_decisions  # late: as above

        file = folder.beside(self.root, folder.DECISIONS)
        return decode_decisions(folder.read_file(self.root, file) if file else b"")

    def _unreadable(self, file: Path, error: OSError) -> Problem:
        if isinstance(error, PermissionError):  # no further look is permitted either
            what, remedy = f"can't be read: {error.strerror}", "let this user read it"
            return Problem("configuration-missing", what, remedy=remedy, file=str(file))
        below = self.root / "source" / CONFIGURATION
        remedy = "make one with 'feeds init', or name the newsroom's folder with --source"
        if files.is_file(below):
            remedy = f"did you mean --source {below.parent}?"
        if files.is_file(self.root):
            what, remedy = "this is a file", f"name the folder that it is in: {self.root.parent}"
            return Problem("configuration-missing", what, remedy=remedy, file=str(self.root))
        what = "there is no such file"
        if not isinstance(error, FileNotFoundError):
            what, remedy = f"can't be read: {error.strerror}", "let this user read it"
        if isinstance(error, files.OddFileError):
            remedy = "put the configuration there"
        return Problem("configuration-missing", what, remedy=remedy, file=str(file))


def locate(
    source: str | None = None,
    database: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Newsroom:
    """The newsroom that options, else the environment, else the defaults name.

    Raises LedgerError for a database URL that is none of ours, or a ledger among the pages.
    """
    root = Path(source or environment.get("FEEDS_SOURCE") or "source").expanduser().absolute()
    url = database or environment.get("FEEDS_DATABASE")
    place: Place = root.parent / "instance" / "feeds.db"
    if url:
        from feeds.newsroom.database import place_of  # late: it is seldom named

        place = place_of(url)
    if isinstance(place, Path) and place.is_relative_to(root):
        raise LedgerError(
            "the ledger can't lie among the pages", file=str(place), remedy="name another place"
        )
    return Newsroom(root, place)
