"""Tests of feeds/export, and of what is exported as readers see it."""
