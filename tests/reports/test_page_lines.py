"""What ``feeds read`` says of each line of a page of text, to people and to programs."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from feeds.cli.ask import read
from feeds.model import Evidence, Reading, Story
from feeds.normalise.labels import LABELS, ToldLine
from feeds.reports.page_lines import PageLine, as_used, lines_text, page_line

PAGE = """Home
Harbour
Sport
Ferry cat is made an honorary purser
By Wren Abbot
12 March 2025, 10:15

The ferry cat of Sarn has been made an honorary purser, the harbour office said on Monday.
She has not missed a crossing since the winter of 2019, and has never asked for a ticket.
"We would have paid her in herring anyway," said the captain, who is allergic to cats.
Imprint
Privacy policy
"""


def told(margin: int) -> PageLine:
    return page_line(ToldLine(3, "A lamp", "text", margin, "teaser", ["short", "no date"]))


def run(page: Path, *options: str) -> str:
    found = CliRunner().invoke(read, [*options, str(page)], standalone_mode=False)
    assert found.exception is None
    return found.stdout


def test_how_sure_a_label_is_is_said_in_one_of_three_words() -> None:
    assert [told(margin).sure for margin in (0, 49, 50, 199, 200)] == [
        "unsure",
        "unsure",
        "likely",
        "likely",
        "sure",
    ]


def test_what_else_a_line_may_be_is_shown_unless_its_label_is_sure() -> None:
    assert "text, likely, or teaser " in lines_text([told(60)])
    assert "text, sure  " in lines_text([told(600)])


def test_a_program_is_told_each_lines_label_sureness_and_reasons(tmp_path: Path) -> None:
    page = tmp_path / "cat.txt"
    page.write_text(PAGE, "utf-8")
    lines = json.loads(run(page, "--json"))["lines"]
    assert [line["line"] for line in lines] == [1, 2, 3, 4, 5, 6, *range(8, 13)]
    assert [line["label"] for line in lines[3:9]] == [
        "headline",
        "byline",
        "stamp",
        *["text"] * 3,
    ]
    assert lines[3]["text"] == "Ferry cat is made an honorary purser"
    for line in lines:
        assert line["sure"] in ("sure", "likely", "unsure")
        assert line["rival"] in LABELS
        assert line["rival"] != line["label"]
        assert 0 < len(line["reasons"]) <= 3


def test_a_person_is_told_the_same_as_a_program(tmp_path: Path) -> None:
    page = tmp_path / "cat.txt"
    page.write_text(PAGE, "utf-8")
    shown = [line for line in run(page).splitlines() if "  <- " in line]
    for line in json.loads(run(page, "--json"))["lines"]:
        ending = f"{line['text'][:40]}  <- {'; '.join(line['reasons'])}"
        label = f"{line['label']}, {line['sure']}"
        assert any(one.endswith(ending[-40:]) and label in one for one in shown)


def test_a_line_that_a_rule_took_for_the_byline_is_told_as_that() -> None:
    evidence = {"authors": Evidence("cat.txt", 3, "name below the headline")}
    article = Story("article", "A cat", 1, evidence=evidence)
    reading = Reading("cat.txt", "utf-8", 1, article=article)
    (line,) = as_used([told(600)], reading)
    assert (line.label, line.sure, line.rival) == ("byline", "sure", "text")
    assert line.reasons == ("rule: name below the headline",)
    assert as_used([told(600)], Reading("cat.txt", "utf-8", 1)) == [told(600)]


def test_a_page_of_html_has_no_lines(tmp_path: Path) -> None:
    page = tmp_path / "cat.html"
    page.write_text("<h1>Ferry cat is a purser</h1><p>She is.</p>", "utf-8")
    assert json.loads(run(page, "--json"))["lines"] == []
    assert "\n  lines " not in run(page)
