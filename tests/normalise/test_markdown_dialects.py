"""What people and other programs write in Markdown beyond CommonMark."""

# ruff: noqa: E501 -- each row is what somebody writes, and what is shown of it

from __future__ import annotations

import pytest

from feeds.model import Reading
from tests.normalise.reading import reading as reading_of

HEAD = "# Lamp glows at night\n\n"


def reading(text: str) -> Reading:
    return reading_of(HEAD + text, "a.md")


def content(text: str) -> str:
    found = reading(text).article
    assert found is not None
    return found.content.replace("\n<", "<")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("See [[Other note]].", "<p>See Other note.</p>"),
        ("See [[a/Note|the *old* one]].", "<p>See the <em>old</em> one.</p>"),
        ("See [[Note#Part]] and [[#Part]].", "<p>See Note and Part.</p>"),
        ("| A |\n|---|\n| [[x\\|y]] |", "<table><tbody><tr><th>A</th></tr><tr><td>y</td></tr></tbody></table>"),
        ("So [[1]](https://a.example/).", '<p>So <a href="https://a.example/">[1]</a>.</p>'),
        ("So `[[x]]`.", "<p>So <code>[[x]]</code>.</p>"),
        ("> [!NOTE]\n> Mind it.", "<blockquote><p>Mind it.</p></blockquote>"),
        ("> [!tip]- The *gap*\n> Mind it.", "<blockquote><p><strong>The gap</strong></p><p>Mind it.</p></blockquote>"),
        (":::note\nMind it.\n:::", "<p>Mind it.</p>"),
        (":::tip The gap\nMind *it*.\n:::\nMore.", "<p><strong>The gap</strong></p><p>Mind <em>it</em>.</p><p>More.</p>"),
        (":::note[The gap]\n\nMind it.\n\n:::", "<p><strong>The gap</strong></p><p>Mind it.</p>"),
        ("::::: {.a}\n::: {.b}\nMind it.\n:::\n:::::", "<p>Mind it.</p>"),
        ('!!! note "The gap"\n    Mind *it*.\n\n    More.\n\nEnd.', "<p><strong>The gap</strong></p><p>Mind <em>it</em>.</p><p>More.</p><p>End.</p>"),
        ("A ==marked **word**== here, a==b, a == b == c.", "<p>A marked <strong>word</strong> here, a==b, a == b == c.</p>"),
        ("H~2~O on the 10^th^.", "<p>H<sub>2</sub>O on the 10<sup>th</sup>.</p>"),
        ("It was ~Tom~ Thomas; 서울 10~20, 30~40.", "<p>It was <s>Tom</s> Thomas; 서울 10~20, 30~40.</p>"),
        ("A [link](https://a.example/){.b target=_blank} here.", '<p>A <a href="https://a.example/">link</a> here.</p>'),
        ("## Part {#part .b}\n\nText.\n{: .lead}", "<h2>Part</h2><p>Text.</p>"),
        ("## Part ##\n\nText.", "<h2>Part</h2><p>Text.</p>"),
        ("##Part\n\nText.", "<h2>Part</h2><p>Text.</p>"),
        ("A set {1, 2} and {i}.", "<p>A set {1, 2} and {i}.</p>"),
        ("[TOC]\n\nText.", "<p>Text.</p>"),
        ("* This becomes the contents\n{:toc}\n\nText.", "<p>Text.</p>"),
        ("Text. %%Not this.%% End.", "<p>Text. End.</p>"),
        ("{::comment}\nNot this.\n{:/comment}\n\nText.", "<p>Text.</p>"),
        ("Text.\n\n<!-- more -->\n\nEnd.", "<p>Text.</p><p>End.</p>"),
        ("It is HTML.\n\n*[HTML]: Hypertext", '<p>It is <abbr title="Hypertext">HTML</abbr>.</p>'),
        ("It cost $5 and $6, then US$7 = €6.", "<p>It cost $5 and $6, then US$7 = €6.</p>"),
        ("Where $E = mc^2$ and $x$ hold.", "<p>Where <code>E = mc^2</code> and <code>x</code> hold.</p>"),
        ("$$\na_b * c_d *\n$$", "<pre><code>a_b * c_d *</code></pre>"),
        ("Text^[a *note*] goes.", "<p>Text [a <em>note</em>] goes.</p>"),
        ("A line. ^ab12cd", "<p>A line.</p>"),
        (":fire: at 10:30:15, :nothing: else", "<p>🔥 at 10:30:15, :nothing: else</p>"),
        ("::contents[Here]{.a}\n\nA :term[word]{.b} here.", "<p>A word here.</p>"),
        ("Term\n: One\n: Two", "<dl><dt>Term</dt><dd>One</dd><dd>Two</dd></dl>"),
        ("One  \ntwo\\\nthree", "<p>One<br>two<br>three</p>"),
        ("At https://a.example/b_c_(d)?e=*f, and (www.a.example).", '<p>At <a href="https://a.example/b_c_(d)?e=*f">https://a.example/b_c_(d)?e=*f</a>, and (<a href="http://www.a.example">www.a.example</a>).</p>'),
        ("[https://a.example/b](https://a.example/c) `https://a.example`", '<p><a href="https://a.example/c">https://a.example/b</a> <code>https://a.example</code></p>'),
        ("At https://a.example/a==b==c?x=$y_z$&[[w]].", '<p>At <a href="https://a.example/a==b==c?x=$y_z$&amp;[[w]]">https://a.example/a==b==c?x=$y_z$&amp;[[w]]</a>.</p>'),
        ("So.[^1] And so.[^1]\n\n[^1]: One.\n\n    Two.", "<p>So.<sup>[1]</sup> And so.<sup>[1]</sup></p><p>[1] One.</p><p>Two.</p>"),
        ("So.[^9]", "<p>So.<sup>[9]</sup></p>"),
    ],
)  # fmt: skip
def test_markdown_as_people_write_it(text: str, shown: str) -> None:
    assert content(text) == shown


