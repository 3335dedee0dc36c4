"""Commands of other programs in Markdown: what they show is shown, all else is named."""

# ruff: noqa: E501 -- each row is what somebody writes, and what is shown of it

from __future__ import annotations

import pytest

from feeds.model import Reading
from feeds.normalise.statements import with_statements
from tests.normalise.reading import reading as reading_of

HEAD = "---\nurl: https://desk.test/lamps/glow/\n---\n# Lamp glows at night\n\n"


def reading(text: str, name: str = "a.md") -> Reading:
    return with_statements(reading_of(HEAD + text, name), (), "https://desk.test/")


def content(text: str, name: str = "a.md") -> str:
    found = reading(text, name).article
    assert found is not None
    return found.content


def figure(address: str, alt: str = "", caption: str = "") -> str:
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="https://desk.test/{address}" alt="{alt}">{below}</figure>'


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (
            '{{< figure src="/i/a.jpg" caption="The *old* bell" alt="A bell" >}}',
            figure("i/a.jpg", "A bell", "The old bell"),
        ),
        (
            '{{< figure\n  src="b.jpg"\n  title="Bell."\n  attr="Photo: Ida Lind"\n>}}',
            figure("lamps/glow/b.jpg", "", "Bell. Photo: Ida Lind"),
        ),
        ("{% img right /i/a.jpg 300 200 'A bell' %}", figure("i/a.jpg", "A bell")),
        (
            '{% include figure.html url="/i/a.jpg" description="It rings" %}',
            figure("i/a.jpg", "", "It rings"),
        ),
        ('{% image "/i/a.jpg", "A bell" %}', figure("i/a.jpg", "A bell")),
    ],
)
def test_a_picture_of_another_program_is_a_picture_with_its_caption(
    command: str, shown: str
) -> None:
    assert content(f"Text.\n\n{command}\n\nEnd.") == f"<p>Text.</p>\n{shown}\n<p>End.</p>"


@pytest.mark.parametrize(
    ("command", "address"),
    [
        ("{{< youtube a1b2c3d4e5f >}}", "https://www.youtube.com/watch?v=a1b2c3d4e5f"),
        ('{{< youtube id="a1b2c3d4e5f" >}}', "https://www.youtube.com/watch?v=a1b2c3d4e5f"),
        ("{{% vimeo 146022717 %}}", "https://vimeo.com/146022717"),
        ('{{< x user="desk" id="12" >}}', "https://x.com/desk/status/12"),
        ("{{< tweet 12 >}}", "https://twitter.com/i/status/12"),
        ("{{< instagram Abc_1 >}}", "https://www.instagram.com/p/Abc_1/"),
        ("{{< gist desk 0a1b >}}", "https://gist.github.com/desk/0a1b"),
        ("{% gist desk/0a1b %}", "https://gist.github.com/desk/0a1b"),
        ("{% include youtube.html id='a1b2c3d4e5f' %}", "https://www.youtube.com/watch?v=a1b2c3d4e5f"),
        ("{% embed https://maps.example/7 %}", "https://maps.example/7"),
        ('{{< spotify type="track" id="0a1B" >}}', "https://open.spotify.com/track/0a1B"),
    ],
)  # fmt: skip
def test_a_player_is_a_link(command: str, address: str) -> None:
    assert f'<a href="{address}">' in content(f"Text.\n\n{command}\n\nEnd.")


def test_a_recording_of_another_program_is_an_enclosure() -> None:
    found = reading('Text.\n\n{{< audio src="https://desk.test/a.mp3" >}}\n').article
    assert found is not None
    assert [one.url for one in found.enclosures] == ["https://desk.test/a.mp3"]


