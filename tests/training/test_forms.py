"""What pages teach: lines with labels, and the forms in which a page may be saved."""

from __future__ import annotations

from collections import Counter

import pytest

from feeds.normalise.labels import LABELS
from training.alphabets import SCRIPTS, in_script
from training.collections import SavedPage, letters_of
from training.dumps import blocks_of, page_language
from training.labelling import labelled
from training.variants import others_of, variants

TITLE = "Lighthouse lends its lamp to a school play"
BODY = [
    "The lighthouse of Sarn has lent its lamp to a school play about the moon, its keeper said.",
    "Ships were told to keep to the left until Friday, and most of them did so without complaint.",
    "The moon was praised by everybody, and one sailor wept in the third row of the school hall.",
    "The lamp is back in its tower, where it has been turning ever since, a little slower.",
]
PAGE = f"""<html lang="en"><body>
<nav><ul><li><a href="/">Home</a><li><a href="/sport">Sport</a></ul></nav>
<article><h1>{TITLE}</h1><p class="by">By Wren Abbot</p><time>12 March 2025</time>
<figure><img src="x.jpg"><figcaption>The lamp on its way to school</figcaption></figure>
{"".join(f"<p>{text}</p>" for text in BODY)}</article>
<aside><h3>More from the coast</h3>
<ul><li><a href="/1">Ferry cat retires to the ticket office</a> <div>11 March 2025</div>
<li><a href="/2">Town clock is seven minutes slow again</a> <div>10 March 2025</div></ul></aside>
<footer>© 2025 The Sarn Courier</footer></body></html>"""


def page(name: str = "sarn") -> SavedPage:
    return SavedPage(
        name=name,
        collection="own",
        publisher="The Sarn Courier",
        language="en",
        title=TITLE,
        authors=["Wren Abbot"],
        day="2025-03-12",
        body=BODY,
        subheadings=[],
        standfirst=[],
        listed=[],
        blocks=blocks_of(PAGE),
    )


def test_markup_and_truth_say_what_each_line_of_a_page_is() -> None:
    told = labelled(page())
    assert told is not None
    assert [(one.text, one.label) for one in told] == [
        ("Home", "furniture"),
        ("Sport", "furniture"),
        (TITLE, "headline"),
        ("By Wren Abbot", "byline"),
        ("12 March 2025", "stamp"),
        ("The lamp on its way to school", "caption"),
        *((text, "text") for text in BODY),
        ("More from the coast", "list heading"),
        ("Ferry cat retires to the ticket office", "list headline"),
        ("11 March 2025", "list date"),
        ("Town clock is seven minutes slow again", "list headline"),
        ("10 March 2025", "list date"),
        ("© 2025 The Sarn Courier", "furniture"),
    ]


def test_a_page_whose_truth_is_not_on_it_teaches_nothing() -> None:
    other = page()
    other.body = ["Of all this, no sentence stands on the page that was saved."] * 3
    assert labelled(other) is None


def test_the_same_page_has_the_same_forms_and_known_labels_alone() -> None:
    pages = [page(f"sarn {number}") for number in range(12)]
    others = others_of(pages)
    once = [form for one in pages for form in variants(one, others)]
    again = [form for one in pages for form in variants(one, others)]
    assert once == again
    labels = Counter(one.label for form in once for one in form)
    assert set(labels) <= set(LABELS)
    assert {"headline", "text", "stamp", "list headline", "list date", "capture"} <= set(labels)
    assert all(sum(one.label == "headline" for one in form) == 1 for form in once)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_copy_in_another_script_has_the_same_words_where_the_line_has(script: str) -> None:
    copies = [in_script(word, script) for word in ("lamp", "lamp", "moon")]
    assert copies[0] == copies[1] != copies[2]
    assert copies[0] != "lamp"


def test_letters_alone_are_compared() -> None:
    assert letters_of("The Lamp, lit: “again”") == "thelamplitagain"
    assert page_language(PAGE) == "en"
