"""Draws the pictures of the sample newsroom: ``python -m tests.browser.drawings``.

Each is a function that gives the lines of an SVG image; a browser makes a JPEG image of it, as feed
readers and partners want them. They are in the public domain (CC0 1.0), and show no real place.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator

from playwright.sync_api import ViewportSize

from tests.browser import shapes
from tests.browser.looking import CHROMIUM, MISSING, browser
from tests.newsrooms import PROJECT

FOLDER = PROJECT / "source" / "theme"
_SHOWN = ViewportSize(width=960, height=540)
_QUALITY = 76


def bell() -> str:
    """A bell in a tower above roofs, at dawn."""
    bell_of = (
        '<path d="M-92 92 Q-66 72 -62 0 Q-58 -86 0 -92 Q58 -86 62 0 Q66 72 92 92Z" fill="#a9792c"/>'
        '<path d="M-92 92 Q-66 72 -62 0 Q-58 -86 -30 -88 Q-44 -40 -38 20 Q-34 72 -52 92Z" '
        'fill="#d6a850"/><rect x="-98" y="88" width="196" height="15" rx="7" fill="#86601f"/>'
        '<circle cy="118" r="18" fill="#5f4415"/><rect x="-7" y="-136" width="14" height="48" '
        'fill="#4a3a2c"/>'
    )
    tower = (
        '<path d="M390 675 V250 H430 V220 H770 V250 H810 V675Z" fill="#8a6a55"/>'
        '<path d="M390 675 V250 H430 V675Z" fill="#735645"/>'
        '<path d="M470 560 V380 A130 130 0 0 1 730 380 V560Z" fill="#f3c89a"/>'
        '<path d="M370 220 L600 40 L830 220Z" fill="#6a3b32"/>'
        '<path d="M370 220 L600 40 L600 220Z" fill="#7d483c"/>'
        '<rect x="440" y="560" width="320" height="26" fill="#5d473a"/>'
        '<rect x="470" y="292" width="260" height="16" fill="#4a3a2c"/>'
    )
    gulls = "".join(
        f'<path d="M{x} {y} q14 -14 26 0 q12 -14 26 0" fill="none" stroke="#5b4a55" '
        'stroke-width="4"/>'
        for x, y in ((150, 170), (230, 120), (960, 200), (1040, 140))
    )
    roofs = shapes.houses(675, ("#6d4a4a", "#7f5a50", "#5b4250"), "#f6cf8f", 5, 190)
    swinging = f'<g transform="translate(600 420) rotate(6)">{bell_of}</g>'
    sun = '<circle cx="960" cy="420" r="70" fill="#ffe2b0"/>'
    return shapes.sky("#7d8fb8", "#f6c79b") + sun + gulls + roofs + tower + swinging


def ferry() -> str:
    """A ferry at night, between a lighthouse and the lights of a town."""
    chance = shapes.chance(3)
    stars = "".join(
        f'<circle cx="{chance.randrange(1200)}" cy="{chance.randrange(330)}" r="{1.5 + r:.1f}" '
        'fill="#f2efe0"/>'
        for r in (chance.random() for _ in range(70))
    )
    beam = '<path d="M1005 172 L300 60 L300 190Z" fill="#ffe9a8" opacity="0.16"/>'
    island = '<path d="M840 420 Q960 330 1100 400 L1200 420Z" fill="#131c2e"/>'
    windows = "".join(
        f'<rect x="{x}" y="{y}" width="20" height="18" rx="3" fill="#ffdf8e"/>'
        for y in (-70, -34)
        for x in range(-190, 150, 38)
    )
    ship = (
        '<path d="M-290 0 H300 L250 78 H-240Z" fill="#20405c"/>'
        '<path d="M-262 44 H272 L250 78 H-240Z" fill="#a33f2e"/>'
        '<rect x="-220" y="-84" width="400" height="86" fill="#e9e6dc"/>'
        '<rect x="-150" y="-128" width="230" height="46" fill="#d8d3c4"/>'
        '<rect x="-20" y="-196" width="64" height="70" fill="#a33f2e"/>'
        '<rect x="-20" y="-176" width="64" height="14" fill="#f4efe3"/>'
        '<rect x="-130" y="-116" width="130" height="18" fill="#ffdf8e"/>'
    )
    moving = f'<g transform="translate(470 440)">{ship}{windows}</g>'
    moon = '<circle cx="190" cy="130" r="54" fill="#f6efd2"/>'
    town = shapes.houses(424, ("#141d30", "#1a2338"), "#e8b25c", 8, 70)
    return (
        f'{shapes.sky("#0c1630", "#34507c")}{stars}{moon}<g opacity="0.9">{town}</g>{island}{beam}'
        f"{shapes.lighthouse(1005, 372, 0.85)}{shapes.sea(418, '#0b1730', '#233c62', 4)}{moving}"
        '<path d="M100 540 H1150" stroke="#ffdf8e" stroke-width="5" opacity="0.25" '
        'stroke-dasharray="40 60"/>'
    )


def library() -> str:
    """A reading room: shelves, a long table, green lamps."""
    chance = shapes.chance(11)
    books = []
    colours = ("#7a3b2e", "#2f5a55", "#b98a3a", "#3c4a6b", "#8c5a6d", "#54633a", "#c4b08a")
    for shelf in range(4):
        x = 30
        level = 120 + shelf * 95
        while x < 1150:
            wide, high = chance.randrange(12, 30), chance.randrange(52, 78)
            if not 460 < x < 730:
                books.append(
                    f'<rect x="{x}" y="{level - high}" width="{wide}" height="{high}" '
                    f'fill="{chance.choice(colours)}"/>'
                )
            x += wide + 2
        for start, end in ((20, 470), (740, 1180)):
            books.append(
                f'<rect x="{start}" y="{level}" width="{end - start}" height="12" fill="#5a3d28"/>'
            )
    window = (
        '<path d="M490 430 V190 A110 110 0 0 1 710 190 V430Z" fill="#bfe0e6"/>'
        '<path d="M490 330 Q600 290 710 330 V430 H490Z" fill="#6fa7b4"/>'
        '<path d="M490 430 V190 A110 110 0 0 1 710 190 V430Z M600 80 V430 M490 260 H710" '
        'fill="none" stroke="#4d3524" stroke-width="12"/>'
    )
    lamps = "".join(
        f'<rect x="{x - 4}" y="455" width="8" height="70" fill="#8a6a2f"/>'
        f'<path d="M{x - 62} 462 Q{x} 396 {x + 62} 462Z" fill="#1f6a4a"/>'
        f'<ellipse cx="{x}" cy="530" rx="120" ry="16" fill="#ffe9b0" opacity="0.5"/>'
        for x in (220, 600, 980)
    )
    table = (
        '<path d="M60 520 H1140 L1200 580 H0Z" fill="#8b5a34"/>'
        '<rect y="580" width="1200" height="24" fill="#6b4325"/>'
        '<rect y="604" width="1200" height="71" fill="#3d2a1e"/>'
    )
    pages = "".join(
        f'<path d="M{x} 556 q30 -14 60 0 q30 -14 60 0 v-18 q-30 -14 -60 0 q-30 -14 -60 0Z" '
        'fill="#f7f1e0"/>'
        for x in (330, 740)
    )
    wall = '<rect width="1200" height="675" fill="#c9ab7c"/>'
    return f"{wall}{''.join(books)}{window}{table}{lamps}{pages}"


def council() -> str:
    """A town hall on a square, with a flag without a sign."""
    columns = "".join(
        f'<rect x="{x}" y="300" width="40" height="220" fill="#f3ead6"/>'
        f'<rect x="{x + 26}" y="300" width="14" height="220" fill="#d9cbb0"/>'
        f'<rect x="{x - 8}" y="290" width="56" height="14" fill="#e5d9c0"/>'
        for x in range(370, 830, 84)
    )
    wings = "".join(
        f'<rect x="{x}" y="{y}" width="36" height="56" fill="#5f7f8c"/>'
        for x in (150, 220, 290, 878, 948, 1018)
        for y in (340, 440)
    )
    hall = (
        '<rect x="120" y="310" width="960" height="220" fill="#dcb98a"/>'
        f'{wings}<rect x="350" y="290" width="500" height="240" fill="#b98f63"/>'
        '<path d="M330 290 L600 170 L870 290Z" fill="#eadfc8"/>'
        '<path d="M390 282 L600 190 L810 282Z" fill="#c9b48e"/>'
        '<circle cx="600" cy="246" r="26" fill="#f7f1e0"/>'
        '<path d="M600 230 V246 L612 254" stroke="#4a3a2c" stroke-width="5" fill="none"/>'
        f'{columns}<rect x="560" y="400" width="80" height="130" fill="#4b3526"/>'
        '<rect x="330" y="520" width="540" height="14" fill="#e5d9c0"/>'
        '<rect x="310" y="534" width="580" height="14" fill="#d3c5a9"/>'
    )
    flag = (
        '<rect x="597" y="80" width="6" height="96" fill="#5b5148"/>'
        '<path d="M603 84 Q640 72 670 86 T730 84 V128 Q700 138 670 126 T603 128Z" fill="#2f7f86"/>'
    )
    trees = "".join(
        f'<rect x="{x - 6}" y="480" width="12" height="70" fill="#5a4030"/>'
        f'<circle cx="{x}" cy="452" r="52" fill="#54793f"/>'
        f'<circle cx="{x - 20}" cy="440" r="30" fill="#6a914f"/>'
        for x in (60, 1140)
    )
    square = '<rect y="545" width="1200" height="130" fill="#cfc3ae"/>' + "".join(
        f'<path d="M{600 + (x - 600) * 0.6:.0f} 548 L{x} 675" stroke="#b8aa92" stroke-width="3"/>'
        for x in range(-200, 1500, 140)
    )
    return f"{shapes.sky('#8fc1d8', '#e6f0ea')}{flag}{hall}{square}{trees}"


def boats() -> str:
    """Fishing boats before a town on a hill."""
    hill = '<path d="M0 380 Q300 200 620 320 T1200 260 V420 H0Z" fill="#9aa873"/>'
    town = shapes.houses(392, ("#e4c9a4", "#d8a788", "#c98f78", "#efe0c6"), "#6f5a50", 21, 110)
    quay = '<rect y="388" width="1200" height="26" fill="#8d8072"/>'
    fleet = "".join(
        (
            shapes.boat(230, 520, 1.25, "#2f6f8f"),
            shapes.boat(560, 478, 0.9, "#b5482f", "#f4efe3"),
            shapes.boat(860, 540, 1.5, "#3d6a4a"),
            shapes.boat(1080, 470, 0.75, "#c79a3b", "#e9d3b0"),
        )
    )
    sky, sea = shapes.sky("#78b2cf", "#e8ecd9"), shapes.sea(412, "#1f6a80", "#5aa2b0", 9)
    return f"{sky}{hill}{town}{quay}{sea}{fleet}"


def films() -> str:
    """A screen on the beach at dusk, and chairs before it."""
    chairs = "".join(
        f'<g transform="translate({x} {y}) scale({size})"><path d="M-24 0 L-30 -44 H30 L24 0Z" '
        f'fill="{colour}"/><path d="M-26 0 V26 M26 0 V26" stroke="#3b2f2a" stroke-width="6"/></g>'
        for row, (y, size) in enumerate(((500, 0.8), (555, 1.0), (625, 1.25)))
        for x, colour in (
            (
                140 + n * (150 + row * 12) - row * 40,
                ("#b5482f", "#d9a441", "#2f7f86")[(n + row) % 3],
            )
            for n in range(8)
        )
    )
    screen = (
        '<rect x="330" y="120" width="540" height="300" fill="#f5f0e2"/>'
        '<path d="M330 360 Q470 290 600 350 T870 320 V420 H330Z" fill="#6c8f9c"/>'
        '<circle cx="720" cy="210" r="42" fill="#f0c879"/>'
        f"{shapes.boat(520, 376, 0.7, '#7a3b2e', '#fbf8ef')}"
        '<path d="M330 120 H870 V420 H330Z" fill="none" stroke="#2c2330" stroke-width="14"/>'
        '<path d="M350 420 V500 M850 420 V500" stroke="#2c2330" stroke-width="14"/>'
    )
    lamps = "".join(
        f'<circle cx="{x}" cy="{70 + 30 * math.sin(x / 120):.0f}" r="9" fill="#ffdf8e"/>'
        for x in range(30, 1200, 60)
    )
    sand = '<path d="M0 470 Q600 430 1200 470 V675 H0Z" fill="#c69a6d"/>'
    sky, sea = shapes.sky("#2d2a52", "#e58b6b"), shapes.sea(410, "#3a3560", "#8a5f7a", 14)
    return f"{sky}{sea}{sand}{screen}{lamps}{chairs}"


def seals() -> str:
    """Seals on a sandbank."""
    seal = (
        '<path d="M-110 20 Q-120 -14 -60 -24 Q0 -50 62 -46 Q78 -86 112 -76 Q140 -66 128 -40 '
        'Q120 4 60 20Z" fill="COLOUR"/><circle cx="112" cy="-60" r="5" fill="#1d1d22"/>'
        '<path d="M-110 20 L-158 2 L-150 24 L-162 38Z" fill="COLOUR"/>'
        '<path d="M20 16 L52 44 L66 14Z" fill="COLOUR"/>'
    )
    group = "".join(
        f'<g transform="translate({x} {y}) scale({size} {abs(size)})">'
        f"{seal.replace('COLOUR', colour)}</g>"
        for x, y, size, colour in (
            (250, 440, 0.7, "#6d6a68"),
            (480, 418, -0.6, "#857f78"),
            (820, 430, 0.75, "#5d5f66"),
            (1010, 452, -0.7, "#7a736b"),
            (380, 520, 1.2, "#74706c"),
            (760, 540, -1.35, "#56585f"),
        )
    )
    bank = (
        '<path d="M60 470 Q300 400 620 410 T1160 460 L1200 540 Q800 640 300 600 Q80 580 60 470Z" '
        'fill="#dcc093"/><path d="M60 470 Q80 580 300 600 Q800 640 1200 540 L1200 560 Q800 670 300 '
        '622 Q70 600 60 470Z" fill="#b99a6c"/>'
    )
    return (
        f"{shapes.sky('#a9cbd6', '#eef1e4')}{shapes.lighthouse(1090, 300, 0.55)}"
        f'<path d="M980 304 Q1080 270 1200 296 V320 H960Z" fill="#8b9a78"/>'
        f"{shapes.sea(300, '#2f7f93', '#74b3ba', 6)}{bank}{group}"
    )


DRAWN: tuple[Callable[[], str], ...] = (bell, ferry, library, council, boats, films, seals)


def drawings() -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each picture. Needs CHROMIUM."""
    with browser() as running:
        page = running.new_page(viewport=_SHOWN)
        for one in DRAWN:
            box = f'viewBox="0 0 {shapes.WIDTH} {shapes.HEIGHT}"'
            style = 'style="display:block;width:100vw;height:100vh"'
            svg = f'<svg xmlns="http://www.w3.org/2000/svg" {box} {style}>{one()}</svg>'
            page.set_content(f'<body style="margin:0">{svg}')
            yield f"{one.__name__}.jpg", page.screenshot(type="jpeg", quality=_QUALITY)


def main() -> int:
    """Writes the pictures; returns the exit code."""
    if CHROMIUM is None:
        sys.stderr.write(f"{MISSING}\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in drawings():
        (FOLDER / name).write_bytes(content)
        sys.stdout.write(f"{(FOLDER / name).relative_to(PROJECT)}: {len(content)} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
