"""Pages of a site that doesn't exist, as its server would answer: articles, and lists of them."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import NamedTuple

from feeds.readers.warc import Capture

SITE = "https://desk.test"
HTML = (("Content-Type", "text/html; charset=utf-8"), ("Content-Language", "en"))


class Article(NamedTuple):
    """An article of the site as it stands there now. ``date`` is as its page states it, or empty.

    ``day`` is how a list states it.
    """

    path: str
    title: str
    paragraphs: tuple[str, ...]
    date: str = ""
    day: str = ""
    canonical: str = ""
    beside: str = ""

    @property
    def address(self) -> str:
        """Where it is."""
        return SITE + self.path


def article_page(article: Article) -> str:
    """The page of ``article``."""
    canonical = f'<link rel="canonical" href="{article.canonical}">' if article.canonical else ""
    date = f'<time datetime="{article.date}">{article.date}</time>' if article.date else ""
    text = "".join(f"<p>{escape(words)}</p>\n" for words in article.paragraphs)
    return f"""<!doctype html>
<html lang="en"><head><title>{escape(article.title)} | Harbour Desk</title>{canonical}</head>
<body><nav><a href="/">Home</a> <a href="/economy/">Economy</a></nav>
<main><article><h1>{escape(article.title)}</h1>{date}
{text}</article></main>
{article.beside}
<footer>Harbour Desk, the quay</footer></body></html>
"""


def list_page(articles: list[Article], lead: str = "") -> str:
    """A page that lists ``articles``, newest first."""
    items = "\n".join(
        f'<li><time datetime="{one.day}">{one.day}</time> <a href="{one.path}">'
        f"{escape(one.title)}</a></li>"
        for one in articles
        if one.day
    )
    return f"""<!doctype html>
<html lang="en"><head><title>Harbour Desk</title></head>
<body><nav><a href="/">Home</a> <a href="/economy/">Economy</a></nav>
<main>{lead}<h2>Latest news</h2><ul class="latest">
{items}
</ul></main>
<footer>Harbour Desk, the quay</footer></body></html>
"""


def captured(
    address: str, moment: datetime, markup: str, *headers: tuple[str, str], is_list: bool = False
) -> Capture:
    """What is captured of ``markup`` at ``address``."""
    moment = moment.astimezone(UTC).replace(microsecond=0)
    return Capture(address, moment, 200, headers or HTML, markup.encode(), is_list)
