"""Dates in feeds: ISO 8601, RFC 822, and what generators of feeds write instead.

Rules
- A date is a moment, in UTC, and never depends on what time it is.
- A day without a clock is its midnight in UTC, a clock without a zone, or in one that nobody
  knows, is in UTC: that is how feed readers have shown them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

from feeds.text import dates

_DAY = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4}", re.ASCII)
_OFFSET = re.compile(r"(?:GMT|UTC?)?([+-]\d\d):?(\d\d)\Z", re.ASCII)
_KNOWN_ZONE = re.compile(r"\s(?:[+-]\d{4}|UTC?|GMT|Z|[ECMP][SD]T)\Z", re.ASCII | re.IGNORECASE)
_ZONE = re.compile(r"\s[A-Za-z]+\Z")
_FIRST_YEAR = 1000
_NO_YEAR = re.compile(r"(?:\s|[a-z]-)0\d{3}(?![\d:])", re.ASCII)
"""Hugo writes 0001 for an unknown date; two digits are a year of mail, and it would be 2001."""
_LONGEST_DATE = 100


def parse_date(text: str) -> tuple[datetime | None, str]:
    """The moment in ``text``, if there is one, and what was assumed to find it, in words."""
    if len(text) > _LONGEST_DATE:
        return None, ""
    stated = dates.parse_machine_date(text)
    try:
        if stated is not None:
            moment = datetime.fromisoformat(stated.iso)
            if stated.precision == "day":
                return moment.replace(tzinfo=UTC), "has a day without a clock, taken for 00:00 UTC"
            if moment.tzinfo is None:
                return moment.replace(tzinfo=UTC), "has a clock without a zone, taken for UTC"
            return moment.astimezone(UTC), ""
        if _DAY.fullmatch(text):
            day, _ = _parse_mail_date(f"{text} 00:00 +0000")
            return day, "has a day without a clock, taken for 00:00 UTC"
        return _parse_mail_date(text)
    except (ValueError, OverflowError, IndexError, TypeError):  # parsedate_tz raises them all
        return None, ""


def _parse_mail_date(text: str) -> tuple[datetime | None, str]:
    """The moment in what is nearly a date of RFC 822."""
    text = _OFFSET.sub(r"\1\2", text)
    parts = None if _NO_YEAR.search(text) else parsedate_tz(text)
    if parts is None or parts[0] < _FIRST_YEAR:
        return None, ""
    moment = datetime(*parts[:6], tzinfo=UTC) - timedelta(seconds=parts[9] or 0)
    if _KNOWN_ZONE.search(text):
        return moment, ""
    # an offset of 0 stands for all that it doesn't know
    which = "in an unknown zone" if _ZONE.search(text) else "without a zone"
    return moment, f"has a clock {which}, taken for UTC"
