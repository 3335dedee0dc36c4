"""A newsroom with a page of every kind, for browsers to look at."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from feeds.syndication.sections import name_of
from tests.newsrooms import NOW, SAVED, TestNewsroom

WEBSITE = "https://desk.test/"
"""The newsroom's own site, where its pictures are; no test reaches it."""

SITE = """\
[site]
title = "Harbour Desk"
description = "News from the quay, in four languages."
copyright = "© 2026 Harbour Desk"
site_url = "https://desk.test/"
feeds_url = "FEEDS"
language = "en"
timezone = "Asia/Baku"
authority = "desk.test,2026"
logo = "https://desk.test/logo.png"
icon = "https://desk.test/icon.png"
sections = true

[[feeds]]
name = "latest"
title = "Harbour Desk: latest"
description = "Everything that is published, in every language."
limit = 30

[[feeds]]
name = "articles"
title = "Articles & more"
kinds = ["article"]
content = "summary"

[[feeds]]
name = "xeberler"
title = "Azərbaycanca"
languages = ["az"]

[[feeds]]
name = "chess"
title = "Chess by the sea"
categories = ["Chess"]

[[feeds]]
name = "weather"
title = "Weather"
gone = true
"""
"""FEEDS stands for the address of the feeds. Nothing is in the feed chess."""

_USUAL = """\
The crane at the eastern quay lifted its first crate on a grey morning, and nobody who stood \
there spoke until the chain went slack. It had been still for {years} years, since a winter gale \
bent the arm and the office found no money to have it straightened again.

> We had stopped looking up when we passed it, said Ola Berg, who has mended nets below it since \
he was a boy.

The work took *eleven weeks*. Two fitters slept in the cabin to be there when the tide let them \
reach the lower bolts, and the [harbour office](https://desk.test/office) paid for their coffee.

## What comes next

- The rails will be greased before the frost.
- A second driver is being taught, at night, with an empty hook.
- In spring the arm is to be painted in the old green.

Whoever wants to see it can stand behind the yellow line on Saturdays. Children are to hold a \
hand, says a board beside the gate, and it doesn't say whose.

Number {number} of the series was read by the people whom it is about before it was printed here.
"""

BELL = """\
---
title: Bell hangs in its tower again after nine years
date: 2026-01-12 11:03
authors: [Nora Lind, Ola Berg]
categories: [Harbour, Bells]
image: https://desk.test/bell.png
summary: The harbour bell is back, and nobody knows who sent it.
---
After its long absence the harbour bell hangs again, delivered in a crate that two men carried.

Nobody at the office could say who had paid for the crate, or where the bell had hung since.

![The crate, opened](https://desk.test/crate.png)

### What stands on it

    MADE BY TWO BROTHERS FROM THE OLD TOWN FOR THE SHIPS THAT FIND NO WAY HOME IN THE FOG OF MARCH

It was rung once, at noon, by the youngest of the pilots.
"""

UNDATED = """\
Lamp of the old pier burns on in spite of the plan

The lamp that was to be put out for good was seen burning by three people on their way home.
None of them had a watch, and the keeper of the lamp can't be found at his house or elsewhere.
Nora Lind
Latest newsPilot boat gets another engine
09.Jan.2026
Budget of the harbour office is passed
08.Jan.2026

14 Jan 2026
"""

PAID = """\
---
title: Who owns the six warehouses behind the customs house
date: 2026-01-11
author: Nora Lind
access: paid
summary: Six doors, two keys, and one name that stands in no register.
---
The first door opens with a key that hangs in the bakery, as everybody knows but the tax office.
"""

ELSEWHERE = """\
---
title: Timetable of the island ferry for the coming spring
date: 2026-01-13 08:00
author: Ola Berg
url: https://desk.test/ferry.html
---
The ferry leaves at the full hour, and comes back when everybody is on board who wants to be.
"""

WITHDRAWN = """\
---
title: Whale seen in the inner basin of the harbour
date: 2026-01-10
author: Ola Berg
---
A whale was seen in the inner basin, between the coal barge and the school boat, for an hour.
"""

AZERBAIJANI = """\
---
title: Liman zəngi doqquz ildən sonra yenidən öz qülləsindədir
date: 2026-01-12 09:00
author: Leyla Məmmədova
language: az
categories: [Liman]
---
Zəng iki nəfərin gətirdiyi qutuda gəldi və günorta saatlarında bir dəfə çalındı.

İdarədə heç kim qutunun pulunu kimin ödədiyini, zəngin bu illərdə harada asıldığını deyə bilmədi.
"""

RUSSIAN = """\
---
title: Портовый колокол снова висит на своей башне
date: 2026-01-12 10:00
author: Анна Берг
language: ru
---
Колокол привезли в ящике, который несли двое, и ровно в полдень по нему ударили один раз.

В конторе никто не смог сказать, кто заплатил за ящик и где колокол висел все эти годы.
"""

