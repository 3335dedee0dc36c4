"""A ledger in PostgreSQL: what is so there alone. Tests marked with "engines" run on both."""

from __future__ import annotations

import random
import string
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest
import sqlalchemy as sa

from feeds.ledger import lock, postgresql
from feeds.ledger.postgresql import plain, watch
from feeds.model.errors import LedgerBusyError, LedgerError
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom
from feeds.newsroom.database import Address, place_of
from feeds.publish import Order, epochs, publish, revision
from feeds.web import create_app
from tests.newsrooms import NOW, PAGE, SITE, TestNewsroom, feeds, process, publish_bell
from tests.postgres import PostgreSQLNewsroom, Server
from tests.web.asking import NAVIGATION, Ask, of_app

_Item = TypeVar("_Item")
LATER = NOW + timedelta(hours=1)
ROOF = "Shed on the pier loses its roof\n\nIt flew off on Friday, and nobody has found it since.\n"


@pytest.fixture
def desk(tmp_path: Path, server: Server) -> PostgreSQLNewsroom:
    """A newsroom with a story, published."""
    made = PostgreSQLNewsroom(tmp_path / "served", server)
    publish_bell(made)
    return made


def meanwhile(newsroom: TestNewsroom, happens: Callable[[], object]) -> Order:
    """The order to publish, in which something ``happens`` before the first page is read."""
    happened: list[object] = []

    def watch(items: Sequence[_Item], doing: str) -> Iterable[_Item]:  # noqa: ARG001 - a Watch has it
        if not happened:
            happened.append(happens())
        return items

    return Order(newsroom.place, LATER, watch=watch)


def test_documents_have_the_bytes_that_they_have_with_a_file(
    desk: PostgreSQLNewsroom, newsroom: TestNewsroom
) -> None:
    publish_bell(newsroom)
    for form in ("rss", "atom", "json"):
        assert desk.document(form=form).document == newsroom.document(form=form).document
    assert [one.id for one in desk.entries()] == [one.id for one in newsroom.entries()]


def test_a_run_with_nothing_new_needs_no_sqlalchemy(desk: PostgreSQLNewsroom) -> None:
    ran = (
        "import sys; from feeds.cli import main\n"
        "sys.argv = ['feeds', 'publish']\n"
        "try: main()\n"
        "except SystemExit: print('sqlalchemy' in sys.modules, 'psycopg' in sys.modules)\n"
    )
    desk.publish(LATER)
    ended = process(desk, "-c", ran, program=(sys.executable,))
    assert ended.stdout.splitlines() == ["nothing new", "False True"]


def test_of_two_that_publish_the_second_says_so_at_once(desk: PostgreSQLNewsroom) -> None:
    with lock.hold(desk.database):
        ended = process(desk, "publish")
        assert lock.is_held(desk.database)
    assert ended.returncode == LedgerBusyError("").exit_code
    assert "another 'feeds publish' is at work on this ledger" in ended.stderr
    assert not lock.is_held(desk.database)
    assert process(desk, "publish").returncode == 0


def taken(desk: PostgreSQLNewsroom) -> None:
    """Another has the publisher's lock from now on."""
    desk.change(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'",
        "UPDATE publisher SET value = (value::bigint + 1)::text WHERE key = 'token'",
    )


def test_whose_lock_was_lost_and_taken_by_another_writes_nothing(desk: PostgreSQLNewsroom) -> None:
    desk.page("roof.txt", ROOF)
    before = desk.dump()
    with pytest.raises(LedgerError) as raised:
        publish(meanwhile(desk, lambda: taken(desk)))
    assert raised.value.problem.code == "ledger-superseded"
    assert desk.dump() == before


