"""What on an HTML page belongs to its article, and what doesn't."""

from __future__ import annotations

import pytest

from feeds.model import Reading, Story
from feeds.normalise import normalise
from feeds.readers import read_page

WORDS = "The lamp at the end of the quay was lit on Friday, for the first time since the storm."
MORE = "It will burn every night until the end of March, said the office of the harbour."
TEXT = f"<p>{WORDS}</p><p>{MORE}</p>"
TITLE = "Old lamp is lit again"


def reading(body: str, head: str = "") -> Reading:
    head = f'<meta charset="utf-8"><base href="https://tide.example/a/">{head}'
    return normalise(
        read_page("a.html", f"<html><head>{head}</head><body>{body}</body></html>".encode())
    )


def article(body: str, head: str = "") -> Story:
    story = reading(body, head).article
    assert story is not None
    return story


@pytest.mark.parametrize(
    "text",
    [
        f"{WORDS}<br><br>{MORE}",
        f"{WORDS}<br>\n<br>{MORE}<br><br>",
        f"<br><br>{WORDS}<p>{MORE}</p>",
        f"<div>{WORDS}</div>{MORE}",
        f"<div><div>{WORDS}</div><div><div>{MORE}</div></div></div>",
        f"<p>{WORDS}<p>{MORE}",
        f"<table><tr><td>{WORDS}<br><br>{MORE}</td></tr></table>",
        f"<center><font size=2>{WORDS}<br><br>{MORE}</font></center>",
    ],
)
def test_text_is_read_whatever_it_stands_in(text: str) -> None:
    story = article(f"<h1>{TITLE}</h1><div>{text}</div>")
    assert " ".join(story.paragraphs) == f"{WORDS} {MORE}"
    assert not story.content.startswith("<p><br>")


@pytest.mark.parametrize(
    "title",
    [TITLE, f"{TITLE} | Tide Desk", f"{TITLE} - Tide Desk", f"Tide Desk » {TITLE}"],
)
@pytest.mark.parametrize(
    "heading",
    [
        f"<h1>Tide Desk</h1><h2>{TITLE}</h2>",
        f'<h1><a href="https://tide.example/">Tide Desk</a></h1><b>{TITLE}</b>',
        f'<div class=site>Tide Desk</div><font size="4">{TITLE}</font>',
        f"<h1><span>Harbour</span><span>{TITLE}</span></h1>",
    ],
)
def test_a_headline_is_known_by_the_title_of_the_page(title: str, heading: str) -> None:
    site = '<meta property="og:site_name" content="Tide Desk">'
    story = article(f"{heading}{TEXT}", f"{site}<title>{title}</title>")
    assert story.title == TITLE
    assert story.paragraphs == (WORDS, MORE)


@pytest.mark.parametrize(
    "line",
    [
        "<p>By Nora Lind | January 9, 2026 | Harbour</p>",
        "<div>Posted by <b>Nora Lind</b> on January 9, 2026</div>",
        "<p>By <a href=/nora>Nora Lind</a>, <time datetime=2026-01-09>Friday</time></p>",
        '<div class="Byline_byline__7"><span>By </span><a href=/n>Nora Lind</a></div>'
        "<div><span>Published </span><time datetime=2026-01-09>Friday</time></div>",
        '<div><span class="author">بقلم: Nora Lind</span><span>نشر في: ٩ يناير ٢٠٢٦</span></div>',
    ],
)
def test_a_byline_and_a_date_may_share_a_line(line: str) -> None:
    story = article(f"<article><h1>{TITLE}</h1>{line}{TEXT}</article>")
    assert story.authors == ("Nora Lind",)
    assert story.published is not None
    assert story.published.iso == "2026-01-09"
    assert story.paragraphs == (WORDS, MORE)


@pytest.mark.parametrize("line", ["Bridge closed on 3 January 2026", "It was 3 January 2026."])
def test_a_date_in_a_lede_is_not_the_articles(line: str) -> None:
    assert article(f"<article><h1>{TITLE}</h1><p>{line}</p>{TEXT}</article>").published is None


