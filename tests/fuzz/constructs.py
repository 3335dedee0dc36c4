"""One construct of a format, again and again, to see whether twice of it is twice the work.

    python -m tests.fuzz --growth [KIND …]

prints the seconds that 64 kB, 256 kB and a megabyte of each take.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.large_pages import KINDS as TEXTS
from tests.benchmarks.large_pages import numbered, repeated

Construct = Callable[[int], str]
_P = "<p>The lamp at the end of the quay was lit on Friday, after eleven years.</p>\n"
_LI = "<li><a href=/a>Ferry stays in port today</a> 09.Jan.2026</li>\n"
_HTML = "<html><body><h1>Lamp is lit again</h1>\n"


def between(head: str, middle: Construct, tail: str = "") -> Construct:
    """``middle`` with something above and below."""
    return lambda size: head + middle(size) + tail


def nested(opened: str, closed: str = "", inside: str = "a", depth: int = 0) -> Construct:
    """So deeply nested as the size allows, or ``depth`` levels around as much as it allows."""

    def made(size: int) -> str:
        if depth:
            return opened * depth + inside * (size // len(inside)) + closed * depth
        count = size // (len(opened) + len(closed))
        return opened * count + inside + closed * count

    return made


def _html() -> dict[str, Construct]:
    made = {
        f"many {piece}": between(_HTML, repeated(piece))
        for piece in (
            _P, _LI, "<p>", "<div>", "<div></div>", "<b>", "<b>a", "<a href=a>", "<a href=a>b</a>", "<br>",
            "a<br>", "a<br><br>", "<td>", "<tr>", "<table>", "<li>", "<ul><li>a</ul>", "<h2>a</h2>",
            "<h1>Lamp is lit again</h1>", "<font>", "<svg>", "<select><option>", "<form>", "<button>",
            "<!---->", "<!--", "<![CDATA[", "</p>", "</div>", "</x>", "<", "<a", "&", "&amp;", "&#2;", "&#",
            "<img src=a>", "<img src=http://a.test/a.jpg>", "<figure><img src=a><figcaption>b</figcaption>",
            "<script>a</script>", "<script type=application/ld+json>{}</script>", "<style>a</style>",
            "<meta property=article:tag content=a>", "<meta name=author content='Nora Lind'>",
            "<meta property=article:published_time content=2026-01-09>", "<link rel=canonical href=http://a.test/a>",
            "<time datetime=2026-01-09>9 January 2026</time>", "<div hidden>a</div>", "<div style='display:none'>",
            "<p style='display:none'>a</p>", "<span itemscope itemtype='http://schema.org/NewsArticle'>",
            "<b itemprop=headline>a</b>", "<b itemprop='author'>Nora Lind</b>", "<p>09.Jan.2026</p>", "<div>09.Jan.2026</div>",
            "<p>By Nora Lind</p>", "<p class=byline>Nora Lind</p>", "<article>", "<article><p>a</p></article>",
            "<section>", "<aside>", "<nav><a href=a>b</a></nav>", "<blockquote>", "<pre>a</pre>", "<iframe src=a>",
            "<dl><dt>a<dd>b", "<p a=b>", "<p " + "a" * 400 + "=b>", "<o:p>", "<p/>", "'", '"', "<p a='", "\n", " ",
            "\u0301", "<h2>Latest news</h2>" + _LI, "<article><h2><a href=a>Ferry stays in port</a></h2></article>",
            "<div class=share>a</div>", "<div class=related><a href=a>Ferry stays in port</a></div>", "<p><b>a</b></p>",
            "text that stands in no paragraph, and is long enough to be one<p>a</p>", "<hr>", "<center>", "<dialog>",
            "<template>a</template>", "<video src=a>", "<noscript>a</noscript>", "<map><area>", "<label>", "<input>",
            "<picture><source srcset='a 1w, b 2w'><img src=a></picture>", "<ol start=3><li>a</ol>", "<sup>a</sup>",
        )
    }  # fmt: skip
    made |= {
        f"nested {name}": between(_HTML, nested(f"<{name}>", f"</{name}>", _P))
        for name in "div p b span a ul li table td blockquote article section h1 font em".split()
    }
    made |= {
        f"2000 {name} around {inside}": between(_HTML, nested(f"<{name}>", "", inside, 2000))
        for name in ("div", "span", "article", "div class=meta", "b itemprop=author", "section class=latest")
        for inside in (_P, _LI, "<b>a</b>", "<i></i>", "a<br>")
    }  # fmt: skip
    made |= {
        f"100 {name} around {inside}": between(_HTML, nested(f"<{name}>", "", inside, 100))
        for name in ("div", "span", "article", "div class=meta", "b itemprop=author", "section class=latest")
        for inside in (_P, _LI, "<b>a</b>", "<i></i>")
    }  # fmt: skip
    made |= {
        "attributes": between("<p ", numbered("a{number}=b"), ">a</p>"),
        "a long attribute": between(_HTML + "<p title='", repeated("a "), "'>a</p>" + _P),
        "a long class": between(_HTML + "<p class='", repeated("meta "), "'>a</p>" + _P),
        "a long style": between(_HTML + "<p style='", repeated("display :"), "'>a</p>" + _P),
        "a long style of blanks": between(_HTML + "<p style='display", repeated(" "), "'>a</p>" + _P),
        "a long href": between(_HTML + "<a href='", repeated("../"), "'>a</a>" + _P),
        "a long srcset": between(_HTML + "<img srcset='", repeated("a 1w, "), "'>" + _P),
        "a long base": between("<base href='http://a.test/", repeated("a/"), "'>" + _HTML + _LI * 200),
        "a long title": between("<title>", repeated("Lamp is lit - "), "</title>" + _HTML + _P),
        "a long headline": between("<h1>", repeated("Lamp is lit "), "</h1>" + _P),
        "a long paragraph": between(_HTML + "<p>", repeated("Lamp is lit on Friday. "), "</p>"),
        "a long word": between(_HTML + "<p>", repeated("a"), "</p>"),
        "a long description": between("<meta name=description content='", repeated("a b "), "'>" + _HTML + _P),
        "a long author": between("<meta name=author content='", repeated("Nora Lind, "), "'>" + _HTML + _P),
        "a long date": between("<time datetime='", repeated("2026-01-09 "), "'>a</time>" + _HTML + _P),
        "a long comment": between("<!-- saved from url=(0014)", repeated("http://a "), "-->" + _HTML + _P),
        "a long JSON-LD text": between('<script type="application/ld+json">{"@type":"NewsArticle","headline":"',
                                       repeated("Lamp "), '"}</script>' + _HTML + _P),
        "JSON-LD of brackets": between("<script type=application/ld+json>", nested("[", "]", ""), "</script>" + _HTML + _P),
        "JSON-LD of lists": between("<script type=application/ld+json>[", repeated("[],"), "1]</script>" + _HTML + _P),
        "JSON-LD of articles": between("<script type=application/ld+json>[", repeated('{"@type":"NewsArticle","url":"a"},'),
                                       "1]</script>" + _HTML + _P),
        "JSON-LD of authors": between('<script type=application/ld+json>{"@type":"NewsArticle","author":[',
                                      numbered('{{"name":"Nora {number}"}},'), '1]}</script>' + _HTML + _P),
        "JSON-LD of keywords": between('<script type=application/ld+json>{"@type":"NewsArticle","keywords":"',
                                       numbered("a{number},"), '"}</script>' + _HTML + _P),
        "JSON-LD of digits": between("<script type=application/ld+json>[", repeated("1"), "]</script>" + _HTML + _P),
        "numbered items": between(_HTML + "<h2>Latest news</h2><ul>", numbered("<li><a href=/{number}>Lamp {number} is lit "
                                  "again</a> {day}</li>"), "</ul>"),
        "numbered headlines": between(_HTML, numbered("<h2><a href=/{number}>Lamp {number} is lit again</a></h2><p>{day}</p>")),
        "numbered paragraphs": between(_HTML, numbered("<p>Lamp {number} was lit on the quay by two men on {name}.</p>")),
        "numbered divs": between(_HTML, numbered("<div class=c{number}>Lamp {number} was lit.</div>")),
        "numbered dates": between(_HTML, numbered("<span>{name}</span><br>")),
        "numbered pictures": between(_HTML, numbered("<img src=http://a.test/{number}.jpg alt='Lamp {number}'>")),
        "numbered tables": between(_HTML, numbered("<table><tr><td>{number}<td>{day}</table>")),
    }  # fmt: skip
    return made


def _markdown() -> dict[str, Construct]:
    pieces = (
        "[", "]", "[a", "[a](", "[a](b", "[a](b)", "[a][b]", "![", "![a](b)", "*", "**", "*a", "*a ", "**a ", "_a_", "a*b_", "`",
        "``a", "`a` ", "<", "<a", "<a>", "<!--", "<?", "<![CDATA[", "&", "&amp;", "\\", "\\\n", "> ", ">", ">\n", "> a\n", "- ", "- a\n",
        "-\n", "1. ", "1. a\n", "# ", "# a\n", "#", "```\n", "~", "```", "    a\n", "\t", "a\n", "a\n\n", "a  \n", "---\n", "===\n", "a\n===\n",
        "[a]: b\n", "[a]: <b> \"c\"\n", "<div>\n", "<div>\n\n", "http://a.test ", "<http://a.test>", "[Ferry stays](http://a.test) 09.Jan.2026\n",
        "* * *\n", "*a **b ", "a_b_", "(", ")", '"', "\"a", "]()", "](", "<a href='", "{", "|", "~~a", "a](b) [", "  - a\n", "\u0301", "x",
        "The lamp was lit on Friday. ", "* a\n\n  b\n", "+ a\n", "[\\", "![[]()", "<x y='", "- > ", "> - ", ">>", "[^a]", "www.a.b ",
        "{", "{{", "{{ ", "{{a ", "{{ a }}", "{% ", "{% a %}", "{{< figure src=/a >}} ", "{% raw %}", "{% code %}\n", "{#", "{.a ", "{:", "[[", "[[a ",
        "[[a]]", ":::", ":::a\n", "$", "$a ", "$$a ", "==", "==a ", "a~b", "~a ", "a^b^", "%%a ", ":a:", ":a[", "*[a]: b\n", "a\n: b\n", ": b\n",
        "](a", "[a]({{ b }}", "<A.b", "<a b={", "!!! a\n", "> [!a] b\n", "https://", "https://a.b ", "{static}", "a^[", "import {a ",
    )  # fmt: skip
    made = {f"many {piece!r}": between("# Lamp is lit\n\n", repeated(piece)) for piece in pieces}
    made |= {
        f"line of {piece!r} in a list": between(
            "# Lamp\n\n- a\n- ", repeated(piece.replace("\n", ""))
        )
        for piece in pieces[:24]
    }
    made["numbered references"] = numbered("[a{number}]: b\n")
    made["references used"] = numbered("[a{number}]: b\n\n[a{number}]")
    made["numbered links"] = numbered("[Lamp {number} is lit](http://a.test/{number}) {day}\n")
    made["numbered paragraphs"] = numbered("Lamp {number} was lit on {name}.\n\n")
    made["deeper lists"] = lambda size: "".join("  " * n + "- a\n" for n in range(int(size**0.5)))
    made["closing brackets"] = lambda size: "[" * (size // 2) + "]" * (size // 2)
    made["links in brackets"] = lambda size: "[" * (size // 5) + "](b)" * (size // 5)
    made["emphasis both ways"] = lambda size: "*a " * (size // 6) + "a* " * (size // 6)
    made["backticks that grow"] = lambda size: " ".join(
        "`" * n for n in range(1, int((2 * size) ** 0.5))
    )
    return made


def _feed(item: str, opened: str, closed: str) -> dict[str, Construct]:
    pieces = (
        item, "<title>a</title>", "<link>http://a.test/</link>", "<category>a</category>", "<guid>a</guid>", "<author>a</author>",
        "<a:b/>", "<a>", "</a>", "<a/>", "<![CDATA[a]]>", "<![CDATA[", "]]>", "&amp;", "&lt;b&gt;", "&lt;b&gt;a&lt;/b&gt;", "&lt;p&gt;", "&", "&a;",
        "&#2;", "&#146;", "<!--a-->", "<!--", "<?a?>", "<", ">", "a ", "a", "\n", '"', "<a b='c'/>", "<a xmlns='b'>", "<a xml:base='b/'>",
        "<content type='xhtml'><div>a</div></content>", "<media:content url='a' medium='image'/>", "<enclosure url='a' type='image/png'/>",
        "<keywords>a,b</keywords>", "<pubDate>9 Jan 2026</pubDate>", "<updated>2026-01-09</updated>", "&lt;a href='b'&gt;", "&lt;",
        "&lt;img src=a&gt;", "&lt;script&gt;", "&lt;!--", "&lt;table&gt;", "&lt;a&gt;&lt;p&gt;", "&lt;i&gt;&lt;div&gt;", "&amp;lt;",
    )  # fmt: skip
    made = {f"many {piece}": between(opened, repeated(piece), closed) for piece in pieces}
    inside = {
        f"{name} of {piece}": between(f"{opened}{item[:6]}<{name}>" if False else f"{opened}<item><{name}>", repeated(piece), f"</{name}></item>{closed}")
        for name in ("title", "description", "content:encoded", "link", "guid", "pubDate", "dc:creator", "category", "keywords")
        for piece in ("a", "a ", "a,", "&lt;b&gt;", "&lt;p&gt;a", "&lt;p&gt;a&lt;/p&gt;", "&lt;a href='b'&gt;", "&lt;", "&amp;amp;", "1", "../", " ", "\n\n",
                      "&lt;i&gt;&lt;p&gt;", "&lt;td&gt;", "&lt;!--", "&lt;br&gt;", "&quot;", "<b>", "<b>a</b>", "<b><i>", "a. ", "@", "(", "&lt;a&gt;&lt;/a&gt;",
                      "&lt;h2&gt;&lt;/h2&gt;", "&lt;img src='a' alt='&amp;quot;'&gt;", "<![CDATA[<p>]]>")
    }  # fmt: skip
    return made | inside


def _json() -> dict[str, Construct]:
    opened = '{"version":"https://jsonfeed.org/version/1.1","items":['
    made = {
        f"many {piece}": between(opened, repeated(piece), "{}]}")
        for piece in (
            "{},",
            "[],",
            "1,",
            '{"id":"a","title":"b"},',
            '{"title":"b"},',
            '{"content_html":"<p>a"},',
        )
    }
    made["numbered items"] = between(
        opened,
        numbered('{{"id":{number},"title":"Lamp {number}","date_published":"2026-01-09"}},'),
        "{}]}",
    )
    made["numbered tags"] = between(
        opened + '{"title":"a","tags":[', numbered('"a{number}",'), '"b"]}]}'
    )
    made["numbered authors"] = between(
        opened + '{"title":"a","authors":[', numbered('{{"name":"a{number}"}},'), "{}]}]}"
    )
    made["attachments"] = between(
        opened + '{"title":"a","attachments":[', repeated('{"url":"a"},'), "{}]}]}"
    )
    made["brackets"] = nested("[", "]", "")
    made["items of brackets"] = between(opened, nested("[", "]", ""), "]}")
    made["objects"] = nested('{"a":', "}", "1")
    made["an id of digits"] = between(opened + '{"title":"a","id":', repeated("1"), "}]}")
    for field in (
        "content_html",
        "content_text",
        "title",
        "summary",
        "url",
        "date_published",
        "id",
        "image",
        "language",
    ):
        for piece in ("a", "a ", "<b>", "<p>a", "<p>a</p>", "<", "&", "&amp;", "\\n\\n", " ", "\\u0002", "../", "1", "<a href='b'>", "<!--",
                      "<i><p>", "<table>", "<a><p>", "a. ", "<td>", "<svg>", "<math>", "<select>", "<br>", "<img src=http://a.test/>", "'", "<b a='"):  # fmt: skip
            made[f"{field} of {piece}"] = between(
                opened + f'{{"title":"a","{field}":"', repeated(piece), '"}]}'
            )
    return made


def _toml(opened: str) -> dict[str, Construct]:
    made = {
        f"many {piece!r}": between(opened, repeated(piece))
        for piece in (
            "[[decision]]\n",
            "[[feeds]]\n",
            "[[pages]]\n",
            "[",
            "a = [",
            "a.",
            "# a\n",
            "\n",
            '"',
            "'",
            "a",
            "1",
            "= ",
            "{a=",
            "\\",
        )
    }
    made["numbered keys"] = between(opened, numbered("a{number} = {number}"))
    made["numbered tables"] = numbered("[a{number}]")
    made["dotted key"] = between(opened, repeated("a."), "a = 1\n")
    made["dotted tables"] = between("[", repeated("a."), "a]\n")
    made["a number"] = between(opened + "a = ", repeated("1"))
    made["a text"] = between(opened + 'a = "', repeated("a"), '"\n')
    made["a list"] = between(opened + "a = [", repeated("1,"), "]\n")
    made["lists"] = between(opened + "a = ", nested("[", "]", ""), "\n")
    made["objects"] = between(opened + "a = ", nested("{a=", "}", "1"), "\n")
    made["retractions"] = numbered('[[decision]]\naction = "retract"\nentry = "a{number}"\n')
    made["corrections"] = numbered(
        '[[decision]]\naction = "correct"\nentry = "a{number}"\npublished = "{day}"\n'
    )
    made["feeds"] = between(opened, numbered('[[feeds]]\nname = "a{number}"\ntitle = "b"\n'))
    made["pages"] = between(opened, numbered('[[pages]]\npath = "a{number}/**"\n'))
    made["selectors"] = between(
        opened, numbered('[[pages]]\npath = "a"\ndrop = ["a{number}", "b{number} > c"]\n')
    )
    made["a selector"] = between(opened + '[[pages]]\npath = "a"\ntitle = "', repeated("a>"), '"\n')
    made["a pattern"] = between(opened + '[[pages]]\npath = "', repeated("**/*"), '"\n')
    made["a wrong date"] = between(
        '[[decision]]\naction = "correct"\nentry = "a"\npublished = "',
        repeated("9 January "),
        '"\n',
    )
    made["an action"] = between('[[decision]]\naction = "', repeated("retract"), '"\n')
    made["a key"] = between(
        '[[decision]]\naction = "retract"\nentry = "a"\n', repeated("a"), ' = "b"\n'
    )
    return made


def _table() -> dict[str, Construct]:
    return {
        "rows": between("path,title\n", numbered("a{number}.txt,Lamp {number}")),
        "same rows": between("path,title\n", repeated("a.txt,Lamp\n")),
        "rows without path": between("path,title\n", repeated(",Lamp\n")),
        "wide rows": between("path,title\n", repeated("a.txt,b,c\n")),
        "columns": between("path,", repeated("a,"), "\n"),
        "numbered columns": lambda size: "path," + numbered("a{number}")(size).replace("\n", ",") + "\n",
        "empty columns": between("path", repeated(","), "\n"),
        "cells": between("path,title\na.txt,", repeated(","), "\n"),
        "a cell": between("path,title\na.txt,", repeated("a"), "\n"),
        "a quoted cell": between('path,title\na.txt,"', repeated("a\n"), '"\n'),
        "quotes": between("path,title\n", repeated('"')),
        "authors": between("path,authors\na.txt,", repeated("Nora Lind;"), "\n"),
        "numbered authors": lambda size: "path,authors\na.txt," + numbered("Nora {number}")(size).replace("\n", ";"),
        "a date": between("path,date\na.txt,", repeated("9 January "), "\n"),
        "a url": between("path,url\na.txt,http://a.test/", repeated("../"), "\n"),
        "a path": between("path,url\n", repeated("../"), ",a\n"),
        "blank lines": between("path,title\n", repeated("\n")),
        "carriage returns": between("path,title\n", repeated("\r")),
    }  # fmt: skip


def _front_matter() -> dict[str, Construct]:
    made: dict[str, Construct] = {}
    for mark in ("---", "+++"):
        equals = ": " if mark == "---" else " = "
        for piece in (
            "a",
            "- ",
            "- a\n",
            "[",
            "[a, ",
            "{a: ",
            "a.",
            "? ",
            "&a ",
            "*a ",
            "!a ",
            '"',
            "'",
            "# a\n",
            "\n",
            " ",
            "|",
            "a: b\n",
            "embargo: a\n",
        ):
            made[f"{mark} many {piece!r}"] = between(
                f"{mark}\ntitle{equals}'a'\n",
                repeated(piece),
                f"\n{mark}\nLamp is lit\nIt was lit.\n",
            )
        made[f"{mark} title"] = between(
            f'{mark}\ntitle{equals}"', repeated("Lamp "), f'"\n{mark}\nLamp is lit\nIt was lit.\n'
        )
        made[f"{mark} numbered"] = between(
            f"{mark}\n",
            numbered(f"a{{number}}{equals}'a'"),
            f"\n{mark}\nLamp is lit\nIt was lit.\n",
        )
        made[f"{mark} embargo in words"] = between(
            f'{mark}\nembargo{equals}"',
            repeated("9 January "),
            f'"\n{mark}\nLamp is lit\nIt was lit.\n',
        )
    made["---"] = repeated("---\n")
    made["embargo lines"] = repeated("Embargo until \n")
    made["under embargo"] = repeated("under embargo ")
    made["not for release"] = repeated("not for release before ")
    return made


def _log() -> dict[str, Construct]:
    line = '1.2.3.4 - - [14/Jan/2026:05:20:00 +0000] "GET /feeds/latest.rss HTTP/1.1" 200 12 "-" "{agent}" gzip\n'
    return {
        "lines": repeated(line.replace("{agent}", "newsboat/2")),
        "numbered agents": numbered(line[:-1].replace("{agent}", "agent{number}")),
        "quotes": repeated('"'),
        "backslashes": between('1.2.3.4 - - [14/Jan/2026:05:20:00 +0000] "', repeated("\\")),
        "escaped quotes": between('1.2.3.4 - - [14/Jan/2026:05:20:00 +0000] "', repeated('\\"')),
        "blanks": repeated(" "),
        "colons": between("", repeated(":"), line),
        "an agent": lambda size: line.replace("{agent}", "a/1 (" * (size // 6)),
        "an agent of subscribers": lambda size: line.replace("{agent}", "12 subscribers " * (size // 15)),
        "an agent of digits": lambda size: line.replace("{agent}", "1" * size),
        "a target": lambda size: line.replace("/feeds", "/feeds" * (size // 6)),
        "addresses": lambda size: line[:-1] + '"' + "1.2.3.4, " * (size // 9) + '"\n',
        "empty lines": repeated("\n"),
    }  # fmt: skip


def _capture() -> dict[str, Construct]:
    head = (
        "WARC/1.1\nWARC-Type: response\nWARC-Date: 2026-12-01T09:35:00Z\n"
        "WARC-Target-URI: https://desk.test/\n"
    )

    def answer(fields: Construct) -> Construct:
        def whole(size: int) -> str:
            block = f"HTTP/1.1 200 OK\n{fields(size)}\n<h1>Bell hangs</h1><p>It hangs again.</p>"
            return f"{head}Content-Length: {len(block)}\n\n{block}"

        return whole

    return {
        "fields of the record": between(head, repeated("A: b\n"), "\n"),
        "one field": between(f"{head}A: ", repeated("b "), "\n\n"),
        "headers": answer(repeated("A: b\n")),
        "folded headers": answer(between("A: b\n", repeated(" b\n"), "")),
        "codings": answer(between("Content-Encoding: ", repeated("gzip,"), "\n")),
        "blanks": between(head, repeated(" "), "\n\n"),
        "records": repeated(f"{head}Content-Length: 0\n\n\n\n"),
    }


_SITEMAP = (
    "<url><loc>https://desk.test/a</loc></url>", "<loc>", "</loc>", "<loc>a", "</url><url>", "<news:title>", "<lastmod>a</lastmod>",
    "<sitemap><loc>/a-2026-01.xml</loc></sitemap>", "<xhtml:link rel='alternate' hreflang='a' href='/b'/>", "<image:image>", "\n",
)  # fmt: skip
_LINKS = (
    "<a href='/a-b-c-d-e'>Ferry stays in port</a>", "<a href='/a-b-c-d-e'>", "<nav><a href='/a/'>a</a></nav>", "<a href='?page=2' rel=next>b</a>",
    "<base href='/a/'>", "<link rel=alternate hreflang=az href=/az/>", "<div class=menu>", "<a rel=sponsored href='/a'>a</a>",
)  # fmt: skip
_RSS = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
CONSTRUCTS: dict[str, dict[str, Construct]] = {
    "text": dict(TEXTS),
    "html": _html(),
    "markdown": _markdown(),
    "capture": _capture(),
    "front matter": _front_matter(),
    "table": _table(),
    "decisions": _toml("[[decision]]\n"),
    "site": _toml('[site]\ntitle = "a"\n'),
    "rss": _feed("<item><title>a</title></item>", _RSS, "</channel></rss>"),
    "atom": _feed(
        "<entry><title>a</title></entry>", '<feed xmlns="http://www.w3.org/2005/Atom">', "</feed>"
    ),
    "json": _json(),
    "log": _log(),
    "sitemap": {
        f"many {piece}": between("<urlset><url>", repeated(piece), "</url></urlset>")
        for piece in (
            *_SITEMAP,
            *"<a> </a> <a/> & &amp; &a; < > a <!-- --> <?a?> <![CDATA[".split(),
        )
    },
    "links": {
        f"many {piece}": between("<html><body>", repeated(piece))
        for piece in (
            *_LINKS,
            _LI,
            _P,
            "<nav>",
            "<h2>",
            "<a href=a>",
            "</a>",
            "<time>",
            "<link>",
            "&",
        )
    },
}
"""By kind and name: what makes so many bytes of each."""
