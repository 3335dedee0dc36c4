"""Front matter of other programs: what it says of a page, and what of it keeps the page back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feeds import readers
from feeds.entries import holds
from feeds.model import Reading, StatedDate, Story
from feeds.normalise import normalise
from feeds.normalise.statements import with_statements
from feeds.readers.meanings import meaning_of
from feeds.text import dates
from tests.newsrooms import said

SITE = "https://desk.test/"
NOW = datetime(2026, 2, 1, 9, tzinfo=UTC)
PAGE = "<h1>Lamp glows again</h1><p>A lamp that was dark glows again, say the pilots.</p>\n"
BODY = "# Lamp glows again\n\nA lamp that was dark for a year glows again, say the pilots.\n"


def read(matter: str, name: str = "a.md", ignored: tuple[str, ...] = ()) -> Reading:
    mark = "+++" if matter.startswith("[") or " = " in matter else "---"
    body = PAGE if name.endswith(".html") else BODY
    page = readers.read_page(name, f"{mark}\n{matter}\n{mark}\n{body}".encode())
    return with_statements(normalise(page), (), SITE, ignored)


def story(matter: str, name: str = "a.md") -> Story:
    found = read(matter, name).article
    assert found is not None
    return found


def held(matter: str, ignored: tuple[str, ...] = ()) -> holds.Held | None:
    found = read(f"date: 2026-01-05\n{matter}" if " = " not in matter else matter, "a.md", ignored)
    assert found.article is not None
    return holds.why_held(found.article, "publish", NOW, dates.zone("UTC"))


# What is said of a page


@pytest.mark.parametrize(
    ("matter", "field", "value"),
    [
        ("tags: [lamps, '#quay']", "tags", ("lamps", "quay")),
        ("tags: lamps, quay", "tags", ("lamps", "quay")),
        ("keywords: lamps\ntag: quay", "tags", ("quay", "lamps")),
        ("categories: Port\ntags: [port, quay]", "tags", ("quay",)),
        ("Category: Port", "categories", ("Port",)),
        ("section: Port; Bells", "categories", ("Port", "Bells")),
        ("[taxonomies]\ntags = ['a', 'b']\ncategories = ['C']", "tags", ("a", "b")),
        ("[taxonomies]\ntags = ['a', 'b']\ncategories = ['C']", "categories", ("C",)),
        ("params: {tags: [a, b]}", "tags", ("a", "b")),
        ("description: It glows.", "summary", "It glows."),
        ("subtitle: Late\nexcerpt: It glows.", "summary", "It glows."),
        ("summary: Ours.\ndescription: Theirs.", "summary", "Ours."),
        ("standfirst: It glows.", "summary", "It glows."),
        ("excerpt: true", "summary", ""),
        ("lastmod: 2026-01-09", "updated", StatedDate("2026-01-09", "day")),
        ("last_modified_at: 2026-01-09", "updated", StatedDate("2026-01-09", "day")),
        ("dateModified: 2026-01-09", "updated", StatedDate("2026-01-09", "day")),
        ("pubDate: 2026-01-09", "published", StatedDate("2026-01-09", "day")),
        ("published: 2026-01-08", "published", StatedDate("2026-01-08", "day")),
        ("created: 2026-01-07\npubDate: 2026-01-09", "published", StatedDate("2026-01-09", "day")),
        (
            "date: 2026-01-09 11:03:00 +0400",
            "published",
            StatedDate("2026-01-09T11:03:00+04:00", "second"),
        ),
        ("author: {name: Nora Lind, email: x@desk.test}", "authors", ("Nora Lind",)),
        ("authors: [{name: Nora Lind}, {name: Ola Berg}]", "authors", ("Nora Lind", "Ola Berg")),
        ("authors: [Nora Lind, {name: Ola Berg}]", "authors", ("Nora Lind", "Ola Berg")),
        ("byline: By Nora Lind", "authors", ("Nora Lind",)),
        ("lang: az", "language", "az"),
        ("locale: en_GB", "language", "en-GB"),
        ("permalink: /lamps/glow/", "url", f"{SITE}lamps/glow/"),
        ("permalink: https://old.test/x", "url", "https://old.test/x"),
        ("permalink: /lamps/index.html", "url", f"{SITE}lamps/"),
        ("url: /lamps/glow/", "url", f"{SITE}lamps/glow/"),
        (
            "date: 2026-01-09\nslug: glow\npermalink: /:year/:month/:title/",
            "url",
            f"{SITE}2026/01/glow/",
        ),
        (
            "date: 2026-01-09\ncategories: [Port News]\npermalink: pretty",
            "url",
            f"{SITE}port-news/2026/01/09/a/",
        ),
        ("aliases: [/old/, Some name]", "former_urls", (f"{SITE}old/",)),
        ("redirect_from: /old.html", "former_urls", (f"{SITE}old.html",)),
    ],
)
def test_what_others_call_a_field_is_that_field(matter: str, field: str, value: object) -> None:
    found = read(matter)
    assert getattr(found.article, field) == value
    assert said(found.findings) == []


def test_blanks_part_the_tags_and_categories_of_a_post_of_jekyll() -> None:
    found = story("tags: lamps quay\ncategories: port news", "_posts/2026-01-04-lamp.md")
    assert (found.tags, found.categories) == (("lamps", "quay"), ("port", "news"))
    found = story("tags: lamps, old quay", "_posts/2026-01-04-lamp.md")
    assert found.tags == ("lamps", "old quay")
    assert story("tags: old quay").tags == ("old quay",)


@pytest.mark.parametrize(
    "matter",
    [
        "cover: /lamp.png",
        "featured_image: /lamp.png",
        "thumbnail: /small.png\nhero: /lamp.png",
        "images: [/lamp.png, /other.png]",
        "cover: {image: /lamp.png, hidden: true}",
        "header: {image: /lamp.png, caption: A lamp}",
        "image: {path: /lamp.png}",
        "[cover]\nimage = '/lamp.png'",
        "permalink: /glow.html\nogImage: lamp.png",
    ],
)
def test_whatever_others_call_the_picture_it_is_the_picture(matter: str) -> None:
    found = read(matter)
    assert found.article is not None
    assert found.article.image is not None
    assert found.article.image.url == f"{SITE}lamp.png"
    assert found.article.bar is None
    assert said(found.findings) == []


def test_a_picture_has_the_words_that_stand_for_it() -> None:
    image = story("cover: {image: /lamp.png, alt: A lamp}").image
    assert image is not None
    assert image.alt == "A lamp"


@pytest.mark.parametrize("matter", ["cover: lamp.png", "heroImage: ../../assets/lamp.png"])
def test_a_picture_whose_address_nobody_knows_is_named(matter: str) -> None:
    found = read(matter)
    assert found.article is not None
    assert found.article.image is None
    assert len(found.findings) == 1


def test_an_address_that_nobody_can_make_is_named() -> None:
    for address in ("/{{ title | slug }}/", "/:year/:title/"):
        (doubt,) = read(f"permalink: '{address}'").findings
        assert doubt.what.startswith(f"permalink '{address}' is not used: ")
        assert doubt.weight == "doubt"


@pytest.mark.parametrize(
    ("name", "matter", "day"),
    [
        ("_posts/2026-01-04-lamp.md", "layout: post", "2026-01-04"),
        ("2026-01-04-lamp/index.md", "layout: post", "2026-01-04"),
        ("2026-01-04-lamp.html", "layout: post", "2026-01-04"),
        ("2026-01-04-lamp.md", "date: 2026-01-05", "2026-01-05"),
    ],
)
def test_the_date_in_a_file_name_counts_below_front_matter(
    name: str, matter: str, day: str
) -> None:
    assert story(matter, name).published == StatedDate(day, "day")


@pytest.mark.parametrize("name", ["2026-01-04-lamp.txt", "2026-13-04-lamp.md", "1404-01-04-a.md"])
def test_other_names_are_no_dates(name: str) -> None:
    assert story("layout: post", name).published is None


def test_without_front_matter_what_the_page_shows_counts_more_than_its_name() -> None:
    page = readers.read_page(
        "2026-01-04-lamp.md", BODY.replace("\n\n", "\n\n9 January 2026\n\n", 1).encode()
    )
    found = with_statements(normalise(page)).article
    assert found is not None
    assert found.published == StatedDate("2026-01-09", "day")


def test_pages_of_sections_and_of_programs_are_no_stories() -> None:
    for name in ("port/_index.md", "_index.az.md", "archetypes/default.md", "_layouts/post.html"):
        found = read("title: Port\ndate: 2026-01-05", name)
        assert (found.article, found.latest, found.findings) == (None, (), ())
        assert found.dropped[-1].rule in {
            "the page of a section",
            "a part of another program's site",
        }


# What keeps a page back

KEEPING = [
    "draft: true", "Draft: TRUE", "is_draft: yes", "isDraft: on", "is-draft: 1", "DRAFT: 'true'",
    '"draft": true', "draft = true", "published: false", "publish: no", "isPublished: false",
    "visibility: private", "visibility: members", "Visibility: Unlisted", "private: true",
    "unlisted: true", "hidden: yes", "_hidden: yes", "_discoverable: no", "scheduled: true",
    "publishDate: 2041-05-01", "publishdate = 2041-05-01T09:00:00Z", "not_before: 2041-05-01",
    "goLive: 2041-05-01", "go_live_at: '2041-05-01 09:00'", "release: 2041-05-01",
    "pubDate: 2041-05-01", "published: 2041-05-01", "publish_on: 2041-05-01", "embargo: 2041-05-01",
    "embargoUntil: 2041-05-01", "expiryDate: 2026-01-20", "expires: 2026-02-01",
    "unpublish_date: 2026-01-20", "build: {list: never}", "_build: {list: false, render: true}",
    "_build:\n  render: never", "eleventyExcludeFromCollections: true", "permalink: false",
    "status: private", "status: scheduled", "Status: hidden", "post_status: pending",
    "params: {draft: true}", "[params]\ndraft = true", "[extra]\nunlisted = true",
    "params: {embargo: {until: 2041-05-01}}", "dg-publish: false", "password: sesame",
    "exclude_from_feed: true", "rss: false", "headless: true", "render = false", "wip: true",
    "published: draft", "publish: 2041-05-01", "draft: 2041-05-01", "go_live: soon",
    "expires: some day", "publishDate: 2240611200", "published: {web: false}",
    "rss: {exclude: true}", "draft: {status: true}", "draft: {enabled: true}",
    "publish: {until: 2026-01-20}", "publishing: {date: 2041-05-01}", "unpublish: 2026-01-20",
    "published_until: 2026-01-20", "stop_publishing: 2026-01-20", "black: {draft: true}",
    "Entwurf: ja", "черновик: да", "brouillon: oui", "status: borrador", "audience: staff",
    "eleventyComputed:\n  permalink: false", "tags: [draft]", "tags: lamps, private",
    "categories: [Drafts]", "type: draft", "date: 2240611200", "is_restricted: true",
    "channels: {web: {enabled: false}}", "hugoEncryptor: sesame", "plan: {draft: true}",
    "hide_post: true", "output: false", "hiddenPage: true", "display_post: false", "hide: page",
    "hide: [post]",
]  # fmt: skip


@pytest.mark.parametrize("matter", KEEPING)
def test_what_keeps_a_page_back_does_so_in_any_spelling(matter: str) -> None:
    assert held(matter) is not None


@pytest.mark.parametrize(
    "matter",
    [
        "foo: true", "foo: no", "showcase: on", "event_start: 2041-05-01", "when: [2041-05-01]",
        "handover: 03/04/2041", "stage: draft", "desk: embargoed", "embrago: 2041-05-01",
        "params: {foo: true}", "x: {y: {z: 2041-05-01}}", "visibilty: private",
    ],
)  # fmt: skip
def test_an_unknown_key_that_may_keep_it_back_holds_a_page_until_it_is_ignored(matter: str) -> None:
    why = held(matter)
    assert why is not None
    key = matter.partition(":")[0]
    if "." not in why.remedy:
        assert f'front_matter_ignore = ["{key}"]' in why.remedy
    spelled = key.upper().replace("_", "-")
    assert held(matter, (spelled,)) is None


@pytest.mark.parametrize(
    "matter",
    [
        "draft: false", "is_draft: no", "draft: 0", "published: true", "published: 2026-01-08",
        "publish: yes", "private: false", "visibility: public", "hidden: off", "status: publish",
        "publishDate: 2026-01-08", "embargo: no", "expires: never", "expiryDate: 2041-05-01",
        "build: {list: always, render: always}", "sitemap: {priority: 0.5, changefreq: weekly}",
        "layout: post", "toc: true", "comments: false", "featured: true", "showToc: true",
        "ShowReadingTime: false", "disableShare: true", "hideMeta: yes", "math: on", "weight: 7",
        "menu: {main: {hidden: true, weight: 3}}", "cover: {image: /a.png, hidden: true}",
        "eleventyNavigation: {key: Lamp, order: 3}", "params: {toc: true, showHero: false}",
        "[extra]\nmath = true", "hide: [toc, navigation]", "sidebar_position: 2", "pin: true",
        "render_with_liquid: false", "cssclasses: [wide]", "outputs: [html, rss]", "type: post",
        "search: {exclude: false}", "in_search_index = true", "author_profile: true",
        "excerpt: false", "premium: false", "isAccessibleForFree: true", "audience: everybody",
        "event: 2025-05-01", "shade: blue", "cascade: {type: post}", "series: [Lamps]",
        "sticky: true", "is_starred: true", "wordpress_id: 2041", "isFeatured: true",
        "math: {enable: false}", "commentsEnabled: false", "ShowBreadCrumbs: false",
        "dg-show-toc: true", "nav_exclude: true", "link-citations: true", "hide: [path, feedback]",
        "status: veröffentlicht", "status: опубликовано", "status: evergreen", "status: 1",
        "audience: developers", "archived: false", "level: premium 95",
        "unpublish: 2041-05-01", "publish: {until: 2041-05-01}", "note: premium petrol costs more",
    ],
)  # fmt: skip
def test_what_says_nothing_of_the_kind_holds_nothing(matter: str) -> None:
    assert held(matter) is None


@pytest.mark.parametrize(
    "matter", ["draft: false", "layout: post", "menu: {main: {weight: 3}}", "params: {toc: true}"]
)
def test_what_has_nothing_to_say_is_passed_over_silently(matter: str) -> None:
    assert read(matter).findings == ()


@pytest.mark.parametrize(
    "matter",
    [
        "members_only: true", "membersOnly: yes", "paywall: true", "Premium: 1",
        "subscribers: true", "subscribers_only: true", "isAccessibleForFree: false",
        "access: members", "access: subscribers", "visibility: paid", "params: {premium: true}",
        "paywall: hard", "tier: gold", "access: free\npremium: true", "audience: paid",
        "substack: {audience: only_paid}", "plan: premium", "schema: {isAccessibleForFree: false}",
        "paywall: {enabled: true}", "visibility: paid-members-only", "status: paid",
    ],
)  # fmt: skip
def test_what_is_for_those_who_pay_is_paid(matter: str) -> None:
    assert story(matter).access == "paid"


@pytest.mark.parametrize(
    "matter",
    ["noindex: true", "robots: noindex, follow", "sitemap: false", "sitemap: {disable: true}"],
)
def test_what_keeps_search_engines_out_is_doubtful_and_holds_nothing(matter: str) -> None:
    assert held(matter) is None
    (doubt,) = read(matter).findings
    assert "keeps it from search engines" in doubt.what


def test_a_tag_that_is_called_like_a_draft_holds_its_page_until_somebody_says_that_it_is_none() -> (
    None
):
    why = held("tags: [Draft, lamps]")
    assert why is not None
    assert 'front_matter_ignore = ["tags: draft"]' in why.remedy
    assert held("tags: [draft, lamps]", ("tags: draft",)) is None
    assert held("tags: [draft, lamps]\ndraft: true", ("tags: draft",)) is not None


def test_of_several_embargoes_the_last_one_counts_and_lets_the_page_out_by_itself() -> None:
    matter = "embargo: 2026-02-02\npublishDate: 2026-02-05 08:00\nnot_before: 2026-02-03"
    why = held(matter)
    assert why is not None
    assert (why.code, why.until) == ("embargo", datetime(2026, 2, 5, 8, tzinfo=UTC))


def test_what_is_understood_needs_nobody_and_what_is_not_needs_somebody() -> None:
    for matter in (
        "draft: true",
        "unlisted: true",
        "publishDate: 2041-05-01",
        "expires: 2026-01-09",
    ):
        why = held(matter)
        assert why is not None
        assert holds.is_meant(why.code, is_out=False)
    why = held("foo: true")
    assert why is not None
    assert not holds.is_meant(why.code, is_out=False)


def test_a_day_of_an_unknown_key_holds_a_page_as_long_as_it_is_to_come() -> None:
    found = story("event: 2026-02-03").waiting
    assert found is not None
    article = story("event: 2026-02-03")
    zone = dates.zone("UTC")
    assert holds.kept_back(article, NOW, zone) is not None
    assert holds.kept_back(article, NOW + timedelta(days=5), zone) is None


@pytest.mark.parametrize(
    ("key", "meaning"),
    [
        ("Is-Draft", "keeps"),
        ("params.isPublished", "dated"),
        ("cover.hidden", "layout"),
        ("cover.image", "image"),
        ("embargo.until", "release"),
        ("author.name", "authors"),
        ("author.published", "layout"),
        ("showWordCount", "layout"),
        ("showcase", "unknown"),
    ],
)
def test_a_key_means_the_same_however_it_is_spelled(key: str, meaning: str) -> None:
    assert meaning_of(key) == meaning


@pytest.mark.parametrize("key", ["embargo_until", "embargoUntil", "params.embargo"])
@pytest.mark.parametrize("value", ["yes", "true", "now"])
def test_an_embargo_without_a_day_is_no_day_from_which_a_page_is_out(key: str, value: str) -> None:
    *outer, own = key.split(".")
    bar = held(f"{outer[0]}: {{{own}: {value}}}" if outer else f"{key}: {value}")
    assert bar is not None


def test_of_several_days_on_which_its_time_ends_the_first_one_counts() -> None:
    bar = held("expiryDate: [2031-01-01, 2026-01-20]")
    assert bar is not None
    assert bar.code == holds.EXPIRED
