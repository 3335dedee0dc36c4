"""``feeds audience`` as people and cron run it: files of all kinds, and what the ledger keeps."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feeds.audience import counting
from feeds.audience import record as recording
from feeds.audience.logs import count
from feeds.ledger import audience
from feeds.ledger.connect import open_to_note
from feeds.model.audience import Daily
from feeds.model.errors import LedgerBusyError, LedgerError
from tests.audience import logs
from tests.audience.logs import START, Poller, address, line
from tests.newsrooms import NOW, TestNewsroom, feeds, process

NEWSBOAT = "newsboat/2.21.0 (Linux x86_64)"
POLLERS = [Poller(NEWSBOAT, [address(n)], seconds=1800) for n in range(30)]
POLLERS += [Poller("Feedly/1.0 (16 subscribers)", [address(99)])]
TWO_DAYS = list(logs.polls(POLLERS, seconds=2 * 86_400))
ROTATED = next(n for n, text in enumerate(TWO_DAYS) if "15/Jan/2026:06:" in text)
SEVERAL = 8
"""Days after which what was recorded can't change any more, one more than the least."""


def written(file: Path, some: Sequence[str]) -> Path:
    data = "".join(f"{text}\n" for text in some).encode()
    file.write_bytes(gzip.compress(data) if file.suffix == ".gz" else data)
    return file


def record(newsroom: TestNewsroom, *files: Path, now: datetime = NOW) -> recording.Recorded:
    """Records ``files`` as the command does, at the time ``now``."""
    ledger = open_to_note(newsroom.database)
    assert ledger
    with ledger.read() as connection:
        known = audience.open_days(connection)
    found = count([str(file) for file in files], known.salts, known.marks)
    with ledger.write() as connection:
        return recording.record(connection, found.parts, found.salts, now)


def totals(newsroom: TestNewsroom) -> list[Daily]:
    ledger = open_to_note(newsroom.database)
    assert ledger
    with ledger.read() as connection:
        return audience.totals(connection)


def numbers(found: Sequence[Daily]) -> list[tuple[Any, ...]]:
    """All but distinct readers, which differ a little with the salt."""
    return [one._replace(subscribers=0) for one in found]


def told(newsroom: TestNewsroom, *arguments: str) -> dict[str, Any]:
    run = feeds(newsroom, "audience", "--json", *arguments)
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def test_files_may_be_packed_or_come_through_a_pipe(tmp_path: Path) -> None:
    newsroom = TestNewsroom(tmp_path / "desk")
    whole = told(newsroom, str(written(tmp_path / "a.log", TWO_DAYS)))
    packed = told(newsroom, str(written(tmp_path / "a.log.2.gz", TWO_DAYS)))
    assert whole["polls"] == packed["polls"] == len(TWO_DAYS)
    for name in ("-", "/dev/stdin"):
        piped = process(newsroom, "audience", "--json", name, typed="\n".join(TWO_DAYS))
        assert json.loads(piped.stdout)["polls"] == len(TWO_DAYS)


def test_no_newsroom_is_needed(tmp_path: Path) -> None:
    run = process(None, "audience", "a.log", cwd=written(tmp_path / "a.log", TWO_DAYS).parent)
    assert (run.returncode, run.stderr) == (0, "")
    assert "latest: about 46 subscribers" in run.stdout


def test_a_log_that_is_given_twice_or_also_packed_counts_once(
    tmp_path: Path, newsroom: TestNewsroom
) -> None:
    plain = written(tmp_path / "a.log", TWO_DAYS)
    link = tmp_path / "b.log"
    link.symlink_to(plain)
    files = [str(plain), str(link), str(written(tmp_path / "a.log.gz", TWO_DAYS))]
    run = feeds(newsroom, "audience", "--json", *files)
    (feed,) = json.loads(run.stdout)["feeds"]
    assert sum(client["polls"] for client in feed["clients"]) == len(TWO_DAYS)
    assert run.stderr == f"{link}: named twice; counted once\n"


