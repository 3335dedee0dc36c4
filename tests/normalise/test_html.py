"""HTML pages that mean harm, are broken, or are beyond all measure."""

from __future__ import annotations

import contextlib

import pytest

from feeds.model import Reading, Story
from feeds.model.errors import PageError
from feeds.normalise import normalise
from feeds.readers import read_page

WORDS = "The lamp at the end of the quay was lit on Friday, for the first time since the storm. "
TEXT = f"<p>{WORDS}</p><p>{WORDS}It will burn every night until the end of March.</p>"


def reading(markup: str | bytes) -> Reading:
    data = markup if isinstance(markup, bytes) else markup.encode("utf-8", "replace")
    return normalise(read_page("a.html", data))


def page(body: str, head: str = "") -> Reading:
    head = f'<meta charset="utf-8"><base href="https://tide.example/a/">{head}'
    return reading(f"<html><head>{head}</head><body>{body}</body></html>")


def article(body: str, head: str = "") -> Story:
    story = page(f"<article><h1>Old lamp is lit again</h1>{body}</article>", head).article
    assert story is not None
    return story


HARMFUL = [
    "<script>alert(1)</script>",
    "<p onclick=alert(1)>Click here to hear the lamp hiss, as it did in the old days.</p>",
    '<p><a href="javascript:alert(1)">Run along the quay</a> before the lamp goes out again.</p>',
    '<p><a href=" jAvA\tscript:alert(1)">Run along the quay</a> before the lamp goes out.</p>',
    '<p><a href="data:text/html,x">Data of the lamp</a> are kept by the office of the harbour.</p>',
    "<p><img src=x onerror=alert(1)>The picture of the lamp is lost, as many others are.</p>",
    "<svg><script>alert(1)</script><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    '<p style="background:url(javascript:alert(1))">Painted words about the lamp on the quay.</p>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object><embed src=x>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt; is what the old sign said, letter by letter.</p>",
    "<table><tr><td onmouseover=alert(1)>cell<td><a href=vbscript:x>b</a></table>",
    '<p><noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>Words of it.</p>',
    "<form action=javascript:alert(1)><input autofocus onfocus=alert(1)></form>",
]


@pytest.mark.parametrize("harm", HARMFUL)
def test_no_script_survives_in_the_content(harm: str) -> None:
    content = article(TEXT + harm + TEXT).content
    assert content
    for bad in ("<script", "javascript:", "onerror=", "onclick=", "style=", "srcdoc", "<iframe"):
        assert bad not in content.lower()


def test_a_link_that_cannot_be_absolute_is_only_its_words() -> None:
    found = reading(f'<body><h1>Old lamp is lit</h1>{TEXT}<p>{WORDS}<a href="b">There</a>.</p>')
    assert found.article is not None
    assert "There." in found.article.content
    assert "<a" not in found.article.content


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + TEXT,
        TEXT + "<b>" * 100_000 + "x",
        "<ul><li>" * 30_000 + "9 January 2026",
        "<table><tr><td>" * 30_000,
        TEXT + "</div>" * 100_000,
        "<blockquote>" * 400 + TEXT + "</blockquote>" * 400 + TEXT,
        "<html>" * 1000 + "<body>" * 1000 + TEXT,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + TEXT,
        '<script type="application/ld+json">{"@graph":' * 3 + "</script>" + TEXT,
        "<frameset><frame src=a></frameset>",
        "<" * 100_000,
        "&" * 100_000,
        "<p>" + "&#0;&#xD800;&#x110000;&#8203;" * 1000,
        "<!--" + "x" * 100_000,
        "<p " + "a=1 " * 20_000 + ">" + WORDS,
        "<p>" * 50_000 + WORDS,
        ("<p>" + WORDS + "<time>9 January 2026</time> <a href=x>two words</a></p>") * 2000,
        "<li><a href=/x>Two words here</a> 09.Jan.2026" * 5000,
        "<a href=/x>Two words here</a> 09.Jan.2026 " * 5000,
        "<time>9 January 2026</time>" * 10_000,
        "<script></script>t " * 20_000,
        '<div itemscope itemtype="https://schema.org/NewsArticle"><i itemprop="author">x</i>'
        * 1000,
        "<h1>Title of it</h1>" * 10_000 + TEXT,
        '<meta property="og:title" content="x y">' * 20_000 + TEXT,
        "<aside class=ads>" * 1000 + TEXT,
        "<p hidden>" * 1000 + TEXT,
        "<figure><img src=a.jpg><figcaption>x</figcaption></figure>" * 3000,
        '<img srcset="' + ",".join(f"https://t.example/{n}.jpg {n}w" for n in range(5000)) + '">',
    ],
    ids=range(28),
)
def test_a_hostile_page_is_read_or_refused(markup: str) -> None:
    with contextlib.suppress(PageError):
        reading(markup)


