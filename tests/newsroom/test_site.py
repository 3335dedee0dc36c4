"""site.toml: what is accepted, and that one run names all that is wrong with it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import msgspec
import pytest

from feeds.model.errors import ConfigError
from feeds.newsroom.site import USAGES, CaptureTable, DeskTable, Feed, Hooks, PageRule, Serve, Site
from feeds.newsroom.site_file import load_site
from feeds.text import values
from tests.newsrooms import PROJECT

DESIGN = """\
[site]
title = "Caspian Desk"
site_url = "https://news.example/"
feeds_url = "http://localhost:8000/feeds/"
description = "Diplomacy and the South Caucasus."
language = "en"
timezone = "Asia/Baku"
authority = "news.example,2026"
hubs = []

[[feeds]]
name = "latest"
title = "Latest"
limit = 30
content = "full"
kinds = ["article", "headline"]
archive = true

[[pages]]
path = "culture/**/*.html"
exclude = ["**/index.html"]
language = "az"
categories = ["Culture"]
url = "https://news.example/az/culture/{stem}.html"
access = "free"
"""

LEAST = """\
[site]
title = "Harbour Desk"
site_url = "https://desk.test/"
feeds_url = "https://desk.test/feeds/"
timezone = "Asia/Baku"
authority = "desk.test,2026"
"""
FEED = '\n[[feeds]]\nname = "quay"\ntitle = "Quay"\n'
PAGES = '\n[[pages]]\npath = "**/*.txt"\n'


def load(text: str, feeds_url: str | None = None) -> Site:
    return load_site(text, "site.toml", feeds_url)


def problems(text: str, feeds_url: str | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(text, feeds_url)
    return [str(problem) for problem in caught.value.problems]


def problem(text: str, feeds_url: str | None = None) -> str:
    (found,) = problems(text, feeds_url)
    return found


def test_the_designs_example_loads() -> None:
    assert load(DESIGN) == Site(
        title="Caspian Desk",
        site_url="https://news.example/",
        feeds_url="http://localhost:8000/feeds/",
        authority="news.example,2026",
        timezone="Asia/Baku",
        description="Diplomacy and the South Caucasus.",
        feeds=(Feed("latest", "Latest", archive=True),),
        pages=(
            PageRule(
                "culture/**/*.html",
                exclude=("**/index.html",),
                language="az",
                categories=("Culture",),
                url="https://news.example/az/culture/{stem}.html",
                access="free",
            ),
        ),
    )


def test_the_sample_newsrooms_configuration_loads_and_is_known_as_the_sample() -> None:
    text = (PROJECT / "source" / "site.toml").read_text(encoding="utf-8")
    assert not load(text).borrows_authority


def test_the_least_configuration_has_one_feed_and_the_defaults() -> None:
    site = load(LEAST)
    assert site.feeds == (Feed("latest", "Harbour Desk", archive=True),)
    assert (site.language, site.ttl, site.undated) == ("en", 15, "publish")
    assert (site.hubs, site.pages, site.logo) == ((), (), "")


@pytest.mark.parametrize(
    ("text", "feeds_url", "sample"),
    [
        (DESIGN, None, True),
        (DESIGN.replace("Caspian Desk", "Harbour Desk"), None, False),
        (DESIGN.replace("https://news.example/", "https://desk.test/"), None, False),
        (DESIGN, "https://news.example/feeds/", False),
    ],
)
def test_only_the_sample_may_borrow_the_examples_authority(
    text: str, feeds_url: str | None, sample: bool
) -> None:
    if sample:
        assert load(text, feeds_url).authority == "news.example,2026"
    else:
        with pytest.raises(ConfigError, match=r"site\.toml:\d+: authority: .* not yours"):
            load(text, feeds_url)


def test_the_first_feed_has_an_archive_unless_it_says_otherwise() -> None:
    both = load(LEAST + FEED + FEED.replace("quay", "bay"))
    assert [feed.archive for feed in both.feeds] == [True, False]
    assert not load(LEAST + FEED + "archive = false\n").feeds[0].archive


def test_a_feed_that_is_gone_is_none_and_all_of_its_names_are_kept() -> None:
    gone = FEED + 'gone = true\nformer_names = ["dock"]\n'
    site = load(LEAST + gone + FEED.replace("quay", "bay"))
    assert [(feed.name, feed.archive) for feed in site.feeds] == [("bay", True)]
    assert site.gone == ("quay", "dock")
    assert "no feed is left" in problem(LEAST + gone)


def test_a_renamed_feed_goes_by_its_first_name() -> None:
    (feed,) = load(LEAST + FEED + 'former_names = ["dock", "pier"]\n').feeds
    assert (feed.name, feed.first_name) == ("quay", "dock")


def test_no_name_leads_to_two_feeds_whether_it_is_used_now_or_was() -> None:
    second = FEED.replace("quay", "bay") + 'former_names = ["quay"]\n'
    assert problem(LEAST + FEED + second).endswith(
        "former_names: 'quay' names two feeds; rename one"
    )


@pytest.mark.parametrize(
    ("authority", "since"),
    [
        ("desk.test,2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("desk.test,2026-05", datetime(2026, 5, 1, tzinfo=UTC)),
        ("desk.test,2026-05-17", datetime(2026, 5, 17, tzinfo=UTC)),
        ("ada@desk.test,2026", datetime(2026, 1, 1, tzinfo=UTC)),
    ],
)
def test_an_authority_begins_on_the_first_day_of_its_date(authority: str, since: datetime) -> None:
    assert load(LEAST.replace("desk.test,2026", authority)).authority_since == since


URL = "expected a URL"
WRONG_SITE = [
    ("title", '""', "a text that is not empty"),
    ("title", '"  "', "a text that is not empty"),
    ("title", r'"a\u0001b"', "a text without control characters"),
    ("title", "5", "a text that is not empty in double quotes"),
    ("site_url", '"https://desk.test"', "a URL that ends in /"),
    ("site_url", '"desk.test/"', URL),
    ("site_url", '"https://desk.test/?a=/"', "a URL without ? and #"),
    ("feeds_url", '"https://desk.test/"', "a URL that ends in /feeds/"),
    ("feeds_url", '"https://desk.test/feeds"', "a URL that ends in /feeds/"),
    ("feeds_url", '"https://desk.test/#/feeds/"', "a URL without ? and #"),
    ("feeds_url", '"/feeds/"', URL),
    ("feeds_url", "true", "a URL that ends in /feeds/ in double quotes"),
    ("timezone", '"Baku"', '"Asia/Baku"'),
    ("timezone", '"Asia"', '"Asia/Baku"'),
    ("timezone", '""', '"Asia/Baku"'),
    ("timezone", '"../etc/passwd"', '"Asia/Baku"'),
    ("timezone", '"+04:00"', '"Asia/Baku"'),
    ("authority", '"desk.test"', '"desk.org,2026"'),
    ("authority", '"desk.test,26"', '"desk.org,2026"'),
    ("authority", '"desk.test,2026-13"', '"desk.org,2026"'),
    ("authority", '"desk.test,2026-02-30"', '"desk.org,2026"'),
    ("authority", '"https://desk.test/,2026"', '"desk.org,2026"'),
    ("authority", '"desk test,2026"', '"desk.org,2026"'),
    ("authority", '",2026"', '"desk.org,2026"'),
    ("authority", f'"{"a" * 196},2026"', '"desk.org,2026"'),
]
WRONG_OPTION = [
    ("description", "[]", "a text in double quotes"),
    ("language", '"English language"', 'a language tag such as "en"'),
    ("language", '"e"', 'a language tag such as "en"'),
    ("copyright", "2026", "a text in double quotes"),
    ("rights", '"search"', 'a list of "search", "ai-index", "ai-input" and "ai-train"'),
    ("rights", '["ai-all"]', '"search", "ai-index", "ai-input" or "ai-train"'),
    ("rights", "[1]", '"search", "ai-index", "ai-input" or "ai-train"'),
    ("logo", '"logo.png"', URL),
    ("icon", '"icon.png"', URL),
    ("logo_dark", '"night.png"', URL),
    ("search_url", '"https://desk.test/?q="', "a URL with {title} where the words go"),
    ("search_url", '"/?q={title}"', URL),
    ("accent", '"blue"', 'a colour such as "#0a5c8f"'),
    ("ttl", "0", "minutes, a whole number from 1 to 10080"),
    ("ttl", "10081", "minutes, a whole number from 1 to 10080"),
    ("ttl", '"15"', "minutes, a whole number from 1 to 10080"),
    ("ttl", "15.0", "minutes, a whole number from 1 to 10080"),
    ("sections", '"yes"', "true, false or a list"),
    ("sections", "1", "true, false or a list"),
    ("sections", '["tag"]', '"category", "language" or "author"'),
    ("ttl", "true", "minutes, a whole number from 1 to 10080"),
    ("undated", '"drop"', '"publish" or "hold"'),
    ("hubs", '"https://hub.test/"', "a list"),
    ("hubs", '["hub.test"]', URL),
    ("former_urls", '["/rss.xml"]', URL),
    ("former_urls", "[1]", "a text in double quotes"),
    ("front_matter_ignore", '"toc"', "a list"),
    ("front_matter_ignore", '["embargo"]', "none of this program's own"),
]
WRONG_FEED = [
    ("name", '"Quay"', "small letters, digits and hyphens"),
    ("name", '"quay-"', "small letters, digits and hyphens"),
    ("name", '"a/b"', "small letters, digits and hyphens"),
    ("name", '""', "small letters, digits and hyphens"),
    (
        "name",
        '"stories"',
        "none of atom, auth, feed, feeds, for-your-site, healthz, index, k, news-sitemap, rdf, "
        "rss, rss2, static, stories",
    ),
    ("name", '"k"', "none of atom, auth"),
    ("name", '"auth"', "none of atom, auth"),
    ("name", f'"{"a" * 65}"', "at most 64"),
    ("title", '""', "a text that is not empty"),
]
WRONG_FEED_OPTION = [
    ("limit", "0", "a whole number from 1 to 1000"),
    ("limit", "1001", "a whole number from 1 to 1000"),
    ("limit", "99999999999999999999", "a whole number from 1 to 1000"),
    ("limit", "true", "a whole number from 1 to 1000"),
    ("content", '"some"', '"full" or "summary"'),
    ("kinds", '"article"', "a list"),
    ("kinds", '["video"]', "expected"),
    ("archive", '"yes"', "true or false"),
    ("archive", "1", "true or false"),
    ("gone", "1", "true or false"),
    ("keyed", '"yes"', "true or false"),
    ("former_names", '"quay"', "a list"),
    ("former_names", '["Quay"]', "small letters, digits and hyphens"),
    ("categories", '"Quay"', "a list"),
    ("authors", "[1]", "a text in double quotes"),
    ("keywords", "{}", "a list"),
    ("keywords", r'["a\u0001b"]', "a text without control characters"),
    ("languages", '["english!"]', 'a language tag such as "en"'),
    ("exclude_categories", '"Quay"', "a list"),
    ("exclude_authors", "[1]", "a text in double quotes"),
    ("exclude_keywords", '["?"]', "a word"),
    ("exclude_paths", '[""]', "a path pattern"),
    ("access", '"members"', '"free", "paid" or "all"'),
    ("require", '["image"]', '"picture", "date", "text", "url", "rights" or "picture rights"'),
    ("takedown_days", "0", "days, a whole number from 1 to 366"),
    ("profile", '"google"', '"msn", "smartnews", "flipboard"'),
    ("min_text", "0", "characters, a whole number"),
    ("hours", "0", "a whole number from 1 to 8784"),
]
WRONG_PAGES = [
    ("path", '" "', "a path pattern"),
    ("path", "[]", "a path pattern"),
]
WRONG_PAGES_OPTION = [
    ("exclude", '"a"', "a list"),
    ("language", '"?"', 'a language tag such as "en"'),
    ("categories", "1", "a list"),
    ("access", '"members"', '"free" or "paid"'),
    ("rights", '"all"', '"syndicate" or "own-site"'),
    ("image_rights", '["own-site"]', '"syndicate" or "own-site"'),
    ("url", "1", "a text in double quotes"),
    ("furniture", '["*"]', "a line of a page"),
    *((key, '"a["', "a CSS selector; ") for key in ("drop", "title", "date", "byline", "body")),
    ("list", "1", "a CSS selector or a list of them"),
]

COMMAND = "a command and its arguments, as a list"
WRONG_OPERATING = [
    ("publish", "after", '"purge"', COMMAND),
    ("publish", "after", '[""]', COMMAND),
    ("publish", "on_problem", "[1]", "a text in double quotes"),
    ("publish", "on_problem", r'["a\u0000b"]', "a text without control characters"),
    ("serve", "metrics", "9100", '"127.0.0.1:9100"'),
    ("desk", "user_header", '"X Remote"', "RemoteUser"),
    ("desk", "user_header", '"X-Remote-User"', "without a hyphen"),
    ("desk", "peer", '"proxy.test"', "127.0.0.1"),
    ("capture", "sitemap", '"sitemap.xml"', "begins with https:// or http://"),
    ("capture", "sitemap", "1", "a URL or a list of them"),
    ("capture", "feeds", '"https://desk.test/rss"', "a list of URLs"),
    ("capture", "sections", '["economy"]', "begins with https:// or http://"),
    ("capture", "interval", "0", "minutes, a whole number from 1"),
    ("capture", "budget", '"all"', "requests, a whole number"),
    ("capture", "pause", "0", "seconds, a whole number from 1"),
    ("capture", "days", "0", "a whole number from 1"),
    ("capture", "contact", '"Ünal (desk)"', "an address of mail, or a URL"),
    ("desk", "pages", '"there"', "elsewhere"),
    ("serve", "metrics", '"localhost"', '"127.0.0.1:9100"'),
]


def with_value(text: str, key: str, value: str) -> str:
    lines = [
        f"{key} = {value}" if line.startswith(f"{key} =") else line for line in text.split("\n")
    ]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("written", "read"),
    [("", None), ("rights = []\n", ()), (f"rights = {json.dumps(USAGES)}\n", USAGES)],
)
def test_no_rights_at_all_are_another_thing_than_none_said(
    written: str, read: tuple[str, ...] | None
) -> None:
    site = load(LEAST + written)
    assert site.rights == read
    kept = msgspec.json.encode(site)
    assert msgspec.json.decode(kept, type=Site) == site
    assert (b"rights" in kept) == bool(written)


@pytest.mark.parametrize(
    ("text", "key", "value", "expected"),
    [
        *((with_value(LEAST, key, value), key, value, why) for key, value, why in WRONG_SITE),
        *((f"{LEAST}{key} = {value}\n", key, value, why) for key, value, why in WRONG_OPTION),
        *(
            (LEAST + with_value(FEED, key, value), key, value, why)
            for key, value, why in WRONG_FEED
        ),
        *(
            (f"{LEAST}{FEED}{key} = {value}\n", key, value, why)
            for key, value, why in WRONG_FEED_OPTION
        ),
        *(
            (LEAST + with_value(PAGES, key, value), key, value, why)
            for key, value, why in WRONG_PAGES
        ),
        *(
            (f"{LEAST}{PAGES}{key} = {value}\n", key, value, why)
            for key, value, why in WRONG_PAGES_OPTION
        ),
        *(
            (f"{LEAST}[{table}]\n{key} = {value}\n", key, value, why)
            for table, key, value, why in WRONG_OPERATING
        ),
    ],
)
def test_a_wrong_value_is_named_with_its_line_key_and_what_was_expected(
    text: str, key: str, value: str, expected: str
) -> None:
    line = next(
        number
        for number, content in reversed(list(enumerate(text.split("\n"), start=1)))
        if content == f"{key} = {value}"
    )
    found = problem(text)
    assert found.startswith(
        f"site.toml:{line}: {key}: {' '.join(value.split())}: expected ".rstrip()
    )
    assert expected in found


def test_every_key_has_a_wrong_value_above() -> None:
    tried = {"site": WRONG_SITE + WRONG_OPTION, "feeds": WRONG_FEED + WRONG_FEED_OPTION}
    tried["pages"] = WRONG_PAGES + WRONG_PAGES_OPTION
    assert {key for key, _, _ in tried["site"]} == {*Site.__struct_fields__} - {
        "feeds",
        "gone",
        "theme",
        "pages",
        "publish",
        "serve",
        "desk",
        "capture",
    }
    assert {key for key, _, _ in tried["feeds"]} == {*Feed.__struct_fields__} - {
        "description",
        "section",
    }
    assert {key for key, _, _ in tried["pages"]} == {*PageRule.__struct_fields__}
    operating = {key for _, key, _, _ in WRONG_OPERATING}
    tables = (Hooks, Serve, DeskTable, CaptureTable)
    assert operating == {name for table in tables for name in table.__struct_fields__}


def test_what_is_for_operators_is_in_no_document_and_in_one_table_each() -> None:
    site = load(
        f'{LEAST}[publish]\nafter = ["purge", ""]\n[serve]\nmetrics = "[::1]:9100"\n'
        '[desk]\npeer = "::1"\n'
    )
    assert site.publish == Hooks(after=("purge", ""))
    assert site.serve.metrics == "[::1]:9100"
    assert site.published == load(LEAST)
    assert problem(f"{LEAST}[[publish]]\n").startswith("site.toml:")


@pytest.mark.parametrize("key", ["title", "site_url", "feeds_url", "timezone", "authority"])
def test_a_key_that_is_lacking_is_named_with_the_table_and_what_is_expected(key: str) -> None:
    text = "\n".join(line for line in LEAST.split("\n") if not line.startswith(f"{key} ="))
    found = problem(text)
    assert found.startswith(f"site.toml:1: {key}: [site] lacks it; expected ")
    assert found.endswith(values.EXPECTED[key])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (LEAST + '\n[[feeds]]\nname = "quay"\n', "site.toml:8: title: [feeds] lacks it"),
        (LEAST + FEED + '\n[[feeds]]\ntitle = "B"\n', "site.toml:12: name: [feeds] lacks it"),
        (LEAST + '\n[[pages]]\nlanguage = "az"\n', "site.toml:8: path: [pages] lacks it"),
    ],
)
def test_a_key_that_a_later_table_lacks_is_named_with_that_table(text: str, found: str) -> None:
    assert problem(text).startswith(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (LEAST + 'descripton = "x"\n', "site.toml:7: descripton: unknown key; did you mean 'd"),
        (LEAST + FEED + "limits = 3\n", "site.toml:11: limits: unknown key; did you mean 'limit'?"),
        (LEAST + PAGES + 'lang = "az"\n', "site.toml:10: lang: unknown key; did you mean 'lan"),
        (
            LEAST + FEED + "colour = 3\n",
            "site.toml:11: colour: unknown key; known: access, archive, ",
        ),
        (LEAST + "\n[feed]\n", "site.toml:8: feed: unknown key; did you mean 'feeds'?"),
        (LEAST + "\n[[page]]\n", "site.toml:8: page: unknown key; did you mean 'pages'?"),
    ],
)
def test_an_unknown_key_is_named_with_the_known_one_nearest_to_it(text: str, found: str) -> None:
    assert problem(text).startswith(found)


def test_everything_that_is_wrong_is_named_at_once_in_the_order_of_the_file() -> None:
    text = """\