@pytest.mark.parametrize(
    "line",
    [
        "Stand: 09.01.2026 18:00 Uhr",
        "opublikowano: 9 stycznia 2026",
        "Giriş: 09.01.2026 - 18:24",
        "Published on 9 January 2026",
    ],
)
def test_words_that_stand_before_a_date_are_known_in_every_language(line: str) -> None:
    story = article(f"<article><h1>{TITLE}</h1><p>{line}</p>{TEXT}</article>")
    assert story.published is not None
    assert story.published.iso[:10] == "2026-01-09"
    assert story.paragraphs == (WORDS, MORE)


@pytest.mark.parametrize("label", ["last edited: ", "Mise à jour le ", "Zaktualizowano: "])
def test_the_date_of_the_last_change_is_not_that_of_publishing(label: str) -> None:
    line = f"<p>{label}<span>09.01.2026 15:15</span></p>"
    story = article(f"<article><h1>{TITLE}</h1>{line}{TEXT}</article>")
    assert story.published is None
    assert story.updated is not None
    assert story.updated.iso == "2026-01-09T15:15"


def test_whoever_edited_a_text_says_nothing_of_its_date() -> None:
    line = "<p>Edited by Nora Lind <time>09.01.2026</time></p>"
    story = article(f"<article><h1>{TITLE}</h1>{line}{TEXT}</article>")
    assert story.published is not None


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ("Nora Lind y Ada Borg", ("Nora Lind", "Ada Borg")),
        ("Нора Линд та Ада Борг", ("Нора Линд", "Ада Борг")),
        ("José Ruiz y Sosa", ("José Ruiz y Sosa",)),
    ],
)
def test_names_are_divided_by_and_in_every_language(names: str, authors: tuple[str, ...]) -> None:
    head = f'<meta name="author" content="{names}">'
    assert article(f"<h1>{TITLE}</h1>{TEXT}", head).authors == authors


@pytest.mark.parametrize(
    "last",
    [
        "“Those goats were smart,” remembers the warden of the rest of the island, with a laugh.",
        "You have already subscribed.",
        "Sign up for our letter for more stories like this one.",
        "Members can read the full report of the port in the library on Mole Street.",
        "Club members can continue reading at its tables until nine in the evening.",
        "The members of the council want to read the contract before they sign it, they said.",
        "“After years of this,” she asks, “what will subscribers get to read, and who will pay?”",
        "The port will register every boat and give its owners full access to the list.",
    ],
)
def test_a_last_line_that_asks_nobody_to_pay_is_text(last: str) -> None:
    story = article(f"<article><h1>{TITLE}</h1>{TEXT}<p>{last}</p></article>")
    assert story.paragraphs[-1] == last
    assert story.access == "free"


@pytest.mark.parametrize(
    "last",
    [
        "Subscribe to read the whole story.",
        "Mit einem Probeabonnement weiterlesen.",
        "Only members may read this.",
        "Log in or register to continue reading.",
        "Members can read the rest of this story.",
        "Передплатіть, щоб читати далі.",
    ],
)
def test_a_last_line_that_asks_to_pay_is_none(last: str) -> None:
    story = article(f"<article><h1>{TITLE}</h1>{TEXT}<p>{last}</p></article>")
    assert (story.paragraphs[-1], story.access) == (MORE, "paid")


def test_the_account_of_a_publishing_system_is_no_author() -> None:
    head = '<meta name="author" content="admin">'
    assert article(f"<h1>{TITLE}</h1>{TEXT}", head).authors == ()
    signed = article(f'<h1>{TITLE}</h1>{TEXT}<p class="author">Nora Lind</p>', head)
    assert signed.authors == ("Nora Lind",)
    assert signed.paragraphs == (WORDS, MORE)


