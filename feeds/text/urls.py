"""URLs that are checked before anything is published under them."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote, urljoin, urlsplit

from feeds.model import Entry, Url
from feeds.text.patterns import compile_late

# RFC 3986, section 2: anything else has to be percent-encoded before it is a URL.
_ALLOWED = compile_late(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_KEPT = "%/:=&?~#+!$,;'@()*[]"
_SCHEME = compile_late(r"[A-Za-z][A-Za-z0-9+.-]*://")
_WEB = ("https://", "http://")
_PLAIN = compile_late(r"https?://[A-Za-z0-9.-]+(?:[/?#][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*)?")
_BARE = compile_late(r"https?://(?:www\.)*+([a-z0-9.-]+)((?:/[A-Za-z0-9._~-]+)*)/?")
_PATH = compile_late(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9_~.-]*)+/?")
_ORIGIN = compile_late(r"(https?://[A-Za-z0-9.-]+(?::[1-9]\d*)?)(?:[/?#].*)?\Z", re.DOTALL)
_PORTS = {"http": 80, "https": 443}
UNPLACED = "https://site.invalid/"
"""Where a page's site is if the page doesn't say so."""
_INDEX = compile_late(r"/index\.(?:html?|php)\Z", re.IGNORECASE)
_TRACKING = compile_late(
    r"(?:utm_[a-z_]+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|ysclid|twclid|igshid"
    r"|mc_cid|mc_eid|_openstat)(?:=|\Z)",
    re.IGNORECASE,
)
_PICTURE = compile_late(r"\.(?:jpe?g|png|gif|webp|avif)\Z", re.IGNORECASE)
_RECORDING = compile_late(r"\.(?:mp3|m4a|ogg|oga|opus|wav|flac|mp4|m4v|webm)\Z", re.IGNORECASE)
_DOCUMENT = compile_late(r"\.(?:pdf|docx?|xlsx?|pptx?|od[pst]|rtf|csv|epub)\Z", re.IGNORECASE)
_BARE_PERCENT = compile_late(r"%(?![0-9A-Fa-f]{2})")
_SITE = compile_late(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w+)?)?/?", re.IGNORECASE
)
_ESCAPE = compile_late(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = compile_late(r"[A-Za-z0-9._~-]")


def socket_address(text: str) -> tuple[str, int]:
    """Host and port of ``text``, such as "127.0.0.1:9100" or "[::1]:9100".

    Raises ValueError for what is none.
    """
    parts = urlsplit(f"//{text}")
    if not parts.hostname or not parts.port or parts.netloc != text or "@" in text:
        raise ValueError("expected a host, a colon and a port")
    return parts.hostname, parts.port


def checked(text: str) -> Url:
    """``text`` as an absolute http(s) URL.

    Raises ValueError, saying what was expected, for anything that is not one.
    """
    if _PLAIN.fullmatch(text):  # as most are; to take one apart takes ten times as long
        return Url(text)
    if not _ALLOWED.fullmatch(text):
        raise ValueError("expected a URL without blanks or unencoded characters")
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"}:
        raise ValueError("expected a URL that begins with https:// or http://")
    if not parts.hostname:
        raise ValueError("expected a URL with a host, as in https://news.example/")
    if parts.port == 0:
        raise ValueError("expected a port from 1 to 65535")
    return Url(text)


def is_loopback(url: str) -> bool:
    """Whether only this very machine can reach ``url``."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def of_entry(entry: Entry, feeds_url: str, former: Sequence[str], site_url: str) -> str:
    """Where a subscriber reads ``entry``: its own URL, else its page in the app."""
    if entry.url:
        return rewritten(entry.url, former, site_url)
    return f"{feeds_url}stories/{entry.hash}"


def absolute(base: str, address: str) -> Url | None:
    """``address``, relative or not, as a URL seen from ``base``; None where that can't be.

    What a browser would encode is encoded: letters of other alphabets, blanks.
    """
    if _PATH.fullmatch(address) and (origin := _ORIGIN.match(base)):  # as most links are
        return Url(origin[1] + address)
    address = address.replace("\n", "").strip()
    if not address:
        return None
    try:
        # joined with a base, a URL would lose what is empty in it
        joined = address if address.startswith(_WEB) else urljoin(base, address)
        if not joined.isascii() or " " in joined:
            parts = urlsplit(joined)
            host = parts.netloc
            if not host.isascii():
                host = host.encode("idna").decode("ascii")
            joined = quote(parts._replace(netloc=host).geturl(), safe=_KEPT)
        return checked(joined)
    except ValueError:
        return None


