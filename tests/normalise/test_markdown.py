"""Markdown pages: headline, text, byline, date and list."""

from __future__ import annotations

import pytest

from feeds import readers
from feeds.model import Reading, Story
from feeds.model.errors import PageError
from tests.normalise.reading import article as article_of
from tests.normalise.reading import reading as reading_of

LIST = (
    "## Latest news\n\n"
    "- [Pilot boat gets another engine](https://desk.test/b) 09.01.2026\n"
    "- [Budget is passed](https://desk.test/c)\n  08.01.2026\n"
)


def reading(text: str) -> Reading:
    return reading_of(text, "a.md")


def article(text: str) -> Story:
    return article_of(text, "a.md")


def test_the_first_heading_is_the_headline_and_blocks_are_the_text() -> None:
    found = article("# Lamp *glows*\n\nOne\nparagraph.\n\n- a\n- b\n\n> said\n\n## More\n\nEnd.\n")
    assert found.title == "Lamp glows"
    assert found.paragraphs == ("One paragraph.", "a", "b", "said", "More", "End.")
    assert found.content.startswith("<p>One paragraph.</p>\n<ul><li>a</li>")
    assert (found.line, found.evidence["title"].rule) == (1, "first heading")


def test_an_underlined_heading_is_one_too() -> None:
    assert article("Lamp glows\n=====\n\nText.\n").title == "Lamp glows"


def test_without_a_heading_there_is_no_headline() -> None:
    found = reading("Just text.\n\nMore text.\n")
    assert found.article is not None
    assert found.article.title == ""
    assert found.findings[0].weight == "hold"


def test_the_front_matters_title_is_the_headline_and_its_heading_is_no_text() -> None:
    text = "---\ntitle: Lamp glows\n---\n"
    assert article(text + "# LAMP glows!\n\nText.\n").paragraphs == ("Text.",)
    assert article(text + "# Another heading\n\nText.\n").paragraphs == ("Text.",)
    assert article(text + "Text.\n\n# Another heading\n").paragraphs == ("Text.", "Another heading")
    assert article(text + "Text.\n").paragraphs == ("Text.",)
    assert article(text + "Text.\n").title == "Lamp glows"


@pytest.mark.parametrize(
    "meta", ["By Nora Lind\n14 Jan 2026 10:30\n", "*Nora Lind*\n2026-01-14 10:30\n",
             "Von Nora Lind\n\n14 Jan 2026 10:30\n",
             "By Nora Lind\n\n14 Jan 2026 10:30\n"]
)  # fmt: skip
def test_byline_and_date_stand_under_the_headline(meta: str) -> None:
    found = article(f"# Lamp glows\n\n{meta}\nText.\n")
    assert found.authors == ("Nora Lind",)
    assert found.published is not None
    assert found.published.iso == "2026-01-14T10:30"
    assert found.paragraphs == ("Text.",)


def test_a_byline_may_end_the_text() -> None:
    found = article("# Lamp glows\n\nText.\n\nNora Lind\n\n" + LIST)
    assert (found.authors, found.paragraphs) == (("Nora Lind",), ("Text.",))


@pytest.mark.parametrize("first", ["Quay Closed Again", "In 2026 it rained."])
def test_a_short_paragraph_is_text(first: str) -> None:
    assert article(f"# Lamp glows\n\n{first}\n\nText.\n").paragraphs == (first, "Text.")


def test_a_dated_list_of_links_is_the_list() -> None:
    found = reading("# Lamp glows\n\nText.\n\n" + LIST + "\n14 Jan 2026\n")
    assert [(story.title, story.published and story.published.iso) for story in found.latest] == [
        ("Pilot boat gets another engine", "2026-01-09"),
        ("Budget is passed", "2026-01-08"),
    ]
    assert [story.line for story in found.latest] == [7, 8]
    assert found.captured is not None
    assert found.captured.iso == "2026-01-14"
    assert found.article is not None
    assert found.article.paragraphs == ("Text.",)
    assert found.article.published is None


def test_pairs_of_lines_are_a_list_too() -> None:
    found = reading(
        "# Lamp glows\n\nText.\n\n**Latest news**\n\n"
        "[Pilot boat gets another engine](/b)\n09.01.2026\n\n[Budget is passed](/c)\n08.01.2026\n"
    )
    assert [story.title for story in found.latest] == [
        "Pilot boat gets another engine",
        "Budget is passed",
    ]
    assert found.captured is None


def test_what_stands_above_the_headline_is_dropped_and_named() -> None:
    found = reading("Home > Port\n\n# Lamp glows\n\nText.\n")
    assert [(item.line, item.rule) for item in found.dropped] == [(1, "above the headline")]


def test_links_and_pictures_need_an_address_of_their_own_or_the_pages() -> None:
    text = "# Lamp\n\nA [link](b).\n\n![A lamp](lamp.png)\n"
    assert article(text).content == "<p>A link.</p>"
    assert article(text).image is None
    found = article("---\nurl: https://desk.test/a/\n---\n" + text)
    assert '<a href="https://desk.test/a/b">link</a>' in found.content
    assert found.image is not None
    assert (found.image.url, found.image.alt) == ("https://desk.test/a/lamp.png", "A lamp")


def test_html_in_markdown_is_cleaned_and_named() -> None:
    found = reading('# Lamp\n\nText.\n\n<p onclick="x">More <script>x</script></p>\n')
    assert found.article is not None
    assert found.article.content == "<p>Text.</p>\n<p>More</p>"
    assert [(doubt.line, doubt.weight) for doubt in found.findings] == [(5, "doubt")]


