"""What is no page is named for what it is; what only looks like it in its first words is a page."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import plistlib
import sqlite3
import tarfile
import wave
import zipfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import readers
from feeds.model.errors import PageError
from feeds.readers.filetypes import kind_of, refuse_other_kinds


def zipped(*names: str, first: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "words")
    return file.getvalue()


def tarred(form: int = tarfile.GNU_FORMAT) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=form) as archive:
        archive.addfile(tarfile.TarInfo("page.txt"))
    return file.getvalue()


def waved() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", "not compressed"))
        sound.writeframes(bytes(range(256)))
    return file.getvalue()


MHTML = (
    b"From: <Saved by a browser>\r\nSubject: Bell\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="x"\r\n\r\n<html>'
)
MAIL = b"Received: from quay.example\nSubject: Bell\nFrom: Ada <ada@quay.example>\n\nIt rang.\n"
MBOX = b"From ada@quay.example Mon Jan 12 09:30:00 2026\nSubject: Bell\n\nIt rang.\n"
XML = b'<?xml version="1.0"?>\n<!-- by hand -->\n'

KINDS = {
    "a PDF": [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n%%EOF\n",
        b"\xef\xbb\xbf%PDF-1.4\r1 0 obj <</Type/Catalog>> endobj\r%%EOF",
    ],
    "a PostScript document": [b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\nshowpage\n"],
    "a document of Pages": [
        zipped("Index/Document.iwa"),
        zipped("QuickLook/Preview.pdf", first="x"),
    ],
    "a ZIP archive": [zipped("a.txt"), zipped()],
    "an office document": [
        zipped("[Content_Types].xml", "word/document.xml"),
        zipped("content.xml", first="application/vnd.oasis.opendocument.text"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        rb"{\rtf1\ansi Bell}",
        rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\pard Bell, cut off",
    ],
    "an e-book": [zipped("a.xhtml", first="application/epub+zip")],
    "compressed (gzip)": [gzip.compress(b"a page")],
    "compressed (xz)": [lzma.compress(b"a page")],
    "compressed (bzip2)": [bz2.compress(b"a page")],
    "compressed (zstd)": [b"\x28\xb5\x2f\xfd\x00"],
    "a 7z archive": [b"7z\xbc\xaf\x27\x1c\x00"],
    "a RAR archive": [b"Rar!\x1a\x07\x00"],
    "a TAR archive": [tarred(), tarred(tarfile.PAX_FORMAT), tarred(tarfile.USTAR_FORMAT)],
    "a web archive (WARC)": [b"WARC/1.0\r\nWARC-Type: response\r\n"],
    "a web archive (MHTML)": [MHTML],
    "a web archive, or settings": [plistlib.dumps({"a": [1]}, fmt=plistlib.FMT_BINARY)],
    "a mailbox": [MBOX],
    "an e-mail": [MAIL],
    "an image": [
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01",
        b"\xff\xd8\xff\xe1\x28\x20Exif\x00\x00II*\x00",
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00",
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        b"\x00\x00\x00\x20ftypavif",
        b"II*\x00\x08\x00",
        b"BM\x36\x10\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00",
        b"\x00\x00\x01\x00\x01\x00\x10\x10",
        XML + b'<svg width="1" xmlns="http://www.w3.org/2000/svg"/>',
    ],
    "a sound or video file": [
        waved(),
        b"ID3\x04\x00\x00\x00\x00\x00\x00",
        b"\x00\x00\x00\x18ftypisom",
    ],
    "a font": [b"wOF2\x00\x01\x00\x00", b"\x00\x01\x00\x00\x00\x0e"],
    "a database": [b"SQLite format 3\x00\x10"],
    "a program": [b"\x7fELF\x02\x01", b"MZ" + b"\x90" * 58 + b"\x80\x00\x00\x00" + b"PE\x00\x00"],
    "a feed": [
        XML + b'<rss version="2.0"><channel/></rss>',
        b'\xef\xbb\xbf<feed xmlns="http://www.w3.org/2005/Atom"/>',
    ],
    "a sitemap": [XML + b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>'],
    "data in JSON": [json.dumps({"title": "Bell"}).encode(), b'[\n {"a": 1}]\n'],
}
OTHERS = [pytest.param(what, data, id=what) for what, many in KINDS.items() for data in many]


@pytest.mark.parametrize("path", ["a.txt", "a.doc", "a"])
@pytest.mark.parametrize(("what", "data"), OTHERS)
def test_what_is_no_page_is_named_for_what_it_is(path: str, what: str, data: bytes) -> None:
    with pytest.raises(PageError) as caught:
        readers.read_page(path, data)
    assert str(caught.value).startswith(f"{path}: this is no page but {what}")
    assert caught.value.problem.remedy


def test_a_real_database_is_one(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x.db") as connection:
        connection.execute("create table a (b)")
    connection.close()
    kind = kind_of((tmp_path / "x.db").read_bytes())
    assert kind is not None
    assert "SQLite" in kind.what


@pytest.mark.parametrize(
    "text",
    [
        "From the harbour to the hill\n\nNote: it is steep.",
        "From nine to 10:30 the bridge is shut, until 2027\nThe mayor said so.",
        "PK Almen wins\n\nThe club is first.",
        "BM and other letters\n\nWhat they mean.",
        "MZ is a plate number\n\n" + "It is read often. " * 9,
        "II* is a grade\n\nSo is III.",
        "ID3 is a tag",
        "GIF or JPEG\n\nThe archive chooses.",
        "RIFF and ruff\n\nTwo words.",
        "Rar! said the lion",
        "{ a brace opens the text",
        '{"Quote" in braces} and then a text',
        "[Photo] Bell\n\nIt hangs.]",
        "WARC/1.0 explained\n\nA format.",
        "BZh is an abbreviation",
        "OTTO is a name",
        "Title: Bell\nAuthor: Ada\n\nIt hangs.",
        "From: the desk\nSubject: bells\n\nThey ring.",
        "MIME-Version: what is it?\n\nA header.",
        "<feed the ducks> is a sign",
        "<rss is what feeds are made of",
        "<p>Bell</p>",
        "%PDF-1.7 is how the files of the office begin",
        "%PDF-1.7\n\nWhat this means, and what it does not.",
        "%PDF-1.4 \nThe format is old; 1 0 obj is its first line",
        "%!PS-Adobe-3.0 is a line of printers\n\nThey print it.",
        r"{\rtf1\ansi is how the letter of the mayor begins",
        "BZh91AY&SY is pi\n\nIt stands at the top of files.",
        "bplist00 is a word of phones",
        "GIF89a is thirty years old\n\nIts pictures move.",
        "RIFF vs WEBP\n\nWhich of them is larger.",
        "RIFF or WAVE\n\nBoth are names.",
        "RIFF vs AVI \n\nBoth are names.",
        "wOFFOTTO is no name\n\nIt is a font.",
        "WARC/1.0\n\nWhat the archive writes on its first line.",
        "From the quay Mon Jan 12 2026\nNote: it is steep.",
        "From nine to 10:30 the bridge is shut, until 2027\nNote: the mayor said so.",
        "From Baku Fri Jan  9 11:03:00 2026\nHarbour: opens again\n\nIt opens.",
        "Received: two letters\nReply: none\n\nThe mayor has not answered.",
        "Received: from the mayor, two letters\nSubject: the bell\n\nThey are long.",
        "Message-ID: a word\nFrom: the office\n\nIt means a number.",
        '<rss version="2.0"> is how a feed begins',
        '<feed xmlns="http://www.w3.org/2005/Atom"> is how others do',
        '<svg width="1" xmlns="http://www.w3.org/2000/svg"> draws',
        '{"Lamp": the story of a lamp, {told} by Nora}',
        "ID3 or OggS\n\nNames of sounds.",
        "OTTO, MM*, II*, BM, MZ\n\nLetters.",
        "SQLite format 3 is out",
        "",
    ],
)
def test_a_page_that_merely_begins_like_something_else_is_a_page(text: str) -> None:
    assert kind_of(text.encode()) is None


HTML = b"<!DOCTYPE html>\n<html lang=en><title>Bell</title><p>It hangs.</p></html>\n"


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (HTML * 2, 2),
        (HTML + b"<!-- saved -->\n" + HTML + HTML, 3),
        (b"<html></html><HTML></HTML>", 2),
    ],
)
def test_html_documents_one_after_the_other_are_refused_with_their_number(
    data: bytes, count: int
) -> None:
    with pytest.raises(PageError, match=f"holds {count} pages, one after the other; put each"):
        refuse_other_kinds("a.html", data)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.html", HTML),
        ("a.html", b"<html><script>w('<html></html>')</script></html>"),
        ("a.html", HTML + b"<p>a stray paragraph</p>"),
        ("a.txt", HTML * 2),
    ],
)
def test_one_html_document_is_one_page(path: str, data: bytes) -> None:
    refuse_other_kinds(path, data)


def with_ustar(text: str) -> bytes:
    """``text`` with the mark of TAR archives where they have it."""
    data = (text.encode() * 200)[:257] + b"ustar and more\n" + text.encode() * 20
    assert data[257:262] == b"ustar"
    return data


@pytest.mark.parametrize("text", ["Lamp glows\n\nIt glows. ", "Klokken henger 00000 ", "0 "])
def test_a_text_with_the_mark_of_an_archive_in_it_is_a_page(text: str) -> None:
    data = with_ustar(text)
    assert readers.read_page("a.txt", data).lines
    spoilt = bytearray(tarred())
    spoilt[0] ^= 1
    assert kind_of(bytes(spoilt)) is None, "it doesn't add up"


STARTS = (
    "%PDF-1.7 |%!PS-Adobe-3.0 |PK|{\\rtf1|BZh91AY&SY|7z|Rar!|ustar|bplist00|PNG|GIF89a|GIF87a|"
    "RIFF vs WEBP|RIFF or WAVE|RIFF or AVI |II*|MM*|BM|ID3|OggS|fLaC|wOFFOTTO|wOF2true|OTTO|true|"
    "SQLite format 3|ELF|MZ|WARC/1.0|From a Mon Jan 12|From: a\nTo: b\n|MIME-Version: |Received: |"
    '{"a": b|[{"a": |<rss version="2.0"> |<feed xmlns="a"> |<urlset xmlns="a"> |<?xml is |ÿØÿ|'
    "<opml version='1'> |(µ/ý|ÐÏà¡±á|Ã¿|РПап|ＢＭ|鐘が鳴る"
).split("|")
PROSE = st.text(
    st.sampled_from("abcåßéжщкλאبক鐘가 .,:;!?\n\n'\"()-0123456789{}<>[]/"),
    min_size=30,
    max_size=400,
)
ENCODINGS = st.sampled_from(
    "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be cp1252 cp1251 koi8-r iso8859-7 cp1255 shift_jis "
    "gb18030 euc-kr big5 mac-roman".split()
)


@given(st.sampled_from(STARTS), PROSE, ENCODINGS)
def test_no_page_of_text_is_refused_for_its_first_words(
    start: str, prose: str, encoding: str
) -> None:
    assert kind_of(f"{start}{prose}.".encode(encoding, "ignore")) is None


@given(
    st.sampled_from([data for many in KINDS.values() for data in many]), st.binary(max_size=2000)
)
def test_no_file_of_another_kind_is_a_page_whatever_follows_its_beginning(
    start: bytes, rest: bytes
) -> None:
    # what is in markup or JSON is told from its end as well
    assert kind_of(start + rest) is not None or start[-1:] in b">}]\n"


@given(
    st.randoms(use_true_random=False), st.integers(400, 3000), st.sampled_from([".txt", ".html"])
)
def test_bytes_of_no_kind_that_are_no_text_are_no_page_either(
    random: Random, size: int, suffix: str
) -> None:
    with pytest.raises(PageError):
        readers.read_page(f"a{suffix}", random.randbytes(size))
