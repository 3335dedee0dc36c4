"""How long the largest and nastiest pages take: ``python -m tests.benchmarks.large_pages``.

Prints CPU seconds for 1, 5 and 10 MB of each kind, and what ten times the size cost more: 10 is
linear. With names of kinds as arguments, only those.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import islice

from feeds.normalise import normalise
from feeds.readers import read_page

Kind = Callable[[int], str]
DAYS = [f"{day:02}.{month:02}.{year}" for year in range(1990, 2026) for month in range(1, 13)
        for day in range(1, 29)]  # fmt: skip
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def repeated(piece: str) -> Kind:
    """A page of ``piece`` again and again."""
    return lambda size: piece * (size // len(piece.encode()) + 1)


def numbered(shape: str) -> Kind:
    """A page of lines in a shape, each with another number and another date."""

    def made(size: int) -> str:
        lines, length, number = [], 0, 0
        while length < size:
            day = DAYS[number % len(DAYS)]
            line = shape.format(number=number, day=day, name=named(day))
            lines.append(line)
            length += len(line.encode()) + 1
            number += 1
        return "\n".join(lines)

    return made


def named(day: str) -> str:
    """A date with its month in words."""
    number, month, year = day.split(".")
    return f"{number} {MONTHS[int(month) - 1]} {year}"


def topped(kind: Kind, top: str = "Quay opens\nIt opened on Monday.\n") -> Kind:
    """The kind below a headline and a text."""
    return lambda size: top + kind(size)


def front_matter(size: int) -> str:
    """As much front matter as a page may have, and a text below."""
    lines = "".join(f"key{number}: value {number}\n" for number in islice(range(10**7), size // 20))
    return f"---\n{lines}---\nQuay opens\nIt opened on Monday.\n"


KINDS: dict[str, Kind] = {
    "one-character lines": repeated("a\n"),
    "one line": repeated("a"),
    "one line of words": repeated("quay "),
    "one line of digits": repeated("1"),
    "one line of dates": repeated("9 January 2026 "),
    "one line of clocks": repeated("10:30 "),
    "one line of dashes": repeated("- "),
    "one line of slashes": repeated("a/"),
    "one line of quotes": repeated('"'),
    "one line of colons": repeated("A: "),
    "one line of accents": repeated("\u0301"),
    "dates": numbered("{day}"),
    "dates in words": numbered("{name}"),
    "dates and headlines": topped(numbered("Lamp {number} is lit\n{day}")),
    "dates before headlines": topped(numbered("{name}\nLamp {number} is lit")),
    "dates on the line": topped(numbered("Lamp {number} is lit {name}")),
    "dates without year": topped(numbered("Lamp {number} is lit\n9 January")),
    "clocks": topped(numbered("10:30\nLamp {number} is lit")),
    "times ago": topped(numbered("3 hours ago\nLamp {number} is lit")),
    "unknown words before dates": topped(numbered("Xy{number} 9 Zq{number} 2026")),
    "headings": topped(repeated("Latest news\n")),
    "headings with a colon": topped(repeated("Read more:\n")),
    "glued headings": topped(numbered("Latest newsLamp {number}")),
    "sections": repeated("Politics\n"),
    "dashes": repeated("-\n"),
    "dashes and teasers": topped(numbered("-\nLamp {number} is lit, they say.")),
    "bullets": repeated("• Lamp\n"),
    "identical lines": repeated("Quay opens today\n"),
    "identical sentences": repeated("The quay opened today.\n"),
    "lines without an end": repeated("and the quay was open to all who came with a lamp in\n"),
    "names": repeated("Nora Lind\n"),
    "names by": repeated("By Nora Lind\n"),
    "numbers": numbered("{number}"),
    "views": numbered("views: {number}"),
    "blank lines": topped(repeated("\n")),
    "blanks": topped(repeated(" ")),
    "words in brackets": repeated("(" * 50 + "\n"),
    "credits": repeated("Photo: Nora Lind.\n"),
    "breadcrumbs": repeated("Home » News » Quay\n"),
    "pleas": repeated("Please log in to read\n"),
    "desk tags": repeated("It opened. -06D-\n"),
    "datelines": repeated("Almen/13.02.23/Halden: It opened.\n"),
    "sentences": numbered("The lamp {number} was lit on {name}, and the keeper went home."),
    "front matter": front_matter,
}


def seconds(text: str) -> float:
    """CPU seconds to read and normalise a page of ``text``."""
    data = text.encode()
    start = time.process_time()
    normalise(read_page("large.txt", data))
    return time.process_time() - start


def main(chosen: list[str]) -> None:
    """Measures and prints."""
    normalise(read_page("small.txt", b"Quay opens\nIt opened on 9 Xyz 2026.\n9 Xyz 2026\n"))
    sys.stdout.write(f"{'':28}   1 MB   5 MB  10 MB   times\n")
    for name in chosen or KINDS:
        taken = [seconds(KINDS[name](size * 1_000_000)) for size in (1, 5, 10)]
        times = "  ".join(f"{one:5.2f}" for one in taken)
        sys.stdout.write(f"{name:28}  {times}  {taken[2] / max(taken[0], 0.001):6.1f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