[site]
title = ""
site_url = "desk.test"
tags = []
timezone = "Mars/Olympus"

[[feeds]]
name = "Quay"
limit = 0

[[feeds]]
name = "b"
title = "B"
content = "some"
"""
    starts = [found.split(" ")[0:2] for found in problems(text)]
    assert starts == [
        ["site.toml:1:", "authority:"],
        ["site.toml:1:", "feeds_url:"],
        ["site.toml:2:", "title:"],
        ["site.toml:3:", "site_url:"],
        ["site.toml:4:", "tags:"],
        ["site.toml:5:", "timezone:"],
        ["site.toml:7:", "title:"],
        ["site.toml:8:", "name:"],
        ["site.toml:9:", "limit:"],
        ["site.toml:14:", "content:"],
    ]


def test_two_feeds_of_one_name_are_named_at_the_second() -> None:
    found = problem(LEAST + FEED + FEED)
    assert found == "site.toml:13: name: 'quay' names two feeds; rename one"


@pytest.mark.parametrize("text", ["", "title = 1", "[[feeds]]\n", "[sites]\n"])
def test_a_file_without_a_site_table_is_told_so(text: str) -> None:
    assert any("there is no [site] table" in found for found in problems(text))


@pytest.mark.parametrize("key", ["feeds", "pages"])
def test_single_brackets_where_a_list_is_meant_are_named(key: str) -> None:
    found = problem(f'{LEAST}\n[{key}]\nname = "quay"\n')
    assert found == f"site.toml:8: {key}: [{key}] is one table; write [[{key}]]"


@pytest.mark.parametrize(
    ("text", "line"),
    [(LEAST + "ttl = fifteen\n", 7), ("[site]\ntitle = Quay\n", 2), ("[site\n", 1)],
)
def test_text_that_is_no_toml_is_named_with_its_line(text: str, line: int) -> None:
    found = problem(text)
    assert found.startswith(f"site.toml:{line}: not TOML: ")
    assert "double quotes" in found


def test_toml_that_ends_too_early_is_refused() -> None:
    assert "not TOML" in problem('[site]\ntitle = """Quay')


