"""Hostile XML: each file is refused by the rule that names it, before it can cost anything."""

import pytest

from skrytka.core.documents.xml import XmlFault, XmlLimits, XmlRefused, parse_xml

BILLION_LAUGHS = (
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'ha'>"
    + b"".join(b"<!ENTITY x%d '%s'>" % (level, b"&x;" * 10) for level in range(9))
    + b"]><a>&x8;</a>"
)


def fault_of(data: bytes, limits: XmlLimits | None = None) -> XmlFault:
    with pytest.raises(XmlRefused) as refusal:
        parse_xml(data, limits or XmlLimits())
    return refusal.value.fault


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE a><a/>",
        b"<!DOCTYPE a []><a/>",
        b"<!doctype a><a/>",
        b"\xef\xbb\xbf \n<!DOCTYPE a><a/>",
        b"<?xml version='1.0'?>\n<?x y?><!-- > --> <!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        b"<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>",
        b"<!DOCTYPE a [<!ENTITY e SYSTEM 'http://127.0.0.1/'>]><a>&e;</a>",
        BILLION_LAUGHS,
        "<!DOCTYPE a><a/>".encode("utf-16"),
        "\ufeff<?xml version='1.0' encoding='UTF-16BE'?><!DOCTYPE a><a/>".encode("utf-16-be"),
        "<?xml version='1.0' encoding='UTF-16LE'?><!DOCTYPE a><a/>".encode("utf-16-le"),
        b"<?xml version='1.0' encoding='ISO-8859-2'?><!DOCTYPE a><a/>",
    ],
)
def test_a_document_type_is_refused_in_any_guise(data: bytes) -> None:
    assert fault_of(data) is XmlFault.DOCTYPE


@pytest.mark.parametrize(
    "data",
    [
        b"<a>\xff</a>",
        b"\xef\xbb\xbf<a>\xc4</a>",
        b"\xed\xa0\x80",
        b"<?xml version='1.0' encoding='UTF-7'?><a/>",
        b"<?xml version='1.0' encoding='ebcdic-cp-us'?><a/>",
        b"<?xml version='1.0' encoding='UTF-16'?><a/>",
        b"\xef\xbb\xbf<?xml version='1.0' encoding='ISO-8859-2'?><a/>",
        b"<?xml version='1.0' encoding='us-ascii'?><a>\xc4\x85</a>",
        b"<?xml version='1.0' encoding='windows-1250'?><a>\x81</a>",
        "<?xml version='1.0' encoding='UTF-8'?><a/>".encode("utf-16"),
        "<?xml version='1.0' encoding='UTF-16LE'?><a/>".encode("utf-16-be"),
        "<a/>".encode("utf-16") + b"\x00",
        "<a/>".encode("utf-32"),
        "<a/>".encode("utf-32-le"),
        "<a/>".encode("utf-32-be"),
        b"\x00\x00\xfe\xff" + "<a/>".encode("utf-32-be"),
        b"\x4c\x6f\xa7\x94\x93",
    ],
)
def test_an_unknown_contradicted_or_broken_encoding_is_refused(data: bytes) -> None:
    assert fault_of(data) is XmlFault.ENCODING


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n ",
        b"Dzien dobry",
        b"\x00",
        b"<a>\x00</a>",
        "<a>\x00</a>".encode("utf-16"),
        b"<a>\x01</a>",
        b"<a>&#1;</a>",
        b"<a>&e;</a>",
        b"<a b='&e;'/>",
        b"<a>",
        b"<a/><b/>",
        b"<a/>text",
        b"<a/><!DOCTYPE a>",
        b"<a b='' b=''/>",
        b"<a b='<'/>",
        b"<p:a/>",
        b"<!-- never closed",
        b"<?never closed",
        b"<?xml version='1.1'?><a/>",
        b"<?xml encoding='UTF-8'?><a/>",
        b" <?xml version='1.0'?><a/>",
        b"<a><?xml version='1.0'?></a>",
        b"\xef\xbb\xbf\xef\xbb\xbf<a/>",
        b"<a>&amp</a>",
    ],
)
def test_what_is_not_well_formed_is_refused_and_never_repaired(data: bytes) -> None:
    assert fault_of(data) is XmlFault.SYNTAX


