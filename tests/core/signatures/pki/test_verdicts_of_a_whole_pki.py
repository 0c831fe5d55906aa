"""The table of expected verdicts: who is judged how, in a PKI of the test's own (EN 319 102-1)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier

from skrytka.core.signatures.process.policy import STRICT_POLICY
from skrytka.core.signatures.words import Indication, SignatureLevel, SubIndication
from tests.core.signatures.pki.scenes import (
    DAY,
    LASTING,
    SIGNED,
    STAMPS,
    YEAR,
    Revoked,
    Scene,
    Stamp,
)
from tests.world.pki import AUTHORITY, Terms, rsa2048

HOUR = timedelta(hours=1)
HOLD = x509.ReasonFlags.certificate_hold
PASSED = (Indication.TOTAL_PASSED, None)
LATER = SIGNED + timedelta(days=540)  # the signer's certificate has ended, the authorities' not
LONG = Terms(SIGNED - YEAR, SIGNED + 3 * YEAR, extensions=(STAMPS,))
LONG_STAMP = Stamp(terms=LONG)
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
SHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"


def usage(**on: bool) -> x509.KeyUsage:
    names = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{name: on.get(name, False) for name in names})


def country(code: str) -> x509.DirectoryName:
    return x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, code)]))


def allowed(code: str) -> Terms:
    constraint = x509.NameConstraints([country(code)], None)
    return replace(AUTHORITY, extensions=((constraint, True),))


def doubt(sub: SubIndication) -> tuple[Indication, SubIndication | None]:
    return Indication.INDETERMINATE, sub


S = SubIndication
TABLE = {
    "a signature in force passes": (Scene(), PASSED),
    "one whose revocation must be known waits for it": (
        Scene(policy=STRICT_POLICY),
        doubt(S.TRY_LATER),
    ),
    "a time-stamped one passes": (Scene(stamps=(Stamp(),)), PASSED),
    "one with an answer that it is good passes": (
        Scene(lists=(Revoked(None, as_answer=True),)),
        PASSED,
    ),
    "expired, without proof of an earlier time": (
        Scene(at=LATER),
        doubt(S.OUT_OF_BOUNDS_NO_POE),
    ),
    "expired after its time-stamp": (Scene(at=LATER, stamps=(LONG_STAMP,)), PASSED),
    "expired with the time-stamp's own certificate": (
        Scene(at=LATER, stamps=(Stamp(),)),
        doubt(S.OUT_OF_BOUNDS_NO_POE),
    ),
    "expired with the time-stamp, and archived before": (
        Scene(
            at=LATER,
            stamps=(Stamp(), Stamp(at=SIGNED + 2 * DAY, archive=True, terms=LONG)),
            lists=(Revoked(None),),
        ),
        PASSED,
    ),
    "expired after a time-stamp of an authority that nobody trusts": (
        Scene(at=LATER, stamps=(replace(LONG_STAMP, trusted=False),)),
        doubt(S.OUT_OF_BOUNDS_NO_POE),
    ),
    "expired after a time-stamp over something else": (
        Scene(at=LATER, stamps=(replace(LONG_STAMP, data=b"inne"),)),
        doubt(S.OUT_OF_BOUNDS_NO_POE),
    ),
    "expired after a time-stamp of a certificate not for that": (
        Scene(at=LATER, stamps=(Stamp(terms=replace(LONG, extensions=())),)),
        doubt(S.OUT_OF_BOUNDS_NO_POE),
    ),
    "stamped at a time when the unit had no certificate": (
        Scene(at=LATER, stamps=(Stamp(at=SIGNED - 2 * YEAR, terms=LONG),)),
        doubt(S.OUT_OF_BOUNDS_NO_POE),
    ),
    "not yet valid": (Scene(at=SIGNED - 2 * YEAR), doubt(S.NOT_YET_VALID)),
    "signed for certain before the certificate was issued": (
        Scene(
            stamps=(
                Stamp(
                    at=SIGNED - 2 * YEAR,
                    terms=Terms(SIGNED - 3 * YEAR, SIGNED + YEAR, extensions=(STAMPS,)),
                ),
            )
        ),
        (Indication.TOTAL_FAILED, S.NOT_YET_VALID),
    ),
    "revoked, without a time-stamp": (
        Scene(lists=(Revoked(SIGNED + HOUR),)),
        doubt(S.REVOKED_NO_POE),
    ),
    "revoked by an answer, without a time-stamp": (
        Scene(lists=(Revoked(SIGNED + HOUR, as_answer=True),)),
        doubt(S.REVOKED_NO_POE),
    ),
    "revoked after the time-stamp": (
        Scene(stamps=(Stamp(),), lists=(Revoked(SIGNED + 2 * HOUR),)),
        PASSED,
    ),
    "revoked before the time-stamp": (
        Scene(stamps=(Stamp(at=SIGNED + 2 * HOUR),), lists=(Revoked(SIGNED + HOUR),)),
        doubt(S.REVOKED_NO_POE),
    ),
    "suspended": (Scene(lists=(Revoked(SIGNED + HOUR, HOLD),)), doubt(S.TRY_LATER)),
    "suspended once, and good by a later list": (
        Scene(
            at=SIGNED + 5 * DAY,
            lists=(
                Revoked(SIGNED + HOUR, HOLD, this_update=SIGNED + DAY),
                Revoked(None, this_update=SIGNED + 3 * DAY),
            ),
        ),
        PASSED,
    ),
    "the authority is revoked": (
        Scene(lists=(Revoked(SIGNED + HOUR, of_authority=True),)),
        doubt(S.REVOKED_CA_NO_POE),
    ),
    "the authority was revoked after the time-stamp": (
        Scene(stamps=(Stamp(),), lists=(Revoked(SIGNED + 3 * HOUR, of_authority=True),)),
        PASSED,
    ),
    "a list by another key under the issuer's name": (
        Scene(lists=(Revoked(SIGNED + HOUR, foreign=True),)),
        doubt(S.CERTIFICATE_CHAIN_GENERAL_FAILURE),
    ),
    "a key that was too short by then": (
        Scene(key=rsa.generate_private_key(65537, 1024), method=f"{MORE}rsa-sha256"),
        doubt(S.CRYPTO_CONSTRAINTS_FAILURE_NO_POE),
    ),
    "a digest that was too weak by then": (
        Scene(key=rsa2048(), method=SHA1),
        doubt(S.CRYPTO_CONSTRAINTS_FAILURE_NO_POE),
    ),
    "a certificate that may not sign documents": (
        Scene(terms=replace(LASTING, usage=usage(key_encipherment=True))),
        doubt(S.CHAIN_CONSTRAINTS_FAILURE),
    ),
    "a certificate with a demand that nobody knows": (
        Scene(
            terms=replace(
                LASTING,
                extensions=((x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4"), b""), True),),
            )
        ),
        doubt(S.CHAIN_CONSTRAINTS_FAILURE),
    ),
    "an authority that may not issue": (
        Scene(authority_terms=replace(AUTHORITY, usage=usage(crl_sign=True))),
        doubt(S.NO_CERTIFICATE_CHAIN_FOUND),
    ),
    "an issuer that is no authority": (
        Scene(authority_terms=replace(AUTHORITY, ca=False)),
        doubt(S.NO_CERTIFICATE_CHAIN_FOUND),
    ),
    "an authority for this country": (Scene(authority_terms=allowed("PL")), PASSED),
    "an authority for another country": (
        Scene(authority_terms=allowed("DE")),
        doubt(S.CHAIN_CONSTRAINTS_FAILURE),
    ),
}


@pytest.mark.parametrize("row", TABLE)
def test_the_verdict_is_the_one_expected(row: str) -> None:
    scene, expected = TABLE[row]
    found = scene.verdict()
    assert found.intact
    assert (found.indication, found.sub_indication) == expected, found.reasons


def test_the_levels_are_told() -> None:
    archived = Stamp(at=SIGNED + 2 * DAY, archive=True)
    scenes = (
        Scene(),
        Scene(stamps=(Stamp(),)),
        Scene(stamps=(Stamp(),), lists=(Revoked(None),)),
        Scene(stamps=(Stamp(), archived), lists=(Revoked(None),)),
    )
    levels = [scene.verdict().level for scene in scenes]
    assert levels == [
        SignatureLevel.B_B,
        SignatureLevel.B_T,
        SignatureLevel.B_LT,
        SignatureLevel.B_LTA,
    ]


def test_the_best_time_is_that_of_the_first_stamp_that_holds() -> None:
    assert Scene().verdict().best_signature_time == Scene().at
    stamps = (Stamp(data=b"inne"), Stamp(at=SIGNED + 3 * HOUR))
    assert Scene(stamps=stamps).verdict().best_signature_time == SIGNED + 3 * HOUR
