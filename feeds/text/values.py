"""What a configured value may be: each key's check, and what it expects in words."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from feeds.text import dates, selectors, urls
from feeds.text.words import words

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
# RFC 4151: a domain name or mail address, a comma, the day from which it was held.
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_AUTHORITY = re.compile(
    rf"(?:[A-Za-z0-9._-]+@)?{_LABEL}(?:\.{_LABEL})*"
    r",(?P<year>(?:19|20)\d\d)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?",
    re.ASCII,
)
# XML 1.0, section 2.2
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_COLOUR = re.compile(r"(?:#[0-9A-Fa-f]{6})?")
_HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9]{0,63})?")
"""Without a hyphen: to an app X-User and X_User are one, and proxies take away but the former."""
_CONTACT = re.compile(r"[!-'*-~]{0,200}")
"""RFC 9110, section 5.6.5: what may stand in a comment."""
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_PLACEHOLDERS = (
    *("{stem}", "{name}", "{folder}", "{path}"),
    *("{slug}", "{title}", "{year}", "{month}", "{day}", "{category}", "{categories}"),
)
"""What a URL template may say of a page: for ``a/b.html`` the first are b, b.html, a, a/b.html."""
_RESERVED = {
    *("stories", "static", "healthz", "feeds", "for-your-site", "news-sitemap", "k", "auth"),
    *("feed", "rss", "rss2", "rdf", "atom", "index"),
}
"""Names below /feeds/ that are no feed's, or that people guess for the main one."""


_OWN_KEYS = frozenset(["status", "embargo", "access", "title", "date"])
"""Keys of front matter that can't mean nothing."""


EXPECTED = {
    "title": "a text that is not empty",
    "name": "small letters, digits and hyphens, at most 64, and none of "
    + ", ".join(sorted(_RESERVED)),
    "limit": "a whole number from 1 to 1000",
    "ttl": "minutes, a whole number from 1 to 10080",
    "timezone": 'a time zone such as "Asia/Baku"',
    "authority": 'a domain of yours, a comma and a year, such as "desk.org,2026"',
    "language": 'a language tag such as "en" or "az"',
    "content": '"full" or "summary"',
    "undated": '"publish" or "hold"',
    "access": '"free" or "paid"',
    "shown_access": '"free", "paid" or "all"',
    "min_text": "characters, a whole number from 1 to 100000",
    "hours": "a whole number from 1 to 8784, which is a year",
    "takedown_days": "days, a whole number from 1 to 366",
    "profile": '"msn", "smartnews", "flipboard", "apple", "newsbreak", "dzen" or "feedly"',
    "require": 'a list of "picture", "date", "text", "url", "rights" and "picture rights"',
    "required": '"picture", "date", "text", "url", "rights" or "picture rights"',
    "page_rights": '"syndicate" or "own-site"',
    "rights": 'a list of "search", "ai-index", "ai-input" and "ai-train"',
    "right": '"search", "ai-index", "ai-input" or "ai-train"',
    "kind": '"article", "headline" or "correction"',
    "keyword": "a word",
    "key": "a key of front matter, which is none of this program's own",
    "kinds": 'a list of "article" and "headline", or of "correction" alone',
    "archive": "true or false",
    "keyed": "true or false",
    "gone": "true or false",
    "sections": 'true, false or a list of "category", "language" and "author"',
    "section": '"category", "language" or "author"',
    "path": "a path pattern",
    "selectors": "a CSS selector or a list of them",
    "line": "a line of a page, with * for a count at one of its ends at most",
    "feeds_url": "a URL that ends in /feeds/",
    "site_url": "a URL that ends in /",
    "search_url": "a URL with {title} where the words go",
    "after": "a command and its arguments, as a list",
    "on_problem": "a command and its arguments, as a list",
    "argument": "a text",
    "accent": 'a colour such as "#0a5c8f"',
    "metrics": 'an address and a port such as "127.0.0.1:9100"',
    "pages": '"here" or "elsewhere"',
    "user_header": 'the name of a header, without a hyphen, such as "RemoteUser"',
    "capture_interval": "minutes, a whole number from 1 to 1440",
    "capture_budget": "requests, a whole number from 1 to 10000",
    "capture_pause": "seconds, a whole number from 1 to 3600",
    "capture_days": "a whole number from 1 to 3660",
    "capture_contact": "an address of mail, or a URL",
    "capture_sitemap": "a URL or a list of them",
    "capture_feeds": "a list of URLs",
    "capture_sections": "a list of URLs",
    "peer": 'the address of a machine such as "127.0.0.1"',
}
_LISTS_OF_TEXT = {
    *("categories", "authors", "keywords", "exclude", "front_matter_ignore"),
    *("exclude_categories", "exclude_authors", "exclude_keywords", "exclude_paths", "require"),
}
_LISTS_OF_LANGUAGES = {"languages"}
_LISTS_OF_NAMES = {"former_names"}
_LISTS_OF_URLS = {
    *("hubs", "former_urls", "capture_sitemap", "capture_feeds", "capture_sections"),
}
_COMMANDS = {"after", "on_problem"}
_LISTS = (
    _LISTS_OF_TEXT
    | _LISTS_OF_LANGUAGES
    | _LISTS_OF_NAMES
    | _LISTS_OF_URLS
    | _COMMANDS
    | {"kinds", "rights", "furniture", "selectors"}
)
_FILLED = {"kinds", "selectors"}
_NUMBERS = {
    "limit": 1000,
    "ttl": 10080,
    "min_text": 100_000,
    "hours": 8784,
    "takedown_days": 366,
    "capture_interval": 1440,
    "capture_budget": 10_000,
    "capture_pause": 3600,
    "capture_days": 3660,
}
_SAID = {"selectors", "rights", "capture_sitemap", "capture_feeds", "capture_sections"} | _COMMANDS
_MOST_SELECTORS, _MOST_LINES, _LONGEST_LINE = 20, 500, 500


