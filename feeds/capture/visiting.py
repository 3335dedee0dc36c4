"""A site's front page, asked for once and politely, for a person who named it.

Rules
- A redirect is followed within the host, to its www or from it, or to https, and nowhere else;
  never from https to http, nor to another port than theirs.
- Who names a host gets no other machine: a name that leads outside the public networks is refused
  (what is there may trust whoever asks from within). Somebody who means such a machine names it by
  its address, or as localhost.
- All of it takes 15 seconds at most, whatever the server does, and 1 MiB: the rest is left there.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from feeds.capture.discovery.front_page import FrontPage, read_front_page
from feeds.client import inside, machines
from feeds.client.asking import REDIRECTS, Answer, Bounds, Client
from feeds.client.waiting import within
from feeds.model.errors import FeedsError, FetchError
from feeds.text import urls

SECONDS = 15.0
_MOST_BYTES = 1024 * 1024
_MOST_REDIRECTS = 5
_OK = 200
_REMEDY = "correct the address, or leave out --from"


def front_page(where: str, seconds: float = SECONDS) -> Answer:
    """What the site at the URL ``where`` answers: a page of HTML.

    Raises FeedsError if it is not to be had in ``seconds``, or must not be asked for.
    """
    url = urls.absolute("", where)
    if url is None or "@" in urlsplit(url).netloc:
        raise FeedsError(
            "expected a URL that begins with https:// or http://, without a name or password",
            field="--from",
        )
    late = FeedsError(
        f"the site doesn't answer within {seconds:g} seconds", file=where, remedy=_REMEDY
    )
    try:
        return within(seconds, lambda: _looked_at(url, seconds), late)
    except FetchError as error:
        what, file = error.problem.what, error.problem.file
        raise FeedsError(what, file=file, remedy=error.problem.remedy or _REMEDY) from error


def site_url(where: str, found: str) -> str:
    """The site that has its front page at ``found``, when ``where`` was asked for."""
    path = urlsplit(where).path
    return urls.origin(found) + (path.removeprefix("/") if path.endswith("/") else "")


def read(answer: Answer) -> FrontPage:
    """What a front page says of its site. Raises FeedsError if it can't be decoded."""
    try:
        return read_front_page(answer.content(_MOST_BYTES), answer.charset, answer.url)
    except FetchError as error:
        raise FeedsError(error.problem.what, file=answer.url, remedy=_REMEDY) from error


def _looked_at(where: str, seconds: float) -> Answer:
    host = urlsplit(where).hostname or ""
    own = host if machines.is_named_by_address(host) else ""
    client = Client(machines=machines.Machines(own))
    bounds = Bounds(seconds, _MOST_BYTES, beginning=True)
    answer = _ask(client, where, bounds)
    for _ in range(_MOST_REDIRECTS):
        if answer.status not in REDIRECTS:
            break
        url = inside.redirected(answer.url, answer.header("Location"), [where])
        answer = _ask(client, url, bounds)
    if answer.status != _OK:
        raise FetchError(f"the site answers {answer.status}", file=answer.url)
    if answer.kind not in {"text/html", "application/xhtml+xml"}:
        said = f"'{answer.kind[:80]}'" if answer.kind else "nothing of its kind"
        raise FetchError(f"expected an HTML page, and it says {said}", file=answer.url)
    return answer


def _ask(client: Client, url: str, bounds: Bounds) -> Answer:
    return client.ask(url, {"Accept": "text/html", "Accept-Encoding": "identity"}, bounds)
