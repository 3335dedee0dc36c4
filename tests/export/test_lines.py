"""The lines that serve an export: printed, in the documentation, and understood by a real Caddy."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.export import names, recipes
from feeds.model.errors import TargetError
from feeds.newsroom.site_file import load_site
from feeds.syndication import licence
from tests.conftest import Filled
from tests.export.exporting import export, retract
from tests.newsrooms import PROJECT, SITE, TestNewsroom, feeds, publish_bell
from tests.web.asking import HOST, NAVIGATION, Ask, answers, over_a_socket, port_of_ours

CADDY = shutil.which("caddy")


def test_the_documentation_has_the_printed_lines(newsroom: TestNewsroom) -> None:
    text = (PROJECT / "docs" / "export.md").read_text(encoding="utf-8")
    site = load_site(SITE, "site.toml")
    for told, target in (
        (recipes.nginx, "/srv/desk/export"),
        (recipes.caddy, "/srv/desk/export"),
        (recipes.cdn, "s3://desk-feeds/feeds"),
    ):
        lines = told(site, target)
        assert "".join(f"    {line}\n" for line in lines.splitlines()) in text, told
        kind = told.__name__
        assert feeds(newsroom, "export", "--lines", kind, target).stdout == f"{lines}\n"


@pytest.fixture
def served(filled: Filled, tmp_path: Path) -> Iterator[tuple[TestNewsroom, Ask]]:
    """Asks a Caddy that has the printed lines."""
    if CADDY is None:
        pytest.skip("needs Caddy; on Debian: apt install caddy")
    newsroom = filled(publish_bell)
    newsroom.configure(SITE.replace("[[feeds]]", 'rights = ["search"]\n\n[[feeds]]'))
    retract(newsroom, "Ferry")
    export(newsroom, tmp_path / "out")
    lines = recipes.caddy(newsroom.place.site(), str(tmp_path / "out"))
    with port_of_ours() as port:
        file, log = tmp_path / "Caddyfile", tmp_path / "caddy.log"
        head = "{\n  admin off\n  auto_https off\n}\n"
        file.write_text(f"{head}http://{HOST}:{port} {{\n  bind {HOST}\n{lines}\n}}\n")
        with log.open("w") as output:
            process = subprocess.Popen(
                [CADDY, "run", "--config", file, "--adapter", "caddyfile"],
                env={"HOME": str(tmp_path)},
                stderr=output,
            )
        try:
            last = time.monotonic() + 30
            while not answers(port):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < last
                time.sleep(0.05)
            yield newsroom, over_a_socket(port)
        finally:
            process.terminate()
            process.wait()


def test_caddy_serves_an_export(served: tuple[TestNewsroom, Ask]) -> None:
    newsroom, ask = served
    answer = ask("/feeds/latest.rss")
    assert answer.body == newsroom.document().document.body
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert answer.headers["Cache-Control"].startswith("public, max-age=300")
    coded = ask("/feeds/latest.rss", headers={"Accept-Encoding": "gzip, br"})
    assert coded.headers["Content-Encoding"] == "br"
    for one, headers in ((answer, {}), (coded, {"Accept-Encoding": "gzip, br"})):
        tag = {"If-None-Match": one.headers["ETag"], **headers}
        assert ask("/feeds/latest.rss", headers=tag).status == 304
    for path in ("/feeds/", "/feeds/latest", "/feeds/feeds.opml", "/feeds/static/style.css"):
        assert ask(path).status == 200, path
    ((gone,),) = newsroom.rows("SELECT hash FROM entries WHERE title LIKE 'Ferry%'")
    assert ask(f"/feeds/stories/{gone}").status == 410
    ((there,), *_) = newsroom.rows("SELECT hash FROM entries WHERE hidden = ''")
    assert ask(f"/feeds/stories/{there}").headers["X-Robots-Tag"] == "noindex"
    assert ask("/feeds/nothing").status == 404
    assert ask("/feeds/rss.xml").headers["Location"] == "/feeds/latest.rss"
    told = ask("/feeds/license.xml")
    assert told.body == licence.render(newsroom.place.site())
    assert told.headers["Content-Type"] == "application/rsl+xml; charset=utf-8"
    for one in (answer, told, ask("/feeds/")):
        assert one.headers["Link"] == licence.link(newsroom.place.site())
        assert one.headers["tdm-reservation"] == "1"
    led = ask("/feeds/latest.rss", headers=NAVIGATION)
    assert (led.status, led.headers["Location"]) == (303, "/feeds/latest")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("s3://bucket", "s3://bucket"),
        ("S3://bucket/", "s3://bucket"),
        ("s3://bucket//a/b/", "s3://bucket/a/b"),
        ("gs://bucket/a", "gs://bucket/a"),
        ("/srv/desk/export/", "/srv/desk/export"),
        ("/srv//desk/./x/../export", "/srv/desk/export"),
        ("file:///srv/desk/export", "/srv/desk/export"),
    ],
)
def test_a_target_has_one_name_in_whatever_spelling(written: str, name: str) -> None:
    assert names.canonical(written) == name
    assert names.canonical(name) == name


def test_a_directory_is_the_same_by_a_link_and_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "link").symlink_to("out")
    monkeypatch.chdir(tmp_path)
    for written in ("out", "./link/", str(tmp_path / "link")):
        assert names.canonical(written) == str((tmp_path / "out").resolve())


@pytest.mark.parametrize(
    "written",
    [
        "s3://key:hush@bucket/a",
        "s3://key:hu/hush@bucket/a",
        "s3://key:hush",
        "s3://key:hush/hush/a",
        "s3://bucket/a?token=hush",
        "s3://bucket/../a",
        "s3://",
        "ftp://bucket/a",
        "https://bucket.test/a",
        "file://host/a",
        "s3://[bucket/a",
    ],
)
def test_what_is_no_target_is_refused_without_its_password(written: str) -> None:
    with pytest.raises(TargetError) as error:
        names.canonical(written)
    assert "hush" not in str(error.value)
