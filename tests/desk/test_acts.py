from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest

from feeds.desk import commands
from feeds.ledger import lock
from feeds.model.errors import UndecidedError
from feeds.publish import edit
from tests.desk.editing import NAME, DeskOf, Editor, hash_of, page_of, words, written
from tests.newsrooms import FEEDS, feeds

BELL = "Bell hangs in its tower again"


@pytest.fixture
def bell(desk: DeskOf) -> str:
    """The address of the story about the bell, at the desk."""
    return f"/stories/{hash_of(desk.newsroom, BELL)}"


def test_a_correction_is_shown_before_it_is_published(
    desk: DeskOf, editor: Editor, bell: str
) -> None:
    shown = editor.send(bell, f"{bell}/correct", title="Bell is back", published="2026-01-12")
    assert shown.status_code == 200
    assert "Bell is back" in words(shown)
    assert "12 January 2026" in words(shown)
    assert "<pubDate>" in words(shown)
    assert written(desk.newsroom) == ""
    assert "Bell is back" not in desk.newsroom.document().document.body.decode()
    done = editor.submit(page_of(shown), f"{bell}/correct", step="publish")
    assert done.status_code == 200
    body = desk.newsroom.document().document.body.decode()
    assert "<title>Bell is back</title>" in body
    assert 'title = "Bell is back"' in written(desk.newsroom)
    assert f'who = "{NAME}"' in written(desk.newsroom)


def test_what_takes_values_of_several_lines_is_corrected_line_by_line(
    desk: DeskOf, editor: Editor, bell: str
) -> None:
    _corrected(editor, bell, authors="Ola Berg\nNora Lind, of the quay", categories="Harbour")
    entry = next(one for one in desk.newsroom.entries() if one.title.startswith(BELL))
    assert entry.authors == ("Ola Berg", "Nora Lind, of the quay")
    assert entry.categories == ("Harbour",)
    _corrected(editor, bell, authors="")
    entry = next(one for one in desk.newsroom.entries() if one.title.startswith(BELL))
    assert entry.authors == ("Nora Lind",)


def test_what_can_not_be_read_is_said_and_stays_in_the_form(editor: Editor, bell: str) -> None:
    answer = editor.send(bell, f"{bell}/correct", published="soon", title="Other")
    assert answer.status_code == 400
    assert "no date" in words(answer)
    assert 'value="soon"' in answer.text
    assert 'value="Other"' in answer.text


def test_a_date_to_come_is_refused_before_it_is_shown(editor: Editor, bell: str) -> None:
    answer = editor.send(bell, f"{bell}/correct", published="2099-12-30")
    assert answer.status_code == 400
    assert "is in the future" in words(answer)
    assert 'value="2099-12-30"' in answer.text


def test_a_correction_may_tell_readers_of_itself(desk: DeskOf, editor: Editor, bell: str) -> None:
    _corrected(editor, bell, title="Bell is back", notice="It had another headline.")
    assert 'notice = "It had another headline."' in written(desk.newsroom)


def test_since_when_a_story_is_gone_is_said_and_not_since_when_it_was_there(
    editor: Editor, bell: str
) -> None:
    assert "since 14 January 2026" in words(editor.get(bell))
    editor.send(bell, f"{bell}/retract")
    assert "since 14 January 2026" not in words(editor.get(bell))


def test_a_story_and_its_page_lead_to_each_other(editor: Editor, bell: str) -> None:
    assert editor.get(bell).xpath("//section[@class='source']//a/@href")[0] == "/pages/bell.txt"
    assert bell in editor.get("/pages/bell.txt").xpath("//main//a/@href")


def test_a_story_is_taken_back_with_a_notice_and_shown_again(
    desk: DeskOf, editor: Editor, bell: str
) -> None:
    done = editor.send(bell, f"{bell}/retract", notice="It was a gong.", reason="a call")
    assert done.status_code == 200
    assert BELL not in desk.newsroom.document().document.body.decode()
    assert "It was a gong." in words(editor.get(bell))
    assert editor.send(bell, f"{bell}/restore").status_code == 200
    assert BELL in desk.newsroom.document().document.body.decode()


