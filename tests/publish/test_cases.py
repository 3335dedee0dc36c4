"""What is expected of pages that others collected, where they are there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from tests.newsrooms import SITE, TestNewsroom, feeds


def expected(cases: Path, kind: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = msgspec.json.decode(
        (cases / kind / "expect.json").read_bytes()
    )
    assert found
    return found


def test_a_page_that_is_poison_keeps_no_good_page_from_being_published(
    cases: Path, tmp_path: Path
) -> None:
    """Nor are its good words lost, as far as it can be read; and ``check`` names it if not."""
    for name, case in expected(cases, "poison").items():
        newsroom = TestNewsroom(tmp_path / name, SITE.replace("Asia/Baku", "UTC"))
        for step in case["steps"]:
            for page in step["pages"]:
                newsroom.page(page, (cases / "poison" / page).read_bytes())
            done = feeds(newsroom, "publish")
            assert done.returncode in step["exit_accept"], (name, done.stderr)
            assert "internal error" not in done.stderr
            items = msgspec.json.decode(newsroom.document(form="json").document.body)["items"]
            assert {item["title"] for item in items} >= set(step["titles"]), name
            assert len(items) == step.get("count", len(items)), name
            served = " ".join(" ".join(item.get("content_html", "") for item in items).split())
            for words in step.get("served", ()):
                assert words in served, name
            if done.returncode:
                bad = [page for page in step["pages"] if page in done.stderr]
                assert bad
                assert bad[0] in feeds(newsroom, "status").stdout
                assert bad[0] in feeds(newsroom, "check").stdout
            assert feeds(newsroom, "publish").stdout == "nothing new\n"


def test_a_language_is_a_code_that_is_known_or_none(cases: Path, newsroom: TestNewsroom) -> None:
    wrong = []
    for name, case in expected(cases, "language-codes").items():
        newsroom.page(name, (cases / "language-codes" / name).read_bytes())
        read = feeds(newsroom, "read", "--json", newsroom.root / name).stdout
        found: dict[str, Any] = msgspec.json.decode(read)
        accepted = case.get("language_accept", [case.get("language")])
        if found.get("language") not in accepted:
            wrong.append((name, found.get("language"), accepted))
    assert not wrong
