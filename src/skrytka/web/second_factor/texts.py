"""Refusals of a second factor, in words."""

from skrytka.accounts.operations.second_factor import FactorFault
from skrytka.ui import signing_texts


def factor_text(fault: FactorFault) -> str:
    """This will tell why a second factor was not taken and what to do."""
    return signing_texts.factor_text(fault)
