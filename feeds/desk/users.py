"""Who may use the desk: names, and what is made of their passwords by scrypt, in a file.

Programs that hand in stories are there too, with a token each; of these there is a hash alone.

Rules
- The file is not among the pages, and its owner alone may read it.
- Signing out ends all of a person's sessions, and so does another password: each carries a
  number (``serial``) that is another one from then on, and never comes again.
- Who changes the file holds its folder's lock from reading to writing, so that nobody who was
  removed comes back.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import msgspec
from werkzeug.security import check_password_hash, generate_password_hash

from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom, files
from feeds.newsroom.whole import write_whole

TOKEN_MARK = "FeedsStories"  # noqa: S105 no password, but what all have
"""What every token begins with, so that one that lies about somewhere is known for what it is."""
_NAME = re.compile(r"[\w.@-]{1,40}")
_SHORTEST = 10
_LONGEST = 200
_OWNER = 0o600
_BYTES = 32
_LARGEST = 1024 * 1024


class User(msgspec.Struct, frozen=True):
    """A person; ``serial`` is another one after whatever ends her sessions."""

    password: str
    serial: int


class _File(msgspec.Struct, frozen=True):
    secret: str
    users: dict[str, User] = {}
    programs: dict[str, str] = {}


class Users:
    """Those who are in the file at ``file``, which is read whenever somebody asks."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @property
    def secret(self) -> str:
        """What sessions are signed with."""
        return self._read().secret

    @property
    def names(self) -> list[str]:
        """Everybody's names."""
        return sorted(self._read().users)

    def serial(self, name: str) -> int:
        """The number that a session of the person called ``name`` has to have; 0 for nobody."""
        user = self._read().users.get(name)
        return user.serial if user else 0

    def knows(self, name: str, password: str) -> bool:
        """Whether that is the password of somebody called ``name``; takes as long if not."""
        user = self._read().users.get(name)
        is_right = check_password_hash(user.password if user else _nobody(), password[:_LONGEST])
        return is_right and user is not None

    def add(self, name: str, password: str) -> None:
        """Adds a person. Raises FeedsError for a name that there is, or what can't be one."""
        _refuse_name(name)
        if self.serial(name):
            remedy = f"for another password: feeds desk user password {name}"
            raise FeedsError(f"there is a '{name}' already", remedy=remedy)
        made = User(_hashed(password), _serial())
        with self._changing() as known:
            known.users[name] = made

    def change(self, name: str, password: str) -> None:
        """Gives the person called ``name`` another password; raises FeedsError for nobody."""
        self._refuse_unknown(name)
        made = User(_hashed(password), _serial())
        with self._changing() as known:
            known.users[name] = made

    def remove(self, name: str) -> None:
        """Removes the person called ``name``; raises FeedsError for nobody."""
        self._refuse_unknown(name)
        with self._changing() as known:
            known.users.pop(name, None)

    def sign_out(self, name: str) -> None:
        """Ends all sessions of the person called ``name``."""
        if self.serial(name):
            with self._changing() as known:
                if user := known.users.get(name):
                    known.users[name] = msgspec.structs.replace(user, serial=_serial())

    @property
    def programs(self) -> list[str]:
        """The names of all programs that may hand in stories."""
        return sorted(self._read().programs)

    def program(self, token: str) -> str:
        """The name of the program that has ``token``; empty for none."""
        known = {digest: name for name, digest in self._read().programs.items()}
        return known.get(_digest(token), "")

    def add_program(self, name: str) -> str:
        """Lets a program called ``name`` hand in stories; returns its token, which nothing keeps.

        Raises FeedsError for a name that there is, or what can't be one.
        """
        _refuse_name(name)
        token = f"{TOKEN_MARK}-{secrets.token_urlsafe(_BYTES)}"
        with self._changing() as known:
            if name in known.programs:
                remedy = f"take its token away first: feeds desk token remove {name}"
                raise FeedsError(f"there is a '{name}' already", remedy=remedy)
            known.programs[name] = _digest(token)
        return token

    def remove_program(self, name: str) -> None:
        """Takes the token of the program called ``name`` away; raises FeedsError for none."""
        if name not in self.programs:
            known = ", ".join(self.programs)
            raise FeedsError(f"no token is called '{name}'", remedy=f"there are: {known or 'none'}")
        with self._changing() as file:
            file.programs.pop(name, None)

    def _refuse_unknown(self, name: str) -> None:
        if not self.serial(name):
            known = ", ".join(self.names)
            raise FeedsError(f"nobody is called '{name}'", remedy=f"there are: {known or 'none'}")

    @contextmanager
    def _changing(self) -> Iterator[_File]:
        """All that is known, to be changed by one at a time, and written when the block ends."""
        try:
            with suppress(FileExistsError):
                self.file.parent.mkdir(mode=0o700, parents=True)
            descriptor = os.open(self.file.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                known = self._read()
                yield known
                write_whole(self.file, msgspec.json.encode(known), _OWNER, _OWNER)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise FeedsError(
                f"can't be written: {error.strerror}",
                file=str(self.file),
                remedy="let this user write there, or name another file with --users",
            ) from error

    def _read(self) -> _File:
        try:
            return msgspec.json.decode(files.read_regular(self.file, _LARGEST), type=_File)
        except FileNotFoundError:
            return _File(secrets.token_hex(_BYTES))
        except OSError as error:
            what, remedy = f"can't be read: {error.strerror}", "let this user read it"
        except msgspec.MsgspecError:
            what, remedy = "not a file of people", "delete it, and add them again"
        raise FeedsError(what, file=str(self.file), remedy=remedy)


def users_file(newsroom: Newsroom) -> Path:
    """Where those who may use the desk of ``newsroom`` are written down, if nobody says where."""
    return newsroom.root.parent / "instance" / "desk-users.json"


def open_users(newsroom: Newsroom, file: Path | None = None) -> Users:
    """Those who may use the desk; raises FeedsError for a ``file`` among the pages."""
    place = (file or users_file(newsroom)).absolute()
    if place.resolve().is_relative_to(newsroom.root.resolve()):
        remedy = "name a file outside of it with --users"
        raise FeedsError("passwords can't lie among the pages", file=str(place), remedy=remedy)
    return Users(place)


def _refuse_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        remedy = "up to 40 letters, digits and . _ - @"
        raise FeedsError(f"'{name}' can't be a name", remedy=remedy)


def _digest(token: str) -> str:
    """By what a token is known: so much chance is in it that nothing slower is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _hashed(password: str) -> str:
    """What is stored of ``password``; raises FeedsError for one that is soon guessed."""
    if not _SHORTEST <= len(password) <= _LONGEST:
        what = f"a password has from {_SHORTEST} to {_LONGEST} characters"
        raise FeedsError(what, remedy="choose four words that have nothing to do with each other")
    return generate_password_hash(password, "scrypt")


def _serial() -> int:
    """A number that was none before, of those that JSON has everywhere."""
    return secrets.randbelow(2**53 - 1) + 1


@cache
def _nobody() -> str:
    """A hash that no password has, so that an unknown name takes as long as a known one."""
    return generate_password_hash(secrets.token_hex(), "scrypt")