def test_lines_are_counted_past_comments_other_tables_and_quoted_keys() -> None:
    text = f'# title = ""\n{LEAST}# ttl = 0\n"ttl" = 0 # minutes\n{FEED}limit = 5\n'
    assert problem(text).startswith("site.toml:9: ttl: 0: ")


def test_an_url_from_outside_stands_in_for_the_files() -> None:
    site = load(LEAST, "http://localhost:8000/feeds/")
    assert site.feeds_url == "http://localhost:8000/feeds/"
    assert site == load(LEAST.replace("https://desk.test/feeds/", "http://localhost:8000/feeds/"))


def test_an_url_from_outside_stands_in_for_one_that_is_lacking_or_wrong() -> None:
    lacking = LEAST.replace('feeds_url = "https://desk.test/feeds/"\n', "")
    wrong = LEAST.replace("https://desk.test/feeds/", "?")
    assert load(lacking, "https://desk.test/feeds/") == load(LEAST)
    assert load(wrong, "https://desk.test/feeds/") == load(LEAST)


@pytest.mark.parametrize("given", [None, ""])
def test_without_an_url_from_outside_the_files_is_used(given: str | None) -> None:
    assert load(LEAST, given).feeds_url == "https://desk.test/feeds/"


def test_an_url_from_outside_is_checked_like_the_files() -> None:
    assert '"localhost:8000": expected a URL' in problem(LEAST, "localhost:8000")


