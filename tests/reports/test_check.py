"""What ``feeds check`` finds: each finding with the newsroom that causes it."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from feeds.ledger import lock
from feeds.ledger.sqlite.lock import path_for
from feeds.model.errors import ConfigError
from feeds.model.problem import Problem
from feeds.reports import lookalikes
from feeds.reports.check import (
    Remark,
    check_newsroom,
    exit_code,
    findings,
    remarks_text,
)
from feeds.reports.lookalikes import Brief
from feeds.reports.problems import MOST
from tests.conftest import Filled
from tests.newsrooms import COMMANDED, NOW, PAGE, SITE, TestNewsroom, feeds
from tests.thorough import THOROUGH

ARTICLE = """\
---
date: 2026-01-12
{more}
---
{title}

The harbour office said so on Monday, and nobody who was asked about it had another view.
It will be looked at again in {spring}, when the boats are back.
"""


BROKEN = '{"code": "broken-address", "what": "a broken link"}'


def article(title: str, more: str = "", spring: str = "spring") -> str:
    return ARTICLE.format(title=title, more=more, spring=spring)


def check(newsroom: TestNewsroom, now: datetime = NOW) -> list[Remark]:
    return check_newsroom(newsroom.place, now)


def lines(newsroom: TestNewsroom, severity: str, area: str = "") -> list[str]:
    return [
        str(remark.problem)
        for remark in check(newsroom)
        if remark.severity == severity and area in {"", remark.area}
    ]


def publish_dated(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt", "---\ndate: 2026-01-12\n---\n" + PAGE)
    newsroom.publish()


@pytest.fixture
def published(filled: Filled) -> TestNewsroom:
    """One dated article and its list: nothing is wrong with it."""
    return filled(publish_dated)


def test_nothing_is_wrong_with_a_newsroom_in_order(published: TestNewsroom) -> None:
    assert check(published) == []
    assert remarks_text([]) == "nothing is wrong"
    assert exit_code([]) == 0


def test_hints_alone_are_no_failure_and_a_warning_is_one() -> None:
    hint = Remark("pages", "hint", Problem("a", "doubtful", 3, "look", file="a.txt"))
    warning = Remark("pages", "warning", Problem("b", "worse", file="b.txt"))
    assert exit_code([hint]) == 0
    assert exit_code([hint, warning]) == 1
    assert remarks_text([warning, hint]) == (
        "warning  b.txt: worse\nhint     a.txt:3: doubtful; look\n1 warning, 1 hint"
    )


def test_nothing_is_written(published: TestNewsroom) -> None:
    def files() -> dict[str, str]:
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for folder in (published.root, published.database.parent)
            for path in folder.iterdir()
            if not path.name.endswith(("-wal", "-shm"))
        }

    published.page("bad.txt", b"")
    published.publish()
    before, dump = files(), published.dump()
    assert check(published)
    assert files() == before
    assert published.dump() == dump


def test_it_works_while_something_is_being_published(published: TestNewsroom) -> None:
    with (
        lock.hold(published.database),
        closing(sqlite3.connect(published.database, isolation_level=None)) as writer,
    ):
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE entries SET hidden = 'retracted'")
        assert check(published) == []
        writer.execute("ROLLBACK")


# configuration


def test_each_wrong_key_is_a_finding_and_the_rest_is_looked_at_as_last_published(
    published: TestNewsroom,
) -> None:
    published.page("bad.txt", b"")
    published.publish()
    published.configure(SITE.replace('language = "en"', "languige = 3").replace("30", '"x"'))
    found = lines(published, "error")
    assert [line.rpartition("/")[2].partition(":")[0] for line in found] == [
        "site.toml",
        "site.toml",
        "bad.txt",
    ]
    assert "languige: unknown key; did you mean 'language'?" in found[0]
    assert "limit" in found[1]


def test_a_value_of_site_toml_with_a_semicolon_stays_in_one_piece(published: TestNewsroom) -> None:
    published.configure(SITE.replace('language = "en"', 'language = "en; fr"'))
    (found,) = [remark for remark in check(published) if remark.area == "configuration"]
    (told,) = findings([found]).findings
    assert told.what.startswith('language: "en; fr": ')
    assert (told.remedy, told.field) == ("", "language")


def test_hubs_that_are_to_fetch_from_this_machine_are_an_error(published: TestNewsroom) -> None:
    local = SITE.replace("https://desk.test/feeds/", "http://localhost:8000/feeds/")
    published.configure(local)
    assert lines(published, "warning") == [
        "site.toml: feeds_url is http://localhost:8000/feeds/, which this machine alone can reach; "
        "write the address at which subscribers reach it"
    ]
    published.configure(local.replace("[[feeds]]", 'hubs = ["https://hub.test/"]\n[[feeds]]'))
    (line,) = lines(published, "error")
    assert "and hubs are to fetch it from there" in line
    published.configure(local.replace("https://desk.test/", "http://127.0.0.1/"))
    assert lines(published, "warning") == []


def test_an_unreadable_table_is_an_error_and_an_idle_row_a_hint(published: TestNewsroom) -> None:
    table = published.root / "pages.csv"
    table.write_text("path,titel,embargoed\nbell.txt,x,y\n", encoding="utf-8")
    (line,) = lines(published, "error")
    assert "pages.csv:1: unknown column 'embargoed'" in line
    table.write_text("path,titel,title\nbel.txt,x,Bell\n", encoding="utf-8")
    assert "the column 'titel' is unknown" in lines(published, "warning")[0]
    assert "pages.csv:2: there is no page 'bel.txt'" in lines(published, "hint")[0]


def test_a_rule_that_matches_no_page_is_a_hint(published: TestNewsroom) -> None:
    published.configure(SITE + '\n[[pages]]\npath = "economy/*"\nlanguage = "az"\n')
    assert "[[pages]] rule 1, 'economy/*', matches no page" in lines(published, "hint")[0]


def test_a_rule_for_captured_pages_waits_for_the_first(published: TestNewsroom) -> None:
    published.configure(SITE + '\n[[pages]]\npath = "captured/economy/**"\nlanguage = "az"\n')
    assert lines(published, "hint") == []


def test_thousands_of_idle_rows_are_counted(published: TestNewsroom) -> None:
    rows = "".join(f"page{number}.txt,Title\n" for number in range(1000))
    (published.root / "pages.csv").write_text(f"path,title\n{rows}", encoding="utf-8")
    found = lines(published, "hint")
    assert len(found) == MOST + 1
    assert found[-1] == "… and 950 more like these"


def test_decisions_that_cannot_be_read_are_an_error(published: TestNewsroom) -> None:
    published.decide('action = "retrect"\nentry = "x"')
    told = "decisions.toml:2: THIS MAY BE A RETRACTION, AND IS NOT DONE: unknown action 'retrect'"
    assert told in lines(published, "error")[0]
    published.decide("action")
    assert "decisions.toml:5: not TOML" in lines(published, "error")[1]


def test_a_decision_that_names_nothing_or_two_entries_is_a_warning(
    published: TestNewsroom,
) -> None:
    published.page("two.txt", article("Ferry to run at noon"))
    published.decide(
        'action = "retract"\nentry = "Airship lands"',
        'action = "retract"\nentry = "ferry to run at"',
        'action = "retract"\nentry = "Ferry to run at"\nday = "2026-01-12"',
        'action = "archive"\npath = "old"',
    )
    published.publish()
    nothing, several = lines(published, "warning")
    assert nothing == (
        "decisions.toml:1: retract: nothing is known as 'Airship lands'; 'feeds list' shows what is"
    )
    assert "decisions.toml:4: retract: 'ferry to run at' can be 2 entries" in several
    assert all(entry.id in several for entry in published.entries() if "Ferry" in entry.title)


def test_a_decision_deleted_from_the_file_stays_in_force_and_is_told(
    published: TestNewsroom,
) -> None:
    published.decide('action = "retract"\nentry = "Ferry to run at night"')
    published.publish()
    assert check(published) == []
    (published.root / "decisions.toml").unlink()
    (line,) = lines(published, "warning")
    assert line.startswith("decisions.toml: a decision is gone (retract tag:desk.test,2026:")


# pages


def test_a_page_that_cannot_be_read_is_an_error(published: TestNewsroom) -> None:
    published.page("bad.txt", b"")
    published.publish()
    assert lines(published, "error", "pages") == [
        "bad.txt: the page is empty; save it again, or delete the file"
    ]


def test_a_held_story_is_a_warning_unless_its_editor_keeps_it_back(
    published: TestNewsroom,
) -> None:
    published.page("draft.txt", article("Draft of a plan", "status: draft"))
    published.page("later.txt", article("Plan of the harbour", "embargo: 2026-02-01"))
    published.page("odd.txt", article("Odd plan of the harbour", "status: finished"))
    published.page("future.txt", article("Plan that comes").replace("01-12", "03-12"))
    published.publish()
    draft, later = lines(published, "hint")
    assert "'Draft of a plan' is kept back: its status is draft" in draft
    assert "it waits until 2026-02-01 00:00 Asia/Baku (+04:00)" in later
    future, odd = lines(published, "warning", "pages")
    assert "its date 2026-03-12 is in the future" in future
    assert "odd.txt" in odd


def test_what_was_left_out_is_a_warning_and_a_doubt_a_hint(published: TestNewsroom) -> None:
    published.page("page.txt", article("Crane falls", "language: klingonese!").encode("utf-16"))
    published.page("loss.txt", article("Crane stands") + "Latest news\nWell\n30 Feb 2026\n")
    published.publish()
    shown = {(remark.severity, remark.problem.place) for remark in check(published)}
    assert ("hint", "page.txt:3") in shown


def test_an_article_whose_page_is_gone_is_a_warning(published: TestNewsroom) -> None:
    (published.root / "bell.txt").unlink()
    published.publish()
    (line,) = lines(published, "warning")
    assert line.startswith("bell.txt: gone since 2026-01-14 13:30; 'Bell hangs in its tower")


@pytest.mark.parametrize("name", ["Report: today.txt", "a; b: c.txt", "x: 5.txt"])
def test_a_page_is_told_by_its_name_whatever_that_has_in_it(
    newsroom: TestNewsroom, name: str
) -> None:
    newsroom.page(name, b"")
    newsroom.publish()
    (found,) = check(newsroom)
    assert (found.problem.place, found.problem.told) == (name, "the page is empty")


def test_undated_articles_are_hints(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt")
    newsroom.publish()
    (line,) = lines(newsroom, "hint")
    entry = next(entry for entry in newsroom.entries() if entry.kind == "article")
    assert line == (
        "bell.txt:1: nobody knows when 'Bell hangs in its tower again after nine years' was "
        f"published; state the date on the page, or: feeds correct {entry.hash} --published DATE"
    )


def test_every_undated_article_is_listed_if_they_are_held(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("[[feeds]]", 'undated = "hold"\n[[feeds]]', 1))
    for number in range(MOST + 5):
        text = article(f"Crane {number} falls", spring=f"{number} days")
        newsroom.page(f"{number}.txt", text.replace("date: 2026-01-12\n", ""))
    newsroom.publish()
    found = lines(newsroom, "warning", "pages")
    assert len(found) == MOST + 5
    assert all("its date is unknown" in line for line in found)


def test_pages_read_by_another_version_are_a_hint(published: TestNewsroom) -> None:
    published.change("UPDATE readings SET reader_version = 1")
    (line,) = lines(published, "hint")
    assert line.startswith("1 page was read by another version of the program; 'feeds publish")


# ledger


def test_a_newsroom_that_was_never_published_says_so(newsroom: TestNewsroom) -> None:
    (remark,) = check(newsroom)
    assert (remark.severity, remark.problem.remedy) == ("warning", "run 'feeds publish'")


def test_the_last_run_is_told_if_it_failed_or_is_long_ago(published: TestNewsroom) -> None:
    published.configure("[site]\n")
    with pytest.raises(ConfigError):
        published.publish()
    published.configure(SITE)
    published.page("pages.csv", "no column of that name\n")
    with pytest.raises(ConfigError):
        published.publish()
    failed = [line for line in lines(published, "error") if "the last publish failed" in line]
    assert len(failed) == 1
    (published.root / "pages.csv").unlink()
    published.publish()
    later = check(published, NOW + timedelta(days=3))
    assert [remark.problem.told for remark in later] == ["the last publish was 3 days ago"]
    sooner = check(published, NOW - timedelta(days=3))
    assert sooner[0].problem.remedy == "set this machine's clock"


@pytest.mark.parametrize("program", ["no-such-program", "/no/such/program", "bin/none"])
def test_a_command_whose_program_is_not_there_is_told(
    published: TestNewsroom, program: str
) -> None:
    published.configure(f'{SITE}[publish]\nafter = ["{program}"]\non_problem = ["sh", "-c", ""]\n')
    (told,) = [line for line in lines(published, "warning") if "no program" in line]
    assert told.startswith(f"site.toml: after: there is no program '{program}'")


def test_a_program_is_sought_from_the_folder_above_the_pages(published: TestNewsroom) -> None:
    tell = published.root.parent / "tell"
    tell.write_text("#!/bin/sh\n")
    tell.chmod(0o755)
    published.configure(f'{SITE}[publish]\nafter = ["./tell"]\n')
    assert not [line for line in lines(published, "warning") if "no program" in line]


def test_a_limit_above_what_the_partner_takes_is_told(published: TestNewsroom) -> None:
    feed = '[[feeds]]\nname = "{0}"\ntitle = "Quay"\nprofile = "{0}"\nlimit = {1}\n'
    published.configure(f"{SITE}{feed.format('msn', 30)}{feed.format('flipboard', 30)}")
    (told,) = [line for line in lines(published, "hint") if "stories at most" in line]
    assert "limit: 30, but MSN takes 29 stories at most; " in told
    assert re.match(r"site\.toml:\d+: limit", told)


@pytest.mark.engines
def test_a_revision_that_is_yet_to_come_is_told_also_when_the_next_run_had_the_right_clock(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("bell.txt")
    newsroom.publish(NOW + timedelta(hours=2))
    newsroom.publish(NOW)
    told = [remark.problem for remark in check(newsroom, NOW) if remark.severity == "warning"]
    assert [one.told for one in told] == [
        "revision 1 was published at 2026-01-14 11:30 UTC, which is yet to come"
    ]
    assert "by NTP" in told[0].remedy
    later = check(newsroom, NOW + timedelta(hours=2))
    assert told[0].code not in {remark.problem.code for remark in later}


def test_for_what_the_last_run_failed_is_told_once_if_it_is_so_still(
    published: TestNewsroom,
) -> None:
    published.configure("[site]\n")
    with pytest.raises(ConfigError):
        published.publish()
    assert not [line for line in lines(published, "error") if "the last publish failed" in line]
    assert [line for line in lines(published, "error") if "site.toml" in line]


def test_a_lock_file_that_says_nothing_is_a_hint(published: TestNewsroom) -> None:
    path_for(published.database).write_bytes(b"{")
    (remark,) = check(published)
    assert (remark.severity, remark.problem.told) == ("hint", "how the last run ended is not known")


def test_a_file_that_is_no_ledger_is_an_error(newsroom: TestNewsroom) -> None:
    newsroom.database.parent.mkdir()
    newsroom.database.write_bytes(b"a letter to the editor, long enough to be no header" * 20)
    assert any("file is not a database" in line for line in lines(newsroom, "error"))


def test_a_ledger_with_damaged_pages_is_reported_and_not_the_end(
    newsroom: TestNewsroom,
) -> None:
    for number in range(40):
        newsroom.page(f"{number}.txt", article(f"Crane {number} falls", spring=f"{number} days"))
    newsroom.publish()
    newsroom.change("PRAGMA wal_checkpoint(TRUNCATE)")
    size = newsroom.database.stat().st_size
    for start in range(4096 * 2, size, 4096 * (3 if THOROUGH else 15)):
        with newsroom.database.open("r+b") as file:
            file.seek(start)
            file.write(b"\xff" * 2000)
        found = check(newsroom)
        assert any("damaged" in line or "malformed" in line for line in map(str, found))
        assert exit_code(found) == 1


def test_rows_without_their_entry_are_an_error(published: TestNewsroom) -> None:
    published.change(
        "INSERT INTO aliases (kind, value, entry) VALUES ('url', 'x', 999)",
        "INSERT INTO members (feed, position, entry) VALUES ('other', 1, 'tag:gone')",
        "INSERT INTO listed (page, position, entry) SELECT 999, 1, sequence FROM entries LIMIT 1",
        "INSERT INTO held (path, line, title, why, remedy, since) "
        "VALUES ('gone.txt', 1, '', '', '', '2026-01-14 09:30:00.000000')",
        "UPDATE entries SET keeper = 'tag:gone' WHERE sequence = 1",
    )
    found = {line.partition(": ")[2].partition(";")[0] for line in lines(published, "error")}
    assert found == {
        "1 row of 'aliases' without their 'entries'",
        "1 row of 'members' without their 'entries'",
        "1 row of 'listed' without their 'readings'",
        "1 row of 'held' without their 'readings'",
        "1 row of 'entries' without their 'keepers'",
    }


def test_an_entry_that_nothing_leads_to_is_a_warning(published: TestNewsroom) -> None:
    published.change("DELETE FROM aliases")
    assert len([line for line in lines(published, "warning") if "nothing leads to" in line]) == 4


@pytest.mark.parametrize(
    "damage",
    [
        "told = '{'",
        "told = '{\"id\": 3}'",
        "evidence = 'x'",
        'stated = \'{"iso": "never", "precision": "day"}\'',
        "published = 'never'",
        "authors = x'ff'",
        "title = CAST(x'ff' AS TEXT)",
    ],
)
def test_an_entry_that_cannot_be_decoded_is_an_error_and_the_others_are_looked_at(
    published: TestNewsroom, damage: str
) -> None:
    published.page("pilot.txt", article("Pilot boat gets an other engine"))
    published.publish()
    published.change(f"UPDATE entries SET {damage} WHERE sequence = 2")  # noqa: S608 - ours
    found = check(published)
    (name,) = {entry for (entry,) in published.rows("SELECT id FROM entries WHERE sequence = 2")}
    told = [remark for remark in found if remark.problem.place == name]
    assert [remark.severity for remark in told] == ["error"]
    assert "damaged" in told[0].problem.told


def test_a_reading_that_cannot_be_decoded_is_an_error(published: TestNewsroom) -> None:
    published.change("UPDATE readings SET reading = '{'")
    assert "bell.txt: what was read of it is damaged" in lines(published, "error")[0]


def test_another_authority_than_the_ledgers_is_an_error(published: TestNewsroom) -> None:
    published.configure(SITE.replace("desk.test,2026", "desk.test,2025"))
    assert lines(published, "error") == [
        "site.toml: authority: this ledger's ids are minted under 'desk.test,2026', not "
        "'desk.test,2025'; write authority = \"desk.test,2026\" again, or name another ledger with "
        "--database"
    ]


def test_entries_at_one_address_are_a_warning(published: TestNewsroom) -> None:
    published.page("one.txt", article("Crane falls", "url: https://desk.test/1"))
    published.page("two.txt", article("Mayor sings", "url: https://desk.test/2", "June"))
    published.publish()
    published.change("UPDATE entries SET url = 'https://desk.test/1/' WHERE title LIKE 'Mayor%'")
    (line,) = lines(published, "warning")
    assert line.startswith("desk.test/1: 2 entries are at this address")
    first, second = (entry.hash for entry in published.entries() if entry.url)
    assert f"feeds merge {first} {second}" in line or f"feeds merge {second} {first}" in line


def test_names_of_one_page_that_lead_to_different_entries_are_a_warning(
    published: TestNewsroom,
) -> None:
    published.page("one.txt", article("Crane falls in the harbour"))
    published.page("two.txt", article("Mayor sings for the harbour", spring="June"))
    published.publish()
    one, two = (
        next(entry for entry in published.entries() if entry.title.startswith(word))
        for word in ("Crane", "Mayor")
    )
    published.change(
        "UPDATE aliases SET entry = (SELECT sequence FROM entries WHERE id = :two)"
        " WHERE value = 'one.txt'",
        two=two.id,
    )
    kept, other = sorted((one, two), key=lambda entry: (entry.entered, entry.id))
    (line,) = lines(published, "warning", "ledger")
    assert line == (
        f"one.txt:5: the path of 'Crane falls in the harbour' leads to {two.hash}, its headline to "
        f"{one.hash} 'Crane falls in the harbour'; if they are one story: "
        f"feeds merge {kept.hash} {other.hash}; "
        f"if they are two: feeds keep-apart {kept.hash} {other.hash}"
    )
    published.change("UPDATE entries SET hidden = 'merged' WHERE id = :two", two=two.id)
    assert lines(published, "warning", "ledger") == []


def test_one_address_claimed_by_two_pages_is_a_warning(published: TestNewsroom) -> None:
    same = "url: https://desk.test/1"
    published.page("one.txt", article("Crane falls in the harbour", same))
    published.publish()
    text = article("Mayor sings for the harbour", same)
    body = "Nothing was said of what this will cost, nor of when the singing will end.\n"
    published.page("two.txt", text.rpartition("The harbour")[0] + body)
    published.publish()
    (line,) = lines(published, "warning", "ledger")
    assert line.startswith("two.txt:5: the path of 'Mayor sings for the harbour' leads to ")
    assert line.endswith("; give each story an address of its own, or none")


# documents


def test_a_document_whose_bytes_were_changed_is_an_error(published: TestNewsroom) -> None:
    body = published.document(form="rss").document.body.decode() + " "
    statement = "UPDATE documents SET body = CAST(:body AS BLOB) WHERE format = 'rss'"
    published.change(statement, body=body)
    assert lines(published, "error") == [
        "latest.rss: its bytes are not those that were published: its ETag is another's; "
        "'feeds restore-ledger FILE' goes back to a copy made with 'feeds backup'"
    ]


def test_a_document_that_can_t_be_unpacked_is_damage(published: TestNewsroom) -> None:
    published.change("UPDATE documents SET gzip = substr(gzip, 1, 99) WHERE format = 'rss'")
    (line,) = lines(published, "error")
    assert "damaged: latest.rss can't be unpacked" in line


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_document_that_is_not_well_formed_is_an_error(published: TestNewsroom, form: str) -> None:
    body = published.document(form=form).document.body[:400]
    statement = "UPDATE documents SET body = CAST(:body AS BLOB) WHERE format = :form"
    published.change(statement, form=form, body=body.decode())
    assert any(f"latest.{form}: not well-formed: " in line for line in lines(published, "error"))


def test_an_id_that_the_ledger_does_not_know_is_an_error(published: TestNewsroom) -> None:
    published.change("UPDATE entries SET id = 'tag:other', hash = 'other' WHERE sequence = 1")
    found = [line for line in lines(published, "error", "documents") if "knows no entry" in line]
    assert [line.partition(":")[0] for line in found] == [
        "latest.rss",
        "latest.atom",
        "latest.json",
    ]


def test_a_hidden_entry_in_a_document_is_an_error(published: TestNewsroom) -> None:
    published.change("UPDATE entries SET hidden = 'retracted' WHERE sequence = 1")
    hidden = published.rows("SELECT hash FROM entries WHERE sequence = 1")[0][0]
    found = lines(published, "error")
    assert f"latest: {hidden} is retracted, and in it" in found[0]
    for form in ("rss", "atom", "json"):
        assert any(
            f"latest.{form}: it shows {hidden}, which is retracted" in line for line in found
        )


def test_a_document_that_says_an_entry_is_gone_which_is_shown_is_an_error(
    published: TestNewsroom,
) -> None:
    published.decide('action = "retract"\nentry = "Ferry to run at night"')
    published.publish()
    published.change("UPDATE entries SET hidden = '', gone = NULL")
    assert any(
        "latest.atom: it says that" in line and "is gone, which is shown" in line
        for line in lines(published, "error")
    )


def test_documents_that_are_not_their_feeds_members_are_an_error(
    published: TestNewsroom,
) -> None:
    published.change("DELETE FROM members WHERE position = 2")
    found = lines(published, "error")
    assert [line.partition(";")[0] for line in found] == [
        f"latest.{form}: its 4 entries are not the 3 that its feed has by now"
        for form in ("rss", "atom", "json")
    ]


def test_a_feed_that_was_not_published_yet_is_a_warning(published: TestNewsroom) -> None:
    published.configure(SITE + '\n[[feeds]]\nname = "more"\ntitle = "More"\n')
    assert lines(published, "warning")[0] == (
        "more.rss: this feed is configured, and was not published yet; run 'feeds publish'"
    )


def test_what_the_gate_holds_is_a_warning(published: TestNewsroom) -> None:
    published.change(
        f"UPDATE entries SET objection = '{BROKEN}' WHERE sequence = 1",  # noqa: S608 - ours
    )
    (line,) = lines(published, "warning")
    assert line.endswith("is held: a broken link")
    assert line.startswith("bell.txt:")


# entries that may be one story


def merges(*entries: tuple[str, str] | tuple[str, str, str]) -> list[tuple[str, str]]:
    briefs = []
    for number, (title, day, *language) in enumerate(entries):
        when = date.fromisoformat(day) if day else None
        name = str(number)
        briefs.append(Brief(name, name, title, when, language[0] if language else None, True))
    return sorted((pair.keep.id, pair.duplicate.id) for pair in lookalikes.pairs(briefs)[0])


NINE, TEN, TWENTY = "2026-01-09", "2026-01-10", "2026-01-20"


def test_headlines_much_alike_of_neighbouring_days_are_a_hint() -> None:
    assert merges(
        ("Harbour bell hangs in its tower again", NINE),
        ("Harbour bell hangs in its towers again", TEN),
    ) == [("0", "1")]
    assert (
        merges(
            ("Harbour bell hangs in its tower again", NINE),
            ("Harbour bell hangs in its towers again", TWENTY),
        )
        == []
    )


def test_an_undated_article_is_compared_with_every_day() -> None:
    assert merges(
        ("Harbour bell hangs in its tower again", NINE),
        ("Harbour bell hangs in its towers again", ""),
        ("Mayor sings", TWENTY),
    ) == [("0", "1")]


def test_other_digits_or_another_language_are_no_hint() -> None:
    assert (
        merges(
            ("Earthquake of magnitude 4.1 felt", NINE), ("Earthquake of magnitude 4.3 felt", NINE)
        )
        == []
    )
    assert (
        merges(("Ferry to run at night", NINE, "en"), ("Ferry to run at night", NINE, "de")) == []
    )
    assert merges(("Ferry to run at night", NINE, "en"), ("Ferry to run at night", NINE, "en-GB"))


def test_the_same_distinctive_headline_on_other_days_is_a_hint_but_no_columns() -> None:
    long, short = "What the papers say this week", "Press review"
    assert merges((long, NINE), (long, TWENTY)) == [("0", "1")]
    assert merges((short, NINE), (short, TEN), (short, TWENTY)) == []
    assert merges(*((long, f"2026-01-{day:02}") for day in range(1, 28, 7))) == []


def test_an_undated_article_under_the_headline_of_several_days_is_a_hint() -> None:
    long = "What the papers say this week"
    assert merges((long, NINE), (long, TWENTY), (long, "")) == [("0", "1"), ("0", "2"), ("1", "2")]


def test_comparing_has_an_end() -> None:
    briefs = [
        Brief(str(n), str(n), f"Crane {n} falls", date(2026, 1, 9), None, True) for n in range(300)
    ]
    assert lookalikes.pairs(briefs) == ([], True)
    assert lookalikes.pairs(briefs, work=1000) == ([], False)


def test_a_hint_to_merge_names_the_command_until_somebody_decides(
    published: TestNewsroom,
) -> None:
    published.page("one.txt", article("Harbour bell hangs in its tower again"))
    published.page("two.txt", article("Harbour bell hung in its tower again", spring="June"))
    published.publish()
    one, two = (
        e.hash for e in sorted(published.entries(), key=lambda e: e.title) if "Harbour b" in e.title
    )
    (line,) = lines(published, "hint", "merge")
    assert line.endswith(f"; feeds merge {one} {two}; if not: feeds keep-apart {one} {two}")
    merge = f'action = "merge"\nentry = "{one}"\nduplicate = "{two}"\nwhen = 2026-01-14'
    published.decide(merge)
    published.publish(NOW + timedelta(hours=1))
    assert lines(published, "hint", "merge") == []
    published.decide(f'action = "restore"\nentry = "{two}"\nwhen = 2026-01-15')
    published.publish(NOW + timedelta(days=2))
    assert "Harbour bell hung in its tower again" in {entry.title for entry in published.entries()}
    assert lines(published, "hint", "merge") == []


def test_at_most_fifty_merges_are_asked_for(newsroom: TestNewsroom) -> None:
    listed = "".join(
        f"Crane of the harbour {word} falls into the basin\n09.Jan.2026\n"
        for word in ("a" * number for number in range(1, 16))
    )
    newsroom.page(
        "bell.txt", PAGE.partition("Latest news")[0] + f"Latest news\n{listed}\n14 Jan 2026\n"
    )
    newsroom.publish()
    found = lines(newsroom, "hint", "merge")
    assert len(found) == MOST + 1
    assert found[-1].endswith("more like these")


# the command


def test_the_command_tells_programs_and_people(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt")
    newsroom.page("bad.txt", b"")
    newsroom.publish(COMMANDED)
    run = feeds(newsroom, "check", "--json")
    told = json.loads(run.stdout)
    assert (run.returncode, run.stderr) == (1, "")
    assert (told["errors"], told["warnings"], told["hints"]) == (1, 0, 1)
    assert told["findings"][0] == {
        "area": "pages",
        "severity": "error",
        "code": "page-unreadable",
        "place": "bad.txt",
        "file": "bad.txt",
        "line": 0,
        "field": "",
        "what": "the page is empty",
        "remedy": "save it again, or delete the file",
    }
    (newsroom.root / "bad.txt").unlink()
    assert feeds(newsroom, "publish").returncode == 0
    run = feeds(newsroom, "check")
    assert run.returncode == 0
    assert run.stdout.splitlines()[-1] == "1 hint"


def test_the_sample_newsroom_has_but_hints(tmp_path: Path) -> None:
    sample = TestNewsroom.sample(tmp_path / "sample")
    sample.publish(datetime(2026, 11, 23, tzinfo=UTC))
    found = check(sample, datetime(2026, 11, 23, tzinfo=UTC))
    assert [str(remark.problem) for remark in found if remark.severity != "hint"] == []


def test_html_pages_without_an_address_are_one_hint(newsroom: TestNewsroom) -> None:
    for number in range(3):
        text = f"<p>It was looked at for the {number}th time and found to be in order again.</p>"
        newsroom.page(
            f"{number}.html", f"<title>Crane {number}</title><h1>Crane {number}</h1>{text}"
        )
    newsroom.page("text.txt", "Quay opens\n\nIt was shut for nine years.\n")
    newsroom.publish()
    told = [line for line in lines(newsroom, "hint", "pages") if "address of their own" in line]
    assert len(told) == 1
    assert "3 HTML pages" in told[0]
    assert "pages.csv" in told[0]
