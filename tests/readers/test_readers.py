"""Bytes to pages: encodings, line ends, what is cleaned, and what is no page."""

from __future__ import annotations

import codecs

import pytest

from feeds import readers
from feeds.model import Page
from feeds.model.errors import PageError


def page(data: bytes | str, path: str = "a.txt") -> Page:
    return readers.read_page(path, data.encode() if isinstance(data, str) else data)


def texts(data: bytes | str) -> list[str]:
    return [line.text for line in page(data).lines]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_says_the_encoding_and_is_no_text(mark: bytes, encoding: str) -> None:
    found = page(mark + "Əsas xəbər 🛳\nMətn".encode(encoding))
    assert found.encoding == encoding
    assert [line.text for line in found.lines] == ["Əsas xəbər 🛳", "Mətn"]
    assert found.findings == ()


RARE_ENDS = ["\x85", "\u2028", "\u2029", "\v", "\f"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", *RARE_ENDS])
def test_every_line_end_ends_a_line(end: str) -> None:
    found = page(f"one{end}{end}three")
    assert [(line.number, line.text) for line in found.lines] == [(1, "one"), (2, ""), (3, "three")]
    assert found.findings == ()


@pytest.mark.parametrize("end", [*RARE_ENDS, "\x1c", "\x1d", "\x1e"])
def test_lines_are_counted_as_an_editor_counts_them(end: str) -> None:
    found = page(f"one{end}more\nlast")
    assert [(line.number, line.text) for line in found.lines] == [(1, "one more"), (2, "last")]
    assert found.findings == ()


def test_line_ends_may_be_mixed_and_the_last_one_begins_an_empty_line() -> None:
    assert texts("one\r\ntwo\rthree\n\rfive\n") == ["one", "two", "three", "", "five", ""]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\u00a0b", "a b"),
        ("a \u00a0\t\u2009 b", "a b"),
        ("\u3000a\u202f", "a"),
        ("  a  ", "a"),
        ("co\u00adoperate", "cooperate"),
        ("a\u200bb\ufeffc\u2060d", "abcd"),
        ("\u202eright to left\u202c", "right to left"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # in Persian the joiner is spelling
        ("क्\u200dष", "क्\u200dष"),  # and in Hindi
        ("la\u200cmp\u200ds", "lamps"),
        ("\u200dlamp \u200d", "lamp"),
        ("\u200eנמל\u200f 5\u061c", "נמל 5"),
        ("\u2068a\u2069 \ufff9b\ufffb", "a b"),
        ("a\U000e0041\U000e007fb", "ab"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("16 July 2024,\u2009\u200a\u202f07:04", "16 July 2024, 07:04"),
        ("\ue000 kept", "\ue000 kept"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_blanks_are_one_blank_and_invisible_characters_are_gone(raw: str, clean: str) -> None:
    found = page(f"{raw}\nText")
    assert found.lines[0].text == clean
    assert found.findings == ()


@pytest.mark.parametrize(
    "character", ["\x00", "\x08", "\x1b", "\x1f", "\x7f", "\x9f", "\ufdd0", "\ufffe"]
)
def test_a_control_character_is_removed_and_reported_once_with_its_line(character: str) -> None:
    found = page(f"Headline of the page\nlamp{character}s\nbell{character}s and ropes")
    assert [line.text for line in found.lines[1:]] == ["lamps", "bells and ropes"]
    assert [(finding.what, finding.line) for finding in found.findings] == [
        ("control characters, removed", 2)
    ]


@pytest.mark.parametrize(
    "sequence", ["\x1b[0m", "\x1b[1;31m", "\x1b[2K", "\x1b]0;title\x07", "\x1b]8;;x\x1b\\", "\x1b"]
)
def test_an_escape_sequence_of_a_terminal_is_removed_as_a_whole(sequence: str) -> None:
    found = page(f"Headline of the page\nlamp{sequence}s and ropes")
    assert found.lines[1].text == "lamps and ropes"
    assert [finding.line for finding in found.findings] == [2]


def test_an_escape_sequence_without_an_end_takes_no_text_with_it() -> None:
    assert texts("Headline\n\x1b]0;lamps\nand ropes") == ["Headline", "]0;lamps", "and ropes"]


def test_an_encoding_that_nobody_declares_is_told_and_said_to_be_a_guess() -> None:
    found = page("Маяк на молу светит снова.\nСмотритель зажёг лампу.".encode("cp1251"))
    assert found.encoding == "windows-1251"
    assert found.lines[0].text == "Маяк на молу светит снова."
    (finding,) = found.findings
    assert finding.what == "no encoding is declared, taken for windows-1251"
    assert (finding.line, finding.remedy, finding.weight) == (0, "save the page as UTF-8", "doubt")


def test_bytes_that_do_not_decode_are_shown_and_reported_with_their_line() -> None:
    found = page("Əsas xəbər\nCaf".encode() + b"\xe9 at the quay\nA last line")
    assert found.lines[1].text == "Caf\ufffd at the quay"
    (finding,) = found.findings
    assert (finding.line, finding.remedy) == (2, "save the page as UTF-8")
    assert "UTF-8" in finding.what


def test_no_word_is_guessed_from_a_wrong_decoding() -> None:
    assert texts("CafÃ© â€œquayâ€\x9d")[0].startswith("CafÃ© â€œquayâ€")


def test_half_a_character_at_the_end_of_utf_16_is_reported() -> None:
    found = page(codecs.BOM_UTF16_LE + "The whole headline".encode("utf-16-le") + b"x")
    assert found.lines[0].text == "The whole headline\ufffd"
    assert found.findings[0].line == 1


@pytest.mark.parametrize(
    "text",
    [
        "<b>Bold</b>",
        "a <br/> b",
        "<a href='https://x.example/'>x</a>",
        "]]>",
        "<![CDATA[x]]>",
    ],
)
def test_markup_is_kept_as_characters_and_reported(text: str) -> None:
    found = page(f"Headline\n{text}\n{text}")
    assert found.lines[1].text == text
    assert [finding.line for finding in found.findings] == [2]
    assert "markup" in found.findings[0].what


@pytest.mark.parametrize("text", ["3 < 4 and 5 > 4", "I <3 quays", "a<b", "x -> y", "<>", "< b >"])
def test_a_sign_that_is_no_markup_is_not_reported(text: str) -> None:
    assert page(text).findings == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b" \t \xc2\xa0\n",
        codecs.BOM_UTF8,
        codecs.BOM_UTF16_BE,
        "\u200b\u00ad\n\ufeff".encode(),
    ],
)
def test_a_page_without_text_is_refused_as_empty(data: bytes) -> None:
    with pytest.raises(PageError, match=r"^desk/a\.txt: the page is empty; ") as caught:
        page(data, "desk/a.txt")
    assert caught.value.problem.file == "desk/a.txt"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)),
        b"\x00" * 100,
        b"\xff\xfe" + b"\x00\xd8" * 20,
    ],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(PageError, match="binary data, or text in an encoding"):
        page(data)


