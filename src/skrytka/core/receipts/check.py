"""The public verifier of receipts: the command, the page and the sealing protocol all use it.

A receipt is valid when, all together:

1. the file is byte for byte in the form in which receipts are sealed (``FORM``): XML would forgive
   changes that a person should be told of, such as white space inside a tag or a value;
2. its one signature covers the whole receipt and passes as of the given time (``SEAL``);
3. that signature is a seal of an institution, not just anybody's signature (``NOT_A_SEAL``);
4. the sealed content reads as a receipt (``CONTENT``), and the digest of the document that its text
   states is among those that the seal covers (``DIGEST_STATED``);
5. no file handed in differs from what the receipt states (``DOCUMENT``).

An UPD is valid by the same rules, with these differences:

6. one that the system made bears one signature, a seal; with more it is not valid
   (``SIGNED_BY_PERSON``, ``EXTRA_SIGNATURE``);
7. a collected one bears the signature of one person, beside which an office may have put its seal;
   with a seal alone it is not valid (``NOT_BY_ADDRESSEE``). People sign with programs of their own,
   so of the form only this is asked: the signatures stand directly inside the receipt (``FORM``);
8. the files it speaks of are those that its text states.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from skrytka.core.documents.xml import XmlRefused
from skrytka.core.receipts.documents import (
    DocumentCheck,
    DocumentState,
    StatedFile,
    compare_documents,
    stated_by_seal,
    stated_by_text,
)
from skrytka.core.receipts.facts import (
    DeliveryWay,
    NppFacts,
    ReceiptUnreadable,
    SealedFacts,
    UpdFacts,
    UppFacts,
)
from skrytka.core.receipts.findings import CheckCode, CheckReason, finding
from skrytka.core.receipts.npp import KIND as NPP
from skrytka.core.receipts.npp import npp_in
from skrytka.core.receipts.reading import open_receipt
from skrytka.core.receipts.upd import KIND as UPD
from skrytka.core.receipts.upd import upd_in
from skrytka.core.receipts.upd_signatures import Signatories, misplaced_signatures, signatories
from skrytka.core.receipts.upp import KIND as UPP
from skrytka.core.receipts.upp import upp_in
from skrytka.core.signatures.c14n import C14nMethod, CannotCanonicalize, canonicalize_document
from skrytka.core.signatures.canonical import HEADER
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.seal_text import SEALED_ENDING
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import SignatureVerdict, ValidationReport
from skrytka.core.signatures.words import Indication, SignatureKind
from skrytka.core.signatures.xades import validate_by_digest
from skrytka.core.signatures.xmldsig.intake import SignedFile, open_signed_file


class SealedKind(StrEnum):
    UPP = UPP
    UPD = UPD
    NPP = NPP


class Outcome(StrEnum):
    """What may be said in the end; UNVERIFIABLE is never shown as valid."""

    VALID = "VALID"
    INVALID = "INVALID"
    UNVERIFIABLE = "UNVERIFIABLE"


@dataclass(frozen=True)
class ReceiptCheck:
    """The result of checking one receipt. ``facts`` are the sealed ones, or nothing.

    ``seal`` is the institution's; ``signer`` the signature of whoever collected, on an UPD alone.
    """

    outcome: Outcome
    kind: SealedKind | None
    facts: SealedFacts | None
    seal: SignatureVerdict | None
    signer: SignatureVerdict | None
    documents: tuple[DocumentCheck, ...]
    reasons: tuple[CheckReason, ...]
    at: datetime

    @property
    def valid(self) -> bool:
        return self.outcome is Outcome.VALID

    @property
    def way(self) -> DeliveryWay | None:
        """The way of the delivery that an UPD tells of."""
        return self.facts.way if isinstance(self.facts, UpdFacts) else None


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
        not_xml = (finding(CheckCode.NOT_XML),)
        return ReceiptCheck(Outcome.INVALID, None, None, None, None, (), not_xml, at)
    report = validate_by_digest(signed_file, trust=trust, at=at)
    facts = _read(report.payload)
    signed_by = _signatories(facts, report)
    compared = compare_documents(_stated(facts, signed_by.seal), documents)
    reasons = (
        *_form_reasons(receipt, signed_file, facts),
        *_signature_reasons(report, facts),
        *_content_reasons(facts, signed_by.seal),
        *(_differing(item) for item in compared if item.state is DocumentState.DIFFERS),
    )
    return ReceiptCheck(
        outcome=_outcome(reasons, report),
        kind=_kind(facts),
        facts=facts,
        seal=signed_by.seal,
        signer=signed_by.signer,
        documents=compared,
        reasons=reasons,
        at=at,
    )


def _read(payload: bytes | None) -> SealedFacts | None:
    """This will read the facts from the bytes that verification returned, from nothing else."""
    if payload is None:
        return None
    try:
        fields = open_receipt(payload)
        if fields.is_kind(UPD):
            return upd_in(fields)
        return npp_in(fields) if fields.is_kind(NPP) else upp_in(fields)
    except ReceiptUnreadable:
        return None


def _kind(facts: SealedFacts | None) -> SealedKind | None:
    return None if facts is None else _KINDS[type(facts)]


_KINDS: Mapping[type, SealedKind] = {
    UppFacts: SealedKind.UPP,
    UpdFacts: SealedKind.UPD,
    NppFacts: SealedKind.NPP,
}


def _signatories(facts: SealedFacts | None, report: ValidationReport) -> Signatories:
    if isinstance(facts, UpdFacts):
        return signatories(facts.way, report.signatures)
    return Signatories(report.signatures[0] if len(report.signatures) == 1 else None, None)


def _stated(facts: SealedFacts | None, seal: SignatureVerdict | None) -> tuple[StatedFile, ...]:
    if isinstance(facts, UpdFacts):
        return stated_by_text(facts)
    return stated_by_seal(seal.covers if seal else (), facts.attachments if facts else ())


def _form_reasons(
    receipt: bytes, signed_file: SignedFile, facts: SealedFacts | None
) -> tuple[CheckReason, ...]:
    if not signed_file.signatures:
        return ()  # that there is no seal at all is told by itself
    if isinstance(facts, UpdFacts) and facts.way is DeliveryWay.COLLECTED:
        good = all(node.getparent() is signed_file.root for node in signed_file.signatures)
    else:
        good = _is_as_sealed(receipt, signed_file)
    return () if good else (finding(CheckCode.FORM),)


def _is_as_sealed(receipt: bytes, signed_file: SignedFile) -> bool:
    try:
        written = canonicalize_document(signed_file.root, C14nMethod.INCLUSIVE)
    except CannotCanonicalize:
        return False
    ending = SEALED_ENDING.search(written, max(0, written.rfind(b"<ds:Signature ")))
    return receipt == HEADER + written and ending is not None and ending.end() == len(written)


def _signature_reasons(
    report: ValidationReport, facts: SealedFacts | None
) -> tuple[CheckReason, ...]:
    if isinstance(facts, UpdFacts):
        misplaced = misplaced_signatures(facts.way, report.signatures)
        return (*([finding(misplaced)] if misplaced else []), *_failures(report))
    kinds = [verdict.kind for verdict in report.signatures]
    unsealed = kinds != [SignatureKind.SEAL]
    return _failures(report) or ((finding(CheckCode.NOT_A_SEAL),) if unsealed else ())


def _failures(report: ValidationReport) -> tuple[CheckReason, ...]:
    if report.indication is Indication.TOTAL_PASSED:
        return ()
    said = [reason for reason in report.reasons if reason.code not in _SILENT]
    return tuple(CheckReason(CheckCode.SEAL, reason.text) for reason in said)


_SILENT = frozenset({ReasonCode.REVOCATION_UNKNOWN})


def _content_reasons(
    facts: SealedFacts | None, seal: SignatureVerdict | None
) -> tuple[CheckReason, ...]:
    if facts is None:
        return (finding(CheckCode.CONTENT),)
    covered = {cover.sha256 for cover in seal.covers} if seal else set()
    stated = facts.document_sha256
    if isinstance(facts, UppFacts) and stated is not None and stated not in covered:
        return (finding(CheckCode.DIGEST_STATED),)
    return ()


def _differing(item: DocumentCheck) -> CheckReason:
    return CheckReason(CheckCode.DOCUMENT, _DIFFERS.format(name=item.given))


def _outcome(reasons: tuple[CheckReason, ...], report: ValidationReport) -> Outcome:
    if not reasons:
        return Outcome.VALID
    doubtful = all(reason.code in {CheckCode.NOT_A_SEAL, CheckCode.SEAL} for reason in reasons)
    failed = report.indication is Indication.TOTAL_FAILED
    return Outcome.UNVERIFIABLE if doubtful and not failed else Outcome.INVALID
