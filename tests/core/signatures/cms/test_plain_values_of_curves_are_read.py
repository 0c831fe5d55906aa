"""ECDSA as German signature cards write it: r and s one behind the other (BSI TR-03111)."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from skrytka.core.signatures.reasons import ReasonCode
from tests.core.signatures.cms.crafting import Shape, algorithm, person
from tests.core.signatures.cms.examining import examined

R = ReasonCode
PLAIN_SHA256 = "0.4.0.127.0.7.1.1.4.1.3"


def plain(message: bytes) -> bytes:
    r, s = decode_dss_signature(person().value(message))
    return r.to_bytes(32) + s.to_bytes(32)


def with_value(value: Callable[[bytes], bytes]) -> Shape:
    return Shape(algorithm=algorithm(PLAIN_SHA256), value=value)


def test_r_and_s_of_fixed_length_verify() -> None:
    found = examined(with_value(plain))
    assert found.intact
    assert found.security == ()


@pytest.mark.parametrize(
    "value",
    [
        person().value,  # DER, which the identifier does not say
        lambda message: plain(message)[:-1],
        lambda message: b"\0" + plain(message),
        lambda message: plain(message)[32:] + plain(message)[:32],
        lambda _: bytes(64),
    ],
)
def test_any_other_value_is_broken(value: Callable[[bytes], bytes]) -> None:
    found = examined(with_value(value))
    assert not found.intact
    assert R.SIG_VALUE in found.security


def test_r_and_s_are_not_taken_where_der_is_said() -> None:
    assert R.SIG_VALUE in examined(Shape(value=plain)).security
