"""Decoding signed documents in the process that answers people, and what may not be decoded there.

A file from outside goes through the judging process first, under limits. What costs that process
too much, or breaks it, is an incident there and is never opened here; what passed is decoded here
by the very same code.
"""

from datetime import datetime

from skrytka.core.signatures.verdict import ValidationReport
from skrytka.core.signatures.xades import validate_remembered
from skrytka.gateways.installed import installed
from skrytka.gateways.judging import Question


class CannotDecode(Exception):
    """Nobody got to the end of that file; `incident` names it in the log, `told` says why."""

    def __init__(self, incident: str, told: tuple[str, ...]) -> None:
        super().__init__(incident)
        self.incident = incident
        self.told = told


def require_decodable(data: bytes, *, at: datetime) -> None:
    """This will have the file judged apart, whatever the verdict. Raises CannotDecode."""
    gateways = installed()
    judgement = gateways.judge.judge(Question(data, {}, gateways.seal_keys.trust(), at))
    if judgement.incident:
        told = tuple(reason["text"] for reason in judgement.report["reasons"])
        raise CannotDecode(judgement.incident, told)


def validate_here(document: bytes, *, at: datetime) -> ValidationReport:
    """This will validate a document by what this installation trusts.

    One that was signed here, or for which `require_decodable` raised nothing. Raises
    SealKeysUnusableError.
    """
    return validate_remembered(document, trust=installed().seal_keys.trust(), at=at)
