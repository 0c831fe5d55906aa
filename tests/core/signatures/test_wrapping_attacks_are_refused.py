"""Signature wrapping: the value stays intact while what people read is another thing."""

import copy

import pytest
from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.content import same_content
from skrytka.core.signatures.words import Indication, Scope, SubIndication
from tests.core.signatures.crafting import (
    CANONICAL,
    DS,
    ENVELOPED,
    LETTER,
    ORIGINAL,
    XADES,
    Ref,
    Shape,
    codes,
    fill,
    find,
    parent_of,
    sign,
    validate,
)

SIGNATURE = f"{{{DS}}}Signature"
PROPERTIES = f"{{{XADES}}}SignedProperties"


def _by_id() -> etree._Element:
    """This will sign an element of a letter by its Id."""
    letter = '<List><Tresc Id="t">Zgoda</Tresc>{signature}</List>'
    return parse_xml(sign(letter, Shape(references=(Ref("#t", CANONICAL),))))


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root)


def test_a_part_signed_by_its_id_is_never_the_whole_letter() -> None:
    report = validate(_bytes(_by_id()))
    assert report.signatures[0].intact
    assert report.signatures[0].covers[0].scope is Scope.PARTIAL
    assert report.indication is Indication.INDETERMINATE
    assert "XSW-SCOPE" in codes(report)
    assert report.payload is None


def test_a_forged_letter_beside_the_signed_part_does_not_pass() -> None:
    root = _by_id()
    box = etree.SubElement(root[1], f"{{{DS}}}Object")
    box.append(root[0])
    root.insert(0, parse_xml(b"<Tresc>Odmowa</Tresc>"))
    report = validate(_bytes(root))
    assert report.signatures[0].intact
    assert report.indication is Indication.INDETERMINATE
    assert report.payload is None


def test_a_signed_document_inside_a_forged_one_does_not_pass() -> None:
    signed = parse_xml(
        sign(LETTER.replace("<Pismo", '<Pismo Id="p"'), Shape(references=(Ref("#p"),)))
    )
    wrapper = parse_xml(b"<Falszywka><Tresc>Odmowa</Tresc></Falszywka>")
    wrapper.append(signed)
    report = validate(_bytes(wrapper))
    assert report.signatures[0].intact
    assert "XSW-SCOPE" in codes(report)
    assert report.indication is Indication.INDETERMINATE
    assert report.payload is None


def test_a_signed_document_hidden_in_its_own_signature_does_not_pass() -> None:
    signed = parse_xml(
        sign(LETTER.replace("<Pismo", '<Pismo Id="p"'), Shape(references=(Ref("#p"),)))
    )
    forged = parse_xml(b'<Pismo xmlns="urn:p"><Tresc>Odmowa</Tresc></Pismo>')
    signature = find(signed, SIGNATURE)
    bare = copy.deepcopy(signature)
    signed.remove(signature)
    etree.SubElement(bare, f"{{{DS}}}Object").append(signed)
    forged.append(bare)
    report = validate(_bytes(forged))
    assert report.indication is not Indication.TOTAL_PASSED
    assert report.payload is None


def test_the_same_identifier_twice_is_refused_in_every_spelling() -> None:
    for spelling in ("Id", "ID", "id", "xml:id"):
        data = _bytes(_by_id()).replace(
            b"<List>", f'<List><Tresc {spelling}="t">x</Tresc>'.encode()
        )
        report = validate(data)
        assert report.indication is Indication.TOTAL_FAILED
        assert report.sub_indication is SubIndication.FORMAT_FAILURE
        assert codes(report) == {"XSW-DUP-ID"}


def test_an_identifier_that_nothing_points_at_may_stand_twice() -> None:
    twice = LETTER.replace("<Tresc", '<Uwaga Id="u"/><Uwaga Id="u"/><Tresc', 1)
    assert twice != LETTER
    assert validate(sign(twice)).indication is Indication.TOTAL_PASSED


def test_an_identifier_named_by_an_xpointer_may_not_stand_twice() -> None:
    letter = '<List><Tresc Id="t">Zgoda</Tresc>{signature}</List>'
    pointer = "#xpointer(id('t'))"
    signed = sign(letter, Shape(references=(Ref(pointer, CANONICAL),)))
    data = signed.replace(b"<List>", b'<List><Tresc Id="t">x</Tresc>')
    assert codes(validate(data)) == {"XSW-DUP-ID"}


def test_one_element_may_spell_its_identifier_twice() -> None:
    report = validate(sign(LETTER.replace("<Pismo", '<Pismo Id="p" id="p"')))
    assert report.indication is Indication.TOTAL_PASSED


def _signed_letter() -> etree._Element:
    return parse_xml(sign(LETTER))


def test_forged_properties_beside_the_signed_ones_are_refused() -> None:
    root = _signed_letter()
    real = find(root, f".//{PROPERTIES}")
    forged = copy.deepcopy(real)
    forged.set("Id", "inne")
    parent_of(real).append(forged)
    report = validate(_bytes(root))
    assert "PROP-DUP" in codes(report)
    assert report.indication is Indication.TOTAL_FAILED
    assert report.signatures[0].claimed_signing_time is None


def test_signed_properties_moved_out_of_their_place_are_refused() -> None:
    root = _signed_letter()
    real = find(root, f".//{PROPERTIES}")
    qualifying = parent_of(real)
    forged = copy.deepcopy(real)
    forged.set("Id", "inne")
    qualifying.replace(real, forged)
    etree.SubElement(find(root, SIGNATURE), f"{{{DS}}}Object").append(real)
    report = validate(_bytes(root))
    assert "XSW-SIGNEDPROPS" in codes(report)
    assert report.sub_indication is SubIndication.SIGNED_DATA_NOT_FOUND
    assert report.indication is Indication.INDETERMINATE


