"""What becomes of a story: (story, what the ledger has that could be it, now) to a verdict. Pure.

``identity`` says what a story is called, ``recognise`` which entry it is, ``verdicts`` what becomes
of that entry, ``placing`` at which moment it stands, ``clocks`` whether somebody stated that,
``spacing`` in which second it was updated, ``holds`` whether it may go out now; ``overlay`` lays
editors' decisions over it, ``erasure`` leaves nothing of it, ``paid`` is what of it is for those
who pay; ``cuts`` knows headlines that were cut short, ``names`` tells which one people mean. Every
answer says why. Nothing here asks the ledger, the clock or the disk: what is to be compared is
handed in.
"""

__all__ = [
    "clocks",
    "cuts",
    "erasure",
    "holds",
    "identity",
    "names",
    "overlay",
    "paid",
    "placing",
    "recognise",
    "similarity",
    "spacing",
    "verdicts",
]
