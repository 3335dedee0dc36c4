"""The headline of an HTML page: its words as people write them, and whose form of it is taken."""

from __future__ import annotations

import json

import pytest

from feeds.model import Reading, Story
from feeds.normalise import normalise
from feeds.readers import read_page

TEXT = (
    "<p>The lamp at the end of the quay was lit on Friday, for the first time since the storm.</p>"
    "<p>It will burn every night until the end of March, said the office of the harbour.</p>"
)
TITLE = "Old lamp is lit again"
OWN = "https://tide.example/lamp"
OTHER = "https://tide.example/eel"


def reading(body: str, head: str = "") -> Reading:
    head = f'<meta charset="utf-8"><link rel=canonical href="{OWN}">{head}'
    markup = f"<html><head>{head}</head><body><article>{body}{TEXT}</article></body></html>"
    return normalise(read_page("a.html", markup.encode()))


def article(body: str, head: str = "") -> Story:
    story = reading(body, head).article
    assert story is not None
    return story


def jsonld(**said: object) -> str:
    node = json.dumps({"@type": "NewsArticle", **said})
    return f'<script type="application/ld+json">{node}</script>'


@pytest.mark.parametrize(
    "heading",
    [
        f'<span class="kicker">Harbour</span> {TITLE}',
        f'<span class="story-badge">Plus</span>{TITLE}',
        f"<span>Exclusive</span> {TITLE}",
        f"<small>Sport</small> <span>{TITLE}</span>",
        f"{TITLE} <span>Premium</span>",
        f'{TITLE} <a href="/edit?7">[Edit]</a>',
        f'{TITLE}<a class="headerlink" href="#lamp">¶</a>',
        f'{TITLE} <a href="#lamp">#</a>',
        f'<span class="sr-only">Headline of the story:</span> {TITLE}',
        "Old <del>bell</del> lamp is <s>rung</s>lit again",
        f"{TITLE} <time>9 January</time>",
        "<span>Old lamp</span><br><span>is lit again</span>",
        "<div>Old lamp</div><div>is lit again</div>",
        f"{TITLE} | Sport",
        "Old <i>lamp</i> is l<b>it</b> again",
    ],
)
def test_a_heading_is_read_as_its_headline_alone(heading: str) -> None:
    assert article(f"<h1>{heading}</h1>").title == TITLE


def test_two_lines_of_a_heading_are_no_single_word() -> None:
    assert article("<h1><b>Old lamp is lit</b><i>Nobody saw it</i></h1>").title == (
        "Old lamp is lit Nobody saw it"
    )


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (f"<span>Eastport</span> {TITLE}", TITLE),
        (f"<span>Eastport</span> {TITLE}", f"{TITLE} | Tide Desk"),
        (f"{TITLE} <em>New photos</em>", f"{TITLE} - Tide Desk"),
        (f"LIVE: {TITLE}", TITLE),
    ],
)
def test_what_no_other_source_states_beside_a_headline_is_a_label(heading: str, title: str) -> None:
    assert article(f"<h1>{heading}</h1>", f"<title>{title}</title>").title == TITLE


def test_a_label_is_named_among_what_was_dropped() -> None:
    found = reading(f"<h1><span>Eastport</span> {TITLE}</h1>", f"<title>{TITLE}</title>")
    assert [(item.text, item.rule) for item in found.dropped] == [
        ("Eastport", "label beside the headline")
    ]


def test_a_label_that_all_sources_state_is_part_of_the_headline() -> None:
    whole = f"Eastport: {TITLE}"
    head = f'<title>{whole}</title><meta property="og:title" content="{whole}">'
    assert article(f"<h1><span>Eastport:</span> {TITLE}</h1>", head).title == whole


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} | Tide Desk",
        f"{TITLE} - Tide Desk",
        f"{TITLE} | Harbour | Tide Desk",
        f"{TITLE} | Sport - Tide Desk",
        f"Tide Desk | {TITLE}",
        f"{TITLE} – tide.example",
    ],
)
@pytest.mark.parametrize("source", ['<meta property="og:title" content="{}">', "<title>{}</title>"])
def test_the_name_of_the_site_is_no_part_of_a_headline(source: str, title: str) -> None:
    head = '<meta property="og:site_name" content="Tide Desk">' + source.format(title)
    assert article("", head).title == TITLE


