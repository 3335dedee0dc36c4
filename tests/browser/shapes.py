"""What the pictures of the sample newsroom have in common: skies, seas, houses, boats, as SVG."""

from __future__ import annotations

from random import Random

WIDTH, HEIGHT = 1200, 675


def chance(seed: int) -> Random:
    """The same pictures are drawn each time."""
    return Random(seed)  # noqa: S311 - nothing is to be guessed here


def sky(top: str, bottom: str, name: str = "sky") -> str:
    """A sky, from the colour ``top`` down to ``bottom``; ``name`` is unique in a picture."""
    stops = f'<stop offset="0" stop-color="{top}"/><stop offset="1" stop-color="{bottom}"/>'
    gradient = f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1">{stops}</linearGradient>'
    return f'{gradient}<rect width="1200" height="675" fill="url(#{name})"/>'


def sea(level: int, near: str, far: str, seed: int = 1) -> str:
    """Bands of waves from ``level`` down, from the colour ``far`` to ``near``."""
    luck = chance(seed)
    lines = [f'<rect y="{level}" width="1200" height="{675 - level}" fill="{far}"/>']
    y = float(level) + 10
    step = 14.0
    while y < HEIGHT:
        points = " ".join(
            f"Q{x + 60} {y - step / 2 * luck.random():.0f} {x + 120} {y:.0f}"
            for x in range(0, 1200, 120)
        )
        share = (y - level) / (HEIGHT - level)
        path = f"M0 {y:.0f} {points} V675 H0Z"
        lines.append(f'<path d="{path}" fill="{near}" opacity="{0.15 + share * 0.25:.2f}"/>')
        y += step
        step *= 1.25
    return "".join(lines)


def houses(level: int, colours: tuple[str, ...], lit: str, seed: int, tallest: int = 120) -> str:
    """A row of houses that stand on ``level``, some of whose windows are ``lit``."""
    luck = chance(seed)
    lines, x = [], -20
    while x < WIDTH:
        wide, high = luck.randrange(60, 120), luck.randrange(tallest // 2, tallest)
        top = level - high
        lines.append(
            f'<rect x="{x}" y="{top}" width="{wide}" height="{high}" '
            f'fill="{luck.choice(colours)}"/>'
        )
        if luck.random() < 0.6:
            roof = f"M{x - 4} {top} L{x + wide / 2:.0f} {top - wide / 3:.0f} L{x + wide + 4} {top}Z"
            lines.append(f'<path d="{roof}" fill="{luck.choice(colours)}"/>')
        for row in range(top + 16, level - 20, 30):
            for column in range(x + 12, x + wide - 16, 26):
                is_lit = luck.random() < 0.45
                pane = f'<rect x="{column}" y="{row}" width="11" height="15" fill="{lit}"/>'
                lines.append(pane if is_lit else "")
        x += wide + 2
    return "".join(lines)


def boat(x: int, y: int, size: float, hull: str, sail: str = "") -> str:
    """A boat at ``x`` and ``y``, ``size`` times as large as usual; with a ``sail`` of a colour."""
    parts = f'<path d="M-70 0 H70 L48 30 H-50Z" fill="{hull}"/>'
    parts += '<rect x="-3" y="-110" width="6" height="112" fill="#3b2f2a"/>'
    if sail:
        parts += f'<path d="M8 -106 Q70 -60 58 -8 H8Z" fill="{sail}"/>'
        parts += f'<path d="M-8 -96 L-56 -8 H-8Z" fill="{sail}" opacity="0.8"/>'
    else:
        parts += f'<rect x="-40" y="-34" width="46" height="36" fill="#f2ead8"/>{_pane(-32, -26)}'
    return f'<g transform="translate({x} {y}) scale({size})">{parts}</g>'


def _pane(x: int, y: int) -> str:
    return f'<rect x="{x}" y="{y}" width="16" height="14" fill="#2f5566"/>'


def lighthouse(x: int, level: int, size: float) -> str:
    """A lighthouse that stands on ``level`` at ``x``."""
    parts = (
        '<path d="M-26 0 L-16 -190 H16 L26 0Z" fill="#f4efe3"/>'
        '<path d="M-23 -60 L-20 -110 H20 L23 -60Z" fill="#b5482f"/>'
        '<path d="M-18.500 -150 L-16.500 -185 H16.500 L18.500 -150Z" fill="#b5482f"/>'
        '<rect x="-14" y="-220" width="28" height="30" fill="#ffe9a8"/>'
        '<path d="M-20 -220 L0 -248 L20 -220Z" fill="#3a3f4a"/>'
    )
    return f'<g transform="translate({x} {level}) scale({size})">{parts}</g>'
