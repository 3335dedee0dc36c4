"""``python -m tests.soak``: soaks a newsroom, and prints what came of it."""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
from pathlib import Path

from tests.publish.killing import compiler
from tests.soak.machines.network import NoNetworkError
from tests.soak.machines.soak import soak_machines
from tests.soak.soak import soak


def main() -> int:
    """Soaks, prints figures; 1 if anything was violated."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long [default: 10]")
    parser.add_argument("--seed", type=int, help="to have the same steps again")
    parser.add_argument("--quiet", action="store_true", help="no steps while they are done")
    parser.add_argument("--machines", action="store_true", help="two, PostgreSQL's and nginx's")
    parser.add_argument("--go-on", action="store_true", help="not to end with the first fault")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    found = compiler()
    if found is None and not given.machines:
        sys.stderr.write("a soak needs a C compiler, for the disk that is slow\n")
        return 2

    def say(line: str) -> None:
        if not given.quiet:
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))  # so that all that it began is ended
    os.environ.pop("FEEDS_URL", None)  # whoever runs this has perhaps a newsroom of their own
    say(f"seed {seed}")
    with tempfile.TemporaryDirectory(prefix="soak-") as home:
        seconds, goes_on = given.minutes * 60, given.go_on
        try:
            if given.machines:
                result = soak_machines(Path(home), seconds, seed, say, goes_on=goes_on)
            else:
                assert found
                result = soak(Path(home), found, seconds, seed, say, goes_on=goes_on)
        except NoNetworkError as error:
            sys.stderr.write(f"{error}\n")
            return 2
    if result.wrong and given.quiet:
        sys.stdout.write("\n".join(["the steps:", *result.steps, ""]))
    sys.stdout.write(f"{result}\n")
    return int(bool(result.wrong))


if __name__ == "__main__":
    sys.exit(main())