@pytest.mark.parametrize(
    ("title", "site"),
    [
        (f"{TITLE} - Quay and Lamp - News | Views", "Quay and Lamp - News | Views"),
        (f"{TITLE} » *** - Tide Papers - All of it", "*** - Tide Papers - All of it"),
        (f"{TITLE} - Lampadaire online", "Lampadaire"),
        (f"{TITLE} (The Lampadaire)", ""),
    ],
)
def test_the_name_of_a_site_may_have_separators_and_words_beside_it(title: str, site: str) -> None:
    head = f'<meta property="og:title" content="{title}">'
    head += f'<meta property="og:site_name" content="{site}">'
    assert article(f"<h1>{TITLE}</h1>", head).title == TITLE


@pytest.mark.parametrize(
    ("title", "site"),
    [(f"{TITLE} | Tidebot", "Tidebot"), (TITLE, "Tidebot")],
)
@pytest.mark.parametrize("level", [1, 2])
def test_the_heading_that_the_title_names_counts_before_one_with_the_sites_name(
    title: str, site: str, level: int
) -> None:
    found = article(f"<h1>{site}</h1><h{level}>{TITLE}</h{level}>", f"<title>{title}</title>")
    assert (found.title, found.evidence["title"].rule) == (TITLE, f"h{level} of the page")


def test_the_headline_for_those_who_see_no_page_is_taken() -> None:
    head = '<meta property="og:title" content="Lamp at the quay burns once more">'
    found = reading(f"<h1>{TITLE}: lamp</h1>", head)
    assert found.article is not None
    assert found.article.title == "Lamp at the quay burns once more"
    assert ("another form of the headline") in [item.rule for item in found.dropped]


@pytest.mark.parametrize(
    "title", ["Old lamp is li", "Old lamp is…", "Old lamp ...", "Ten recipes for smoked eel"]
)
def test_a_title_that_is_cut_short_or_of_something_else_is_not(title: str) -> None:
    head = f'<meta property="og:title" content="{title}">'
    assert article(f"<h1>{TITLE}</h1>", head).title == TITLE


def test_three_sources_that_agree_are_right() -> None:
    head = f'<title>{TITLE} | Tide Desk</title><meta property="og:title" content="Lamp of storms">'
    assert article(f"<h1>{TITLE}</h1>", head + jsonld(headline=TITLE, url=OWN)).title == TITLE


WAY = f"<nav><ul><li><a href=/>Home</a></li><li><h1>{TITLE}</h1></li></ul></nav>"


@pytest.mark.parametrize(
    "heading",
    [
        "<h2>Old lamp lit again at last</h2>",
        "<header><h2>Bright nights</h2><time>9 January 2026</time></header>",
        "<h2>Bright nights</h2><p class=byline>By Nora Lind</p>",
    ],
)
def test_a_lower_heading_is_the_articles_if_the_only_h1_is_on_the_way_to_the_page(
    heading: str,
) -> None:
    found = reading(WAY + heading, f"<title>{TITLE}</title>")
    shown = heading.partition("<h2>")[2].partition("</h2>")[0]
    assert found.article is not None
    assert shown in [found.article.title, *(item.text for item in found.dropped)]
    assert not any(shown in words for words in found.article.paragraphs)


def test_a_heading_of_a_box_is_no_headline() -> None:
    story = article(f"{WAY}<h2>Opening hours</h2>", f"<title>{TITLE}</title>")
    assert story.title == TITLE


@pytest.mark.parametrize(
    "headline",
    [
        "Old <em>lamp</em> is lit again",
        "Old &lt;em&gt;lamp&lt;/em&gt; is lit&amp;nbsp;again",
        "Old <s>bell</s> lamp is lit &amp;#97;gain",
    ],
)
def test_markup_and_references_in_a_headline_of_jsonld_are_decoded(headline: str) -> None:
    assert article("", jsonld(headline=headline, url=OWN)).title == TITLE


