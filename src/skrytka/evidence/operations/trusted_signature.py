"""The trusted signature: this installation's seal over a document, with the person in its role.

As Profil Zaufany does it (ustawa o informatyzacji, art. 3 pkt 14a), but under the seal of this
installation, and named so.
"""

from datetime import datetime

from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.sealing import CannotSeal as CannotFillTemplate
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.core.signatures.words import Indication, SignatureKind
from skrytka.evidence.operations.seals import CannotSeal, SealFault, seal_template
from skrytka.evidence.queries.vetting import validate_here
from skrytka.gateways.seal import SealPurpose


def sign_for_person(
    document: bytes, person: ClaimedPerson, *, at: datetime
) -> tuple[bytes, ValidationReport]:
    """This will return the document with a trusted signature, and what the verifier says of it.

    Raises CannotSeal when the keys do not serve or the own verifier does not accept the result.
    """
    template = seal_template(SealPurpose.TRUSTED_PROFILE, at)
    try:
        signed = template.seal(document, signing_time=at, references=(), role=person)
    except CannotFillTemplate as error:
        raise CannotSeal(SealFault.REFUSED, error.fault) from error
    report = validate_here(signed, at=at)
    if report.indication is not Indication.TOTAL_PASSED or not _is_trusted(report):
        raise CannotSeal(SealFault.DOES_NOT_VERIFY, report.indication)
    return signed, report


def _is_trusted(report: ValidationReport) -> bool:
    return [verdict.kind for verdict in report.signatures] == [SignatureKind.TRUSTED]
