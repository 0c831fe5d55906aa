"""Each kind of time-stamp stamps what ETSI EN 319 132-1 says, no more and no less."""

import base64
from hashlib import sha256

import pytest
from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.evidence import TimestampKind
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import SignatureLevel
from tests.core.signatures.cms.crafting import token
from tests.core.signatures.crafting import (
    CANONICAL,
    DS,
    ENVELOPED,
    LETTER,
    ORIGINAL,
    XADES,
    Ref,
    Shape,
    find,
)
from tests.core.signatures.xades.stamping import (
    METHOD,
    XADES_141,
    add,
    encapsulated,
    examined,
    exclusive,
    last_stamp,
    named_value,
    only,
    proves,
    signed_letter,
    stamp,
    unsigned,
    value_of,
)

DOCUMENT = exclusive(parse_xml(ORIGINAL))


def _value(root: etree._Element) -> bytes:
    return base64.b64decode(value_of(root).text or "")


def _core(root: etree._Element) -> bytes:
    """What archive time-stamps begin with: what was referenced, and the signature's own parts."""
    names = ("SignedInfo", "SignatureValue", "KeyInfo")
    parts = (find(root, f".//{{{DS}}}{name}") for name in names)
    properties = find(root, f".//{{{XADES}}}SignedProperties")
    return DOCUMENT + exclusive(properties, *parts)


def test_a_signature_time_stamp_covers_the_value() -> None:
    root = signed_letter()
    stamp(root, "SignatureTimeStamp", exclusive(value_of(root)))
    signature = only(root)
    assert signature.level is SignatureLevel.B_T
    (one,) = signature.timestamps
    assert (one.kind, proves(one)) == (TimestampKind.SIGNATURE, True)
    assert one.protects == {signature.value_sha256} == {sha256(_value(root)).hexdigest()}


def test_without_a_method_the_value_is_in_canonical_xml() -> None:
    root = signed_letter()
    text = (value_of(root).text or "").encode()
    value = b'<ds:SignatureValue xmlns="urn:p" xmlns:ds="%b">%b</ds:SignatureValue>'
    add(root, "SignatureTimeStamp", encapsulated(value % (DS.encode(), text)))
    assert proves(last_stamp(root))


def test_a_time_stamp_of_another_signature_proves_nothing() -> None:
    root = signed_letter()
    stamp(root, "SignatureTimeStamp", exclusive(value_of(signed_letter())))
    one = last_stamp(root)
    assert (one.imprint_intact, one.protects) == (False, frozenset())
    assert ReasonCode.TST_IMPRINT in one.security


def test_several_tokens_in_one_property_are_several() -> None:
    root = signed_letter()
    data = exclusive(value_of(root))
    add(root, "SignatureTimeStamp", METHOD + encapsulated(data) + encapsulated(data))
    assert [proves(one) for one in only(root).timestamps] == [True, True]


@pytest.mark.parametrize("version", ["", "V2"])
def test_the_references_are_stamped_in_their_order(version: str) -> None:
    root = signed_letter()
    namespace = XADES_141 if version else XADES
    first = stamp(root, "SignatureTimeStamp", exclusive(value_of(root)))
    revocations = add(root, "CompleteRevocationRefs")
    certificates = add(root, f"CompleteCertificateRefs{version}", "", namespace)
    add(root, "CertificateValues")
    refs = exclusive(revocations, certificates)
    stamp(root, f"RefsOnlyTimeStamp{version}", refs, namespace)
    assert last_stamp(root).kind is TimestampKind.REFERENCES
    assert (proves(last_stamp(root)), last_stamp(root).protects) == (True, frozenset())
    data = exclusive(value_of(root), first) + refs
    stamp(root, f"SigAndRefsTimeStamp{version}", data, namespace)
    add(root, "AttributeCertificateRefs")
    one = last_stamp(root)
    assert proves(one)
    assert {only(root).value_sha256, only(root).timestamps[0].sha256} <= one.protects


@pytest.mark.parametrize("namespace", [XADES, XADES_141])
def test_an_archive_time_stamp_covers_all_that_was_there(namespace: str) -> None:
    root = signed_letter(Shape(objects='<ds:Object Id="O"><a/></ds:Object>'))
    first = stamp(root, "SignatureTimeStamp", exclusive(value_of(root)))
    certificate = base64.b64decode(find(root, f".//{{{DS}}}X509Certificate").text or "")
    values = add(root, "CertificateValues", _certificate(certificate))
    box = find(root, f".//{{{DS}}}Object[@Id='O']")
    stamp(root, "ArchiveTimeStamp", _core(root) + exclusive(first, values, box), namespace)
    signature = only(root)
    assert signature.level is SignatureLevel.B_LTA
    one = signature.timestamps[-1]
    assert (one.kind, proves(one)) == (TimestampKind.ARCHIVE, True)
    earlier = {signature.value_sha256, signature.timestamps[0].sha256}
    assert earlier | {sha256(certificate).hexdigest()} <= one.protects
    values.set("Id", "zmiana")
    assert not last_stamp(root).imprint_intact


