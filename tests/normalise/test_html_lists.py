"""Whatever a page is made of, its dated lists are found, and nothing else is taken for one."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.normalise import normalise
from feeds.readers import read_page
from tests.normalise.reading import reading
from tests.thorough import OFTEN

HEAD = (
    '<html lang="en"><head><title>Gate of the lock is oiled</title>'
    '<link rel="canonical" href="https://tide.example/lock/oil">'
    '<meta property="article:published_time" content="2026-01-20"></head><body>'
)
PLAIN_HEAD = '<html lang="en"><head><title>Gate of the lock is oiled</title></head><body>'
"""Of a page that doesn't say that it is an article."""
WORDS = "The gate was oiled by two pupils of the school, who had asked for nothing but the can"
NOUNS = ("anchor", "bell", "crane", "diver", "engine", "ferry", "gull", "hook", "island", "jetty")

ITEMS = (
    '<li><a href="{url}">{title}</a> <time datetime="{iso}">Friday</time></li>',
    '<div class="card c{n}"><h3><a href="{url}">{title}</a></h3><p>{day}</p></div>',
    '<article><a href="{url}"><img src="/i.jpg"></a><span>{day}</span>'
    '<h2><a href="{url}">{title}</a></h2><a href="{url}">Read more</a></article>',
    '<tr><td>{day}</td><td><a href="{url}">{title}</a></td></tr>',
    '<article><h3>{title}</h3><p>{day}</p><a href="{url}" aria-label=" {title} "></a></article>',
    '<a class="row" href="{url}"><span>Video</span><span>{title}</span><div>{day}</div></a>',
    '<p>{day} | <a href="{url}">{title}</a></p>',
    "<dt>{day}</dt><dd><a href='{url}'>{title}</a></dd>",
)
AROUND = {4: "<table>{}</table>", 8: "<dl>{}</dl>"}


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]], list[str]]:
    """A page, the headlines and days of its lists, its paragraphs."""
    numbers = count(1)
    parts = [HEAD, "<main><article><h1>Gate of the lock is oiled</h1>"]
    listed: list[tuple[str, str]] = []
    paragraphs: list[str] = []
    for shape in draw(st.lists(st.integers(0, len(ITEMS)), min_size=1, max_size=5)):
        if not shape:
            paragraphs.append(f"{WORDS}, as number {next(numbers)} says.")
            parts.append(f'<p>{paragraphs[-1]} <a href="/n/0">More of the same things</a></p>')
            continue
        rows = []
        for _ in range(draw(st.integers(2, 4))):
            n = next(numbers)
            title = f"{draw(st.sampled_from(NOUNS)).title()} is found below berth number {n}"
            day = draw(st.integers(1, 19))
            listed.append((title, f"2026-01-{day:02}"))
            rows.append(
                ITEMS[shape - 1].format(
                    url=f"/n/{n}", title=title, n=n, iso=listed[-1][1], day=f"{day} January 2026"
                )
            )
        inner = AROUND.get(shape, "<div class=list>{}</div>").format("".join(rows))
        parts.append(inner)
    parts.append("</article></main></body></html>")
    return "".join(parts), listed, paragraphs


@OFTEN
@given(pages())
def test_each_dated_linked_headline_is_found_and_no_paragraph(
    made: tuple[str, list[tuple[str, str]], list[str]],
) -> None:
    markup, listed, paragraphs = made
    found = reading(markup, "a.html")
    given_ = [(story.title, story.published and story.published.iso) for story in found.latest]
    assert given_ == listed
    text = " ".join(found.article.paragraphs) if found.article is not None else ""
    assert all(paragraph in text for paragraph in paragraphs)


def listed(rows: str, head: str = HEAD) -> list[tuple[str, str | None]]:
    """What is read of a list of ``rows`` beside an article."""
    page = f"{head}<h1>Gate of the lock is oiled</h1><p>{WORDS}.</p><aside>{rows}</aside>"
    found = reading(page, "a.html").latest
    return [(story.title, story.published.iso if story.published else None) for story in found]


TWO = (
    '<li><a href="/n/1">Anchor lies below the berth</a> 9 January 2026</li>'
    '<li><a href="/n/2">Bell is hung in the mill</a> 8 January 2026</li>'
)
BOTH = [("Anchor lies below the berth", "2026-01-09"), ("Bell is hung in the mill", "2026-01-08")]


@pytest.mark.parametrize(
    "row",
    [
        '<li><a href="/author/lind">Nora Lind of the Desk</a> 7 January 2026</li>',
        '<li><a href="/privacy">How we keep what you say</a> 7 January 2026</li>',
        '<li><a href="/tag/ferry">All about the ferry</a> 7 January 2026</li>',
        '<li><a href="#c9">Somebody said so in a comment</a> 7 January 2026</li>',
        '<li><a href="/lock/oil#now">What is new at the lock</a> 7 January 2026</li>',
        '<li><a href="https://other.example/1">A rope that holds all boats</a> 7 January 2026</li>',
        '<li>Promoted <a href="/n/3">A rope that holds all boats</a> 7 January 2026</li>',
        '<li><a href="/n/9/reactions">Ole, Nora and one other person</a> 7 January 2026</li>',
        '<li><a href="/n/8">114 / 192 of them</a> 7 January 2026</li>',
        '<li><a href="/files/report.pdf">What the harbour has spent</a> 7 January 2026</li>',
        '<li class="sponsored"><a href="/n/3">A rope that holds all</a> 7 January 2026</li>',
    ],
)
def test_what_is_no_story_of_the_site_is_not_listed(row: str) -> None:
    assert listed(f"<ul>{TWO}{row}</ul>") == BOTH