@pytest.mark.parametrize("code", [1, 2, 8, 11, 12, 14, 31, 0xFDD0, 0xFFFE, 0xFFFF])
@pytest.mark.parametrize("form", ["&#{};", "&#x{:x};", "&#000{} ", "&#X{:X}!"])
def test_a_reference_to_what_no_text_is_made_of_is_taken_out_wherever_it_stands(
    code: int, form: str
) -> None:
    """In an attribute, in a paragraph, and loose beside one, where text is moved."""
    mark = form.format(code)
    found = page(
        f"<h1>Old lamp is lit {mark} again</h1><div>The quay {mark} was dark.{TEXT}"
        f'<p title="{mark}">{mark}{WORDS}<a href="{mark}/b">{mark}</a></p>Nobody {mark} knew.</div>'
    ).article
    assert found is not None
    told = "".join((found.title, *found.paragraphs, found.content))
    assert chr(code) not in told
    assert {"The", "quay", "Nobody"} <= {*told.replace("<p>", " ").split()}
    assert found.title.startswith("Old lamp is lit")


def test_a_page_of_ten_megabytes_on_one_line_is_read() -> None:
    story = article(f"<p>{WORDS * 110_000}</p>")
    assert sum(map(len, story.paragraphs)) > 9_000_000


def test_a_page_beyond_all_measure_is_refused() -> None:
    with pytest.raises(PageError, match="more than 60,000 elements"):
        reading("<b></b>" * 260_000)


def test_a_tag_with_more_attributes_than_anybody_writes_is_refused() -> None:
    names = " ".join(f"a{number}=1" for number in range(50_000))
    for before in ("", "b='>' ", 'b="<" '):
        with pytest.raises(PageError, match="more than 2,000 attributes"):
            reading(f"<p {before}{names}>{WORDS}</p>")
    kept = article(f"{TEXT}<img alt='{WORDS * 1000}' src='x.png'><p data-x='{names}'>{WORDS}")
    assert len(kept.paragraphs) == 3


def test_text_below_more_levels_than_the_parser_keeps_is_reported() -> None:
    found = page(f"<h1>Old lamp is lit</h1>{TEXT}\n" + "<div>" * 3000 + WORDS)
    assert [(item.line, item.weight) for item in found.findings] == [(2, "loss")]
    assert "nothing below this is read" in found.findings[0].what


@pytest.mark.parametrize("markup", ["", " \n", "<html></html>", "<body><script>x</script></body>"])
def test_a_page_that_shows_nothing_is_refused(markup: str) -> None:
    with pytest.raises(PageError, match=r"the page (is empty|shows no text)"):
        reading(markup)


