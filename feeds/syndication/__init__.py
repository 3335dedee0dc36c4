"""Entries to documents, and whether these may go out. Pure: the same entries give the same bytes.

``filters``, ``selection``, ``sections`` and ``archives`` say what is in a feed and in its archives;
``documents`` writes a feed out in every format of its table; ``gate`` objects to documents,
``objections`` to single entries; ``guard`` knows what must not be read yet, ``clues`` where it may
stand, ``spoken`` what of it readers had. ``paid`` has the texts for which somebody paid.
``licence`` tells machines what they may do. Nothing here decides what an entry is, or when: that is
settled. ``feedgen`` alone imports feedgen, and mends it.
"""

__all__ = [
    "archives",
    "clues",
    "contents",
    "corrections",
    "documents",
    "encodings",
    "filters",
    "gate",
    "guard",
    "licence",
    "objections",
    "paid",
    "partners",
    "sections",
    "selection",
    "spoken",
    "view",
]