@pytest.mark.parametrize(
    "date",
    [
        "7 January",
        "10:40",
        "2 hours ago",
        "Updated: 7 January 2026",
        "<time class=modified datetime=2026-01-07>7 January 2026</time>",
        "Friday",
    ],
)
def test_a_headline_without_a_full_date_of_its_own_is_undated(date: str) -> None:
    row = f'<li><a href="/n/3">Crane is painted green again</a> {date}</li>'
    assert listed(f"<ul>{TWO}{row}</ul>") == [*BOTH, ("Crane is painted green again", None)]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/n/1"><span>Premium</span><span>Anchor lies below the berth</span></a>',
        '<a href="/n/1"><b>Anchor lies</b> <i>below</i> the berth</a>',
        '<a href="/n/1"><span>Anchor lies</span><br><span>below the berth</span></a>',
        '<a href="/n/1"><span class="kicker">Diving with Nora Lind and others</span>'
        '<span class="title">Anchor lies below the berth</span></a>',
        '<a href="/n/1"><div>Anchor lies below the berth</div><div>It has been there since the '
        "storm, and nobody missed it in all the years that went by.</div></a>",
        '<a href="/n/1">Anchor lies below…</a> <a href="/n/1" title="Anchor lies below the berth">'
        "<img src=1.jpg></a>",
        '<a href="/n/1">Anchor lies below the berth <span style="clip: rect(0,0,0,0)">with a '
        "picture</span></a>",
        '<h3>Sea: <a href="/n/1">Anchor lies below the berth</a></h3> <a href="/n/1">Go on</a>',
    ],
)
def test_a_headline_is_apart_from_labels_and_teasers(link: str) -> None:
    row = '<li><a href="/n/2">Bell is hung in the mill</a> 8 January 2026</li>'
    assert listed(f"<ul><li>{link} 9 January 2026</li>{row}</ul>") == BOTH


def test_what_is_to_come_is_no_news() -> None:
    rows = "".join(
        f'<li><a href="/n/{n}">Dance of the rowers, evening {n}</a> {n} February 2026</li>'
        for n in (3, 4, 5)
    )
    assert listed(f"<ul>{rows}</ul>") == []
    assert listed(f"<h3>Upcoming events</h3><ul>{TWO}</ul>") == []


def test_a_headline_later_than_the_day_of_saving_is_no_news() -> None:
    note = (
        "<!--\n Page saved with SingleFile \n url: https://tide.example/lock/oil \n "
        "saved date: Thu Jan 08 2026 08:11:12 GMT+0000\n-->"
    )
    assert listed(f"<ul>{TWO}</ul>", HEAD.replace("<head>", f"{note}<head>")) == BOTH[1:]


def test_a_date_in_the_headline_is_not_its_date() -> None:
    row = '<li><a href="/n/{0}">Trial of the crane, part {0} | 9 January 2026</a></li>'
    assert listed(f"<ul>{row.format(3)}{row.format(4)}</ul>") == []


@pytest.mark.parametrize(
    ("moment", "count"),
    [("2026-01-09T07:59:48Z", 2), ("2026-01-09T08:45:00Z", 3), ("2026-01-09T08:45", 3)],
)
def test_the_moment_in_which_a_page_was_made_dates_none_of_its_headlines(
    moment: str, count: int
) -> None:
    row = (
        '<li><a href="/n/{0}">Crane is painted green, part {0}</a><time datetime="{1}"></time></li>'
    )
    assert listed("".join(row.format(n, moment) for n in range(3, 3 + count))) == []


@pytest.mark.parametrize("moment", ["2026-01-09", "2026-01-09T00:00:00Z"])
def test_all_headlines_of_a_list_may_be_of_one_day(moment: str) -> None:
    row = (
        '<li><a href="/n/{0}">Crane is painted green, part {0}</a><time datetime="{1}"></time></li>'
    )
    assert len(listed("".join(row.format(n, moment) for n in (3, 4, 5)))) == 3


def test_two_teams_and_how_it_ended_are_no_headline() -> None:
    row = (
        '<li><a href="/n/{0}"><span class=l>Rowers of the lower town</span><span>57 : 33</span>'
        "<span class=r>Rowers of the upper town</span></a> 9 January 2026</li>"
    )
    assert listed("".join(row.format(n) for n in (3, 4))) == []


