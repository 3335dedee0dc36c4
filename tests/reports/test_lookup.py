"""How entries stand in lists, and what of them is told."""

from __future__ import annotations

import msgspec

from tests.newsrooms import SITE, TestNewsroom, feeds
from tests.publish.test_statements import BODY, front

FERRY = """\
The ferry to the northern island is sold to a company from abroad for ten million crowns.
Nobody in the town hall wanted to say before Friday who it was that signed the papers.
"""


def test_what_is_paid_and_what_the_gate_holds_is_marked(newsroom: TestNewsroom) -> None:
    newsroom.page("ferry.txt", front("embargo: 2030-01-01", f"Ferry is sold\n\n{FERRY}"))
    newsroom.page("mayor.txt", f"Mayor speaks of the harbour\n\nShe spoke.\n\n{FERRY}")
    newsroom.page("lamp.txt", front("access: paid\nsummary: It glows.", BODY))
    newsroom.publish()
    lines = feeds(newsroom, "list").stdout.splitlines()
    assert sorted(line[26:] for line in lines) == [
        "Lamp glows over the quay again [paid]",
        "Mayor speaks of the harbour [held]",
    ]
    assert "state        held" in feeds(newsroom, "show", "Mayor").stdout
    assert "access       paid" in feeds(newsroom, "show", "Lamp").stdout


def test_an_entry_is_shown_with_its_feeds_and_why_it_is_not_in_others(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(
        SITE + '[[feeds]]\nname = "partner"\ntitle = "P"\nrequire = ["picture"]\n'
        '[[feeds]]\nname = "one"\ntitle = "O"\nlimit = 1\n'
    )
    newsroom.page("lamp.txt", front("date: 2026-01-10", BODY))
    newsroom.publish()
    told = feeds(newsroom, "show", "Lamp").stdout
    assert "in feeds     latest, one" in told
    assert "not in       partner: no picture" in told
    answer = msgspec.json.decode(feeds(newsroom, "show", "Lamp", "--json").stdout)
    assert answer["feeds"][1] == {"feed": "partner", "why_not": "no picture"}


def test_what_is_restored_is_printed_as_it_is_then(newsroom: TestNewsroom) -> None:
    newsroom.page("lamp.txt", BODY)
    newsroom.publish()
    assert "[retracted]" not in feeds(newsroom, "retract", "Lamp", "--yes").stdout
    told = feeds(newsroom, "restore", "Lamp", "--yes").stdout
    assert "Lamp glows over the quay again" in told
    assert "[retracted]" not in told


def test_a_value_with_a_comma_is_seen_to_be_one(newsroom: TestNewsroom) -> None:
    newsroom.page("lamp.txt", BODY)
    newsroom.publish()
    told = feeds(newsroom, "correct", "Lamp", "--yes", "--category", "Port, Sea").stdout
    assert "categories: none → 'Port, Sea'" in told
