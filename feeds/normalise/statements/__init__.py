"""What someone wrote down about a page, laid over what was read in it, field by field.

Rules
- A statement is stronger the nearer it stands to the page: ``[[pages]]`` rules in their order,
  then the page's row in pages.csv, then its front matter, in which what is ours counts more than
  what is of other programs (``foreign``). The strongest with a value wins.
- A value that can't be read is reported and not used: what the page itself shows stays. But
  what might have been meant to keep a page back (status, embargo, access, a key that looks like
  one of them, front matter that can't be read) holds the article until it is mended.
- What keeps a page back counts wherever it is said: of several days the last one, and *paid* more
  than *free*.
- A line above the text that may keep it back holds the page until its front matter, or its row, has
  a status or an embargo.
- An empty value says nothing.
- Sound and video that are stated take the place of what the page has of the same kind.
- The language holds for the page's list too; everything else is the article's.
- The folder of a page, and a date in its file's name, say less than all of that (``paths``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from feeds.model import Evidence, Image, Reading, StatedDate, Statement, Story, Url, Waiting
from feeds.model.problem import Problem
from feeds.normalise import paths
from feeds.normalise.placing import placed, placed_headline
from feeds.normalise.statements import foreign
from feeds.normalise.statements.addressed import addressed
from feeds.normalise.statements.permalinks import Known, address_of, former_addresses
from feeds.normalise.statements.understood import Understood, Until, moment_of, texts_of
from feeds.normalise.statements.values import ID, NAMES, UnreadableError, read_value
from feeds.readers.front_matter import BROKEN, FIELDS, NOTICE, RECORDINGS, keeps_back, says_when
from feeds.readers.meanings import plain
from feeds.text import urls

__all__ = ["ID", "stated_text", "with_statements"]

_CODES = {**dict(zip(FIELDS, FIELDS, strict=True)), BROKEN: "broken", NOTICE: "broken"}
_TABLE = "pages.csv"
_ADDRESSES = {"url", "permalink"}
_APART = {*_ADDRESSES, "image", "alt", "former", "slug", *RECORDINGS}
"""What is read once all else is: these are made of it, or seen from it."""


class _Said(NamedTuple):
    """What was stated of one page: values by the names of a story's fields, and what was found."""

    fields: dict[str, Any]
    evidence: dict[str, Evidence]
    bars: list[Problem]
    findings: list[Problem]

    def put(self, name: str, value: Any, evidence: Evidence) -> None:
        """Notes that the field ``name`` has ``value``."""
        self.fields[name] = value
        self.evidence[name] = evidence


def with_statements(
    reading: Reading,
    outside: Sequence[Statement] = (),
    site_url: str = "",
    ignored: Collection[str] = (),
    files_url: str = "",
) -> Reading:
    """``reading`` with all that was stated about it, as seen from ``site_url``.

    ``files_url`` is where the theme's files are, if there is one.

    ``outside``, weakest first, is weaker than the page's own front matter, whose keys
    among ``ignored`` mean nothing. What can't be used is among the findings, ``file`` naming its
    source if that is not the page.
    """
    if part := paths.part_of_site(reading.page):
        return paths.without_stories(reading, part)
    reading = addressed(reading, site_url)
    said = _Said({}, {}, [], [])
    weak = paths.statements_of(reading)
    outside = _without_overruled(outside, reading.statements)
    own = reading.statements
    if says_when(one for one in outside if one.evidence.file == _TABLE and texts_of(one.value)):
        own = tuple(one for one in own if one.field != NOTICE)
    heard = [foreign.understand(some, reading.page, ignored) for some in (outside, own)]
    ordered = [*weak]
    for one in heard:
        ordered += [*one.foreign, *one.fields]
        said.bars.extend(one.bars)
        said.findings.extend((*one.bars, *one.doubts))
    _read_fields(reading, ordered, site_url, said)
    _keep_back(heard, said)
    fields, evidence = said.fields, said.evidence
    bar = next((one for one in said.bars if one.weight == "wait"), None)
    bar = bar or next(iter(said.bars), None)
    latest = reading.latest
    if language := fields.get("language"):
        latest = tuple(
            _with(story, {"language": language}, {"language": evidence["language"]})
            for story in latest
        )
    article = reading.article
    is_kept = bar or "waiting" in fields or fields.get("status") in {"draft", "retracted"}
    if article is None and is_kept:
        # whoever takes a story back may have emptied its page; what is kept back may be a list
        source = evidence.get("status") or Evidence(reading.page, bar.line if bar else 1, "")
        article = Story("article", "", 1, evidence={"title": source})
    if article is not None:
        article = _with_recordings(article, fields, evidence)
        article = _with(_dated_by_embargo(article, fields, evidence), fields, evidence, bar)
        article = placed(article, site_url, files_url)
    origin = urls.origin((article.url if article else None) or site_url)
    latest = tuple(placed_headline(story, origin) for story in latest)
    findings = (*reading.findings, *said.findings)
    return msgspec.structs.replace(reading, article=article, latest=latest, findings=findings)


