"""Whatever of a secret is found in an entry, the entry has a clue to that secret."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Enclosure, Entry, EntryId, Image, Url
from feeds.syndication import clues, leaks, slugs
from feeds.syndication.guard import Guard, Secret
from feeds.syndication.spoken import Spoken
from feeds.text import markup
from tests.syndication.test_objections import NOW

TONGUES = [
    "quay mast rope tide gull brass lantern harbour ferry of the to in at by 12 340 7th".split(),
    "причал мачта канат прилив чайка фонарь гавань паром ушёл уходит и в на по 15 2026".split(),
    "şəhər dəniz körpü gəmi fənər qağayı liman və bu da 3 19".split(),
    list("港口船夜海風燈橋雨山水人大小上下中日月年"),
    list("ท่าเรือประภาคารสะพานลม"),
    list("みなとのふねがよるにでるカモメ"),
    [*"port mer vent quai".split(), *"港船海夜", "5", "88"],
    "Rettungsbootsführerschein Hafenverwaltungsgebäude Leuchtturmwärterwohnung im am".split(),
]
ENDS = [". ", ", ", "! ", "。", "? ", "; ", "\n", " ", " – ", ".” "]
SHORT = "Dr. He No. Yes. a.m. "


class World:
    """Secrets, and entries that repeat parts of them, as ``chance`` has it."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.words = chance.choice(TONGUES)
        gap = chance.choice((" ", " # "))
        self.form = gap.join(self._words(3) for _ in range(chance.randint(3, 5)))
        self.secrets = [self._secret(number) for number in range(chance.randint(1, 7))]

    def _blank(self) -> str:
        return "" if len(self.words[0]) == 1 and self.chance.random() < 0.9 else " "

    def _words(self, count: int) -> str:
        blank = self._blank()
        return blank.join(self.chance.choices(self.words, k=count))

    def _filled(self) -> str:
        """A sentence of the newsroom's form, with figures of its own."""
        figures = iter(self.chance.choices("123", k=99))
        filled = "".join(next(figures) if letter == "#" else letter for letter in self.form)
        return f"\nOn {next(figures)} it was {filled} that they wanted.\n"

    def _text(self) -> str:
        chance = self.chance
        made = ""
        for _ in range(chance.randint(1, 6)):
            match chance.randrange(7):
                case 0 | 1:
                    made += self._filled()
                case 2:
                    made += chance.choice(SHORT.split(" ")) + " "
                case _:
                    made += self._words(chance.choice((2, 4, 7, 9, 12, 30, 95)))
                    made += chance.choice(ENDS)
        return made

    def _secret(self, number: int) -> Secret:
        chance = self.chance
        title = self._words(chance.choice((1, 2, 3, 4, 6, 9, 20, 45)))
        text = f"{title}\n{self._text()}"
        why = f"kept back ({number})"
        if chance.random() < 0.4:
            return Secret(text, why, public=f"{title}\n{self.part(text)}")
        address = f"https://desk.test/{number}" if chance.random() < 0.5 else ""
        return Secret(text, why, "", title, address)

    def part(self, text: str) -> str:
        """Some of ``text`` in a row, written in another way."""
        chance = self.chance
        tokens = leaks.tokenised(text)
        start = chance.randrange(len(tokens)) if tokens else 0
        count = chance.choice((3, 6, 8, 9, 10, 12, 15, 24, 40, len(tokens)))
        blank = chance.choice((" ", " ", ", ", " – ")) if self._blank() else ""
        made = blank.join(tokens[start : start + count])
        return made.upper() if chance.random() < 0.2 else made

    def _address(self) -> str:
        """An address that may spell a headline: with words left out, put between, or not parted."""
        chance = self.chance
        secret = chance.choice(self.secrets)
        if secret.address and chance.random() < 0.3:
            return f"http://www.{secret.address.removeprefix('https://')}/?utm_source=x"
        words = leaks.tokenised(chance.choice((secret.title, secret.text.split("\n")[0])))
        words = [word for word in words if chance.random() < chance.choice((0.5, 0.9, 1.0))]
        if chance.random() < 0.3:
            words.insert(chance.randint(0, len(words)), chance.choice(self.words))
        words = words[: chance.choice((60, 60, 5, 3))]
        place = chance.choice(("https://desk.test/", "https://desk.test/?title=", "tag:desk.test:"))
        return place + chance.choice(("-", "_", "%20", "")).join(words)

    def entry(self, number: int) -> Entry:
        """An entry that may repeat something."""
        chance = self.chance
        secret = chance.choice(self.secrets)
        paragraphs = [self._words(chance.randint(0, 12)), self.part(secret.text), self._filled()]
        chance.shuffle(paragraphs)
        said = markup.from_paragraphs([" ".join(paragraphs[: chance.randint(1, 3)])])
        link = Url(self._address()) if chance.random() < 0.3 else None
        alone = chance.random() < 0.2
        return Entry(
            EntryId(f"tag:x:{number}"),
            "article",
            secret.title if alone else self._words(3),
            NOW,
            NOW,
            content=f'{said}<a href="{self._address()}">x</a>' if chance.random() < 0.5 else said,
            summary=self.part(secret.text) if chance.random() < 0.2 else "",
            url=link,
            image=Image(Url(self._address()), self.part(secret.text)) if alone else None,
            enclosures=(Enclosure(Url(self._address()), "audio/mpeg"),) if alone else (),
        )