@pytest.mark.parametrize(
    "said",
    [
        {"url": OTHER, "headline": "Ten recipes for smoked eel"},
        {"mainEntityOfPage": {"@id": OTHER}, "headline": "Ten recipes for smoked eel"},
        {"headline": "Ten recipes for smoked eel"},
        {"url": OTHER},
    ],
)
def test_jsonld_of_another_page_gives_nothing_and_is_reported(said: dict[str, object]) -> None:
    node = jsonld(**said, datePublished="2026-01-09", author="Nora Lind")
    found = reading(f"<h1>{TITLE}</h1>", node)
    assert found.article is not None
    assert (found.article.title, found.article.published, found.article.authors) == (
        TITLE,
        None,
        (),
    )
    assert "jsonld-unclear" in [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    "said",
    [
        {"url": f"{OWN}/?from=feed", "headline": "Quay bright after dark"},
        {"url": OTHER, "headline": TITLE},
        {"url": OTHER, "headline": f"{TITLE} after the storm"},
        {"mainEntityOfPage": "http://www.tide.example/lamp/", "headline": "Quay bright"},
        {},
    ],
)
def test_jsonld_of_this_page_is_known_by_its_address_or_its_headline(
    said: dict[str, object],
) -> None:
    story = article(f"<h1>{TITLE}</h1>", jsonld(**said, datePublished="2026-01-09"))
    assert (story.title, story.published is not None) == (TITLE, True)


def test_a_page_that_states_an_article_and_shows_no_text_is_held_under_its_headline() -> None:
    page = f"<head>{jsonld(headline=TITLE, datePublished='2026-01-09')}</head><body><div></div>"
    found = normalise(read_page("a.html", page.encode()))
    assert found.article is not None
    assert (found.article.title, found.article.paragraphs) == (TITLE, ())
    assert [item.weight for item in found.findings if item.code == "no-text"] == ["hold"]


def test_the_second_line_of_a_title_is_no_headline() -> None:
    title = "Lit again - The old lamp burns until March : Tidebot"
    found = article(
        "<h1>Lit again</h1><h2>The old lamp burns until March</h2>", f"<title>{title}</title>"
    )
    assert found.title == "Lit again"


def test_an_article_in_data_beside_the_headline_is_another_unless_it_is_called_so() -> None:
    def beside(title: str) -> str:
        return (
            "<aside><div itemscope itemtype='https://schema.org/NewsArticle'>"
            f"<span itemprop=headline>{title}</span>"
            "<meta itemprop=datePublished content=2019-05-05></div></aside>"
        )

    assert article(f"<h1>{TITLE}</h1>{beside('Eel ends in the harbour bell')}").published is None
    found = article(f"<h1>{TITLE}</h1>{beside(TITLE)}").published
    assert found is not None
    assert found.iso == "2019-05-05"


@pytest.mark.parametrize(
    "said",
    [
        {"headline": "Old lamp is no longer lit", "url": "https://tide.example/2019/lamp"},
        {"headline": "Tide Desk", "url": "https://tide.example/"},
    ],
)
def test_jsonld_that_is_only_nearly_called_so_needs_this_address(said: dict[str, str]) -> None:
    head = f"<title>{TITLE} | Tide Desk</title>" + jsonld(**said, datePublished="2019-05-05")
    assert article(f"<h1>{TITLE}</h1>", head).published is None


@pytest.mark.parametrize("address", ["http://[", "http://\u2100.example/"])
def test_an_address_that_is_none_costs_nothing_else(address: str) -> None:
    page = f"<link rel=canonical href='{address}'><article><h1>{TITLE}</h1>{TEXT}</article>"
    story = normalise(read_page("a.html", page.encode())).article
    assert story is not None
    assert (story.title, story.url) == (TITLE, None)


@pytest.mark.parametrize(("last", "names"), [("Nora Lind", ("Nora Lind",)), ("Until March", ())])
def test_a_last_line_of_words_that_the_text_writes_small_signs_nothing(
    last: str, names: tuple[str, ...]
) -> None:
    body = f"<h1>{TITLE}</h1>{TEXT}<p>{last}</p>"
    story = normalise(read_page("a.html", f"<article>{body}</article>".encode())).article
    assert story is not None
    assert story.authors == names


