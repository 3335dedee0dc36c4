"""A file is one page: what is something else is told by its bytes, never by its name.

Rules
- A signature counts only where the rest looks like that kind of file too, so that no story is
  refused for its first words. What is binary has bytes that no text has; the header of a TAR
  archive adds up; what is written in letters (PDF, RTF, mail, feeds …) has the parts that
  each of its kind has.
- Only the start of a file is looked at, but for the parts of those that are written in letters,
  and for HTML documents one after the other.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from feeds.model.errors import PageError
from feeds.text.patterns import compile_late


class Kind(NamedTuple):
    """What a file is instead of a page, and what its editor can do."""

    what: str
    remedy: str

    @property
    def is_archive(self) -> bool:
        """Whether it has other files in it."""
        return self.remedy is _UNPACK


MAX_PAGE_BYTES = 16 * 1024 * 1024
"""A larger file is refused unread: no story is that long."""
_HEAD_BYTES = 8192

_SAVE = "save the page as text, HTML or .docx"
_UNPACK = "put its pages here, each in a file of its own"
_ASIDE = "put a page here, as text or HTML, or move the file out of the folder"

_OFFICE = Kind("an office document", _SAVE)
_PAGES = Kind("a document of Pages", "export it as Word (.docx), or save it as text")
_BOOK = Kind("an e-book (EPUB)", _UNPACK)
_ZIP = Kind("a ZIP archive", _UNPACK)
_TAR = Kind("a TAR archive", _UNPACK)
_ARCHIVE_7Z = Kind("a 7z archive", _UNPACK)
_RAR = Kind("a RAR archive", _UNPACK)
_WARC = Kind("a web archive (WARC)", _UNPACK)
_WEB_ARCHIVE = Kind("a web archive (MHTML)", "save the page as HTML only")
_SAFARI = Kind("a web archive, or settings of a program", "save the page as HTML only")
_MBOX = Kind("a mailbox", "save each message's text in a file of its own")
_MAIL = Kind("an e-mail", "save its text alone")
_IMAGE = Kind("an image", _ASIDE)
_MEDIA = Kind("a sound or video file", _ASIDE)
_FONT = Kind("a font", "move it out of the folder")
_PROGRAM = Kind("a program", "move it out of the folder")
_FEED = Kind("a feed", "take it over with 'feeds import', or put the pages of its stories here")
_SITEMAP = Kind("a sitemap", "put the pages that it lists here instead")
_DATA = Kind("data in JSON", _SAVE)

_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (rb"PK\x03\x04.{26}mimetypeapplication/epub", _BOOK),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", _OFFICE),
    (rb"PK\x03\x04(?=.{0,4000}(?:\[Content_Types\]\.xml|(?:word|xl|ppt)/))", _OFFICE),
    (
        rb"PK\x03\x04(?=.{0,8000}(?:Index/[\w./-]{0,60}\.iwa|QuickLook/Preview|index\.(?:xml|apxl)))",
        _PAGES,
    ),
    (rb"PK(?:\x03\x04|\x05\x06|\x07\x08)", _ZIP),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    (rb"\x1f\x8b\x08", Kind("compressed (gzip)", _UNPACK)),
    (rb"BZh[1-9]1AY&SY", Kind("compressed (bzip2)", _UNPACK)),
    (rb"\xfd7zXZ\x00", Kind("compressed (xz)", _UNPACK)),
    (rb"\x28\xb5\x2f\xfd", Kind("compressed (zstd)", _UNPACK)),
    (rb"7z\xbc\xaf\x27\x1c", _ARCHIVE_7Z),
    (rb"Rar!\x1a\x07", _RAR),
    (rb"bplist0[0-9]", _SAFARI),
    (rb"\x89PNG\r\n", _IMAGE),
    (rb"\xff\xd8\xff[\xc0-\xfe]", _IMAGE),
    (rb"GIF8[79]a.[\x00-\x1f].[\x00-\x1f]", _IMAGE),
    (rb"RIFF.{3}[\x00-\x1f]WEBP", _IMAGE),
    (rb"\x00\x00.{2}ftyp(?:avif|avis|heic|heix|mif1|msf1)", _IMAGE),
    (rb"II\*\x00|MM\x00\*", _IMAGE),
    (rb"BM.{4}\x00{4}.{4}[\x0c\x28\x34\x38\x6c\x7c]\x00{3}", _IMAGE),
    (rb"\x00\x00[\x01\x02]\x00[\x01-\xff]\x00", _IMAGE),
    (rb"RIFF.{3}[\x00-\x1f](?:WAVE|AVI )", _MEDIA),
    (rb"\x00\x00.{2}ftyp", _MEDIA),
    (rb"ID3[\x02-\x04].{6}|OggS\x00|fLaC\x00|\x1aE\xdf\xa3", _MEDIA),
    (rb"wOF[F2](?:\x00\x01\x00\x00|OTTO|true)|OTTO\x00|\x00\x01\x00\x00\x00.", _FONT),
    (rb"SQLite format 3\x00", Kind("a database (SQLite)", _ASIDE)),
    (rb"\x7fELF[\x01\x02]", _PROGRAM),
    (rb"MZ.{58}.{2}\x00\x00(?=.{0,1000}PE\x00\x00)", _PROGRAM),
)
_BINARY = compile_late(b"|".join(b"(%b)" % pattern for pattern, _ in _SIGNATURES), re.DOTALL)

_CONTROL = compile_late(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""What is in no text of one byte a character, nor in UTF-8."""

