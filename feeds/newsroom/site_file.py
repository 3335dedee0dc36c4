"""``source/site.toml`` to ``Site``, checked as a whole.

Every key is looked at before the verdict, so that one run names everything that is
wrong: the key, its value, what was expected, and the line it stands on. A key that
nobody knows is an error too, with the known key nearest to it.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from feeds.model.errors import ConfigError
from feeds.model.problem import Problem
from feeds.newsroom.profiles import PROFILES, READERS
from feeds.newsroom.site import CaptureTable, DeskTable, Feed, Hooks, PageRule, Serve, Site
from feeds.text import languages, toml, values

_OPERATING: dict[str, type[msgspec.Struct]] = {
    "publish": Hooks,
    "serve": Serve,
    "desk": DeskTable,
    "capture": CaptureTable,
}
"""Tables that are for operators."""
_LARGEST = 256 * 1024
_MOST_FAULTS = 100
"""So many are told in one run: who has more has not written them one by one."""
_LONGEST_SHOWN = 500
_SELECTORS = {"drop", "title", "date", "byline", "body", "list"}
"""What of a ``[[pages]]`` table is one CSS selector or a list of them."""
_OF_CORRECTIONS = frozenset("name title description limit kinds former_names gone".split())
"""What may be said of a feed of corrections."""
_HEADER = re.compile(r"\s*\[(?:\[?\s*([\w-]+)\s*\])?")
_KEY = re.compile(r"\s*\"?([\w-]+)\"?\s*=")


def load_site(text: str, file: str, feeds_url: str | None = None) -> Site:
    """The configuration in ``text``; ``file`` names it in errors.

    ``feeds_url``, if given, stands in for the file's own (env FEEDS_URL). Raises
    ConfigError with a line for each thing that is wrong.
    """
    try:
        raw = toml.parse_toml(text, largest=_LARGEST)
    except toml.TomlError as error:
        problem = Problem(
            "not-toml",
            f"not TOML: {error.what}",
            error.line,
            "correct the line; texts stand in double quotes",
            file=file,
        )
        raise ConfigError([problem]) from error
    check = _Check(text, file)
    site = check.top(raw, feeds_url)
    if check.found:
        raise check.verdict()
    made = msgspec.convert(site, Site, strict=False)
    if made.borrows_authority:
        check.problem(
            "authority",
            check.line("site", 0, "authority"),
            f"'{made.authority}' is an example's, not yours",
            'write a domain of yours and a year, such as "desk.org,2026"; '
            "ids are minted under it for ever",
        )
        raise ConfigError(check.found)
    feeds = tuple(for_partner(feed, made.language) for feed in made.feeds)
    return msgspec.structs.replace(made, feeds=feeds)


def for_partner(feed: Feed, language: str) -> Feed:
    """``feed`` within the bounds of its profile, if it has one; ``language`` is the site's.

    With what is in that for want of another, if the feed has that language.
    """
    profile = PROFILES.get(feed.profile or "", READERS)
    hours = [hours for hours in (feed.hours, profile.days * 24) if hours]
    bounded = msgspec.structs.replace(
        feed,
        limit=min(feed.limit, profile.items or feed.limit),
        hours=min(hours, default=0),
        languages=feed.languages or ((language,) if profile.one_language else ()),
    )
    compared = languages.without_country if profile.one_language else languages.folded
    if "" in bounded.languages or compared(language) not in map(compared, bounded.languages):
        return bounded
    return msgspec.structs.replace(bounded, languages=(*bounded.languages, ""))


def limits_beyond_partners(text: str, file: str) -> Iterator[Problem]:
    """What ``_for_partner`` makes smaller, in a ``text`` in which nothing is wrong.

    ``file`` is its name, for the messages.
    """
    places = _places(text.splitlines())
    for number, feed in enumerate(toml.parse_toml(text, largest=_LARGEST).get("feeds", ())):
        profile = PROFILES.get(feed.get("profile", ""))
        limit = feed.get("limit", 0)
        if profile and 0 < profile.items < limit:
            yield Problem(
                "limit-beyond-partner",
                f"{limit}, but {profile.partner} takes {profile.items} stories at most",
                places.get(("feeds", number, "limit"), 0),
                f"the feed has no more than these; write {profile.items} or less",
                file=file,
                field="limit",
            )


def _keys(struct: type[msgspec.Struct]) -> list[str]:
    """The fields of ``struct`` that a table may have."""
    return [name for name in struct.__struct_fields__ if name != "section"]


def _names(feed: dict[str, Any]) -> list[str]:
    """The names of a raw feed, as far as they are right: today's, then former ones."""
    today = [feed["name"]] if "name" in feed else []
    return [*today, *feed.get("former_names", ())]


