"""The reader of Word documents: bytes to the markup that mammoth makes of them.

Rules
- A style named Title is the headline, a first heading without one; struck-out words stay so,
  deleted and hidden ones are gone (``docx_parts``). Each block is a line of the markup, so that a
  line number counts blocks.
- Pictures are in the document and at no address: the markup names them as a browser does the
  files of a page that it saved.
- A document is a ZIP archive, which may be larger than it looks: what is in it is counted before
  anything is unpacked, and tags before they are parsed. What a part is called says nothing of what
  it is. XML that declares entities is refused.
"""

from __future__ import annotations

import re
from io import BytesIO
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from feeds.model import Page
from feeds.model.errors import PageError
from feeds.readers.text import empty_page
from feeds.text import characters

_MAIN = re.compile(r"word/document\d*\.xml")
_MOST_PARTS = 5000
_MOST_BYTES = 64 * 1024 * 1024
_MOST_XML_BYTES = 8 * 1024 * 1024
_MOST_TAGS = 100_000
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_PICTURES = "word/media/"
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
strike => s
"""
_BLOCK_END = re.compile(r"(</(?:p|h[1-6]|ul|ol|table|blockquote)>)(?=<)")
_SAVE = "open it in Word and save it again, or save it as text or HTML"


def read_docx(path: str, data: bytes) -> Page:
    """The page that is the Word document in ``data``; raises PageError if it is none."""
    _refuse_others(path, data)
    import mammoth  # type: ignore[import-untyped] # ships no types; late: other pages need none

    from feeds.readers import docx_parts

    try:
        mended = docx_parts.mend_parts(data)
        made = mammoth.convert_to_html(
            BytesIO(mended.data),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(_picture),
        )
    except (
        ArithmeticError,
        AttributeError,
        BadZipFile,
        ExpatError,
        LookupError,
        OSError,
        RecursionError,
        SyntaxError,
        TypeError,
        ValueError,
    ) as error:
        raise PageError("this Word document can't be read", file=path, remedy=_SAVE) from error
    markup = characters.with_blanks(characters.allowed(_BLOCK_END.sub("\\1\n", made.value)))
    if not markup.strip():
        raise empty_page(path)
    # what any program writes that exports a document; what is known of exports holds for this
    head = '<meta name="generator" content="Microsoft Word">'
    whole = f"<html>{head}<body>{markup}</body></html>"
    return Page(path, "utf-8", (), mended.findings, form="html", markup=whole)


def _refuse_others(path: str, data: bytes) -> None:
    """Raises PageError unless ``data`` is a Word document of a size that can be read."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if not any(_MAIN.fullmatch(part.filename) for part in parts):
                what = "this is no Word document, though its name says so"
                raise PageError(what, file=path, remedy="save the page as .docx, text or HTML")
            too_large = sum(part.file_size for part in parts) > _MOST_BYTES
            size = tags = 0
            for part in () if too_large or len(parts) > _MOST_PARTS else parts:
                data = archive.read(part)
                if data.lstrip(_BEFORE_XML)[:1] != b"<":
                    continue
                size += len(data)
                tags += data.count(b"<")
                if part.filename.startswith(_PICTURES):
                    continue
                if b"<!DOCTYPE" in data.replace(b"\0", b""):
                    what = "this Word document has declarations that none has"
                    raise PageError(what, file=path, remedy=_SAVE)
            if too_large or len(parts) > _MOST_PARTS or size > _MOST_XML_BYTES or tags > _MOST_TAGS:
                what = "this Word document holds more than a page may have"
                raise PageError(what, file=path, remedy="save the story alone, as text or HTML")
    except (BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise PageError("this Word document is damaged", file=path, remedy=_SAVE) from error


def _picture(_: object) -> dict[str, str]:
    return {"src": "document_files/picture"}
