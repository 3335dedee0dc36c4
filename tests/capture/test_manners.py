"""A site is asked as it wants to be: what robots.txt says, when it is busy, how much at once."""

from __future__ import annotations

import ssl
import subprocess
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from feeds.capture import run, state, visits
from feeds.client.machines import Machines
from feeds.model.errors import FetchError, LedgerBusyError
from tests.capture.capturing import desk
from tests.capture.sites import NOW, NewsSite, Reply
from tests.capture.words import stories

HOUR = timedelta(hours=1)


def site(count: int = 5, robots: str | None = None) -> NewsSite:
    made = NewsSite(stories(count, NOW, apart=HOUR))
    made.sitemap = "plain"
    if robots is not None:
        made.robots = robots
    return made


def test_who_asks_and_where_they_are_found_is_said_with_each_request(tmp_path: Path) -> None:
    with desk(tmp_path, site()) as one:
        one.capture()
        agents = {asked.headers["User-Agent"] for asked in one.site.log}
        assert len(agents) == 1
        assert "newsroom-feeds/" in (agent := agents.pop())
        assert agent.endswith(f" (+{one.site.url}/)")
        one.configure('contact = "web@desk.test"')
        one.capture(minutes=10)
        assert one.site.log[0].headers["User-Agent"].endswith(" (+web@desk.test)")


def test_what_robots_txt_forbids_is_not_asked_for(tmp_path: Path) -> None:
    made = site(
        robots="User-agent: *\nDisallow: /\n\nUser-agent: newsroom-feeds\nDisallow: /news/story-3\n"
    )
    with desk(tmp_path, made) as one:
        outcome = one.capture()
        assert outcome.came["new"] == 4
        assert outcome.came["forbidden"] == 1
        assert made.stories[2].path not in one.site.paths


def test_a_site_that_forbids_everything_is_asked_for_robots_txt_alone(tmp_path: Path) -> None:
    with desk(tmp_path, site(robots="User-agent: *\nDisallow: /\n")) as one:
        outcome = one.capture()
        assert one.site.paths == ["/robots.txt"]
        assert "robots.txt forbids" in str(outcome.problems[0])
        assert one.capture(minutes=10).problems == []  # told once
        assert one.site.paths == []


@pytest.mark.parametrize("status", [404, 403, 401])
def test_a_site_without_robots_txt_permits_everything(tmp_path: Path, status: int) -> None:
    made = site()
    made.faults["/robots.txt"] = Reply(status=status)
    with desk(tmp_path, made) as one:
        assert one.capture().came["new"] == 5


@pytest.mark.parametrize("reply", [Reply(status=500), Reply(b"User", cut=2), Reply(status=503)])
def test_what_robots_txt_says_is_not_guessed(tmp_path: Path, reply: Reply) -> None:
    made = site()
    made.faults["/robots.txt"] = reply
    with desk(tmp_path, made) as one:
        outcome = one.capture()
        assert set(one.site.paths) == {"/robots.txt"}
        assert outcome.exit_code == 1


def test_a_known_robots_txt_counts_for_a_day_while_it_can_not_be_had(tmp_path: Path) -> None:
    with desk(tmp_path, site()) as one:
        one.capture()
        one.site.faults["/robots.txt"] = Reply(status=500)
        one.capture(hours=25)
        assert one.site.paths == ["/robots.txt", "/sitemap.xml"]
        one.capture(hours=25)
        assert one.site.paths == ["/robots.txt"]


def test_robots_txt_is_asked_for_once_a_day(tmp_path: Path) -> None:
    with desk(tmp_path, site()) as one:
        asked = 0
        for _ in range(50):
            one.capture(hours=1)
            asked += one.site.paths.count("/robots.txt")
        assert asked == 3


def test_robots_txt_is_no_larger_than_what_is_read_of_it(tmp_path: Path) -> None:
    made = site()
    much = f"User-agent: *\nDisallow: /private/\nSitemap: {{}}/sitemap.xml\n{'# bell' * 100_000}"
    made.faults["/robots.txt"] = lambda: Reply(
        (much.format(made.url) + "\nUser-agent: *\nDisallow: /").encode(), kind="text/plain"
    )
    with desk(tmp_path, made) as one:
        assert one.capture().came["new"] == 5


@pytest.mark.parametrize(
    ("robots", "capture", "least"),
    [
        ("", "", 1),
        ("", "pause = 4", 4),
        ("User-agent: *\nCrawl-delay: 7\n", "", 7),
        ("User-agent: newsroom-feeds\nCrawl-delay: 2.5\n", "", 2.5),
        ("User-agent: *\nCrawl-delay: 2\n", "pause = 4", 4),
    ],
)
def test_between_two_requests_lies_a_pause(
    tmp_path: Path, robots: str, capture: str, least: float
) -> None:
    with desk(tmp_path, site(robots=robots), capture) as one:
        one.capture()
        moments = [asked.moment for asked in one.site.log]
        assert min(b - a for a, b in pairwise(moments[1:])) >= timedelta(seconds=least)


