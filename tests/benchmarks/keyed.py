"""Polls a second of keyed feeds, beside those of a feed for everybody, by turns at one server.

python -m tests.benchmarks.keyed
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.rates import GZIP, Polled, compared
from tests.newsrooms import TestNewsroom, publish_bell
from tests.web.asking import over_a_socket, port_of_ours, serving
from tests.web.test_keys import KEYED, add, basic


def known(port: int, path: str, headers: dict[str, str]) -> Polled:
    """A client that has the document already; checks that the server agrees."""
    ask = over_a_socket(port)
    sent = {**headers, **GZIP}
    sent["If-None-Match"] = ask(path, headers=sent).headers["ETag"]
    if ask(path, headers=sent).status != 304:
        raise RuntimeError(f"no 304 for {path}")
    return Polled(port, sent, path)


def main() -> None:
    """Prints the ratios."""
    with tempfile.TemporaryDirectory() as home, port_of_ours() as port:
        newsroom = TestNewsroom(Path(home) / "desk")
        newsroom.configure(KEYED)
        publish_bell(newsroom)
        token = add(newsroom, "msn")
        with serving(newsroom, port):
            everybody = known(port, "/feeds/latest.rss", {})
            for name, one in (
                ("everybody again", everybody),
                ("by address", known(port, f"/feeds/k/{token}/full.rss", {})),
                ("by password", known(port, "/feeds/auth/full.rss", basic(token))),
            ):
                ours, theirs = compared(one, everybody)
                sys.stdout.write(f"304 {name}: {ours / theirs:.2f} of a feed for everybody\n")


if __name__ == "__main__":
    main()
