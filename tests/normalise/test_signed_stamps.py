"""Names that share their line with the article's date, in the forms in which sites write them."""

from __future__ import annotations

import pytest

from feeds.normalise.dated_bylines import authors_beside
from feeds.text.dates.find import find_stamp


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Posted on feb. 21 2025 - 11:23am by nelu", ("nelu",)),
        (
            "por Ana Silva publicado 17/03/2022 13h45, última modificação 18/03/2022 9h00",
            ("Ana Silva",),
        ),
        ("By Ada Finch May 14, 2025", ("Ada Finch",)),
        ("Almen | 22 May 2024 | Von Ina Roth", ("Ina Roth",)),
        ("22.05.2024 Ada Finch", ("Ada Finch",)),
        ("Ada Finch - Published: 22.05.2024", ("Ada Finch",)),
        ("Giriş: 22.01.2025 10:00 Güncelleme: 22.01.2025 11:00", ()),
        ("2023-10-18 21:51:14 来源：新华社", ()),
        ("Politics | 22 May 2024", ()),
        ("22 May 2024, 300 views", ()),
    ],
)
def test_the_name_beside_a_date_is_an_authors(line: str, names: tuple[str, ...]) -> None:
    stamp = find_stamp(line)
    assert stamp is not None
    assert authors_beside(stamp.before) + authors_beside(stamp.after) == names


@pytest.mark.parametrize("line", ["Ada Finch, (kg) | Utworzono", "(kg) Ada Finch | Utworzono"])
def test_what_stands_in_brackets_is_no_part_of_the_name(line: str) -> None:
    assert authors_beside(line) == ("Ada Finch",)
