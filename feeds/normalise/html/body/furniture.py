"""What stands on a page, within its article too, and is none of the article's text.

Rules
- It is told by where it stands: in an element that is for other things, or one that its template
  calls so. What holds a good part of the text is never furniture, whatever it is called.
- A correction of the story is of the text, be it in an element that stands beside it.
- Short lines are also told by their words, whoever holds them for text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise import verdicts
from feeds.normalise.html import dom
from feeds.normalise.html.body import counters
from feeds.normalise.words import is_credit, is_furniture, is_small, is_tags, names, vocabulary
from feeds.normalise.words.patterns import Words, any_of, small

BESIDE = "beside the article"
"""Where a template has what isn't the article itself."""
_ELEMENTS = {
    "nav": verdicts.NAVIGATION,
    "footer": "footer",
    "form": verdicts.FORM,
    "aside": BESIDE,
}
_ROLES = {
    "navigation": verdicts.NAVIGATION,
    "complementary": BESIDE,
    "contentinfo": "footer",
    "search": verdicts.NAVIGATION,
    "banner": BESIDE,
}
_NEVER = frozenset(("a", "article", "body", "main", "p", "time"))
_IN_A_FIGURE = frozenset(("blockquote", "li", "pre", "table", "tbody", "td", "th", "tr"))
_LABEL = "button or label"
_OF_CELLS = frozenset(("dd", "td", "th"))
_OF_OTHERS_IN_CELLS = frozenset((counters.DURATION, _LABEL, verdicts.SHARING, verdicts.AGE))
_MANY, _MOST_AROUND = 5, 6
_LONGEST = 200
_LONGEST_CREDIT, _LONGEST_CORRECTION = 70, 700
_CORRECTED = Words(rf"[\W_]*{any_of(vocabulary.CORRECTED)}(?!\w)")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
LINKED = 0.8
"""Of so much of it that is a link, a piece is a link."""


class Rules(dict[HtmlElement, str]):
    """The rules by which elements are furniture by themselves, each asked once."""

    def __missing__(self, element: HtmlElement) -> str:
        rule = self[element] = rule_of_itself(element)
        return rule


class Places:
    """The rule by which what stands in an element is furniture, element by element.

    ``spared`` are elements that never are; ``rules`` knows what elements are by themselves.
    """

    def __init__(self, tree: HtmlElement, spared: set[HtmlElement], rules: Rules) -> None:
        self._rules: dict[HtmlElement, str] = {tree: ""}
        self._spared = spared
        self._own = rules
        self._corrections: dict[HtmlElement, bool] = {}

    def rule_of(self, element: HtmlElement) -> str:
        """The rule for ``element``, empty if it is no furniture."""
        path: list[HtmlElement] = []
        outer: HtmlElement | None = element
        while outer is not None and outer not in self._rules:
            path.append(outer)
            outer = outer.getparent()
        rule = self._rules[outer] if outer is not None else ""
        for inner in reversed(path):
            if not rule and inner not in self._spared:
                rule = self._own[inner]
            self._rules[inner] = rule
        return rule

    def is_correction(self, block: HtmlElement) -> bool:
        """Whether what stands beside an article, and holds ``block``, corrects the story."""
        around = (block, *block.iterancestors())
        outer = next((one for one in around if one.tag == "aside" or one.get("role")), None)
        if outer is None:
            return False
        if outer not in self._corrections:  # asked once of what may hold hundreds of links
            is_short = not dom.is_longer(outer, _LONGEST_CORRECTION)
            corrects = is_short and _CORRECTED.match(dom.line_in(outer)) is not None
            self._corrections[outer] = corrects
        return self._corrections[outer]


def rule_of_itself(element: HtmlElement) -> str:
    """The rule by which ``element`` is furniture, whatever it stands in; empty if it is none."""
    tag = element.tag
    if tag == "footer" and is_quoted(element):
        return ""  # of a quotation: whose it is
    if rule := _ELEMENTS.get(tag) or _ROLES.get(element.get("role") or "", ""):
        return rule
    if tag in _NEVER:
        return ""
    called = dom.names_of(element)
    if len(called) <= 2:
        return ""
    rule = _rule_of_names(called)
    return "" if rule == verdicts.SHARING and _quotes(element) else rule


@lru_cache(maxsize=2000)
def _rule_of_names(called: str) -> str:
    parted = _CAPITAL.sub("-", called)
    if not names.ANY_FURNITURE.search(parted):
        return ""
    return next((rule for pattern, rule in names.FURNITURE if pattern.search(parted)), "")


def _quotes(element: HtmlElement) -> bool:
    """Whether what a template calls social is somebody's post, and no buttons."""
    return next(element.iter("blockquote"), None) is not None


