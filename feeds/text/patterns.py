"""Patterns that are compiled when they are first asked: most runs need few of those there are."""

from __future__ import annotations

import re
from typing import AnyStr, Generic, cast

_ASKED = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")


class _Late(Generic[AnyStr]):
    """In the place of a compiled pattern; once it was asked, what it is asked is that pattern's."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self._pattern: AnyStr = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        made = re.compile(self._pattern, self._flags)
        self.__dict__.update((asked, getattr(made, asked)) for asked in _ASKED)
        return getattr(made, name)


def compile_late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """``re.compile(pattern, flags)``, which takes its time when it is first asked something.

    What is wrong with a pattern is not found before.
    """
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))
