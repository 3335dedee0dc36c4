"""Where captured pages lie: paths that any machine can have, one folder for each address."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model.errors import FeedsError
from feeds.newsroom import captured, folder
from feeds.readers.warc import Capture, read_capture

MOMENT = datetime(2026, 12, 1, 9, 35, tzinfo=UTC)
SITE = "https://harbour.example"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/economy/bell", "economy/bell"),
        ("/economy/bell/", "economy/bell"),
        ("/economy/bell.html", "economy/bell.html"),
        ("/", "index"),
        ("", "index"),
        ("/%D0%BF%D0%BE%D1%80%D1%82/%C9%99l", "порт/əl"),
    ],
)
def test_a_path_says_the_address(address: str, place: str) -> None:
    path = captured.place_of(SITE + address, MOMENT)
    assert path == f"captured/{place}/20261201T093500Z.warc"


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("/a?id=7", "a-"),
        ("/../../etc/passwd", "x--x/x--x/etc/passwd-"),
        ("/.git/config", "git/config-"),
        ("/Economy/Bell", "economy/bell-"),
        ("/_drafts/a", "drafts/a-"),
        ("/bell_files/a", "x-bell_files-x/a-"),
        ("/node_modules/con", "x-node_modules-x/x-con-x-"),
        ("/a.warc/b", "x-a-warc-x/b-"),
        ("/a%2Fb%00c", "a-b-c-"),
        ("/index", "index-"),
        ("/" + "a" * 3000, "a" * 93 + "-"),
        ("/" + "a/" * 300, "a/a/a/a/a/a/a/a/a/a-"),
    ],
)
def test_what_no_folder_is_called_gets_a_name_of_its_own(address: str, begins: str) -> None:
    assert captured.folder_of(SITE + address).startswith(f"captured/{begins}")


ADDRESSES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(
    lambda text: f"{SITE}/{text}"
)


@given(ADDRESSES, ADDRESSES)
def test_two_addresses_have_two_folders_that_the_newsroom_finds(one: str, other: str) -> None:
    def said(address: str) -> tuple[str, str]:
        parts = urlsplit(address)
        return unquote(parts.path.strip("/")), parts.query

    first, second = map(captured.folder_of, (one, other))
    if said(one) != said(other):
        assert first.casefold() != second.casefold()
    for part in first.split("/"):
        assert part not in {"", ".", ".."}
        assert len(part.encode()) < 200
        assert folder.kind_beside(f"{part}/a.warc") == ""


@given(address=ADDRESSES)
def test_what_is_saved_is_found_among_the_pages(
    tmp_path_factory: pytest.TempPathFactory, address: str
) -> None:
    root = tmp_path_factory.mktemp("newsroom")
    try:
        made = Capture(address, MOMENT, 200, (), b"<p>")
        path = captured.save(root, made)
    except ValueError:
        return  # no address
    assert [found.path for found in folder.pages(root)] == [path]
    assert list(captured.saved(root)) == [path]
    assert read_capture(path, (root / path).read_bytes()) == made


def test_nothing_is_saved_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "source" / "captured").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FeedsError, match="is a link"):
        captured.save(tmp_path / "source", Capture(f"{SITE}/a", MOMENT, 200, (), b""))
