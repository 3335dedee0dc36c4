"""Whom a byline names, and what in it is nobody's name."""

from __future__ import annotations

import pytest

from feeds.normalise.bylines import authors_in
from feeds.normalise.people import people_in

BOTH = ("Nora Lind", "Ada Borg")


@pytest.mark.parametrize(
    "words",
    [
        "Nora Lind and Ada Borg",
        "By Nora Lind & Ada Borg",
        "By Nora Lind, Ada Borg",
        "Nora Lind; Ada Borg",
        "Nora Lind/Ada Borg",
        "Nora Lind, and Ada Borg",
        "Nora Lind og Ada Borg",
        "Nora Lind och Ada Borg",
        "Nora Lind en Ada Borg",
        "Von Nora Lind und Ada Borg",
        "Par Nora Lind et Ada Borg",
        "Por Nora Lind y Ada Borg",
        "Por Nora Lind e Ada Borg",
        "Nora Lind i Ada Borg",
        "Nora Lind a Ada Borg",
        "Nora Lind ja Ada Borg",
        "Nora Lind és Ada Borg",
        "Nora Lind și Ada Borg",
        "Nora Lind və Ada Borg",
        "Nora Lind ve Ada Borg",
        "Nora Lind и Ada Borg",
        "Nora Lind та Ada Borg",
        "Nora Lind και Ada Borg",
        "Nora Lind dan Ada Borg",
        "Nora Lind in Eastport and Ada Borg in Sandvik",
        "Nora Lind, with Ada Borg",
        "Par Nora Lind (avec Ada Borg)",
        "Von Nora Lind mit Ada Borg",
        "By Nora Lind (with Ada Borg) (with Reuters)",
        "Von Nora Lind und Ada Borg, Sandvik",
        "Nora Lind (nli), Ada Borg (abo",
        "Nora Lind [nli] and Ada Borg",
        "Nora Lind, Senior Reporter, and Ada Borg, Editor",
        "Nora Lind, Chefredakteurin, Ada Borg",
        "By Nora Lind and Ada Borg Published 3 Feb 2025",
        "By Nora Lind and Ada Borg, 3 February 2025, 10:04",
        "By Nora Lind and Ada Borg | Tide Desk",
        "By Nora Lind and Ada Borg for the Tide Desk",
        "Nora Lind, nora@tide.example, Ada Borg @adab",
        "Text: Nora Lind, Ada Borg Foto: Jon Holm",
    ],
)
def test_two_people_are_two(words: str) -> None:
    assert people_in(words) == BOTH


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Lind, Senior Reporter", "Lind"),
        ("By Nora Lind, Political Editor", "Nora Lind"),
        ("Political Editor Nora Lind", "Nora Lind"),
        ("Nora Lind Redakteurin", "Nora Lind"),
        ("박준석 기자", "박준석"),
        ("山田花子記者", "山田花子"),
        ("By Nora Lind, Jr.", "Nora Lind, Jr."),
        ("von Dr. Nora Lind", "Dr. Nora Lind"),
        ("NORA LIND", "NORA LIND"),
        ("Nora LIND", "Nora LIND"),
        ("J.R. Lind", "J.R. Lind"),
        ("Anna von Berg", "Anna von Berg"),
        ("von Anna von Berg", "Anna von Berg"),
        ("José Ruiz y Sosa", "José Ruiz y Sosa"),
        ("Lind, Nora", "Lind, Nora"),
        ("Nora Lind, TIDE DESK", "Nora Lind"),
        ("Nora Lind, professor of the university, tide.example", "Nora Lind"),
        ("By Associated Press", "Associated Press"),
        ("AFP", "AFP"),
        ("Nora Lind Follow", "Nora Lind"),
        ("By Nora Lind Follow us", "Nora Lind"),
        ("Nora Lind Email", "Nora Lind"),
        ("Nora Lind Yesterday, 10:04", "Nora Lind"),
        ("Nora Lind Folgen", "Nora Lind"),
        ("Nora Lind 3 hours ago", "Nora Lind"),
        ("Nora Lind vor 3 Stunden", "Nora Lind"),
        ("Nora Lind CNN", "Nora Lind"),
        ("Nora Lind Reuters", "Nora Lind"),
        ("Nora Lind AFP", "Nora Lind"),
        ("Ada Maria NG", "Ada Maria NG"),
        ("Ada Maria LIND", "Ada Maria LIND"),
        ("Chris Hoy", "Chris Hoy"),
        ("Ada Maria Ayer", "Ada Maria Ayer"),
        ("Mehr Lind", "Mehr Lind"),
        ("Μαρία Ελένη ΠΑΠΑ", "Μαρία Ελένη ΠΑΠΑ"),
        ("Nora Lind and Ada Borg (photos)", "Nora Lind"),
        ("Nora Lind, Ada Borg (Foto)", "Nora Lind"),
        ("Nora Lind (Text und Fotos)", "Nora Lind"),
        ("Words by Nora Lind. Photographs by Ada Borg", "Nora Lind"),
        ("By Nora Lind. Edited by Ada Borg", "Nora Lind"),
        ("Story by Nora Lind, video by Ada Borg", "Nora Lind"),
        ("山田花子＝ロンドン", "山田花子"),
    ],
)
def test_one_person_is_one(words: str, name: str) -> None:
    assert people_in(words) == (name,)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "",
            ",",
            "By",
            "()",
            "and",
            "News",
            "Nachrichten",
            "Sport",
            "By Staff",
            "Tide Desk Staff",
        ),
        *("Newsroom", "Redaktion", "TD-Redaktion", "Tide Gazette", "LTO", "tide.example"),
        *(
            "nora@tide.example",
            "@nora",
            "https://tide.example/nora",
            "editor",
            "Published",
            "Quelle",
        ),
        *("tide.example, Eastport, Fenland", "この記事を書いた人", "x" * 500, "12 January 2026"),
        "Leave a comment",
        "Hinterlasse einen Kommentar",
        "Un film de la région",
        "Please enter your name",
        "Name",
        "Unbekannt",
        "Red.",
        "Donnerstag",
        "N.",
        *("Follow us", "Share Article", "Read More", "Sign In", "Updated Today", "Mehr Lesen"),
        "Yesterday",
        *("Press Release", "Wire Services", "La Rédaction", "Top Stories", "Save Article"),
        *("Published Sunday", "Sunday Morning", "Courtesy Photo", "Written by"),
        *("編集部", "海潮報編集部", "本報記者", "편집국", "바다뉴스팀"),
    ],
)
def test_what_is_no_persons_name_names_nobody(words: str) -> None:
    assert people_in(words) == ()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Lind, Nora; Borg, Ada", ("Lind, Nora", "Borg, Ada")),
        ("Lind, Nora Maria; van Borg, Ada", ("Lind, Nora Maria", "van Borg, Ada")),
        ("Nora Lind, Sandvik; Ada Borg, Reuters", (*BOTH, "Reuters")),
        ("Nora Lind, Reporter; Ada Borg, Editor", BOTH),
    ],
)
def test_semicolons_divide_people_whose_surnames_have_commas(
    words: str, names: tuple[str, ...]
) -> None:
    assert people_in(words) == names


