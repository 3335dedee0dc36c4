"""Where most pages go a shorter way, it leads to the same place as the long one."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urljoin

from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Line
from feeds.normalise import headings, rows, words
from feeds.normalise.plain import headline
from feeds.readers import _ending, filetypes, keeping_back
from feeds.text import characters, urls
from feeds.text.dates import find

TITLES = st.text(alphabet="aAßsSİiıI \t\u2003é")


@given(st.text())
def test_nothing_is_taken_out_of_a_plain_text(text: str) -> None:
    if characters.is_plain(text):
        assert characters.visible(characters.allowed(text)) == text
        assert characters.forbidden(text) == (0, -1)
        lines = text.replace("\r", "\n").split("\n")
        assert all("  " in line or " ".join(line.split()) == line.strip() for line in lines)


@given(st.text(alphabet="ab.:/ ").filter(lambda path: not path.endswith(("/", "/."))))
def test_the_ending_of_a_path_is_pathlibs(path: str) -> None:
    assert _ending(path.upper()) == PurePosixPath(path).suffix


@given(
    st.sampled_from(["https://desk.test", "http://Desk.test:81/a/b/", "https://desk.test?a=/b"]),
    st.text(alphabet="/a~_-.").map(lambda path: f"/{path}"),
)
def test_a_plain_path_is_joined_as_any_address_is(base: str, path: str) -> None:
    assert urls.absolute(base, path) == urls.checked(urljoin(base, path))


def test_each_signature_is_one_group() -> None:
    assert filetypes._BINARY.groups == len(filetypes._SIGNATURES)


@given(TITLES, TITLES)
def test_headlines_are_the_same_but_for_case_and_blanks(text: str, title: str) -> None:
    folded = [" ".join(each.split()).casefold() for each in (text, title)]
    assert headline.is_same_headline(text, title) == (folded[0] == folded[1])


@given(st.integers(1, 40), st.sampled_from(["Jan", "May.", "sept", "Xyz"]), st.integers(0, 9999))
def test_a_plain_date_makes_the_row_that_the_search_makes(day: int, month: str, year: int) -> None:
    for text in (f"{day:02}.{month}.{year:04}", f"{day}.{day}.{year:04}, 10:30"):
        made = rows.row_of(Line(3, text))
        found = rows.row_with(3, text, stamp=find.find_stamp(text))
        assert (made.stamp, made.heading) == (found.stamp, found.heading)
        assert (made.is_date, made.is_full_date) == (found.is_date, found.is_full_date)


@given(st.from_regex(headings._HEADING._written, fullmatch=True))
def test_no_heading_is_passed_over_for_its_first_letters(text: str) -> None:
    for written in (text, text.upper(), text.replace("i", "İ"), text.replace("i", "ı")):
        assert not text[0].isalnum() or written[:2].lower() in headings._STARTS


@given(st.text(alphabet="aÇ5”'!?.…।)»]| \"", max_size=12))
def test_a_lines_last_letter_tells_how_a_sentence_ends(text: str) -> None:
    assert rows.Row(1, text).is_sentence == bool(rows._SENTENCE_END.search(text[-8:]))
    assert rows.Row(1, text).is_statement == bool(rows._FULL_STOP.search(text[-8:]))


@given(st.text(alphabet="aBÇ»”)5 "), st.sampled_from(["Sport", "SPORT", "Güncel", "sport", ""]))
def test_no_section_is_behind_a_plain_last_word(text: str, section: str) -> None:
    whole = text + section
    match = words._SECTION_BEHIND.search(whole[-24:])
    if match and words.is_section(match[1] or match[2]):
        assert words.without_sections(whole) == whole[: -len(match[1] or match[2])]


@given(
    st.text(alphabet='-–*# \t"«eE', max_size=6),
    st.sampled_from(["Embargo: 9", "ſtatus: draft", "Not for use", "Под эмбарго: 9"]),
)
def test_what_keeps_a_page_back_is_seen_whatever_mark_is_before_it(mark: str, text: str) -> None:
    line = mark + text
    assert keeping_back.find_line(line) == keeping_back._told(line)
