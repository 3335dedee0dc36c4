"""``feeds init``: what is asked, and the folder and configuration that come of the answers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from feeds.cli.instructions import instructions
from feeds.cli.site_text import NOTHING, Found, configuration
from feeds.ledger.sqlite import access
from feeds.model.errors import FeedsError
from feeds.newsroom import CONFIGURATION, files, locate, space
from feeds.newsroom.site import is_example
from feeds.newsroom.site_file import load_site
from feeds.newsroom.whole import write_whole
from feeds.text import languages, urls, values

_HOST = re.compile(r"(?:localhost|(?:[\w-]+\.)+[\w-]*\w)(?::\d{1,5})?")


class Question(NamedTuple):
    """What is asked when no option answers it; ``default`` is given the answers so far."""

    key: str
    text: str
    default: Callable[[Mapping[str, str]], str | None]
    option: str
    is_needed: bool = True


def questions(year: int, proposed: Mapping[str, str] = MappingProxyType({})) -> list[Question]:
    """The questions in their order; ``year`` is the current one, for the authority.

    What is ``proposed`` takes the place of other defaults; what nobody has to answer is asked if
    there is something to propose.
    """
    asked = [
        Question("title", "What is the newsroom called?", lambda _: None, "--title"),
        Question("site_url", "Its website (https://…/)", lambda _: None, "--site"),
        Question("description", "One sentence for subscribers", lambda _: None, "", False),
        Question("language", "Its language", lambda _: _local_language(), "--language", False),
        Question("feeds_url", "Where will its feeds be reached?", _feeds_url, "--feeds-url"),
        Question("timezone", "Its time zone", lambda _: _local_zone(), "--timezone"),
        Question(
            "authority",
            "Authority for ids, kept for ever (a domain of yours, a comma, a year)",
            lambda given: _authority(given.get("site_url", ""), year),
            "--authority",
        ),
        Question("icon", "Its icon", lambda _: None, "", False),
        Question("accent", "Its colour", lambda _: None, "", False),
    ]
    made = [
        one._replace(default=_always(proposed[one.key])) if one.key in proposed else one
        for one in asked
    ]
    return [one for one in made if one.option or one.key in proposed]


def _always(text: str) -> Callable[[Mapping[str, str]], str]:
    return lambda _: text


def answered(
    given: Mapping[str, str], asked: Iterable[Question], *, accept: bool
) -> dict[str, str]:
    """What is ``given``, and for what isn't, the default where no answer is needed.

    If somebody said to ``accept`` all defaults, it is every default that there is. Raises
    FeedsError naming the options that are still missing, or an answer that is wrong.
    """
    answers = checked(given)
    missing = []
    for question in asked:
        if question.key in answers:
            continue
        default = question.default(answers)
        if default is not None and (accept or not question.is_needed):
            answers[question.key] = default
        elif question.is_needed:
            missing.append(question.option)
    if missing:
        why, remedy = "nobody can be asked", "run it in a terminal; --yes accepts all defaults"
        if accept:
            why, remedy = (
                "there is no default that --yes could accept",
                "run it in a terminal without it",
            )
        raise FeedsError(
            f"{', '.join(missing)}: {why}, and nothing was made",
            remedy=f"give what is missing, or {remedy}",
        )
    return answers


def checked(given: Mapping[str, str]) -> dict[str, str]:
    """``given`` as ``answer`` has them; raises FeedsError naming one that is wrong."""
    answers = {}
    for key, text in given.items():
        try:
            answers[key] = answer(key, text)
        except ValueError as error:
            raise FeedsError(str(error), field=key) from error
    return answers


def refuse_existing(directory: Path) -> None:
    """Raises FeedsError if there is a newsroom in ``directory`` already."""
    file = directory.expanduser().absolute() / "source" / CONFIGURATION
    if files.is_there(file):
        raise FeedsError(
            "there is a newsroom already; nothing was changed",
            file=str(file),
            remedy="edit this file, or name another directory",
        )


def answer(key: str, text: str) -> str:
    """An answer as it is configured: with the ``https://`` and the slash that it lacks.

    Raises ValueError saying what was expected.
    """
    text = text.strip()
    if key in {"site_url", "feeds_url"}:
        text = address(text)
        text += "" if text.endswith("/") else "/"
    if key == "language":
        text = _language(text)
    if why := values.wrong(key, text):
        raise ValueError(f'"{text}": {why}')
    if key == "authority" and is_example(text):
        raise ValueError(f'"{text}": expected a domain of yours, not an example\'s')
    return text


def _language(text: str) -> str:
    """The tag that ``text`` means, or ``text`` if it is none. ValueError for one known in part."""
    known = languages.known_language(text)
    written = re.split("[.@]", text)[0].replace("_", "-")
    if known and written.count("-") > known.count("-") and written.startswith(f"{known}-"):
        raise ValueError(
            f'"{text}": expected a language tag such as "en" or "en-GB"; only "{known}" is known'
        )
    return known or text


def address(text: str) -> str:
    """``text``, as a URL if it is the name of a host: ``desk.org`` is https://desk.org."""
    host = text.partition("/")[0]
    if _HOST.fullmatch(host):
        return f"{'http' if urls.is_loopback(f'//{host}') else 'https'}://{text}"
    return text


