"""RSA in CMS: what the parameters say is what is checked, nothing is taken for granted."""

import hashlib
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from skrytka.core.signatures.reasons import ReasonCode
from tests.core.signatures.cms.crafting import (
    SHA256,
    SHA512,
    Shape,
    algorithm,
    integer,
    octet_string,
    rsa_person,
    sequence,
    tlv,
)
from tests.core.signatures.cms.examining import examined, refused
from tests.world.pki import rsa2048

R = ReasonCode
RSA_SHA256 = "1.2.840.113549.1.1.11"
RSA, PSS = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10"
NULL = b"\x05\x00"


class TestRsa:
    """RSA: the DigestInfo is compared whole, and the parameters of PSS are read."""

    @staticmethod
    def with_value(value: Callable[[bytes], bytes], *parameters: bytes, name: str = RSA) -> Shape:
        return Shape(rsa_person(), algorithm=algorithm(name, *parameters), value=value)

    @staticmethod
    def raw(padded: bytes) -> bytes:
        key = rsa2048().private_numbers()
        value = pow(int.from_bytes(padded, "big"), key.d, key.public_numbers.n)
        return value.to_bytes(256, "big")

    def packed(self, info: bytes) -> Callable[[bytes], bytes]:
        padded = b"\0\1" + b"\xff" * (253 - len(info)) + b"\0" + info
        return lambda _: self.raw(padded)

    def test_another_digest_inside_the_value_is_broken(self) -> None:
        sha512: Callable[[bytes], bytes] = lambda message: rsa2048().sign(  # noqa: E731
            message, padding.PKCS1v15(), hashes.SHA512()
        )
        refused(self.with_value(sha512, NULL), R.SIG_VALUE)
        assert examined(Shape(rsa_person(), algorithm=algorithm(RSA, NULL))).intact
        assert examined(Shape(rsa_person(), algorithm=algorithm(RSA_SHA256, NULL))).intact

    @pytest.mark.parametrize(
        ("parameters", "intact"), [(NULL, True), (b"", True), (b"\4\0", False)]
    )
    def test_parameters_of_the_digest_may_be_null_or_absent(
        self, parameters: bytes, *, intact: bool
    ) -> None:
        def value(message: bytes) -> bytes:
            digest = octet_string(hashlib.sha256(message).digest())
            return self.packed(sequence(algorithm(SHA256, parameters), digest))(message)

        assert examined(self.with_value(value, NULL)).intact is intact

    def test_octets_after_the_digest_are_broken(self) -> None:
        def value(message: bytes) -> bytes:
            digest = octet_string(hashlib.sha256(message).digest())
            info = sequence(algorithm(SHA256, NULL), digest) + b"\0" * 8
            return self.packed(info)(message)

        refused(self.with_value(value, NULL), R.SIG_VALUE)

    @pytest.mark.parametrize(
        "parameters",
        [
            (sequence(tlv(0xA3, integer(2))), R.ALG_UNKNOWN),
            (sequence(tlv(0xA2, integer(-1))), R.ALG_UNKNOWN),
            (sequence(tlv(0xA2, integer(20)), tlv(0xA2, integer(20))), R.CMS_SYNTAX),
            (sequence(tlv(0xA4, integer(20))), R.CMS_SYNTAX),
            (sequence(tlv(0xA2)), R.CMS_SYNTAX),
            (sequence(tlv(0xA1, algorithm(SHA256))), R.ALG_UNKNOWN),
            (sequence(tlv(0xA1, algorithm("1.2.840.113549.1.1.8"))), R.ALG_UNKNOWN),
            (sequence(tlv(0xA0, algorithm("1.3.36.3.2.1"))), R.CMS_ALG_DISAGREE),
            (sequence(tlv(0xA0, algorithm(SHA512))), R.CMS_ALG_DISAGREE),
        ],
    )
    def test_odd_parameters_of_pss_are_refused(self, parameters: tuple[bytes, ReasonCode]) -> None:
        value: Callable[[bytes], bytes] = lambda _: bytes(256)  # noqa: E731
        refused(self.with_value(value, parameters[0], name=PSS), parameters[1])

    def test_a_digest_that_pss_cannot_use_here_is_unknown(self) -> None:
        ripemd = algorithm("1.3.36.3.2.1")
        shape = Shape(
            rsa_person(),
            digest="ripemd160",
            digest_algorithm=ripemd,
            algorithm=algorithm(PSS, sequence(tlv(0xA0, ripemd))),
            value=lambda _: bytes(256),
        )
        refused(shape, R.ALG_UNKNOWN)