def test_one_dated_headline_is_a_list_below_the_heading_of_one() -> None:
    row = '<ul><li><a href="/n/1">Anchor lies below the berth</a> 9 January 2026</li></ul>'
    assert listed(f"<h3>Latest news</h3>{row}") == BOTH[:1]
    assert listed(f"<h3>What the anchor says</h3>{row}") == []


@pytest.mark.parametrize(
    ("language", "day"), [("en-GB", "2025-02-03"), ("en-US", "2025-03-02"), ("en", None)]
)
def test_the_language_settles_day_and_month_in_a_list(language: str, day: str | None) -> None:
    rows = "".join(
        f'<li><a href="/n/{number}">{words}</a> <span class="date">03/02/2025</span></li>'
        for number, words in enumerate(("Ferry stays in the harbour", "Bakers sell by the slice"))
    )
    markup = f'<html lang="{language}"><body><h2>Latest news</h2><ul>{rows}</ul></body></html>'
    dates = {
        story.published.iso if story.published else None
        for story in normalise(read_page("page.html", markup.encode())).latest
    }
    assert dates <= {day, None}
    assert day is None or dates == {day}


def test_a_year_of_no_page_dates_no_headline_of_a_list() -> None:
    rows = "".join(
        f'<li><a href="/n/{number}">{words}</a> <time datetime="1970-01-01">{year}</time></li>'
        for number, (words, year) in enumerate(
            (("Ferry stays in the harbour", "1 January 1970"), ("Bakers sell slices", "1 May 1890"))
        )
    )
    markup = f"<html><body><h2>Latest news</h2><ul>{rows}</ul></body></html>"
    found = normalise(read_page("page.html", markup.encode()))
    assert not [story for story in found.latest if story.published]


def test_what_a_list_calls_its_labels_stays_apart_from_the_headline() -> None:
    row = (
        '<li><a href="/n/{0}"><span class=author>Nora Lind</span> <span class=headline>{1}</span>'
        "</a> <time datetime=2026-01-0{0}>{0} January 2026</time></li>"
    )
    rows = row.format(3, "Ferry stays in the harbour") + row.format(4, "Bakers sell by the slice")
    found = normalise(read_page("page.html", f"<h2>News</h2><ul>{rows}</ul>".encode())).latest
    assert {one.title for one in found} == {
        "Ferry stays in the harbour",
        "Bakers sell by the slice",
    }


def test_a_link_to_the_reactions_to_a_story_is_no_headline() -> None:
    row = (
        '<li><a href="/n/{0}">Ferry number {0} stays in the harbour</a> <a href="/n/{0}#comments">'
        "14 comments on this story</a> <time datetime=2026-01-0{0}>{0} January 2026</time></li>"
    )
    markup = f"<h2>News</h2><ul>{row.format(3)}{row.format(4)}</ul>"
    found = normalise(read_page("page.html", markup.encode())).latest
    assert not [one for one in found if "comments" in one.title]


OTHER_FORMS = {
    "the headline above 'Read more' that links nowhere": (
        '<div class="item"><h4>{title}</h4><span>{day}</span> <a href="{url}#c">2 comments</a> '
        '<a href="{url}">Continue reading »</a></div>'
    ),
    "a kicker in a line of its own": (
        '<div class="tick"><span>{day}</span><a href="{url}"><b>Exclusive</b><br>{title}</a></div>'
    ),
    "a linked teaser longer than the text": (
        '<div class="card"><h3><a href="{url}">{title}</a></h3><p><a href="{url}">'
        "The keeper says that the tide does what it likes, and that nobody asked him about that, "
        "neither in winter nor in the summer of the regatta.</a></p><time>{day}</time></div>"
    ),
}


@pytest.mark.parametrize("form", OTHER_FORMS.values(), ids=OTHER_FORMS)
@pytest.mark.parametrize("tag", ["en", "en-GB"])
def test_a_headline_is_found_in_other_forms_of_lists(form: str, tag: str) -> None:
    titles = ("Lock gate painted green", "Diver finds the spare key")
    items = "".join(
        form.format(title=title, url=f"/l/{number}", day=f"{day} January 2026")
        for number, (title, day) in enumerate(zip(titles, (8, 9), strict=True))
    )
    body = f"<main><h1>Gate of the lock is oiled</h1><p>{WORDS}.</p></main><div>{items}</div>"
    read = reading(HEAD.replace('lang="en"', f'lang="{tag}"') + body, "a.html")
    found = [(story.title, story.published and story.published.iso) for story in read.latest]
    assert found == list(zip(titles, ("2026-01-08", "2026-01-09"), strict=True))


@pytest.mark.parametrize(
    ("tag", "days"),
    [("en", []), ("en-GB", ["2026-01-03", "2026-01-04"]), ("en-US", ["2026-03-01", "2026-04-01"])],
)
def test_days_in_figures_are_read_as_the_pages_language_and_country_do(
    tag: str, days: list[str]
) -> None:
    items = "".join(
        f'<li><a href="/l/{number}">Lock gate painted {colour}</a> <i>{number}/01/2026</i></li>'
        for number, colour in (("03", "green"), ("04", "white"))
    )
    body = f"<main><h1>Gate of the lock is oiled</h1><p>{WORDS}.</p></main><ul>{items}</ul>"
    head = HEAD.replace('lang="en"', f'lang="{tag}"').replace("2026-01-20", "2026-06-20")
    read = reading(head + body, "a.html")
    assert [story.published.iso for story in read.latest if story.published] == days


