"""Refusals of a signature and of a second factor, as the journey of a letter tells them."""

from django.utils.translation import gettext as _

from skrytka.accounts.operations.second_factor import FactorFault
from skrytka.letters.operations.signing import CannotSign, SigningFault
from skrytka.ui import signing_texts


def signing_text(refusal: CannotSign) -> str:
    """This will tell why the letter was not signed and what to do."""
    return signing_texts.signing_text(refusal.reason, refusal.expired_at)


def signing_needed_text() -> str:
    """This will tell that this letter goes nowhere without a signature (S-NONE)."""
    return signing_texts.signing_text(SigningFault.NEEDED)


def reasons_of(refusal: CannotSign) -> tuple[str, ...]:
    """This will list what the verifier found wrong, one sentence each and none twice."""
    return tuple(dict.fromkeys(_(text) for text in refusal.reasons))


def factor_text(fault: FactorFault) -> str:
    """This will tell why a second factor was not taken and what to do."""
    return signing_texts.factor_text(fault)
