"""What was stated about a page, laid over its reading."""

from __future__ import annotations

import pytest

from feeds.model import Enclosure, Evidence, Reading, StatedDate, Statement, Story, Url
from feeds.model.errors import ConfigError
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.site import PageRule
from feeds.normalise import normalise
from feeds.normalise.statements import stated_text, with_statements
from feeds.readers import read_page
from feeds.readers.front_matter import nearest_field
from tests.normalise.reading import reading

TITLE = Evidence("a.txt", 1, "first line")
ARTICLE = Story("article", "Lamp glows", 1, paragraphs=("It glows.",), evidence={"title": TITLE})
READING = Reading("a.txt", "utf-8", 1, ARTICLE, (Story("headline", "Boat", 5),))


def say(field: str, value: str | tuple[str, ...], file: str = "a.txt") -> Statement:
    return Statement(field, value, Evidence(file, 7, f"rule: {field}"))


def article(*said: Statement) -> Story:
    found = with_statements(READING, said).article
    assert found is not None
    return found


def doubts(*said: Statement) -> list[str]:
    return [
        f"{found.file}:{found.line}: {found.what}"
        for found in with_statements(READING, said).findings
    ]


def test_without_statements_a_reading_is_as_it_was() -> None:
    assert with_statements(READING) == READING


@pytest.mark.parametrize(
    ("field", "value", "name", "becomes"),
    [
        ("title", " Lamp \n returns ", "title", "Lamp returns"),
        ("title", "Lamp\u202e\x07s", "title", "Lamps"),
        ("date", "2026-01-09", "published", StatedDate("2026-01-09", "day")),
        ("date", "09.Jan.2026", "published", StatedDate("2026-01-09", "day")),
        ("updated", "2026-01-09T11:03Z", "updated", StatedDate("2026-01-09T11:03+00:00", "minute")),
        ("author", "Lind, Nora", "authors", ("Lind, Nora",)),
        ("authors", "Nora Lind; Ola Berg|Ida Moe", "authors", ("Nora Lind", "Ola Berg", "Ida Moe")),
        ("authors", ("Nora Lind", "", "Nora Lind"), "authors", ("Nora Lind",)),
        ("authors", ("A; B", "C"), "authors", ("A; B", "C")),
        ("categories", "Port", "categories", ("Port",)),
        ("url", "https://desk.test/a", "url", "https://desk.test/a"),
        ("language", "az", "language", "az"),
        ("id", "urn:x:1", "id", "urn:x:1"),
        ("access", "Paid", "access", "paid"),
        ("status", "DRAFT", "status", "draft"),
        ("summary", ("One.",), "summary", "One."),
    ],
)
def test_a_statement_overrides_what_was_read(
    field: str, value: str | tuple[str, ...], name: str, becomes: object
) -> None:
    found = article(say(field, value))
    assert getattr(found, name) == becomes
    assert found.evidence[name] == Evidence("a.txt", 7, f"rule: {field}")


@pytest.mark.parametrize("value", ["", "  ", (), ("", " "), "\u200b"])
def test_an_empty_value_says_nothing(value: str | tuple[str, ...]) -> None:
    assert with_statements(READING, [say("title", value), say("status", value)]) == READING


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("date", "soon", "date 'soon' can't be read as a date"),
        ("date", "31.02.2026", "date '31.02.2026' can't be read as a date"),
        ("url", "/a", "url '/a' is not used: expected a URL that begins with"),
        ("url", "http://[", "url 'http://[' is not used"),
        ("image", "lamp.png", "image 'lamp.png' is not used"),
        ("language", "Azerbaijani", "language 'Azerbaijani': expected a language tag"),
        ("id", "7", "id '7' is no URI, and not used"),
        ("title", ("a", "b"), "title is a list"),
        ("autor", "x", "unknown key 'autor'"),
    ],
)
def test_a_value_that_can_not_be_read_is_named_and_not_used(
    field: str, value: str, why: str
) -> None:
    found = with_statements(READING, [say(field, value, "pages.csv")])
    assert found.article == ARTICLE
    (doubt,) = found.findings
    assert doubt.what.startswith(why)
    assert (doubt.file, doubt.line, doubt.weight) == ("pages.csv", 7, "doubt")
    assert doubt.remedy


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("embargo", "soon"),
        ("status", "hidden"),
        ("status", ("a", "b")),
        ("statuss", "draft"),
        ("draft", "true"),
        ("published", "false"),
        ("front matter", "not YAML"),
    ],
)
def test_what_may_be_meant_to_keep_a_page_back_bars_it(
    field: str, value: str | tuple[str, ...]
) -> None:
    found = with_statements(READING, [say(field, value)])
    assert found.article is not None
    assert found.article.bar == found.findings[0]
    assert found.article.status == "published"


