"""Whatever a page holds, no word of it is lost on the way to blocks, none is said twice."""

from __future__ import annotations

import re
import time
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from feeds.normalise.html.body import blocks, markup

_TAGS = (
    "a abbr address article aside b blockquote caption center cite code dd details div dl dt em "
    "figcaption figure font footer h1 h2 h4 h6 header i ins li my-answer nav o:p ol p pre q rt "
    "ruby section small span strike del strong sub summary sup table tbody td th time tr ul"
).split()
_LEAF = st.sampled_from(
    ["w", "w w", " w ", " ", "", "\u200b", "<br>", "<br><br>", "<hr>", "w<br>w"]
)
_TREES = st.recursive(
    _LEAF,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(_TAGS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@given(_TREES)
def test_no_word_is_lost_none_is_said_twice_and_all_keep_their_order(source: str) -> None:
    numbers = count()
    numbered = re.sub("w(?![a-z])", lambda _: f"w{next(numbers)}z", source)
    scope = html.fromstring(f"<div>{numbered}</div>")
    there = re.findall(r"w\d+z", "".join(map(str, scope.itertext())))
    rendered = blocks.as_html(markup.render_blocks(scope, []))
    shown = re.findall(r"w\d+z", re.sub("<[^>]*>", " ", rendered))
    assert shown == there


@given(_TREES)
def test_what_was_rendered_is_rendered_the_same_again(source: str) -> None:
    once = blocks.as_html(markup.render_blocks(html.fromstring(f"<div>{source}</div>"), []))
    again = markup.render_blocks(html.fromstring(f"<div>{once}</div>"), [])
    assert _words(blocks.as_html(again)) == _words(once)


def _words(markup_of: str) -> list[str]:
    return re.sub("<[^>]*>", " ", markup_of).split()


@pytest.mark.parametrize(
    "part",
    [
        "<span>a b</span>",
        "<p>a <i>b</i> c",
        "a<br>",
        "<b><ul><li>x</li></ul>y</b>",
        "<table><tr><td>x</table>",
        "<td>x",
        "<q>a</q><hr>",
        "<pre><i>a\n</i></pre>",
    ],
)
def test_the_time_grows_with_the_page(part: str) -> None:
    times = []
    for many in (1000, 8000):
        tries = []
        for _ in range(3):  # a machine may be busy
            scope = html.fromstring(f"<div>{part * many}</div>")
            began = time.process_time()
            markup.render_blocks(scope, [])
            tries.append(time.process_time() - began)
        times.append(min(tries))
    assert times[1] < 8 * 4 * max(times[0], 0.01)