def test_an_older_archive_time_stamp_passes_over_objects_that_are_referenced() -> None:
    shape = Shape(objects='<ds:Object Id="O"><a/></ds:Object>', references=(Ref("#O", CANONICAL),))
    root = signed_letter(shape, "{signature}")
    box = find(root, f"{{{DS}}}Object[@Id='O']")
    core = _core(root).removeprefix(DOCUMENT)
    older, newer = exclusive(box) + core, exclusive(box) + core + exclusive(box)
    stamp(root, "ArchiveTimeStamp", older)
    assert proves(last_stamp(root))
    place = unsigned(root)
    place.remove(place[0])
    stamp(root, "ArchiveTimeStamp", newer, XADES_141)
    assert proves(last_stamp(root))


def test_an_archive_time_stamp_covers_the_value_of_a_counter_signature() -> None:
    root = signed_letter()
    inner = f'<ds:Signature xmlns:ds="{DS}"><ds:SignatureValue>AAAA</ds:SignatureValue>'
    counter = add(root, "CounterSignature", f"{inner}</ds:Signature>")
    stamp(root, "ArchiveTimeStamp", _core(root) + exclusive(counter), XADES_141)
    assert sha256(base64.b64decode("AAAA")).hexdigest() in last_stamp(root).protects


def _certificate(der: bytes) -> str:
    text = base64.b64encode(der).decode()
    name = "EncapsulatedX509Certificate"
    return f'<x:{name} xmlns:x="{XADES}">{text}</x:{name}>'


def _with_content_stamp(name: str, inside: str, shape: Shape) -> Shape:
    about = (
        f"<xades:SignedDataObjectProperties><xades:{name}>{inside}</xades:{name}>"
        "</xades:SignedDataObjectProperties></xades:SignedProperties>"
    )
    properties = shape.qualifying_properties().replace("</xades:SignedProperties>", about)
    box = f"<ds:Object>{properties}</ds:Object>"
    references = (
        *shape.references,
        Ref("#P-S1", CANONICAL, "http://uri.etsi.org/01903#SignedProperties"),
    )
    return Shape(qualifying="", objects=box, references=references)


def test_all_data_objects_are_stamped_before_signing() -> None:
    shape = _with_content_stamp("AllDataObjectsTimeStamp", encapsulated(DOCUMENT), Shape())
    (one,) = only(signed_letter(shape)).timestamps
    assert (one.kind, proves(one), one.protects) == (TimestampKind.CONTENT, True, frozenset())


def test_nodes_that_a_reference_gives_are_canonicalised_by_the_time_stamp() -> None:
    """The reference ends with nodes, so the method of the time-stamp writes them."""
    letter = LETTER.replace('xmlns="urn:p"', 'xmlns="urn:p" xmlns:unused="urn:u"')
    assert b"unused" not in DOCUMENT
    shape = Shape(references=(Ref("", ENVELOPED),))
    stamped = _with_content_stamp("AllDataObjectsTimeStamp", METHOD + encapsulated(DOCUMENT), shape)
    (one,) = only(signed_letter(stamped, letter)).timestamps
    assert proves(one)


def test_individual_data_objects_are_named_by_their_references() -> None:
    shape = Shape(references=(Ref(type='urn:x" Id="R1'),))
    include = f'<x:Include xmlns:x="{XADES}" URI="#R1"%s/>'
    data = include % ' referencedData="true"' + encapsulated(DOCUMENT)
    named = _with_content_stamp("IndividualDataObjectsTimeStamp", data, shape)
    root = signed_letter(named)
    (one,) = only(root).timestamps
    assert proves(one)
    reference = exclusive(find(root, f".//{{{DS}}}Reference[@Id='R1']"))
    itself = METHOD + include % "" + encapsulated(reference)
    again = _with_content_stamp("IndividualDataObjectsTimeStamp", itself, shape)
    (two,) = only(signed_letter(again)).timestamps
    assert proves(two)
    assert not proves(
        only(
            signed_letter(
                _with_content_stamp(
                    "IndividualDataObjectsTimeStamp", data.replace("R1", "S1"), shape
                )
            )
        ).timestamps[0]
    )


def test_a_time_stamp_may_list_its_parts() -> None:
    root = named_value()
    refs = add(root, "CompleteCertificateRefs")
    refs.set("Id", "C1")
    include = f'<x:Include xmlns:x="{XADES}" URI="#%s"/>'
    data = exclusive(value_of(root), refs)
    add(root, "SigAndRefsTimeStamp", include % "C1" + METHOD + encapsulated(data))
    assert proves(last_stamp(root))
    both = include % "V1" + include % "C1"
    add(root, "SigAndRefsTimeStamp", both + METHOD + encapsulated(data))
    assert proves(last_stamp(root))


def test_an_archive_time_stamp_may_list_its_properties() -> None:
    root = named_value()
    values = add(root, "CertificateValues")
    values.set("Id", "C1")
    add(root, "RevocationValues")
    include = f'<x:Include xmlns:x="{XADES}" URI="#C1"/>'
    data = _core(root) + exclusive(values)
    add(root, "ArchiveTimeStamp", include + METHOD + encapsulated(data))
    assert proves(last_stamp(root))


