"""What stands behind the name of a command of another program: values, with names or without."""

from __future__ import annotations

import re
from typing import NamedTuple

_QUOTED = r"\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'|`([^`]*+)`"
_ARGUMENT = re.compile(
    rf"(?:([A-Za-z_][\w-]*+)\s*+(?:=|:(?=\s*+[\"']))\s*+)?(?:{_QUOTED}|([^\s,\"'`][^\s,\"']*+))",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MOST = 50


class Arguments(NamedTuple):
    """The values of a command: those with names, in small letters, and the others in order."""

    named: dict[str, str]
    others: list[str]

    def first(self, *names: str) -> str:
        """The first value that one of ``names`` has; empty if none has any."""
        return next(filter(None, (self.named.get(name, "") for name in names)), "")

    def at(self, place: int) -> str:
        """The value without a name at ``place``; empty if there are not so many."""
        return self.others[place] if place < len(self.others) else ""


def arguments_in(text: str) -> Arguments:
    """All values in ``text``; never raises."""
    found = Arguments({}, [])
    for number, match in enumerate(_ARGUMENT.finditer(text)):
        if number == _MOST:
            break
        name, *values = match.groups()
        value = next((one for one in values if one is not None), "")
        if match[2] is not None or match[3] is not None:
            value = _ESCAPED.sub(r"\1", value)
        value = " ".join(value.split())
        if name:
            found.named.setdefault(name.casefold(), value)
        else:
            found.others.append(value)
    return found
