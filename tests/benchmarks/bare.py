"""The least that a WSGI app can do under the same server: one look-up, and what was ready.

For granian, ``tests.benchmarks.bare:app``. BARE names a JSON file with the two answers, for those
who have the document and for those who haven't: each a status line, headers, and a body
whose characters are its bytes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

_answers = {
    asked: (
        status,
        [(name, value) for name, value in headers],
        [body.encode("latin-1")] if body else [],
    )
    for asked, (status, headers, body) in json.loads(
        Path(os.environ["BARE"]).read_text(encoding="utf-8")
    ).items()
}


def app(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """The answer for this If-None-Match, or for none."""
    status, headers, body = _answers[environ.get("HTTP_IF_NONE_MATCH", "")]
    start_response(status, headers.copy())
    return body