def create(
    directory: Path,
    given: Mapping[str, str],
    feeds: Sequence[str] = (),
    export: str = "",
    database: str | None = None,
    found: Found = NOTHING,
) -> str:
    """Writes ``directory``/source/site.toml and returns what to do next, in words.

    ``feeds`` are those that the site has had until now; ``export`` is where finished files go, if
    they are to; ``database`` is the ledger's URL, if it is named; ``found`` is what its site has.

    Raises FeedsError or ConfigError if an answer is wrong, if there is a newsroom already
    or the folder can't be written; then nothing was changed.
    """
    refuse_existing(directory)
    home = directory.expanduser().absolute()
    source = home / "source"
    newsroom = locate(str(source), database)
    file = source / CONFIGURATION
    text = configuration(checked(given), found)
    site = load_site(text, str(file))
    try:
        with space.explained(file):
            source.mkdir(parents=True, exist_ok=True)
            if newsroom.database == home / "instance" / "feeds.db":
                access.make_folder(home / "instance")
            write_whole(file, text.encode())
    except OSError as error:
        raise FeedsError(
            f"can't be written: {error.strerror}",
            file=error.filename or str(file),
            remedy="name a directory that you may write to",
        ) from error
    return instructions(site, newsroom, feeds, export, found)


def _host(url: str) -> str:
    return (_split(url).hostname or "").removeprefix("www.")


def _authority(site_url: str, year: int) -> str | None:
    """The authority of whoever has that site; None for what would be no answer."""
    authority = f"{_host(site_url)},{year}"
    return None if values.wrong("authority", authority) or is_example(authority) else authority


def _feeds_url(given: Mapping[str, str]) -> str | None:
    parts = _split(given.get("site_url", ""))
    return f"{parts.scheme}://{parts.netloc}/feeds/" if parts.netloc else None


def _split(url: str) -> SplitResult:
    """The parts of an answer that is not checked yet; all empty if it has none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _local_language() -> str:
    """The language of whoever asks, as their programs have it, without its country."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if tag := languages.known_language(os.environ.get(name)):
            return tag.partition("-")[0]
    return "en"


def _local_zone() -> str:
    """The zone this machine keeps, by name; UTC if it doesn't say."""
    for candidate in (os.environ.get("TZ", ""), _linked_zone()):
        if candidate and values.is_timezone(candidate):
            return candidate
    return "UTC"


def _linked_zone() -> str:
    target = os.path.realpath("/etc/localtime")
    return target.partition("zoneinfo/")[2]
