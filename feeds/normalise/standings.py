"""Words by which other programs say whether a page is out, and for whom.

Each is compared by its letters and digits alone (``meanings.plain``).
"""

from __future__ import annotations

OUT = frozenset(
    "published publish public live final open free everyone everybody all anyone anybody visible"
    " online"
    " active released featured sticky normal default approved done completed complete ready"
    " listed world"
    " now immediately immediate ok always publishednow true".split()
)
BACK = frozenset(
    "draft drafts private hidden unlisted unpublished unpublish scheduled future pending review"
    " inreview"
    " needsreview readyforreview trash trashed deleted archived embargo embargoed internal"
    " confidential secret"
    " members membersonly memberonly withdrawn withheld hold onhold wip inprogress todo idea"
    " password protected"
    " notpublished staff restricted never notready offline inactive disabled nobody limited".split()
)
PAID = frozenset(
    "paid premium subscribers subscriber subscribersonly subscriberonly paywall paywalled"
    " subscription"
    " subscriptiononly tiers plus patrons paidmembers members membersonly registered login".split()
)
TELLING = frozenset(
    "draft private hidden unlisted unpublished embargo embargoed confidential membersonly"
    " scheduled pending"
    " withheld internal secret".split()
)
"""Words that keep a page back under whatever key."""
FROM_NOW = frozenset(["now", "immediately", "immediate", "asap"])
OVER = frozenset(["never", "no", "none"])
UNSET = frozenset(["embargo", "embargodate", "embargountil", "holduntil"])
"""Of these, no means that there is none."""
STRICT = frozenset(["published", "publish", "public"])
