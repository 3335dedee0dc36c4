"""What is kept of a page that was captured before: another reading, and no other bytes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feeds.capture.versions import has_new_lines, is_new
from feeds.model.errors import PageError
from feeds.readers.warc import Capture
from tests.captures import SITE, Article, article_page, captured, list_page

MOMENT = datetime(2026, 12, 1, 9, 35, tzinfo=UTC)
TEXT = (
    "The harbour bell rang twice on Monday, for the first time in nine years, said the office.",
    "Nobody at the office could say who had paid for it, or where the bell had hung since then.",
    "The pilot, who had heard it first, had thought of a ferry in the fog and turned about.",
)
BELL = Article(
    "/economy/bell", "Harbour bell rings again after nine years", TEXT, "2026-12-01T08:00:00+04:00"
)
LATER = "<aside><h2>Read also</h2><a href='/b'>{}</a> <time>1 December 2026</time></aside>"
CHANGED = '<meta property="article:modified_time" content="2026-12-01T09:00:00Z">'
PICTURE = '<meta property="og:image" content="https://desk.test/bell.jpg">'
PAID = '<meta name="article:content_tier" content="locked">'
BYLINE = '<p class="byline">By <a rel="author">Nora Lind</a></p>'
COMMENTS = "<section class='comments'><h2>Comments</h2><p>Nice bell.</p></section>"
BELLS = "<div class='ad'><a href='https://shop.test/?id=7'>Buy bells</a></div>"

SAME = {
    "a counter": ("<footer>", "<div class='views'>1,024 views</div><footer>"),
    "a token": ("<footer>", "<form><input type=hidden name=csrf value='a1'></form><footer>"),
    "a list beside it": ("<footer>", LATER.format("Ferry runs at night again") + "<footer>"),
    "comments": ("<footer>", COMMENTS + "<footer>"),
    "an advertisement": ("<footer>", BELLS + "<footer>"),
    "a script": ("</head>", "<script nonce='b2'>var now = 1</script></head>"),
    "another moment of change": ("</head>", CHANGED + "</head>"),
    "a signed picture": ("</article>", "</article><img src='/ad.png?sig=12' alt=''>"),
    "other markup": ("<main>", "<main id='m'>"),
}
OTHER = {
    "headline": ("Harbour bell rings again after", "Harbour bell rings twice again after"),
    "text": ("turned about", "turned back"),
    "date": ("2026-12-01T08:00:00+04:00", "2026-11-30T08:00:00+04:00"),
    "author": ("<time", BYLINE + "<time"),
    "picture": ("</head>", PICTURE + "</head>"),
    "link": ("the office.", 'the <a href="https://desk.test/office">office</a>.'),
    "paid": ("</head>", PAID + "</head>"),
}


def of(article: Article, *swaps: tuple[str, str]) -> Capture:
    markup = article_page(article)
    for before, after in swaps:
        assert before in markup
        markup = markup.replace(before, after)
    return captured(article.address, MOMENT, markup)


@pytest.mark.parametrize("what", SAME)
def test_what_changes_with_each_visit_makes_no_version(what: str) -> None:
    assert not is_new(of(BELL), of(BELL, SAME[what]))


@pytest.mark.parametrize("what", OTHER)
def test_what_readers_would_be_told_makes_one(what: str) -> None:
    assert is_new(of(BELL), of(BELL, OTHER[what]))


def test_the_first_is_new_and_the_same_is_not() -> None:
    assert is_new(None, of(BELL))
    assert not is_new(of(BELL), of(BELL))


def test_a_form_to_log_in_is_no_version_of_an_article() -> None:
    form = captured(BELL.address, MOMENT, "<h1>Log in</h1><form><input name=user></form>")
    assert not is_new(of(BELL), form)


def test_what_is_no_page_is_refused() -> None:
    with pytest.raises(PageError):
        is_new(of(BELL), captured(BELL.address, MOMENT, "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"))


FERRY = Article("/ferry", "Ferry to the islands stops for two weeks", TEXT, day="2026-11-30")
LISTED = BELL._replace(day="2026-12-01")


def listed(*articles: Article) -> Capture:
    return captured(f"{SITE}/", MOMENT, list_page(list(articles)), is_list=True)


@pytest.mark.parametrize(
    ("before", "after", "is_more"),
    [
        ((LISTED, FERRY), (LISTED, FERRY), False),
        ((LISTED, FERRY), (FERRY, LISTED), False),
        ((FERRY,), (LISTED, FERRY), True),
        ((LISTED, FERRY), (LISTED,), False),
        ((LISTED, FERRY), (LISTED._replace(day="2026-11-30"), FERRY), True),
        ((LISTED, FERRY), (LISTED._replace(path="/bell"), FERRY), True),
        ((LISTED, FERRY), (LISTED._replace(title="Harbour bell rings after ten"), FERRY), True),
        ((LISTED, FERRY), (LISTED._replace(title=BELL.title.upper()), FERRY), False),
        ((LISTED, FERRY), (LISTED, FERRY, BELL._replace(title="A story without a day")), False),
    ],
)  # fmt: skip
def test_a_list_is_kept_if_a_dated_line_is_new(
    before: tuple[Article, ...], after: tuple[Article, ...], is_more: bool
) -> None:
    assert has_new_lines(listed(*before), listed(*after)) is is_more


def test_the_first_list_is_kept_if_it_has_dated_lines() -> None:
    assert has_new_lines(None, listed(FERRY, LISTED))
    assert not has_new_lines(None, listed())