@pytest.mark.parametrize(("field", "value"), [("draft", "false"), ("published", "true")])
def test_what_other_programs_say_of_a_public_page_is_only_doubtful(field: str, value: str) -> None:
    assert article(say(field, value)).bar is None


def test_an_image_may_be_relative_to_the_url() -> None:
    found = article(say("image", "../lamp.PNG"), say("url", "https://desk.test/a/b.html"))
    assert found.image is not None
    assert (found.image.url, found.image.type) == ("https://desk.test/lamp.PNG", "image/png")


def test_an_undated_article_is_published_when_its_embargo_ends() -> None:
    found = article(say("embargo", "2026-01-15"))
    assert found.published == found.embargo == StatedDate("2026-01-15", "day")
    assert found.evidence["published"].rule == "rule: embargo"
    dated = article(say("embargo", "2026-01-15"), say("date", "2026-01-12"))
    assert dated.published == StatedDate("2026-01-12", "day")


def test_the_language_is_that_of_the_list_too_and_nothing_else_is() -> None:
    found = with_statements(READING, [say("language", "az"), say("categories", "Port")])
    assert (found.latest[0].language, found.latest[0].categories) == ("az", ())


def test_a_normaliser_can_ask_for_the_title() -> None:
    said = [say("title", "A"), say("title", " B  C "), say("url", "x")]
    assert (stated_text(said, "title"), stated_text(said, "summary")) == ("B C", "")


@pytest.mark.parametrize(("key", "known"), [("Tittle", "title"), ("catgories", "categories")])
def test_the_nearest_known_key_is_named(key: str, known: str) -> None:
    assert nearest_field(key) == known
    assert doubts(say(key, "x"))[0].endswith(f"unknown key '{key}'")


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("*.html", "a.html", True),
        ("*.html", "b/a.html", False),
        ("b/**/*.html", "b/a.html", True),
        ("b/**/*.html", "b/c/d/a.html", True),
        ("b/**/*.html", "bc/a.html", False),
        ("**", "b/a", True),
        ("b/?.md", "b/a.md", True),
        ("b/?.md", "b/aa.md", False),
        ("/srv/desk/source/b/*", "b/a", True),
        ("/srv/other/b/*", "b/a", False),
        ("./b/*", "b/a", True),
        ("b/[a].md", "b/[a].md", True),
    ],
)
def test_a_pattern_matches_paths(pattern: str, path: str, matches: bool) -> None:
    outside = Outside([PageRule(pattern, language="az")], "/srv/desk/source")
    assert bool(outside.of(path)) is matches
    assert bool(outside.idle([path])) is not matches
    assert bool(outside.hash_of(path)) is matches


def test_excluded_pages_are_no_rules_business() -> None:
    rule = PageRule("**", exclude=("**/index.html", "old/**"), language="az")
    outside = Outside([rule], "/srv")
    assert [bool(outside.of(path)) for path in ("index.html", "a/index.html", "old/a", "a")] == [
        False,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("template", "path", "url"),
    [
        ("https://d.test/{stem}", "a/b c.html", "https://d.test/b%20c"),
        ("https://d.test/{path}", "a/b&c.html", "https://d.test/a/b%26c.html"),
        ("https://d.test/{folder}/{name}", "a/x/b.md", "https://d.test/a/x/b.md"),
        ("https://d.test/{folder}/{name}", "b.md", "https://d.test/b.md"),
        ("https://d.test/{stem}", "гость.md", "https://d.test/%D0%B3%D0%BE%D1%81%D1%82%D1%8C"),
    ],
)
def test_a_template_is_filled_and_escaped(template: str, path: str, url: str) -> None:
    (found,) = Outside([PageRule("**", url=template)], "/srv").of(path)
    assert found.value == url
    assert article(found).url == url