def of_site(body: str, more: str = "") -> Story:
    markup = f"<html><head><title>Tide Desk</title>{more}</head><body>{body}</body></html>"
    story = normalise(read_page("a.html", markup.encode())).article
    assert story is not None
    return story


@pytest.mark.parametrize(
    "body",
    [
        f"<header><h1>Tide Desk</h1></header><article><h2>{TITLE}</h2><p>3 February 2025</p>{TEXT}"
        "</article>",
        f'<h1><a href="/">Tide Desk</a></h1><article><h2>{TITLE}</h2><p>3 February 2025</p>{TEXT}'
        "</article>",
        f'<header><h1><a href="/">Tide Desk</a></h1></header><main><h2>{TITLE}</h2>{TEXT}</main>',
        f'<a href="/">Tide Desk</a><h3>{TITLE}</h3><p>3 February 2025</p>{TEXT}',
        f"<h1>Tide Desk</h1><h2>{TITLE}</h2><p>3 February 2025</p>{TEXT}<p>© Tide Desk</p>",
        f"<font size=6>Tide Desk</font><font size=5>{TITLE}</font>{TEXT}<div>© Tide Desk</div>",
        f'<div>Tide Desk</div><div><div style="font-size: 2em">{TITLE}</div>{TEXT}</div>'
        "<div>© 2025 Tide Desk</div>",
    ],
)
def test_what_is_only_the_name_of_the_site_is_no_headline(body: str) -> None:
    story = of_site(body)
    assert (story.title, len(story.paragraphs)) == (TITLE, 2)


@pytest.mark.parametrize(
    "body",
    [
        f"<header><h1>Tide Desk</h1></header><article>{TEXT}<h2>{TITLE}</h2>{TEXT}</article>",
        f"<header><h1>Tide Desk</h1></header><article><h2>{TITLE}</h2>{TEXT}</article>",
    ],
)
def test_a_headline_above_its_article_is_the_window_s_title(body: str) -> None:
    assert of_site(body).title == "Tide Desk"


def test_a_page_that_is_called_as_its_site_and_has_no_heading_has_no_headline() -> None:
    story = of_site(f'<a href="/">Tide Desk</a><div>{TEXT}</div>')
    assert (story.title, story.evidence["title"].is_known) == ("", False)


def test_large_letters_are_no_headline_where_the_page_states_one() -> None:
    body = f'<div>{TEXT}</div><div style="font-size:40px">Write to us about it</div>'
    assert of_site(body, f'<meta property="og:title" content="{TITLE}">').title == TITLE


@pytest.mark.parametrize(
    "label", ["Live", "Video", "Podcast", "Exclusive", "Exklusiv", "En direct"]
)
def test_a_label_before_the_headline_comes_off_whoever_states_it(label: str) -> None:
    head = f"<title>{label}: {TITLE} - Tide Desk</title>"
    found = reading(f"<h1>{label}: {TITLE}</h1>", head)
    assert found.article is not None
    assert found.article.title == TITLE
    assert (f"{label}:", "label beside the headline") in [(d.text, d.rule) for d in found.dropped]


@pytest.mark.parametrize(
    "words", ["Lamp: who pays for it?", "Live at the quay: an evening of lamps"]
)
def test_what_is_no_label_before_a_colon_is_of_the_headline(words: str) -> None:
    assert article(f"<h1>{words}</h1>").title == words


def test_a_second_line_in_the_heading_is_the_first_of_the_text() -> None:
    line = "The harbour sees again after a year"
    story = article(
        f"<h1>{TITLE} <small>{line}</small></h1>", f"<title>{TITLE} | Tide Desk</title>"
    )
    assert (story.title, story.paragraphs[0]) == (TITLE, line)


def test_a_second_line_in_the_heading_that_titles_have_too_is_of_the_headline() -> None:
    whole = f"{TITLE}: the harbour sees again after a year"
    heading = f"<h1>{TITLE}: <span>the harbour sees again after a year</span></h1>"
    assert article(heading, f"<title>{whole}</title>").title == whole


def test_a_headline_that_is_called_the_name_of_a_program_is_the_headline() -> None:
    name = "Old lamp is lit again after a year of dark nights"
    for words in (name, TITLE):
        head = f'<title>{words}</title><meta name="application-name" content="{words}">'
        story = article(f"<h1>{words}</h1>", head)
        assert (story.title, len(story.paragraphs)) == (words, 2)


