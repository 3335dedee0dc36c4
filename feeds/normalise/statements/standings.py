"""Words by which other programs say whether a page is out, and for whom.

Each is compared by its letters and digits alone (``meanings.plain``).
"""

from __future__ import annotations

import re

OUT = frozenset(
    "published publish public live final open free everyone everybody all anyone anybody visible"
    " online active released featured sticky normal default approved done completed complete ready"
    " listed world now immediately immediate ok always publishednow true posted current stable"
    " new updated evergreen budding seedling growing deprecated"
    " veröffentlicht опубликовано опубликована опубликован опубліковано publié"
    " publiée publicado publicada pubblicato pubblicata yayınlandı yayında dərcedilib dərcolunub"
    " gepubliceerd publiceret publicerad publisert julkaistu opublikowano opublikowany öffentlich"
    " público publico pubblico".split()
)
BACK = frozenset(
    "draft drafts private hidden unlisted unpublished unpublish scheduled future pending review"
    " inreview needsreview readyforreview trash trashed deleted archived embargo embargoed internal"
    " confidential secret members membersonly memberonly withdrawn withheld hold onhold wip"
    " inprogress todo idea password protected notpublished staff restricted never notready offline"
    " inactive disabled nobody limited autodraft backlog rejected spiked killed direct me self"
    " onlyme admin admins editors team employees locked"
    " entwurf privat versteckt brouillon privé borrador privado bozza privato rascunho taslak"
    " qaralama gizli черновик скрыто скрыт чернетка concept kladde utkast luonnos szkic".split()
)
PAID = frozenset(
    "plus patrons tiers members membersonly registered login required loggedin".split()
)
_PAID = frozenset(
    "paid paying premium subscriber subscribers subscribersonly subscriberonly subscription"
    " subscriptiononly paywall paywalled paidmembers".split()
)
_FOR = frozenset(
    "only members member for content by tier article articles users readers access".split()
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[^\W_]+")
TELLING = frozenset(
    "draft drafts private hidden unlisted unpublished embargo embargoed confidential membersonly"
    " scheduled pending withheld internal secret entwurf brouillon borrador rascunho qaralama"
    " черновик".split()
)
"""Words that keep a page back under whatever key."""
TAGGED = frozenset(
    "draft drafts private unlisted unpublished wip workinprogress nopublish donotpublish entwurf"
    " brouillon borrador qaralama черновик".split()
)
"""Tags, and kinds of pages, that may keep one back."""
FROM_NOW = frozenset(["now", "immediately", "immediate", "asap"])
OVER = frozenset(["never", "no", "none"])
OVER_FROM = frozenset(
    "unpublish unpublished expired retracted withdrawn trashed deleted disabled".split()
)
"""A day that one of these has is the one from which on it isn't out any more."""
UNSET = frozenset(["embargo", "embargodate", "embargountil", "holduntil"])
"""Of these, no means that there is none."""
STRICT = frozenset(["published", "publish", "public"])


def is_paid(text: str) -> bool:
    """Whether ``text`` says no more than that it has to be paid for: ``paid-members-only``."""
    words = {word.casefold() for word in _WORD.findall(text)}
    return not _PAID.isdisjoint(words) and words <= _PAID | _FOR
