"""The forms in which a page may be saved as text: whole, cut, wrapped, in other scripts."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random

import msgspec

from feeds.model import Line
from feeds.normalise.rows import row_of
from training.alphabets import SCRIPTS, in_script
from training.collections import SavedPage
from training.labelling import Told, labelled
from training.lists import comments, dated_list, teaser_tail, undated_list
from training.sentences import beginning, sentences_of
from training.stamps import Style, clock, in_language, section, signature, someone

_MOST = 320
_FOREIGN = re.compile("[\u0370-\uffff]{6}")
_DATED = frozenset(["list headline", "list date", "stamp", "capture"])


class Others(msgspec.Struct, frozen=True):
    """What other pages have: their titles, and first sentences of their texts."""

    titles: list[str]
    sentences: list[str]


def others_of(pages: Iterable[SavedPage]) -> Others:
    """What ``pages`` have for the lists of others."""
    found = Others([], [])
    for page in pages:
        if 25 < len(page.title) < 140:
            found.titles.append(page.title)
        sentence = beginning(max(page.body, key=len), 1)
        if 40 < len(sentence) < 260:
            found.sentences.append(sentence)
    return found


def variants(page: SavedPage, others: Others) -> Iterator[list[Told]]:
    """Some forms of ``page``; its lists are filled from ``others`` where it has too few."""
    full = labelled(page)
    if full is None:
        return
    rng = Random(page.name)
    if len(full) <= _MOST:
        yield _spaced(rng, [_copy(one) for one in full])
    links = [one.text for one in full if one.label in ("teaser", "list headline")]
    links = list(dict.fromkeys(text for text in links if 25 < len(text) < 150))
    if len(links) < 5:
        links += rng.sample(others.titles, 8)
    for form in ("cut", "clean", "menus", "clean", "cut", "menus"):
        yield _Form(page, rng, [_copy(one) for one in full], links, others).made(form)


def _copy(one: Told) -> Told:
    return Told(one.text, one.gap, one.label)


class _Form:
    """One of a page's forms while it is made."""

    def __init__(
        self, page: SavedPage, rng: Random, told: list[Told], links: list[str], others: Others
    ) -> None:
        self.others = others
        self.page, self.rng, self.links = page, rng, links
        self.told = told
        try:
            self.day = date.fromisoformat(page.day)
        except ValueError:
            self.day = date(2024, 1, 1) + timedelta(days=rng.randrange(700))

    def made(self, form: str) -> list[Told]:
        """The lines of the page in that ``form``."""
        rng = self.rng
        self._cut(form)
        if form != "menus" or rng.random() < 0.5:
            self._shorten()
        if not any(one.label == "stamp" for one in self.told) and rng.random() < 0.6:
            self._sign()
        elif not any(one.label == "byline" for one in self.told) and rng.random() < 0.25:
            name = someone(rng, self.page.authors)
            self.told.insert(self._place("text")[-1] + 1, Told(name, False, "byline"))
        self._portray()
        self._chronicle()
        self._list()
        self._repeat()
        self._capture()
        self.told = _spaced(rng, self.told)
        if rng.random() < 0.08:
            self._wrap()
        if rng.random() < 0.4 and not _FOREIGN.search(self.page.title):
            self._rewrite(rng.choice(SCRIPTS))
        return [one for one in self.told if one.text]

    def _place(self, *labels: str) -> list[int]:
        return [place for place, one in enumerate(self.told) if one.label in labels]

    def _cut(self, form: str) -> None:
        """Leaves some lines above and below, as whoever copies an article does."""
        rng = self.rng
        kept = self._place("headline", "text")
        above = rng.choice([0, 0, 0, 0, 1, 2, 3, 5, 8, 12])
        below = rng.choice([0, 0, 1, 2, 4, 8, 15, 30])
        if form == "menus":
            above, below = rng.choice([6, 10, 16, 25, 40]), rng.choice([0, 4, 10, 20, 40])
        self.told = self.told[max(0, kept[0] - above) : kept[-1] + 1 + below]
        if form == "clean":
            captions = rng.random() < 0.5
            self.told = [
                one
                for one in self.told
                if (one.label not in ("furniture", "teaser") or rng.random() < 0.35)
                and (one.label != "caption" or captions)
            ]

    def _shorten(self) -> None:
        """Fewer and shorter paragraphs, on most of the pages."""
        rng = self.rng
        if rng.random() < 0.35:
            return
        few, short, seen = rng.randint(2, 12), rng.random() < 0.8, 0
        left = []
        for one in self.told:
            if one.label in ("text", "subheading"):
                if seen >= few:
                    continue
                seen += one.label == "text"
                if short and one.label == "text":
                    one.text = beginning(one.text, rng.choice([1, 1, 2]))
            left.append(one)
        self.told = left

    def _sign(self) -> None:
        """Says who wrote it when, where the page doesn't."""
        rng = self.rng
        self.told = [one for one in self.told if one.label != "byline"]
        head, end = self._place("headline")[0], self._place("text")[-1]
        lines = signature(rng, someone(rng, self.page.authors), self.day)
        chance = rng.random()
        at = head + 1 if chance < 0.6 else head if chance < 0.72 else end + 1
        self.told[at:at] = lines

    def _list(self) -> None:
        rng = self.rng
        end = self._place("text")[-1]
        teasers = [
            one.text for one in self.told if one.label == "text" and 60 < len(one.text) < 250
        ]
        newest = self.day + timedelta(days=rng.randint(0, 9))
        chance = rng.random()
        if chance < 0.62:
            found = dated_list(rng, self.links, _others(rng, teasers), newest)
            where = rng.random()
            if where < 0.6:
                self.told = self.told[: end + 1 + rng.choice([0, 0, 1, 2, 4])] + found
            elif where < 0.85:
                self.told = self.told + found
            elif where < 0.93:
                self.told = found + self.told
            else:
                self.told[end:end] = found
        elif chance < 0.72:
            self.told = self.told[: end + 2] + undated_list(rng, self.links)
        elif chance < 0.82:
            tail = teaser_tail(rng, self.others.sentences, self.day)
            self.told = self.told[: end + 1] + tail + self.told[end + 1 :]
        if teasers and rng.random() < 0.1:
            lines = comments(rng, _others(rng, teasers), newest)
            at = end + 1 if rng.random() < 0.4 else len(self.told)
            self.told[at:at] = lines

    def _portray(self) -> None:
        """The author's name below the text again, with some words about them."""
        rng = self.rng
        if rng.random() > 0.06:
            return
        end = self._place("text")[-1] + 1
        words = [rng.choice(self.others.sentences) for _ in range(rng.randint(1, 2))]
        name = someone(rng, self.page.authors)
        self.told[end:end] = [Told(text, False, "furniture") for text in (name, *words)]

    def _chronicle(self) -> None:
        """Clocks or days before or above paragraphs, as tickers and chronicles have them."""
        rng = self.rng
        if rng.random() > 0.1:
            return
        kind = rng.choice(["clock", "day", "above", "above", "years"])
        style, day, left = Style(rng), self.day, []
        old = date(rng.randint(1880, 2000), rng.randint(1, 12), rng.randint(1, 28))
        for one in self.told:
            if one.label == "text" and rng.random() < 0.7:
                day -= timedelta(days=1)
                if kind == "clock":
                    one.text = f"{clock(rng)}{rng.choice([' Uhr: ', ': ', ' ', ' – '])}{one.text}"
                elif kind == "day":
                    one.text = f"{style.day(day, rng)}: {one.text}"
                else:
                    told = style.day(old if kind == "years" else day, rng)
                    left.append(Told(told, one.gap, "text"))
                    one.gap = False
            left.append(one)
        self.told = left

    def _repeat(self) -> None:
        """The headline again, at the end of a trail of sections, or glued to the site's name."""
        rng = self.rng
        head = self._place("headline")[0]
        title, chance = self.told[head].text, rng.random()
        if chance < 0.15:
            self.told.insert(head, Told(title, False, "furniture"))
        elif chance < 0.22:
            trail = rng.choice(["Home » {} » ", "{} / ", "Main > {} > ", "Startseite | {} | "])
            text = trail.format(section(rng)) + title
            self.told.insert(head, Told(text, False, "furniture"))
        elif chance < 0.36:
            join = rng.choice([" - ", " | ", " – ", " « ", " :: "])
            self.told.insert(0, Told(f"{title}{join}{self.page.publisher}", False, "furniture"))
        elif chance < 0.41:
            self.told.insert(0, Told(self.page.publisher, False, "furniture"))

    def _capture(self) -> None:
        """When the page was saved, at its end or its top."""
        rng = self.rng
        if rng.random() > 0.25:
            return
        when = Style(rng).day(self.day + timedelta(days=rng.randint(1, 40)), rng)
        if rng.random() < 0.65:
            self.told.append(Told(when, True, "capture"))
            return
        head = self._place("headline")[0]
        self.told.insert(rng.choice([0, rng.randrange(head + 1)]), Told(when, False, "capture"))

    def _wrap(self) -> None:
        width = self.rng.randint(32, 90)
        wrapped = []
        for one in self.told:
            if one.label == "text" and len(one.text) > width:
                first, *rest = textwrap.wrap(one.text, width)
                wrapped += [
                    Told(first, one.gap, "text"),
                    *(Told(line, False, "text") for line in rest),
                ]
            else:
                wrapped.append(one)
        self.told = wrapped

    def _rewrite(self, script: str) -> None:
        for one in self.told:
            row = row_of(Line(1, one.text)) if one.text.strip() else None
            stamp = row.stamp if row else None
            if stamp and row and (row.is_date or one.label in _DATED):
                written = stamp.text
                if stamp.full and self.rng.random() < 0.6:
                    written = in_language(
                        written, stamp.year, stamp.month, stamp.day, stamp.clock, script
                    )
                before, after = in_script(stamp.before, script), in_script(stamp.after, script)
                one.text = f"{before} {written} {after}"
            elif self._stays(one):
                continue
            else:
                one.text = in_script(one.text, script)
            one.text = " ".join(one.text.split())

    def _stays(self, one: Told) -> bool:
        """Whether a short line of the site stays as it is, for its words are known."""
        short = one.label in ("list heading", "furniture") and len(one.text) <= 30
        return short and self.rng.random() < 0.4


def _others(rng: Random, teasers: list[str]) -> list[str]:
    return [rng.choice(sentences_of(text)) for text in teasers]


def _spaced(rng: Random, told: list[Told]) -> list[Told]:
    """The lines with blank lines where the page has them, nowhere, or everywhere."""
    chance = rng.random()
    for one in told:
        if one.label != "capture":
            one.gap = one.gap if chance > 0.55 else chance > 0.35
    if chance <= 0.35 and len(told) > 3 and rng.random() < 0.5:
        at = next((place for place, one in enumerate(told) if one.label == "headline"), 0)
        if at + 1 < len(told):
            told[at + 1].gap = True
    return told
