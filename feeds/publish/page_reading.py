"""One page is read, in whatever process: from its file to a reading, or why there is none.

Nothing here knows the ledger, so that a process that only reads pages loads no database library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

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


class Made(NamedTuple):
    """What was made of a file: its reading, or why there is none; neither if it is known.

    ``is_changing``: it is being written to just now.
    """

    reading: Reading | None = None
    failure: Problem | None = None
    sha256: str | None = None
    is_changing: bool = False


def read_tasks(root: Path, tasks: Sequence[Task]) -> list[Made]:
    """What is made of each of the ``tasks``, files under ``root``."""
    return [read_task(root, task) for task in tasks]


def read_task(root: Path, task: Task) -> Made:
    """What is made of one file under ``root``; nothing but KeyboardInterrupt is raised."""
    from feeds.normalise import normalise  # late: a run with nothing new reads nothing
    from feeds.readers import read_page

    item, sha256 = task.item, None
    try:
        data = folder.read_file(root, item)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 == task.sha256:
            return Made(sha256=sha256)
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