def test_dates_above_and_below_a_headline_are_no_list() -> None:
    found = reading(
        '<div>Friday, 9 January 2026</div><div><a href="/1">Ferry stays in port</a> 14:05</div>'
        f'<div><div class="meta"><span>08.01.2026, 10:15</span></div><h1>{TITLE}</h1>{TEXT}'
        '<p>See <a href="/2">Mill turns once again</a></p></div>'
    )
    assert [story.published for story in found.latest if story.published] == []
    assert found.article is not None
    assert found.article.published is not None
    assert found.article.published.iso == "2026-01-08T10:15"


def test_one_dated_headline_alone_is_no_list() -> None:
    found = reading(
        f"<article><h1>{TITLE}</h1>{TEXT}</article><aside><ul><li><a href=2>Ferry stays in port"
        "</a> <time datetime=2026-01-10>Saturday</time></li></ul></aside>"
    )
    assert found.latest == ()


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<body class=error404><h1>Oops</h1><p>Nothing was found here.</p>", ""),
        ("<h1>Sayfa bulunamadı</h1><p>Aradığınız sayfa yok.</p>", ""),
        ("<h1>Oops</h1><p>Nothing here.</p>", "<title>404 - Page not found</title>"),
    ],
)
def test_an_error_page_is_no_article(body: str, head: str) -> None:
    found = normalise(read_page("a.html", f"<html><head>{head}</head>{body}</html>".encode()))
    assert found.article is None
    assert "an error page" in found.findings[0].what


def test_a_story_about_a_missing_page_is_one() -> None:
    text = "".join(f"<p>{number}. {WORDS}</p>" for number in range(6))
    assert len(article(f"<h1>Page not found in the king's diary</h1>{text}").paragraphs) == 6


@pytest.mark.parametrize("part", ["article", "main", "div", "section"])
def test_lists_and_tables_of_a_text_are_kept_wherever_it_stands(part: str) -> None:
    story = article(
        f"<{part}><h1>{TITLE}</h1><p>{WORDS}</p><ul><li>oil</li><li>glass</li></ul><p>{MORE}</p>"
        "<table><tr><th>Oil</th><td>H<sub>2</sub>O</td></tr></table>"
        f"<p>It is 4<sup>th</sup> of its kind, and {WORDS}</p></{part}>"
    )
    for kept in ("<li>glass</li>", "<th>Oil</th>"):
        assert kept in story.content


@pytest.mark.parametrize("address", ["mailto:desk@tide.example", "tel:+49-30-5550199"])
def test_a_link_to_somebody_stays(address: str) -> None:
    link = f'<a href="{address}">the desk</a>'
    assert link in article(f"<h1>{TITLE}</h1>{TEXT}<p>Write to {link} of the office.</p>").content


CLOCK = '<img src="/u/clock.jpg" width="640" height="480" alt="">'
SHOWN = '<img src="https://tide.example/u/clock.jpg" alt="">'


@pytest.mark.parametrize(
    ("picture", "caption"),
    [
        (
            f'<div class="photo">{CLOCK}<p>The clock on Monday, photo by Ana Reyes</p></div>',
            "The clock on Monday, photo by Ana Reyes",
        ),
        (
            f'<div class="field-image">{CLOCK}<div class="field-caption">The clock.</div>'
            '<div class="copyright">Photo: Ana Reyes</div></div>',
            "The clock. Photo: Ana Reyes",
        ),
        (
            f"<p>{CLOCK}</p><p><em>The clock on Monday. (Picture: Ana Reyes)</em></p>",
            "The clock on Monday. (Picture: Ana Reyes)",
        ),
        (
            f"<figure>{CLOCK}<figcaption>The clock.</figcaption><small>Ana Reyes / AFP</small>"
            "</figure>",
            "The clock. Ana Reyes / AFP",
        ),
        (
            '<table class="tr-caption-container"><tbody><tr><td><a href="/u/s1600/clock.jpg">'
            f'{CLOCK}</a></td></tr><tr><td class="tr-caption">The clock on Monday</td></tr>'
            "</tbody></table>",
            "The clock on Monday",
        ),
        (
            f'<dl class="gallery"><dt>{CLOCK}</dt><dd class="wp-caption-text">The clock</dd></dl>',
            "The clock",
        ),
    ],
)
def test_what_captions_a_picture_is_its_caption_whatever_it_stands_in(
    picture: str, caption: str
) -> None:
    found = reading(
        f"<article><h1>{TITLE}</h1>{TEXT}{picture}{TEXT.replace('The', 'An')}</article>"
    )
    assert found.article is not None
    figure = f"<figure>{SHOWN}<figcaption>{caption}</figcaption></figure>"
    assert figure in found.article.content
    assert caption[:9] not in " ".join(one.text for one in found.dropped)


