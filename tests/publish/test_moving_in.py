"""The recipes of docs/moving-in.md, followed: nothing twice, nothing raw, what waits stays in."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.newsrooms import PROJECT, SITE, TestNewsroom, feeds
from tests.readers.test_docx import PROSE, document, paragraph

DOC = (PROJECT / "docs" / "moving-in.md").read_text(encoding="utf-8")
WORDS = (
    "amber birch cedar delta ember fjord grove haven inlet jetty knoll ledge marsh ochre".split()
)
POSTS = 240
JEKYLL = """\
---
title: "{title}"
date: {day} 10:00:00 +0000
{more}---
{{% include figure.html src="/img/{number}.jpg" caption="Picture {number}" %}}

{words} {{{{ page.title }}}} near [there]({{{{ site.baseurl }}}}/there/).

{{% highlight sh %}}
echo {{{{ {number} }}}}
{{% endhighlight %}}
"""
HUGO = """\
+++
title = '{title}'
date = {day}T10:00:00Z
{more}+++
{words} and [that]({{{{< ref "a.md" >}}}}).

{{{{< figure src="/img/{number}.jpg" caption="Picture {number}" >}}}}

{{{{% notice tip %}}}}
Mind {words}.
{{{{% /notice %}}}}
"""
KEPT_BACK = {
    JEKYLL: {7: "published: false\n", 9: "draft: true\n", 11: "status: draft\n"},
    HUGO: {7: "draft = true\n", 9: "private = true\n", 11: "embargo = 2031-01-01\n"},
}


def words_of(number: int) -> str:
    return " ".join(WORDS[(number * 5 + place * (number % 11 + 1)) % 14] for place in range(7))


def title_of(number: int) -> str:
    return f"{WORDS[number % 14].title()} story of the harbour, number {number}"


def posts(folder: Path, form: str) -> None:
    """Hundreds of posts as ``form`` has them, of which three are kept back."""
    folder.mkdir(parents=True)
    for number in range(POSTS):
        day = f"20{20 + number // 80}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        text = form.format(
            title=title_of(number),
            day=day,
            number=number,
            words=f"{words_of(number)} {number}",
            more=KEPT_BACK[form].get(number, ""),
        )
        (folder / f"{day}-story-{number}.md").write_text(text, encoding="utf-8")
    (folder / "_index.md").write_text("---\ntitle: Posts\n---\n", encoding="utf-8")


def feed() -> str:
    """The site's own feed, with three of its posts."""
    items = "".join(
        f"<item><title>{title_of(number)}</title><guid isPermaLink='false'>old-{number}</guid>"
        f"<link>https://desk.test/posts/{day}-story-{number}/</link>"
        f"<pubDate>{day}T10:00:00Z</pubDate></item>"
        for number, day in ((100, "2021-05-17"), (101, "2021-06-18"), (102, "2021-07-19"))
    )
    return f"<rss version='2.0'><channel><title>Old</title>{items}</channel></rss>"


@pytest.mark.parametrize("form", [JEKYLL, HUGO], ids=["jekyll", "hugo"])
def test_a_tree_of_posts_moves_in(newsroom: TestNewsroom, tmp_path: Path, form: str) -> None:
    newsroom.configure(
        f'{SITE}\n[[pages]]\npath = "archive/**"\nurl = "https://desk.test/posts/{{stem}}/"\n'
    )
    old = tmp_path / "feed.xml"
    old.write_text(feed(), encoding="utf-8")
    assert feeds(newsroom, "import", old).returncode == 0
    posts(tmp_path / "site", form)
    shutil.copytree(tmp_path / "site", newsroom.root / "archive")
    (newsroom.root / "archive" / "_index.md").unlink()
    recorded = ("publish", "--as-archive", newsroom.root / "archive")
    ran = feeds(newsroom, *recorded)
    assert ran.stdout == f"revision 2: {POSTS - 6} new, 3 corrected\n"
    assert sorted(newsroom.rows("SELECT title FROM entries")) == sorted(
        (title_of(number),) for number in range(POSTS) if number not in KEPT_BACK[form]
    )
    items = json.loads(newsroom.document(form="json").document.body)["items"]
    assert {item["id"] for item in items} == {"old-100", "old-101", "old-102"}
    contents = newsroom.rows("SELECT json_extract(unpacked(texts), '$[0]') FROM entries")
    assert len(contents) == POSTS - 3
    for (content,) in contents:
        bare = re.sub("<code>.*?</code>", "", content, flags=re.DOTALL)
        assert re.search(r"\{\{|\{%", bare) is None
        assert "<figcaption>Picture " in bare

    ids = sorted(newsroom.rows("SELECT id FROM entries"))
    for again in (("import", old), recorded, ("publish",)):
        feeds(newsroom, *again)
    assert sorted(newsroom.rows("SELECT id FROM entries")) == ids


def test_a_folder_of_word_files_moves_in(newsroom: TestNewsroom) -> None:
    for number in range(12):
        title = paragraph(title_of(number), style="T" if number else "")
        signed = (paragraph("By Ida Lind"), paragraph(f"{number + 1} January 2025"))
        text = (paragraph(f"{words_of(number)} {number}. {PROSE}"), paragraph(PROSE))
        newsroom.page(f"stories/{number}.docx", document(title, *signed, *text))
    newsroom.page("stories/old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    ran = feeds(newsroom, "publish")
    assert ran.returncode == 1
    assert "old.doc: this is no page but an office document; save the page as" in ran.stderr
    assert "stories/0.docx:1: held: it has no headline" in ran.stderr
    assert len(newsroom.entries()) == 11
    newsroom.page("pages.csv", f'path,title\nstories/0.docx,"{title_of(0)}"\n')
    feeds(newsroom, "publish")
    assert {entry.title for entry in newsroom.entries()} == set(map(title_of, range(12)))


def test_the_commands_that_the_recipes_name_exist() -> None:
    named = {match[1] for match in re.finditer(r"(?:^ {4,}|`)feeds ([a-z-]+)", DOC, re.MULTILINE)}
    assert {"import", "publish", "read"} <= named
    for command in named:
        assert feeds(None, command, "--help").returncode == 0, command
    options = set(re.findall(r"feeds ([a-z-]+)[^\n`#]*? (--[a-z-]+)", DOC))
    assert {("import", "--address"), ("publish", "--as-archive")} <= options
    for command, option in options:
        assert option in feeds(None, command, "--help").stdout, (command, option)
