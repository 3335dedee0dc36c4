"""Stories in words that nobody wrote, in three languages, the same in every run."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal, NamedTuple

ZONE = timezone(timedelta(hours=4))
"""Where the newsrooms of tests are: Asia/Baku."""

DateForm = Literal["json-ld", "meta", "time", "words", "none"]
Language = Literal["en", "ru", "az"]


class _Tongue(NamedTuple):
    who: list[str]
    does: list[str]
    what: list[str]
    where: list[str]
    months: list[str]


_TONGUES: dict[Language, _Tongue] = {
    "en": _Tongue(
        "Ferry office|Rope makers|Harbour pilots|Old lighthouse keepers|Net menders|Town bakers|"
        "School choir|Bridge wardens|Tug crews|Market gardeners|River police|Salt traders".split(
            "|"
        ),
        "open|repair|sell|count|paint|move|borrow|defend|measure|replace|celebrate|close".split(
            "|"
        ),
        "nine wooden cranes|the northern pier|a brass bell|their oldest boat|the fish hall|"
        "forty lanterns|a new timetable|the tide tables|two stone lions|the winter store|"
        "the signal mast|a glass roof".split("|"),
        "before the spring|after a long debate|at the quay|in the lower town|without a permit|"
        "for the first time|near the old mill|on market day|during the storm|with great care|"
        "at half price|under new rules".split("|"),
        "January February March April May June July August September October November "
        "December".split(),
    ),
    "ru": _Tongue(
        "Паромная контора|Канатчики|Лоцманы порта|Смотрители маяка|Рыбаки залива|Городские пекари|"
        "Школьный хор|Мостовая служба|Буксирные команды|Садоводы рынка|Речная стража|"
        "Торговцы солью".split("|"),
        "открывают|чинят|продают|считают|красят|переносят|одалживают|защищают|измеряют|меняют|"
        "празднуют|закрывают".split("|"),
        "девять деревянных кранов|северный пирс|медный колокол|самую старую лодку|рыбный зал|"
        "сорок фонарей|новое расписание|таблицы приливов|двух каменных львов|зимний склад|"
        "сигнальную мачту|стеклянную крышу".split("|"),
        "до весны|после долгих споров|на набережной|в нижнем городе|без разрешения|впервые|"
        "у старой мельницы|в базарный день|во время шторма|очень бережно|за полцены|"
        "по новым правилам".split("|"),
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    ),
    "az": _Tongue(
        "Bərə idarəsi|Kəndir ustaları|Liman bələdçiləri|Mayak keşikçiləri|Körfəz balıqçıları|"
        "Şəhər çörəkçiləri|Məktəb xoru|Körpü xidməti|Yedək heyəti|Bazar bağbanları|Çay polisi|"
        "Duz tacirləri".split("|"),
        "açır|təmir edir|satır|sayır|rəngləyir|köçürür|götürür|qoruyur|ölçür|dəyişir|qeyd edir|"
        "bağlayır".split("|"),
        "doqquz taxta kranı|şimal körpüsünü|mis zəngi|ən köhnə qayığı|balıq zalını|qırx fənəri|"
        "yeni cədvəli|qabarma cədvəllərini|iki daş şiri|qış anbarını|siqnal dirəyini|"
        "şüşə damı".split("|"),
        "bahara qədər|uzun mübahisədən sonra|sahildə|aşağı şəhərdə|icazəsiz|ilk dəfə|"
        "köhnə dəyirmanın yanında|bazar günü|fırtına zamanı|ehtiyatla|yarı qiymətə|"
        "yeni qaydalarla".split("|"),
        "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr".split(),
    ),
}
_WORDS = 12


class Story:
    """A story of a site, which tests may change: its words, its ``status``, where it moved.

    ``published`` is aware; ``form`` is how its page states that. ``is_paid``: it shows its first
    paragraph, and asks for a subscription.
    """

    def __init__(
        self,
        number: int,
        published: datetime,
        section: str = "news",
        language: Language = "en",
        form: DateForm = "json-ld",
    ) -> None:
        chance = random.Random(f"{language} {number}")  # noqa: S311 - no secret
        tongue = _TONGUES[language]
        place = (number * 577) % _WORDS**4  # each number has words of its own
        who, does, what, where = (place // _WORDS**power % _WORDS for power in range(4))
        self.number, self.published, self.section = number, published.astimezone(UTC), section
        self.language, self.form = language, form
        self.title = " ".join(
            (tongue.who[who], tongue.does[does], tongue.what[what], tongue.where[where])
        )
        self.paragraphs = [" ".join(_sentence(tongue, chance) for _ in range(4)) for _ in range(4)]
        self.slug = f"story-{number}-of-the-day"
        self.updated: datetime | None = None
        self.status = 200
        self.moved_to = ""
        self.canonical = ""
        self.other: Story | None = None
        self.is_paid = False

    @property
    def path(self) -> str:
        """Where it is on its site."""
        return f"/{self.section}/{self.slug}"

    @property
    def moment(self) -> str:
        """When it was published, where its newsroom is, as machines have it."""
        return self.published.astimezone(ZONE).isoformat()

    @property
    def clock(self) -> str:
        """The same, the time of day alone."""
        return f"{self.published.astimezone(ZONE):%H:%M}"

    @property
    def day_in_words(self) -> str:
        """Its day as people of its language write it."""
        local = self.published.astimezone(ZONE)
        return f"{local.day} {_TONGUES[self.language].months[local.month - 1]} {local.year}"

    @property
    def changed(self) -> datetime:
        """When its page was written last."""
        return self.updated or self.published

    def rewrite(self, moment: datetime) -> None:
        """Another last paragraph, at ``moment``."""
        self.paragraphs[-1] = f"Corrected at {moment:%H:%M}. {self.paragraphs[-1]}"
        self.updated = moment


def _sentence(tongue: _Tongue, chance: random.Random) -> str:
    parts = (tongue.who, tongue.does, tongue.what, tongue.where)
    return " ".join(chance.choice(part) for part in parts) + "."


def stories(
    count: int, last: datetime, *, apart: timedelta, sections: tuple[str, ...] = ("news",)
) -> list[Story]:
    """``count`` stories, the newest at ``last``; dates in every form but none."""
    forms: list[DateForm] = ["json-ld", "meta", "time", "words"]
    return [
        Story(
            number,
            last - apart * (count - number),
            sections[number % len(sections)],
            form=forms[number // len(sections) % len(forms)],
        )
        for number in range(1, count + 1)
    ]
