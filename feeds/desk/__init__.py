"""The desk: a small Flask app in which editors see what readers have, and do something about it.

In go requests of people who are signed in, out come pages for them. It is no part of the app that
answers the world, and listens on this machine alone unless somebody says otherwise.

Rules
- Without signing in there is the page to do so, and nothing else, whatever is asked for.
- It writes nothing itself: what an editor does is done by the same command that does it in a shell
  (``commands``), in a process of its own. So there is one way to decide something, and one lock.
- What is asked for twice at the same time is done one after the other, and whoever saw an entry as
  it was before is told that it changed meanwhile.
- Its first page may be a file as well (``report``), for who has no desk: where there are buttons,
  that says what to write where.
- No text of a page is shown but escaped, or cleaned and in a frame that may do nothing.
"""

from feeds.desk.server import Options, serve_desk
from feeds.desk.users import open_users

__all__ = ["Options", "open_users", "report", "serve_desk"]
