"""An article has a date only where its page states one for it; all others are other stories'."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from feeds.model import StatedDate, Story
from feeds.text.dates import find, resolve
from tests.normalise.reading import reading

DAYS = st.dates(date(1995, 1, 1), date(2025, 12, 31))
SHAPES = st.sampled_from(
    ["%d.%b.%Y", "%d %B %Y", "%d.%m.%Y", "%Y-%m-%d", "%B %d, %Y", "%A, %d %B %Y", "%d/%m/%Y"]
)
WRITTEN = st.builds(lambda day, shape: day.strftime(shape), DAYS, SHAPES)
CLOCK = st.sampled_from(["", " 10:30", ", 21:05"])
NAMES = st.sampled_from(["Lamp", "Quay", "Ferry", "Bell", "Boat", "Mill", "Weir"])
HEADLINE = st.builds("{} is {} again, says the {} keeper".format, NAMES, NAMES, NAMES)
SENTENCE = st.one_of(
    st.builds(
        "The {} was opened on {} and nobody has closed it since then.".format, NAMES, WRITTEN
    ),
    st.builds(
        "On {} the {} was lent to the town, which lost it soon after.".format, WRITTEN, NAMES
    ),
    st.builds("They said that the {} would be mended before the end of {}.".format, NAMES, WRITTEN),
    st.builds("Nobody had missed the {}, the keeper told the board on Monday.".format, NAMES),
)
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join)
LATEST = st.lists(st.tuples(HEADLINE, WRITTEN, CLOCK), min_size=2, max_size=6).filter(
    # two lines of which only the second has a clock are not seen to be a list
    lambda listed: len(listed) > 2 or bool(listed[0][2]) == bool(listed[1][2])
)
HEADING = st.sampled_from(["", "Latest news\n", "Latest news", "Son xəbərlər\n"])


def page(paragraphs: list[str], heading: str, latest: list[tuple[str, str, str]], end: str) -> str:
    listed = "\n".join(f"{title}\n{when}{clock}" for title, when, clock in latest)
    body = "\n".join(paragraphs)
    return f"Harbour board lends its boat\n\n{body}\nNora Lind\n{heading}{listed}\n\n{end}\n"


@given(st.lists(PARAGRAPH, min_size=1, max_size=5), HEADING, LATEST, WRITTEN)
def test_dates_of_text_list_and_capture_are_not_the_articles(
    paragraphs: list[str], heading: str, latest: list[tuple[str, str, str]], end: str
) -> None:
    found = reading(page(paragraphs, heading, latest, end))
    assert found.article is not None
    assert found.article.published is None
    assert found.article.evidence["published"].is_known is False


@given(st.lists(PARAGRAPH, min_size=1, max_size=5), HEADING, LATEST, WRITTEN, WRITTEN)
def test_a_date_below_the_headline_is_the_articles_or_unknown(
    paragraphs: list[str], heading: str, latest: list[tuple[str, str, str]], end: str, own: str
) -> None:
    text = page([own, *paragraphs], heading, latest, end)
    found = reading(text)
    assert found.article is not None
    published = found.article.published
    assert published is None or stated_by(text, 3, published)


@given(
    st.lists(PARAGRAPH, min_size=1, max_size=4), HEADING, LATEST, WRITTEN, CLOCK, st.integers(0, 9)
)
def test_evidence_names_the_line_that_states_the_date(
    paragraphs: list[str],
    heading: str,
    latest: list[tuple[str, str, str]],
    own: str,
    clock: str,
    place: int,
) -> None:
    lines = page(paragraphs, heading, latest, own).split("\n")
    lines.insert(min(place, len(lines)), f"{own}{clock}")
    text = "\n".join(lines)
    found = reading(text)
    stories: list[Story] = [*found.latest, *([found.article] if found.article else [])]
    for story in stories:
        if story.published is not None:
            assert stated_by(text, story.evidence["published"].line, story.published)
    if found.captured is not None and found.captured_evidence is not None:
        assert stated_by(text, found.captured_evidence.line, found.captured)


def stated_by(text: str, number: int, published: StatedDate) -> bool:
    """Whether the line with that number states the date, in either order of day and month."""
    stamp = find.find_stamp(text.split("\n")[number - 1])
    if stamp is None:
        return False
    orders = (resolve.Settled("day first"), resolve.Settled("month first"))
    return any(resolve.stated_date(stamp, order) == published for order in orders)


def test_the_last_date_of_a_list_that_says_a_headline_twice_is_not_the_articles() -> None:
    line = "Lamp is Lamp again, says the Lamp keeper"
    listed = [(line, "01.Jan.2000", ""), (line, "01.Jan.2000", ""), (line, "02.Jan.2000", "")]
    text = ["Nobody had missed the Lamp, the keeper told the board on Monday."]
    article = reading(page(text, "", listed, "01.Jan.2000")).article
    assert article is not None
    assert article.published is None
