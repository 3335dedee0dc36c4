"""What a large WordPress export costs to take over: ``python -m tests.benchmarks.exports [MB …]``.

Prints for an export of each size, 20 and 200 MB unless others are named: how many posts it has,
seconds, and the most memory at once, of ``feeds import`` with all that it starts.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests import exports
from tests.benchmarks.processes import cost_of
from tests.newsrooms import FEEDS, TestNewsroom

SIZES = (20, 200)
_TEXT = "The weir was mended on Friday, said the keeper of the lock number {}.\nShips pass.\n\n"


def write_export(path: Path, size: int) -> int:
    """Writes an export of ``size`` bytes; returns how many of its posts are published."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(exports.WXR_HEAD)
        while file.tell() < size:
            count += 1
            text = "".join(_TEXT.format(f"{count}.{part}") for part in range(40))
            file.write(exports.wxr_item(count, text, more=exports.COMMENT))
            file.write(exports.wxr_file(count + 10**6, f"{count}.jpg", alt="A weir"))
            file.write(exports.wxr_item(count + 2 * 10**6, text, status="draft"))
        file.write(exports.WXR_END)
    return count


def main() -> None:
    """Takes exports over, each into a newsroom of its own."""
    sizes = [float(one) for one in sys.argv[1:]] or SIZES
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            newsroom = TestNewsroom(Path(folder) / "desk")
            file = Path(folder) / "export.xml"
            count = write_export(file, int(size * 1e6))
            cost = cost_of([FEEDS, "import", file], newsroom.environment())
            sys.stdout.write(
                f"{size:g} MB, {count} posts: {cost.wall:.1f} s ({cost.cpu:.1f} s of CPU), "
                f"{cost.peak:.0f} MB of memory\n"
            )


if __name__ == "__main__":
    main()
