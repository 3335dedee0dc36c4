"""The soak notices what it is there to notice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.newsrooms import TestNewsroom
from tests.soak import judge
from tests.soak.answers import Answer
from tests.soak.commands import Ended
from tests.soak.desk import Desk
from tests.soak.items import Item
from tests.soak.judge import Judge
from tests.soak.observer import GONE, Observer
from tests.soak.timeline import NOTHING

RSS, ATOM = "/feeds/latest.rss", "/feeds/latest.atom"


@pytest.fixture
def observer(tmp_path: Path) -> Observer:
    """One who saw three revisions, at ten, twenty and thirty seconds."""
    made = Observer(tmp_path / "feeds.db")
    made.timeline.add((1, 1), 10, {RSS: "rss1", ATOM: "atom1"})
    made.timeline.add((1, 2), 20, {RSS: "rss2", ATOM: "atom2"})
    made.timeline.add((1, 3), 30, {RSS: "rss3", ATOM: "atom2"})
    return made


def answer(path: str, word: str, asked: float, connection: int = 1) -> Answer:
    return Answer(asked, asked + 0.01, connection, path, "", 200, word, "", "", 100, "")


def told(observer: Observer, *answers: Answer, calm: bool = True) -> list[str]:
    return list(Judge(observer, lambda _: not calm).answers(0, answers))


def test_new_and_unchanged_documents_of_one_revision_are_right(observer: Observer) -> None:
    assert not told(
        observer,
        answer(RSS, "rss1", 11),
        answer(RSS, "rss2", 21),
        answer(ATOM, "atom2", 22),
        answer(RSS, "rss3", 31),
        answer(ATOM, "atom2", 32),
        answer("/feeds/none.rss", NOTHING, 33),
    )


def test_an_older_revision_after_a_newer_one_is_told(observer: Observer) -> None:
    (what,) = told(observer, answer(RSS, "rss2", 20.5), answer(RSS, "rss1", 20.6))
    assert "before revision (1, 2)" in what


def test_formats_of_two_revisions_are_told(observer: Observer) -> None:
    (what,) = told(observer, answer(RSS, "rss2", 20.5), answer(ATOM, "atom1", 20.6))
    assert "before revision (1, 2)" in what


def test_two_workers_need_not_be_equally_quick(observer: Observer) -> None:
    two = answer(RSS, "rss2", 20.5), answer(RSS, "rss1", 20.6, connection=2)
    assert not told(observer, *two)


def test_a_revision_that_is_not_served_within_a_second_is_told(observer: Observer) -> None:
    assert not told(observer, answer(RSS, "rss1", 20.9))
    (what,) = told(observer, answer(RSS, "rss1", 21.5))
    assert "1.50 s after revision (1, 2)" in what


def test_an_app_that_is_cut_off_may_have_what_it_had_but_nothing_to_look_up(
    observer: Observer,
) -> None:
    cut_off = Judge(observer, lambda _: False, lambda asked: asked.by == "far")
    late = answer(RSS, "rss1", 25)._replace(by="far")
    refused = late._replace(status=503, word="", wrong="the status is 503")
    assert not list(cut_off.answers(0, [late, refused._replace(path="/feeds/latest")]))
    assert (cut_off.behind_when_cut_off, cut_off.looked_up_in_vain) == (5, 1)
    for other in (refused, late._replace(by="near", connection=2)):
        assert list(cut_off.answers(0, [other]))
    back = late._replace(connection=3, word="rss2")
    (what,) = cut_off.answers(0, [back, back._replace(word="rss1")])
    assert "before revision (1, 2)" in what


def test_a_story_that_a_reader_gets_twice_is_told(observer: Observer) -> None:
    first = Item("tag:desk:aaa", "Report 7 on bacodi", (7, 1))
    other = Item("tag:desk:bbb", "Report 7 on bacodi, edited 1 times", (7, 1))
    corrected = first._replace(title=other.title)
    once = answer(RSS, "rss1", 11)._replace(items=[first])
    assert not told(observer, once, answer(RSS, "rss2", 21)._replace(items=[corrected]))
    (what,) = told(observer, once, answer(RSS, "rss2", 21)._replace(items=[other]))
    assert "story 7 was tag:desk:aaa, and is there again as tag:desk:bbb" in what
    (what, *_) = told(observer, once._replace(items=[first, other]))
    assert "story 7 is there 2 times" in what


def test_a_story_that_a_reader_gets_after_it_was_taken_back_is_told(tmp_path: Path) -> None:
    observer = Observer(tmp_path / "feeds.db")
    story = Item("tag:desk:aaa", "Report 7 on bacodi", (7, 1))
    page = "/feeds/stories/aaa"
    observer.timeline.add((1, 1), 10, {RSS: "rss1", page: "story"})
    observer.timeline.add((1, 2), 20, {RSS: "rss2", page: GONE})
    gone = answer(RSS, "rss2", 20.5)
    soon = answer(RSS, "rss1", 20.6, connection=2)._replace(items=[story])
    late = soon._replace(asked=25, got=25.1)
    for_others = Judge(observer, lambda _: False)
    assert not [*for_others.answers(0, [gone]), *for_others.answers(1, [soon])]
    assert for_others.shown_again == 0
    other_app = Judge(observer, lambda _: False)
    assert not list(other_app.answers(0, [gone, soon]))
    assert other_app.shown_again == 1
    cut_off = Judge(observer, lambda _: False, lambda asked: asked == late)
    for found in (told(observer, gone, late), cut_off.answers(0, [gone, late])):
        what, *_ = found
        assert "5.00 s after it was replaced" in what
        assert "taken back ['Report 7 on bacodi']" in what


def test_what_has_changed_since_is_never_unchanged(observer: Observer) -> None:
    """By its date, what an older worker has is unchanged for who has the newer one already."""
    unchanged = answer(RSS, "rss2", 20.5)._replace(status=304)
    assert not told(observer, unchanged._replace(had="rss2"), unchanged._replace(had="rss3"))
    (what,) = told(observer, unchanged._replace(had="rss1"))
    assert "not what they had, 'rss1'" in what


def test_what_no_revision_has_is_told(observer: Observer) -> None:
    (what,) = told(observer, answer(RSS, "rss4", 31))
    assert "no revision" in what


def test_a_connection_may_break_only_as_a_worker_ends(observer: Observer) -> None:
    broken = answer(RSS, "", 31)._replace(status=0, wrong="reset", broken=True)
    assert told(observer, broken)
    assert not told(observer, broken, calm=False)


def test_a_story_that_is_lost_doubled_or_under_another_id_is_told(newsroom: TestNewsroom) -> None:
    desk, observer = Desk(newsroom, 1), Observer(newsroom.database)
    first, second = desk.story("md"), desk.story("html")
    newsroom.publish(datetime.now(UTC))
    observer.look()
    assert observer.newest
    now = datetime.now(UTC).timestamp()
    ended = Ended(("publish",), 0, "", now, now)
    assert not list(judge.faults_of_content(desk, observer.newest, ended))
    assert first.entry
    assert not list(judge.faults_of_documents(desk, observer.newest, now))

    first.version += 1
    second.entry = "tag:another"
    third = desk.story("txt")
    found = "\n".join(judge.faults_of_content(desk, observer.newest, ended))
    assert f"'{first.title}' should be edition 2" in found
    assert f"'{second.title}' was tag:another" in found
    assert f"'{third.title}' is lost" in found
    first.is_retracted = True
    assert f"'{first.title}' is in the ledger" in "\n".join(
        judge.faults_of_content(desk, observer.newest, ended)
    )
    second.embargo = int(now) + 60
    assert any(
        "before its embargo ends" in what
        for what in judge.faults_of_documents(desk, observer.newest, now)
    )


def test_a_document_with_what_nobody_may_see_is_told(newsroom: TestNewsroom) -> None:
    desk, observer = Desk(newsroom, 1), Observer(newsroom.database)
    desk.story("md")
    newsroom.publish(datetime.now(UTC))
    newsroom.change("UPDATE entries SET hidden = 'retracted'")
    observer.look()
    assert any("is in /feeds/latest.rss, and nobody may see it" in what for what in observer.wrong)


def test_formats_that_differ_are_told(newsroom: TestNewsroom) -> None:
    desk, observer = Desk(newsroom, 1), Observer(newsroom.database)
    desk.story("md")
    newsroom.publish(datetime.now(UTC))
    body = newsroom.document(form="atom").document.body.decode()
    newsroom.change(
        "UPDATE documents SET etag = 'x', body = CAST(:body AS BLOB) WHERE format = 'atom'",
        body=body.replace("Report 1", "Report 9"),
    )
    observer.look()
    assert any("the formats of /feeds/latest differ" in what for what in observer.wrong)
