"""Whatever stands in a Markdown page: no word is lost, no other program's sign is shown."""

# ruff: noqa: E501 -- each row is something that somebody writes

from __future__ import annotations

import re
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Reading
from feeds.normalise.statements import with_statements
from feeds.text import markup
from tests.normalise.reading import reading as reading_of
from tests.thorough import OFTEN

_INLINE = (
    "w", "w w", "**w**", "*w*", "`w`", "`{{ w }}`", "``[[w]] {% w %}``", "~~w~~ w", "==w==", "H~2~w",
    "[w](https://a.example/)", "[w]({{ site.url }}/b)", '[w]({{< ref "b" >}})', "[[w]]", "[[w|w]]",
    "![w]({{ b }})", "![[w]]", "{{< w >}}", "{{ w }}", "{% w %}", "{% if w %}w{% endif %}", "w[^1]",
    '{{< figure src="/a.jpg" caption="w" >}}', "{{% youtube a %}}", "<b>w</b>", "%%w%%", "w^[w]",
    "$w^2$", "$5", "https://a.example/w", ":fire:", "w{.a}", "{# w #}", "{{ w", "{% w", "\\*w", "{/*w*/}",
)  # fmt: skip
_BLOCKS = (
    "{}", "## {}", "##{} ##", "> {}", "- {}\n- w", "1. {}\n\n   w", "| w | w |\n|:--|--:|\n| {} | w |",
    ":::note w\n{}\n:::", "::: {{.a}}\n\n{}\n\n:::", '!!! note "w"\n    {}\n\n    w', "> [!NOTE]\n> {}",
    "> [!tip]- w\n> {}", "{{% comment %}}\n{}\n{{% endcomment %}}", "{{{{% a %}}}}\n{}\n{{{{% /a %}}}}",
    "```\nw {}\n```", "    w {}", "{{% highlight a %}}\nw {}\n{{% endhighlight %}}", "- [x] {}",
    "{}\n{{: .a}}", "[TOC]\n\n{}", "* w\n{{:toc}}\n\n{}", "[^1]: {}\n\n    w", "w\n: {}", "*[w]: {}",
    "import w from 'w'\n\n{}", "<div>\n\n{}\n\n</div>", "<!-- more -->\n\n{}", "$$\nw_2 {}\n$$",
)  # fmt: skip
_LINES = st.lists(st.sampled_from(_INLINE), min_size=1, max_size=4).map(" ".join)
_TEXTS = st.lists(
    st.builds(lambda block, line: block.format(line), st.sampled_from(_BLOCKS), _LINES),
    min_size=1,
    max_size=5,
).map("\n\n".join)
_CODE = re.compile("<(pre|code)>.*?</\\1>", re.DOTALL)
_SIGNS = re.compile(r"\{\{|\{%|%\}|\[\[|:::|\{[.:]")


def _numbered(text: str) -> str:
    numbers = count()
    return re.sub(r"(?<![a-z])w(?![a-z])", lambda _: f"w{next(numbers)}z", text)


def _reading(text: str) -> Reading:
    page = f"---\ntitle: Lamp glows\nurl: https://desk.test/a/\n---\n\nThe text.\n\n{text}\n"
    return with_statements(reading_of(page, "a.md"), (), "https://desk.test/")


@OFTEN
@given(_TEXTS)
def test_no_sign_of_another_program_is_shown_but_in_code(text: str) -> None:
    found = _reading(text).article
    assert found is not None
    assert _SIGNS.search(_CODE.sub("", found.content)) is None


@OFTEN
@given(_TEXTS)
def test_each_word_is_in_the_text_or_named(text: str) -> None:
    source = _numbered(text)
    found = _reading(source)
    assert found.article is not None
    said = [found.article.content, *(one.text for one in found.dropped)]
    said += [one.what for one in found.findings]
    words = set(re.findall(r"w\d+z", source))
    assert words - set(re.findall(r"w\d+z", " ".join(said))) <= _unseen(source)


def _unseen(source: str) -> set[str]:
    """Words that people never see: what notes and pictures are called in their programs."""
    unseen = "".join(re.findall(r"\[\[[^\]|]*\||!\[[^\]]*\]\(", source))
    return set(re.findall(r"w\d+z", unseen))


@OFTEN
@given(_TEXTS)
def test_nothing_empty_is_left(text: str) -> None:
    found = _reading(text).article
    assert found is not None
    assert re.search(r"<(p|li|a|figure|h2|ul|blockquote)></\1>", found.content) is None
    assert markup.blocks(found.content)


@OFTEN
@given(st.text(alphabet="{}%<>[]|:$=~^#!-\\`*\"'/ \nw.(", max_size=200))
def test_signs_in_any_order_are_read(text: str) -> None:
    _reading(text)
    reading_of(f"# Lamp\n\n{text}", "a.mdx")
