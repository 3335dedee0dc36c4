"""What of a feed or an export was no published story: counted by kind, and told in one line.

A kind is a word of ours, or what the file itself says: ``status:draft``, ``type:page``.
"""

from __future__ import annotations

from collections.abc import Iterator

from feeds.model.problem import Problem

LEFT_OUT = "items-left-out"
"""The code of a problem: something was not published, and is left out."""
_KINDS = {
    "status:draft": ("draft", "drafts"),
    "status:pending": ("post pending review", "posts pending review"),
    "status:private": ("private post", "private posts"),
    "status:future": ("scheduled post", "scheduled posts"),
    "status:scheduled": ("scheduled post", "scheduled posts"),
    "password": ("with a password", "with a password"),
    "email": ("post by e-mail alone", "posts by e-mail alone"),
    "status:trash": ("post in the trash", "posts in the trash"),
    "status:auto-draft": ("draft of the editor's", "drafts of the editor's"),
    "status:": ("post without a status", "posts without a status"),
    "type:page": ("page", "pages"),
    "type:attachment": ("attachment", "attachments"),
    "type:": ("item without a type", "items without a type"),
    "unreadable": ("unreadable item", "unreadable items"),
    "too long": ("item that is too long", "items that are too long"),
    "comment": ("comment", "comments"),
    "paid": ("text for members alone", "texts for members alone"),
}
"""What editors call a kind of what is left out: one, and several."""


def left_out_told(left_out: dict[str, int]) -> Iterator[Problem]:
    """What an editor is told of what is no published post."""
    counts = {kind: count for kind, count in left_out.items() if count > 0}
    if counts:
        order = {kind: number for number, kind in enumerate(_KINDS)}
        kinds = sorted(counts, key=lambda kind: (order.get(kind, len(order)), kind))
        told = ", ".join(_counted(kind, counts[kind]) for kind in kinds)
        yield Problem(LEFT_OUT, f"left out: {told}", weight="wait")


def _counted(kind: str, count: int) -> str:
    if kind in _KINDS:
        return f"{count:,} {_KINDS[kind][count != 1]}"
    field, _, value = kind.partition(":")
    return f"{count:,} of {field} {value}"
