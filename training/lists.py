"""Lists of other stories around an article, in the forms in which sites show them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from training.labelling import Told
from training.samples import told_by_language
from training.stamps import Style, byline, clock, count, relative, section, someone

_HEADINGS = told_by_language("""
en Latest news
en Latest News
en Last added
en News Line
en All news
en Newsfeed
en Most read
en Top stories
en TOP 10
en Recent Posts
en Trending
az Son xəbərlər
az Oxşar xəbərlər
ru Последние новости
ru Лента новостей
ru Читайте также
en Son Haberler
uk Останні новини
ka სიახლეები
hy Լրահոս
en Ultimele știri
ar آخر الأخبار
ar اقرأ أيضا
en Lesen Sie auch
en Meistgelesen
mul Últimas noticias
en Mais lidas
en Les plus lus
en Ultime notizie
en Najnowsze
en Related stories
en More news
""")
_UNKNOWN = told_by_language("""
en In brief
en From the region
en Elsewhere
en Around town
en Noch mehr
en Die letzten Tage
en Autres titres
mul Du même journal
en Kurz notiert
ru Свежее
ru Ещё новости
en Komunikaty
en En portada
en Di tendenza
en Kort nytt
en Kratke novice
mul Aktuális
en Naujienos
en Tin mới
zh 最新記事
zh 新着
zh 热门新闻
ko 최신 기사
en This week
en Nearby
""")
_COMMENTS = told_by_language("""
en Comments
en 3 Comments
en Leave a Reply
en Kommentare
en 2 Kommentare
ru Комментарии
en Yorumlar
en Commentaires
en Comentarios
en Recent comments
en Last comments
el Στα σχόλια
az Şərhlər
mul Comentários
en Komentarze
""")
_YESTERDAY = ("Вчера", "Вчора", "Dünən", "Dün", "Yesterday", "Gestern", "Сегодня", "Ieri", "Bu gün")
_JOINS = (" ", " - ", " (", " | ", "  ", ", ", " · ")
_MORE = ("Read more", "Weiterlesen", "Подробнее", "Devamı", "Daha çox", "Lire la suite", "more »")


def dated_list(rng: Random, titles: list[str], teasers: list[str], newest: date) -> list[Told]:
    """A list of some of ``titles`` with dates up to ``newest``, as one site would show it."""
    chosen = rng.sample(titles, min(len(titles), rng.randint(2, 12)))
    if len(chosen) < 2:
        return []
    style = Style(rng)
    form = rng.choice(
        "after after after after before before before behind behind ahead clocks ago ago-before "
        "groups counted entry glued".split()
    )
    teased = rng.choice(["below", "between"]) if teasers and rng.random() < 0.25 else ""
    kinds = ["section", "section above", "name between", "count", "more", "clock below"]
    extra = rng.choice(["", "", "", "", "", "", *kinds])
    beside = _beside(rng, style)
    gap, ranked = rng.random() < 0.2, rng.random() < 0.05
    found = _heading(rng)
    day = newest
    for place, title in enumerate(chosen):
        if rng.random() < 0.5:
            day -= timedelta(days=rng.randint(0, 3))
        when = beside.format(_when(rng, form, style, day, place))
        item = _item(rng, form, f"{place + 1}. {title}" if ranked else title, when, first=not place)
        if teased:
            at = len(item) if teased == "below" or form != "after" else 1
            item.insert(at, Told(rng.choice(teasers), False, "teaser"))
        _surround(rng, extra, item, style)
        item[0].gap = item[0].gap or gap
        found += item
    return _damaged(rng, found, form)


def _when(rng: Random, form: str, style: Style, day: date, place: int) -> str:
    """When the story at that ``place`` was published, as the list says it."""
    if form in ("ago", "ago-before"):
        return relative(rng, style.locale)
    if form == "glued":
        return f"{rng.choice(_YESTERDAY)}, {clock(rng)}"
    if form == "clocks":
        return f"{23 - place:02}:{rng.randrange(60):02}"
    return style.day(day, rng)


def _beside(rng: Random, style: Style) -> str:
    """What stands beside each date of the list on its line, the date's place in braces."""
    join = rng.choice([" ", " | ", " - ", ", ", " I ", " / ", " • "])
    forms = ["{}", "{}", "{}", "{}", "{}", "{}", "{}"]
    forms += [f"{section(rng)}{join}{{}}", f"{section(rng)}, {section(rng)}{join}{{}}"]
    name = byline(rng, someone(rng, []), style.locale)
    forms += [f"{name}{join}{{}}", f"{{}}{join}{name}", f"{{}}{join}{rng.randrange(900)}"]
    return rng.choice(forms).replace("{}", "{0}")


def _heading(rng: Random) -> list[Told]:
    chance = rng.random()
    if chance < 0.5:
        return [Told(rng.choice(_HEADINGS), rng.random() < 0.5, "list heading")]
    if chance < 0.75:
        return [Told(rng.choice(_UNKNOWN), rng.random() < 0.5, "list heading")]
    return []


