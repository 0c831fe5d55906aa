"""The institution's seal on a letter it sends: the act of the institution, not of a person.

An electronic seal vouches for origin and integrity (eIDAS art. 3 pt 25 and art. 35); the key is
that of the institution's receipts, the reference is that of a letter.
"""

from datetime import datetime

from skrytka.core.signatures.sealing import CannotSeal as CannotFillTemplate
from skrytka.core.signatures.sealing import SealShape
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.core.signatures.words import Indication
from skrytka.evidence.operations.seals import CannotSeal, SealFault, seal_template
from skrytka.evidence.queries.vetting import validate_here
from skrytka.gateways.seal import SealPurpose


def seal_for_institution(document: bytes, *, at: datetime) -> tuple[bytes, ValidationReport]:
    """This will return the document under the institution's seal, and what the verifier says of it.

    Raises CannotSeal when the key does not serve or the own verifier does not accept the result.
    """
    template = seal_template(SealPurpose.RECEIPT, at, SealShape.LETTER)
    try:
        sealed = template.seal(document, signing_time=at, references=(), role=None)
    except CannotFillTemplate as error:
        raise CannotSeal(SealFault.REFUSED, error.fault) from error
    report = validate_here(sealed, at=at)
    if report.indication is not Indication.TOTAL_PASSED:
        raise CannotSeal(SealFault.DOES_NOT_VERIFY, report.indication)
    return sealed, report
