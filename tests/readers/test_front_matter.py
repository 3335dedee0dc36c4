"""Front matter: what is one, what it says, and what is left as it is."""

from __future__ import annotations

import pytest

from feeds import readers
from feeds.model import Page, StatedDate
from feeds.model.errors import PageError
from feeds.normalise import normalise
from feeds.normalise.statements import with_statements
from feeds.readers import front_matter
from feeds.readers.front_matter import BROKEN, NOTICE


def read(text: str, name: str = "a.txt") -> Page:
    return readers.read_page(name, text.encode())


def said(text: str) -> dict[str, object]:
    return {item.field: item.value for item in read(text).statements}


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Lamp\ndate: 2026-01-09\nauthors: [Nora Lind, Ola Berg]\n---\nText.\n",
        '+++\ntitle = "Lamp"\ndate = 2026-01-09\nauthors = ["Nora Lind", "Ola Berg"]\n+++\nText.',
        "\ufeff---\nTitle: Lamp\ndate: 2026-01-09\nauthors:\n- Nora Lind\n- Ola Berg\n...\nText.",
        "---\r\ntitle: Lamp\r\ndate: 2026-01-09\r\nauthors: [Nora Lind,\r\n Ola Berg]\n---\nText.",
    ],
)
def test_yaml_and_toml_say_the_same(text: str) -> None:
    assert said(text) == {
        "title": "Lamp",
        "date": "2026-01-09",
        "authors": ("Nora Lind", "Ola Berg"),
    }
    assert [line.text for line in read(text).lines if line.text] == ["Text."]


def test_lines_keep_their_numbers_and_evidence_has_them() -> None:
    page = read("---\n# a note\ntitle: Lamp\nauthors:\n  - Nora Lind\nurl: x\n---\nText.\n")
    assert [line.number for line in page.lines if line.text] == [8]
    assert [item.evidence.line for item in page.statements] == [3, 4, 6]
    assert page.statements[0].evidence.rule == "front matter: title"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("No", "No"),
        ("007", "007"),
        ("1e3", "1e3"),
        ("2026-01-09 11:03", "2026-01-09 11:03"),
        ("2026-01-09T11:03:00+04:00", "2026-01-09T11:03:00+04:00"),
        ('"a: b"', "a: b"),
        (">\n  two\n  lines", "two lines"),
        ("~", ""),
        ("", ""),
        ('"\\ud83d\\ude00 \\ud83d"', "\U0001f600 \ufffd"),
    ],
)
def test_yaml_values_are_kept_as_they_were_written(written: str, kept: str) -> None:
    assert said(f"---\ntitle: {written}\n---\nText.\n") == {"title": kept}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2026-01-09", "2026-01-09"),
        ("2026-01-09T11:03:00", "2026-01-09T11:03"),
        ("2026-01-09T11:03:04Z", "2026-01-09T11:03:04+00:00"),
        ("7", "7"),
        ("1.50", "1.50"),
        ("true", "true"),
    ],
)
def test_toml_values_are_kept_as_precisely_as_they_were_written(written: str, kept: str) -> None:
    assert said(f"+++\ntitle = {written}\n+++\nText.\n") == {"title": kept}


