"""An exception that nobody thought of, as what is wrong with the one thing that it came of.

Rules
- Whoever handles many things of a kind (pages, decisions, hubs, documents, lines) catches whatever
  one of them raises, names that one, undoes what was begun of it, and goes on with the next.
- The traceback goes to the log at level DEBUG, which ``--debug`` shows.
"""

from __future__ import annotations

from feeds.model.problem import Problem, Weight

_LONGEST = 200


def failure_on(
    error: BaseException,
    file: str,
    what: str,
    *,
    code: str = "program-failed",
    line: int = 0,
    remedy: str = "",
    weight: Weight = "error",
) -> Problem:
    """That the program failed on ``file`` at ``what``, such as "read this page"."""
    import logging  # late: hardly a run needs it, and it takes longer than one with nothing new

    logging.getLogger("feeds").debug("%s: the program could not %s", file, what, exc_info=error)
    told = f"the program could not {what}: {summary(error)}"
    return Problem(code, told, line, remedy, weight=weight, file=file)


def summary(error: BaseException) -> str:
    """``error`` in some words, for somebody who knows the program."""
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - it can't even say what it is
        text = ""
    said = " ".join(text.encode("utf-8", "replace").decode().split())
    short = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    return f"{type(error).__name__}: {short}" if short else type(error).__name__
