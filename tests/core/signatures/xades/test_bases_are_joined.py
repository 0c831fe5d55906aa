"""The join of ``xml:base`` values by Canonical XML 1.1 §2.4 and RFC 3986 §5.4."""

import pytest

from skrytka.core.signatures.xml_base import join_bases


@pytest.mark.parametrize(
    ("outer", "inner", "joined"),
    [
        ("http://a/b/c/d", "g", "http://a/b/c/g"),
        ("http://a/b/c/d", "./g/.", "http://a/b/c/g/"),
        ("http://a/b/c/d", "../../g", "http://a/g"),
        ("http://a/b/c/d", "../../../g", "http://a/g"),
        ("http://a/b/c/d", "..", "http://a/b/"),
        ("http://a/b/c/d", "/g", "http://a/g"),
        ("http://a/b/c/d", "//g/h", "http://g/h"),
        ("http://a/b/c/d", "https://x/./y", "https://x/y"),
        ("http://a/b/c?q", "", "http://a/b/c?q"),
        ("http://a/b/c?q", "?r", "http://a/b/c?r"),
        ("http://a/b/c", "g#f", "http://a/b/g"),
        ("http://a", "g", "http://a/g"),
        ("/h", "../g", "/g"),
        ("..", "x", "x"),
        ("../", "x", "../x"),
        ("../g", "../g", "../../g"),
        ("a/b", "../c", "c"),
        ("a//b//", "c", "a/b/c"),
    ],
)
def test_bases_are_joined(outer: str, inner: str, joined: str) -> None:
    assert join_bases(outer, inner) == joined
