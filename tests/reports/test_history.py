"""``feeds list``, ``log`` and ``show``: what there is, what became of it, and who says so."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from feeds.model import Evidence
from feeds.model.errors import FeedsError
from feeds.reports import history
from feeds.reports.entry import EntryAnswer, Name, PageName, collect_entry
from feeds.reports.entry_text import entry_text
from feeds.text import dates
from tests.newsrooms import NOW, PAGE, SITE, TestNewsroom, feeds

BELL = "Bell hangs in its tower again after nine years"


def headlines(newsroom: TestNewsroom, text: str = "", *, hidden: bool = False) -> list[str]:
    found = history.list_entries(newsroom.place, text, 50, hidden=hidden)
    return [entry.title for entry in found.entries]


def show(newsroom: TestNewsroom, text: str) -> EntryAnswer:
    return collect_entry(newsroom.place, text)[0]


def shown(newsroom: TestNewsroom, text: str) -> str:
    return entry_text(*collect_entry(newsroom.place, text))


def log(newsroom: TestNewsroom, most: int = 20) -> str:
    return history.log_text(*history.collect_log(newsroom.place, most, history.LINES))


RETRACTED = """\
action = "retract"
entry = "Ferry to run at night"
notice = "This was wrong."
reason = "a hoax"
who = "Nora"
when = 2026-01-14T10:00:00Z"""


def test_entries_are_listed_newest_first(published: TestNewsroom) -> None:
    assert headlines(published) == [
        BELL,
        "Pilot boat gets another engine",
        "Budget of the harbour office is passed",
        "Ferry to run at night",
    ]


def test_a_part_of_the_headline_chooses_whatever_its_case_and_marks(
    published: TestNewsroom,
) -> None:
    assert headlines(published, "HARBOUR, office") == ["Budget of the harbour office is passed"]
    assert headlines(published, "airship") == []


def test_hidden_entries_are_marked_and_can_be_listed_alone(published: TestNewsroom) -> None:
    published.decide(RETRACTED)
    published.publish(NOW + timedelta(hours=1))
    assert headlines(published, hidden=True) == ["Ferry to run at night"]
    text = history.list_text(history.list_entries(published.place, "ferry", 5, hidden=False))
    assert text.endswith("  2026-01-08  Ferry to run at night [retracted]")


def test_a_list_says_how_many_more_there_are(published: TestNewsroom) -> None:
    found = history.list_entries(published.place, "", 2, hidden=False)
    assert history.list_text(found).splitlines()[-1] == "… and 2 more; --limit 4 shows all"
    told = json.loads(feeds(published, "list", "-n", "2", "--json").stdout)
    assert (told["count"], len(told["entries"])) == (4, 2)
    pilot = published.entries()[1]
    assert told["entries"][1] == {
        "id": pilot.id,
        "hash": pilot.hash,
        "kind": "headline",
        "title": "Pilot boat gets another engine",
        "stated": "2026-01-09",
        "published": pilot.published and dates.rfc3339(pilot.published),
        "updated": dates.rfc3339(pilot.updated),
        "url": None,
        "hidden": "",
        "access": "free",
        "is_held": False,
    }


def test_the_log_tells_what_became_of_which_entry_and_who_decided_it(
    published: TestNewsroom,
) -> None:
    published.decide(RETRACTED)
    published.publish(NOW + timedelta(hours=1))
    lines = log(published).splitlines()
    (name,) = (
        entry.hash
        for entry in history.list_entries(published.place, "ferry", 1, hidden=True).entries
    )
    assert lines[:6] == [
        "revision 2  2026-01-14 14:30  0 new, 0 corrected, 3 documents",
        f"  {name}  Ferry to run at night",
        "                retracted",
        "decided     2026-01-14 14:00  retract (notice This was wrong.), by Nora: a hoax",
        f"  {name}  Ferry to run at night",
        "revision 1  2026-01-14 13:30  4 new, 0 corrected, 3 documents",
    ]
    assert "                entered: never seen before (bell.txt:1)" in lines


def test_the_status_says_that_a_revision_took_a_story_back(published: TestNewsroom) -> None:
    published.decide(RETRACTED)
    published.publish(NOW + timedelta(hours=1))
    lines = [
        line.partition(": ")[2]
        for line in feeds(published, "status").stdout.splitlines()
        if line.startswith("revision ")
    ]
    assert lines == ["0 new, 0 corrected, 1 retracted", "4 new, 0 corrected"]


def test_the_log_of_the_last_revision_has_no_older_decision(published: TestNewsroom) -> None:
    published.decide(RETRACTED)
    published.publish(NOW + timedelta(hours=1))
    published.page("more.txt", "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n")
    published.publish(NOW + timedelta(hours=2))
    told, _ = history.collect_log(published.place, 1)
    assert [item.number for item in told.revisions] == [3]
    assert told.decisions == []
    assert len(history.collect_log(published.place, 2)[0].decisions) == 1


def test_the_log_of_the_last_revision_looks_at_no_older_one(published: TestNewsroom) -> None:
    published.page("more.txt", "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n")
    published.publish(NOW + timedelta(hours=1))
    published.change("UPDATE entries SET title = CAST(x'ff' AS TEXT) WHERE revision = 1")
    assert "Crane falls" in log(published, 1)


def test_the_log_says_what_the_gate_was_made_to_accept(published: TestNewsroom) -> None:
    published.change("UPDATE revisions SET accepted = 'flood dates'")
    assert "; the gate was made to accept: flood, dates" in log(published).splitlines()[0]
    assert history.collect_log(published.place, 1)[0].revisions[0].accepted == ["flood", "dates"]


def test_a_large_revision_is_told_in_part_and_all_of_it_to_programs(
    newsroom: TestNewsroom,
) -> None:
    for number in range(30):
        text = f"Crane {number} falls\n\nIt stopped on Friday.\nNobody knows why, after {number}.\n"
        newsroom.page(f"{number}.txt", text)
    newsroom.publish()
    assert log(newsroom).splitlines()[-1] == "                … and 10 more; --json has all"
    assert len(history.collect_log(newsroom.place, 1)[0].revisions[0].entries) == 30


def test_every_value_is_shown_with_its_evidence(published: TestNewsroom) -> None:
    told = show(published, "tower")
    authors = told.fields["authors"]
    assert authors.value == ("Nora Lind",)
    assert authors.evidence == Evidence("bell.txt", 5, "byline below the text")
    assert "published" not in told.fields
    text = shown(published, "tower").splitlines()
    assert text[0] == told.id
    assert "title        Bell hangs in its tower again after nine years" in text
    assert "             (bell.txt:1, first line)" in text
    assert "published    unknown" in text
    assert "page         bell.txt" in text


def test_what_was_decided_is_shown_beside_what_the_pages_tell(published: TestNewsroom) -> None:
    published.decide(
        'action = "correct"\nentry = "tower again"\ntitle = "Bell hangs again"\n'
        'published = 2026-01-12\nwho = "Nora"\nwhen = 2026-01-14T10:00:00Z',
    )
    published.publish(NOW + timedelta(hours=1))
    told = show(published, "Bell hangs again")
    assert told.fields["title"].value == "Bell hangs again"
    assert told.fields["title"].told == BELL
    assert told.fields["published"].told is None
    assert told.stated == "2026-01-12"
    text = shown(published, "Bell hangs again").splitlines()
    index = text.index("title        Bell hangs again")
    assert text[index + 1 : index + 4] == [
        "             (decisions.toml:1, decided by Nora)",
        f"             its pages tell: {BELL}",
        "             (bell.txt:1, first line)",
    ]
    assert "decisions    2026-01-14 14:00  correct (title Bell hangs again, published" in "\n".join(
        text
    )


def test_a_hidden_entry_says_since_when_and_by_whom(published: TestNewsroom) -> None:
    published.decide(RETRACTED)
    published.publish(NOW + timedelta(hours=1))
    told = show(published, "ferry")
    assert (told.hidden, told.notice) == ("retracted", "This was wrong.")
    assert (told.decisions[0].who, told.decisions[0].why) == ("Nora", "a hoax")
    text = shown(published, "ferry").splitlines()
    assert text[1:3] == [
        "state        retracted since 2026-01-14 14:00",
        "notice       This was wrong.",
    ]
    assert text[-2].startswith("history      2026-01-14 13:30  revision 1: entered")
    assert text[-1] == "             2026-01-14 14:30  revision 2: retracted"


def test_a_duplicate_names_what_it_was_merged_into(published: TestNewsroom) -> None:
    published.decide('action = "merge"\nentry = "pilot boat"\nduplicate = "ferry"\nwho = "Ola"')
    published.publish(NOW + timedelta(hours=1))
    keep, other = show(published, "pilot boat"), show(published, "ferry")
    assert other.keeper == keep.id
    merged = f"merge {other.hash} into {keep.hash}, by Ola"
    assert merged in shown(published, "pilot boat")
    assert merged in shown(published, "ferry")
    assert f"merged since 2026-01-14 14:30, into {keep.hash}" in shown(published, "ferry")


def test_an_erased_entry_has_no_word_left_to_show(published: TestNewsroom) -> None:
    name = show(published, "ferry").hash
    published.decide(RETRACTED + "\nerase = true")
    published.publish(NOW + timedelta(hours=1))
    told, text = show(published, name), shown(published, name)
    assert told.hidden == "erased"
    assert set(told.fields) == {"published"}
    assert "Ferry" not in text
    assert "Ferry" not in log(published)


def test_pages_are_shown_with_whether_they_are_there(published: TestNewsroom) -> None:
    assert show(published, "tower").names == [
        PageName("page", "bell.txt", is_there=True, missing_since=None),
        Name("opening"),
    ]
    assert show(published, "ferry").lists == ["bell.txt"]
    (published.root / "bell.txt").unlink()
    assert "page         bell.txt (not in the folder)" in shown(published, "tower")
    published.publish(NOW + timedelta(hours=1))
    assert "page         bell.txt (gone since 2026-01-14 14:30)" in shown(published, "tower")


def test_a_version_that_is_held_is_shown_with_what_is_out(published: TestNewsroom) -> None:
    published.page("bell.txt", "---\nstatus: draft\n---\n" + PAGE)
    published.publish(NOW + timedelta(hours=1))
    assert show(published, "tower").held[0].why == "its status is draft"
    assert f"held         bell.txt:4: '{BELL}': its status is draft; " in " ".join(
        shown(published, "tower").split("\n")
    ).replace("              ", " ")


def test_a_name_that_can_be_two_entries_lists_both(published: TestNewsroom) -> None:
    text = "Crane falls into the harbour\n\nIt stopped on Friday.\nNobody knows why.\n"
    published.page("crane.txt", text)
    published.publish(NOW + timedelta(hours=1))
    with pytest.raises(FeedsError, match="'harbour' can be 2 entries") as caught:
        show(published, "harbour")
    assert "2026-01-08  Budget of the harbour office is passed" in str(caught.value)
    assert "undated     Crane falls into the harbour" in str(caught.value)


def test_without_a_ledger_they_say_what_makes_one(newsroom: TestNewsroom) -> None:
    for command in (("list",), ("log",), ("show", "x")):
        run = feeds(newsroom, *command)
        assert run.returncode == 2
        assert run.stderr == "feeds: there is no ledger yet; 'feeds publish' makes it\n"


def test_a_wrong_configuration_hides_nothing(published: TestNewsroom) -> None:
    published.configure(SITE.replace("title =", "titel ="))
    assert "revision 1  2026-01-14 13:30" in log(published)
    assert "state        shown" in shown(published, "ferry")


def test_the_commands_tell_programs_and_people(published: TestNewsroom) -> None:
    before = published.dump()
    listed = json.loads(feeds(published, "list", "ferry", "--json").stdout)
    assert [entry["title"] for entry in listed["entries"]] == ["Ferry to run at night"]
    name = listed["entries"][0]["hash"]
    told = json.loads(feeds(published, "show", name, "--json").stdout)
    assert told["fields"]["title"] == {
        "value": "Ferry to run at night",
        "evidence": {"file": "bell.txt", "line": 10, "rule": "headline in the list"},
    }
    assert set(json.loads(feeds(published, "log", "--json").stdout)) == {"revisions", "decisions"}
    assert feeds(published, "list", "-n", "1").stdout.splitlines()[-1].startswith("… and 3 more")
    assert feeds(published, "show", name).stdout.startswith(listed["entries"][0]["id"])
    assert feeds(published, "log").stdout.startswith("revision 1  2026-01-14 13:30")
    missing = feeds(published, "show", "airship")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert published.dump() == before
