"""Which module may import which: data goes one way, and the core knows no machine."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from typing import NamedTuple

import pytest

from tests.newsrooms import PROJECT


class Room(NamedTuple):
    """What a package may import of the others, and whether it is pure, but for some modules.

    ``libraries`` are loaded by it alone when it runs, "while type checking" not counted.
    """

    imports: str
    libraries: str = ""
    is_pure: bool = True
    machine: str = ""


# In the order of the flow: a room imports from those above its row alone.
ROOMS = {
    "model": Room("", machine="late_imports unexpected"),
    "text": Room("model", "cssselect nh3 dateutil"),
    "client": Room("model text", "protego urllib3", machine="asking machines waiting"),
    "readers": Room("model text client", "mammoth yaml", machine="docx docx_parts exports"),
    "newsroom": Room(
        "model text client readers",
        machine="newsroom captured database fetching files folder folder_rules listing machine "
        "pushed_page space theme whole written_page written_table",
    ),
    "normalise": Room("model text readers", "trafilatura markdown_it mdit_py_plugins"),
    "entries": Room("model text newsroom"),
    "syndication": Room("model text newsroom entries", "anyascii feedgen"),
    "ledger": Room("model newsroom", "alembic psycopg sqlalchemy", is_pure=False),
    "publish": Room(
        "model text readers newsroom normalise entries syndication ledger",
        "urllib3 watchfiles",
        is_pure=False,
    ),
    "capture": Room(
        "model text client readers newsroom normalise entries ledger",
        "courlan",
        machine="erased looking pages run standing state thinning visiting visits",
    ),
    "metrics": Room("model text newsroom ledger", "prometheus_client", is_pure=False),
    "web": Room(
        "model text newsroom syndication ledger metrics",
        "flask flask_babel granian werkzeug",
        machine="web access cache caching complaints conditional connections documents endpoints "
        "fast links made_by pages server store theming tools",
    ),
    "export": Room(
        "model text newsroom syndication ledger web",
        "obstore",
        machine="bucket claim folder names revision run targets tree website work",
    ),
    "audience": Room("model newsroom ledger", machine="logs record"),
    "reports": Room(
        "model text readers newsroom normalise entries syndication ledger capture audience",
        is_pure=False,
    ),
    "desk": Room(
        "model text readers newsroom normalise entries syndication ledger publish web audience "
        "reports",
        "flask flask_babel flask_wtf granian werkzeug",
        is_pure=False,
    ),
    "cli": Room(
        "model text newsroom ledger publish capture web export audience reports desk",
        "click rich",
        is_pure=False,
    ),
}
IMPURE = (
    "click fcntl flask glob io logging multiprocessing os pathlib.Path random secrets shutil "
    "signal socket sqlalchemy sqlite3 subprocess sys tempfile threading time urllib.request uuid "
    "werkzeug"
)
CLOCKS = {"now", "utcnow", "today", "localtime", "gmtime", "open", "getenv", "environ", "urandom"}


class Import(NamedTuple):
    """``name``, as dotted as it is known, imported by ``module``; ``typing``: for types alone."""

    module: str
    name: str
    typing: bool


@cache
def source(path: str) -> ast.Module:
    return ast.parse((PROJECT / path).read_text(encoding="utf-8"))


MODULES = {
    str(path.relative_to(PROJECT).with_suffix("")).replace("/", ".").removesuffix(".__init__"): str(
        path.relative_to(PROJECT)
    )
    for path in sorted((PROJECT / "feeds").rglob("*.py"))
}
MODULES["wsgi"] = "wsgi.py"


def imports(module: str) -> Iterator[Import]:
    """Every import of ``module``, those inside functions and for types included."""
    tree = source(MODULES[module])
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, alias.name, node in for_types)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} has a relative import"
            for alias in node.names:
                yield Import(module, f"{node.module}.{alias.name}", node in for_types)


def room(module: str) -> str:
    """The package that ``module`` (or a name in it) belongs to; empty for the door."""
    return "".join(module.split(".")[1:2])


def below(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def is_pure(module: str) -> bool:
    """Whether ``module`` may know nothing of the machine it runs on."""
    found = ROOMS.get(room(module))
    if found is None or not found.is_pure:
        return False
    return module.rpartition(".")[2] not in found.machine.split()


PURE_MODULES = [name for name in MODULES if is_pure(name)]


@cache
def all_imports() -> list[Import]:
    """Every import of every module; not looked for until a test asks, since that takes a second."""
    return [found for module in MODULES for found in imports(module)]


def test_every_package_has_its_row_and_none_stands_outside() -> None:
    rooms = {room(module) for module in MODULES}
    assert rooms == {*ROOMS, "", "__main__"}


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_imports_no_more_of_the_others_than_its_row_allows(name: str) -> None:
    used = {
        room(found.name)
        for found in all_imports()
        if room(found.module) == name and below(found.name, "feeds")
    }
    assert used - {name, "__version__"} <= set(ROOMS[name].imports.split())


def test_every_folder_of_modules_has_a_face_that_says_what_it_is() -> None:
    folders = {path.parent for path in (PROJECT / "feeds").rglob("*.py")}
    without = {"migrations", "versions"}  # Alembic's
    for folder in sorted(folders):
        if folder.name not in without:
            assert ast.get_docstring(source(str((folder / "__init__.py").relative_to(PROJECT))))


def test_the_map_has_the_rooms_in_the_order_of_the_flow() -> None:
    text = (PROJECT / "docs" / "design.md").read_text(encoding="utf-8")
    table = text.partition("| room |")[2].partition("\n\n")[0]
    assert [line.split("`")[1] for line in table.splitlines()[2:]] == list(ROOMS)


def test_imports_run_down_the_table_alone() -> None:
    above: set[str] = set()
    for name, row in ROOMS.items():
        assert set(row.imports.split()) <= above
        above.add(name)


@pytest.mark.parametrize("name", [name for name in ROOMS if name != "model"])
def test_what_a_room_does_not_hand_on_is_private_to_it(name: str) -> None:
    package = f"feeds.{name}"
    handed_on = {
        one.value
        for node in source(MODULES[package]).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        for one in ast.walk(node.value)
        if isinstance(one, ast.Constant)
    }
    used = {
        found.name.removeprefix(f"{package}.").split(".")[0]
        for found in all_imports()
        if below(found.name, package) and not below(found.module, package)
    }
    assert used == handed_on


def test_texts_that_have_to_be_paid_for_are_asked_for_where_they_may_be() -> None:
    asking = {found.module for found in all_imports() if found.name == "feeds.ledger.paid"}
    writing = {"feeds.ledger.changes", "feeds.publish.retractions"}
    # reports say why a feed has a story or not, and show none of its text
    telling = {"feeds.reports.check.partners", "feeds.reports.entry"}
    assert asking - writing == {"feeds.publish.paid", *telling}
    for module in writing:
        assert "of_entries" not in ast.unparse(source(MODULES[module]))


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph: dict[str, set[str]] = {
        module: {found.name for found in all_imports() if found.module == module}
        for module in MODULES
    }
    order = TopologicalSorter(
        {
            module: {name if name in MODULES else name.rpartition(".")[0] for name in names}
            - {module}
            for module, names in graph.items()
        }
    )
    assert set(order.static_order()) >= set(MODULES)


def test_nothing_but_main_imports_the_command() -> None:
    users = {
        found.module
        for found in all_imports()
        if below(found.name, "feeds.cli") and not below(found.module, "feeds.cli")
    }
    assert users == {"feeds.__main__"}


def test_a_pure_module_imports_nothing_of_the_machine() -> None:
    assert PURE_MODULES
    used = [found for found in all_imports() if found.module in PURE_MODULES]
    impure = [one for one in used if any(below(one.name, bad) for bad in IMPURE.split())]
    assert impure == []


def called(module: str) -> Iterator[str]:
    """What ``module`` calls by its bare name, and what it asks of a class or module of clocks."""
    for node in ast.walk(source(MODULES[module])):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            # moments.now and run.now are told, not asked: only a class or module can be asked
            if node.value.id in {"datetime", "date", "time", "os"}:
                yield node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def test_a_pure_module_asks_no_clock_opens_no_file_and_reads_no_environment() -> None:
    asking = {module: CLOCKS.intersection(called(module)) for module in PURE_MODULES}
    assert {module: clocks for module, clocks in asking.items() if clocks} == {}


LIBRARIES = sorted({library for row in ROOMS.values() for library in row.libraries.split()})


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_loaded_by_its_room_alone(library: str) -> None:
    users = {
        room(found.module)
        for found in all_imports()
        if below(found.name, library) and not found.typing
    }
    assert users == {name for name, row in ROOMS.items() if library in row.libraries.split()}


LOADED = "import sys, {module}; print(*sorted(name.split('.')[0] for name in sys.modules))"


@pytest.mark.parametrize(
    ("module", "unused"),
    [
        (
            "feeds.publish.job",
            "cssselect flask sqlalchemy feedgen alembic dateutil granian markdown_it nh3 psycopg "
            "urllib3 yaml",
        ),
        ("feeds.web", "feedgen alembic dateutil granian"),
        (
            "feeds.reports.saved_page",
            "cssselect flask sqlalchemy feedgen alembic granian lxml trafilatura markdown_it nh3 "
            "yaml babel",
        ),
        ("feeds.reports.status", "flask feedgen alembic granian urllib3"),
        ("feeds.publish.hubs", "flask feedgen granian urllib3"),
        ("feeds.model", "flask sqlalchemy feedgen alembic dateutil lxml click granian"),
    ],
)
def test_a_module_loads_no_library_that_it_may_not_need(module: str, unused: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", LOADED.format(module=module)],
        cwd=PROJECT,
        capture_output=True,
        check=True,
        text=True,
    )
    assert set(answer.stdout.split()).isdisjoint(unused.split())