def _without_overruled(
    outside: Sequence[Statement], own: Iterable[Statement]
) -> tuple[Statement, ...]:
    """``outside``, without keys of other programs that the page has itself.

    What they say of a whole folder is no more than what a page says if it is silent.
    """
    said = {plain(one.field) for one in own if texts_of(one.value)}
    return tuple(one for one in outside if one.field in FIELDS or plain(one.field) not in said)


def stated_text(statements: Iterable[Statement], field: str) -> str:
    """The text that ``statements`` give for ``field``, cleaned; empty if they say nothing.

    For normalisers: a page whose front matter gives its title has no headline to look for.
    """
    for statement in reversed(tuple(statements)):
        if statement.field == field and (texts := texts_of(statement.value)):
            return texts[0]
    return ""


def _read_fields(
    reading: Reading, ordered: Sequence[Statement], site_url: str, said: _Said
) -> None:
    """Reads what ``ordered``, weakest first, state; the strongest of a field with a value wins."""
    article = reading.article
    last: dict[str, Statement] = {}
    addresses: list[Statement] = []
    for statement in ordered:
        if not texts_of(statement.value):
            continue
        last[NAMES.get(statement.field, statement.field)] = statement
        if statement.field in _ADDRESSES:
            addresses.insert(0, statement)
    first = (one for one in last.values() if one.field not in _APART)
    for statement in sorted(first, key=lambda item: item.field != "language"):
        language = said.fields.get("language") or (article.language if article else "") or ""
        _read(reading, statement, None, language, said)
    known = _known(reading, stated_text(ordered, "slug"), site_url, said.fields)
    for statement in addresses:
        if _read_address(reading, statement, known, said):
            break
    if "former" in last and (former := former_addresses(texts_of(last["former"].value), known)):
        captured = article.former_urls if article else ()
        said.put("former_urls", (*former, *captured), last["former"].evidence)
    near = said.fields.get("url") or (article.url if article else None)
    for field in sorted({"image", *RECORDINGS} & last.keys()):
        is_at_root = stated_text([last[field]], field).startswith("/")
        base = near or (Url(site_url) if is_at_root else None)
        _read(reading, last[field], base, "", said)
    _fit(said.fields, stated_text(ordered, "alt"), known)
    _fit_rights(said, article)


def _known(reading: Reading, slug: str, site_url: str, fields: dict[str, Any]) -> Known:
    """What the address of a page may be made of."""
    article = reading.article or Story("article", "", 0)
    return Known(
        reading.page,
        site_url,
        fields.get("title") or article.title,
        slug.strip("/").rpartition("/")[2],
        fields.get("published") or article.published,
        fields.get("categories") or article.categories,
    )


def _fit(fields: dict[str, Any], alt: str, known: Known) -> None:
    """Gives the picture among ``fields`` its ``alt``, and leaves out tags that are sections."""
    if alt and isinstance(image := fields.get("image"), Image):
        fields["image"] = msgspec.structs.replace(image, alt=alt)
    if tags := fields.get("tags"):
        taken = {name.casefold() for name in known.categories}
        fields["tags"] = tuple(tag for tag in tags if tag.casefold() not in taken)


def _fit_rights(said: _Said, article: Story | None) -> None:
    """Gives the picture, be it stated or the page's own, the rights that are stated of it."""
    rights = said.fields.pop("image_rights", "")
    said.evidence.pop("image_rights", None)
    image = said.fields.get("image", article.image if article else None)
    if rights and isinstance(image, Image):
        said.fields["image"] = msgspec.structs.replace(image, rights=rights)


