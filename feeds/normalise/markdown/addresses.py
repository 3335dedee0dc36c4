"""Addresses that another program would put together: made where the page alone says what they are.

Rules
- What stands for the site's root is a slash, which is placed by ``site_url`` like any other. What
  stands for another page (``post_url``, ``ref``, ``{filename}``) is known to that program alone.
- An address of which a part can't be made is none: it is marked, and goes once links are known.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from feeds.normalise.markdown.arguments import arguments_in

UNMADE = "\ufdd2"
"""Stands in an address that can't be made; no text has this character."""
_ROOT = "\ufdd3"
_AT_ROOT = re.compile(f"{_ROOT}+/*")
_ROOTS = re.compile(
    r"(?:site\.)?(?:baseurl|base_url|url|base|github\.url)|SITEURL|config\.(?:base_url|site_url)"
    r"|(?:\$?\.?)?(?:[Ss]ite)\.(?:BaseURL|Home\.\w+)|import\.meta\.env\.BASE_URL|BASE_PATH"
)
_FILTERS = re.compile(
    r"(?:relative_url|absolute_url|relURL|absURL|url|escape|uri_escape|cgi_escape|safe|asset|static"
    r"|(?:prepend|append)\s*:\s*(?:site\.)?(?:baseurl|url))"
)
_CALLS = re.compile(r"(?:relURL|absURL|relLangURL|absLangURL|url|static|asset)\s+|^url_for\b")
_LITERAL = re.compile(r"\(?\s*[\"'`]([^\"'`]*)[\"'`]\s*\)?")
_OF_FILES = frozenset(("link", "static", "asset", "asset_path", "asset_url", "url"))
_SITES = frozenset(("baseurl", "siteurl", "base_url", "absurl", "relurl", "static", "asset"))
_WHERE = re.compile(
    r"\]\(\s*<?[^\s()<>]*$|^ {0,3}\[(?!\^)[^\]\n]+\]:\s*<?\S*$"
    r"|\b(?:src|href|poster|srcset|data-src)\s*=\s*(?:\"[^\"\n]*|'[^'\n]*|[^\s\"'>]*)$"
)
_EXPRESSION = re.compile(r"\{\{([^{}]{0,300})\}\}")
_KEPT = "%/:=&?~#+!$,;@[]"
_BEFORE = 500
_UNKNOWN_FILES = (".md", ".markdown", ".html", ".mdx")


def is_within(before: str) -> bool:
    """Whether what follows ``before`` is a part of a link's or picture's address."""
    return _WHERE.search(before[-_BEFORE:]) is not None


def expressed(expression: str) -> str:
    """The part of an address that ``{{ expression }}`` is; ``UNMADE`` if nobody can tell."""
    head, *filters = (part.strip() for part in expression.split("|"))
    if any(_FILTERS.fullmatch(one) is None for one in filters):
        return UNMADE
    if _ROOTS.fullmatch(head):
        return _ROOT
    call = _CALLS.match(head)
    literal = _LITERAL.fullmatch(head[call.end() if call else 0 :].strip())
    if literal is None or "{" in literal[1]:
        return UNMADE
    address = quote(literal[1].strip(), safe=_KEPT)
    if address.startswith(("https://", "http://")) or not (call or filters):
        return address
    return _ROOT + address


def commanded(name: str, rest: str) -> str:
    """The part of an address that the command ``name`` is, with the arguments ``rest``."""
    value = arguments_in(rest).at(0)
    name = name.casefold()
    if name in _SITES:
        return _ROOT + quote(value, safe=_KEPT)
    is_page = value.endswith(_UNKNOWN_FILES) or value.startswith(("_", "/_")) or "." not in value
    is_unmade = name not in _OF_FILES or is_page
    return UNMADE if is_unmade else _ROOT + quote(value, safe=_KEPT)


def of_file(mark: str, following: str) -> str:
    """The part of an address that Pelican's ``mark`` is, before what is ``following``."""
    is_known = (mark, following == "/") in (("{static}", True), ("{attach}", False))
    return "" if is_known else UNMADE


def at_root(source: str) -> str:
    """``source``, in which the site's root is a slash."""
    return _AT_ROOT.sub("/", source)


def as_stated(address: str) -> str:
    """``address``, which is a whole one, put together; as it is if that can't be."""
    made = at_root(_EXPRESSION.sub(lambda found: expressed(found[1].strip()), address))
    return address if UNMADE in made else made
