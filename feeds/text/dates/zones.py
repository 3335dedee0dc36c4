"""What the letters behind a clock say of its zone.

Rules
- An offset is one whatever the page; so is an abbreviation that means the same everywhere.
- One that means several zones is settled by the country of the page or, failing that, by its
  language; if neither does, it is unsettled. ET and its like are New York's clock of that day.
  What words say to be a place's time ("heure de Paris") is the clock there.
- Letters that look like an abbreviation, and are none that is known, are unsettled as well.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from feeds.text.patterns import compile_late

_OFFSETS = {
    "Z": 0, "UT": 0, "GMT": 0, "UTC": 0, "WET": 0, "WEZ": 0, "CET": 1, "MEZ": 1, "SEČ": 1,
    "WEST": 1, "WESZ": 1, "CEST": 2, "MESZ": 2, "SELČ": 2, "EET": 2, "OEZ": 2, "EEST": 3,
    "OESZ": 3, "MSK": 3, "МСК": 3, "TRT": 3, "IDT": 3, "WAT": 1, "CAT": 2, "SAST": 2, "EAT": 3,
    "IRST": 3.5, "GST": 4, "AZT": 4, "GET": 4, "UZT": 5, "PKT": 5, "NPT": 5.75, "ICT": 7,
    "WIB": 7, "WITA": 8, "WIT": 9, "HKT": 8, "SGT": 8, "MYT": 8, "PHT": 8, "PHST": 8, "AWST": 8,
    "JST": 9, "KST": 9, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12,
    "NZDT": 13, "NDT": -2.5, "BRT": -3, "ART": -3, "ADT": -3, "HNE": -5, "HAE": -4, "EDT": -4,
    "COT": -5, "CDT": -5, "MDT": -6, "PDT": -7, "AKDT": -8, "AKST": -9, "HST": -10, "HAST": -10,
}  # fmt: skip
_CLOCKS = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver",
    "PT": "America/Los_Angeles", "AET": "Australia/Sydney", "HE": "America/Toronto",
    "EASTERN": "America/New_York", "CENTRAL": "America/Chicago", "MOUNTAIN": "America/Denver",
    "PACIFIC": "America/Los_Angeles",
}  # fmt: skip
# By abbreviation: hours from Greenwich, countries, languages; the last if it is any other's.
_SEVERAL: dict[str, tuple[tuple[float, str, str], ...]] = {
    "EST": ((10, "AU", ""), (-5, "US CA", "*")),
    "CST": ((-6, "US CA MX CR GT HN NI SV BZ", "en es"), (8, "CN TW HK MO", "zh"), (-5, "CU", "")),
    "MST": ((-7, "US CA MX", "en es"), (8, "MY", "ms"), (6.5, "MM", "my")),
    "PST": ((-8, "US CA MX", "en es"), (8, "PH", "fil tl")),
    "BST": ((1, "GB IM JE GG", "en cy gd"), (6, "BD", "bn")),
    "IST": (
        (5.5, "IN", "hi bn ta te mr gu kn ml pa or as ur"), (2, "IL", "he"), (1, "IE", "ga"),
    ),
    "AST": ((-4, "CA BM BB TT PR DO VI", ""), (3, "SA KW QA BH IQ YE", "ar")),
    "AMT": ((4, "AM", "hy"), (-4, "BR", "pt")),
    "NST": ((-3.5, "CA", ""), (5.75, "NP", "ne")),
    "SST": ((8, "SG", ""), (-11, "AS WS", "sm")),
    "WST": ((8, "AU", ""), (13, "WS", "sm")),
    "ECT": ((-5, "EC", "es"), (-4, "DM LC VC", "")),
}  # fmt: skip

# the places whose clock is told in words behind it: 10:04 heure de Paris
_TOLD = tuple(
    (compile_late(pattern, re.IGNORECASE), zone)
    for pattern, zone in (
        (r"بتوقيت (?:مكة(?: المكرمة)?|السعودية|الرياض)", "Asia/Riyadh"),
        (r"بتوقيت (?:القاهرة|مصر)", "Africa/Cairo"),
        (r"بتوقيت (?:أبو ?ظبي|دبي|الإمارات)", "Asia/Dubai"),
        (r"بتوقيت بيروت", "Asia/Beirut"),
        (r"بتوقيت بغداد", "Asia/Baghdad"),
        (r"по (?:московскому времени|мск)|московского времени|moscow time", "Europe/Moscow"),
        (r"за київським часом|по киевскому времени|kyiv time", "Europe/Kiev"),
        (r"heure de paris|paris time", "Europe/Paris"),
        (r"london time|uk time", "Europe/London"),
        (r"berlin time|berliner zeit", "Europe/Berlin"),
        (r"hora (?:peninsular|de madrid)", "Europe/Madrid"),
        (r"(?:hora|horário) de lisboa", "Europe/Lisbon"),
        (r"(?:hora|horário) de brasília", "America/Sao_Paulo"),
        (r"beijing time|北京时间|北京時間", "Asia/Shanghai"),
        (r"日本時間", "Asia/Tokyo"),
        (r"بتوقيت \w+|بالتوقيت المحلي|local time|hora local|horário local|heure locale", ""),
        (r"ora locale|ortszeit|lokale tijd|lokal tid|по местному времени|за місцевим часом", ""),
    )
)
_TOLD_BEGUN = compile_late(r"[ ,]{0,2}[(\[]?(?=[^\W\d_]{2})")
_ZONE = compile_late(
    r"[ ,]{0,2}[(\[]?(?:"
    r"(?:GMT|UTC?)? ?(?P<sign>[+−-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?!\d)"
    r"|(?P<name>[A-ZМСКČ]{1,5})(?!\w)|(?P<small>мск)(?!\w)"
    r"|(?P<greenwich>بتوقيت [غج]ريني?تش|по Гринвичу|по Грінвічу)(?!\w)"
    r"|(?P<words>Eastern|Central|Mountain|Pacific)(?: (?:Standard|Daylight))?(?: Time)?(?!\w)"
    r")[)\]]?"
)
# JavaScript's dates name their zone once more
_AGAIN = compile_late(r" ?\([^()\d]{2,40}\)")
_LIKE_A_ZONE = compile_late(r"[A-Z]{2,4}T")


Order = Literal["day first", "month first", "unsettled"]
"""Which comes first where a page writes its dates in figures."""


class Place(NamedTuple):
    """What a page says of where it is from: a language (``en``) and a country (``GB``)."""

    language: str = ""
    country: str = ""


def at(text: str, start: int) -> tuple[str, int]:
    """The zone written at ``start`` of ``text``, and where it ends; empty if none is."""
    match = _ZONE.match(text, start)
    if match is None:
        return _told_at(text, start)
    if match["sign"]:
        sign = "+" if match["sign"] == "+" else "-"
        again = _AGAIN.match(text, match.end())
        end = again.end() if again else match.end()
        return f"{sign}{match['hours']:0>2}:{match['minutes'] or '00'}", end
    if match["greenwich"]:
        return "GMT", match.end()
    name = match["name"] or (match["words"] or match["small"]).upper()
    if name in _OFFSETS or name in _CLOCKS or name in _SEVERAL or _LIKE_A_ZONE.fullmatch(name):
        return name, match.end()
    return _told_at(text, start)


def _told_at(text: str, start: int) -> tuple[str, int]:
    """The zone told in words at ``start`` of ``text``; those themselves if it may be any."""
    begun = _TOLD_BEGUN.match(text, start)
    for pattern, zone in _TOLD if begun else ():
        if begun and (found := pattern.match(text, begun.end())):
            end = found.end() + (text[found.end() : found.end() + 1] in (")", "]"))
            behind = text[end : end + 1]
            return ("", start) if behind.isalnum() else (zone or found[0], end)
    return "", start


def zone_of(written: str, place: Place) -> tzinfo | None:
    """The zone that ``written``, of ``at``, means on a page from ``place``; None if unsettled.

    Raises ValueError for an offset that there is not.
    """
    if written[0] in "+-":
        hours, minutes = int(written[1:3]), int(written[4:])
        if hours > 14 or minutes > 59:
            raise ValueError(written)
        span = timedelta(hours=hours, minutes=minutes)
        return timezone(-span if written[0] == "-" else span)
    if "/" in written:
        return ZoneInfo(written)
    if (offset := _OFFSETS.get(written)) is not None:
        return timezone(timedelta(hours=offset))
    if name := _CLOCKS.get(written):
        return ZoneInfo(name)
    meanings = _SEVERAL.get(written, ())
    for kind, own in ((1, place.country), (2, place.language), (2, "*")):
        for meaning in meanings if own else ():
            if own in str(meaning[kind]).split():
                return timezone(timedelta(hours=meaning[0]))
    return None


def is_unsettled(written: str, place: Place) -> bool:
    """Whether ``written`` names a zone, and nobody knows which."""
    return bool(written) and zone_of(written, place) is None


def with_zone(moment: datetime, written: str, place: Place) -> datetime:
    """``moment`` in the zone that is ``written`` beside it; as it is if that is unsettled."""
    return moment.replace(tzinfo=zone_of(written, place)) if written else moment
