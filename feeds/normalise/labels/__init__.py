"""What each line of a page of text is, as pages whose truth is known have taught.

In: a page's rows. Out: the label of each, and in ``explain`` how sure it is and why. The
labels come from traits and weights (``traits``, ``places``, ``model``, ``decode``), which the
package ``training`` makes of saved pages; nothing is learned here, and the same rows give the same
labels everywhere.
Never decides what a date or a name is worth: that is for the rules that read the labelled rows.
"""

from __future__ import annotations

import msgspec

from feeds.model import Page
from feeds.model.guidance import UNGUIDED, Guidance
from feeds.normalise.furniture import without_furniture
from feeds.normalise.labels import decode, places, reasons
from feeds.normalise.labels.model import Model, Scores, shipped_model
from feeds.normalise.rows import Row, rows_of

LABELS = (
    "headline",
    "standfirst",
    "byline",
    "stamp",
    "text",
    "subheading",
    "caption",
    "list heading",
    "list headline",
    "list date",
    "teaser",
    "furniture",
    "capture",
)
FEWEST_ROWS = 7
"""A page of fewer lines shows too little of what it is made of."""
MOST_ROWS = 1500
"""A page of more lines is no article beside a list, and isn't labelled."""


class Labelled(msgspec.Struct, frozen=True):
    """The label of each row, the index of the headline, and by how much that is the best.

    ``seen``, ``scores`` and ``decoded`` are what the functions below ask for.
    """

    labels: list[str]
    headline: int | None
    sure: int
    seen: list[places.Seen]
    scores: Scores
    decoded: decode.Decoded


class ToldLine(msgspec.Struct, frozen=True):
    """A line and its label, how sure that is, what else the line may be, and what spoke for it.

    ``margin`` is by how much the label is better than the next best, in hundredths.
    """

    number: int
    text: str
    label: str
    margin: int
    rival: str
    reasons: list[str]


def label_rows(rows: list[Row], model: Model | None = None) -> Labelled | None:
    """The labels of ``rows``, a page's; None for a page that has too few or too many."""
    if not FEWEST_ROWS <= len(rows) <= MOST_ROWS:
        return None
    model = model or shipped_model()
    seen = places.look_at(rows)
    scores = model.scores(seen)
    decoded = decode.decode(model, scores, [_key(row) for row in rows])
    labels = [model.labels[label] for label in decoded.labels]
    return Labelled(labels, decoded.headline, decoded.sure, seen, scores, decoded)


def _key(row: Row) -> str:
    """What a row is compared by with others that may be the headline; empty if it can't be."""
    return "" if row.is_date or row.is_mark else " ".join(row.text.split()).casefold()


def margins(told: Labelled) -> list[int]:
    """By how much each row's label is better than any other, in hundredths."""
    return [rival.margin for rival in decode.rivals(told.scores, told.decoded)]


def explain(page: Page, guidance: Guidance = UNGUIDED) -> list[ToldLine]:
    """What each line of ``page`` is taken for, and why; empty for one without labels.

    Lines that an editor's ``guidance`` calls furniture have none.
    """
    if page.form != "text":
        return []
    page, _ = without_furniture(page, guidance.of("furniture"))
    rows, _ = rows_of(page.lines)
    told = label_rows(rows)
    if told is None:
        return []
    model = shipped_model()
    found = []
    rivals = decode.rivals(told.scores, told.decoded)
    for index, (row, label, rival) in enumerate(zip(rows, told.labels, rivals, strict=True)):
        number = told.decoded.labels[index]
        said = reasons.reasons(model, told.seen, index, number, rival.label)
        other = model.labels[rival.label]
        found.append(ToldLine(row.number, row.shown, label, rival.margin, other, said))
    return found
