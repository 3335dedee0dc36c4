"""What docs/partners.md tells editors to write is right, and there is some for each partner."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from feeds.newsroom.profiles import PROFILES
from feeds.newsroom.site import Feed, ProfileName
from feeds.newsroom.site_file import limits_beyond_partners, load_site
from tests.newsrooms import PROJECT, SITE

TEXT = (PROJECT / "docs/partners.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)


def loaded(block: str) -> Feed:
    """The feed of ``block``, below a main one."""
    text = f"{SITE}\n{block}"
    assert list(limits_beyond_partners(text, "site.toml")) == []
    return load_site(text, "site.toml").feeds[-1]


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_can_be_pasted(block: str) -> None:
    assert block.startswith("[[feeds]]\n")
    assert loaded(block).name.startswith("for-")


def test_each_partner_has_a_paragraph_a_block_and_a_row() -> None:
    assert {loaded(block).profile for block in BLOCKS} - {None} == {*get_args(ProfileName)}
    for name, profile in PROFILES.items():
        assert f"\n## {profile.partner}\n" in TEXT
        assert f"\n| `{name}` | " in TEXT
    assert PROFILES.keys() == {*get_args(ProfileName)}
