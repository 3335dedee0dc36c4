"""A headline that is cut short, or reworded under its link, is the story that it was."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from feeds.syndication import contents
from tests.newsrooms import NOW, TestNewsroom, feeds

TEXT = "The crane turns again since Monday, the harbour office said, and it makes less noise.\n"
WHOLE = "Crane turns again in the northern dock"
SOUTH = "Crane turns again in the southern dock"
CUT = "Crane turns again in the…"
BOTH = pytest.mark.parametrize("is_list_first", [True, False])
HOUR = timedelta(hours=1)
DAY = "3 January 2026"
SAID = ("Mayor opens the new bridge", "Ferry sails again after nine weeks", "Harbour master rests")
"""Headlines of which no test is."""


def article(title: str = WHOLE, day: str = DAY, text: str = TEXT) -> str:
    return f"{title}\n{day}\n\n{text}Nobody had asked it.\n"


def listed(title: str, day: str = DAY, above: str = SAID[0]) -> str:
    rows = f"{title}\n{day}\n{SAID[1]}\n2 January 2026"
    text = f"On the quay stood everybody, and {above} was what they talked about.\nIt is green.\n"
    return f"{above}\n4 January 2026\n\n{text}\nLatest news\n{rows}\n\n14 Jan 2026\n"


def row(title: str, link: str, day: str = "2026-01-03", more: str = "") -> str:
    return f'<li><time datetime="{day}">{day}</time> <a href="{link}"{more}>{title}</a></li>'


def html_list(*rows: str, above: str = SAID[0]) -> str:
    others = row(SAID[1], "/ferry", "2026-01-02") + row(SAID[2], "/rest", "2026-01-01")
    text = f"<p>On the quay stood everybody, and {above} was what they talked about.</p>"
    return (
        f'<html lang="en"><head><title>{above}</title></head><body><article><h1>{above}</h1>{text}'
        f"<p>It is green, and nobody knows why.</p></article><aside><h2>Latest news</h2>"
        f"<ul>{''.join(rows)}{others}</ul></aside></body></html>"
    )


def html_article(title: str, link: str, day: str = "2026-01-03") -> str:
    stated = f'<meta property="article:published_time" content="{day}">' if day else ""
    return (
        f'<html lang="en"><head><title>{title}</title>{stated}'
        f'<link rel="canonical" href="https://desk.test{link}"></head>'
        f"<body><article><h1>{title}</h1><p>{TEXT}</p><p>Nobody had asked it.</p></article></body>"
        "</html>"
    )


def publish(newsroom: TestNewsroom, *pages: str) -> None:
    """Publishes ``pages``, each in a run of its own."""
    there = len(list(newsroom.root.iterdir()))
    for number, page in enumerate(pages, start=there):
        kind = "html" if page.startswith("<") else "txt"
        newsroom.page(f"{number:02}.{kind}", page)
        newsroom.publish(NOW + number * HOUR)


def titles(newsroom: TestNewsroom) -> list[str]:
    """What readers are shown of what tests are about."""
    found = [item.title for item in contents.items(newsroom.document(form="json").document)]
    return sorted(title for title in found if title not in SAID)


def decide(newsroom: TestNewsroom, *lines: str) -> None:
    newsroom.decide("\n".join(lines))
    newsroom.publish(NOW + timedelta(minutes=len(list(newsroom.root.iterdir())) * 60 - 30))


@pytest.mark.parametrize(
    "cut", [CUT, "Crane turns again in the nor...", "CRANE turns again in the […]"]
)
@BOTH
def test_a_headline_cut_short_is_the_story_of_its_day(
    newsroom: TestNewsroom, cut: str, is_list_first: bool
) -> None:
    publish(newsroom, *sorted([article(), listed(cut)], reverse=is_list_first))
    assert titles(newsroom) == [WHOLE]


@BOTH
def test_a_list_that_has_the_whole_headline_completes_another(
    newsroom: TestNewsroom, is_list_first: bool
) -> None:
    pages = [listed(WHOLE), listed(CUT, above="Dredger is sold to nobody")]
    publish(newsroom, *(reversed(pages) if is_list_first else pages))
    assert WHOLE in titles(newsroom)
    assert CUT not in titles(newsroom)


@BOTH
def test_of_two_lengths_the_longer_one_stays_until_the_whole_comes(
    newsroom: TestNewsroom, is_list_first: bool
) -> None:
    longer = "Crane turns again in the northern…"
    above = "Dredger is sold to nobody"
    pages = [listed(longer), listed(CUT, above=above)]
    publish(newsroom, *(reversed(pages) if is_list_first else pages))
    assert titles(newsroom) == [longer, above]
    publish(newsroom, article())
    assert titles(newsroom) == [WHOLE, above]


@BOTH
def test_an_article_whose_own_headline_is_cut_gets_the_whole_from_a_list(
    newsroom: TestNewsroom, is_list_first: bool
) -> None:
    pages = [article(CUT), listed(WHOLE)]
    publish(newsroom, *(reversed(pages) if is_list_first else pages))
    assert titles(newsroom) == [WHOLE]
    before = [entry.updated for entry in newsroom.entries()]
    publish(newsroom, listed(CUT, above="Dredger is sold to nobody"))
    assert titles(newsroom) == [WHOLE, "Dredger is sold to nobody"]
    assert set(before) < {entry.updated for entry in newsroom.entries()}


@pytest.mark.parametrize(
    ("title", "day"),
    [
        (CUT, "1 January 2026"),
        ("Crane turns again in…", DAY),
        ("Crane turns again in the", DAY),
        ("Crane turns again at the…", DAY),
    ],
    ids=["of another day", "of four words", "without an ellipsis", "in other words"],
)
@BOTH
def test_what_may_be_another_story_is_one(
    newsroom: TestNewsroom, title: str, day: str, is_list_first: bool
) -> None:
    publish(newsroom, *sorted([article(), listed(title, day)], reverse=is_list_first))
    assert titles(newsroom) == sorted([WHOLE, title])


def test_of_two_that_begin_so_none_is_taken_and_it_is_hinted_at(newsroom: TestNewsroom) -> None:
    other = article(SOUTH, text="Another crane, another dock, and not a word of the first.\n")
    publish(newsroom, article(), other, listed(CUT))
    assert titles(newsroom) == sorted([WHOLE, SOUTH, CUT])
    told = feeds(newsroom, "check").stdout
    assert told.count("one headline is the beginning of the other, cut short") == 2


def test_what_could_be_two_is_not_taken_by_a_third_that_begins_so(newsroom: TestNewsroom) -> None:
    other = article(SOUTH, text="Another crane, another dock, and not a word of the first.\n")
    third = "Crane turns again in the eastern dock"
    publish(newsroom, article(), other, listed(CUT))
    publish(newsroom, article(third, text="It is the smallest of all, and the loudest one.\n"))
    assert titles(newsroom) == sorted([WHOLE, SOUTH, CUT, third])


@pytest.mark.parametrize("order", list(permutations([CUT, WHOLE, SOUTH])))
def test_of_two_in_the_same_list_none_is_taken_in_whatever_order(
    newsroom: TestNewsroom, order: tuple[str, ...]
) -> None:
    first, *rest = order
    more = "".join(f"{title}\n{DAY}\n" for title in rest)
    publish(newsroom, listed(first).replace(f"{first}\n{DAY}\n", f"{first}\n{DAY}\n{more}"))
    assert titles(newsroom) == sorted(order)


def test_of_two_that_are_one_by_decision_the_one_that_stays_is_taken(
    newsroom: TestNewsroom,
) -> None:
    other = article(SOUTH, text="Another crane, another dock, and not a word of the first.\n")
    publish(newsroom, article(), other)
    decide(newsroom, 'action = "merge"', f'entry = "{WHOLE}"', f'duplicate = "{SOUTH}"')
    publish(newsroom, listed(CUT))
    assert titles(newsroom) == [WHOLE]


@pytest.mark.parametrize("erase", ["true", "false"])
@pytest.mark.parametrize("known", [article(), listed(WHOLE)])
@pytest.mark.parametrize("cut", [CUT, "Crane turns again in the nor…"])
def test_what_was_taken_back_does_not_come_back_cut_short(
    newsroom: TestNewsroom, erase: str, known: str, cut: str
) -> None:
    publish(newsroom, known)
    decide(newsroom, 'action = "retract"', f'entry = "{WHOLE}"', f"erase = {erase}")
    publish(newsroom, listed(cut, above="Dredger is sold to nobody"))
    assert titles(newsroom) == ["Dredger is sold to nobody"]
    if erase == "true":
        assert "turns again" not in "".join(newsroom.dump()).split("INSERT INTO readings")[0]


def test_where_one_of_two_was_taken_back_a_cut_headline_is_not_shown(
    newsroom: TestNewsroom,
) -> None:
    other = article(SOUTH, text="Another crane, another dock, and not a word of the first.\n")
    publish(newsroom, article(), other)
    decide(newsroom, 'action = "retract"', f'entry = "{WHOLE}"')
    publish(newsroom, listed(CUT))
    assert titles(newsroom) == [SOUTH]


@pytest.mark.parametrize(
    "title", ["Old hoist is at work once more", CUT, "Crane turns…", "Machine…", SOUTH]
)
@BOTH
def test_under_one_link_of_one_day_a_list_and_an_article_have_one_story(
    newsroom: TestNewsroom, title: str, is_list_first: bool
) -> None:
    pages = [html_article(WHOLE, "/crane"), html_list(row(title, "/crane"))]
    publish(newsroom, *(reversed(pages) if is_list_first else pages))
    assert titles(newsroom) == [WHOLE]


def test_under_one_link_of_one_day_two_lists_have_one_story(newsroom: TestNewsroom) -> None:
    first, above = "Old hoist is at work once more", "Dredger is sold to nobody"
    publish(newsroom, html_list(row(first, "/crane")))
    (known,) = [entry.id for entry in newsroom.entries() if entry.title == first]
    publish(newsroom, html_list(row(WHOLE, "/crane"), above=above))
    assert titles(newsroom) == [WHOLE, above]
    assert known in {entry.id for entry in newsroom.entries() if entry.title == WHOLE}
    publish(newsroom, html_list(row("Hoist works…", "/crane"), above="Dredger is sold to all"))
    assert WHOLE in titles(newsroom)
    publish(newsroom, html_list(row(first, "/crane"), above="Dredger is sold to some"))
    assert WHOLE in titles(newsroom)
    assert first not in titles(newsroom)


@pytest.mark.parametrize("day", ["2026-01-02", "2026-01-04"])
@pytest.mark.parametrize("title", ["Old hoist is at work once more", CUT])
def test_under_one_link_of_another_day_there_are_two(
    newsroom: TestNewsroom, day: str, title: str
) -> None:
    publish(newsroom, html_article(WHOLE, "/crane"), html_list(row(title, "/crane", day)))
    assert titles(newsroom) == sorted([WHOLE, title])


@BOTH
def test_under_links_of_their_own_there_are_two(
    newsroom: TestNewsroom, is_list_first: bool
) -> None:
    pages = [html_article(WHOLE, "/crane"), html_list(row(CUT, "/other"))]
    publish(newsroom, *(reversed(pages) if is_list_first else pages))
    assert titles(newsroom) == sorted([WHOLE, CUT])


def test_an_address_that_several_stories_have_is_none_of_a_story(newsroom: TestNewsroom) -> None:
    first, second = "Old hoist is at work once more", "Divers come up with an empty net"
    publish(newsroom, html_list(row(first, "/news")))
    publish(newsroom, html_list(row(second, "/news", "2026-01-05"), above="Dredger is sold"))
    publish(newsroom, html_list(row(SOUTH, "/news"), above="Dredger is sold to nobody"))
    assert {first, second, SOUTH} < set(titles(newsroom))


@pytest.mark.parametrize(
    ("link", "then", "beside"),
    [
        ("/live#post-1", "/live#post-2", "/ferry"),  # of a page that grows
        ("/live", "/live#post-2", "/ferry"),
        ("/en/", "/en/", "/ferry"),  # a site's
        ("/harbour/", "/harbour/", "/harbour/ferry"),  # a section's
    ],
)
def test_a_link_that_is_no_storys_makes_no_two_stories_one(
    newsroom: TestNewsroom, link: str, then: str, beside: str
) -> None:
    first, second = "Old hoist is at work once more", "Divers come up with an empty net"
    for title, at in ((first, link), (second, then)):
        newsroom.page("l.html", html_list(row(title, at)).replace("/ferry", beside))
        newsroom.publish(NOW if title == first else NOW + HOUR)
    assert titles(newsroom) == sorted([first, second])


@pytest.mark.parametrize("title", [CUT, WHOLE])
@BOTH
def test_an_article_without_a_date_gets_the_day_of_its_link(
    newsroom: TestNewsroom, title: str, is_list_first: bool
) -> None:
    pages = [html_article(WHOLE, "/crane", ""), html_list(row(title, "/crane"))]
    publish(newsroom, *(reversed(pages) if is_list_first else pages))
    (found,) = [entry for entry in newsroom.entries() if entry.title not in SAID]
    assert found.title == WHOLE
    assert found.stated
    assert found.stated.iso == "2026-01-03"


@pytest.mark.parametrize("where", ["title", "aria-label"])
def test_a_link_that_has_the_whole_headline_besides_gives_it(
    newsroom: TestNewsroom, where: str
) -> None:
    publish(newsroom, html_list(row(CUT, "/crane", more=f' {where}="{WHOLE}"')))
    assert titles(newsroom) == [WHOLE]


@pytest.mark.parametrize("said", [WHOLE, "Crane of the north turns"])
def test_a_cut_headline_that_somebody_corrected_is_still_that_of_its_article(
    newsroom: TestNewsroom, said: str
) -> None:
    publish(newsroom, listed(CUT))
    decide(newsroom, 'action = "correct"', f'entry = "{CUT}"', f'title = "{said}"')
    assert titles(newsroom) == [said]
    publish(newsroom, article())
    assert titles(newsroom) == [said]


def test_headlines_that_become_whole_are_no_corrections(newsroom: TestNewsroom) -> None:
    names = "one two three four five six seven eight nine ten eleven twelve".split()
    cut = [row(f"Crane {name} turns again in…", f"/{name}") for name in names]
    whole = [row(f"Crane {name} turns again in the dock", f"/{name}") for name in names]
    publish(newsroom, html_list(*cut), html_list(*whole, above="Dredger is sold to nobody"))
    assert len([title for title in titles(newsroom) if title.endswith("in the dock")]) == 12
