"""Whether partners may have a story, or its picture: stated, passed on, taken back."""

from __future__ import annotations

import pytest
from lxml import etree

from feeds.text.dates import rfc822, rfc3339
from tests.newsrooms import NOW, TestNewsroom, feeds
from tests.publish.test_partners import FOR_PARTNERS, GONE, HOUR, document, page, removed
from tests.publish.test_sections import titles

OWN = "Lamp of the harbour glows once more"
SHOWN = "Pier of the northern quay is open again"
OTHER = "Crane of the southern quay is sold abroad"
PICTURE = b"https://desk.test/8.jpg"


@pytest.fixture
def newsroom(newsroom: TestNewsroom) -> TestNewsroom:
    newsroom.configure(FOR_PARTNERS)
    return newsroom


def pictured(newsroom: TestNewsroom, name: str) -> bool:
    return PICTURE in document(newsroom, name)


def changed(newsroom: TestNewsroom, name: str) -> str:
    """When the feed says that the story with the picture changed, as the partner looks for it."""
    channel = etree.fromstring(document(newsroom, name))[0]
    (item,) = [one for one in channel.iterfind("item") if one.findtext("title") == SHOWN]
    told = "pubDate" if name == "smartnews" else "{http://purl.org/dc/terms/}modified"
    return item.findtext(told, "")


def stories(newsroom: TestNewsroom, **fields: str) -> None:
    newsroom.page("own.txt", page(7, OWN, **fields))
    newsroom.page("shown.txt", page(8, SHOWN))
    newsroom.publish()


@pytest.mark.parametrize(
    "fields",
    [
        {"rights": "own-site"},
        {"rights": "Own site"},
        {"rights": "no idea"},
        {"rights": "false"},
        {"syndication_rights": "no"},
        {"syndicate": "false"},
        {"no-syndication": "true"},
        {"params": "{norepublish: yes}"},
    ],
    ids=str,
)
def test_what_is_for_our_own_site_alone_is_no_partners_and_is_every_readers(
    newsroom: TestNewsroom, fields: dict[str, str]
) -> None:
    stories(newsroom, **fields)
    assert OWN in titles(newsroom, "latest")
    assert OWN in titles(newsroom, "for-feedly")
    for name in ("msn", "smartnews", "flipboard", "dzen"):
        assert titles(newsroom, f"for-{name}") == [SHOWN]
    shown = feeds(newsroom, "show", OWN).stdout
    assert "rights       for our own site alone: partners don't get it" in shown
    assert "not in       for-msn: it is for our own site alone" in shown


@pytest.mark.parametrize(
    "fields",
    [
        {"rights": "syndicate"},
        {"rights": "yes"},
        {"no_syndication": "false"},
        {"license": "CC BY 4.0"},
        {"licence": "All rights reserved"},
        {"copyright": "© 2026 Harbour Desk"},
        {},
    ],
    ids=str,
)
def test_what_partners_may_have_they_have(newsroom: TestNewsroom, fields: dict[str, str]) -> None:
    stories(newsroom, **fields)
    assert OWN in titles(newsroom, "for-msn")


def test_rights_that_nobody_can_read_are_told(newsroom: TestNewsroom) -> None:
    newsroom.page("own.txt", page(7, OWN, rights="CC BY 4.0"))
    done = feeds(newsroom, "publish")
    told = "own.txt:7: rights 'CC BY 4.0' is unknown, and taken for own-site: no partner gets it"
    assert told in done.stderr
    assert OWN in titles(newsroom, "latest")
    assert told in feeds(newsroom, "check").stdout


def test_rules_and_the_table_say_it_of_pages_that_do_not(newsroom: TestNewsroom) -> None:
    newsroom.configure(FOR_PARTNERS + '[[pages]]\npath = "*.txt"\nrights = "own-site"\n')
    newsroom.page("pages.csv", "path,rights\nshown.txt,syndicate\n")
    stories(newsroom)
    assert titles(newsroom, "for-msn") == [SHOWN]


def test_an_editors_correction_says_it(newsroom: TestNewsroom) -> None:
    stories(newsroom)
    done = feeds(newsroom, "correct", "--yes", OWN, "--rights", "own-site", now=NOW + HOUR)
    assert (done.returncode, done.stderr) == (0, "")
    assert titles(newsroom, "for-msn") == [SHOWN]
    assert len(removed(newsroom, "msn")) == 1
    feeds(newsroom, "correct", "--yes", OWN, "--rights", "", now=NOW + 2 * HOUR)
    assert OWN in titles(newsroom, "for-msn")


