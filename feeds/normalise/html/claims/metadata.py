"""What a page says of its article for machines: JSON-LD, then ``meta`` and ``link``.

Rules
- Each statement is a claim with its line and its source; a field's claims stand in the
  order of trust, and nothing is chosen here.
- What a ``meta`` of the head is called by its ``itemprop`` counts as its name: it is in no scope.
- Names of ``meta`` that mean a story's own dates are listed below. Those which any page
  has (``last-modified``, ``revised``, a copyright year) are not among them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Literal, NamedTuple

from lxml.html import HtmlElement

from feeds.model.problem import Problem
from feeds.normalise.bylines import introduced
from feeds.normalise.html import dom
from feeds.normalise.html.claims import jsonld
from feeds.normalise.people import is_agency
from feeds.text import characters

# field: the names of meta that state it, the most trusted first
_META = {
    "title": "og:title twitter:title parsely-title sailthru.title dc.title dcterms.title",
    "published": "article:published_time og:article:published_time article:published "
    "article:published:time article:published-time article:published_date article:publish_date "
    "og:published_time datepublished date_published article_date_original "
    "originalpublicationdate published_at published_time parsely-pub-date sailthru.date "
    "dcterms.created dcterms.issued dc.date.issued dc.date.created citation_publication_date "
    "publication_date publication-date publish_date publish-date publishdate pub_date pubdate "
    "cxenseparse:recs:publishtime dc.date dcterms.date date",
    "updated": "article:modified_time og:article:modified_time article:modified og:updated_time "
    "article:modified:time article:modified_date datemodified date_modified "
    "dcterms.modified dc.date.modified",
    "authors": "article:author parsely-author sailthru.author dc.creator dcterms.creator "
    "articleauthor article_author article-author author authors byl twitter:data1",
    "section": "article:section parsely-section dc.subject",
    "tags": "article:tag news_keywords",
    "url": "og:url parsely-link",
    "image": "og:image:secure_url og:image og:image:url twitter:image twitter:image:src",
    "image alt": "og:image:alt twitter:image:alt",
    "image type": "og:image:type",
    "language": "og:locale content-language dc.language dcterms.language",
    "access": "article:content_tier",
    "type": "og:type",
    "site": "og:site_name application-name",
    "summary": "og:description description twitter:description dc.description",
}
RULED = "rule"
"""What a claim is called that an editor's rule points at."""
_FIELDS = {name: field for field, names in _META.items() for name in names.split()}
_ORDER = {name: place for names in _META.values() for place, name in enumerate(names.split())}
_TEXTS = frozenset(("title", "authors", "site", "summary"))
_LANG = ("lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang")
"""Of HTML, and of XHTML as a parser of HTML and one of XML call it."""
_MOST_CLAIMS = 5000
_MOST_AUTHORS = 50
_LONGEST_VALUE = 2000


class Claim(NamedTuple):
    """One statement of one source: its value as written, where it stands, and what it is.

    ``name`` is what the ``source`` calls it, ``url`` where whom it names is at home.
    """

    value: str
    line: int
    rule: str
    source: Literal["page", "meta", "JSON-LD", "microdata", "title element"] = "page"
    name: str = ""
    url: str = ""


class Metadata(NamedTuple):
    """A page's claims by field, the JSON-LD's types, what is doubtful, and all of the JSON-LD."""

    claims: dict[str, list[Claim]]
    types: frozenset[str]
    is_article: bool
    findings: tuple[Problem, ...]
    jsonld: jsonld.JsonLd

    def first(self, field: str) -> str:
        """The value of the most trusted claim of ``field``, or an empty text."""
        claims = self.claims.get(field)
        return claims[0].value if claims else ""


def collect_metadata(root: HtmlElement, titles: set[str], address: str = "") -> Metadata:
    """All claims of the page; ``titles`` are its visible headlines, ``address`` where it was."""
    meta = _meta(root)
    canonical = [
        Claim(link.get("href", ""), dom.line_of(link), "link rel=canonical")
        for link in root.iter("link")
        if (link.get("rel") or "").lower().split() == ["canonical"] and link.get("href")
    ]
    title = root.find(".//title")
    known = {claim.value for claim in meta["title"]} | titles
    if title is not None:
        known.add(dom.text_of(title))
    addresses = {address, *(claim.value for claim in (*canonical, *meta["url"]))}
    found = jsonld.find_jsonld(root, known, addresses)
    claims: dict[str, list[Claim]] = defaultdict(list)
    if found.article is not None:
        _read_node(found.article, found, claims)
    claims["url"][:0] = canonical
    for field, stated in meta.items():
        claims[field] += stated
    if title is not None and (words := jsonld.without_references(dom.text_of(title))):
        claims["title element"].append(
            Claim(words, dom.line_of(title), "title element", "title element")
        )
    for element in (root, root.find("body")):
        if element is not None and (names := [name for name in _LANG if element.get(name)]):
            rule = f"{'html' if element is root else 'body'} {names[0]}"
            value = element.get(names[0], "")
            claims["language"].insert(0, Claim(value, dom.line_of(element), rule))
            break
    return Metadata(dict(claims), found.types, found.article is not None, found.findings, found)


