"""What kind of thing a problem is, in the language of the site.

What is wrong with a page is told in English, where it is found and for programs as well; an editor
who reads another language has to know at least what it is about. So each kind has a sentence here,
by its code, and the English words stand below it.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import get_locale
from flask_babel import gettext as _


def kind_of(code: str) -> str:
    """A sentence on what a problem of that ``code`` is about; empty in English, which it is in."""
    locale = get_locale()
    if locale is None or locale.language == "en":
        return ""
    return _sentences().get(code, "")


def _sentences() -> Mapping[str, str]:
    return {
        "capture-failing": _("The website can't be asked at the moment."),
        "capture-leads-away": _("The story's address leads to another page now."),
        "capture-vanished": _("The story is not on the website any more, and is still published."),
        "captured-earlier": _("A date is later than the day on which the page was saved."),
        "captured-future": _("The page says that it was saved on a day that is still to come."),
        "captured-guessed": _("A date is taken for the day on which the page was saved."),
        "captured-impossible": _("The day on which the page was saved is in no calendar."),
        "column-wrong": _("pages.csv has a column that nothing is called."),
        "common-lines": _("The same lines stand on many pages: they may be the site's."),
        "control-characters": _("Characters that no text has were removed."),
        "date-ambiguous": _("A date can be read in two ways, and is not used."),
        "date-relative": _("A time such as “two hours ago” counts from an unknown moment."),
        "date-too-old": _("The date is too old for this page."),
        "dateline-unused": _("The place and date before the first sentence are not used."),
        "dates-differ": _("The page states two different dates."),
        "decision-future": _("A date that was decided is in the future, and not used."),
        "decision-gone": _("A decision was deleted from decisions.toml, and stays in force."),
        "decision-overrules-page": _("A decision counts more than what the page says."),
        "decision-unclear": _("A decision can't be understood, or fits no story."),
        "decision-undone": _("A decision has no effect, since a later one says otherwise."),
        "draft": _("It is a draft, and waits."),
        "embargo": _("It waits until its embargo ends."),
        "encoding": _("The file is not UTF-8."),
        "encoding-doubtful": _("In which encoding the page was saved is doubtful."),
        "erased-in-file": _("A file still has words of a story that was erased."),
        "error-page": _("This is a page that tells of an error, and no story."),
        "expired": _("Its time is over."),
        "files-beside": _("Files that are no pages were passed over."),
        "future": _("A date is in the future."),
        "headline-doubtful": _("Which line is the headline is doubtful."),
        "id-taken": _("Another page has the same id."),
        "impossible-date": _("A date is in no calendar."),
        "index-page": _("A page of headlines, and no story of its own."),
        "item-doubtful": _("Something in a feed that was taken over is doubtful."),
        "jsonld-invalid": _("What the page says for programs can't be read."),
        "jsonld-unclear": _("What the page says for programs is about another page."),
        "language-unknown": _("The language is unknown."),
        "last-date-unclear": _("The last date is the story's, or the day of saving."),
        "last-run-failed": _("The last run failed: nothing new is published."),
        "last-run-old": _("Nothing has run for a long time: does cron still work?"),
        "list-impossible-date": _("A date in the list of headlines is in no calendar."),
        "list-repeated": _("A headline stands twice in the list, and is left out once."),
        "list-undated": _("Headlines without a full date were left out."),
        "markup-in-text": _("There is markup in a page of plain text."),
        "names-lead-apart": _("The page could be either of two stories."),
        "no-address": _("Pages that don't say their address."),
        "no-headline": _("The page has no headline."),
        "no-text": _("No text of a story was found."),
        "not-csv": _("pages.csv can't be read."),
        "not-toml": _("A file of settings or decisions can't be read."),
        "page-ends-program": _("The program ended while it read this page."),
        "page-vanished": _("The page is gone; its story stays published."),
        "pages-vanished": _("Pages are gone; their stories stay published."),
        "paywalled": _("Only the beginning of the story was saved."),
        "picture-unaddressed": _("The page doesn't say where a picture is; it is left out."),
        "print-version": _("This is a print version: save the story's own page."),
        "published-undated": _("Nobody knows when this story was published."),
        "read-by-another-version": _("Pages were read by another version of the program."),
        "reread-by-rules": _("A changed rule has pages read again."),
        "retracted-again": _("A story that was taken back came again, and is not shown."),
        "row-idle": _("A row of pages.csv is about no page."),
        "rule-idle": _("A rule of the settings is about no page."),
        "same-article": _("Two pages have the same story."),
        "same-story": _("Are these one story?"),
        "scrambled": _("The paragraphs may be in the wrong order."),
        "setting-wrong": _("A setting can't be understood."),
        "shared-url": _("Several stories have the same address."),
        "statement-unknown": _(
            "What stands above the text may keep it back; somebody has to look."
        ),
        "table-doubtful": _("Something in pages.csv is doubtful."),
        "text-incomplete": _("The text may be incomplete."),
        "text-only-stated": _("The page shows no text, and has one for programs only."),
        "theme-file": _("A file of the theme can't be used."),
        "undated": _("Its date is unknown, and so it waits."),
        "undecoded": _("Some characters could not be read."),
        "undecoded-headline": _("The headline has characters that could not be read."),
        "url-is-home": _("The address is that of the front page, and not used."),
        "url-taken": _("The address is another page's, and not used."),
        "weekday-wrong": _("The day of the week doesn't fit the date."),
        "word-changes": _("The file has changes that nobody accepted."),
        "word-hidden": _("The file has hidden text."),
        "zone-unclear": _("Which time zone is meant is unclear."),
    }
