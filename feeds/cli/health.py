"""``feeds healthcheck``: what a running server says of itself."""

from __future__ import annotations

import http.client
from contextlib import closing

import msgspec

from feeds.model.errors import FeedsError

_SECONDS = 5.0
_MOST_BYTES = 64 * 1024
_REMEDY = "is 'feeds serve' running there?"


class Health(msgspec.Struct):
    """What ``/feeds/healthz`` answers."""

    status: str
    revision: int
    warnings: list[str]


def ask(host: str, port: int) -> tuple[Health, bool]:
    """What the server at ``host`` says, and whether it serves feeds; raises FeedsError."""
    where = f"{host}, port {port}"
    try:
        with closing(http.client.HTTPConnection(host, port, timeout=_SECONDS)) as connection:
            connection.request("GET", "/feeds/healthz")
            with connection.getresponse() as answer:
                told = msgspec.json.decode(answer.read(_MOST_BYTES), type=Health)
                return told, answer.status == http.client.OK
    except OSError as error:
        what = f"{where} doesn't answer: {error.strerror or error}"
        raise FeedsError(what, remedy=_REMEDY) from error
    except (http.client.HTTPException, msgspec.MsgspecError) as error:
        raise FeedsError(f"what answers on {where} is no 'feeds serve'", remedy=_REMEDY) from error
