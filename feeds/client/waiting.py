"""Work that may take so long, and no longer, whatever it waits for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from feeds.model.errors import FeedsError

_Result = TypeVar("_Result")


def within(
    seconds: float,
    work: Callable[[], _Result],
    late: FeedsError,
    give_up: Callable[[], object] = lambda: None,
) -> _Result:
    """What ``work`` returns, or the exception that it raises; ``late`` after so many seconds.

    Nothing in the standard library bounds a request as a whole, the look-up of its host included:
    what takes too long is left behind in a thread that no exit waits for, and which ``give_up`` is
    to end.
    """
    results: list[_Result] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001 # whoever waits for it hears of it
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if results:
        return results[0]
    if not errors:
        give_up()
    raise errors[0] if errors else late
