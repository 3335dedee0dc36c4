"""What browsers are told that they may do with a page. Pure."""

from __future__ import annotations

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: http:; "
    "media-src https: http:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
REFERRER = "strict-origin-when-cross-origin"
