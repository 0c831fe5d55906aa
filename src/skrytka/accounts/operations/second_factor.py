"""The second factor before a trusted signature: authenticator, passkey or a code by e-mail.

Regulation of the Minister of Digital Affairs of 29 June 2020 on the trusted profile and the trusted
signature: a person confirms each signature with an authentication factor of their own. Each
confirmation is good for one purpose, for example one document by its digest.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from skrytka.accounts.models import FactorAttempt, SecondFactorCode, User
from skrytka.accounts.operations.factor_mail import enqueue_code_mail
from skrytka.accounts.queries.factors import FactorMethod, confirmed_email_of

CODE_DIGITS = 6
CODE_LIFETIME = timedelta(minutes=10)
MOST_ATTEMPTS = 5
MOST_CODES = 5
CODES_WINDOW = timedelta(hours=1)
ATTEMPTS_WINDOW = timedelta(minutes=5)


class FactorFault(StrEnum):
    """Why a second factor was not confirmed."""

    NOT_SET_UP = "NOT_SET_UP"
    NO_CODE = "NO_CODE"
    EXPIRED = "EXPIRED"
    WRONG_CODE = "WRONG_CODE"
    TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS"
    TOO_MANY_CODES = "TOO_MANY_CODES"
    PASSKEY_REFUSED = "PASSKEY_REFUSED"


class CannotConfirmFactor(Exception):
    def __init__(self, reason: FactorFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class FactorConfirmation:
    """The person has just confirmed with this factor, for this purpose and nothing else."""

    user_id: int
    method: FactorMethod
    purpose: str
    at: datetime


@dataclass(frozen=True)
class PasskeyChallenge:
    """`options_json` goes to the browser; `state_json` stays in the session until the answer."""

    options_json: str
    state_json: str


@dataclass(frozen=True)
class FactorAnswer:
    """What a person sent to confirm: the code they typed, or the browser's answer for a passkey.

    `challenge_state` is what `begin_passkey` left in the session, already taken out of it.
    """

    method: str
    code: str = ""
    challenge_state: str | None = None
    passkey_answer: str = ""


def confirm_factor(
    user_id: int, purpose: str, answer: FactorAnswer, *, at: datetime
) -> FactorConfirmation:
    """This will confirm with whichever factor the person chose. Raises CannotConfirmFactor."""
    if answer.method == FactorMethod.EMAIL_CODE:
        return verify_email_code(user_id, purpose, answer.code, at=at)
    if answer.method == FactorMethod.TOTP:
        return verify_totp(user_id, purpose, answer.code, at=at)
    if answer.method != FactorMethod.PASSKEY or answer.challenge_state is None:
        raise CannotConfirmFactor(FactorFault.PASSKEY_REFUSED)
    challenge = PasskeyChallenge("", answer.challenge_state)
    return complete_passkey(user_id, purpose, challenge, answer.passkey_answer, at=at)


@transaction.atomic
def request_email_code(user_id: int, purpose: str, *, at: datetime) -> None:
    """This will send a new code of six digits to the person's confirmed address.

    It works for ten minutes and replaces earlier codes of the same purpose. Raises
    CannotConfirmFactor: NOT_SET_UP without a confirmed address, TOO_MANY_CODES after five an hour.
    """
    user = User.objects.select_for_update().get(id=user_id)
    email = confirmed_email_of(user_id)
    if email is None:
        raise CannotConfirmFactor(FactorFault.NOT_SET_UP)
    sent = SecondFactorCode.objects.filter(user=user, created_at__gt=at - CODES_WINDOW).count()
    if sent >= MOST_CODES:
        raise CannotConfirmFactor(FactorFault.TOO_MANY_CODES)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    row = SecondFactorCode.objects.create(
        user=user,
        purpose=purpose,
        code_hash=_hash(user_id, purpose, code),
        created_at=at,
        expires_at=at + CODE_LIFETIME,
    )
    enqueue_code_mail(row.pk, email, code, user.language, at=at)


def verify_email_code(user_id: int, purpose: str, code: str, *, at: datetime) -> FactorConfirmation:
    """This will confirm with the code last sent for the purpose; a code works once.

    Raises CannotConfirmFactor: NO_CODE, EXPIRED, WRONG_CODE, TOO_MANY_ATTEMPTS (after five).
    """
    row = SecondFactorCode.objects.filter(user_id=user_id, purpose=purpose).order_by("id").last()
    if row is None or row.used_at is not None:
        raise CannotConfirmFactor(FactorFault.NO_CODE)
    if row.expires_at <= at:
        raise CannotConfirmFactor(FactorFault.EXPIRED)
    unused = SecondFactorCode.objects.filter(id=row.pk, used_at=None)
    # The attempt is counted before the look, so that many at once cannot guess more often.
    if not unused.filter(attempts__lt=MOST_ATTEMPTS).update(attempts=F("attempts") + 1):
        raise CannotConfirmFactor(FactorFault.TOO_MANY_ATTEMPTS)
    if not constant_time_compare(row.code_hash, _hash(user_id, purpose, _digits(code))):
        raise CannotConfirmFactor(FactorFault.WRONG_CODE)
    if not unused.update(used_at=at):
        raise CannotConfirmFactor(FactorFault.NO_CODE)
    return FactorConfirmation(user_id, FactorMethod.EMAIL_CODE, purpose, at)


def verify_totp(user_id: int, purpose: str, code: str, *, at: datetime) -> FactorConfirmation:
    """This will confirm with the code of the person's authenticator app (RFC 6238).

    A code that was accepted is not accepted again (RFC 6238 section 5.2). Raises
    CannotConfirmFactor: NOT_SET_UP, WRONG_CODE, TOO_MANY_ATTEMPTS (five in five minutes).
    """
    authenticator = Authenticator.objects.filter(
        user_id=user_id, type=Authenticator.Type.TOTP
    ).first()
    if authenticator is None:
        raise CannotConfirmFactor(FactorFault.NOT_SET_UP)
    _count_attempt(user_id, at)
    if not authenticator.wrap().validate_code(_digits(code)):
        raise CannotConfirmFactor(FactorFault.WRONG_CODE)
    _forget_attempts(user_id)
    authenticator.record_usage()
    return FactorConfirmation(user_id, FactorMethod.TOTP, purpose, at)


def begin_passkey(user_id: int) -> PasskeyChallenge:
    """This will make a challenge for one of the person's passkeys (WebAuthn level 2, section 7.2).

    Raises CannotConfirmFactor: NOT_SET_UP when the person has none.
    """
    credentials = webauthn.get_credentials(User.objects.get(id=user_id))
    if not credentials:
        raise CannotConfirmFactor(FactorFault.NOT_SET_UP)
    options, state = webauthn.get_server().authenticate_begin(credentials=credentials)
    return PasskeyChallenge(json.dumps(dict(options)), json.dumps(state))


def complete_passkey(
    user_id: int, purpose: str, challenge: PasskeyChallenge, answer_json: str, *, at: datetime
) -> FactorConfirmation:
    """This will confirm with the browser's answer to the challenge.

    The caller drops the challenge from the session before calling: an answer is good once.
    Raises CannotConfirmFactor: PASSKEY_REFUSED, TOO_MANY_ATTEMPTS.
    """
    user = User.objects.get(id=user_id)
    _count_attempt(user_id, at)
    try:
        answer = json.loads(answer_json)
        webauthn.parse_authentication_response(answer)
        state = json.loads(challenge.state_json)
        credentials = webauthn.get_credentials(user)
        used = webauthn.get_server().authenticate_complete(state, credentials, answer)
    except (ValueError, TypeError, KeyError, AttributeError, ValidationError) as fault:
        # What a browser sends may have any shape; each of these means "no proper answer".
        raise CannotConfirmFactor(FactorFault.PASSKEY_REFUSED) from fault
    _forget_attempts(user_id)
    authenticator = webauthn.get_authenticator_by_credential_id(user, used.credential_id)
    if authenticator is not None:
        authenticator.record_usage()
    return FactorConfirmation(user_id, FactorMethod.PASSKEY, purpose, at)


@transaction.atomic
def _count_attempt(user_id: int, at: datetime) -> None:
    """One after another: the row of the person is the gate."""
    user = User.objects.select_for_update().get(id=user_id)
    recent = FactorAttempt.objects.filter(user=user, at__gt=at - ATTEMPTS_WINDOW)
    if recent.count() >= MOST_ATTEMPTS:
        raise CannotConfirmFactor(FactorFault.TOO_MANY_ATTEMPTS)
    FactorAttempt.objects.create(user=user, at=at)


def _forget_attempts(user_id: int) -> None:
    FactorAttempt.objects.filter(user_id=user_id).delete()


def _hash(user_id: int, purpose: str, code: str) -> str:
    text = f"{user_id}:{purpose}:{code}"
    return salted_hmac("skrytka.second-factor", text, algorithm="sha256").hexdigest()


def _digits(code: str) -> str:
    return "".join(code.split())