def test_a_day_that_templates_give_a_midnight_is_a_day() -> None:
    items = "".join(
        f'<li><a href="/l/{day}">Lock gate painted {colour}</a> '
        f'<time datetime="2026-01-0{day}T00:00">{day} January 2026</time></li>'
        for day, colour in ((3, "green"), (4, "white"))
    )
    body = f"<main><h1>Gate of the lock is oiled</h1><p>{WORDS}.</p></main><ul>{items}</ul>"
    read = reading(HEAD + body, "a.html")
    assert [s.published.iso for s in read.latest if s.published] == ["2026-01-03", "2026-01-04"]


def test_what_somebody_paid_for_is_no_story_of_a_list() -> None:
    items = "".join(
        f'<div class="c"><b>{label}</b><a href="/l/{day}"><h3>Lock gate painted {colour}</h3></a>'
        f"<i>{day} January 2026</i></div>"
        for day, colour, label in (
            (3, "green", "Town"),
            (4, "white", "Paid for by Tern Paints"),
            (5, "blue", "Town"),
        )
    )
    body = f"<main><h1>Gate of the lock is oiled</h1><p>{WORDS}.</p></main><div>{items}</div>"
    read = reading(HEAD + body, "a.html")
    assert [story.title[-5:] for story in read.latest] == ["green", " blue"]
    assert "advertising in the list" in [one.rule for one in read.dropped]


@pytest.mark.parametrize(
    "date",
    [
        '<time class="entry-date updated td-module-date" datetime="2026-01-09">9 January</time>',
        '<time class="entry-date published updated" datetime="2026-01-09">9 January</time>',
        '<span class="updated">9 January 2026</span>',
        '<time class="published" datetime="2026-01-09">9 January</time>'
        '<time class="updated" datetime="2026-01-10">10 January</time>',
    ],
)
def test_updated_is_what_blogs_call_any_date_and_a_change_is_one_beside_publication(
    date: str,
) -> None:
    row = '<li><a href="/n/2">Bell is hung in the mill</a> 8 January 2026</li>'
    first = f'<li><a href="/n/1">Anchor lies below the berth</a> {date}</li>'
    assert listed(f"<ul>{first}{row}</ul>") == BOTH


@pytest.mark.parametrize(
    "date",
    [
        "<p>{day} // Diving</p>",
        "<span>vom {day}</span>",
        '<ul class="breadcrumb"><li class="date">{day}</li><li>News</li></ul>',
        "<div><b>{number}</b><i>January</i><small>2026</small></div>",
        "<div><div>January</div><div>{number}</div><div>2026</div></div>",
        "<p>By Nora Lind, {day}</p>",
        "<p>Posted on {day} by admin</p>",
        '<div><a href="/people/nora">Nora Lind of the Harbour Desk</a> <i>{day}</i></div>',
    ],
)
def test_a_date_beside_a_headline_is_found_in_other_dress(date: str) -> None:
    rows = "".join(
        f'<article><h3><a href="/n/{number}">{title}</a></h3>{{}}</article>'.format(
            date.format(day=f"{day} January 2026", number=day)
        )
        for number, day, title in ((1, 9, BOTH[0][0]), (2, 8, BOTH[1][0]))
    )
    assert listed(rows) == BOTH


@pytest.mark.parametrize(
    "link",
    [
        '<span class="series">{day} January 2026 - Sea</span><span class="text">'
        '<span>{title}</span><span class="body">Nobody has missed it since the storm, and nobody '
        "wants it back.</span></span>",
        '<b class="top"><b class="date-group">Interview | {day} January 2026</b></b>'
        '<strong class="title-text">{title}</strong>',
    ],
)
def test_a_date_beside_a_section_within_the_link_is_the_headlines(link: str) -> None:
    rows = "".join(
        f'<div><a href="/n/{day}">{link.format(day=day, title=title)}</a></div>'
        for day, title in ((9, BOTH[0][0]), (8, BOTH[1][0]))
    )
    assert listed(rows) == BOTH


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/n/1"><b>Premium</b> Anchor lies below the berth</a>',
        '<a href="/n/1"><strong>Video</strong> Anchor lies below the berth</a>',
        '<a href="/n/1"><b>Sport</b> Anchor lies below the berth</a>',
        '<a href="/n/1">Video: Anchor lies below the berth</a>',
        '<a href="/n/1">LIVE | Anchor lies below the berth</a>',
        '<a href="/n/1">LIVE Anchor lies below the berth</a>',
        '<a href="/n/1">[Podcast] Anchor lies below the berth</a>',
        '<a href="/n/1">Anchor lies below the berth | Video</a>',
        '<a href="/n/1">Anchor lies below the berth (Photos)</a>',
        '<h3><a href="/n/1"><span class="roofline">Long in the mud</span>Anchor lies below the '
        "berth</a></h3>",
        '<a href="/n/1"><h3>Anchor lies below the berth<span>[to the film]</span></h3></a>',
        '<a href="/n/1"><span class="ticker-date">Anchor lies below the berth</span>'
        "<ul><li>By Nora Lind</li></ul></a>",
        '<a href="/n/1" title="Anchor lies below the berth"></a>'
        '<div class="title">Anchor lies below the berth</div>',
    ],
)
def test_a_label_is_no_part_of_the_headline_whatever_it_stands_in(link: str) -> None:
    row = '<li><a href="/n/2">Bell is hung in the mill</a> 8 January 2026</li>'
    assert listed(f"<ul><li>{link} 9 January 2026</li>{row}</ul>") == BOTH