def test_erasing_wants_the_word_typed(desk: DeskOf, editor: Editor, bell: str) -> None:
    page = editor.get(bell)
    assert editor.submit(page, f"{bell}/retract", erase="yes").status_code == 400
    assert written(desk.newsroom) == ""
    assert editor.submit(page, f"{bell}/retract", erase="ERASE").status_code == 200
    assert "erase = true" in written(desk.newsroom)
    assert BELL not in "".join(desk.newsroom.dump())


def test_two_are_made_one_and_two_again(desk: DeskOf, editor: Editor, bell: str) -> None:
    pilot = hash_of(desk.newsroom, "Pilot boat")
    assert editor.send(bell, f"{bell}/merge", other=f"/stories/{pilot}").status_code == 200
    assert "Pilot boat" not in desk.newsroom.document().document.body.decode()
    assert "Merged into another story" in words(editor.get(f"/stories/{pilot}"))
    assert editor.send(f"/stories/{pilot}", f"/stories/{pilot}/restore").status_code == 200
    assert editor.send(bell, f"{bell}/keep-apart", other=pilot).status_code == 200
    assert 'action = "keep-apart"' in written(desk.newsroom)
    assert "Pilot boat" in desk.newsroom.document().document.body.decode()
    assert editor.send(bell, f"{bell}/merge", other="nothing").status_code == 400


@pytest.mark.parametrize(
    ("act", "values"),
    [
        ("correct", {"title": "Bell is back", "step": "publish"}),
        ("retract", {"notice": "It was a gong."}),
        ("merge", {"other": "Pilot boat"}),
    ],
)
def test_the_last_decision_is_taken_back(
    desk: DeskOf, editor: Editor, bell: str, act: str, values: dict[str, str]
) -> None:
    if "other" in values:
        values = {"other": hash_of(desk.newsroom, values["other"])}
    before = desk.newsroom.document("latest", "json").document.body
    titles = sorted(one.title for one in desk.newsroom.entries())
    assert editor.send(bell, f"{bell}/{act}", **values).status_code == 200
    assert desk.newsroom.document("latest", "json").document.body != before
    undone = bell if act != "merge" else f"/stories/{values['other']}"
    assert editor.send(undone, f"{undone}/undo").status_code == 200
    assert sorted(one.title for one in desk.newsroom.entries() if not one.hidden) == titles


def test_a_correction_of_a_correction_is_taken_back_to_the_one_before(
    desk: DeskOf, editor: Editor, bell: str
) -> None:
    for title in ("Bell is back", "Bell is back again"):
        _corrected(editor, bell, title=title)
    editor.send(bell, f"{bell}/undo")
    assert "Bell is back" in [one.title for one in desk.newsroom.entries()]


def test_who_saw_a_story_as_it_was_before_is_told_that_it_changed(desk: DeskOf, bell: str) -> None:
    one, other = desk.editor(), desk.editor()
    seen = other.get(bell)
    _corrected(one, bell, title="Bell is back")
    late = other.submit(seen, f"{bell}/correct", title="Bell was never gone", step="publish")
    assert late.status_code == 409
    assert "changed meanwhile" in words(late)
    assert 'value="Bell was never gone"' in late.text
    assert "never gone" not in written(desk.newsroom)


def test_of_two_who_decide_at_the_same_time_one_is_done_and_one_is_told(
    desk: DeskOf, bell: str
) -> None:
    editors = [desk.editor() for _ in range(4)]
    pages = [editor.get(bell) for editor in editors]

    def decide(number: int) -> int:
        values = {"title": f"Bell, as editor {number} has it", "step": "publish"}
        return editors[number].submit(pages[number], f"{bell}/correct", **values).status_code

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(decide, range(4)))
    assert codes == [200, 409, 409, 409]
    assert written(desk.newsroom).count("[[decision]]") == 1


