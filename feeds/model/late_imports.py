"""What libraries import and most runs never use is imported when it is used.

A run that publishes one story mostly imports, and much of that are libraries of libraries, for what
is never asked of them here. ``importlib.util.LazyLoader`` doesn't help: up to Python 3.11 a module
is loaded by the second import of it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType


class _LateModule(ModuleType):
    """In the place of a module, until something else than ``names`` is asked of it."""

    def __init__(self, module: str, names: tuple[str, ...]) -> None:
        super().__init__(module)
        self.__dict__.update((name, _LateName(module, name)) for name in names)

    def __getattr__(self, name: str) -> object:
        return getattr(_loaded(self.__name__), name)


class _LateNames(_LateModule):
    """The same for a module that nobody imports as a whole, nor modules in it."""

    def __getattr__(self, name: str) -> object:
        if name == "__path__":  # ``from … import`` asks first whether it is a package
            raise AttributeError(name)
        return super().__getattr__(name)


class _LateName:
    """In the place of a function or class: to be called, or asked about."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __call__(self, *arguments: object, **named: object) -> object:
        return getattr(_loaded(self._module), self._name)(*arguments, **named)

    def __getattr__(self, name: str) -> object:
        return getattr(getattr(_loaded(self._module), self._name), name)

    def __instancecheck__(self, value: object) -> bool:
        # of a class that isn't there nothing is an instance
        there = not isinstance(sys.modules.get(self._module), _LateModule)
        return there and isinstance(value, getattr(_loaded(self._module), self._name))

    def __or__(self, other: object) -> _LateName:  # in what is written of types alone
        return self

    __ror__ = __or__


def import_late(module: str, *names: str) -> None:
    """Has whoever does ``import module`` from now on load it by using it.

    ``names`` are its functions that can be mentioned without that.
    """
    if module not in sys.modules:
        late = sys.modules[module] = _LateModule(module, names)
        package, _, name = module.rpartition(".")
        if package:  # who says ``package.module`` asks the package for it
            setattr(import_module(package), name, late)


def import_names_late(module: str, *names: str) -> None:
    """Has whoever does ``from module import name`` from now on load it by using the name.

    Of no module whose package's other modules are imported as ``import package.module``.
    """
    if module not in sys.modules:
        sys.modules[module] = _LateNames(module, names)


def _loaded(module: str) -> ModuleType:
    if isinstance(sys.modules.get(module), _LateModule):
        del sys.modules[module]
    return import_module(module)
