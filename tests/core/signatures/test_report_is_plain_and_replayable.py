"""The machine report: its shape, its order, and that codes without words cannot exist."""

import json
from dataclasses import replace
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given, settings
from hypothesis import strategies as st

from skrytka.core.signatures.checks import INFORMATIVE, conclude
from skrytka.core.signatures.evidence import SignatureEvidence
from skrytka.core.signatures.reasons import TEXTS, ReasonCode
from skrytka.core.signatures.report import report_as_json
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.words import Indication, SignatureFormat, SignatureLevel
from tests.core.signatures.crafting import LETTER, codes, sign, validate
from tests.world.pki import AT, make_pki

EVIDENCE = SignatureEvidence(
    id="S", format=SignatureFormat.XADES, level=SignatureLevel.B_B, intact=True
)


def test_the_report_has_the_shape_of_the_command() -> None:
    data = json.loads(report_as_json(validate(sign(LETTER))))
    assert data["indication"] == "TOTAL_PASSED"
    signature = data["signatures"][0]
    assert list(signature) == [
        "id", "format", "level", "kind", "indication", "sub_indication", "intact", "signer",
        "claimed_signing_time", "best_signature_time", "qualification", "covers", "reasons",
        "timestamps", "counter_signatures", "conclusions", "service",
        "enclosed",
    ]  # fmt: skip
    assert signature["claimed_signing_time"] == "2026-01-12T09:11:12Z"
    assert signature["covers"][0]["scope"] == "FULL"
    assert signature["signer"]["pesel"] == "44051401359"


def test_a_report_without_a_signer_has_empty_places() -> None:
    data = json.loads(
        report_as_json(
            validate(b'<a><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></a>')
        )
    )
    signature = data["signatures"][0]
    assert signature["signer"] is None
    assert signature["claimed_signing_time"] is None
    assert signature["sub_indication"] == "FORMAT_FAILURE"


def test_the_same_input_gives_the_same_report() -> None:
    signed = sign(LETTER)
    assert report_as_json(validate(signed)) == report_as_json(validate(signed))


def test_the_report_names_what_was_trusted() -> None:
    pki = make_pki()
    report = validate(sign(LETTER))
    trust = json.loads(report_as_json(report))["trust"]
    assert trust["anchors"] == [pki.root.certificate.fingerprint(SHA256()).hex()]
    assert len(trust["institution_seals"]) == len(pki.trust.institution_seals)
    refused = json.loads(report_as_json(validate(b"<a/>")))
    assert refused["trust"] == trust
    assert json.loads(report_as_json(replace(report, trust=None)))["trust"] is None


def test_the_order_in_which_trust_was_read_in_makes_no_difference() -> None:
    report, trust = validate(sign(LETTER)), make_pki().trust
    one, other = (
        replace(trust, crls=crls, institution_seals=seals)
        for crls, seals in (
            ((b"a", b"b"), trust.institution_seals),
            ((b"b", b"a"), trust.institution_seals[::-1]),
        )
    )
    told = report_as_json(replace(report, trust=one))
    assert told == report_as_json(replace(report, trust=other))
    assert sha256(b"a").hexdigest() in told


def test_every_code_has_its_sentence_and_its_consequence() -> None:
    assert set(TEXTS) == set(ReasonCode)
    for code in ReasonCode:
        verdict = conclude(replace(EVIDENCE, security=(code,)), TrustStore(), AT)
        passed = verdict.indication is Indication.TOTAL_PASSED
        assert passed is (code in INFORMATIVE), code


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_damage_to_a_signed_file_is_an_exception(data: st.DataObject) -> None:
    """Whatever becomes of the bytes, the answer is a report."""
    signed = _SIGNED
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(signed) - 1))
        length = data.draw(st.sampled_from([0, 1, 5, 40, 400]))
        insert = data.draw(
            st.one_of(
                st.binary(max_size=3), st.sampled_from([b"</ds:Object>", b"<ds:Object>", b"Id"])
            )
        )
        signed = signed[:at] + insert + signed[at + length :]
        if not signed:
            break
    report = validate(signed)
    assert report.payload is None or report.signatures[0].intact
    assert codes(report)


_SIGNED = sign(LETTER)
