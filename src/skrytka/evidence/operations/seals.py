"""The prepared seals of this process: one template per purpose and shape, proved before use."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from skrytka.core.signatures.sealing import CannotSeal as CannotFillTemplate
from skrytka.core.signatures.sealing import SealShape, SealTemplate
from skrytka.gateways.installed import installed
from skrytka.gateways.seal import SealKeys, SealKeysUnusableError, SealPurpose

SHAPES = {
    SealPurpose.RECEIPT: SealShape.RECEIPT,
    SealPurpose.TRUSTED_PROFILE: SealShape.LETTER,
}


class SealFault(StrEnum):
    """Why nothing was sealed; the cause is the operator's to mend and the work is tried again."""

    KEYS = "KEYS_UNUSABLE"
    REFUSED = "TEMPLATE_REFUSED"
    READS_DIFFERENTLY = "READS_DIFFERENTLY"
    DOES_NOT_VERIFY = "DOES_NOT_VERIFY"


class CannotSeal(Exception):
    """Nothing was sealed; `detail` is for the operator."""

    def __init__(self, reason: SealFault, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason


def seal_template(
    purpose: SealPurpose, at: datetime, shape: SealShape | None = None
) -> SealTemplate:
    """This will return the prepared seal, proved by a self-check when it is first asked for.

    Proved anew each day, so that a certificate that expires overnight is told in the morning.
    `shape` is that of the purpose unless another is asked for.
    Raises CannotSeal: a key is missing or is not the certificate's, or that is not in force.
    """
    keys = installed().seal_keys
    wanted = shape or SHAPES[purpose]
    known = _PREPARED.get((keys, purpose, wanted))
    if known is not None and known.day == at.date():
        return known.template
    try:
        template = SealTemplate(keys.key(purpose), at, wanted)
    except SealKeysUnusableError as error:
        raise CannotSeal(SealFault.KEYS, str(error)) from error
    except CannotFillTemplate as error:
        raise CannotSeal(SealFault.REFUSED, error.fault) from error
    _PREPARED[keys, purpose, wanted] = _Prepared(at.date(), template)
    return template


@dataclass(frozen=True)
class _Prepared:
    day: date
    template: SealTemplate


_PREPARED: dict[tuple[SealKeys, SealPurpose, SealShape], _Prepared] = {}
