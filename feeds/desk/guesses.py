"""How often somebody may be wrong about a password. Pure: who asks says what time it is."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

_PERIOD = timedelta(minutes=15)
_MOST = 5
_MOST_KNOWN = 10_000


class Guesses:
    """Wrong passwords of the last quarter of an hour, by name and by address.

    After five under one name, or twenty from one address, no other is looked at until they are
    older than that.
    """

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, list[datetime]] = OrderedDict()

    def may(self, name: str, address: str, now: datetime) -> bool:
        """Whether another password is looked at; all moments are aware."""
        by_name, by_address = self._recent(f"n{name}", now), self._recent(f"a{address}", now)
        return len(by_name) < _MOST and len(by_address) < 4 * _MOST

    def wrong(self, name: str, address: str, now: datetime) -> None:
        """Notes a wrong one."""
        for key in (f"n{name[:100]}", f"a{address}"):
            self._wrong[key] = [*self._recent(key, now), now]
            self._wrong.move_to_end(key)
        while len(self._wrong) > _MOST_KNOWN:
            self._wrong.popitem(last=False)

    def right(self, name: str) -> None:
        """Forgets the wrong ones under ``name``."""
        self._wrong.pop(f"n{name[:100]}", None)

    def _recent(self, key: str, now: datetime) -> list[datetime]:
        return [when for when in self._wrong.get(key[:101], []) if when > now - _PERIOD]
