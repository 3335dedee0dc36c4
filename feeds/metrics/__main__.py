"""The process that ``beside`` starts."""

from __future__ import annotations

import os
import socket
import sys
import threading
from functools import partial

from feeds.metrics import counts
from feeds.metrics.facts import Asked, gather
from feeds.metrics.figures import Figures
from feeds.metrics.server import Server
from feeds.newsroom import locate


def main(descriptor: int, listening: int) -> None:
    """Serves the figures of what is counted in the open file ``descriptor``."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    asked = Asked(partial(gather, locate()))
    figures = Figures(partial(counts.read, descriptor), asked.get)
    Server(socket.socket(fileno=listening), figures.text).serve_forever()


def _end_with_parent() -> None:
    os.read(sys.stdin.fileno(), 1)
    os._exit(0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