def _shown(value: object) -> str:
    """``value`` for people, as it was written or about so."""
    try:
        text = msgspec.json.encode(value, enc_hook=str).decode()
    except OverflowError:  # JSON's numbers end somewhere, TOML's don't
        text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


class _Check:
    """Walks the raw tables once and collects every problem."""

    def __init__(self, text: str, file: str) -> None:
        self.places = _places(text.splitlines())
        self.file = file
        self.found: list[Problem] = []

    def top(self, raw: dict[str, Any], feeds_url: str | None) -> dict[str, Any]:
        self.known(raw, {"site", "feeds", "pages", *_OPERATING}, "", 0)
        site = raw.get("site")
        if not isinstance(site, dict):
            self.problem("", 0, "there is no [site] table", "add one; 'feeds init' writes it")
            site = {}
        site = dict(site)
        if feeds_url:
            site["feeds_url"] = feeds_url
            if why := values.wrong("feeds_url", feeds_url):
                what, field = f'"{feeds_url}": {why}', "FEEDS_URL (environment)"
                self.found.append(Problem("setting-wrong", what, weight="error", field=field))
                site["feeds_url"] = "https://wrong.invalid/feeds/"  # told already
        tables = {"feeds", "gone", "pages", "theme", *_OPERATING}
        own = [name for name in Site.__struct_fields__ if name not in tables]
        checked = self.table(site, "site", 0, own, Site)
        for key, struct in (("feeds", Feed), ("pages", PageRule)):
            checked[key] = [
                self.table(table, key, number, _keys(struct), struct)
                for number, table in enumerate(self.tables(raw, key))
            ]
        checked |= self.operating(raw)
        if "feeds" not in raw:
            title = checked.get("title", "Latest news")
            checked["feeds"] = [{"name": "latest", "title": title}]
        elif raw["feeds"] == []:
            where = self.line("", 0, "feeds")
            self.problem("feeds", where, "no feed at all", "write a [[feeds]] table, or none")
        self.clashes(checked["feeds"])
        self.corrections(checked["feeds"])
        live = [feed for feed in checked["feeds"] if not feed.get("gone")]
        if checked["feeds"] and not live:
            where = self.line("feeds", 0, "gone")
            self.problem("gone", where, "no feed is left", "write a [[feeds]] table that is not")
        if live and not live[0].get("profile"):
            live[0].setdefault("archive", True)
        self.partners(checked["feeds"])
        self.keyed(checked["feeds"])
        checked["gone"] = [
            name
            for feed in checked["feeds"]
            if feed.get("gone") and not feed.get("keyed")  # of which nobody was to know
            for name in _names(feed)
        ]
        return {**checked, "feeds": live}

    def operating(self, raw: dict[str, Any]) -> dict[str, Any]:
        checked = {}
        for key, struct in _OPERATING.items():
            table = raw.get(key, {})
            if isinstance(table, dict):
                checked[key] = self.table(table, key, 0, _keys(struct), struct)
            else:
                where = self.line(key, 0, None)
                self.problem(key, where, f"[[{key}]] is no list", f"write [{key}], once")
        return checked

    def partners(self, feeds: list[dict[str, Any]]) -> None:
        """What a feed for a partner can't be."""
        for number, feed in enumerate(feeds):
            profile = PROFILES.get(feed.get("profile", ""), READERS)
            for key, value, why in (
                ("archive", True, "a partner gets no archives"),
                ("content", "summary", "this partner wants the text"),
            ):
                is_wrong = "text" in profile.needs or (key == "archive" and profile.partner)
                if feed.get(key) == value and is_wrong:
                    where = self.line("feeds", number, key)
                    self.problem(key, where, why, "leave it out, or the profile")

    def keyed(self, feeds: list[dict[str, Any]]) -> None:
        """What a feed for those who have a key can't be."""
        live = [number for number, feed in enumerate(feeds) if not feed.get("gone")]
        for number, feed in enumerate(feeds):
            if feed.get("keyed"):
                where = self.line("feeds", number, "keyed")
                if number in live[:1]:
                    why = "the first feed is the main one, which everybody finds"
                    self.problem("keyed", where, why, "put a feed for everybody above it")
                elif feed.get("archive"):
                    where = self.line("feeds", number, "archive")
                    self.problem("archive", where, "a keyed feed has no archives", "leave it out")

    def corrections(self, feeds: list[dict[str, Any]]) -> None:
        """What a feed of corrections can't be: the main one, or a choice among stories."""
        for number, feed in enumerate(feeds):
            if "correction" not in feed.get("kinds", ()):
                continue
            if number == 0 or len(feed["kinds"]) > 1:
                where = self.line("feeds", number, "kinds")
                why = "corrections have a feed of their own, below the main one"
                self.problem(
                    "kinds", where, why, 'write kinds = ["correction"] in another [[feeds]]'
                )
            for key in sorted(feed.keys() - _OF_CORRECTIONS):
                where = self.line("feeds", number, key)
                self.problem(key, where, "a feed of corrections has all there are", "leave it out")

    def clashes(self, feeds: list[dict[str, Any]]) -> None:
        """No name, former ones included, may lead to two feeds."""
        seen: set[str] = set()
        for number, feed in enumerate(feeds):
            for name in _names(feed):
                if name in seen:
                    key = "name" if name == feed.get("name") else "former_names"
                    where = self.line("feeds", number, key)
                    self.problem(key, where, f"'{name}' names two feeds", "rename one")
                seen.add(name)

    def tables(self, raw: dict[str, Any], key: str) -> list[dict[str, Any]]:
        found = raw.get(key, [])
        if isinstance(found, list) and all(isinstance(table, dict) for table in found):
            return found
        self.problem(key, self.line(key, 0, None), f"[{key}] is one table", f"write [[{key}]]")
        return []

    def table(
        self,
        table: dict[str, Any],
        section: str,
        number: int,
        names: list[str] | tuple[str, ...],
        struct: type[msgspec.Struct],
    ) -> dict[str, Any]:
        self.known(table, set(names), section, number)
        for field in msgspec.structs.fields(struct):
            if field.required and field.name not in table:
                self.problem(
                    field.name,
                    self.line(section, number, None),
                    f"[{section}] lacks it",
                    f"expected {self.expected(field.name)}",
                )
        good: dict[str, Any] = {}
        for key in names:
            if key not in table:
                continue
            value, kind = table[key], key
            if section == "pages" and key in _SELECTORS | {"furniture"}:
                value = [value] if isinstance(value, str) else value
                kind = "selectors" if key in _SELECTORS else key
            if section == "feeds" and key == "access":
                kind = "shown_access"
            if section == "pages" and key in {"rights", "image_rights"}:
                kind = "page_rights"
            if section == "capture":
                value = [value] if key == "sitemap" and isinstance(value, str) else value
                kind = f"capture_{key}"
            why = values.wrong(kind, value)
            if why:
                where = self.line(section, number, key)
                self.problem(key, where, f"{_shown(table[key])}: {why}", "")
            else:
                good[key] = value
        return good

    def known(self, table: dict[str, Any], names: set[str], section: str, number: int) -> None:
        for key in table.keys() - names:
            near = difflib.get_close_matches(key, names, n=1, cutoff=0.6)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(sorted(names))}"
            where = self.line(section, number, key) or self.line(key, 0, None)
            self.problem(key, where, "unknown key", hint)

    def expected(self, key: str) -> str:
        return values.EXPECTED.get(key, "a text")

    def problem(self, key: str, line: int, what: str, remedy: str) -> None:
        """Notes what is wrong; raises ConfigError when that is beyond all measure."""
        self.found.append(
            Problem("setting-wrong", what, line, remedy, weight="error", file=self.file, field=key)
        )
        if len(self.found) == _MOST_FAULTS:
            raise self.verdict()

    def verdict(self) -> ConfigError:
        """All that was found, in the order of the file."""
        return ConfigError(sorted(self.found, key=lambda problem: (problem.line, str(problem))))

    def line(self, section: str, number: int, key: str | None) -> int:
        """The line of a key in the ``number``-th table of a section; 0 if it isn't found.

        The section called "" is what stands above all tables.
        """
        return self.places.get((section, number, key), 0)


def _places(lines: Iterable[str]) -> dict[tuple[str, int, str | None], int]:
    """The line of each key by its section, the number of its table there, and its name.

    That of the table itself is under None.
    """
    found: dict[tuple[str, int, str | None], int] = {}
    tables: Counter[str] = Counter()
    section, number = "", 0
    for index, text in enumerate(lines, start=1):
        if header := _HEADER.match(text):
            section = header[1] or ""
            number = tables[section]
            tables[section] += 1
            found[section, number, None] = index
        elif key := _KEY.match(text):
            found.setdefault((section, number, key[1]), index)
    return found
