"""Language codes that pages get wrong, from page to document, and in ledgers of before."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from feeds.text import languages
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds, said

LATER = NOW + timedelta(hours=1)
TEXT = "Дзвін знову висить у своїй вежі, сказали в порту, і ніхто на набережній не сумнівався.\n"


def page(code: str, title: str = "Дзвін знову висить у старій вежі", more: str = "") -> str:
    return (
        f'<html lang="{code}"><head><title>{title}</title></head><body><article><h1>{title}</h1>\n'
        f'<time datetime="2026-01-09">9</time>\n<p>{TEXT}</p>\n'
        f"<p>{more or TEXT}</p></article></body></html>"
    )


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Codes are taken as they are, as they once were, until this is undone."""
    for name, known in {
        "read_language": str,
        "known_language": lambda tag: tag,
        "folded": str.lower,
        "spellings": lambda tag: (tag,),
    }.items():
        monkeypatch.setattr(languages, name, known)
    return monkeypatch


def told(newsroom: TestNewsroom, name: str = "latest") -> list[bytes]:
    return [newsroom.document(name, form).document.body for form in ("rss", "atom", "json")]


def items(newsroom: TestNewsroom, name: str) -> list[str]:
    body = newsroom.document(name, "json").document.body
    return [item["title"] for item in msgspec.json.decode(body)["items"]]


def test_a_countrys_code_is_published_as_the_language_that_is_meant(newsroom: TestNewsroom) -> None:
    newsroom.page("a.html", page("ua"))
    newsroom.publish()
    rss, atom, feed = told(newsroom)
    assert b"<dc:language>uk</dc:language>" in rss
    assert b'xml:lang="uk"' in atom
    assert b'"language": "uk"' in feed


def test_a_code_of_no_language_is_left_out_with_a_doubt_and_its_line(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("a.html", "\n\n" + page("zz"))
    newsroom.page("b.txt", f"---\nlanguage: xx\n---\nBell hangs again\n\n{TEXT}")
    newsroom.page("pages.csv", "path,language\na.html,qq\n")
    newsroom.configure(SITE + '\n[[pages]]\npath = "b.txt"\nlanguage = "yy"\n')
    newsroom.publish()
    assert {entry.language for entry in newsroom.entries()} == {None}
    lines = feeds(newsroom, "check").stdout.splitlines()
    for place in ("a.html:3: no language is called 'zz' (html lang)", "b.txt:2: language 'xx'"):
        assert any(place in line for line in lines), lines


def test_a_ledger_of_before_is_rendered_with_the_code_that_is_meant(
    newsroom: TestNewsroom, before: pytest.MonkeyPatch
) -> None:
    newsroom.page("a.html", page("ua"))
    newsroom.page("b.html", page("zz", "Bell hangs again in its old tower"))
    newsroom.publish()
    ids = {entry.id for entry in newsroom.entries()}
    assert {entry.language for entry in newsroom.entries()} == {"ua", "zz"}
    before.undo()
    before.setattr("feeds.publish.order.RENDERER_VERSION", 99)
    newsroom.page("a.html", page("ua", more="Two men carried it."), LATER)
    newsroom.page("b.html", page("en", "Bell hangs again in its old tower"), LATER)
    newsroom.publish(LATER)
    assert {entry.id for entry in newsroom.entries()} == ids
    for body in told(newsroom):
        assert b"uk" in body
        assert b'"ua"' not in body
        assert b">ua<" not in body
        assert b"zz" not in body


def test_the_same_headline_in_two_languages_does_not_come_out_anew(
    newsroom: TestNewsroom, before: pytest.MonkeyPatch
) -> None:
    title = "Марія Іваненко: Одеса, 1986"
    newsroom.page("a.html", page("ru", title))
    newsroom.publish()
    newsroom.page("b.html", page("ua", title, "Інший текст, який не схожий на перший зовсім."))
    newsroom.publish(LATER)
    ids = {entry.id for entry in newsroom.entries()}
    assert len(ids) == 2
    before.undo()
    (newsroom.root / "b.html").rename(newsroom.root / "c.html")
    newsroom.page("c.html", page("ua", title, "Інший текст, який не схожий на перший, зовсім."))
    newsroom.publish(LATER + timedelta(hours=1))
    assert {entry.id for entry in newsroom.entries()} == ids


def test_a_section_of_a_code_of_before_goes_on_and_none_of_such_a_code_begins(
    newsroom: TestNewsroom, before: pytest.MonkeyPatch
) -> None:
    newsroom.configure(
        SITE.replace('language = "en"\n', 'language = "en"\nsections = true\n')
        + '\n[[feeds]]\nname = "ukraine"\ntitle = "Ukraine"\nlanguages = ["ua"]\n'
    )
    newsroom.page("a.html", page("ua"))
    newsroom.publish()
    before.undo()
    before.setattr("feeds.publish.order.RENDERER_VERSION", 99)
    other = "Пором ходить вночі від сьогодні"
    newsroom.page("b.html", page("ua", other, "Пором вийшов о другій ночі."))
    newsroom.publish(LATER)
    for name in ("language-ua", "language-uk", "ukraine"):
        assert set(items(newsroom, name)) == {other, "Дзвін знову висить у старій вежі"}
    assert newsroom.rows("SELECT count(DISTINCT feed) FROM documents") == [(4,)]


def test_a_site_whose_language_is_none_is_published_without_and_told(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(SITE.replace('language = "en"', 'language = "zz"'))
    newsroom.page("a.html", page("ua"))
    assert said(newsroom.publish().problems) == []
    rss, atom, feed = told(newsroom)
    assert b"<language>" not in rss
    assert b"zz" not in rss + atom + feed
    shown = feeds(newsroom, "check").stdout
    assert "site.toml: language: no language is called 'zz'" in shown
