"""One page is read, in whatever process: from its file to a reading, or why there is none.

Nothing here knows the ledger, so that a process that only reads pages loads no database library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from feeds.model import Reading
from feeds.model.errors import PageError
from feeds.model.guidance import Guidance
from feeds.model.problem import Problem
from feeds.model.unexpected import failure_on
from feeds.newsroom import folder
from feeds.newsroom.folder import Found

REMEDY = "everything else is published; --debug shows where the program failed"
PAGE_FAILED = "page-program-failed"
"""The code of a page that the program fails on, and not the page itself."""


class Task(NamedTuple):
    """A file that is to be read, and how; it is not if its bytes have the hash ``sha256``."""

    item: Found
    sha256: str | None
    guidance: Guidance


class Made(msgspec.Struct, frozen=True, array_like=True):
    """What was made of a file: its reading, or why there is none; neither if it is known.

    ``is_changing``: it is being written to just now.
    """

    reading: Reading | None = None
    failure: Problem | None = None
    sha256: str | None = None
    is_changing: bool = False


_decoder = msgspec.msgpack.Decoder(Made)


def read_tasks(root: Path, tasks: Sequence[Task]) -> list[bytes]:
    """What is made of each of the ``tasks``, files under ``root``, for ``decoded``.

    It goes this way within one process as well. A reading that is pickled has other objects in the
    place of its defaults, and is stored in other bytes. Nothing but KeyboardInterrupt is raised.
    """
    return [_encoded(task, _read(root, task)) for task in tasks]


def decoded(made: bytes) -> Made:
    """What ``read_tasks`` made of one file."""
    return _decoder.decode(made)


def _encoded(task: Task, made: Made) -> bytes:
    try:
        return msgspec.msgpack.encode(made)
    except Exception as error:  # noqa: BLE001 - there may be what is no text, as half a character
        failure = page_failure(task.item.path, error, "store what it read")
        return msgspec.msgpack.encode(Made(failure=failure, sha256=made.sha256))


def _read(root: Path, task: Task) -> Made:
    from feeds.normalise import normalise, paths  # late: a run with nothing new reads nothing
    from feeds.readers import read_page

    item, sha256 = task.item, None
    try:
        data = folder.read_file(root, item)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 == task.sha256:
            return Made(sha256=sha256)
        if part := paths.part_of_site(item.path):
            found = paths.reading_of_part(item.path, part, task.guidance.digest)
            return Made(found, sha256=sha256)
        return Made(normalise(read_page(item.path, data), guidance=task.guidance), sha256=sha256)
    except folder.ChangedError:
        return Made(is_changing=True)
    except PageError as error:
        return Made(failure=error.problem, sha256=sha256)
    except BaseException as error:  # whatever it is, it is this page's
        if isinstance(error, KeyboardInterrupt):
            raise
        return Made(failure=page_failure(item.path, error, "read this page"), sha256=sha256)


def page_failure(path: str, error: BaseException, what: str) -> Problem:
    """That the program failed on the page at ``path`` at ``what``, such as "read this page"."""
    remedy = f"save it in another form, such as plain text; {REMEDY}"
    return failure_on(error, path, what, code=PAGE_FAILED, remedy=remedy)