_TAR_BYTES = 512
_TAR_MAGIC = slice(257, 262)
_TAR_SUM = slice(148, 156)

_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DOCUMENTS: tuple[tuple[re.Pattern[bytes], re.Pattern[bytes], Kind], ...] = tuple(
    (compile_late(start), compile_late(part), kind)
    for start, part, kind in (
        (
            rb"(?:\xef\xbb\xbf)?\s{0,99}%PDF-[0-9]\.[0-9]\s",
            rb"[\r\n]\s{0,9}[0-9]{1,9} [0-9]{1,5} obj\b|[\r\n]%[\x80-\xff]{4}",
            Kind("a PDF", _SAVE),
        ),
        (rb"%!PS-Adobe-[0-9]", rb"[\r\n]%%[A-Z]", Kind("a PostScript document", _SAVE)),
        (
            rb"\{\\rtf[0-9]?\s*\{?\\[a-z]",
            rb"\}[\s\x00]*\Z|(?:\\[a-z]+[0-9]*[^\\]{0,60}){5}",
            _OFFICE,
        ),
        (rb"WARC/[01]\.[0-9]+\r?\n", rb"\nWARC-[A-Za-z-]+:", _WARC),
        (
            rb"From \S{1,200} +%b +[0-9]{1,2} +[0-9]{1,2}:[0-9]{2}[^\n]{0,20} [0-9]{4}" % _DAY,
            rb"\A[^\n]*\n(?:(?:>?[A-Za-z-]{1,60}:|[ \t])[^\n]*\n){0,99}?"
            rb"(?i:From|To|Subject|Date|Received|Return-Path|Message-ID|X-[a-z-]+):",
            _MBOX,
        ),
    )
)
"""What is written in letters: how it begins, and what is somewhere in it."""

_HEADER = compile_late(rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t]+[^\s][^\n]*\n)*){2,}")
_OF_MAIL = compile_late(
    rb"^(?:MIME-Version:\s*1\.0|Message-ID:\s*<[^>\n]*@[^>\n]*>|Received:\s*(?:from|by)\s)",
    re.MULTILINE | re.IGNORECASE,
)
_TO_WHOM = compile_late(
    rb"^(?:From|To|Sender|Reply-To|Return-Path|Delivered-To):[^\n]*[@<]",
    re.MULTILINE | re.IGNORECASE,
)
_OF_ARCHIVE = compile_late(rb"^Content-Type:\s*multipart/related", re.MULTILINE | re.IGNORECASE)

