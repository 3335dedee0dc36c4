"""An HTML page to stories: an article with clean HTML, and the dated list beside it.

Rules
- Trust, for every field but the headline: JSON-LD, ``meta``, microdata, then the markup that
  readers see; ``choose`` and ``titles`` have the details. What a browser wouldn't show is no text.
- No invented dates: a date counts as the article's only if it says so in the metadata or
  stands in the article's own header. Dates of lists, of comments of the saving program, in
  prose and in footers never do. Without any, it is unknown, and the evidence says why.
- A line around the headline that may keep the page back is a statement, as it is above other texts.
- An index, a tag page, a search result or a print version holds no article.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from feeds.model import Dropped, Page, Reading, Statement, Story
from feeds.model.guidance import UNGUIDED, Guidance
from feeds.model.problem import Problem
from feeds.model.versions import READER_VERSION
from feeds.normalise.html import (
    choices,
    dom,
    guided,
    lists,
    margin,
    notices,
    page_kinds,
    parsing,
    saved,
    story,
    visible,
    word,
)
from feeds.normalise.html.body import beside, embeds, furniture, pictures, scope, witness
from feeds.normalise.html.body.originals import Originals
from feeds.normalise.html.claims import (
    categories,
    heading,
    media,
    metadata,
    microdata,
    microformats,
    site_name,
    subline,
)
from feeds.normalise.html.claims.metadata import Claim, Metadata
from feeds.normalise.statements import stated_text
from feeds.readers import ONE_STORY, front_matter
from feeds.readers.front_matter import says_when
from feeds.text import dates, urls
from feeds.text.dates.places import settled_in

_MOST_DROPS = 1000


def read_html(page: Page, guidance: Guidance = UNGUIDED) -> Reading:
    """All that the HTML ``page`` says; raises PageError if it neither shows nor states any.

    ``guidance`` is what an editor said of where things stand on it.
    """
    parsed, cut, idle = guided.take_out(parsing.parse_html(page), guidance.of("drop"))
    # its elements go last, the inner ones first: of one that outlives what it is in, lxml asks
    # all that is in that whether it is still held
    return _read(page, guidance, parsed, cut, idle)


def _read(
    page: Page,
    guidance: Guidance,
    parsed: parsing.Tree,
    cut: list[Dropped],
    idle: list[Problem],
) -> Reading:
    root, tree = parsed.root, parsed.body
    comments = margin.take_comments(tree, parsed.attributes, page.markup)
    word.mend_export(root, tree)
    note = saved.read_note(page)
    stated = metadata.collect_metadata(root, _headings(tree), note.url)
    _add_language(stated, page)
    base = _base(root, stated, note, stated_text(page.statements, "url"))
    printed = page_kinds.print_sign(
        root, [note.url, *(c.value for c in stated.claims.get("url", ()))]
    )
    sign = page_kinds.index_sign(root, stated)
    scopes = microdata.collect_scopes(parsed.attributes)
    beside_text = media.collect_media(root, stated, base, note.url)
    embedded = embeds.mark_embeds(tree, parsed.attributes)
    pictures.prepare_pictures(tree)
    choices.mark_choices(parsed.attributes)
    dropped = [*cut, *comments, *embedded.dropped, *visible.prune(tree, parsed.attributes)]
    says_so = stated.is_article or stated.first("type") == "article"
    if not says_so and not any(words.strip() for words in tree.itertext()):
        raise parsing.no_text(page.path)
    told, unused = guided.find_places(root, guidance)
    held = witness.ask_trafilatura(parsed)
    stated = site_name.with_site(stated, tree)
    title = told.title.element if told.title is not None else None
    if title is None or tree not in title.iterancestors():
        title = heading.find_headline(tree, _titles(stated), stated.first("site"))
    notice = None if says_when(page.statements) else notices.find_notice(tree, title)
    if title is not None:
        subline.part_subline(title, _titles(stated))
    posted = [
        *microdata.claims_of_article(scopes, title),
        *microformats.claims_of_entry(title),
    ]
    teasers = page_kinds.linked_headings(tree, title)
    listing = _listing(page.path, base, note, stated)
    said_lists: list[HtmlElement] | None = [] if ONE_STORY in page.markup else told.lists
    found = lists.find_lists(tree, title, listing, said_lists)
    rest = lists.take_out(found)
    findings = [*idle, *unused, *page.findings, *parsed.findings, *stated.findings]
    findings += found.findings
    dropped += [*found.dropped, *rest]
    captured, captured_evidence = note.captured, note.evidence
    own = told.date.element if told.date is not None else None
    ending = saved.take_dates(tree, page.path, below_list=bool(found.elements), own=own)
    dropped += ending.dropped
    if ending.finding is not None:
        findings.append(ending.finding)
    if captured is None:
        captured, captured_evidence = ending.captured, ending.evidence
    weight = beside.prose_weights(tree)
    rules = furniture.Rules()
    others = beside.parts_beside(tree, title, weight, rules)
    posted += categories.linked_categories(parsed.attributes, title, others)
    own_text = weight.get(tree, 0) - sum(weight.get(element, 0) for element in others)
    stories = found.stories
    article: Story | None = None
    if printed:
        what = f"a print version, which is no article of its own: {printed}"
        findings.append(
            Problem("print-version", what, remedy="save the article's own page instead")
        )
    elif missing := page_kinds.error_sign(
        root, stated, dom.line_in(title) if title is not None else "", own_text
    ):
        what = f"an error page, which holds no article: {missing}"
        findings.append(
            Problem("error-page", what, remedy="save the page again, or delete the file")
        )
    elif (is_meant := _is_list(page)) or page_kinds.is_index(
        sign, stated, len(stories), len(teasers), own_text
    ):
        findings += [] if is_meant else [_index_page(sign)]
        stories = stories or lists.undated(teasers, listing)
    else:
        article, doubts, more = story.read_article(
            scope.Parts(tree, title, others, held, rules, told),
            stated,
            posted,
            story.Place(
                page.path,
                base,
                note,
                captured,
                page.markup,
                Originals(page.markup),
                embedded.found,
                beside_text,
            ),
            stories,
        )
        if article is not None and article.published is not None:
            findings = [doubt for doubt in findings if doubt.code != saved.LAST_DATE]
        findings += doubts
        dropped += more
    return Reading(
        page=page.path,
        encoding=page.encoding,
        reader_version=READER_VERSION,
        article=article,
        latest=stories,
        captured=captured,
        captured_evidence=captured_evidence,
        dropped=_in_order(dropped),
        findings=tuple(sorted(findings, key=lambda finding: finding.line)),
        statements=(*page.statements, *_told(page, notice, article)),
    )


def _add_language(stated: Metadata, page: Page) -> None:
    """Adds to what is ``stated`` what the server said of the language of ``page``."""
    if page.fetched is not None and page.fetched.language:
        claim = Claim(page.fetched.language, 0, "Content-Language of the server's answer")
        stated.claims.setdefault("language", []).append(claim)


def _is_list(page: Page) -> bool:
    """Whether ``page`` was captured for its list alone."""
    return page.fetched is not None and page.fetched.is_list


def _index_page(sign: str) -> Problem:
    what = "a page of headlines, which holds no article"
    return Problem(
        "index-page",
        f"{what} ({sign})" if sign else what,
        remedy="save the articles' own pages; of this one, the dated headlines are read",
    )


def _told(page: Page, notice: notices.Notice | None, article: Story | None) -> list[Statement]:
    """The statement that a ``notice`` is, or a line of the ``article`` that stands elsewhere."""
    if says_when(page.statements):
        return []
    if notice is None and article is not None:
        notice = notices.notice_in(article)
    return [front_matter.notice(page.path, *notice)] if notice is not None else []


def _in_order(dropped: list[Dropped]) -> tuple[Dropped, ...]:
    """What was dropped in the page's order; of more than anybody will read, how much more."""
    found = sorted(dropped, key=lambda item: item.line)
    more = found[_MOST_DROPS:]
    if more:
        found[_MOST_DROPS:] = [Dropped(more[0].line, f"… and {len(more):,} more", more[0].rule)]
    return tuple(found)


