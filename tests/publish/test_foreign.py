"""Sites of other programs, from a real folder to whatever readers are answered."""

from __future__ import annotations

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
    """All that the app answers, from the feeds to the map of the site."""
    address = f"sqlite:///{newsroom.database}"
    client = create_app(str(newsroom.root), address).test_client()
    paths = [f"/feeds/latest.{form}" for form in ("rss", "atom", "json")]
    paths += ["/feeds/latest", "/feeds/", "/feeds/news-sitemap.xml", "/feeds/feeds.opml"]
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

HARMLESS = st.sampled_from(
    ["layout: post", "toc: true", "tags: [a, b]", "status: published", "x: y"]
)


def spelled(line: str, letters: str) -> str:
    """``line`` with another spelling of its key, where it is one of YAML's plain ones."""
    key, colon, value = line.partition(":")
    if not colon or not key.isascii() or not key.replace("_", "").isalnum():
        return line
    if letters == "upper":
        return f"{key.upper()}:{value}"
    return f'"{key}":{value}' if letters == "quoted" else f"{key.replace('_', '-')}:{value}"


@settings(COSTLY, phases=[Phase.explicit, Phase.generate])
@given(data=st.data())
def test_nothing_of_a_page_that_is_kept_back_is_in_any_answer(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    newsroom = TestNewsroom(tmp_path_factory.mktemp("kept"))
    plain = [line for line in KEEPING if " = " not in line and "\n" not in line]
    for number in range(12):
        lines = data.draw(st.lists(st.sampled_from(plain), min_size=1, max_size=4))
        ways = st.sampled_from(["", "upper", "quoted", "dashed"])
        matter = {line.partition(":")[0].strip('"').casefold(): line for line in lines}
        said_so = [spelled(line, data.draw(ways)) for line in matter.values()]
        beside = data.draw(HARMLESS)
        if beside.partition(":")[0] not in matter:
            said_so.insert(data.draw(st.integers(0, len(said_so))), beside)
        newsroom.page(f"kept-{number}.md", post(number, *said_so))
    newsroom.page("out.md", post(150))
    newsroom.publish()
    told = answers(newsroom)
    assert f"Lamp of {WORDS[10]} {WORDS[10]} 150 glows" in told
    for number in range(12):
        name = f"{WORDS[number % 14]} {WORDS[number // 14 % 14]} {number}"
        assert f"Lamp of {name} glows" not in told
        assert f"The {name} was dark" not in told