@pytest.mark.parametrize(
    ("text", "line", "said", "rule"),
    [
        ("Text ![[a.png|300]] goes.", 3, "![[a.png|300]]", "markup of another program"),
        ("Text.\n\n> [!NOTE]\n> More.", 5, "> [!NOTE]", "markup of another program"),
        ("Text.\n{: .lead}", 4, "{: .lead}", "markup of another program"),
        ("Text.\n\n%%\nNot this.\n%%", 6, "Not this.", "comment"),
        ("[TOC]\n\nText.", 3, "[TOC]", "place for a table of contents"),
        ("Text.\n\n*[HTML]: Hypertext", 5, "*[HTML]: Hypertext", "markup of another program"),
    ],
)
def test_what_is_no_text_is_named(text: str, line: int, said: str, rule: str) -> None:
    found = [(one.line, one.text, one.rule) for one in reading(text).dropped]
    assert (line, said, rule) in found


def test_code_is_left_alone() -> None:
    text = "```\n==a== [[b]] $c$ {: .d}\n:::\n!!! note\n    e\n```"
    assert content(text) == f"<pre><code>{text[4:-4]}</code></pre>"


LISTED = [
    ("Pilot boat gets another engine", "2026-01-09", "https://desk.test/b"),
    ("Budget is passed at last", "2026-01-08", "https://desk.test/c"),
]


@pytest.mark.parametrize("heading", ["## Latest", "## Latest news", "### From the harbour"])
@pytest.mark.parametrize(
    "form",
    ["- [{}]({}) {}\n", "- {2}: [{0}]({1})\n", "1. **[{}]({})**, {}\n", "### [{}]({})\n*{}*\n\n"],
)
def test_a_dated_list_below_a_heading_is_the_list_and_the_heading_is_no_text(
    heading: str, form: str
) -> None:
    listed = "".join(form.format(title, url, day) for title, day, url in LISTED)
    found = reading(f"The text goes on.\n\n{heading}\n\n{listed}")
    assert [(one.title, one.published and one.published.iso, one.url) for one in found.latest] == (
        LISTED
    )
    assert found.article is not None
    assert found.article.paragraphs == ("The text goes on.",)
    assert "heading of the list" in [one.rule for one in found.dropped]


def test_a_table_of_links_and_dates_is_a_list() -> None:
    rows = "".join(f"| {day} | [{title}]({url}) |\n" for title, day, url in LISTED)
    found = reading(f"The text.\n\n## Latest\n\n| Day | Story |\n|---|---|\n{rows}")
    assert [(one.title, one.url) for one in found.latest] == [
        (title, url) for title, _, url in LISTED
    ]


def test_a_table_of_dates_is_text() -> None:
    rows = "".join(f"| {day} | {title} |\n" for title, day, _ in LISTED)
    found = reading(f"The text.\n\n## What happened\n\n| Day | Event |\n|---|---|\n{rows}")
    assert found.latest == ()
    assert found.article is not None
    assert "<td>Budget is passed at last</td>" in found.article.content
