"""The kind of a picture, by its address."""

from __future__ import annotations

import pytest

from feeds.model import Url
from feeds.text.images import image_type


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("quay.jpg", "image/jpeg"),
        ("quay.JPEG?w=300", "image/jpeg"),
        ("quay.svg#top", "image/svg+xml"),
        ("quay.jpg?format=webp", "image/jpeg"),
        ("quay?w=300&fm=webp", "image/webp"),
        ("scaled?of=/quay.png", "image/png"),
        ("quay", ""),
        ("quay.php?id=7", ""),
        ("quay.jpg/large", ""),
    ],
)
def test_a_pictures_type_is_told_by_its_name_else_by_its_query(path: str, kind: str) -> None:
    assert image_type(Url(f"https://desk.test/{path}")) == kind