@pytest.mark.parametrize(
    "text",
    [
        "---\nQuay opens\n---\nText.\n",
        "---\nOne paragraph: with a colon, and more.\nAnother: line: of text\n---\n",
        "---\nNobody closes this\nText.\n",
        "----\nQuay opens\n----\n",
        "Text.\n---\ntitle: x\n---\n",
        "--- title: x ---\nText.\n",
        "+++\nQuay opens\n+++\nText.\n",
    ],
)
def test_a_page_that_merely_begins_with_such_a_line_is_left_as_it_is(text: str) -> None:
    page = read(text)
    assert page.statements == ()
    assert [line.text for line in page.lines] == [line.strip() for line in text.split("\n")]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("---\ntitle: [Lamp\n---\nText.\n", 2, "not YAML"),
        ("---\ntitle: a\ntitle: b\n---\nText.\n", 3, "'title' is there twice"),
        ("---\ntitle: &a x\nsummary: *a\n---\nText.\n", 2, "anchors (&) and aliases (*)"),
        ("---\ntitle: {a: b}\n---\nText.\n", 2, "neither a text nor a list of texts"),
        ("---\nurl: x\n\ttitle: x\n---\nText.\n", 3, "not YAML"),
        ("---\nembargo: 2026-01-09\nText that goes on.\n", 1, "no closing line '---'"),
        ('+++\ntitle = "Lamp\n+++\nText.\n', 1, "not TOML"),
        ("+++\n[date]\nx = 1\n+++\nText.\n", 2, "neither a text nor a list of texts"),
        ("---\ntitle: " + "[" * 50 + "]" * 50 + "\n---\nText.\n", 2, "nested too deeply"),
    ],
)
def test_front_matter_that_can_not_be_read_is_a_statement_that_says_so(
    text: str, line: int, why: str
) -> None:
    (broken,) = read(text).statements
    assert broken.field == BROKEN
    assert why in str(broken.value)
    assert broken.evidence.line == line


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("+++\n[params]\nembargo = 2027-01-01\n+++\nText.\n", "params.embargo"),
        ("+++\n[extra]\ndraft = true\n+++\nText.\n", "extra.draft"),
        ("+++\n[a.b]\nstatus = 'draft'\n+++\nText.\n", "a.b.status"),
        ("+++\n[[cascade]]\nprivate = true\n+++\nText.\n", "cascade.private"),
        ("---\nparams:\n  embargo: 2027-01-01\n---\nText.\n", "params.embargo"),
        ("---\nparams:\n  embargo: [2027-01-01]\n---\nText.\n", "params.embargo"),
        ("---\nparams: {embargo: {until: 2027-01-01}}\n---\nText.\n", "params.embargo.until"),
        ("---\nparams:\n- published: false\n---\nText.\n", "params.published"),
        ("---\nextra: {Status: Draft}\n---\nText.\n", "extra.Status"),
    ],
)
def test_what_may_keep_a_page_back_does_so_inside_other_keys_too(text: str, path: str) -> None:
    assert path in said(text)
    found = with_statements(normalise(read(text)))
    assert found.article is not None
    assert found.article.bar or found.article.embargo == StatedDate("2027-01-01", "day")


@pytest.mark.parametrize(
    "text",
    [
        "+++\n[extra]\ndraft = false\nstatus = 'published'\n+++\nText.\n",
        "---\nparams: {published: true, access: Public, toc: true}\n---\nText.\n",
    ],
)
def test_keys_inside_others_that_keep_nothing_back_hold_no_page(text: str) -> None:
    found = with_statements(normalise(read(text)))
    assert found.article is not None
    assert found.article.bar is None


def test_a_key_on_a_line_of_its_own_is_a_key() -> None:
    assert said("---\n? status\n: draft\n---\nText.\n") == {"status": "draft"}


def test_a_page_of_which_front_matter_leaves_nothing_is_held_if_that_can_not_be_read() -> None:
    for name in ("a.txt", "a.md"):
        assert [item.field for item in read("---\ntitle: [x\n\nText.\n---\n", name).statements] == [
            BROKEN
        ]


def test_what_other_programs_need_may_be_nested() -> None:
    assert said("---\ntitle: x\nfoo: {a: [b]}\n---\nText.\n") == {"title": "x", "foo": "(nested)"}


@pytest.mark.parametrize(
    "content",
    [
        "title: " + "[" * 30000,
        "title: " + "{a: " * 7000,
        "- " * 15000,
        "title: x\n" + "a: &a [*a]\n" * 2000,
        "title: x\n" + "? " * 15000,
        "title: '" + "x" * 40000,
        "title: x\n" + "k: v\n" * 6000,
        "a: b\n" * 1_000_000,
    ],
)
@pytest.mark.parametrize("mark", ["---", "+++"])
def test_nasty_front_matter_comes_to_an_end(mark: str, content: str) -> None:
    if mark == "+++":
        content = content.replace(": ", " = ")
    front_matter.split_front_matter("a.txt", f"{mark}\n{content}\n{mark}\nText.")


