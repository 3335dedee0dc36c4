"""Who may see a post, or a part of it, by what plugins write into it.

Rules
- It is told by meaning, since there are more plugins than anybody can list: by words such as
  "member" and "restrict" in the name of a shortcode, of a block or of what is noted of a post.
- In doubt it isn't for everybody: what is missing can be added, and what was seen stays seen.
"""

from __future__ import annotations

import re

import msgspec

from feeds.text.patterns import compile_late

RESTRICTED = compile_late(
    r"(?:^|[_/-])(?:access|arm|armember|armif|capability|comment|draft|guest|hide|hidden|if|ifso"
    r"|level|logged|logged_?in|login|mepr|member\w*|memberful|nonmember|not_?logged\w*|pass"
    r"|passster|password\w*|patreon|paid|pay\w*|pmpro|ppwp?|premium\w*|privat\w*|protect\w*|rcp"
    r"|registered|restrict\w*|role|roles|s2\w*|secret|subscri\w*|swpm|todo|user|users|vip"
    r"|visitor\w*|wlm|wcm|woocommerce)(?=$|[_/-])"
)
"""Names of what shows its inside to some people alone, or to nobody, in small letters."""
CONDITION = compile_late(
    r"(?:^|\s)(?:access|allow\w*|capabilit\w*|level\w*|member\w*|pass\w*|plans?|pwd|restrict\w*"
    r"|roles?|tiers?|user\w*)\s{0,9}=",
    re.IGNORECASE,
)
"""Attributes that say to whom a shortcode shows its inside."""
_ROLES = compile_late(
    r'"(?:\w{0,30}roles?|restrict\w{0,30}|memberships?\w{0,30})"\s{0,9}:\s{0,9}+'
    r'(?!false|null|""|\[\s{0,9}\]|\{\s{0,9}\}|"(?:all|any|default|everyone|none|public)")',
    re.IGNORECASE,
)
_NOTED = re.compile(
    r"_?(?:is_paid|groups[-_]\w*read\w*|jetpack_newsletter_access|memberful_(?:acl|available_\w+)"
    r"|mepr\w*rule\w*|patreon-\w+|pmpro\w*level\w*|rcp_\w+_level|rcuserlevel|swpm\w*level\w*"
    r"|wpmem_block|wppcp\w+visibility)"
)
_NOTED_WORDS = frozenset(
    "gate gated members membership memberships membersonly paywall paywalled premium private "
    "protect protected protection restrict restricted restriction".split()
)
_NO_GATE_WORDS = frozenset(
    "button count date discounts email error excerpt force hash label message messages redirect "
    "teaser title type url".split()
)
"""What a plugin notes under such a name is what it says to those who may not read, or how."""
_FOR_ALL = frozenset(
    ("", "0", "no", "false", "off", "everybody", "everyone", "public", "none", "all", "default")
) | {"a:0:{}", "[]"}
_OPEN = re.compile(
    r'"_um_accessible";(?:s:1:"0"|i:0);|"_um_custom_access_settings";(?:b:0|i:0|s:1:"0"|s:0:"")'
    r'|"visibility_type";s:7:"default"'
)
"""Settings of plugins that note something of each post, for one that everybody may read."""


def is_gated(key: str, value: str) -> bool:
    """Whether a plugin notes with ``key`` and ``value`` that not everybody may read a post."""
    key, value = key.lower(), value.strip().lower()
    if value in _FOR_ALL or _OPEN.search(value):
        return False
    if _NOTED.fullmatch(key):
        return True
    words = set(re.split(r"[^a-z]+", key))
    return bool(words & _NOTED_WORDS) and not words & _NO_GATE_WORDS


def is_hidden(attributes: str) -> bool:
    """Whether a block with these ``attributes``, in JSON, is not shown to everybody."""
    if "lockVisibility" in attributes:
        try:
            told = msgspec.json.decode(attributes.strip(), type=dict[str, object])
        except msgspec.DecodeError:
            return True
        metadata = told.get("metadata")
        of_core = metadata.get("blockVisibility") if isinstance(metadata, dict) else None
        if _hides(told.get("blockVisibility")) or _hides(of_core):
            return True
    return _ROLES.search(attributes) is not None


def _hides(value: object) -> bool:
    """Whether this visibility is none; that on telephones is no matter."""
    if isinstance(value, dict):
        return bool(value.get("hideBlock") or value.get("controlSets"))
    return value not in (None, True)
