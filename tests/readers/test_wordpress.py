"""WordPress exports, as WordPress writes them and as they come."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model.problem import Problem
from feeds.readers.feed import Imported, parse_feed
from feeds.readers.feed.exports import export_in
from feeds.readers.feed.wordpress.pieces import pieces, texts
from tests import exports
from tests.exports import HELD, HOME, NOT_PUBLIC, cdata, meta, terms, wxr, wxr_file, wxr_item

FILES = [
    wxr_file(901, "one.jpg", alt="A heron", caption="The heron at <em>noon</em>"),
    wxr_file(902, "two.png", caption="Only a caption"),
    wxr_file(903, "talk.mp3", parent=1),
]


def link(address: str) -> str:
    """A link in HTML, as it is shown."""
    return f'<a href="{address}">{address}</a>'


def taken(*items: str) -> list[Imported]:
    return parse_feed(wxr(items).encode(), HOME, "export.xml")[0]


def told(*items: str) -> list[Problem]:
    return parse_feed(wxr(items).encode(), HOME, "export.xml")[1]


def post(content: str, *more: str) -> Imported:
    (found,) = taken(wxr_item(1, content), *more)
    return found


def test_a_published_post_has_all_that_wordpress_says_of_it() -> None:
    filed = terms(post_tag="Weirs", category="News &amp; Views,Uncategorized", post_format="aside")
    (found,) = taken(
        wxr_item(
            1,
            "The weir opened.\nShips pass.\n\nAll are glad.",
            title="Weir &amp; lock",
            excerpt="In <b>short</b>.",
            more=filed + meta("_thumbnail_id", "901") + exports.COMMENT,
        ),
        *FILES,
    )
    assert found.guid == f"{HOME}/?p=1"
    assert (found.title, found.url) == ("Weir & lock", f"{HOME}/weir-1/")
    assert found.published == found.updated == datetime(2024, 1, 1, 10, tzinfo=UTC)
    assert (found.authors, found.language) == (("Ida Hald",), "en-GB")
    assert (found.categories, found.tags) == (("News & Views",), ("Weirs",))
    assert found.summary == "In short."
    assert found.content == "<p>The weir opened.<br>\nShips pass.</p>\n<p>All are glad.</p>"
    assert found.image
    assert (found.image.url, found.image.alt) == (f"{HOME}/files/one.jpg", "A heron")
    assert found.access == "free"


@pytest.mark.parametrize("status", NOT_PUBLIC)
def test_whatever_does_not_say_that_it_is_published_stays_out(status: str) -> None:
    assert taken(wxr_item(1, "Text.", status=status)) == []


@pytest.mark.parametrize("kind", exports.TYPES)
def test_what_is_no_post_stays_out(kind: str) -> None:
    assert taken(wxr_item(1, "Text.", kind=kind)) == []


def test_an_item_that_says_two_things_stays_out() -> None:
    again = "<wp:status>publish</wp:status>"
    assert taken(wxr_item(1, "Text.", status="draft", more=again)) == []
    assert taken(wxr_item(1, "Text.", more="<x><wp:post_password>p</wp:post_password></x>")) == []


@pytest.mark.parametrize("password", ["open sesame", " ", "\t", "\u00a0", "0", "&nbsp;"])
def test_a_password_of_any_kind_is_one(password: str) -> None:
    assert taken(wxr_item(1, "Text.", password=password)) == []
    element = "<wp:post_password>{}</wp:post_password>"
    plain = wxr_item(1, "Text.").replace(element.format(cdata("")), element.format(password))
    assert taken(plain) == []
    assert taken(plain.replace(password, f"<b>{password}</b>")) == []
    assert len(taken(plain.replace(f">{password}<", ">\n\t<"))) == 1, "an empty element, indented"


def test_an_item_without_an_end_ends_where_the_next_one_begins() -> None:
    first, second = wxr_item(1, "One."), wxr_item(2, "Two.", status="draft")
    found = taken(first.replace("</item>", ""), second, wxr_item(3, "Three."))
    assert [item.guid for item in found] == [f"{HOME}/?p=3"]


def test_an_item_in_the_text_of_an_item_is_none() -> None:
    inner = wxr_item(9, "Inner.").replace("<![CDATA[", "").replace("]]>", "")
    assert len(taken(wxr_item(1, f"<pre>{inner}</pre>"))) == 1


@pytest.mark.parametrize("prefix", ["wp", "w", "export"])
@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3", "2.0"])
@pytest.mark.parametrize("root", ["rss", "export", "rdf"])
def test_an_export_is_told_by_its_namespace(prefix: str, version: str, root: str) -> None:
    text = wxr([wxr_item(1, "One."), wxr_item(2, "Two.", status="draft")])
    text = re.sub(r"(</?|xmlns:)wp:", rf"\1{prefix}:", text).replace(
        "xmlns:wp=", f"xmlns:{prefix}="
    )
    text = (
        text.replace("/1.2/", f"/{version}/")
        .replace("<rss", f"<{root}")
        .replace("</rss", f"</{root}")
    )
    assert [item.guid for item in parse_feed(text.encode(), HOME, "x")[0]] == [f"{HOME}/?p=1"]


@pytest.mark.parametrize(
    "words",
    [
        '<rss xmlns:wp="http://wordpress.org/export/1.2/">',
        "<wp:status>draft</wp:status>",
        "An <item> is a <wp:post_type>post</wp:post_type>.",
    ],
)
@pytest.mark.parametrize("write", [cdata, escape])
def test_a_feed_with_a_story_about_exports_is_a_feed(
    words: str, write: Callable[[str], str]
) -> None:
    feed = (
        '<rss version="2.0"><channel><title>Tarn</title><!-- no <wp:wxr_version> --><item>'
        f"<title>How exports look</title><guid>7</guid><description>{write(words)}</description>"
        "</item></channel></rss>"
    )
    assert [item.guid for item in parse_feed(feed.encode(), HOME, "x")[0]] == ["7"]


@pytest.mark.parametrize("broken", ["<![CDATA[", "<!--"])
def test_what_has_no_end_hides_no_mark_of_an_export(broken: str) -> None:
    text = wxr([wxr_item(1, "One.", status="draft")])
    text = re.sub(r'xmlns:wp="[^"]*"', "", text).replace("<rss", f"{broken}<rss")
    text = text.replace("]]>", "").replace("-->", "")
    assert export_in(io.BytesIO(text.encode()), "x")


def test_namespaces_that_are_declared_twice_are_no_harm() -> None:
    text = wxr([wxr_item(1, "One."), wxr_item(2, "Two.", status="draft")])
    text = text.replace(
        "<channel>", '<channel xmlns:wp="http://a.test/" xmlns:dc="http://b.test/">'
    )
    assert [item.guid for item in parse_feed(text.encode(), HOME, "x")[0]] == [f"{HOME}/?p=1"]


def test_a_prefix_that_nobody_declared_is_wordpresss_too() -> None:
    text = wxr([wxr_item(1, "One."), wxr_item(2, "Two.", status="draft")])
    text = re.sub(r'xmlns:wp="[^"]*"', "", text)
    assert [item.guid for item in parse_feed(text.encode(), HOME, "x")[0]] == [f"{HOME}/?p=1"]


def test_what_is_left_out_is_counted_by_kind_and_not_told() -> None:
    (left_out, *others) = told(*exports.wxr_posts(60))
    assert not others
    assert left_out.weight == "wait"
    assert left_out.what == (
        "left out: 3 drafts, 3 posts pending review, 2 private posts, 2 scheduled posts, 20 "
        "with a password, 2 posts in the trash, 2 drafts of the editor's, 2 posts without a "
        "status, 4 pages, 4 attachments, 3 items without a type, 100 comments, 2 of status "
        "Publish, 2 of status inherit, 3 of type nav_menu_item, 3 of type product, 3 of type "
        "wp_block"
    )


def test_several_authors_are_those_of_co_authors_plus() -> None:
    guest = wxr_item(70, kind="guest-author", title="Ola Norström").replace(
        "<wp:post_name>weir-70<", "<wp:post_name>cap-ola<"
    )
    several = (
        '<category domain="author" nicename="cap-ola"><![CDATA[ola]]></category>'
        '<category domain="author" nicename="cap-ihald"><![CDATA[ihald]]></category>'
    )
    for items in (
        [guest, wxr_item(1, "T.", more=several)],
        [wxr_item(1, "T.", more=several), guest],
    ):
        assert taken(*items)[0].authors == ("Ola Norström", "Ida Hald")


def test_a_sticky_post_is_one_like_any_other() -> None:
    for sticky in "01":
        item = re.sub(r"(<wp:is_sticky>).", rf"\g<1>{sticky}", wxr_item(1, "Text."))
        assert [one.guid for one in taken(item)] == [f"{HOME}/?p=1"]


def test_a_mail_address_is_no_name() -> None:
    (found,) = taken(wxr_item(1, "Text.", login=f"bo@{HELD}.test"))
    assert found.authors == ()
    alone = f'<category domain="author" nicename="cap-bo"><![CDATA[bo@{HELD}.test]]></category>'
    (found,) = taken(wxr_item(1, "Text.", more=alone))
    assert found.authors == ("Ida Hald",)
    (found,) = taken(wxr_item(1, "Text.", login="gone"))
    assert found.authors == ("gone",)


@pytest.mark.parametrize("order", [1, -1])
def test_attachments_count_before_and_behind_the_post(order: int) -> None:
    items = [wxr_item(1, '[gallery ids="901,902"]', more=meta("_thumbnail_id", "902")), *FILES]
    (found,) = taken(*items[::order])
    assert found.image
    assert (found.image.url, found.image.alt) == (f"{HOME}/files/two.png", "Only a caption")
    assert f'<img src="{HOME}/files/one.jpg" alt="A heron">' in found.content
    assert "<figcaption>The heron at <em>noon</em></figcaption>" in found.content


def test_a_clock_in_no_zone_is_in_the_sites_own() -> None:
    text = wxr([wxr_item(1, "T.")]).replace(
        "2024-01-01 10:00:00]]></wp:post_date_gmt>", "0000-00-00 00:00:00]]></wp:post_date_gmt>"
    )
    export = export_in(io.BytesIO(text.encode()), "x", HOME, ZoneInfo("Asia/Baku"))
    assert export
    assert [item.published for item in export.items()] == [datetime(2024, 1, 1, 6, tzinfo=UTC)]
    text = re.sub(r"<wp:post_date>.*?</wp:post_date>", "", text)
    (found,), _ = parse_feed(text.encode(), HOME, "x")
    assert found.published == datetime(2024, 1, 1, 10, tzinfo=UTC), "pubDate"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("One\nTwo\n\nThree", "<p>One<br>\nTwo</p>\n<p>Three</p>"),
        ("One<br />\nTwo", "<p>One<br>\nTwo</p>"),
        ("<h3>Head</h3>\nText", "<h3>Head</h3>\n<p>Text</p>"),
        ("T\n<ul>\n<li>a</li>\n</ul>\nE", "<p>T</p>\n<ul>\n<li>a</li>\n</ul>\n<p>E</p>"),
        ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"),
        (
            "<blockquote>One\n\nTwo</blockquote>",
            "<blockquote>\n<p>One</p>\n<p>Two</p>\n</blockquote>",
        ),
        ("<p>One</p>\n\n<p>Two\nlines</p>", "<p>One</p>\n<p>Two<br>\nlines</p>"),
        ("Before<!--more-->After", "<p>Before</p>\n<p>After</p>"),
        ("Before\n<!--nextpage-->\nAfter", "<p>Before</p>\n<p>After</p>"),
        ("He said [sic] on [Friday] and [1].", "<p>He said [sic] on [Friday] and [1].</p>"),
        ("See [see https://a.test/?a=b&c=d].", "<p>See [see https://a.test/?a=b&amp;c=d].</p>"),
        ("One\n\n<p>&nbsp;</p>\n\nTwo", "<p>One</p><p>Two</p>"),
        ("<p>[gallery ids=4]</p>\nEnd", "<p>End</p>"),
        ("[Name]\n\nx[i] = [a = b]", "<p>[Name]</p>\n<p>x[i] = [a = b]</p>"),
        ("Write [[gallery]] for one.", "<p>Write [gallery] for one.</p>"),
        ("[[caption]a[/caption]]", "<p>[caption]a[/caption]</p>"),
        ("<code>[gallery ids=\"1\"]</code>", "<p><code>[gallery ids=\"1\"]</code></p>"),
        (
            "So:\n\n[code lang='py']\nif a &lt; b:\n\n    b = a[0]\n[/code]\n\nEnd",
            "<p>So:</p>\n<pre>if a &lt; b:\n\n    b = a[0]</pre>\n<p>End</p>",
        ),
        ("[sourcecode]<b>\n[gallery][/sourcecode]", "<pre>&lt;b&gt;\n[gallery]</pre>"),
        ("<div>One</div><div>Two</div><h1>H</h1>", "<p>One</p><p>Two</p><h2>H</h2>"),
        ("<p>One</p><p><!-- for us --></p><p>Two</p>", "<p>One</p><p>Two</p>"),
        ("[youtube https://f.test/3]", f"<p>{link('https://f.test/3')}</p>"),
        ("[tweet=https://f.test/4]", f"<p>{link('https://f.test/4')}</p>"),
        ("T\n\n[vimeo 12]", "<p>T</p>"),
        ("A [dropcap]T[/dropcap]ext.", "<p>A Text.</p>"),
        ("Text\n\n[members]eel[/members]\n\nEnd", "<p>Text</p>\n<p>End</p>"),
        ("T [ihc-hide-content]eel[/ihc-hide-content]", "<p>T</p>"),
        ('T [box role="x"]a [box role="y"]b[/box] c[/box]', "<p>T</p>"),
        ("T [armif x]eel[/armif][comment]eel[/comment][todo]eel[/todo]", "<p>T</p>"),
        ("Text [ad_unit id=3] end", "<p>Text  end</p>"),
        ("Text\n\n[toc]\n\nEnd", "<p>Text</p>\n<p>End</p>"),
        (
            "See\n\nhttps://f.test/w?v=1&amp;t=2\n\nend",
            f"<p>See</p>\n<p>{link('https://f.test/w?v=1&amp;t=2')}</p>\n<p>end</p>",
        ),
        ("[embed width=3]https://f.test/2[/embed]", f"<p>{link('https://f.test/2')}</p>"),
        (
            '[caption id="a"]<a href="/b"><img src="/a.jpg" alt="x"></a> So <b>it</b> is[/caption]',
            f'<figure><a href="{HOME}/b"><img src="{HOME}/a.jpg" alt="x"></a>'
            "<figcaption>So <b>it</b> is</figcaption></figure>",
        ),
        (
            '[caption caption="Old way"]<img src="/a.jpg">[/caption]',
            f'<figure><img src="{HOME}/a.jpg"><figcaption>Old way</figcaption></figure>',
        ),
    ],
)  # fmt: skip
def test_a_classic_post_is_html_as_wordpress_showed_it(written: str, shown: str) -> None:
    assert post(written).content == shown


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ('[audio src="https://tarn.test/a.mp3"]', "https://tarn.test/a.mp3"),
        ("[audio mp3='https://tarn.test/a.mp3'][/audio]", "https://tarn.test/a.mp3"),
        ("[video mp4=https://tarn.test/v.mp4 width=3][/video]", "https://tarn.test/v.mp4"),
        ("[audio]", f"{HOME}/files/talk.mp3"),
        ('[playlist ids="903"]', f"{HOME}/files/talk.mp3"),
        ('<audio controls src="/a.mp3"></audio>', f"{HOME}/a.mp3"),
        ('<video><source src="/v.webm" type="video/webm"></video>', f"{HOME}/v.webm"),
    ],
)
def test_sound_and_films_are_links_and_enclosed(written: str, address: str) -> None:
    found = post(f"Text.\n\n{written}\n\nEnd.", *FILES)
    assert [one.url for one in found.enclosures] == [address]
    assert f'<a href="{address}">' in found.content


def test_the_notes_below_a_post_are_part_of_it() -> None:
    notes = meta("footnotes", '[{"content":"A <em>note</em>.","id":"a-1"},{"content":"B"}]')
    text = "<!-- wp:paragraph --><p>Text.</p><!-- /wp:paragraph --><!-- wp:footnotes /-->"
    (found,) = taken(wxr_item(1, text, more=notes))
    assert found.content == "<p>Text.</p>\n<ol><li>A <em>note</em>.</li><li>B</li></ol>"
    for broken in ("", meta("footnotes", "[1"), meta("footnotes", '{"a":1}')):
        assert taken(wxr_item(1, text, more=broken))[0].left_out == ("wp:footnotes",)


def test_a_featured_picture_that_is_not_in_the_file_is_named() -> None:
    (found,) = taken(wxr_item(1, "Text.", more=meta("_thumbnail_id", "77")))
    assert found.left_out == ("its featured picture, which is not in this file",)
    (found,) = taken(wxr_item(1, "Text.", more=meta("_thumbnail_id", "0")))
    assert found.left_out == ()


def test_a_post_with_thousands_of_comments_is_taken() -> None:
    (found,) = taken(wxr_item(1, "Text.", more=exports.COMMENT * 20_000))
    assert found.content == "<p>Text.</p>"


def test_what_wordpress_noted_as_enclosure_is_one() -> None:
    noted = meta("enclosure", f"{HOME}/e.mp3\n4711\naudio/mpeg\na:1:{{}}")
    (found,) = taken(wxr_item(1, "Text.", more=noted))
    assert [(one.url, one.length, one.type) for one in found.enclosures] == [
        (f"{HOME}/e.mp3", 4711, "audio/mpeg")
    ]


BLOCKS = """\
<!-- wp:paragraph {"dropCap":true} -->
<p class="x">One.</p>
<!-- /wp:paragraph -->