@pytest.mark.parametrize(
    "text",
    [
        f"{LEAST}ttl = 1\n",
        f"{LEAST}ttl = 10080\n",
        f"{LEAST}{FEED}limit = 1\n",
        f"{LEAST}{FEED}limit = 1000\n",
        LEAST + with_value(FEED, "name", f'"{"a" * 64}"'),
        LEAST + with_value(FEED, "name", '"7"'),
        with_value(LEAST, "authority", f'"{"a" * 195},2026"'),
        f'{LEAST}language = "sr-Latn-RS"\n',
    ],
)
def test_the_outermost_values_are_still_good(text: str) -> None:
    assert load(text).title == "Harbour Desk"


def test_empty_logo_and_icon_are_none() -> None:
    site = load(LEAST + 'logo = ""\nicon = ""\n')
    assert (site.logo, site.icon) == ("", "")


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("UTC", True),
        ("Asia/Baku", True),
        ("America/Argentina/Buenos_Aires", True),
        ("", False),
        ("Asia", False),
        ("Asia/", False),
        ("/etc/localtime", False),
        ("../zoneinfo/UTC", False),
        ("a\0b", False),
        ("zone.tab", False),
        ("x" * 5000, False),
    ],
)
def test_a_time_zone_is_a_name_that_this_machine_knows(name: str, known: bool) -> None:
    assert values.is_timezone(name) is known


