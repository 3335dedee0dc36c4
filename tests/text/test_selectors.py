"""CSS selectors: which are understood, and what is said of the others."""

from __future__ import annotations

import pytest

from feeds.text.selectors import LONGEST, Step, parse_selector


def test_a_selector_is_parted_at_its_combinators_and_commas() -> None:
    assert parse_selector("div > a, p") == (
        (Step("", "descendant-or-self::div", False), Step(">", "descendant-or-self::a", False)),
        (Step("", "descendant-or-self::p", False),),
    )


@pytest.mark.parametrize("text", ["p:nth-child(2)", "li:not(:last-child)", ":is(p:first-child)"])
def test_a_selector_that_counts_siblings_says_so(text: str) -> None:
    (((step),),) = parse_selector(text)
    assert step.is_numbered


@pytest.mark.parametrize(
    "text",
    [
        "article .content",
        "#main > div:nth-child(3) > p.lead",
        'time[datetime], meta[name="date" i]',
        "h1 + .meta ~ p",
        "div:not(.ad):not([hidden])",
        ":where(.a, .b)",
        "*",
    ],
)
def test_what_browsers_copy_and_people_write_is_understood(text: str) -> None:
    assert parse_selector(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Expected selector"),
        ("div[", "EOF"),
        ("div >", "EOF"),
        ("p::before", "part of an element"),
        ("svg|a", "namespace"),
        ("a[xlink|href]", "namespace"),
        ("div:has(> p)", "one element alone"),
        ("div:not(p a)", "one element alone"),
        ("p:contains('x')", "':contains' is not understood"),
        ("a:hover", "':hover' is not understood"),
        ("*:first-of-type", "not implemented"),
        ("a " * 30, "more than 20 parts"),
        ("a" * (LONGEST + 1), f"{LONGEST} characters"),
        (":is(" * 90 + "a", ""),
    ],
)
def test_what_is_not_understood_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        parse_selector(text)
    assert why in str(caught.value)
