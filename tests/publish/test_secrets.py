"""What is kept back is looked for by its clues alone, and that finds all that there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from unittest.mock import patch

from feeds.ledger import secrets
from tests.newsrooms import NOW, SITE, TestNewsroom, said
from tests.publish.test_embargoes import EMBARGO, ENDS, TEXT, page, plain

WORDS = (
    "amber basin cable drift eagle flint grain hatch islet jetty knoll ledge mound north olive "
    "plank quill ridge shoal torch umber vault wharf yacht zebra anvil brine cliff delta ember"
).split()
MATTERS = [EMBARGO, "status: draft", "access: paid\nsummary: Some of it", "embargo: 2026-01-15"]


def fill(newsroom: TestNewsroom, count: int = 9) -> Random:
    """Writes pages that are kept back, or have to be paid for."""
    chance = Random(2026)  # noqa: S311 - no secret of ours
    for number in range(count):
        matter = f"{MATTERS[number % len(MATTERS)]}\nurl: https://desk.test/secret/{number}"
        newsroom.page(f"kept/{number}.txt", page(matter, *written(chance)))
    return chance


def written(chance: Random) -> tuple[str, str]:
    """A headline and a text that nobody wrote."""
    lines = [" ".join(chance.choices(WORDS, k=14)).capitalize() + ".\n" for _ in range(3)]
    return " ".join(chance.choices(WORDS, k=6)).capitalize(), "".join(lines)


@contextmanager
def loaded() -> Iterator[set[str]]:
    """The pages that are loaded meanwhile for what is kept back of them."""
    found = set[str]()

    def noting(load: Callable[..., list[secrets.Secretive]]) -> Callable[..., object]:
        def noted(*about: object) -> list[secrets.Secretive]:
            pages = load(*about)
            found.update(one.path for one in pages)
            return pages

        return noted

    with (
        patch.object(secrets, "load", noting(secrets.load)),
        patch.object(secrets, "load_any", noting(secrets.load_any)),
    ):
        yield found


def test_one_more_story_loads_no_secret_that_it_does_not_touch(newsroom: TestNewsroom) -> None:
    fill(newsroom)
    newsroom.page("later.txt", page(EMBARGO))
    newsroom.publish()
    plain(newsroom, "ferry.txt", "Ferries run", "They do so at night, and nobody knows why.")
    with loaded() as pages:
        assert newsroom.publish(NOW + timedelta(hours=1)).entered == 1
    assert pages == set()
    plain(newsroom, "leak.txt", "Shops fear for the winter", TEXT)
    with loaded() as pages:
        outcome = newsroom.publish(NOW + timedelta(hours=2))
    assert [one.code for one in outcome.problems] == ["secret-sentence"]
    assert pages == {"later.txt"}


def restated(newsroom: TestNewsroom) -> None:
    """The headline of a draft is stated elsewhere, and is a secret from then on."""
    newsroom.page("pages.csv", "path,title\nkept/1.txt,Olive oil flows on every wharf again\n")
    plain(newsroom, "oil.txt", "Olive oil flows on every wharf again", "It does.")


def moved(newsroom: TestNewsroom) -> None:
    site = SITE.replace("https://desk.test/", "https://quay.test/")
    former = 'former_urls = ["https://desk.test/"]\n'
    newsroom.configure(site.replace("language =", f"{former}language ="))
    text = "# Look\n\n[Here](https://quay.test/secret/3) it is.\n"
    newsroom.page("link.md", f"---\ndate: 2026-01-14\n---\n{text}")


def rewritten(newsroom: TestNewsroom) -> None:
    newsroom.page("kept/2.txt", page(MATTERS[0], "Wharf is sold", TEXT))
    plain(newsroom, "leak.txt", "Shops fear for the winter", TEXT)


def unreadable(newsroom: TestNewsroom) -> None:
    newsroom.page("kept/0.txt", bytes(range(256)) * 40)


def gone(newsroom: TestNewsroom) -> None:
    for number in (4, 5):
        (newsroom.root / f"kept/{number}.txt").rename(newsroom.root.parent / f"{number}.txt")


def returned(newsroom: TestNewsroom) -> None:
    for number in (4, 5):
        (newsroom.root.parent / f"{number}.txt").rename(newsroom.root / f"kept/{number}.txt")


def leaked(newsroom: TestNewsroom) -> None:
    """Something of every page that is kept back, and is there, is in another."""
    chance = Random(2026)  # noqa: S311 - as above
    for number in range(9):
        title, text = written(chance)
        part = " ".join(text.split()[3 : 3 + 9 + number % 3])
        address = f"https://desk.test/n/{title.lower().replace(' ', '-')}"
        shown = {0: part, 1: f"[here]({address})", 2: f"{text}"}[number % 3]
        story = f"# Told by {WORDS[number]} {WORDS[-number]}\n\n{shown}\n"
        if (newsroom.root / f"kept/{number}.txt").exists():
            newsroom.page(f"leak/{number}.md", f"---\ndate: 2026-01-14\n---\n{story}")


def erased(newsroom: TestNewsroom) -> None:
    newsroom.decide('action = "retract"\nentry = "Ferries run"\nerase = true')


def first(newsroom: TestNewsroom) -> None:
    fill(newsroom)
    newsroom.page("bell.txt")
    plain(newsroom, "ferry.txt", "Ferries run", "They do so at night, and nobody knows why.")


STEPS: list[Callable[[TestNewsroom], None]] = [
    first, restated, gone, rewritten, unreadable, leaked, moved, returned, erased, leaked,
]  # fmt: skip


def published(home: Path) -> Iterator[tuple[list[str], bytes]]:
    """What is wrong after each of STEPS, and what is out."""
    newsroom = TestNewsroom(home)
    for number, step in enumerate(STEPS):
        step(newsroom)
        outcome = newsroom.publish(NOW + timedelta(hours=number), accept=("everything",))
        yield sorted(said(outcome.problems)), newsroom.document().document.body
    outcome = newsroom.publish(ENDS)
    yield sorted(said(outcome.problems)), newsroom.document().document.body


def test_what_is_held_is_what_would_be_if_all_secrets_were_loaded(tmp_path: Path) -> None:
    with patch.object(secrets, "are_more_than", return_value=False):
        all_loaded = list(published(tmp_path / "all"))
    with patch.object(secrets, "are_more_than", return_value=True), loaded() as pages:
        by_clues = list(published(tmp_path / "few"))
    for number, (one, other) in enumerate(zip(all_loaded, by_clues, strict=True)):
        assert one == other, number
    assert pages


def clues(newsroom: TestNewsroom, name: str) -> int:
    query = "SELECT count(*) FROM clues JOIN readings ON number = page WHERE path = '%s'"
    [(count,)] = newsroom.rows(query % name)
    return int(count)


def test_what_is_no_secret_any_more_has_no_clues(newsroom: TestNewsroom) -> None:
    newsroom.page("later.txt", page(EMBARGO))
    plain(newsroom, "ferry.txt", "Ferries run", "They do so at night, and nobody knows why.")
    newsroom.publish()
    assert clues(newsroom, "later.txt") > 9
    assert clues(newsroom, "ferry.txt") == 0
    newsroom.publish(ENDS)
    assert clues(newsroom, "later.txt") == 0
