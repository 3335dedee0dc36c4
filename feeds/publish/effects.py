"""What the stages of a run come to: each returns its own, and the run adds them up."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import msgspec

from feeds.model import Entry, EntryId
from feeds.model.problem import Problem


class Effects(msgspec.Struct, frozen=True):
    """What became of entries, and what there is to say, in order.

    ``new`` are the ids of what was entered, ``changed`` entries before and after, ``affected`` the
    ids of those that a decision, another reading or the gate changed, hid or showed again,
    ``touched`` the ids of all these; ``erased`` what has to be purged elsewhere, too; ``withdrawn``
    what pages began to retract; ``decided`` the ids and guids of what a decision shows otherwise.
    Not ``is_settled``: another run has something to do.
    """

    entered: int = 0
    corrected: int = 0
    retracted: int = 0
    new: tuple[EntryId, ...] = ()
    changed: tuple[tuple[Entry, Entry], ...] = ()
    affected: tuple[EntryId, ...] = ()
    erased: tuple[EntryId, ...] = ()
    withdrawn: tuple[EntryId, ...] = ()
    decided: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    is_settled: bool = True

    def __add__(self, other: Effects) -> Effects:
        """Both, what is in ``other`` after the rest."""
        return total((self, other))

    @property
    def touched(self) -> tuple[EntryId, ...]:
        """The ids of whatever readers may see otherwise than before."""
        return (*self.new, *(after.id for _, after in self.changed), *self.affected)

    @property
    def is_nothing(self) -> bool:
        """Whether no entry is other than before."""
        seen = self.entered or self.corrected or self.retracted or self.changed or self.affected
        return not seen


def total(effects: Iterable[Effects]) -> Effects:
    """All of ``effects``, in their order."""
    some = [*effects]
    return Effects(
        sum(one.entered for one in some),
        sum(one.corrected for one in some),
        sum(one.retracted for one in some),
        tuple(chain.from_iterable(one.new for one in some)),
        tuple(chain.from_iterable(one.changed for one in some)),
        tuple(chain.from_iterable(one.affected for one in some)),
        tuple(chain.from_iterable(one.erased for one in some)),
        tuple(chain.from_iterable(one.withdrawn for one in some)),
        tuple(chain.from_iterable(one.decided for one in some)),
        tuple(chain.from_iterable(one.problems for one in some)),
        tuple(chain.from_iterable(one.notices for one in some)),
        all(one.is_settled for one in some),
    )
