"""From evidence and trust to the plain facts of the processes: paths, revocation, time-stamps."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from cryptography import x509

from skrytka.core.signatures.certificates import UNREADABLE
from skrytka.core.signatures.cms.revocations import unwrapped
from skrytka.core.signatures.evidence import AlgorithmUse, SignatureEvidence, TimestampEvidence
from skrytka.core.signatures.lists.anchors import FOR_STAMPS, is_anchor
from skrytka.core.signatures.paths import build_path
from skrytka.core.signatures.process.conclusion import Outcome
from skrytka.core.signatures.process.facts import (
    Algorithm,
    CertificateFacts,
    Finding,
    Material,
    RevocationFacts,
    SignatureFacts,
    TimestampFacts,
)
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.revocation.keys import algorithm_of, digest_in, name_of
from skrytka.core.signatures.revocation.lists import read_list
from skrytka.core.signatures.revocation.responses import read_response
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.words import SubIndication

OPERATOR = "operator"
_NO_REV_AVAIL = x509.ObjectIdentifier("2.5.29.56")
_SHORT_TERM = x509.ObjectIdentifier("0.4.0.194121.2.1")
_MOST_DATA = 512
_USAGES = (
    ("digital_signature", "digitalSignature"),
    ("content_commitment", "nonRepudiation"),
    ("key_cert_sign", "keyCertSign"),
)
# The operator's word stands above every certificate he gave, so that these are judged by time too.
_WORD = CertificateFacts(
    id=OPERATOR,
    not_before=datetime.min.replace(tzinfo=UTC),
    not_after=datetime.max.replace(tzinfo=UTC),
    intact=True,
    algorithm=Algorithm(),
    is_trust_anchor=True,
    is_ca=True,
)

_NOT_GRANTED = Finding(
    Outcome.INDETERMINATE, SubIndication.NO_CERTIFICATE_CHAIN_FOUND, ReasonCode.TST_UNTRUSTED.value
)


@dataclass
class Gathering:
    """Collects the facts of all certificates that are met on the way."""

    trust: TrustStore
    at: datetime
    pool: tuple[x509.Certificate, ...]
    crls: tuple[bytes, ...]
    ocsps: tuple[bytes, ...]
    found: dict[str, CertificateFacts] = field(default_factory=lambda: {OPERATOR: _WORD})
    ends: dict[str, x509.Certificate] = field(default_factory=dict)

    def add(self, certificate: x509.Certificate, *, stamps: bool = False) -> str:
        """This will take in a certificate with its path, and return its name."""
        name = name_of(certificate)
        if name not in self.found:
            result = build_path(certificate, self.pool, self.trust, self.at, stamps=stamps)
            self._add_path(result.path or (certificate,), complete=result.complete)
            if result.complete:
                self.ends[name] = result.path[-1]
        return name

    def material(self) -> Material:
        return Material(self.found)

    def stamped_in_time(self, name: str, time: datetime) -> bool:
        """This will tell whether the listed service behind a token was granted when it stamped."""
        lists, end = self.trust.lists, self.ends.get(name)
        if lists is None or end is None or self.trust.vouches_for(end):
            return True
        return is_anchor(lists, end, FOR_STAMPS, time)

    def _add_path(self, path: tuple[x509.Certificate, ...], *, complete: bool) -> None:
        names = tuple(name_of(one) for one in path)
        end = (OPERATOR,) if complete else ()
        for place, certificate in enumerate(path):
            issuer = path[place + 1] if place + 1 < len(path) else None
            if names[place] not in self.found:
                facts = certificate_facts(certificate, issuer, (*names[place + 1 :], *end))
                self.found[names[place]] = facts
                self._add_revocations(certificate, issuer)

    def _add_revocations(self, about: x509.Certificate, issuer: x509.Certificate | None) -> None:
        if issuer is None:
            return
        name = name_of(about)
        lists = (read_list(one, about, issuer) for one in self.crls)
        known: list[RevocationFacts] = [one for one in lists if one is not None]
        for data in self.ocsps:
            answer = read_response(data, about, issuer)
            if answer is not None:
                known.append(answer.facts)
                if answer.responder != issuer:
                    self._add_path((answer.responder, issuer), complete=False)
                    self._complete(answer.responder, name)
        self.found[name] = replace(self.found[name], revocations=tuple(known))

    def _complete(self, responder: x509.Certificate, about: str) -> None:
        """A delegated responder has the path of the issuer that delegated to it."""
        own = name_of(responder)
        self.found[own] = replace(self.found[own], chain=self.found[about].chain)


def gather(
    evidence: SignatureEvidence, trust: TrustStore, at: datetime
) -> tuple[SignatureFacts, Material]:
    """This will turn a decoded signature into facts, with everything that came with it."""
    tokens = evidence.timestamps
    crls = (*evidence.crls, *(one for token in tokens for one in token.crls), *trust.crls)
    at_hand = filter(None, map(unwrapped, trust.ocsps))
    ocsps = (*evidence.ocsps, *(one for token in tokens for one in token.ocsps), *at_hand)
    pool = (*evidence.pool, *(one for token in tokens for one in token.pool))
    unique = tuple(dict.fromkeys(crls))[:_MOST_DATA], tuple(dict.fromkeys(ocsps))[:_MOST_DATA]
    gathering = Gathering(trust, at, tuple(dict.fromkeys(pool)), *unique)
    facts = SignatureFacts(
        id=evidence.value_sha256,
        certificate=gathering.add(evidence.certificate) if evidence.certificate else None,
        algorithms=algorithms_of(evidence.algorithms),
        timestamps=tuple(_token(one, gathering) for one in tokens if one.time is not None),
    )
    return facts, gathering.material()


def algorithms_of(uses: tuple[AlgorithmUse, ...]) -> tuple[Algorithm, ...]:
    return tuple(Algorithm(one.digest, one.family, one.key_bits) for one in uses)


def certificate_facts(
    certificate: x509.Certificate, issuer: x509.Certificate | None, chain: tuple[str, ...]
) -> CertificateFacts:
    """This will describe a certificate whose path was verified; an anchor's own value is moot."""
    oid, digest = certificate.signature_algorithm_oid, digest_in(certificate)
    facts = CertificateFacts(
        id=name_of(certificate),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        intact=True,
        algorithm=Algorithm() if issuer is None else algorithm_of(oid, digest, issuer),
        chain=chain,
    )
    try:
        return _with_extensions(facts, certificate.extensions)
    except UNREADABLE:
        return replace(facts, constraint_broken=True)


