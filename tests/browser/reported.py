"""The editor's report of a newsroom where much needs a person."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.audience import logs
from tests.browser.newsroom import fill
from tests.newsrooms import NOW, feeds

_WRONG = {
    "headless.txt": "\n\nthis is a text without a headline, which goes on and ends here.\n",
    "secret.md": "---\ntitle: Mast of the pilot boat is to be sold\nembargo: 2031-01-01\n---\n"
    "Nobody is to know before the buyer has seen it, and then everybody may.\n",
    "doubtful.txt": "Gate of the shipyard gets a coat of paint\n04/05/2025\n\n"
    "It was grey, and will be grey again, says the foreman, only more evenly.\nOla Berg\n",
    "misspelt.md": "---\ntitle: Rope is cheaper than in the spring\nembrago: 2031-01-01\n---\n"
    "A coil costs what half a coil did, and the shop has more of them than hooks.\n",
    "vanishing.txt": "Ladder of the western wall is too short at low tide\n\n"
    "Two steps are missing, and a third is being looked for at the bottom of the sea.\n",
}


def reported(home: Path) -> Path:
    """The file of the report, in ``home``, which is made."""
    newsroom = fill(home / "desk", "https://desk.test/feeds/", usual=1).newsroom
    for name, content in _WRONG.items():
        newsroom.page(name, content)
    newsroom.publish(NOW + timedelta(hours=2))
    (newsroom.root / "vanishing.txt").unlink()
    newsroom.publish(NOW + timedelta(hours=3))
    log = home / "access.log"
    pollers = [logs.Poller(agent, [logs.address(n)]) for n, agent in enumerate(logs.AGENTS)]
    log.write_text("".join(f"{line}\n" for line in logs.polls(pollers, seconds=20 * 86_400)))
    done = feeds(newsroom, "audience", "--record", "--quiet", str(log))
    assert done.returncode == 0, done.stderr
    file = home / "report.html"
    done = feeds(newsroom, "report", str(file), now=NOW + timedelta(days=30))
    assert done.returncode == 0, done.stderr
    return file
