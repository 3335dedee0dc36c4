"""Which target a name means."""

from __future__ import annotations

from feeds.export import names
from feeds.export.targets import Target
from feeds.model.errors import TargetError


def opened(name: str) -> Target:
    """The target called ``name``, in its one spelling; raises TargetError."""
    if names.is_bucket(name):
        try:
            from feeds.export.bucket import Bucket  # late: not everybody has its library
        except ModuleNotFoundError as error:
            raise TargetError(
                "a bucket needs obstore, which isn't installed",
                file=name,
                remedy="install it into this program's environment: pip install obstore, "
                "or pipx inject newsroom-feeds obstore",
            ) from error
        return Bucket(name)
    from feeds.export.folder import Folder

    return Folder(name)