@pytest.mark.parametrize(
    "title", ["Live music returns to the quay", "Video of the seal: who filmed it", "New: a bell"]
)
def test_a_word_that_may_be_a_label_stays_where_a_headline_needs_it(title: str) -> None:
    head, _, rest = title.partition(" ")
    row = f'<li><h3><a href="/n/3"><b>{head}</b> {rest}</a></h3> 7 January 2026</li>'
    assert (title, "2026-01-07") in listed(f"<ul>{TWO}{row}</ul>")


@pytest.mark.parametrize(
    "row",
    [
        '<li><a href="/n/3">Anzeige: A rope that holds all boats</a> 7 January 2026</li>',
        '<li><a href="/n/3">A rope that holds all boats [Sponsored Post]</a> 7 January 2026</li>',
        '<li><a href="/send?url=https%3A%2F%2Ftide.example%2Flock">Send this page to a friend</a> '
        "7 January 2026</li>",
        '<li><blockquote class="bb-quote"><a href="/goto/3">Nora Lind of the quay said:</a>'
        "</blockquote> 7 January 2026</li>",
    ],
)
def test_what_is_paid_for_sent_or_quoted_is_not_listed(row: str) -> None:
    assert listed(f"<ul>{TWO}{row}</ul>") == BOTH


@pytest.mark.parametrize(
    "label",
    [
        *("Paid partner content", "In partnership with Rope & Co", "İlan", "Komerční sdělení"),
        *("推广", "Kaupallinen yhteistyö", "Placená inzerce", "Betalt samarbete"),
    ],
)
def test_what_is_labelled_as_paid_in_any_language_is_not_listed(label: str) -> None:
    link = '<a href="/n/3">A rope that holds all boats</a>'
    row = f"<li><span>{label}</span> {link} 7 January 2026</li>"
    assert listed(f"<ul>{TWO}{row}</ul>") == BOTH


def test_a_section_with_an_ending_is_a_section() -> None:
    rows = "".join(
        f'<div class="post"><a href="/sea/anchor-{number}.html"><h3>{title}</h3></a><div class="m">'
        f'<a href="/sea.html">Sea and what is below</a> <span>{day} January 2026</span></div></div>'
        for number, day, title in ((1, 9, BOTH[0][0]), (2, 8, BOTH[1][0]), (3, 7, "Crane is green"))
    )
    assert listed(rows) == [*BOTH, ("Crane is green", "2026-01-07")]


def test_days_above_headlines_each_have_some() -> None:
    rows = (
        "<p>9 January 2026</p><p>8 January 2026</p>"
        '<p><a href="/n/1">The film in four minutes</a></p><p><a href="/n/2">All of it live</a></p>'
    )
    assert listed(f"<div>{rows}</div>") == []


def test_three_headlines_of_one_moment_are_honest_if_people_read_it() -> None:
    row = (
        '<li><a href="/n/{0}">Crane is painted green, part {0}</a>'
        '<time datetime="2026-01-09T08:45:00Z">9 January 2026</time></li>'
    )
    assert len(listed("".join(row.format(n) for n in (3, 4, 5)))) == 3
    assert listed("".join(row.format(n) for n in (3, 4, 5, 6))) == []


def test_what_stands_beside_a_lists_headlines_is_named() -> None:
    row = (
        '<li><img src="/{0}.jpg"><small>Sea and shore</small><h4><a href="/n/{0}">{1}</a></h4>'
        "<p>Nobody has missed it since the <em>great</em> storm.</p> By Nora Lind "
        "<time>{2} January 2026</time></li>"
    )
    rows = row.format(1, BOTH[0][0], 9) + row.format(2, BOTH[1][0], 8)
    page = f"{HEAD}<h1>Gate of the lock is oiled</h1><p>{WORDS}.</p><div><h3>Latest news</h3><ul>"
    found = reading(f"{page}{rows}</ul></div>", "a.html")
    beside = [one.text for one in found.dropped if one.rule == "beside the dated list"]
    words = "Sea and shore | Nobody has missed it since the great storm. | By Nora Lind"
    assert [text.removesuffix(" 9 January 2026") for text in beside[:1]] == [words]
    assert len(beside) == 2
    assert not [one for one in found.dropped if one.text in {title for title, _ in BOTH}]


