"""The rules of paths, revocation data and past validation, each by itself, over plain facts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from skrytka.core.signatures.algorithms import Family
from skrytka.core.signatures.evidence import TimestampKind
from skrytka.core.signatures.process.archival import validate_signature
from skrytka.core.signatures.process.basic import accept_signature
from skrytka.core.signatures.process.certificates import (
    Context,
    Purpose,
    check_chain_constraints,
    validate_certificate,
)
from skrytka.core.signatures.process.conclusion import Conclusion, doubtful
from skrytka.core.signatures.process.facts import (
    Algorithm,
    CertificateFacts,
    Material,
    RevocationFacts,
    SignatureFacts,
    Status,
    TimestampFacts,
)
from skrytka.core.signatures.process.longterm import deciding
from skrytka.core.signatures.process.past import Signed, validate_past, validate_past_certificate
from skrytka.core.signatures.process.policy import DEFAULT_POLICY, STRICT_POLICY
from skrytka.core.signatures.process.proofs import Proofs
from skrytka.core.signatures.words import SubIndication
from tests.world.pki import AT

_S = SubIndication
_DAY = timedelta(days=1)
_SOUND = Algorithm("sha256", Family.RSA, 2048)
_MD5 = Algorithm("md5", Family.RSA, 2048)
_ROOT = CertificateFacts("root", AT - 99 * _DAY, AT + 99 * _DAY, True, _SOUND, (), True)
_GOOD = RevocationFacts("R", Status.GOOD, AT - _DAY, True, _SOUND, "root")
_SIGNER = CertificateFacts("signer", AT - 50 * _DAY, AT + 50 * _DAY, True, _SOUND, ("root",))


def context(*certificates: CertificateFacts, strict: bool = False) -> Context:
    known = {one.id: one for one in (_ROOT, *certificates)}
    return Context(Material(known), STRICT_POLICY if strict else DEFAULT_POLICY, AT)


def validated(*certificates: CertificateFacts, name: str = "signer") -> Conclusion:
    return validate_certificate(name, context(*certificates), Purpose.SIGNATURE)


def test_a_certificate_taken_on_the_operators_word_needs_no_path() -> None:
    assert validated(name="root").passed


def test_a_policy_may_demand_the_signing_time() -> None:
    signature = SignatureFacts("S", "signer", has_signing_time=False)
    assert accept_signature(signature, context()).passed
    refused = accept_signature(signature, context(strict=True))
    assert refused.sub_indication is _S.SIG_CONSTRAINTS_FAILURE


@pytest.mark.parametrize(
    "issuer",
    [
        CertificateFacts("ca", AT - _DAY, AT + _DAY, True, _SOUND, ("root",), is_ca=False),
        CertificateFacts("ca", AT - _DAY, AT + _DAY, True, _SOUND, ("root",), is_ca=None),
        CertificateFacts(
            "ca", AT - _DAY, AT + _DAY, True, _SOUND, ("root",), constraint_broken=True, is_ca=True
        ),
        CertificateFacts(
            "ca", AT - _DAY, AT + _DAY, True, _SOUND, ("root",), is_ca=True,
            key_usages=frozenset({"digitalSignature"}),
        ),
    ],
)  # fmt: skip
def test_an_issuer_that_may_not_issue_breaks_the_path(issuer: CertificateFacts) -> None:
    below = replace(_SIGNER, chain=("ca", "root"))
    assert validated(below, issuer).sub_indication is _S.CHAIN_CONSTRAINTS_FAILURE


def test_an_issuer_with_no_room_below_it_breaks_the_path() -> None:
    upper = CertificateFacts(
        "upper", AT - _DAY, AT + _DAY, True, _SOUND, ("root",), is_ca=True, path_length=0
    )
    ca = replace(upper, id="ca", chain=("upper", "root"))
    below = replace(_SIGNER, chain=("ca", "upper", "root"))
    assert validated(below, ca, upper).sub_indication is _S.CHAIN_CONSTRAINTS_FAILURE
    assert validated(below, ca, replace(upper, path_length=1)).passed


def test_revocation_data_older_than_the_policy_allows_are_asked_for_anew() -> None:
    policy = replace(DEFAULT_POLICY, freshness=timedelta(hours=1))
    known = replace(_SIGNER, revocations=(_GOOD,))
    asked = replace(context(known), policy=policy)
    result = validate_certificate("signer", asked, Purpose.SIGNATURE)
    assert result.sub_indication is _S.TRY_LATER


def test_revocation_data_signed_by_the_certificate_itself_prove_nothing() -> None:
    own = replace(_SIGNER, revocations=(replace(_GOOD, signer="signer"),))
    assert validated(own).sub_indication is _S.CERTIFICATE_CHAIN_GENERAL_FAILURE


def test_revocation_data_of_an_issuer_that_is_no_anchor_count_while_it_is_in_force() -> None:
    ca = CertificateFacts("ca", AT - 9 * _DAY, AT + _DAY, True, _SOUND, ("root",), is_ca=True)
    below = replace(_SIGNER, chain=("ca", "root"), revocations=(replace(_GOOD, signer="ca"),))
    assert validated(below, ca).passed


def test_of_data_that_do_not_count_the_weak_ones_may_yet_be_proved() -> None:
    weak = replace(_GOOD, algorithm=_MD5)
    lost = replace(_GOOD, id="L", intact=False)
    result = validated(replace(_SIGNER, revocations=(lost, weak)))
    assert result.sub_indication is _S.CRYPTO_CONSTRAINTS_FAILURE_NO_POE


def past(signer: CertificateFacts, since: timedelta, *more: CertificateFacts) -> Conclusion:
    known = context(signer, *more)
    current = validate_certificate("signer", known, Purpose.SIGNATURE)
    proofs = Proofs(AT, {"S": AT - since, "R": AT - since, "signer": AT - since})
    asked = Signed("S", "signer", (_SOUND,), Purpose.SIGNATURE)
    return validate_past(asked, current, known, proofs)


_EXPIRED = replace(_SIGNER, not_after=AT - 10 * _DAY)


def test_a_proof_from_before_the_end_of_the_certificate_cures_it() -> None:
    assert past(_EXPIRED, 20 * _DAY).passed


def test_a_proof_from_after_the_end_of_the_certificate_cures_nothing() -> None:
    assert past(_EXPIRED, 5 * _DAY).sub_indication is _S.OUT_OF_BOUNDS_NO_POE


def test_a_proof_from_before_its_beginning_proves_the_signature_impossible() -> None:
    assert past(_EXPIRED, 60 * _DAY).sub_indication is _S.NOT_YET_VALID


def test_the_past_needs_a_path_too() -> None:
    proofs = Proofs(AT)
    alone = context(replace(_SIGNER, chain=()))
    slid = validate_past_certificate("signer", alone, proofs, Purpose.SIGNATURE)
    assert slid.conclusion.sub_indication is _S.NO_CERTIFICATE_CHAIN_FOUND
    bent = context(replace(_SIGNER, intact=False))
    slid = validate_past_certificate("signer", bent, proofs, Purpose.SIGNATURE)
    assert not slid.conclusion.passed


def test_a_responder_of_the_past_is_validated_in_the_past() -> None:
    responder = CertificateFacts(
        "responder", AT - 50 * _DAY, AT - 15 * _DAY, True, _SOUND, ("root",), exempt=True
    )
    item = replace(_GOOD, signer="responder", this_update=AT - 21 * _DAY)
    signer = replace(_EXPIRED, revocations=(item,))
    assert past(signer, 20 * _DAY, responder).passed


def test_data_of_nobody_known_let_no_time_slide() -> None:
    item = replace(_GOOD, signer="nobody", this_update=AT - 21 * _DAY)
    known = context(replace(_EXPIRED, revocations=(item,)))
    proofs = Proofs(AT, {"signer": AT - 20 * _DAY, "R": AT - 20 * _DAY})
    slid = validate_past_certificate("signer", known, proofs, Purpose.SIGNATURE)
    assert slid.conclusion.sub_indication is _S.NO_POE


def test_a_proof_from_between_the_end_and_a_later_revocation_is_out_of_bounds() -> None:
    revoked = replace(_GOOD, status=Status.REVOKED, revoked_at=AT - 2 * _DAY, this_update=AT - _DAY,
                      cert_hash_match=True)  # fmt: skip
    signer = replace(_EXPIRED, revocations=(revoked,))
    authority = replace(_SIGNER, id="tsa", extended_usages=frozenset({"1.3.6.1.5.5.7.3.8"}))
    token = TimestampFacts(
        "T", TimestampKind.SIGNATURE, AT - 5 * _DAY, "tsa", protects=frozenset({"S"})
    )
    signature = SignatureFacts("S", "signer", timestamps=(token,))
    judged = validate_signature(signature, context(signer, authority))
    assert judged.conclusion.sub_indication is _S.OUT_OF_BOUNDS_NOT_REVOKED


def test_the_innermost_conclusion_decides() -> None:
    inner = doubtful("inner", _S.TRY_LATER, "X", about="a")
    other = doubtful("other", _S.NO_POE, "Y", about="b")
    outer = replace(doubtful("outer", _S.TRY_LATER, "X"), children=(inner, other))
    assert deciding(outer) is inner


def test_a_path_longer_than_any_is_refused() -> None:
    chain = tuple(replace(_SIGNER, id=f"c{number}", is_ca=True) for number in range(12))
    result = check_chain_constraints((*chain, _ROOT), DEFAULT_POLICY, Purpose.SIGNATURE)
    assert result.sub_indication is _S.CHAIN_CONSTRAINTS_FAILURE


def test_a_content_stamp_from_after_the_end_proves_that_it_was_signed_too_late() -> None:
    authority = replace(_SIGNER, id="tsa", extended_usages=frozenset({"1.3.6.1.5.5.7.3.8"}))
    token = TimestampFacts("T", TimestampKind.CONTENT, AT - 5 * _DAY, "tsa")
    signature = SignatureFacts("S", "signer", timestamps=(token,))
    judged = validate_signature(signature, context(_EXPIRED, authority))
    assert judged.conclusion.sub_indication is _S.EXPIRED


def test_an_answer_that_does_not_know_the_certificate_does_not_count() -> None:
    unknown = replace(_SIGNER, revocations=(replace(_GOOD, status=Status.UNKNOWN),))
    assert validated(unknown).sub_indication is _S.CERTIFICATE_CHAIN_GENERAL_FAILURE


def test_data_from_before_the_certificate_was_do_not_count() -> None:
    early = replace(_GOOD, this_update=_SIGNER.not_before - _DAY)
    result = validated(replace(_SIGNER, revocations=(early,)))
    assert result.sub_indication is _S.CERTIFICATE_CHAIN_GENERAL_FAILURE
