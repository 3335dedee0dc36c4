"""Word documents: what mammoth makes of them is a page, and what is none is refused."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO

import pytest

from feeds.model.errors import PageError
from feeds.readers import read_page, refuse_unread
from tests.normalise.reading import article, reading

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)
_STYLES = (
    f'<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/>'
    '</w:style><w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    "</w:styles>"
)
PROSE = "The tide came in an hour early, and the ferry stayed where it was until noon."


def paragraph(*runs: str, style: str = "") -> str:
    """A paragraph of the document; a run that begins with ``~`` is struck out."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    made = (
        f"<w:r>{'<w:rPr><w:strike/></w:rPr>' if run[0] == '~' else ''}"
        f'<w:t xml:space="preserve">{run.lstrip("~")}</w:t></w:r>'
        for run in runs
    )
    return f"<w:p>{styled}{''.join(made)}</w:p>"


def document(*paragraphs: str, **more: bytes) -> bytes:
    """A Word document of ``paragraphs``; ``more`` are parts of it, by name."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/styles.xml", _STYLES)
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{_W}"><w:body>{"".join(paragraphs)}</w:body></w:document>',
        )
        for name, data in more.items():
            archive.writestr(name, data)
    return file.getvalue()


def test_the_title_of_a_document_is_the_headline() -> None:
    story = article(
        document(
            paragraph("Ferry waits for the tide", style="T"),
            paragraph("By Ida Lind"),
            paragraph("9 January 2026"),
            paragraph(PROSE, " ", "~Nine", " Five people waited."),
            paragraph("Below the surface", style="H"),
            paragraph(PROSE + " It was cold."),
        ),
        "a.docx",
    )
    assert story.title == "Ferry waits for the tide"
    assert story.authors == ("Ida Lind",)
    assert story.published is not None
    assert story.published.iso == "2026-01-09"
    assert story.paragraphs == (
        f"{PROSE} Five people waited.",
        "Below the surface",
        f"{PROSE} It was cold.",
    )
    assert "<s>Nine</s>" in story.content


def test_a_heading_is_the_headline_of_a_document_without_a_title() -> None:
    made = document(paragraph("Ferry waits", style="H"), paragraph(PROSE), paragraph(PROSE + "."))
    assert article(made, "a.docx").title == "Ferry waits"


def test_a_document_without_styles_is_held_with_what_to_do_in_word() -> None:
    made = document(paragraph("Ferry waits for the tide"), paragraph(PROSE), paragraph(PROSE + "."))
    found = [item for item in reading(made, "a.docx").findings if item.code == "no-headline"]
    assert [item.weight for item in found] == ["hold"]
    assert "style" in found[0].remedy
    assert "h1" not in found[0].remedy


def test_lines_are_blocks() -> None:
    made = document(paragraph("Ferry waits", style="T"), paragraph(PROSE), paragraph("By Ida Lind"))
    dropped = reading(made, "a.docx").dropped
    assert [(one.line, one.text) for one in dropped] == [(3, "By Ida Lind")]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04 and then nothing", "damaged"),
        (document(**{"word/media/a.bin": bytes(65 * 1024 * 1024)}), "more than a page may have"),
        (
            document(**{"word/more.bin": b"<a>" + bytes(9 * 1024 * 1024)}),
            "more than a page may have",
        ),
        (document("<w:p/>" * 100_000), "more than a page may have"),
        (document(**{"word/more.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), "declarations"),
        (document("<w:p>"), "can't be read"),
        (document("<w:p>" * 20_000 + "</w:p>" * 20_000), "can't be read"),
        (document(), "empty"),
        (b"Just a text.\n", "damaged"),
        (b"%PDF-1.7 x\n1 0 obj\n", "PDF"),
    ],
)
def test_what_is_no_readable_document_is_refused(data: bytes, what: str) -> None:
    began = time.monotonic()
    with pytest.raises(PageError, match=what):
        read_page("a.docx", data)
    assert time.monotonic() - began < 10


def test_another_archive_is_no_document() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(PageError, match="no Word document"):
        read_page("a.docx", file.getvalue())


def test_a_document_is_not_refused_by_its_beginning() -> None:
    data = document(paragraph("Ferry waits"))
    refuse_unread("a.docx", data[:200], len(data))
    with pytest.raises(PageError, match="office document"):
        refuse_unread("a.html", data, len(data))