def test_a_page_larger_than_anybody_writes_is_refused() -> None:
    with pytest.raises(PageError, match="more than a Markdown page may have"):
        readers.read_page("a.markdown", b"x" * (512 * 1024 + 1))


PLAYED = """\
# Bell rings at noon

It rang on Friday, <audio src='https://desk.test/1.mp3'></audio> as ever.

<video controls>
<source src='https://desk.test/2.mp4'>
</video>

And again.

<audio src='blob:x'></audio>
"""


def test_players_that_are_written_as_html_are_enclosures() -> None:
    found = reading(PLAYED)
    assert found.article is not None
    assert [one.url[-5:] for one in found.article.enclosures] == ["1.mp3", "2.mp4"]
    assert found.article.evidence["enclosures"].line == 3
    assert [(one.line, one.text) for one in found.dropped] == [(11, "blob:x")]


def test_struck_out_words_are_no_text_and_keep_their_mark() -> None:
    found = article("# Lamp ~~glows~~ is dark\n\nIt was ~~Tom~~ Thomas, <s>nine</s> ten.\n")
    assert found.title == "Lamp is dark"
    assert found.paragraphs == ("It was Thomas, ten.",)
    assert found.content == "<p>It was <s>Tom</s> Thomas, <s>nine</s> ten.</p>"


def test_a_table_is_a_table() -> None:
    found = article("# Lamp\n\n| Hour | Tide |\n|---|--:|\n| 6 | 1.2 |\n\nText.\n")
    assert "<tr><th>Hour</th><th>Tide</th></tr><tr><td>6</td><td>1.2</td></tr>" in found.content


def test_a_footnote_stands_where_it_was_written_behind_its_mark() -> None:
    found = article("# Lamp\n\nIt was bought.[^a]\n\n[^a]: For *forty*.\n\nText.\n")
    assert found.content == (
        "<p>It was bought.<sup>[a]</sup></p>\n<p>[a] For <em>forty</em>.</p>\n<p>Text.</p>"
    )


def test_a_footnote_that_nothing_refers_to_is_text() -> None:
    assert article("# Lamp\n\nText.\n\n[^a]: Forty.\n").paragraphs == ("Text.", "[a] Forty.")


def test_a_list_begins_where_it_says_and_code_keeps_its_lines() -> None:
    found = article("# Lamp\n\n3. c\n4. d\n\n```\nif low:\n    wait()\n```\n")
    assert found.content == (
        '<ol start="3"><li>c</li><li>d</li></ol>\n<pre><code>if low:\n    wait()</code></pre>'
    )


def test_a_shortcode_is_no_text_and_named() -> None:
    found = reading(
        "# Lamp\n\n{% include a.html %}\n\nText {{< ref >}} goes `{{ on }}`.\n\n"
        '{{< toc\n  depth="2" >}}\n\n```\n{% code %}\n```\n\n{: .lead}\nEnd.\n'
    )
    assert found.article is not None
    assert found.article.paragraphs == ("Text goes {{ on }}.", "{% code %}", "End.")
    assert [(one.line, one.text) for one in found.dropped] == [
        (3, "{% include a.html %}"),
        (5, "{{< ref >}}"),
        (7, '{{< toc depth="2" >}}'),
        (14, "{: .lead}"),
    ]


def test_an_embed_is_a_link() -> None:
    found = article(
        '# Lamp\n\nText.\n\n<iframe src="https://maps.example/7" title="The way"></iframe>\n'
    )
    assert found.content == '<p>Text.</p>\n<p><a href="https://maps.example/7">The way</a></p>'


def test_text_ends_at_every_sign_that_makes_something() -> None:
    signs = "a=b +c -d :e #f $g %h {i} >j @k\\*l &amp; ~~m~~ <b>n</b> `o` ![p](p.png) [q](/q) ^r^"
    assert article(f"# Lamp glows\n\n{signs}\n").paragraphs == (
        "a=b +c -d :e #f $g %h {i} >j @k*l & n o q ^r^",
    )


def test_shortcodes_on_one_line_are_told_from_code_on_it() -> None:
    found = reading_of("# Lamp\n\nA `{{< a >}}` lamp {{< b >}} is `lit` {{< c >}} again.", "a.md")
    assert found.article is not None
    assert found.article.paragraphs == ("A {{< a >}} lamp is lit again.",)
    assert [one.text for one in found.dropped] == ["{{< b >}}", "{{< c >}}"]


def test_a_shortcodes_lines_stay_and_code_keeps_its_own() -> None:
    commands = "{{< toc\nsrc=a >}}\n\n`{{ kept }}`\n\n```\n{% kept %}\n```\n\n{{ gone }}\n"
    source = f"# Lamp glows\n\n{commands}"
    found = reading(source)
    assert found.article is not None
    assert found.article.paragraphs == ("{{ kept }}", "{% kept %}")
    assert [(item.line, item.text) for item in found.dropped] == [
        (3, "{{< toc src=a >}}"),
        (12, "{{ gone }}"),
    ]


def test_a_task_begins_with_a_box() -> None:
    tasks = "- [ ] Buy oil\n- [x] Clean the glass\n- [a](https://b.example) link\n"
    text = "The keeper has a list of things to do before the winter comes."
    story = article(f"# Lamp\n\n{text}\n\n{tasks}\n[x] is no task.\n")
    assert story.paragraphs[1:] == ("☐ Buy oil", "☑ Clean the glass", "a link", "[x] is no task.")
