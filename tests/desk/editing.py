"""An editor at the desk: a browser without a screen that fills in the forms it is shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import lxml.html
from flask import Flask
from werkzeug.test import TestResponse

from feeds.desk.app import app_of
from feeds.desk.users import Users, open_users
from feeds.newsroom import locate
from tests.newsrooms import NOW, TestNewsroom

NAME, PASSWORD = "leyla", "four words without sense"
ORIGIN = "https://desk.test"


class Clock:
    """What the desk takes for the present moment."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **period: int) -> None:
        self.now += timedelta(**period)


class DeskOf:
    """The desk of a newsroom, with one person who may use it."""

    def __init__(self, newsroom: TestNewsroom, **options: str) -> None:
        self.newsroom = newsroom
        self.place = locate(str(newsroom.root), newsroom.url)
        self.users: Users = open_users(self.place)
        if NAME not in self.users.names:
            self.users.add(NAME, PASSWORD)
        self.clock = Clock()
        self.app: Flask = app_of(self.place, self.users, now=self.clock, **options)

    def editor(self, name: str = NAME) -> Editor:
        """Somebody who has signed in."""
        made = Editor(self.app)
        made.sign_in(name)
        return made


class Editor:
    """Somebody with a browser."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, path: str, status: int = 200, **more: Any) -> lxml.html.HtmlElement:
        answer = self.client.get(path, base_url=ORIGIN, **more)
        assert answer.status_code == status, answer.text
        return lxml.html.fromstring(answer.text)

    def post(self, path: str, form: dict[str, Any], **more: Any) -> TestResponse:
        return self.client.post(path, data=form, base_url=ORIGIN, **more)

    def sign_in(self, name: str = NAME, password: str = PASSWORD) -> TestResponse:
        return self.send("/sign-in", "/sign-in", name=name, password=password)

    def send(self, path: str, action: str, **values: Any) -> TestResponse:
        """Fills ``values`` into the form of the page at ``path`` that goes to ``action``."""
        return self.submit(self.get(path), action, **values)

    def submit(self, page: lxml.html.HtmlElement, action: str, **values: Any) -> TestResponse:
        """The same, of a page that was got before."""
        forms = [
            one
            for one in page.forms
            if (one.action or "/sign-in") == action or one.xpath(f".//*[@formaction='{action}']")
        ]
        assert forms, [one.action for one in page.forms]
        return self.post(action, {**dict(forms[0].form_values()), **values})


def page_of(answer: TestResponse) -> lxml.html.HtmlElement:
    """What somebody sees after sending a form."""
    return lxml.html.fromstring(answer.text)


def words(page: lxml.html.HtmlElement | TestResponse) -> str:
    """What somebody reads on a page."""
    root = lxml.html.fromstring(page.text) if isinstance(page, TestResponse) else page
    return " ".join(str(root.xpath("string(//body)")).split())


def hash_of(newsroom: TestNewsroom, headline: str) -> str:
    """What names the entry with ``headline``."""
    return next(one.hash for one in newsroom.entries() if one.title.startswith(headline))


def written(newsroom: TestNewsroom) -> str:
    """What is in decisions.toml."""
    file: Path = newsroom.root / "decisions.toml"
    return file.read_text(encoding="utf-8") if file.exists() else ""
