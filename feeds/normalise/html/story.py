"""The article of an HTML page, put together from its claims, its header and its text.

Rules
- The article is what ``body`` finds of its text, between the headline and the end of that.
- Headline, byline, dates, credits, lists and notices to log in are no text.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import CAPTURED_FROM, Dropped, Image, StatedDate, Story
from feeds.model.problem import Problem
from feeds.normalise import verdicts
from feeds.normalise.bylines import authors_in
from feeds.normalise.html import body, dom, saved, unshown
from feeds.normalise.html.body import cut, doubts, embeds, pictures, scope, select
from feeds.normalise.html.body.originals import Originals
from feeds.normalise.html.body.witness import Witness
from feeds.normalise.html.claims import (
    choose,
    dated,
    enclosures,
    last_dates,
    picture_facts,
    relative,
    titles,
)
from feeds.normalise.html.claims.media import Media
from feeds.normalise.html.claims.metadata import Claim, Metadata
from feeds.normalise.html.claims.shown import find_bylines, header_elements
from feeds.normalise.html.claims.sites import Sites
from feeds.normalise.html.claims.translations import other_languages
from feeds.normalise.html.guided.claims import claim_places
from feeds.normalise.people import is_agency, people_in
from feeds.normalise.words import is_small
from feeds.text import same_picture
from feeds.text.dates.places import settled_in
from feeds.text.urls import is_document

_LONGEST_OF_NAME, _DASHES, _MARKS = 14, "—–-~ ", ".,;:!?()\"'“”„«»"
_BELOW = "date below the text"


class Place(NamedTuple):
    """Where the page lies, what its addresses are relative to, what was noted on saving, and when.

    ``source`` is its markup; ``originals`` knows where files were that were saved with it;
    ``embedded`` stand for what others show in it.
    """

    path: str
    base: str
    note: saved.Note
    captured: StatedDate | None
    source: str
    originals: Originals
    embedded: list[HtmlElement]
    media: Media


def read_article(
    parts: scope.Parts,
    stated: Metadata,
    microdata: list[tuple[str, Claim]],
    place: Place,
    listed: tuple[Story, ...],
) -> tuple[Story | None, list[Problem], list[Dropped]]:
    """The article, what is doubtful about it, and what was dropped; None if it has no text."""
    languages = [claim.value for claim in stated.claims.get("language", ())]
    settled = settled_in(languages, place.base)
    chosen = choose.Chosen(place.path, settled)
    claims = {field: list(made) for field, made in stated.claims.items()}
    for field, claim in microdata:
        claims.setdefault(field, []).append(claim)
    paid = any(claim.value.lower() == "false" for claim in claims.get("access", ()))
    described = Witness(claim.value for claim in claims.get("summary", ()))
    chosen_text, told = unshown.select_text(
        parts, stated.jsonld, place.source, described, paid=paid
    )
    chosen.findings += told
    within = chosen_text.scope
    files = enclosures.of_article(place.media.files, _place(chosen_text, parts))
    embeds.call(place.embedded, enclosures.titles_of(files), place.base)
    around = scope.with_headline(within, parts) if parts.told.body else within
    stands = (
        list(header_elements(around, parts.title, parts.beside)) if parts.title is not None else []
    )
    header = dated.header_dates(stands, settled, parts.tree, parts.title)
    ends = cut.mark_date_below(chosen_text)
    at_the_end = dated.header_dates(ends, settled, parts.tree, parts.title)
    claims.setdefault("published", []).extend(
        header.published[:1] or [one._replace(rule=_BELOW) for one in at_the_end.published[:1]]
    )
    undated = [] if claims["published"] else stands
    before = relative.find_relative(undated, place.captured)
    claims.setdefault("updated", []).extend(
        header.updated[:1] or [one._replace(rule=_BELOW) for one in at_the_end.updated[:1]]
    )
    claims["authors"] = _in_order([*claims.get("authors", []), *find_bylines(stands)])
    dropped: list[Dropped] = []
    titled, labels = titles.collect_titles(stated, microdata, parts, place.base)
    dropped += labels
    title = chosen.title(titled)
    dropped += titles.other_form(titled, title)
    cut.mark_header(chosen_text, stands)
    below = cut.mark_byline_below(chosen_text)
    claims["authors"] += [claim for claim in below if not is_agency(claim.value)]
    chosen.findings += claim_places(parts, claims, chosen_text, settled, place.captured)
    dropped += cut.cut(chosen_text)
    scope.cut_headline(within, parts.title, title)
    shown, told, lost = pictures.number_pictures(within, place.base, place.originals)
    chosen.findings += told
    dropped += [*lost, *embeds.left_out(place.embedded, within)]
    body.make_links_absolute(within, place.base)
    stub = scope.take_paywall(within, dropped)
    blocks = body.render_blocks(within, shown)
    blocks = scope.without_headline(blocks, title, within, None if stands else dropped)
    stub = scope.take_notice(within, blocks, dropped) or stub
    stub = stub or scope.find_notice(chosen_text.pieces)
    if stub:
        claims.setdefault("access", []).append(stub)
    sites = _sites(stated, place.base)
    authors = _authors(chosen, claims, sites, within, blocks, dropped)
    paragraphs = body.paragraphs(blocks)
    text_line = dom.line_of(within)
    date = chosen.date("published", claims["published"])
    if date is None:
        chosen.findings += filter(None, [before.doubt])
        date = (
            chosen.date("published", before.claims)
            or last_dates.from_list(
                {claim.value.casefold() for claim in titled}, listed, before.why, chosen
            )
            or last_dates.from_dateline(paragraphs, settled, text_line, chosen)
        )
    chosen.findings += _doubts_of(header, date, chosen)
    later = _change(chosen, claims["updated"], date)
    played, source, left = enclosures.merged(files, place.path)
    dropped += left
    if source:
        chosen.evidence["enclosures"] = source
    image = _image(chosen, claims, shown, place.base)
    is_word = place.path.lower().endswith(".docx")
    urls = claims.get("url", [])
    if place.note.url:
        rule = "address it was saved from" if place.note.line else CAPTURED_FROM
        urls = [*urls, Claim(place.note.url, place.note.line, rule)]
    if paragraphs:
        chosen.owe("paragraphs", Claim("", text_line, chosen_text.rule))
    else:
        chosen.findings.append(doubts.no_text(parts.title, is_word=is_word))
        if not title or listed:
            return None, chosen.findings, dropped
    if not title:
        chosen.findings.append(doubts.no_headline(is_word=is_word))
    access = chosen.access(claims.get("access", []))
    # who hasn't paid gets no other beginning of the text
    begun = () if access == "paid" else chosen_text.below_standfirst(paragraphs)
    named = [claim.value for claim in titled]
    summary = chosen.summary(claims.get("summary", []), named, begun, sites)
    language = chosen.language(claims.get("language", []))
    story = Story(
        kind="article",
        title=title,
        line=dom.line_of(parts.title) if parts.title is not None else text_line,
        published=date,
        updated=later,
        authors=authors,
        author_urls=chosen.author_urls(
            authors, [*claims["authors"], *claims.get("organisation", [])], place.base
        ),
        paragraphs=paragraphs,
        content=body.as_html(blocks) if paragraphs else "",
        summary=summary,
        access=access,
        url=chosen.url(urls, place.base),
        language=language,
        categories=chosen.categories(claims.get("section", []), claims.get("tags", [])),
        image=picture_facts.completed(image, place.media.pictures),
        enclosures=played,
        translations=other_languages(place.media.translations, language),
        evidence=chosen.evidence,
    )
    return story, chosen.findings, dropped


def _change(
    chosen: choose.Chosen, claims: list[Claim], published: StatedDate | None
) -> StatedDate | None:
    """The date of the last change by ``claims``, if it isn't before that of publication."""
    updated = chosen.date("updated", claims)
    if published and updated and updated.day < published.day:
        chosen.doubt(
            "updated-too-early",
            f"updated {updated.iso} is before published {published.iso}, and ignored",
            chosen.evidence.pop("updated").line,
        )
        return None
    return updated


