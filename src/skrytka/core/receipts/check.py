"""The public verifier of receipts: the command, the page and the sealing protocol all use it.

A receipt is valid when, all together:

1. the file is byte for byte in the form in which receipts are sealed (``FORM``): XML would forgive
   changes that a person should be told of, such as white space inside a tag or a value;
2. its one signature covers the whole receipt and passes as of the given time (``SEAL``);
3. that signature is a seal of an institution, not just anybody's signature (``NOT_A_SEAL``);
4. the sealed content reads as a receipt (``CONTENT``), and the digest of the document that its text
   states is among those that the seal covers (``DIGEST_STATED``);
5. no file handed in differs from what the receipt states (``DOCUMENT``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from skrytka.core.documents.xml import XmlRefused
from skrytka.core.receipts.documents import (
    DocumentCheck,
    DocumentState,
    compare_documents,
)
from skrytka.core.receipts.facts import NppFacts, ReceiptUnreadable, UppFacts
from skrytka.core.receipts.npp import KIND as NPP
from skrytka.core.receipts.npp import npp_in
from skrytka.core.receipts.reading import open_receipt
from skrytka.core.receipts.upp import KIND as UPP
from skrytka.core.receipts.upp import upp_in
from skrytka.core.signatures.c14n import C14nMethod, CannotCanonicalize, canonicalize_document
from skrytka.core.signatures.canonical import HEADER
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.seal_text import SEALED_ENDING
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import (
    Indication,
    SignatureKind,
    SignatureVerdict,
    ValidationReport,
)
from skrytka.core.signatures.xades import validate_by_digest
from skrytka.core.signatures.xmldsig.intake import SignedFile, open_signed_file


class SealedKind(StrEnum):
    UPP = UPP
    NPP = NPP


class Outcome(StrEnum):
    """What may be said in the end; UNVERIFIABLE is never shown as valid."""

    VALID = "VALID"
    INVALID = "INVALID"
    UNVERIFIABLE = "UNVERIFIABLE"


class CheckCode(StrEnum):
    NOT_XML = "NOT_XML"
    FORM = "FORM"
    SEAL = "SEAL"
    NOT_A_SEAL = "NOT_A_SEAL"
    CONTENT = "CONTENT"
    DIGEST_STATED = "DIGEST_STATED"
    DOCUMENT = "DOCUMENT"


@dataclass(frozen=True)
class CheckReason:
    """A finding against the receipt: its code and the sentence for a person."""

    code: CheckCode
    text: str


@dataclass(frozen=True)
class ReceiptCheck:
    """The result of checking one receipt. ``facts`` are the sealed ones, or nothing."""

    outcome: Outcome
    kind: SealedKind | None
    facts: UppFacts | NppFacts | None
    seal: SignatureVerdict | None
    documents: tuple[DocumentCheck, ...]
    reasons: tuple[CheckReason, ...]
    at: datetime

    @property
    def valid(self) -> bool:
        return self.outcome is Outcome.VALID


_TEXTS = {
    CheckCode.NOT_XML: "To nie jest plik UPO w formacie XML.",
    CheckCode.FORM: "Zapis pliku różni się od postaci, w jakiej wystawiamy poświadczenia.",
    CheckCode.NOT_A_SEAL: "Poświadczenia nie opatrzono pieczęcią instytucji.",
    CheckCode.CONTENT: "Plik nie zawiera urzędowego poświadczenia, które umiemy odczytać.",
    CheckCode.DIGEST_STATED: "Skrót dokumentu w treści poświadczenia nie zgadza się z pieczęcią.",
}
_DIFFERS = "Plik „{name}” różni się od tego, którego dotyczy poświadczenie."


def check_receipt(
    receipt: bytes,
    documents: Mapping[str, bytes | str],
    trust: TrustStore,
    at: datetime,
) -> ReceiptCheck:
    """This will check a receipt as of ``at``, with the files it speaks of where they are given.

    ``documents`` maps names to bytes, or to SHA-256 in hex; a file not given is told as such and
    does not spoil the receipt, a file that differs does. Needs no server, no clock, no network.
    """
    try:
        signed_file = open_signed_file(receipt)
    except XmlRefused:
        not_xml = (_reason(CheckCode.NOT_XML),)
        return ReceiptCheck(Outcome.INVALID, None, None, None, (), not_xml, at)
    report = validate_by_digest(signed_file, trust=trust, at=at)
    facts = _read(report.payload)
    seal = report.signatures[0] if len(report.signatures) == 1 else None
    compared = compare_documents(
        seal.covers if seal else (), facts.attachments if facts else (), documents
    )
    reasons = (
        *_form_reasons(receipt, signed_file),
        *_seal_reasons(report, seal),
        *_content_reasons(facts, seal),
        *(_differing(item) for item in compared if item.state is DocumentState.DIFFERS),
    )
    return ReceiptCheck(
        outcome=_outcome(reasons, report),
        kind=_kind(facts),
        facts=facts,
        seal=seal,
        documents=compared,
        reasons=reasons,
        at=at,
    )


def _read(payload: bytes | None) -> UppFacts | NppFacts | None:
    """This will read the facts from the bytes that verification returned, from nothing else."""
    if payload is None:
        return None
    try:
        fields = open_receipt(payload)
        return npp_in(fields) if fields.is_kind(NPP) else upp_in(fields)
    except ReceiptUnreadable:
        return None


def _kind(facts: UppFacts | NppFacts | None) -> SealedKind | None:
    if facts is None:
        return None
    return SealedKind.UPP if isinstance(facts, UppFacts) else SealedKind.NPP


def _form_reasons(receipt: bytes, signed_file: SignedFile) -> tuple[CheckReason, ...]:
    if not signed_file.signatures:
        return ()  # that there is no seal at all is told by itself
    try:
        written = canonicalize_document(signed_file.root, C14nMethod.INCLUSIVE)
    except CannotCanonicalize:
        return (_reason(CheckCode.FORM),)
    ending = SEALED_ENDING.search(written, max(0, written.rfind(b"<ds:Signature ")))
    exact = receipt == HEADER + written and ending is not None and ending.end() == len(written)
    return () if exact else (_reason(CheckCode.FORM),)


def _seal_reasons(
    report: ValidationReport, seal: SignatureVerdict | None
) -> tuple[CheckReason, ...]:
    if report.indication is not Indication.TOTAL_PASSED:
        said = [reason for reason in report.reasons if reason.code not in _SILENT]
        return tuple(CheckReason(CheckCode.SEAL, reason.text) for reason in said)
    if seal is None or seal.kind is not SignatureKind.SEAL:
        return (_reason(CheckCode.NOT_A_SEAL),)
    return ()


_SILENT = frozenset({ReasonCode.REVOCATION_UNKNOWN})


def _content_reasons(
    facts: UppFacts | NppFacts | None, seal: SignatureVerdict | None
) -> tuple[CheckReason, ...]:
    if facts is None:
        return (_reason(CheckCode.CONTENT),)
    covered = {cover.sha256 for cover in seal.covers} if seal else set()
    stated = facts.document_sha256
    if isinstance(facts, UppFacts) and stated is not None and stated not in covered:
        return (_reason(CheckCode.DIGEST_STATED),)
    return ()


def _differing(item: DocumentCheck) -> CheckReason:
    return CheckReason(CheckCode.DOCUMENT, _DIFFERS.format(name=item.given))


def _reason(code: CheckCode) -> CheckReason:
    return CheckReason(code, _TEXTS[code])


def _outcome(reasons: tuple[CheckReason, ...], report: ValidationReport) -> Outcome:
    if not reasons:
        return Outcome.VALID
    doubtful = all(reason.code in {CheckCode.NOT_A_SEAL, CheckCode.SEAL} for reason in reasons)
    failed = report.indication is Indication.TOTAL_FAILED
    return Outcome.UNVERIFIABLE if doubtful and not failed else Outcome.INVALID
