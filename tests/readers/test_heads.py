"""Heads of pages that stand between no marks, as Pelican and Nikola have them."""

from __future__ import annotations

import pytest

from feeds import readers
from feeds.model import Page

BODY = "\nA lamp that was dark for a year glows again.\n"


def read(text: str, name: str = "a.md") -> Page:
    return readers.read_page(name, text.encode())


def said(page: Page) -> dict[str, object]:
    return {item.field: item.value for item in page.statements}


def test_a_head_of_pelican_is_front_matter() -> None:
    page = read(
        "Title: Lamp glows\nDate: 2026-01-09 11:03\nModified: 2026-01-10\nCategory: Port\n"
        "Tags: lamps, quay\nAuthors: Nora Lind, Ola Berg\nSummary: It glows,\n    as before.\n"
        f"Status: draft\n{BODY}"
    )
    assert said(page) == {
        "title": "Lamp glows",
        "date": "2026-01-09 11:03",
        "Modified": "2026-01-10",
        "Category": "Port",
        "Tags": "lamps, quay",
        "authors": ("Nora Lind", "Ola Berg"),
        "summary": "It glows, as before.",
        "status": "draft",
    }
    assert page.markup.strip() == BODY.strip()
    assert page.statements[-1].evidence.line == 9


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        ("<!--\n", "-->\n", "a.md"),
        ("", "", "a.md"),
        ("<!--\n", "-->\n<p>", "a.html"),
        ("", "", "a.txt"),
    ],
)
def test_a_head_of_nikola_is_front_matter(start: str, end: str, name: str) -> None:
    lines = ".. title: Lamp glows\n.. date: 2026-01-09\n.. tags: lamps, private\n.. slug: lamp\n"
    found = said(read(f"{start}{lines}{end}{BODY}", name))
    assert found == {
        "title": "Lamp glows",
        "date": "2026-01-09",
        "tags": "lamps, private",
        "slug": "lamp",
        "status": "private",
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Title: Lamp glows\nDate: 2026-01-09\n" + BODY, "a.txt"),
        ("Port: the lamp glows again\nHarbour: it was dark\n" + BODY, "a.md"),
        ("Title: Lamp glows\nA sentence stands right below it.\n" + BODY, "a.md"),
        ("Title: Lamp glows\n" + BODY, "a.md"),
        ("<!-- a note -->\n" + BODY, "a.md"),
        ("<!--\n.. title: Lamp\nno end of it\n" + BODY, "a.md"),
    ],
)
def test_other_beginnings_are_text(text: str, name: str) -> None:
    assert read(text, name).statements == ()
