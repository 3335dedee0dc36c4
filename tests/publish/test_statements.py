"""What is said about pages, in them and outside of them, from a real folder to a real feed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.ledger import lock
from feeds.model import FORMATS, Entry
from feeds.model.errors import ConfigError, PageError
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds, said
from tests.readers.test_docx import document, paragraph

BODY = """\
Lamp glows over the quay again

A lamp that was dark for a year glows again, and the pilots say that they had missed it.
Who mended it is not known in the harbour office, where the bill was paid all the same.
"""
LATER = NOW + timedelta(hours=1)
PAGES = ("a.docx", "b.html", "c.txt")
RULES = '\n[[pages]]\npath = "port/**"\nlanguage = "az"\nurl = "https://desk.test/{path}"\n'


def front(matter: str, body: str = BODY) -> str:
    return f"---\n{matter}\n---\n{body}"


def only(newsroom: TestNewsroom) -> Entry:
    (entry,) = newsroom.entries()
    return entry


def table(newsroom: TestNewsroom, text: str) -> None:
    newsroom.page("pages.csv", text)


def test_front_matter_reaches_the_feed(newsroom: TestNewsroom) -> None:
    newsroom.page(
        "lamp.txt",
        front(
            "date: 2026-01-09 11:03\nauthors: [Nora Lind, Ola Berg]\ncategories: Port\n"
            "url: https://desk.test/lamp\nlanguage: en\nsummary: It glows.\n"
            "image: /lamp.png"
        ),
    )
    assert said(newsroom.publish().problems) == []
    entry = only(newsroom)
    assert entry.published == datetime(2026, 1, 9, 7, 3, tzinfo=UTC)
    assert (entry.authors, entry.categories) == (("Nora Lind", "Ola Berg"), ("Port",))
    assert (entry.url, entry.language, entry.summary) == (
        "https://desk.test/lamp",
        "en",
        "It glows.",
    )
    assert entry.image is not None
    assert entry.image.url == "https://desk.test/lamp.png"
    assert entry.evidence["published"].rule == "front matter: date"
    assert b"A lamp that was dark" in newsroom.document().document.body


def test_the_nearer_a_statement_stands_to_the_page_the_more_it_counts(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(SITE + '\n[[pages]]\npath = "**"\nlanguage = "az"\ncategories = ["Rule"]\n')
    table(newsroom, "path,categories,summary\nlamp.txt,Row,Row\n")
    newsroom.page("lamp.txt", front("summary: Page"))
    newsroom.publish()
    entry = only(newsroom)
    assert (entry.language, entry.categories, entry.summary) == ("az", ("Row",), "Page")
    assert entry.evidence["language"].rule == "[[pages]] rule 1: language"
    assert entry.evidence["categories"].line == 2


def test_an_edit_of_a_row_or_a_rule_is_a_correction_of_pages_that_did_not_change(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("port/lamp.txt", BODY)
    newsroom.page("other.txt")
    newsroom.publish()
    before = {entry.id: entry for entry in newsroom.entries()}
    table(newsroom, "path,author\nport/lamp.txt,Nora Lind\n")
    outcome = newsroom.publish(LATER)
    assert (outcome.entered, outcome.corrected, said(outcome.notices)) == (0, 1, [])
    newsroom.configure(SITE + RULES)
    outcome = newsroom.publish(LATER + timedelta(hours=1))
    assert (outcome.entered, outcome.corrected) == (0, 1)
    (entry,) = [entry for entry in newsroom.entries() if entry.title.startswith("Lamp")]
    assert (entry.authors, entry.url) == (("Nora Lind",), "https://desk.test/port/lamp.txt")
    assert entry.updated == before[entry.id].updated, "no words changed"
    assert newsroom.publish(LATER + timedelta(hours=2)).revision is None


def test_a_row_that_is_taken_away_counts_no_longer(newsroom: TestNewsroom) -> None:
    newsroom.page("lamp.txt", BODY)
    table(newsroom, "path;author\nlamp.txt;Nora Lind | Ola Berg\n")
    newsroom.publish()
    assert only(newsroom).authors == ("Nora Lind", "Ola Berg")
    (newsroom.root / "pages.csv").unlink()
    assert newsroom.publish(LATER).corrected == 1
    assert only(newsroom).authors == ()


def test_a_table_that_moves_its_rows_about_changes_nothing(newsroom: TestNewsroom) -> None:
    newsroom.page("lamp.txt", BODY)
    table(newsroom, "path,author\nlamp.txt,Nora Lind\n")
    newsroom.publish()
    table(newsroom, "path,author\n\n\nlamp.txt,Nora Lind\n")
    assert newsroom.publish(LATER).revision is None


def test_a_headline_in_a_page_with_a_language_has_it_too(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE + '\n[[pages]]\npath = "*.txt"\nlanguage = "az"\n')
    newsroom.page("bell.txt")
    newsroom.publish()
    assert {entry.language for entry in newsroom.entries()} == {"az"}


@pytest.mark.parametrize(
    ("matter", "why"),
    [
        ("status: draft", "its status is draft"),
        ("status: pubished", "status 'pubished' is unknown (line 2)"),
        ("embargo: tomorrow", "embargo 'tomorrow' can't be read as a date (line 2)"),
        ("embrago: 2030-01-01", "(line 2); did you mean 'embargo'?"),
        ("title: [Lamp", "not YAML"),
        ("access: platinum", "access 'platinum' is unknown"),
    ],
)
def test_a_page_that_is_or_may_be_meant_to_be_kept_back_is_held(
    newsroom: TestNewsroom, matter: str, why: str
) -> None:
    text = front(matter, BODY + "Latest newsPilot boat gets another engine\n09.Jan.2026\n")
    page = newsroom.page("lamp.txt", text)
    outcome = newsroom.publish()
    (problem,) = said([*outcome.problems, *outcome.notices])
    assert problem.startswith("lamp.txt:")
    assert why in problem
    assert outcome.exit_code == (0 if matter == "status: draft" else 1)
    assert newsroom.entries() == [], "the list beside it waits too"
    page.write_text(text.replace(matter, "status: published"), encoding="utf-8")
    assert newsroom.publish(LATER).entered == 2


def test_a_row_can_hold_a_page_too(newsroom: TestNewsroom) -> None:
    newsroom.page("lamp.txt", BODY)
    table(newsroom, "path,embargo\nlamp.txt,soon\n")
    (problem,) = said(newsroom.publish().problems)
    assert "embargo 'soon' can't be read as a date (pages.csv:2)" in problem
    assert newsroom.entries() == []
    table(newsroom, "path,embargo\nlamp.txt,2026-01-01\n")
    assert newsroom.publish(LATER).entered == 1


def test_an_embargo_ends_in_the_first_publish_after_its_time(newsroom: TestNewsroom) -> None:
    newsroom.page("lamp.txt", front("date: 2026-01-12\nembargo: 2026-01-15 06:00"))
    outcome = newsroom.publish()
    assert outcome.exit_code == 0
    assert "it waits until 2026-01-15 06:00 Asia/Baku (+04:00)" in said(outcome.notices)[0]
    assert newsroom.entries() == []
    ends = datetime(2026, 1, 15, 2, 0, tzinfo=UTC)
    state = newsroom.dump()
    assert newsroom.publish(ends - timedelta(seconds=1)).revision is None
    assert newsroom.dump() == state
    last = lock.last_run(newsroom.database)
    assert last is not None
    assert last.due == ends
    outcome = newsroom.publish(ends + timedelta(minutes=3))
    assert (outcome.entered, said(outcome.problems)) == (1, [])
    entry = only(newsroom)
    assert entry.published == ends
    assert entry.stated is not None
    assert entry.stated.iso == "2026-01-12"
    assert newsroom.publish(ends + timedelta(minutes=8)).revision is None


def test_an_embargo_that_is_over_moves_no_entry_that_was_published(newsroom: TestNewsroom) -> None:
    newsroom.page("lamp.txt", front("date: 2026-01-12"))
    newsroom.publish()
    before = only(newsroom)
    newsroom.page("lamp.txt", front("date: 2026-01-12\nembargo: 2026-01-13"))
    newsroom.publish(LATER)
    assert only(newsroom).published == before.published


def test_a_paid_article_lets_only_its_summary_out(newsroom: TestNewsroom) -> None:
    newsroom.page("lamp.txt", front("access: paid\nsummary: It glows."))
    newsroom.publish()
    before = only(newsroom)
    for form in FORMATS:
        body = newsroom.document(form=form).document.body
        assert b"It glows." in body
        assert b"harbour office" not in body
    newsroom.page(
        "lamp.txt", front("access: paid\nsummary: It glows.", BODY.replace("bill", "sum"))
    )
    outcome = newsroom.publish(LATER)
    assert (outcome.entered, outcome.corrected) == (0, 1)  # for those who have a key
    assert only(newsroom).id == before.id
    for form in FORMATS:
        assert b"harbour office" not in newsroom.document(form=form).document.body
    newsroom.page("lamp.txt", front("access: free"))
    assert newsroom.publish(LATER + timedelta(hours=1)).corrected == 1
    assert "harbour office" in only(newsroom).content


def test_a_language_rule_does_not_make_a_paid_page_free(newsroom: TestNewsroom) -> None:
    newsroom.configure(
        SITE
        + '\n[[pages]]\npath = "**"\naccess = "paid"\n'
        + '\n[[pages]]\npath = "**"\nlanguage = "az"\n'
    )
    newsroom.page("lamp.txt", BODY)
    newsroom.publish()
    assert only(newsroom).content == ""


def test_an_id_that_a_page_claims_is_its_id_and_recognises_it(newsroom: TestNewsroom) -> None:
    newsroom.page("lamp.txt", front("id: https://desk.test/?p=7"))
    newsroom.publish()
    assert only(newsroom).id == "https://desk.test/?p=7"
    page = newsroom.root / "lamp.txt"
    page.unlink()
    other = "Other words\n\nNothing of what was here is here now.\nNot even a lamp.\n"
    newsroom.page("moved.txt", front("id: https://desk.test/?p=7", other))
    outcome = newsroom.publish(LATER)
    assert (outcome.entered, outcome.corrected) == (0, 1)
    assert only(newsroom).title == "Other words"


def test_an_id_that_two_pages_claim_is_the_firsts(newsroom: TestNewsroom) -> None:
    newsroom.page("a.txt", front("id: urn:x:1"))
    newsroom.page("b.txt", front("id: urn:x:1", "Crane falls\n\nIt stopped.\nNobody knows why.\n"))
    (problem,) = said(newsroom.publish().problems)
    assert problem.startswith("b.txt:2: the id 'urn:x:1' is that of a.txt already")
    assert len(newsroom.entries()) == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("title,author\na,b\n", "no column 'path'"),
        ("path,embrago\na,b\n", "pages.csv:1: unknown column 'embrago'; did you mean 'embargo'?"),
        ('path,title\na,"b\n', "not CSV"),
        (b"path,title\na,\xff\n".decode("latin-1").encode("latin-1"), "pages.csv:2: not UTF-8"),
    ],
)
def test_a_table_that_can_not_be_understood_stops_the_run_and_changes_nothing(
    newsroom: TestNewsroom, text: str | bytes, why: str
) -> None:
    newsroom.page("lamp.txt", BODY)
    newsroom.page("pages.csv", text)
    with pytest.raises(ConfigError, match=why.replace("?", r"\?")):
        newsroom.publish()
    assert not newsroom.database.exists()


def test_a_table_that_is_just_being_written_to_stops_the_run(newsroom: TestNewsroom) -> None:
    newsroom.page("lamp.txt", BODY)
    newsroom.page("pages.csv", "path,title\n", saved=NOW)

    def grow(_: float) -> None:
        newsroom.page("pages.csv", "path,title\nlamp.txt,X\n", saved=NOW)

    with pytest.raises(PageError, match=r"pages.csv: the file changed while it was read"):
        newsroom.publish(wait=grow)


def test_what_is_doubtful_in_the_table_is_told_once(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE + '\n[[pages]]\npath = "nowhere/*"\nlanguage = "az"\n')
    newsroom.page("lamp.txt", BODY)
    table(newsroom, "path,note,date\nlamp.txt,x,someday\nlamp.txt,,someday\ngone.txt,,2026-01-01\n")
    told = said(newsroom.publish().notices)
    assert len(told) == 5
    assert [line for line in told if line.startswith("pages.csv:1: the column 'note' is unknown")]
    assert [line for line in told if line.startswith("pages.csv:3: 'lamp.txt' is there twice")]
    assert [line for line in told if line.startswith("pages.csv:3: date 'someday' can't be read")]
    assert [line for line in told if line.startswith("pages.csv:4: there is no page 'gone.txt'")]
    assert [line for line in told if line.startswith("site.toml: [[pages]] rule 1, 'nowhere/*'")]
    newsroom.page("more.txt", "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n")
    assert said(newsroom.publish(LATER).notices) == []


def test_read_applies_what_is_said_of_a_page_in_the_newsrooms_folder(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    newsroom.configure(SITE + RULES)
    table(newsroom, "path,author,date\nport/lamp.txt,Ida Moe,someday\n")
    page = newsroom.page("port/lamp.txt", front("summary: It glows.\nupdated: 2026-01-09"))
    inside = feeds(newsroom, "read", page).stdout
    assert "language   az  <- [[pages]] rule 1: language" in inside
    assert "authors    Ida Moe  <- line 2, pages.csv: author" in inside
    assert "updated    9 January 2026  <- line 3, front matter: updated" in inside
    assert "pages.csv:2: date 'someday' can't be read as a date" in inside
    elsewhere = tmp_path / "lamp.txt"
    elsewhere.write_text(page.read_text(), encoding="utf-8")
    told = json.loads(feeds(newsroom, "read", "--json", elsewhere).stdout)
    assert (told["summary"], told["language"], told["authors"]) == ("It glows.", None, [])


def test_a_markdown_page_is_published_with_its_formatting(newsroom: TestNewsroom) -> None:
    newsroom.page(
        "lamp.md",
        "# Lamp glows\n\nIt *glows* [again](https://desk.test/a).\n\n- one\n- two\n\n"
        "## Latest news\n\n- [Pilot boat gets another engine](https://desk.test/b) 09.01.2026\n",
    )
    newsroom.publish()
    article, headline = sorted(newsroom.entries(), key=lambda entry: entry.kind)
    assert article.content.startswith(
        '<p>It <em>glows</em> <a href="https://desk.test/a">again</a>.</p>'
    )
    assert headline.title == "Pilot boat gets another engine"
    newsroom.page("lamp.md", "# Lamp glows bright\n\nIt *glows* again.\n\n- one\n- two\n")
    outcome = newsroom.publish(LATER)
    assert (outcome.entered, outcome.corrected) == (0, 1), "its blocks are recognised"


def test_front_matter_that_can_not_be_read_holds_its_page_alone_and_is_named_with_its_line(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("good.txt")
    newsroom.page("lamp.txt", f"+++\nlayout = 'post'\na = {'[' * 1500}{']' * 1500}\n+++\n{BODY}")
    outcome = newsroom.publish()
    (told,) = said(outcome.problems)
    assert told.startswith("lamp.txt:5: held: not TOML: nested more than 16 levels deep")
    assert "(line 3); mend it" in told
    assert "Lamp glows over the quay again" not in {entry.title for entry in newsroom.entries()}
    assert len(newsroom.entries()) == 4


def test_a_page_that_was_published_before_its_front_matter_broke_stays_as_it_is_and_says_so(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("lamp.txt", front("layout: post"))
    newsroom.publish()
    before = newsroom.document()
    newsroom.page("lamp.txt", front("layout: [post"), NOW)
    (told,) = said(newsroom.publish(LATER).problems)
    assert "what was published before stays" in told
    assert newsroom.document() == before


@pytest.mark.parametrize("matter", ["layout: [post", "status: draft"])
def test_a_page_of_nothing_but_a_list_that_is_kept_back_waits(
    newsroom: TestNewsroom, matter: str
) -> None:
    rows = "Latest news\nPilot boat gets another engine\n09.Jan.2026\nFerry to run at night\n"
    body = f"{rows}08.Jan.2026\nBudget of the harbour office is passed\n08.Jan.2026\n"
    newsroom.page("list.txt", front(matter, body))
    outcome = newsroom.publish()
    assert [problem.line for problem in (*outcome.problems, *outcome.notices)] != []
    assert newsroom.entries() == []
    newsroom.page("list.txt", front("layout: post", body), NOW)
    newsroom.publish(LATER)
    assert len(newsroom.entries()) == 3


def test_a_line_above_the_text_holds_pages_of_every_kind_until_their_embargo_is_stated(
    newsroom: TestNewsroom,
) -> None:
    line, title = "EMBARGOED UNTIL 09:00 14 January 2026", "Dredger returns to the outer basin"
    prose = "The dredger returned to the outer basin after a winter in the yard."
    word = document(paragraph(title, style="T"), paragraph(line), paragraph(prose))
    newsroom.page("a.docx", word)
    html = (
        "<article><h1>Pilots ask for a lamp</h1><p><b>{}</b></p><p>It is dark there.</p></article>"
    )
    newsroom.page("b.html", html.format(line))
    newsroom.page("c.txt", f"Gulls leave the quay\n{line}\n\nNobody feeds them any more.\n")
    newsroom.publish()
    assert newsroom.document().document.body.count(b"<item>") == 0
    table(newsroom, "path,embargo\n" + "".join(f"{name},2026-01-14 09:00\n" for name in PAGES))
    newsroom.publish(NOW + timedelta(days=3))
    assert newsroom.document().document.body.count(b"<item>") == len(PAGES)
