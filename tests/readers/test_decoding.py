"""Which encoding bytes are in, and what is said of it."""

from __future__ import annotations

import codecs
from collections import Counter

import pytest

from feeds.readers import alphabets, decoding
from feeds.readers.decoding import decoded
from tests.benchmarks.encoded_texts import TEXTS, Text
from tests.benchmarks.encodings import pieces

RUSSIAN = "Маяк на молу светит снова.\nСмотритель зажёг лампу в четверг.\n"
AZERBAIJANI = "Gecə bazarı açıldı\nŞənbə günü körpüdə çıraqlar yandı.\n"


@pytest.mark.parametrize("text", [RUSSIAN, AZERBAIJANI, "Quay opens\nat nine", "ساعات\nقليلة مضت"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_needs_no_mark(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == (encoding, text, "")


@pytest.mark.parametrize(
    "text",
    ["a\x00b cdef ghijk" * 9, "lamp\x00s and ropes\n" * 9, "\x00" * 60, "\x01\x00\x02\x00" * 9],
)
def test_zero_bytes_alone_are_no_utf_16(text: str) -> None:
    assert decoded(text.encode()).encoding == "utf-8"


@pytest.mark.parametrize("declared", ["windows-1251", "iso-8859-1", "utf-16", "shift_jis"])
def test_what_is_valid_utf_8_is_utf_8_whatever_it_declares(declared: str) -> None:
    assert decoded(RUSSIAN.encode(), declared) == ("utf-8", RUSSIAN, "")


def test_damage_that_utf_8_was_made_with_makes_it_no_other_encoding() -> None:
    text = "The men \ufffd who carried it had left by the evening ferry."
    assert decoded(text.encode()) == decoding.Decoded("utf-8", text)
    assert decoded(text.encode(), "utf-8") == decoding.Decoded("utf-8", text)


@pytest.mark.parametrize(
    "data",
    [
        RUSSIAN.encode().replace("зажёг".encode(), "заж".encode() + b"\xd1 " + "г".encode()),
        RUSSIAN.encode()[:-3],
        RUSSIAN.encode()[1:],
        "The café by the quay and the caf".encode() + b"\xc3",
    ],
)
@pytest.mark.parametrize("declared", ["", "windows-1251"])
def test_what_is_nearly_utf_8_is_utf_8_with_damage(data: bytes, declared: str) -> None:
    found = decoded(data, declared)
    assert (found.encoding, found.doubt) == ("utf-8", "")
    assert found.text.count("\ufffd") == 1


@pytest.mark.parametrize(
    ("declared", "codec", "name"),
    [
        ("windows-1251", "cp1251", "windows-1251"),
        ("CP1251", "cp1251", "windows-1251"),
        (" x-cp1251 ", "cp1251", "windows-1251"),
        ("koi8-r", "koi8-r", "koi8-r"),
        ("iso-8859-5", "iso8859-5", "iso-8859-5"),
        ("cp866", "cp866", "ibm866"),
    ],
)
def test_a_declaration_is_believed_if_the_bytes_allow_it(
    declared: str, codec: str, name: str
) -> None:
    assert decoded(RUSSIAN.encode(codec), declared) == (name, RUSSIAN, "")


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("iso-8859-1", "windows-1252"),
        ("us-ascii", "windows-1252"),
        ("latin1", "windows-1252"),
        ("iso-8859-9", "windows-1254"),
    ],
)
def test_a_declaration_means_what_it_means_to_a_browser(declared: str, name: str) -> None:
    found = decoded(b"The keeper\x92s lamp", declared)
    assert (found.encoding, found.text) == (name, "The keeper’s lamp")


def test_japanese_mail_encoding_is_known_by_its_escapes_and_declaration() -> None:
    text = "灯台が光る"
    found = decoded(text.encode("iso2022_jp"), "iso-2022-jp")
    assert (found.encoding, found.text) == ("iso-2022-jp", text)


@pytest.mark.parametrize(
    "declared",
    ["base64", "rot13", "idna", "unicode_escape", "klingon", "../x", "ü", "\x00", "mbcs"],
)
def test_a_declaration_that_no_browser_knows_is_ignored_with_a_note(declared: str) -> None:
    found = decoded(RUSSIAN.encode("cp1251"), declared)
    assert (found.encoding, found.text) == ("windows-1251", RUSSIAN)
    assert "is unknown, taken for windows-1251" in found.doubt


@pytest.mark.parametrize("declared", ["utf-8", "euc-jp"])
def test_a_declaration_that_the_bytes_refute_is_ignored_with_a_note(declared: str) -> None:
    found = decoded(RUSSIAN.encode("cp1251"), declared)
    assert (found.encoding, found.text) == ("windows-1251", RUSSIAN)
    assert declared.upper() in found.doubt.upper()


@pytest.mark.parametrize(
    ("start", "label"),
    [
        ('<meta charset="windows-1251">', "windows-1251"),
        ("<META CHARSET=koi8-r />", "koi8-r"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1254">',
            "windows-1254",
        ),
        ('<?xml version="1.0" encoding="iso-8859-2"?>', "iso-8859-2"),
        ('<!-- <meta charset="koi8-r"> --><meta charset="utf-8">', "utf-8"),
        ("<!-- <meta charset=koi8-r>", ""),
        ("<p>charset=koi8-r</p>", ""),
        ("", ""),
    ],
)
def test_html_and_xml_declare_their_encoding_at_the_start(start: str, label: str) -> None:
    assert decoding.declaration(b"<!doctype html>" * (start[:2] != "<?") + start.encode()) == label


WHOLE = [
    pytest.param(text, encoding, id=f"{text.language} {encoding}")
    for text in TEXTS
    for encoding in text.encodings
]


@pytest.mark.parametrize(("text", "encoding"), WHOLE)
def test_news_of_two_hundred_bytes_needs_no_declaration(text: Text, encoding: str) -> None:
    for data in pieces(text, encoding, 200):
        found = decoded(data)
        assert found.text == data.decode(decoding.CODECS[encoding])
        assert found.doubt.startswith("no encoding is declared, taken for ")


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        ("Café on the quay", "cp1252", "windows-1252"),
        ("Заголовок страницы", "cp1251", "windows-1251"),
        ("Надпись 5 °C «а» № 5", "cp1251", "windows-1251"),
        ("Iran’s “quay”", "cp1252", "windows-1252"),
    ],
)
def test_a_few_letters_can_be_enough(text: str, codec: str, name: str) -> None:
    found = decoded(text.encode(codec))
    assert (found.encoding, found.text) == (name, text)


