"""Exports of WordPress and Ghost, made up: every status, type and visibility, hundreds of posts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any
from xml.sax.saxutils import escape

HOME = "https://tarn.test"
BEGUN = datetime(2024, 1, 1, 9, tzinfo=UTC)
HELD = "zwirbel"
"""Part of each word that nobody may see: of what is kept back, of passwords, mails, addresses."""
IP = "198.51.100.77"
NOT_PUBLIC = (
    "draft",
    "pending",
    "private",
    "future",
    "trash",
    "auto-draft",
    "inherit",
    "Publish",
    "",
)
TYPES = ("page", "attachment", "nav_menu_item", "wp_block", "product", "")
WXR_HEAD = """\
<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.9" created="2026-01-10 10:00" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Tarn Post</title><link>https://tarn.test</link><description>d</description>
<language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://tarn.test</wp:base_site_url><wp:base_blog_url>https://tarn.test</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ihald]]></wp:author_login>
<wp:author_email><![CDATA[ida@zwirbel.test]]></wp:author_email>
<wp:author_display_name><![CDATA[Ida Hald]]></wp:author_display_name></wp:author>
<wp:author><wp:author_id>2</wp:author_id><wp:author_login><![CDATA[bo@zwirbel.test]]></wp:author_login>
<wp:author_email><![CDATA[bo@zwirbel.test]]></wp:author_email>
<wp:author_display_name><![CDATA[bo@zwirbel.test]]></wp:author_display_name></wp:author>
"""
WXR_END = "</channel></rss>\n"


def cdata(text: str) -> str:
    """``text`` as WordPress writes it."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def meta(key: str, value: str) -> str:
    """A row of ``wp:postmeta``."""
    return (
        f"<wp:postmeta><wp:meta_key>{cdata(key)}</wp:meta_key>"
        f"<wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
    )


COMMENT = (
    "<wp:comment><wp:comment_id>1</wp:comment_id>"
    f"<wp:comment_author>{cdata(f'Troll {HELD}')}</wp:comment_author>"
    f"<wp:comment_author_email>troll@{HELD}.test</wp:comment_author_email>"
    f"<wp:comment_author_IP>{IP}</wp:comment_author_IP>"
    f"<wp:comment_content>{cdata(f'So {HELD} it is.')}</wp:comment_content></wp:comment>"
)


def wxr_item(
    number: int,
    content: str = "",
    *,
    title: str = "",
    kind: str = "post",
    status: str = "publish",
    password: str = "",
    excerpt: str = "",
    more: str = "",
    login: str = "ihald",
) -> str:
    """An item of a WordPress export."""
    moment = BEGUN + timedelta(hours=number)
    stamp, name = moment.strftime("%Y-%m-%d %H:%M:%S"), title or f"Weir number {number} is mended"
    is_known = status not in {"draft", "pending", "auto-draft"}
    return f"""\
<item><title>{cdata(name)}</title><link>{HOME}/weir-{number}/</link>
<pubDate>{moment.strftime("%a, %d %b %Y %H:%M:%S +0000")}</pubDate><dc:creator>{cdata(login)}</dc:creator>
<guid isPermaLink="false">{HOME}/?p={number}</guid><description></description>
<content:encoded>{cdata(content)}</content:encoded><excerpt:encoded>{cdata(excerpt)}</excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>{cdata(stamp)}</wp:post_date>
<wp:post_date_gmt>{cdata(stamp if is_known else "0000-00-00 00:00:00")}</wp:post_date_gmt>
<wp:post_modified_gmt>{cdata(stamp)}</wp:post_modified_gmt><wp:post_name>weir-{number}</wp:post_name>
<wp:status>{cdata(status) if status else ""}</wp:status><wp:post_parent>0</wp:post_parent>
<wp:post_type>{cdata(kind) if kind else ""}</wp:post_type><wp:post_password>{cdata(password)}</wp:post_password>
<wp:is_sticky>{number % 2}</wp:is_sticky>{more}</item>
"""  # noqa: E501


def wxr_file(number: int, name: str, *, alt: str = "", caption: str = "", parent: int = 0) -> str:
    """An attachment of a WordPress export."""
    made = wxr_item(number, title=name, kind="attachment", status="inherit", excerpt=caption)
    made = made.replace("<wp:post_parent>0<", f"<wp:post_parent>{parent}<")
    more = f"<wp:attachment_url>{cdata(f'{HOME}/files/{name}')}</wp:attachment_url>"
    return made.replace("</item>", more + meta("_wp_attachment_image_alt", alt) + "</item>")


def terms(**of_domains: str) -> str:
    """What a post is filed under: names by taxonomy."""
    return "".join(
        f'<category domain="{domain}" nicename="{escape(name.lower())}">{cdata(name)}</category>'
        for domain, names in of_domains.items()
        for name in names.split(",")
    )


