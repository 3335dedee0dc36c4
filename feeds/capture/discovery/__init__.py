"""Where a site's stories are: what its sitemaps, feeds and pages say of their addresses.

In go bytes that a site answered, and the address they came from; out come candidates, which are
addresses with what was said of them. Nothing is fetched, and nothing believed: what is found may be
no story, and its date is no story's date.

Rules
- Addresses are those of the site alone, never of what this program serves itself.
- Bounded: in bytes, elements, links and addresses, whatever is sent. No entity is expanded.
- FeedsError is the only error: it names the document, and the line where there is one.
"""

from feeds.capture.discovery.addresses import is_trap, story_address
from feeds.capture.discovery.candidates import Candidate
from feeds.capture.discovery.feed import read_feed
from feeds.capture.discovery.links import Links, read_links
from feeds.capture.discovery.sitemaps import Sitemap, newest_first, read_sitemap

__all__ = [
    "Candidate",
    "Links",
    "Sitemap",
    "is_trap",
    "newest_first",
    "read_feed",
    "read_links",
    "read_sitemap",
    "story_address",
]
