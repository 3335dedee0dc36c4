"""The process that ``beside`` starts: one that hands figures out, and one that sees to it.

The latter has nothing loaded, and keeps the socket open: whoever asks while another process is
made waits for it.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from functools import partial

_AGAIN_SECONDS = 1.0


def main(descriptor: int, listening: int) -> None:
    """Has the figures of what is counted in the open file ``descriptor`` served, until its end."""
    while True:
        child = os.fork()
        if not child:
            _serve(descriptor, listening)
        _, status = os.waitpid(child, 0)
        if status == 0:
            return
        code = os.waitstatus_to_exitcode(status)
        how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        sys.stderr.write(f"feeds: who has the figures for Prometheus {how}; another is started\n")
        sys.stderr.flush()
        time.sleep(_AGAIN_SECONDS)


def _serve(descriptor: int, listening: int) -> None:
    from feeds.metrics import counts  # late, as what follows: see above
    from feeds.metrics.facts import Asked, gather
    from feeds.metrics.figures import Figures
    from feeds.metrics.server import Server
    from feeds.newsroom import locate

    threading.Thread(target=_end_with_parent, daemon=True).start()
    asked = Asked(partial(gather, locate()))
    figures = Figures(partial(counts.read, descriptor), asked.get)
    Server(socket.socket(fileno=listening), figures.text).serve_forever()


def _end_with_parent() -> None:
    os.read(sys.stdin.fileno(), 1)
    os._exit(0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
