"""Keys to feeds: what a request has of a token is looked at here, at the door, and goes no further.

Rules
- A token is in the address (``/feeds/k/TOKEN/NAME.FORMAT``), or it is the password of Basic
  authentication (RFC 7617), whatever the user is called (``/feeds/auth/NAME.FORMAT``).
- Behind this, the request has the key's name in the place of the token, ``-`` for none that there
  is: whatever is logged, shown or goes wrong from here on can't tell what it never had.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from feeds.ledger.keys import Key, hash_of

BY_ADDRESS, BY_PASSWORD = "/feeds/k/", "/feeds/auth/"
WAYS = (BY_ADDRESS, BY_PASSWORD)
HEADER = "Feeds-Key"
"""In an answer: the key's name, for the log of a proxy, which knows it from nothing else."""
USER = "REMOTE_USER"
"""Where CGI has the name of who was let in (RFC 3875, section 4.1.11)."""
NO_KEY = "-"
_ASKED = "feeds.asked"
_AS_SENT = ("RAW_URI", "REQUEST_URI")
"""Where servers have the address as it was sent."""
_LONGEST = 512


class Asked(NamedTuple):
    """What was asked for with a ``key``, None for none that there is: ``document``, "full.rss".

    ``path`` has the key's name in the place of its token.
    """

    key: Key | None
    document: str
    by_address: bool
    path: str

    @property
    def opens(self) -> tuple[str, str, bool]:
        """What it would open: the feed by its first name, the document, in which way."""
        return self.key.feed if self.key else "", self.document, self.by_address


def admit(environ: dict[str, Any], keys: Mapping[str, Key]) -> Asked:
    """What a request (WSGI's ``environ``) below one of ``WAYS`` asks for; ``keys`` by their hashes.

    Takes the token out of ``environ``.
    """
    if _ASKED in environ:
        return cast(Asked, environ[_ASKED])
    path = environ["PATH_INFO"]
    by_address = path.startswith(BY_ADDRESS)
    if by_address:
        token, slash, document = path[len(BY_ADDRESS) :].partition("/")
    else:
        token, slash, document = _password(environ), "", path[len(BY_PASSWORD) :]
    key = keys.get(hash_of(token)) if token else None
    if by_address:
        path = f"{BY_ADDRESS}{key.name if key else NO_KEY}{slash}{document}"
    asked = Asked(key, document, by_address, path)
    enter(environ, asked)
    return asked


def enter(environ: dict[str, Any], asked: Asked) -> None:
    """Has ``environ`` say what was ``asked`` without the token."""
    environ["PATH_INFO"] = asked.path
    for raw in _AS_SENT:
        if raw in environ:
            environ[raw] = asked.path
    environ.pop("HTTP_AUTHORIZATION", None)
    environ[USER] = asked.key.name if asked.key else NO_KEY
    environ[_ASKED] = asked


def _password(environ: Mapping[str, Any]) -> str:
    """The password of Basic authentication; empty if there is none."""
    scheme, _, credentials = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() != "basic" or len(credentials) > _LONGEST:
        return ""
    try:
        told = base64.b64decode(credentials.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
    return told.partition(":")[2]
