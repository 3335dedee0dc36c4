"""The figures under their names, in the form that Prometheus reads.

Rules
- What isn't known has no figure, rather than one that says nothing is wrong.
- Moments are given as such, in seconds since 1970: how long ago that is, whoever asks works out.
- All labels have values from a fixed set: none comes from a request or a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from feeds import __version__
from feeds.ledger.lock import LastRun
from feeds.metrics.counts import Counts
from feeds.metrics.facts import Facts, Published


class Figures(Collector):
    """All figures, of what ``count`` and ``ask`` tell when they are asked for."""

    def __init__(self, count: Callable[[], Counts], ask: Callable[[], Facts]) -> None:
        self._count = count
        self._ask = ask

    def collect(self) -> Iterator[Metric]:
        """The figures by name, as they are now."""
        build = GaugeMetricFamily(
            "feeds_build_info", "The version of newsroom-feeds.", labels=["version"]
        )
        build.add_metric([__version__], 1)
        yield build
        yield from _served(self._count())
        facts = self._ask()
        yield _gauge(
            "feeds_ledger_readable",
            "Whether the ledger can be read, and is the one that was published into.",
            int(facts.published is not None),
        )
        if facts.published:
            yield from _published(facts.published)
        if facts.run:
            yield from _run(facts.run)

    def text(self) -> bytes:
        """The same as text."""
        registry = CollectorRegistry(auto_describe=False)
        registry.register(self)
        return generate_latest(registry)


def _served(counts: Counts) -> Iterator[Metric]:
    answers = CounterMetricFamily(
        "feeds_http_responses",
        "Answers by status code and content coding.",
        labels=["code", "coding"],
    )
    for (code, coding), number in counts.answers.items():
        if number:
            answers.add_metric([code, coding], number)
    yield answers
    yield _gauge("feeds_workers", "Worker processes that are at work.", counts.workers)
    if counts.served:
        oldest = min(counts.served)
        yield _gauge("feeds_served_epoch", "The epoch of the revision served.", oldest.epoch)
        yield _gauge(
            "feeds_served_revision",
            "The revision served; of several workers' the oldest.",
            oldest.revision,
        )
        yield _moment(
            "feeds_served_revision", "When the revision served was committed.", oldest.committed
        )


def _published(published: Published) -> Iterator[Metric]:
    mark = published.mark
    if mark.revision:
        yield _gauge("feeds_ledger_epoch", "The ledger's epoch.", mark.epoch)
        yield _gauge("feeds_ledger_revision", "The ledger's newest revision.", mark.revision)
    if published.newest:
        yield _moment(
            "feeds_newest_story", "When the last story came into the feeds.", published.newest
        )
    held = GaugeMetricFamily(
        "feeds_stories_held",
        "Stories that are kept out of the feeds, by the problem.",
        labels=["problem"],
    )
    for problem, number in published.held.items():
        held.add_metric([problem], number)
    yield held
    hubs = published.hubs
    yield _gauge("feeds_hubs_waiting", "Hubs that are still to be told something.", hubs.waiting)
    yield _gauge("feeds_hubs_given_up", "Hubs that took nothing for a day.", hubs.given_up)
    if hubs.since:
        yield _moment(
            "feeds_hubs_waiting_since", "Since when the first hub waits to be told.", hubs.since
        )
    yield _gauge("feeds_exports_failing", "Targets of exports that are behind.", published.behind)


def _run(run: LastRun) -> Iterator[Metric]:
    yield _moment("feeds_publish_last_run", "When the last publish ran.", run.finished)
    yield _gauge(
        "feeds_publish_last_exit_code", "How the last publish ended: 0, 1, 2, 3.", run.exit_code
    )
    if run.seconds is not None:
        yield _gauge(
            "feeds_publish_last_duration_seconds", "How long the last publish took.", run.seconds
        )
    yield _gauge("feeds_pages_failed", "Pages of which nothing could be made.", run.refused)
    yield _gauge(
        "feeds_documents_failed", "Feeds that can't be rendered, and are as before.", run.unrendered
    )
    yield _gauge("feeds_decisions_failed", "Decisions that can't be understood.", run.unread)


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(name, what, value=value)


def _moment(name: str, what: str, moment: datetime) -> Metric:
    return GaugeMetricFamily(f"{name}_timestamp_seconds", what, value=moment.timestamp())
