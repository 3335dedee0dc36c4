"""What being polled costs: ``make bench``, or ``python -m tests.benchmarks.polling``.

Rates beside nginx and beside a view that builds the feed each time (``rates``), bytes of a day
(``polling_day``), and what pollers notice of a publish (``polling_load``).
"""

from __future__ import annotations

import gzip
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks import polling_day, polling_load, rates
from tests.benchmarks.polled import Writer, newsroom
from tests.web.asking import port_of_ours, serving


def main() -> None:
    """Measures and prints; ends all its servers also when it is terminated."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        home, writer = Path(folder), Writer()
        made = newsroom(home / "desk", writer)
        body = made.document().document.body
        packed = len(gzip.compress(body, 9)) / len(body)
        sys.stdout.write(f"a feed of {len(body):,} bytes, which gzip -9 packs to {packed:.2f}\n")
        port = stack.enter_context(port_of_ours())
        stack.enter_context(serving(made, port, output=subprocess.DEVNULL))
        rates.measure(made, home, port)
        polling_day.measure(made, writer, port)
        polling_load.measure(home / "other", writer)


if __name__ == "__main__":
    main()
