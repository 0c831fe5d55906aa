"""What a signature is worth in law, on the word of trusted lists (ETSI TS 119 615)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID

from skrytka.core.signatures.evidence import SignatureEvidence
from skrytka.core.signatures.lists.listed import ListedService, ListedServices
from skrytka.core.signatures.lists.query import service_used
from skrytka.core.signatures.proving import Proved
from skrytka.core.signatures.qualification.assess import assess
from skrytka.core.signatures.qualification.signatures import SignatureTimes, kind_of
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.signers import kind_of_certificate
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.words import Indication, Qualification, SignatureKind

_LISTS_NAME = {"GR": "EL", "GB": "UK"}  # TS 119 612 §5.3.10 and Annex C
_POLAND = "PL"


@dataclass(frozen=True)
class Worth:
    """The kind of a signature and its qualification, and the listed service that says so."""

    kind: SignatureKind
    qualification: Qualification = Qualification.NOT_APPLICABLE
    service: ListedService | None = None


def weigh(
    path: Sequence[x509.Certificate],
    lists: ListedServices,
    kind: SignatureKind,
    indication: Indication,
    times: SignatureTimes,
) -> Worth:
    """This will judge a signature with its ``path``; ``kind`` is what it seems without lists.

    A certificate that no list knows is never qualified, whatever it says of itself.
    """
    service = service_used(lists, path, times.best_signature_time)
    qualification = assess(path, lists, indication, times).signature
    return Worth(kind_of(qualification, _seeming(kind, service)), qualification, service)


def worth_of(
    evidence: SignatureEvidence,
    trust: TrustStore,
    proved: Proved,
    seeming: SignatureKind,
    judged: tuple[Indication, datetime],
) -> Worth:
    """This will weigh a signature when there are lists to weigh it by; ``judged``: as what, when.

    The Trusted Profile is not for lists, nor a certificate that is not bound to the signature. A
    seal that the operator trusts by itself has no issuer on its path, so no list speaks of it.
    """
    if seeming is SignatureKind.TRUSTED:
        return Worth(seeming, Qualification.PPZP)
    bound = evidence.intact and ReasonCode.CERT_REF not in evidence.security
    if trust.lists is None or not proved.path or not bound:
        return Worth(seeming)
    indication, at = judged
    open_yet = seeming is SignatureKind.UNKNOWN and indication is Indication.INDETERMINATE
    kind = kind_of_certificate(proved.path[0], trust) if open_yet else seeming
    worth = weigh(proved.path, trust.lists, kind, indication, SignatureTimes(proved.best, at))
    return worth if worth.service else Worth(kind_of(worth.qualification, seeming))


def list_codes(
    evidence: SignatureEvidence, trust: TrustStore, proved: Proved, at: datetime
) -> tuple[ReasonCode, ...]:
    """This will tell when the list that decides is out of date, or when it is not there at all."""
    lists = trust.lists
    if lists is None or evidence.certificate is None:
        return ()
    if proved.fault is ReasonCode.CHAIN_NONE:
        missing = _country(evidence.certificate) in lists.identity.missing
        return (ReasonCode.TL_UNREADABLE,) if missing else ()
    service = service_used(lists, proved.path, proved.best)
    edition = lists.identity.edition(service.territory) if service else None
    stale = edition is not None and edition.is_stale_at(at)
    return (ReasonCode.TL_EXPIRED,) if stale else ()


def _seeming(kind: SignatureKind, service: ListedService | None) -> SignatureKind:
    """Only a Polish authority issues the certificates of the Polish identity card."""
    abroad = service is not None and service.territory != _POLAND
    return SignatureKind.ADVANCED if kind is SignatureKind.PERSONAL and abroad else kind


def _country(certificate: x509.Certificate) -> str:
    found = certificate.issuer.get_attributes_for_oid(NameOID.COUNTRY_NAME)
    code = str(found[0].value).upper() if found else ""
    return _LISTS_NAME.get(code, code)
