"""What templates ask: moments, days, addresses, languages, in the language of the site."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from importlib.resources import files
from typing import Any

from flask import Flask, g, url_for
from flask_babel import Babel, gettext
from flask_babel import lazy_gettext as _

from feeds.desk.desk import desk
from feeds.desk.kinds import kind_of
from feeds.ledger import revisions
from feeds.ledger.connect import open_to_read
from feeds.model import StatedDate, hash_of
from feeds.model.errors import FeedsError
from feeds.newsroom import folder, written_page
from feeds.newsroom.site import Site
from feeds.text import dates
from feeds.web import i18n

MOST_FILES = 20
"""So many may be handed in together."""
_NAMES = {
    "title": _("Headline"),
    "published": _("Date"),
    "authors": _("Authors"),
    "url": _("Its address"),
    "categories": _("Sections"),
    "image": _("Picture: its address"),
    "alt": _("Picture: what it shows"),
    "summary": _("Summary"),
    "language": _("Language"),
    "rights": _("Rights"),
    "image_rights": _("Rights of the picture"),
    "date": _("Date"),
    "status": _("Status"),
    "embargo": _("Not before (embargo)"),
    "access": _("For whom"),
}
_RIGHTS = {
    "": _("as the page says"),
    "syndicate": _("partners may have it"),
    "own-site": _("for our own site alone"),
}
_CHOICES = {
    "status": {
        "": _("as the page says"),
        "published": _("published"),
        "draft": _("draft: not yet"),
        "retracted": _("taken back"),
    },
    "rights": _RIGHTS,
    "image_rights": _RIGHTS,
    "access": {"": _("as the page says"), "free": _("everybody"), "paid": _("subscribers")},
}
_STATES = {
    "retracted": _("Taken back"),
    "erased": _("Erased"),
    "merged": _("Merged into another story"),
}


class PagesThere:
    """Asks whether a file is a page of the newsroom, as templates do: ``path in pages_there``."""

    def __contains__(self, path: object) -> bool:
        """Whether there is a page at ``path``."""
        return folder.page(desk().newsroom.root, str(path)) is not None


def site() -> Site | None:
    """The configuration as it is written; as last published, where that can't be understood."""
    if "site" not in g:
        g.site = _site()
    found: Site | None = g.site
    return found


def _site() -> Site | None:
    newsroom = desk().newsroom
    with suppress(FeedsError):  # the check says what is wrong with it
        return newsroom.site()
    try:
        ledger = open_to_read(newsroom.database)
        if ledger is None:
            return None
        with ledger.read() as connection:
            return next((one.site for one in revisions.latest(connection)), None)
    except FeedsError:
        return None


def interface() -> str:
    """The language of the desk's own words: the site's, if there is a catalogue for it."""
    found = site()
    return i18n.interface(found.language if found else "en")


def teach(app: Flask) -> None:
    """Has the templates of ``app``, which has a desk, speak the language of its site."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    directory = str(files("feeds.desk") / "translations")
    Babel(app, locale_selector=interface, default_translation_directories=directory)
    app.context_processor(tools)


def tools() -> dict[str, Any]:
    """What every template has."""
    found = site()
    zone = dates.zone(found.timezone if found else "UTC")
    language = interface()

    def moment(when: datetime) -> str:
        local = when.astimezone(zone)
        return f"{i18n.day(local.date(), language)}, {local:%H:%M}"

    def stated(when: StatedDate | None) -> str:
        return i18n.stated(when, language) if when else gettext("not stated")

    return {
        "site": found,
        "language": language,
        "user": g.get("user", ""),
        "is_by_proxy": bool(desk().header),
        "moment": moment,
        "stated": stated,
        "to": url_for,
        "direction": i18n.direction,
        "tz": zone,
        "may_write": found is not None and found.desk.pages == "here",
        "hash_of": hash_of,
        "handed_in": written_page.HANDED_IN,
        "most_files": MOST_FILES,
        "choices": _CHOICES,
        "pages_there": PagesThere(),
        "name_of": lambda name: _NAMES.get(name, name),
        "kind_of": kind_of,
        "state_of": lambda hidden: _STATES[hidden],
    }