@pytest.mark.parametrize("label", ["EXCLUSIVE - ", "Interview – ", "WATCH — ", "Sport - "])
@pytest.mark.parametrize("behind", ["", " - Tide Desk", " | Tide Desk"])
def test_a_label_before_a_dash_comes_off_where_another_source_has_none(
    label: str, behind: str
) -> None:
    og = f'<meta property="og:title" content="{label}{TITLE}">'
    assert article(f"<h1>{label}{TITLE}</h1>", f"{og}<title>{TITLE}{behind}</title>").title == TITLE


@pytest.mark.parametrize("title", ["", f"<title>EXCLUSIVE - {TITLE} - Tide Desk</title>"])
def test_a_label_before_a_dash_stays_where_no_source_is_without_it(title: str) -> None:
    assert article(f"<h1>EXCLUSIVE - {TITLE}</h1>", title).title == f"EXCLUSIVE - {TITLE}"


def test_what_is_no_label_stays_before_a_dash() -> None:
    head = f"<title>{TITLE} - Tide Desk</title>"
    assert article(f"<h1>Eastport - {TITLE}</h1>", head).title == f"Eastport - {TITLE}"


@pytest.mark.parametrize(
    "written",
    [
        "Keeper &amp;quot;sees&amp;quot; lamp &amp;amp; bell",
        "Keeper &lt;b&gt;&quot;sees&quot;&lt;/b&gt; lamp &amp;#38; bell",
    ],
)
@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<h1>{}</h1>", ""),
        ("", "<title>{}</title>"),
        ("", '<meta property="og:title" content="{}">'),
    ],
)
def test_references_in_references_and_markup_that_is_shown_are_decoded(
    written: str, body: str, head: str
) -> None:
    found = article(body.format(written), head.format(written))
    assert found.title == 'Keeper "sees" lamp & bell'


@pytest.mark.parametrize("words", ["When a &lt; b, and b &gt; a", "Q&amp;A; what the keeper said"])
def test_signs_of_a_headline_are_no_markup(words: str) -> None:
    assert article(f"<h1>{words}</h1>").title in (
        "When a < b, and b > a",
        "Q&A; what the keeper said",
    )


HOME = '<header><a href="/">Tide Desk</a></header>'


@pytest.mark.parametrize("sign", ["|", "-", "–", "::", "·", "»", "/", "~", "<"])
@pytest.mark.parametrize("body", [f"<h1>{TITLE}</h1>", ""])
@pytest.mark.parametrize("form", ["{0} {1} Tide Desk", "Tide Desk {1} {0}"])
def test_what_a_link_home_says_is_the_name_of_the_site(sign: str, body: str, form: str) -> None:
    head = f"<title>{form.format(TITLE, sign)}</title>"
    assert article(HOME + body, head).title == TITLE


def test_a_headline_that_links_to_another_home_is_no_site() -> None:
    link = '<p>They call it <a href="https://lamp.example/">lamp.example</a>, and it burns.</p>'
    found = article(f"<h1>»lamp.example«</h1>{link}", "<title>»lamp.example« - Tide Desk</title>")
    assert found.title == "»lamp.example«"
    assert found.evidence["title"].rule == "h1 of the page"


def test_a_title_that_is_only_what_a_link_home_says_is_no_headline() -> None:
    head = f'<meta property="og:title" content="Tide Desk"><title>{TITLE}</title>'
    assert article(f"{HOME}<h1>{TITLE}</h1>", head).title == TITLE


@pytest.mark.parametrize("sign", ["-", "–", "::", "~"])
def test_what_is_more_than_the_heading_in_a_title_for_machines_is_the_site(sign: str) -> None:
    for words in (f"{TITLE} {sign} Tide Desk", f"Tide Desk {sign} {TITLE}"):
        head = f'<meta property="og:title" content="{words}"><title>{words}</title>'
        assert article(f"<h1>{TITLE}</h1>", head).title == TITLE


@pytest.mark.parametrize("nothing", ["undefined", "null", "None"])
def test_what_a_program_says_of_nothing_is_no_headline(nothing: str) -> None:
    head = f'<meta property="og:title" content="{nothing}"><title>{nothing}</title>'
    assert article(f"<h1>{TITLE}</h1>", head).title == TITLE


