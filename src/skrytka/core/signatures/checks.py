"""From evidence, trust and time to a verdict (ETSI EN 319 102-1 §5). Nothing is parsed here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from skrytka.core.signatures.evidence import FileEvidence, RoleState, SignatureEvidence
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.process.policy import DEFAULT_POLICY, ValidationPolicy
from skrytka.core.signatures.proving import Proved, prove
from skrytka.core.signatures.reasons import Reason, ReasonCode
from skrytka.core.signatures.signers import describe_signer, kind_of_certificate
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import SignatureVerdict, ValidationReport
from skrytka.core.signatures.words import Indication, SignatureKind, SubIndication
from skrytka.core.signatures.worth import list_codes, worth_of

_R, _S = ReasonCode, SubIndication

# Proved broken: TOTAL-FAILED. In the order in which the standard looks.
_FAILURES = {
    _R.XML_DOCTYPE: _S.FORMAT_FAILURE,
    _R.XML_SYNTAX: _S.FORMAT_FAILURE,
    _R.XML_ENCODING: _S.FORMAT_FAILURE,
    _R.SIG_STRUCTURE: _S.FORMAT_FAILURE,
    _R.XSW_DUP_ID: _S.FORMAT_FAILURE,
    _R.XSW_NO_CONTENT: _S.FORMAT_FAILURE,
    _R.REF_NULL_URI: _S.FORMAT_FAILURE,
    _R.PROP_DUP: _S.FORMAT_FAILURE,
    _R.CMS_SYNTAX: _S.FORMAT_FAILURE,
    _R.CMS_DUP_ATTR: _S.FORMAT_FAILURE,
    _R.CMS_CONTENT_TYPE: _S.FORMAT_FAILURE,
    _R.ZIP_SYNTAX: _S.FORMAT_FAILURE,
    _R.ZIP_DUP: _S.FORMAT_FAILURE,
    _R.ZIP_NAME: _S.FORMAT_FAILURE,
    _R.ZIP_HEADER: _S.FORMAT_FAILURE,
    _R.ASIC_STRUCTURE: _S.FORMAT_FAILURE,
    _R.PDF_BYTERANGE: _S.FORMAT_FAILURE,
    _R.PDF_FIELD: _S.FORMAT_FAILURE,
    _R.PDF_MDP: _S.FORMAT_FAILURE,
    _R.REF_DIGEST: _S.HASH_FAILURE,
    _R.ASIC_MANIFEST: _S.HASH_FAILURE,
    _R.SIG_VALUE: _S.SIG_CRYPTO_FAILURE,
    _R.ALG_MISMATCH: _S.SIG_CRYPTO_FAILURE,
    _R.CMS_ALG_DISAGREE: _S.SIG_CRYPTO_FAILURE,
    _R.REVOKED: _S.REVOKED,
}
# Cannot be told: INDETERMINATE. Every code but the purely informative ones stands here or above.
_DOUBTS = {
    _R.NO_SIGNATURE: None,
    _R.XML_SIZE: _S.GENERIC,
    _R.XML_DEPTH: _S.GENERIC,
    _R.XML_NODES: _S.GENERIC,
    _R.RES_REFS: _S.GENERIC,
    _R.RES_C14N: _S.GENERIC,
    _R.RES_COUNT: _S.GENERIC,
    _R.ZIP_ENC: _S.GENERIC,
    _R.ZIP_RATIO: _S.GENERIC,
    _R.ZIP_SIZE: _S.GENERIC,
    _R.ZIP_COUNT: _S.GENERIC,
    _R.NOT_ASIC: _S.GENERIC,
    _R.PDF_SYNTAX: _S.GENERIC,
    _R.PDF_ENCRYPTED: _S.GENERIC,
    _R.PDF_LIMIT: _S.GENERIC,
    _R.PDF_COVERAGE_UNCLEAR: _S.GENERIC,
    _R.RES_CPU: _S.GENERIC,
    _R.RES_MEM: _S.GENERIC,
    _R.ENGINE_FAULT: _S.GENERIC,
    _R.XSW_SIGNEDPROPS: _S.SIGNED_DATA_NOT_FOUND,
    _R.XSW_OBJECT: _S.SIGNED_DATA_NOT_FOUND,
    _R.REF_EXTERNAL: _S.SIGNED_DATA_NOT_FOUND,
    _R.REF_NOT_FOUND: _S.SIGNED_DATA_NOT_FOUND,
    _R.TR_UNKNOWN: _S.SIG_CONSTRAINTS_FAILURE,
    _R.TR_XSLT: _S.SIG_CONSTRAINTS_FAILURE,
    _R.TR_COUNT: _S.SIG_CONSTRAINTS_FAILURE,
    _R.TR_FAILED: _S.SIG_CONSTRAINTS_FAILURE,
    _R.ALG_UNKNOWN: _S.CRYPTO_CONSTRAINTS_FAILURE,
    _R.KEY_MISSING: _S.NO_SIGNING_CERTIFICATE_FOUND,
    _R.KEY_RETRIEVAL: _S.NO_SIGNING_CERTIFICATE_FOUND,
    _R.CERT_REF: _S.NO_SIGNING_CERTIFICATE_FOUND,
    _R.NOT_XADES: _S.SIG_CONSTRAINTS_FAILURE,
    _R.XSW_SCOPE: _S.SIG_CONSTRAINTS_FAILURE,
    _R.NOT_CADES: _S.SIG_CONSTRAINTS_FAILURE,
    _R.PDF_MODIFIED: _S.SIG_CONSTRAINTS_FAILURE,
    _R.ASIC_UNCOVERED: _S.SIG_CONSTRAINTS_FAILURE,
    _R.TST_SYNTAX: _S.SIG_CONSTRAINTS_FAILURE,
    _R.TST_IMPRINT: _S.SIG_CONSTRAINTS_FAILURE,
    _R.TST_VALUE: _S.SIG_CONSTRAINTS_FAILURE,
    _R.TST_CERT: _S.SIG_CONSTRAINTS_FAILURE,
    _R.TST_NOT_FOUND: _S.SIG_CONSTRAINTS_FAILURE,
    _R.TST_UNTRUSTED: _S.SIG_CONSTRAINTS_FAILURE,
    _R.TST_ORDER: _S.TIMESTAMP_ORDER_FAILURE,
    _R.TL_UNREADABLE: _S.NO_CERTIFICATE_CHAIN_FOUND,
    _R.CHAIN_NONE: _S.NO_CERTIFICATE_CHAIN_FOUND,
    _R.RES_PATH: _S.NO_CERTIFICATE_CHAIN_FOUND,
    _R.CHAIN_CONSTRAINTS: _S.CHAIN_CONSTRAINTS_FAILURE,
    _R.CHAIN_EXPIRED: _S.OUT_OF_BOUNDS_NO_POE,
    _R.CHAIN_NOT_YET: _S.NOT_YET_VALID,
    _R.REVOKED_NO_POE: _S.REVOKED_NO_POE,
    _R.REVOKED_CA: _S.REVOKED_CA_NO_POE,
    _R.SUSPENDED: _S.TRY_LATER,
    _R.REVOCATION_UNUSABLE: _S.TRY_LATER,
    _R.ALG_WEAK: _S.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
    _R.PZ_AMBIGUOUS: _S.SIG_CONSTRAINTS_FAILURE,
    _R.PZ_UNCONFIRMED: _S.SIG_CONSTRAINTS_FAILURE,
    _R.PZ_NO_PERSON: _S.SIG_CONSTRAINTS_FAILURE,
}
# These inform and change nothing.
INFORMATIVE = frozenset({_R.REVOCATION_UNKNOWN, _R.CMS_ORDER, _R.ASIC_MIMETYPE, _R.TL_EXPIRED})
_S_OF = {**_FAILURES, **_DOUBTS}
_WORST_FIRST = (Indication.TOTAL_FAILED, Indication.INDETERMINATE, Indication.TOTAL_PASSED)


@dataclass(frozen=True)
class _Standing:
    """What trust says about the signer."""

    kind: SignatureKind = SignatureKind.UNKNOWN
    person: ClaimedPerson | None = None
    codes: tuple[ReasonCode, ...] = ()


def conclude_file(
    evidence: FileEvidence,
    trust: TrustStore,
    at: datetime,
    policy: ValidationPolicy = DEFAULT_POLICY,
) -> ValidationReport:
    """This will judge all signatures of a file as of ``at``; the worst one speaks for the file."""
    named = f"{policy.name}/{policy.version}"
    lists = trust.lists.identity if trust.lists else None
    refusal = evidence.refusal or (None if evidence.signatures else ReasonCode.NO_SIGNATURE)
    if refusal is not None:
        indication, sub = _conclusion((refusal,))
        reasons = (Reason.of(refusal),)
        return ValidationReport(indication, sub, (), at, reasons, None, named, lists, trust)
    verdicts = tuple(conclude(signature, trust, at, policy) for signature in evidence.signatures)
    worst = min(verdicts, key=lambda verdict: _rank(verdict.indication))
    own = _conclusion(evidence.security)
    theirs = (worst.indication, worst.sub_indication)
    spoken = min(theirs, own, key=lambda one: _rank(one[0]))
    contents = (signature.content for signature in evidence.signatures if signature.content)
    return ValidationReport(
        indication=spoken[0],
        sub_indication=spoken[1],
        signatures=verdicts,
        at=at,
        reasons=(*map(Reason.of, evidence.security), *worst.reasons),
        content=next(contents, None),
        policy=named,
        trusted_lists=lists,
        trust=trust,
    )


def _rank(indication: Indication) -> int:
    return _WORST_FIRST.index(indication)


def conclude(
    evidence: SignatureEvidence,
    trust: TrustStore,
    at: datetime,
    policy: ValidationPolicy = DEFAULT_POLICY,
) -> SignatureVerdict:
    """This will judge one signature as of ``at``.

    Without a timestamp there is no earlier proof that the signature existed, so the best signature
    time is ``at`` itself (EN 319 102-1 §5.3).
    """
    proved = prove(evidence, trust, at, policy)
    standing = _standing(evidence, trust, proved)
    found = tuple(code for code in evidence.security if not _is_judged_by_date(code, evidence))
    codes = (*found, *standing.codes, *list_codes(evidence, trust, proved, at))
    indication, sub_indication = _conclusion(codes)
    if proved.fault in codes and sub_indication is _S_OF.get(proved.fault):
        indication, sub_indication = proved.verdict or (indication, sub_indication)
    worth = worth_of(evidence, trust, proved, standing.kind, (indication, at))
    certificate = evidence.certificate
    return SignatureVerdict(
        id=evidence.id,
        format=evidence.format,
        level=evidence.level,
        kind=worth.kind,
        indication=indication,
        sub_indication=sub_indication,
        intact=evidence.intact,
        signer=describe_signer(certificate, standing.person) if certificate else None,
        person=standing.person,
        claimed_signing_time=evidence.claimed_signing_time,
        best_signature_time=proved.best,
        qualification=worth.qualification,
        covers=evidence.covers,
        reasons=tuple(Reason.of(code) for code in codes),
        timestamps=proved.timestamps,
        counter_signatures=tuple(
            conclude(one, trust, at, policy) for one in evidence.counter_signatures
        ),
        conclusions=proved.conclusion,
        service=worth.service,
        chain=proved.path if proved.is_anchored else (),
        evidence=evidence,
    )


def _is_judged_by_date(code: ReasonCode, evidence: SignatureEvidence) -> bool:
    return code is ReasonCode.ALG_WEAK and bool(evidence.algorithms)


def _standing(evidence: SignatureEvidence, trust: TrustStore, proved: Proved) -> _Standing:
    certificate = evidence.certificate
    if certificate is None:
        return _Standing()
    fault = proved.fault
    if fault is not None or not evidence.intact or ReasonCode.CERT_REF in evidence.security:
        faults = () if fault is None else (fault,)
        return _Standing(codes=(*faults, *_unconfirmed(evidence)))
    unknown = () if proved.revocation_known else (ReasonCode.REVOCATION_UNKNOWN,)
    if certificate in trust.trusted_profile_seals:
        return _trusted_profile(evidence, unknown)
    kind = kind_of_certificate(certificate, trust)
    return _Standing(kind=kind, codes=(*unknown, *_unconfirmed(evidence)))


def _trusted_profile(evidence: SignatureEvidence, unknown: tuple[ReasonCode, ...]) -> _Standing:
    """The seal of the Trusted Profile is worth as much as the one person it vouches for."""
    if evidence.role.state is RoleState.PERSON:
        return _Standing(SignatureKind.TRUSTED, evidence.role.person, unknown)
    ambiguous = evidence.role.state is RoleState.AMBIGUOUS
    return _Standing(codes=(ReasonCode.PZ_AMBIGUOUS if ambiguous else ReasonCode.PZ_NO_PERSON,))


def _unconfirmed(evidence: SignatureEvidence) -> tuple[ReasonCode, ...]:
    present = evidence.role.state is not RoleState.ABSENT
    return (ReasonCode.PZ_UNCONFIRMED,) if present else ()


def _conclusion(codes: Iterable[ReasonCode]) -> tuple[Indication, SubIndication | None]:
    found = frozenset(codes) - INFORMATIVE
    if not found:
        return Indication.TOTAL_PASSED, None
    for code, failure in _FAILURES.items():
        if code in found:
            return Indication.TOTAL_FAILED, failure
    return Indication.INDETERMINATE, next(_DOUBTS[code] for code in _DOUBTS if code in found)
