"""What ``feeds check`` proposes to call a site's own, and that it learns nothing by itself."""

from __future__ import annotations

import tomllib

import msgspec

from feeds.model.problem import Problem
from feeds.reports.check import check_newsroom, findings, remarks_text
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds

WORDS = "amber basil cedar drift ember frost grove heron inlet jetty kites larch".split()
PAGE = """\
The Fen Gazette
Home | News | Eels
The {word} of Fenholt is mended at last

By Nora Lind
{day} January 2026

The {word} at Fenholt was broken since Thursday night, and keepers counted {count} eels in it.
It will be looked at again when the ice comes, said the office of the {word} on Friday.

Write to the office of the Fen Gazette
Views: {count}00
Latest news
Bell hangs in its tower again after nine years
07.Jan.2026
Boat sails again with another engine
06.Jan.2026
"""


def fill(newsroom: TestNewsroom, count: int = 6, place: str = "port/") -> None:
    for number, word in enumerate(WORDS[:count]):
        page = PAGE.format(word=word, day=number + 1, count=number + 11)
        newsroom.page(f"{place}{word}.txt", page)


def proposals(newsroom: TestNewsroom) -> list[Problem]:
    found = check_newsroom(newsroom.place, NOW)
    return [one.problem for one in found if one.problem.code == "common-lines"]


def rule_in(problem: Problem) -> str:
    return problem.remedy.partition("\n")[2]


def test_lines_that_most_pages_of_a_folder_have_are_proposed_as_the_rule_to_paste(
    newsroom: TestNewsroom,
) -> None:
    fill(newsroom)
    newsroom.publish()
    (found,) = proposals(newsroom)
    assert found.what.startswith("port: ")
    (rule,) = tomllib.loads(rule_in(found))["pages"]
    assert rule["path"] == "port/*.txt"
    assert rule["furniture"] == [
        "The Fen Gazette",
        "Home | News | Eels",
        "Write to the office of the Fen Gazette",
        "Views: *",
    ]


def test_nothing_is_read_otherwise_before_the_rule_was_pasted_and_then_nothing_is_proposed(
    newsroom: TestNewsroom,
) -> None:
    fill(newsroom)
    newsroom.publish()
    (found,) = proposals(newsroom)
    assert newsroom.publish().revision is None
    newsroom.configure(f"{SITE}\n{rule_in(found)}\n")
    assert proposals(newsroom) == []
    newsroom.publish()
    titles = {entry.title for entry in newsroom.entries() if entry.kind == "article"}
    assert titles >= {f"The {word} of Fenholt is mended at last" for word in WORDS[:6]}
    assert "Write to the office" not in " ".join(one.content for one in newsroom.entries())


def test_a_proposal_is_a_hint_whose_rule_a_terminal_and_programs_get_line_by_line(
    newsroom: TestNewsroom,
) -> None:
    fill(newsroom)
    newsroom.publish()
    found = [
        one for one in check_newsroom(newsroom.place, NOW) if one.problem.code == "common-lines"
    ]
    assert [one.severity for one in found] == ["hint"]
    shown = remarks_text(found).splitlines()
    assert shown[1:4] == ["    [[pages]]", '    path = "port/*.txt"', "    furniture = ["]
    assert tomllib.loads("\n".join(shown[1:-1]))["pages"]
    (said,) = msgspec.to_builtins(findings(found))["findings"]
    assert "[[pages]]\npath" in said["remedy"]
    assert feeds(newsroom, "check").stdout.count("[[pages]]") == 1


def test_few_pages_or_few_of_them_make_no_proposal(newsroom: TestNewsroom) -> None:
    fill(newsroom, 4)
    assert proposals(newsroom) == []
    for number in range(5):
        newsroom.page(
            f"port/other{number}.txt", f"Page {WORDS[number]} alone\n\nIts text is short.\n"
        )
    assert proposals(newsroom) == []


def test_a_page_that_can_not_be_read_costs_no_proposal(newsroom: TestNewsroom) -> None:
    fill(newsroom)
    newsroom.page("port/zero.txt", b"\x00\x01\x02\x03" * 50)
    assert len(proposals(newsroom)) == 1


def test_of_a_large_folder_a_part_is_looked_at(newsroom: TestNewsroom) -> None:
    for number in range(130):
        page = PAGE.format(word=f"w{number}", day=number % 28 + 1, count=number)
        newsroom.page(f"port/{number}.txt", page)
    (found,) = proposals(newsroom)
    assert " of 33 pages of text" in found.what


def test_a_menu_that_was_taken_for_the_headline_is_proposed_and_another_story_s_is_not(
    newsroom: TestNewsroom,
) -> None:
    for number, word in enumerate(WORDS[:6]):
        other = "Amber is found in the fen by two boys" if number else "Fen"
        title = "Amber is found in the fen by two boys" if not number else f"The {word} of the fen"
        text = f"Members' corner of the Gazette\n\n{title}\n\nThe {word} was seen on Thursday.\n"
        newsroom.page(f"{word}.txt", f"{text}Nobody knows of the {word} more.\n\n{other}\n")
    (found,) = proposals(newsroom)
    (rule,) = tomllib.loads(rule_in(found))["pages"]
    assert rule == {"path": "*.txt", "furniture": ["Members' corner of the Gazette"]}
