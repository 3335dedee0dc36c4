"""Language tags: what pages get wrong, and what is right although it looks wrong."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from feeds.text import languages
from tests.newsrooms import PROJECT


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        *(("ua", "uk"), ("cz", "cs"), ("jp", "ja"), ("cn", "zh"), ("gr", "el"), ("dk", "da")),
        *(("iw", "he"), ("in", "id"), ("ji", "yi"), ("jw", "jv"), ("mo", "ro")),
        *(("eng", "en"), ("ger", "de"), ("fre", "fr"), ("arb", "ar")),
        *(("UA", "uk"), ("ua-UA", "uk-UA"), ("jp_JP", "ja-JP"), (" az ", "az"), ("EN-us", "en-US")),
        *(
            ("pt_BR", "pt-BR"),
            ("zh-cn", "zh-CN"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
        ),
        *(("en-UK", "en-GB"), ("en_US.UTF-8", "en-US"), ("sr_RS@latin", "sr-RS")),
        *(("sr-latn", "sr-Latn"), ("az-Cyrl-AZ", "az-Cyrl-AZ"), ("ca-valencia", "ca-valencia")),
        *(
            ("de-1996", "de-1996"),
            ("zh-yue", "zh-yue"),
            ("zh-min-nan", "nan"),
            ("i-klingon", "tlh"),
        ),
        *(
            ("en-x-private", "en"),
            ("th-u-ca-buddhist", "th"),
            ("en-XX", "en"),
            ("en-english", "en"),
        ),
    ],
)
def test_a_tag_is_written_as_everybody_means_it(written: str, tag: str) -> None:
    assert languages.read_language(written) == tag


@pytest.mark.parametrize(
    "tag", "se be sl et ar kk am br ch kr si ee no nb nn sh tl fil tw ku gsw yue haw ckb".split()
)
def test_a_language_keeps_its_code_though_a_country_has_the_same(tag: str) -> None:
    assert languages.read_language(tag) == tag


@pytest.mark.parametrize("tag", ["", " ", "und", "mul", "zxx", "x-default", "UND"])
def test_a_tag_that_says_that_there_is_no_one_language_is_none(tag: str) -> None:
    assert languages.read_language(tag) == ""
    assert languages.known_language(tag) is None


@pytest.mark.parametrize(
    "tag",
    ["zz", "xx", "qaa", "english", "en,", "en ru", "12", "e", "i-unheard-of", "x-y", "eñ", "ＥＮ"],
)
def test_a_tag_of_no_language_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="expected a language tag"):
        languages.read_language(tag)


@given(
    st.one_of(st.text(), st.from_regex(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,4}", fullmatch=True))
)
def test_whatever_is_written_gives_a_tag_or_is_refused(written: str) -> None:
    tag = languages.known_language(written)
    if tag is not None:
        assert re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag)
        assert languages.read_language(tag) == tag
        assert tag.partition("-")[0] in Locale("en").languages


def test_other_spellings_of_a_language_are_known_from_its_tag() -> None:
    assert set(languages.spellings("uk")) == {"uk", "ua", "ukr"}
    assert "ua-UA" in languages.spellings("uk-UA")


def test_the_table_is_what_make_names_writes() -> None:
    command = [sys.executable, "-m", "tests.text.make_languages"]
    made = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)
    assert made.stdout == (PROJECT / "feeds/text/languages.json").read_bytes(), "make names"