def test_who_lost_the_lock_leaves_the_mark_to_its_successor(
    desk: PostgreSQLNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(connection: sa.Connection) -> datetime | None:
        taken(desk)
        return due(connection)

    due = revision._next_due
    monkeypatch.setattr(revision, "_next_due", late)  # asked when all was read
    desk.page("roof.txt", ROOF)
    mark = desk.root / ".feeds-ledger.json"
    before = mark.read_text(encoding="utf-8")
    with pytest.raises(LedgerError) as raised:
        publish(Order(desk.place, LATER))
    assert raised.value.problem.code == "ledger-superseded"
    assert mark.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("crash", [False, True])
def test_a_server_that_is_restarted_within_a_run_loses_nothing(
    desk: PostgreSQLNewsroom, crash: bool, server: Server
) -> None:
    def restarted() -> None:
        server.stop(crash=crash)
        server.start()

    desk.page("roof.txt", ROOF)
    with suppress(LedgerError):  # or it had nothing open just then, and went on
        publish(meanwhile(desk, restarted))
    desk.publish(LATER)
    assert [len(desk.rows("SELECT number FROM revisions")), len(desk.entries())] == [2, 5]


def test_a_run_that_can_note_nothing_after_its_commit_says_what_is_published(
    desk: PostgreSQLNewsroom, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    def crashed(newsroom: Newsroom) -> list[Problem]:
        server.stop(crash=True)
        return keep_mark(newsroom)

    keep_mark = epochs.keep_mark
    desk.page("roof.txt", ROOF)
    with monkeypatch.context() as patched:
        patched.setattr(epochs, "keep_mark", crashed)  # which comes behind the commit
        try:
            ended = feeds(desk, "publish")
        finally:
            server.start()
    assert ended.returncode == 2
    assert "revision 2 is published, but how the run ended can't be noted: " in ended.stderr
    assert "stays as it was" not in ended.stderr
    assert len(desk.entries()) == 5
    assert feeds(desk, "publish").returncode == 0


def test_a_publisher_waits_for_a_server_that_says_nothing_only_so_long_and_the_next_run_does_it(
    desk: PostgreSQLNewsroom,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    wait, silence = plain.Connection.wait, ExitStack()

    def impatient(connection: plain.Connection, gen: Any, interval: float = 0.1) -> Any:
        assert 0 < connection.patience <= 60, "or it would wait for ever"
        return wait(connection, gen, interval, 0.2)

    def silenced(connection: sa.Connection) -> datetime | None:
        silence.enter_context(server.silent())
        monkeypatch.setattr(plain.Connection, "wait", impatient)
        return due(connection)

    due = revision._next_due
    desk.page("roof.txt", ROOF)
    with monkeypatch.context() as patched, silence:
        patched.setattr(revision, "_next_due", silenced)  # asked when all was decided
        patched.setattr(plain, "_CONNECT_SECONDS", 1)
        ended = feeds(desk, "publish")
    monkeypatch.undo()
    assert ended.returncode == 2
    assert "the server gave no answer within 60 seconds" in ended.stderr
    assert "lets nobody in" not in ended.stderr
    assert caplog.text == ""  # of what is logged, Python prints the traceback
    desk.settle()
    desk.publish(LATER)
    assert [len(desk.rows("SELECT number FROM revisions")), len(desk.entries())] == [2, 5]


def test_without_psycopg_somebody_hears_what_to_install(desk: PostgreSQLNewsroom) -> None:
    ran = "import sys; sys.modules['psycopg'] = None; from feeds.cli import main; main()"
    ended = process(desk, "-c", ran, "status", program=(sys.executable,))
    assert ended.returncode == 2
    assert "pip install 'psycopg[binary]>=3.3'" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_no_password_is_shown() -> None:
    address = Address(
        "postgresql+psycopg://ann:s3cret@host:5433/desk?sslmode=require&password=s3cret"
    )
    assert str(address) == "postgresql://ann@host:5433/desk?sslmode=require"
    assert "s3cret" not in repr(address)
    assert "s3cret" in address.url
    ended = feeds(None, "status", "--database", "postgresql://ann:s3cret@127.0.0.1:1/desk")
    assert "s3cret" not in ended.stderr + ended.stdout


@pytest.mark.parametrize(
    "name",
    ["password", "sslpassword", "scram_client_key", "scram_server_key", "scram%5Fclient_key"],
)
def test_no_parameter_that_is_a_secret_is_shown(name: str) -> None:
    url = f"postgresql://ann@host/desk?require_auth=scram-sha-256&{name}=s3cret"
    assert str(Address(url)) == "postgresql://ann@host/desk?require_auth=scram-sha-256"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:s3cret@x@127.0.0.1:1/desk",
        "postgresql://ann:12/s3cret@127.0.0.1:1/desk",
        "postgresql://ann:12?s3cret@127.0.0.1:1/desk",
        "postgresql://ann:12#s3cret@127.0.0.1:1/desk",
        "postgresql://ann:s3cret%zz@127.0.0.1:1/desk",
        "postgresql://ann:s3cret%00@127.0.0.1:1/desk",
        "postgresql://ann:s3cret/desk",
        "postgresql://ann:s3cret@[127.0.0.1/desk",
        "postgresql://ann:s3cret@127.0.0.1:1",
        "postgresql://127.0.0.1:1/desk?sslmode=require;password=s3cret",
        "postgresql://127.0.0.1:1/desk?Password=s3cret",
        "mysql://127.0.0.1:1/desk?password=s3cret",
        "host=127.0.0.1 dbname=desk password=s3cret",
    ],
)
def test_of_an_address_that_is_written_wrongly_no_password_is_shown_either(url: str) -> None:
    ended = feeds(None, "status", "--database", url)
    assert ended.returncode == 2
    assert "s3cret" not in ended.stderr + ended.stdout


def test_no_command_of_an_operator_is_handed_a_password(
    desk: PostgreSQLNewsroom, tmp_path: Path
) -> None:
    script = f"cat /proc/self/environ >>{tmp_path}/told"
    desk.configure(SITE + f'[publish]\nafter = ["sh", "-c", "{script}"]\non_problem = ["false"]\n')
    desk.page("roof.txt", ROOF)
    # as 'feeds watch' has it for the runs that it starts
    url = desk.url.replace("feeds@", "feeds:s3cret@")
    ended = feeds(desk, "publish", environment={"FEEDS_DATABASE": url})
    told = (tmp_path / "told").read_text(encoding="utf-8")
    assert f"FEEDS_DATABASE={desk.url}" in told
    assert "s3cret" not in told + ended.stdout + ended.stderr


def test_where_a_password_is_missing_it_says_which_line_would_have_it(
    desk: PostgreSQLNewsroom, server: Server
) -> None:
    rules = server.home / "data" / "pg_hba.conf"
    locked = "local all locked scram-sha-256\n"
    rules.write_text(locked + rules.read_text(encoding="utf-8"), encoding="utf-8")
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE locked LOGIN PASSWORD 's3cret'")
        connection.execute("SELECT pg_reload_conf()")
    url = desk.url.replace("feeds@", "locked@")
    until(lambda: is_refused(url))
    for command in ("status", "publish"):
        ended = feeds(desk, command, environment={"FEEDS_DATABASE": url, "PGPASSFILE": "/none"})
        assert ended.returncode == 2
        assert f"begins with {server.home}:5432:{desk.name}:locked: " in ended.stderr
        assert "next run" not in ended.stderr
    # one that is wrong is none that is missing
    ended = feeds(desk, "status", environment={"FEEDS_DATABASE": url, "PGPASSWORD": "wrong"})
    assert "lets this role in from here" in ended.stderr


def is_refused(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return True
    return False


def test_a_path_in_the_place_of_an_address_is_told_its_address(tmp_path: Path) -> None:
    for written in (f"{tmp_path}/feeds.db", "~/desk/feeds.db", "instance/feeds.db"):
        with pytest.raises(LedgerError) as told:
            place_of(written)
        address = told.value.problem.remedy.removeprefix("write ")
        assert place_of(address) == Path(written).expanduser().absolute()


def test_an_address_may_leave_the_host_to_libpq() -> None:
    place = place_of("postgresql+psycopg:///desk")
    assert isinstance(place, Address)
    assert (str(place), place.url) == ("postgresql:///desk", "postgresql:///desk")
    assert place.database == "desk"


def test_an_address_has_several_hosts_with_ports() -> None:
    place = place_of(
        "postgresql://ann:s3cret%40@db1:5432,[::1]:5433,db3/desk?application_name=a%20b"
    )
    assert str(place) == "postgresql://ann@db1:5432,[::1]:5433,db3/desk?application_name=a%20b"


def test_a_database_that_is_not_there_is_named(desk: PostgreSQLNewsroom) -> None:
    url = desk.url.replace(desk.name, "nowhere")
    ended = feeds(desk, "publish", "--database", url)
    assert ended.returncode == 2
    assert 'database "nowhere" does not exist' in ended.stderr
    assert "has this database" in ended.stderr


def test_a_schema_that_is_not_there_is_no_other_publisher(desk: PostgreSQLNewsroom) -> None:
    ended = feeds(desk, "publish", "--database", f"{desk.url}&options=-csearch_path%3Dnowhere")
    assert ended.returncode == 2
    assert "there is no schema to have tables in" in ended.stderr


def test_a_target_that_could_not_be_exported_to_at_first_is_tried_again_though_nothing_is_new(
    desk: PostgreSQLNewsroom, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "precious.txt").write_text("theirs")
    feeds(desk, "publish")
    assert feeds(desk, "publish", "--export", target).returncode == 1
    (target / "precious.txt").unlink()
    assert feeds(desk, "publish").returncode == 0
    assert [*target.rglob("latest.rss")]


def test_backup_and_restore_say_what_to_use(desk: PostgreSQLNewsroom, tmp_path: Path) -> None:
    ended = feeds(desk, "backup", tmp_path / "copy.db")
    assert ended.returncode == 2
    assert f"pg_dump --format=custom --file={tmp_path}/copy.db 'postgresql://" in ended.stderr
    ended = feeds(desk, "restore-ledger", tmp_path / "copy.db")
    assert ended.returncode == 2
    assert "pg_restore" in ended.stderr


def test_a_damaged_ledger_is_not_set_aside_and_one_in_an_empty_database_of_its_name_goes_on_above(
    desk: PostgreSQLNewsroom,
) -> None:
    desk.change(r"UPDATE readings SET reading = '\xdeadbeef'::bytea")
    before = desk.dump()
    ended = feeds(desk, "publish", "--rebuild")
    assert ended.returncode == 2
    assert "the ledger is damaged, and in no file that could be set aside" in ended.stderr
    assert "rename this database, make an empty one of its name" in ended.stderr
    assert desk.dump() == before
    ids = [entry.id for entry in desk.entries()]
    plain.kept(Address(desk.url)).close()
    desk.lose_ledger()
    assert "the ledger is gone or emptied" in feeds(desk, "publish").stderr
    assert "revision 2: 4 new" in feeds(desk, "publish", "--rebuild").stdout
    assert [entry.id for entry in desk.entries()] == ids


def test_a_schema_that_a_role_may_not_use_is_no_lost_ledger(
    desk: PostgreSQLNewsroom, as_reader: str
) -> None:
    desk.change("REVOKE USAGE ON SCHEMA public FROM PUBLIC")
    ended = feeds(desk, "status", "--database", as_reader)
    assert ended.returncode == 2
    assert "this role may not use it" in ended.stderr
    assert "--rebuild" not in ended.stderr


def test_a_story_may_have_an_address_of_any_length(desk: PostgreSQLNewsroom) -> None:
    letters = random.Random(1).choices(string.ascii_letters, k=9000)  # noqa: S311 - no secret
    url = f"https://desk.test/{''.join(letters)}"
    desk.page(
        "roof.html",
        f'<title>Shed loses its roof</title><link rel="canonical" href="{url}">'
        '<meta property="article:published_time" content="2026-01-10T10:00:00Z">'
        "<article><h1>Shed loses its roof</h1><p>It flew off on Friday.</p></article>",
    )
    assert not desk.publish(LATER).problems
    assert url in {one.url for one in desk.entries()}
    desk.change("UPDATE entries SET guid = url WHERE url IS NOT NULL")


def test_status_check_and_report_know_the_ledger(desk: PostgreSQLNewsroom, tmp_path: Path) -> None:
    assert "4 entries in postgresql://" in feeds(desk, "status").stdout
    assert "error" not in feeds(desk, "check", "--whole").stdout
    assert feeds(desk, "report", tmp_path / "report.html").returncode == 0


def test_erased_words_are_in_no_table_any_more(desk: PostgreSQLNewsroom, server: Server) -> None:
    desk.change("ANALYZE")  # as the server does by itself: what it knows of columns has words, too
    entry = desk.rows("SELECT hash FROM entries WHERE title LIKE 'Pilot boat%'")[0][0]
    (desk.root / "bell.txt").write_text(PAGE.replace("Pilot boat gets another engine", "Engine"))
    assert feeds(desk, "retract", "--erase", "--yes", entry).returncode in {0, 1}
    with psycopg.connect(desk.url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        found = connection.execute(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).fetchall()
    files = [*(server.home / "data" / "base" / str(found[0][0])).iterdir()]
    assert len(files) > 100
    assert not any(b"Pilot boat gets another engine" in file.read_bytes() for file in files)


def until(is_so: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 60.0
    while not is_so():
        assert time.monotonic() < give_up
        time.sleep(0.02)


@pytest.fixture
def ask(desk: PostgreSQLNewsroom) -> Ask:
    """The app over ``desk``, which knows what was published."""
    answer = of_app(create_app(str(desk.root), desk.url, now=lambda: LATER))
    assert answer("/feeds/latest.rss").status == 200
    return answer


def test_the_app_notices_a_revision_by_itself_within_half_a_second(
    desk: PostgreSQLNewsroom, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[object] = []
    hear = watch.ServerWatch.hear

    def counted(one: watch.ServerWatch, *values: Any) -> bool:
        goes_on = hear(one, *values)
        if one._address == Address(desk.url):
            heard.append(values)
        return goes_on

    monkeypatch.setattr(watch.ServerWatch, "hear", counted)
    desk.page("roof.txt", ROOF)
    desk.publish(LATER)
    before = len(heard)
    until(lambda: len(heard) >= before + 2)  # the first of these may have been asked too early
    assert b"Shed on the pier" in ask("/feeds/latest.rss").body
    assert 2 * watch.BETWEEN_SECONDS < 0.5  # which leaves the rest for the server's answers


def test_while_the_server_is_away_the_last_documents_are_served_and_a_monitor_hears_of_it(
    desk: PostgreSQLNewsroom, ask: Ask, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    body = ask("/feeds/latest.rss").body
    story = f"/feeds/stories/{desk.entries()[0].hash}"
    assert ask(story).status == 200
    server.stop(crash=True)
    try:
        until(lambda: '"status":"warning"' in ask("/feeds/healthz").text.replace(" ", ""))
        health = ask("/feeds/healthz")
        assert health.status == 200
        assert "the ledger's server can't be reached" in health.text
        assert ask("/feeds/latest.rss").body == body
        fresh = {"Cache-Control": "stale-if-error=0"}
        until(lambda: ask("/feeds/latest.rss", headers=fresh).status == 503)
        for path in (story, "/feeds/", "/feeds/latest", "/feeds/latest/archive/1.rss"):
            assert ask(path).status == 503
    finally:
        server.start()
    until(lambda: ask(story).status == 200)
    assert "server" not in ask("/feeds/healthz").text
    gone, back = (record.getMessage() for record in caplog.records)
    assert "the ledger's server can't be reached" in gone
    assert back == "the ledger can be read again"


def test_while_the_server_is_away_people_see_a_page_that_says_so(
    desk: PostgreSQLNewsroom, ask: Ask, server: Server
) -> None:
    story = f"/feeds/stories/{desk.entries()[0].hash}"
    server.stop(crash=True)
    try:
        until(lambda: ask(story).status == 503)
        for path in (story, "/feeds/", "/feeds/latest"):
            page = ask(path)
            assert (page.status, page.headers["Retry-After"]) == (503, "60")
            assert page.headers["Cache-Control"] == "no-store"
            assert page.headers["Content-Type"] == "text/html; charset=utf-8"
            assert "This page can&#39;t be shown just now" in page.text
            assert "<bdi>Harbour Desk</bdi>" in page.text
        for path in ("/feeds/feeds.opml", "/feeds/latest/archive/1.rss"):
            assert ask(path).headers["Content-Type"] == "text/plain; charset=utf-8"
        archive = ask("/feeds/latest/archive/1.rss", headers=NAVIGATION)
        assert archive.headers["Content-Type"] == "text/html; charset=utf-8"
    finally:
        server.start()


def test_a_server_that_says_nothing_delays_no_feed(
    ask: Ask, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = ask("/feeds/latest.rss").body
    asking: set[int] = set()
    wait = plain.Connection.wait

    def waited(connection: plain.Connection, *values: Any) -> Any:
        asking.add(threading.get_ident())
        return wait(connection, *values)

    with server.silent():
        until(lambda: "can't be reached" in ask("/feeds/healthz").text)
        monkeypatch.setattr(plain.Connection, "wait", waited)
        for _ in range(50):
            assert ask("/feeds/latest.rss").body == body
        assert threading.get_ident() not in asking, "whoever answers puts no question"
    until(lambda: "can't be reached" not in ask("/feeds/healthz").text)


@pytest.mark.parametrize("path", ["/feeds/", "/feeds/healthz", "/feeds/latest/archive/1.rss"])
def test_when_a_server_falls_silent_one_request_waits_for_a_second_and_no_other(
    ask: Ask, server: Server, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    in_vain: list[float] = []
    wait, connect = plain.Connection.wait, plain.connect

    def waited(connection: plain.Connection, *values: Any) -> Any:
        try:
            return wait(connection, *values)
        except plain.SilentError:
            if threading.current_thread() is threading.main_thread():
                in_vain.append(connection.patience)
            raise

    def connected(*values: Any, **more: Any) -> Any:
        if threading.current_thread() is threading.main_thread():
            in_vain.append(60.0)
        return connect(*values, **more)

    assert ask("/feeds/").status == 200
    assert ask("/feeds/healthz").status == 200
    with server.silent():
        monkeypatch.setattr(plain.Connection, "wait", waited)
        monkeypatch.setattr(plain, "connect", connected)
        asked = [ask(one) for one in (path, "/feeds/", "/feeds/healthz", "/feeds/latest.rss")]
        monkeypatch.undo()
    assert in_vain in ([], [1.0])  # nothing, if the thread that watches was the first to notice
    assert [one.status for one in asked[1:]] == [503, 200, 200]
    assert "can't be reached" in asked[2].text
    until(lambda: "can't be reached" not in ask("/feeds/healthz").text)


@pytest.fixture
def as_reader(desk: PostgreSQLNewsroom) -> Iterator[str]:
    """The address of ``desk`` for a role that may only read."""
    desk.change(
        "DROP ROLE IF EXISTS reader",
        "CREATE ROLE reader LOGIN",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader",
    )
    yield desk.url.replace("feeds@", "reader@")
    desk.change("DROP OWNED BY reader", "DROP ROLE reader")


def test_an_app_may_have_a_role_that_can_only_read(
    desk: PostgreSQLNewsroom, as_reader: str
) -> None:
    ask = of_app(create_app(str(desk.root), as_reader, now=lambda: LATER))
    assert ask("/feeds/latest.rss").status == 200
    assert ask("/feeds/healthz").status == 200


def test_a_publisher_hears_once_that_its_role_may_only_read(
    desk: PostgreSQLNewsroom, as_reader: str, tmp_path: Path
) -> None:
    desk.configure(SITE + '[publish]\nafter = ["true"]\n')
    desk.page("roof.txt", ROOF)
    desk.publish(LATER)  # the command is owed, too
    target = str(tmp_path / "out")
    ended = feeds(desk, "publish", "--database", as_reader, "--export", target)
    assert ended.returncode == 2
    assert ended.stderr.count("this role may not do that") == 1


@pytest.mark.parametrize(
    "table",
    [
        "shop (name text)",
        "publisher (name text)",  # of books
        "alembic_version (version_num text)",
    ],
)
def test_in_a_database_of_another_program_nothing_is_made(
    desk: PostgreSQLNewsroom, server: Server, table: str
) -> None:
    url = server.url(server.create())
    with psycopg.connect(url) as connection:
        connection.execute(f"CREATE TABLE {table}")
        if "alembic" in table:
            connection.execute("INSERT INTO alembic_version VALUES ('3a5c1f00be21')")
    for command in ("status", "check", "list", "publish"):
        ended = feeds(desk, command, "--database", url)
        assert "this is a database, but no ledger of newsroom-feeds" in ended.stdout + ended.stderr
    assert tables(url) == [table.partition(" ")[0]]


def test_of_two_newsrooms_in_schemas_of_one_database_each_has_its_own_ledger(
    desk: PostgreSQLNewsroom, newsroom: TestNewsroom
) -> None:
    desk.change("CREATE SCHEMA other")
    url = f"{desk.url}&options=-csearch_path%3Dother,public"
    before = desk.dump()
    newsroom.page("roof.txt", ROOF)
    # the first of these schemas has no table yet, and what is in the second is another's
    assert "nothing was published yet" in feeds(newsroom, "check", "--database", url).stdout
    assert "revision 1: 1 new" in feeds(newsroom, "publish", "--database", url).stdout
    assert desk.dump() == before
    assert [*desk.rows("SELECT value FROM publisher WHERE key = 'token'")] == [("1",)]
    assert len(desk.rows("SELECT 1 FROM other.entries")) == 1
    assert "nothing new" in feeds(newsroom, "publish", "--database", url).stdout


def test_a_database_in_another_encoding_is_refused_and_somebody_hears_how_to_make_one(
    newsroom: TestNewsroom, server: Server
) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE narrow TEMPLATE template0 ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    newsroom.page("roof.txt", ROOF)
    ended = feeds(newsroom, "publish", "--database", server.url("narrow"))
    assert ended.returncode == 2
    assert "this database is in LATIN1" in ended.stderr
    assert "createdb --owner=feeds --encoding=UTF8 --template=template0 narrow" in ended.stderr
    assert tables(server.url("narrow")) == []


@pytest.mark.parametrize("minutes", [120, -1])
def test_who_has_another_clock_than_the_server_publishes_nothing(
    desk: PostgreSQLNewsroom, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    clock = time.time
    monkeypatch.setattr(postgresql.lock, "_clock", lambda: clock() + 60 * minutes)
    desk.page("roof.txt", ROOF)
    before = desk.dump(), desk.rows("SELECT value FROM publisher ORDER BY key")
    ended = feeds(desk, "publish")
    assert ended.returncode == 2
    assert f" s {'ahead of' if minutes > 0 else 'behind'} the server's (" in ended.stderr
    assert "NTP" in ended.stderr
    assert (desk.dump(), desk.rows("SELECT value FROM publisher ORDER BY key")) == before
    monkeypatch.setattr(postgresql.lock, "_clock", lambda: clock() + 20)
    assert feeds(desk, "publish").returncode == 0


def test_a_time_out_of_the_database_for_transactions_that_wait_ends_no_run(
    desk: PostgreSQLNewsroom,
) -> None:
    desk.change(f'ALTER DATABASE "{desk.name}" SET idle_in_transaction_session_timeout = 1')
    plain.kept(Address(desk.url)).close()
    desk.page("roof.txt", ROOF)
    ended = feeds(desk, "publish")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_who_reads_makes_nothing_in_an_empty_database(
    desk: PostgreSQLNewsroom, server: Server
) -> None:
    url = server.url(server.create())
    for command in ("status", "check", "list", "log", "audience"):
        feeds(desk, command, "--database", url)
    assert tables(url) == []


def tables(url: str) -> list[str]:
    """The names of the tables in a database."""
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [name for (name,) in found]


def test_an_app_needs_no_folder_of_pages(desk: PostgreSQLNewsroom, tmp_path: Path) -> None:
    ask = of_app(create_app(str(tmp_path / "nowhere"), desk.url, now=lambda: LATER))
    assert ask("/feeds/latest.rss").status == 200
