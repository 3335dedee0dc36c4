"""The forms in which news sites write lists of dated headlines, in several languages.

A form makes the lines of a list of the stories of a ``Tongue``. A layout puts these on a page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Tongue(NamedTuple):
    """Words of a language: ``long`` and ``short`` are days, as formats of year, month, day."""

    heading: str
    section: str
    more: str
    byline: str
    weekdays: tuple[str, str, str]
    month: str
    long: str
    short: str
    title: str
    text: tuple[str, ...]
    headlines: tuple[str, ...]
    teasers: tuple[str, str, str]

    def day(self, day: int) -> str:
        """A day of March 2025, with the month's name."""
        return self.long.format(day=day, month=self.month, year=2025)

    def yearless(self, day: int) -> str:
        """The same without its year."""
        return self.day(day).replace("2025年", "").replace(" 2025", "").replace(" de ", " ")

    def number(self, day: int) -> str:
        """The same in figures."""
        return self.short.format(day=day, year=2025)

    def weekday(self, day: int) -> str:
        """The weekday of the 24th, 25th or 26th."""
        return self.weekdays[day - 24]


MOMENTS = ((26, "12:05"), (26, "11:40"), (25, "18:22"), (25, "09:15"), (24, "20:01"))
DATES = tuple(f"2025-03-{day}" for day, _ in MOMENTS)

