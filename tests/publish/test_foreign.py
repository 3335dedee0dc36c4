"""Sites of other programs, from a real folder to whatever readers are answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from feeds.web import create_app
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds, said
from tests.normalise.test_foreign import KEEPING
from tests.thorough import COSTLY

WORDS = (
    "amber birch cedar delta ember fjord grove haven inlet jetty knoll larch marsh north".split()
)


def post(number: int, *matter: str, date: str = "2025-03-04") -> str:
    """A page of a site whose every sentence is its own."""
    name = f"{WORDS[number % 14]} {WORDS[number // 14 % 14]} {number}"
    lines = "\n".join(["---", f"title: Lamp of {name} glows", *matter])
    day = f"\ndate: {date}" if date else ""
    body = f"The {name} was dark. Nobody at {name} knows by whom the lamp of {name} was lit."
    return f"{lines}{day}\n---\n\n{body}\n"


def titles(newsroom: TestNewsroom) -> set[str]:
    return {entry.title for entry in newsroom.entries() if not entry.hidden}


def answers(newsroom: TestNewsroom) -> str:
    """All that the app answers, wherever it does, from the feeds to the map of the site."""
    app = create_app(str(newsroom.root), newsroom.url)
    client = app.test_client()
    paths = [rule.rule for rule in app.url_map.iter_rules() if not rule.arguments]
    paths += [f"/feeds/latest{form}" for form in ("", ".rss", ".atom", ".json", ".xml")]
    paths += [f"/feeds/latest/archive/{number}.rss" for number in range(1, 4)]
    paths += [f"/feeds/stories/{entry.hash}" for entry in newsroom.entries()]
    return "\n".join(client.get(path).get_data(as_text=True) for path in paths)


def test_a_key_that_nobody_knows_holds_its_page_until_site_toml_says_that_it_means_nothing(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("lamp.md", post(1, "handled: true"))
    outcome = newsroom.publish()
    (problem,) = said(outcome.problems)
    assert problem.startswith("lamp.md:7: held: unknown key 'handled', which may keep it back")
    assert 'front_matter_ignore = ["handled"] below [site] in site.toml' in problem
    assert (outcome.exit_code, titles(newsroom)) == (1, set())
    newsroom.configure(SITE.replace("[[feeds]]", 'front_matter_ignore = ["Handled"]\n\n[[feeds]]'))
    assert newsroom.publish(NOW + timedelta(hours=1)).entered == 1
    assert "handled" not in feeds(newsroom, "read", newsroom.root / "lamp.md").stdout


def test_what_other_programs_keep_back_needs_nobody(newsroom: TestNewsroom) -> None:
    newsroom.page("lamp.md", post(1, "unlisted: true"))
    outcome = newsroom.publish()
    assert outcome.exit_code == 0
    assert "'unlisted: true' keeps it back" in said(outcome.notices)[0]
    newsroom.page("lamp.md", post(1, "unlisted: false"))
    assert newsroom.publish(NOW + timedelta(hours=1)).entered == 1


def test_a_story_whose_time_ends_is_taken_back_by_itself_and_comes_back(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("lamp.md", post(1, "expiryDate: 2026-02-01"))
    newsroom.page("other.md", post(2))
    newsroom.publish()
    assert len(titles(newsroom)) == 2
    assert newsroom.publish(NOW + timedelta(days=1)).revision is None
    later = datetime(2026, 2, 1, 0, 0, tzinfo=UTC)
    outcome = newsroom.publish(later)
    assert (outcome.retracted, outcome.exit_code) == (1, 0)
    assert titles(newsroom) == {"Lamp of cedar amber 2 glows"}
    assert "birch" not in answers(newsroom)
    assert newsroom.publish(later + timedelta(hours=1)).revision is None
    newsroom.page("lamp.md", post(1, "expiryDate: 2026-06-01"))
    newsroom.publish(later + timedelta(hours=2))
    assert len(titles(newsroom)) == 2


def test_a_former_address_is_a_name_of_the_entry(newsroom: TestNewsroom) -> None:
    newsroom.page("old.md", post(1, "permalink: /old/"))
    newsroom.publish()
    (before,) = newsroom.entries()
    (newsroom.root / "old.md").unlink()
    newsroom.page("new.md", post(1, "permalink: /lamps/new/", "aliases: [/old/]"))
    newsroom.publish(NOW + timedelta(hours=1))
    (after,) = newsroom.entries()
    assert (after.id, after.url) == (before.id, "https://desk.test/lamps/new/")


def test_a_former_address_that_is_another_storys_takes_it_from_nobody(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("a.md", post(1, "permalink: /a/"))
    newsroom.page("b.md", post(2, "permalink: /b/", "redirect_from: /a/"))
    newsroom.publish()
    assert {entry.url for entry in newsroom.entries()} == {
        "https://desk.test/a/",
        "https://desk.test/b/",
    }


def test_a_template_is_filled_with_what_the_page_says(newsroom: TestNewsroom) -> None:
    rule = 'url = "https://desk.test/{category}/{year}/{month}/{day}/{slug}/"'
    newsroom.configure(SITE + f'\n[[pages]]\npath = "**"\n{rule}\n')
    newsroom.page("2025-03-04-lamp.md", post(1, "categories: [Old Port]", date=""))
    newsroom.page("bell.md", post(2, "slug: bells", "category: Port"))
    newsroom.page("gone.md", post(3, date=""))
    outcome = newsroom.publish()
    assert {entry.url for entry in newsroom.entries()} == {
        "https://desk.test/old-port/2025/03/04/lamp/",
        "https://desk.test/port/2025/03/04/bells/",
        None,
    }
    assert any("nobody knows its category" in line for line in said(outcome.notices))


def test_tags_reach_readers_and_have_no_feed_of_their_own(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("[[feeds]]", "sections = true\n\n[[feeds]]"))
    newsroom.page("lamp.md", post(1, "categories: [Port]", "tags: [bells, lamps]"))
    newsroom.publish()
    (entry,) = newsroom.entries()
    assert (entry.categories, entry.tags) == (("Port",), ("bells", "lamps"))
    names = {name for (name,) in newsroom.rows("SELECT DISTINCT feed FROM documents")}
    assert "category-port" in names
    assert not any("bells" in name for name in names)
    assert '"bells"' in answers(newsroom)
    assert "bells, lamps" in feeds(newsroom, "show", entry.hash).stdout


# Whole sites

COUNT = 240


def jekyll(root: TestNewsroom) -> set[str]:
    """Makes a site of Jekyll; returns the headlines that are meant to be out."""
    out = set()
    statuses = [
        (), ("published: true",), ("published: false",), ("draft: true",), ("hidden: true",),
        ("sitemap: false", "toc: true"), ("publish_on: 2027-01-01",), ("expires: 2026-01-01",),
    ]  # fmt: skip
    for number in range(COUNT):
        status = statuses[number % len(statuses)]
        day = date(2024, 1, 1) + timedelta(days=number)
        if number % 16 == 9:
            day = date(2027, 3, 1)  # Jekyll itself leaves posts of the future out
        name = f"_posts/{day.isoformat()}-lamp-{number}.md"
        if number % 16 == 8:
            name = f"_drafts/lamp-{number}.md"
        text = post(number, "layout: post", f"tags: [lamp{number % 5}]", *status, date="")
        root.page(name, text)
        if number % len(statuses) in {0, 1, 5} and number % 16 not in {8, 9}:
            out.add(text.split("\n")[1].removeprefix("title: "))
    root.page("_layouts/post.html", "<html><body><h1>{{ page.title }}</h1>{{ content }}</body>")
    root.page("_includes/head.html", "<p>{% if page.title %}{{ page.title }}{% endif %}</p>")
    return out


def hugo(root: TestNewsroom) -> set[str]:
    """Makes a site of Hugo; returns the headlines that are meant to be out."""
    out = set()
    statuses = [
        (), ("draft: false",), ("draft: true",), ("publishDate: 2027-01-01",),
        ("expiryDate: 2025-06-01",), ("build: {list: never}",), ("weight: 3", "showToc: true"),
        ("params: {private: true}",),
    ]  # fmt: skip
    for number in range(COUNT):
        status = statuses[number % len(statuses)]
        name = f"content/post/lamp-{number}.md"
        if number % 3 == 0:
            name = f"content/post/lamp-{number}/index.md"
        text = post(number, *status, f"aliases: [/old/{number}/]", f"url: /post/lamp-{number}/")
        root.page(name, text)
        if number % len(statuses) in {0, 1, 6}:
            out.add(text.split("\n")[1].removeprefix("title: "))
    root.page("content/post/_index.md", post(900))
    root.page(
        "archetypes/default.md", "---\ntitle: '{{ .Name }}'\ndate: {{ .Date }}\ndraft: true\n---\n"
    )
    return out


@pytest.mark.parametrize("make", [jekyll, hugo])
def test_of_a_site_that_moves_in_just_what_is_out_comes_out_and_once(
    newsroom: TestNewsroom, make: object
) -> None:
    newsroom.configure(SITE.replace("limit = 30", "limit = 500"))
    assert callable(make)
    wanted = make(newsroom)
    newsroom.publish(accept=("first-load",))
    entries = newsroom.entries()
    assert {entry.title for entry in entries} == wanted
    assert len(entries) == len(wanted)
    ids = {entry.id for entry in entries}
    for path in newsroom.root.rglob("*.md"):  # copied once more, as a deploy does
        newsroom.page(path.relative_to(newsroom.root).as_posix(), path.read_text() + "\n")
    outcome = newsroom.publish(NOW + timedelta(hours=1), accept=("first-load",))
    assert outcome.entered == 0
    assert {entry.id for entry in newsroom.entries()} == ids


# A property

LATER = datetime(2026, 2, 1, 9, tzinfo=UTC)
"""When the pages below are published: between what was and what is to come."""
YES, NO = ("true", "yes", "on", "1", "'true'"), ("false", "no", "off", "0", "'false'")
TO_COME = ("2041-05-01", "'2041-05-01'", "2041-05-01T09:00:00Z", "1 May 2041", "2041-05-01 09:00")
OVER = ("2026-01-20", "'2026-01-20T10:00:00+04:00'", "20 January 2026", "2025-12-31")
MEANT = {
    "draft": YES, "private": YES, "unlisted": YES, "hidden": YES, "scheduled": YES,
    "unpublished": YES, "headless": YES, "exclude from collections": YES, "hidden from rss": YES,
    "login required": YES, "published": NO, "publish": NO, "public": NO, "listed": NO,
    "publish date": TO_COME, "not before": TO_COME, "go live": TO_COME, "embargo until": TO_COME,
    "available from": TO_COME, "scheduled for": TO_COME, "publish on": TO_COME,
    "pub date": TO_COME, "date published": TO_COME, "expiry date": OVER, "expires": OVER,
    "unpublish on": OVER, "valid until": OVER, "take down date": OVER,
    "visibility": ("private", "members", "Unlisted", "draft"),
    "post status": ("draft", "pending", "in review", "Private"),
    "password": ("sesame",), "gizmo": ("true", "no", "2041-05-01", "private"),
}  # fmt: skip
"""What keeps a page back, by the words of its key."""
HARMLESS = ("layout: post", "toc: true", "tags: [a, b]", "x: y", "weight: 3", "draft: ''")
SPELLED: dict[str, Callable[[list[str]], str]] = {
    "camel": lambda words: words[0] + "".join(map(str.title, words[1:])),
    "snake": "_".join,
    "dashed": "-".join,
    "joined": "".join,
    "upper": lambda words: "_".join(words).upper(),
    "title": lambda words: "".join(map(str.title, words)),
    "quoted": lambda words: f'"{"_".join(words)}"',
    "underscored": lambda words: "_" + "_".join(words),
}
ENDINGS = ("md", "html", "txt", "markdown", "mdx")
AROUND = ("", "params", "extra", "data", "publishing")

statement = st.sampled_from(sorted(MEANT)).flatmap(
    lambda words: st.tuples(
        st.just(words),
        st.sampled_from(sorted(SPELLED)),
        st.sampled_from(MEANT[words]),
        st.sampled_from(AROUND),
    )
)


def written(statements: list[tuple[str, str, str, str]], is_toml: bool) -> list[str]:
    """Lines of front matter that say so, each key once."""
    said: dict[str, dict[str, str]] = {}
    for words, spelling, value, around in statements:
        said.setdefault(around, {})[SPELLED[spelling](words.split())] = value
    lines: list[str] = []
    for around in AROUND:
        if around and around in said:
            lines.append(f"[{around}]" if is_toml else f"{around}:")
        for key, value in said.get(around, {}).items():
            bare = value in {"true", "false"} or value == "2041-05-01T09:00:00Z"
            told = value if bare else f"'{value.strip(chr(39))}'"
            pair = f"{key} = {told}" if is_toml else f"{key}: {value}"
            lines.append(pair if is_toml or not around else f"  {pair}")
    return lines


def kept(number: int, matter: list[str], is_toml: bool, ending: str) -> str:
    text = post(number, *matter, date="" if is_toml else "2025-03-04")
    head, _, body = text.removeprefix("---\n").partition("\n---\n\n")
    if is_toml:
        title, *rest = head.split("\n")
        name = title.removeprefix("title: ")
        head = "\n".join([f"title = '{name}'", "date = 2025-03-04", *rest])
    mark = "+++" if is_toml else "---"
    body = f"<html><body><p>{body.strip()}</p></body></html>\n" if ending == "html" else body
    return f"{mark}\n{head}\n{mark}\n\n{body}"


@settings(COSTLY, phases=[Phase.explicit, Phase.generate])
@given(data=st.data())
def test_nothing_of_a_page_that_is_kept_back_is_in_any_answer(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    newsroom = TestNewsroom(tmp_path_factory.mktemp("kept"))
    lines_of = {}
    for number in range(40):
        is_toml = data.draw(st.booleans())
        lines = written(data.draw(st.lists(statement, min_size=1, max_size=4)), is_toml)
        beside = data.draw(st.sampled_from(["", *HARMLESS]))
        if beside and not is_toml and not any(line.startswith("draft:") for line in lines):
            lines.insert(0, beside)
        ending = data.draw(st.sampled_from(ENDINGS))
        lines_of[number] = lines
        newsroom.page(f"kept-{number}.{ending}", kept(number, lines, is_toml, ending))
    for number, ending in enumerate(ENDINGS):
        for is_toml in (True, False):
            page = kept(150 + 2 * number + is_toml, [], is_toml, ending)
            newsroom.page(f"out-{is_toml}.{ending}", page)
    newsroom.publish(LATER)
    told = answers(newsroom)
    assert all(f" {number} glows" in told for number in range(150, 150 + 2 * len(ENDINGS)))
    for number, lines in lines_of.items():
        name = f"{WORDS[number % 14]} {WORDS[number // 14 % 14]} {number}"
        assert f"{name} " not in told, lines


@pytest.mark.parametrize("start", range(0, len(KEEPING), 40))
def test_nothing_of_a_page_that_is_kept_back_by_one_key_is_in_any_answer(
    newsroom: TestNewsroom, start: int
) -> None:
    some = list(enumerate(KEEPING[start : start + 40]))
    for number, line in some:
        is_toml = line.startswith("[") or " = " in line
        day = line.startswith("date")
        page = kept(number, [line], is_toml, "md")
        newsroom.page(f"kept-{number}.md", page.replace("\ndate: 2025-03-04", "") if day else page)
    newsroom.page("out.md", post(150))
    newsroom.publish(LATER)
    told = answers(newsroom)
    assert "150 glows" in told
    for number, line in some:
        assert f"{WORDS[number % 14]} {WORDS[number // 14 % 14]} {number} " not in told, line
