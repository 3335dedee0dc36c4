"""What is no page is named for what it is; what only looks like it in its first words is a page."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import tarfile
import zipfile
from pathlib import Path

import pytest

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


def tarred() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("page.txt"))
    return file.getvalue()


MHTML = (
    b"From: <Saved by a browser>\r\nSubject: Bell\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="x"\r\n\r\n<html>'
)
MAIL = b"Received: from quay.example\nSubject: Bell\nFrom: Ada <ada@quay.example>\n\nIt rang.\n"
MBOX = b"From ada@quay.example Mon Jan 12 09:30:00 2026\nSubject: Bell\n\nIt rang.\n"
XML = b'<?xml version="1.0"?>\n<!-- by hand -->\n'

KINDS = {
    "a PDF": [b"%PDF-1.7\n"],
    "a ZIP archive": [zipped("a.txt"), zipped()],
    "an office document": [
        zipped("[Content_Types].xml", "word/document.xml"),
        zipped("content.xml", first="application/vnd.oasis.opendocument.text"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        rb"{\rtf1\ansi Bell}",
    ],
    "an e-book": [zipped("a.xhtml", first="application/epub+zip")],
    "compressed (gzip)": [gzip.compress(b"a page")],
    "compressed (xz)": [b"\xfd7zXZ\x00\x00"],
    "compressed (bzip2)": [b"BZh91AY&SYxx"],
    "compressed (zstd)": [b"\x28\xb5\x2f\xfd\x00"],
    "a 7z archive": [b"7z\xbc\xaf\x27\x1c\x00"],
    "a RAR archive": [b"Rar!\x1a\x07\x00"],
    "a TAR archive": [tarred()],
    "a web archive (WARC)": [b"WARC/1.0\r\nWARC-Type: response\r\n"],
    "a web archive (MHTML)": [MHTML],
    "a web archive, or settings": [b"bplist00\xd1"],
    "a mailbox": [MBOX],
    "an e-mail": [MAIL],
    "an image": [
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a\x01",
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        b"\x00\x00\x00\x20ftypavif",
        b"II*\x00\x08\x00",
        b"BM\x36\x10\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00",
        b"\x00\x00\x01\x00\x01\x00\x10\x10",
        XML + b'<svg width="1" xmlns="http://www.w3.org/2000/svg"/>',
    ],
    "a sound or video file": [b"ID3\x04\x00\x00\x00\x00\x00\x00", b"\x00\x00\x00\x18ftypisom"],
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