def _item(rng: Random, form: str, title: str, when: str, *, first: bool) -> list[Told]:
    """A headline with its date."""
    headline, dated = Told(title, False, "list headline"), Told(when, False, "list date")
    if form in ("before", "clocks", "ago-before"):
        return [dated, headline]
    if form == "glued":
        shown = rng.choice([f"{rng.randrange(300)}{when}{title}", f"- {clock(rng)}{title}"])
        return [Told(shown, False, "list headline")]
    if form == "entry":
        copy = Told(title, True, "list headline")
        glued = Told(f"{title}{rng.choice([' ', ''])}{section(rng)}", False, "list headline")
        return [glued, dated, copy]
    if form == "groups":
        return [dated, headline] if first or rng.random() < 0.4 else [headline]
    if form == "behind":
        return [Told(f"{title}{rng.choice(_JOINS)}{when}", False, "list headline")]
    if form == "ahead":
        return [Told(f"{when}{rng.choice(_JOINS)}{title}", False, "list headline")]
    if form == "counted":
        number = rng.randrange(900)
        dated.text = rng.choice(
            [f"{when} {number}", f"{when} | {count(rng)}", f"{when}see{number}"]
        )
    return [headline, dated]


def _surround(rng: Random, kind: str, item: list[Told], style: Style) -> None:
    """Adds to ``item`` what stands around and between those of some lists."""
    if kind == "section above":
        item.insert(0, Told(section(rng), False, "furniture"))
    elif kind == "name between" and len(item) > 1:
        item.insert(1, Told(byline(rng, someone(rng, []), style.locale), False, "furniture"))
    elif kind == "clock below":
        item.append(Told(clock(rng), False, "list date"))
    texts = {"section": section(rng), "count": count(rng), "more": rng.choice(_MORE)}
    if kind in texts:
        item.append(Told(texts[kind], False, "furniture"))


def _damaged(rng: Random, found: list[Told], form: str) -> list[Told]:
    """The list with a date lost, or its heading glued to the first headline, as happens."""
    dates = [place for place, one in enumerate(found) if one.label == "list date"]
    if rng.random() < 0.12 and form in ("after", "before") and len(dates) > 2:
        found.pop(rng.choice(dates))
    glued = found[0].label == "list heading" and found[1].label == "list headline"
    if glued and rng.random() < 0.2:
        heading = found.pop(0)
        found[0].text = f"{heading.text}{found[0].text}"
        found[0].gap = heading.gap
    return found


def undated_list(rng: Random, titles: list[str]) -> list[Told]:
    """A list of some of ``titles`` without dates."""
    chosen = rng.sample(titles, min(len(titles), rng.randint(2, 8)))
    bullet = rng.choice(["", "", "- ", "• "])
    return _heading(rng) + [Told(f"{bullet}{title}", False, "teaser") for title in chosen]


def comments(rng: Random, texts: list[str], newest: date) -> list[Told]:
    """What readers wrote below an article, with dates that are no story's."""
    style = Style(rng)
    said = rng.choice(["{n}", "{n} says:", "{n} wrote", "{n} commented: {t}", "{n} • {d}"])
    found = [Told(rng.choice(_COMMENTS), rng.random() < 0.5, "furniture")]
    for text in rng.sample(texts, min(len(texts), rng.randint(1, 5))):
        name, when = someone(rng, []), style.day(newest - timedelta(days=rng.randint(0, 9)), rng)
        if rng.random() < 0.3:
            when = relative(rng, style.locale)
        found.append(Told(said.format(n=name, d=when, t=text[:60]), False, "furniture"))
        if "{d}" not in said:
            found.append(Told(when, False, "furniture"))
        if "{t}" not in said:
            found.append(Told(text, False, "furniture"))
    return found


def teaser_tail(rng: Random, sentences: list[str], newest: date) -> list[Told]:
    """Other stories' beginnings below the text, between dashes, as agencies' pages have them."""
    style = Style(rng)
    mark, bullet = rng.choice(["-", "-", "•", "***"]), rng.choice(["", "", "- "])
    dated = rng.random() < 0.4
    found = [Told(section(rng), False, "furniture")]
    if rng.random() < 0.25:
        footer = Told(f"- {style.day(newest, rng)}", False, "stamp")
        found = [
            Told("-", False, "furniture"),
            found[0],
            footer,
            Told(section(rng), False, "furniture"),
        ]
    for sentence in rng.sample(sentences, rng.randint(1, 6)):
        if dated:
            found.append(Told(f"{bullet}{style.day(newest, rng)}", False, "list date"))
            found.append(Told(sentence, False, "list headline"))
        else:
            found += [Told(mark, False, "furniture"), Told(sentence, False, "teaser")]
    return found
