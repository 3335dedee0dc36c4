"""Which pieces of a page are its article's text, and that none is lost unnamed."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Reading
from feeds.normalise import normalise
from feeds.readers import read_page

FIRST = "The weir at Fenholt has stood open since Thursday night, so that eels can reach the sea."
SECOND = "Keepers counted more than four hundred of them in an hour, and one very patient heron."
THIRD = "The gates will be let down again when the ice comes, the office of the fen has said."
HEADLINE = "Weir at Fenholt is opened for eels"


def read(body: str, head: str = "") -> Reading:
    page = f"<html><head><title>{HEADLINE}</title>{head}</head><body>{body}</body></html>"
    return normalise(read_page("weir.html", page.encode()))


def story(between: str, *, after: str = "", head: str = "") -> Reading:
    return read(
        f"<main><article><h1>{HEADLINE}</h1><p>{FIRST}</p><p>{SECOND}</p>{between}<p>{THIRD}</p>"
        f"{after}</article></main>",
        head,
    )


def text(reading: Reading) -> str:
    return " | ".join(reading.article.paragraphs) if reading.article else ""


def named(reading: Reading) -> dict[str, str]:
    return {item.text: item.rule for item in reading.dropped}


@pytest.mark.parametrize(
    "shape",
    [
        "<div>No.</div>",
        "<p><a href='/a'>The eels have always been there.</a></p>",
        "<blockquote><p><a href='/a'>I have seen bigger ones.</a></p></blockquote>",
        "<span>The bridge is closed.</span>",
        "<small>Correction: it was a heron, not a stork.</small>",
        "<center>Nobody was bitten.</center>",
        "<fen-note>Nobody was bitten.</fen-note>",
        "<address>The fen office answers on Mondays.</address>",
        "<h3><a href='/a'>What the keeper counted</a></h3>",
        "<ul><li>Four hundred eels.</li><li>One heron.</li></ul>",
        "<aside hidden='until-found'></aside><div id='text-hidden'>Nobody was bitten.</div>",
    ],
)
def test_what_stands_between_paragraphs_is_text(shape: str) -> None:

    for words in re.findall(r">([^<>]{3,})<", shape):
        assert words in text(story(shape)).replace(" | ", " ") or words in text(story(shape))


@pytest.mark.parametrize(
    ("junk", "rule"),
    [
        ("<p>2,041 views</p>", "counter"),
        ("<p>Likes 12 Shares 4</p>", "counter"),
        ("<p>Updated 7 minutes ago</p>", "age of the page"),
        ("<p>vor 3 Stunden</p>", "age of the page"),
        ("<p>Advertisement: nets for every fen</p>", "advertising"),
        ("<p>Anzeige</p>", "advertising"),
        ("<p>Most read: 1. Heron 2. Stork</p>", "links to other stories"),
        ("<p>Listen to this article</p>", "invitation to listen"),
        ("<p>[gallery ids=1,2,3]</p>", "shortcode"),
        ("<div class='RelatedStories'><p>Mill stands still.</p></div>", "links to other stories"),
        ("<div class='author-bio'><p>Ida keeps bees in Fenholt.</p></div>", "about the author"),
        ("<div class='photo-caption'>Eels at the weir.</div>", "caption of a picture"),
        ("<p><a href='/b'>Mill of Sand stands still</a></p>", "link to another page"),
        ("<nav><a href='/b'>Other weirs</a></nav>", "navigation"),
    ],
)
def test_junk_is_no_text_and_is_named(junk: str, rule: str) -> None:
    reading = story(junk)
    assert text(reading) == " | ".join((FIRST, SECOND, THIRD))
    assert rule in named(reading).values()


def test_a_text_in_two_containers_is_one() -> None:
    parts = (
        f"<div class='part'><p>{FIRST}</p><p>{SECOND}</p></div><div class='slot'></div>"
        f"<div class='part'><p>{THIRD}</p></div>"
    )
    assert text(read(f"<main><h1>{HEADLINE}</h1>{parts}</main>")).count(" | ") == 2


@pytest.mark.parametrize("name", ["aside", "div class='sidebar-grid'", "div class='text-widget'"])
def test_the_only_text_of_a_page_is_text_whatever_holds_it(name: str) -> None:
    page = f"<h1>{HEADLINE}</h1><{name}><p>{FIRST}</p><p>{SECOND}</p></{name.split()[0]}>"
    assert FIRST in text(read(page))
    assert SECOND in text(read(page))


def test_an_article_behind_the_page_s_own_is_another() -> None:
    other = f"<article><h1>Mill of Sand stands still</h1><p>{THIRD}</p></article>"
    page = f"<article><h1>{HEADLINE}</h1><p>{FIRST}</p><p>{SECOND}</p></article>{other}"
    assert THIRD not in text(read(page))


def test_a_block_that_a_script_shows_stands_where_the_script_puts_it() -> None:
    late = f"<div hidden id='S:4'><p>{SECOND}</p></div><script>$RC('B:4','S:4')</script>"
    page = (
        f"<article><h1>{HEADLINE}</h1><p>{FIRST}</p><template id='B:4'></template><p>{THIRD}</p>"
        f"</article>{late}"
    )
    assert text(read(page)) == " | ".join((FIRST, SECOND, THIRD))
    assert SECOND not in text(read(page.replace("$RC", "hide")))


def test_a_text_that_is_stated_and_not_shown_holds_the_page() -> None:
    stated = " ".join(f"word{number} is said in the whole text" for number in range(40))
    data = json.dumps(
        {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": stated},
    )
    reading = story("", head=f"<script type='application/ld+json'>{data}</script>")
    assert {
        finding.weight for finding in reading.findings if finding.code == "text-incomplete"
    } == {"hold"}


_SENTENCES = st.lists(
    st.tuples(
        st.sampled_from(
            (
                "<p>{}</p>",
                "<div>{}</div>",
                "<div><div>{}</div></div>",
                "<p><a href='/x'>{}</a></p>",
                "<span>{}</span>",
                "<ul><li>{}</li></ul>",
                "<blockquote>{}</blockquote>",
                "<h2>{}</h2>",
                "<div class='box'><a href='/x'>{}</a></div>",
                "<aside><p>{}</p></aside>",
                "<div class='related'><p>{}</p></div>",
                "<section><p>{}</p></section>",
                "<center>{}</center>",
                "<table><tr><td>{}</td></tr></table>",
                "<p>{}<br><br></p>",
                "<footer>{}</footer>",
                "<small>{}</small>",
            )
        ),
        st.integers(2, 24),
        st.sampled_from((".", "", "?", ":")),
    ),
    max_size=12,
)


@given(_SENTENCES)
def test_every_sentence_of_an_article_is_in_the_text_or_named_and_none_is_there_twice(
    shapes: list[tuple[str, int, str]],
) -> None:
    sentences = [
        " ".join(f"w{number}x{word}" for word in range(length)) + end
        for number, (_, length, end) in enumerate(shapes)
    ]
    between = "".join(
        shape.format(words) for (shape, _, _), words in zip(shapes, sentences, strict=True)
    )
    reading = story(between)
    said = " ".join(text(reading).replace(" | ", " ").split())
    left = " ".join(item.text for item in reading.dropped)
    for words in (*sentences, FIRST, SECOND, THIRD):
        assert said.count(words) + left.count(words) == 1, words


def test_where_trafilatura_fails_the_text_is_found_without_it_and_an_editor_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("trafilatura.core.bare_extraction", fail)
    found = story("")
    assert text(found) == f"{FIRST} | {SECOND} | {THIRD}"
    told = next(finding for finding in found.findings if finding.code == "witness-failed")
    assert "RecursionError: too deep" in told.what


def test_a_page_of_deeply_nested_elements_is_read_without_trafilatura() -> None:
    nested = "<div>" * 90 + f"<p>{FIRST}</p>" + "</div>" * 90
    assert FIRST in text(story(nested))


@pytest.mark.parametrize(
    "lead",
    [
        "<p>Keepers let the fish pass for one night, and nobody complained.</p>",
        "<h2>Keepers let the fish pass for one night, and nobody complained.</h2>",
        "<div class='article-leadtext'>A night of four hundred eels and one heron</div>",
        "<section><span class='page__sub-title'>Four hundred eels, one heron</span></section>",
    ],
)
def test_what_leads_from_the_headline_to_the_text_is_text(lead: str) -> None:
    sentence = re.sub("<[^>]*>", "", lead)
    reading = led_by(f"{lead}<div>Fen desk</div>")
    assert reading.article is not None
    assert reading.article.paragraphs == (sentence, FIRST, SECOND, THIRD)


def test_what_describes_the_page_leads_into_its_text_and_is_its_summary_too() -> None:
    lead = "Four hundred eels, one heron"
    reading = led_by(
        f"<div>Fen desk</div><div>{lead}</div>", f"<meta name='description' content='{lead}'>"
    )
    assert reading.article is not None
    assert reading.article.paragraphs[0] == lead
    assert reading.article.summary == lead


def test_a_date_below_the_headline_leads_nowhere() -> None:
    reading = led_by("<p class='summary'>Fenholt on Monday, 3 March 2025 at 10 a.m.</p>")
    assert reading.article is not None
    assert reading.article.paragraphs == (FIRST, SECOND, THIRD)


def led_by(lead: str, head: str = "") -> Reading:
    return read(
        f"<div class='top'><h1>{HEADLINE}</h1>{lead}</div>"
        f"<article><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>",
        head,
    )


def test_a_text_of_signs_that_nobody_sees_is_read() -> None:
    reading = story("<p>Nobody was bitten.<br>&#8203;</p><p>\u200b</p>")
    assert "Nobody was bitten." in text(reading)


UNSHOWN = " ".join([FIRST, SECOND, THIRD] * 2)


@pytest.mark.parametrize(
    "stated",
    [
        f"{FIRST}\n\n{SECOND}\n{THIRD}\n{UNSHOWN}",
        f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{UNSHOWN}</p><style>x{{}}</style>",
        f"&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;br&gt;&lt;br&gt;{THIRD}&lt;/p&gt;"
        f"&lt;p&gt;{UNSHOWN}&lt;/p&gt;",
    ],
)
def test_the_stated_text_of_a_page_that_shows_none_is_its_text_and_an_editor_is_told(
    stated: str,
) -> None:
    reading = shown_by_script(stated)
    assert reading.article is not None
    assert reading.article.title == HEADLINE
    assert reading.article.paragraphs == (FIRST, SECOND, THIRD, UNSHOWN)
    assert [(one.code, one.weight) for one in reading.findings] == [("text-only-stated", "doubt")]


def test_the_stated_text_of_a_page_that_is_paid_for_or_asks_for_it_is_not_its_text() -> None:
    paid = shown_by_script(UNSHOWN, isAccessibleForFree=False)
    asked = shown_by_script(UNSHOWN, "<div class='paywall'>Subscribe to read on.</div>")
    for reading in (paid, asked):
        assert FIRST not in text(reading)


def shown_by_script(stated: str, body: str = "<div id='app'></div>", **more: object) -> Reading:
    data = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": stated, **more}
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    return read(f"<h1>{HEADLINE}</h1>{body}", script)


def test_a_text_for_those_without_scripts_is_one_and_a_notice_to_them_is_none() -> None:
    longer = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{SECOND} {FIRST}</p>"
    template = f"<script type='text/template'>{longer}</script>"
    shown = read(
        f"<h1>{HEADLINE}</h1><div>{template}<noscript>{longer}</noscript></div>"
        "<noscript>Please switch scripts on.</noscript>"
    )
    assert text(shown).startswith(f"{FIRST} | {SECOND} | {THIRD}")
    assert "scripts on" not in text(shown)


def test_a_question_in_a_button_is_a_heading() -> None:
    folded = "<h3><button aria-expanded=false>Who counts the eels?</button></h3><p>The keeper.</p>"
    assert "Who counts the eels? | The keeper." in text(story(folded))


def test_a_text_for_those_without_scripts_is_not_said_twice() -> None:
    longer = f"<p>{FIRST}</p><p>Nobody was bitten.</p><p>{SECOND}</p><p>{THIRD} {FIRST}</p>"
    shown = read(f"<h1>{HEADLINE}</h1><div>{longer}</div><noscript>{longer}</noscript>")
    assert text(shown).count("Nobody was bitten.") == 1


@pytest.mark.parametrize(
    "shown",
    [
        "<fen-note><template shadowrootmode=open><p>Nobody was bitten.</p></template></fen-note>",
        "<map name=fen><p>Nobody was bitten.</p><area href=/a></map>",
    ],
)
def test_what_a_browser_shows_without_a_script_is_text(shown: str) -> None:
    assert "Nobody was bitten." in text(story(shown))


def data_of_scripts(state: object, body: str = "<div id='app'></div>") -> Reading:
    script = f"<script>window.__STATE__ = {json.dumps(state)};</script>"
    return read(f"<h1>{HEADLINE}</h1>{body}{script}")


FOURTH = "Whoever wants to help with the counting may come on any evening before the moon is full."
MARKUP = f"<p>{FIRST}</p><div>%%article_ad%%</div><p>{SECOND}</p><p>{THIRD}</p><p>{FOURTH}</p>"


def test_the_text_that_a_page_has_for_its_script_is_read_where_it_shows_none() -> None:
    reading = data_of_scripts({"story": {"title": HEADLINE, "html": MARKUP}, "menu": ["<p>Home"]})
    assert text(reading) == f"{FIRST} | {SECOND} | {THIRD} | {FOURTH}"
    assert [(one.code, one.weight) for one in reading.findings] == [("text-only-stated", "doubt")]
    assert reading.article is not None
    assert reading.article.evidence["paragraphs"].rule == "data of the page's scripts"


def test_so_is_one_in_the_json_that_a_page_is_streamed_as() -> None:
    row = json.dumps({"story": {"body": MARKUP}}).replace("<", "\\u003c")
    reading = read(
        f"<h1>{HEADLINE}</h1><script>self.s.push({json.dumps([1, '4:' + row])})</script>"
    )
    assert text(reading) == f"{FIRST} | {SECOND} | {THIRD} | {FOURTH}"


@pytest.mark.parametrize(
    "state",
    [
        {"story": {"html": MARKUP, "isPremium": True}},
        {"story": {"html": MARKUP, "paywall": "metered"}},
        {
            "stories": [
                {"html": MARKUP},
                {"html": f"<p>{FOURTH}</p><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"},
            ]
        },
        {"story": {"html": f"<p>{FIRST}</p>"}},
    ],
)
def test_data_that_are_not_free_or_of_several_stories_are_no_text(state: object) -> None:
    assert text(data_of_scripts(state)) == ""


def test_a_page_that_shows_a_text_has_no_other() -> None:
    shown = "".join(
        f"<p>{words} Nobody knows why, said the keeper.</p>" for words in (THIRD, FIRST)
    )
    reading = data_of_scripts({"html": f"<p>{SECOND}</p>" * 9}, f"<article>{shown}</article>")
    assert SECOND not in text(reading)