def test_a_list_of_headlines_and_dates_alone_leaves_nothing_to_be_named() -> None:
    rows = f"<ul>{TWO}<li><a href='/n/1'>Anchor lies below…</a> | 9 January 2026</li></ul>"
    page = f"{HEAD}<h1>Gate of the lock is oiled</h1><p>{WORDS}.</p><aside>{rows}</aside>"
    found = reading(page, "a.html")
    assert not [one for one in found.dropped if one.rule == "beside the dated list"]


def test_headlines_and_dates_in_one_line_are_no_sentence() -> None:
    titles = ("Anchor lies below", "Bell is hung again", "Crane is painted", "Diver finds a key")
    row = '<span>{} January 2026</span><a href="/n/{}">{}</a>'
    rows = "".join(row.format(9 - n, n, title) for n, title in enumerate(titles))
    assert [title for title, _ in listed(f"<div>{rows}</div>")] == list(titles)


def test_headings_of_a_word_or_two_above_headlines_are_kickers() -> None:
    row = (
        '<div><a href="/n/{0}"><div><h3>{1}</h3><p><span class="date">{2} January 2026</span>'
        "{3}</p></div></a></div>"
    )
    kickers = ("Sea", "Sport", "The view", "Nora Lind")
    titles = (*(title for title, _ in BOTH), "Crane is painted green", "Diver finds a spare key")
    rows = "".join(
        row.format(n, kicker, 9 - n, title)
        for n, (kicker, title) in enumerate(zip(kickers, titles, strict=True))
    )
    assert [title for title, _ in listed(rows)] == list(titles)


def test_two_rows_of_a_page_that_are_alike_outside_alone_are_no_list() -> None:
    rows = (
        '<div class="row"><div class="card"><h3><a href="/n/1">Anchor lies below the berth</a></h3>'
        '<p>9 January 2026</p></div></div><div class="row"><div class="infos"><b>Published by</b>'
        '<p><a href="/office">The harbour office of the town</a></p><p>8 January 2026</p></div>'
        "</div>"
    )
    assert listed(rows) == []


@pytest.mark.parametrize(
    "row",
    [
        '<a href="/n/{0}"><strong>{1}</strong><em>{2}</em></a>',
        '<a href="/n/{0}"><strong>{1}</strong> <em>{2} at 14:05</em></a>',
        '<a href="/n/{0}"><b>{2}</b> {1}</a>',
        '<a href="/n/{0}"><b>14:20</b> {1}</a> <i>{2}</i><br>',
    ],
)
def test_an_emphasised_date_or_clock_at_an_end_of_a_link_is_no_part_of_its_headline(
    row: str,
) -> None:
    rows = (
        ("1", "Anchor lies below the berth", "9 January 2026"),
        ("2", "Bell is hung in the mill", "8 January 2026"),
    )
    found = listed("<div>{}</div>".format("".join(row.format(*one) for one in rows)))
    assert [(title, (iso or "")[:10]) for title, iso in found] == BOTH


@pytest.mark.parametrize(
    "heading", ["Jobs", "Stellenanzeigen", "Avis de décès", "Hava durumu", "Вакансии", "天気予報"]
)
def test_jobs_notices_and_forecasts_are_no_stories(heading: str) -> None:
    assert listed(f"<h2>{heading}</h2><ul>{TWO}</ul>") == []


@pytest.mark.parametrize(
    "times", [("Jan 9", "Jan 8"), ("09.01.", "08.01."), ("5 min ago", "2 hours ago")]
)
def test_a_list_that_names_no_full_day_is_told_and_holds_no_stories(
    times: tuple[str, str],
) -> None:
    rows = "".join(
        f'<li><span>{time}</span> <a href="/n/{time}">Anchor lies below the berth</a></li>'
        for time in times
    )
    page = f"{HEAD}<h1>Gate of the lock is oiled</h1><p>{WORDS}.</p><h3>Latest news</h3>"
    found = reading(f"{page}<ul>{rows}</ul>", "a.html")
    assert not found.latest
    assert [one.code for one in found.findings if one.code.startswith("list")] == ["list-undated"]


def beside_the_article(items: str) -> list[tuple[str, str | None]]:
    page = f"{HEAD}<main><article><h1>Gate of the lock is oiled</h1><p>{WORDS}.</p></article>"
    found = normalise(read_page("a.html", f"{page}</main><ul>{items}</ul>".encode()))
    return [(one.title, one.published.iso if one.published else None) for one in found.latest]


def test_a_date_within_a_teaser_is_not_the_headlines() -> None:
    item = (
        "<li><a href=/s/{0}-x>{1} sails to the island again</a><p>The trial of it begins on "
        "<time datetime=2026-01-18>18 January 2026</time> in the town.</p>"
        "<span class=date>{0} January 2026</span></li>"
    )
    items = "".join(
        item.format(day, name) for day, name in ((7, "Ferry"), (6, "Gull"), (5, "Crane"))
    )
    found = beside_the_article(items)
    assert [day for _, day in found] == [f"2026-01-0{day}" for day in (7, 6, 5)]