def test_a_later_rule_overrides_an_earlier_and_a_row_both() -> None:
    rules = [PageRule("**", language="az", access="paid"), PageRule("a*", language="en")]
    outside = Outside(rules, "/srv", b"path;language\na.txt;ru\n")
    assert article(*outside.of("a.txt")).language == "ru"
    assert article(*outside.of("ab.txt")).language == "en"
    assert article(*outside.of("b.txt")).language == "az"
    assert article(*outside.of("a.txt")).access == "paid"


@pytest.mark.parametrize("path", ["b/a.txt", "./b/a.txt", "b\\a.txt", "/srv/b/a.txt", " b/a.txt "])
def test_a_rows_path_may_be_written_in_several_ways(path: str) -> None:
    outside = Outside([], "/srv", f"path,title\n{path},X\n".encode())
    assert [item.value for item in outside.of("b/a.txt")] == ["X"]


def test_a_name_is_the_same_however_its_accents_are_stored() -> None:
    outside = Outside(
        [PageRule("caf\u00e9/*", language="az")], "/srv", "path,title\ncaf\u00e9/a,X\n".encode()
    )
    assert [item.value for item in outside.of("cafe\u0301/a")] == ["az", "X"]
    assert outside.idle(["cafe\u0301/a"]) == []


def test_cells_may_hold_separators_and_lines() -> None:
    table = '\ufeffPath,Title,authors\r\na.txt,"Lamp, and\r\nboat","A;B"\r\n\r\nb.txt,Y\r\n'
    outside = Outside([], "/srv", table.encode())
    assert [item.value for item in outside.of("a.txt")] == ["Lamp, and\r\nboat", "A;B"]
    assert [item.evidence.line for item in (*outside.of("a.txt"), *outside.of("b.txt"))] == [
        2,
        2,
        5,
    ]