def test_a_run_does_not_begin_at_once_after_the_one_before(tmp_path: Path) -> None:
    with desk(tmp_path, site(robots="User-agent: *\nCrawl-delay: 30\n")) as one:
        one.capture()
        last = one.site.log[-1].moment
        one.capture()
        assert one.site.log[0].moment - last >= timedelta(seconds=29)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_who_asks_to_be_left_alone_is_left_alone_for_so_long(
    tmp_path: Path, status: int, form: str
) -> None:
    made = site()
    with desk(tmp_path, made) as one:
        until = NOW + timedelta(minutes=90)
        after = str(90 * 60) if form == "seconds" else format_datetime(until, usegmt=True)
        made.faults[made.out[2].path] = Reply(status=status, headers=(("Retry-After", after),))
        outcome = one.capture()
        assert (outcome.ended, len(outcome.left)) == ("asked-to-wait", 3)
        assert outcome.exit_code == 1
        assert one.site.story_paths == [story.path for story in made.out[:3]]
        made.faults.clear()
        assert one.capture(minutes=60).exit_code == 0
        assert one.site.paths == []
        one.capture(minutes=31)
        assert one.site.story_paths == [story.path for story in made.out[2:]]


def test_a_site_that_is_not_well_is_asked_less_often_each_time(tmp_path: Path) -> None:
    made = site()
    with desk(tmp_path, made) as one:
        one.capture()
        made.faults["/sitemap.xml"] = Reply(status=503)
        asked = []
        for minute in range(0, 12 * 60, 5):
            one.capture(minutes=5)
            if one.site.paths:
                asked.append(minute)
        assert len(asked) < 12
        pauses = [b - a for a, b in pairwise(asked)]
        assert pauses == sorted(pauses)


def test_a_broken_page_is_tried_again_later_and_told_when_it_stays_so(tmp_path: Path) -> None:
    made = site()
    broken = made.stories[2]
    made.faults[broken.path] = Reply(status=500)
    with desk(tmp_path, made) as one:
        assert one.capture().came == {"new": 4, "failed": 1, "list": 1}
        told = []
        for _ in range(40):
            told += one.capture(minutes=10).problems
        assert [problem.file for problem in told] == [one.site.url + broken.path]
        made.faults.clear()
        for _ in range(40):
            one.capture(minutes=60)
        assert any(broken.slug in path for path in one.files)


def test_a_site_that_answers_nothing_but_errors_ends_the_run(tmp_path: Path) -> None:
    made = site(9)
    with desk(tmp_path, made) as one:
        for story in made.stories:
            made.faults[story.path] = Reply(status=502)
        outcome = one.capture()
        assert outcome.ended == "failing"
        assert len(one.site.story_paths) == 3


def test_the_machine_of_the_site_is_looked_up_once_and_others_are_public() -> None:
    asked: list[str] = []
    names = {"desk.test": "127.0.0.1", "www.desk.test": "127.0.0.1", "old.test": "10.0.0.5"}

    def lookup(host: str, _: int) -> list[str]:
        asked.append(host)
        return [names[host]]

    machines = Machines("desk.test", lookup)
    assert machines.addresses("www.desk.test", 80) == ["127.0.0.1"]
    names["desk.test"] = "10.0.0.1"  # a name server that says something else a moment later
    assert machines.addresses("desk.test", 80) == ["127.0.0.1"]
    with pytest.raises(FetchError, match="no machine of the public network"):
        machines.addresses("old.test", 80)
    assert asked == ["desk.test", "www.desk.test", "old.test"]


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with desk(tmp_path, site()) as one:
        with state.alone(one.newsroom.root), pytest.raises(LedgerBusyError, match="at work"):
            one.capture()
        assert one.site.paths == []
        assert one.capture().came["new"] == 5


def test_a_run_ends_after_so_many_bytes_and_minutes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk(tmp_path, site(40), "pause = 30") as one:
        outcome = one.capture()
        assert (outcome.ended, len(one.site.log) < 25) == ("minutes", True)
        monkeypatch.setattr(run, "Budget", lambda requests: visits.Budget(requests, 6_000))
        outcome = one.capture(minutes=10)
        assert outcome.ended == "bytes"
        assert sum(asked.size for asked in one.site.log) < 12_000


def test_a_certificate_is_checked_and_what_to_do_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1".split(),
            *"-nodes -days 2 -subj /CN=quay -addext subjectAltName=IP:127.0.0.1".split(),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with desk(tmp_path, site(), context=context) as one:
        outcome = one.capture()
        assert "its certificate is not valid" in str(outcome.problems[0])
        assert one.site.paths == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert one.capture(hours=5).came["new"] == 5


def test_a_clock_that_was_set_back_has_no_run_wait_for_longer_than_the_pause(
    tmp_path: Path,
) -> None:
    with desk(tmp_path, site(2)) as one:
        one.capture()
        one.waited = 0.0
        outcome = one.capture(hours=-3)
    assert outcome.ended is None
    assert one.waited <= outcome.requests
