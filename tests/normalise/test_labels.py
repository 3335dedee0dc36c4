"""What lines of pages of text are taken for, and that this is the same everywhere."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise, product
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Line
from feeds.model.guidance import Guidance, Hint
from feeds.model.versions import READER_VERSION
from feeds.normalise.labels import LABELS, MOST_ROWS, decode, explain, label_rows
from feeds.normalise.labels.model import AROUND, HERE, Model, Scores, read_model, shipped_model
from feeds.normalise.labels.reasons import in_words
from feeds.normalise.rows import Row, rows_of
from feeds.readers import read_page
from tests.normalise.reading import article, reading

DIGESTS = {
    8: "c1be7fad69579d1182dba13421e27166bb453804ff8bf704e236030be082cf76",
    9: "c1be7fad69579d1182dba13421e27166bb453804ff8bf704e236030be082cf76",
}
"""Of the weights, by the version of the reader."""

MENU = "Home\nPolitics\nSport\nCulture\nOpinion\nSubscribe\nLog in"
TAIL = "Share\nTweet\n3 comments\nAbout us\nContact\nPrivacy policy\n© 2025 The Quay Courier"
STORY = """Harbour council sells its last crane to a puppet theatre
By Nora Lind
12 March 2025, 10:15
The harbour council of Merrow has sold its last crane to a puppet theatre for one pound.
The theatre wants to lift a whale with it, said its director on Monday, and later a queen.
"We have always dreamed of a stage with a hook," she said.
The crane was built in 1931 and has not moved since the strike of 1974, as people here say."""


def rows(text: str) -> list[Row]:
    return rows_of(tuple(Line(n, line) for n, line in enumerate(text.split("\n"), 1)))[0]


def labels(text: str) -> list[str]:
    told = label_rows(rows(text))
    assert told is not None
    return told.labels


def test_a_story_between_menus_is_read_alone() -> None:
    found = reading(f"{MENU}\n{STORY}\n{TAIL}")
    assert found.article is not None
    assert found.article.title == "Harbour council sells its last crane to a puppet theatre"
    assert found.article.authors == ("Nora Lind",)
    assert found.article.published is not None
    assert found.article.published.iso == "2025-03-12T10:15"
    assert len(found.article.paragraphs) == 4
    assert found.latest == ()


def test_what_is_left_out_of_a_page_with_menus_is_named() -> None:
    dropped = {item.text for item in reading(f"{MENU}\n{STORY}\n{TAIL}").dropped}
    assert {*MENU.split("\n"), *TAIL.split("\n")} <= dropped


def test_a_list_behind_a_page_with_menus_keeps_its_dates() -> None:
    listed = (
        "Most read\nFerry cat retires to the ticket office\n11 March 2025\n"
        "Town clock is seven minutes slow again\n10 March 2025\n"
        "Weavers ask for a longer winter\n9 March 2025"
    )
    found = reading(f"{MENU}\n{STORY}\n{listed}\n{TAIL}")
    assert [(story.title, story.published and story.published.iso) for story in found.latest] == [
        ("Ferry cat retires to the ticket office", "2025-03-11"),
        ("Town clock is seven minutes slow again", "2025-03-10"),
        ("Weavers ask for a longer winter", "2025-03-09"),
    ]
    assert found.article is not None
    assert found.article.published is not None
    assert found.article.published.iso == "2025-03-12T10:15"


def test_a_page_has_one_headline_however_often_it_says_it() -> None:
    title = STORY.split("\n", maxsplit=1)[0]
    assert labels(f"{MENU}\n{title}\n{STORY}\n{TAIL}").count("headline") == 1
    assert article(f"{MENU}\n{title}\n{STORY}\n{TAIL}").title == title


def test_a_date_alone_is_no_headline() -> None:
    found = label_rows(rows("12 March 2025\n" * 8))
    assert found is not None
    assert found.headline is None


@pytest.mark.parametrize("lines", [1, 5, MOST_ROWS + 1])
def test_pages_of_few_lines_or_too_many_have_no_labels(lines: int) -> None:
    assert label_rows(rows("\n".join(["Quay opens again"] * lines))) is None


def test_the_weights_are_those_of_this_version_of_the_reader() -> None:
    """New weights read pages in another way: raise READER_VERSION, and add their digest."""
    data = files("feeds.normalise.labels").joinpath("weights.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == DIGESTS[READER_VERSION]


def test_where_the_weights_are_from_stands_beside_them() -> None:
    folder = files("feeds.normalise.labels")
    known = json.loads(folder.joinpath("weights.json").read_text("utf-8"))
    data = folder.joinpath("weights.txt").read_bytes()
    assert known["sha256"] == hashlib.sha256(data).hexdigest()
    assert {"date", "forms", "languages", "publishers", "held_out"} <= known.keys()


def test_every_label_of_the_weights_is_known_and_every_trait_has_words() -> None:
    model = shipped_model()
    assert model.labels == LABELS
    words = {in_words(trait) for weights in model.weights.values() for trait in weights}
    assert all(word and "=" not in word and "+" not in word for word in words)


def test_packed_weights_add_up_to_what_single_ones_do() -> None:
    model, seed = shipped_model(), random.Random(1)  # noqa: S311
    traits = [seed.choice(sorted(model.weights[HERE])) for _ in range(60)]
    packed = sum(model.weights[HERE][trait] for trait in traits)
    one_by_one = [
        sum(column) for column in zip(*(model.weight(t, HERE) for t in traits), strict=True)
    ]
    both = Model(model.labels, model.steps, {**model.weights, HERE: {"all": packed}})
    assert list(both.weight("all", HERE)) == one_by_one


NUMBERS = st.integers(-900, 900)
ONE_FOR_EACH_LABEL = st.lists(NUMBERS, min_size=len(LABELS), max_size=len(LABELS))


@given(st.lists(ONE_FOR_EACH_LABEL, min_size=2, max_size=5))
def test_labels_left_out_of_a_step_would_not_have_been_the_best_before_any_other(
    scores: list[list[int]],
) -> None:
    for moves in shipped_model().moves:
        for best, own in pairwise(scores):
            asked = [
                max(map(add, best, steps)) + score
                for steps, score in zip(zip(*moves.steps, strict=True), own, strict=True)
            ]
            assert moves.best_beyond(best, own) == asked


def test_a_page_is_labelled_alike_whatever_was_labelled_before() -> None:
    first = label_rows(rows(f"{MENU}\n{STORY}\n{TAIL}"))
    label_rows(rows(f"{TAIL}\n{MENU}\n- Home\n12 March 2025\n{STORY}"))
    again = label_rows(rows(f"{MENU}\n{STORY}\n{TAIL}"))
    assert first is not None
    assert again is not None
    assert (again.labels, again.scores) == (first.labels, first.scores)


def total(model: Model, scores: Scores, path: Sequence[int]) -> int:
    """By how much a path through a page is good, less what it costs to have no headline."""
    own = sum(line[label] for line, label in zip(scores, path, strict=True))
    steps = sum(model.steps[above][below] for above, below in pairwise(path))
    return own + steps - (0 if 0 in path else decode.MISSING)


def test_decoding_finds_the_best_of_all_paths_with_one_headline() -> None:
    seed = random.Random(2)  # noqa: S311
    names = ("headline", "text", "furniture")
    paths = [path for path in product(range(3), repeat=5) if path.count(0) <= 1]
    for _ in range(60):
        steps = tuple(tuple(seed.randint(-90, 90) for _ in names) for _ in names)
        model = Model(names, steps, {place: {} for place in (HERE, *AROUND)})
        scores: Scores = [tuple(seed.randint(-300, 300) for _ in names) for _ in range(5)]
        found = decode.decode(model, scores, list("abcde"))
        best = max(total(model, scores, path) for path in paths)
        assert total(model, scores, found.labels) == best


def test_a_headline_said_twice_is_no_rival_of_itself() -> None:
    names = ("headline", "text")
    model = Model(names, ((0, 0), (0, 0)), {place: {} for place in (HERE, *AROUND)})
    scores: Scores = [(100, 0), (90, 0), (0, 100)]
    assert decode.decode(model, scores, ["a", "b", "c"]).sure == 10
    assert decode.decode(model, scores, ["a", "a", "c"]).sure > 100


def test_weights_are_read_as_they_are_written() -> None:
    text = "headline\ttext\n1 -2\n3 4\n0\tend=stop\t0:-5 1:7\n-1\toutside\t1:2\n"
    model = read_model(text)
    assert model.steps == ((1, -2), (3, 4))
    assert model.weight("end=stop", HERE) == (-5, 7)
    assert model.weight("outside", -1) == (0, 2)
    assert model.weight("unknown", 2) == (0, 0)


def test_evidence_names_lines_in_plain_words() -> None:
    told = explain(read_page("a.txt", STORY.encode()))
    assert [line.label for line in told][:3] == ["headline", "byline", "stamp"]
    assert all(0 < len(line.reasons) <= 3 for line in told)
    assert all(line.rival != line.label for line in told)


def test_names_beside_the_date_are_the_authors() -> None:
    head, _, _, *text = STORY.split("\n")
    for line in (
        "Posted on Mar. 12 2025 - 10:15am by nora",
        "Nora Lind | Published: 12.03.2025, 10:15",
    ):
        found = article("\n".join([MENU, head, line, *text, TAIL]))
        assert [name.casefold()[:4] for name in found.authors] == ["nora"]
        assert found.published is not None
        assert found.published.iso == "2025-03-12T10:15"


def test_of_two_dates_above_the_headline_the_older_is_the_articles() -> None:
    _, _, _, *text = STORY.split("\n")
    page = "\n".join(
        [
            "00:07 - 27 Dec, 2025",
            "|",
            "2024-12-21 14:38:21, 2762 views",
            STORY.split("\n")[0],
            *text,
        ]
    )
    found = reading(page)
    assert found.article is not None
    assert found.article.published is not None
    assert found.article.published.iso[:10] == "2024-12-21"
    assert found.captured is not None
    assert found.captured.iso[:10] == "2025-12-27"


def test_days_of_an_event_are_no_date_of_its_page() -> None:
    text = STORY.split("\n")[3:]
    days = "From Friday, 13 March 2026 to Sunday, 15 March 2026\nOn Thursday, 19 March 2026"
    assert article("\n".join([days, *text])).published is None


def test_a_heading_in_words_that_nobody_knows_is_no_headline_of_its_list() -> None:
    listed = (
        "Around the harbour\nFerry cat retires to the ticket office\n11 March 2025\n"
        "Town clock is seven minutes slow again\n10 March 2025"
    )
    titles = [story.title for story in reading(f"{MENU}\n{STORY}\n{listed}\n{TAIL}").latest]
    assert titles == [
        "Ferry cat retires to the ticket office",
        "Town clock is seven minutes slow again",
    ]


def test_what_follows_the_authors_name_below_the_text_is_about_the_author() -> None:
    portrait = "Nora Lind\nShe writes about cranes and other birds, and lives on a boat."
    assert len(article(f"{MENU}\n{STORY}\n{portrait}\n{TAIL}").paragraphs) == 4


def test_a_standfirst_without_a_full_stop_is_no_paragraph() -> None:
    head, by, day, *text = STORY.split("\n")
    page = "\n".join(
        [MENU, head, "A whale will hang from it, and later a queen", by, day, *text, TAIL]
    )
    assert list(article(page).paragraphs) == text


def test_a_line_that_an_editor_calls_furniture_has_no_label() -> None:
    page = read_page("a.txt", STORY.encode())
    line = page.lines[-1].text
    hint = Hint("furniture", line, "[[pages]] rule 1: furniture")
    assert line in {one.text for one in explain(page)}
    assert line not in {one.text for one in explain(page, Guidance((hint,)))}


def test_a_page_of_html_has_no_labels_of_lines() -> None:
    assert explain(read_page("a.html", b"<h1>Lamp is lit</h1>" + b"<p>A lamp.</p>" * 20)) == []
