"""Dates, bylines and the lines that hold both, as sites of many countries write them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from babel.dates import format_date, format_timedelta

from feeds.text.dates.find import find_stamp
from training.labelling import Told
from training.samples import told_by_language

_LOCALES = tuple(
    "en en en de de fr es "  # more often, as on the web
    "tr az ru uk ka "  # around the Black Sea and the Caspian
    "hy ro pl pt it el "  # further alphabets and forms of months
    "ar fa ja zh nl sv cs hu id vi bg sr".split()
)
_NUMERIC = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%b.%Y", "%d %B %Y", "%B %d, %Y", "%d %b '%y")
_BEFORE = {
    "en": ("Published ", "Published: ", "Posted on ", "Posted on: ", "Date: ", "Last updated "),
    "de": ("Veröffentlicht am ", "Stand: ", "Datum: ", "Erstellt am "),
    "fr": ("Publié le ", "Mis en ligne le ", "Mis à jour le "),
    "es": ("Publicado el ", "Publicado: ", "Actualizado: "),
    "pt": ("Publicado em ", "publicado "),
    "it": ("Pubblicato il ", "Data: "),
    "tr": ("Yayınlanma: ", "Giriş: ", "Güncelleme: "),
    "az": ("Dərc olunub: ", "Tarix: "),
    "ru": ("Опубликовано: ", "Дата публикации: ", "Обновлено: "),
    "uk": ("Опубліковано: ", "Дата публікації: "),
    "ro": ("Publicat: ", "Postat la "),
    "pl": ("Opublikowano: ", "Utworzono: ", "Data publikacji: "),
    "ar": ("نشر في: ", "تاريخ النشر: "),
    "zh": ("发布时间：", "时间："),
    "nl": ("Gepubliceerd op ",),
    "sv": ("Publicerad ",),
    "cs": ("Publikováno ",),
    "hu": ("Közzétéve: ",),
}
_BY = {
    "en": ("By {}", "by {}", "Author: {}", "Written by {}", "{}"),
    "de": ("Von {}", "von {}", "Autor: {}", "{}"),
    "fr": ("Par {}", "{}"),
    "es": ("Por {}", "{}"),
    "pt": ("Por {}", "por {}"),
    "it": ("di {}", "Di {}", "{}"),
    "tr": ("Yazar: {}", "{}"),
    "az": ("Müəllif: {}", "{}"),
    "ru": ("Автор: {}", "Текст: {}", "{}"),
    "uk": ("Автор: {}", "{}"),
    "ro": ("de {}", "Autor: {}", "{}"),
    "pl": ("Autor: {}", "{}"),
    "ka": ("ავტორი: {}", "ავტორი:{}"),
    "nl": ("Door {}",),
    "sv": ("Av {}",),
}
_NAMES = told_by_language("""
en Ada Finch
en Tomas Undall
en Ina Roth
ru Иван Петров
en Marie-Claire Dubois
en Li Wei
en Nino Beridze
en Elif Kaya
en Jan de Vries
mul Petra Novotná
mul João Almeida
ru Олена Коваль
en Sevinc Quliyeva
en Redaktion
mul K. Ó Briain
mul Lucía Fernández Soto
en Giorgos Pappas
en Anna-Lena Brandt and Ole Hart
en petru
en Administrator
""")
_SECTIONS = told_by_language("""
en Politics
en Regional News
en Kultur
ru Общество
en Sport
en Economy
az Siyasət
mul Gündem
en Wirtschaft
en News
en Mundo
en Local
en Società
ru Культура
mul Világ
en Nieuws
""")
_ROLES = told_by_language("""
en Reporter
en Washington correspondent
en Staff Writer
ru Редактор
en Korrespondent
en Political editor
en Senior Reporter
en Redakteurin
""")
_COUNTS = ("{} views", "Views: {}", "{} просмотров", "{} comments", "{}", "{} shares", "Read: {}")


class Style:
    """How one site writes its dates."""

    def __init__(self, rng: Random) -> None:
        self.locale = rng.choice(_LOCALES)
        forms = ["long", "medium", "long", "full", "full", *_NUMERIC, "%d.%m.%Y"]
        self.form = rng.choice(forms)
        self.clock = rng.choice(
            ["", "", "", "{d} {c}", "{d}, {c}", "{c} {d}", "{d} - {c}", "{d} | {c}"]
        )

    def day(self, day: date, rng: Random) -> str:
        """``day`` as the site writes it."""
        if self.form.startswith("%"):
            written = day.strftime(self.form)
        else:
            written = format_date(day, self.form, locale=self.locale)
        return self.clock.format(d=written, c=clock(rng)) if self.clock else written


def clock(rng: Random) -> str:
    """Some time of the day."""
    return f"{rng.randrange(24):02}:{rng.randrange(60):02}"


def relative(rng: Random, locale: str) -> str:
    """Some time ago, as people say it."""
    ago = rng.choice(
        [
            timedelta(minutes=rng.randint(2, 55)),
            timedelta(hours=rng.randint(1, 20)),
            timedelta(days=2),
        ]
    )
    return format_timedelta(-ago, add_direction=True, locale=locale)


def someone(rng: Random, authors: list[str]) -> str:
    """A name: mostly one of ``authors``."""
    return rng.choice(authors) if authors and rng.random() < 0.6 else rng.choice(_NAMES)


def byline(rng: Random, name: str, locale: str) -> str:
    """``name`` as a byline."""
    return rng.choice(_BY.get(locale, ("{}", "By {}"))).format(name)


def signature(rng: Random, name: str, day: date) -> list[Told]:
    """The lines that say who wrote it when, in one of many orders."""
    style = Style(rng)
    when = style.day(day, rng)
    by = byline(rng, name, style.locale)
    label = rng.choice(_BEFORE.get(style.locale, ("", "Published: ")))
    section, join = rng.choice(_SECTIONS), rng.choice([" ", " | ", ", ", " - ", " • ", " / "])
    count = rng.choice(_COUNTS).format(rng.randrange(9000))
    kinds = {
        "date": [(when, "stamp")],
        "by, date": [(by, "byline"), (when, "stamp")],
        "date, by": [(when, "stamp"), (by, "byline")],
        "joined": [(f"{by}{join}{when}", "stamp")],
        "joined again": [(f"{when}{join}{by}", "stamp")],
        "section": [(f"{section}{join}{when}", "stamp")],
        "section and by": [(f"{section} | {when} | {by}", "stamp")],
        "label": [(f"{label}{when}", "stamp")],
        "label and by": [(f"{label}{when} {by.lower() if by[:3] == 'By ' else by}", "stamp")],
        "by and label": [(f"{by}{join}{label}{when}", "stamp")],
        "by, label": [(by, "byline"), (f"{label}{when}", "stamp")],
        "counted": [(f"{when}{join}{count}", "stamp")],
        "count below": [(when, "stamp"), (count, "furniture")],
        "section above": [(section, "furniture"), (when, "stamp")],
        "by": [(by, "byline")],
        "ago": [(by, "byline"), (relative(rng, style.locale), "stamp")],
        "role": [(by, "byline"), (rng.choice(_ROLES), "furniture"), (when, "stamp")],
        "twice": [(by, "byline"), (by, "furniture"), (rng.choice(_ROLES), "furniture")],
        "twice, date": [(by, "byline"), (by, "furniture"), (when, "stamp")],
        "label above": [(label.strip(" :") or when, "furniture"), (when, "stamp")],
        "name above": [(label.strip(), "furniture"), (name, "byline"), (when, "stamp")],
        "split": [(style.day(day, rng).split(" ")[0] if not style.clock else when, "stamp")],
        "clock below": [
            (Style.day(_without_clock(style), day, rng), "stamp"),
            (clock(rng), "stamp"),
        ],
    }
    return [Told(text, False, label) for text, label in rng.choice(list(kinds.values())) if text]


def _without_clock(style: Style) -> Style:
    style.clock = ""
    return style


def section(rng: Random) -> str:
    """The name of a section."""
    return rng.choice(_SECTIONS)


def count(rng: Random) -> str:
    """What counts something."""
    return rng.choice(_COUNTS).format(rng.randrange(5000))


def in_language(written: str, year: int, month: int, day: int, clock: str, language: str) -> str:
    """The day as people of ``language`` write it, if the program reads that."""
    try:
        told = format_date(date(year, month, day), "long", locale=language)
    except ValueError:
        return written
    told = f"{told} {clock}".strip()
    return told if find_stamp(told) else written