def from_page(base: str, address: str) -> Url | None:
    """``address`` as a URL seen from the page at ``base``, which is empty if nobody knows it.

    What is seen from a site's root is then below ``UNPLACED``. None where that can't be.
    """
    if not base and address.startswith("/") and not address.startswith("//"):
        return absolute(UNPLACED, address)
    return absolute(base, address)


def is_picture(address: str) -> bool:
    """Whether the file at ``address`` is called as pictures are."""
    try:
        return bool(_PICTURE.search(urlsplit(address).path))
    except ValueError:
        return False


def is_document(address: str) -> bool:
    """Whether the file at ``address`` is called as documents to read or reckon with are."""
    try:
        return bool(_DOCUMENT.search(urlsplit(address).path))
    except ValueError:
        return False


def is_recording(address: str) -> bool:
    """Whether the file at ``address`` is called as sound and films are."""
    try:
        return bool(_RECORDING.search(urlsplit(address).path))
    except ValueError:
        return False


def origin(url: str) -> str:
    """Scheme, host and port of ``url``, with a slash behind them; empty if it has none."""
    match = _ORIGIN.match(url)
    return f"{match[1]}/" if match else ""


def server(url: str) -> tuple[str, int | None]:
    """Host and port of ``url``, which was checked, in one spelling; None is the usual port."""
    parts = urlsplit(url)
    return parts.hostname or "", None if parts.port == _PORTS.get(parts.scheme) else parts.port


def canonical(url: str) -> str:
    """What all URLs of one story have in common, to compare them by; no URL itself.

    Without scheme, ``www.``, the scheme's own port, a trailing slash, ``index.html`` and the
    like, fragment and parameters that tell of visitors alone. Canonical text stays as it is.
    """
    bare = _BARE.fullmatch(url)
    if bare and "/index." not in url.lower():  # as most are
        return bare[1] + bare[2]
    scheme = _SCHEME.match(url)
    try:
        parts = urlsplit(url if scheme else f"//{url}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    while host.startswith("www."):
        host = host[4:]
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != _PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    path = _encoded(parts.path)
    while (shorter := _INDEX.sub("", path).rstrip("/")) != path:
        path = shorter
    names = (pair for pair in _encoded(parts.query).split("&") if not _TRACKING.match(pair))
    query = "&".join(pair for pair in names if pair)
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def rewritten(url: Url, former: Sequence[str], site_url: str) -> Url:
    """``url`` moved below ``site_url`` if it is below one of ``former``, else ``url`` itself.

    Path and query stay. Former URLs hold for http and https; the longest that fits counts.
    """
    if url.startswith(site_url):
        return url
    bare = _without_scheme(url)
    for prefix in sorted((_without_scheme(one).rstrip("/") for one in former), key=len)[::-1]:
        rest = bare.removeprefix(prefix)
        if bare.startswith(prefix) and (not rest or rest[0] in "/?#"):
            return checked(site_url + rest.removeprefix("/"))
    return url


def place(url: str) -> str:
    """The place on its page to which ``url`` leads, its fragment; empty if it leads to none."""
    return url.partition("#")[2]


def above(addresses: Iterable[str]) -> set[str]:
    """What stands above some of ``addresses``, all canonical: the fronts of sections and such."""
    parts = (address.partition("?")[0].split("/") for address in addresses)
    return {"/".join(steps[:end]) for steps in parts for end in range(1, len(steps))}


def is_site(url: str) -> bool:
    """Whether ``url`` is that of a whole site, or of its part in one language."""
    parts = urlsplit(url)
    return _SITE.fullmatch(parts.path) is not None and not parts.query


def is_home(url: str, site_url: str, former: Sequence[str]) -> bool:
    """Whether ``url`` is the home page of the site, or of one that it used to be."""
    return canonical(url) in {canonical(one) for one in (site_url, *former)}


def _encoded(text: str) -> str:
    """``text`` with just what has to be percent-encoded so, in one spelling."""
    text = quote(_BARE_PERCENT.sub("%25", text), safe=_KEPT, errors="replace")
    return _ESCAPE.sub(lambda found: _unescaped(found[0]), text)


def _unescaped(escape: str) -> str:
    character = chr(int(escape[1:], 16))
    return character if _UNRESERVED.fullmatch(character) else escape.upper()


def _without_scheme(url: str) -> str:
    """``url`` from its host on, which is in small letters."""
    host, slash, rest = _SCHEME.sub("", url).partition("/")
    return host.lower() + slash + rest
