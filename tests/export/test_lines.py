"""The lines that serve an export, printed and in the documentation, and what targets are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.export import names, recipes
from feeds.model.errors import TargetError
from feeds.newsroom.site_file import load_site
from tests.newsrooms import PROJECT, SITE, TestNewsroom, feeds


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
