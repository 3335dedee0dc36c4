"""Where the links of a page lead: to another story of the site, or elsewhere.

Rules
- A story is on the page's own site: hosts below one registrable domain are one site. The one
  that most of a page's links lead to is its own, too, whatever it says of its address.
- A link within the page, to its author, a tag, an imprint or a file leads to no story, nor does
  one to a section, below which there are other addresses of the page.
- What takes the address of another page along sends that, shares it, or comes back to it.
- What says that it is paid for is advertising: by ``rel``, or by what it is called.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.words import names
from feeds.text import urls

_NOWHERE = ("#", "javascript:", "mailto:", "tel:", "sms:", "whatsapp:", "data:")
_PEOPLE = (
    r"authors?|autor(?:en|es|in|innen)?|auteurs?|autori|avtor|yazar(?:lar)?|byline|contributors?|"
    r"columnists?|journalists?|reporters?|profiles?|profil|users?|members?|staff|team|redaktion|redaction|"
    r"muellif"
)
_LISTS = (
    r"tags?|topics?|themen?|tema|temas|etiket|label|categor(?:y|ies)|kategori[ea]?|categoria|"
    r"rubriken?|rubrique|sections?|archives?|search|suche|buscar|arama"
)
_SERVICE = (
    r"impressum|imprint|datenschutz(?:erklaerung|hinweise)?|privacy(?:-?(?:policy|notice|settings|"
    r"center))?|cookies?(?:-?(?:policy|settings|notice))?|terms(?:-(?:of|and)-\w+)?|agb|"
    r"kontakt|contact(?:o|-us)?|about(?:-us)?|ueber-uns|login|log-in|signin|sign-in|register|"
    r"registrieren|anmelden|subscri(?:be|ptions?)|abo|newsletters?|comments?|react(?:ions)?|reply|likes?|votes?|share|"
    r"edit|report|faq|help|hilfe|sitemap|rss|feed"
)
_FILES = "pdf|docx?|xlsx?|pptx?|odt|rtf|zip|jpe?g|png|gif|webp|svg|mp3|m4a|mp4|ics|xml|rss"
# most are plain, and to take an address apart in full takes ten times as long
_PLAIN_HOST = re.compile(r"(?:https?:)?//([A-Za-z0-9.-]+)(?=[/?#]|\Z)")
_PLAIN_PATH = re.compile(r"https?://[A-Za-z0-9.-]+(/[A-Za-z0-9._~/%+,;=@!$&'()*-]*|)(?=[?#]|\Z)")
_REACTIONS = re.compile(r"#(?:comment|respond|disqus|kommentar|reacti)[^/]*\Z", re.IGNORECASE)
_OF_PAGE = re.compile(r"\?.*=https?(?::|%3a)(?:/|%2f){2}", re.IGNORECASE)
"""What takes an address along: to send it, to share it, to come back to it."""
_ENDING = re.compile(r"(?:\.\w{2,5})?/?\Z")
_NO_STORY = re.compile(
    rf"\.(?:{_FILES})\Z|"
    r"/(?:19|20)\d\d(?:/\d\d?){1,2}/?\Z|"  # all stories of a day or a month
    rf"/(?:{_PEOPLE})/|/(?:{_LISTS})(?:/[^/]+){{0,3}}/?\Z|/(?:{_SERVICE})(?:\.\w{{2,5}})?/?\Z",
    re.IGNORECASE,
)


_MOST_LINKS = 0.6
_FEW_LINKS = 10
_DEEP = 8
_LONGEST = 2000
_IN_A_SECTION = 3


class Addresses:
    """The site of a page, and what is known of the addresses on it."""

    def __init__(self, base: str, links: Iterable[HtmlElement]) -> None:
        """``base``: the page's own address, empty if nobody knows it; ``links``: all of it."""
        self._base = base
        self._known: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._of_site: dict[str, bool] = {}
        self._page = urls.canonical(base).partition("?") if base else ("", "", "")
        addresses = {
            address for link in links if (address := self.absolute(link.get("href") or ""))
        }
        hosts = Counter(host for address in addresses if (host := _host(address)))
        usual, times = hosts.most_common(1)[0] if hosts else ("", 0)
        own = _host(base) or usual
        self._hosts = {own}
        if times >= max(_MOST_LINKS * hosts.total(), _FEW_LINKS):
            self._hosts.add(usual)
        self._sites: set[str] = set()
        self._below = Counter(
            outer for path in {_path(address) for address in addresses} for outer in _around(path)
        )

    def absolute(self, written: str) -> str:
        """The address as a URL; as it is written where the page's own is not known."""
        known = self._known.get(written)
        if known is None:
            if not written or len(written) > _LONGEST or written[:12].lower().startswith(_NOWHERE):
                known = ""
            else:
                known = urls.absolute(self._base, written) or written.strip()
            self._known[written] = known
        return known

    def key_of_story(self, address: str) -> str:
        """What all links to the story at ``address`` have in common; empty if none is there."""
        key = self._keys.get(address)
        if key is None:
            key = urls.canonical(address) if self.is_story(address) else ""
            self._keys[address] = key
        return key

    def is_own_page(self, address: str) -> bool:
        """Whether ``address`` leads to the page itself, or to a place in it."""
        path, _, query = urls.canonical(address).partition("?")
        own, _, asked = self._page
        return bool(own) and path == own and "/" in path and (not asked or query == asked)

    def is_of_site(self, address: str) -> bool:
        """Whether ``address`` is on the page's own site."""
        host = _host(address)
        if not host or host in self._hosts:
            return True
        if host not in self._of_site:
            self._sites = self._sites or set(map(_registrable, self._hosts))
            self._of_site[host] = _registrable(host) in self._sites
        return self._of_site[host]

    def is_story(self, address: str) -> bool:
        """Whether there may be a story at ``address``: it is no author's, no tag's, no imprint."""
        path = _path(address)
        if _REACTIONS.search(address):
            return False
        if not path.strip("/"):
            return "?" in address
        if _OF_PAGE.search(address):
            return False
        return not _NO_STORY.search(path) and not self.is_section(address)

    def is_section(self, address: str) -> bool:
        """Whether several other addresses of the page are below ``address``."""
        return self._below[_ENDING.sub("", _path(address))] >= _IN_A_SECTION

    def is_service(self, address: str) -> bool:
        """Whether ``address`` is that of an author, an imprint, a file, and not of a list."""
        return _NO_STORY.search(_path(address)) is not None


def is_paid(element: HtmlElement) -> bool:
    """Whether ``element`` says in its markup that it is advertising."""
    if "sponsored" in (element.get("rel") or "").lower():
        return True
    called = dom.names_of(element)
    return len(called) > 2 and dom.is_name_of(names.ADVERTISING, called)


def _host(address: str) -> str:
    match = _PLAIN_HOST.match(address)
    if match:
        return match[1].lower()
    if not address.startswith(("http://", "https://", "//")):
        return ""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _path(address: str) -> str:
    if match := _PLAIN_PATH.match(address):
        return match[1]
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _around(path: str) -> list[str]:
    """The paths of what ``path`` may be in."""
    parts = path.strip("/").split("/")[:_DEEP]
    return ["/" + "/".join(parts[:count]) for count in range(1, len(parts))]


@lru_cache(maxsize=1024)
def _registrable(host: str) -> str:
    """The part of ``host`` that somebody registered; its last two names if no list knows it."""
    from tld import get_fld  # late: most links are relative, or to the page's own host

    known = get_fld(f"https://{host}/", fail_silently=True, search_private=True)
    return known or ".".join(host.split(".")[-2:])