def _doubts_of(
    header: dated.Header, date: StatedDate | None, chosen: choose.Chosen
) -> list[Problem]:
    """What is doubtful about the header's dates, if they date the article, or nothing does."""
    is_theirs = header.published and chosen.owes("published", header.published[0])
    return header.findings if date is None or is_theirs else []


def _place(text: select.Selection, parts: scope.Parts) -> enclosures.Place:
    around: set[HtmlElement] = set()
    for element in text.direct:
        outer: HtmlElement | None = element
        while outer is not None and outer not in around:
            around.add(outer)
            outer = outer.getparent()
    return enclosures.Place(text.scope, parts.beside | text.furniture, around)


def _in_order(authors: list[Claim]) -> list[Claim]:
    """``meta author`` last: it is the page's, often no more than an account of the system."""
    return sorted(authors, key=lambda claim: (claim.source, claim.name) == ("meta", "author"))


def _sites(stated: Metadata, base: str) -> Sites:
    return Sites(titles.site_names(stated, ""), titles.site_names(stated, base))


def _authors(
    chosen: choose.Chosen,
    claims: dict[str, list[Claim]],
    sites: Sites,
    within: HtmlElement,
    blocks: list[body.Block],
    dropped: list[Dropped],
) -> tuple[str, ...]:
    """The authors; a byline below the text is taken off ``blocks``, and counts if no other does."""
    authors = chosen.authors(claims["authors"], sites)
    signed: tuple[str, ...] = ()
    if len(blocks) > 1:
        signed = authors_in(blocks[-1].words.lstrip(_DASHES), bare=_may_be_name(blocks))
    if signed and (not authors or set(signed) <= set(authors)):
        words = blocks.pop().words
        line = scope.line_of_words(within, words)
        dropped.append(Dropped(line, words, verdicts.BYLINE_BELOW))
        if not authors:
            authors = signed
            chosen.owe("authors", Claim(words, line, verdicts.BYLINE_BELOW))
    outlets = [claim for claim in claims["authors"] if _is_outlet(claim, sites)]
    return authors or chosen.organisations([*claims.get("organisation", []), *outlets])


