"""What a feed leaves out, and what it says of the reason."""

from __future__ import annotations

import msgspec
import pytest

from feeds.model import Entry, Evidence, Image, Url
from feeds.newsroom.site import Feed
from feeds.syndication.archives import filters_hash
from feeds.syndication.filters import FIELDS, belongs, why_not
from tests.syndication.test_selection import entry, feed

PICTURE = Image(Url("https://desk.test/lamp.png"), "image/png")
WHOLE = msgspec.structs.replace(
    entry(1, image=PICTURE, url=Url("https://desk.test/1"), tags=("Bells",)),
    evidence={"title": Evidence("sport/quay/bell.txt", 1, "first line")},
)
CORRECTED = msgspec.structs.replace(
    WHOLE,
    evidence={
        "title": Evidence("decisions.toml", 3, "corrected by an editor"),
        "content": Evidence("sport/quay/bell.txt", 3, "the text"),
    },
)


@pytest.mark.parametrize(
    ("made", "story", "why"),
    [
        (feed(exclude_categories=("QUAY",)), WHOLE, "category 'Quay' is excluded"),
        (feed(exclude_categories=("bells",)), WHOLE, "category 'Bells' is excluded"),
        (feed(exclude_authors=("nora lind",)), WHOLE, "author 'Nora Lind' is excluded"),
        (feed(exclude_keywords=("lamp", "Opened, closed")), WHOLE, "'Opened, closed' is excluded"),
        (feed(exclude_keywords=("Story 1",)), WHOLE, "'Story 1' is excluded"),
        (feed(exclude_paths=("sport/**",)), WHOLE, "its page 'sport/quay/bell.txt' is excluded"),
        (
            feed(exclude_paths=("sport/**",)),
            CORRECTED,
            "its page 'sport/quay/bell.txt' is excluded",
        ),
        (feed(access="free"), entry(1, access="paid", content=""), "it has to be paid for"),
        (feed(access="paid"), WHOLE, "it is free"),
        (feed(require=("text", "picture")), entry(1), "no picture"),
        (feed(require=("date",)), entry(1, published=None), "no date"),
        (feed(require=("text",)), entry(1, content=""), "no text"),
        (feed(require=("url",)), entry(1), "no address of its own (url)"),
        (
            feed(require=("picture", "url"), profile="dzen"),
            entry(1, published=None, categories=()),
            "no picture, no address of its own (url), no date, no category",
        ),
        (feed(min_text=20), WHOLE, "text of 19 characters, at least 20"),
        (feed(kinds=("headline",)), WHOLE, "it is an article"),
        (feed(kinds=("article",)), entry(1, kind="headline"), "it is a headline without a text"),
        (feed(languages=("da", "de")), WHOLE, "its language is en"),
        (
            feed(languages=("da",)),
            entry(1, language=None),
            "its language is the site's, since none is stated",
        ),
        (feed(keywords=("lamp",)), WHOLE, "none of the feed's keywords"),
        (feed(authors=("Ola Berg",)), WHOLE, "none of the feed's authors"),
    ],
)
def test_what_a_feed_leaves_out_it_says_why(made: Feed, story: Entry, why: str) -> None:
    assert why_not(made, story) == why
    assert not belongs(made, story)


@pytest.mark.parametrize(
    "made",
    [
        feed(),
        feed(exclude_categories=("Sport",), exclude_authors=("Nora",), exclude_keywords=("open",)),
        feed(exclude_paths=("sport/*", "bell.txt")),
        feed(access="free", require=("picture", "date", "text", "url"), min_text=19),
    ],
)
def test_what_no_filter_is_against_belongs(made: Feed) -> None:
    assert why_not(made, WHOLE) == ""
    assert belongs(made, WHOLE)


def test_archives_are_looked_at_anew_whenever_a_filter_changes() -> None:
    others = {
        "kinds": ("headline",),
        "categories": ("Port",),
        "authors": ("Ola Berg",),
        "keywords": ("lamp",),
        "languages": ("da",),
        "exclude_categories": ("Port",),
        "exclude_authors": ("Ola Berg",),
        "exclude_keywords": ("lamp",),
        "exclude_paths": ("a/*",),
        "access": "free",
        "require": ("date",),
        "min_text": 9,
        "profile": "msn",
    }
    assert set(others) == set(FIELDS)
    hashes = {filters_hash(feed(**{name: value})) for name, value in others.items()}
    assert len({*hashes, filters_hash(feed())}) == len(others) + 1


def test_every_field_of_a_feed_is_a_filter_or_is_known_not_to_be_one() -> None:
    others = "name title description limit content hours takedown_days keyed archive former_names"
    assert {*Feed.__struct_fields__} == {*FIELDS, *others.split(), "gone", "section"}