def test_a_page_of_nothing_but_front_matter_is_empty() -> None:
    with pytest.raises(PageError, match="the page is empty"):
        read("---\ntitle: x\n---\n\n")
    with pytest.raises(PageError, match="the page is empty"):
        read("---\ntitle: x\n---\n\n", "a.md")


def test_blank_lines_above_it_do_not_hide_it() -> None:
    page = read("\n \n---\ntitle: Lamp\nembargo: 2031-01-01\n---\nText.\n")
    assert [(item.field, item.evidence.line) for item in page.statements] == [
        ("title", 4),
        ("embargo", 5),
    ]
    assert [(line.number, line.text) for line in page.lines if line.text] == [(7, "Text.")]


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_an_embargo_that_stands_below_it_holds_the_page_as_one_above_the_text_does(
    name: str,
) -> None:
    text = "---\ntitle: Lamp\ndate: 2026-01-08\n---\n\nEMBARGO until 2031-05-05\n\nText.\n"
    (*_, last) = read(text, name).statements
    assert (last.field, last.evidence.line) == (NOTICE, 6)
    assert "EMBARGO until 2" in str(last.value)


def test_who_states_an_embargo_has_said_it_whatever_the_text_says() -> None:
    text = "---\ntitle: Lamp\nembargo: 2026-01-08\n---\nEmbargo of 2019 was lifted.\n"
    assert set(said(text)) == {"title", "embargo"}


@pytest.mark.parametrize(
    "line",
    [
        "EMBARGO: 12 May 2031",
        "Under embargo until 12 May 2031",
        "Эмбарго до 12.05.2031",
        "Not for publication before 12 May 2031",
        "Status: draft",
        "** EMBARGOED till 06:00 **",
    ],
)
def test_a_line_above_the_text_that_may_keep_it_back_does(line: str) -> None:
    assert [item.field for item in read(f"{line}\n\nLamp is lit\n\nText.\n").statements] == [NOTICE]