def _may_be_name(blocks: list[body.Block]) -> bool:
    """Whether the last block is a paragraph of nothing but a name, as far as its form says.

    A word that the text also writes small is of no name: "Never Again", "Thank You".
    """
    last = blocks[-1]
    if any(is_document(link.get("href") or "") for link in last.element.iter("a")):
        return False
    words = last.words.lstrip(_DASHES)
    is_short = max(map(len, words.split()), default=0) <= _LONGEST_OF_NAME
    if last.element.tag != "p" or not is_short or words.isupper() or words not in people_in(words):
        return False
    written_small = {word.lower() for word in words.split() if not is_small(word)}
    return not any(
        any(word in block.words for word in written_small)  # which hardly ever one of them is
        and not written_small.isdisjoint(word.strip(_MARKS) for word in block.words.split())
        for block in blocks[:-1]
    )


def _is_outlet(claim: Claim, sites: Sites) -> bool:
    """Whether the page's data names the site itself as the author, be it as a person."""
    return claim.source == "JSON-LD" and sites.has(claim.value)


def _image(
    chosen: choose.Chosen, claims: dict[str, list[Claim]], shown: list[pictures.Picture], base: str
) -> Image | None:
    """The picture that the metadata names, else the first of the text."""
    own = [Claim(first.url, first.line, "first picture of the text") for first in shown[:1]]
    captions = {same_picture.key_of(one.url): (one.alt, one.owner) for one in reversed(shown)}
    return chosen.image(
        [*claims.get("image", []), *own],
        lambda field: claims[field][0].value if claims.get(field) else "",
        base,
        captions,
    )
