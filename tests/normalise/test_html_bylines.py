"""The byline of an HTML page: which elements are one, and what becomes of it."""

from __future__ import annotations

import json

import pytest

from feeds.model import Reading, Story
from feeds.normalise import normalise
from feeds.readers import read_page

FIRST = "The keeper of the old lamp lit it again on Monday evening, and people came to see it burn."
TEXT = f"<p>{FIRST}</p><p>Nobody knows how long the oil will last, the harbour office said.</p>"
TITLE = "Old lamp is lit again"


def reading(header: str, head: str = "", lang: str = "en") -> Reading:
    page = (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}'
        f"<title>{TITLE}</title></head><body><main><article><h1>{TITLE}</h1>{header}{TEXT}</article></main></body></html>"
    )
    return normalise(read_page("a.html", page.encode()))


def article(header: str, head: str = "", lang: str = "en") -> Story:
    story = reading(header, head, lang).article
    assert story is not None
    return story


def jsonld(author: object, **more: object) -> str:
    node = json.dumps({"@type": "NewsArticle", "headline": TITLE, "author": author, **more})
    return f'<script type="application/ld+json">{node}</script>'


@pytest.mark.parametrize(
    "called",
    [
        *("yazar", "haber-yazar", "auteur", "article__auteur", "verfasser", "muəllif", "muellif"),
        *("autor", "redactor", "kirjoittaja", "författare", "forfattare", "skribent", "autore"),
        *("szerző", "szerzo", "penulis", "tac-gia", "avtor", "author-2", "storyAuthor"),
    ],
)
def test_an_element_that_is_called_author_in_any_language_is_a_byline(called: str) -> None:
    story = article(f'<div class="{called}">Nora Lind</div>')
    assert (story.authors, story.paragraphs[0]) == (("Nora Lind",), FIRST)


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("<p>Rédigé par Nora Lind le 12 mars 2025</p>", ["Nora Lind"]),
        ("<p>Par Nora Lind et Ada Borg, publié le 12 mars 2025</p>", ["Nora Lind", "Ada Borg"]),
        ("<p>12 March 2025 by Nora Lind | Filed under Harbour</p>", ["Nora Lind"]),
        ("<p>文/林诺拉</p>", ["林诺拉"]),
        ("<p>記者 陳大文／台北報導</p>", ["陳大文"]),
        ("<p>Interview: Nora Lind</p>", ["Nora Lind"]),
        ("<p>Text: Nora Lind, Foto: Ada Borg</p>", ["Nora Lind"]),
        ("<div><a href=/author/nora-lind>Nora Lind</a> 12 March 2025</div>", ["Nora Lind"]),
        ("<p class=byline><i>Nora</i> <i>Lind</i></p>", ["Nora Lind"]),
        ("<p>Nora Lind</p>", ["Nora Lind"]),
        ("<p class=deck>Harbour Lamp</p>", []),
        ("<p>記者・山田花子</p>", ["山田花子"]),
        ("<p>By Nora Lind on Wednesday, November 12th, 2025 at 11:04 a.m.</p>", ["Nora Lind"]),
        ("<div><a href=https://letters.example/@nora>Nora Lind</a></div>", ["Nora Lind"]),
        ("<span data-testid=authorName>Nora Lind</span>", ["Nora Lind"]),
        ("<time>By Nora Lind | 12/10/2020</time>", ["Nora Lind"]),
        (f"<p>{FIRST[::-1]}</p><p>By Nora Lind</p>", ["Nora Lind"]),
        (
            "<div class=byline><a href=/author/n>Nora Lind</a><button>Follow</button></div>",
            ["Nora Lind"],
        ),
        ("<p class=author><img src=n.jpg><i>Nora Lind</i><i>@noralind</i></p>", ["Nora Lind"]),
        ("<p class=byline>Nora Lind <em>Courier Correspondent</em></p>", ["Nora Lind"]),
        ("<p>By the Associated Press</p>", ["the Associated Press"]),
        ("<p class=byline>By Nora Lind<br>and Ada Borg</p>", ["Nora Lind", "Ada Borg"]),
        ("<p class=byline>By Nora Lind<br>Tide Gazette</p>", ["Nora Lind"]),
        ("<p class=byline><i>Nora Lind</i><i>in Lisbon</i></p>", ["Nora Lind"]),
        ("<p class=byline><i>N</i>ora <i>Da</i> <i>Lind</i></p>", ["Nora Da Lind"]),
        ("<p class=byline>By Nora Lind (Reuters)</p>", ["Nora Lind"]),
        ("<p>Av Nora Lind og Ada Borg (foto)</p>", ["Nora Lind"]),
        # whose the picture is, or nobody
        ("<p class=image-author>Photo: Ada Borg</p><p class=author>Nora Lind</p>", ["Nora Lind"]),
        ("<div class=author-box><h2>Harbour</h2></div>", []),
        ("<p class=byline>Harbour | 12 March 2025</p>", []),
        ("<p class=author>nora21 12 March 2025 - Reply</p>", []),
        (
            "<div class=byline><p>By Nora Lind</p><p>Nora Lind's most recent stories: the bell of "
            "the harbour is rung, and an eel is smoked on the quay</p><a>View All</a></div>",
            ["Nora Lind"],
        ),
    ],
)
def test_the_byline_names_people(header: str, names: list[str]) -> None:
    assert article(header).authors == tuple(names)