@pytest.mark.parametrize("name", ["missing.log", ".", "damaged.gz"])
def test_what_cant_be_read_is_named_and_nothing_is_recorded(
    tmp_path: Path, published: TestNewsroom, name: str
) -> None:
    damaged = written(tmp_path / "damaged.gz", TWO_DAYS)
    damaged.write_bytes(damaged.read_bytes()[:-100])
    good = written(tmp_path / "a.log", TWO_DAYS)
    run = feeds(published, "audience", "--record", str(good), str(tmp_path / name))
    assert run.returncode == 2
    assert str(tmp_path / name) in run.stderr
    assert "Traceback" not in run.stderr
    assert totals(published) == []


def test_a_file_that_is_no_log_is_named(tmp_path: Path, newsroom: TestNewsroom) -> None:
    file = tmp_path / "a.log"
    file.write_bytes(b"\0\xff" * 2_000_000)
    run = feeds(newsroom, "audience", "--quiet", str(file))
    assert (run.returncode, run.stdout) == (1, "")
    assert "not a line of it can be read" in run.stderr


@pytest.mark.parametrize("magic", [b"\x28\xb5\x2f\xfd", b"\xfd7zXZ\0", b"BZh91AY"])
def test_logs_that_are_packed_in_another_way_are_not_taken_for_logs_without_polls(
    tmp_path: Path, newsroom: TestNewsroom, magic: bytes
) -> None:
    log = tmp_path / "a.log.2.zst"
    log.write_bytes(magic + b'"GET / HTTP/1.1"\n' * 9)
    run = feeds(newsroom, "audience", str(log))
    assert run.returncode == 2
    assert "zstdcat" in run.stderr


def test_what_there_is_no_room_for_is_said(
    tmp_path: Path, newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "_GROUPS", 100)
    some = [
        line(NEWSBOAT, START + timedelta(days=day), path=f"/feeds/n{number}.rss")
        for day in range(11) for number in range(10)
    ]  # fmt: skip
    run = feeds(newsroom, "audience", "--json", str(written(tmp_path / "a.log", some)))
    assert run.returncode == 1
    assert "a.log: 10 polls are not counted" in run.stderr


def test_recording_needs_a_log_and_a_ledger(tmp_path: Path, newsroom: TestNewsroom) -> None:
    assert feeds(newsroom, "audience", "--record").returncode == 2
    log = written(tmp_path / "a.log", TWO_DAYS)
    run = feeds(newsroom, "audience", "--record", str(log))
    assert (run.returncode, "feeds publish" in run.stderr) == (2, True)


def test_what_was_recorded_is_shown_without_a_log(tmp_path: Path, published: TestNewsroom) -> None:
    log = written(tmp_path / "a.log", [line("Feedly/1.0 (16 subscribers)")])
    assert "no audience is recorded" in feeds(published, "audience").stderr
    run = feeds(published, "audience", "--record", "--quiet", str(log))
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert "latest: about 16 subscribers" in feeds(published, "audience").stdout
    assert told(published)["days"] == ["2026-01-14"]


def test_logs_that_rotate_in_the_morning_add_up(tmp_path: Path, published: TestNewsroom) -> None:
    """Recorded as cron does it, each morning the log of before and the present one."""
    log, older = tmp_path / "a.log", tmp_path / "a.log.1"
    record(published, written(log, TWO_DAYS[:300]))
    record(published, written(log, TWO_DAYS[:ROTATED]))
    log.rename(older)
    record(published, older, written(log, TWO_DAYS[ROTATED : ROTATED + 9]))
    record(published, older, written(log, TWO_DAYS[ROTATED:]))
    found = totals(published)
    assert sum(one.polls for one in found) == len(TWO_DAYS)
    assert [one.subscribers for one in found if one.client == "Feedly"] == [16, 16]
    readers = [one.subscribers for one in found if one.client == "newsboat"]
    assert readers == [pytest.approx(30, abs=1)] * 2


def test_recording_again_changes_nothing(tmp_path: Path, published: TestNewsroom) -> None:
    first = written(tmp_path / "a.log.1.gz", TWO_DAYS[:ROTATED])
    second = written(tmp_path / "a.log", TWO_DAYS[ROTATED:])
    assert record(published, first, second).changed == ["2026-01-14", "2026-01-15"]
    before = published.dump()
    assert record(published, second, first).changed == []
    assert record(published, written(tmp_path / "all.log", TWO_DAYS)).changed == []
    assert published.dump() == before