_JSON = compile_late(rb"(?:\[\s{0,99})?\{\s{0,99}\"[^\"\n]{0,200}\"\s{0,9}:")
_JSON_KEY = compile_late(
    rb"[{,]\s{0,99}\"[^\"\n]{0,200}\"\s{0,9}:\s{0,9}(?:[\"\[{0-9-]|true|false|null)"
)
_PROLOGUE = compile_late(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*", re.DOTALL)
_ROOTS: tuple[tuple[bytes, Kind], ...] = (
    (rb"<(?:\w+:)?svg\s[^>]*xmlns", _IMAGE),
    (rb"<(?:rss\s[^>]*version|(?:\w+:)?feed\s[^>]*xmlns|rdf:RDF\s[^>]*xmlns)", _FEED),
    (rb"<(?:\w+:)?(?:urlset|sitemapindex)\s[^>]*xmlns", _SITEMAP),
    (rb"<opml\s[^>]*version", Kind("a list of feeds (OPML)", _ASIDE)),
)
_XML = tuple(
    (compile_late(pattern + rb"[^>]*>\s*(?:<[A-Za-z/!]|\Z)"), kind) for pattern, kind in _ROOTS
)
_NEXT_DOCUMENT = compile_late(
    rb"</html\s*>(?:\s|<!--[^>]{0,500}>)*(?:<!doctype[^>]{0,500}>(?:\s|<!--[^>]{0,500}>)*)?<html[\s>]",
    re.IGNORECASE,
)


def kind_of(data: bytes) -> Kind | None:
    """What ``data`` is if it is no page."""
    head = data[:_HEAD_BYTES]
    if (signature := _BINARY.match(head)) and signature.lastindex and _CONTROL.search(head):
        return _SIGNATURES[signature.lastindex - 1][1]
    if head[_TAR_MAGIC] == b"ustar" and _adds_up(head[:_TAR_BYTES]):
        return _TAR
    for start, part, kind in _DOCUMENTS:
        if start.match(head) and part.search(data):
            return kind
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:1] in {b"{", b"["} and _JSON.match(head) and data.rstrip()[-1:] in {b"}", b"]"}:
        return _DATA if _JSON_KEY.match(head.removeprefix(b"[").lstrip()) else None
    if head.startswith(b"<"):
        root = _PROLOGUE.sub(b"", head, count=1)
        return next((kind for pattern, kind in _XML if pattern.match(root)), None)
    header = _HEADER.match(head)
    if header and _OF_MAIL.search(header[0]) and _TO_WHOM.search(header[0]):
        return _WEB_ARCHIVE if _OF_ARCHIVE.search(header[0]) else _MAIL
    return None


def _adds_up(header: bytes) -> bool:
    """Whether ``header`` is a TAR archive's: it holds the sum of its bytes, as octal digits."""
    digits = header[_TAR_SUM].strip(b" \x00")
    others = sum(header) - sum(header[_TAR_SUM]) + len(header[_TAR_SUM]) * ord(" ")
    return digits.isdigit() and digits.decode() == f"{others:o}".zfill(len(digits))


def refuse_other_kinds(path: str, data: bytes) -> None:
    """Raises PageError if ``data`` is something else than a page, or several pages.

    ``path`` is only what the error calls the file, and whether it should be HTML.
    """
    kind = kind_of(data)
    name = path.lower()
    if (kind in (_OFFICE, _ZIP) and name.endswith(".docx")) or name.endswith(".warc"):
        return  # its reader says what it is
    if kind is not None:
        raise PageError(f"this is no page but {kind.what}", file=path, remedy=kind.remedy)
    more = len(_NEXT_DOCUMENT.findall(data)) if name.endswith((".html", ".htm")) else 0
    if more:
        raise PageError(
            f"this file holds {more + 1} pages, one after the other",
            file=path,
            remedy="put each into a file of its own",
        )
