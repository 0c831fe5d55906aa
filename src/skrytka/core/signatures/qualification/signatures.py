"""The qualification of a signature (ETSI TS 119 615 clause 4.6) and its kind in law."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from skrytka.core.signatures.qualification.certificates import (
    CertificateQualification,
    qualify_certificate,
)
from skrytka.core.signatures.qualification.facts import CertificateFacts, Purpose, ServiceFacts
from skrytka.core.signatures.words import Indication, Qualification, SignatureKind

_Q = Qualification
# (purpose, qualified, device) of a sound signature's certificate
_SOUND = {
    (Purpose.SIGNATURE, True, True): _Q.QESIG,
    (Purpose.SIGNATURE, True, False): _Q.ADESIG_QC,
    (Purpose.SIGNATURE, False, False): _Q.ADESIG,
    (Purpose.SEAL, True, True): _Q.QESEAL,
    (Purpose.SEAL, True, False): _Q.ADESEAL_QC,
    (Purpose.SEAL, False, False): _Q.ADESEAL,
    (Purpose.UNKNOWN, True, True): _Q.UNKNOWN_QC_QSCD,
    (Purpose.UNKNOWN, True, False): _Q.UNKNOWN_QC,
    (Purpose.UNKNOWN, False, False): _Q.UNKNOWN,
}
_FAILED = {
    (True, True): _Q.NOT_ADES_QC_QSCD,
    (True, False): _Q.NOT_ADES_QC,
    (False, False): _Q.NOT_ADES,
}
_SEALS = frozenset({_Q.QESEAL, _Q.ADESEAL_QC, _Q.ADESEAL})


@dataclass(frozen=True)
class SignatureTimes:
    """When the signature existed at the latest, and when it is judged."""

    best_signature_time: datetime
    validated_at: datetime


@dataclass(frozen=True)
class QualificationResult:
    """The certificate at its issue, at the signature, at validation; the signature over them."""

    at_issue: CertificateQualification
    at_signing: CertificateQualification
    at_validation: CertificateQualification
    signature: Qualification


def qualify(
    facts: CertificateFacts,
    services: Sequence[ServiceFacts],
    indication: Indication,
    times: SignatureTimes,
) -> QualificationResult:
    """This will judge a signature; with no service of a list there is nothing to judge by: N/A."""
    moments = (facts.issued_at, times.best_signature_time, times.validated_at)
    at_issue, at_signing, at_validation = (
        qualify_certificate(facts, services, moment) for moment in moments
    )
    signature = qualify_signature(at_issue, at_signing, indication)
    return QualificationResult(
        at_issue, at_signing, at_validation, signature if services else _Q.NOT_APPLICABLE
    )


def qualify_signature(
    at_issue: CertificateQualification,
    at_signing: CertificateQualification,
    indication: Indication,
) -> Qualification:
    """This will join the certificate's two moments with the validation's main indication.

    The certificate must have been qualified when it was issued and when the signature was made;
    the device counts as of the signature. A purpose that changed in between is unknown.
    """
    qualified = at_issue.qualified and at_signing.qualified
    device = qualified and at_signing.device
    purpose = at_signing.purpose if at_issue.purpose is at_signing.purpose else Purpose.UNKNOWN
    if purpose is Purpose.WEB:  # such a certificate neither signs nor seals, whatever it is worth
        return _Q.NOT_ADES
    if indication is Indication.TOTAL_FAILED:
        return _FAILED[qualified, device]
    sound = _SOUND[purpose, qualified, device]
    if indication is Indication.INDETERMINATE:
        return Qualification(f"INDETERMINATE-{sound.value}")
    return sound


def kind_of(qualification: Qualification, otherwise: SignatureKind) -> SignatureKind:
    """This will tell the kind of a signature by its qualification.

    What is open about a signature does not change its kind, so INDETERMINATE forms count as their
    sound ones. ``otherwise`` (as personal or institution seal, told from the certificate) stands
    for what the lists do not decide; it never becomes QUALIFIED against them.
    """
    sound = sound_form(qualification)
    if sound is _Q.PPZP:
        return SignatureKind.TRUSTED
    if sound is _Q.QESIG:
        return SignatureKind.QUALIFIED
    if sound in _SEALS:
        return SignatureKind.SEAL
    if otherwise is SignatureKind.QUALIFIED:
        return SignatureKind.ADVANCED
    return otherwise


def sound_form(qualification: Qualification) -> Qualification:
    """This will return what a qualification is once all that is open turns out well."""
    return Qualification(qualification.value.removeprefix("INDETERMINATE-"))
