"""What the tests share: a newsroom in a temporary folder, and the project's own sample."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from tests import sharing, thorough
from tests.answering import Serve, serving_answers
from tests.newsrooms import PROJECT, TestNewsroom, publish_bell
from tests.postgres import Server, newsroom_on, shared_server

SEED = PROJECT.parent / "shared" / "seed" / "000_cd6ad7c93a36fbbf.txt"
SCHEMAS = PROJECT.parent / "shared" / "schemas"
CASES = PROJECT.parent / "shared" / "cases"

_ON_POSTGRESQL = os.environ.get("FEEDS_TEST_ENGINE") == "postgresql"
"""Whoever looks for what differs has all tests run there that are told their newsroom."""

for _name in ("FEEDS_SOURCE", "FEEDS_DATABASE", "FEEDS_URL"):
    os.environ.pop(_name, None)  # whoever runs the tests may have a newsroom of their own
thorough.forget_constants()
sharing.share()
# a shell has what it runs in the background ignore this, and so would all that tests start
signal.signal(signal.SIGINT, signal.default_int_handler)


class _ByWhatTheyShare(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Gives a process all tests that share a browser, or servers; the others module by module."""

    _SHARING = ("tests/browser/", "tests/clients/", "tests/web/")
    _LONGEST = (
        "tests/soak/test_soak.py",
        "tests/publish/test_killed.py",
        "tests/publish/test_restore.py",
        "tests/fuzz/test_fuzz.py",
    )

    def _split_scope(self, nodeid: str) -> str:
        return next(filter(nodeid.startswith, self._SHARING), nodeid.partition("::")[0])

    def _assign_work_unit(self, node: WorkerController) -> None:
        for module in reversed(self._LONGEST):  # or all others would wait for them in the end
            if module in self.workqueue:
                self.workqueue.move_to_end(module, last=False)
        super()._assign_work_unit(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    return _ByWhatTheyShare(config, log)


def pytest_collection_finish() -> None:
    # thousands of tests lie there until the end: looking through them for garbage is in vain
    gc.freeze()


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Serves answers on this machine, by path; returns the server's address."""
    monkeypatch.setenv("no_proxy", "*")
    with serving_answers() as served:
        yield served


@pytest.fixture
def server() -> Server:
    """A PostgreSQL server, the same for all tests of this process."""
    return shared_server()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Has tests that are marked with "engines" run on each of these."""
    marks = {mark.name: mark.kwargs for mark in metafunc.definition.iter_markers()}
    if "files" not in marks and ("engines" in marks or _ON_POSTGRESQL):
        engines = ["sqlite", "postgresql"]
        if _ON_POSTGRESQL:
            engines = ["postgresql"]
        elif marks["engines"].get("thorough") and not thorough.THOROUGH:
            engines = ["sqlite"]
        metafunc.fixturenames.append("engine")
        metafunc.parametrize("engine", engines)


Make = Callable[[Path], TestNewsroom]


@pytest.fixture
def make_newsroom(request: pytest.FixtureRequest) -> Make:
    """Makes an empty newsroom in a folder, with a configuration of its own."""
    called = getattr(request.node, "callspec", None)
    engine = called.params.get("engine", "sqlite") if called else "sqlite"
    return TestNewsroom if engine == "sqlite" else partial(newsroom_on, engine)


@pytest.fixture
def newsroom(make_newsroom: Make, tmp_path: Path) -> TestNewsroom:
    """An empty newsroom with a configuration of its own."""
    return make_newsroom(tmp_path / "desk")


Fill = Callable[[TestNewsroom], object]
Filled = Callable[[Fill], TestNewsroom]


@pytest.fixture(scope="session")
def _filled_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Fill, str, Make], TestNewsroom]:
    found: dict[tuple[Fill, str], TestNewsroom] = {}

    def filled(fill: Fill, engine: str, make: Make) -> TestNewsroom:
        if (fill, engine) not in found:
            made = make(tmp_path_factory.mktemp("filled") / "desk")
            fill(made)
            found[fill, engine] = made
        return found[fill, engine]

    return filled


@pytest.fixture
def filled(
    _filled_once: Callable[[Fill, str, Make], TestNewsroom], make_newsroom: Make, tmp_path: Path
) -> Filled:
    """A newsroom that a function has filled, which was called once for all tests; in a copy."""
    engine = "sqlite" if make_newsroom is TestNewsroom else "postgresql"
    return lambda fill: _filled_once(fill, engine, make_newsroom).copy(tmp_path / "desk")


@pytest.fixture
def published(filled: Filled) -> TestNewsroom:
    """A newsroom with an article and three headlines, published."""
    return filled(publish_bell)


@pytest.fixture
def seed() -> bytes:
    """The page that it all began with; it is not part of the project."""
    if not SEED.is_file():
        pytest.skip("needs ../shared/seed, which is not part of the project")
    return SEED.read_bytes()


@pytest.fixture
def schemas() -> Path:
    """Schemas to check documents against; they are not part of the project."""
    if not SCHEMAS.is_dir():
        pytest.skip("needs ../shared/schemas, which is not part of the project")
    return SCHEMAS


@pytest.fixture
def cases() -> Path:
    """Pages with what a careful editor would say of them; they are not part of the project."""
    if not CASES.is_dir():
        pytest.skip("needs ../shared/cases, which is not part of the project")
    return CASES