def caption_rule(block: HtmlElement) -> str:
    """The rule by which ``block`` captions a picture, which keeps it or not.

    Who is quoted, or what a table shows, is text.
    """
    captioned = False
    for outer in (block, *block.iterancestors()):
        if outer.tag in _IN_A_FIGURE:
            return ""
        captioned = captioned or outer.tag == "figcaption"
        if outer.tag == "figure":
            if captioned and next(outer.iter("blockquote", "pre", "table"), None) is not None:
                return ""
            if not captioned and len(list(islice(outer.iter("p"), _MANY))) == _MANY:
                return ""  # which nobody closed
            kept = captioned and next(outer.iter("img"), None) is not None
            return verdicts.KEPT_CAPTION if kept else verdicts.CAPTION
    return verdicts.CAPTION if captioned else ""


def is_quoted(block: HtmlElement) -> bool:
    """Whether ``block`` stands in a quotation, or below it in its figure and says whose it is."""
    captioned = False
    for outer in (block, *block.iterancestors()):
        if outer.tag == "blockquote":
            return True
        captioned = captioned or outer.tag == "figcaption"
        if outer.tag == "figure":
            return captioned and next(outer.iter("blockquote"), None) is not None
    return False


def is_posted(block: HtmlElement) -> bool:
    """Whether ``block`` stands in the quotation that a post of another site is."""
    is_in_quote = False
    for outer in (block, *islice(block.iterancestors(), _MOST_AROUND)):
        is_in_quote = is_in_quote or outer.tag == "blockquote"
        if is_in_quote and outer.tag in ("blockquote", "div"):
            called = outer.get("class") or ""
            if names.POST.search(called) and not names.STORY_CARD.search(called):
                return True
    return False


def rule_by_words(words: str, linked: float, tag: str = "p") -> str:
    """The rule by which a line of these words is furniture; empty if it is none.

    ``linked``: the share of it that is a link; ``tag``: of its block. A cell may say how long
    something takes.
    """
    if words[:4] == "http" and _OF_TEMPLATE.fullmatch(words[:_LONGEST_DATA]):
        return "data of the template"
    return _rule_of_line(words, linked > 0, tag in _OF_CELLS) if len(words) <= _LONGEST else ""


@lru_cache(maxsize=4000)  # a site says the same on all its pages, and several rules ask of a line
def _rule_of_line(words: str, is_linked: bool, is_cell: bool) -> str:
    lowered = small(words)
    has_digit = _DIGIT.search(lowered) is not None
    is_one = (_ONE_OF_ANY if has_digit else _ONE_OF_WHOLE).for_text(lowered).fullmatch(
        lowered
    ) is not None
    for pattern, rule in (_ANY if has_digit else _WHOLE) if is_one else ():
        if pattern.for_text(lowered).fullmatch(lowered):
            return "" if is_cell and rule in _OF_OTHERS_IN_CELLS else rule
    for pattern, rule in _BEGUN:
        if (begun := pattern.for_text(lowered).match(lowered)) is not None:
            rest = words[begun.end() :].strip()
            if rule == verdicts.ADVERTISING and is_small(rest) and is_whole_sentence(rest):
                continue  # "Advertisement: that was her word for it."
            return rule
    if (
        is_linked
        and _LETTER.for_text(lowered).search(lowered)
        and _INVITATION.for_text(lowered).search(lowered)
    ):
        return verdicts.INVITATION
    if is_tags(lowered) and not is_whole_sentence(words):
        return verdicts.TAGS
    if is_furniture(lowered) and not is_whole_sentence(words):
        return "furniture of the site"
    if len(words) <= _LONGEST_CREDIT and is_credit(lowered) and not _tells(words):
        return verdicts.CREDIT
    return ""


def is_for_payers(words: str) -> bool:
    """Whether a line of these words says that something is for those who pay."""
    if len(words) > _LONGEST or _PAID.fullmatch(words) is None:
        return False
    return rule_by_words(words, 0) == verdicts.PAID


def _tells(words: str) -> bool:
    """Whether ``words`` are a sentence or introduce one, rather than credit a picture."""
    if words.endswith(":"):
        return True
    return is_whole_sentence(words) and _CREDITS.search(words) is None


