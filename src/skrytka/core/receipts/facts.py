"""What a receipt says, as values."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from skrytka.core.calendar import parse_xml_date, parse_xml_datetime, whole_milliseconds

ESP_ID = "ESP-ID"
_ATTACHMENT = re.compile(
    r"(?P<name>.*); (?P<size>[0-9]+) B; SHA-256 (?P<sha256>[0-9a-f]{64})", re.DOTALL
)
_SHA256 = re.compile(r"[0-9a-f]{64}")


class InformationKind(StrEnum):
    """The kinds of supplementary information that this product writes."""

    SOURCE = "Źródło"
    BOX_ADDRESS = "Adres skrytki"
    REGISTER_NO = "Numer RPW"
    DOCUMENT_SHA256 = "Skrót SHA-256 dokumentu"
    ATTACHMENT = "Załącznik"
    WAY = "Sposób doręczenia"
    BASIS = "Podstawa"
    FIRST_NOTICE = "Zawiadomienie pierwsze"
    REPEAT_NOTICE = "Zawiadomienie powtórne"
    RULE = "Reguła"
    REASON = "Uzasadnienie"
    DEEMED_ON = "Dzień uznania za doręczone"
    ACCESS_UNTIL = "Treść dostępna do"


NOTICES = frozenset({InformationKind.FIRST_NOTICE, InformationKind.REPEAT_NOTICE})
DAYS = frozenset({InformationKind.DEEMED_ON, InformationKind.ACCESS_UNTIL})


class ReceiptUnwritable(Exception):  # refusals are named for what happened
    """A value cannot stand in a receipt; ``field`` names the element."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class UnreadableReason(StrEnum):
    """Why a file is not read as a receipt."""

    NOT_XML = "NOT_XML"
    NOT_A_RECEIPT = "NOT_A_RECEIPT"
    STRUCTURE = "STRUCTURE"
    DATE = "DATE"