def wrong(key: str, value: Any) -> str:
    """What is wrong with a value: what was expected. Empty if nothing is."""
    if key in _LISTS:
        return _wrong_list(key, value)
    if isinstance(value, str) and _FORBIDDEN.search(value):
        return "expected a text without control characters"
    if key in _NUMBERS:
        good = type(value) is int and 1 <= value <= _NUMBERS[key]
        return "" if good else f"expected {EXPECTED[key]}"
    if key == "sections" and isinstance(value, list):
        return next((why for item in value if (why := wrong("section", item))), "")
    if key in {"archive", "keyed", "gone", "sections"}:
        return "" if isinstance(value, bool) else f"expected {EXPECTED[key]}"
    if not isinstance(value, str):
        return f"expected {EXPECTED.get(key, 'a text')} in double quotes"
    if key in {"link", "logo", "logo_dark", "icon", "site_url", "feeds_url", "url", "search_url"}:
        return _wrong_url(key, value)
    if key == "selector":
        return _wrong_selector(value)
    return "" if _good_text(key, value) else f"expected {EXPECTED.get(key, 'a text')}"


def _wrong_list(key: str, value: Any) -> str:
    if not isinstance(value, list):
        return f"expected {EXPECTED[key] if key in _SAID else 'a list'}"
    if not value and key in _FILLED:
        return f"expected {EXPECTED[key]}"
    if key in _COMMANDS and "" in value[:1]:
        return f"expected {EXPECTED[key]}"
    most = {"selectors": _MOST_SELECTORS, "furniture": _MOST_LINES}.get(key)
    if most and len(value) > most:
        return f"expected {most} at most"
    singles = {
        "languages": "language",
        "kinds": "kind",
        "keywords": "keyword",
        "exclude_keywords": "keyword",
        "exclude_paths": "path",
        "require": "required",
        "rights": "right",
        "front_matter_ignore": "key",
        "former_names": "name",
        "furniture": "line",
        "selectors": "selector",
        **dict.fromkeys(_COMMANDS, "argument"),
    }
    single = "link" if key in _LISTS_OF_URLS else singles.get(key, "text")
    return next((why for item in value if (why := wrong(single, item))), "")


