"""In which order files of an export are brought up to date."""

from __future__ import annotations

from enum import IntEnum


class Stage(IntEnum):
    """What a file that is to be looked at waits for, the first first.

    What must go goes first, then comes what others point to, then what points to it. What is only
    made anew, since something beside it changed, comes last.
    """

    REMOVAL = 1
    TOMBSTONE = 2
    STORY = 3
    ARCHIVE = 4
    DOCUMENT = 5
    PAGE = 6
    REFRESH = 7