def test_a_row_with_too_many_cells_holds_its_page() -> None:
    outside = Outside([], "/srv", b"path,title\na.txt,Lamp, and boat\n")
    found = article(*outside.of("a.txt"))
    assert found.bar is not None
    assert found.bar.what == "its row has 3 cells for 2 columns"
    assert found.title == "Lamp glows"


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (b"title\nx\n", "no column 'path'"),
        (b"path,title,title\n", "two columns are called 'title'"),
        (b"path,statsu\n", "unknown column 'statsu'; did you mean 'status'?"),
        (b"path\n\xff\n", "t.csv:2: not UTF-8"),
        (b'path,title\na,"x" y\n', "not CSV"),
        (b"path,title\na," + b"x" * 200_000, "not CSV"),
    ],
)
def test_a_table_that_can_not_be_understood_is_an_error(table: bytes, why: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Outside([], "/srv", table, "t.csv")
    assert why in str(caught.value)
    assert str(caught.value).startswith("t.csv:")


@pytest.mark.parametrize(
    "table",
    [
        b"path," + b",".join(b"c%d" % number for number in range(100_000)),
        b"path," + b"title," * 100_000,
        b'path,title\na.txt,"' + b"x" * 10_000_000 + b'"\n',
    ],
    ids=["many columns", "one column again and again", "a cell of 10 MB"],
)
def test_a_table_beyond_all_measure_is_refused_with_few_words(table: bytes) -> None:
    with pytest.raises(ConfigError) as caught:
        Outside([], "/srv", table)
    assert len(str(caught.value)) < 1000


def test_columns_without_a_name_are_as_many_as_a_spreadsheet_saves() -> None:
    outside = Outside([], "/srv", b"path,title" + b"," * 16_000 + b"\na.txt,Lamp" + b"," * 16_000)
    assert [said.value for said in outside.of("a.txt")] == ["Lamp"]


@pytest.mark.parametrize("field", ["date", "embargo"])
def test_a_moment_that_not_every_zone_has_is_no_date(field: str) -> None:
    assert (
        f"{field} '9999-12-31T23:59:59-12:00' can't be read as a date"
        in doubts(say(field, "9999-12-31T23:59:59-12:00"))[0]
    )


@pytest.mark.parametrize("field", ["authors", "categories"])
def test_hundreds_of_names_are_not_used_and_told(field: str) -> None:
    many = ";".join(f"Nora {number}" for number in range(101))
    reading = normalise(read_page("a.txt", b"Bell hangs again\n\nIt hangs in its tower.\n"))
    stated = Statement(field, many, Evidence("pages.csv", 2, "pages.csv"))
    found = with_statements(reading, [stated])
    assert [problem.what for problem in found.findings][-1:] == [
        f"101 {field} are more than a story may have (100)"
    ]


RECORDED = """\
# Bell rings at noon

The bell of the harbour rang at noon on Friday, for the first time since the storm.
"""


def recorded(fields: str, name: str = "a.md", text: str = RECORDED) -> Reading:
    return with_statements(reading(f"---\n{fields}\n---\n{text}", name))


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_sound_is_stated_by_its_address_or_with_all_that_is_known_of_it(name: str) -> None:
    plain = recorded("audio: https://desk.test/bell.mp3", name).article
    assert plain is not None
    assert plain.enclosures == (Enclosure(Url("https://desk.test/bell.mp3"), "audio/mpeg"),)
    assert plain.evidence["enclosures"].line == 2
    whole = recorded(
        "url: https://desk.test/town/bell\n"
        "video:\n  url: /bell\n  type: video/mp4\n  length: 4.8 MB\n  duration: 1:19\n"
        "  title: The bell, filmed\n  thumbnail: bell.png",
        name,
    ).article
    assert whole is not None
    assert whole.enclosures == (
        Enclosure(
            Url("https://desk.test/bell"), "video/mp4", 4_800_000, 79, "The bell, filmed",
            thumbnail=Url("https://desk.test/town/bell.png"),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        "audio: [https://desk.test/1.mp3, https://desk.test/2.mp3]",
        "audio:\n  - url: https://desk.test/1.mp3\n  - url: https://desk.test/2.mp3",
    ],
)
def test_several_recordings_are_several_enclosures(fields: str) -> None:
    article = recorded(fields).article
    assert article is not None
    assert [one.url[-5:] for one in article.enclosures] == ["1.mp3", "2.mp3"]


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ("audio: /bell.mp3", "expected a URL that begins with"),
        ("audio: https://desk.test/bell", "doesn't say what kind of file it is"),
        ("audio: https://desk.test/bell.pdf", "doesn't say what kind of file it is"),
        ("audio: ftp://desk.test/bell.mp3", "expected a URL that begins with"),
        ("audio:\n  duration: 1:19", "expected a URL"),
        ("audio:\n  url: https://desk.test/bell.mp3\n  loud: very", "has no 'loud'"),
        (f"audio: [{', '.join(['https://desk.test/1.mp3'] * 11)}]", "more than a story may have"),
    ],
)
def test_a_recording_that_cant_be_used_is_reported_and_holds_nothing(
    fields: str, what: str
) -> None:
    found = recorded(fields)
    assert found.article is not None
    assert (found.article.enclosures, found.article.bar) == ((), None)
    assert [(one.code, what in one.what) for one in found.findings] == [("statement-audio", True)]


def test_of_several_recordings_only_the_wrong_one_is_left_out() -> None:
    found = recorded("audio: [https://desk.test/1.mp3, https://desk.test/2]")
    assert found.article is not None
    assert [one.url[-5:] for one in found.article.enclosures] == ["1.mp3"]
    assert [one.what[:40] for one in found.findings] == ["audio 'https://desk.test/2' is not used:"]


def test_stated_sound_takes_the_place_of_the_pages_sound_and_not_of_its_video() -> None:
    page = (
        f"<html><body><article><h1>Bell rings at noon</h1><p>{RECORDED}</p>"
        '<audio src="https://desk.test/a.mp3"></audio><video src="https://desk.test/v.mp4"></video>'
        f"<p>{RECORDED}</p></article></body></html>"
    )
    article = recorded("audio: https://desk.test/b.mp3", "a.html", page).article
    assert article is not None
    assert [one.url[-5:] for one in article.enclosures] == ["b.mp3", "v.mp4"]


def test_a_headline_about_a_video_between_rules_is_prose() -> None:
    found = reading("---\nVideo: The bell rings at noon again\n---\n\nIt rang on Friday.\n")
    assert found.statements == ()