@pytest.mark.parametrize(
    "heading",
    [
        f"UPDATE 2-{TITLE}",
        f"(UPDATED) {TITLE}",
        f"VIDEO. {TITLE}",
        f"{TITLE} - UPDATED",
        f"{TITLE}<span class=comments-count>12</span>",
        f"{TITLE} <a href=#c>(12)</a>",
    ],
)
def test_labels_and_counts_in_a_heading_are_no_part_of_the_headline(heading: str) -> None:
    assert article(f"<h1>{heading}</h1>", f"<title>{TITLE}</title>").title == TITLE


@pytest.mark.parametrize("link", ["href='/news/lamp'", "href='lamp.html'", "href='#'", "name='up'"])
def test_a_headline_that_leads_to_its_own_page_is_no_logo(link: str) -> None:
    page = (
        f"<html><head><title>{TITLE} | Tide Post</title></head><body><main><article>"
        f"<h1><a {link}>{TITLE}</a></h1><p class=byline>By Nora Lind</p>"
        f"<time datetime=2026-01-09>9 January 2026</time>{TEXT}</article></main></body></html>"
    )
    story = normalise(read_page("a.html", page.encode())).article
    assert story is not None
    assert (story.title, story.authors) == (TITLE, ("Nora Lind",))
    assert story.published is not None


@pytest.mark.parametrize(
    "address", ["/", "/index.html", "https://tide.example/", "/en/", "..", "/?lang=en"]
)
def test_a_heading_that_leads_home_is_the_sites_name(address: str) -> None:
    logo = f"<h1><a href='{address}'>Tide Post of the coast</a></h1>"
    page = f"<html><body>{logo}<main><article><h2>{TITLE}</h2>{TEXT}</article></main></body></html>"
    story = normalise(read_page("a.html", page.encode())).article
    assert story is not None
    assert story.title == TITLE


def test_parts_of_a_heading_are_words_as_another_source_has_them() -> None:
    heading = "<h1><span>Old lamp</span><span>is lit again</span></h1>"
    assert article(heading, f"<title>{TITLE} | Tide Post</title>").title == TITLE
    halves = "<h1><span>Old la</span><span>mp is lit again</span></h1>"
    assert article(halves, f"<title>{TITLE} | Tide Post</title>").title == TITLE


def test_a_site_before_a_colon_is_one_if_a_link_home_is_called_so() -> None:
    page = (
        f"<html><head><title>Tide Post: {TITLE}</title></head><body><header>"
        f"<a href='/'>Tide Post</a></header><main><article>{TEXT}</article></main></body></html>"
    )
    story = normalise(read_page("a.html", page.encode())).article
    assert story is not None
    assert story.title == TITLE


def test_an_entry_without_a_title_element_has_the_heading_above_its_date() -> None:
    page = f"<div class=hentry><h2>{TITLE}</h2><abbr title=2026-01-09>Friday</abbr>{TEXT}</div>"
    story = normalise(read_page("a.html", page.encode())).article
    assert story is not None
    assert story.title == TITLE


def test_a_title_for_social_media_with_hardly_a_word_of_the_two_that_agree_is_not_taken() -> None:
    head = f'<title>{TITLE}</title><meta property=og:title content="What this lamp does is odd">'
    assert article(f"<h1>{TITLE}</h1>", head).title == TITLE


@pytest.mark.parametrize("line", ["<br>{}", "<br/> {}", "<span>{}</span>", "<small> {} </small>"])
def test_a_line_of_the_heading_that_no_title_has_begins_the_text(line: str) -> None:
    words = "It burns for the first time since the storm"
    page = (
        f"<title>Old lamp is lit again - Tide Desk</title><article><h1>Old lamp is lit again"
        f"{line.format(words)}</h1><p>The lamp at the end of the quay was lit on Friday, after "
        "eleven years of dark.</p><p>It will burn every night until the end of March.</p></article>"
    )
    found = normalise(read_page("a.html", page.encode())).article
    assert found is not None
    assert found.title == "Old lamp is lit again"
    assert found.paragraphs[0] == words