def test_a_date_may_begin_a_teaser() -> None:
    item = (
        "<li><a href=/s/{0}-x>{1} sails to the island again</a><p><time>{0} January 2026</time> "
        "The trial of it begins in the town.</p></li>"
    )
    items = "".join(item.format(day, name) for day, name in ((7, "Ferry"), (6, "Gull")))
    assert [day for _, day in beside_the_article(items)] == ["2026-01-07", "2026-01-06"]


def test_the_number_of_comments_is_no_part_of_a_headline() -> None:
    item = "<li><a href=/s/{0}-x>{1} sails to the island {2}</a> <time>{0} January 2026</time></li>"
    items = item.format(7, "Ferry", "12 comments") + item.format(6, "Gull", "(1 comment)")
    assert [title for title, _ in beside_the_article(items)] == [
        "Ferry sails to the island",
        "Gull sails to the island",
    ]


ROWS = (
    ("/n/1", "Storm takes the roof off the lock", "3 November 2025"),
    ("/n/2", "Council looks for another roof", "17 December 2025"),
    ("/n/3", "Pupils find some oil in a cellar", "9 January 2026"),
)


@pytest.mark.parametrize(
    "told",
    [
        "<h2>How it came about</h2><ul>{}</ul>|<li><a href='{}'>{}</a> ({})</li>",
        "<p>This is what happened:</p><ul>{}</ul>|<li><a href='{}'>{}</a> ({})</li>",
        "<ul>{}</ul>|<li><a href='{}'>{}</a>, {}</li>",
        "<table><tr><th>What</th><th>When</th></tr>{}</table>"
        "|<tr><td><a href='{}'>{}</a></td><td>{}</td></tr>",
        "<h3>Timeline</h3>{}|<p>{2}: <a href='{0}'>{1}</a></p>",
    ],
)
@pytest.mark.parametrize("says_so", [True, False])
def test_dated_links_amid_the_text_are_told_with_it(told: str, says_so: bool) -> None:
    around, row = told.split("|")
    rows = around.format("".join(row.format(*each) for each in ROWS))
    page = (
        f"{HEAD if says_so else PLAIN_HEAD}<article><h1>Gate of the lock is oiled</h1>"
        f"<p>{WORDS}.</p>{rows}"
        f"<p>{WORDS} again.</p></article>"
    )
    found = reading(page, "a.html")
    assert found.latest == ()
    assert found.article is not None
    assert all(title in found.article.content for _, title, _ in ROWS)


@pytest.mark.parametrize("heading", ["Sources", "Sources[<a href='/w?edit'>edit</a>]"])
def test_sources_below_the_text_are_told_with_it(heading: str) -> None:
    rows = "".join(f"<li><a href='https://b.example{u}'>{t}</a>, {d}</li>" for u, t, d in ROWS)
    page = (
        f"{HEAD}<article><h1>Gate of the lock is oiled</h1><p>{WORDS}.</p><p>{WORDS} again.</p>"
        f"<h3>{heading}</h3><ol>{rows}</ol></article>"
    )
    found = reading(page, "a.html")
    assert found.latest == ()
    assert found.article is not None
    assert all(title in found.article.content for _, title, _ in ROWS)


@pytest.mark.parametrize("heading", ["Latest news", "Related articles", "Read also"])
def test_dated_links_amid_the_text_that_are_called_news_are_a_list(heading: str) -> None:
    rows = "".join(f"<li><a href='{u}'>{t}</a> {d}</li>" for u, t, d in reversed(ROWS))
    page = (
        f"{HEAD}<article><h1>Gate of the lock is oiled</h1><p>{WORDS}.</p>"
        f"<h3>{heading}</h3><ul>{rows}</ul><p>{WORDS} again.</p></article>"
    )
    assert len(reading(page, "a.html").latest) == len(ROWS)


def test_a_forecast_for_each_day_is_no_list_of_stories() -> None:
    rows = (
        '<li><a href="/w/1">Rain and wind on the coast</a> 8 January 2026</li>'
        '<li><a href="/w/2">Sun and no wind on the coast</a> 9 January 2026</li>'
    )
    assert listed(f"<h2>Weather</h2><ul>{rows}</ul>") == []


def test_the_stories_of_a_day_or_a_month_are_none() -> None:
    rows = (
        '<li><a href="/2026/01/08/">All that was on the eighth day</a> 8 January 2026</li>'
        '<li><a href="/2026/01/">All that was in the first month</a> 9 January 2026</li>'
    )
    assert listed(f"<ul>{rows}</ul>") == []


