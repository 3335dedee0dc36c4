"""The claim of one export on its target, by which it works there alone.

It is renewed while the export works, and ends by itself if that dies or stands still. Whoever has
lost it learns so before it changes anything more.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from feeds.ledger import exports
from feeds.ledger.connect import Ledger
from feeds.model.errors import TargetError

if TYPE_CHECKING:
    from sqlalchemy import Connection

Clock = Callable[[], datetime]

CLAIM = timedelta(minutes=2)
"""For so long nobody else exports, unless it is renewed: longer than a store is waited for."""
_HELD = timedelta(seconds=20)
"""So old a claim may get before it is renewed."""


class Claim:
    """The claim on the target called ``name``, which ``who`` has in ``ledger``."""

    def __init__(self, ledger: Ledger, name: str, who: str, clock: Clock) -> None:
        self._ledger = ledger
        self._name = name
        self._who = who
        self._clock = clock
        self._renewed = clock()

    def renew(self, connection: Connection) -> None:
        """Renews it. Raises TargetError if another export has one."""
        now = self._clock()
        if not exports.renew(connection, self._name, self._who, now + CLAIM):
            raise TargetError(
                "another export took over, since this one took too long", file=self._name
            )
        self._renewed = now

    def hold(self) -> None:
        """See ``targets.Hold``."""
        if self._clock() - self._renewed > _HELD:
            with self._ledger.write() as connection:
                self.renew(connection)
