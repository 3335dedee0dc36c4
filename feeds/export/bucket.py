"""A bucket as a target: one object an address, each replaced by itself. Alone imports obstore.

Rules
- An object has one coding, and that is none: who doesn't ask for gzip must be able to read it, and
  the CDN before a bucket compresses for those who do.
- There is no revision here that is seen as a whole: files are put in the order in which they are
  asked to be, so that nothing leads to what isn't there, and what must go goes first.
- What fails is tried again within a request's time; what fails for longer fails the export.
- Credentials are the environment's, and in no message.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import msgspec
import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url

from feeds.export import layout
from feeds.export.layout import File
from feeds.export.targets import MARK, Hold, Mark, decoded, foreign, refuse_others
from feeds.ledger import exports
from feeds.model.errors import TargetError

_AT_A_TIME = 8
_SECONDS = timedelta(seconds=20)
_CONNECT_SECONDS = timedelta(seconds=5)
_LONGEST_SAID = 200
_REMOVED_AT_A_TIME = 500


class Bucket:
    """The bucket and prefix that ``name`` is made of."""

    most = 16  # each may take twice _SECONDS: all of them less than a claim lasts
    is_whole = False

    def __init__(self, name: str) -> None:
        self._name = name
        self._stray: set[str] = set()
        self._is_changed = False
        with self._explained("see its name, and that the environment has what this store needs"):
            self._store: ObjectStore = from_url(
                name,
                client_options={
                    "timeout": _SECONDS,
                    "connect_timeout": _CONNECT_SECONDS,
                    # options that are given take the place of all that the environment has
                    "allow_http": os.environ.get("AWS_ALLOW_HTTP", "").lower() == "true",
                },
                retry_config={
                    "max_retries": 3,
                    "retry_timeout": _SECONDS,
                    "backoff": {
                        "init_backoff": timedelta(milliseconds=200),
                        "max_backoff": timedelta(seconds=2),
                        "base": 2,
                    },
                },
            )

    def open(self, mark: Mark, base: str, hold: Hold) -> str:  # noqa: ARG002 - whoever maps a path to the bucket knows it
        """See ``Target``."""
        self._mark, self._hold = mark, hold
        with self._explained():
            try:
                found = bytes(obstore.get(self._store, MARK).bytes())
            except FileNotFoundError:
                found = b""
            if found:
                before = decoded(found, self._name)
                refuse_others(before, mark, self._name)
                self._mark = msgspec.structs.replace(mark, seal=before.seal)
                return before.seal
            if any(some for some in obstore.list(self._store, chunk_size=1)):
                raise foreign(self._name, "holds objects of others")
            self._bear(mark)
        return ""

    def _bear(self, mark: Mark) -> None:
        attributes = {"Content-Type": "application/json", "Cache-Control": layout.NEVER}
        obstore.put(self._store, MARK, msgspec.json.encode(mark), attributes=attributes)
        self._mark = mark

    def put(self, files: Sequence[File]) -> Mapping[str, str]:
        """See ``Target``."""
        self._is_changed = True
        with self._explained():
            tags = _at_once(self._put, files)
            self._stray -= {layout.key(file.address) for file in files}
        return {file.address: tag for file, tag in zip(files, tags, strict=True)}

    def _put(self, file: File) -> str:
        attributes = {"Content-Type": file.content_type, "Cache-Control": file.caching}
        # in one request, however large: the parts of several would give a tag of their own kind
        done = obstore.put(
            self._store,
            layout.key(file.address),
            file.body,
            attributes=attributes,
            use_multipart=False,
        )
        return done["e_tag"] or ""

    def remove(self, addresses: Collection[str]) -> None:
        """See ``Target``."""
        self._remove([layout.key(address) for address in addresses])

    def _remove(self, keys: Sequence[str]) -> None:
        self._is_changed |= bool(keys)
        with self._explained():
            for start in range(0, len(keys), _REMOVED_AT_A_TIME):
                self._hold()
                obstore.delete(self._store, keys[start : start + _REMOVED_AT_A_TIME])

    def publish(self, *, last: bool = False) -> str:
        """See ``Target``; whatever was put is there already."""
        if last and self._stray:
            self._remove(sorted(self._stray))
            self._stray = set()
        if self._is_changed:
            with self._explained():
                self._bear(msgspec.structs.replace(self._mark, seal=secrets.token_hex(8)))
            self._is_changed = False
        return self._mark.seal

    def faults(self, known: Iterable[exports.File]) -> list[str]:
        """See ``Target``."""
        there: dict[str, str] = {}
        with self._explained():
            for some in obstore.list(self._store):
                self._hold()
                there |= {one["path"]: one["e_tag"] or "" for one in some}
        there.pop(MARK, None)
        damaged = []
        for file in known:
            tag = there.pop(layout.key(file.address), None)
            if tag is None or tag != file.tag:
                damaged.append(file.address)
        # what lies below the mark of another export is that one's
        others = [name.removesuffix(MARK) for name in there if name.endswith(f"/{MARK}")]
        self._stray = {name for name in there if not name.startswith(tuple(others))}
        return damaged

    @contextmanager
    def _explained(self, remedy: str = "") -> Iterator[None]:
        try:
            yield
        except (BaseError, OSError, ValueError) as error:
            raise TargetError(
                _told(error),
                file=self._name,
                remedy=remedy,
                code="export-unreachable",
            ) from error


def _at_once(do: Callable[[File], str], files: Sequence[File]) -> list[str]:
    """What ``do`` returns for each of ``files``, some at a time; raises the first error."""
    with ThreadPoolExecutor(_AT_A_TIME) as executor:
        return [*executor.map(do, files)]


def _told(error: BaseException) -> str:
    """What a store's library says of ``error``: its words for people, on one line."""
    words = " ".join(str(error).partition("Debug source:")[0].split())
    return words if len(words) <= _LONGEST_SAID else f"{words[:_LONGEST_SAID]}…"
