"""What kills the command, for all tests that have it killed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.publish import killing
from tests.publish.killing import Killer


@pytest.fixture(scope="session")
def killer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    """Something that kills the command."""
    compiler = killing.compiler()
    if compiler is None:
        pytest.skip("needs a C compiler, such as the packages gcc and libc6-dev bring")
    with killing.killer(tmp_path_factory.mktemp("killing").resolve(), compiler) as made:
        yield made