@pytest.mark.parametrize(
    "place",
    [
        f"<p>{WORDS}</p><footer><time datetime=2024-01-02>2 January 2024</time></footer>",
        "<aside><time datetime=2024-01-02>2 January 2024</time></aside>",
        "<nav><time datetime=2024-01-02>2 January 2024</time></nav>",
        "<div class=comments><time datetime=2024-01-02>2 January 2024</time></div>",
        "<div class=related><a href=x>Two words</a> <time>2 January 2024</time></div>",
        f"<p>{WORDS}</p><p>2 January 2024</p>",
        "<p>Copyright 2 January 2024</p>",
        "<ul><li><a href=x>Two words</a> 2 January 2024</li></ul>",
        "<!-- 2024-01-02 -->",
        "<script>var published = '2024-01-02'</script>",
        "<div hidden><time datetime=2024-01-02></time></div>",
    ],
)
def test_a_date_that_is_not_the_articles_own_is_not_taken(place: str) -> None:
    story = article(place + TEXT, '<meta name="last-modified" content="2024-01-02">')
    assert story.published is None
    assert story.evidence["published"].is_known is False


@pytest.mark.parametrize(
    "place",
    [
        "<time datetime=2024-01-02>Tuesday</time>",
        "<div class=meta>By Nora Lind | <time datetime=2024-01-02>Tuesday</time></div>",
        "<p class=date>2 January 2024</p>",
        "<p>Published: 2 January 2024</p>",
        "<div><span>Updated: <time datetime=2024-01-05></time></span>"
        "<span>Published: <time datetime=2024-01-02></time></span></div>",
    ],
)
def test_a_date_in_the_articles_header_is_its_own(place: str) -> None:
    story = article(place + TEXT)
    assert story.published is not None
    assert story.published.iso == "2024-01-02"
    assert story.evidence["published"].line == 1


@pytest.mark.parametrize(
    ("note", "captured", "url"),
    [
        (
            "<!--\n Page saved with SingleFile \n url: https://tide.example/lamp \n saved date: "
            "Wed Jan 14 2026 10:11:12 GMT+0400 (Somewhere)\n-->",
            "2026-01-14T10:11:12+04:00",
            "https://tide.example/lamp",
        ),
        ("<!-- FILE ARCHIVED ON 10:11:12 Jan 05, 2026 AND MORE -->", "2026-01-05T10:11:12", None),
        (
            "<!-- saved from url=(0025)https://tide.example/lamp -->",
            None,
            "https://tide.example/lamp",
        ),
        (
            "<!-- Mirrored from tide.example/lamp by HTTrack Website Copier/3.x [XR], "
            "Wed, 14 Jan 2026 06:11:12 GMT -->",
            "2026-01-14T06:11:12",
            None,
        ),
    ],
)
def test_what_the_saving_program_noted_is_no_date_of_the_article(
    note: str, captured: str | None, url: str | None
) -> None:
    found = reading(f"<html>{note}<body><h1>Old lamp is lit</h1>{TEXT}</body></html>")
    assert found.article is not None
    assert found.article.published is None
    assert found.article.url == url
    assert (found.captured.iso if found.captured else "").startswith(captured or "")
    assert (found.captured is None) == (captured is None)


def test_the_own_headline_in_the_list_dates_the_article() -> None:
    story = article(
        TEXT + "<aside><ul><li><a href=1>Old lamp is lit again</a> 09.Jan.2026</li>"
        "<li><a href=2>Ferry stays in port</a> 08.Jan.2026</li></ul></aside>"
    )
    assert story.published is not None
    assert story.published.iso == "2026-01-09"
    assert story.evidence["published"].rule == "own headline in the dated list"


def test_the_json_ld_of_other_articles_is_not_this_articles() -> None:
    head = (
        '<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Mill turns",'
        '"datePublished":"2020-01-01"},{"@type":"NewsArticle","headline":"Ferry sinks",'
        '"datePublished":"2021-01-01"}]</script>'
    )
    found = page(f"<article><h1>Old lamp is lit again</h1>{TEXT}</article>", head)
    assert found.article is not None
    assert found.article.published is None
    assert any("describes 2 articles" in finding.what for finding in found.findings)