def wxr(items: Iterable[str]) -> str:
    """A WordPress export of ``items``."""
    return "".join([WXR_HEAD, *items, WXR_END])


def wxr_posts(count: int, first: int = 1) -> Iterator[str]:
    """``count`` published posts, and for each something that is not public."""
    statuses, kinds = cycle(NOT_PUBLIC), cycle(TYPES)
    kept_back = f"Nobody may read this {HELD}."
    for number in range(first, first + count):
        text = f"The weir {number} was mended on Friday.\nShips pass.\n\nIt cost nothing at all."
        filed = terms(category="News", post_tag=f"Weirs,Lock {number % 7}")
        secret = meta("_notes", f"a {HELD} note")
        yield wxr_item(number, text, more=filed + secret + COMMENT)
        hidden = number + 100_000
        title = f"Held {HELD} {number}"
        match number % 3:
            case 0:
                yield wxr_item(hidden, kept_back, title=title, status=next(statuses), more=COMMENT)
            case 1:
                yield wxr_item(hidden, kept_back, title=title, password=f"pass{HELD}")
            case _:
                yield wxr_item(hidden, kept_back, title=title, kind=next(kinds), more=COMMENT)


GHOST_VISIBILITY = ("public", "members", "paid", "tiers", "filter", "")


def ghost_post(number: int, **more: Any) -> dict[str, Any]:
    """A post of a Ghost export."""
    moment = (BEGUN + timedelta(hours=number)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return {
        "id": f"{number:024x}",
        "uuid": f"00000000-0000-4000-8000-{number:012x}",
        "title": f"Ferry number {number} sails",
        "slug": f"ferry-{number}",
        "html": f'<p>Ferry {number} sails.</p><p><a href="__GHOST_URL__/map/">A map</a>.</p>',
        "mobiledoc": None,
        "lexical": f'{{"root":{{"children":[{{"text":"Ferry {HELD}"}}]}}}}',
        "plaintext": f"Ferry {HELD}",
        "feature_image": f"__GHOST_URL__/content/images/{number}.jpg",
        "type": "post",
        "status": "published",
        "visibility": "public",
        "created_at": moment,
        "updated_at": moment,
        "published_at": moment,
        "custom_excerpt": f"Ferry {number} in short.",
        "canonical_url": None,
        **more,
    }


def ghost(posts: list[dict[str, Any]], **tables: list[dict[str, Any]]) -> dict[str, Any]:
    """A Ghost export of ``posts``, of which each has two authors and three tags."""
    ids = [post["id"] for post in posts]
    data = {
        "posts": posts,
        "posts_meta": [],
        "users": [
            {"id": "u1", "name": "Una Berg", "email": f"una@{HELD}.test", "password": HELD},
            {"id": "u2", "name": "Vic Dahl", "email": f"vic@{HELD}.test", "password": HELD},
        ],
        "tags": [
            {"id": "t1", "name": "Ferries", "visibility": "public"},
            {"id": "t2", "name": "Fjord", "visibility": "public"},
            {"id": "t3", "name": f"#{HELD}", "visibility": "internal"},
        ],
        "posts_authors": [
            {"post_id": one, "author_id": user, "sort_order": order}
            for one in ids
            for user, order in (("u1", 1), ("u2", 0))
        ],
        "posts_tags": [
            {"post_id": one, "tag_id": tag, "sort_order": order}
            for one in ids
            for tag, order in (("t3", 0), ("t2", 2), ("t1", 1))
        ],
        "settings": [{"key": "stripe_secret_key", "value": HELD}, {"key": "lang", "value": "en"}],
        "members": [{"email": f"reader@{HELD}.test"}],
        **tables,
    }
    return {"db": [{"meta": {"version": "5.80.0"}, "data": data}]}


def ghost_posts(count: int) -> list[dict[str, Any]]:
    """``count`` posts of each visibility, and something that was not published for each."""
    found = []
    hidden = {"title": f"Held {HELD}", "html": f"<p>{HELD}</p>", "custom_excerpt": HELD}
    others: list[dict[str, Any]] = [
        {"status": "draft", "published_at": None},
        {"status": "scheduled"},
        {"status": "sent"},
        {"type": "page"},
        {"status": "Published"},
        {"status": None},
    ]
    for number in range(count):
        visibility = GHOST_VISIBILITY[number % len(GHOST_VISIBILITY)]
        closed = {"html": f"<p>For members: {HELD}</p>"} if visibility != "public" else {}
        found.append(ghost_post(number + 1, visibility=visibility, **closed))
        found.append(ghost_post(number + 100_000, **{**hidden, **others[number % len(others)]}))
    return found


def as_json(export: object) -> bytes:
    """``export`` as it is saved."""
    return json.dumps(export).encode()
