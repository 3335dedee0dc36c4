"""What stands in a part of a page, made anew as clean blocks; no word of it is lost.

Rules
- Only elements that mean something are made: paragraphs, headings, lists, quotations, tables,
  code, pictures; within them emphasis, links, what was struck out or put in, and the like.
  Everything else is at most a boundary between two paragraphs.
- A run of text between two boundaries is a paragraph, whatever it stands in. Two line breaks
  with nothing in between are a boundary, too. In a heading nothing is one.
- Inline elements may hold blocks, as a link holds a paragraph: each run in them has them anew.
- A list item or cell with one paragraph alone holds its words without it.
- A table that is there for its layout is no table: nothing stands in it but blocks.
- Every text is moved once, so that it takes as long as the part is large.
"""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise.html.body import elements, embeds, runs
from feeds.normalise.html.body.blocks import Block, words_of
from feeds.normalise.html.body.pictures import NUMBER, Picture
from feeds.text import characters


def render_blocks(scope: etree._Element, shown: list[Picture]) -> list[Block]:
    """All that ``scope`` holds as blocks, in its order; ``shown`` are its numbered pictures."""
    writer = _Writer(shown, elements.tables_for_layout(scope))
    walk = etree.iterwalk(scope, events=("start", "end"))
    for event, element in walk:
        if not isinstance(element.tag, str):
            pass
        elif event == "end":
            writer.end(element)
        elif element.tag == "pre":
            writer.add_lines(element)
            walk.skip_subtree()
        else:
            writer.start(element)
        if event == "end" and element is not scope:
            writer.add(element.tail)
    return [
        Block(element, words)
        for element in writer.finished()
        if (words := words_of(element)) or _shows_more(element)
    ]


def _shows_more(element: etree._Element) -> bool:
    """Whether a block without valid words shows something else: a picture, what is struck out."""
    return element.tag == "hr" or next(element.iter("img", "del", "s"), None) is not None