def test_a_file_over_the_size_limit_is_refused() -> None:
    assert fault_of(b"<abc/>", XmlLimits(total_bytes=5)) is XmlFault.SIZE
    assert parse_xml(b"<abc/>", XmlLimits(total_bytes=6)).tag == "abc"


def test_depth_is_refused_above_the_default_of_256() -> None:
    assert parse_xml(b"<a>" * 256 + b"</a>" * 256).tag == "a"
    assert fault_of(b"<a>" * 257 + b"</a>" * 257) is XmlFault.DEPTH
    assert fault_of(b"<a>" * 100_000) is XmlFault.DEPTH


def test_depth_is_refused_above_a_lower_limit() -> None:
    limits = XmlLimits(depth=3)
    assert parse_xml(b"<a><b><c/></b></a>", limits).tag == "a"
    assert fault_of(b"<a><b><c><d/></c></b></a>", limits) is XmlFault.DEPTH


def test_nodes_are_refused_before_a_tree_is_built() -> None:
    assert fault_of(b"<a>" + b"<b/>" * 1_000_000 + b"</a>") is XmlFault.NODES
    assert fault_of(b"<a>" + b"<!---->" * 6 + b"</a>", XmlLimits(nodes=6)) is XmlFault.NODES
    assert fault_of(b"<a b='' c='' d=''/>", XmlLimits(nodes=3)) is XmlFault.NODES
    assert parse_xml(b"<a b='' c='' d=''/>", XmlLimits(nodes=4)).tag == "a"


def test_end_tags_are_not_counted_as_nodes() -> None:
    assert len(parse_xml(b"<a>" + b"<b></b>" * 5 + b"</a>", XmlLimits(nodes=6))) == 5


def attributes(count: int) -> bytes:
    return b"<r><a" + b"".join(b" b%d = '>'" % number for number in range(count)) + b"/></r>"


def test_more_than_256_attributes_on_one_element_are_refused() -> None:
    assert len(parse_xml(attributes(256))[0].attrib) == 256
    assert fault_of(attributes(257)) is XmlFault.NODES


def test_namespace_declarations_count_as_attributes() -> None:
    declared = b" ".join(b'xmlns:n%d="urn:n"' % number for number in range(257))
    assert fault_of(b"<a " + declared + b"/>") is XmlFault.NODES


def test_many_attributes_on_many_elements_are_not_mistaken_for_many_on_one() -> None:
    root = parse_xml(b"<r>" + b"<a b='1' c=\"2\"/>" * 200 + b"=" * 300 + b"</r>")
    assert len(root) == 200


@pytest.mark.parametrize("form", [b"<a>%b</a>", b"<a b='%b'/>", b"<a><![CDATA[%b]]></a>"])
def test_a_run_without_markup_over_the_limit_is_refused(form: bytes) -> None:
    assert fault_of(form % (b"x" * 200), XmlLimits(text_bytes=100)) is XmlFault.SIZE
    assert fault_of(form % (b"x" * 10_000_100)) is XmlFault.SIZE
    assert parse_xml(form % (b"x" * 50), XmlLimits(text_bytes=80)).tag == "a"


def test_a_text_that_only_the_parser_can_measure_is_refused_by_its_own_ceiling() -> None:
    many = XmlLimits(nodes=10_000_000)
    half = b"<![CDATA[" + b"x" * 6_000_000 + b"]]>"
    assert fault_of(b"<a>" + half + half + b"</a>") is XmlFault.SIZE
    assert fault_of(b"<a><![CDATA[" + b"x<" * 6_000_000 + b"]]></a>", many) is XmlFault.SIZE
    assert fault_of(b"<" + b"a" * 60_000 + b"/>") is XmlFault.SIZE


def test_the_refusal_shows_the_code_and_never_the_content() -> None:
    with pytest.raises(XmlRefused) as refusal:
        parse_xml(b"<tajne")
    assert str(refusal.value) == "XML-SYNTAX"
