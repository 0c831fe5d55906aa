"""The institution's seal on a letter it sends: the act of the institution, not of a person.

An electronic seal vouches for origin and integrity (eIDAS art. 3 pt 25 and art. 35); the key is
that of the institution's receipts, the reference is that of a letter.
"""

from dataclasses import dataclass
from datetime import date, datetime

from skrytka.core.signatures.sealing import CannotSeal as CannotFillTemplate
from skrytka.core.signatures.sealing import SealShape, SealTemplate
from skrytka.core.signatures.verdict import Indication, ValidationReport
from skrytka.core.signatures.xades import validate_xades
from skrytka.evidence.operations.seals import CannotSeal, SealFault
from skrytka.gateways.installed import installed
from skrytka.gateways.seal import SealKeys, SealKeysUnusableError, SealPurpose


def seal_for_institution(document: bytes, *, at: datetime) -> tuple[bytes, ValidationReport]:
    """This will return the document under the institution's seal, and what the verifier says of it.

    Raises CannotSeal when the key does not serve or the own verifier does not accept the result.
    """
    template = _letter_template(at)
    try:
        sealed = template.seal(document, signing_time=at, references=(), role=None)
    except CannotFillTemplate as error:
        raise CannotSeal(SealFault.REFUSED, error.fault) from error
    report = validate_xades(sealed, detached={}, trust=installed().seal_keys.trust(), at=at)
    if report.indication is not Indication.TOTAL_PASSED:
        raise CannotSeal(SealFault.DOES_NOT_VERIFY, report.indication)
    return sealed, report


def _letter_template(at: datetime) -> SealTemplate:
    """Prepared once a day, as those of the receipts are: an expired certificate is told at once."""
    keys = installed().seal_keys
    known = _PREPARED.get(keys)
    if known is not None and known.day == at.date():
        return known.template
    try:
        template = SealTemplate(keys.key(SealPurpose.RECEIPT), at, SealShape.LETTER)
    except SealKeysUnusableError as error:
        raise CannotSeal(SealFault.KEYS, str(error)) from error
    except CannotFillTemplate as error:
        raise CannotSeal(SealFault.REFUSED, error.fault) from error
    _PREPARED[keys] = _Prepared(at.date(), template)
    return template


@dataclass(frozen=True)
class _Prepared:
    day: date
    template: SealTemplate


_PREPARED: dict[SealKeys, _Prepared] = {}
