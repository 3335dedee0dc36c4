"""The gate lets good documents pass and names what is wrong with bad ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from feeds.model import ACCEPTABLE, Document, Entry, EntryId, Format
from feeds.model.problem import Problem
from feeds.syndication import gate
from feeds.syndication.gate import Arrival, Change
from feeds.syndication.gate import objection as objected
from feeds.text.words import words

RSS = "<rss><channel>{}</channel></rss>"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:x</id>{}</feed>'
JSON = '{{"items":[{}]}}'


def document(form: Format, body: str | bytes) -> Document:
    data = body.encode() if isinstance(body, str) else body
    return Document("latest", form, "text/plain", data, '"etag"')


def holding(form: Format, *ids: str) -> Document:
    match form:
        case "rss":
            return document(
                form, RSS.format("".join(f"<item><guid>{i}</guid></item>" for i in ids))
            )
        case "atom":
            return document(form, ATOM.format("".join(f"<entry><id>{i}</id></entry>" for i in ids)))
        case "json":
            return document(form, JSON.format(",".join(f'{{"id":"{i}"}}' for i in ids)))


FORMATS = pytest.mark.parametrize("form", ["rss", "atom", "json"])


@FORMATS
@pytest.mark.parametrize("ids", [(), ("tag:a",), ("tag:a", "tag:b")])
def test_a_document_whose_ids_differ_passes(form: Format, ids: tuple[str, ...]) -> None:
    assert gate.document_objections([holding(form, *ids)]) == []


@FORMATS
def test_an_id_that_is_there_twice_is_named_with_its_document(form: Format) -> None:
    found = gate.document_objections([holding(form, "tag:a", "tag:b", "tag:a", "tag:a")])
    assert found == [objected("repeated", f"latest.{form} holds the id tag:a 3 times")]


@FORMATS
@pytest.mark.parametrize("body", ["", "<rss>", '{"items":', "\x00", "<a>&nbsp;</a>", "<a>\x01</a>"])
def test_a_document_that_is_not_well_formed_is_named(form: Format, body: str) -> None:
    (objection,) = gate.document_objections([document(form, body)])
    assert objection.what.startswith(f"latest.{form} is not well-formed: ")


def test_one_bad_document_does_not_hide_another() -> None:
    found = gate.document_objections(
        [document("rss", "<rss>"), holding("atom", "tag:a"), holding("json", "x", "x")]
    )
    assert [objection.what.split()[0] for objection in found] == ["latest.rss", "latest.json"]


def test_the_same_id_in_two_documents_is_no_objection() -> None:
    assert gate.document_objections([holding("rss", "tag:a"), holding("atom", "tag:a")]) == []


def test_entities_of_a_document_are_not_followed() -> None:
    body = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + RSS.format("<b>&x;</b>")
    assert gate.document_objections([document("rss", body)]) == []


@FORMATS
def test_an_entry_without_id_is_not_well_formed(form: Format) -> None:
    (objection,) = gate.document_objections([holding(form, "tag:a", "")])
    assert objection == objected(
        "malformed", f"latest.{form} is not well-formed: one of its entries has no id"
    )


@FORMATS
def test_a_date_that_is_none_is_not_well_formed(form: Format) -> None:
    broken = shown(form, [(1, "A", NOW)]).body.replace(b"20", b"2x")
    (objection,) = gate.document_objections([document(form, broken)])
    assert objection.code == "malformed"


@pytest.mark.parametrize("made", [document("rss", "<rss>"), holding("rss", "tag:a", "tag:a")])
def test_what_programs_can_not_read_is_never_accepted(made: Document) -> None:
    (objection,) = gate.document_objections([made], accepted=[*ACCEPTABLE, "malformed", "repeated"])
    assert "--accept" not in objection.remedy


# What a revision does to the documents of before

NOW = datetime(2026, 1, 14, 9, 30, tzinfo=UTC)
Shown = tuple[int, str, datetime | None]


def moment(number: int) -> datetime:
    return NOW - timedelta(hours=number)


def some(*numbers: int) -> list[Shown]:
    """Entries of which a higher number is older."""
    return [(number, f"Headline number {number}", moment(number)) for number in numbers]


def shown(form: Format, items: Sequence[Shown], feed: str = "latest") -> Document:
    """A document as the renderers write it, as far as the gate reads it."""
    parts = []
    for number, title, date in items:
        link = f"https://news.example/{number}"
        if form == "rss":
            stated = f"<pubDate>{date:%a, %d %b %Y %H:%M:%S +0000}</pubDate>" if date else ""
            parts.append(
                f"<item><guid>tag:x:{number}</guid><title>{title}</title>"
                f"<link>{link}</link>{stated}</item>"
            )
        elif form == "atom":
            stated = f"<published>{date:%Y-%m-%dT%H:%M:%SZ}</published>" if date else ""
            parts.append(
                f'<entry><id>tag:x:{number}</id><title>{title}</title><link rel="enclosure" '
                f'href="https://news.example/x.jpg"/><link rel="alternate" href="{link}"/>'
                f"{stated}</entry>"
            )
        else:
            stated = f',"date_published":"{date:%Y-%m-%dT%H:%M:%SZ}"' if date else ""
            parts.append(f'{{"id":"tag:x:{number}","title":"{title}","url":"{link}"{stated}}}')
    body = {"rss": RSS, "atom": ATOM, "json": JSON}[form]
    text = body.format(("," if form == "json" else "").join(parts))
    return Document(feed, form, "text/plain", text.encode(), f"etag of {text}")


def entry(number: int, title: str = "", text: str = "Text.", **more: object) -> Entry:
    fields = {
        "kind": "article",
        "content": f"<p>{text}</p>",
        "entered": NOW,
        "updated": NOW,
        **more,
    }
    return Entry(id=EntryId(f"tag:x:{number}"), title=title or f"Headline {number}", **fields)  # type: ignore[arg-type]


def ids(*numbers: int) -> set[EntryId]:
    return {EntryId(f"tag:x:{number}") for number in numbers}


def names(
    before: Sequence[Shown], after: Sequence[Shown], change: Change | None = None, *accepted: str
) -> list[str]:
    """The objections' names; all formats have to agree."""
    change = change or Change(limits={"latest": 30})
    every = []
    for form in ("rss", "atom", "json"):
        made, old = [shown(form, after)], [shown(form, before)]
        found = gate.document_objections(made, old, change, accepted)
        every.append([objection.code for objection in found])
    assert every[0] == every[1] == every[2]
    return every[0]


