"""What targets are called: each in one spelling, whatever somebody writes.

A directory is its absolute path, behind all links; a bucket is ``s3://bucket/prefix`` (or ``gs``,
``az``), without a slash at its end. Names have no credentials in them: those are the environment's.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from feeds.model.errors import TargetError

SCHEMES = ("s3", "gs", "az")
"""Amazon's S3 and what speaks like it, Google's store, Azure's."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_WAYS = "name a directory, or s3://bucket/prefix"


def is_bucket(name: str) -> bool:
    """Whether the target called ``name`` is a bucket."""
    return name.partition("://")[0] in SCHEMES


def canonical(target: str) -> str:
    """The name of what somebody calls ``target``. Raises TargetError for what can be none."""
    found = _SCHEME.match(target)
    if not found:
        return _directory(Path(target))
    scheme = found[1].lower()
    parts = _split(target)
    if scheme == "file":
        if parts.netloc not in {"", "localhost"} or not parts.path:
            raise TargetError("a file's URL has no host", file=_shown(target), remedy=_WAYS)
        return _directory(Path(unquote(parts.path)))
    if scheme not in SCHEMES:
        raise TargetError(f"'{scheme}' is no kind of store", file=_shown(target), remedy=_WAYS)
    if "@" in parts.netloc or ":" in parts.netloc or parts.query or parts.fragment:
        raise TargetError(
            "a target is a bucket and a prefix, and nothing else",
            file=_shown(target),
            remedy="put credentials and the store's address into the environment: "
            "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT",
        )
    path = [part for part in parts.path.split("/") if part]
    if not parts.netloc or any(part in {".", ".."} for part in path):
        raise TargetError("there is no bucket in it", file=_shown(target), remedy=_WAYS)
    return "/".join([f"{scheme}://{parts.netloc}", *path])


def _split(target: str) -> SplitResult:
    try:
        return urlsplit(target)
    except ValueError as error:
        raise TargetError(str(error), file=_shown(target), remedy=_WAYS) from error


def _directory(path: Path) -> str:
    if not path.name and not path.is_absolute():
        raise TargetError("it has no name", remedy=_WAYS)
    return str(path.expanduser().absolute().resolve())


def _shown(target: str) -> str:
    """``target`` without what may be a password in it, which may have any letter in it."""
    scheme, found, rest = target.partition("://")
    rest = re.split("[?#]", rest, maxsplit=1)[0]
    return f"{scheme}{found}{'…' if '@' in rest or ':' in rest else rest}"
