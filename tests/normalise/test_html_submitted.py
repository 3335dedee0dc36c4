"""A line that says who sent a text in, and when, as systems write it into every page."""

from __future__ import annotations

import pytest

from tests.normalise.reading import article

TEXT = (
    "<p>The keeper of the old lamp lit it again on Monday evening, and people came from both "
    "sides of the bay to see it burn.</p><p>Nobody knows how long the oil will last, the harbour "
    "office said, but there is a barrel of it left in the cellar.</p>"
)
LINES = [
    ("fr", "Soumis par {} le lun 03/02/2025 - 10:04"),
    ("de", "Gespeichert von {} am Mo., 03.02.2025 - 10:04"),
    ("es", "Enviado por {} el Lun, 03/02/2025 - 10:04"),
    ("it", "Inviato da {} il Lun, 03/02/2025 - 10:04"),
    ("nl", "Ingediend door {} op ma, 03/02/2025 - 10:04"),
    ("pl", "Opublikowane przez {} w pon., 03/02/2025 - 10:04"),
    ("pt", "Enviado por {} em seg, 03/02/2025 - 10:04"),
    ("sv", "Inlagt av {} den 3 februari 2025 - 10:04"),
    ("da", "Indsendt af {} den 3. februar 2025 - 10:04"),
    ("en", "Submitted by {} on Mon, 02/03/2025 - 10:04"),
]
RDFA = (
    '<div class="meta submitted"><span property="dc:date dc:created" '
    'content="2025-02-03T10:04:22+01:00" rel="sioc:has_creator">{}</span></div>'
)


@pytest.mark.parametrize("tag", ["footer", "header", "div"])
@pytest.mark.parametrize(("lang", "line"), LINES)
def test_who_sent_a_text_in_and_when_are_its_author_and_date(
    lang: str, line: str, tag: str
) -> None:
    words = line.format("<span class=name><span property='schema:name'>Nora Lind</span></span>")
    story = article(
        f"<html lang={lang}><title>Old lamp is lit again</title><main><h1>Old lamp is lit again"
        f"</h1><article><{tag}><div class=submitted>{words}</div></{tag}>{TEXT}</article></main>",
        "a.html",
    )
    assert story.authors == ("Nora Lind",)
    assert story.published is not None
    assert story.published.iso == "2025-02-03T10:04"
    assert len(story.paragraphs) == 2


def test_the_moment_that_rdfa_states_around_such_a_line_counts() -> None:
    line = RDFA.format("Opublikowane przez <span>Nora Lind</span> w pon., 03/02/2025 - 10:04")
    story = article(
        f"<html lang=pl><title>Old lamp is lit again</title><h1>Old lamp is lit again</h1>"
        f"<div class=node>{line}{TEXT}</div>",
        "a.html",
    )
    assert story.authors == ("Nora Lind",)
    assert story.published is not None
    assert story.published.iso == "2025-02-03T10:04:22+01:00"
    assert len(story.paragraphs) == 2


@pytest.mark.parametrize("name", ["og:title", "dc:title", "sioc:num_replies"])
def test_other_rdfa_is_no_date(name: str) -> None:
    line = RDFA.format("Text").replace("dc:date dc:created", name)
    story = article(f"<title>Old lamp</title><h1>Old lamp is lit</h1>{line}{TEXT}", "a.html")
    assert story.published is None