@pytest.mark.parametrize("cut", [1, 700, ROTATED, len(TWO_DAYS) - 1])
def test_a_log_recorded_in_two_pieces_gives_what_it_gives_as_a_whole(
    tmp_path: Path, published: TestNewsroom, cut: int
) -> None:
    record(published, written(tmp_path / "1.log", TWO_DAYS[:cut]))
    record(published, written(tmp_path / "2.log", TWO_DAYS[cut:]))
    pieces = totals(published)
    other = TestNewsroom(tmp_path / "other")
    other.page("bell.txt")
    other.publish()
    record(other, written(tmp_path / "all.log", TWO_DAYS))
    assert numbers(pieces) == numbers(totals(other))


def test_logs_of_two_servers_add_up(tmp_path: Path, published: TestNewsroom) -> None:
    some = [text for text in TWO_DAYS if "newsboat" in text]
    record(published, written(tmp_path / "1.log", some[::2]))
    record(published, written(tmp_path / "2.log", some[1::2]))
    assert sum(one.polls for one in totals(published)) == len(some)


def test_what_is_recorded_in_part_is_left_out_and_said_so(
    tmp_path: Path, published: TestNewsroom
) -> None:
    command = ("audience", "--record", "--quiet")
    feeds(published, *command, str(written(tmp_path / "1.log", TWO_DAYS[:900])))
    before = totals(published)
    day = [text for text in TWO_DAYS if "14/Jan" in text]
    run = feeds(published, *command, str(written(tmp_path / "2.log", day[400:])))
    assert (run.returncode, run.stdout) == (1, "")
    assert "2026-01-14 is left out" in run.stderr
    assert totals(published) == before


def test_a_day_is_closed_after_a_week_and_only_its_totals_are_left(
    tmp_path: Path, published: TestNewsroom
) -> None:
    log = written(tmp_path / "a.log", TWO_DAYS)
    record(published, log)
    before = totals(published)
    later = NOW + timedelta(days=SEVERAL)
    done = record(published, log, now=later)
    assert (done.changed, done.closed) == ([], ["2026-01-14", "2026-01-15"])
    assert published.rows("SELECT * FROM audience_parts") == []
    assert totals(published) == before
    late = record(published, written(tmp_path / "b.log", [line("curl/8.5.0")]), now=later)
    assert late.closed == ["2026-01-14"]
    assert totals(published) == before


def test_two_that_record_at_the_same_time_dont_mix_their_salts(
    tmp_path: Path, published: TestNewsroom
) -> None:
    other = count([str(written(tmp_path / "b.log", TWO_DAYS[900:]))], {}, {})
    record(published, written(tmp_path / "a.log", TWO_DAYS[:900]))
    ledger = open_to_note(published.database)
    assert ledger
    with ledger.write() as connection, pytest.raises(LedgerBusyError, match="run it again"):
        recording.record(connection, other.parts, other.salts, NOW)


def test_no_address_is_stored(tmp_path: Path, published: TestNewsroom) -> None:
    some = [*TWO_DAYS, line("Harbour 203.0.113.77", START + timedelta(hours=1))]
    record(published, written(tmp_path / "a.log", some))
    data = b"".join(
        file.read_bytes() for file in published.database.parent.iterdir() if file.is_file()
    )
    assert b"11.0.7." not in data
    assert b"203.0.113." not in data
    assert b"Harbour 203" not in data


def test_a_recorded_audience_is_no_revision_and_leaves_the_feeds_alone(
    tmp_path: Path, published: TestNewsroom
) -> None:
    before = published.document()
    record(published, written(tmp_path / "a.log", TWO_DAYS))
    assert published.publish(NOW + timedelta(hours=1)).revision is None
    assert published.document() == before
    backup = tmp_path / "copy.db"
    assert feeds(published, "backup", str(backup)).returncode == 0
    assert feeds(published, "check").returncode == 0


def test_a_ledger_whose_parts_are_damaged_is_said_to_be(
    tmp_path: Path, published: TestNewsroom
) -> None:
    record(published, written(tmp_path / "a.log", TWO_DAYS[:900]))
    ledger = open_to_note(published.database)
    assert ledger
    with ledger.write() as connection:
        connection.exec_driver_sql("UPDATE audience_parts SET \"groups\" = x'00'")
    with pytest.raises(LedgerError, match="damaged"):
        record(published, written(tmp_path / "b.log", TWO_DAYS[900:]))
