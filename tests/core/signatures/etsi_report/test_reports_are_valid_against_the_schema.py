"""Whatever a file is, its report is valid against the schema and refers to nothing missing."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.etsi_report import etsi_report
from skrytka.core.signatures.evidence import Cover, SignatureEvidence
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.report import report_data
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.validation import validate
from skrytka.core.signatures.words import Scope, SignatureFormat, SignatureLevel
from tests.core.signatures.asic.packing import ASIC_S, cms_signature, pack, signed
from tests.core.signatures.cms import crafting as cms
from tests.core.signatures.crafting import CANONICAL, LETTER, Ref, Shape, fill, pz_role, sign
from tests.core.signatures.etsi_report.reading import BARE, concluded, text_of, texts
from tests.core.signatures.etsi_report.schema import faults, is_valid
from tests.core.signatures.pdf.signing import document_stamped, signed_pdf
from tests.core.signatures.xades.stamping import add, exclusive, named_value, stamp, value_of
from tests.world.pki import AT, certificate_of, make_pki, signer

STATUS = "SignatureValidationReport/SignatureValidationStatus"
MAIN = "urn:etsi:019102:mainindication:"


def _stamped() -> bytes:
    root = named_value()
    stamp(root, "SignatureTimeStamp", exclusive(value_of(root)))
    return etree.tostring(root)


def _countersigned() -> bytes:
    root = named_value()
    reference = Ref("#V1", CANONICAL, "http://uri.etsi.org/01903#CountersignedSignature")
    shape = Shape(id="S2", references=(reference,))
    add(root, "CounterSignature").append(parse_xml(shape.xml().encode()))
    fill(root, shape)
    return etree.tostring(root)


def _container_of_cms() -> bytes:
    files = {"pismo.txt": b"Prosze o zgode."}
    return pack({**files, "META-INF/signature.p7s": cms_signature(files["pismo.txt"])}, ASIC_S)


MADE: dict[str, tuple[Callable[[], bytes], str]] = {
    "XAdES": (lambda: sign(LETTER), "total-passed"),
    "trusted signature": (
        lambda: sign(LETTER, Shape(key=make_pki().trusted_profile, role=pz_role())),
        "total-passed",
    ),
    "XAdES, stamped": (_stamped, "total-passed"),
    "XAdES, countersigned": (_countersigned, "total-passed"),
    "XAdES, altered": (lambda: sign(LETTER).replace(b"zgod", b"ugod"), "total-failed"),
    "CAdES": (cms.signed, "indeterminate"),
    "ASiC with XAdES": (signed, "total-passed"),
    "ASiC with CAdES": (_container_of_cms, "total-passed"),
    "PAdES": (signed_pdf, "indeterminate"),
    "PAdES, stamped": (lambda: document_stamped(signed_pdf()), "indeterminate"),
    "a DOCTYPE": (lambda: b"<!DOCTYPE a><a/>", "total-failed"),
    "an archive": (lambda: b"PK\x03\x04 of nothing", "total-failed"),
    "nothing": (lambda: b"", "indeterminate"),
}


@cache
def _made(name: str) -> bytes:
    return MADE[name][0]()


def _report(data: bytes, trust: TrustStore) -> bytes:
    return etsi_report(report_data(validate(data, detached={}, trust=trust, at=AT)), "test")


@pytest.mark.parametrize("name", MADE)
def test_a_report_is_valid_and_says_the_verdict(name: str) -> None:
    report = _report(_made(name), make_pki().trust)
    assert faults(report) == []
    assert text_of(parse_xml(report), f"{STATUS}/MainIndication") == MAIN + MADE[name][1]


@pytest.mark.parametrize("name", MADE)
def test_without_trust_it_is_valid_as_well(name: str) -> None:
    report = _report(_made(name), TrustStore())
    assert faults(report) == []
    assert f"{MAIN}total-passed" not in texts(parse_xml(report), "MainIndication")


@pytest.mark.parametrize("name", ["XAdES, countersigned", "PAdES, stamped"])
def test_the_same_report_is_written_with_the_same_bytes(name: str) -> None:
    trust = make_pki().trust
    assert _report(_made(name), trust) == _report(_made(name), trust)


def test_the_schema_refuses_what_is_no_report() -> None:
    broken = _report(_made("XAdES"), TrustStore()).replace(b"MainIndication", b"Indication")
    assert not is_valid(broken)
    dangling = _report(_made("XAdES"), TrustStore()).replace(b'id="D-', b'id="E-')
    assert not is_valid(dangling)


@pytest.mark.parametrize("name", ["<b>&amp;\"'", "Zły\x01\x1b\x7f znak", "]]><!--", "\ufffe\uffff"])
def test_a_hostile_name_in_a_certificate_breaks_nothing(name: str) -> None:
    subject = {NameOID.COMMON_NAME: name}
    certificate = certificate_of(signer(subject, make_pki().root))
    root = concluded(_holding(certificate=certificate))
    clean = name.replace("\x01", "\ufffd").replace("\x1b", "\ufffd")
    assert text_of(root, "SignatureValidationReport/SignerInformation/Signer") == (
        "\ufffd\ufffd" if name == "\ufffe\uffff" else clean
    )


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.sampled_from(ReasonCode))
def test_any_text_in_a_signature_leaves_the_report_valid(text: str, code: ReasonCode) -> None:
    root = concluded(
        _holding(
            id=text,
            policy_id=text,
            claimed_roles=(text,),
            covers=(Cover(text, "dd" * 32, Scope.PARTIAL), Cover(text, None, Scope.DIGEST)),
            certificate_ref_match=True,
            security=(code,),
        ),
        _holding(id=text),
        security=(code,),
    )
    assert len(root.findall(".//{*}SignatureIdentifier")) == 2


def test_a_signature_of_which_nothing_is_known_has_a_report() -> None:
    bare = SignatureEvidence(
        id=None, format=SignatureFormat.CADES, level=SignatureLevel.CMS_NOT_ETSI, intact=False
    )
    root = concluded(bare)
    for absent in ("SignerInformation", "SignersDocument", "SignatureAttributes",
                   "SignatureValidationObjects", "CertificateChain"):  # fmt: skip
        assert root.find(f".//{{*}}{absent}") is None


def _holding(**changes: object) -> SignatureEvidence:
    return replace(BARE, **changes)  # type: ignore[arg-type]
