"""A Ghost export (its JSON): which posts were published, and for whom.

Rules
- A post is taken if it says that it is published, and is no page and no e-mail. One that isn't for
  everybody is *paid*: of its text nothing is taken, whatever else it says. A post of a version in
  which there was no visibility is for everybody, and not one whose visibility is empty.
- Its guid is what Ghost's own RSS has: the post's id; its uuid, where ids were numbers still.
- The first of a post's tags is its section, as on Ghost's own pages; what begins with # is none.
- Of people there are names; nothing else of them, of settings and members is read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, NamedTuple

import msgspec

from feeds.model.errors import FeedImportError
from feeds.model.problem import Problem
from feeds.readers.feed import dates
from feeds.readers.feed.attached import Attached, joined
from feeds.readers.feed.items import Raw, Text
from feeds.readers.feed.players import without_players
from feeds.text import characters, urls
from feeds.text.patterns import compile_late

MOST_BYTES = 256 * 1024 * 1024
_HEAD = 4096
_OBJECT_ID = 24
"""So many digits has the id of a post; those of old versions were short numbers."""
_HERE = "__GHOST_URL__"
_MAIL = re.compile(r"\S+@\S+")
_GATE = compile_late(r"<!--\s*kg-gated-block:(begin|end)([^<>]{0,500})-->", re.IGNORECASE)
_FOR_ALL = re.compile(r"nonMember\s*[:=]\s*[\"']?true", re.IGNORECASE)
_WORDS = re.compile(r"""\"text\"\s*:\s*\"[^"]|,\d+,\"[^"]|\"cards\"\s*:\s*\[\s*\[""")
"""What shows that a text in one of Ghost's own formats is none without words."""
_JSON_FEED = re.compile(rb"\"version\"\s{0,9}:\s{0,9}\"https?:\\?/\\?/jsonfeed\.org")
_NAIVE = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+")
_NO = (None, 0, "0", "", "false")
"""How a field of a post says no, in any version."""
_SETTINGS = {"url", "title", "lang", "locale"}


class _Site(NamedTuple):
    base: str
    language: str


class Ghost:
    """What ``data`` of an export has; ``address`` is the site's, if it is known.

    As for WordPress: ``left_out`` counts, ``odd`` tells, ``withheld`` are guids, ``exported`` is
    when it was made.
    """

    def __init__(
        self, data: dict[str, Any], name: str, address: str, exported: datetime | None = None
    ) -> None:
        self._name = name
        self._posts = _rows(data, "posts")
        self.exported = exported or _newest(self._posts)
        settings = {
            _text(row, "key"): _text(row, "value")
            for row in _rows(data, "settings")
            if row.get("key") in _SETTINGS
        }
        base = address or settings.get("url", "")
        language = settings.get("locale") or settings.get("lang") or ""
        self.site = _Site(urls.origin(base) and base.rstrip("/") + "/", language)
        self._names = {
            _id(row): name
            for row in _rows(data, "users")
            if (name := _text(row, "name")) and not _MAIL.search(name)
        }
        self._tags = {
            _id(row): _text(row, "name")
            for row in _rows(data, "tags")
            if _text(row, "visibility") != "internal" and not _text(row, "name").startswith("#")
        }
        self._authors_of = _ordered(_rows(data, "posts_authors"), "author_id")
        self._tags_of = _ordered(_rows(data, "posts_tags"), "tag_id")
        self._meta = {_text(row, "post_id"): row for row in _rows(data, "posts_meta")}
        self.left_out: Counter[str] = Counter()
        self.odd: list[Problem] = []
        self.withheld: set[str] = set()

    def items(self) -> Iterator[Raw]:
        """What was published, oldest first."""
        for post in sorted(self._posts, key=lambda row: _text(row, "published_at")):
            meta = self._meta.get(_id(post), {})
            if kind := _kind(post, meta):
                self.left_out[kind] += 1
                if not kind.startswith("type:"):
                    self.withheld.add(_guid(post))
                continue
            made = self._raw(post, meta)
            self.left_out["paid"] += made.access == "paid"
            yield made
        if not self.site.base:
            what = (
                "the export doesn't say where the site is: links and pictures of its own are gone"
            )
            self.odd.append(
                Problem(
                    "feed-unplaced", what, remedy="say it with --address https://…", file=self._name
                )
            )

    def _raw(self, post: dict[str, Any], meta: dict[str, Any]) -> Raw:
        is_free = post.get("visibility", "public") == "public"
        content = self._placed(_ungated(_text(post, "html")))
        content, files = without_players(content)
        source = _text(post, "lexical") or _text(post, "mobiledoc")
        is_lost = is_free and not content.strip() and _WORDS.search(source)
        tags = [self._tags[one] for one in self._tags_of[_id(post)] if one in self._tags]
        picture = self._placed(_text(post, "feature_image"))
        alt = _text(meta, "feature_image_alt") or _plain(_text(meta, "feature_image_caption"))
        shown = [Attached(picture, title=alt, medium="image")] if picture else []
        return Raw(
            line=0,
            guid=_guid(post),
            link=self._address(post),
            title=Text(_text(post, "title")),
            summary=Text(_text(post, "custom_excerpt") or _text(meta, "custom_excerpt")),
            content=Text(content, True, self._address(post)),
            published=_moment(_text(post, "published_at")),
            updated=_moment(_text(post, "updated_at")),
            authors=tuple(self._authors(post)),
            categories=tuple(tags[:1]),
            tags=tuple(tags[1:]),
            language=_text(post, "locale"),
            attached=joined([*shown, *files]),
            access="free" if is_free else "paid",
            left_out=("its text, of which the export has no HTML",) if is_lost else (),
        )

    def _authors(self, post: dict[str, Any]) -> Iterable[str]:
        ids = self._authors_of[_id(post)] or [_text(post, "author_id")]
        return (self._names[one] for one in ids if one in self._names)

    def _address(self, post: dict[str, Any]) -> str:
        """Where it is read: where it says that it came from first, else on the site."""
        if canonical := self._placed(_text(post, "canonical_url")):
            return canonical
        slug = _text(post, "slug")
        return f"{self.site.base}{slug}/" if slug and self.site.base else ""

    def _placed(self, text: str) -> str:
        """``text`` with the site's address where Ghost has left a mark for it."""
        return text.replace(f"{_HERE}/", self.site.base or "/").replace(_HERE, self.site.base)