def test_what_stands_beside_a_logo_captions_nothing() -> None:
    box = '<div><img src="/logo.svg"><p>Write to us about the lamp, photo by Ana</p></div>'
    found = reading(f"<article><h1>{TITLE}</h1>{TEXT}{box}{TEXT.replace('The', 'An')}</article>")
    assert found.article is not None
    assert "Write to us" not in found.article.content
    assert "Write to us" in " ".join(one.text for one in found.dropped)


@pytest.mark.parametrize(
    "around",
    [
        '<figure class="wp-block-gallery has-nested-images">{}</figure>',
        '<div class="gallery">{}</div>',
        '<div class="swiper"><div class="swiper-slide">{}</div></div>',
    ],
)
def test_a_gallery_of_an_article_is_its_pictures_with_their_captions(around: str) -> None:
    pictures = "".join(
        f'<figure><img src="/u/{name}.jpg"><figcaption>The {name}</figcaption></figure>'
        for name in ("lamp", "quay")
    )
    body = f"<article><h1>{TITLE}</h1>{TEXT}{around.format(pictures)}<p>{MORE} So it is.</p>"
    content = article(f"{body}</article>").content
    for name in ("lamp", "quay"):
        assert (
            f'<figure><img src="https://tide.example/u/{name}.jpg" alt="">'
            f"<figcaption>The {name}</figcaption></figure>" in content
        )


def test_a_gallery_of_other_stories_is_none_of_its_pictures() -> None:
    others = '<div class="gallery">{}</div>'.format(
        "".join(
            f'<figure><a href="/b/{name}"><img src="/u/{name}.jpg"></a>'
            f'<figcaption><a href="/b/{name}">The {name}</a></figcaption></figure>'
            for name in ("lamp", "quay")
        )
    )
    body = f"<article><h1>{TITLE}</h1>{TEXT}{others}<p>{MORE} So it is.</p></article>"
    assert "<img" not in article(body).content


def test_a_picture_in_two_sizes_is_shown_once_with_its_caption() -> None:
    small = '<figure><img src="/u/lamp-300x200.jpg"></figure>'
    large = '<figure><img src="/u/lamp.jpg?w=900"><figcaption>The lamp</figcaption></figure>'
    content = article(f"<article><h1>{TITLE}</h1>{small}{TEXT}{large}<p>{MORE} So.</p>").content
    assert content.count("<img") == 1
    assert "<figcaption>The lamp</figcaption>" in content


@pytest.mark.parametrize(
    ("label", "names"),
    [("Written by", ("Nora Lind",)), ("By", ("Nora Lind",)), ("Location", ()), ("", ())],
)
def test_what_cards_of_twitter_show_is_an_author_if_they_say_so(
    label: str, names: tuple[str, ...]
) -> None:
    card = (
        f"<meta name=twitter:label1 content='{label}'><meta name=twitter:data1 content='Nora Lind'>"
    )
    page = f"<head>{card}</head><article><h1>{TITLE}</h1>{TEXT}</article>"
    assert article(page).authors == names


def test_a_labelled_change_below_the_text_is_told() -> None:
    dates = "<p>9 January 2026</p>{}<p>Updated: 11 January 2026</p>"
    story = article(f"<article><h1>{TITLE}</h1>{dates.format(TEXT)}</article>")
    assert story.updated is not None
    assert story.updated.iso == "2026-01-11"
