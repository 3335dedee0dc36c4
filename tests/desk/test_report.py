"""The editor's report: all that needs somebody, and what to write about it."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import html

from feeds.desk.report import report, write_report
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom
from tests.newsrooms import COMMANDED, NOW, SITE, TestNewsroom, feeds

LATER = NOW + timedelta(hours=1)
TEXT = "Nobody at the office could say who had paid for the crate, or where it had been since."
ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def story(title: str, *more: str) -> str:
    return "\n".join(["---", f"title: {title}", *more, "---", TEXT, ""])


def told(newsroom: TestNewsroom) -> html.HtmlElement:
    """The report, as a page."""
    return html.document_fromstring(report(newsroom.place, LATER))


def words(tree: html.HtmlElement) -> str:
    found = tree.xpath(".//text()[not(ancestor::style)]")
    return " ".join("".join(found).split())


def places(tree: html.HtmlElement) -> list[str]:
    """Where the problems are that are told."""
    return [str(one.text) for one in tree.xpath("//ul//p/span[@class='place']")]


def marked(tree: html.HtmlElement) -> list[str]:
    """The lines in question, of those that are quoted."""
    return [one.text_content() for one in tree.xpath(".//pre[@class='quoted']//b")]


def to_write(tree: html.HtmlElement, start: str) -> str:
    """The one block of lines to write that begins so."""
    found = [str(pre.text) for pre in tree.findall(".//pre") if (pre.text or "").startswith(start)]
    assert len(found) == 1, found
    return found[0]


def decide(newsroom: TestNewsroom, text: str) -> None:
    """What an editor copies out of the report."""
    with (newsroom.root / "decisions.toml").open("a") as file:
        file.write(f"\n{text}\n")


def test_a_newsroom_where_all_is_well_says_so(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story("Bridge", "date: 2026-01-09"))
    newsroom.publish()
    shown = words(told(newsroom))
    assert "All is well" in shown
    assert "revision 1: 1 new, 0 corrected" in shown
    assert "14 January 2026, 13:30" in shown  # in Baku


def test_a_newsroom_without_a_ledger_has_a_report_too(newsroom: TestNewsroom) -> None:
    assert "Nothing was published yet" in words(told(newsroom))


def test_what_readers_have_now_is_in_it_with_the_feeds_that_have_it(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story("Bridge", "date: 2026-01-09", "image: https://desk.test/a.png"))
    newsroom.publish()
    (had,) = told(newsroom).xpath("//section[h2='What readers have']/article")
    assert words(had).startswith("Bridge 9 January 2026")
    assert "In latest" in words(had)


@pytest.mark.parametrize(("language", "said"), [("az", "Bu gün"), ("ru", "Сегодня")])
def test_it_speaks_the_language_of_the_site(
    newsroom: TestNewsroom, language: str, said: str
) -> None:
    newsroom.configure(SITE.replace('language = "en"', f'language = "{language}"'))
    newsroom.page("a.txt", f"Bridge opens at last\n\n{TEXT}\n")
    newsroom.publish()
    tree = told(newsroom)
    assert tree.get("lang") == language
    assert tree.findtext(".//h1") == said
    assert "At the very top of the page" not in words(tree)


def test_nothing_of_a_page_that_leads_out_of_the_folder_is_quoted(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    newsroom.page("a.txt", f"Bridge opens at last\n\n{TEXT}\n")
    newsroom.publish()
    (tmp_path / "secret.txt").write_text("The word is swordfish.\n" * 9)
    (newsroom.root / "a.txt").unlink()
    (newsroom.root / "a.txt").symlink_to(tmp_path / "secret.txt")
    assert "swordfish" not in report(newsroom.place, LATER)


def test_a_page_that_is_doubtful_is_quoted_with_its_line_marked(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story("Bridge", "date: 2026-01-09", "shade: blue"))
    newsroom.publish()
    tree = told(newsroom)
    assert places(tree) == ["a.md:4"]
    assert marked(tree) == ["4 > shade: blue"]
    assert "unknown key 'shade'" in words(tree)


def test_an_undated_article_comes_with_the_lines_that_date_it(newsroom: TestNewsroom) -> None:
    newsroom.page("a.txt", f"Bridge opens at last\n\n{TEXT}\n")
    newsroom.publish()
    tree = told(newsroom)
    front = to_write(tree, '---\ndate: "YYYY-MM-DD"\n---')
    newsroom.page(
        "a.txt",
        front.replace("YYYY-MM-DD", "2026-01-08") + f"\nBridge opens at last\n\n{TEXT}\n",
        LATER,
    )
    newsroom.publish(LATER)
    assert [entry.stated and entry.stated.iso for entry in newsroom.entries()] == ["2026-01-08"]
    assert "nobody knows when" not in words(told(newsroom))


def test_a_decision_dates_an_undated_article_as_well(newsroom: TestNewsroom) -> None:
    newsroom.page("a.txt", f"Bridge opens at last\n\n{TEXT}\n")
    newsroom.publish()
    decide(newsroom, to_write(told(newsroom), "[[decision]]").replace("YYYY-MM-DD", "2026-01-08"))
    newsroom.publish(LATER)
    assert [entry.stated and entry.stated.iso for entry in newsroom.entries()] == ["2026-01-08"]


def test_letters_that_nobody_replaced_are_refused(newsroom: TestNewsroom) -> None:
    newsroom.page("a.txt", f"Bridge opens at last\n\n{TEXT}\n")
    newsroom.publish()
    decide(newsroom, to_write(told(newsroom), "[[decision]]"))
    (problem,) = newsroom.publish(LATER).problems
    assert "published 'YYYY-MM-DD' is no date; this table is left out" in str(problem)


@pytest.mark.parametrize(
    ("page", "line", "answer"),
    [
        (story("Bridge", "status: draft"), 'status: "published"', "status: published"),
        (story("Bridge", "status: drft"), 'status: "published"', "status: published"),
        (
            '+++\ntitle = "Bridge"\nstatus = "draft"\n+++\n' + TEXT,
            'status = "published"',
            'status = "published"',
        ),
        (
            story("Bridge", "embargo: soon"),
            'embargo: "YYYY-MM-DD HH:MM"',
            'embargo: "2026-01-14 10:00"',
        ),
        (story("Bridge", "date: 2026-03-01"), 'date: "YYYY-MM-DD"', 'date: "2026-01-08"'),
        (f"{TEXT}\n\n{TEXT[::-1]}\n", '---\ntitle: "HEADLINE"\n---', 'title: "Bridge"'),
    ],
    ids=["draft", "status", "toml", "embargo", "future", "headline"],
)
def test_what_is_held_comes_with_the_line_that_lets_it_out(
    newsroom: TestNewsroom, page: str, line: str, answer: str
) -> None:
    newsroom.page("a.md", page)
    newsroom.publish()
    assert newsroom.entries() == []
    tree = told(newsroom)
    assert re.search("is held|is kept back|held:", words(tree))
    assert to_write(tree, line) == line
    key = re.split(r"\W", line.removeprefix("---\n"))[0]
    made, count = re.subn(rf"^{key}( =|:) .*$", answer, page, flags=re.MULTILINE)
    newsroom.page("a.md", made if count else f"---\n{answer}\n---\n{page}", LATER)
    newsroom.publish(LATER)
    assert len(newsroom.entries()) == 1


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (story("Bridge", "access: maybe"), 'access: "free"'),
        (story("Bridge", "date: in spring"), 'date: "YYYY-MM-DD"'),
    ],
    ids=["access", "date"],
)
def test_what_front_matter_says_wrongly_comes_with_the_line_that_says_it_right(
    newsroom: TestNewsroom, page: str, line: str
) -> None:
    newsroom.page("a.md", page)
    newsroom.publish()
    assert line in {pre.text for pre in told(newsroom).findall(".//pre")}


def test_a_rule_above_the_headline_is_no_front_matter(newsroom: TestNewsroom) -> None:
    newsroom.page("a.txt", f"---\nBridge opens at last\n\n{TEXT}\n")
    newsroom.publish()
    front = to_write(told(newsroom), '---\ndate: "YYYY-MM-DD"\n---')
    page = f"---\nBridge opens at last\n\n{TEXT}\n"
    newsroom.page("a.txt", front.replace("YYYY-MM-DD", "2026-01-08") + f"\n{page}", LATER)
    newsroom.publish(LATER)
    assert [entry.stated and entry.stated.iso for entry in newsroom.entries()] == ["2026-01-08"]


def test_front_matter_that_would_not_help_is_not_asked_for(newsroom: TestNewsroom) -> None:
    dated = story("Bridge", "date: 2026-01-09")
    newsroom.page("list.md", dated + "\nLatest news\nFerry to run at night\n09.Jan.2031\n")
    newsroom.page("broken.md", story('"Bell', "status: draft"))
    newsroom.page("kept.txt", f"EMBARGO until 2031-01-01\nA quay is sold\n\n{TEXT}\n")
    newsroom.page("gone.txt", f"Ladder of the wall is too short\n\n{TEXT}\n")
    newsroom.publish()
    (newsroom.root / "gone.txt").unlink()
    newsroom.publish(LATER)
    tree = told(newsroom)
    assert "'Ferry to run at night' is held: its date" in words(tree)
    assert "gone since" in words(tree)
    wanted = [pre.text for pre in tree.xpath("//li/pre[@class='write']")]
    assert wanted
    assert all(text.startswith("[[decision]]") for text in wanted)
    assert tree.xpath("//li//summary/text()") == ["What was understood of list.md"]


@pytest.mark.parametrize("file", ["pages.csv", "decisions.toml"])
def test_nobody_is_told_to_write_front_matter_where_no_page_is(
    newsroom: TestNewsroom, file: str
) -> None:
    newsroom.page("a.txt", f"Bridge opens at last\n\n{TEXT}\n")
    newsroom.page("pages.csv", "path,title\na.txt,The other bridge\n")
    newsroom.publish()
    (entry,) = newsroom.entries()
    if file == "decisions.toml":
        decide(newsroom, f'[[decision]]\naction = "correct"\nentry = "{entry.id}"\ntitle = "X"')
        newsroom.publish(LATER)
    tree = told(newsroom)
    assert {*places(tree)} == {"a.txt"}
    assert "nobody knows when" in words(tree)


def test_a_story_that_the_gate_holds_stands_with_its_page(newsroom: TestNewsroom) -> None:
    newsroom.page("paid.md", story("Bridge is sold", "date: 2026-01-09", "access: paid"))
    newsroom.page("leak.md", story("Somebody talked", "date: 2026-01-09"))
    newsroom.publish()
    (shown,) = told(newsroom).xpath("//li[.//span[starts-with(., 'leak.md')]]")
    assert "is held: it has a sentence that is for those who pay" in words(shown)
    assert "mend the page" in words(shown)
    assert marked(shown) == ["2 > title: Somebody talked"]


def test_two_entries_that_may_be_one_come_with_the_decision_that_merges_them(
    newsroom: TestNewsroom,
) -> None:
    for number, day in enumerate(("08", "09")):
        text = f"Minister opens bridge across the river at last\n{day}.Jan.2026\n"
        newsroom.page(
            f"{number}.md",
            story(f"Other {number}", f"date: 2026-01-{day}") + f"\nLatest news\n{text}",
        )
    newsroom.publish()
    tree = told(newsroom)
    assert "Are these one story?" in words(tree)
    before = len(newsroom.entries())
    title = "Minister opens bridge across the river at last"
    assert 'action = "keep-apart"' in to_write(tree, f"[[decision]]\n# {title} /")
    decide(newsroom, to_write(tree, f"[[decision]]\n# {title} ="))
    newsroom.publish(LATER)
    assert len([entry for entry in newsroom.entries() if not entry.hidden]) == before - 1
    assert "Are these one story?" not in words(told(newsroom))


@pytest.mark.parametrize(("action", "left"), [("retract", 0), ("gone", 1)])
def test_a_page_that_is_gone_comes_with_the_decisions_on_its_story(
    newsroom: TestNewsroom, action: str, left: int
) -> None:
    path = newsroom.page("a.md", story("Bridge", "date: 2026-01-09"))
    newsroom.publish()
    path.unlink()
    newsroom.publish(LATER)
    tree = told(newsroom)
    assert "gone since" in words(tree)
    decide(newsroom, to_write(tree, f'[[decision]]\n# Bridge\naction = "{action}"'))
    newsroom.publish(LATER)
    assert len(newsroom.entries()) == left
    assert "gone since" not in words(told(newsroom))


def test_the_next_embargo_stands_first_with_its_moment(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story("Secret bridge", "embargo: 2026-01-20 06:00"))
    newsroom.page("b.md", story("Secret tunnel", "embargo: 2026-01-16 07:30"))
    newsroom.publish()
    rows = [words(row) for row in told(newsroom).xpath("//ul[@class='held']/li")]
    assert [row.partition(" · ")[0] for row in rows] == [
        "Secret tunnel b.md until 16 January 2026, 07:30",
        "Secret bridge a.md until 20 January 2026, 06:00",
    ]


def test_a_page_that_cannot_be_read_and_a_broken_configuration_are_told(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("a.txt", b"%PDF-1.7\n1 0 obj\n")
    newsroom.publish()
    newsroom.configure(SITE.replace("timezone", "timezoen"))
    shown = words(told(newsroom))
    assert "a.txt" in shown
    assert "timezoen" in shown


def test_nothing_from_a_page_is_markup_in_it(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace('"Harbour Desk"', f"'''{ATTACK}'''"))
    newsroom.page("a.md", story(f"'{ATTACK}'", f"colour: {ATTACK}", "status: draft"))
    newsroom.page("<b>x<b>.txt", b"%PDF-1.7\n1 0 obj\n")
    newsroom.publish()
    text = report(newsroom.place, LATER)
    assert ATTACK not in text
    tree = html.document_fromstring(text)
    assert not tree.xpath("//script | //img | //b[not(ancestor::pre)] | //@style")
    assert ATTACK in "".join(map(str, tree.itertext()))


def test_it_asks_nobody_for_anything_and_runs_nothing(newsroom: TestNewsroom) -> None:
    newsroom.page("a.txt")
    newsroom.publish()
    tree = told(newsroom)
    assert not tree.xpath("//@src | //@href | //link | //script | //iframe | //form")
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_the_report_tells_what_became_of_which_story(newsroom: TestNewsroom) -> None:
    for number in range(25):
        newsroom.page(f"{number}.md", story(f"Bridge {number}", "date: 2026-01-09"))
    newsroom.publish()
    entry = next(entry for entry in newsroom.entries() if entry.title == "Bridge 3")
    decide(newsroom, f'[[decision]]\naction = "retract"\nentry = "{entry.id}"')
    newsroom.publish(LATER)
    (runs,) = told(newsroom).xpath("//section[h2='What changed in the last runs']")
    last, first = runs.findall("ul")
    assert words(last) == "retracted: Bridge 3"
    assert words(first).startswith("entered: never seen before (0.md:5): Bridge 0")
    assert words(first).endswith("5 more")


def test_what_a_browser_would_obey_is_seen_as_what_it_is(newsroom: TestNewsroom) -> None:
    newsroom.page("a\x1b[31m\u202etxt.txt", f"\x1b[31mBridge\x00 opens\u2067 at last\n\n{TEXT}\n")
    newsroom.publish()
    text = report(newsroom.place, LATER)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "a\\u001b[31m\\u202etxt.txt" in text
    assert "\\u001b[31mBridge\\u0000 opens" in text


def test_a_report_that_is_written_again_keeps_its_permissions(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    file = tmp_path / "r.html"
    write_report(newsroom.place, file, NOW)
    file.chmod(0o640)
    (tmp_path / "link.html").symlink_to(file)
    write_report(newsroom.place, tmp_path / "link.html", LATER)
    assert file.stat().st_mode & 0o777 == 0o640
    assert "14:30" in file.read_text()


def test_a_report_replaces_nothing_but_a_report(newsroom: TestNewsroom, tmp_path: Path) -> None:
    newsroom.page("a.txt")
    newsroom.publish()
    before = newsroom.database.read_bytes()
    with pytest.raises(FeedsError, match="something else of this name"):
        write_report(newsroom.place, newsroom.database, LATER)
    assert newsroom.database.read_bytes() == before
    (tmp_path / "folder").mkdir()
    with pytest.raises(FeedsError, match="this is a folder, and no file; it stays as it is"):
        write_report(newsroom.place, tmp_path / "folder", LATER)


def test_a_report_that_fails_leaves_nothing_behind(
    newsroom: TestNewsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(
        FeedsError, match=r"the disk at .* is full: .* needed for the report; make room"
    ):
        write_report(newsroom.place, tmp_path / "home" / ".." / "r.html", LATER)
    assert not [path.name for path in tmp_path.iterdir() if path.suffix in {".part", ".html"}]


def test_a_report_among_the_pages_is_refused(newsroom: TestNewsroom) -> None:
    with pytest.raises(FeedsError, match="among the pages"):
        write_report(newsroom.place, newsroom.root / "report.html", NOW)


def test_publish_writes_it_after_each_run_whatever_came_of_it(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    newsroom.page("a.txt", b"%PDF-1.7\n1 0 obj\n")
    ran = feeds(newsroom, "publish", "--quiet", "--report", str(file))
    assert ran.returncode == 1
    assert "a.txt" in file.read_text()
    newsroom.configure("[site")
    assert feeds(newsroom, "publish", "--report", str(file)).returncode == 2
    assert "not TOML" in file.read_text()
    assert sorted(path.name for path in tmp_path.iterdir() if "report" in path.name) == [file.name]


def test_a_report_that_cannot_be_written_changes_nothing_about_the_run(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    newsroom.page("a.txt")
    ran = feeds(newsroom, "publish", "--report", str(tmp_path / "none" / "r.html"))
    assert ran.returncode == 0
    assert "the report can't be written: No such file or directory" in ran.stderr
    assert feeds(newsroom, "report", str(tmp_path / "none" / "r.html")).returncode == 2


def test_a_large_newsroom_has_a_report_of_bounded_size(newsroom: TestNewsroom) -> None:
    for number in range(150):
        newsroom.page(f"{number}.md", story(f"Bridge {number}", f"colour: {'blue ' * 50}"))
    newsroom.publish()
    text = report(newsroom.place, LATER)
    assert len(text.encode()) < 300_000
    assert "more" in text


LISTED = f"""\
Bridge opens at last

