"""Real feed readers, and what they make of the feeds."""

import importlib.util
import sys

if importlib.util.find_spec("sgmllib") is None:
    # reader's own copy of feedparser asks for sgmllib, which feedparser itself now renames
    sys.modules["sgmllib"] = importlib.import_module("feedparser_sgmllib")