def test_a_document_that_would_be_empty_is_refused() -> None:
    assert names(some(1), []) == ["empty"]
    assert names(some(1, 2, 3), [], Change(gone=ids(1, 3))) == ["empty"]


def test_a_document_is_empty_when_all_its_entries_are_taken_back() -> None:
    assert names(some(1, 2, 3), [], Change(gone=ids(1, 2, 3))) == []


def test_a_document_that_was_empty_may_stay_so_or_be_filled() -> None:
    assert names([], some(1)) == []
    assert names([], []) == []


def test_the_only_entries_of_a_section_may_be_put_right_and_leave_it() -> None:
    moved = [(entry(number), entry(number, categories=("Sport",))) for number in range(10)]
    assert names(some(1, 2), [], Change(corrected=moved)) == []
    assert names(some(*range(6)), [], Change(corrected=moved)) == ["empty"]


def other_ids(count: int, *, shift: int = 100) -> list[Shown]:
    return [(number + shift, title, date) for number, title, date in some(*range(count))]


def test_many_entries_under_other_ids_are_refused() -> None:
    assert names(some(*range(30)), other_ids(30)) == ["ids"]
    assert names(some(*range(30)), [*some(*range(18)), *other_ids(30)[18:]]) == ["ids"]


def test_the_ids_of_a_small_sample_and_of_a_few_entries_may_change() -> None:
    assert names(some(*range(5)), other_ids(5)) == []
    assert names(some(*range(30)), [*some(*range(22)), *other_ids(30)[22:]]) == []


def test_merged_entries_are_no_entries_under_other_ids() -> None:
    gone = Change(gone=ids(*range(30)), limits={"latest": 30})
    assert names(some(*range(30)), other_ids(30), gone) == []