def _listing(path: str, base: str, note: saved.Note, stated: Metadata) -> lists.Page:
    """What the page's lists are read by."""
    published = dates.parse_machine_date(stated.first("published"))
    tags = [claim.value for claim in stated.claims.get("language", ())]
    return lists.Page(
        path,
        base,
        captured=note.captured,
        published=published.day if published is not None else None,
        is_article=stated.is_article or published is not None,
        settled=settled_in(tags, base),
    )


def _headings(tree: HtmlElement) -> set[str]:
    return {dom.line_in(heading) for heading in list(tree.iter("h1"))[:20]} - {""}


def _titles(stated: Metadata) -> set[str]:
    return {
        claim.value.casefold()
        for field in ("title", "title element")
        for claim in stated.claims.get(field, ())
    }


def _base(root: HtmlElement, stated: Metadata, note: saved.Note, written: str) -> str:
    """What relative addresses are relative to: ``base``, else the page's own address.

    ``written`` is the address that its front matter gives.
    """
    addresses = (written, note.url, *(claim.value for claim in stated.claims.get("url", ())))
    own = next((url for address in addresses if (url := urls.absolute("", address))), "")
    element = next(root.iter("base"), None)
    address = (element.get("href") or "") if element is not None else ""
    return urls.absolute(own, address) or own
