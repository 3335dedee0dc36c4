"""Word documents: what mammoth makes of them is a page, and what is none is refused."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO

import pytest

from feeds.model.errors import PageError
from feeds.model.problem import PROPERTIES
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
        more.setdefault("word/styles.xml", _STYLES.encode())
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


def run(words: str, *properties: str) -> str:
    """A run of a paragraph, with elements that say how it looks."""
    made = "".join(f"<w:{one}/>" for one in properties)
    return f'<w:r><w:rPr>{made}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def whole(*runs: str, style: str = "") -> str:
    """A paragraph of ``runs``."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}{''.join(runs)}</w:p>"


HIDING = _STYLES.replace(
    "</w:styles>",
    '<w:style w:type="character" w:styleId="N"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="M"><w:basedOn w:val="N"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>',
)


def test_hidden_text_is_not_served_and_said_to_be_there() -> None:
    parts = {"word/styles.xml": HIDING.encode()}
    story = reading(
        document(
            paragraph("Ferry waits", style="T"),
            whole(run("Not yet. ", "vanish"), run(PROSE)),
            whole(run("Nor this. ", 'rStyle w:val="M"'), run("It was cold on the quay.")),
            whole(run("Nor that."), style="P"),
            whole(run("But this.", 'vanish w:val="0"'), style="P"),
            **parts,
        ),
        "a.docx",
    )
    assert story.article is not None
    assert story.article.paragraphs == (PROSE, "It was cold on the quay.", "But this.")
    hidden = [one for one in story.findings if one.code == "word-hidden"]
    assert [one.what for one in hidden] == [
        "hidden text is left out: 'Not yet. Nor this. Nor that.'"
    ]


def test_text_that_is_struck_out_twice_is_struck_out() -> None:
    made = document(paragraph("Ferry waits", style="T"), whole(run("Nine", "dstrike"), run(PROSE)))
    assert article(made, "a.docx").content == f"<p><s>Nine</s>{PROSE}</p>"


def test_deleted_and_moved_text_is_gone_and_open_changes_are_told() -> None:
    gone = '<w:del w:id="1" w:author="X"><w:r><w:delText>Gone. </w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="2" w:author="X">{run("Moved. ")}</w:moveFrom>'
    added = f'<w:ins w:id="3" w:author="X">{run("Added. ")}</w:ins>'
    found = reading(
        document(paragraph("Ferry waits", style="T"), whole(gone, moved, added, run(PROSE))),
        "a.docx",
    )
    assert found.article is not None
    assert found.article.paragraphs == (f"Added. {PROSE}",)
    assert "word-changes" in [one.code for one in found.findings]


CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/"><dc:creator>Front desk</dc:creator>'
    "<dcterms:created>2026-01-09T10:00:00Z</dcterms:created></cp:coreProperties>"
)


def test_properties_are_neither_author_nor_date_and_told_where_the_page_has_none() -> None:
    parts = {"docProps/core.xml": CORE.encode()}
    title = paragraph("Ferry waits", style="T")
    found = reading(document(title, paragraph(PROSE), **parts), "a.docx")
    assert found.article is not None
    assert (found.article.authors, found.article.published) == ((), None)
    assert [one.what for one in found.findings if one.code == PROPERTIES] == [
        "Word noted the file as by 'Front desk', made on 2026-01-09; neither is taken"
    ]
    signed = (paragraph("By Ida Lind"), paragraph("9 January 2026"), paragraph(PROSE))
    found = reading(document(title, *signed, **parts), "a.docx")
    assert PROPERTIES not in [one.code for one in found.findings]


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