def test_a_column_that_returns_daily_has_no_other_id() -> None:
    daily = [(number, "Press review", moment(24 * number)) for number in range(30)]
    assert names(daily[10:], daily[:20]) == []


def test_a_document_that_lacks_many_entries_between_others_is_refused() -> None:
    assert names(some(*range(30)), some(0, 1, 2, 3, *range(20, 30))) == ["ids"]
    lacking = Change(gone=ids(*range(4, 15)), limits={"latest": 30})
    assert names(some(*range(30)), some(0, 1, 2, 3, *range(20, 30)), lacking) == []


def test_a_third_of_the_entries_may_be_missing_once() -> None:
    assert names(some(*range(30)), some(*range(20), 29)) == []
    assert names(some(*range(15)), some(*range(9), 14)) == []


def test_newer_entries_may_push_out_all_others() -> None:
    assert names(some(*range(30, 60)), some(*range(30))) == []
    assert names(some(*range(25, 55)), some(*range(30))) == []


def test_arrivals_of_two_days_may_leave_with_the_third() -> None:
    assert names(some(*range(120)), some(*range(30))) == []
    late = some(500)
    assert names([*some(*range(1, 120)), *late], [*some(*range(30)), *late]) == []


def test_an_entry_that_got_a_newer_date_does_not_keep_what_was_above_it() -> None:
    after = [(119, "Headline number 119", NOW), *some(*range(29))]
    assert names(some(*range(120)), after) == []


def test_a_feed_with_other_rules_may_hold_other_entries() -> None:
    assert names(some(*range(30)), some(*range(0, 30, 3)), Change()) == []


def later(items: Sequence[Shown], hours: int = 1) -> list[Shown]:
    shift = timedelta(hours=hours)
    return [(number, title, date and date + shift) for number, title, date in items]


def test_many_entries_with_other_dates_are_refused() -> None:
    assert names(some(*range(10)), later(some(*range(10)))) == ["dates"]
    assert names(some(*range(10)), [*later(some(*range(6))), *some(*range(6, 10))]) == ["dates"]


def test_clocks_of_days_that_were_known_are_no_other_dates() -> None:
    before, after = some(*range(20)), later(some(*range(20)))
    assert names(before, after, Change(clocked=ids(*range(15)))) == []
    assert names(before, after, Change(clocked=ids(*range(5)))) == ["dates"]


def test_many_entries_that_lose_their_dates_are_refused() -> None:
    undated: list[Shown] = [(number, title, None) for number, title, _ in some(*range(10))]
    assert names(some(*range(10)), undated) == ["dates"]
    assert names(undated, some(*range(10))) == []


def test_the_dates_of_a_small_sample_and_of_half_a_feed_may_change() -> None:
    assert names(some(*range(5)), later(some(*range(5)))) == []
    half = [*later(some(*range(6))), *some(*range(6, 12))]
    assert names(some(*range(12)), half) == []


def corrected(count: int, title: str = "", text: str = "Others.", **more: object) -> Change:
    pairs = [(entry(number), entry(number, title, text, **more)) for number in range(count)]
    return Change(corrected=pairs, limits={"latest": 30})


def other_words(count: int, of: int) -> list[Shown]:
    return [
        (number, title + "!" * (number < count), date) for number, title, date in some(*range(of))
    ]


def test_many_entries_with_other_words_at_once_are_refused() -> None:
    assert names(some(*range(30)), other_words(16, 30), corrected(16)) == ["corrections"]
    assert names(some(*range(10)), other_words(6, 10), corrected(6)) == ["corrections"]
    titles = corrected(16, text="Text.", title="Another headline")
    assert names(some(*range(30)), other_words(16, 30), titles) == ["corrections"]


@pytest.mark.parametrize("count", [1, 3, 9])
def test_a_small_newsroom_may_correct_all_it_has(count: int) -> None:
    assert names(some(*range(count)), other_words(count, count), corrected(count)) == []


def test_half_of_a_feed_may_be_corrected_at_once() -> None:
    assert names(some(*range(30)), other_words(15, 30), corrected(15)) == []


def test_corrections_of_what_is_in_no_document_count_for_nothing() -> None:
    assert names(some(*range(100, 130)), some(*range(99, 129)), corrected(90)) == []