@pytest.mark.parametrize("name", ["msn", "smartnews", "flipboard"])
def test_what_a_partner_had_and_is_ours_alone_by_now_is_taken_back(
    newsroom: TestNewsroom, name: str
) -> None:
    newsroom.page("gone.txt", page(4, GONE))
    stories(newsroom)
    newsroom.page("gone.txt", page(4, GONE, rights="own-site"))
    newsroom.publish(NOW + HOUR)
    assert len(removed(newsroom, name)) == (name != "flipboard")
    assert GONE not in titles(newsroom, f"for-{name}")
    assert GONE in titles(newsroom, "latest")


@pytest.mark.parametrize(
    "fields",
    [
        {"image_rights": "own-site"},
        {"cover_rights": "own-site"},
        {"image": "{url: https://desk.test/8.jpg, rights: own-site}"},
    ],
    ids=str,
)
def test_a_picture_of_our_own_is_in_no_partners_feed_and_the_story_is(
    newsroom: TestNewsroom, fields: dict[str, str]
) -> None:
    newsroom.page("shown.txt", page(8, SHOWN, **fields))
    newsroom.publish()
    assert pictured(newsroom, "feedly")
    for name in ("msn", "smartnews", "flipboard"):
        assert titles(newsroom, f"for-{name}") == [SHOWN]
        assert not pictured(newsroom, name)
    assert titles(newsroom, "for-dzen") == []
    shown = feeds(newsroom, "show", SHOWN).stdout
    assert "not in       for-dzen: its picture is for our own site alone" in shown


def test_nor_is_it_in_the_text_that_a_partner_gets(newsroom: TestNewsroom) -> None:
    body = "".join(
        f"<p>Sentence {number} of what stands there, by and by.</p>" for number in range(9)
    )
    newsroom.page(
        "shown.html",
        "<html><head><title>Pier opens</title><link rel=canonical href=https://desk.test/8>"
        '<meta property="og:image" content="https://desk.test/8.jpg"></head>'
        f"<body><article><h1>{SHOWN}</h1><figure><img src=https://desk.test/8.jpg alt=Pier>"
        f"<figcaption>A pier</figcaption></figure>{body}</article></body></html>",
    )
    newsroom.page("pages.csv", f"path,image_rights,date\nshown.html,own-site,{NOW.date()}\n")
    newsroom.publish()
    assert titles(newsroom, "for-msn") == [SHOWN]
    assert pictured(newsroom, "feedly")
    assert not pictured(newsroom, "msn")
    assert b"A pier" not in document(newsroom, "msn")