@pytest.mark.parametrize("words", ["Da Silva", "Di Marco", "De Lind", "Von Berg"])
def test_a_word_of_a_name_introduces_nobody_in_data(words: str) -> None:
    assert people_in(words, is_shown=False) == (words,)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Nora Lind & Ada Borg", BOTH),
        ("By Nora Lind in Eastport and Ada Borg in Sandvik", BOTH),
        ("By Nora Lind, Senior Reporter", ("Nora Lind",)),
        ("Por Nora Lind, g1 Norte", ("Nora Lind",)),
        ("By Friday Night, the lamp was lit", ()),
        ("来源：海潮报 作者：林诺拉", ("林诺拉",)),
        ("Teksti: Nora Lind, kuvat: Ada Borg", ("Nora Lind",)),
        ("Par Nora Lind et Ada Borg (avec AFP)", BOTH),
        ("Texte de Nora Lind", ("Nora Lind",)),
        ("מאת נורה לינד", ("נורה לינד",)),
        ("作者：林诺拉", ("林诺拉",)),
        ("この記事を書いた人：山田花子", ("山田花子",)),
        ("著者: 山田花子", ("山田花子",)),
        ("By order of the council", ()),
        ("By Lake and River for the summer", ()),
        ("By Popular Demand", ()),
        ("By Wednesday Evening", ()),
        (
            "By Nora Lind in Sandvik, Ada Borg in Eastport and Ida Storm in Rome",
            (*BOTH, "Ida Storm"),
        ),
        ("By Nora O'Lind and Jean d'Arc", ("Nora O'Lind", "Jean d'Arc")),
        ("By Nora Lind, translated by Ada Borg", BOTH[:1]),
        ("By boat from Eastport", ()),
        ("By Friday the lamp was lit", ()),
    ],
)
def test_a_line_of_text_is_a_byline_only_if_all_of_it_is(line: str, names: tuple[str, ...]) -> None:
    assert authors_in(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "Rédigé par Nora Lind",
        "A cura di Nora Lind",
        "Scris de Nora Lind",
        "Penulis: Nora Lind",
        "Oleh: Nora Lind",
        "نویسنده: Nora Lind",
        "Szerző: Nora Lind",
        "Interview: Nora Lind",
        "Text: Nora Lind, Foto: Ada Borg",
        "Words by Nora Lind, photos by Ada Borg",
        "Story by Nora Lind | Photos by Ada Borg",
        "Text: Nora Lind / Photos: Ada Borg",
        "Ein Gastbeitrag von Nora Lind",
        "By Nora Lind, Senior Reporter",
        "By Nora Lind, Special to the Courier",
        "By Nora Lind (nli)",
        "Posted by Nora Lind - Harbour team",
        "View all posts by Nora Lind",
        "Zeige alle Beiträge von Nora Lind",
        "Voir tous les articles de Nora Lind",
        "By Nora Lind for the Eastport Courier",
        "Von unserer Korrespondentin Nora Lind",
        "By our correspondent Nora Lind",
        "Dal nostro inviato Nora Lind",
        "Par Nora Lind, envoyée spéciale à Lisbonne",
        "By Nora Lind, editor of the Eastport Courier",
        "Aus Lissabon berichtet Nora Lind",
        "By Nora Lind nora@tide.example",
        "By Nora Lind (nora@tide.example)",
        "By Nora Lind. Edited by Ada Borg",
        "Von Nora Lind (Text) und Ada Borg (Fotos)",
    ],
)
def test_a_byline_is_introduced_in_many_ways(line: str) -> None:
    assert authors_in(line) == ("Nora Lind",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("文：林诺拉", ("林诺拉",)),
        ("文/林诺拉", ("林诺拉",)),
        ("文・山田花子", ("山田花子",)),
        ("記者 陳大文／台北報導", ("陳大文",)),
        ("〔記者陳大文、李明／台北報導〕", ("陳大文", "李明")),
        ("记者 李明", ("李明",)),
        ("김민수 기자 kms@tide.example", ("김민수",)),
        ("김민수·이서연 기자", ("김민수", "이서연")),
        ("[서울=바다통신] 김민수 기자", ("김민수",)),
        ("文｜林小明 攝影｜陳大文", ("林小明",)),
        ("取材・文/山田花子 写真/鈴木太郎", ("山田花子",)),
    ],
)
def test_bylines_of_scripts_without_capitals_are_known_by_their_form(
    line: str, names: tuple[str, ...]
) -> None:
    assert authors_in(line, bare=False) == names


