"""Values as people write them: characters, words, URLs, dates, languages, TOML. Below all pages.

In go texts, out come values of their own types, or the exception that each function names. No
function here knows what a page, a story or a feed is, and none touches disk, net or clock. What a
date means is in ``dates``; ``sanitise`` alone imports nh3.
"""

__all__ = [
    "characters",
    "dates",
    "ellipses",
    "file_names",
    "images",
    "languages",
    "markup",
    "media",
    "path_patterns",
    "patterns",
    "rights",
    "same_picture",
    "sanitise",
    "saved_pages",
    "selectors",
    "switches",
    "tables",
    "toml",
    "urls",
    "values",
    "words",
]
