"""What is put where nobody expects it: characters, numbers, dates, addresses, words of formats."""

from __future__ import annotations

_REFERENCES = (
    "&#0;", "&#2;", "&#8;", "&#11;", "&#12;", "&#x1F;", "&#127;", "&#x85;", "&#146;", "&#xFFFE;",
    "&#xFFFF;", "&#xFDD0;", "&#xD800;", "&#xDFFF;", "&#x1FFFE;", "&#x10FFFF;", "&#x110000;",
    "&#99999999999999999999;", "&#x;", "&#2", "&#xD83D;&#xDD14;", "&amp;#2;", "&NotEqualTilde;",
    "&notit;", "&lt;script&gt;alert(1)&lt;/script&gt;", "&", "&amp;" * 9,
)  # fmt: skip
_CHARACTERS = (
    "\x00", "\x02", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x1b]0;title\x07", "\x1c", "\x1f", "\x7f",
    "\x85", "\x9b", "\xa0", "\xad", "\u0301" * 40, "\u061c", "\u200b", "\u200d", "\u2028", "\u2029",
    "\u202e\u202d", "\u2066\u2069", "\ufdd0", "\ufeff", "\ufffc", "\ufffd", "\ufffe", "\uffff",
    "\U0001f3f4\U000e0067\U000e007f", "\U000e0041", "\U0001fffe", "\U0010ffff", "\ud800", "\udfff",
    "\ud83d\udd14", "ß\u0130ıſ\ufb03", "\u1e9e", "שלום", "مرحبا", "\u0e01\u0e33", "\u1100\u1161",
)  # fmt: skip
_NUMBERS = (
    "0", "-1", "9" * 30, "9" * 5000, "1e999", "-1e-999", "nan", "inf", "0x10", "1_000", "٣٤", "१२",
    "²", "①", "０", "1.", ".5", "0." + "0" * 400 + "1", "1" + "0" * 400, "00000000000000000001",
)  # fmt: skip
DATES = (
    "9999-12-31", "0001-01-01", "0000-00-00", "2026-13-45", "31.02.2026", "2026-02-29", "2026-W05-3",
    "2026-060", "20260109", "9 Jan 26", "13/13/13", "01/02/03", "2026-01-09T24:00", "10000-01-01",
    "2026-01-09T11:03+99:99", "2026-01-09T11:03:60Z", "0001-01-01T00:00:00+14:00", "-0044-03-15",
    "9999-12-31T23:59:59-12:00", "2026-01-09T10:00:00.123456789Z", "2026-01-09T10:00:00+04:00:30",
    "1 Muharram 1447", "９ January ２０２６", "9 января 2026 г.", "2026年1月9日", "๙ มกราคม ๒๕๖๙",
    "Tue, 99 Foo 2026 99:99:99 PDT", "Fri, 09 Jan 2026 10:00:00 +9999", "1767945600", "9" * 20,
    "Fri, 31 Dec 9999 23:59:59 -1200", "Mon, 01 Jan 0001 00:00:00 +1400", "Jan 9, 2026 10:00 AM PM",
    "2026-01-09T10:00:00Z[Asia/Baku]", "9.1.2026 10:00", "3 hours ago", "yesterday", "00:00",
    "1 Jan 999", "1000-01-01T00:00:00+14:00", "2026-10-25 02:30", "1582-10-10", "1500-01-01 00:00",
)  # fmt: skip
_ADDRESSES = (
    "http://[::1", "http://[x]/", "http://[::1]:99999/", "//", "///", "http://", "http://a:b/",
    "http://a:99999999999999999999/", "javascript:alert(1)", " java\tscript:alert(1)",
    "JAVASCRIPT&colon;alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x",
    "http://\u2024/", "http://xn--/", "http://" + "a" * 70 + ".test/", "https://\u212a.test/\uff0f",
    "https://ドメイン.test/", "http://user:pw@host/", "../" * 50, "?#", "#", "mailto:a@b",
    "file:///etc/passwd", "http://a.test/%zz%", "http://a.test/" + "%41" * 300, "http:a", "http:/a",
    "https://a.test/\u202e", "http://\u00ad/", "https://a.test/a\nb", "http://0/", "tag:a,2026:b",
    "https://a.test:080/", "https://a.test/\x00", "http://１.test/", "http://a..b/", "http://℀/",
)  # fmt: skip
_PATTERNS = ("(a+)+$", "\\", "%s%n", "{0}", "${x}", "{{7*7}}", "'", '"', "`", "]]>", "-->", "\\N")
NASTY = (*_REFERENCES, *_CHARACTERS, *_NUMBERS, *DATES, *_ADDRESSES, *_PATTERNS)
"""What may stand in any file."""

