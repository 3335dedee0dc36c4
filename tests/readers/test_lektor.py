"""Lektor's pages: fields parted by lines of dashes, of which one is the text."""

from __future__ import annotations

import pytest

from feeds import readers
from feeds.model import Page

PAGE = """_model: post
---
title: Lamp glows: at last
---
pub_date: 2026-01-09
---
tags:

lamps
quay
---
summary:

It glows,
as before.
---
body:

A lamp that was dark for a year glows again.

Boats come: the first at nine.

----

Nobody saw it.
---
_discoverable: no
"""


def read(text: str, name: str = "lamp/contents.lr") -> Page:
    return readers.read_page(name, text.encode())


def said(page: Page) -> dict[str, object]:
    return {item.field: item.value for item in page.statements}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fields_are_front_matter(end: str) -> None:
    page = read(PAGE.replace("\n", end))
    assert said(page) == {
        "_model": "post",
        "title": "Lamp glows: at last",
        "pub_date": "2026-01-09",
        "tags": ("lamps", "quay"),
        "summary": "It glows, as before.",
        "_discoverable": "no",
    }
    assert [item.evidence.line for item in page.statements] == [1, 3, 5, 7, 12, 27]


def test_the_body_is_the_text_where_it_stands() -> None:
    lines = read(PAGE).markup.split("\n")
    assert lines[18] == "A lamp that was dark for a year glows again."
    assert [line for line in lines if line][-1] == "Nobody saw it."


def test_a_field_of_which_the_first_line_has_words_goes_on() -> None:
    page = read("title: Lamp\n---\nbody: A lamp glows.\nIt is bright.\n")
    assert page.markup.split("\n")[2:4] == ["A lamp glows.", "It is bright."]


def test_a_line_above_the_text_keeps_it_back_unless_a_field_says_when() -> None:
    text = "title: Lamp\n---\nbody:\n\nEMBARGO: 14 January 2026\n\nA lamp glows.\n"
    assert "(notice)" in said(read(text))
    assert "(notice)" not in said(read(f"status: draft\n---\n{text}"))


@pytest.mark.parametrize("first", ["#### text-block ####\ntext: A lamp glows.", "####x####"])
def test_a_text_made_of_blocks_is_held(first: str) -> None:
    assert "blocks" in str(said(read(f"title: Lamp\n---\nbody:\n\n{first}\n"))["front matter"])


def test_a_line_that_is_no_field_is_held() -> None:
    page = read("title: Lamp\n---\nhidden yes\n---\nbody: A lamp glows.\n")
    assert "'hidden yes'" in str(said(page)["front matter"])
    assert page.statements[-1].evidence.line == 3


def test_more_than_front_matter_may_be_is_held() -> None:
    page = read(f"title: Lamp\n---\nnote: {'x' * 40_000}\n---\nbody: A lamp glows.\n")
    assert "longer than" in str(said(page)["front matter"])