def _wrong_selector(value: str) -> str:
    try:
        selectors.parse_selector(value)
    except ValueError as error:
        return f"expected a CSS selector; {error}"
    return ""


def _is_line(value: str) -> bool:
    bare = value.strip().removeprefix("*")
    bare = bare.removesuffix("*") if bare == value.strip() else bare
    return len(value) <= _LONGEST_LINE and "*" not in (bare[:1], bare[-1:]) and bool(words(bare))


def _good_text(key: str, value: str) -> bool:
    good = _TEXTS.get(key)
    return good is None or good(value)


def _wrong_url(key: str, value: str) -> str:
    if not value and key in {"logo", "logo_dark", "icon"}:
        return ""
    if key == "url":
        unknown = set(_PLACEHOLDER.findall(value)) - set(_PLACEHOLDERS)
        if unknown:
            return f"expected {', '.join(_PLACEHOLDERS)} instead of {min(unknown)}"
        value = _PLACEHOLDER.sub("x", value)
    if key == "search_url":
        if "{title}" not in value:
            return f"expected {EXPECTED[key]}"
        value = value.replace("{title}", "x")
    try:
        urls.checked(value)
    except ValueError as error:
        return str(error)
    parts = urlsplit(value)
    if key in {"site_url", "feeds_url"} and (parts.query or parts.fragment):
        return "expected a URL without ? and #"
    if key == "site_url" and not value.endswith("/"):
        return f"expected {EXPECTED[key]}"
    if key == "feeds_url" and not value.endswith("/feeds/"):
        return f"expected {EXPECTED[key]}"
    return ""


def _is_authority(value: str) -> bool:
    match = _AUTHORITY.fullmatch(value)
    if not match or len(value) > 200:
        return False
    try:
        datetime(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1), tzinfo=UTC)
    except ValueError:
        return False
    return True


def _is_socket_address(value: str) -> bool:
    try:
        urls.socket_address(value)
    except ValueError:
        return not value
    return True


def _is_address(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return not value
    return True


def is_timezone(value: str) -> bool:
    """Whether ``value`` names a time zone that this machine knows."""
    try:
        dates.zone(value)
    except (OSError, ValueError, LookupError):
        # zoneinfo raises each of these for one kind of name or another: unknown, absolute, a folder
        return False
    return True


_TEXTS: dict[str, Callable[[str], bool]] = {
    "title": lambda value: bool(value.strip()),
    "path": lambda value: bool(value.strip()),
    "name": lambda value: bool(_NAME.fullmatch(value)) and value not in _RESERVED,
    "language": lambda value: bool(_LANGUAGE.fullmatch(value)),
    "authority": _is_authority,
    "timezone": is_timezone,
    "content": {"full", "summary"}.__contains__,
    "undated": {"publish", "hold"}.__contains__,
    "access": {"free", "paid"}.__contains__,
    "shown_access": {"free", "paid", "all"}.__contains__,
    "section": {"category", "language", "author"}.__contains__,
    "profile": {
        "msn",
        "smartnews",
        "flipboard",
        "apple",
        "newsbreak",
        "dzen",
        "feedly",
    }.__contains__,
    "required": {"picture", "date", "text", "url", "rights", "picture rights"}.__contains__,
    "page_rights": {"syndicate", "own-site"}.__contains__,
    "right": {"search", "ai-index", "ai-input", "ai-train"}.__contains__,
    "kind": {"article", "headline", "correction"}.__contains__,
    "keyword": lambda value: bool(words(value)),
    "key": lambda value: bool(words(value)) and value.casefold() not in _OWN_KEYS,
    "line": _is_line,
    "metrics": _is_socket_address,
    "accent": lambda value: bool(_COLOUR.fullmatch(value)),
    "pages": {"here", "elsewhere"}.__contains__,
    "user_header": lambda value: bool(_HEADER.fullmatch(value)),
    "peer": _is_address,
    "capture_contact": lambda value: bool(_CONTACT.fullmatch(value)),
}
