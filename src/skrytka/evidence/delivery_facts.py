"""What an UPD will say, fixed when the letter is collected, or when nobody collected it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from skrytka.core.receipts import DeliveryWay, Information, InformationKind
from skrytka.evidence.facts import JsonValue, lines_from_json, lines_to_json


@dataclass(frozen=True)
class DeliveryFacts:
    """Everything an UPD says but the instant of its making.

    `received_at` is aware UTC: the instant of collecting, or of that which stands for it. `lines`
    are the supplementary information less the way, which is written from `way`; the basis stands
    among them when the letter was not collected, and only then. The digest of the document and its
    attachments are lines too. Raises ValueError for lines that do not fit the way.
    """

    receipt_no: str
    institution_name: str
    institution_entity: str
    addressee_name: str
    addressee_entity: str
    received_at: datetime
    case_mark: str
    document_no: str
    document_sha256: str
    way: DeliveryWay
    lines: tuple[Information, ...]

    def __post_init__(self) -> None:
        types = [line.kind for line in self.lines]
        bases = 0 if self.way is DeliveryWay.COLLECTED else 1
        if types.count(InformationKind.BASIS) != bases or InformationKind.WAY in types:
            raise ValueError(InformationKind.WAY)

    def to_json(self) -> dict[str, JsonValue]:
        """This will return the facts as they are kept in the intent."""
        return {
            "receipt_no": self.receipt_no,
            "institution_name": self.institution_name,
            "institution_entity": self.institution_entity,
            "addressee_name": self.addressee_name,
            "addressee_entity": self.addressee_entity,
            "received_at": self.received_at.isoformat(),
            "case_mark": self.case_mark,
            "document_no": self.document_no,
            "document_sha256": self.document_sha256,
            "way": self.way.value,
            "lines": lines_to_json(self.lines),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, JsonValue]) -> "DeliveryFacts":
        """This will read back what `to_json` kept."""
        own = {"lines", "received_at", "way"}
        texts = {name: str(value) for name, value in kept.items() if name not in own}
        return cls(
            received_at=datetime.fromisoformat(str(kept["received_at"])),
            way=DeliveryWay(str(kept["way"])),
            lines=lines_from_json(kept["lines"]),
            **texts,
        )