@pytest.mark.parametrize("path", ["a.pages", "a.TXT.bak", "a.odt", "a", ".txt", "txt"])
def test_a_file_that_no_reader_takes_is_refused_with_what_one_takes(path: str) -> None:
    with pytest.raises(PageError, match=r"no reader .*\.txt"):
        page("text", path)


@pytest.mark.parametrize("path", ["a.txt", "A.TXT", "desk/2026.01.a.Txt"])
def test_the_ending_of_a_name_chooses_the_reader_whatever_its_case(path: str) -> None:
    assert page("text", path).path == path


def test_a_page_may_be_as_large_as_the_limit_and_no_larger() -> None:
    full = b"a" * readers.MAX_PAGE_BYTES
    assert len(page(full).lines[0].text) == readers.MAX_PAGE_BYTES
    with pytest.raises(PageError, match=r"^a\.txt: 16,777,217 bytes are more than"):
        page(full + b"a")


@pytest.mark.parametrize("piece", ["[", "![", "*a", "_a_ ", "`a` ", "<a>", "&amp; ", "\\"])
def test_a_markdown_page_of_nothing_but_marks_is_refused_unparsed(piece: str) -> None:
    with pytest.raises(PageError, match=r"marks of Markdown .* are more than"):
        readers.read_page("a.md", f"# Bell\n\n{piece * 30_000}".encode())


@pytest.mark.parametrize("line", ["- a\n", "a\n\n", "# a\n", "> a\n"])
def test_a_markdown_page_of_tens_of_thousands_of_lines_is_refused_unparsed(line: str) -> None:
    with pytest.raises(PageError, match="lines are more than a Markdown page may have"):
        readers.read_page("a.md", f"# Bell\n\n{line * 12_000}".encode())