_JSONLD = (
    "null", "true", "[]", "{}", '""', "1", "[[]]", "[null]", "[{}]", '{"@id":[]}', '{"@id":{}}',
    '{"name":[1]}', '{"name":{"name":1}}', '{"url":[]}', '"\\ud800"', '"\\u0002"', '"\\u0000"',
    "1e999", "NaN", "-0", "9" * 30, '[{"@id":null}]', '{"@type":[[]]}', '{"@list":[]}',
)  # fmt: skip
_HTML = (
    '<script type="application/ld+json">', "</script>", "<![CDATA[", "]]>", "<!--", "-->", "<!", "<?",
    "</", "<", ">", "<p", '<a href="', "<svg><script>", "<math><mi><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><script>alert(1)</script>'>", "<template>", "<plaintext>",
    "<xmp>", "<textarea>", "<title>", "<frameset>", "<select><option>", "<table><tr><p>", "<br/>",
    "<img src=a alt='<script>'>", "<img src='http://a.test/a.jpg' alt='\"><b onclick=x>'>", "<hr>",
    "<a href='javascript:alert(1)'>x</a>", "<a href=\"java\nscript:x\">x</a>", "<base href='//'>",
    "<meta charset=utf-16>", "<meta property=article:published_time content='9999-12-31T23:59Z'>",
    "<time datetime='0001-01-01T00:00+14:00'>", "<link rel=canonical href='http://[::1'>",
    "<span itemscope itemtype='http://schema.org/NewsArticle'>", "<b itemprop=datePublished>",
    "<div hidden>", "<div style='display:none'>", "<h1>", "</h1>", "</body>", "</html>", "<body>",
    "<p>" + "The lamp at the end of the quay was lit on Friday. " * 4 + "</p>", "<aside class=latest>",
    "<li><a href=/a>Ferry stays in port</a> 09.Jan.2026</li>", "<o:p>", "<a:b:c>", "<1>", "<p\x00>",
    "<p =>", "<p a=b=c>", "<p a a a>", "<\u212a>", "<p xml:lang='\x02'>", "<html lang='xx-\ud800'>",
    "<figure><picture><source srcset='a 1w, b 2w, , ,'>", "<iframe srcdoc='<script>'>", "<!DOCTYPE [",
    "<article>", "<main>", "<header class=meta>", "<div class='share comments related'>", "<pre>",
)  # fmt: skip
_MARKDOWN = (
    "# ", "## ", "> ", "- ", "1. ", "999999999. ", "```", "~~~", "    ", "\t", "***", "___", "---",
    "===", "[a](b)", "[a](<b", "[a]: b\n", "[a][a]", "![a](b \"c\")", "<http://a>", "<a@b.c>", "\\",
    "`", "``", "*a", "_a", "&lt;", "<div>", "</div>", "<!--", "<script>", "<?", "[x](javascript:a)",
    "[x](data:text/html,a)", "![x](http://a.test/&#2;)", "| a | b |\n|---|---|\n", "[^1]", "\\\n",
    "[Ferry stays](http://a.test) 09.Jan.2026\n", "{{< a >}}", "{{% /a %}}", "{{ a }}", "{{", "}}",
    "{% raw %}", "{% endraw %}", "{% highlight a %}\n", "{% endhighlight %}", "{% for a in b %}",
    "{{< figure src=\"/a.jpg\" caption=\"*b*\" >}}", "{{< youtube a >}}", "[a]({{ site.url }}/b)",
    "![a]({{ b }})", "{static}/a", "[[a]]", "![[a]]", "[[a|b]]", ":::a b\n", ":::\n", "!!! a \"b\"\n    ",
    "> [!NOTE] a\n", "==a==", "a~b~", "~a~", "a^b^", "$a^b$", "$$", "%%a%%", "{.a}", "{: .a}\n",
    "*[a]: b\n", ":fire:", "[TOC]\n", "a\n: b\n", "^[a]", "import a from 'b'\n", "<A.b c={d}>", "##a\n",
)  # fmt: skip
_TOML = (
    "[[decision]]\n", "[site]\n", "[[feeds]]\n", "[[pages]]\n", "[a.b.c]\n", "a.b.c = 1\n", "[", "]",
    "{}", "{", "}", "'''", '"""', "\\u0002", "\\uD800", "\\U00110000", "\\x", "= ", ".", "#", "1979-05-27",
    "07:32:00", "1979-05-27T07:32:00-07:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
    "true", "inf", "nan", "-nan", "0xdead", "0b1", "1e5", "[1,2]", "[[]]", "[{}]", '["a"]', '""', "''",
    "entry", "action", "erase", "when", "published", "title", "limit", "name", "path", "url", "ttl",
    '"retract"', '"correct"', '"import"', '"merge"', "a = " + "[" * 100 + "]" * 100 + "\n", "[decision]\n",
    "a = " + "9" * 5000 + "\n", '"\\u0000" = 1\n', "timezone", '"../../etc"', '"/"', '"."', '"Asia"',
)  # fmt: skip
_YAML = (
    "---\n", "+++\n", "...\n", "a: b\n", "? a\n: b\n", "- ", "&a ", "*a", "<<: *a\n", "!!python/object:x ",
    "!!binary ", "|\n", ">-\n", "{a: b}", "[a, b]", "'", '"', "\t", "%YAML 1.1\n", "# ", "embargo: ", "status: ",
    "date: ", "title: ", "~", "null", "yes", "0o17", "1:30:00", ".inf", "=", "authors: ", "image: ", "id: ",
    "url: ", "language: ", "\\ud800", '"\\ud800"', '"\\x02"', '"\\0"', '"\\N\\_\\L\\P"', '"\\UFFFFFFFF"',
)  # fmt: skip
_CSV = (
    ",", ";", '"', '""', "\n", "\r", "\x00", "path", "path,path", "title", "embargo", "embarg", "status",
    "a.txt", "./a.txt", "../a.txt", "\\", "/desk/source/a.txt", "cafe\u0301.txt", "|", "=1+1", "," * 300,
    "draft", "paid", "\ufeff",
)  # fmt: skip
_XML = (
    "<item>", "</item>", "<entry>", "</entry>", "<![CDATA[", "]]>", "<!--", "-->", "<?x?>", "<guid>",
    "<link/>", "<link href='", "<title>", "</title>", "<title type='xhtml'><div>", "<content type='html'>",
    "<content type='application/xml'>", "<content type='xhtml'>", "<description>", "<content mode='base64'>",
    "xmlns=''", "xmlns:a='b'", "xml:base='http://[::1'", "xml:base='a/'", "xml:lang='\u202e'", "<a:b>", "<:>",
    "<pubDate>", "<updated>", "<media:group>", "<media:content url='a' medium='image'/>", "<category term=''/>",
    "<enclosure url='' type='image/' length='99999999999999999999'/>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;",
    "<author><name>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;img src=x onerror=alert(1)&gt;", "<rss>",
    "&lt;a href='javascript:x'&gt;", "</channel>", "<feed>", "&lt;p&gt;" * 50, "<keywords>a,,b", "<ns0:id>",
)  # fmt: skip
_JSON = (
    *_JSONLD, '"items"', '"id"', '"content_html"', '"authors"', '"date_published"', '"tags"', "\\u0000",
    "\\ud800", "\\udc00", "\\uFFFE", '"id":' + "9" * 400, '"id":1e400', '"id":true', '"id":-0.0', "[" * 500,
    '{"a":' * 500, '"image":[]', '"attachments":[{"url":1}]', '"size_in_bytes":' + "9" * 5000, ",", ":", "{", "}",
    '"language":"\\u202e"', '"author":[]', '"title":{}', '"version"',
)  # fmt: skip
_LOG = (
    '"', "\\", "[", "]", "] ", " - - ", "GET ", " HTTP/1.1", "/feeds/latest.rss", "/feeds/../x.rss", " 200 ",
    " 304 -", "99999999999999999999", "[14/Jan/2026:05:20:00 +0000]", "[31/Dec/9999:23:59:59 -2359]",
    "[01/Jan/0001:00:00:00 +2359]", "[99/Foo/2026:99:99:99 +9999]", "[2026-01-14T05:20:00Z]", "::", "[::1]:80",
    ":" * 40, "1.2.3.4", "12 subscribers", "feedly 99999999999999999999 readers", "\n", "\\\"",
)  # fmt: skip