_CREDITS = re.compile(r"[:©/|(–—]|^\W*\w+ by |,[^,]*$")
_NETWORK = any_of(vocabulary.NETWORKS)
_BETWEEN = r"[\s|/,·•]"
_EMOJI = "[\u2139\u26a0\u2705\u2714\u2757\u270f\U0001f000-\U0001faff]"
# "[He laughs.]" is none: a command has an equals sign, ends another, or is a name that is no word
_COMMAND = (
    r"/\w[\w-]{1,40}|\w[\w-]{1,40}\s[^\[\]=]{0,80}=[^\[\]]{0,120}|[a-z\d]+(?:[-_][a-z\d]+)+"
    r"|(?:gallery|playlist|audio|video|embed|caption|toc|adsense|contact-form)(?:\s[^\[\]]{0,150})?"
)
_PAID = Words(rf"[\W_]*{any_of(vocabulary.PAID)}[\W_]*")
_WHOLE = (
    counters.LATELY,
    (
        Words(rf"[\W_]*{any_of(vocabulary.LISTEN)}[\W_]*(?:{counters.COUNT}.{{0,20}})?"),
        "invitation to listen",
    ),
    (
        Words(
            rf"[\W_]*(?:{any_of(vocabulary.TO_SHARE)}[\s:：]+{_NETWORK}|{_NETWORK}{_BETWEEN}+{_NETWORK})"
            rf"(?:{_BETWEEN}+{_NETWORK}){{0,12}}[\s|]*"
        ),
        verdicts.SHARING,
    ),
    (Words(rf"\s*{_EMOJI}\ufe0f?(?:\u200d{_EMOJI}\ufe0f?){{0,3}}\s*"), _LABEL),
    (Words(rf"(?:\[(?:{_COMMAND})\]\s*){{1,9}}"), "shortcode"),
    (
        Words(
            r"\[(?P<command>\w{0,20}(?:button|btn|cta)\w{0,20})\s[^\[\]]{1,300}=[^\[\]]{1,300}\]"
            r".{0,150}\[/(?P=command)\]"
        ),
        "shortcode",
    ),
    (
        Words(
            r"(?:\${2}[a-z][a-z_-]{4,40}\${2}|%{2}[a-z][a-z_-]{4,40}%{2}|\{\{[\w .:-]{1,60}\}\})"
        ),
        "shortcode",
    ),
    (Words(r"\[caption\s[^\[\]]{1,150}\][^\[\]]{0,150}\[/caption\]"), verdicts.CAPTION),
    (Words(rf"[\W_]*{any_of(vocabulary.PLEAS)}[\W_]*"), verdicts.INVITATION),
    (Words(rf"[\W_]*{any_of(vocabulary.CONSENTS)}[\W_]*"), "request for consent"),
    (Words(rf"[\W_]*{any_of(vocabulary.CONTROLS)}[\W_]*"), _LABEL),
    (_PAID, verdicts.PAID),
    (Words(rf"[\W_]*{any_of(vocabulary.MEMBERS)}"), verdicts.INVITATION),
)
# the addresses of pictures with their sizes and their writers, which a style sheet hides
_OF_TEMPLATE = re.compile(
    r"(?:https?://\S+?\.(?:jpe?g|png|gif|webp)\s?\d{2,5}\s?\d{2,5}.*)", re.IGNORECASE
)
_LONGEST_DATA = 600
_ANY = (*counters.WITH_DIGITS, *_WHOLE)
_ONE_OF_WHOLE = Words.either(*(pattern for pattern, _ in _WHOLE))
_ONE_OF_ANY = Words.either(*(pattern for pattern, _ in _ANY))
_DIGIT = re.compile(r"\d")
_BEGUN = (
    (Words(rf"[\W_]*{any_of(vocabulary.ADVERTISEMENT)}(?:\s*[:|–—-]|\s*$)"), verdicts.ADVERTISING),
    (Words(rf"[\W_]*{any_of(vocabulary.OTHER_STORIES)}\s*[:|»>–—-]"), verdicts.OTHER_STORIES),
    (Words(r"the post .{1,150} (?:appeared first on|first appeared on) "), "notice of the system"),
    (Words(r"this entry was posted (?:on|in|by) "), "notice of the system"),
    (Words(r"page (?:generated|rendered|created) in \d"), "notice of the system"),
    (Words(r"[\W_]{0,3}(?:copyright\s*(?:[©(:–—-]|\d{4}|by\s|$)|©|ⓒ|\(c\)\s*\d{4})"), "copyright"),
    (
        Words(rf"\(?{any_of(vocabulary.MADE_BY)}"),
        "credits of the agency",
    ),
)
_LETTER = Words(any_of(vocabulary.NEWSLETTERS))
_INVITATION = Words(rf"{any_of(vocabulary.LOG_IN)}|{any_of(vocabulary.INBOX)}")
_ENDS = tuple(".!?…:;\"”»«’')]。！？」』।؟։")
_FULL_STOP = re.compile(r"[.!?…。！？।؟։][\"”“»«’')\]」』]*$")


def is_sentence(words: str) -> bool:
    """Whether ``words`` end as sentences do."""
    return words.endswith(_ENDS)


def is_whole_sentence(words: str) -> bool:
    """Whether ``words`` end with a full stop or the like, which headlines of links don't."""
    return _FULL_STOP.search(words[-8:]) is not None


def is_heading(block: HtmlElement) -> bool:
    """Whether ``block`` is a heading."""
    return block.tag in dom.HEADINGS