def _read(
    reading: Reading, statement: Statement, base: Url | None, language: str, said: _Said
) -> None:
    name = NAMES.get(statement.field, statement.field)
    try:
        said.put(name, read_value(statement, base, language), statement.evidence)
    except UnreadableError as error:
        if error.rest:
            said.put(name, error.rest, statement.evidence)
        _tell(reading, statement, error, said)


def _read_address(reading: Reading, statement: Statement, known: Known, said: _Said) -> bool:
    """Whether the address that ``statement`` gives can be made, as it is noted then."""
    texts = texts_of(statement.value)
    try:
        if len(texts) > 1:
            raise UnreadableError(f"{statement.field} is a list", "write one text")
        try:
            said.put("url", address_of(texts[0], known), statement.evidence)
        except ValueError as error:
            short = texts[0] if len(texts[0]) <= 60 else f"{texts[0][:59]}…"
            what = f"{statement.field} '{short}' is not used: {error}"
            raise UnreadableError(what, "correct it") from error
    except UnreadableError as error:
        _tell(reading, statement, error, said)
        return False
    return True


def _tell(reading: Reading, statement: Statement, error: UnreadableError, said: _Said) -> None:
    """Notes that ``statement`` can't be used, and whether that holds the page."""
    where = statement.evidence
    file = where.file if where.file != reading.page else ""
    code = f"statement-{_CODES.get(statement.field, 'unknown')}"
    finding = Problem(code, error.what, where.line, error.remedy, file=file)
    if keeps_back(statement.field):
        finding = msgspec.structs.replace(finding, weight="hold")
        said.bars.append(finding)
    said.findings.append(finding)


def _keep_back(heard: Sequence[Understood], said: _Said) -> None:
    """Notes from when, until when, and for whom the page may be read, by all that was ``heard``."""
    paid = [one for some in heard for one in some.paid]
    if paid:
        said.put("access", "paid", paid[-1])
    expiries = [one for some in heard for one in some.expiries]
    if expiries:
        first = min(expiries, key=_moment)
        said.put("expiry", first.date, first.evidence)
    waits = [one for some in heard for one in some.waits if one.problem]
    if waits:
        last = max(waits, key=_moment)
        if last.problem:
            said.fields["waiting"] = Waiting(last.date, last.problem)
    stated = said.fields.get("published")
    releases = [one for some in heard for one in some.releases if not _is_past(one.date, stated)]
    if releases:
        last = max(releases, key=_moment)
        said.put("embargo", last.date, last.evidence)


def _is_past(release: StatedDate, published: StatedDate | None) -> bool:
    """Whether a page of the day ``published`` may be read from that day on anyway."""
    return published is not None and release.day < published.day


def _moment(until: Until) -> Any:
    return moment_of(until.date)


def _with_recordings(
    article: Story, fields: dict[str, Any], evidence: dict[str, Evidence]
) -> Story:
    """``article`` with the sound and video that ``fields`` state, which are taken out of them."""
    stated = {field: fields.pop(field) for field in sorted(RECORDINGS) if fields.get(field)}
    if not stated:
        return article
    made = [enclosure for enclosures in stated.values() for enclosure in enclosures]
    known = {enclosure.url for enclosure in made}
    made += [one for one in article.enclosures if one.medium not in stated and one.url not in known]
    source = evidence[next(iter(stated))]
    return _with(article, {"enclosures": tuple(made)}, {"enclosures": source}, article.bar)


def _dated_by_embargo(
    article: Story, fields: dict[str, Any], evidence: dict[str, Evidence]
) -> Story:
    """``article``, published when its embargo ends if nobody states another date."""
    if fields.get("embargo") and not (fields.get("published") or article.published):
        note = {"published": evidence["embargo"]}
        return _with(article, {"published": fields["embargo"]}, note)
    return article


def _with(
    story: Story,
    fields: dict[str, Any],
    evidence: dict[str, Evidence],
    bar: Problem | None = None,
) -> Story:
    return msgspec.structs.replace(
        story, **fields, bar=bar, evidence={**story.evidence, **evidence}
    )