{TEXT}
Nora Lind
Latest news
Pilot boat gets another engine
09.01.2031
Budget of the harbour office is passed
31.02.2026
Ferry sails again
3 hours ago
Ropes are cheaper
07.01.2026
"""


@pytest.mark.parametrize(
    ("headline", "line", "place"),
    [
        ("Pilot boat gets another engine", "7 > 09.01.2031", "in place of its line 7"),
        ("Budget of the harbour office is passed", "9 > 31.02.2026", "in place of its line 9"),
        ("Ferry sails again", "10 > Ferry sails again", "of its own below line 10"),
    ],
)
def test_a_headline_of_a_list_that_is_kept_out_comes_with_the_line_that_dates_it(
    newsroom: TestNewsroom, headline: str, line: str, place: str
) -> None:
    newsroom.page("a.txt", LISTED)
    newsroom.publish()
    assert headline not in [entry.title for entry in newsroom.entries()]
    (note,) = [note for note in told(newsroom).xpath("//ul/li") if line in marked(note)]
    assert place in words(note)
    assert note.xpath("pre[@class='write']/text()") == ["YYYY-MM-DD"]
    number = int(line.partition(" ")[0])
    lines = LISTED.split("\n")
    at = number if "below" in place else number - 1
    lines[at : at + ("below" not in place)] = ["2026-01-08"]
    newsroom.page("a.txt", "\n".join(lines), LATER)
    newsroom.publish(LATER)
    (entry,) = [entry for entry in newsroom.entries() if entry.title == headline]
    assert entry.stated
    assert entry.stated.iso == "2026-01-08"


def test_where_a_page_says_that_it_waits_is_marked_and_the_embargo_can_be_moved(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("a.md", story("Bridge", "embargo: 2026-03-01 08:00"))
    newsroom.page("b.md", story("Ferry", "status: draft"))
    newsroom.publish()
    tree = told(newsroom)
    assert marked(tree) == ["3 > embargo: 2026-03-01 08:00", "3 > status: draft"]
    line = to_write(tree, "embargo: ").replace("YYYY-MM-DD HH:MM", "2026-01-14 10:00")
    newsroom.page("a.md", story("Bridge", line), LATER)
    newsroom.publish(LATER)
    assert [entry.title for entry in newsroom.entries()] == ["Bridge"]


def test_a_page_that_was_emptied_meanwhile_is_reported_without_its_lines(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("a.txt", LISTED)
    newsroom.publish()
    newsroom.page("a.txt", "")
    assert "'31.02.2026' is no day of the calendar" in words(told(newsroom))


def test_a_run_with_nothing_new_leaves_a_report_of_the_last_hour_alone(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    newsroom.page("a.md", story("Bridge", "date: 2026-01-09"))

    def reports(age: timedelta) -> bool:
        """Whether a run writes the report anew that was written so long ago."""
        file.write_text("")
        written_before(file, age)
        assert feeds(newsroom, "publish", "--report", str(file)).returncode == 0
        return "<!doctype html>" in file.read_text()

    assert reports(timedelta(0)), "it is of before the revision"
    written_before(newsroom.database, timedelta(hours=2))
    feeds(newsroom, "publish")
    assert not reports(timedelta(minutes=59))
    assert reports(timedelta(minutes=61))


def written_before(file: Path, age: timedelta) -> None:
    """Has ``file`` be so old to a command."""
    moment = (COMMANDED - age).timestamp()
    os.utime(file, (moment, moment))


def test_a_report_of_a_failure_goes_as_soon_as_that_is_mended(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    newsroom.page("a.md", story("Bridge", "date: 2026-01-09"))
    feeds(newsroom, "publish")
    newsroom.configure("[site")
    assert feeds(newsroom, "publish", "--report", str(file)).returncode == 2
    assert "not TOML" in file.read_text()
    newsroom.configure(SITE)
    assert feeds(newsroom, "publish", "--report", str(file)).returncode == 0
    assert "not TOML" not in file.read_text()


def test_what_was_decided_meanwhile_is_in_the_next_report(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    newsroom.page("a.md", story("Bridge", "date: 2026-01-09"))
    feeds(newsroom, "publish", "--report", str(file))
    file.write_text("")
    feeds(newsroom, "retract", "--yes", "Bridge")
    feeds(newsroom, "publish", "--report", str(file))
    assert "Bridge" in file.read_text()


def test_of_a_folder_that_is_not_there_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(FeedsError, match="there is no such folder"):
        write_report(
            Newsroom(tmp_path / "nowhere", tmp_path / "feeds.db"), tmp_path / "r.html", NOW
        )
