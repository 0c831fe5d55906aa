"""The qualification of a certificate at a time (ETSI TS 119 615 clauses 4.4 and 4.5).

1. Of the services that issued it, those count that were CA/QC and vouched for at that time.
2. Each says whether the certificate is qualified: its qualifiers before the certificate's own word.
3. Each says what for; a service of today must be listed for that purpose.
4. Each says whether the key is in a qualified device, by the rules of the time of issue.
5. Services that disagree leave the question open: the certificate is not taken for qualified.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from skrytka.core.signatures.lists.names import (
    CA_QC,
    FOR_SEALS,
    FOR_SIGNATURES,
    FOR_WEB,
    VOUCHING,
    qualifier,
)
from skrytka.core.signatures.qualification.facts import (
    EIDAS_STARTS_AT,
    CertificateFacts,
    Purpose,
    ServiceFacts,
)

_QCP = "0.4.0.1456.1.2"  # ETSI TS 101 456: qualified, without a device
_QCP_PLUS = "0.4.0.1456.1.1"  # the same with a device
_LISTED_FOR = {
    Purpose.SIGNATURE: FOR_SIGNATURES,
    Purpose.SEAL: FOR_SEALS,
    Purpose.WEB: FOR_WEB,
}
_QUALIFIED_FOR = {
    qualifier("QCForESig"): Purpose.SIGNATURE,
    qualifier("QCForESeal"): Purpose.SEAL,
    qualifier("QCForWSA"): Purpose.WEB,
}
_LEGAL_PERSON = qualifier("QCForLegalPerson")
_STATEMENT = qualifier("QCStatement")
_NOT_QUALIFIED = qualifier("NotQualified")


class _Device(Enum):
    """What a list says of the device that holds the key."""

    YES = "YES"
    NO = "NO"
    AS_IN_CERT = "AS_IN_CERT"


_DEVICES = {
    qualifier("QCWithQSCD"): _Device.YES,
    qualifier("QCQSCDManagedOnBehalf"): _Device.YES,
    qualifier("QCNoQSCD"): _Device.NO,
    qualifier("QCNoSSCD"): _Device.NO,
    qualifier("QCQSCDStatusAsInCert"): _Device.AS_IN_CERT,
}
_OLD_DEVICES = {
    qualifier("QCWithSSCD"): _Device.YES,
    qualifier("QCSSCDStatusAsInCert"): _Device.AS_IN_CERT,
}


@dataclass(frozen=True)
class CertificateQualification:
    """Whether a certificate is qualified, for what, and whether its key is in a device.

    ``conflict``: services of the lists contradict each other, so it is not taken for qualified.
    """

    qualified: bool
    purpose: Purpose
    device: bool
    conflict: bool = False


def qualify_certificate(
    facts: CertificateFacts, services: Sequence[ServiceFacts], time: datetime
) -> CertificateQualification:
    """This will judge a certificate at a time over the states of the services that issued it."""
    vouching = [
        one
        for one in services
        if one.type == CA_QC and one.status in VOUCHING and one.holds_at(time)
    ]
    judged = [_by(service, facts) for service in vouching]
    found = {one for one in judged if one.qualified} or set(judged)
    if len(found) == 1:
        return found.pop()
    purpose = _own_purpose(facts)
    return CertificateQualification(
        qualified=False, purpose=purpose, device=False, conflict=bool(found)
    )


def _by(service: ServiceFacts, facts: CertificateFacts) -> CertificateQualification:
    qualified = _is_qualified(service, facts)
    purpose = _purpose(service, facts) if qualified else _own_purpose(facts)
    if qualified and not _is_listed_for(service, purpose, facts):
        return CertificateQualification(qualified=False, purpose=purpose, device=False)
    device = qualified and _in_device(service, facts)
    return CertificateQualification(qualified=qualified, purpose=purpose, device=device)


def _is_qualified(service: ServiceFacts, facts: CertificateFacts) -> bool:
    """Clause 4.4: a qualifier of the list overrules the certificate; two that clash do not help."""
    stated = _STATEMENT in service.qualifiers
    denied = _NOT_QUALIFIED in service.qualifiers
    if stated or denied:
        return stated and not denied
    if facts.legislations and "EU" not in facts.legislations:
        return False
    if facts.is_older_than_eidas:
        return facts.compliant or bool({_QCP, _QCP_PLUS} & facts.policies)
    return facts.compliant


def _own_purpose(facts: CertificateFacts) -> Purpose:
    """This will read the purpose off the certificate; a compliant one without any is to sign."""
    if len(facts.purposes) == 1:
        return next(iter(facts.purposes))
    by_policy = facts.is_older_than_eidas and bool({_QCP, _QCP_PLUS} & facts.policies)
    if not facts.purposes and (facts.compliant or by_policy):
        return Purpose.SIGNATURE
    return Purpose.UNKNOWN


def _purpose(service: ServiceFacts, facts: CertificateFacts) -> Purpose:
    given = {_QUALIFIED_FOR[one] for one in service.qualifiers if one in _QUALIFIED_FOR}
    if len(given) > 1:
        return Purpose.UNKNOWN
    if given:
        return given.pop()
    if _LEGAL_PERSON in service.qualifiers and facts.is_older_than_eidas:
        return Purpose.SEAL
    return _own_purpose(facts)


def _is_listed_for(service: ServiceFacts, purpose: Purpose, facts: CertificateFacts) -> bool:
    """TS 119 612 clause 5.5.9.4: a service since eIDAS names the purposes it is granted for."""
    listed = set(_LISTED_FOR.values()) & service.purposes
    if service.starts_at < EIDAS_STARTS_AT or facts.is_older_than_eidas or not listed:
        return True
    return purpose is Purpose.UNKNOWN or _LISTED_FOR[purpose] in listed


def _in_device(service: ServiceFacts, facts: CertificateFacts) -> bool:
    """Clause 4.5: a list that gives two different answers about the device gives none."""
    own = facts.device or (facts.is_older_than_eidas and _QCP_PLUS in facts.policies)
    answers = _device_answers(service.qualifiers, facts)
    if len(answers) > 1:
        return False
    answer = answers.pop() if answers else _Device.AS_IN_CERT
    return own if answer is _Device.AS_IN_CERT else answer is _Device.YES


def _device_answers(held: frozenset[str], facts: CertificateFacts) -> set[_Device]:
    """This will return what the qualifiers say; what the old ones promise holds for old only."""
    answers = {_DEVICES[one] for one in held if one in _DEVICES}
    if facts.is_older_than_eidas:
        answers |= {_OLD_DEVICES[one] for one in held if one in _OLD_DEVICES}
    return answers
