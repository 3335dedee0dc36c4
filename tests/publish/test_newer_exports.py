"""An export of a site that was taken over before: what it changes here, and what it doesn't."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.exports import HOME, as_json, ghost, ghost_post, meta, wxr, wxr_item
from tests.newsrooms import TestNewsroom
from tests.publish.test_exports import items, take_over
from tests.web.asking import in_process

LATER = datetime(2031, 1, 1, tzinfo=UTC)
"""Later than whatever a command wrote down."""
TEXT = "The weir was mended on Friday by quokkas.\n\nIt cost nothing at all."
GATE = meta("_jetpack_newsletter_access", "paid_subscribers")
OLD, NEW = "Fri, 02 Jan 2026 10:00:00 +0000", "Tue, 06 Jan 2026 10:00:00 +0000"


def made_on(moment: str, *posts: str) -> str:
    """A WordPress export that was made at ``moment``."""
    return wxr(posts).replace("<language>", f"<pubDate>{moment}</pubDate><language>", 1)


def ghost_on(moment: int, *posts: dict[str, Any]) -> str:
    """A Ghost export that was made at ``moment``, in milliseconds."""
    made = ghost([*posts])
    made["db"][0]["meta"] = {"exported_on": moment, "version": "5.1"}
    return as_json(made).decode()


FREE = {
    "wordpress": made_on(OLD, wxr_item(1, TEXT), wxr_item(2, "Ships pass.")),
    "ghost": ghost_on(
        1_767_000_000_000, ghost_post(1, html="<p>Mended by quokkas.</p>"), ghost_post(2)
    ),
}
PAID = {
    "wordpress": made_on(
        NEW, wxr_item(1, TEXT, excerpt="In short.", more=GATE), wxr_item(2, "Ships pass.")
    ),
    "ghost": ghost_on(
        1_768_000_000_000,
        ghost_post(1, html="<p>Mended by quokkas.</p>", visibility="paid"),
        ghost_post(2),
    ),
}
SYSTEMS = sorted(FREE)


def shown(newsroom: TestNewsroom) -> str:
    """All that readers can get of the newest."""
    ask = in_process(newsroom)
    paths = [f"/feeds/latest{end}" for end in (".rss", ".atom", ".json", "")]
    paths += [f"/feeds/stories/{entry.hash}" for entry in newsroom.entries()]
    return "".join(ask(path).text for path in paths)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_story_that_went_behind_the_pay_wall_is_shown_in_short(
    newsroom: TestNewsroom, system: str
) -> None:
    take_over(newsroom, FREE[system], "old.export")
    assert "quokkas" in shown(newsroom)
    done = take_over(newsroom, PAID[system], "new.export")
    assert done.returncode == 0, done.stderr
    (line,) = [line for line in done.stderr.splitlines() if "behind the pay wall" in line]
    assert "number 1 " in line
    assert "quokkas" not in shown(newsroom)
    assert len(items(newsroom)) == 2
    before = items(newsroom)
    for file in newsroom.database.parent.iterdir():
        file.unlink()
    newsroom.publish(LATER, rebuild=True)
    assert items(newsroom) == before


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_story_that_came_out_from_behind_the_pay_wall_gets_its_text(
    newsroom: TestNewsroom, system: str
) -> None:
    paid = PAID[system].replace(NEW, OLD).replace("1768000000000", "1767000000000")
    free = FREE[system].replace(OLD, NEW).replace("1767000000000", "1768000000000")
    take_over(newsroom, paid, "old.export")
    assert "quokkas" not in shown(newsroom)
    assert take_over(newsroom, free, "new.export").returncode == 0
    assert "quokkas" in shown(newsroom)
    take_over(newsroom, paid.replace("Ships pass.", "Ships passed."), "again.export")
    assert "quokkas" in shown(newsroom), "an older export hides nothing"


@pytest.mark.parametrize("system", SYSTEMS)
def test_an_older_export_shows_no_text_that_is_paid_for_by_a_newer_one(
    newsroom: TestNewsroom, system: str
) -> None:
    take_over(newsroom, PAID[system], "new.export")
    take_over(newsroom, FREE[system], "old.export")
    assert len(items(newsroom)) == 2
    assert "quokkas" not in shown(newsroom)


def test_an_older_export_takes_nothing_back_and_says_so(newsroom: TestNewsroom) -> None:
    take_over(newsroom, made_on(NEW, wxr_item(1, TEXT), wxr_item(2, TEXT)), "new.xml")
    older = made_on(OLD, wxr_item(1, TEXT, status="future"), wxr_item(2, TEXT))
    done = take_over(newsroom, older, "old.xml")
    assert (done.returncode, "retract" in done.stdout) == (0, False), done.stdout
    assert "2026-01-06" in done.stderr
    assert "takes nothing back" in done.stderr
    assert len(items(newsroom)) == 2


def test_of_another_site_an_older_export_is_none(newsroom: TestNewsroom) -> None:
    take_over(newsroom, made_on(NEW, wxr_item(1, TEXT)), "new.xml")
    other = [
        made_on(OLD, wxr_item(1, TEXT, status=status), wxr_item(2, TEXT)).replace(
            HOME, "https://mill.test"
        )
        for status in ("publish", "draft")
    ]
    take_over(newsroom, other[0], "other.xml")
    assert "1 retracted" in take_over(newsroom, other[1], "other.xml").stdout


def test_an_export_without_a_moment_is_as_old_as_what_was_last_changed_in_it(
    newsroom: TestNewsroom,
) -> None:
    take_over(newsroom, wxr([wxr_item(1, TEXT), wxr_item(9, TEXT)]), "new.xml")
    older = wxr([wxr_item(1, TEXT, status="future"), wxr_item(8, TEXT)])
    done = take_over(newsroom, older, "old.xml")
    assert "takes nothing back" in done.stderr
    ghost_new, ghost_old = ([ghost_post(1), ghost_post(9)], [ghost_post(1, status="draft")])
    take_over(newsroom, as_json(ghost(ghost_new)), "new.json")
    assert "takes nothing back" in take_over(newsroom, as_json(ghost(ghost_old)), "g.json").stderr


def test_what_was_behind_the_pay_wall_and_is_again_is_shown_in_short(
    newsroom: TestNewsroom,
) -> None:
    paid, free = (
        made_on(OLD, wxr_item(1, TEXT, excerpt="In short.", more=more)) for more in (GATE, "")
    )
    days = ("Fri, 02 Jan", "Sat, 03 Jan", "Sun, 04 Jan", "Mon, 05 Jan")
    for number, day in enumerate(days):
        text = (free if number % 2 else paid).replace(OLD, f"{day} 2026 10:00:00 +0000")
        done = take_over(newsroom, text, "tarn.xml")
        assert done.returncode == 0
        assert ("quokkas" in shown(newsroom)) == bool(number % 2), done
        assert "taken over before" in take_over(newsroom, text, "tarn.xml").stdout
    before = items(newsroom)
    for file in newsroom.database.parent.iterdir():
        file.unlink()
    newsroom.publish(LATER, rebuild=True)
    assert items(newsroom) == before
