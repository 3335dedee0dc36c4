"""The gate lets good documents pass and names what is wrong with bad ones."""

from __future__ import annotations

import pytest

from feeds import gate
from feeds.model import Document, Format

RSS = "<rss><channel>{}</channel></rss>"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:x</id>{}</feed>'
JSON = '{{"items":[{}]}}'


def document(form: Format, body: str | bytes) -> Document:
    data = body.encode() if isinstance(body, str) else body
    return Document("latest", form, "text/plain", data, '"etag"')


def holding(form: Format, *ids: str) -> Document:
    match form:
        case "rss":
            return document(
                form, RSS.format("".join(f"<item><guid>{i}</guid></item>" for i in ids))
            )
        case "atom":
            return document(form, ATOM.format("".join(f"<entry><id>{i}</id></entry>" for i in ids)))
        case "json":
            return document(form, JSON.format(",".join(f'{{"id":"{i}"}}' for i in ids)))


FORMATS = pytest.mark.parametrize("form", ["rss", "atom", "json"])


@FORMATS
@pytest.mark.parametrize("ids", [(), ("tag:a",), ("tag:a", "tag:b")])
def test_a_document_whose_ids_differ_passes(form: Format, ids: tuple[str, ...]) -> None:
    assert gate.objections([holding(form, *ids)]) == []


@FORMATS
def test_an_id_that_is_there_twice_is_named_with_its_document(form: Format) -> None:
    found = gate.objections([holding(form, "tag:a", "tag:b", "tag:a", "tag:a")])
    assert found == [f"latest.{form} holds the id tag:a 3 times"]


@FORMATS
@pytest.mark.parametrize("body", ["", "<rss>", '{"items":', "\x00", "<a>&nbsp;</a>", "<a>\x01</a>"])
def test_a_document_that_is_not_well_formed_is_named(form: Format, body: str) -> None:
    (objection,) = gate.objections([document(form, body)])
    assert objection.startswith(f"latest.{form} is not well-formed: ")


def test_one_bad_document_does_not_hide_another() -> None:
    found = gate.objections(
        [document("rss", "<rss>"), holding("atom", "tag:a"), holding("json", "x", "x")]
    )
    assert [line.split()[0] for line in found] == ["latest.rss", "latest.json"]


def test_the_same_id_in_two_documents_is_no_objection() -> None:
    assert gate.objections([holding("rss", "tag:a"), holding("atom", "tag:a")]) == []


def test_entities_of_a_document_are_not_followed() -> None:
    body = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + RSS.format("<b>&x;</b>")
    assert gate.objections([document("rss", body)]) == []