@pytest.mark.parametrize(
    "extra",
    [
        f"{'a.' * 100_000}a = 1\n",
        f"[{'a.' * 100_000}a]\n",
        f"x = {'[' * 100_000}",
        f"x = {'{a = ' * 50_000}",
        f"x = {{{'a.' * 100_000}a = 1}}\n",
        f"ttl = {'1' * 5000}\n",
        f"limit = {'1' * 4000}\n",
        '[[feeds]]\nname = "!"\n' * 10_000,
        "".join(f"k{number} = 1\n" for number in range(20_000)),
        "# \n" * 200_000,
        'x = """' + '\n\\"""' * 40_000,
    ],
    ids=lambda extra: extra[:20],
)
def test_a_file_beyond_all_measure_is_refused_with_few_words(extra: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_site(LEAST + extra, "site.toml")
    assert 1 <= len(caught.value.problems) <= 100
    assert all(len(str(problem)) < 1000 for problem in caught.value.problems)


def test_dots_and_brackets_inside_texts_are_no_names_and_no_depth() -> None:
    title = "Quay." * 40 + "[" * 40 + "#" + "{" * 40
    text = LEAST.replace("[site]", "[site] # " + "[" * 40)
    for quoted in (f'"{title}"', f"'{title}'", f'"""{title}\n""{title}"""', f"'''{title}\n'''"):
        site = load_site(f"{text}description = {quoted}\n", "site.toml")
        assert site.description.startswith(title)


GUIDED = """
[[pages]]
path = "port/**"
furniture = ["Home  News", "Views: *", "* comments"]
drop = [".promo", "aside"]
title = "h1.headline"
date = ["time.published", ".meta > .date"]
byline = ".author"
body = "div.story"
list = "#latest"
"""


def test_a_rule_says_how_pages_are_read_with_one_selector_or_several() -> None:
    (rule,) = load(LEAST + GUIDED).pages
    assert rule.furniture == ("Home  News", "Views: *", "* comments")
    assert (rule.title, rule.date) == (("h1.headline",), ("time.published", ".meta > .date"))
    assert (rule.drop, rule.byline) == ((".promo", "aside"), (".author",))
    assert (rule.body, rule.list) == (("div.story",), ("#latest",))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('title = "h1["', "expected a CSS selector; Expected"),
        ('date = ["time", "p::before"]', "expected a CSS selector; it means a part"),
        ("body = 3", "expected a CSS selector or a list of them"),
        ("drop = []", "expected a CSS selector or a list of them"),
        ("list = [3]", "in double quotes"),
        ('furniture = ["*"]', "expected a line of a page"),
        ('furniture = ["*views*"]', "expected a line of a page"),
        ('furniture = ["— —"]', "expected a line of a page"),
        (f"drop = {['a'] * 21}", "expected 20 at most"),
    ],
)
def test_a_rule_that_can_not_be_read_is_named_with_its_line_its_value_and_what_was_expected(
    line: str, why: str
) -> None:
    key, _, value = line.partition(" = ")
    found = problem(f"{LEAST}{PAGES}{line}\n")
    where = LEAST.count("\n") + 4
    assert found.startswith(f"site.toml:{where}: {key}: {value[:5].replace(chr(39), chr(34))}")
    assert why in found
