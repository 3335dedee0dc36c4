"""What readers had is looked for once, and then only in what was published since."""

from __future__ import annotations

from collections.abc import Iterable

from feeds.model import Entry
from feeds.syndication.leaks import sentences
from feeds.syndication.spoken import Spoken
from tests.syndication.test_objections import article

TEXT = "The northern quay will be closed on Monday for at least four days."
OTHER = "Nobody at the office could say who had paid for the crate."
KEY = next(sentences(TEXT)).key
OTHER_KEY = next(sentences(OTHER)).key


class Public:
    """What readers have, and how often somebody went through it."""

    def __init__(self, *entries: Entry) -> None:
        self.entries, self.times = entries, 0

    def __call__(self) -> Iterable[Entry]:
        self.times += 1
        yield from self.entries


def test_what_stands_in_a_public_text_readers_had() -> None:
    spoken = Spoken(Public(article(f"{TEXT} {OTHER}")))
    assert spoken.had({KEY, "never said by anybody at all"}, set()) == ({KEY}, set())


def test_headlines_and_addresses_are_names() -> None:
    entry = article("Text.")
    names = {entry.title.lower(), "no such headline"}
    assert Spoken(Public(entry)).had(set(), names) == (set(), {entry.title.lower()})


def test_what_was_asked_before_is_not_looked_for_again() -> None:
    public = Public(article(TEXT))
    first = Spoken(public)
    first.had({KEY, OTHER_KEY}, set())
    first.had({KEY}, set())
    again = Spoken(public, first.after([]))
    assert again.had({KEY, OTHER_KEY}, set()) == ({KEY}, set())
    assert public.times == 1


def test_what_is_published_since_readers_had_the_next_time() -> None:
    first = Spoken(Public())
    assert first.had({KEY}, set()) == (set(), set())
    known = first.after([article(TEXT)])
    assert first.had({KEY}, set()) == (set(), set())
    assert Spoken(Public(), known).had({KEY}, set()) == ({KEY}, set())


def test_what_nobody_asks_for_any_more_is_not_kept() -> None:
    first = Spoken(Public(article(TEXT)))
    first.had({KEY}, set())
    second = Spoken(Public(), first.after([]))
    second.had({OTHER_KEY}, set())
    assert len(second.after([])) == 1
    assert not any(word in str(second.after([])) for word in ("quay", "crate"))
