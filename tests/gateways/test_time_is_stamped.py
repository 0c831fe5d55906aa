"""Time-stamps from real authorities on loopback, one that works beside those that do not."""

import time
from datetime import timedelta

import pytest

from skrytka.config.clock import now
from skrytka.core.signatures.evidence import TimestampKind
from skrytka.core.signatures.timestamps import examine_token
from skrytka.gateways.bounded_http import BoundedHttp
from skrytka.gateways.time_stamping import HttpTimeStamper, NoTimeStamper, NoTimestampError
from tests.world.pki import certificate_of, make_pki
from tests.world.tsa import Authority, running_authority, stamping_root, stamping_unit

DATA = b"wartosc podpisu"
QUICK = BoundedHttp(64 * 1024, 0.5)


def stamper(*authorities: Authority) -> HttpTimeStamper:
    return HttpTimeStamper(tuple(one.address for one in authorities))


def test_a_token_is_taken_from_the_authority() -> None:
    with running_authority() as authority:
        token = stamper(authority).stamp(DATA, at=now())
    assert token.address == authority.address
    assert abs(token.time - now()) < timedelta(minutes=1)
    found = examine_token(token.der, DATA, kind=TimestampKind.SIGNATURE)
    assert (found.intact, found.imprint_intact, found.security) == (True, True, ())
    assert found.time == token.time


@pytest.mark.parametrize("fault", ["garbage", "error", "refuse", "other", "moved"])
def test_what_is_no_good_token_is_not_taken(fault: str) -> None:
    with running_authority(fault) as authority, pytest.raises(NoTimestampError) as told:
        stamper(authority).stamp(DATA, at=now())
    assert authority.address in str(told.value)
    assert authority.asked == 1


def test_an_answer_to_an_earlier_question_is_not_taken() -> None:
    with running_authority("replay") as authority:
        stamper(authority).stamp(DATA, at=now())
        with pytest.raises(NoTimestampError, match="another nonce"):
            stamper(authority).stamp(DATA, at=now())


def test_an_authority_that_hangs_is_left_in_time() -> None:
    with running_authority("hang") as authority:
        before = time.monotonic()
        with pytest.raises(NoTimestampError):
            HttpTimeStamper((authority.address,), http=QUICK).stamp(DATA, at=now())
        assert time.monotonic() - before < 2


def test_an_authority_with_another_clock_is_not_taken() -> None:
    with running_authority() as authority, pytest.raises(NoTimestampError, match="another time"):
        stamper(authority).stamp(DATA, at=now() - timedelta(hours=1))


def test_the_next_authority_is_asked_where_the_first_one_fails() -> None:
    with running_authority("error") as broken, running_authority() as good:
        token = stamper(broken, good).stamp(DATA, at=now())
    assert token.address == good.address


def test_one_that_failed_is_left_in_peace_for_a_while() -> None:
    with running_authority("error") as broken, running_authority() as good:
        both = stamper(broken, good)
        for _ in range(3):
            both.stamp(DATA, at=now())
    assert (broken.asked, good.asked) == (1, 3)


def test_the_rest_grows_with_every_failure_and_ends_with_a_success(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("skrytka.gateways.time_stamping.time.monotonic", lambda: clock[0])
    with running_authority("garbage") as authority:
        alone = stamper(authority)

        def asked_after(seconds: float) -> bool:
            before = authority.asked
            clock[0] += seconds
            with pytest.raises(NoTimestampError):
                alone.stamp(DATA, at=now())
            return authority.asked > before

        waits = [asked_after(0), asked_after(29), asked_after(2), asked_after(59), asked_after(2)]
        assert waits == [True, False, True, False, True]
        authority.fault = ""
        clock[0] += 3600
        alone.stamp(DATA, at=now())
        authority.fault = "garbage"
        assert [asked_after(0), asked_after(31)] == [True, True]


@pytest.mark.parametrize("named", ["unit", "issuer"])
def test_a_named_signer_is_taken(named: str) -> None:
    unit = certificate_of(stamping_unit())
    signers = (unit if named == "unit" else stamping_root().certificate,)
    with running_authority() as authority:
        HttpTimeStamper((authority.address,), signers).stamp(DATA, at=now())


def test_another_signer_than_the_named_is_not_taken() -> None:
    signers = (make_pki().root.certificate,)
    with running_authority() as authority, pytest.raises(NoTimestampError, match="another signer"):
        HttpTimeStamper((authority.address,), signers).stamp(DATA, at=now())


def test_a_signer_that_may_not_stamp_time_is_not_taken() -> None:
    with running_authority(key=make_pki().person) as authority, pytest.raises(NoTimestampError):
        stamper(authority).stamp(DATA, at=now())


def test_without_an_authority_nothing_is_stamped() -> None:
    assert not NoTimeStamper().is_configured
    with pytest.raises(NoTimestampError):
        NoTimeStamper().stamp(DATA, at=now())
