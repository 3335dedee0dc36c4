"""The parts of a Word document before mammoth reads them, and what it doesn't tell.

Rules
- Hidden text is kept from readers: its runs go, by their own formatting or by that of their styles.
- What is struck out twice is struck out.
- Changes that nobody accepted are taken as accepted, and that is said.
- Its properties are what a program noted: who has the computer, when the file was made. They are
  told, and are neither the article's author nor its date.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from feeds.model.problem import PROPERTIES, Problem
from feeds.text.characters import cleaned

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXTS = re.compile(r"word/(?:document\d*|footnotes\d*|endnotes\d*)\.xml")
_STYLES = re.compile(r"word/styles\d*\.xml")
_CORE = "docProps/core.xml"
_HIDING = (b":vanish", b":webHidden", b":dstrike")
_CHANGES = (b"<w:ins ", b"<w:del ", b"<w:moveTo ")
_OFF = ("0", "false", "off", "none")
_LONGEST_SAID = 80


class Parts(NamedTuple):
    """A document that mammoth can be given, and what its reader should know."""

    data: bytes
    findings: tuple[Problem, ...]


def mend_parts(data: bytes) -> Parts:
    """The document ``data`` without hidden text; raises what a damaged one raises.

    ``lxml.etree.XMLSyntaxError``, which is a SyntaxError, for XML that is none.
    """
    with ZipFile(BytesIO(data)) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    texts = [name for name in parts if _TEXTS.fullmatch(name)]
    findings = []
    if any(sign in parts[name] for name in texts for sign in _CHANGES):
        what = "the document has changes that nobody accepted yet; they are taken as accepted"
        findings.append(Problem("word-changes", what, 0, "accept or reject them in Word"))
    hidden: list[str] = []
    styled = [name for name in parts if _STYLES.fullmatch(name)]
    if any(sign in parts[name] for name in (*texts, *styled) for sign in _HIDING):
        styles = {style for name in styled for style in _hiding_styles(_tree(parts[name]))}
        for name in texts:
            tree = _tree(parts[name])
            hidden += _mend(tree, styles)
            parts[name] = etree.tostring(tree, encoding="UTF-8", xml_declaration=True)
        data = _packed(parts)
    if hidden:
        said = cleaned(" ".join(hidden))
        said = said if len(said) <= _LONGEST_SAID else f"{said[:_LONGEST_SAID]}…"
        what = f"hidden text is left out: '{said}'"
        findings.append(Problem("word-hidden", what, 0, "show it in Word if it is to be read"))
    if _CORE in parts and (told := _properties(_tree(parts[_CORE]))):
        findings.append(told)
    return Parts(data, tuple(findings))


def _tree(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(data, parser)


def _packed(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def _says(properties: etree._Element | None, *names: str) -> bool | None:
    """Whether ``properties`` of a run have one of ``names``; None if they don't say."""
    if properties is None:
        return None
    found = [one for name in names for one in properties.findall(f"{_W}{name}")]
    if not found:
        return None
    return any((one.get(f"{_W}val") or "1").lower() not in _OFF for one in found)


def _hiding_styles(styles: etree._Element) -> set[str]:
    """The ids of styles whose text is hidden, by themselves or by those that they are based on."""
    said: dict[str, bool | None] = {}
    bases: dict[str, str] = {}
    for style in styles.iter(f"{_W}style"):
        called = style.get(f"{_W}styleId") or ""
        said[called] = _says(style.find(f"{_W}rPr"), "vanish")
        based = style.find(f"{_W}basedOn")
        bases[called] = (based.get(f"{_W}val") or "") if based is not None else ""
    found = {called for called, is_hidden in said.items() if is_hidden}
    for called in said:
        path = [called]
        while said.get(path[-1]) is None and len(path) < len(bases) and bases.get(path[-1]):
            path.append(bases[path[-1]])
        if said.get(path[-1]):
            found.add(called)
    return found


def _mend(tree: etree._Element, hiding: set[str]) -> list[str]:
    """Takes hidden runs out of ``tree``, whose words are returned; ``hiding`` are styles."""
    hidden = []
    for run in list(tree.iter(f"{_W}r")):
        properties = run.find(f"{_W}rPr")
        if properties is not None:
            for struck in properties.findall(f"{_W}dstrike"):
                struck.tag = f"{_W}strike"
        own = _says(properties, "vanish")
        if own or (own is None and _is_hidden_by_style(run, properties, hiding)):
            hidden += [text.text or "" for text in run.iter(f"{_W}t")]
            for part in list(run):
                if part.tag not in (f"{_W}fldChar", f"{_W}instrText"):
                    run.remove(part)
    return hidden


def _is_hidden_by_style(
    run: etree._Element, properties: etree._Element | None, hiding: set[str]
) -> bool:
    style = properties.find(f"{_W}rStyle") if properties is not None else None
    if style is not None and style.get(f"{_W}val") in hiding:
        return True
    paragraph = next(run.iterancestors(f"{_W}p"), None) if hiding else None
    style = paragraph.find(f"{_W}pPr/{_W}pStyle") if paragraph is not None else None
    return style is not None and style.get(f"{_W}val") in hiding


def _properties(core: etree._Element) -> Problem | None:
    """What the properties say that may be meant, though it isn't taken."""
    said = {etree.QName(one).localname: cleaned(one.text or "") for one in core if one.tag}
    by = said.get("creator", "")[:_LONGEST_SAID]
    made = said.get("created", "")[:10]
    told = [f"by '{by}'" * bool(by), f"made on {made}" * bool(made)]
    if not any(told):
        return None
    what = f"Word noted the file as {', '.join(filter(None, told))}; neither is taken"
    remedy = "write the author and the day of publishing below the headline"
    return Problem(PROPERTIES, what, 0, remedy)
