"""Tables beside the text: which of them are of it, and which are notes on the page."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.body import furniture

_LONGEST_HEADER, _FEWEST_ROWS = 1000, 2


def facts_beside(above: list[HtmlElement]) -> set[HtmlElement]:
    """What is in the tables of the header that a headline stands in, with all else ``above`` it."""
    header = next((outer for outer in above if outer.tag == "header"), None)
    if header is None or dom.is_longer(header, _LONGEST_HEADER):
        return set()
    return {element for table in header.iter("table") for element in table.iter()}


def is_of_table(block: HtmlElement) -> bool:
    """Whether ``block`` is a cell of a table with a row of headings, or the heading above it."""
    if furniture.is_heading(block):
        table = block.getnext()
    else:
        table = next(block.iterancestors("table"), None)
    if table is None or table.tag != "table":
        return False
    rows = list(islice(table.iter("tr"), _FEWEST_ROWS))
    return len(rows) == _FEWEST_ROWS and len(rows[0].findall("th")) == len(rows[0]) > 1