def test_a_rival_is_named_where_the_letters_are_too_few() -> None:
    assert "though windows-" in decoded(b"x \xf0 y").doubt


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, bytes(range(128, 256))])
def test_bytes_that_no_language_writes_are_left_damaged(data: bytes) -> None:
    found = decoded(data)
    assert (found.encoding, found.doubt) == ("utf-8", "")
    assert "\ufffd" in found.text


def test_the_guess_looks_at_no_more_of_a_long_page_than_of_a_short_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[int] = []
    cheapest = alphabets.cheapest

    def counting(text: str, limit: float) -> alphabets.Reading:
        seen.append(len(text))
        return cheapest(text, limit)

    monkeypatch.setattr(alphabets, "cheapest", counting)
    short, long = (RUSSIAN.encode("cp1251") * times for times in (400, 40_000))
    assert decoded(short).encoding == decoded(long).encoding == "windows-1251"
    assert sum(seen) <= 2 * len(decoding.CODECS) * 13_000
    assert Counter(seen).most_common(1)[0][1] > len(decoding.CODECS)


def test_letters_far_from_the_start_are_found() -> None:
    data = b"Plain words of English news. " * 9000 + RUSSIAN.encode("cp1251")
    assert decoded(data).text.endswith(RUSSIAN)


@pytest.mark.parametrize("codec", decoding.CODECS.values())
def test_every_codec_is_one_that_python_has(codec: str) -> None:
    assert codecs.lookup(codec)
