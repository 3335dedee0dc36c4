"""What is part of a site: its host, with ``www.`` or without, at its own port."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

from feeds.model.errors import FetchError
from feeds.text import urls


def is_inside(url: str, bases: Iterable[str]) -> bool:
    """Whether ``url`` is at the host of one of ``bases``, all absolute, and at its port.

    The usual port of https is as good as one of http. Names and passwords are never inside.
    """
    try:
        if "@" in urlsplit(url).netloc:
            return False
        host, port = urls.server(url)
    except ValueError:
        return False
    is_secure = url.startswith("https:")
    for base in bases:
        base_host, base_port = urls.server(base)
        is_same_host = _bare(host) == _bare(base_host)
        is_same_scheme = is_secure == base.startswith("https:")
        is_same = is_same_scheme and port == base_port
        usual = port is None and (is_secure or base_port is None)
        if is_same_host and (is_same or usual):
            return True
    return False


def redirected(url: str, location: str, bases: Iterable[str]) -> str:
    """Where a redirect from ``url`` leads that stays inside the site, without a fragment.

    Never from https to http. Raises FetchError if that is another site.
    """
    with suppress(UnicodeError):  # many servers write UTF-8, and HTTP has it as Latin-1
        location = location.encode("latin-1").decode()
    target = urls.absolute(url, location)
    is_weaker = url.startswith("https:") and not (target or "").startswith("https:")
    if target is None or is_weaker or not is_inside(target, bases):
        raise FetchError(
            f"it leads to '{(target or location)[:200]}', which is another site",
            file=url,
            code="leads-elsewhere",
        )
    return target.partition("#")[0]


def _bare(host: str) -> str:
    return host.removeprefix("www.")