UNREADABLE = {
    "nested too deeply": f"+++\na = {'[' * 1500}{']' * 1500}\n+++\nText.\n",
    "a key of thousands of names": f"+++\n{'a.' * 7000}a = 1\n+++\nText.\n",
    "inline tables in a dotted key": f"+++\nx = {{{'a.' * 3000}a = 1}}\n+++\nText.\n",
    "a table of thousands of names": f"+++\n[{'a.' * 3000}a]\nx = 1\n+++\nText.\n",
    "a date of no calendar": "+++\nday = 2026-02-30\n+++\nText.\n",
    "a number of 5,000 digits": f"+++\nx = {'1' * 5000}\n+++\nText.\n",
    "a table redefined": "+++\n[[a]]\n[a]\n+++\nText.\n",
    "aliases": "---\na: &a [x, x]\nb: [*a, *a]\n---\nText.\n",
    "a merge of nothing": "---\n<<: *x\n---\nText.\n",
    "a tag of Python's": "---\na: !!python/object/apply:os.system [x]\n---\nText.\n",
    "a tag of somebody's": "---\na: !local x\n---\nText.\n",
    "a key twice": "---\na: 1\na: 2\n---\nText.\n",
    "a field twice, in two cases": '+++\ntitle = "a"\nTitle = "b"\n+++\nText.\n',
    "a key of 5,000 letters": f"---\n{'a' * 5000}: x\n---\nText.\n",
    "an escape that is no character": '---\na: "\\UFFFFFFFF"\n---\nText.\n',
    "brackets that nobody closes": "---\nTitel: [a,\nb\n---\nText.\n",
    "brackets, and no closing line": "---\nA: &a [x, x]\nB: *a\n\nText.\n",
    "keys of a program, and no closing line": "---\nlayout: post\n\nText.\n",
    "TOML, and no closing line": "+++\nlayout = 'post'\n\nText.\n",
    "a table, and no closing line": "+++\n[params]\ntoc = true\n\nText.\n",
    "more than 32 KiB": f"---\nlayout: post\nx: {'y' * 40_000}\n---\nText.\n",
    "more than a thousand keys": "---\n"
    + "".join(f"k{n}: v\n" for n in range(1100))
    + "---\nText.\n",
    "YAML between the lines of TOML": "+++\ntitle: x\n+++\nText.\n",
    "TOML between the lines of YAML": '---\ntitle = "x"\n---\nText.\n',
    "JSON": '{\n "title": "x"\n}\n\nText.\n',
    "a language named on the line": "---toml\nx = 1\n---\nText.\n",
    "a list of mappings": "---\n- title: x\n- title: y\n---\nText.\n",
    "a line before the keys": "---\nwords\ntitle: x\n---\nText.\n",
    "a directive": "---\n%YAML 1.2\ntitle: x\n---\nText.\n",
    "a tab before the keys": "---\n\ttitle: x\n---\nText.\n",
    "a line of mail": "---\nFrom: desk\nSubject: Lamp: it glows\n---\nText.\n",
    "a fence of four dashes": "----\ntitle: x\n----\nText.\n",
    "a fence of four dashes, a text in quotes": '----\ntitle: x\nstatus: "draft"\n----\nText.\n',
    "a fence of four dashes, not closed": "----\ntitle: x\nauthor: y\n\nText.\n",
    "a fence of two dashes": "--\ntitle: x\nauthors: [y]\n--\nText.\n",
    "a fence of en dashes": "–––\ntitle: x\ndraft: true\n–––\nText.\n",
    "a fence of one dash": '—\ntitle: "x"\nstatus: "draft"\n—\nText.\n',
    "a fence of four plus signs": '++++\ntitle = "x"\nstatus = "draft"\n++++\nText.\n',
    "a fence of four plus signs, with a table": "++++\n[a]\nb = 1\ntitle = 'x'\n++++\nText.\n",
    "a fence of four dashes, keys with capitals": "----\nTitle: x\nAuthor: y\n----\nText.\n",
    "a fence of stars": "* * *\ntitle: x\nlist:\n  - y\n* * *\nText.\n",
    "a fence of Markdown": "```yaml\ntitle: x\n```\nText.\n",
    "a fence around JSON": ';;;\n{"layout": "x"}\n;;;\nText.\n',
    "JSON on one line": '{"title": "x", "status": "draft"}\n\nText.\n',
    "JSON with a list": '[{"layout": "x"}]\n\nText.\n',
    "JSON in single quotes": "{'title': 'x', 'status': 'draft'}\n\nText.\n",
    "JSON without quotes": "{title: x, status: draft}\n\nText.\n",
    "JSON whose brace doesn't close": '{"title": "x", "layout": "y"\n\nText.\n',
    "colons of full width": "---\ntitle：港口\nlayout：x\n---\nText.\n",
    "no blanks behind the colons": "---\ntitle:x\ndate:2026-01-01\n---\nText.\n",
    "arrows for colons": "---\ntitle => x\nlayout => y\n---\nText.\n",
    "many comments, and no closing line": "---\n" + "# x\n" * 30 + "title: x\n\nText.\n",
    "TOML, many comments, and no closing line": "+++\n" + "# x\n" * 30 + "title = 'x'\n\nText.\n",
    "a vertical tab for line ends": "---\vtitle: x\vlayout: y\v---\n\nText.\n",
    "form feeds for line ends": "---\ftitle: x\flayout: y\f---\n\nText.\n",
    "NEL for line ends": "---\x85title: x\x85layout: y\x85---\n\nText.\n",
    "line separators for line ends": "+++\u2028title = 'x'\u2028+++\n\nText.\n",
    "a key that is a list": "---\n? [a, b]\n: x\ntitle: y\n---\nText.\n",
    "an invisible blank before it": "\u200b---\nlayout: [\n---\nText.\n",
    "many blank lines above it": "\n" * 500 + "---\nlayout: [\n---\nText.\n",
}


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_what_begins_like_front_matter_and_can_not_be_read_is_no_story(
    text: str, name: str
) -> None:
    if name == "a.html":
        text = text.replace("Text.\n", "<html><title>Lamp</title><p>Text.</p></html>\n")
    (broken,) = read(text, name).statements
    assert broken.field == BROKEN
    assert 1 <= broken.evidence.line <= text.count("\n")
    assert len(str(broken.value)) <= 200
    found = with_statements(normalise(read(text, name)))
    assert found.article is not None
    assert found.article.bar is not None
    assert found.article.bar.remedy


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nLamp glows\n\nText.",
        "---\nMoscow: the minister spoke.\n\nText.",
        "---\nMoscow: the minister spoke.\n\nText: more of it, and: more.\n---\nRest.",
        "---\nLamp glows again at the quay\n\nAuthor: Nora Lind\nDate: 9 January 2026\n",
        "---\nLamp glows again at the quay\nAuthor: Nora Lind\n---\nText.",
        "---\n- bread: 2 kr\n- milk: 3 kr\n\nText.",
        "---\n- bread\n- milk\n---\nText.",
        '---\n"Yes": how the vote went\n\nText.',
        "---\nQ: who paid?\nA: nobody: they say.\n\nText.",
        "---\nNote: [link](https://desk.test) here: yes\n\nText.",
        "---\n10:30 Lamp glows\n---\nText.",
        "---\nhttps://desk.test/a: b\n\nText.",
        "---\n***\n---\nLamp glows\n\nText.",
        "+++\nQuay.\n\nText.",
        "+++\nwww.desk.test\n\nText.",
        "+++\n[Photo] Quay\n\nText.",
        "+++\n+++ breaking +++\nText.",
        "{ a brace opens the text\n\nText.",
        '{"Quote" in braces} and then a text\n}\n',
        '{"name": "x"} is what JSON looks like\n\nText.',
        "[Photo: Nora Lind] Lamp glows\n\nText.",
        "---\nLamp: it glows again\n---\nText.",
        "---\nPort : la jetée rouvre\n---\nText.",
        "---\nУкраїна: порт знову працює\n---\nText.",
        "---\nPrime minister: we will build\n---\nText.",
        "---\nQ: When does it open?\nA: On Friday.\n---\nText.",
        "---\nPort : la jetée rouvre\nVille : le maire est content\n---\nText.",
        "---\nUpdate: 14:00 Lamp glows\n---\nText.",
        "---\nLanguage: a lesson for everybody\n---\nText.",
        "====\nAuthor: Nora Lind\nDate: 9 January 2026\n====\nText.",
        "---\nDate: the day that changed the quay\n---\nText.",
        "---\nAuthor: Nora Lind\n\nLamp glows\n\nText.\n\n---\n",
        "---\nAuthor: Nora Lind\nDate: 9 January 2026\n\nLamp glows\n\nText.\n",
        "----\nLamp: it glows\n----\nText.",
        "====\nAuthor: Nora Lind\n====\nText.",
        "– Lamp glows\n–\nText.",
        "```\ncode: here and a text\n```\nText.",
        "***\n\nLamp glows\n\ntitle: of the lamp\n\n***",
    ],
)
def test_prose_below_a_rule_is_no_front_matter_for_its_colons(text: str) -> None:
    assert read(text).statements == ()


def test_a_page_with_such_a_line_is_still_searched_for_what_keeps_it_back() -> None:
    assert [
        item.field for item in read("---\nWords first\n\nStatus: draft\n\nText.").statements
    ] == [NOTICE]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('---\n{title: "Lamp", x: 1}\n---\nText.\n', "Lamp"),
        ("---\n!!map\ntitle: !!str Lamp\n---\nText.\n", "Lamp"),
        ("---\u200b\ntitle: Lamp\n---\u200b\nText.\n", "Lamp"),
        ("\n" * 500 + "---\ntitle: Lamp\n---\nText.\n", "Lamp"),
    ],
)
def test_unusual_front_matter_that_can_be_read_is_read(text: str, title: str) -> None:
    assert said(text)["title"] == title
    assert [line.text for line in read(text).lines if line.text] == ["Text."]