def _with_extensions(facts: CertificateFacts, extensions: x509.Extensions) -> CertificateFacts:
    for extension in extensions:
        value = extension.value
        if isinstance(value, x509.KeyUsage):
            names = frozenset(name for own, name in _USAGES if getattr(value, own))
            facts = replace(facts, key_usages=names)
        elif isinstance(value, x509.ExtendedKeyUsage):
            facts = replace(facts, extended_usages=frozenset(one.dotted_string for one in value))
        elif isinstance(value, x509.BasicConstraints):
            facts = replace(facts, is_ca=value.ca)
        elif isinstance(value, x509.OCSPNoCheck) or extension.oid in {_NO_REV_AVAIL, _SHORT_TERM}:
            facts = replace(facts, exempt=True)
    return facts


def _token(token: TimestampEvidence, gathering: Gathering) -> TimestampFacts:
    name = gathering.add(token.certificate, stamps=True) if token.certificate else None
    time = token.time or gathering.at
    late = [] if name is None or gathering.stamped_in_time(name, time) else [_NOT_GRANTED]
    return TimestampFacts(
        id=token.sha256,
        kind=token.kind,
        time=time,
        certificate=name,
        algorithms=algorithms_of(token.algorithms),
        findings=(*_token_findings(token), *late),
        protects=token.protects,
    )


def _token_findings(token: TimestampEvidence) -> list[Finding]:
    found = []
    if not token.imprint_found:
        sub = SubIndication.SIGNED_DATA_NOT_FOUND
        found.append(Finding(Outcome.INDETERMINATE, sub, "TST-NOT-FOUND"))
    elif not token.imprint_intact:
        found.append(Finding(Outcome.FAILED, SubIndication.HASH_FAILURE, "TST-IMPRINT"))
    if not token.intact:
        found.append(Finding(Outcome.FAILED, SubIndication.SIG_CRYPTO_FAILURE, "TST-VALUE"))
    sub = SubIndication.SIG_CONSTRAINTS_FAILURE
    harmful = (code for code in token.security if code is not ReasonCode.CMS_ORDER)
    found += [Finding(Outcome.INDETERMINATE, sub, code.value) for code in harmful]
    if token.time and token.certificate and not _in_force(token.certificate, token.time):
        found.append(Finding(Outcome.INDETERMINATE, sub, ReasonCode.TST_CERT.value))
    return found


def _in_force(certificate: x509.Certificate, time: datetime) -> bool:
    """A unit does not stamp before it has a certificate, nor after."""
    return certificate.not_valid_before_utc <= time <= certificate.not_valid_after_utc
