"""What mutations begin with: files of each kind that people have, and those that once broke it.

Those of ``../shared`` are among them where that is there.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from feeds.readers.warc import record_of
from tests import captures
from tests.audience import logs
from tests.newsrooms import PROJECT, SITE

CORPUS = Path(__file__).with_name("corpus")
"""A folder for each kind, of files that were too much for the program once, and other odd ones."""
_SHARED = PROJECT.parent / "shared"
_PLACES = (
    PROJECT / "tests" / "normalise" / "pages",
    PROJECT / "tests" / "syndication" / "documents",
    PROJECT / "source",
    _SHARED / "pages",
    _SHARED / "cases",
)
_ENDINGS = {
    "text": (".txt",),
    "html": (".html",),
    "links": (".html",),
    "markdown": (".md",),
    "rss": (".rss", ".xml"),
    "atom": (".atom",),
    "json": (".json",),
}
_LARGEST = 60_000
_EVERY = 40
"""One of so many real pages: they are alike."""

_FRONT_MATTER = (
    "---\ntitle: Bell hangs again\ndate: 2026-01-09 11:03\nauthors: [Nora Lind, Ole Berg]\n"
    "categories:\n  - Quay\n  - Town\nlanguage: en\nembargo: 2026-02-01\n---\n"
    "The bell hangs again.\n",
    '+++\ntitle = "Bell hangs again"\ndate = 2026-01-09T11:03:00Z\nauthors = ["Nora Lind"]\n'
    'status = "published"\n[params]\nweight = 1\n+++\nThe bell hangs again.\n',
    "---\nstatus: draft\naccess: paid\nsummary: >\n  A bell\n  hangs.\nurl: https://desk.test/bell\n"
    "image: bell.jpg\nid: tag:desk.test,2026:bell\n---\n# Bell hangs\n\nThe bell hangs again.\n",
)
_TABLES = (
    "path,title,date,authors,categories,url,language,status,embargo\n"
    'a.txt,"Bell, again",2026-01-09,Nora Lind;Ole Berg,Quay|Town,https://desk.test/a,en,draft,\n'
    "b/c.html,Tide,9 January 2026,,,c.html,az,,2026-02-01 10:00\n",
    "path;access;summary;image;id\na.txt;paid;Two men.;bell.jpg;urn:x:1\n\n./b/c.html;free;;;\n",
)
_DECISIONS = (
    '[[decision]]\naction = "retract"\nentry = "tag:desk.test,2026:abcdefghijkl"\n'
    'notice = "It was wrong."\nerase = true\nwhen = 2026-01-09T10:00:00Z\nwho = "Nora"\n'
    '[[decision]]\naction = "correct"\nentry = "Bell hangs again"\nday = 2026-01-09\n'
    'title = "Bell hangs"\npublished = "9 January 2026"\nauthors = ["A", "B"]\n'
    'url = "https://desk.test/a"\nreason = "a slip"\n',
    '[[decision]]\naction = "merge"\nentry = "a"\nduplicate = "b"\nwhen = 2026-01-09\n\n'
    '[[decision]]\naction = "archive"\npath = "old/**"\nwhen = 2026-01-09T10:00:00+04:00\n\n'
    '[[decision]]\naction = "import"\nfeed = "old.xml"\naddress = "https://desk.test/old.xml"\n'
    '[[decision]]\naction = "restore"\nentry = "a"\n',
)
_SITES = (
    SITE
    + 'kinds = ["article"]\nkeywords = ["bell"]\ncategories = ["Quay"]\nlanguages = ["en", "az"]\n'
    'former_names = ["news"]\n[[feeds]]\nname = "old"\ntitle = "Old"\ngone = true\n'
    '[[pages]]\npath = "a/**/*.html"\nexclude = ["a/b?.html"]\nlanguage = "az"\n'
    'categories = ["Town"]\nurl = "https://desk.test/{folder}/{stem}"\naccess = "paid"\n'
    'furniture = ["Home | News", "Views: *"]\ndrop = [".promo", "p:nth-child(2)"]\n'
    'title = "h1 + p"\ndate = ["time", "a:not(.b)"]\nbody = "#a > div"\nlist = "ul ~ ol"\n',
    SITE.replace(
        "[[feeds]]",
        'ttl = 60\nundated = "hold"\nhubs = ["https://hub.test/"]\nsections = true\n'
        'copyright = "©"\nrights = ["search"]\nlogo = "https://desk.test/l.png"\n'
        'former_urls = ["https://old.test/"]\n[[feeds]]',
    ),
)
_JSON_FEEDS = (
    '{"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "language": "en",\n'
    ' "home_page_url": "https://desk.test/", "feed_url": "https://desk.test/f.json",\n'
    ' "items": [{"id": 7, "url": "https://desk.test/a", "title": "Bell &amp; tide",\n'
    '  "content_html": "<p>The bell <b>hangs</b>.</p>", "summary": "A bell.",\n'
    '  "image": "https://desk.test/a.jpg", "date_published": "2026-01-09T10:00:00+04:00",\n'
    '  "date_modified": "2026-01-10", "authors": [{"name": "Nora Lind"}], "tags": ["Quay"],\n'
    '  "attachments": [{"url": "a.jpg", "mime_type": "image/jpeg", "size_in_bytes": 12}]},\n'
    '  {"id": "b", "content_text": "Two men.\\n\\nA crate.", "author": {"name": "\\ud83d\\udd14"}}]}',
)
_RSS = (
    '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">\n'
    "<channel><title>Quay</title><link>https://desk.test/</link><language>en</language>\n"
    '<item><title>Bell &amp; tide</title><guid isPermaLink="false">a-1</guid>\n'
    "<link>https://desk.test/a?x=1&amp;y=2</link><dc:creator>Nora Lind</dc:creator>\n"
    "<pubDate>Fri, 09 Jan 2026 10:00:00 +0400</pubDate><category>Quay</category>\n"
    "<description>A bell &lt;b&gt;hangs&lt;/b&gt;.</description>\n"
    "<content:encoded><![CDATA[<p>The bell <a href='b'>hangs</a>.</p>]]></content:encoded>\n"
    '<enclosure url="a.jpg" type="image/jpeg" length="12"/>\n'
    '<media:group><media:content url="b.jpg" medium="image"/><media:credit>Ole</media:credit>'
    "</media:group></item></channel></rss>",
    '<rdf:RDF xmlns="http://purl.org/rss/1.0/" '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><item rdf:about="https://x.test/1">'
    "<title>Bell</title></item></rdf:RDF>",
)
_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://desk.test/">'
    '<title>Quay</title><id>tag:desk.test,2020:feed</id>\n<entry><title type="html">Bell &amp;amp; '
    'tide</title><id>urn:uuid:1</id><link href="a"/><link rel="enclosure" href="a.jpg" '
    'type="image/jpeg" length="9"/><published>2026-01-09T10:00:00+04:00</published>'
    "<updated>2026-01-09T10:00:00Z</updated><author><name>Nora Lind</name></author>"
    '<category term="quay" label="Quay"/><summary>A bell.</summary><content type="xhtml">'
    '<div xmlns="http://www.w3.org/1999/xhtml"><p>The <b>bell</b>.</p></div></content></entry>'
    "</feed>",
)
_SITEMAPS = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    "<url><loc>https://desk.test/quay/bell</loc><lastmod>2026-01-09T12:00:00+04:00</lastmod>\n"
    "<news:news><news:publication_date>2026-01-09T11:03+04:00</news:publication_date>"
    "<news:title>Bell &amp; rope</news:title></news:news>"
    '<xhtml:link rel="alternate" hreflang="az" href="https://desk.test/az/quay/bell"/></url>\n'
    "<url><loc>https://desk.test/?p=12&amp;utm_source=a</loc></url></urlset>",
    "<sitemapindex><sitemap><loc>https://desk.test/sitemap-2026-01.xml</loc>"
    "<lastmod>2026-01-09</lastmod></sitemap><sitemap><loc>/old.xml.gz</loc></sitemap>"
    "</sitemapindex>",
    "https://desk.test/a\nhttps://desk.test/b/\n",
)
_OWN = {
    "front matter": _FRONT_MATTER,
    "table": _TABLES,
    "decisions": _DECISIONS,
    "site": _SITES,
    "rss": _RSS,
    "atom": _ATOM,
    "json": _JSON_FEEDS,
    "sitemap": _SITEMAPS,
}


@cache
def seeds(kind: str) -> tuple[bytes, ...]:
    """Files of the ``kind``, in an order that is always the same."""
    found = [text.encode() for text in _OWN.get(kind, ())]
    found += _files(kind)
    if kind == "log":
        found.append("\n".join(_lines()).encode())
    if kind == "capture":
        found += _captures()
    if kind == "html":
        found += _real()
    return tuple(dict.fromkeys(data for data in found if len(data) <= _LARGEST))


def regressions(kind: str) -> list[Path]:
    """The files of the corpus that are of the ``kind``."""
    folder = CORPUS / kind.replace(" ", "-")
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _files(kind: str) -> Iterator[bytes]:
    for path in regressions(kind):
        yield path.read_bytes()
    for place in _PLACES:
        for path in sorted(place.rglob("*")):
            if path.suffix in _ENDINGS.get(kind, ()) and path.is_file():
                data = path.read_bytes()
                if kind != "json" or b"jsonfeed.org" in data:
                    yield data
            if kind == "front matter" and path.suffix in {".txt", ".md"} and path.is_file():
                data = path.read_bytes()
                if data.startswith((b"---", b"+++")):
                    yield data


def _real() -> Iterator[bytes]:
    pages = sorted((_SHARED / "real").rglob("*.html.gz"))
    for path in pages[::_EVERY]:
        yield gzip.decompress(path.read_bytes())


def _captures() -> Iterator[bytes]:
    moment = datetime(2026, 12, 1, 9, 35, tzinfo=timezone(timedelta(hours=4)))
    bell = captures.Article("/bell", "Bell hangs again", ("The bell hangs.",), "2026-12-01")
    page = captures.captured(bell.address, moment, captures.article_page(bell))
    packed = (*captures.HTML, ("Content-Encoding", "gzip"))
    listed = captures.list_page([bell._replace(day="2026-12-01")] * 3)
    for made in (
        page,
        page._replace(moment=moment, headers=packed, body=gzip.compress(page.body, mtime=0)),
        captures.captured(captures.SITE, moment, listed, is_list=True)._replace(original="<urn:a>"),
    ):
        yield record_of(made)


def _lines() -> Iterator[str]:
    yield logs.line("Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers)")
    yield logs.line("newsboat/2.30", path="/x/feeds/latest.json?a=1", status=304)
    yield logs.line('Moz\\"illa', address="2001:db8::1", rest=' gzip "203.0.113.7, 10.0.0.1"')
    yield logs.line("-", path="/feeds/stories/abc")
    yield 'desk.test 203.0.113.9 - - [2026-01-14T05:20:00+04:00] "GET /feeds/a.atom" 200 12'
