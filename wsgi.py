"""For WSGI servers: ``gunicorn wsgi:app``. The environment names the newsroom."""

from feeds.web import create_app

app = create_app()
