"""Whether a server answers as a feed's should, asked over a socket with Python alone."""

from __future__ import annotations

import gzip
import http.client
import sys
import time
from contextlib import closing

_WAIT = 60
_RSS = "/feeds/latest.rss"


def ask(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (in small letters) and body of what is at ``path``."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=named)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read()


def judge(port: int, word: str = "Subscribe") -> str:
    """What was asked and found right; AssertionError for whatever is not.

    ``word`` is one that the pages for people have.
    """
    last = time.monotonic() + _WAIT
    status, body = 0, b""
    headers: dict[str, str] = {}
    while b"<item>" not in body:  # it is begun a moment before, or published meanwhile
        assert time.monotonic() < last, (status, body[:500])
        try:
            status, headers, body = ask(port, _RSS)
        except OSError:
            time.sleep(0.2)
    assert status == 200
    assert headers["content-type"].startswith("application/rss+xml"), headers
    status, again, nothing = ask(port, _RSS, If_None_Match=headers["etag"])
    assert (status, nothing, again["etag"]) == (304, b"", headers["etag"]), (status, again)
    status, coded, packed = ask(port, _RSS, Accept_Encoding="gzip")
    assert (status, coded["content-encoding"]) == (200, "gzip"), (status, coded)
    assert gzip.decompress(packed) == body
    for path, holds in (
        ("/feeds/latest.atom", b"<entry>"),
        ("/feeds/latest.json", b'"items"'),
        ("/feeds/latest", word.encode()),
        ("/feeds/static/style.css", b"{"),
        ("/feeds/healthz", b'"revision":1'),
    ):
        status, _, body = ask(port, path)
        assert (status, holds in body) == (200, True), (path, status, body[:500])
    return "200, 304, gzip, all formats, pages"


if __name__ == "__main__":
    sys.stdout.write(judge(int(sys.argv[1])) + "\n")