_WARC = (
    "WARC/1.1\r\n", "WARC/1.0\n", "WARC-Type: response\r\n", "WARC-Type: conversion\r\n", "WARC-Type: warcinfo\r\n",
    "WARC-Date: 2026-12-01T09:35:00Z\r\n", "WARC-Date: 9999-12-31T23:59:59Z\r\n", "WARC-Date: 0001-01-01T00:00:00Z\r\n",
    "Content-Length: 99999999999999\r\n", "Content-Length: 0\r\n", "Content-Length: -1\r\n", "Content-Length: ٣\r\n",
    "WARC-Target-URI: <https://desk.test/>\r\n", "WARC-Target-URI: https://[::1\r\n", "Feeds-UTC-Offset: 9999\r\n",
    "Feeds-UTC-Offset: -840\r\n", "Feeds-Page-Is-List: yes\r\n", "HTTP/1.1 200\r\n", "HTTP/9 999 x\r\n", "\r\n\r\n", "\n\n",
    "Content-Encoding: gzip\r\n", "Content-Encoding: br, gzip\r\n", "Content-Type: text/html; charset=utf-7\r\n",
    "Content-Type: text/html; charset=utf-16\r\n", "Content-Language: az\r\n", " folded\r\n", "Transfer-Encoding: chunked\r\n",
)  # fmt: skip

