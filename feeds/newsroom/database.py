"""Where a ledger is: a file of SQLite's, or a database of a PostgreSQL server.

Rules
- A password in an address is for the server alone: what people are told, and what is stored
  anywhere, is the address without it.
- An address in which it can't be told for sure where a password ends is refused: libpq would look
  for it elsewhere, and say parts of it in its errors.
- The same database is reached by several hosts' names, so that a ledger is called by that of its
  database where it must be told apart from others.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from feeds.model.errors import LedgerError

_SCHEMES = {"postgresql+psycopg", "postgresql", "postgres"}
_SECRET = re.compile("pass(?:word|file)|secret|sslkey|scram_[a-z]+_key", re.IGNORECASE)
"""What a part of an address has in it that is shown to nobody."""
_HOST = r"(?:\[[^\[\]@/?#]*\]|[^\[\]:,@/?#]*)(?::\d*)?"
_WRITTEN = re.compile(
    rf"(?:[^:@/?#]*(?::[^@/?#]*)?@)?{_HOST}(?:,{_HOST})*(?:/[^@/?#]*)?(?:\?[^#]*)?"
)
"""An address behind its scheme: user, password, hosts and ports, database, parameters."""
_NO_SIGN = re.compile("%(?![0-9A-Fa-f]{2})|%00")


class Address:
    """A PostgreSQL database as a URL names it; ``str`` is that without any password."""

    __slots__ = ("_url", "name")

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._url = f"postgresql://{url.partition('://')[2]}"
        user, at, host = parts.netloc.rpartition("@")
        shown = f"{user.partition(':')[0]}{at}{host}"
        query = "&".join(one for one in parts.query.split("&") if not _SECRET.search(unquote(one)))
        self.name = f"postgresql://{shown}{parts.path}{'?' if query else ''}{query}"

    @property
    def url(self) -> str:
        """The whole address, as libpq takes it: with the password, if it has one."""
        return self._url

    @property
    def database(self) -> str:
        """The database's own name; empty if the address leaves that to the server."""
        return unquote(urlsplit(self._url).path.lstrip("/"))

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"Address({self.name!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and other.url == self._url

    def __hash__(self) -> int:
        return hash(self._url)

    def __reduce__(self) -> tuple[type[Address], tuple[str]]:
        return Address, (self._url,)


Place = Path | Address
"""Where a ledger is: SQLite's is its file."""


def place_of(url: str) -> Place:
    """The place that ``url`` names: an absolute path, or an address. Raises LedgerError."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme in _SCHEMES:
        if not _WRITTEN.fullmatch(rest) or _NO_SIGN.search(rest):
            why = "each of @ / ? # % in a name or a password has to be written as its %XX"
            raise _unusable(_without_password(url), why)
        try:
            made = Address(url)
        except ValueError as error:  # it says what is wrong with a host that has brackets
            raise _unusable(_without_password(url), "a host in it is none") from error
        if not made.database:
            raise _unusable(_without_password(url), "it names no database")
        return made
    if scheme == "sqlite" and rest.startswith("/") and rest not in {"/", "/:memory:"}:
        return Path(rest[1:]).expanduser().absolute()
    if not separator and "@" not in url and (url[:1] in {"/", "~", "."} or url.endswith(".db")):
        file = Path(url).expanduser().absolute()
        raise _unusable(url, "it is a file's path", f"write sqlite:///{file}")
    raise _unusable(_without_password(url))


def url_of(place: Place) -> str:
    """The URL that names ``place``, with the password if it has one: for no person to see."""
    return place.url if isinstance(place, Address) else f"sqlite:///{place}"


def url_shown(place: Place) -> str:
    """The URL that names ``place``, without a password."""
    return str(place) if isinstance(place, Address) else url_of(place)


def called(place: Place, root: Path) -> str:
    """What the ledger at ``place`` is called among the pages in ``root``.

    The same after the newsroom was moved as a whole, and on each machine that reaches a server.
    """
    if isinstance(place, Address):
        return f"postgresql:///{place.database}"
    folder, file = root.resolve(), place.resolve()
    if file.is_relative_to(folder.parent):
        return f"../{file.relative_to(folder.parent).as_posix()}"
    return str(file)


def is_shared(place: Place) -> bool:
    """Whether programs on several machines can reach the ledger at ``place``."""
    return isinstance(place, Address)


def _without_password(url: str) -> str:
    """``url`` without whatever may be a password in it, be it written well or not."""
    scheme, separator, rest = url.partition("://")
    before, at, after = rest.rpartition("@")
    if not at and scheme not in _SCHEMES:
        return _SECRET.split(url.partition("?")[0])[0]
    user, after = (before, after) if at else (after, "")
    return f"{scheme}{separator}{re.split('[:/?#]', user)[0]}{at}{after}".partition("?")[0]


def _unusable(
    url: str,
    why: str = "",
    remedy: str = "write sqlite:////absolute/path/feeds.db, or "
    "postgresql+psycopg://USER@HOST/DATABASE",
) -> LedgerError:
    told = f": {why}" if why else ""
    return LedgerError(
        f"'{url}' is no ledger this program can open{told}",
        field="--database",
        remedy=remedy,
    )
