"""Exports to a bucket: a real S3 API, through a proxy that fails as stores do."""

from __future__ import annotations

import itertools
import json
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import pytest

from feeds.export import recipes, run
from feeds.export.claim import CLAIM
from feeds.export.run import Exported
from feeds.export.targets import MARK
from tests.export import s3
from tests.export.exporting import CRANE, LATER, expected, export, retract
from tests.export.s3 import Proxy
from tests.newsrooms import COMMANDED, FEEDS, NOW, TestNewsroom, feeds, publish_bell
from tests.web.test_conformance import FORMATS

pytestmark = pytest.mark.skipif(
    not s3.PROGRAM.exists(), reason="needs .venv/s3-server, which 'make test' makes"
)
TYPES = {
    **FORMATS,
    "html": "text/html; charset=utf-8",
    "opml": "text/x-opml; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


class Store(NamedTuple):
    """A proxy before the store, and an empty prefix there."""

    proxy: Proxy
    target: str
    environment: dict[str, str]


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    with s3.running() as port:
        s3.make_bucket(port, "desk")
        yield port


_numbers = itertools.count()


@pytest.fixture
def store(server: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with s3.proxy(server) as (proxy, port):
        environment = s3.environment(port)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        yield Store(proxy, f"s3://desk/{next(_numbers)}/feeds", environment)


def address(place: str) -> str:
    """What an object is called whose file in a directory is called ``place``."""
    if place == "index.html":
        return place
    for end in (".gone.html", ".html"):
        place = place.removesuffix(end)
    if place.startswith("stories/"):
        return f"stories/{place.rpartition('/')[2]}"
    return place


def compare(newsroom: TestNewsroom, store: Store, now: datetime = LATER) -> None:
    """Fails unless the bucket has exactly what is published."""
    there = s3.objects(store.target)
    mark = json.loads(there.pop(".newsroom-feeds.json").body)
    assert mark["feeds_url"] == "https://desk.test/feeds/"
    assert there.pop("healthz").content_type == "application/json"
    there.pop("_nothing")
    wanted = {address(place): (place, body) for place, body in expected(newsroom, now).items()}
    assert sorted(there) == sorted(wanted)
    for name, (place, body) in wanted.items():
        assert there[name].body == body, name
        assert there[name].content_type == TYPES[place.rpartition(".")[2]], name
        assert there[name].caching.startswith("public, max-age="), name


def attempt(newsroom: TestNewsroom, store: Store, now: datetime = LATER) -> Exported:
    """Exports, which may fail."""
    return run.export(newsroom.place, store.target, lambda: now)


def changed(store: Store) -> list[str]:
    """What was put since the last time that this was asked, in order; without prefix and mark."""
    prefix = store.target.removeprefix("s3:/")
    asked = [path.partition("?")[0].removeprefix(f"{prefix}/") for _, path in store.proxy.asked]
    store.proxy.asked.clear()
    return [name for name in asked if name != MARK]


def test_all_that_is_published_is_there_with_its_types(own: TestNewsroom, store: Store) -> None:
    export(own, store.target)
    compare(own, store)
    static = s3.objects(store.target)["static/style.css"]
    assert static.caching == "public, max-age=86400"


def test_a_cdn_that_is_set_as_the_lines_say_finds_all_that_pages_lead_to(
    own: TestNewsroom, store: Store
) -> None:
    gone = retract(own, "Ferry")
    export(own, store.target)
    there = s3.objects(store.target)
    lines = recipes.cdn(own.place.site(), store.target)
    named = re.findall(r"/feeds/([a-z_.]+)|([a-z]+\.html)", lines)
    assert {"".join(one) for one in named} == {"_nothing", "index.html"}
    assert {"_nothing", "index.html"} <= there.keys()
    assert b"There is nothing here" in there["_nothing"].body
    for name, page in there.items():
        if not page.content_type.startswith("text/html"):
            continue
        for link in re.findall(r'(?:href|src)="([^"]*)"', page.body.decode()):
            path = urljoin(f"https://desk.test/feeds/{name}", link).partition("?")[0]
            address = path.partition("//desk.test/feeds/")[2].partition("#")[0]
            if path.startswith("https://desk.test/feeds/"):
                assert (address or "index.html") in there, (name, link)
    assert b"noindex" in there[f"stories/{gone}"].body


def test_only_what_changed_is_put_and_what_goes_goes_first(own: TestNewsroom, store: Store) -> None:
    export(own, store.target)
    changed(store)
    assert export(own, store.target).put == 0
    assert changed(store) == []
    own.page("crane.txt", CRANE)
    gone = retract(own, "Ferry")
    export(own, store.target)
    compare(own, store)
    names = changed(store)
    assert len(names) == len(set(names))
    assert names[0] == f"stories/{gone}"
    ((new,),) = own.rows("SELECT hash FROM entries WHERE title LIKE 'Crane%'")
    order = [f"stories/{new}", "latest.rss", "latest"]
    assert [name for name in names if name in order] == order
    assert not [name for name in names if name.startswith("static/")]
    page = s3.objects(store.target)[f"stories/{gone}"].body.decode()
    assert "noindex" in page
    assert "Ferry" not in page


@pytest.mark.parametrize(("fail_from", "cuts"), [(1, True), (9, False), (17, True)])
def test_an_export_that_fails_half_way_is_mended_by_the_next(
    own: TestNewsroom, store: Store, fail_from: int, cuts: bool
) -> None:
    store.proxy.fail_from, store.proxy.cuts = fail_from, cuts
    failed = attempt(own, store)
    assert failed.problem
    assert s3.SECRET not in str(failed.problem)
    store.proxy.fail_from = None
    export(own, store.target)
    compare(own, store)


def test_a_retraction_arrives_whenever_the_store_is_there_again(
    own: TestNewsroom, store: Store
) -> None:
    assert feeds(own, "publish", "--export", store.target, now=LATER).returncode == 0
    store.proxy.fail_from = 0
    ((entry,),) = own.rows("SELECT id FROM entries WHERE title LIKE 'Ferry%'")
    ran = feeds(own, "retract", entry, now=LATER + timedelta(minutes=1))
    assert ran.returncode == 1
    assert store.target in ran.stderr
    assert "the next 'feeds publish' tries it again" in ran.stderr
    assert s3.SECRET not in ran.stderr
    for minute in (2, 3):
        ran = feeds(own, "publish", now=LATER + timedelta(minutes=minute))
        assert (ran.returncode, ran.stdout) == (1, "nothing new\n")
        assert store.target in ran.stderr
    told = feeds(own, "status", now=LATER + timedelta(minutes=63))
    assert f"{store.target} is at revision 1 of 2, behind since 2026-01-14T09:41:00Z" in told.stdout
    assert "at the last of 3 attempts" in told.stdout
    assert told.returncode == 1
    store.proxy.fail_from = None
    later = LATER + timedelta(minutes=4)
    changed(store)
    ran = feeds(own, "publish", now=later)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert changed(store)[0].startswith("stories/")
    compare(own, store, later)
    assert f"{store.target} has all of revision 2" in feeds(own, "status", now=later).stdout


def test_a_killed_export_is_mended_by_the_next(own: TestNewsroom, store: Store) -> None:
    store.proxy.hold_at = 12
    environment = {**own.environment(), **store.environment}
    process = subprocess.Popen([FEEDS, "export", store.target], env=environment)
    assert store.proxy.held.wait(60)
    process.send_signal(signal.SIGKILL)
    process.wait()
    store.proxy.go_on.set()
    # its claim ends by itself; the process had the real time
    after = datetime.now(NOW.tzinfo) + CLAIM + timedelta(minutes=1)
    assert attempt(own, store, after).problem is None
    compare(own, store, after)


def test_of_two_at_once_the_first_takes_along_what_comes_meanwhile(
    own: TestNewsroom, store: Store
) -> None:
    store.proxy.hold_at = 3
    done: list[Exported] = []
    first = threading.Thread(target=lambda: done.append(attempt(own, store)))
    first.start()
    assert store.proxy.held.wait(60)
    gone = retract(own, "Ferry")
    second = attempt(own, store)
    assert second.is_busy
    store.proxy.go_on.set()
    first.join(60)
    assert done[0].revision == 2
    compare(own, store)
    assert "withdrawn" in s3.objects(store.target)[f"stories/{gone}"].body.decode()


@pytest.mark.parametrize("loses", [True, False])
def test_what_one_that_was_overtaken_puts_late_is_mended(
    own: TestNewsroom, store: Store, loses: bool
) -> None:
    hour = timedelta(hours=1)
    assert feeds(own, "publish", "--export", store.target, now=LATER).returncode == 0
    own.page("crane.txt", CRANE)
    own.publish(LATER + hour)
    store.proxy.hold_for = "/latest.rss"
    done: list[Exported] = []
    first = threading.Thread(target=lambda: done.append(attempt(own, store, LATER + hour)))
    first.start()
    assert store.proxy.held.wait(60)
    retract(own, "Crane", LATER + hour)
    later = LATER + hour + CLAIM + timedelta(minutes=1)
    export(own, store.target, later)
    compare(own, store, later)
    store.proxy.loses = loses
    store.proxy.go_on.set()
    first.join(60)
    store.proxy.loses = False
    assert done[0].problem
    assert b"Crane" in s3.objects(store.target)["latest.rss"].body
    assert f"{store.target} is at revision 3 of 3, behind" in feeds(own, "status").stdout
    assert feeds(own, "publish", now=later + hour).returncode == 0
    compare(own, store, later + hour)


def test_a_bucket_that_was_put_back_from_a_copy_is_looked_at_object_by_object(
    own: TestNewsroom, store: Store
) -> None:
    import obstore
    from obstore.store import from_url

    bucket = from_url(store.target)
    export(own, store.target)
    copy = {
        one["path"]: bytes(obstore.get(bucket, one["path"]).bytes())
        for some in obstore.list(bucket)
        for one in some
    }
    retract(own, "Ferry")
    export(own, store.target)
    obstore.delete(bucket, [*s3.objects(store.target)])
    for name, body in copy.items():
        obstore.put(bucket, name, body)
    assert b"Ferry" in s3.objects(store.target)["latest.rss"].body
    export(own, store.target)
    there = s3.objects(store.target)
    assert [name for name, found in there.items() if b"Ferry" in found.body] == []


def test_a_prefix_of_others_is_refused(own: TestNewsroom, store: Store, tmp_path: Path) -> None:
    other = TestNewsroom(tmp_path / "other")
    publish_bell(other)
    export(other, store.target)
    before = s3.objects(store.target)
    refused = attempt(own, store)
    assert refused.problem
    assert "is another newsroom's export" in refused.problem.what
    assert s3.objects(store.target) == before
    above = run.export(own.place, store.target.removesuffix("/feeds"), lambda: LATER)
    assert above.problem
    assert "holds objects of others" in above.problem.what


def test_what_somebody_meddled_with_or_emptied_is_mended(own: TestNewsroom, store: Store) -> None:
    import obstore
    from obstore.store import from_url

    export(own, store.target)
    bucket = from_url(store.target)
    obstore.put(bucket, "latest.rss", b"meddled")
    obstore.put(bucket, "planted.html", b"not ours")
    obstore.delete(bucket, ["latest.json"])
    assert export(own, store.target).put == 0
    assert export(own, store.target, verify=True).put == 2
    compare(own, store)
    obstore.delete(bucket, [*s3.objects(store.target)])
    export(own, store.target)
    compare(own, store)


def test_a_ledger_that_was_made_anew_goes_on_with_its_target(
    own: TestNewsroom, store: Store
) -> None:
    export(own, store.target)
    for file in own.database.parent.iterdir():
        file.unlink()
    (own.root / "bell.txt").unlink()
    own.page("crane.txt", CRANE)
    own.publish(NOW + timedelta(hours=1), rebuild=True)
    export(own, store.target)
    compare(own, store)


def test_who_may_not_write_is_told_so_without_a_secret(
    own: TestNewsroom, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT", "http://127.0.0.1:1")
    ran = feeds(own, "export", store.target, now=COMMANDED)
    assert ran.returncode == 2
    assert store.target in ran.stderr
    assert s3.SECRET not in ran.stderr + ran.stdout
    assert len(ran.stderr.splitlines()) == 1