def _meta(root: HtmlElement) -> dict[str, list[Claim]]:
    stated: dict[str, list[tuple[int, Claim]]] = defaultdict(list)
    for number, element in enumerate(root.iter("meta")):
        if number >= _MOST_CLAIMS:
            break
        content = element.get("content")
        if not content:
            continue
        name = element.get("property") or element.get("name") or element.get("http-equiv") or ""
        if not name and next(element.iterancestors("head"), None) is not None:
            name = element.get("itemprop") or ""
        name = name.strip().lower()
        field = _FIELDS.get(name)
        value = characters.cleaned(content[:_LONGEST_VALUE])
        if field in _TEXTS:
            value = jsonld.plain(value)
        if field and value:
            claim = Claim(value, dom.line_of(element), f"meta {name}", "meta", name)
            stated[field].append((_ORDER[name], claim))
    stated["authors"] = [one for one in stated["authors"] if _is_byline(one[1], root)]
    claims: dict[str, list[Claim]] = defaultdict(list)
    for field, ranked in stated.items():
        claims[field] = [claim for _, claim in sorted(ranked, key=lambda item: item[0])]
    return claims


def _is_byline(claim: Claim, root: HtmlElement) -> bool:
    """Whether ``claim`` is to an author, as far as the label says of what any datum may be."""
    if claim.name != "twitter:data1":
        return True
    labels = (
        one.get("content") or ""
        for one in root.iter("meta")
        if "twitter:label1" in (one.get("name"), one.get("property"))
    )
    return introduced(f"{next(labels, '').strip()}: {claim.value}")


def _read_node(node: dict[str, Any], found: jsonld.JsonLd, claims: dict[str, list[Claim]]) -> None:
    """Adds to ``claims`` what the article's JSON-LD states."""

    def claim(field: str, key: str, values: list[str]) -> None:
        line = found.script.line_of(key, values[0] if values else "")
        claims[field] += [
            Claim(value[:_LONGEST_VALUE], line, f"JSON-LD {key}", "JSON-LD", key)
            for value in values[:50]
        ]

    claim("title", "headline", jsonld.words(node.get("headline")))
    if not claims["title"]:
        claim("title", "name", jsonld.words(node.get("name")))
    claim("published", "datePublished", jsonld.strings(node.get("datePublished"), "@value"))
    claim("updated", "dateModified", jsonld.strings(node.get("dateModified"), "@value"))
    for key in ("author", "creator"):
        if not (claims["authors"] or claims["organisation"]):
            _read_authors(node.get(key), key, found, claims)
    claim("summary", "description", jsonld.words(node.get("description")))
    claim("section", "articleSection", jsonld.strings(node.get("articleSection")))
    keywords = jsonld.strings(node.get("keywords"))
    if len(keywords) == 1:
        keywords = [word.strip() for word in keywords[0].split(",") if word.strip()]
    claim("tags", "keywords", keywords)
    for key in ("mainEntityOfPage", "url"):
        claim("url", key, jsonld.strings(node.get(key), "@id"))
    claim("language", "inLanguage", jsonld.strings(node.get("inLanguage"), "name"))
    claim("access", "isAccessibleForFree", jsonld.strings(node.get("isAccessibleForFree")))
    # said of its parts alone
    parts = jsonld.strings(node.get("hasPart"), "isAccessibleForFree")
    claim("access", "hasPart", [part for part in parts if part.casefold() == "false"][:1])
    publisher = node.get("publisher")
    claim("site", "publisher", _people(publisher, found.names))
    images = node.get("image")
    first = images[0] if isinstance(images, list) and images else images
    if isinstance(first, dict):
        first = _meant(first, "url", found.names)
        claim(
            "image", "image", (jsonld.strings(first, "url") or jsonld.strings(first, "contentUrl"))
        )
        claim("image alt", "caption", jsonld.strings(first, "caption"))
        for key in ("creditText", "creator", "author", "copyrightHolder", "copyrightNotice"):
            if not claims["image credit"]:
                claim("image credit", key, jsonld.strings(first.get(key)))
    else:
        claim("image", "image", jsonld.strings(first))


def _read_authors(
    value: Any, key: str, found: jsonld.JsonLd, claims: dict[str, list[Claim]]
) -> None:
    """Adds to ``claims`` the people that ``value`` states, and apart from them organisations."""
    items = value if isinstance(value, list) else [value]
    for item in items[:_MOST_AUTHORS]:
        meant = _meant(item, "name", found.names)
        kinds = set(jsonld.strings(meant.get("@type"))) if isinstance(meant, dict) else set()
        is_organisation = any(kind.endswith("Organization") for kind in kinds)
        pages: list[str] = []
        for field in ("url", "sameAs"):
            if isinstance(meant, dict):
                pages += jsonld.strings(meant.get(field), "@id")
        for name in jsonld.words(meant):
            signs = not is_organisation or is_agency(name)
            claim = Claim(
                name[:_LONGEST_VALUE],
                found.script.line_of(key, name),
                f"JSON-LD {key}" + ("" if signs else ", an organisation"),
                "JSON-LD",
                key,
                url=pages[0] if pages else "",
            )
            claims["authors" if signs else "organisation"].append(claim)


def _people(value: Any, names: dict[str, dict[str, Any]]) -> list[str]:
    """Names of authors, those included that are only referred to by their ``@id``."""
    items = value if isinstance(value, list) else [value]
    return [name for item in items for name in jsonld.words(_meant(item, "name", names))]


def _meant(item: Any, key: str, names: dict[str, dict[str, Any]]) -> Any:
    """``item``, or what it only refers to by its ``@id``, having no ``key`` of its own."""
    if isinstance(item, dict) and key not in item and isinstance(item.get("@id"), str):
        return names.get(item["@id"], item)
    return item