<!-- wp:group --><div class="wp-block-group"><!-- wp:heading -->
<h2>Head</h2>
<!-- /wp:heading --></div><!-- /wp:group -->

Loose words
go on.

<!-- wp:embed {"url":"https://films.test/1"} -->
<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://films.test/1
</div></figure>
<!-- /wp:embed -->
<!-- wp:more --><!--more--><!-- /wp:more -->
<!-- wp:latest-posts {"postsToShow":3} /-->
<!-- wp:premium-content/subscriber-view --><p>Eels.</p>
<!-- wp:premium-content/subscriber-view --><p>Pike.</p><!-- /wp:premium-content/subscriber-view -->
<p>Perch.</p><!-- /wp:premium-content/subscriber-view -->
<!-- wp:shortcode -->
[contact-form-7 id="1"]
<!-- /wp:shortcode -->
"""


def test_blocks_leave_their_html_and_nothing_else() -> None:
    found = post(BLOCKS)
    assert (
        found.content.split()
        == (
            "<p>One.</p><h2>Head</h2><p>Loose words<br> go on.</p> "
            '<figure><p> <a href="https://films.test/1">https://films.test/1</a> </p></figure>'
        ).split()
    )
    assert found.left_out == (
        "wp:latest-posts", "hidden wp:premium-content/subscriber-view", "[contact-form-7]",
    )  # fmt: skip


@pytest.mark.parametrize(
    "more",
    [
        meta("_jetpack_newsletter_access", "subscribers"),
        meta("_members_access_role", 'a:1:{i:0;s:6:"member";}'),
        meta("rcp_subscription_level", "2"),
        meta("_members_access_role", "member") + meta("_members_access_role", ""),
        meta("_is_paid", "1"),
        meta("groups-groups_read_post", "12"),
        meta("patreon-level", "5"),
        meta("memberful_available_to_any_registered_user", "1"),
        meta("_wpmem_block", "1"),
        meta("pms-content-restrict-user-status", "loggedin"),
        meta("um_content_restriction", 'a:2:{s:26:"_um_custom_access_settings";b:1;'
             's:14:"_um_accessible";s:1:"2";}'),
        meta("_issuem_leaky_paywall_visibility", 'a:1:{s:15:"visibility_type";s:4:"only";}'),
        meta("passster_activate_protection", "on"),
        meta("newspack_paywall", "yes"),
    ],
)  # fmt: skip
def test_a_post_for_members_is_paid_and_shows_its_excerpt_alone(more: str) -> None:
    (found,) = taken(wxr_item(1, "Eels.", excerpt="In short.", more=more))
    assert (found.access, found.content, found.summary) == ("paid", "", "In short.")
    (found,) = taken(wxr_item(1, "Eels.", more=more))
    assert (found.content, found.summary) == ("", "")
    (found,) = taken(wxr_item(1, "A\n<!-- wp:jetpack/paywall /-->\nEels."))
    assert (found.access, found.content, found.summary) == ("paid", "", "")


@pytest.mark.parametrize(
    "more",
    [
        meta("_jetpack_newsletter_access", "everybody"),
        meta("_members_access_error", "For members."),
        meta("rcp_user_level", "All") + meta("rcp_access_level", "None"),
        meta("patreon-level", "0"),
        meta("pms-content-restrict-type", "default"),
        meta("_wc_memberships_force_public", "yes"),
        meta("um_content_restriction", 'a:1:{s:14:"_um_accessible";s:1:"0";}'),
        meta("_issuem_leaky_paywall_visibility", 'a:1:{s:15:"visibility_type";s:7:"default";}'),
        meta("_jetpack_dont_email_post_to_subs", "1"),
    ],
)
def test_what_plugins_note_of_each_post_makes_none_paid(more: str) -> None:
    (found,) = taken(wxr_item(1, "Carp.", more=more))
    assert (found.access, found.content) == ("free", "<p>Carp.</p>")


def test_how_many_texts_are_for_members_is_told() -> None:
    closed = meta("_is_paid", "1")
    items = [wxr_item(number, "Eels.", more=closed) for number in (1, 2)]
    assert [one.what for one in told(*items)] == ["left out: 2 texts for members alone"]


@pytest.mark.parametrize(
    "told",
    [
        {"metadata": {"blockVisibility": False}},
        {"blockVisibility": {"hideBlock": True}},
        {"blockVisibility": {"controlSets": [{"id": 1, "controls": {"userRole": {}}}]}},
        {"blockVisibility": "x"},
        {"userRoles": ["editor"]},
        {"restrictTo": "members"},
    ],
)
@pytest.mark.parametrize("name", ["paragraph", "group"])
def test_a_block_that_is_hidden_goes_with_its_inside(name: str, told: object) -> None:
    inner = "<!-- wp:group --><p>Eels.</p><!-- /wp:group --><p>Pike.</p>"
    block = f"<!-- wp:{name} {json.dumps(told)} -->{inner}<!-- /wp:{name} -->"
    found = post(f"<!-- wp:paragraph --><p>A.</p><!-- /wp:paragraph -->{block}<p>B.</p>")
    assert found.content.split() == ["<p>A.</p>", "<p>B.</p>"]
    assert found.left_out == (f"hidden wp:{name}",)


@pytest.mark.parametrize(
    "told",
    [
        {"metadata": {"blockVisibility": True}},
        {"blockVisibility": {}},
        {"blockVisibility": {"controlSets": []}},
        {"metadata": {"blockVisibility": {"viewport": {"mobile": False}}}},
        {"userRoles": [], "restrictTo": "all", "align": "full"},
    ],
)
def test_a_block_that_everybody_may_see_stays(told: object) -> None:
    found = post(f"<!-- wp:group {json.dumps(told)} --><p>A.</p><!-- /wp:group -->")
    assert found.content == "<p>A.</p>"


def test_what_is_not_well_formed_is_read_and_named_with_its_line() -> None:
    text = wxr([wxr_item(1, "One."), wxr_item(2, "Two.", title="x")])
    text = text.replace(cdata("x"), "A &nbsp; B & C \x03").replace("One.", "One.\x01")
    found, problems = parse_feed(text.encode(), HOME, "export.xml")
    assert [item.title for item in found] == ["Weir number 1 is mended", "A B & C"]
    lines = text.splitlines()
    for problem in problems:
        assert problem.code == "feed-broken"
        assert (
            "&nbsp;" in lines[problem.line - 1]
            or "\x01" in lines[problem.line - 1]
            or "\x03" in lines[problem.line - 1]
        )
    assert len(problems) == 3


def test_a_file_that_was_cut_off_has_what_is_whole() -> None:
    text = wxr([wxr_item(1, "One."), wxr_item(2, "Two.")])
    found, problems = parse_feed(text[: text.index("Two.")].encode(), HOME, "export.xml")
    assert [item.guid for item in found] == [f"{HOME}/?p=1"]
    assert any("has no end" in problem.what for problem in problems)


def test_entities_do_not_grow_and_lead_nowhere() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = wxr([wxr_item(1, "One.", title="x")]).replace("<rss", f"{bomb}<rss", 1)
    text = text.replace(cdata("x"), "T &b; &f;")
    (found,), _ = parse_feed(text.encode(), HOME, "export.xml")
    assert found.title == "T &b; &f;"


def test_an_item_longer_than_any_post_is_passed_over() -> None:
    text = wxr([wxr_item(1, "x" * 17_000_000), wxr_item(2, "Two.")])
    found, problems = parse_feed(text.encode(), HOME, "export.xml")
    assert [item.guid for item in found] == [f"{HOME}/?p=2"]
    assert any("is too long" in one.what and one.weight == "loss" for one in problems)


@given(st.lists(st.integers(1, 4000), min_size=1, max_size=30), st.data())
def test_an_export_comes_to_the_same_however_it_is_read(
    sizes: list[int], data: st.DataObject
) -> None:
    text = wxr([wxr_item(1, "One <item> in <!-- a <item> -->."), wxr_item(2, "Two.")])
    text = data.draw(st.sampled_from([text, text.replace("</item>", "", 1), text[:-400]]))
    chunks, place, number = [], 0, 0
    while place < len(text):
        size = sizes[number % len(sizes)]
        chunks.append(text[place : place + size])
        place, number = place + size, number + 1
    whole = list(pieces([text]))
    assert list(pieces(chunks)) == whole
    assert "".join(piece.text for piece in whole) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_export_is_read_in_any_encoding(encoding: str) -> None:
    text = wxr([wxr_item(1, "Übung in Straße.\r\nNext.")])
    if encoding == "cp1252":
        text = text.replace('encoding="UTF-8"', 'encoding="windows-1252"')
    data = text.encode(encoding)
    assert "".join(texts(io.BytesIO(data))).lstrip("\ufeff") == text.replace("\r\n", "\n")
    (found,), _ = parse_feed(data, HOME, "export.xml")
    assert found.content == "<p>Übung in Straße.<br>\nNext.</p>"


@given(st.text(alphabet="[]/gal=\" \n<>pmembers_'", max_size=200))
def test_no_text_in_brackets_is_too_odd(text: str) -> None:
    assert len(taken(wxr_item(1, text))) == 1
