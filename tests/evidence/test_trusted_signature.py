"""The trusted signature names the person and verifies; anything less is never handed out."""

import pytest

from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.sealing import SealTemplate
from skrytka.core.signatures.words import Indication, SignatureKind
from skrytka.evidence.operations import CannotSeal, SealFault, sign_for_person
from tests.world.evidence import AT, DOCUMENT

ANNA = ClaimedPerson("Anna", "Kowalska", "44051401359", "akowalska")


def test_it_is_a_trusted_signature_of_that_person() -> None:
    signed, report = sign_for_person(DOCUMENT, ANNA, at=AT)
    (verdict,) = report.signatures
    assert report.indication is Indication.TOTAL_PASSED
    assert verdict.kind is SignatureKind.TRUSTED
    assert verdict.person == ANNA
    assert signed.startswith(b"<Pismo>")


def test_a_document_that_is_no_xml_is_refused() -> None:
    with pytest.raises(CannotSeal) as refused:
        sign_for_person(b"Pismo", ANNA, at=AT)
    assert refused.value.reason is SealFault.REFUSED


def test_a_signature_the_verifier_refuses_is_not_handed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    honest = SealTemplate.seal

    def tampered(self: SealTemplate, document: bytes, **given: object) -> bytes:
        return honest(self, document, **given).replace("Proszę".encode(), b"Prosze")  # type: ignore[arg-type] # handed on as given

    monkeypatch.setattr(SealTemplate, "seal", tampered)
    with pytest.raises(CannotSeal) as refused:
        sign_for_person(DOCUMENT, ANNA, at=AT)
    assert refused.value.reason is SealFault.DOES_NOT_VERIFY
