"""What a receipt will say, fixed when its sealing is decided on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from skrytka.core.receipts import Information

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


@dataclass(frozen=True)
class ReceiptFacts:
    """Everything a receipt says but the instant of its making.

    `submitted_at` is aware UTC; digests are SHA-256 in 64 hex; entity and account are ESP-IDs.
    """

    receipt_no: str
    institution_name: str
    institution_entity: str
    sender_name: str
    sender_entity: str
    submitted_at: datetime
    document_no: str
    document_sha256: str
    lines: tuple[Information, ...]
    refusal_code: str = ""
    refused_file: str = ""
    refusal_text: str = ""

    def to_json(self) -> dict[str, JsonValue]:
        """This will return the facts as they are kept in the intent."""
        facts = asdict(self)
        facts["submitted_at"] = self.submitted_at.isoformat()
        facts["lines"] = lines_to_json(self.lines)
        return facts

    @classmethod
    def from_json(cls, kept: Mapping[str, JsonValue]) -> "ReceiptFacts":
        """This will read back what `to_json` kept."""
        texts = {
            name: str(value)
            for name, value in kept.items()
            if name not in {"lines", "submitted_at"}
        }
        return cls(
            submitted_at=datetime.fromisoformat(str(kept["submitted_at"])),
            lines=lines_from_json(kept["lines"]),
            **texts,
        )


def lines_to_json(lines: tuple[Information, ...]) -> JsonValue:
    return [[line.kind, line.text] for line in lines]


def lines_from_json(kept: JsonValue) -> tuple[Information, ...]:
    """This will read lines in their order. Raises TypeError for any other shape."""
    if not isinstance(kept, list):
        raise TypeError("lines")
    return tuple(_line(line) for line in kept)


def _line(kept: JsonValue) -> Information:
    if not isinstance(kept, list):
        raise TypeError("line")
    kind, text = kept
    return Information(str(kind), str(text))
