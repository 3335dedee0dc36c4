"""The rules by which lines that hold a date are left out of a text.

Where such a line gives a story its date after all, it was not dropped.
"""

DATE = "date"
PAGE_DATE = "date of the article or of the page"
CLOCK = "clock of the date above it"
DATE_BELOW = "date below the text"
OWN_DATE = "own date below the text"
LONE_DATE = "date without a headline"
IMPOSSIBLE_DATE = "impossible date"
IMPOSSIBLE_ITEM = "headline with an impossible date"
IMPOSSIBLE_CAPTURE = "impossible capture date"

OF_DATES = frozenset(
    {
        DATE,
        PAGE_DATE,
        CLOCK,
        DATE_BELOW,
        OWN_DATE,
        LONE_DATE,
        IMPOSSIBLE_DATE,
        IMPOSSIBLE_ITEM,
        IMPOSSIBLE_CAPTURE,
    }
)
