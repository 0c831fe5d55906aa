"""Rules of delivery, drafts at the desk, letters that went out, their deliveries and notices."""

from skrytka.delivery.models.deliveries import ENDED, Delivery, IssuedUpd, Notice, NoticeState
from skrytka.delivery.models.digests import DigestSent
from skrytka.delivery.models.drafts import (
    LetterTemplate,
    MailMerge,
    OutgoingDraft,
    OutgoingFile,
    OutgoingSigning,
    OutgoingState,
)
from skrytka.delivery.models.flags import FlaggedBytes
from skrytka.delivery.models.letters import OutgoingLetter, OutgoingLetterFile
from skrytka.delivery.models.rules import DeliveryRules, Release, UpdSignatures

__all__ = [
    "ENDED",
    "Delivery",
    "DeliveryRules",
    "DigestSent",
    "FlaggedBytes",
    "IssuedUpd",
    "LetterTemplate",
    "MailMerge",
    "Notice",
    "NoticeState",
    "OutgoingDraft",
    "OutgoingFile",
    "OutgoingLetter",
    "OutgoingLetterFile",
    "OutgoingSigning",
    "OutgoingState",
    "Release",
    "UpdSignatures",
]
