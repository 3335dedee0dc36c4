"""Which lines say that a page's text is for those who pay, and which only invite to."""

from __future__ import annotations

import pytest

from feeds.model import Reading
from feeds.normalise import normalise
from feeds.readers import read_page

TEXT = (
    "The lamp on the old pier was lit again on Monday, after forty dark years.",
    "Nobody had ordered it, and nobody has asked who pays for the oil, so far.",
)
PROSE = "".join(f"<p>{words}</p>" for words in TEXT)


def read(below: str) -> Reading:
    page = f"<article><h1>Old lamp is lit</h1>{PROSE}{below}</article>"
    return normalise(read_page("page.html", f"<body>{page}</body>".encode()))


@pytest.mark.parametrize(
    "words",
    [
        "This article is for subscribers only.",
        "This content is only available to paying members.",
        "Subscribe to continue reading",
        "Article réservé aux abonnés",
        "Il vous reste 60 % de cet article à lire.",
        "Dieser Artikel ist nur für Abonnenten.",
        "Weiterlesen mit N+",
        "Contenido exclusivo para suscriptores",
        "Artigo exclusivo para assinantes",
        "Questo articolo è riservato agli abbonati",
        "Dit artikel is alleen voor abonnees",
        "Artikeln är endast för prenumeranter",
        "Dalsza część artykułu jest dostępna tylko dla subskrybentów",
        "Tento článek je určen pouze předplatitelům",
        "Verder lezen? Word abonnee",
        "Already a subscriber? Log in to read the full story",
        "Denne saken er kun for abonnenter",
        "Artykuł dostępny tylko dla prenumeratorów",
        "Этот материал доступен только подписчикам",
        "Haberin devamını okumak için abone olun",
        "この記事は有料会員記事です。残り520文字",
        "هذا المقال متاح فقط للمشتركين",
    ],
)
def test_a_line_that_the_text_is_for_those_who_pay_makes_the_page_paid(words: str) -> None:
    reading = read(f"<p>{words}</p><p><a href='/abo'>OK</a></p>")
    assert reading.article is not None
    assert reading.article.access == "paid"
    assert reading.article.paragraphs == TEXT
    assert words in {item.text for item in reading.dropped}


@pytest.mark.parametrize(
    "below",
    [
        "<p>Subscribe to our newsletter.</p>",
        "<p>Already a subscriber? <a href='/in'>Log in</a></p>",
        "<p>Since March the ferry's paper is for subscribers only, and few have missed it.</p>",
        "<ul><li><p>Article réservé aux abonnés</p>"
        "<a href='/a'>Pourquoi la cloche sonne encore</a></li></ul>",
        "<div class=comments><p>Comments</p><p>This content is for members only.</p></div>",
    ],
)
def test_what_invites_or_is_about_another_page_leaves_it_free(below: str) -> None:
    article = read(below).article
    assert article is not None
    assert article.access == "free"
