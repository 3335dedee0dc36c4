"""Dates in HTML: those of the article's header are its own, and no others on the page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.model import Reading, Story
from feeds.normalise import normalise
from feeds.readers import read_page
from tests.normalise.test_no_invented_dates import WRITTEN

TEXT = (
    "<p>The keeper of the old lamp lit it again on Monday evening, and people came from both "
    "sides of the bay to see it burn.</p><p>Nobody knows how long the oil will last, the harbour "
    "office said, but there is a barrel of it left in the cellar.</p>"
)


def read(
    header: str, below: str = "", *, lang: str = "en", head: str = "", top: str = ""
) -> Reading:
    page = (
        f'<!DOCTYPE html>{top}<html lang="{lang}"><head><title>Old lamp is lit again</title>{head}'
        f"</head><body><main><article><h1>Old lamp is lit again</h1>{header}{TEXT}</article></main>"
        f"{below}</body></html>"
    )
    return normalise(read_page("a.html", page.encode()))


def article(header: str, *, lang: str = "en", head: str = "") -> Story:
    story = read(header, lang=lang, head=head).article
    assert story is not None
    return story


def published(header: str, *, lang: str = "en", head: str = "") -> str | None:
    story = article(header, lang=lang, head=head)
    return story.published.iso if story.published else None


def paragraphs(header: str, *, lang: str = "en") -> tuple[str, ...]:
    return article(header, lang=lang).paragraphs


@pytest.mark.parametrize(
    ("header", "iso"),
    [
        ("<ul><li>By Ida Storm</li><li>3 February 2025</li></ul>", "2025-02-03"),
        ("<ul class=meta><li>3 February 2025</li><li><a href=/s>Sport</a></li></ul>", "2025-02-03"),
        ("<p>By Ida Storm, 3 February 2025</p>", "2025-02-03"),
        ("<p>3 February 2025 by Ida Storm</p>", "2025-02-03"),
        ("<p>Ida Storm | 3 February 2025 | 5 min read</p>", "2025-02-03"),
        ("<p class=date>3 February 2025 Sport</p>", "2025-02-03"),
        ("<p>3 February 2025 • 5 comments</p>", "2025-02-03"),
        ("<p><b>3 February 2025</b> &middot; <em>10:04</em></p>", "2025-02-03T10:04"),
        ("<div class=date><i>03</i> <i>Feb</i> <i>2025</i></div>", "2025-02-03"),
        ("<a href=/a/lamp rel=bookmark><time datetime=2025-02-03>3 Feb</time></a>", "2025-02-03"),
        ("<div>Posted <a href=/2025/02/03/>February 3, 2025</a></div>", "2025-02-03"),
        ("<div><div>Published</div><div>3 Feb 2025 10:04</div></div>", "2025-02-03T10:04"),
        ("<p>Feb 3, 2025, 10:04am EST</p>", "2025-02-03T10:04-05:00"),
        ("<time datetime=2025-02-03T00:00:00+01:00>3 Feb 2025</time>", "2025-02-03"),
        ("<time datetime=2025-02-03T00:00>3 Feb 2025, 0:00</time>", "2025-02-03T00:00"),
        ('<time class="entry-date published updated">3 Feb 2025</time>', "2025-02-03"),
        ('<span class="date updated"><i></i>3 Feb 2025</span>', "2025-02-03"),
        ('<p class="updated"><a href="/?m=202502">3 Feb 2025</a></p>', "2025-02-03"),
        ("<p>3 Feb 2025 // Ida Storm</p>", "2025-02-03"),
        ("<p>Rédigé par Ida Storm le 3 février 2025</p>", "2025-02-03"),
        ("<p>Door Ida Storm. Gepubliceerd op 3 februari 2025 om 10:04</p>", "2025-02-03T10:04"),
        ("<p>Posted on February 3, 2025 by admin</p>", "2025-02-03"),
        ("<p>Posted on February 3, 2025 by admin in Harbour | 3 comments</p>", "2025-02-03"),
        ("<p>February 3rd, 2025 by Ida Storm | Filed under Harbour</p>", "2025-02-03"),
        ("<p>二〇二五年二月三日</p>", "2025-02-03"),
        ("<p>2025年2月3日 10時04分(最終更新 2月4日 9時00分)</p>", "2025-02-03T10:04"),
        ("<p>February 3, 2025 by the river</p>", None),
        ("<ul><li><b>Datum:</b>3. Februar 2025</li></ul>", "2025-02-03"),
        ("<div>Ida Storm<br>3 lutego 2025, godz. 10:04</div>", "2025-02-03T10:04"),
        ("<div>2025-02-03 10:04 来源：海潮报 作者：林诺拉</div>", "2025-02-03T10:04"),
        ("<p>Publié le 3 février 2025 à 10h04, mis à jour à 11h30</p>", "2025-02-03T10:04"),
        ("<div class=footer><p><time datetime=2025-02-03>3 Feb</time></p></div>", "2025-02-03"),
        (
            "<div itemprop=itemReviewed itemscope itemtype='https://schema.org/Book'>"
            "<time itemprop=datePublished datetime=1998-05-01>1998</time></div>",
            None,
        ),
        # of something else, or of nobody's knowing
        ("<p>Deadline: 3 February 2025</p>", None),
        ("<div class=date>until 3 February 2025</div>", None),
        ("<div class=date>Entries by 3 February 2025</div>", None),
        ("<p>until <time datetime=2025-02-03>3 February 2025</time></p>", None),
        ("<div><span>from</span> <time datetime=2025-02-03>3 February 2025</time></div>", None),
        ("<p>3 February 2025 to 9 February 2025</p>", None),
        ("<p>03.02.2025 - 09.02.2025</p>", None),
        ("<p class=event-date>3 February 2025 Town hall</p>", None),
        ("<figure><img src=x.jpg><figcaption>3 February 2025</figcaption></figure>", None),
        ("<p><a href=/other>3 February 2025</a></p>", None),
        ("<p>Last updated on 3 February 2025</p>", None),
        ("<p>Next meeting • 3 February 2025</p>", None),
        ("<p>EXPO 3 February 2025</p>", None),
        ("<p>Next meeting • <time datetime=2025-02-03>3 February 2025</time></p>", None),
        ("<div><span>Next meeting</span> <time datetime=2025-02-03>3 Feb</time></div>", None),
        ("<div><div>When</div><div>3 February 2025</div></div>", None),
        ("<dl><dt>When</dt><dd>3 February 2025, 19:30</dd></dl>", None),
        ("<p class=date>Concert 3 February 2025</p>", None),
        ("<p>Bewerbungsschluss | 3. Februar 2025</p>", None),
        ("<p>Prochaine réunion • 3 février 2025</p>", None),
        ("<p>Exhibition, 3 February 2025</p>", None),
        ("<p>3 February 2025 – Port hall, 19:30</p>", None),
        ("<p>3 February 2025, 13:15 - 19:00</p>", None),
        ("<p class=date>3 February 2025 @ 7:00 pm - 9:00 pm</p>", None),
        ("<p>Next meeting | Published 3 February 2025</p>", "2025-02-03"),
        ("<p><a href=/events>Events to come</a> <time>3 February 2025</time></p>", "2025-02-03"),
        ("<p>3 February 2025 @ 4:48 pm</p>", "2025-02-03T16:48"),
        ("<p>3 February 2025, 10:04 AM ET / 7:04 AM PT</p>", "2025-02-03T10:04-05:00"),
        # what is called a caption is none where there is no picture
        ("<span class=head-caption>3 February 2025</span>", "2025-02-03"),
        ("<div class=caption><img src=x.jpg><span>3 February 2025</span></div>", None),
        ("<img src=x.jpg><div class=caption>3 February 2025</div>", None),
        ("<span class=dateline>03.02.2025 Aktuelle Meldung</span>", "2025-02-03"),
        ("<p>3 March 1890</p>", None),
        ("<p>30 February 2025</p>", None),
    ],
)
def test_a_line_of_the_header_is_the_articles_date_or_something_elses(
    header: str, iso: str | None
) -> None:
    assert published(header) == iso


@pytest.mark.parametrize(
    "header",
    [
        "<p>Published Feb 3, 2025 at 10:04 AM | Updated Feb 4, 2025 at 1:04 PM</p>",
        "<p>Feb 3, 2025 10:04Updated Feb 4, 2025 13:04</p>",
        "<p>Updated Feb 4, 2025 13:04<br>Published Feb 3, 2025 10:04</p>",
        "<p>03.02.2025 10:04 - Güncelleme : 04.02.2025 - 13:04</p>",
        "<p>Veröffentlicht am 3. Februar 2025, 10:04, aktualisiert am 4. Februar 2025, 13:04</p>",
        "<p>公開日：2025年2月3日 10時04分 更新日：2025年2月4日 13時04分</p>",
        "<p>입력 2025.02.03. 오전 10:04 수정 2025.02.04. 오후 1:04</p>",
        "<dl><dt>Published</dt><dd>3 Feb 2025 10:04</dd>"
        "<dt>Updated</dt><dd>4 Feb 2025 13:04</dd></dl>",
        "<time class=updated datetime=2025-02-04T13:04>4 Feb</time>"
        "<time class=published datetime=2025-02-03T10:04>3 Feb</time>",
        "<p>Published: <i>3 Feb 2025 10:04</i> <b>Updated:</b> <i>4 Feb 2025 13:04</i></p>",
    ],
)
def test_a_line_of_two_dates_says_which_is_that_of_the_change(header: str) -> None:
    story = article(header)
    assert story.published is not None
    assert story.updated is not None
    assert (story.published.iso, story.updated.iso) == ("2025-02-03T10:04", "2025-02-04T13:04")


@pytest.mark.parametrize(
    ("header", "lang", "iso"),
    [
        ("<p>03/02/2025</p>", "en-GB", "2025-02-03"),
        ("<p>03/02/2025</p>", "en-US", "2025-03-02"),
        ("<p>03/02/2025</p>", "tr", "2025-02-03"),
        ("<p lang=en-US>03/02/2025</p>", "en-GB", "2025-03-02"),
        ("<p>Monday 03/02/2025</p>", "en", "2025-02-03"),
        ("<p>03/02/2025</p><p>Next: 14/02/2025</p>", "en", "2025-02-03"),
        ("<p>03/02/2025</p>", "en", None),
        # "on" is Wednesday in Danish, "in" Friday in Kurdish, and neither here
        ("<p>Published on 01/04/2020</p>", "en", None),
        ("<p>On 01/04/2020</p>", "en", None),
        ("<p>Publié par Ida Storm 01/05/2020</p>", "", None),
    ],
)
def test_figures_are_settled_by_the_language_or_another_date(
    header: str, lang: str, iso: str | None
) -> None:
    story = article(header, lang=lang)
    assert (story.published.iso if story.published else None) == iso
    codes = [finding.code for finding in read(header, lang=lang).findings]
    assert ("date-ambiguous" in codes) == (iso is None)


def test_figures_are_settled_by_og_locale_where_the_language_names_no_country() -> None:
    locale = '<meta property="og:locale" content="en_GB">'
    assert published("<p>03/02/2025</p>", head=locale) == "2025-02-03"
    assert published("<p>03/02/2025</p>", lang="en-US", head=locale) == "2025-03-02"


@pytest.mark.parametrize(("lang", "offset"), [("en-IN", "+05:30"), ("he", "+02:00"), ("en", "")])
def test_letters_of_a_zone_are_settled_by_the_language_or_doubted(lang: str, offset: str) -> None:
    found = read("<p>3 Feb 2025, 10:04 IST</p>", lang=lang)
    assert found.article is not None
    assert found.article.published is not None
    assert found.article.published.iso == f"2025-02-03T10:04{offset}"
    assert [f.weight for f in found.findings if f.code == "zone-unclear"] == ["doubt"] * (
        not offset
    )


@pytest.mark.parametrize(
    ("name", "content", "iso"),
    [
        ("article:published:time", "2025-02-03T10:04:00Z", "2025-02-03T10:04:00+00:00"),
        ("article:published_time", "1738577040000", "2025-02-03T10:04:00+00:00"),
        ("date", "2025-02-03 10:04:36.0", "2025-02-03T10:04:36"),
        ("pubdate", "Mon, 03 Feb 2025 10:04:36 GMT", "2025-02-03T10:04:36+00:00"),
        ("pubdate", "Mon Feb 03 10:04:36 CET 2025", "2025-02-03T10:04:36+01:00"),
        ("date", "03.02.2025 10:04", "2025-02-03T10:04"),
        ("date", "03/02/2025", None),
        ("article:published_time", "1970-01-01T00:00:00+00:00", None),
        ("article:published_time", "9999-12-31T23:59:59+00:00", None),
        ("article:published_time", "1404-02-03", None),
    ],
)
def test_metadata_state_the_date_in_odd_forms_too(name: str, content: str, iso: str | None) -> None:
    assert published("", head=f'<meta property="{name}" content="{content}">') == iso


def test_jsonld_may_count_the_seconds_since_1970() -> None:
    data = (
        '{"@type":"NewsArticle","headline":"Old lamp is lit again","datePublished":1738577040000}'
    )
    script = f'<script type="application/ld+json">{data}</script>'
    assert published("", head=script) == "2025-02-03T10:04:00+00:00"


@pytest.mark.parametrize(
    "line",
    [
        "Saved on 14 February 2026",
        "Archived from the site on 14 February 2026",
        "Gespeichert am 14. Februar 2026",
        "Сохранено: 14 февраля 2026",
        "Kaydedilme tarihi: 14 Şubat 2026",
        "Enregistrée le 14 février 2026",
        "保存日：2026年2月14日",
    ],
)
def test_a_line_that_says_so_gives_the_day_of_saving(line: str) -> None:
    found = read("", f"<p>{line}</p>")
    assert found.captured is not None
    assert found.captured.iso == "2026-02-14"
    assert line in [dropped.text for dropped in found.dropped]
    commented = read("", f"<!-- {line} -->")
    assert commented.captured is not None
    assert commented.captured.iso == "2026-02-14"


ELSEWHERE = st.sampled_from(
    [
        "<section class=suggested><a href=/n/1><h3>Old story of a drum</h3></a>"
        "<time datetime={iso}>{date}</time></section>",
        "<div class=comments><h2>1 comment</h2><p>Well done!</p><span>{date}</span></div>",
        "<footer><p>Founded {date}</p><p>{date}</p></footer>",
        "<footer><p>{date}</p></footer>",
        "<aside><p>{date}</p></aside>",
        "<div>{date}</div>",
        "<ul><li>Retrieved {date}</li></ul>",
        "<!-- {date} -->",
        "<p>© {date}</p>",
    ]
)


@settings(max_examples=60)
@given(ELSEWHERE, WRITTEN)
def test_no_date_below_the_article_is_its_own_or_that_of_saving(below: str, written: str) -> None:
    found = read("", below.format(date=written, iso="2019-01-05"))
    assert found.captured is None
    assert found.article is not None
    assert found.article.published is None
    assert found.article.updated is None


LABELS = st.sampled_from(["", "Published ", "Posted on ", "By Ida Storm | ", "Desk - "])
AROUND = st.sampled_from(
    [
        "<p>{}</p>",
        "<ul><li>{}</li></ul>",
        "<div class=meta><span>{}</span></div>",
        "<time>{}</time>",
    ]
)


@settings(max_examples=60)
@given(AROUND, LABELS, WRITTEN, st.sampled_from(["en", "en-GB", "en-US", "de", "ja"]))
def test_a_date_of_the_header_is_the_one_that_is_written_there_or_unknown(
    around: str, label: str, written: str, lang: str
) -> None:
    stated = article(around.format(label + written), lang=lang).published
    if stated is None:
        assert "/" in written
    else:
        assert stated.precision == "day"
        assert f"{stated.day.year}" in written
        figures = {int(part) for part in written.replace(",", " ").split() if part.isdigit()}
        assert stated.day.day in figures or any(mark in written for mark in "./-")


AGO = [
    "<p class=date>2 hours ago</p>",
    "<time>vor 2 Stunden</time>",
    "<p>By Ida Storm · 2 hours ago</p>",
    "<p>Published 2 hours ago</p>",
    "<p class=post-meta>2 hours ago</p>",
    "<p class=byline>By Ida Storm</p><p class=meta>2 hours ago</p>",
]


@pytest.mark.parametrize("header", AGO)
def test_a_time_before_the_page_was_saved_is_a_day_if_the_page_says_when(header: str) -> None:
    saved = "<p>Saved on 14 February 2026 01:04</p>"
    for below, iso in ((saved, "2026-02-13"), ("", None)):
        found = read(header, below)
        assert found.article is not None
        assert (found.article.published and found.article.published.iso) == iso
        assert ("date-relative" in [item.code for item in found.findings]) == (iso is None)
        assert "saved" in found.article.evidence["published"].told.rule


@pytest.mark.parametrize(
    "header",
    ["<p>Updated 2 hours ago</p>", "<p>The bell was rung 2 hours ago</p>", "<p>3 hours ago</p>"],
)
def test_a_time_before_the_page_was_saved_may_be_somebody_elses(header: str) -> None:
    found = read(header, "<p>Saved on 14 February 2026 01:04</p>")
    assert found.article is not None
    assert found.article.published is None


POST = (
    "<div class=date-outer><h2 class=date-header>Monday, February 3, 2025</h2><div><div>"
    "<div class='post hentry'><h3 class=entry-title>Old lamp is lit again</h3>{}"
    "<div class=post-footer>{}</div></div></div></div></div>"
)
COMMENT = (
    "<div class=comments><div class=hentry><abbr class=published title=2025-02-09>9</abbr></div>"
)
WHEN = "<abbr class=published title=2025-02-03T10:04:00-08:00>10:04 AM</abbr>"


@pytest.mark.parametrize(
    ("footer", "iso", "names"),
    [
        (
            f"<span class='post-author vcard'>Posted by <i class=fn>Ida Storm</i></span> at {WHEN}",
            "2025-02-03T10:04:00-08:00",
            ("Ida Storm",),
        ),
        ("<span>at 10:04 AM</span>", "2025-02-03", ()),
        ("<span class=published>February 3, 2025</span>", "2025-02-03", ()),
    ],
)
def test_a_blogs_post_is_dated_and_signed_by_its_microformat(
    footer: str, iso: str, names: tuple[str, ...]
) -> None:
    page = f"<title>Old lamp is lit again</title>{POST.format(TEXT, footer)}{COMMENT}"
    story = normalise(read_page("a.html", page.encode())).article
    assert story is not None
    assert story.published is not None
    assert (story.published.iso, story.authors) == (iso, names)


def test_a_sentence_of_the_system_below_the_text_dates_it() -> None:
    said = (
        "<p class=postmetadata>This entry was posted on Monday, February 3rd, 2025 at 10:04 am and "
        "is filed under Harbour. You can leave a response.</p>"
    )
    title = "Old lamp is lit again"
    heading = f"<title>{title}</title><h2><a href=/l rel=bookmark>{title}</a></h2>"
    page = f"{heading}<div>{TEXT}{said}</div>"
    story = normalise(read_page("a.html", page.encode())).article
    assert story is not None
    assert story.published is not None
    assert story.published.iso == "2025-02-03T10:04"


INLINE = ("b", "strong", "i", "em", "time", "a href=/x", "span class=date", "span", "u", "font")
SENTENCES = st.sampled_from(
    [
        ("On ", " the bell was lost.", "en"),
        ("The vote is on ", ".", "en"),
        ("", ". The war is over.", "en"),
        ("", ", the day of the flood.", "en"),
        ("The ", " flood took the mill.", "en"),
        ("Am ", " verschwand die Glocke.", "de"),
        ("Die Glocke verschwand am ", ".", "de"),
        ("Kaymakam, işin ", "'da biteceğini söyledi.", "tr"),
        ("Le pont a fermé le ", ", après la crue.", "fr"),
        ("El puente cerró el ", " por la crecida.", "es"),
        ("Мост закрыли ", " после паводка.", "ru"),
        ("鐘は", "に消えた。", "ja"),
    ]
)
ROOM = st.sampled_from(
    [
        "<p>{}</p>",
        "<p><span>{}</span></p>",
        "<div>{}</div>",
        "<div><p>{}</p></div>",
        "<h2>{}</h2>",
        "<ul><li>{}</li></ul>",
        "<dl><dt>1</dt><dd>{}</dd></dl>",
        "<table><tr><td>{}</td></tr></table>",
        "<figure><img src=a.jpg><figcaption>{}</figcaption></figure>",
        "<blockquote>{}</blockquote>",
        "<header>{}</header>",
    ]
)


@given(SENTENCES, WRITTEN, st.sampled_from(INLINE), ROOM, st.booleans())
def test_a_date_in_a_sentence_below_the_headline_is_never_the_articles(
    around: tuple[str, str, str], day: str, inline: str, room: str, is_dated: bool
) -> None:
    before, after, language = around
    marked = f"{before}<{inline}>{day}</{inline.split()[0]}>{after}"
    own = "<p>By Ida Storm | 9 January 2026</p>" if is_dated else ""
    found = article(own + room.format(marked), lang=language)
    stated = found.published.iso if found.published else None
    assert stated == ("2026-01-09" if is_dated else None)
    assert found.updated is None


@given(SENTENCES, WRITTEN, st.sampled_from(INLINE), st.booleans())
def test_a_first_sentence_with_a_date_stays_text(
    around: tuple[str, str, str], day: str, inline: str, is_dated: bool
) -> None:
    before, after, language = around
    marked = f"{before}<{inline}>{day}</{inline.split()[0]}>{after}"
    own = "<p>By Ida Storm | 9 January 2026</p>" if is_dated else ""
    assert f"{before}{day}{after}" in paragraphs(f"{own}<p>{marked}</p>", lang=language)


@given(WRITTEN)
def test_a_sentence_of_a_program_that_puts_its_words_in_elements_stays_text(day: str) -> None:
    words = f"<span>On </span><span class=c3>{day}</span><span> the bell was lost</span>"
    found = article(f"<p class=c1>{words}</p>")
    assert found.published is None
    assert found.paragraphs[0] == f"On {day} the bell was lost"


@pytest.mark.parametrize(
    "header",
    [
        "<p class=meta><time datetime=2025-02-03>3 February 2025, 5:30</time> <span>From the "
        "<a href=/i/8>Harbour Gazette No. 8/2025</a></span> <span>47 comments</span></p>",
        "<p><time>3 February 2025</time> Reading time: 4 minutes</p>",
        "<p class=meta>3 February 2025 &nbsp; 1.2k reads &nbsp; 14 replies</p>",
        "<div>Posted by <a href=/a>Ida Storm</a> on <time>3 February 2025</time> in "
        "<a href=/s>Harbour</a>, <a href=#c>5 Comments</a></div>",
    ],
)
def test_a_date_in_a_row_of_a_header_is_the_articles(header: str) -> None:
    assert (published(header) or "")[:10] == "2025-02-03"


@pytest.mark.parametrize(
    "today",
    [
        "<div class=current-date>30 November 2026</div>",
        "<div id=today><time datetime=2026-11-30>30 November 2026</time></div>",
        "<div class=weather>Eastport | 30 November 2026 | 12°C</div>",
    ],
)
def test_the_day_on_which_somebody_looks_at_the_page_is_not_the_articles(today: str) -> None:
    assert published(today) is None


@pytest.mark.parametrize(
    ("above", "iso"), [("", "2026-01-09"), ("<p>8 January 2026</p>", "2026-01-08")]
)
def test_a_labelled_date_below_the_text_is_the_articles_if_no_other_is(
    above: str, iso: str
) -> None:
    below = "<p>Published: 9 January 2026</p>"
    page = f"<article><h1>Old lamp is lit again</h1>{above}{TEXT}{below}</article>"
    story = normalise(read_page("a.html", page.encode())).article
    assert story is not None
    assert story.published is not None
    assert (story.published.iso, len(story.paragraphs)) == (iso, 2)


@pytest.mark.parametrize(
    ("header", "lang", "first", "changed"),
    [
        ("<p>2025年2月3日 17時30分<span>（2025年2月4日 9時05分更新）</span></p>", "ja",
         "2025-02-03T17:30", "2025-02-04T09:05"),
        ("<p>2025/2/3 11:03 (2025/2/3 12:10 更新)</p>", "ja",
         "2025-02-03T11:03", "2025-02-03T12:10"),
        ("<p>Tue 4 Feb 2025 17.30 GMT Last modified on Tue 4 Feb 2025 18.45 GMT</p>", "en",
         "2025-02-04T17:30+00:00", "2025-02-04T18:45+00:00"),
        ("<p>Publié le 1er mars 2025 à 18h05, mis à jour hier à 09h30</p>", "fr",
         "2025-03-01T18:05", ""),
        ("<p>Published 1 March 2025, 18:05, updated yesterday at 09:30</p>", "en",
         "2025-03-01T18:05", ""),
        ("<p>10/02/2025 a las 17:30h. Actualizado a las 18:45h.</p>", "es",
         "2025-02-10T17:30", ""),
        ("<p>نُشر الثلاثاء 11 فبراير 2025 الساعة 10:45 صباحاً بتوقيت غرينتش</p>", "ar",
         "2025-02-11T10:45+00:00", ""),
        ("<p>Gepubliceerd op 1 maart 2025 om 11.03, laatste update gisteren om 12.10</p>", "nl",
         "2025-03-01T11:03", ""),
        ("<p>Опубликовано 11 февраля 2025, 10:45 по Гринвичу</p>", "ru",
         "2025-02-11T10:45+00:00", ""),
        ("<p>Stand: 09.02.2025, 11:03 Uhr</p><p>Erstellt: 08.02.2025, 18:00 Uhr</p>", "de",
         "2025-02-08T18:00", "2025-02-09T11:03"),
        ("<p>08.02.2025, 18:00 Uhr | Stand: 09.02.2025, 11:03 Uhr</p>", "de",
         "2025-02-08T18:00", "2025-02-09T11:03"),
        ("<p>Stand: 09.02.2025, 11:03 Uhr</p>", "de", "2025-02-09T11:03", ""),
        ("<p>Lisbon, 19 February 2025</p>", "en", "2025-02-19", ""),
        ("<p>3 marzo 2025 alle 10:04, modifica il 4 marzo 2025 alle 11:30</p>", "it",
         "2025-03-03T10:04", "2025-03-04T11:30"),
        ("<p>Data publikacji: 3 marca 2025 r. 10:04</p>", "pl", "2025-03-03T10:04", ""),
        ("<p>ma 3 maart 2025, 10:04 uur</p>", "nl", "2025-03-03T10:04", ""),
        ("<p>3 марта 2025 в 10:04 по московскому времени</p>", "ru",
         "2025-03-03T10:04+03:00", ""),
        ("<p>نشر في 3 مارس 2025 الساعة 10:04 بتوقيت مكة</p>", "ar",
         "2025-03-03T10:04+03:00", ""),
        ("<p>3/3/2025-|آخر تحديث: 4/3/2025 11:30 ص (بتوقيت مكة المكرمة)</p>", "ar",
         "2025-03-03", "2025-03-04T11:30+03:00"),
        ("<p>الاثنين 3 مارس 2025 - 10:04 بتوقيت القاهرة</p>", "ar",
         "2025-03-03T10:04+02:00", ""),
        ("<p>Le 3 mars 2025 à 10:04 (heure de Paris)</p>", "fr", "2025-03-03T10:04+01:00", ""),
        ("<p>3 de março de 2025 às 10h04 (horário de Brasília)</p>", "pt",
         "2025-03-03T10:04-03:00", ""),
        ("<p>3 March 2025, 10:04 local time</p>", "en", "2025-03-03T10:04", ""),
        ("<p>2025年3月3日(月) 午後10時4分 更新：3月4日</p>", "ja", "2025-03-03T22:04", ""),
        ("<p>This article was first published on 3 March 2025.</p>", "en", "2025-03-03", ""),
        ("<p>For immediate release: March 3, 2025</p>", "en", "2025-03-03", ""),
        ("<p>Created 3 March 2025 · Last change 4 March 2025</p>", "en",
         "2025-03-03", "2025-03-04"),
        ("<p>Pressemitteilung vom 03.03.2025</p>", "de", "2025-03-03", ""),
        ("<p>03.03.2025, 10:04 - Letztes Update: 04.03.2025, 11:30</p>", "de",
         "2025-03-03T10:04", "2025-03-04T11:30"),
        ("<p>Redacción 03/03/2025 - 10:04</p>", "es", "2025-03-03T10:04", ""),
        ("<p>3 maart 2025 - 10:04 • Aangepast 4 maart 2025 - 11:30</p>", "nl",
         "2025-03-03T10:04", "2025-03-04T11:30"),
        ("<p>Δημοσίευση: 3 Μαρ 2025, 10:04 | Ενημέρωση: 4 Μαρ 2025, 11:30</p>", "el",
         "2025-03-03T10:04", "2025-03-04T11:30"),
        ("<p>03.03.2025 в 10:04, просмотров: 512</p>", "ru", "2025-03-03T10:04", ""),
        ("<p>3 مارس 2025م على الساعة 10:04</p>", "ar", "2025-03-03T10:04", ""),
        ("<p>2025. gada 3. maijā, 10:04</p>", "lv", "2025-05-03T10:04", ""),
        ("<p>2025年3月3日 月曜 午前10:04</p>", "ja", "2025-03-03T10:04", ""),
        ("<p>승인 2025.03.03 10:04</p>", "ko", "2025-03-03T10:04", ""),
        ("<p>Wien, am 19. Februar 2025</p>", "de", "2025-02-19", ""),
        ("<p>Rio de Janeiro, 19 de fevereiro de 2025</p>", "pt", "2025-02-19", ""),
    ],
)  # fmt: skip
def test_a_stamp_is_read_as_a_whole(header: str, lang: str, first: str, changed: str) -> None:
    found = article(header, lang=lang)
    assert found.published
    assert found.published.iso == first
    assert (found.updated.iso if found.updated else "") == changed
    assert found.paragraphs == article("").paragraphs


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("<p>By Ida Storm</p><p>Lisbon, 19 February 2025</p>", "en"),
        ("<p>The bell fell, 19 February 2025</p>", "en"),
        ("<p>Opens on Monday, 17 February 2025</p>", "en"),
        ("<p>Lisbon, Porto, 19 February 2025</p>", "en"),
    ],
)
def test_words_before_a_date_are_a_place_only_as_a_line_below_the_headline(
    header: str, lang: str
) -> None:
    assert published(header, lang=lang) is None


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("Updated 2:41 p.m. ET", "en"),
        ("mis à jour à 19h30", "fr"),
        ("Updated Jan. 10", "en"),
        ("zuletzt geändert: 18:45 Uhr", "de"),
    ],
)
def test_part_of_a_date_with_its_label_is_named_as_dropped(words: str, lang: str) -> None:
    found = read(f"<p>3 January 2025</p><div><p>{words}</p></div>", lang=lang)
    assert found.article
    assert found.article.paragraphs == article("").paragraphs
    dropped = " ".join(one.text for one in found.dropped if one.rule == "date of the article")
    assert words in dropped


def test_microdata_in_the_head_goes_before_what_readers_see() -> None:
    head = '<meta itemprop="datePublished" content="2025-02-08T09:00:00+03:00">'
    assert published("<p>9 February 2025</p>", head=head) == "2025-02-08T09:00:00+03:00"


def test_the_times_of_a_live_blog_are_text() -> None:
    posts = "".join(
        f"<div class=block><p><time datetime=2025-01-30T{clock}Z>{clock} GMT</time></p>"
        f"<h2>{title}</h2><p>{words}</p></div>"
        for clock, title, words in (
            ("17:45", "All ferries stay in the harbour", "The last one left at noon."),
            ("15:10", "The wind takes the roof of the mill", "Nobody was in it at that time."),
        )
    )
    found = read(f"<p>30 January 2025</p>{posts}").article
    assert found
    assert found.published
    assert found.published.iso == "2025-01-30"
    assert {"17:45 GMT", "15:10 GMT"} <= set(found.paragraphs)


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("<h2>{0}</h2><p>The bell is lost.</p><h2>{1}</h2>", 3),
        ("<h3 class=a>{0}</h3><p>The bell is lost.</p><h3 class=a>{1}</h3><p>It is back.</p>", 4),
        ("<p><b>{0}</b></p><p>The bell is lost.</p><p><b>{1}</b></p>", 3),
        ("<p><b>{0}</b><br>The bell is lost.<br><b>{1}</b><br>It is back.</p>", 1),
        ("<ul><li>{0} – The bell is lost</li><li>{1} – It is back</li></ul>", 2),
        ("<section><h2>Key days</h2><ul><li>{0}</li><li>{1}</li></ul></section>", 3),
        ("<dl><dt>{0}</dt><dd>The bell is lost</dd><dt>{1}</dt><dd>It is back</dd></dl>", 4),
        ("<dl><dt>Lost</dt><dd>{0}</dd><dt>Found</dt><dd>{1}</dd></dl>", 4),
        ("<dl><dt>Opening</dt><dd>{0}</dd><dt>Place</dt><dd>Quay</dd></dl>", 4),
        ("<p>{0} – The bell is lost.</p>", 1),
        ("<p>{0} | The bell is lost, and nobody looks for it.</p>", 1),
        ("<div class=event><p><span class=date>{0}</span> <span>Quay</span></p></div>", 1),
    ],
)
@pytest.mark.parametrize("own", ["", "<p>By Ida Storm | 9 January 2026</p>"])
def test_days_of_a_chronicle_or_of_another_thing_stay_text(
    header: str, text: int, own: str
) -> None:
    found = article(own + header.format("15 May 2016", "16 May 2016"))
    stated = found.published.iso if found.published else ""
    assert stated == ("2026-01-09" if own else "")
    assert len(found.paragraphs) == text + 2
    assert any("15 May 2016" in paragraph for paragraph in found.paragraphs)


def test_a_day_long_before_there_were_pages_stays_text() -> None:
    found = article("<p>15 May 1916</p><p>Dear keeper,</p><p>the oil is late.</p>")
    assert found.published is None
    assert found.paragraphs[0] == "15 May 1916"


@pytest.mark.parametrize(
    "header",
    [
        "<dl><dt>Date</dt><dd>3 February 2025</dd><dt>Section</dt><dd>Harbour</dd></dl>",
        "<dl><dt>Details</dt><dd class=published>3 February 2025</dd><dt>By</dt><dd>Ida</dd></dl>",
        "<div class=pointer-events-auto><div>3 February 2025</div></div>",
        "<p>3 February 2025</p><p>Updated: 4 February 2025</p>",
        "<ul><li>3 February 2025</li><li>Last modified: 4 February 2025</li></ul>",
    ],
)
def test_a_date_that_is_labelled_or_alone_is_the_articles(header: str) -> None:
    assert published(header) == "2025-02-03"


@pytest.mark.parametrize(
    "card",
    [
        "<div class=card><h3><a href=/1>Rowers sweep the harbour steps</a></h3>"
        "<time datetime=2019-01-01>1 Jan 2019</time></div>",
        "<div><a href=/1>Rowers sweep the harbour steps</a> <time>1 January 2019</time></div>",
        "<p><a href=/1>Rowers sweep the harbour steps</a><br>1 January 2019</p>",
        "<div><h3>Rowers sweep steps</h3><time>1 January 2019</time><a href=/1>Read</a></div>",
        "<ol><li><a href=/1>Part one</a> <time>1 January 2019</time></li><li>Part two</li></ol>",
    ],
)
def test_the_date_of_another_storys_card_below_the_headline_is_not_the_articles(card: str) -> None:
    assert published(card) is None


@pytest.mark.parametrize(
    "span",
    [
        "3 – 9 February 2026",
        "3 - 9 February 2026",
        "2 February – 9 March 2026",
        "3. – 9. Februar 2026",
        "Mon 3 – Sun 9 February 2026",
    ],
)
def test_a_span_of_days_dates_no_article_whatever_divides_it(span: str) -> None:
    assert published(f"<p>{span}</p>") is None


def test_a_word_of_an_event_within_a_label_makes_no_event_of_the_date() -> None:
    for label in ("Concert review", "Nora Lind, Concert Critic"):
        assert (published(f"<p>{label} | 9 February 2026</p>") or "")[:10] == "2026-02-09"
    for label in ("Next meeting", "Next council meeting", "Deadline for entries"):
        assert published(f"<p>{label} • 9 February 2026</p>") is None


@pytest.mark.parametrize(
    "row",
    [
        "Ada Lind 9.1.2026 klo 10.04",
        "9. ledna 2026 v 10:04, Ada Lindová",
        "9 січня 2026, 10:04, п’ятниця",
    ],
)
def test_a_row_of_facts_below_the_headline_may_hold_a_name_or_weekday_and_a_moment(
    row: str,
) -> None:
    found = article(f"<p class=meta>{row}</p>").published
    assert found is not None
    assert found.iso == "2026-01-09T10:04"


def test_a_name_and_a_day_alone_may_be_where_and_when_something_is() -> None:
    assert article("<p class=meta>Old Town Hall 9 January 2026</p>").published is None
    assert article("<p>Old Town Hall 9 January 2026 10:04</p>").published is None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "do 6 lutego 2025"),
        ("pl", "Zgłoszenia do 6 lutego 2025"),
        ("pl", "od 6 lutego 2025"),
        ("sk", "do 6. februára 2025"),
        ("de", "bis zum 6. Februar 2025"),
        ("de", "ab 6. Februar 2025"),
        ("fr", "jusqu’au 6 février 2025"),
        ("it", "fino al 6 febbraio 2025"),
        ("nl", "t/m 6 februari 2025"),
        ("ru", "до 6 февраля 2025"),
        ("tr", "6 Şubat 2025'e kadar"),
        ("fi", "6. helmikuuta 2025 asti"),
        ("hu", "2025. február 6-ig"),
        ("ja", "2025年2月6日まで"),
    ],
)
def test_the_last_or_first_day_of_something_is_no_date_of_the_article(
    language: str, words: str
) -> None:
    assert published(f"<div class=date>{words}</div>", lang=language) is None
    assert published(f"<p>{words}</p>", lang=language) is None


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "Do, 6. Februar 2025"), ("nl", "do 6 februari 2025"), ("de", "Do 06.02.2025")],
)
def test_a_weekday_that_is_a_preposition_elsewhere_belongs_to_its_date(
    language: str, words: str
) -> None:
    assert published(f"<div class=date>{words}</div>", lang=language) == "2025-02-06"
