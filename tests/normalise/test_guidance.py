"""What an editor knows of a site: lines that are its furniture, places of things on HTML pages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Evidence, Reading, Story
from feeds.model.errors import PageError
from feeds.model.guidance import Guidance, Guided, Hint
from feeds.normalise import normalise
from feeds.normalise.html.guided.match import Finder, TooDearError
from feeds.normalise.html.parsing import root_of
from feeds.readers import read_page

FIRST = "The weir at Fenholt has stood open since Thursday night, so that eels can reach the sea."
SECOND = "Keepers counted more than four hundred of them in an hour, and one very patient heron."
THIRD = "The gates will be let down again when the ice comes, the office of the fen has said."
TITLE = "Weir at Fenholt is opened for eels"
TEXT = f"{TITLE}\n\nBy Nora Lind\n9 January 2026\n\n{FIRST}\n\n{SECOND}\n"


def guidance(**said: str | list[str]) -> Guidance:
    """A rule, the second, that says this."""
    names: dict[str, Guided] = {
        name: name  # type: ignore[misc]
        for name in said
    }
    return Guidance(
        tuple(
            Hint(names[name], value, f"[[pages]] rule 2: {name}")
            for name, values in said.items()
            for value in ([values] if isinstance(values, str) else values)
        )
    )


def text(page: str, **said: str | list[str]) -> Reading:
    return normalise(read_page("a.txt", page.encode()), guidance(**said))


def html(body: str, head: str = "", /, **said: str | list[str]) -> Reading:
    page = f"<html><head><title>{TITLE}</title>{head}</head>\n<body>{body}</body></html>"
    return normalise(read_page("a.html", page.encode()), guidance(**said))


def article(reading: Reading) -> Story:
    assert reading.article is not None
    return reading.article


def dropped(reading: Reading) -> list[tuple[int, str, str]]:
    return [(item.line, item.text, item.rule) for item in reading.dropped]


def doubts(reading: Reading) -> list[str]:
    return [str(one) for one in reading.findings if one.code.startswith("selector-")]


# Pages of text


def test_lines_of_the_site_are_no_part_of_any_story_and_are_named_with_the_rule() -> None:
    page = f"Fen Gazette\nEels  and  herons\nViews: 1.2K\n{TEXT}\nShare this with a heron\n"
    lines = ["Fen Gazette", "Eels and herons", "Views: *", "Share this with  a heron"]
    found = text(page, furniture=lines)
    rule = "[[pages]] rule 2: furniture"
    assert dropped(found)[:3] == [
        (1, "Fen Gazette", rule),
        (2, "Eels and herons", rule),
        (3, "Views: 1.2K", rule),
    ]
    assert (13, "Share this with a heron", rule) in dropped(found)
    assert article(found).title == TITLE
    assert article(found).paragraphs == (FIRST, SECOND)
    assert (article(found).line, article(found).evidence["authors"].line) == (4, 6)


@pytest.mark.parametrize(
    ("line", "is_furniture"),
    [
        ("Views: 12", True),
        ("Views:", True),
        ("Views: 3 Tsd.", True),
        ("Views: none of this is a count", False),
        ("Views: 1 of the many things that are said here", False),
        ("views: 12", False),
        ("7 comments", True),
        ("comments", True),
        ("All of the comments", False),
        ("HOME", False),
        ("Home", True),
        ("Home again", False),
    ],
)
def test_a_star_stands_for_a_count_alone_and_all_else_for_itself(
    line: str, is_furniture: bool
) -> None:
    found = text(f"{TEXT}\n{line}\n", furniture=["Views: *", "* comments", "Home"])
    assert (
        line in [words for _, words, rule in dropped(found) if "rule 2" in rule]
    ) == is_furniture


def test_a_line_of_the_site_amid_a_wrapped_paragraph_leaves_no_break() -> None:
    wrapped = "The weir at Fenholt has stood open since Thursday\nAdvertisement here\nnight."
    found = text(f"{TITLE}\n\n{wrapped}\n\n{SECOND}\n", furniture="Advertisement here")
    assert article(found).paragraphs[0].endswith("Thursday night.")


def test_a_page_of_nothing_but_lines_of_the_site_has_no_article() -> None:
    found = text("Home\nNews\n", furniture=["Home", "News"])
    assert found.article is None


def test_lines_of_the_site_are_for_pages_of_text_alone() -> None:
    assert (
        f"<p>{FIRST}</p>"
        in article(html(f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>", furniture=FIRST)).content
    )
    page = read_page("a.md", f"# {TITLE}\n\n{FIRST}\n".encode())
    assert article(normalise(page, guidance(furniture=FIRST))).paragraphs == (FIRST,)


# Pages of HTML

BODY = f"""\
<div class="top">Fen Gazette</div>
<h1>Fen Gazette of the day</h1>
<h2 class="head">{TITLE}</h2>
<p class="meta"><span class="who">Nora Lind</span> · <span class="when">9 January 2026</span></p>
<div class="text"><p>{FIRST}</p>
<p class="promo">Buy the heron calendar of the Gazette while there are still some left of it.</p>
<p>{SECOND}</p>
<p>{THIRD}</p></div>"""


def test_what_a_rule_drops_is_no_text_and_is_named_with_the_rule() -> None:
    found = html(BODY, drop=".promo")
    assert article(found).paragraphs == (FIRST, SECOND, THIRD)
    (said,) = [item for item in found.dropped if item.rule == "[[pages]] rule 2: drop"]
    assert said.text.startswith("Buy the heron calendar")
    assert said.line == 7
    assert doubts(found) == []


def test_what_a_rule_drops_is_named_whole_and_scripts_by_their_tag() -> None:
    aside = "<aside><p>One.</p><p>Two.</p><script>var a = 1;</script></aside>"
    found = html(BODY + aside, '<script class="x">{}</script>', drop=["aside", ".x"])
    rule = "[[pages]] rule 2: drop"
    assert [words for _, words, by in dropped(found) if by == rule] == ["<script>", "One. | Two."]


def test_a_rule_may_drop_what_a_page_says_for_machines() -> None:
    stated = '<meta property="article:published_time" content="2020-05-05T10:00:00Z">'
    assert article(html(BODY, stated)).published is not None
    found = article(html(BODY, stated, drop='meta[property="article:published_time"]'))
    assert found.published is None or found.published.iso == "2026-01-09"


def test_nothing_is_left_of_a_page_only_where_a_rule_drops_all_of_it() -> None:
    assert article(html(BODY, drop=["body", "html", "head"])).paragraphs


def test_title_date_byline_and_body_come_from_where_an_editor_points() -> None:
    found = article(
        html(BODY, drop=".promo", title=".head", date=".when", byline=".who", body=".text")
    )
    assert found.title == TITLE
    assert found.published is not None
    assert found.published.iso == "2026-01-09"
    assert found.authors == ("Nora Lind",)
    assert found.paragraphs == (FIRST, SECOND, THIRD)
    assert found.evidence["title"] == Evidence("a.html", 4, "[[pages]] rule 2: title")
    assert found.evidence["published"] == Evidence("a.html", 5, "[[pages]] rule 2: date")
    assert found.evidence["authors"] == Evidence("a.html", 5, "[[pages]] rule 2: byline")
    assert found.evidence["paragraphs"] == Evidence("a.html", 6, "[[pages]] rule 2: body")


def test_a_rule_goes_before_what_the_page_says_for_machines_without_a_doubt() -> None:
    head = (
        '<meta property="og:title" content="Something else altogether">'
        '<meta property="article:published_time" content="2020-05-05T10:00:00Z">'
        '<meta name="author" content="Ola Berg">'
    )
    found = html(BODY, head, title=".head", date=".when", byline=".who")
    story = article(found)
    assert (story.title, story.authors) == (TITLE, ("Nora Lind",))
    assert story.published is not None
    assert story.published.iso == "2026-01-09"
    assert [one.code for one in found.findings if "differ" in one.code] == []


def test_a_rule_may_point_at_what_a_meta_element_says() -> None:
    head = '<meta name="ours-title" content="Eels at large"><meta name="ours" content="2026-01-08">'
    found = article(html(BODY, head, title='meta[name="ours-title"]', date="meta[name=ours]"))
    assert found.title == "Eels at large"
    assert found.published is not None
    assert found.published.iso == "2026-01-08"
    assert found.evidence["published"].rule == "[[pages]] rule 2: date"


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Published: 9 January 2026, 11:03", "2026-01-09T11:03"),
        ('<time datetime="2026-01-09T11:03:00+04:00">Friday</time>', "2026-01-09T11:03:00+04:00"),
        ("<p>By Nora Lind</p><p>9 January 2026</p>", "2026-01-09"),
        ("Published 9 January 2026 | Updated 11 January 2026", "2026-01-09"),
        ("04/05/2026", None),
        ("9 January", None),
        ("31 February 2026", None),
        ("9 January 1404", None),
        ("2 hours ago", None),
        ("Updated: 9 January 2026", None),
        ("On 9 January 2026 the weir was opened, and it was seen to be good by all.", None),
        ("Fen Gazette", None),
    ],
)
def test_a_rule_makes_no_date_of_what_is_none(line: str, iso: str | None) -> None:
    body = f'<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><div class="at">{line}</div>'
    found = html(body, date=".at")
    published = article(found).published
    assert (published.iso if published else None) == iso
    told = ["[[pages]] rule 2: date: '.at' gives no date of publication in full; "]
    assert [one[: len(told[0])] for one in doubts(found)] == ([] if iso else told)


def test_a_rule_makes_nobody_of_a_desk() -> None:
    body = f'<h1>{TITLE}</h1><p class="by">Staff</p><p>{FIRST}</p><p>{SECOND}</p>'
    found = html(body, byline=".by")
    assert article(found).authors == ()


def test_a_selector_that_matches_nothing_is_a_doubt_and_the_page_is_read_as_without_it() -> None:
    said: dict[str, str | list[str]]
    said = {"title": ".none", "date": ["#a", "#b"], "byline": "i.x", "body": "main", "list": "ol"}
    found, without = html(BODY, **said), html(BODY)
    assert article(found) == article(without)
    assert [one.partition(";")[0] for one in doubts(found)] == [
        "[[pages]] rule 2: title: '.none' matches nothing",
        "[[pages]] rule 2: date: '#a' matches nothing",
        "[[pages]] rule 2: byline: 'i.x' matches nothing",
        "[[pages]] rule 2: body: 'main' matches nothing",
        "[[pages]] rule 2: list: 'ol' matches nothing",
    ]


def test_of_several_selectors_the_first_counts_that_matches() -> None:
    found = html(BODY, title=[".none", ".head", "h1"])
    assert article(found).title == TITLE
    assert doubts(found) == []


def test_what_is_hidden_is_no_place() -> None:
    body = f'<p class="head" hidden>Hidden words</p>{BODY}'
    assert article(html(body, title=".head")).title == TITLE


def test_the_text_is_all_of_the_body_that_a_rule_names_but_for_furniture() -> None:
    body = (
        f'<h1>{TITLE}</h1><div class="lead">{FIRST}</div><main><p>{SECOND}</p></main>'
        f'<div class="box"><span>{THIRD}</span><p><a href="/x">Read more about eels</a></p></div>'
    )
    found = html(body, body=".box")
    assert article(found).paragraphs == (THIRD,)
    assert article(found).title == TITLE


def test_a_body_without_a_text_is_a_doubt_and_the_page_is_read_as_without_it() -> None:
    teasers = '<div class="box"><a href="/x">Read more about eels and herons</a></div>'
    found, without = html(teasers + BODY, body=".box"), html(teasers + BODY)
    assert article(found) == article(without)
    assert doubts(found)[0].startswith("[[pages]] rule 2: body: '.box' gives no text")


def test_the_header_is_read_where_it_stands_outside_of_the_body_that_a_rule_names() -> None:
    body = (
        f"<h1>{TITLE}</h1><p>By Nora Lind</p><p>9 January 2026</p>"
        f"<div class=box><p>{FIRST}</p><p>{SECOND}</p></div>"
    )
    found = article(html(body, body=".box"))
    assert found.authors == ("Nora Lind",)
    assert found.published is not None
    assert found.published.iso == "2026-01-09"
    assert found.paragraphs == (FIRST, SECOND)


def listed(name: str, *titles: str) -> str:
    items = "".join(
        f'<li><a href="/{name}/{number}">{title} and goes on</a> '
        f"<span>{number} January 2026</span></li>"
        for number, title in enumerate(titles, start=3)
    )
    return f'<ul class="{name}">{items}</ul>'


def test_dated_lists_are_where_a_rule_says_and_nowhere_else() -> None:
    lists = listed("latest", "Bell hangs again", "Boat sails", "Lamp glows") + listed(
        "quay", "Quay is mended by hand", "Crane is painted red"
    )
    assert len(html(BODY + lists).latest) == 5
    found = html(BODY + lists, list=".latest")
    assert [story.title for story in found.latest] == [
        "Bell hangs again and goes on",
        "Boat sails and goes on",
        "Lamp glows and goes on",
    ]


def test_a_reading_remembers_the_guidance_by_what_it_says_and_not_by_its_number() -> None:
    said = guidance(title=".head")
    other = Guidance(
        tuple(Hint(one.field, one.value, "[[pages]] rule 7: title") for one in said.hints)
    )
    assert said.digest == other.digest != guidance(title="h1").digest
    assert html(BODY, title=".head").guided == said.digest
    assert html(BODY).guided == ""


# Elements by selectors


def matched(markup: str, css: str) -> list[str]:
    root, _ = root_of(f"<html><body>{markup}</body></html>")
    return [element.get("id", "") for element in Finder(root).find(css)]


@pytest.mark.parametrize(
    ("css", "ids"),
    [
        ("div p", "b d e"),
        ("div > p", "b e"),
        ("p + section", "c"),
        ("p ~ p", "e"),
        ("#a p.x, #c", "c d"),
        ("p:nth-child(1)", "b d"),
        ("div > :last-child", "e"),
        ("section:not(.y) p", "d"),
        ("[data-k^=one]", "e"),
        ("div section p", "d"),
        ("article p", ""),
    ],
)
def test_selectors_mean_what_they_mean_in_browsers(css: str, ids: str) -> None:
    markup = (
        '<div id="a"><p id="b">1</p><section id="c"><p id="d" class="x">2</p></section>'
        '<p id="e" data-k="one two">3</p></div>'
    )
    assert " ".join(matched(markup, css)) == ids


@pytest.mark.parametrize(
    "css", ["div div div div p", "p ~ p ~ p ~ p", "p + p p ~ p", "div p:not(.x) ~ p"]
)
def test_a_selector_takes_no_time_to_speak_of_on_a_page_made_for_that(css: str) -> None:
    deep = "<div>" * 100 + "<p>a</p>" * 100 + "</div>" * 100
    markup = deep * 200 + "<p>b</p>" * 20_000
    root, _ = root_of(f"<html><body>{markup}</body></html>")
    begun = time.process_time()
    Finder(root).find(css)
    assert time.process_time() - begun < 2


def test_siblings_are_not_counted_where_they_are_too_many() -> None:
    root, _ = root_of(f"<html><body>{'<p>b</p>' * 20_000}</body></html>")
    with pytest.raises(TooDearError):
        Finder(root).find("p:nth-child(2)")
    found = html(f"<h1>{TITLE}</h1><p>{FIRST}</p>{'<i>b</i>' * 5_000}", title="h1:nth-child(1)")
    assert doubts(found)[0].startswith(
        "[[pages]] rule 2: title: 'h1:nth-child(1)' counts siblings, of which this page has too"
    )
    assert article(found).title == TITLE


_TAGS = ("div", "p", "h1", "time", "ul", "li", "a", "section", "article", "meta", "button")
_PIECES = (FIRST, TITLE, "9 January 2026", "By Nora Lind", "Latest news", "04/05/2026", "")
_SELECTORS = st.lists(
    st.sampled_from((*_TAGS, ".x", "#y", "*", "[class]", ":nth-child(2)", "body", "html")),
    min_size=1,
    max_size=3,
).flatmap(
    lambda parts: st.sampled_from((" ", " > ", " + ", " ~ ", ", ")).map(lambda by: by.join(parts))
)
_MARKUP = st.recursive(
    st.sampled_from(_PIECES),
    lambda inner: st.tuples(
        st.sampled_from(_TAGS),
        st.sampled_from(("", " class=x", " id=y")),
        st.lists(inner, max_size=4),
    ).map(lambda made: f"<{made[0]}{made[1]}>{''.join(made[2])}</{made[0]}>"),
    max_leaves=12,
)


@given(
    _MARKUP,
    st.dictionaries(
        st.sampled_from(("drop", "title", "date", "byline", "body", "list")), _SELECTORS
    ),
)
def test_whatever_is_pointed_at_a_page_is_read_or_refused_and_no_date_is_made_up(
    markup: str, said: dict[str, str]
) -> None:
    try:
        found = html(markup, **said)
    except PageError:
        return
    dates = [found.article.published] if found.article else []
    assert {one.iso for one in dates if one} <= {"2026-01-09"}
