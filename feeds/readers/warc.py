"""The reader of captured pages: one HTTP answer, as it came, in a web archive (WARC).

Rules
- A file is one record of WARC 1.0 or 1.1 (ISO 28500:2017): of the type ``response``, which holds
  the answer as it came (6.3), or ``conversion``, a smaller form of it that reads the same (6.9).
  Whole crawls have more records, and are refused.
- The answer's body keeps its content coding (RFC 9110, section 8.4) and is undone when it is read.
  Its transfer coding is gone, as is what was said of the connection alone (7.6.1); and cookies,
  which are keys, and nobody's page.
- The encoding is found as browsers do: byte order mark, then Content-Type, then the page's own.
- The record says when the page was saved, exactly, and from where; its answer in which language.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

import msgspec

from feeds.client import coding
from feeds.model import Fetched, Page, Url
from feeds.model.errors import PageError
from feeds.readers import decoding, html
from feeds.readers.filetypes import MAX_PAGE_BYTES, refuse_other_kinds
from feeds.text import urls

_HEADER = re.compile(rb"WARC/1\.[01]\r?\n((?:[!-9;-~]{1,80}:[^\n]{0,8000}\n){1,60})\r?\n")
_STATUS = re.compile(rb"HTTP/[0-9.]{1,5} ([1-5][0-9]{2})(?: [^\n]{0,500})?\r?\n")
_FIELDS = re.compile(
    rb"((?:[!-9;-~]{1,200}:[^\n]{0,60000}\n(?:[ \t][^\n]{0,8000}\n){0,50}){0,500})\r?\n"
)
_NAMES = re.compile(r"[!-9;-~]{1,200}")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?Z")
_NEXT = re.compile(rb"\s*WARC/[01]\.")
_OF_CONNECTION = frozenset(
    "connection keep-alive proxy-authenticate proxy-authentication-info proxy-connection "
    "set-cookie te trailer transfer-encoding upgrade".split()
)
_HTML = frozenset(["", "text/html", "application/xhtml+xml"])
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_MINUTE = timedelta(minutes=1)
_AGAIN = "have 'feeds capture' fetch it again, or delete the file"
_ONE = "put each answer into a file of its own, as 'feeds capture' does, or move the file away"
_LISTED, _OFFSET = "Feeds-Page-Is-List", "Feeds-UTC-Offset"
"""Fields of ours among the record's (ISO 28500, 5.1: others pass over what they don't know)."""
_MINUTES = re.compile(r"[+-]?\d{1,4}")


class Capture(NamedTuple):
    """An answer of a web server, and when it came. ``moment`` is aware, and in whole seconds.

    Its offset says which day that was in the newsroom: give it in the site's time zone.

    ``body`` is as it came, its content coding included. ``is_list``: it was fetched for its list
    alone, so nothing on it is an article. ``original`` is the id of the record of which this
    is a smaller form; empty if it is the answer itself.
    """

    address: str
    moment: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    is_list: bool = False
    original: str = ""

    def header(self, name: str) -> str:
        """The value of the header ``name``, that of several the first; empty if there is none."""
        name = name.casefold()
        return next((value for key, value in self.headers if key.casefold() == name), "")


def read_warc(path: str, data: bytes) -> Page:
    """The page that was captured in ``data``; raises PageError if that is none, or no HTML."""
    return page_of(path, read_capture(path, data))


def page_of(path: str, capture: Capture) -> Page:
    """The page in ``capture``, which lies at ``path``; raises PageError as above."""
    if capture.status != 200:
        raise PageError(
            f"the server answered {capture.status}, and no page", file=path, remedy=_AGAIN
        )
    kind = capture.header("Content-Type")
    media_type = kind.partition(";")[0].strip().lower()
    if media_type not in _HTML:
        raise PageError(
            f"what was captured is '{media_type[:60]}', and no HTML",
            file=path,
            remedy="delete the file; 'feeds capture' reads pages alone",
        )
    body = content(capture, path=path)
    refuse_other_kinds(f"{path}.html", body)
    charset = _CHARSET.search(kind)
    page = html.read_declared(path, body, charset[1] if charset else decoding.declaration(body))
    language = capture.header("Content-Language").strip()
    fetched = Fetched(
        address=Url(capture.address),
        moment=_utc(capture.moment),
        local=capture.moment.isoformat(),
        language=language if _LANGUAGE.fullmatch(language) else "",
        is_list=capture.is_list,
    )
    return msgspec.structs.replace(page, fetched=fetched)


def read_capture(path: str, data: bytes) -> Capture:
    """What was captured in ``data``; raises PageError if that is no record, or not one alone."""
    head = _HEADER.match(data)
    if head is None:
        raise _refused(path, "this is no record of WARC 1.0 or 1.1")
    named = dict(_fields(head[1]))
    kind = named.get("warc-type", "")
    length = named.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise _refused(path, "its record says no Content-Length")
    end = head.end() + int(length)
    if _NEXT.match(data, end):
        what = f"this web archive has several records, the first a '{kind[:40]}'"
        raise PageError(what, file=path, remedy=_ONE)
    if kind not in {"response", "conversion"}:
        raise PageError(
            f"this web archive holds a '{kind[:40]}', no answer", file=path, remedy=_ONE
        )
    if end > len(data) or data[end:].strip(b"\r\n"):
        raise _refused(path, f"its record should end {end:,} bytes from the start, and doesn't")
    address = urls.absolute("", named.get("warc-target-uri", "").strip("<>"))
    if address is None:
        raise _refused(path, "its record names no address (WARC-Target-URI)")
    status, headers, body = _answer(path, data[head.end() : end])
    return Capture(
        address,
        _moment(path, named.get("warc-date", ""), named.get(_OFFSET.lower(), "")),
        status,
        headers,
        body,
        named.get(_LISTED.lower()) == "yes",
        named.get("warc-refers-to", "") if kind == "conversion" else "",
    )


def record_of(capture: Capture) -> bytes:
    """The bytes of the file that holds ``capture``, always the same.

    Raises ValueError for an address that is none, or a moment of which nobody knows the offset.
    """
    urls.checked(capture.address)
    if (offset := capture.moment.utcoffset()) is None:
        raise ValueError("expected a moment with its offset from UTC")
    lines = [
        f"{name}: {' '.join(value.split())}"
        for name, value in capture.headers
        if name.lower() not in _OF_CONNECTION and _NAMES.fullmatch(name)
    ]
    top = "\r\n".join((f"HTTP/1.1 {capture.status}", *lines, "", ""))
    block = top.encode("latin-1", "replace") + capture.body
    named = {
        "WARC-Type": "conversion" if capture.original else "response",
        "WARC-Record-ID": record_id(capture),
        "WARC-Date": _utc(capture.moment),
        "WARC-Target-URI": capture.address,
        **({"WARC-Refers-To": capture.original} if capture.original else {}),
        **({_LISTED: "yes"} if capture.is_list else {}),
        **({_OFFSET: str(round(offset / _MINUTE))} if offset else {}),
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def starts_list(data: bytes) -> bool:
    """Whether ``data``, the first bytes of a file, are those of a page that is a list alone."""
    head = data.partition(b"\r\n\r\n")[0]
    return f"\r\n{_LISTED}: yes\r\n".encode() in head


def record_id(capture: Capture) -> str:
    """The id of the record of ``capture``, made of address and moment: it is the same each time."""
    name = f"{_utc(capture.moment)} {capture.address} {capture.original}"
    code = hashlib.sha256(name.encode()).hexdigest()
    # RFC 9562, section 5.8: version 8, of a form of one's own
    return f"<urn:uuid:{code[:8]}-{code[8:12]}-8{code[13:16]}-8{code[17:20]}-{code[20:32]}>"


def content(capture: Capture, most: int = MAX_PAGE_BYTES, *, path: str = "") -> bytes:
    """The body of ``capture`` without its content coding.

    Raises PageError, which calls the file ``path``, if it can't be undone or has more than
    ``most`` bytes, of which no more are ever made.
    """
    named = ",".join(value for name, value in capture.headers if name.lower() == "content-encoding")
    try:
        return coding.decoded(capture.body, named, most)
    except coding.TooLargeError as error:
        raise PageError(
            f"what was captured has more bytes than a page may have ({most:,})",
            file=path,
            remedy="delete the file; no story is that long",
        ) from error
    except coding.CodingError as error:
        raise _refused(path, f"its answer can't be decoded: {error}") from error


def _answer(path: str, block: bytes) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    """Status, headers and body of the HTTP answer in ``block``."""
    status = _STATUS.match(block)
    fields = _FIELDS.match(block, status.end()) if status else None
    if status is None or fields is None:
        raise _refused(path, "its record holds no answer of a web server")
    headers = tuple(_fields(fields[1], "latin-1", kept=True))
    if any(name.lower() == "transfer-encoding" for name, _ in headers):
        raise _refused(path, "its answer is still in the transfer coding of its connection")
    return int(status[1]), headers, block[fields.end() :]


def _fields(lines: bytes, encoding: str = "utf-8", *, kept: bool = False) -> list[tuple[str, str]]:
    """Names and values of ``lines``; the names in small letters unless they are to be ``kept``."""
    whole = re.sub(r"\r?\n[ \t]+", " ", lines.decode(encoding, "replace"))
    pairs = (line.partition(":") for line in whole.split("\n") if line.strip())
    return [(name if kept else name.lower(), value.strip()) for name, _, value in pairs]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def _moment(path: str, written: str, offset: str) -> datetime:
    """The moment that the record says, in whole seconds, at its ``offset`` in minutes."""
    found = _MOMENT.fullmatch(written)
    minutes = int(offset) if _MINUTES.fullmatch(offset) else 0
    try:
        moment = datetime.fromisoformat(f"{found[1] if found else ''}+00:00")
        return moment.astimezone(timezone(_MINUTE * minutes))
    except (ValueError, OverflowError) as error:
        raise _refused(path, "its record doesn't say when it was made (WARC-Date)") from error


def _refused(path: str, what: str) -> PageError:
    return PageError(what, file=path, remedy=_AGAIN)
