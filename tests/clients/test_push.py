"""A real hub and a real subscriber (Flask-WebSub's) get what is published, as it is published."""

from __future__ import annotations

import queue
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.request import urlopen

import pytest
from flask import Flask
from flask_websub.hub import Hub, SQLite3HubStorage
from flask_websub.subscriber import (
    SQLite3SubscriberStorage,
    SQLite3TempSubscriberStorage,
    Subscriber,
    discover,
)
from werkzeug.serving import make_server

from tests.clients.conftest import Served
from tests.newsrooms import PAGE, SITE, TestNewsroom, process
from tests.web.asking import HOST, port_of_ours, serving

FORMATS = ["rss", "atom", "json"]
NEWS = PAGE.replace("Bell hangs in its tower", "Crane stands at its quay")
PATIENT = {"REQUEST_TIMEOUT": 30}


class Workers:
    """Stands in for celery: each task is done by a thread of this process, once."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(4)
        self._given: list[Future[Any]] = []

    def task(self, bind: bool = False, max_retries: int = 0) -> Callable[[Any], Any]:
        """What makes a task of a function; a ``bind`` one gets itself first."""
        assert max_retries >= 0

        def made(function: Any) -> Any:
            def delay(*arguments: Any) -> None:
                itself = [function] if bind else []
                self._given.append(self._pool.submit(function, *itself, *arguments))

            function.delay = delay
            return function

        return made

    def finish(self) -> None:
        """Waits for all tasks, those included that they give; raises what one raised."""
        while self._given:
            self._given.pop(0).result(60)

    def close(self) -> None:
        """Ends the threads."""
        self._pool.shutdown()


class Push(NamedTuple):
    """A newsroom that is served, its hub, and a subscriber."""

    served: Served
    hub_url: str
    workers: Workers
    app: Flask
    subscriber: Any
    received: queue.SimpleQueue[tuple[str, bytes]]

    def subscribe(self, hub_url: str, topic_url: str) -> None:
        """Subscribes, and waits until the hub has made sure that this is meant."""
        with self.app.test_request_context(base_url=self.app.config["BASE"]):
            self.subscriber.subscribe(hub_url=hub_url, topic_url=topic_url)
        self.workers.finish()

    def publish(self, name: str, text: str) -> None:
        """Publishes a page, as cron does; the hub has told everybody when this returns."""
        self.served.newsroom.page(name, text)
        run = process(self.served.newsroom, "publish")
        assert (run.returncode, run.stderr) == (0, "")
        self.workers.finish()


@contextmanager
def listening(app: Flask) -> Iterator[str]:
    """The address of ``app``, which answers there for as long as the block lasts."""
    server = make_server(HOST, 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def push(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Push]:
    """A newsroom with a hub, and a subscriber, who subscribed to nothing yet."""
    tmp_path = tmp_path_factory.mktemp("push")
    newsroom = TestNewsroom(tmp_path / "desk")
    workers = Workers()
    hub = Hub(SQLite3HubStorage(str(tmp_path / "hub.db")), workers, **PATIENT)
    hub_app, app = Flask("hub"), Flask("subscriber")
    hub_app.config["PUBLISH_SUPPORTED"] = True
    hub_app.register_blueprint(hub.build_blueprint(url_prefix="/hub"))
    subscriber = Subscriber(
        SQLite3SubscriberStorage(str(tmp_path / "subscriber.db")),
        SQLite3TempSubscriberStorage(str(tmp_path / "temporary.db")),
        **PATIENT,
    )
    app.register_blueprint(subscriber.build_blueprint(url_prefix="/callbacks"))
    received: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()
    subscriber.add_listener(lambda topic, _, body: received.put((topic, body)))
    with (
        listening(hub_app) as hub_base,
        listening(app) as app.config["BASE"],
        port_of_ours() as port,
    ):
        base, hub_url = f"http://{HOST}:{port}/feeds/", f"{hub_base}hub"
        site = SITE.replace("https://desk.test/feeds/", base)
        newsroom.configure(site.replace("\n[[feeds]]", f'hubs = ["{hub_url}"]\n\n[[feeds]]'))
        newsroom.page("bell.txt")
        newsroom.publish()
        with serving(newsroom, port):
            yield Push(Served(newsroom, base), hub_url, workers, app, subscriber, received)
    workers.close()


def content(url: str) -> tuple[bytes, str]:
    """A document's bytes and its Link header."""
    with urlopen(url) as answer:  # noqa: S310 # this machine's
        return answer.read(), ", ".join(answer.headers.get_all("Link", []))


def test_a_subscriber_gets_the_bytes_of_each_document_when_a_story_is_published(
    push: Push,
) -> None:
    for form in FORMATS:
        push.subscribe(push.hub_url, push.served.url(form))
    assert push.received.empty()
    push.publish("crane.txt", NEWS)
    got = dict(push.received.get(timeout=60) for _ in FORMATS)
    assert got == {push.served.url(form): content(push.served.url(form))[0] for form in FORMATS}
    assert all(b"Crane stands at its quay" in body for body in got.values())
    assert push.received.empty()


def test_a_subscriber_finds_hub_and_topic_in_the_link_header(push: Push) -> None:
    for form in FORMATS:
        url = push.served.url(form)
        assert discover(url) == {"hub_url": push.hub_url, "topic_url": url}


def test_a_subscriber_finds_hub_and_topic_in_the_document_itself(push: Push) -> None:
    for form in FORMATS:
        url = push.served.url(form)
        text = content(url)[0].decode()
        if form == "json":
            assert re.search(r'"feed_url":\s*"' + re.escape(url), text)
            assert re.search(r'"hubs":\s*\[\s*\{[^}]*"url":\s*"' + re.escape(push.hub_url), text)
        else:
            links = re.findall(r"<(?:\w+:)?link\b[^>]*>", text)
            assert any('rel="hub"' in link and f'href="{push.hub_url}"' in link for link in links)
            assert any('rel="self"' in link and f'href="{url}"' in link for link in links)
