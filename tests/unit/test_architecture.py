"""Which module may import which: data goes one way, and the core knows no machine."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.newsrooms import PROJECT

# What each module or package may import of feeds, besides itself. Anything new is decided here.
ALLOWED = {
    "feeds": "",
    "feeds.__main__": "cli",
    "feeds.model": "",
    "feeds.errors": "",
    "feeds.versions": "",
    # the pure core
    "feeds.dates": "model",
    "feeds.urls": "model",
    "feeds.markup": "model",
    "feeds.cleaning": "urls",
    "feeds.statements": "characters dates model stating urls values",
    "feeds.outside": "config errors model statements",
    "feeds.identity": "markup model urls",
    "feeds.moments": "dates",
    "feeds.characters": "",
    "feeds.readers": "characters errors model statements",
    "feeds.vocabulary": "",
    "feeds.widening": "vocabulary",
    "feeds.stamps": "vocabulary widening",
    "feeds.stating": "model stamps vocabulary widening",
    "feeds.normalise": "characters cleaning dates errors identity markup model stamps statements "
    "stating urls versions",
    "feeds.values": "dates identity urls",
    "feeds.config": "errors model urls values",
    "feeds.decide": "erasing identity likeness markup model urls verdicts",
    "feeds.selection": "config identity markup model sections",
    "feeds.archiving": "config model versions",
    "feeds.sections": "config model",
    "feeds.render": "config dates markup model urls",
    "feeds.contents": "model",
    "feeds.gate": "contents identity model",
    "feeds.leaks": "identity",
    "feeds.objections": "errors leaks markup model urls",
    "feeds.importing": "characters cleaning dates errors markup model readers urls values",
    # the shell around it
    "feeds.folder": "errors readers",
    "feeds.fetching": "errors urls",
    "feeds.newsroom": "config errors folder outside",
    "feeds.ledger": "audience config decisions errors identity model overlaying pings "
    "sections versions",
    "feeds.show": "dates errors model newsroom normalise readers statements",
    "feeds.reading": "config decisions errors folder ledger normalise outside readers watching",
    "feeds.deciding": "dates decide duplicates errors holding identity ledger listed model "
    "moments running storing urls verdicts",
    "feeds.rereading": "deciding errors folder holding identity ledger model reading running "
    "verdicts",
    "feeds.revising": "committing config dates decided deciding decisions errors folder "
    "identity ledger model outside reading rereading running takeover "
    "watching",
    "feeds.decided": "decisions erasing errors identity ledger likeness model overlaying running",
    "feeds.decisions": "characters dates errors model stating urls",
    "feeds.erasing": "identity model",
    "feeds.holding": "dates errors model",
    "feeds.likeness": "identity",
    "feeds.pings": "",
    "feeds.websub": "errors ledger newsroom",
    "feeds.alike": "identity likeness watching",
    "feeds.listed": "dates decide errors identity ledger likeness model moments running storing "
    "urls verdicts",
    "feeds.overlaying": "dates decisions identity model",
    "feeds.running": "config ledger model outside statements watching",
    "feeds.storing": "config identity ledger likeness model running verdicts",
    "feeds.verdicts": "dates identity markup model",
    "feeds.editing": "config decisions errors fetching folder importing ledger model newsroom "
    "readers sections storing urls",
    "feeds.takeover": "decisions errors identity importing ledger model running statements "
    "storing urls",
    "feeds.filing": "archiving config errors gate ledger model render running selection",
    "feeds.committing": "archiving choosing coding config errors filing gate holding identity "
    "ledger likeness model objections render running urls",
    "feeds.duplicates": "errors identity ledger model running verdicts",
    "feeds.checking": "alike config dates decide decisions errors folder holding identity "
    "ledger likeness model newsroom outside render sections statements "
    "storing urls watching",
    "feeds.dossier": "editing ledger markup model newsroom telling",
    "feeds.telling": "dates editing errors identity ledger model newsroom",
    "feeds.coding": "",
    "feeds.rhythm": "",
    "feeds.choosing": "config errors ledger model running sections selection",
    "feeds.watching": "",
    "feeds.report": "audience characters checking config dates decisions errors ledger model "
    "newsroom outside readers statements watching",
    "feeds.audience": "",
    "feeds.logs": "audience errors watching",
    "feeds.publish": "config errors folder ledger model reading revising versions watching",
    "feeds.initialise": "config errors newsroom values",
    "feeds.status": "dates errors holding ledger newsroom objections statements",
    "feeds.serve": "errors ledger newsroom web",
    "feeds.web": "coding config dates errors ledger markup model newsroom render rhythm sections "
    "selection urls",
    "feeds.cli": "audience characters checking dates decisions dossier editing errors "
    "initialise ledger logs model newsroom publish report serve show status "
    "telling watching websub",
}
PURE = (
    "model errors versions characters dates vocabulary widening stamps stating urls markup "
    "cleaning identity likeness moments statements outside readers normalise values config holding "
    "verdicts decide decisions overlaying erasing sections selection archiving render contents "
    "gate leaks objections importing pings coding rhythm audience watching web.sitemap "
    "web.lists web.metadata web.subscribing web.wording"
)
IMPURE = (
    "click fcntl flask glob io logging multiprocessing os pathlib.Path random secrets shutil "
    "signal socket sqlalchemy sqlite3 subprocess sys tempfile threading time urllib.request uuid "
    "werkzeug"
)
NOT_THE_APPS = "publish revising deciding decided reading readers normalise decide folder cli"
# The only package that may load a library when it runs, "while type checking" not counted.
OWNERS = {
    "alembic": {"feeds.ledger"},
    "click": {"feeds.cli"},
    "anyascii": {"feeds.sections"},
    "babel": {"feeds.sections", "feeds.vocabulary", "feeds.web"},
    "dateutil": {"feeds.stamps", "feeds.stating", "feeds.vocabulary"},
    "feedgen": {"feeds.render"},
    "feedparser": {"feeds.importing"},
    "trafilatura": {"feeds.normalise"},
    "flask": {"feeds.web"},
    "flask_babel": {"feeds.web"},
    "granian": {"feeds.serve"},
    "markdown_it": {"feeds.normalise"},
    "nh3": {"feeds.cleaning"},
    "sqlalchemy": {"feeds.ledger"},
    "rich": {"feeds.cli"},
    "urllib3": {"feeds.websub"},
    "werkzeug": {"feeds.web"},
    "yaml": {"feeds.readers"},
}
CLOCKS = {"now", "utcnow", "today", "localtime", "gmtime", "open", "getenv", "environ", "urandom"}


class Import(NamedTuple):
    """``name``, as dotted as it is known, imported by ``module``; ``typing``: for types alone."""

    module: str
    name: str
    typing: bool


def source(path: str) -> ast.Module:
    return ast.parse((PROJECT / path).read_text(encoding="utf-8"))


MODULES = {
    str(path.relative_to(PROJECT).with_suffix("")).replace("/", ".").removesuffix(".__init__"): str(
        path.relative_to(PROJECT)
    )
    for path in sorted((PROJECT / "feeds").rglob("*.py"))
}


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


def owner(module: str) -> str:
    """The row of ALLOWED that ``module`` (or a name in it) belongs to."""
    return ".".join(module.split(".")[:2])


def below(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


PURE_MODULES = [
    name for name in MODULES if {owner(name), name} & {f"feeds.{row}" for row in PURE.split()}
]
IMPORTS = [found for module in MODULES for found in imports(module)]


def test_every_module_has_its_row_in_the_table() -> None:
    assert {owner(module) for module in MODULES} == set(ALLOWED)


@pytest.mark.parametrize("row", ALLOWED)
def test_a_module_imports_no_more_of_the_package_than_the_table_allows(row: str) -> None:
    allowed = {f"feeds.{name}" for name in ALLOWED[row].split()} | {row, "feeds.__version__"}
    used = {
        owner(found.name)
        for found in IMPORTS
        if owner(found.module) == row and below(found.name, "feeds")
    }
    assert used <= allowed


def test_nothing_but_main_imports_the_command() -> None:
    users = {
        found.module
        for found in IMPORTS
        if below(found.name, "feeds.cli") and not below(found.module, "feeds.cli")
    }
    assert users == {"feeds.__main__"}


def test_the_app_knows_neither_pages_nor_publishing() -> None:
    used = {owner(found.name) for found in IMPORTS if below(found.module, "feeds.web")}
    assert used.isdisjoint(f"feeds.{name}" for name in NOT_THE_APPS.split())


@pytest.mark.parametrize("module", PURE_MODULES)
def test_a_pure_module_imports_nothing_of_the_machine(module: str) -> None:
    used = [found.name for found in IMPORTS if found.module == module]
    assert [name for name in used if any(below(name, bad) for bad in IMPURE.split())] == []


@pytest.mark.parametrize("module", PURE_MODULES)
def test_a_pure_module_asks_no_clock_opens_no_file_and_reads_no_environment(module: str) -> None:
    called = set()
    for node in ast.walk(source(MODULES[module])):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            # moments.now and run.now are told, not asked: only a class or module can be asked
            if node.value.id in {"datetime", "date", "time", "os"}:
                called.add(node.attr)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called.add(node.func.id)
    assert called & CLOCKS == set()


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_is_loaded_by_its_owner_alone(library: str) -> None:
    users = {
        owner(found.module) for found in IMPORTS if below(found.name, library) and not found.typing
    }
    assert users == OWNERS[library]


LOADED = "import sys, {module}; print(*sorted(name.split('.')[0] for name in sys.modules))"


@pytest.mark.parametrize(
    ("module", "unused"),
    [
        (
            "feeds.publish",
            "flask sqlalchemy feedgen alembic dateutil granian markdown_it nh3 urllib3 yaml",
        ),
        ("feeds.web", "feedgen alembic dateutil granian"),
        (
            "feeds.show",
            "flask sqlalchemy feedgen alembic granian lxml trafilatura markdown_it nh3 yaml babel",
        ),
        ("feeds.status", "flask feedgen alembic granian urllib3"),
        ("feeds.websub", "flask feedgen granian urllib3"),
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
