"""Whatever the facts, there is a conclusion; and a defect more never makes a signature better."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from skrytka.core.signatures.algorithms import Family
from skrytka.core.signatures.evidence import TimestampKind
from skrytka.core.signatures.process.archival import Judged, validate_signature
from skrytka.core.signatures.process.certificates import Context
from skrytka.core.signatures.process.conclusion import Outcome
from skrytka.core.signatures.process.facts import (
    Algorithm,
    CertificateFacts,
    Finding,
    Material,
    RevocationFacts,
    SignatureFacts,
    Status,
    TimestampFacts,
)
from skrytka.core.signatures.process.policy import DEFAULT_POLICY, STRICT_POLICY
from skrytka.core.signatures.words import SubIndication
from tests.world.pki import AT

_DAY = timedelta(days=1)
_SOUND = Algorithm("sha256", Family.RSA, 2048)
_MD5 = Algorithm("md5", Family.RSA, 2048)


@st.composite
def certificates(draw: st.DrawFn, name: str, chain: tuple[str, ...]) -> CertificateFacts:
    days = st.integers(-40, 40)
    start = draw(st.integers(-40, 0))
    revocation = RevocationFacts(
        id=f"R-{name}",
        status=draw(st.sampled_from(Status)),
        this_update=AT + draw(days) * _DAY,
        intact=draw(st.booleans()),
        algorithm=draw(st.sampled_from([_SOUND, _MD5])),
        signer=draw(st.sampled_from(["root", "ca", "signer", "tsa", None, "unknown"])),
        reason=draw(st.sampled_from([None, "certificateHold"])),
        revoked_at=draw(st.sampled_from([None, AT - 5 * _DAY])),
    )
    return CertificateFacts(
        id=name,
        not_before=AT + start * _DAY,
        not_after=AT + draw(days) * _DAY,
        intact=draw(st.booleans()) or draw(st.booleans()),
        algorithm=_SOUND,
        chain=chain,
        is_ca=True,
        extended_usages=frozenset({"1.3.6.1.5.5.7.3.8"}),
        exempt=draw(st.booleans()),
        revocations=draw(st.sampled_from([(), (revocation,)])),
    )


_ROOT = CertificateFacts("root", AT - 99 * _DAY, AT + 99 * _DAY, True, _SOUND, (), True)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[SignatureFacts, Material]:
    names = {"signer": ("ca", "root"), "ca": ("root",), "tsa": ("root",)}
    made = {name: draw(certificates(name, chain)) for name, chain in names.items()}
    token = TimestampFacts(
        "T",
        draw(st.sampled_from(TimestampKind)),
        AT - draw(st.integers(0, 30)) * _DAY,
        draw(st.sampled_from(["tsa", None])),
        (_SOUND,),
        protects=frozenset({"S", "signer", "R-signer", "R-ca", "ca"}),
    )
    signature = SignatureFacts(
        "S",
        draw(st.sampled_from(["signer", "ca", None, "unknown"])),
        (draw(st.sampled_from([_SOUND, _MD5])),),
        timestamps=draw(st.sampled_from([(), (token,)])),
    )
    return signature, Material({**made, "root": _ROOT})


def judge(signature: SignatureFacts, material: Material) -> Judged:
    return validate_signature(signature, Context(material, STRICT_POLICY, AT))


@given(scenes(), st.sampled_from(SubIndication), st.sampled_from(["INDETERMINATE", "FAILED"]))
def test_a_finding_of_the_decoder_is_never_overcome(
    scene: tuple[SignatureFacts, Material], sub: SubIndication, outcome: str
) -> None:
    signature, material = scene
    finding = Finding(Outcome(outcome), sub, "X")
    assert not judge(replace(signature, findings=(finding,)), material).conclusion.passed


@given(scenes(), st.sampled_from(["signer", "ca"]))
def test_a_broken_link_never_makes_a_signature_valid(
    scene: tuple[SignatureFacts, Material], name: str
) -> None:
    signature, material = scene
    before = judge(signature, material).conclusion
    broken = replace(material.certificates[name], intact=False)
    after = judge(signature, Material({**material.certificates, name: broken})).conclusion
    assert before.passed or not after.passed


@given(scenes())
def test_without_an_anchor_nothing_is_valid(scene: tuple[SignatureFacts, Material]) -> None:
    signature, material = scene
    lone = {**material.certificates, "root": replace(_ROOT, is_trust_anchor=False)}
    assert not judge(signature, Material(lone)).conclusion.passed


@given(scenes())
def test_what_demands_more_passes_less(scene: tuple[SignatureFacts, Material]) -> None:
    """Without time-stamps: one that only the lenient policy trusts may prove something bad."""
    signature, material = replace(scene[0], timestamps=()), scene[1]
    lenient = validate_signature(signature, Context(material, DEFAULT_POLICY, AT))
    assert lenient.conclusion.passed or not judge(signature, material).conclusion.passed
