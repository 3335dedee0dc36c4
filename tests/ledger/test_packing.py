"""Long texts come out of the ledger as they went in, and what is damaged is noticed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.ledger import packing
from feeds.ledger.packing import DamagedError, pack, pack_together, unpack, unpack_together

READING = '{"page":"a.txt","encoding":"utf-8","article":{"kind":"article","title":"Bell hangs"}}'


@given(st.text())
def test_a_text_comes_out_as_it_went_in(text: str) -> None:
    assert unpack(pack(text)) == text


def test_a_short_reading_is_less_than_half_of_itself() -> None:
    assert len(pack(READING)) < len(READING) / 2


def test_the_first_dictionary_is_what_ledgers_were_written_with() -> None:
    """Another one gets another number: nothing could be read any more."""
    data = Path(packing.__file__).with_name("dictionary-1.txt").read_bytes()
    digest = "143af7036e599aab017a8a4b08a6f8812eea335ae89c1a97e28dcf144e6b5775"
    assert hashlib.sha256(data).hexdigest() == digest


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\x02" + pack(READING)[1:],
        pack(READING)[:-5],
        pack(READING)[:20] + bytes(4) + pack(READING)[24:],
        READING,
    ],
)
def test_what_the_program_did_not_write_is_damage(data: bytes | str) -> None:
    with pytest.raises(DamagedError):
        unpack(data)


@given(st.dictionaries(st.text(), st.binary()))
def test_documents_come_out_as_they_went_in(bodies: dict[str, bytes]) -> None:
    assert unpack_together(pack_together(bodies)) == bodies


def test_a_second_document_with_the_same_texts_costs_nearly_nothing() -> None:
    texts = b"".join(hashlib.sha256(bytes([number])).hexdigest().encode() for number in range(200))
    one = pack_together({"rss": texts * 8})
    assert len(pack_together({"rss": texts * 8, "atom": b"<feed>" + texts * 8})) < len(one) + 50


BODIES = pack_together({"rss": b"<rss/>" * 99})


@pytest.mark.parametrize("data", [b"", b"\x00", BODIES[:-5], pack(READING), "<rss/>", None])
def test_bodies_that_the_program_did_not_write_are_damage(data: object) -> None:
    with pytest.raises(DamagedError):
        unpack_together(data)
