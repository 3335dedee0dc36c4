"""Pages read again since an editor said otherwise how to read them.

Rules
- A page is read again if the rules that match it say something else of its lines than when it was
  read. That is a rereading like any other: no id, date or order changes, and a story that is new
  waits until somebody accepts it.
- An article that was held, or taken for another page's, is let in if that mends it: it was never
  seen, and that is what such rules are for.
- People are told once, and not of each page.
"""

from __future__ import annotations

from feeds.ledger import readings
from feeds.model.problem import Problem
from feeds.newsroom import CONFIGURATION, rule_doubts
from feeds.publish.effects import Effects
from feeds.publish.pages import about_rules_in
from feeds.publish.reread import reread_pages
from feeds.publish.run import Run

_ACCEPT = "to publish what is new: feeds publish --reread --accept new"


def reread_by_rules(run: Run) -> Effects:
    """Reads the pages again for which the guidance is not that by which they were read."""
    guidance = run.source.outside.guidance
    before = readings.guided(run.connection)
    changed = [
        item
        for path, digest in sorted(before.items())
        if guidance(path).digest != digest and (item := run.source.listed.find(path))
    ]
    if not changed:
        return Effects()
    found = reread_pages(run, changed, accept_new=False, is_mended=True)
    effects = found.effects
    pages = "1 page was" if len(changed) == 1 else f"{len(changed)} pages were"
    said = [f"{pages} read again by changed rules", f"{effects.corrected} corrected"]
    if len(found.read) < len(changed):
        said.append(f"{len(changed) - len(found.read)} left as before, since nothing is read then")
    if effects.entered:
        said.append(f"{effects.entered} published that had been kept out")
    if found.new:
        said.append(f"{found.new} new held back")
    remedy = _ACCEPT if found.new else ""
    told = Problem("reread-by-rules", ", ".join(said), remedy=remedy, file=CONFIGURATION)
    about_rules = [one for reading in found.read for one in about_rules_in(reading)]
    return effects + Effects(notices=(told, *rule_doubts.told_once(about_rules)))