def test_a_feed_without_a_profile_that_requires_rights_has_nothing_of_our_own_alone(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(
        FOR_PARTNERS + '[[feeds]]\nname = "others"\ntitle = "O"\nrequire = ["rights"]\n'
    )
    newsroom.page("own.txt", page(7, OWN, rights="own-site"))
    newsroom.page("shown.txt", page(8, SHOWN, rights="syndicate", image_rights="own-site"))
    newsroom.publish()
    assert titles(newsroom, "others") == [SHOWN]
    assert PICTURE not in newsroom.document("others").document.body
    assert PICTURE in newsroom.document().document.body


def test_a_keyed_feed_has_nothing_of_our_own_alone_unless_it_is_for_readers_programs(
    newsroom: TestNewsroom,
) -> None:
    keyed = '[[feeds]]\nname = "keyed"\ntitle = "K"\nkeyed = true\n'
    readers = '[[feeds]]\nname = "members"\ntitle = "M"\nkeyed = true\nprofile = "feedly"\n'
    newsroom.configure(FOR_PARTNERS + keyed + readers)
    for number in range(7, 17):
        newsroom.page(f"own{number}.txt", page(number, f"{OWN} {number}"))
    newsroom.page("shown.txt", page(20, SHOWN, image_rights="own-site"))
    newsroom.publish()
    assert len(titles(newsroom, "keyed")) == len(titles(newsroom, "members")) == 11
    assert b"/20.jpg" not in newsroom.document("keyed").document.body
    assert b"/20.jpg" in newsroom.document("members").document.body
    for number in range(7, 17):
        newsroom.page(f"own{number}.txt", page(number, f"{OWN} {number}", rights="own-site"))
    done = feeds(newsroom, "publish", now=NOW + HOUR)
    assert (done.returncode, done.stderr) == (0, "")
    assert titles(newsroom, "keyed") == [SHOWN]
    assert len(titles(newsroom, "members")) == 11
    newsroom.configure(FOR_PARTNERS + keyed + 'profile = "feedly"\n' + readers)
    newsroom.publish(NOW + 2 * HOUR)
    assert len(titles(newsroom, "keyed")) == 11


def test_a_feed_may_require_that_rights_are_stated(newsroom: TestNewsroom) -> None:
    newsroom.configure(
        FOR_PARTNERS.replace(
            'profile = "msn"', 'profile = "msn"\nrequire = ["rights", "picture rights"]'
        )
    )
    newsroom.page("one.txt", page(1, "Pier whose rights nobody states"))
    newsroom.page("two.txt", page(2, "Pier whose picture is anybody's", rights="syndicate"))
    newsroom.page(
        "three.txt",
        page(3, "Pier that all partners may have", rights="syndicate", image_rights="syndicate"),
    )
    newsroom.page("four.txt", page(4, "Pier without a picture at all", rights="yes", image=""))
    newsroom.publish()
    assert titles(newsroom, "for-msn") == [
        "Pier that all partners may have",
        "Pier without a picture at all",
    ]
    told = feeds(newsroom, "check", "--profile", "msn", now=NOW).stdout
    assert "'Pier whose rights nobody states': rights not stated" in told
    assert "'Pier whose picture is anybody's': picture's rights not stated" in told


@pytest.mark.parametrize(
    "markup",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "HEADLINE",'
        '"image": {"@type": "ImageObject", "url": "https://desk.test/8.jpg",'
        '"license": "https://desk.test/terms", "acquireLicensePage": "https://desk.test/buy",'
        '"creditText": "Nora Lind"}}</script>',
        '<figure itemscope itemtype="https://schema.org/ImageObject">'
        '<img itemprop=contentUrl src="https://desk.test/8.jpg">'
        '<a itemprop=license href="/terms">Terms</a><span itemprop=creditText>Nora Lind</span>'
        "</figure>",
        '<figure typeof="schema:ImageObject"><img src="https://desk.test/8.jpg">'
        '<a rel=license href="https://desk.test/terms">Terms</a>'
        "<span property=schema:creditText>Nora Lind</span></figure>",
    ],
    ids=["JSON-LD", "microdata", "RDFa"],
)
def test_whose_a_picture_is_and_its_licence_are_as_the_page_states_them(
    newsroom: TestNewsroom, markup: str
) -> None:
    body = "".join(
        f"<p>Sentence {number} of what stands there, by and by.</p>" for number in range(9)
    )
    newsroom.page(
        "shown.html",
        "<html><head><link rel=canonical href=https://desk.test/8>"
        '<meta property="og:image" content="https://desk.test/8.jpg">'
        f'<meta property="article:published_time" content="{NOW.isoformat()}"></head>'
        f"<body><article><h1>{SHOWN}</h1>{markup.replace('HEADLINE', SHOWN)}{body}</article>"
        "</body></html>",
    )
    newsroom.publish()
    (entry,) = newsroom.entries()
    assert entry.image
    assert (entry.image.credit, entry.image.licence) == ("Nora Lind", "https://desk.test/terms")
    assert entry.image.rights == ""
    content = etree.fromstring(document(newsroom, "msn"))[0].find(
        "item/{http://search.yahoo.com/mrss/}content"
    )
    assert content is not None
    media = {node.tag.rpartition("}")[2]: (node.text, node.get("url")) for node in content}
    assert media == {
        "credit": ("Nora Lind", None),
        "copyright": ("Nora Lind", "https://desk.test/terms"),
    }


def test_a_partner_hears_that_a_picture_is_ours_alone_by_now(newsroom: TestNewsroom) -> None:
    stories(newsroom)
    assert pictured(newsroom, "msn")
    before = changed(newsroom, "msn"), changed(newsroom, "smartnews")
    newsroom.page("shown.txt", page(8, SHOWN, image_rights="own-site"))
    newsroom.publish(NOW + HOUR)
    for name in ("msn", "smartnews"):
        assert not pictured(newsroom, name)
    assert before[0] == ""
    assert changed(newsroom, "msn") == rfc3339(NOW + HOUR)
    assert before[1] != changed(newsroom, "smartnews") == rfc822(NOW + HOUR)
    newsroom.page("other.txt", page(10, OTHER))
    newsroom.publish(NOW + 2 * HOUR)
    assert changed(newsroom, "msn") == rfc3339(NOW + HOUR)
    assert changed(newsroom, "feedly") == ""


def test_a_picture_that_is_ours_alone_takes_a_story_back_that_needs_one(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(
        FOR_PARTNERS.replace('profile = "msn"', 'profile = "msn"\nrequire = ["picture"]')
    )
    stories(newsroom)
    newsroom.page("shown.txt", page(8, SHOWN, image_rights="own-site"))
    newsroom.publish(NOW + HOUR)
    assert SHOWN not in titles(newsroom, "for-msn")
    assert [one["modified"] for one in removed(newsroom, "msn")] == [rfc3339(NOW + HOUR)]
    newsroom.page("shown.txt", page(8, SHOWN))
    newsroom.publish(NOW + 2 * HOUR)
    assert pictured(newsroom, "msn")
    assert changed(newsroom, "msn") == rfc3339(NOW + 2 * HOUR)
