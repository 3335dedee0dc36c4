"""Where a captured page is read: at the address that it names itself, or at the one it came from.

Rules
- The page's own address counts if it is one of this site, and not its home page. Another site's
  (its maker's, a partner's) is no place to send readers to who can read it here.
- What it came from leads to its story as well, whatever is said elsewhere: it is a former address.
- The home page holds no story: one that is printed there whole has a page of its own.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec

from feeds.model import CAPTURED_FROM, Dropped, Evidence, Reading, Story, Url
from feeds.text import urls

_ON_HOME = "the text of a story on the home page"


def addressed(reading: Reading, site_url: str) -> Reading:
    """``reading`` with its article where readers find it, as seen from ``site_url``."""
    fetched, article = reading.fetched, reading.article
    if fetched is None or article is None or not site_url:
        return reading
    if urls.is_home(fetched.address, site_url, ()):
        gone = Dropped(article.line, article.title, _ON_HOME)
        return msgspec.structs.replace(
            reading, article=None, dropped=(*reading.dropped, gone), findings=()
        )
    if article.url and _is_of_site(article.url, site_url):
        former = () if article.url == fetched.address else (fetched.address,)
        return _with(reading, msgspec.structs.replace(article, former_urls=former))
    source = Evidence(reading.page, 0, CAPTURED_FROM)
    evidence = {**article.evidence, "url": source}
    return _with(reading, msgspec.structs.replace(article, url=fetched.address, evidence=evidence))


def _with(reading: Reading, article: Story) -> Reading:
    return msgspec.structs.replace(reading, article=article)


def _is_of_site(url: Url, site_url: str) -> bool:
    return _host(url) == _host(site_url) and not urls.is_home(url, site_url, ())


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
