import hashlib
from dataclasses import replace

import pytest
import xmlsec
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.config.clock import now
from skrytka.core.documents.xml import parse_xml
from skrytka.core.receipts import ReceiptParty, UppFacts, check_receipt, render_upp
from skrytka.core.signatures.sealing import DetachedReference, SealTemplate
from skrytka.core.signatures.stamping import CannotStamp, value_to_stamp, with_timestamp
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import SignatureVerdict
from skrytka.core.signatures.words import Indication, SignatureLevel
from skrytka.core.signatures.xades import validate_xades
from tests.world.pki import AT, certificate_of, make_pki
from tests.world.tsa import stamping_root, token_over

DOCUMENT = "<Pismo>treść</Pismo>".encode()
NAME = "DOK-2026-0001001"
FACTS = UppFacts(
    receipt_no="ESP-UPP-2026-0000001",
    addressee=ReceiptParty("Centrum Usług Wspólnych w Cieszynie", "ZOJO_Cieszyn"),
    sender=ReceiptParty("Anna Nowak", "anowak"),
    delivered_at=AT,
    produced_at=AT,
    document_id=NAME,
)
TRUST = make_pki().trust
STAMPS_TOO = replace(TRUST, anchors=(*TRUST.anchors, stamping_root().certificate))


def sealed() -> bytes:
    named = DetachedReference("Ref-Dokument", NAME, hashlib.sha256(DOCUMENT).hexdigest())
    return SealTemplate(make_pki().seal, AT).seal(
        render_upp(FACTS), signing_time=AT, references=(named,), role=None
    )


def sealed_alone() -> bytes:
    """Without a file beside it, which libxmlsec would look for on the disk."""
    template = SealTemplate(make_pki().seal, AT)
    return template.seal(render_upp(FACTS), signing_time=AT, references=(), role=None)


def stamped(receipt: bytes) -> bytes:
    return with_timestamp(receipt, token_over(value_to_stamp(receipt)))


def verdict(data: bytes, trust: TrustStore = STAMPS_TOO) -> SignatureVerdict:
    (found,) = validate_xades(data, detached={NAME: DOCUMENT}, trust=trust, at=now()).signatures
    return found


def test_a_stamped_seal_is_one_level_higher() -> None:
    found = verdict(stamped(sealed()))
    assert (found.level, found.indication) == (SignatureLevel.B_T, Indication.TOTAL_PASSED)
    (stamp,) = found.timestamps
    assert stamp.indication == "PASSED"
    assert found.best_signature_time == stamp.time


def test_a_stamp_of_an_authority_that_is_not_trusted_does_no_harm() -> None:
    found = verdict(stamped(sealed()), TRUST)
    assert found.indication is Indication.TOTAL_PASSED
    assert found.timestamps[0].indication != "PASSED"


def test_a_stamp_over_another_value_proves_nothing() -> None:
    receipt = sealed()
    found = verdict(with_timestamp(receipt, token_over(b"inna wartosc")))
    assert found.timestamps[0].indication == "FAILED"
    assert found.best_signature_time > now().replace(year=2025)


def test_libxmlsec_still_accepts_what_was_stamped() -> None:
    root = parse_xml(stamped(sealed_alone()))
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    pem = certificate_of(make_pki().seal).public_bytes(Encoding.PEM)
    context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatCertPem)
    context.verify(root[-1])


def test_the_public_check_takes_both_forms_of_a_receipt() -> None:
    receipt = sealed()
    for form in (receipt, stamped(receipt)):
        assert check_receipt(form, {NAME: DOCUMENT}, TRUST, now()).valid


def test_nothing_that_was_sealed_changes() -> None:
    receipt, after = sealed(), b"</xades:SignedProperties>"
    longer = stamped(receipt)
    head, tail = receipt.split(after)
    assert longer.startswith(head + after)
    assert longer.endswith(tail)


@pytest.mark.parametrize(
    "other",
    [
        b"<Pismo/>",
        b"",
        b"<ds:Signature >",
        sealed() + b"\n",
        sealed().replace(b"<ds:KeyInfo>", b"<ds:KeyInfo> "),
    ],
)
def test_what_is_no_seal_of_ours_is_not_stamped(other: bytes) -> None:
    with pytest.raises(CannotStamp):
        value_to_stamp(other)
    with pytest.raises(CannotStamp):
        with_timestamp(other, b"token")


def test_a_seal_is_stamped_once() -> None:
    with pytest.raises(CannotStamp):
        stamped(stamped(sealed()))
