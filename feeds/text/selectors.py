"""CSS selectors as an editor writes them, made into steps that take linear time on any page.

Rules
- A selector is parted at its combinators. What it asks of one element is an XPath of cssselect's
  making, that lxml answers in one pass; how elements stand to each other is for the caller, since
  XPath takes the square of a page's elements for it.
- Tags, classes, ids, attributes, ``:not()``, ``:is()``, and an element's number among its siblings
  are understood. What looks into an element (``:has()``, ``:contains()``), what no saved page has
  (``:hover``), parts of elements (``::before``) and namespaces are refused.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from cssselect.parser import Selector, Tree

Combinator = Literal["", " ", ">", "+", "~"]
LONGEST = 300
_MOST_STEPS = 20
_NUMBERED = frozenset(
    "first-child last-child only-child first-of-type last-of-type only-of-type nth-child "
    "nth-last-child nth-of-type nth-last-of-type".split()
)
_PLAIN = frozenset(("empty", "root"))
_COMBINATORS: dict[str, Combinator] = {" ": " ", ">": ">", "+": "+", "~": "~"}


class Step(NamedTuple):
    """What one element of a selector has to be, and how it stands to the one before.

    ``path`` is an XPath by which all such elements are found from the root; ``is_numbered``: it
    counts siblings, which takes the square of how many there are.
    """

    combinator: Combinator
    path: str
    is_numbered: bool


@lru_cache(maxsize=1000)
def parse_selector(text: str) -> tuple[tuple[Step, ...], ...]:
    """The selectors in ``text``, which commas part, each as its steps.

    Raises ValueError, which says in words what can't be understood.
    """
    from cssselect import SelectorError, parse  # late: hardly any newsroom has selectors

    if len(text) > LONGEST:
        raise ValueError(f"a selector has {LONGEST} characters at most")
    try:
        return tuple(_steps(selector) for selector in parse(text))
    except SelectorError as error:
        raise ValueError(str(error)) from error
    except RecursionError as error:
        raise ValueError("too deep") from error


def _steps(selector: Selector) -> tuple[Step, ...]:
    from cssselect.parser import CombinedSelector

    if selector.pseudo_element is not None:
        raise ValueError("it means a part of an element (::)")
    steps: list[Step] = []
    rest = selector.parsed_tree
    while isinstance(rest, CombinedSelector):
        steps.append(_step(_COMBINATORS[rest.combinator], rest.subselector))
        if len(steps) == _MOST_STEPS:
            raise ValueError(f"it has more than {_MOST_STEPS} parts")
        rest = rest.selector
    return (_step("", rest), *reversed(steps))


def _step(combinator: Combinator, element: Tree) -> Step:
    from cssselect import HTMLTranslator

    is_numbered = _is_numbered(element)
    path = f"descendant-or-self::{HTMLTranslator().xpath(element)}"
    return Step(combinator, path, is_numbered)


def _is_numbered(tree: Tree) -> bool:
    """Whether what ``tree`` asks of one element has to do with its number among its siblings.

    Raises ValueError if it asks what is not understood here.
    """
    from cssselect import parser

    if isinstance(tree, parser.Element):
        if tree.namespace:
            raise ValueError("it has a namespace (|)")
        return False
    if isinstance(tree, parser.CombinedSelector | parser.Relation):
        raise ValueError("what is in brackets, as in :not(…), may be of one element alone")
    is_numbered = False
    if isinstance(tree, parser.Attrib) and tree.namespace:
        raise ValueError("it has a namespace (|)")
    if isinstance(tree, parser.Pseudo | parser.Function):
        name = (tree.ident if isinstance(tree, parser.Pseudo) else tree.name).lower()
        is_numbered = name in _NUMBERED
        if not (is_numbered or name in _PLAIN):
            raise ValueError(f"':{name}' is not understood here")
    inner: list[Tree] = [tree.selector]
    if isinstance(tree, parser.Negation):
        inner.append(tree.subselector)
    elif isinstance(tree, parser.Matching | parser.SpecificityAdjustment):
        inner += tree.selector_list
    found = [_is_numbered(one) for one in inner]  # of all, since each may be refused
    return is_numbered or any(found)
