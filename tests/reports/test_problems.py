"""What is wrong is found once: status, check and the report name it in the same words."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import msgspec
from lxml import html

from feeds.desk.report import report
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom
from feeds.reports.check import check_newsroom
from feeds.reports.problems import LOOKS
from feeds.reports.status import Status, collect_status
from tests.newsrooms import NOW, PAGE, SITE, TestNewsroom

LATER = NOW + timedelta(hours=1)
HEADINGS = {look.heading for look in LOOKS if look.heading}


BROKEN = '{"code": "broken-address", "what": "a broken link"}'


def place(newsroom: TestNewsroom) -> Newsroom:
    return Newsroom(newsroom.root, newsroom.database)


def status(newsroom: TestNewsroom) -> Status:
    return collect_status(place(newsroom), LATER)


def execute(newsroom: TestNewsroom, statement: str, *values: str) -> None:
    with closing(sqlite3.connect(newsroom.database)) as connection:
        connection.execute(statement, values)
        connection.commit()


def in_trouble(newsroom: TestNewsroom) -> TestNewsroom:
    """Something is wrong under every heading of ``feeds status``."""
    newsroom.configure(SITE + '\n[[pages]]\npath = "economy/*"\nlanguage = "az"\n')
    newsroom.page("bell.txt", PAGE.replace("08.Jan.2026", "31.Feb.2026"))
    newsroom.page("crane.txt", "Crane falls\n\nIt stopped on Friday.\nNobody knows why it did.\n")
    newsroom.page("draft.txt", "---\nstatus: draft\n---\nQuay is sold\n\nFor a good price.\n")
    newsroom.page("odd.txt", "---\nstatus: odd\n---\nQuay is built\n\nAt a good price.\n")
    newsroom.page("bad.txt", b"")
    newsroom.publish()
    (newsroom.root / "crane.txt").unlink()
    newsroom.publish(LATER)
    execute(
        newsroom,
        f"UPDATE entries SET objection = '{BROKEN}' WHERE title LIKE 'Bell%'",  # noqa: S608 - ours
    )
    hub = Problem(
        "hub-given-up", "takes nothing", remedy="ask its operator", file="https://hub.test/"
    )
    given_up = msgspec.json.encode({"https://hub.test/": hub}).decode()
    execute(newsroom, "INSERT INTO settings VALUES ('hubs given up', ?)", given_up)
    return newsroom


def test_what_status_names_check_and_the_report_name_in_the_same_words(
    newsroom: TestNewsroom,
) -> None:
    told = status(in_trouble(newsroom))
    checked = {
        str(remark.problem): remark.problem for remark in check_newsroom(place(newsroom), LATER)
    }
    page: html.HtmlElement = html.document_fromstring(report(place(newsroom), LATER))
    words = " ".join(page.text_content().split())
    for heading in HEADINGS:
        lines = getattr(told, heading)
        assert lines, heading
        for line in lines:
            assert checked[line].told in words


def test_a_reading_that_cannot_be_decoded_is_named_by_status_too(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt")
    newsroom.publish()
    execute(newsroom, "UPDATE readings SET reading = '{'")
    (line,) = status(newsroom).failed
    assert line.startswith("bell.txt: what was read of it is damaged")
    assert line in {str(remark.problem) for remark in check_newsroom(place(newsroom), LATER)}


def test_many_hints_hide_no_warning(newsroom: TestNewsroom) -> None:
    draft = "---\nstatus: draft\n---\nQuay {} is sold\n\nFor a good price.\n"
    for number in range(60):
        newsroom.page(f"{number}.txt", draft.format(number))
    newsroom.page("z.txt", "---\ndate: 2026-03-12\n---\nQuay is built\n\nAt a good price.\n")
    newsroom.publish()
    found = [(one.severity, one.problem.file) for one in check_newsroom(place(newsroom), LATER)]
    assert ("warning", "z.txt") in found
