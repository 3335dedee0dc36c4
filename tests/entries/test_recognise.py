"""Every verdict on a story: held, new, the same, corrected."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from feeds.entries import holds, recognise, verdicts
from feeds.entries.holds import Held
from feeds.entries.recognise import Known
from feeds.entries.verdicts import Corrected, Enriched, Moments, New, Same
from feeds.model import Entry, EntryId, Evidence, Image, StatedDate, Story, Url

NOW = datetime(2026, 1, 14, 9, 30, tzinfo=UTC)
BAKU = ZoneInfo("Asia/Baku")
DAY = StatedDate("2026-01-09", "day")
PUBLISHED = datetime(2026, 1, 9, 8, tzinfo=UTC)
CAPTURED = datetime(2026, 1, 14, 8, tzinfo=UTC)
ENTERED = datetime(2026, 1, 14, 9, 30, tzinfo=UTC)
LATER = ENTERED + timedelta(hours=3)
TITLE = {"title": Evidence("a.txt", 1, "first line")}

ARTICLE = Story(
    kind="article",
    title="Quay opens “at last”",
    line=1,
    authors=("Nora Lind",),
    paragraphs=("It opened on Monday.", "Nobody came.", "It closed again."),
    evidence=TITLE,
)
HEADLINE = Story(kind="headline", title="Quay opens", line=7, published=DAY, evidence=TITLE)


def entry(story: Story, published: datetime | None = None, captured: bool = True) -> Entry:
    moments = Moments(ENTERED, published, CAPTURED if captured else None, 3)
    return verdicts.enter(story, EntryId("tag:desk.test,2026:abc"), moments)


def changed(story: Story, **values: object) -> Story:
    return msgspec.structs.replace(story, **values)


def again(story: Story, by_page: Entry | None = None, by_story: Entry | None = None) -> object:
    published = PUBLISHED if story.published else None
    known = Known(page=by_page, headline=by_story)
    return recognise.recognise(story, known, Moments(LATER, published, CAPTURED, 1), alone=False)


# hold


@pytest.mark.parametrize("story", [ARTICLE, HEADLINE, changed(ARTICLE, published=DAY)])
@pytest.mark.parametrize("undated", ["publish", "hold"])
def test_a_story_with_headline_text_and_date_is_published(story: Story, undated: str) -> None:
    if story.published or undated == "publish":
        assert holds.why_held(story, undated, NOW, BAKU) is None


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (
            changed(ARTICLE, title="", evidence={"title": Evidence("a.txt", 1, "unknown: fog")}),
            "fog",
        ),
        (changed(ARTICLE, title="Caf\ufffd opens"), "could not be read"),
        (changed(HEADLINE, title="Caf\ufffd opens"), "could not be read"),
        (changed(ARTICLE, paragraphs=()), "no text"),
    ],
)
def test_a_story_that_would_be_a_mistake_is_held_until_it_is_mended(story: Story, why: str) -> None:
    verdict = holds.why_held(story, "publish", NOW, BAKU)
    assert isinstance(verdict, Held)
    assert why in verdict.why
    assert verdict.remedy
    assert verdict.until is None


@pytest.mark.parametrize("story", [HEADLINE, ARTICLE])
@pytest.mark.parametrize("iso", ["2026-01-15", "2026-01-15T00:00", "2027-01-01T10:00:00"])
def test_a_story_of_a_day_to_come_is_held_until_that_day(story: Story, iso: str) -> None:
    stated = StatedDate(iso, "day" if len(iso) == 10 else "minute")
    verdict = holds.why_held(changed(story, published=stated), "publish", NOW, BAKU)
    assert isinstance(verdict, Held)
    assert iso in verdict.why
    begins = datetime.fromisoformat(iso).replace(tzinfo=BAKU)
    assert verdict.until == begins
    then = datetime.combine(stated.day, time(12), BAKU)
    assert holds.why_held(changed(story, published=stated), "publish", then, BAKU) is None


def test_a_story_of_a_later_hour_of_today_is_held_and_tried_again_today() -> None:
    stated = StatedDate("2026-01-14T13:31", "minute")  # in Baku it is 13:30
    verdict = holds.why_held(changed(HEADLINE, published=stated), "publish", NOW, BAKU)
    assert isinstance(verdict, Held)
    minute_later = NOW + timedelta(minutes=1)
    assert verdict.until == minute_later
    assert (
        holds.why_held(changed(HEADLINE, published=stated), "publish", minute_later, BAKU) is None
    )


def test_an_article_without_a_date_is_held_if_the_newsroom_says_so() -> None:
    verdict = holds.why_held(ARTICLE, "hold", NOW, BAKU)
    assert isinstance(verdict, Held)
    assert 'undated = "hold"' in verdict.why
    assert verdict.until is None


# enter


def test_an_undated_article_has_no_published_moment_and_keeps_its_capture_date() -> None:
    made = entry(ARTICLE)
    assert (made.published, made.captured, made.updated) == (None, CAPTURED, CAPTURED)
    assert (made.entered, made.ordered, made.rank) == (ENTERED, CAPTURED, 3)
    assert made.stated is None


def test_an_article_without_any_date_is_updated_when_it_was_entered() -> None:
    assert entry(ARTICLE, captured=False).updated == ENTERED


def test_a_dated_story_is_updated_when_it_was_published() -> None:
    made = entry(changed(ARTICLE, published=DAY), PUBLISHED)
    assert (made.updated, made.published, made.stated) == (PUBLISHED, PUBLISHED, DAY)


def test_a_capture_date_says_nothing_of_a_headline() -> None:
    made = entry(HEADLINE, PUBLISHED)
    assert made.captured is None
    assert (made.content, made.summary) == ("", "")


def test_an_entry_says_all_that_its_page_says() -> None:
    image = Image(Url("https://desk.test/a.png"), "image/png")
    story = changed(
        ARTICLE, url=Url("https://desk.test/a"), language="az", categories=("Quay",), image=image
    )
    made = entry(story)
    assert (made.title, made.authors, made.language) == (story.title, story.authors, "az")
    assert (made.url, made.categories, made.image) == (story.url, ("Quay",), image)
    assert (
        made.content == "<p>It opened on Monday.</p>\n<p>Nobody came.</p>\n<p>It closed again.</p>"
    )
    assert made.summary == "It opened on Monday."
    assert made.evidence == TITLE


# recognise


@pytest.mark.parametrize("story", [ARTICLE, HEADLINE])
def test_a_story_never_seen_is_new(story: Story) -> None:
    assert isinstance(again(story), New)


def test_the_same_page_again_is_the_same_with_its_newest_evidence() -> None:
    newest = {"title": Evidence("a.txt", 3, "first line")}
    verdict = again(changed(ARTICLE, evidence=newest), entry(ARTICLE))
    assert isinstance(verdict, Same)
    assert verdict.entry == msgspec.structs.replace(entry(ARTICLE), evidence=newest)


TYPOGRAPHY = [
    {"title": 'QUAY  opens "at last"!'},
    {"title": "Quay opens – at last"},
    {"paragraphs": ("It opened — on Monday…", "nobody came", "It closed again.")},
    {"paragraphs": ("It opened on Monday. Nobody came.", "It closed again.")},
]
LOOKS = [
    {"authors": ()},
    {"authors": ("Bo Reed",)},
    {"url": Url("https://desk.test/a")},
    {"language": "az"},
    {"categories": ("Quay",)},
    {"image": Image(Url("https://desk.test/a.png"), "image/png")},
]


@pytest.mark.parametrize("values", TYPOGRAPHY + LOOKS)
def test_typography_and_looks_are_corrected_without_moving_updated(
    values: dict[str, object],
) -> None:
    story = changed(ARTICLE, **values)
    verdict = again(story, entry(ARTICLE))
    assert isinstance(verdict, Corrected)
    assert verdict.entry.updated == CAPTURED
    assert verdict.entry == msgspec.structs.replace(entry(story), evidence=TITLE)


@pytest.mark.parametrize(
    "values",
    [
        {"title": "Quay opens at noon"},
        {"paragraphs": ("It opened on Tuesday.", "Nobody came.", "It closed again.")},
        {"paragraphs": ("It opened on Monday.", "Nobody came.")},
        {"paragraphs": ("Nobody came.", "It opened on Monday.", "It closed again.")},
        {"paragraphs": (*ARTICLE.paragraphs, "Correction: somebody came.")},
    ],
)
def test_other_words_move_updated_to_now(values: dict[str, object]) -> None:
    story = changed(ARTICLE, **values)
    verdict = again(story, entry(ARTICLE))
    assert isinstance(verdict, Corrected)
    assert verdict.entry == msgspec.structs.replace(entry(story), updated=LATER)


def test_updated_never_moves_back() -> None:
    ahead = msgspec.structs.replace(entry(ARTICLE), updated=LATER + timedelta(days=1))
    verdict = again(changed(ARTICLE, title="Quay opens at noon"), ahead)
    assert isinstance(verdict, Corrected)
    assert verdict.entry.updated == ahead.updated


def test_a_page_with_the_same_headline_and_another_text_is_the_same_story() -> None:
    rewritten = ("All of it was written anew.",)
    before = changed(ARTICLE, title="Quay opens “at last” in the rain")
    story = changed(ARTICLE, title='QUAY opens "at last" in the rain', paragraphs=rewritten)
    assert isinstance(again(story, entry(before)), Corrected)


@pytest.mark.parametrize(
    ("kept", "added", "verdict"),
    [
        (3, 0, Corrected),
        (3, 3, Corrected),
        (3, 4, New),
        (2, 2, Corrected),
        (2, 3, New),
        (2, 0, Corrected),
        (1, 0, New),
        (1, 1, New),
        (0, 3, New),
    ],
)
def test_a_page_with_another_headline_is_the_same_story_if_half_of_the_text_is(
    kept: int, added: int, verdict: type
) -> None:
    paragraphs = (*ARTICLE.paragraphs[:kept], *(f"Line {number}." for number in range(added)))
    story = changed(ARTICLE, title="Ferry sinks", paragraphs=paragraphs)
    assert isinstance(again(story, entry(ARTICLE)), verdict)


def test_a_page_saved_over_with_another_story_is_new_and_says_so() -> None:
    story = changed(ARTICLE, title="Ferry sinks", paragraphs=("It sank.", "All were saved."))
    verdict = again(story, entry(ARTICLE))
    assert isinstance(verdict, New)
    assert "another story" in verdict.why


def test_a_page_saved_over_with_a_story_known_from_elsewhere_is_that_story() -> None:
    ferry = changed(ARTICLE, title="Ferry sinks", paragraphs=("It sank.",))
    verdict = again(ferry, entry(ARTICLE), entry(ferry))
    assert isinstance(verdict, Same)
    assert verdict.entry == entry(ferry)


def test_an_article_known_from_another_page_is_the_same() -> None:
    verdict = again(changed(ARTICLE, authors=("Bo Reed",)), None, entry(ARTICLE))
    assert isinstance(verdict, Same)
    assert verdict.entry == entry(ARTICLE)
    assert verdict.why == "the same article is known from another page"


@pytest.mark.parametrize("known", [HEADLINE, changed(ARTICLE, published=DAY)])
def test_a_headline_that_is_known_changes_nothing(known: Story) -> None:
    stored = entry(known, PUBLISHED)
    verdict = again(changed(HEADLINE, title="QUAY OPENS!"), None, stored)
    assert isinstance(verdict, Same)
    assert verdict.entry is stored


def test_the_text_of_a_known_headline_makes_it_an_article_with_the_same_id_and_moment() -> None:
    stored = entry(HEADLINE, PUBLISHED - timedelta(minutes=2))
    verdict = again(changed(ARTICLE, published=DAY, title="Quay opens"), None, stored)
    assert isinstance(verdict, Enriched)
    made = verdict.entry
    assert (made.id, made.kind, made.entered) == (stored.id, "article", stored.entered)
    assert (made.published, made.stated, made.updated) == (stored.published, DAY, LATER)
    assert made.content


def test_a_date_that_arrives_later_is_the_articles_and_moves_no_updated() -> None:
    verdict = again(changed(ARTICLE, published=DAY), entry(ARTICLE))
    assert isinstance(verdict, Corrected)
    assert (verdict.entry.stated, verdict.entry.published) == (DAY, PUBLISHED)
    assert verdict.entry.updated == CAPTURED
    assert verdict.entry.id == entry(ARTICLE).id


def test_an_article_is_never_updated_before_it_was_published() -> None:
    stored = entry(changed(ARTICLE, published=DAY), PUBLISHED - timedelta(days=3))
    verdict = again(changed(ARTICLE, published=StatedDate("2026-01-12", "day")), stored)
    assert isinstance(verdict, Corrected)
    assert verdict.entry.updated == verdict.entry.published == PUBLISHED


def test_a_date_that_is_stated_no_more_was_stated() -> None:
    stored = entry(changed(ARTICLE, published=DAY), PUBLISHED)
    verdict = again(ARTICLE, stored)
    assert isinstance(verdict, Same)
    assert (verdict.entry.stated, verdict.entry.published) == (DAY, PUBLISHED)


@pytest.mark.parametrize(
    "story",
    [ARTICLE, changed(ARTICLE, title="Quay opens at noon"), changed(ARTICLE, authors=())],
)
def test_a_verdict_that_was_stored_is_the_same_the_next_time(story: Story) -> None:
    verdict = again(story, entry(ARTICLE))
    assert isinstance(verdict, Same | Corrected)
    assert again(story, verdict.entry) == Same(verdict.entry, "the same page again")