def to_secret(secret: Secret) -> set[int]:
    title = secret.title or secret.text.split("\n")[0]
    return clues.to_secret(secret.text, title, secret.address)


def check(chance: Random) -> int:
    """How many entries are held, with all secrets as with those to which they have a clue."""
    world = World(chance)
    led_to = [(secret, to_secret(secret)) for secret in world.secrets]
    entries = [world.entry(number) for number in range(4)]
    links = {entry.id: entry.url or "https://desk.test/e" for entry in entries}
    found = Guard(world.secrets).leaks(entries, links, Spoken(list))
    for entry in entries:
        mine = clues.in_entry(entry, links[entry.id])
        assert mine is not None
        few = Guard(secret for secret, clues_to in led_to if clues_to & mine)
        alone = few.leaks([entry], links, Spoken(list))
        assert alone.get(entry.id) == found.get(entry.id), (entry, world.secrets)
    return len(found)


@given(st.integers(0, 2**32))
def test_what_is_held_is_held_for_the_same_reason_by_those_secrets_alone_it_has_clues_to(
    seed: int,
) -> None:
    check(Random(seed))  # noqa: S311 - no secret of ours


def test_many_such_entries_are_held() -> None:
    """Or the test above would say nothing."""
    assert sum(check(Random(seed)) for seed in range(60)) > 60  # noqa: S311 - as above


def begun(chance: Random) -> int:
    """How many sentences of secrets count, of which each begins with a clue."""
    count = 0
    for secret in World(chance).secrets:
        there = set(leaks.beginnings(leaks.tokenised(secret.text)))
        for sentence in leaks.sentences(secret.text):
            assert leaks.beginning(sentence.key.split()) in there - {""}
            count += 1
    return count


@given(st.integers(0, 2**32))
def test_every_sentence_that_counts_begins_with_a_clue(seed: int) -> None:
    begun(Random(seed))  # noqa: S311 - as above


def test_many_sentences_count() -> None:
    """Or the test above would say nothing."""
    assert sum(begun(Random(seed)) for seed in range(60)) > 60  # noqa: S311 - as above


def test_the_work_for_a_beginning_is_the_same_however_far_on_in_a_text_it_is() -> None:
    class Words(list[str]):
        def __iter__(self) -> Iterator[str]:
            raise AssertionError("all of them are gone through for the few of a beginning")

    text = [*TONGUES[0], *TONGUES[0]]
    assert list(leaks.beginnings(Words(text))) == list(leaks.beginnings(tuple(text)))


@pytest.mark.parametrize("text", ["", "A", "\ud800 \ud801 a", "字\ud800" * 20])
def test_clues_are_found_in_any_text(text: str) -> None:
    assert isinstance(clues.to_secret(text, text, text), set)


def test_a_secret_has_no_clue_to_entries_about_something_else() -> None:
    secret = Secret(
        "Mast is sold\nThe old mast of the ferry was sold to a man from the island.", ""
    )
    content = "<p>The new rope of the crane was bought by a woman who lives on the hill.</p>"
    entry = Entry(EntryId("tag:x:1"), "article", "Rope is new", NOW, NOW, content=content)
    found = clues.in_entry(entry, "https://desk.test/rope-is-new-and-strong")
    assert found is not None
    assert not found & to_secret(secret)


def test_an_entry_of_endless_words_may_have_anything_in_it() -> None:
    content = f"<p>{' '.join(map(str, range(60_000)))}</p>"
    entry = Entry(EntryId("tag:x:1"), "article", "Rope is new", NOW, NOW, content=content)
    assert clues.in_entry(entry, "https://desk.test/rope") is None


@pytest.mark.parametrize("count", [2, 3, 4, 5, 8, 13, 24, 40, 41])
def test_a_headline_of_which_an_address_has_some_words_here_and_there_has_a_clue_to_it(
    count: int,
) -> None:
    chance = Random(count)  # noqa: S311 - as above
    words = ["".join(chance.choices("bdfglmnprt", k=7)) for _ in range(count)]
    headlines = slugs.Headlines()
    headlines.add(" ".join(words), "")
    to_it = slugs.clues_to(" ".join(words))
    is_long = to_it is None
    assert is_long == (count > 40)
    spelled = 0
    for _ in range(200):
        some = sorted(chance.sample(range(count), chance.randint(2, min(6, count))))
        address = "https://desk.test/" + "-".join(words[at] for at in some)
        if headlines.spelled(address):
            spelled += 1
            assert to_it is None or to_it & set(slugs.clues_in([address]))
    assert spelled