TONGUES = {
    "en": Tongue(
        "Latest news",
        "Politics",
        "Read more",
        "By Ada Finch",
        ("Monday", "Tuesday", "Wednesday"),
        "March",
        "{day} {month} {year}",
        "{day}/03/{year}",
        "Ferry keeper paints the bell green",
        (
            "The keeper of the ferry painted its bell green on Tuesday, and nobody had asked.",
            "He said that the old colour had been seen by too many gulls.",
            "The council will look at the painted bell when the fog is gone.",
            "Until then the ferry is called by whistle, as in the days of his father.",
        ),
        (
            "Mill wheel stops for a family of ducks",
            "Baker wins the chair race for a third time",
            "Council counts lamps and finds one too many",
            "Storm takes the roof of the old school",
            "Library lends out umbrellas",
        ),
        (
            "Nobody has asked the birds yet.",
            "The runner-up fell over a basket.",
            "Nobody will pay for it.",
        ),
    ),
    "de": Tongue(
        "Neueste Nachrichten",
        "Politik",
        "Weiterlesen",
        "Von Ina Roth",
        ("Montag", "Dienstag", "Mittwoch"),
        "März",
        "{day}. {month} {year}",
        "{day}.03.{year}",
        "Fährmann streicht die Glocke grün",
        (
            "Der Fährmann hat am Dienstag die Glocke grün gestrichen, worum ihn niemand bat.",
            "Die alte Farbe hätten zu viele Möwen gesehen, sagte er am Anleger.",
            "Der Rat will sich die Glocke des Fährmanns ansehen, sobald der Nebel weg ist.",
            "Bis dahin wird die Fähre mit einer Pfeife gerufen, wie zu Zeiten seines Vaters.",
        ),
        (
            "Mühlrad steht für eine Entenfamilie still",
            "Bäcker gewinnt zum dritten Mal das Stuhlrennen",
            "Rat zählt Laternen und findet eine zu viel",
            "Sturm nimmt der alten Schule das Dach",
            "Bücherei verleiht jetzt Regenschirme",
        ),
        (
            "Die Vögel hat noch keiner gefragt.",
            "Der Zweite fiel über einen Korb.",
            "Bezahlen will das niemand.",
        ),
    ),
    "es": Tongue(
        "Últimas noticias",
        "Política",
        "Leer más",
        "Por Inés Ruiz",
        ("Lunes", "Martes", "Miércoles"),
        "marzo",
        "{day} de {month} de {year}",
        "{day}/03/{year}",
        "El barquero pinta la campana de verde",
        (
            "El barquero pintó el martes la campana de verde, aunque nadie se lo había pedido.",
            "El color antiguo lo habían visto demasiadas gaviotas, dijo el barquero.",
            "El consejo mirará la campana del barquero cuando se vaya la niebla.",
            "Hasta entonces se llama a la barca con silbato, como en tiempos de su padre.",
        ),
        (
            "La rueda del molino se para por unos patos",
            "El panadero gana otra vez la carrera de sillas",
            "El consejo cuenta las farolas y sobra una",
            "La tormenta se lleva el techo de la escuela vieja",
            "La biblioteca presta paraguas",
        ),
        (
            "Nadie ha preguntado a las aves.",
            "El segundo tropezó con un cesto.",
            "Nadie quiere pagarlo.",
        ),
    ),
    "ru": Tongue(
        "Последние новости",
        "Политика",
        "Подробнее",
        "Автор: Илья Берёзин",
        ("Понедельник", "Вторник", "Среда"),
        "марта",
        "{day} {month} {year}",
        "{day}.03.{year}",
        "Паромщик выкрасил колокол в зелёный цвет",
        (
            "Во вторник паромщик выкрасил колокол в зелёный цвет, хотя никто об этом не просил.",
            "По словам паромщика, прежний цвет видело слишком много чаек.",
            "Совет осмотрит колокол паромщика, когда рассеется туман.",
            "До тех пор паром зовут свистком, как во времена его отца.",
        ),
        (
            "Мельничное колесо остановили ради уток",
            "Пекарь в третий раз выиграл гонку на стульях",
            "Совет пересчитал фонари и нашёл лишний",
            "Буря сорвала крышу старой школы",
            "Библиотека выдаёт зонты",
        ),
        ("Птиц никто не спрашивал.", "Второй споткнулся о корзину.", "Платить никто не хочет."),
    ),
    "tr": Tongue(
        "Son haberler",
        "Siyaset",
        "Devamını oku",
        "Haber: Ece Demir",
        ("Pazartesi", "Salı", "Çarşamba"),
        "Mart",
        "{day} {month} {year}",
        "{day}.03.{year}",
        "Kayıkçı çanı yeşile boyadı",
        (
            "Kayıkçı salı günü çanı yeşile boyadı, oysa bunu ondan kimse istememişti.",
            "Kayıkçı, eski rengi çok fazla martının gördüğünü iskelede söyledi.",
            "Meclis, sis kalkınca kayıkçının yeşile boyadığı çana bakacak.",
            "O zamana kadar kayık, babasının günlerindeki gibi düdükle çağrılıyor.",
        ),
        (
            "Değirmen çarkı ördekler için durdu",
            "Fırıncı sandalye yarışını üçüncü kez kazandı",
            "Meclis lambaları saydı ve bir fazla buldu",
            "Fırtına eski okulun çatısını aldı",
            "Kütüphane şemsiye veriyor",
        ),
        (
            "Kuşlara henüz soran olmadı.",
            "İkinci olan bir sepete takıldı.",
            "Parasını kimse vermek istemiyor.",
        ),
    ),
    "ar": Tongue(
        "آخر الأخبار",
        "سياسة",
        "اقرأ المزيد",
        "بقلم: سلمى حداد",
        ("الاثنين", "الثلاثاء", "الأربعاء"),
        "مارس",
        "{day} {month} {year}",
        "{day}/03/{year}",
        "صاحب المعدية يطلي الجرس بالأخضر",
        (
            "طلى صاحب المعدية الجرس باللون الأخضر يوم الثلاثاء، مع أن أحدا لم يطلب منه ذلك.",
            "وقال صاحب المعدية إن اللون القديم رآه عدد كبير من النوارس.",
            "وسينظر المجلس في أمر الجرس الأخضر عندما ينقشع الضباب.",
            "وحتى ذلك الحين تنادى المعدية بالصفارة كما في أيام أبيه.",
        ),
        (
            "عجلة الطاحونة تتوقف من أجل البط",
            "الخباز يفوز بسباق الكراسي للمرة الثالثة",
            "المجلس يعد المصابيح ويجد واحدا زائدا",
            "العاصفة تأخذ سقف المدرسة القديمة",
            "المكتبة تعير المظلات للزوار",
        ),
        (
            "لم يسأل أحد الطيور بعد.",
            "وتعثر صاحب المركز الثاني بسلة.",
            "ولا يريد أحد أن يدفع ثمنها.",
        ),
    ),
    "zh": Tongue(
        "最新消息",
        "时政",
        "阅读更多",
        "记者 陈小雨",
        ("星期一", "星期二", "星期三"),
        "3",
        "{year}年{month}月{day}日",
        "{year}-03-{day}",
        "渡口老人把钟漆成了绿色",
        (
            "渡口老人星期二把钟漆成了绿色，虽然没有人请他这样做。",
            "渡口老人说，旧的颜色已经被太多海鸥看见了。",
            "等雾散了以后，议会会来看一看这口绿色的钟。",
            "在那之前，人们用哨子叫渡船，就像渡口老人的父亲那时候一样。",
        ),
        (
            "水车为一窝鸭子停了下来",
            "面包师第三次赢得椅子赛跑",
            "议会数路灯发现多了一盏",
            "暴风刮走了老学校的屋顶",
            "图书馆开始出借雨伞",
        ),
        ("还没有人去问那些鸟。", "第二名被篮子绊倒了。", "谁也不愿意付钱。"),
    ),
}

