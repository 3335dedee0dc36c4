"""The documents that subscribers get, byte for byte; ``examples`` tells how to renew them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from jsonschema import Draft202012Validator, validators
from lxml import etree

from feeds.model import Enclosure, Entry, Url
from feeds.syndication import gate
from feeds.syndication.documents import documents
from feeds.syndication.view import contents_hash
from feeds.text.dates import rfc3339
from tests.newsrooms import PROJECT
from tests.syndication.examples import DOCUMENTS, EXAMPLES

FORMATS = ("rss", "atom", "json")

_PRINT = """
import locale, sys
from contextlib import suppress
with suppress(locale.Error):
    locale.setlocale(locale.LC_ALL, "")
from tests.syndication.examples import EXAMPLES
for example in EXAMPLES.values():
    for made in example.documents():
        sys.stdout.buffer.write(made.body)
"""


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_document_is_what_a_person_has_read_and_agreed_to(name: str, form: str) -> None:
    made = EXAMPLES[name].document(form)
    assert made.body.decode() == (DOCUMENTS / f"{name}.{form}").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_same_input_gives_the_same_bytes_and_etags(name: str) -> None:
    assert EXAMPLES[name].documents() == EXAMPLES[name].documents()


def test_documents_of_different_bytes_have_different_etags() -> None:
    made = [one for example in EXAMPLES.values() for one in example.documents()]
    assert len({one.etag for one in made}) == len(made)


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"TZ": "America/New_York", "LC_ALL": "C.UTF-8"},
        {"TZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"},
        {"TZ": "UTC", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
    ],
    ids=lambda environment: environment["LC_ALL"],
)
def test_neither_zone_nor_locale_nor_hash_seed_changes_a_byte(environment: dict[str, str]) -> None:
    """A locale that the machine lacks counts as its default one."""
    printed = subprocess.run(
        [sys.executable, "-c", _PRINT],
        env={**os.environ, **environment},
        cwd=PROJECT,
        capture_output=True,
        check=True,
    ).stdout
    golden = [(DOCUMENTS / f"{name}.{form}").read_bytes() for name in EXAMPLES for form in FORMATS]
    assert printed == b"".join(golden)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_moment_in_a_document_comes_from_an_entry_or_the_authority(name: str) -> None:
    example = EXAMPLES[name]
    given = {entry.updated for entry in example.entries}
    given |= {entry.published for entry in example.entries if entry.published}
    given |= {tombstone.when for tombstone in example.tombstones}
    given = given or {example.site.authority_since}
    stamps = {rfc3339(moment) for moment in given}
    for form in ("atom", "json"):
        text = example.document(form).body.decode()
        found = set(re.findall(r"\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-][0-9:]+)", text))
        assert found <= stamps
    root = etree.fromstring(example.document("rss").body)
    dates = [node.text or "" for node in root.iter("pubDate", "lastBuildDate")]
    assert {parsedate_to_datetime(date) for date in dates} <= given
    assert all(date.endswith(" GMT") for date in dates)


@pytest.mark.parametrize("content", ["full", "summary"])
@pytest.mark.parametrize("field", [name for name in Entry.__struct_fields__ if name != "hidden"])
def test_the_hash_of_what_a_feed_tells_changes_whenever_its_documents_do(
    field: str, content: Literal["full", "summary"]
) -> None:
    example = EXAMPLES["full"]
    feed = msgspec.structs.replace(example.feed, content=content)
    one, *others = example.entries
    value = getattr(one, field)
    other: object = "other"
    if field == "image":
        other = msgspec.structs.replace(one.image, credit="Other") if one.image else None
    elif field == "enclosures":
        other = (Enclosure(Url("https://desk.test/bell.mp3"), "audio/mpeg"),)
    elif isinstance(value, dict):
        other = {**value, "Nora Lind": "https://desk.test/lind", "da": "https://desk.test/da"}
    elif field == "url":
        other = "https://desk.test/other"
    elif isinstance(value, datetime):
        other = value + timedelta(hours=1)
    elif isinstance(value, tuple):
        other = (*value, "other")
    changed = [msgspec.structs.replace(one, **{field: other}), *others]
    for entries in (changed, others):
        made = [documents(example.site, feed, some) for some in (example.entries, entries)]
        told = [contents_hash(feed, some, ()) for some in (example.entries, entries)]
        if made[0] != made[1]:
            assert told[0] != told[1]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_gate_has_no_objection(name: str) -> None:
    assert gate.document_objections(EXAMPLES[name].documents()) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_atom_is_valid_by_the_grammar_of_rfc_4287(name: str, schemas: Path) -> None:
    grammar = etree.RelaxNG(etree.parse(schemas / "atom-rfc.rng"))
    grammar.assertValid(etree.fromstring(EXAMPLES[name].document("atom").body))


@pytest.mark.parametrize("name", EXAMPLES)
def test_json_is_valid_by_the_schema_of_json_feed(name: str, schemas: Path) -> None:
    schema = msgspec.json.decode((schemas / "jsonfeed-1.1.json").read_bytes())
    validator = validators.validator_for(schema, default=Draft202012Validator)
    document = msgspec.json.decode(EXAMPLES[name].document("json").body)
    assert [error.message for error in validator(schema).iter_errors(document)] == []