@pytest.fixture
def publishing(desk: DeskOf) -> Iterator[Event]:
    """Somebody else publishes until this is set."""
    over, begun = Event(), Event()

    def publish() -> None:
        with lock.hold(desk.newsroom.database):
            begun.set()
            over.wait()

    other = Thread(target=publish)
    other.start()
    begun.wait()
    yield over
    over.set()
    other.join()


def test_a_retraction_waits_for_who_publishes_and_says_so(
    desk: DeskOf, editor: Editor, bell: str, publishing: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 80:
            publishing.set()
        Event().wait(seconds)

    monkeypatch.setattr("feeds.ledger.lock.time.sleep", sleep)
    done = editor.send(bell, f"{bell}/retract")
    assert done.status_code == 200
    assert "this waited for" in words(done)
    assert BELL not in desk.newsroom.document().document.body.decode()


def test_a_decision_that_met_others_all_the_while_is_tried_again_and_no_other(
    desk: DeskOf, editor: Editor, bell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [UndecidedError.exit_code, 0]
    ran: list[str] = []

    def run(_: object, arguments: Sequence[str], __: object) -> commands.Done:
        ran.append(arguments[0])
        return commands.Done(codes.pop(0), ())

    monkeypatch.setattr(commands, "_ran", run)
    assert editor.send(bell, f"{bell}/retract").status_code == 200
    assert ran == ["retract", "retract"]
    codes[:] = [UndecidedError.exit_code, UndecidedError.exit_code]
    late = editor.send(bell, f"{bell}/retract")
    assert late.status_code == 409
    assert "Please try it again" in words(late)
    assert len(ran) == 4
    assert written(desk.newsroom) == ""


@pytest.mark.usefixtures("publishing")
def test_who_decides_while_others_publish_for_too_long_has_decided_nothing(
    desk: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edit, "PATIENCE", 0.1)
    ran = feeds(desk.newsroom, "retract", "--yes", "Bell")
    assert ran.returncode == UndecidedError.exit_code == 4
    assert "nothing was decided; try again" in ran.stderr
    assert written(desk.newsroom) == ""


def test_where_something_publishes_without_pause_each_decision_is_done_once(
    desk: DeskOf, editor: Editor, bell: str
) -> None:
    over = Event()
    runs = 0

    def publish() -> None:
        nonlocal runs
        while not over.is_set():
            desk.newsroom.page("news.txt", f"Crane {runs} is painted\n\nIt is green, and dry.\n")
            command = [str(FEEDS), "publish", "--quiet"]
            subprocess.run(command, env=desk.newsroom.environment(), check=False)
            runs += 1

    others = [Thread(target=publish) for _ in range(2)]
    for other in others:
        other.start()
    try:
        for act in ("retract", "restore") * 3:
            done = editor.send(bell, f"{bell}/{act}")
            assert done.status_code == 200, words(done)
    finally:
        over.set()
        for other in others:
            other.join()
    assert runs > 3
    assert written(desk.newsroom).count("[[decision]]") == 6


def test_publishing_now_brings_in_what_lies_in_the_folder(desk: DeskOf, editor: Editor) -> None:
    desk.newsroom.page("crane.txt", "Crane is painted\n\nThe crane is green again, and dry.\n")
    assert editor.send("/", "/publish").status_code == 200
    assert "Crane is painted" in [one.title for one in desk.newsroom.entries()]


def test_a_page_that_is_gone_is_let_go(desk: DeskOf, editor: Editor) -> None:
    (desk.newsroom.root / "bell.txt").unlink()
    editor.send("/", "/publish")
    assert "page-vanished" not in words(editor.get("/"))
    assert editor.send("/", "/gone").status_code == 200
    assert 'action = "gone"' in written(desk.newsroom)
    assert "It is gone on purpose" not in words(editor.get("/"))


def _corrected(editor: Editor, story: str, **values: str) -> None:
    done = editor.send(story, f"{story}/correct", step="publish", **values)
    assert done.status_code == 200, words(done)