@pytest.mark.parametrize("name", ["Per Aas", "Oleh Koval", "Av Berg"])
def test_a_first_name_introduces_nobody(name: str) -> None:
    assert people_in(name, is_shown=False) == (name,)


@pytest.mark.parametrize(
    "line",
    ["Words Matter Most", "Interview With A Lamp", "文/法", "记者被打", "Photos by Ada Borg"],
)
def test_a_headline_is_no_byline(line: str) -> None:
    assert authors_in(line, bare=False) == ()


@pytest.mark.parametrize("name", ["Will Holm", "An Nguyen"])
def test_a_name_may_be_a_word_elsewhere(name: str) -> None:
    assert authors_in(f"By {name}") == (name,)


@pytest.mark.parametrize(
    "words",
    [
        "Kommentar von Nora Lind",
        "Ein Gastbeitrag von Nora Lind",
        "veröffentlicht von Nora Lind",
        "Tribune par Nora Lind",
        "A review by Nora Lind",
        "Press release by Nora Lind",
    ],
)
def test_the_kind_of_text_is_no_part_of_a_name(words: str) -> None:
    assert people_in(words) == ("Nora Lind",)


@pytest.mark.parametrize(
    "words",
    ["The Eastport and Sandvik ministries", "vom Support Team", "View All", "Deine Redaktion"],
)
def test_what_begins_as_no_name_does_names_nobody(words: str) -> None:
    assert people_in(words) == ()


def test_an_agency_may_begin_so() -> None:
    assert people_in("The Associated Press") == ("The Associated Press",)
    assert authors_in("By the Associated Press") == ("the Associated Press",)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("سامي الحداد ولينا عيسى", ("سامي الحداد", "لينا عيسى")),
        ("سامي الحداد وليد عيسى", ("سامي الحداد وليد عيسى",)),
        ("سامي الحداد ووكالات", ("سامي الحداد",)),
        ("سامي الحداد و، لينا عيسى", ("سامي الحداد", "لينا عيسى")),
        ("דנה לוי ויוסי כהן", ("דנה לוי", "יוסי כהן")),
        ("דנה לוי ויקטור כהן", ("דנה לוי ויקטור כהן",)),
    ],
)
def test_a_name_that_is_added_in_one_word_with_its_and_is_somebody_of_its_own(
    words: str, names: tuple[str, ...]
) -> None:
    assert people_in(words) == names


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("By Nora Lind with Reuters", BOTH[:1]),
        ("Par Nora Lind (avec AFP)", BOTH[:1]),
        ("By NORA LIND AND ADA BORG", ("NORA LIND", "ADA BORG")),
        ("By Nora Lind, port correspondent, and Ada Borg in Sandvik", BOTH),
        ("By Nora Lind and Ada Borg, with additional reporting by Tom Oake", BOTH),
        ("Por Nora Lind con fotos de Ada Borg", BOTH[:1]),
        ("Interview by Nora Lind; portraits by Ada Borg.", BOTH[:1]),
        ("文・写真＝林花子", ("林花子",)),
        ("文/写真 林花子", ("林花子",)),
        ("写真＝林花子", ()),
        ("Haber Merkezi", ()),
        ("By the river, local editors and others", ()),
        ("By U.S. PORTS AND QUAY PROTECTION", ()),
    ],
)
def test_a_byline_says_who_wrote_and_not_who_helped_or_what_they_are(
    words: str, names: tuple[str, ...]
) -> None:
    assert authors_in(words, bare=False) == names
