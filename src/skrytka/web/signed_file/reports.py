"""What the verifier says of a signed file, for the person who brought it."""

from django.utils.translation import gettext as _

from skrytka.core.signatures.verdict import SignatureVerdict, ValidationReport
from skrytka.ui import signing_texts


def reasons_in(report: ValidationReport | None) -> tuple[str, ...]:
    """This will list what the verifier found wrong, one sentence each and none twice."""
    if report is None:
        return ()
    found = [*report.reasons]
    for verdict in report.signatures:
        found += verdict.reasons
    return tuple(dict.fromkeys(_(reason.text) for reason in found))


def expired_text(report: ValidationReport | None) -> str:
    """This will tell when the certificate of the signature ended (S-CERT)."""
    ends = [verdict.signer.valid_until for verdict in _signed(report) if verdict.signer]
    return signing_texts.expired_text(min(ends, default=None))


def _signed(report: ValidationReport | None) -> tuple[SignatureVerdict, ...]:
    return report.signatures if report else ()
