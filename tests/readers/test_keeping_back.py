"""Lines above a text that keep its page back, and sentences about embargoes that don't."""

from __future__ import annotations

import pytest

from feeds import readers
from feeds.readers.front_matter import NOTICE


def held(line: str) -> bool:
    text = f"{line}\n\nLamp is lit at the quay\n\nThe lamp was lit.\n"
    page = readers.read_page("lamp.txt", text.encode())
    return [item.field for item in page.statements] == [NOTICE]


@pytest.mark.parametrize(
    "line",
    [
        "EMBARGOED UNTIL 09:00 Monday 12 January 2026",
        "STRICTLY EMBARGOED: 00.01 GMT Friday 1 January 2027",
        "EMBARGO 0001 hrs Friday 1 January 2027",
        "EMBARGOED UNTIL 12 MAY 2031 - CHECK AGAINST DELIVERY",
        "EMBARGO – SPEECH OF THE MAYOR – 9:00 12 JAN 2031",
        "Embargo (Baku time): 09:00 12 January 2026",
        "Embargo: 2026-03-01 10:00",
        "Embargo 12 May",
        "Embargo until May 2031",
        "Embargo: Monday 9 a.m.",
        "Embargo: midnight",
        "Embargo: true",
        "Embargoed for release until 9am Tuesday",
        "Embargoed until 12 noon",
        "Embargoed until 12 May 2031 and may not be quoted before.",
        "Embargoed by the ministry until 12 May 2031",
        "Embargoed until the end of the press conference on 12 May",
        "Embargoed until Friday, 9 January 2031, 10am: Minister resigns",
        "This story is embargoed until 12 May 2031",
        "Not for publication before 6 pm, 12 January 2026",
        "Not to be published before 12 May 2031",
        "NOT FOR PUBLICATION",
        "Hold for release until Monday",
        "Sperrfrist: 12.01.2026, 9 Uhr",
        "Sperrfrist: 1. Januar 2027",
        "Под эмбарго до 10:00 12 мая 2031 года",
        "Embarqo: 12 may 2031, saat 10:00",
        "Sous embargo jusqu'au 12 mai 2031 à 9 h",
        "Bajo embargo hasta el 12 de mayo de 2031",
        'status: "draft"',
        "draft: true",
        "published: false",
        "Status: draft, says the desk",
    ],
)
def test_a_line_as_press_releases_have_it_keeps_a_page_back(line: str) -> None:
    assert held(line)


@pytest.mark.parametrize(
    "line",
    [
        "Embargo till 2030 for oil: Parliament agrees",
        "Embargo on steel imports until 2027 agreed by ministers",
        "Embargo: What the oil ban until 2027 means for us",
        "Embargo until 2027 was agreed in 2020.",
        "Embargo of 12 May 2022 was lifted yesterday.",
        "Embargo until 12 May 2031 was agreed in the council.",
        "Embargo imposed on 12 May 2022 goes on.",
        "Embargo by the EU of 2022 goes on.",
        "Embargo talks resume at 9:00 on Monday",
        "Embargo at 60: Cuba still waits",
        "Embargo, 30 years on",
        "Embargo 1973: how the oil crisis began",
        "Embargoed goods worth 30 million were found.",
        "Under embargo since 12 May 2022, the country sells oil",
        "Эмбарго до 2027 года продлили",
        "Embarqo 2027-ci ilə qədər uzadıldı",
        "Not for publication before 1990: archives open",
        "Not for use by children under 3: toys recalled",
        "Status: private jets are back",
        "Status: draft beer is back in Europe",
        "Draft: true stories of the quay",
    ],
)
def test_a_headline_or_sentence_about_an_embargo_keeps_nothing_back(line: str) -> None:
    assert not held(line)


@pytest.mark.parametrize(
    "headline",
    ["DRAFT: Lamp is lit", "[Draft] Lamp is lit", "ENTWURF: Licht am Kai", "(EMBARGO) Lamp is lit",
     "EMBARGO: Lamp is lit", "[embargoed] Lamp is lit", "Черновик".upper() + ": Лампа горит"],
)  # fmt: skip
def test_a_headline_that_says_it_is_a_draft_keeps_its_page_back(headline: str) -> None:
    assert held(headline)


@pytest.mark.parametrize(
    "headline",
    ["Draft: the pick of the year", "DRAFT HORSES RETURN", "Embargo: what it means for the port",
     "[Video] Lamp is lit", "DRAFTS: Lamp is lit", "Draft (of a law) is read"],
)  # fmt: skip
def test_a_headline_about_a_draft_does_not(headline: str) -> None:
    assert not held(headline)