class ReceiptUnreadable(Exception):  # refusals are named for what happened
    """A file is not the receipt it should be; ``reason`` says how."""

    def __init__(self, reason: UnreadableReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class ReceiptParty:
    """A party as a receipt names it. The type says whose identifier it is; never ``ePUAP-ID``."""

    name: str
    identifier: str
    identifier_type: str = ESP_ID


class Information(NamedTuple):
    """One InformacjaUzupelniajaca: its type and its text."""

    kind: str
    text: str


@dataclass(frozen=True)
class ReceiptAttachment:
    """An attachment as a receipt names it: file name, size in bytes, SHA-256 in 64 hex."""

    file_name: str
    size: int
    sha256: str

    def as_information(self) -> Information:
        return Information(
            InformationKind.ATTACHMENT.value,
            f"{self.file_name}; {self.size} B; SHA-256 {self.sha256}",
        )


@dataclass(frozen=True)
class UppFacts:
    """Urzędowe poświadczenie przedłożenia: the letter entered the system of the addressee.

    Instants are kept in whole milliseconds, the precision in which they are written.
    """

    receipt_no: str
    addressee: ReceiptParty
    sender: ReceiptParty
    delivered_at: datetime
    produced_at: datetime
    document_id: str
    information: tuple[Information, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "delivered_at", whole_milliseconds(self.delivered_at))
        object.__setattr__(self, "produced_at", whole_milliseconds(self.produced_at))

    @property
    def register_no(self) -> str | None:
        return first_text(self.information, InformationKind.REGISTER_NO)

    @property
    def box_address(self) -> str | None:
        return first_text(self.information, InformationKind.BOX_ADDRESS)

    @property
    def document_sha256(self) -> str | None:
        return digest_text(self.information)

    @property
    def attachments(self) -> tuple[ReceiptAttachment, ...]:
        return attachments_in(self.information)


@dataclass(frozen=True)
class RefusalCause:
    """Why a letter was not taken: the rule, the sentence for a person, the file if it is one."""

    rule: str
    text: str
    file_name: str | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class NppFacts:
    """Poświadczenie nieprzedłożenia: the letter was refused, and why."""

    receipt_no: str
    addressee: ReceiptParty
    sender: ReceiptParty
    attempted_at: datetime
    produced_at: datetime
    document_id: str
    causes: tuple[RefusalCause, ...]
    information: tuple[Information, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "attempted_at", whole_milliseconds(self.attempted_at))
        object.__setattr__(self, "produced_at", whole_milliseconds(self.produced_at))

    @property
    def document_sha256(self) -> str | None:
        return digest_text(self.information)

    @property
    def attachments(self) -> tuple[ReceiptAttachment, ...]:
        return attachments_in(self.information)


class DeliveryWay(StrEnum):
    """How a letter came to count as delivered; the last two without the addressee's signature.

    DEEMED: nobody collected it in its term (KPA art. 46 section 6 of 2014). REFUSED: the addressee
    refused to accept it (KPA art. 47).
    """

    COLLECTED = "COLLECTED"
    DEEMED = "DEEMED"
    REFUSED = "REFUSED"


# The words of the line WAY. An UPD that its addressee signed has no such line: it needs none.
WAY_WORDS = {
    DeliveryWay.DEEMED: "uznanie za doręczone",
    DeliveryWay.REFUSED: "odmowa przyjęcia",
}


@dataclass(frozen=True)
class UpdFacts:
    """Urzędowe poświadczenie doręczenia: a letter of the issuer was delivered to the addressee.

    An UPD made by the system says so in two lines, WAY and BASIS, which stand together or not at
    all; `case_mark` is empty where the letter belongs to no case. Raises ValueError for lines that
    leave the way open. Instants are kept in whole milliseconds.
    """

    receipt_no: str
    issuer: ReceiptParty
    addressee: ReceiptParty
    received_at: datetime
    produced_at: datetime
    case_mark: str
    document_id: str
    information: tuple[Information, ...] = ()

    def __post_init__(self) -> None:
        if way_in(self.information) is None:
            raise ValueError(InformationKind.WAY)
        object.__setattr__(self, "received_at", whole_milliseconds(self.received_at))
        object.__setattr__(self, "produced_at", whole_milliseconds(self.produced_at))

    @property
    def way(self) -> DeliveryWay:
        return way_in(self.information) or DeliveryWay.COLLECTED

    @property
    def basis(self) -> str | None:
        return first_text(self.information, InformationKind.BASIS)

    @property
    def document_sha256(self) -> str | None:
        return digest_text(self.information)

    @property
    def attachments(self) -> tuple[ReceiptAttachment, ...]:
        return attachments_in(self.information)


SealedFacts = UppFacts | UpdFacts | NppFacts


def way_in(information: tuple[Information, ...]) -> DeliveryWay | None:
    """This will tell the way that the lines name, or None when they contradict each other."""
    kinds = [item.kind for item in information]
    ways, bases = kinds.count(InformationKind.WAY), kinds.count(InformationKind.BASIS)
    if not ways and not bases:
        return DeliveryWay.COLLECTED
    if ways != 1 or bases != 1:
        return None
    said = information[kinds.index(InformationKind.WAY)].text
    return next((way for way, words in WAY_WORDS.items() if words == said), None)


def instant_in(item: Information) -> datetime | None:
    """This will read the instant in the line of a notice, when it holds one (xs:dateTime)."""
    if item.kind not in NOTICES:
        return None
    try:
        return parse_xml_datetime(item.text)
    except ValueError:
        return None


def day_in(item: Information) -> date | None:
    """This will read the day in a line that names one, when it holds one (xs:date)."""
    if item.kind not in DAYS:
        return None
    try:
        return parse_xml_date(item.text)
    except ValueError:
        return None


def first_text(information: tuple[Information, ...], kind: InformationKind) -> str | None:
    return next((item.text for item in information if item.kind == kind), None)


def digest_text(information: tuple[Information, ...]) -> str | None:
    """This will return the digest of the document, if a line of that kind holds one."""
    text = first_text(information, InformationKind.DOCUMENT_SHA256)
    return text if text and _SHA256.fullmatch(text) else None


def attachments_in(information: tuple[Information, ...]) -> tuple[ReceiptAttachment, ...]:
    """This will read the attachment lines that this product wrote; others stay plain text."""
    found = (
        _ATTACHMENT.fullmatch(item.text)
        for item in information
        if item.kind == InformationKind.ATTACHMENT
    )
    return tuple(
        ReceiptAttachment(match["name"], int(match["size"]), match["sha256"])
        for match in found
        if match
    )