def test_typography_looks_and_texts_that_arrive_are_no_corrections() -> None:
    typography = corrected(30, text="text…")
    assert names(some(*range(30)), other_words(30, 30), typography) == []
    pictures = corrected(30, text="Text.", authors=("A. Writer",))
    assert names(some(*range(30)), other_words(30, 30), pictures) == []
    arrived = [(entry(number, kind="headline", content=""), entry(number)) for number in range(30)]
    assert names(some(*range(30)), other_words(30, 30), Change(corrected=arrived)) == []


def flooded(known: int, new: int) -> list[Problem]:
    entered = [Arrival(f"Headline that is known {number}", "headline") for number in range(known)]
    entered += [Arrival(f"Headline that is new {number}", "headline") for number in range(new)]
    titles = {words(f"HEADLINE that is “known” {number}") for number in range(100)}
    return gate.document_objections([], [], Change(entered=entered, known_titles=titles))


def articles(number: int) -> list[Arrival]:
    return [Arrival(f"Story {one}", "article") for one in range(number)]


def test_a_flood_of_new_entries_under_known_headlines_is_refused() -> None:
    assert flooded(12, 2) == [
        objected(
            "flood",
            "known headlines would come again as new entries: 12 of 14 entries ('Headline that is "
            "known 0', 'Headline that is known 1', 'Headline that is known 2', …)",
        )
    ]
    assert flooded(6, 23)


def test_a_few_headlines_or_a_fifth_of_them_may_return() -> None:
    assert flooded(5, 0) == []
    assert flooded(6, 24) == []
    assert flooded(0, 100) == []


def test_a_first_load_of_an_archive_is_refused() -> None:
    many = Change(entered=articles(201), is_first=True)
    (objection,) = gate.document_objections([], [], many)
    assert objection.code == "first-load"
    assert "201 articles, more than 200" in objection.what


@pytest.mark.parametrize(
    "change",
    [
        Change(entered=articles(200), is_first=True),
        Change(entered=articles(201)),
        Change(entered=[Arrival("A", "headline")] * 999, is_first=True),
    ],
)
def test_a_first_load_of_two_hundred_articles_or_of_headlines_passes(change: Change) -> None:
    assert gate.document_objections([], [], change) == []


def test_a_document_that_did_not_change_is_compared_with_nothing() -> None:
    same = shown("rss", some(*range(30)))
    assert gate.document_objections([same], [same], corrected(30)) == []


def test_a_document_of_before_that_can_not_be_read_is_no_obstacle() -> None:
    assert gate.document_objections([shown("rss", some(1))], [document("rss", "<rss>")]) == []


def test_a_feed_that_is_no_longer_made_is_not_missed() -> None:
    assert gate.document_objections([], [shown("rss", some(1))]) == []


def test_an_objection_is_raised_once_for_a_feed() -> None:
    forms: tuple[Format, ...] = ("rss", "atom", "json")
    made = [shown(form, [], feed) for feed in ("latest", "sport") for form in forms]
    old = [shown(form, some(1, 2), feed) for feed in ("latest", "sport") for form in forms]
    assert gate.document_objections(made, old) == [
        objected("empty", "latest.rss would have none of its 2 entries left"),
        objected("empty", "sport.rss would have none of its 2 entries left"),
    ]


def test_what_is_accepted_is_not_raised_and_hides_nothing_else() -> None:
    before, after = some(*range(20)), later(other_words(20, 20))
    assert names(before, after, corrected(20)) == ["dates", "corrections"]
    assert names(before, after, corrected(20), "dates") == ["corrections"]
    assert names(before, after, corrected(20), "dates", "corrections") == []


def test_objections_say_how_many_which_for_example_and_how_to_go_on() -> None:
    made, old = shown("atom", later(some(*range(9)))), shown("atom", some(*range(9)))
    (objection,) = gate.document_objections([made], [old])
    assert objection.what == (
        "latest.atom would change the date of 9 of 9 entries "
        "('Headline number 0', 'Headline number 1', 'Headline number 2', …)"
    )
    assert objection.remedy == "publish again with '--accept dates' if this is meant"