@pytest.mark.parametrize(
    "header",
    [
        "<span class=author>Nora Lind</span> <span class=author>Ada Borg</span>",
        "<div class=author-name>Nora Lind</div><div class=author-name>Ada Borg</div>",
        "<p><a rel=author href=/n>Nora Lind</a> and <a rel=author href=/a>Ada Borg</a></p>",
        "<a class=author href=/n>Nora Lind</a>, <a class=author href=/a>Ada Borg</a>",
        "<div class=byline><b class=name>Nora Lind</b><i class=job>Editor</i>"
        "<b class=name>Ada Borg</b><i class=job>Reporter</i></div>",
        "<div class=author><p>Nora Lind</p><p>Editor</p></div>"
        "<div class=author><p>Ada Borg</p><p>Reporter</p></div>",
        "<div class=author>Nora Lind</div><div class=author>Ada Borg</div>"
        "<div class=author>Nora Lind</div>",
    ],
)
def test_elements_of_a_kind_that_are_called_author_are_one_person_each(header: str) -> None:
    assert article(header).authors == ("Nora Lind", "Ada Borg")


@pytest.mark.parametrize(
    "header",
    [
        "<p class=author>Nora Lind</p><p class=author>Political Editor</p>",
        f"<p class=author>Nora Lind</p><p>{FIRST[::-1]}</p><p class=author>Ada Borg</p>",
        "<p class=author>Nora Lind</p><p class=photographer-author>Ada Borg</p>",
    ],
)
def test_what_is_not_beside_an_author_or_of_another_kind_is_no_second_one(header: str) -> None:
    assert article(header).authors == ("Nora Lind",)


@pytest.mark.parametrize("line", ["By News Desk", "Door: redactie", "Von der Redaktion"])
def test_the_byline_of_a_desk_is_no_text(line: str) -> None:
    story = article(f"<p>{line}</p>")
    assert (story.authors, story.paragraphs[0]) == ((), FIRST)


@pytest.mark.parametrize(
    ("last", "names"),
    [
        ("<p>Nora Lind</p>", ["Nora Lind"]),
        ("<p>By Nora Lind</p>", ["Nora Lind"]),
        ("<p><em>— Nora Lind</em></p>", ["Nora Lind"]),
        ("<p>LAMP OF EASTPORT</p>", []),
        ("<p>Deine Nora</p>", []),
        ("<p>Night Lamp Nora Lind (tunes.example)</p>", []),
        ("<p>Lamp Lighthousekeeping</p>", []),
        ("<ul><li>Harbour Lamp</li></ul>", []),
    ],
)
def test_a_last_line_signs_a_text_if_it_is_a_name(last: str, names: list[str]) -> None:
    page = f"<title>{TITLE}</title><body><article><h1>{TITLE}</h1>{TEXT}{last}</article>"
    story = normalise(read_page("a.html", page.encode())).article
    assert story is not None
    assert story.authors == tuple(names)


SITE = '<meta property="og:site_name" content="Tide Desk">'


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Tide Desk"}, ["Tide Desk"]),
        ({"@type": "Organization", "name": "Tide Desk"}, ["Tide Desk"]),
        (
            [{"@type": "Person", "name": "Nora Lind"}, {"@type": "Organization", "name": "AFP"}],
            None,
        ),
        ([{"name": "Nora Lind"}, {"@type": "Organization", "name": "Tide Desk"}], ["Nora Lind"]),
    ],
)
def test_an_outlet_signs_where_no_person_does_and_an_agency_beside_them(
    author: object, names: list[str] | None
) -> None:
    wanted = ("Nora Lind", "AFP") if names is None else tuple(names)
    assert article("", SITE + jsonld(author)).authors == wanted


def test_a_person_who_is_shown_goes_before_the_outlet_in_the_data() -> None:
    author = {"@type": "Person", "name": "Tide Desk"}
    assert article("<p>By Nora Lind</p>", SITE + jsonld(author)).authors == ("Nora Lind",)


def test_a_meta_element_of_that_name_states_the_author() -> None:
    assert article("", '<meta name="articleAuthor" content="Nora Lind">').authors == ("Nora Lind",)


def test_a_headline_in_a_table_has_its_byline_there() -> None:
    head = f"<font size=5><b>{TITLE}</b></font><br><font>by Nora Lind<br>March 12, 2025</font>"
    page = f"<title>{TITLE}</title><body><table><tr><td>{head}<tr><td>{TEXT}</table>"
    story = normalise(read_page("a.html", page.encode())).article
    assert story is not None
    assert story.published is not None
    assert (story.authors, story.published.iso) == (("Nora Lind",), "2025-03-12")