@pytest.mark.parametrize(
    ("address", "made"),
    [
        ("{{ site.baseurl }}/a", "a"),
        ("{{site.url}}/a/b", "a/b"),
        ("{{ '/a/' | relative_url }}", "a/"),
        ('{{ "a b.pdf" | absolute_url }}', "a%20b.pdf"),
        ('{{ "/a" | prepend: site.baseurl }}', "a"),
        ('{{ relURL "a" }}', "a"),
        ("{{ '/a' | url }}", "a"),
        ("{% link files/a.pdf %}", "files/a.pdf"),
        ('{{% relurl "a" %}}', "a"),
        ("{static}/a.pdf", "a.pdf"),
        ("{attach}a.pdf", "lamps/glow/a.pdf"),
    ],
)
def test_an_address_is_put_together_where_that_can_be(address: str, made: str) -> None:
    assert content(f"See [this]({address}).") == (
        f'<p>See <a href="https://desk.test/{made}">this</a>.</p>'
    )


@pytest.mark.parametrize(
    "address",
    ["{% post_url 2025-01-01-a %}", '{{< ref "a.md" >}}', '{{% relref "a" %}}', "{{ page.next }}",
     "{filename}/a.md", "{% link _posts/2025-01-01-a.md %}", "https://a.test/{{ page.slug }}/b",
     "{{ site.baseurl }}{% post_url 2025-01-01-a %}", "{{ x | slugify }}"],
)  # fmt: skip
def test_an_address_that_cannot_be_made_is_none_and_named(address: str) -> None:
    found = reading(f"See [this]({address}) and ![that]({address}).")
    assert found.article is not None
    assert found.article.content == "<p>See this and .</p>"
    assert {(one.line, one.rule) for one in found.dropped} == {
        (6, "address that another program makes")
    }


def test_addresses_in_html_are_put_together_as_well() -> None:
    made = content('<img src="{{ site.baseurl }}/a.jpg" alt="{{ page.alt }}">\n\n<p>End.</p>')
    assert made == f"{figure('a.jpg')}\n<p>End.</p>"


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("{{% notice tip %}}\nInner *text*.\n{{% /notice %}}", ("Inner text.",)),
        ("{% block a %}\nInner.\n{% endblock %}", ("Inner.",)),
        ("{% if page.x %}One.{% endif %} Two.", ("One. Two.",)),
        ("{{</* youtube a */>}} is text.", ("{{< youtube a >}} is text.",)),
        ("{% raw %}{{ one }}{% endraw %} is text.", ("{{ one }} is text.",)),
        ("Text.\n\n    {% code %}\n    {{ more }}", ("Text.", "{% code %} {{ more }}")),
        ("- a\n\n  ```\n  {{ x }}\n  ```", ("a", "{{ x }}")),
        ("A ``{{ x }} ` {% y %}`` b.", ("A {{ x }} ` {% y %} b.",)),
        ("A `{{ x\n}}` b.", ("A {{ x }} b.",)),
        ("<pre>{{ x }}</pre>", ("{{ x }}",)),
    ],
)
def test_what_stands_between_commands_or_is_code_is_text(
    text: str, paragraphs: tuple[str, ...]
) -> None:
    found = reading(text).article
    assert found is not None
    assert found.paragraphs == paragraphs


@pytest.mark.parametrize(
    ("opening", "closing"),
    [('{{< highlight go "linenos=true" >}}', "{{< /highlight >}}"),
     ("{% highlight ruby %}", "{% endhighlight %}"), ("{% code %}", "{% endcode %}"),
     ("{{% katex %}}", "{{% /katex %}}")],
)  # fmt: skip
def test_code_of_another_program_is_code_and_keeps_its_lines(opening: str, closing: str) -> None:
    made = content(f"Text.\n\n{opening}\nif *a*:\n\n    {{{{ b }}}}\n{closing}\n\nEnd.")
    assert made == ("<p>Text.</p>\n<pre><code>if *a*:\n\n    {{ b }}</code></pre>\n<p>End.</p>")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("{% comment %}\nNot yet.\n{% endcomment %}", (7, "Not yet.", "comment")),
        ("{# Not yet. #}", (6, "{# Not yet. #}", "comment")),
        ("{/* Not yet. */}", (6, "{/* Not yet. */}", "comment")),
        (
            "{% for a in b %}\n- {{ a.title }}\n{% endfor %}",
            (7, "- {{ a.title }}", "template of another program"),
        ),
        (
            "{% set a %}\nNot here.\n{% endset %}",
            (7, "Not here.", "template of another program"),
        ),
        ("import Box from '../box'", (6, "import Box from '../box'", "script")),
        ("export const a = {\n  b: 1\n}", (6, "export const a = { b: 1 }", "script")),
    ],
)
def test_comments_and_templates_are_no_text_and_named(
    text: str, lines: tuple[int, str, str]
) -> None:
    found = reading(f"{text}\n\nThe text.")
    assert found.article is not None
    assert found.article.content == "<p>The text.</p>"
    assert lines in [(one.line, one.text, one.rule) for one in found.dropped]