Form = Callable[[Tongue], list[str]]


def _each(*lines: str) -> Form:
    """A form in which each story has these ``lines``.

    ``{T}`` is the headline, ``{D}`` its day, ``{N}`` the same in figures, ``{Y}`` without year,
    ``{C}`` its clock, ``{S}`` a section, ``{B}`` a byline, ``{M}`` a link to read on, ``{P}`` a
    sentence, ``{R}`` its rank, ``{V}`` a count; the empty line is a blank one.
    """

    def listed(tongue: Tongue) -> list[str]:
        found: list[str] = [tongue.heading]
        for place, (headline, (day, clock)) in enumerate(
            zip(tongue.headlines, MOMENTS, strict=True)
        ):
            found += [
                line.format(
                    T=headline,
                    D=tongue.day(day),
                    N=tongue.number(day),
                    Y=tongue.yearless(day),
                    C=clock,
                    S=tongue.section,
                    B=tongue.byline,
                    M=tongue.more,
                    P=tongue.teasers[place % 3],
                    R=place + 1,
                    V=305 + 7 * place,
                )
                for line in lines
            ]
        return found

    return listed


def _by_day(head: str, *lines: str) -> Form:
    """A form in which ``head`` stands above the stories of each day; ``{W}`` is its weekday."""

    def listed(tongue: Tongue) -> list[str]:
        found: list[str] = [tongue.heading]
        last = 0
        for headline, (day, clock) in zip(tongue.headlines, MOMENTS, strict=True):
            if day != last:
                made = {"D": tongue.day(day), "N": tongue.number(day), "Y": tongue.yearless(day)}
                found.append(head.format(W=tongue.weekday(day), **made))
                last = day
            found += [line.format(T=headline, C=clock) for line in lines]
        return found

    return listed


def _glued(tongue: Tongue) -> list[str]:
    heading, first, *rest = FORMS["date below"](tongue)
    return [heading + first, *rest]


