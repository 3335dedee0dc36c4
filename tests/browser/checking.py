"""axe-core, a checker of accessibility, in a page of the browser."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

ALL = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""All of WCAG 2.2 AA that a program can check, and what axe's makers hold to be good."""

LOOKS = ("color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable")
"""What depends on colours and sizes, and not on the document alone."""

_KINDS = ("violations", "incomplete")


def complaints(page: Page, rules: Sequence[str] = ALL) -> list[str]:
    """What axe finds on ``page`` as it is shown now, or can't decide: a line for each element.

    ``rules`` are tags of rules, or names.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = json.dumps({"resultTypes": _KINDS, "runOnly": rules})
    found = page.evaluate(f"axe.run({options})")
    return [_told(rule, node) for kind in _KINDS for rule in found[kind] for node in rule["nodes"]]


def _told(rule: dict[str, Any], node: dict[str, Any]) -> str:
    checks = (*node["any"], *node["all"], *node["none"])
    return f"{rule['id']}: {node['html']}: {'; '.join(check['message'] for check in checks)}"