def test_dated_lines_without_links_are_no_list() -> None:
    found = page(
        f"<h1>Old lamp is lit again</h1>{TEXT}<div><b>Latest news</b><p>Ferry stays in port</p>"
        "<p>09.Jan.2026</p><p>Mill turns again</p><p>08.Jan.2026</p></div>"
    )
    assert found.latest == ()


def test_declared_encodings_are_believed() -> None:
    text = f"<h1>Лампа снова горит</h1><p>{'Лампа на причале снова горит. ' * 8}</p>"
    for head, encoding in (
        ('<meta charset="windows-1251">', "cp1251"),
        ('<?xml version="1.0" encoding="koi8-r"?>', "koi8-r"),
        ("", "utf-16"),
    ):
        found = reading(f"{head}<html><body>{text}</body></html>".encode(encoding))
        assert found.article is not None
        assert found.article.title == "Лампа снова горит"


def test_thousands_of_names_in_meta_are_read_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    from feeds.normalise.html.claims import choose

    asked: list[str] = []

    def people_in(words: str, **_: bool) -> tuple[str, ...]:
        asked.append(words)
        return ()

    monkeypatch.setattr(choose, "people_in", people_in)
    names = "".join(f'<meta name="author" content="n{number}">' for number in range(500))
    page = (
        f"<html><head><title>Lamp</title>{names}</head><body><h1>Lamp</h1><p>It glows.</p></body>"
    )
    normalise(read_page("a.html", page.encode()))
    assert len(asked) == 500


@pytest.mark.parametrize(
    "page",
    [
        "<title>T</title><article><h1>Lamp glows</h1>{}</article>",
        "<html lang=en><title>T</title><meta name=a><main><h1>Lamp glows</h1>{}</main>",
        "<title>T</title><my-page><h1>Lamp glows</h1>{}</my-page>",
        "<head><title>T</title></head><article><h1>Lamp glows</h1>{}</article>",
        "<title>T</title><header>Tide</header><body><h1>Lamp glows</h1>{}",
    ],
)
def test_a_page_may_leave_out_the_tags_of_head_and_body(page: str) -> None:
    text = "The keeper lit the old lamp on Monday, and it burned until the morning came at last."
    story = normalise(read_page("a.html", page.format(f"<p>{text}</p>").encode())).article
    assert story is not None
    assert (story.title, story.paragraphs) == ("Lamp glows", (text,))


ADDRESSES = (
    *("http://[", "//[", "http://\u2100.example/", "https://x.example/i?url=http://["),
    *("http://x.example:99999/", "mailto:[", "data:,x", "/a?b=http://[", "http://u:p@x.example/"),
)
LINKED = (
    *('<img src="{}">', '<a href="{}">Two words</a>', '<iframe src="{}"></iframe>'),
    *('<video src="{}"></video>', '<audio><source src="{}"></audio>', '<base href="{}">'),
    '<div class=gallery><a href="{}"><img src=/b.jpg></a></div>',
    '<time><a href="{}">9 January 2026</a></time>',
    '<p class=byline><a href="{}">Nora Lind</a></p>',
    '<ul><li><a href="{0}">Boat sails again</a> 9 January 2026</li>'
    '<li><a href="{0}">Boat sails twice</a> 8 January 2026</li></ul>',
    *('<meta property="og:image" content="{}">', '<meta property="og:video" content="{}">'),
    *('<link rel=canonical href="{}">', '<link rel=alternate hreflang=fr href="{}">'),
)


@pytest.mark.parametrize("markup", LINKED)
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_none_costs_no_page(markup: str, address: str) -> None:
    linked = markup.format(address)
    head, body = (linked, "") if markup.startswith(("<meta", "<link")) else ("", linked)
    assert "on Friday" in " ".join(article(f"{TEXT}{body}{TEXT}", head).paragraphs)
