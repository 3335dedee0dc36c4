"""The text of a new newsroom's ``site.toml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from feeds.capture.sections import Section


class Found(NamedTuple):
    """What a site was found to have: sections that are to be feeds, and what names its stories.

    ``taken`` is a feed of it that is taken over, empty for none.
    """

    sections: Sequence[Section] = ()
    found_in: Sequence[str] = ()
    taken: str = ""


NOTHING = Found()


def configuration(given: Mapping[str, str], found: Found = NOTHING) -> str:
    """The text of ``site.toml`` with the answers in it, and with what was ``found``."""
    quoted = {key: _quoted(value) for key, value in given.items()}
    icon = f"icon = {quoted['icon']}" if given.get("icon") else '# icon = "https://…/icon.png"'
    accent = f"accent = {quoted['accent']}" if given.get("accent") else '# accent = "#0a5c8f"'
    return f"""\
# The newsroom's configuration. Pages lie beside this file and in folders below it.

[site]
title = {quoted["title"]}
description = {quoted.get("description", '""')}
site_url = {quoted["site_url"]}
feeds_url = {quoted["feeds_url"]}
language = {quoted.get("language", '"en"')}
timezone = {quoted["timezone"]}
# Every id is minted under this, for ever: never change it.
authority = {quoted["authority"]}
# logo = "https://…/logo.png"
{icon}
{accent}
# copyright = "© …"
# rights = ["search"]     # what machines may do with stories: docs/licence.md
# undated = "hold"        # keep articles out whose date no page states
# sections = true         # a feed for each category and language that occurs, too
# hubs = []               # WebSub hubs that are told of what is new

[[feeds]]
name = "latest"
title = {quoted["title"]}
limit = 30
content = "full"          # or "summary"
# archive = false         # older stories stay reachable, unless you say so
# former_names = []       # what the feed was called before: old addresses lead to it
{_sections(given["title"], found.sections)}
# [[feeds]]               # what readers are told of stories that were wrong: docs/operating.md
# name = "corrections"
# title = "Corrections"
# kinds = ["correction"]
{_captured(found)}"""


def _sections(title: str, sections: Sequence[Section]) -> str:
    feeds = "".join(
        f"""
[[feeds]]
name = {_quoted(one.name)}
title = {_quoted(f"{title}: {one.title}")}
categories = [{_quoted(one.category)}]
"""
        for one in sections
    )
    rules = "".join(
        f"""
[[pages]]
path = {_quoted(one.path)}
categories = [{_quoted(one.category)}]
"""
        for one in sections
        if one.path
    )
    if rules:
        rules = f"\n# Pages of these sections don't say that they belong to them.{rules}"
    return feeds + rules


def _captured(found: Found) -> str:
    """Where stories were found: as comments, since they are found there without a word."""
    if not found.found_in:
        return ""
    places = "".join(f"#   {one}\n" for one in found.found_in)
    return f"""
[capture]
# Where 'feeds capture' found stories by itself. What differs is written here (docs/capture.md).
{places}# pause = 1               # seconds between two requests
# contact = ""            # whom the site's operators may write to
"""


def _quoted(text: str) -> str:
    return msgspec.json.encode(text).decode()
