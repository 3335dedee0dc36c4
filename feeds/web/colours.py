"""A site's own colour, made dark or light enough to be read. Pure.

WCAG 2.2, 1.4.3: letters have a contrast of 4.5 to what is behind them.
"""

from __future__ import annotations

from collections.abc import Sequence

_CONTRAST = 4.5
_STEPS = 40
_LIGHT, _DARK = ("#ffffff", "#f5f3ee"), ("#161615", "#242321")
"""What letters stand on, as style.css has it: pages, and boxes in them."""


def stylesheet(accent: str) -> bytes:
    """The lines of CSS that give pages the colour ``accent`` (``#rrggbb``), by day and by night."""
    light, dark = _legible(accent, _LIGHT, 0.0), _legible(accent, _DARK, 1.0)
    return (
        f":root {{ --accent: {light}; --link: {light}; }}\n"
        "@media (prefers-color-scheme: dark) {\n"
        f"  :root {{ --accent: {dark}; --link: {dark}; }}\n"
        "}\n"
    ).encode()


def _legible(colour: str, behind: Sequence[str], end: float) -> str:
    """The colour nearest to ``colour``, on the way to black (``end`` 0) or white, with contrast."""
    parts = _parts(colour)
    for step in range(_STEPS + 1):
        share = step / _STEPS
        mixed = [part + (end - part) * share for part in parts]
        if all(contrast(mixed, _parts(other)) >= _CONTRAST for other in behind):
            break
    return "#" + "".join(f"{round(part * 255):02x}" for part in mixed)


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """The contrast of two colours, whose parts are from 0 to 1: 1 is none, 21 the most."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(parts: Sequence[float]) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> list[float]:
    """The parts of a colour that is written ``#rrggbb``, from 0 to 1."""
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