def test_a_second_qualifying_properties_is_refused() -> None:
    root = _signed_letter()
    box = find(root, f"{SIGNATURE}/{{{DS}}}Object")
    twin = copy.deepcopy(box[0])
    twin[0].set("Id", "inne")
    box.append(twin)
    assert "PROP-DUP" in codes(validate(_bytes(root)))


def test_properties_that_name_another_signature_are_refused() -> None:
    root = _signed_letter()
    find(root, f".//{{{XADES}}}QualifyingProperties").set("Target", "#S2")
    assert "XSW-SIGNEDPROPS" in codes(validate(_bytes(root)))


def test_a_signature_without_an_id_cannot_own_properties() -> None:
    data = sign(LETTER).replace(b' Id="S1"', b"")
    assert "XSW-SIGNEDPROPS" in codes(validate(data))


def test_properties_outside_any_object_of_the_signature_are_refused() -> None:
    root = _signed_letter()
    root.insert(0, find(root, f".//{{{XADES}}}QualifyingProperties"))
    assert "XSW-SIGNEDPROPS" in codes(validate(_bytes(root)))


def test_properties_that_no_reference_covers_are_refused() -> None:
    shape = Shape(qualifying="")
    unsigned = f"<ds:Object>{shape.qualifying_properties()}</ds:Object>"
    report = validate(sign(LETTER, Shape(qualifying="", objects=unsigned)))
    assert "XSW-SIGNEDPROPS" in codes(report)
    assert report.indication is Indication.INDETERMINATE
    assert report.signatures[0].claimed_signing_time is None


def test_properties_reached_through_an_odd_transform_are_refused() -> None:
    shape = Shape(qualifying="")
    odd = Ref("#P-S1", ENVELOPED, "http://uri.etsi.org/01903#SignedProperties")
    box = f"<ds:Object>{shape.qualifying_properties()}</ds:Object>"
    root = parse_xml(
        LETTER.replace(
            "{signature}", Shape(qualifying="", objects=box, references=(Ref(), odd)).xml()
        ).encode()
    )
    report = validate(_bytes(root))
    assert "XSW-SIGNEDPROPS" in codes(report)
    assert report.indication is not Indication.TOTAL_PASSED


def test_two_references_to_the_properties_are_refused() -> None:
    twice = Ref("#P-S1", CANONICAL, "http://uri.etsi.org/01903#SignedProperties")
    assert "PROP-DUP" in codes(validate(sign(LETTER, Shape(references=(Ref(), twice)))))


def test_an_object_of_another_signature_is_no_content() -> None:
    boxed = f'<ds:Object xmlns:ds="{DS}" Id="O"><a/></ds:Object>'
    letter = f"<List>{boxed}{{signature}}</List>"
    report = validate(sign(letter, Shape(references=(Ref("#O", CANONICAL),))))
    assert "XSW-OBJECT" in codes(report)
    assert report.sub_indication is SubIndication.SIGNED_DATA_NOT_FOUND


@pytest.mark.parametrize("place", ["inside", "beside"])
def test_a_manifest_is_never_the_content(place: str) -> None:
    placed = place == "inside"
    manifest = f'<ds:Manifest xmlns:ds="{DS}" Id="M"/>'
    boxed = f"<ds:Object>{manifest}</ds:Object>" if placed else ""
    letter = "<List>{signature}</List>" if placed else f"<List>{manifest}{{signature}}</List>"
    shape = Shape(objects=boxed, references=(Ref("#M", CANONICAL),))
    report = validate(sign(letter, shape))
    assert "XSW-SCOPE" in codes(report)
    assert ("XSW-OBJECT" in codes(report)) is not placed
    assert report.payload is None


def test_a_counter_signature_does_not_make_the_letter_pass() -> None:
    root = _signed_letter()
    value = find(root, f".//{{{DS}}}SignatureValue")
    value.set("Id", "V")
    counter = Shape(id="S2", references=(Ref("#V", CANONICAL),))
    root.append(parse_xml(counter.xml().encode()))
    fill(root, counter)
    report = validate(_bytes(root))
    assert [verdict.intact for verdict in report.signatures] == [False, True]
    assert report.indication is Indication.TOTAL_FAILED


def test_a_comment_in_a_text_is_seen_by_the_comparison() -> None:
    data = sign(LETTER).replace("zgodę.".encode(), "zgo<!-- x -->dę.".encode())
    report = validate(data)
    assert report.signatures[0].intact
    assert report.payload == ORIGINAL
    assert not same_content(ORIGINAL, report)
    assert same_content(ORIGINAL.replace("zgodę.".encode(), "zgo<!-- x -->dę.".encode()), report)


def test_a_comment_in_a_signed_value_is_refused() -> None:
    data = sign(LETTER)
    start = data.index(b"<ds:SignatureValue>") + len(b"<ds:SignatureValue>")
    report = validate(data[: start + 8] + b"<!-- x -->" + data[start + 8 :])
    assert codes(report) == {"SIG-STRUCTURE"}
    assert report.indication is Indication.TOTAL_FAILED


def test_a_doctype_is_refused_before_anything_is_read() -> None:
    report = validate(sign(LETTER).replace(b"<Pismo", b"<!DOCTYPE Pismo><Pismo", 1))
    assert codes(report) == {"XML-DOCTYPE"}
    assert report.indication is Indication.TOTAL_FAILED
    assert report.signatures == ()
