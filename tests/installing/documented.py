"""The commands of docs/installing.md, section by section."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parents[2]
_SECTION = re.compile(r"^## (.+)\n((?:(?!## ).*\n)*)", re.M)
_BLOCK = re.compile(r"^```(\w+) ?(\w*)\n(.*?)^```$", re.M | re.S)


class Block(NamedTuple):
    """Lines of one language; ``name`` tells blocks of one section apart, and may be empty."""

    language: str
    name: str
    text: str


def sections() -> dict[str, str]:
    """The text of each section by its heading."""
    text = (PROJECT / "docs" / "installing.md").read_text(encoding="utf-8")
    return dict(_SECTION.findall(text))


def blocks(heading: str, language: str = "sh") -> list[Block]:
    """The blocks of a section that are in ``language``."""
    found = [Block(*block) for block in _BLOCK.findall(sections()[heading])]
    return [block for block in found if block.language == language]


def lines(heading: str) -> list[str]:
    """The commands of a section, continued ones as one."""
    text = "".join(block.text for block in blocks(heading))
    return [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def indented(heading: str) -> list[str]:
    """The indented lines of a section, continued ones as one, without their comments."""
    found = re.findall(r"^    (.+)$", sections()[heading], re.M)
    text = "\n".join(found).replace("\\\n", " ")
    return [re.sub(r"\s+# .*", "", line) for line in text.splitlines()]
