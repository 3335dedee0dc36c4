"""Who is signed in, and the page to do so.

Rules
- A session is a signed cookie: a name, the number of the sessions that are valid for it, and when
  it began and was last seen. It ends after two hours without a request, and after twelve.
- Another one begins with each sign-in, so that nobody can have handed it in before.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, Response, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from feeds.desk import pushed
from feeds.desk.desk import desk
from feeds.text import characters

blueprint = Blueprint("sessions", __name__)

_IDLE = timedelta(hours=2)
_LONGEST = timedelta(hours=12)
_LONGEST_NAME = 100
_OPEN = {"sessions.sign_in", "static"}
"""What is answered without a session, by the names of their functions."""


def let_in() -> BaseResponse | None:
    """Lets those pass who are signed in; all others get the page to do so, and nothing else.

    A program that hands in a story passes by its token, to that one door.
    """
    here = desk()
    if request.endpoint == pushed.ENDPOINT:
        return pushed.let_in()
    g.user = _by_proxy() if here.header else _by_session(here.now())
    if g.user or (request.endpoint in _OPEN and not here.header):
        return None
    if here.header or request.method not in {"GET", "HEAD"}:
        return Response("403 Forbidden: sign in first\n", 403, mimetype="text/plain")
    # a browser that was just let in, and is not known, keeps no cookies of plain HTTP
    return redirect(url_for("sessions.sign_in", lost=request.args.get("welcome")), 303)


def _by_proxy() -> str:
    here = desk()
    if request.remote_addr != here.peer:
        return ""
    # headers come as if they were Latin-1, and proxies write names in UTF-8
    name = (
        request.headers.get(here.header, "").encode("latin-1", "replace").decode(errors="replace")
    )
    return characters.cleaned(name)[:_LONGEST_NAME]


def _by_session(now: datetime) -> str:
    name, began, seen = (session.get(key) for key in ("name", "began", "seen"))
    try:
        is_alive = (
            now - datetime.fromisoformat(str(began)) < _LONGEST
            and now - datetime.fromisoformat(str(seen)) < _IDLE
        )
    except (TypeError, ValueError):
        return ""
    if not is_alive or session.get("serial") != desk().users.serial(str(name)):
        return ""
    session["seen"] = now.isoformat()
    return str(name)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> BaseResponse | tuple[str, int] | str:
    """The page to sign in, and signing in."""
    if g.user:
        return redirect(url_for("pages.today"), 303)
    if request.method == "GET":
        return render_template("sign_in.html", wrong="", is_lost="lost" in request.args)
    here, now = desk(), desk().now()
    name, password = request.form.get("name", ""), request.form.get("password", "")
    address = request.remote_addr or ""
    if not here.guesses.may(name, address, now):
        return render_template("sign_in.html", wrong="often"), 429
    if not here.users.knows(name, password):
        here.guesses.wrong(name, address, now)
        return render_template("sign_in.html", wrong="wrong"), 403
    here.guesses.right(name)
    session.clear()
    moment = now.isoformat()
    session.update(name=name, serial=here.users.serial(name), began=moment, seen=moment)
    return redirect(url_for("pages.today", welcome=1), 303)


@blueprint.post("/sign-out")
def sign_out() -> BaseResponse:
    """Ends all of this person's sessions."""
    desk().users.sign_out(g.user)
    session.clear()
    return redirect(url_for("sessions.sign_in"), 303)