@pytest.mark.parametrize(
    "header",
    [
        "<div>Nora Lind in Sandvik and Ada Borg in Eastport</div>",
        "<div>Nora Lind, Ada Borg aus Linz</div><div>3. Februar 2025, 10:04</div>",
        "<p>Nora Lind / Ada Borg</p><p>Linz - 03/02/2025 - 10:04</p>",
        '<div class="muhabir">Nora Lind ve Ada Borg / LİNZ</div>',
    ],
)
def test_a_line_of_names_is_a_byline_if_it_has_their_places_or_a_date_below_it(header: str) -> None:
    story = article(header)
    assert (story.authors, story.paragraphs[0]) == (("Nora Lind", "Ada Borg"), FIRST)


@pytest.mark.parametrize("line", ["Nora Lind and Ada Borg in Sandvik", "North Quay / South Quay"])
def test_a_line_of_names_alone_is_nobody_s(line: str) -> None:
    assert article(f"<div>{line}</div>").authors == ()


def test_a_desk_that_signs_right_below_the_headline_is_no_text() -> None:
    story = article("<p>Haber Merkezi</p><p>3 Şubat 2025</p>", lang="tr")
    assert (story.authors, story.paragraphs[0]) == ((), FIRST)


def test_what_is_bold_at_the_end_of_a_standfirst_may_be_the_byline() -> None:
    story = article(
        "<p>The keeper has a lamp. <b>Interview by Nora Lind; portraits by A. B.</b></p>"
    )
    assert story.authors == ("Nora Lind",)
    assert story.paragraphs[0].startswith("The keeper has a lamp.")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ada Borg and Nora Lind", ("Ada Borg", "Nora Lind")),
        ('<a rel="author" href="/n">Nora Lind</a>, <a rel="author" href="/a">Ada Borg</a>', None),
        ("By Ada Borg", ("Nora Lind",)),
        ("By Nora Lind with Reuters", ("Nora Lind",)),
    ],
)
def test_a_byline_that_names_the_stated_author_and_others_is_believed(
    byline: str, names: tuple[str, ...] | None
) -> None:
    story = article(f'<p class="byline">{byline}</p>', jsonld({"name": "Nora Lind"}))
    assert story.authors == (names or ("Nora Lind", "Ada Borg"))


@pytest.mark.parametrize("name", ["Nora Lind Tide Desk", "Nora Lind, Tide Desk", "Tide Desk"])
def test_the_name_of_the_site_is_no_part_of_an_authors(name: str) -> None:
    stated = f'<meta name="author" content="{name}">'
    assert article("", SITE + stated).authors == (("Nora Lind",) if "Nora" in name else ())


def test_a_name_in_data_may_be_a_list_of_one() -> None:
    assert article("", jsonld({"@type": "Person", "name": ["Nora Lind"]})).authors == ("Nora Lind",)


def test_author_and_date_in_a_box_of_any_name_are_the_headers_if_they_are_called_so() -> None:
    rows = (
        "<li itemprop=author><a href='/writers/nora/'><span>Nora Lind</span></a></li>"
        "<li itemprop=datePublished><a href='/2026/01/09/'><time>January 9, 2026</time></a></li>"
    )
    story = article(f"<div class='box-widget'><ul>{rows}</ul></div>")
    assert (story.authors, story.published and story.published.iso) == (
        ("Nora Lind",),
        "2026-01-09",
    )


def test_author_and_date_of_another_article_in_a_box_are_not_the_headers() -> None:
    card = (
        "<span itemprop=author>Ada Borg</span><time itemprop=datePublished>January 2, 2026</time>"
    )
    box = f"<div class='box-widget'><div itemscope>{card}</div></div>"
    assert article(box).authors == ()


@pytest.mark.parametrize(
    ("lang", "line", "names"),
    [
        ("en", "Story and photos by Nora Lind", ("Nora Lind",)),
        ("en", "Words and pictures: Nora Lind", ("Nora Lind",)),
        ("de", "Text und Fotos: Nora Lind", ("Nora Lind",)),
        ("fi", "Teksti Liisa Korhonen, kuvat Antti Salo", ("Liisa Korhonen",)),
        ("en", "Words: Nora Lind. Pictures: Ada Borg", ("Nora Lind",)),
        ("fr", "Texte : Nora Lind — Photos : Ada Borg", ("Nora Lind",)),
        ("nl", "Tekst: Nora Lind | Beeld: Ada Borg", ("Nora Lind",)),
        ("ar", "سلمى البلوشي، عمر ناصر", ("سلمى البلوشي", "عمر ناصر")),
        ("ja", "記者 小林 春香", ("小林 春香",)),
        ("zh", "记者 王伟 李明", ("王伟", "李明")),
        ("en", "By University of Eastport", ()),
        ("en", "By Eastport Rowing Club", ()),
        ("en", "Eastport, Monday", ()),
    ],
)
def test_a_byline_names_who_wrote_and_nobody_else(
    lang: str, line: str, names: tuple[str, ...]
) -> None:
    story = article(f"<p class=byline>{line}</p>", lang=lang)
    assert (story.authors, story.paragraphs[0]) == (names, FIRST)


def test_two_single_words_after_by_are_no_people() -> None:
    assert article("<p>By Train and Bus</p>").authors == ()
