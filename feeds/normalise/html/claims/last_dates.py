"""The dates of an article that states none itself: its headline's in a list, its dateline's.

Rules
- An own headline in the page's own list gives the article that headline's date.
- Last, a dateline at the text's beginning does: a place in capitals, a whole date, a dash. If the
  text speaks of another day, it doesn't.
"""

from __future__ import annotations

from feeds.model import Evidence, StatedDate, Story
from feeds.normalise.html.claims import choose
from feeds.normalise.html.claims.metadata import Claim
from feeds.normalise.plain.datelines import find_dateline
from feeds.text.dates.resolve import Settled


def from_list(
    own_titles: set[str], listed: tuple[Story, ...], why: str, chosen: choose.Chosen
) -> StatedDate | None:
    """The date of the article's own headline in the page's list; ``why`` there is none else."""
    own = [story for story in listed if story.title.casefold() in own_titles]
    days = {story.published for story in own if story.published}
    if len(days) == 1:
        owed = next(story.evidence["published"] for story in own if story.published)
        chosen.evidence["published"] = Evidence(
            chosen.path, owed.line, "own headline in the dated list"
        )
        return days.pop()
    why = why or "the metadata states no date, and none stands beside the headline"
    if listed:
        why += "; the list's dates are those of its own headlines"
    chosen.unknown("published", why)
    return None


def from_dateline(
    paragraphs: tuple[str, ...], settled: Settled, line: int, chosen: choose.Chosen
) -> StatedDate | None:
    """The date of the dateline that the text begins with, as those of agencies and releases do."""
    found = find_dateline(list(paragraphs), settled)
    if found is not None and found.stated is not None:
        chosen.owe("published", Claim(found.text, line, "dateline at the beginning of the text"))
        return found.stated
    return None
