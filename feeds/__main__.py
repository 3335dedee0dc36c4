"""The command ``feeds``, which ``python -m feeds`` is, too.

It imports next to nothing before it can tell that somebody presses Ctrl-C: the rest takes a moment.
"""

import gc
import sys

_INTERRUPTED = 130  # as shells have it: 128 and the signal's number


def main() -> None:
    """Runs the command."""
    try:
        from feeds.cli import main as command  # late: see above

        command()
    except KeyboardInterrupt:
        sys.stderr.write("feeds: stopped\n")
        sys.exit(_INTERRUPTED)
    finally:
        # Python looks for circles in all there is before it ends: a tenth of a short run's time
        gc.freeze()


if __name__ == "__main__":
    main()
