"""What is usually done: a Flask view that builds the feed with feedgen, on each request.

For ``gunicorn tests.benchmarks.feedgen_view:app``. ENTRIES names a JSON file with a list of
objects that have ``id``, ``title``, ``url``, ``published`` and ``content``.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from feedgen.feed import FeedGenerator
from flask import Flask, Response, request
from werkzeug.wrappers import Response as BaseResponse

app = Flask(__name__)
_entries = json.loads(Path(os.environ["ENTRIES"]).read_text(encoding="utf-8"))


@app.get("/feeds/latest.rss")
def feed() -> BaseResponse:
    """The feed, or 304 if it is what the client has."""
    made = FeedGenerator()
    made.id("https://desk.test/")
    made.title("Harbour Desk: latest")
    made.link(href="https://desk.test/")
    made.description("News from the quay.")
    newest = max(datetime.fromisoformat(one["published"]) for one in _entries)
    made.lastBuildDate(newest)
    for one in _entries:
        entry = made.add_entry(order="append")
        entry.guid(one["id"], permalink=False)
        entry.title(one["title"])
        entry.link(href=one["url"])
        entry.published(one["published"])
        entry.content(one["content"], type="CDATA")
    response = Response(made.rss_str(), mimetype="application/rss+xml")
    response.last_modified = newest
    response.add_etag()
    return response.make_conditional(request)