class _Writer:
    """Writes blocks. It is told of the elements and texts of a page one after the other."""

    def __init__(self, shown: list[Picture], layout: set[HtmlElement]) -> None:
        self._shown = shown
        self._layout = layout
        self._root = etree.Element("div")
        self._container = self._root
        self._outer: list[tuple[HtmlElement, etree._Element]] = []
        self._formats: list[HtmlElement] = []
        self._tags: dict[HtmlElement, str] = {}
        self._line: HtmlElement | None = None
        self._run: runs.Run | None = None

    def start(self, element: HtmlElement) -> None:
        """``element`` begins."""
        tag = element.tag
        if tag in elements.EMPTY:
            self._add_empty(element)
        elif self._line is not None and tag not in runs.FORMATS:
            self._part(element)
        elif tag in elements.LINES or elements.is_heading(element):
            self._begin_line(element)
        elif tag in elements.CONTAINERS and self._may_begin(element):
            self._begin(element, elements.CONTAINERS[tag])
        elif tag == "figcaption":
            self._begin_caption(element)
        elif tag in runs.FORMATS:
            self._begin_format(element, runs.FORMATS[tag])
        else:
            self._part(element)
        if tag not in runs.FORMATS and elements.is_struck(element):
            self._begin_format(element, "s")
        if tag not in elements.EMPTY:
            self.add(element.text)

    def end(self, element: HtmlElement) -> None:
        """``element`` ends."""
        if self._formats and self._formats[-1] is element:
            del self._tags[self._formats.pop()]
        if element is self._line:
            self._line = None
            self._end_run()
        elif self._outer and self._outer[-1][0] is element:
            self._end_run()
            inner, self._container = self._container, self._outer.pop()[1]
            _close(inner)
        else:
            self._part(element)

    def add(self, words: str | None) -> None:
        """The text ``words``, as the page has it."""
        words = runs.squeezed(words or "")
        if self._run is None:
            words = words.lstrip()
        if not words:
            return
        if self._run is None:
            self._run = runs.Run(etree.SubElement(self._place(), "p"))
        if self._line is None and self._run.breaks > 1 and not words.isspace():
            self._end_run()
            self.add(words)
        else:
            self._run.add(words, self._formats, self._tags)

    def add_lines(self, pre: HtmlElement) -> None:
        """The text in ``pre``, whose lines stay as they are."""
        self._end_run()
        words = characters.visible("".join(elements.lines_of(pre))).strip("\n").rstrip()
        if not words.strip():
            return
        block = etree.SubElement(self._place(), "pre")
        if next(pre.iter("code", "samp", "kbd"), None) is not None:
            block = etree.SubElement(block, "code")
        block.text = words

    def finished(self) -> list[etree._Element]:
        """What was written."""
        self._end_run()
        found = list(self._root)
        while found and found[-1].tag == "hr":
            found.pop()
        return found

    def _part(self, element: HtmlElement) -> None:
        """A boundary, if ``element`` is one: of two paragraphs, or of two words in a line."""
        if element.tag not in elements.BOUNDARIES and not self._is_own_block(element):
            return
        if self._line is None:
            self._end_run()
        elif self._run is not None:
            self._run.add(" ", self._formats, self._tags)

    def _is_own_block(self, element: HtmlElement) -> bool:
        """Whether ``element`` is of somebody's own making, and stands beside blocks."""
        if "-" not in element.tag or self._formats:
            return False
        outer, before = element.getparent(), element.getprevious()
        if outer is None or outer.tag in ("p", "span"):
            return False
        above = outer.text if before is None else before.tail
        return not (above or "").strip() and not (element.tail or "").strip()

    def _may_begin(self, element: HtmlElement) -> bool:
        """Whether ``element`` stands where one like it may stand, and is more than layout."""
        tag = element.tag
        if tag == "table":
            return element not in self._layout
        places = elements.ONLY_IN.get(tag)
        return places is None or self._container.tag in places or tag == "li"

    def _begin(self, element: HtmlElement, tag: str) -> None:
        self._end_run()
        if tag in elements.ONLY_IN and self._container.tag in elements.ONLY_IN[tag]:
            place = self._container
        elif tag == "li":  # outside of any list
            last = runs.last(self._container)
            is_list = last is not None and last.tag == "ul"
            place = last if last is not None and is_list else etree.SubElement(self._place(), "ul")
        else:
            place = self._place()
        self._outer.append((element, self._container))
        self._container = etree.SubElement(place, tag)
        for name in elements.NUMBERS.get(tag, ()):
            if elements.NUMBER.fullmatch(value := (element.get(name) or "").strip()):
                self._container.set(name, value)
        if tag == "ol" and element.get("type") in elements.KINDS_OF_NUMBERS:
            self._container.set("type", element.get("type"))
        if tag == "ol" and "reversed" in element.attrib:
            self._container.set("reversed", "reversed")

    def _begin_line(self, element: HtmlElement) -> None:
        level = f"h{element.get('aria-level', 2)}"
        tag = elements.LINES.get(element.tag) or elements.HEADINGS.get(level, "h4")
        self._end_run()
        if tag in elements.ONLY_IN and self._container.tag not in elements.ONLY_IN[tag]:
            return
        place = self._container if tag in elements.ONLY_IN else self._place()
        self._line = element
        self._run = runs.Run(etree.SubElement(place, tag))

    def _begin_caption(self, element: HtmlElement) -> None:
        """A caption names who speaks in the quotation that stands above it."""
        self._end_run()
        above = runs.last(self._container)
        if above is not None and above.tag == "blockquote":
            self._outer.append((element, self._container))
            self._container = above

    def _begin_format(self, element: HtmlElement, tag: str) -> None:
        if tag in runs.KEPT and not element.get(runs.KEPT[tag]):
            return
        if tag not in self._tags.values():
            self._formats.append(element)
            self._tags[element] = tag

    def _add_empty(self, element: HtmlElement) -> None:
        if element.tag == "img":
            self._show(element)
        elif element.tag == "hr":
            self._rule()
        elif self._run is not None:
            self._run.breaks += 1

    def _rule(self) -> None:
        if self._line is not None:
            return
        self._end_run()
        last = runs.last(self._container)
        if self._container is self._root and last is not None and last.tag != "hr":
            etree.SubElement(self._root, "hr")

    def _show(self, element: HtmlElement) -> None:
        """The picture whose number ``element`` has; with a caption it is a block for itself."""
        if address := embeds.embed_of(element):
            self._link(address, element.get("alt") or address)
            return
        match = NUMBER.fullmatch(element.get("src") or "")
        if match is None or int(match[1]) >= len(self._shown):
            return
        picture = self._shown[int(match[1])]
        if self._line is None and (picture.caption or picture.credit):
            self._end_run()
            runs.figure(self._place(), picture)
            return
        if self._run is None:
            self._run = runs.Run(etree.SubElement(self._place(), "p"))
        self._run.show(picture, self._formats, self._tags)

    def _link(self, address: str, title: str) -> None:
        """A link to what is embedded, which is a block for itself."""
        if self._line is not None:
            self.add(f" {title} ")
            return
        self._end_run()
        link = etree.SubElement(etree.SubElement(self._place(), "p"), "a")
        link.set("href", address)
        link.text = title

    def _place(self) -> etree._Element:
        """Where a block may stand now."""
        place = self._container
        while place.tag in elements.WITHIN:
            last = runs.last(place) if place.tag in ("ul", "ol") else None
            place = etree.SubElement(place, elements.WITHIN[place.tag]) if last is None else last
        return place

    def _end_run(self) -> None:
        run, self._run = self._run, None
        if run is not None:
            run.end()


def _close(container: etree._Element) -> None:
    """Ends a container: an empty one goes, and a single paragraph in an item is none."""
    parent = container.getparent()
    first = next(container.iterchildren(), None)
    if first is None:
        if container.tag not in elements.CELLS and parent is not None:
            parent.remove(container)
        return
    if container.tag in ("table", "tr") and not (words_of(container) or _shows_more(container)):
        if parent is not None:
            parent.remove(container)
        return
    if container.tag in elements.HOLDS_WORDS and first.tag == "p" and not _has_more(first):
        container.text = first.text
        for inner in list(first):
            first.addprevious(inner)
        container.remove(first)


def _has_more(paragraph: etree._Element) -> bool:
    return any(after.tag == "p" for after in paragraph.itersiblings())