def test_the_first_version_listed_its_parts_with_transforms() -> None:
    root = named_value()
    info = (
        f'<p:HashDataInfo xmlns:p="{XADES}" uri="#V1"><p:Transforms>'
        f'<ds:Transform xmlns:ds="{DS}" Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>'
        "</p:Transforms></p:HashDataInfo>"
    )
    add(root, "SignatureTimeStamp", info + encapsulated(exclusive(value_of(root))))
    assert proves(last_stamp(root))


def test_two_signatures_have_their_own_time_stamps() -> None:
    root = signed_letter()
    stamp(root, "SignatureTimeStamp", exclusive(value_of(root)))
    root.append(
        parse_xml(
            etree.tostring(root[1])
            .replace(b'"S1"', b'"S2"')
            .replace(b"#S1", b"#S2")
            .replace(b"P-S1", b"P-S2")
        )
    )
    assert [len(one.timestamps) for one in examined(root)] == [1, 0]


@pytest.mark.parametrize(
    "inside",
    [
        f'<x:Include xmlns:x="{XADES}" URI="#nigdzie"/>',
        f'<x:Include xmlns:x="{XADES}" URI="plik.txt"/>',
        f'<x:Include xmlns:x="{XADES}" URI="#S1"/>' * 1_065,
        f'<ds:CanonicalizationMethod xmlns:ds="{DS}" Algorithm="urn:x"/>',
        (
            f'<p:HashDataInfo xmlns:p="{XADES}" uri="#S1"><p:Transforms>'
            f'<ds:Transform xmlns:ds="{DS}" '
            'Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>'
            "</p:Transforms></p:HashDataInfo>"
        ),
        (
            f'<x:Include xmlns:x="{XADES}" URI="#W"/>{METHOD}'
            f'<x:y xmlns:x="{XADES}" xmlns:w="wzgledna" Id="W"><w:z/></x:y>'
        ),
    ],
)
def test_what_cannot_be_found_is_not_taken_as_stamped(inside: str) -> None:
    root = signed_letter()
    add(root, "SignatureTimeStamp", inside + encapsulated(b""))
    one = last_stamp(root)
    assert (one.imprint_found, one.imprint_intact) == (False, False)
    assert ReasonCode.TST_NOT_FOUND in one.security
    assert only(root).intact


def test_references_that_are_stamped_need_not_be_there() -> None:
    root = signed_letter()
    stamp(root, "RefsOnlyTimeStamp", b"")
    assert ReasonCode.TST_NOT_FOUND in last_stamp(root).security


def test_what_is_no_token_is_named_and_the_signature_stays_intact() -> None:
    root = signed_letter()
    add(
        root,
        "SignatureTimeStamp",
        f'<x:EncapsulatedTimeStamp xmlns:x="{XADES}">ą</x:EncapsulatedTimeStamp>',
    )
    assert last_stamp(root).security == (ReasonCode.TST_SYNTAX,)
    assert only(root).intact


def test_a_property_of_another_namespace_is_no_time_stamp() -> None:
    root = signed_letter()
    stamp(root, "SignatureTimeStamp", exclusive(value_of(root)), "urn:obcy")
    assert only(root).timestamps == ()
    assert only(root).level is SignatureLevel.B_B


def test_too_many_tokens_are_refused() -> None:
    root = signed_letter()
    add(root, "SignatureTimeStamp", f'<x:EncapsulatedTimeStamp xmlns:x="{XADES}"/>' * 257)
    assert only(root).security == (ReasonCode.RES_COUNT,)


def test_time_stamps_that_cost_too_much_are_refused() -> None:
    letter = LETTER.replace("{signature}", "x" * 400_000 + "{signature}")
    root = signed_letter(None, letter)
    text = base64.b64encode(token(b"")).decode()
    one = f'<x:EncapsulatedTimeStamp xmlns:x="{XADES}">{text}</x:EncapsulatedTimeStamp>'
    for _ in range(60):
        add(root, "ArchiveTimeStamp", METHOD + one, XADES_141)
    assert only(root).security == (ReasonCode.RES_C14N,)


def test_a_property_without_a_token_is_passed_over() -> None:
    root = signed_letter()
    add(root, "SignatureTimeStamp")
    assert only(root).timestamps == ()


def test_listing_nested_parts_costs_no_more_than_the_file_may() -> None:
    """Each part is written anew, so a chain of boxes would cost its length times its content."""
    root = signed_letter()
    inside = "x" * 200_000
    for number in range(40):
        inside = f'<n Id="n{number}">{inside}</n>'
    boxes = add(root, "Obca", inside)
    assert boxes is not None
    listed = "".join(f'<x:Include xmlns:x="{XADES}" URI="#n{n}"/>' for n in range(40))
    add(root, "SignatureTimeStamp", listed + METHOD + encapsulated(b""))
    assert only(root).security == (ReasonCode.RES_C14N,)
