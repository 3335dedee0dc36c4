"""Pages nested beyond all reason are read, in their order, and in no more time than others."""

from __future__ import annotations

import pytest
from lxml import html
from lxml.html import HtmlElement

from feeds.normalise import normalise
from feeds.normalise.html import depth, visible
from feeds.normalise.html.attributes import Attributes
from feeds.readers import read_page

TEXT = "The lamp at the end of the quay was lit on Friday, after eleven years of dark."


def parsed(markup: str) -> HtmlElement:
    return html.document_fromstring(markup)


def words(element: HtmlElement) -> str:
    return "".join(map(str, element.itertext()))


def hides(element: HtmlElement) -> bool:
    return "hidden" in element.attrib


def deepest(element: HtmlElement) -> int:
    return 1 + max(sum(1 for _ in inner.iterancestors()) for inner in element.iter())


def test_what_is_nested_too_deeply_comes_up_in_its_order() -> None:
    inside = "".join(f"{number}<div>" for number in range(300))
    after = "".join(f"</div>{number}<b>x</b>y" for number in range(300))
    root = parsed(f"<div>{inside}a<p>b<i>c</i>d</p>e{after}</div>")
    before, tags = words(root), [element.tag for element in root.iter()]
    depth.flatten(root, hides)
    assert words(root) == before
    assert [element.tag for element in root.iter()] == tags
    assert deepest(root) == 120


def test_what_is_hidden_stays_in_what_hides_it() -> None:
    root = parsed("<div>" * 150 + "<div hidden><p>a<b>b</b></p></div>" + "c")
    depth.flatten(root, hides)
    hidden = root.find(".//*[@hidden]")
    assert hidden is not None
    assert words(hidden) == "ab"


def test_pages_of_a_usual_depth_stay_as_they_are() -> None:
    root = parsed("<div>" * 100 + "<p>a<b>b</b>c</p>d")
    before = html.tostring(root)
    depth.flatten(root, hides)
    assert html.tostring(root) == before


@pytest.mark.parametrize("tag", ["div", "section", "blockquote", "b", "span", "font"])
def test_the_text_of_a_page_is_read_however_deep_it_stands(tag: str) -> None:
    page = f"<h1>Lamp is lit again</h1>{f'<{tag}>' * 1500}<p>{TEXT}</p>{f'</{tag}>' * 1500}"
    found = normalise(read_page("a.html", page.encode())).article
    assert found is not None
    assert found.paragraphs == (TEXT,)


def test_blocks_put_into_each_other_by_a_script_are_deep_no_longer() -> None:
    many = 400
    page = "<p>One lamp.</p>" + "".join(
        f"<div hidden id=S:{i:x}>w{i}<template id=B:{i + 1:x}></template></div>"
        f"<script>$RC('B:{i:x}','S:{i:x}')</script>"
        for i in range(many)
    )
    body = parsed(page).find("body")
    assert body is not None
    visible.prune(body, Attributes(body.iter()))
    assert deepest(body) < 150
    assert f"w{many - 1}" in words(body)
