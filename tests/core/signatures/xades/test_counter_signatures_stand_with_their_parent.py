"""A counter-signature signs a signature; it is told with that one and never as a letter's own."""

import base64

import pytest
from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import Scope, SignatureFormat
from tests.core.signatures.crafting import (
    CANONICAL,
    DS,
    LETTER,
    NO_SIGNATURES,
    Ref,
    Shape,
    fill,
)
from tests.core.signatures.xades.stamping import (
    add,
    examined,
    exclusive,
    named_value,
    only,
    proves,
    stamp,
    unsigned,
    value_of,
)

COUNTERSIGNED = "http://uri.etsi.org/01903#CountersignedSignature"
ON_VALUE = Ref("#V1", CANONICAL, COUNTERSIGNED)


def _countersign(root: etree._Element, *references: Ref) -> etree._Element:
    shape = Shape(id="S2", references=references)
    counter = add(root, "CounterSignature")
    counter.append(parse_xml(shape.xml().encode()))
    fill(root, shape)
    return root


def _beside(root: etree._Element, id_: str, *references: Ref) -> etree._Element:
    shape = Shape(id=id_, references=references)
    root.append(parse_xml(shape.xml().encode()))
    fill(root, shape)
    return root


def test_a_counter_signature_is_told_with_the_signature_that_it_signs() -> None:
    parent = only(_countersign(named_value(), ON_VALUE))
    (counter,) = parent.counter_signatures
    assert (parent.intact, counter.intact, counter.id) == (True, True, "S2")
    assert [cover.scope for cover in counter.covers] == [Scope.FULL]
    assert counter.format is SignatureFormat.XADES
    assert counter.content is None
    assert counter.security == ()


def test_an_altered_parent_breaks_the_counter_signature() -> None:
    root = _countersign(named_value(), ON_VALUE)
    value_of(root).text = base64.b64encode(bytes(64)).decode()
    parent = only(root)
    (counter,) = parent.counter_signatures
    assert (parent.intact, counter.intact) == (False, False)
    assert ReasonCode.REF_DIGEST in counter.security


def test_a_counter_signature_must_sign_the_value() -> None:
    letter = LETTER.replace("<Tresc>", '<Tresc Id="T">')
    root = _countersign(named_value(Shape(), letter), Ref("#T", CANONICAL))
    (counter,) = only(root).counter_signatures
    assert not counter.intact
    assert counter.security == (ReasonCode.XSW_OBJECT,)
    assert counter.covers[0].scope is Scope.PARTIAL


def test_a_counter_signature_of_nothing_has_no_content() -> None:
    root = named_value()
    shape = Shape(id="S2", references=())
    add(root, "CounterSignature").append(parse_xml(shape.xml().encode()))
    fill(root, shape)
    (counter,) = only(root).counter_signatures
    assert ReasonCode.XSW_NO_CONTENT in counter.security


def test_a_missing_value_is_no_digest() -> None:
    (counter,) = only(_countersign_later(named_value(), "#nigdzie")).counter_signatures
    assert counter.covers[0].sha256 is None
    assert not counter.intact


def _countersign_later(root: etree._Element, uri: str) -> etree._Element:
    """The reference is bent after signing, since libxmlsec does not sign what is not there."""
    _countersign(root, ON_VALUE)
    for reference in root.iter(f"{{{DS}}}Reference"):
        if reference.get("URI") == "#V1":
            reference.set("URI", uri)
    return root


def test_a_signature_that_refers_to_the_value_alone_is_a_counter_signature() -> None:
    shape = Shape(references=(Ref("", NO_SIGNATURES + CANONICAL),))
    parent = only(_beside(named_value(shape), "S2", ON_VALUE))
    (counter,) = parent.counter_signatures
    assert (parent.intact, counter.intact) == (True, True)


@pytest.mark.parametrize(
    "references",
    [
        (Ref("#V1", CANONICAL, COUNTERSIGNED), Ref("", NO_SIGNATURES + CANONICAL)),
        (Ref("#V1", CANONICAL),),
        (Ref("#S1", CANONICAL, COUNTERSIGNED),),
    ],
)
def test_any_other_signature_stands_beside(references: tuple[Ref, ...]) -> None:
    shape = Shape(references=(Ref("", NO_SIGNATURES + CANONICAL),))
    first, second = examined(_beside(named_value(shape), "S2", *references))
    assert (first.id, second.id) == ("S1", "S2")
    assert first.counter_signatures == ()


def test_a_value_outside_a_signature_has_no_counter_signature() -> None:
    letter = LETTER.replace(
        "{signature}", f'<v:SignatureValue xmlns:v="{DS}" Id="W"/>{{signature}}'
    )
    shape = Shape(references=(Ref("", NO_SIGNATURES + CANONICAL),))
    root = _beside(named_value(shape, letter), "S2", Ref("#W", CANONICAL, COUNTERSIGNED))
    assert len(examined(root)) == 2


def test_signatures_that_sign_each_other_stand_beside_each_other() -> None:
    ring = Shape(references=(Ref("#V2", CANONICAL, COUNTERSIGNED),)).xml()
    first = ring.replace(
        "<ds:SignatureValue/>", '<ds:SignatureValue Id="V1">AAAA</ds:SignatureValue>'
    )
    second = first.replace('"S1"', '"S2"').replace('"V1"', '"W"').replace('"#V2"', '"#V1"')
    second = second.replace("S1", "S2").replace('"W"', '"V2"')
    third = first.replace("S1", "S3").replace('"V1"', '"V3"')
    text = f"<a>{first}{second}{third}</a>".replace(
        "<ds:DigestValue/>", "<ds:DigestValue>AAAA</ds:DigestValue>"
    )
    found = examined(parse_xml(text.encode()))
    assert [one.id for one in found] == ["S1", "S2"]
    assert [one.id for one in found[1].counter_signatures] == ["S3"]


def test_a_signature_elsewhere_inside_another_is_no_counter_signature() -> None:
    root = named_value()
    shape = Shape(id="S2", references=(Ref("#V1", CANONICAL),))
    unsigned(root).append(parse_xml(shape.xml().encode()))
    fill(root, shape)
    assert [one.id for one in examined(root)] == ["S1", "S2"]


def test_a_counter_signature_has_time_stamps_and_a_counter_signature_of_its_own() -> None:
    root = _countersign(named_value(), ON_VALUE)
    inner = next(node for node in root.iter(f"{{{DS}}}Signature") if node.get("Id") == "S2")
    value = next(inner.iter(f"{{{DS}}}SignatureValue"))
    value.set("Id", "V2")
    stamp(inner, "SignatureTimeStamp", exclusive(value))
    shape = Shape(id="S3", references=(Ref("#V2", CANONICAL),))
    add(inner, "CounterSignature").append(parse_xml(shape.xml().encode()))
    fill(root, shape)
    (counter,) = only(root).counter_signatures
    assert [proves(one) for one in counter.timestamps] == [True]
    assert only(root).timestamps == ()
    assert [one.intact for one in counter.counter_signatures] == [True]


def test_an_unreadable_parent_still_shows_its_counter_signatures() -> None:
    root = _countersign(named_value(), ON_VALUE)
    etree.SubElement(root[1], f"{{{DS}}}Obcy")
    parent = only(root)
    assert parent.security == (ReasonCode.SIG_STRUCTURE,)
    assert [one.id for one in parent.counter_signatures] == ["S2"]