@pytest.mark.parametrize(
    ("text", "left"),
    [("A {{< figure src=x\nb", "A b"), ("A {% if\nb", "A b"), ("A {{ b", "A"), ("A {{ 5 b", "A 5 b"),
     ("A {{{{{{ 5", "A 5"), ("A {{{ b }}} c", "A c"), ("A {% a {% b %} c", "A")],
)  # fmt: skip
def test_a_command_without_an_end_is_no_text_either(text: str, left: str) -> None:
    assert content(text) == f"<p>{left}</p>"


def test_components_are_their_text() -> None:
    text = (
        "<Tabs.Tab title={'a'}>\n\nOne.\n\n</Tabs.Tab>\n\n"
        "<div style={{color: 'red'}} onClick={() => go()}>Two.</div>\n"
    )
    assert content(text) == "<p>One.</p>\n<p>Two.</p>"
    assert content("{props.a} One {b}.", "a.mdx") == "<p>One .</p>"
    assert content("One {b}.") == "<p>One {b}.</p>"


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Lamp **glows** at {{ site.x }} night", "Lamp glows at night"),
        ("'{% x %} *Moby* [Dick](/a) `swims`'", "Moby Dick swims"),
        ("'[[Wiki]] lamp {#id}'", "Wiki lamp"),
        ("'sh*t and f*ck, 2 * 3 * 4, snake_case_name'", "sh*t and f*ck, 2 * 3 * 4, snake_case_name"),
        ("Price* rises to $5, cost* to $6", "Price* rises to $5, cost* to $6"),
        ("'~~Tom~~ Thomas'", "Thomas"),
    ],
)  # fmt: skip
def test_a_stated_title_and_summary_are_words(stated: str, title: str) -> None:
    page = f"---\ntitle: {stated}\nsummary: {stated}\n---\n\nText.\n"
    found = with_statements(reading_of(page, "a.md")).article
    assert found is not None
    assert (found.title, found.summary) == (title, title)


def test_what_is_left_out_of_a_stated_title_is_named() -> None:
    found = reading_of("---\ntitle: Lamp {{ x }} glows\n---\nText.\n", "a.md")
    assert [(one.line, one.text) for one in found.dropped] == [(2, "{{ x }}")]


def test_a_title_in_the_text_has_no_commands_either() -> None:
    found = reading_of("Lamp *glows* {{ x }}\n=====\n\nText.\n", "a.md")
    assert found.article is not None
    assert found.article.title == "Lamp glows"


@pytest.mark.parametrize(
    "around",
    ["{}", "- {}\n- Two.", "[{}](https://a.example/)", "> {}", "<figure>{}</figure>",
     "| A | B |\n|---|---|\n| {} | Two. |", "1. One.\n\n   {}"],
)  # fmt: skip
@pytest.mark.parametrize(
    "picture", ["![A lamp]({{ x }})", "![A lamp](file:///c/a.jpg)", "{{< figure >}}"]
)
def test_a_picture_that_was_left_out_leaves_nothing_empty(around: str, picture: str) -> None:
    made = content(f"Text.\n\n{around.format(picture)}\n\nEnd.")
    assert (made[:12], made[-11:]) == ("<p>Text.</p>", "<p>End.</p>")
    for tag in ("p", "li", "a", "figure", "ul", "blockquote"):
        assert f"<{tag}></{tag}>" not in made
    assert "<a href" not in made
