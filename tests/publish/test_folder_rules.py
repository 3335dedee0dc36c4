"""What other programs say of all pages in a folder, from files beside them to what comes out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.newsrooms import NOW, TestNewsroom, said
from tests.publish.test_foreign import answers, post, titles

SECTION = "---\ntitle: Port\n{}\n---\n"
TOML = "+++\ntitle = 'Port'\n{}\n+++\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("content/port/_index.md", SECTION.format("cascade: {draft: true}")),
        ("content/port/_index.md", SECTION.format("cascade:\n  build:\n    list: never")),
        ("content/port/_index.md", SECTION.format("cascade: {_build: {render: never}}")),
        ("content/port/_index.md", SECTION.format("cascade:\n- {params: {private: true}}")),
        ("content/port/_index.md", SECTION.format("cascade: {publishDate: 2041-05-01}")),
        ("content/port/_index.md", SECTION.format("cascade: {expiryDate: 2025-12-01}")),
        ("content/port/_index.md", SECTION.format("CASCADE: {isDraft: yes}")),
        ("content/port/_index.md", SECTION.format("draft: true")),
        ("content/port/_index.md", TOML.format("[cascade]\ndraft = true")),
        ("content/port/_index.md", TOML.format("[cascade.build]\nlist = 'never'")),
        (
            "content/port/_index.md",
            TOML.format("[[cascade]]\ndraft = true\n[cascade._target]\nkind = 'page'"),
        ),
        (
            "content/_index.md",
            TOML.format("[[cascade]]\ndraft = true\n[cascade.target]\npath = '/port/**'"),
        ),
        (
            "content/_index.md",
            SECTION.format("cascade: {draft: true, target: {path: '{/x,/port}'}}"),
        ),
        ("content/port/_index.md", "---\ncascade: [draft: true\n---\n"),
        ("content/port/_index.html", SECTION.format("cascade: {draft: true}")),
        ("content/port/port.json", '{"eleventyExcludeFromCollections": true}'),
        ("content/port/port.11tydata.json", '{"permalink": false}'),
        ("content/port/lamp.json", '{"draft": true}'),
        ("content/port/lamp.11tydata.json", '{"data": {"published": false}}'),
        ("content/content.json", '{"status": "draft"}'),
        ("content/port/port.json", '{"draft": true'),
        ("content/port/port.json", '{"a":' * 900 + "1" + "}" * 900),
        ("content/port/port.json", '{"a":' * 90_000),
        ("content/port/port.11tydata.js", "export default {\n  draft: true,\n};\n"),
        ("_config.yml", "defaults:\n- scope: {path: content}\n  values: {published: false}\n"),
        ("_config.yml", "defaults:\n- scope:\n    path: ''\n  values:\n    hidden: true\n"),
        ("_config.yml", "exclude: [vendor, content/port]\n"),
        ("_config.yml", "exclude: ['content/*/lamp.md']\n"),
    ],
)
def test_what_keeps_all_pages_of_a_folder_back_keeps_each_of_them_back(
    newsroom: TestNewsroom, name: str, text: str
) -> None:
    newsroom.page(name, text)
    newsroom.page("content/port/lamp.md", post(1))
    newsroom.page("out.md", post(2)) if name != "_config.yml" or "''" not in text else None
    outcome = newsroom.publish()
    told = answers(newsroom)
    assert "birch amber" not in told
    assert ("cedar amber" in told) == (newsroom.root / "out.md").exists()
    about = [line for line in said([*outcome.problems, *outcome.notices]) if "lamp.md" in line]
    assert any(name in line for line in about)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("port/_index.md", SECTION.format("cascade: {type: port, showDate: false, draft: false}")),
        ("port/_index.md", SECTION.format("cascade: {draft: true, target: {kind: section}}")),
        ("_index.md", SECTION.format("cascade: {draft: true, target: {path: /quay/**}}")),
        ("quay/_index.md", SECTION.format("cascade: {draft: true}")),
        ("port/port.json", '{"layout": "post", "tags": ["a"], "permalink": "/a/{{ title }}/"}'),
        ("port/quay.json", '{"draft": true}'),
        ("port/port.11tydata.js", "export default { layout: 'post', tags: ['a'] };\n"),
        ("_config.yml", "title: Port\ndefaults:\n- {scope: {path: q}, values: {draft: true}}\n"),
        ("_config.yml", "defaults:\n- {scope: {path: ''}, values: {layout: post, toc: true}}\n"),
    ],
)
def test_what_says_nothing_of_the_kind_or_of_other_pages_holds_nothing(
    newsroom: TestNewsroom, name: str, text: str
) -> None:
    newsroom.page(name, text)
    newsroom.page("port/lamp.md", post(1))
    newsroom.publish()
    assert titles(newsroom) == {"Lamp of birch amber 1 glows"}


def test_a_page_that_says_otherwise_itself_is_right(newsroom: TestNewsroom) -> None:
    newsroom.page("port/_index.md", SECTION.format("cascade: {draft: true}"))
    newsroom.page("port/lamp.md", post(1, "Draft: false"))
    newsroom.page("port/bell.md", post(2))
    newsroom.publish()
    assert titles(newsroom) == {"Lamp of birch amber 1 glows"}


@pytest.mark.parametrize("name", ["port/_index.md", "port/port.json"])
def test_a_rule_that_comes_changes_or_goes_is_obeyed_by_the_next_run(
    newsroom: TestNewsroom, name: str
) -> None:
    keeps = '{"draft": true}' if name.endswith("json") else SECTION.format("cascade: {draft: true}")
    newsroom.page(name, keeps)
    newsroom.page("port/lamp.md", post(1))
    newsroom.publish()
    assert titles(newsroom) == set()
    newsroom.page(name, keeps.replace("true", "false"))
    assert newsroom.publish(NOW + timedelta(hours=1)).entered == 1
    newsroom.page("port/bell.md", post(2))
    newsroom.page(name, keeps)
    newsroom.publish(NOW + timedelta(hours=2))
    assert titles(newsroom) == {"Lamp of birch amber 1 glows"}
    (newsroom.root / name).unlink()
    newsroom.publish(NOW + timedelta(hours=3))
    assert len(titles(newsroom)) == 2
    assert newsroom.publish(NOW + timedelta(hours=4)).revision is None


def test_what_a_site_is_made_with_is_no_page_and_nothing_is_wrong_with_it(
    newsroom: TestNewsroom,
) -> None:
    for name in ("_config.yml", "_data/people.yml", "_sass/all.scss", "_layouts/post.html"):
        newsroom.page(name, "title: Port\n")
    newsroom.page("port/_index.md", "---\ntitle: Port\n---\n")
    newsroom.page("port/port.json", '{"layout": "post"}')
    newsroom.page("port/port.11tydata.js", "export default {};\n")
    newsroom.page("port/lamp.md", post(1))
    outcome = newsroom.publish()
    assert (outcome.exit_code, outcome.problems, outcome.entered) == (0, [], 1)
    assert said(outcome.notices) == ["1 file that is no page is passed over: 1 *.scss"]
    assert newsroom.publish(NOW + timedelta(hours=1)).revision is None


@pytest.mark.parametrize(
    ("above", "own", "is_out"),
    [
        ("_hidden: yes", "", False),
        ("_hidden: yes", "_hidden: no\n---\n", True),
        ("_discoverable: no", "", True),
        ("", "_discoverable: no\n---\n", False),
        ("", "_hidden: yes\n---\n", False),
    ],
)
def test_what_lektor_hides_is_hidden_with_all_below_it(
    newsroom: TestNewsroom, above: str, own: str, is_out: bool
) -> None:
    newsroom.page("content/port/contents.lr", f"_model: section\n---\n{above}\n")
    text = f"{own}title: Lamp glows\n---\npub_date: 2026-01-07\n---\nbody:\n\nIt glows again.\n"
    newsroom.page("content/port/lamp/contents.lr", text)
    newsroom.page("content/port/lamp/lamp.jpg.lr", "alt: a lamp\n")
    newsroom.publish()
    assert titles(newsroom) == ({"Lamp glows"} if is_out else set())


def test_what_is_below_a_page_of_lektor_comes_out_once_that_is_hidden_no_more(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("port/contents.lr", "_model: section\n---\n_hidden: yes\n")
    text = "title: Lamp glows\n---\npub_date: 2026-01-07\n---\nbody:\n\nIt glows again.\n"
    newsroom.page("port/lamp/contents.lr", text)
    newsroom.publish()
    newsroom.page("port/contents.lr", "_model: section\n")
    newsroom.publish(NOW + timedelta(hours=1))
    assert titles(newsroom) == {"Lamp glows"}