def test_teasers_of_a_list_are_not_most_of_a_text_in_other_elements_than_paragraphs() -> None:
    cards = "".join(
        f"<div class=card><h3><a href='{u}'>{t}</a></h3><span>{d}</span>"
        "<p>It took the roof off, and nobody has seen it since that day.</p></div>"
        for u, t, d in reversed(ROWS)
    )
    page = (
        f"{HEAD}<main><h1>Gate of the lock is oiled</h1><div>{WORDS}.</div>"
        f"<div>{WORDS} again.</div></main><div class=more>{cards}</div>"
    )
    assert len(reading(page, "a.html").latest) == len(ROWS)


def test_two_rows_of_what_is_called_a_timeline_are_told_with_the_text_around_it() -> None:
    rows = "".join(f"<div><span>{d}</span> <a href='{u}'>{t}</a></div>" for u, t, d in ROWS[:2])
    page = (
        f"{HEAD}<article><h1>Gate of the lock is oiled</h1><p>{WORDS}.</p>"
        f"<div class=timeline>{rows}</div><p>{WORDS} again.</p></article>"
    )
    assert reading(page, "a.html").latest == ()


def test_chapters_between_paragraphs_of_a_text_are_no_list() -> None:
    chapters = "".join(
        f"<div class=part><h2><a href='{u}'>{t}</a></h2><span>{d}</span>"
        f"<p>{WORDS}, as the first says in writing.</p><p>{WORDS}, as the others say.</p></div>"
        for u, t, d in ROWS
    )
    page = (
        f"{PLAIN_HEAD}<article><h1>Gate of the lock is oiled</h1><p>{WORDS}.</p>"
        f"<p>{WORDS} again.</p><div>{chapters}</div><p>{WORDS} at last.</p></article>"
    )
    assert reading(page, "a.html").latest == ()


def test_an_index_keeps_its_stories_below_two_paragraphs_that_introduce_it() -> None:
    cards = "".join(
        f"<div class=card><h3><a href='{u}'>{t}</a></h3><span>{d}</span><p>{WORDS}, {t}.</p></div>"
        for u, t, d in reversed(ROWS)
    )
    page = (
        f"{PLAIN_HEAD}<main><h1>News of the lock</h1><p>{WORDS}.</p><p>{WORDS} again.</p>"
        f"<div>{cards}</div></main>"
    )
    assert len(reading(page, "a.html").latest) == len(ROWS)


def test_a_blog_of_whole_posts_keeps_them_as_its_stories() -> None:
    posts = "".join(
        f"<article><h1><a href='{u}'>{t}</a></h1><time>{d}</time><p>{WORDS}, {t}.</p>"
        f"<p>{WORDS} again.</p></article>"
        for u, t, d in reversed(ROWS)
    )
    assert len(reading(f"{PLAIN_HEAD}<main>{posts}</main>", "a.html").latest) >= 2


@pytest.mark.parametrize("before", ["{n}. ", "{n}) ", "#{n} ", "1{n}:04 ", "0{n}.30 – "])
def test_numbers_and_clocks_before_each_headline_are_no_words_of_any(before: str) -> None:
    rows = "".join(
        f"<li><a href='{u}'>{before.format(n=n)}{t}</a> {d}</li>"
        for n, (u, t, d) in enumerate(ROWS, 1)
    )
    assert [title for title, _ in listed(f"<ul>{rows}</ul>")] == [t for _, t, _ in ROWS]


@pytest.mark.parametrize("first", ["3 boats sail without a light", "1. FC loses its last game"])
def test_a_number_before_one_headline_is_its_own(first: str) -> None:
    row = f"<li><a href='/n/9'>{first}</a> 7 January 2026</li>"
    assert first in [title for title, _ in listed(f"<ul>{row}{TWO}</ul>")]


def test_a_date_and_a_stroke_before_the_headline_in_its_link_are_its_date() -> None:
    row = (
        '<div class=row><a href="/n/{0}">{0} Jan 2026 – Trial of the old crane, part {0}</a></div>'
    )
    assert listed(f"<div>{row.format(3)}{row.format(2)}</div>") == [
        ("Trial of the old crane, part 3", "2026-01-03"),
        ("Trial of the old crane, part 2", "2026-01-02"),
    ]


@pytest.mark.parametrize("heading", ["Latest comments", "Derniers commentaires"])
def test_what_readers_wrote_lately_is_no_list_of_stories(heading: str) -> None:
    wrote = TWO.replace("/n/", "/x/").replace("Anchor", "Nora on an anchor that")
    wrote = wrote.replace("Bell", "Emil on a bell that")
    assert len(listed(f"<div><ul>{wrote}</ul></div>")) == 2
    assert listed(f"<ul>{TWO}</ul><div><h3>{heading}</h3><ul>{wrote}</ul></div>") == BOTH


def test_eight_chinese_signs_are_a_headline() -> None:
    rows = (
        "<li><a href='/n/3'>渡轮重返海岛航线</a> 2026-01-07</li>"
        "<li><a href='/n/4'>屋顶上种出卷心菜</a> 2026-01-06</li>"
    )
    assert [title for title, _ in listed(f"<ul>{rows}</ul>")] == [
        "渡轮重返海岛航线",
        "屋顶上种出卷心菜",
    ]
