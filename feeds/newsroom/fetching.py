"""The bytes of a feed, from a file or from the web, read with suspicion.

Rules
- Only http and https are asked, redirects included; only regular files are opened.
- A feed has 30 seconds in all, whatever its server does with them, and 16 MiB, before and after
  it is decompressed.
"""

from __future__ import annotations

import http.client
import io
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from feeds.client import agents, coding
from feeds.client.waiting import within
from feeds.model.errors import FeedImportError
from feeds.newsroom import files
from feeds.text import urls

MOST_BYTES = 16 * 1024 * 1024
SECONDS = 30.0
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
)
_ELSEWHERE = "save the feed in a file and name that"


def fetch(where: str, seconds: float = SECONDS) -> tuple[bytes, str]:
    """The bytes at the http(s) URL ``where``, and the URL they came from in the end.

    It takes no longer than ``seconds``. Raises FeedImportError.
    """
    url = urls.absolute("", where)
    if url is None:
        raise FeedImportError(
            "only http:// and https:// URLs are fetched, and this is none",
            file=where,
            remedy=_ELSEWHERE,
        )
    late = FeedImportError(
        f"the feed is not here after {seconds:g} seconds",
        file=where,
        remedy=f"try again, or {_ELSEWHERE}",
    )
    return within(seconds, lambda: _from_web(url, seconds), late)


@contextmanager
def opened(where: str) -> Iterator[tuple[BinaryIO, str]]:
    """What is at ``where``, a file or a URL, to be read in pieces; the URL it came from in the end.

    It can be read from its beginning again. That URL is empty for a file, which may have any size:
    whoever reads it has to see to that. Raises FeedImportError.
    """
    if "://" in where:
        data, found = fetch(where)
        yield io.BytesIO(data), found
        return
    try:
        file = files.open_regular(Path(where))
    except (OSError, ValueError) as error:
        raise _unreadable(where, error) from error
    with file:
        try:
            yield file, ""
        except OSError as error:
            raise _unreadable(where, error) from error


def read_bounded(file: BinaryIO, where: str) -> bytes:
    """All that is in ``file``; raises FeedImportError if it is larger than a feed may be."""
    file.seek(0)
    return _bounded(file.read(MOST_BYTES + 1), where)


def _unreadable(where: str, error: OSError | ValueError) -> FeedImportError:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return FeedImportError(
        f"the file can't be read: {why}",
        file=where,
        remedy="name a file, or a URL that begins with https:// or http://",
    )


def _from_web(url: str, seconds: float) -> tuple[bytes, str]:
    try:
        request = urllib.request.Request(  # noqa: S310 # http and https alone, by urls.absolute
            url,
            headers={
                "User-Agent": agents.AGENT,
                "Accept": _ACCEPT,
                "Accept-Encoding": coding.KNOWN,
            },
        )
        with _opener().open(request, timeout=seconds) as answer:
            data = answer.read(MOST_BYTES + 1)
            if len(data) <= MOST_BYTES and answer.length:
                raise http.client.IncompleteRead(data, answer.length)
            codings = ", ".join(answer.headers.get_all("Content-Encoding", []))
            return coding.decoded(_bounded(data, url), codings, MOST_BYTES), answer.geturl()
    except coding.TooLargeError as error:
        raise _too_large(url) from error
    except coding.CodingError as error:
        raise FeedImportError(str(error), file=url, remedy=f"try again, or {_ELSEWHERE}") from error
    except urllib.error.HTTPError as error:
        error.close()
        raise FeedImportError(
            f"the server answers {error.code} ({error.reason})",
            file=url,
            remedy=f"correct the address, or {_ELSEWHERE}",
        ) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FeedImportError(
            f"the feed can't be fetched: {why(error)}",
            file=url,
            remedy=f"correct the address, try again, or {_ELSEWHERE}",
        ) from error


def _opener() -> urllib.request.OpenerDirector:
    """What knows http and https alone: a redirect to a file or to ftp leads nowhere."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def why(error: Exception) -> str:
    """Why something on the web can't be had, in words."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({reason.verify_message})"
    if isinstance(reason, TimeoutError):
        return "the server takes too long"
    if isinstance(reason, http.client.IncompleteRead):
        return "the server stopped in the middle"
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return str(reason) or type(reason).__name__


def _bounded(data: bytes, where: str) -> bytes:
    if len(data) > MOST_BYTES:
        raise _too_large(where)
    return data


def _too_large(where: str) -> FeedImportError:
    return FeedImportError(
        f"the feed has more than {MOST_BYTES:,} bytes",
        file=where,
        remedy="save its newest items in a file and name that",
    )
