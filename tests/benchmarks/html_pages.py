"""What reading an HTML page costs, beside what trafilatura alone takes for it: ``make bench``.

Both read the same strings, by turns, so that noise hits both; every page has words and dates of
its own, so that no memory of the last one helps. trafilatura does it once for the text alone, once
with what it calls metadata (title, author, date). Prints the medians of all turns.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from datetime import date, timedelta
from itertools import pairwise

from trafilatura import bare_extraction

from feeds.normalise import normalise
from feeds.readers import read_page

TURNS = 9
_SYLLABLES = "ba ce di fo gu har len mir nos pel quay rin sto tor vel wen yar zo".split()


def words(chance: random.Random, count: int) -> str:
    """A sentence of ``count`` words that no other page has."""
    made = ("".join(chance.choices(_SYLLABLES, k=chance.randint(1, 3))) for _ in range(count))
    return " ".join(made).capitalize() + "."


def item(chance: random.Random) -> str:
    """A dated headline of the list beside the article."""
    day = date(1996, 1, 1) + timedelta(days=chance.randrange(11_000))
    headline, address = words(chance, 7)[:-1], chance.randrange(10**6)
    return f'<li><a href="/{address}">{headline}</a> <span class="date">{day:%d.%b.%Y}</span></li>'


def page(chance: random.Random, *, paragraphs: int, items: int, links: int) -> str:
    """An article of ``paragraphs``, a list of ``items``, and ``links`` of navigation."""
    title = words(chance, 9)[:-1]
    text = "\n".join(f"<p>{words(chance, 55)}</p>" for _ in range(paragraphs))
    dated = "\n".join(item(chance) for _ in range(items))
    menu = "\n".join(
        f'<li class="menu-item"><a class="menu-link" href="/{chance.randrange(10**6)}/'
        f'{words(chance, 3)[:-1].replace(" ", "-")}"><span>{words(chance, 2)[:-1]}</span></a></li>'
        for _ in range(links)
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | Tide Desk</title>
<link rel="canonical" href="https://tide.example/{chance.randrange(10**6)}">
<meta property="og:title" content="{title}"><meta property="og:site_name" content="Tide Desk">
</head><body><header><nav><ul class="menu">{menu}</ul></nav></header>
<main><article><h1>{title}</h1>
{text}
<p>Nora Lind</p></article></main>
<aside><h3>Latest news</h3><ul>{dated}</ul></aside>
<footer>{words(chance, 8)}</footer></body></html>
"""


def compared(pages: list[str]) -> tuple[float, float, float]:
    """Median seconds for a page: ours, trafilatura's for the text, and with metadata, by turns."""
    turns = []
    for markup in pages:
        data = markup.encode()
        moments = [time.process_time()]
        normalise(read_page("page.html", data))
        moments.append(time.process_time())
        for with_metadata in (False, True):
            bare_extraction(markup, with_metadata=with_metadata)
            moments.append(time.process_time())
        turns.append([end - start for start, end in pairwise(moments)])
    ours, text, metadata = map(statistics.median, zip(*turns, strict=True))
    return ours, text, metadata


def main() -> None:
    """Measures and prints."""
    chance = random.Random(2026)  # noqa: S311 - words, no secrets
    for name, turns, size in (
        ("HTML, an article and a short list", 20 * TURNS, (8, 10, 12)),
        ("HTML, 200 kB, 800 links, 80 dates", 2 * TURNS, (230, 80, 800)),
    ):
        paragraphs, items, links = size
        pages = [
            page(chance, paragraphs=paragraphs, items=items, links=links) for _ in range(turns)
        ]
        compared(pages[:2])
        ours, text, metadata = compared(pages)
        sys.stdout.write(
            f"{name:36} {ours * 1000:.1f} ms, {ours / text:.2f} × trafilatura for the text alone, "
            f"{ours / metadata:.2f} × with metadata, {len(pages[0].encode()) // 1000} kB\n"
        )


if __name__ == "__main__":
    main()