def may_be_export(file: BinaryIO) -> bool:
    """Whether what is in ``file`` is JSON, and no JSON Feed by its beginning."""
    head = file.read(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and not _JSON_FEED.search(head)


def read_export(file: BinaryIO, name: str, address: str) -> Ghost | None:
    """The export in ``file``; None if it is other JSON, or none.

    Raises FeedImportError for one that is larger than memory may be.
    """
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FeedImportError(
            f"the export has more than {MOST_BYTES:,} bytes",
            file=name,
            remedy="export the site in parts",
        )
    try:
        found = _decoded(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError):
        return None  # whoever reads feeds says what is wrong with it
    if isinstance(found, dict) and isinstance(found.get("db"), list):
        found = next(iter(found["db"]), None)
    inner = found.get("data") if isinstance(found, dict) else None
    about = found.get("meta") if isinstance(found, dict) else None
    if not isinstance(inner, dict) or not isinstance(inner.get("posts"), list):
        return None
    made = _moment(_text(about, "exported_on")) if isinstance(about, dict) else ""
    return Ghost(inner, name, address, dates.parse_date(made)[0])


def _decoded(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except UnicodeDecodeError:
        return msgspec.json.decode(data.decode("utf-8", "replace"))


def _kind(post: dict[str, Any], meta: dict[str, Any]) -> str:
    """What a post is instead of one that was published on the site; empty if it was."""
    is_page = post.get("page") not in _NO
    kind = post.get("type") or "post"
    if kind != "post" or is_page:
        return f"type:{'page' if kind == 'post' else characters.cleaned(str(kind))[:40]}"
    status = _text(post, "status")
    is_mail = any(row.get("email_only") not in _NO for row in (post, meta))
    if status == "sent" or is_mail:
        return "email"
    return "" if status == "published" else f"status:{characters.cleaned(status)[:40]}"


def _ungated(text: str) -> str:
    """``text`` without what it shows to members alone."""
    parts: list[str] = []
    place, is_hidden = 0, False
    for mark in _GATE.finditer(text):
        if not is_hidden:
            parts.append(text[place : mark.start()])
        place = mark.end()
        is_hidden = mark[1].lower() == "begin" and not _FOR_ALL.search(mark[2])
    return "".join([*parts, "" if is_hidden else text[place:]])


def _ordered(rows: Iterable[dict[str, Any]], field: str) -> defaultdict[str, list[str]]:
    """What ``field`` names, by the id of the post, in the order that Ghost gives them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: _whole(row.get("sort_order"))):
        found[_text(row, "post_id")].append(_text(row, field))
    return found


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _moment(text: str) -> str:
    """Ghost's dates are in UTC; older exports have no zone, or milliseconds."""
    if text.isdigit() and len(text) == len("1577836800000"):
        return datetime.fromtimestamp(int(text) / 1000, UTC).isoformat()
    text = text.replace(" ", "T")
    return f"{text}Z" if _NAIVE.fullmatch(text) else text


def _newest(posts: Iterable[dict[str, Any]]) -> datetime | None:
    """When a post was changed last."""
    texts = (_moment(_text(post, "updated_at")) for post in posts)
    found = (dates.parse_date(text)[0] for text in texts)
    return max((moment for moment in found if moment), default=None)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^<>]*>", "", text).split())


def _rows(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = data.get(name)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _id(row: dict[str, Any]) -> str:
    return _text(row, "id")


def _guid(post: dict[str, Any]) -> str:
    is_number = _id(post).isdigit() and len(_id(post)) < _OBJECT_ID
    return _text(post, "uuid") if is_number else _id(post)


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""
