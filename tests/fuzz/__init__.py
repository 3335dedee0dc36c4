"""Looks for files that the program stumbles over: ``python -m tests.fuzz --help``."""
