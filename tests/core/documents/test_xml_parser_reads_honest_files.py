"""Honest XML: every allowed encoding, both ways of writing namespaces, nothing lost."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from skrytka.core.documents.xml import XmlRefused, parse_xml

SENTENCE = "Zażółć gęślą jaźń"


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("utf8", "utf-8-sig"),
        ("ISO-8859-2", "iso-8859-2"),
        ("windows-1250", "cp1250"),
        ("UTF-16", "utf-16"),
        ("UTF-16LE", "utf-16-le"),
        ("utf-16be", "utf-16-be"),
    ],
)
def test_the_declared_encoding_is_honoured(name: str, codec: str) -> None:
    document = f'<?xml version="1.0" encoding="{name}" standalone="yes" ?>\n<a>{SENTENCE}</a>'
    assert parse_xml(document.encode(codec)).text == SENTENCE


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_no_declaration_is_needed_for_unicode(codec: str) -> None:
    assert parse_xml(f"<a>{SENTENCE}</a>".encode(codec)).text == SENTENCE


def test_a_declaration_may_leave_the_encoding_out() -> None:
    assert parse_xml(f"<?xml version='1.0'?><a>{SENTENCE}</a>".encode()).text == SENTENCE


def test_words_that_look_like_a_document_type_are_only_words_after_the_root() -> None:
    document = b"<!-- <!DOCTYPE a> --><?x <!DOCTYPE a> ?><a><![CDATA[<!DOCTYPE a>]]></a>"
    assert parse_xml(document).text == "<!DOCTYPE a>"


def test_comments_and_instructions_are_kept() -> None:
    root = parse_xml(b"<?before x?><a><!-- c --><?p q?></a>")
    assert [etree.tostring(child) for child in root] == [b"<!-- c -->", b"<?p q?>"]
    assert root.getprevious() is not None


def test_attributes_named_id_are_not_collected_into_the_tree() -> None:
    assert parse_xml(b"<a xml:id='x'/>").xpath("id('x')") == []


@given(st.binary(max_size=60))
def test_any_bytes_give_a_root_or_a_named_refusal(data: bytes) -> None:
    for document in (data, b"<a>" + data + b"</a>", b"<?xml version='1.0'?>" + data):
        try:
            root = parse_xml(document)
        except XmlRefused:
            continue
        assert root.getroottree().docinfo.internalDTD is None


@given(st.text(alphabet="<!DOCTYPEa >-?[]'\"\n", max_size=40))
def test_no_text_made_of_markup_ends_in_a_tree_with_a_document_type(text: str) -> None:
    for codec in ("utf-8", "utf-16"):
        try:
            root = parse_xml((text + "<a/>").encode(codec))
        except XmlRefused:
            continue
        assert root.getroottree().docinfo.internalDTD is None


@pytest.mark.parametrize(
    "document",
    [
        b"<?x ?>" * 100_000 + b"<a/>",
        b"<!---->" * 100_000 + b"<a/>",
        b" " * 5_000_000 + b"<a/>",
        b"<a b=" * 500_000,
        b"<a " + b"b='" * 300_000,
        b'<a b="' * 300_000,
    ],
)
def test_the_checks_before_parsing_stay_linear(document: bytes) -> None:
    started = time.process_time()
    with contextlib.suppress(XmlRefused):
        parse_xml(document)
    assert time.process_time() - started < 5
