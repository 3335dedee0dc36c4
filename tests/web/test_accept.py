"""Who gets a feed, and who its page: by what programs were seen to send.

A page goes to whom opened the feed's address in a browser, and to nobody else: a program that asked
for a feed and got HTML would stop following it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from tests.web.asking import Ask
from tests.web.test_feeds import TYPES

_MOZILLA = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36"
)
_SAFARI = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Safari/605.1.15"
)
_IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/15.6 Mobile/15E148 Safari/604.1"
)

_PAGE_FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_PAGE_CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
    "*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)
_PAGE_IE = "text/html, application/xhtml+xml, */*"
_FEED = "application/rss+xml, application/rdf+xml;q=0.8, application/atom+xml;q=0.6"

ACCEPT: Mapping[str, str | None] = {
    "none": None,
    "empty": "",
    "anything": "*/*",
    "a page, as Firefox asks": _PAGE_FIREFOX,
    "a page, as Chrome asks": _PAGE_CHROME,
    "a page, as Internet Explorer asks": _PAGE_IE,
    "a page alone": "text/html",
    "a page alone, XHTML": "application/xhtml+xml",
    "a page first, then feeds": "text/html, application/rss+xml;q=0.5, application/atom+xml;q=0.4",
    "feeds, XML and a page at the end": f"{_FEED}, application/xml;q=0.4, text/xml;q=0.4, "
    "text/html;q=0.1",
    "feeds": f"{_FEED}, */*;q=0.1",
    "Atom first": "application/atom+xml,application/rdf+xml,application/rss+xml,"
    "application/x-netcdf,application/xml;q=0.9,text/xml;q=0.2,*/*;q=0.1",
    "JSON first": "application/feed+json, application/json;q=0.9, application/atom+xml;q=0.8, "
    "application/rss+xml;q=0.8, text/xml;q=0.5, */*;q=0.1",
    "XML": "application/xml, text/xml",
    "text": "text/plain",
    "a picture": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
    "a style": "text/css,*/*;q=0.1",
    "nothing at all": "*/*;q=0",
    "no header's grammar": "text/html;;q=x,,;",
}
"""What is said in Accept, by anybody."""

_SILENT: Mapping[str, Mapping[str, str]] = {
    # programs, which say nothing of how a browser fetches
    "feedparser": {"User-Agent": "feedparser/6.0.12 +https://github.com/kurtmckee/feedparser/"},
    "reader": {
        "User-Agent": "python-reader/3.20 (+https://github.com/lemon24/reader)",
        "A-IM": "feed",
    },
    "newsboat": {"User-Agent": "newsboat/2.30.1 (Linux x86_64)"},
    "rss2email": {"User-Agent": "rss2email/3.14 (https://github.com/rss2email/rss2email)"},
    "Miniflux": {"User-Agent": "Mozilla/5.0 (compatible; Miniflux/2.2.9; +https://miniflux.app)"},
    "FreshRSS": {"User-Agent": "FreshRSS/1.26.3 (Linux; https://freshrss.org)"},
    "Tiny Tiny RSS": {"User-Agent": "Tiny Tiny RSS/25.06 (https://tt-rss.org/)"},
    "NetNewsWire": {"User-Agent": "NetNewsWire (RSS Reader; https://netnewswire.com/)"},
    "Thunderbird": {"User-Agent": _MOZILLA.replace("Firefox", "Thunderbird")},
    "Feedly": {
        "User-Agent": "Feedly/1.0 (+https://feedly.com/poller.html; 16 subscribers)",
        "A-IM": "feed",
    },
    "Inoreader": {"User-Agent": "Mozilla/5.0 (compatible; inoreader.com; 3 subscribers)"},
    "NewsBlur": {
        "User-Agent": "NewsBlur Feed Fetcher - 5 subscribers - https://www.newsblur.com/site/1/ "
        "(Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/605.1.15)"
    },
    "Feedbin": {"User-Agent": "Feedbin feed-id:1 - 2 subscribers"},
    "The Old Reader": {
        "User-Agent": "Mozilla/5.0 (compatible; theoldreader.com; 4 subscribers; feed-id=abc)"
    },
    "Slack": {"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"},
    "Slack's preview": {
        "User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Range": "bytes=0-32768",
    },
    "Twitter's preview": {"User-Agent": "Twitterbot/1.0"},
    "Facebook's preview": {
        "User-Agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"
    },
    "Telegram's preview": {"User-Agent": "TelegramBot (like TwitterBot)"},
    "Googlebot": {
        "User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
    },
    "FeedFetcher": {"User-Agent": "FeedFetcher-Google; (+http://www.google.com/feedfetcher.html)"},
    "the W3C's validator": {"User-Agent": "FeedValidator/1.3"},
    "curl": {"User-Agent": "curl/8.5.0"},
    "wget": {"User-Agent": "Wget/1.21.3", "Accept-Encoding": "identity"},
    "a script": {"User-Agent": "python-requests/2.32.3", "Connection": "keep-alive"},
    "PowerShell": {"User-Agent": "Mozilla/5.0 (Windows NT; Windows NT 10.0) WindowsPowerShell/5.1"},
    "nobody": {},
    # browsers that are too old to say how they fetch, or that see a page over plain HTTP
    "an old Safari": {"User-Agent": _IPHONE, "Upgrade-Insecure-Requests": "1"},
    "Internet Explorer": {
        "User-Agent": "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko"
    },
    "a program that claims to be Chrome": {
        "User-Agent": _CHROME,
        "Upgrade-Insecure-Requests": "1",
        "Sec-CH-UA": '"Chromium";v="140"',
    },
}


def _fetch(
    agent: str, mode: str, dest: str, site: str = "cross-site", **others: str
) -> Mapping[str, str]:
    """What ``agent``, a browser, sends to fetch something."""
    said = {"Mode": mode, "Dest": dest, "Site": site, **others}
    return {"User-Agent": agent, **{f"Sec-Fetch-{name}": value for name, value in said.items()}}


_FETCHING: Mapping[str, Mapping[str, str]] = {
    # browsers that ask for a page's sake, not for a person who opened the feed
    "fetch": {**_fetch(_CHROME, "cors", "empty"), "Origin": "https://reader.test"},
    "fetch of the same site": _fetch(_SAFARI, "same-origin", "empty", "same-origin"),
    "fetch that may not read": _fetch(_MOZILLA, "no-cors", "empty"),
    "XMLHttpRequest": {
        **_fetch(_MOZILLA, "cors", "empty", "same-site"),
        "X-Requested-With": "XMLHttpRequest",
    },
    "an extension": _fetch(_CHROME, "cors", "empty", "none", User="?1"),
    "a service worker": _fetch(_CHROME, "same-origin", "serviceworker", "same-origin"),
    "a prefetch": {**_fetch(_CHROME, "no-cors", "empty"), "Sec-Purpose": "prefetch"},
    "an old prefetch": {**_fetch(_MOZILLA, "no-cors", "empty"), "X-Moz": "prefetch"},
    "an iframe": _fetch(_CHROME, "navigate", "iframe", User="?1"),
    "a frame": _fetch(_CHROME, "navigate", "frame"),
    "an object": _fetch(_MOZILLA, "navigate", "object"),
    "an embed": _fetch(_MOZILLA, "navigate", "embed"),
    "an object of old": _fetch(_CHROME, "no-cors", "object"),
    "an XSLT document()": _fetch(_MOZILLA, "same-origin", "xslt", "same-origin"),
    "a script element": _fetch(_CHROME, "no-cors", "script"),
    "a style sheet": _fetch(_CHROME, "no-cors", "style"),
    "a picture element": _fetch(_SAFARI, "no-cors", "image"),
    "a sound": _fetch(_SAFARI, "no-cors", "audio"),
    "a report": _fetch(_CHROME, "no-cors", "report"),
    "an app's web view that says half": {"User-Agent": _CHROME, "Sec-Fetch-Mode": "navigate"},
    "one that says the other half": {"User-Agent": _CHROME, "Sec-Fetch-Dest": "document"},
    "one that says nonsense": _fetch(_CHROME, "navigate, cors", "document", "?"),
    "one that shouts": _fetch(_CHROME, "NAVIGATE", "DOCUMENT"),
}

PROGRAMS = {**_SILENT, **_FETCHING}
"""Who gets the feed, whatever it accepts."""

PEOPLE: Mapping[str, Mapping[str, str]] = {
    "Firefox, address typed": _fetch(_MOZILLA, "navigate", "document", "none", User="?1"),
    "Firefox, link followed": _fetch(_MOZILLA, "navigate", "document"),
    "Chrome, address typed": _fetch(_CHROME, "navigate", "document", "none", User="?1"),
    "Chrome, link of the same site": _fetch(_CHROME, "navigate", "document", "same-origin"),
    "Chrome, before the link is followed": {
        **_fetch(_CHROME, "navigate", "document", "same-origin"),
        "Sec-Purpose": "prefetch;prerender",
    },
    "Safari": _fetch(_SAFARI, "navigate", "document", "none"),
}
"""Who gets the page: a browser that says that a person navigates."""


def _sent(program: Mapping[str, str], accept: str | None) -> dict[str, str]:
    return {**program} if accept is None else {**program, "Accept": accept}


def asking(who: str, everybody: Iterable[str], *some: str) -> pytest.MarkDecorator:
    """Has the app asked by ``everybody``, and a server, which hears the same, by ``some``."""
    pairs = [("app", name) for name in everybody] + [("serve", name) for name in some]
    return pytest.mark.parametrize(("ask", who), pairs, indirect=["ask"], scope="session")


@asking("program", PROGRAMS, "feedparser", "fetch", "an iframe")
def test_a_program_gets_the_feed_whatever_it_says_to_accept(ask: Ask, program: str) -> None:
    for form, content_type in TYPES.items():
        path = f"/feeds/latest.{form}"
        plain = ask(path)
        for accept in ACCEPT.values():
            answer = ask(path, headers=_sent(PROGRAMS[program], accept))
            assert (answer.status, answer.body) == (200, plain.body)
            assert answer.headers["Content-Type"] == content_type
            assert answer.headers["Vary"] == "Accept-Encoding"
        head = ask(path, "HEAD", _sent(PROGRAMS[program], _PAGE_CHROME))
        assert (head.status, head.headers["Content-Type"]) == (200, content_type)


@asking("program", PROGRAMS, "reader", "XMLHttpRequest")
def test_a_program_that_has_the_feed_is_told_so(ask: Ask, program: str) -> None:
    tag = ask("/feeds/latest.atom").headers["ETag"]
    for accept in (None, _PAGE_FIREFOX, _FEED):
        sent = {**_sent(PROGRAMS[program], accept), "If-None-Match": tag}
        assert ask("/feeds/latest.atom", headers=sent).status == 304


@asking("person", PEOPLE, "Safari")
def test_a_person_gets_the_page_whatever_the_browser_says_to_accept(ask: Ask, person: str) -> None:
    for form, content_type in TYPES.items():
        for accept in ACCEPT.values():
            sent = _sent(PEOPLE[person], accept)
            answer = ask(f"/feeds/latest.{form}", headers=sent)
            assert (answer.status, answer.headers["Location"]) == (303, "latest")
            assert answer.headers["Cache-Control"] == "no-store"
            raw = ask(f"/feeds/latest.{form}?raw", headers=sent)
            assert (raw.status, raw.headers["Content-Type"]) == (200, content_type)
