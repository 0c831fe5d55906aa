"""The second factor: one purpose, one use, few tries, little time."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from skrytka.accounts.models import SecondFactorCode, User
from skrytka.accounts.operations import (
    CannotConfirmFactor,
    FactorFault,
    PasskeyChallenge,
    begin_passkey,
    complete_passkey,
    request_email_code,
    verify_email_code,
    verify_totp,
)
from skrytka.accounts.queries import FactorMethod, factor_methods_of, factors_of
from skrytka.ledger.models import OutboxRow

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
SIGN = "sign:letter-1"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_sent() -> str:
    text = str(OutboxRow.objects.order_by("-id")[0].payload["text"])
    return next(word for word in text.split() if word.isdecimal() and len(word) == 6)


def totp_now() -> str:
    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)))


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def fault_of(refusal: "pytest.ExceptionInfo[CannotConfirmFactor]") -> FactorFault:
    return refusal.value.reason


def test_a_code_by_email_confirms_once_for_its_purpose(anna: User) -> None:
    request_email_code(anna.pk, SIGN, at=AT)
    code = code_sent()
    confirmation = verify_email_code(anna.pk, SIGN, f" {code[:3]} {code[3:]} ", at=AT)
    assert confirmation.method is FactorMethod.EMAIL_CODE
    assert (confirmation.user_id, confirmation.purpose) == (anna.pk, SIGN)
    with pytest.raises(CannotConfirmFactor) as again:
        verify_email_code(anna.pk, SIGN, code, at=AT)
    assert fault_of(again) is FactorFault.NO_CODE


def test_a_code_says_nothing_about_another_purpose_or_person(anna: User, celina: User) -> None:
    request_email_code(anna.pk, SIGN, at=AT)
    for user, purpose in ((anna, "sign:letter-2"), (celina, SIGN)):
        with pytest.raises(CannotConfirmFactor) as refusal:
            verify_email_code(user.pk, purpose, code_sent(), at=AT)
        assert fault_of(refusal) is FactorFault.NO_CODE


def test_a_code_dies_after_ten_minutes(anna: User) -> None:
    request_email_code(anna.pk, SIGN, at=AT)
    with pytest.raises(CannotConfirmFactor) as refusal:
        verify_email_code(anna.pk, SIGN, code_sent(), at=AT + timedelta(minutes=10))
    assert fault_of(refusal) is FactorFault.EXPIRED


def test_after_five_wrong_codes_the_right_one_comes_too_late(anna: User) -> None:
    request_email_code(anna.pk, SIGN, at=AT)
    code = code_sent()
    for _ in range(5):
        with pytest.raises(CannotConfirmFactor) as wrong:
            verify_email_code(anna.pk, SIGN, another(code), at=AT)
        assert fault_of(wrong) is FactorFault.WRONG_CODE
    with pytest.raises(CannotConfirmFactor) as refusal:
        verify_email_code(anna.pk, SIGN, code, at=AT)
    assert fault_of(refusal) is FactorFault.TOO_MANY_ATTEMPTS


def test_a_new_code_replaces_the_old_one(anna: User) -> None:
    request_email_code(anna.pk, SIGN, at=AT)
    old = code_sent()
    request_email_code(anna.pk, SIGN, at=AT)
    if old != code_sent():
        with pytest.raises(CannotConfirmFactor):
            verify_email_code(anna.pk, SIGN, old, at=AT)
    assert verify_email_code(anna.pk, SIGN, code_sent(), at=AT).purpose == SIGN


def test_at_most_five_codes_leave_in_an_hour(anna: User) -> None:
    for _ in range(5):
        request_email_code(anna.pk, SIGN, at=AT)
    with pytest.raises(CannotConfirmFactor) as refusal:
        request_email_code(anna.pk, SIGN, at=AT)
    assert fault_of(refusal) is FactorFault.TOO_MANY_CODES
    request_email_code(anna.pk, SIGN, at=AT + timedelta(hours=1))


def test_the_code_is_kept_only_as_a_digest_and_not_shown_in_the_subject(anna: User) -> None:
    request_email_code(anna.pk, SIGN, at=AT)
    row = SecondFactorCode.objects.get()
    assert code_sent() not in row.code_hash
    assert code_sent() not in OutboxRow.objects.get().payload["subject"]
    assert OutboxRow.objects.get().payload["to"] == anna.email


def test_without_a_confirmed_address_there_is_no_code_by_email(anna: User) -> None:
    EmailAddress.objects.filter(user=anna).update(verified=False)
    assert factor_methods_of(anna.pk) == ()
    with pytest.raises(CannotConfirmFactor) as refusal:
        request_email_code(anna.pk, SIGN, at=AT)
    assert fault_of(refusal) is FactorFault.NOT_SET_UP


def test_an_authenticator_confirms_and_its_code_is_not_taken_twice(anna: User) -> None:
    TOTP.activate(anna, SECRET)
    code = totp_now()
    assert verify_totp(anna.pk, SIGN, code, at=AT).method is FactorMethod.TOTP
    with pytest.raises(CannotConfirmFactor) as refusal:
        verify_totp(anna.pk, SIGN, code, at=AT)
    assert fault_of(refusal) is FactorFault.WRONG_CODE


def test_five_wrong_codes_close_the_authenticator_for_five_minutes(anna: User) -> None:
    TOTP.activate(anna, SECRET)
    for _ in range(5):
        with pytest.raises(CannotConfirmFactor) as wrong:
            verify_totp(anna.pk, SIGN, another(totp_now()), at=AT)
        assert fault_of(wrong) is FactorFault.WRONG_CODE
    with pytest.raises(CannotConfirmFactor) as refusal:
        verify_totp(anna.pk, SIGN, totp_now(), at=AT)
    assert fault_of(refusal) is FactorFault.TOO_MANY_ATTEMPTS
    later = AT + timedelta(minutes=5)
    assert verify_totp(anna.pk, SIGN, totp_now(), at=later).at == later


def test_an_authenticator_that_is_not_set_up_confirms_nothing(anna: User) -> None:
    with pytest.raises(CannotConfirmFactor) as refusal:
        verify_totp(anna.pk, SIGN, "123456", at=AT)
    assert fault_of(refusal) is FactorFault.NOT_SET_UP


def test_what_is_set_up_is_listed_strongest_first(anna: User) -> None:
    assert factor_methods_of(anna.pk) == (FactorMethod.EMAIL_CODE,)
    TOTP.activate(anna, SECRET)
    assert factor_methods_of(anna.pk) == (FactorMethod.TOTP, FactorMethod.EMAIL_CODE)
    assert factors_of(anna.pk).has_totp


def test_without_a_passkey_there_is_no_challenge(anna: User) -> None:
    with pytest.raises(CannotConfirmFactor) as refusal:
        begin_passkey(anna.pk)
    assert fault_of(refusal) is FactorFault.NOT_SET_UP


@pytest.mark.parametrize("answer", ["", "null", "[]", "{}", '{"id": 1}', '"x"', '{"response": []}'])
def test_what_is_no_answer_of_a_passkey_is_refused(anna: User, answer: str) -> None:
    challenge = PasskeyChallenge("{}", '{"challenge": "AAAA", "user_verification": null}')
    with pytest.raises(CannotConfirmFactor) as refusal:
        complete_passkey(anna.pk, SIGN, challenge, answer, at=AT)
    assert fault_of(refusal) is FactorFault.PASSKEY_REFUSED