_SITEMAP = (
    "<urlset>", "<url>", "<loc>", "</loc>", "</url>", "<sitemap>", "<sitemapindex>", "<lastmod>2026-01-09</lastmod>",
    "<loc>https://desk.test/bell</loc>", "<loc>https://desk.test:99999/</loc>", "<loc>//[</loc>", "<loc>/bell?sid=1&b=2#c</loc>",
    "<news:news>", "<news:publication_date>2026-01-09T11:03+04:00</news:publication_date>", "<image:image>", "<image:loc>",
    '<xhtml:link rel="alternate" hreflang="az" href="/az/bell"/>', "https://desk.test/a\n", "\x1f\x8b", "<html>", "<rss>",
)  # fmt: skip
_LINKS = (
    "<a href='/quay/bell-hangs-again-there'>Bell hangs again</a>", "<a href='//[' rel=next>", "<base href='http://['>", "<base href='/a/'>",
    "<a href='?page=2'>Older</a>", "<nav>", "<a href='https://desk.test/%2e%2e/a-b-c-d'>", "<a href='https://DESK.test:80/a-b-c-d/./..'>",
    "<link rel=canonical href='//desk.test/a;jsessionid=1'>", "<link rel=alternate hreflang=az href=/az/>", "<meta name=theme-color content=#abc>",
)  # fmt: skip

OF_KIND = {
    "text": ("Latest news", "By ", "Photo: ", "-", "•", "Read more:", "<b>", "]]>", *DATES),
    "html": (*_HTML, *_HTML, *_JSONLD),
    "markdown": _MARKDOWN,
    "capture": (*_WARC, *_WARC, *_HTML),
    "front matter": (*_YAML, *_TOML),
    "table": (*_CSV, *DATES),
    "decisions": _TOML,
    "site": _TOML,
    "rss": _XML,
    "atom": _XML,
    "json": _JSON,
    "log": _LOG,
    "sitemap": (*_SITEMAP, *_XML),
    "links": (*_LINKS, *_HTML),
}
"""What means something in files of a kind."""