FORMS: dict[str, Form] = {
    "date below": _each("{T}", "{D}"),
    "heading glued": _glued,
    "figures below": _each("{T}", "{N}"),
    "date above": _each("{D}", "{T}"),
    "figures above": _each("{N}", "{T}"),
    "blank lines inside the pairs": _each("", "{T}", "", "{D}"),
    "blank lines, dates above": _each("", "{D}", "", "{T}"),
    "blank lines between the pairs": _each("", "{T}", "{D}"),
    "date before on the line": _each("{N} {T}"),
    "date and clock before on the line": _each("{N} {C} {T}"),
    "date and dash before": _each("{N} - {T}"),
    "date and bar before": _each("{D} | {T}"),
    "date behind on the line": _each("{T} {N}"),
    "date in words behind": _each("{T} {D}"),
    "dash and date behind": _each("{T} - {D}"),
    "date in brackets behind": _each("{T} ({N})"),
    "bar and date behind": _each("{T} | {N} {C}"),
    "date glued behind": _each("{T}{N}"),
    "bullets": _each("• {T} ({D})"),
    "dashes and dates below": _each("- {T}", "{D}"),
    "stars and dates below": _each("* {T}", "  {N} {C}"),
    "count glued to the clock": _each("{T}", "{N} {C}see{V}"),
    "count behind the clock": _each("{T}", "{N} {C} {V}"),
    "count below": _each("{T}", "{N} {C}", "{V}"),
    "count above the date": _each("{T}", "{V}", "{N} {C}"),
    "clock and date on two lines above": _each("{C}", "{D}", "{T}"),
    "date and clock on two lines above": _each("{N}", "{C}", "{T}"),
    "date and clock on two lines below": _each("{T}", "{N}", "{C}"),
    "clock, dash, date above": _each("{C} - {N}", "{T}"),
    "clock, bar, date below": _each("{T}", "{C} | {N}"),
    "section above": _each("{S}", "{T}", "{D}"),
    "section and date above": _each("{S}", "{D}", "{T}"),
    "section beside the date above": _each("{S} | {D}", "{T}"),
    "section beside the date below": _each("{T}", "{D} | {S}"),
    "byline between": _each("{T}", "{B}", "{D}"),
    "byline beside the date": _each("{T}", "{B} | {D}"),
    "teaser below": _each("{T}", "{D}", "{P}"),
    "teaser between": _each("{T}", "{P}", "{D}"),
    "teaser below, date above": _each("{D}", "{T}", "{P}"),
    "link to read on": _each("{T}", "{D}", "{M}"),
    "link to read on, date above": _each("{D}", "{T}", "{M}"),
    "ranks": _each("{R}. {T}", "{D}"),
    "ranks on their lines": _each("{R}", "{T}", "{D}"),
    "headline twice": _each("{T}", "{T}", "{D}"),
    "headline around its date": _each("{T}", "{D}", "{T}"),
    "dashes between": _each("{T}", "{D}", "—"),
    "by day, clocks on the line": _by_day("{D}", "{C} {T}"),
    "by day, clocks above": _by_day("{D}", "{C}", "{T}"),
    "by day, clocks below": _by_day("{D}", "{T}", "{C}"),
    "by day": _by_day("{D}", "{T}"),
    "by day, dashes": _by_day("{N}", "- {T}"),
    "by weekday and day": _by_day("{W}, {D}", "{T}"),
    "by weekday and day, clocks": _by_day("{W}, {D}", "{C} {T}"),
}

UNDATED: dict[str, Form] = {
    "days without year": _each("{T}", "{Y}, {C}"),
    "by weekday and day without year": _by_day("{W}, {Y}", "{C} {T}"),
    "clocks above": _each("{C}", "{T}"),
    "clocks on the line": _each("{C} {T}"),
}
"""Such forms as name no day, on a page that doesn't say when it was saved."""


def _below_the_text(tongue: Tongue, listed: list[str]) -> list[str]:
    return [tongue.title, f"{tongue.day(26)} 08:30", "", *tongue.text, tongue.byline, *listed]


def _among_menus(tongue: Tongue, listed: list[str]) -> list[str]:
    head = [tongue.section, "Sport", tongue.title, tongue.byline, f"{tongue.number(26)} 08:30"]
    return [*head, *tongue.text, *listed, "", "© 2025 Gull Post", "Facebook"]


def _inside_the_text(tongue: Tongue, listed: list[str]) -> list[str]:
    head = [tongue.title, f"{tongue.day(26)} 08:30", "", *tongue.text[:2], ""]
    return [*head, *listed, "", *tongue.text[2:]]


def _alone(_: Tongue, listed: list[str]) -> list[str]:
    return listed


def _of_a_section(tongue: Tongue, listed: list[str]) -> list[str]:
    return [f"# {tongue.section}", "", *listed[1:]]


Layout = Callable[[Tongue, list[str]], list[str]]

WITH_TEXT: dict[str, Layout] = {
    "below the text": _below_the_text,
    "among menus": _among_menus,
    "inside the text": _inside_the_text,
}
ALONE: dict[str, Layout] = {"alone": _alone, "of a section": _of_a_section}