ARABIC = """\
---
title: جرس الميناء يعود إلى برجه بعد تسع سنوات
date: 2026-01-12 12:00
author: ليلى حداد
language: ar
---
وصل الجرس في صندوق حمله رجلان، وقُرع مرة واحدة عند الظهر أمام صيادي الرصيف الشرقي.

لم يعرف أحد في المكتب من دفع ثمن الصندوق، ولا أين كان الجرس معلقا طوال هذه السنوات.
"""

_DECISION = """\
[[decision]]
action = "retract"
entry = "Whale seen in the inner basin of the harbour"
notice = "It was a buoy. We are sorry for the haste."
when = 2026-01-14T10:00:00Z
"""

_NAMED = {
    "article": "Bell hangs in its tower again",
    "usual article": "Crane of the eastern quay, part 1:",
    "undated article": "Lamp of the old pier",
    "headline": "Pilot boat gets another engine",
    "paid article": "Who owns the six warehouses",
    "corrected article": "Nets are to be dried on the northern wall",
    "Azerbaijani article": "Liman zəngi",
    "Russian article": "Портовый колокол",
    "Arabic article": "جرس الميناء",
    "withdrawn article": "Whale seen in the inner basin",
    "article elsewhere": "Timetable of the island ferry",
}
"""How the headline of each kind of story begins."""

KINDS = (
    "index",
    "for those who run the website",
    "feed",
    "summary feed",
    "feed of one language",
    "empty feed",
    "section",
    "Arabic section",
    "closed feed",
    "nothing",
    *(kind for kind in _NAMED if kind != "article elsewhere"),
)
"""Every kind of page that people see."""

REFUSED = {"withdrawn article": 410, "closed feed": 410, "nothing": 404}
"""The kinds whose status isn't 200."""


class Shown(NamedTuple):
    """The newsroom, and the path of each kind of page, below its host."""

    newsroom: TestNewsroom
    paths: dict[str, str]


def fill(home: Path, feeds_url: str, language: str = "en", usual: int = 20) -> Shown:
    """A newsroom in ``home``, published, whose feeds are at ``feeds_url``.

    ``usual`` articles are much like one another; with 20 of them the main feed has 30 stories.
    """
    site = SITE.replace("FEEDS", feeds_url).replace('language = "en"', f'language = "{language}"')
    made = TestNewsroom(home, site)
    for name, content in {
        "bell.md": BELL,
        "lamp.txt": UNDATED,
        "warehouses.md": PAID,
        "ferry.md": ELSEWHERE,
        "whale.md": WITHDRAWN,
        "zeng.md": AZERBAIJANI,
        "kolokol.md": RUSSIAN,
        "jaras.md": ARABIC,
        "nets.md": _short("Nets are to be dried on the northern wall", "from Monday"),
        **{f"crane{number:02}.md": _usual(number) for number in range(1, usual + 1)},
    }.items():
        made.page(name, content)
    made.publish(NOW)
    paths = {
        "index": "/feeds/",
        "for those who run the website": "/feeds/for-your-site",
        "feed": "/feeds/latest",
        "summary feed": "/feeds/articles",
        "feed of one language": "/feeds/xeberler",
        "empty feed": "/feeds/chess",
        "section": f"/feeds/{name_of('category', 'Harbour')}",
        "Arabic section": f"/feeds/{name_of('language', 'ar')}",
        "closed feed": "/feeds/weather",
        "nothing": "/feeds/nothing",
    }
    entries = made.entries()
    for kind, beginning in _NAMED.items():
        (entry,) = (entry for entry in entries if entry.title.startswith(beginning))
        paths[kind] = f"/feeds/stories/{entry.hash}"
    later = SAVED + timedelta(hours=1)
    made.page("nets.md", _short("Nets are to be dried on the northern wall", "from Tuesday"), later)
    made.page("decisions.toml", _DECISION)
    made.publish(NOW + timedelta(hours=1))
    return Shown(made, paths)


def _usual(number: int) -> str:
    day = 1 + number % 9
    front = f"title: 'Crane of the eastern quay, part {number}: {_word(number)} at the chain'"
    text = _USUAL.format(years=number + 3, number=number)
    return f"---\n{front}\ndate: 2026-01-0{day}\nauthor: Ola Berg\n---\n{text}\n"


def _word(number: int) -> str:
    first = ("morning", "noon", "evening", "night", "frost", "rain", "wind")[number % 7]
    second = ("watch", "shift", "hour", "crew", "song")[number % 5]
    return f"{first} {second}"


def _short(title: str, when: str) -> str:
    return (
        f"---\ntitle: {title}\ndate: 2026-01-09 15:00\nauthor: Nora Lind\n---\n"
        f"The office gives the northern wall to the fishermen {when} on, from dawn to dusk.\n"
    )
