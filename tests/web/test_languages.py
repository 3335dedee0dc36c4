"""The pages in the languages of sites and stories."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from feeds.web import i18n
from tests.newsrooms import PROJECT, SITE, TestNewsroom
from tests.web.asking import in_process
from tests.web.test_pages import page

WEB = PROJECT / "feeds" / "web"
ROOMS = (WEB, PROJECT / "feeds" / "desk")
"""Where there are texts for people who choose no language."""
TRANSLATED = [language for language in i18n.INTERFACES if language != "en"]
STORY = """\
---
title: {title}
date: 2026-01-09
language: {language}
---
{text}
"""


def messages(room: Path) -> Iterator[str]:
    """The texts that the pages of ``room`` have."""
    methods = [("**.py", "python"), ("templates/**", "jinja2")]
    options = {"templates/**": {"trimmed": "true"}}
    for _, _, message, _, _ in extract_from_dir(room, methods, options):
        yield message[0] if isinstance(message, tuple) else message


def catalogue(room: Path, language: str) -> Catalog:
    path = room / "translations" / language / "LC_MESSAGES" / "messages.po"
    return read_po(BytesIO(path.read_bytes()), locale=language)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
@pytest.mark.parametrize("language", TRANSLATED)
def test_each_text_of_the_pages_is_translated_and_nothing_else(room: Path, language: str) -> None:
    found = catalogue(room, language)
    ids = {message.id[0] if isinstance(message.id, tuple) else message.id for message in found}
    assert ids - {""} == set(messages(room))
    for message in found:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(texts)
        assert not list(message.check())


def _joined(text: object) -> str:
    return " | ".join(text) if isinstance(text, list | tuple) else str(text)


def _texts(found: Catalog) -> list[tuple[str, str]]:
    """What is said and how it is translated, plurals in full."""
    return sorted(
        (_joined(each), _joined(message.string))
        for message in found
        for each in [message.id]
        if each
    )


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_texts_are_those_that_were_written(room: Path, language: str) -> None:
    path = room / "translations" / language / "LC_MESSAGES" / "messages.mo"
    compiled = read_mo(BytesIO(path.read_bytes()))
    written = catalogue(room, language)
    assert _texts(compiled) == _texts(written), "make translations"


@pytest.mark.parametrize(
    ("language", "said", "day"),
    [
        ("en", "In a feed reader, new stories", "9 January 2026"),
        ("az", "Lent oxuyucusunda yeni xəbərlər", "9 yanvar 2026"),
        ("ru", "В программе для чтения лент", "9 января 2026 г."),
        ("en-US", "In a feed reader, new stories", "January 9, 2026"),
        ("de", "In a feed reader, new stories", "9. Januar 2026"),
    ],
)
def test_the_index_speaks_the_language_of_the_site(
    newsroom: TestNewsroom, language: str, said: str, day: str
) -> None:
    newsroom.configure(SITE.replace('language = "en"', f'language = "{language}"'))
    newsroom.page("bell.txt")
    newsroom.publish()
    tree = page(in_process(newsroom), "/feeds/")
    assert tree.get("lang") == language
    assert said in tree.text_content()
    assert " ".join(day.split()) in " ".join(tree.text_content().split())


def test_what_is_said_in_another_language_than_the_site_says_so(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace('language = "en"', 'language = "ar"'))
    newsroom.page("bell.txt")
    newsroom.publish()
    tree = page(in_process(newsroom), "/feeds/")
    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    (skip,) = tree.xpath("//a[@class='skip']")
    assert (skip.get("lang"), skip.get("dir")) == ("en", "ltr")


@pytest.mark.parametrize(
    ("language", "direction"), [("az", "ltr"), ("fa", "rtl"), ("he", "rtl"), ("ru", "ltr")]
)
def test_a_story_is_in_its_own_language_and_direction(
    newsroom: TestNewsroom, language: str, direction: str
) -> None:
    newsroom.page("a.md", STORY.format(title="Yol", language=language, text="Yol açıldı."))
    newsroom.publish()
    (entry,) = newsroom.entries()
    tree = page(in_process(newsroom), f"/feeds/stories/{entry.hash}")
    assert (tree.get("lang"), tree.get("dir")) == (language, direction)
    assert tree.xpath("//article/@dir") == [direction]
    (home,) = tree.xpath("//header//a[1]")
    assert home.get("lang") == "en"
    assert tree.xpath("//article//time/text()") == ["9 January 2026"]


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("AR-eg", "rtl"),
        ("ar-Latn", "ltr"),
        ("az-Arab", "rtl"),
        ("az-Latn-AZ", "ltr"),
        ("azb", "rtl"),
        ("arz", "rtl"),
        ("ku", "ltr"),
        ("ku-Arab", "rtl"),
        ("pa-PK", "rtl"),
        ("yi", "rtl"),
        ("zh-Hant-TW", "ltr"),
        ("x-ours", "ltr"),
    ],
)
def test_a_language_is_written_as_its_script_is(language: str, direction: str) -> None:
    assert i18n.direction(language) == direction


def test_a_headline_whose_language_nobody_states_goes_its_own_way(newsroom: TestNewsroom) -> None:
    newsroom.page(
        "a.md", "---\ntitle: جسر المدينة\ndate: 2026-01-09\n---\nفتح الجسر يوم الاثنين.\n"
    )
    newsroom.publish()
    for path in ("/feeds/", "/feeds/latest"):
        (link,) = page(in_process(newsroom), path).xpath("//ul[@class='stories']//a | //ol//a")
        assert (link.get("dir"), link.get("lang")) == ("auto", None)


def test_every_interface_language_is_one_of_a_catalogue() -> None:
    there = {path.name for path in Path(WEB, "translations").iterdir()}
    assert there == set(TRANSLATED)


@pytest.mark.parametrize(
    ("language", "territorial"),
    [
        ("en", "en_US"),
        ("en-GB", "en_GB"),
        ("az", "az_AZ"),
        ("ru", "ru_RU"),
        ("zh-Hant", "zh_TW"),
        ("sr-Latn-RS", "sr_RS"),
        ("fil", "fil_PH"),
        ("xx", ""),
    ],
)
def test_a_language_is_told_to_social_networks_with_its_territory(
    language: str, territorial: str
) -> None:
    assert i18n.territorial(language) == territorial
