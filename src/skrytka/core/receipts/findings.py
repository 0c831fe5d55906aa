"""What may be found against a receipt: a code, and a sentence for a person."""

from dataclasses import dataclass
from enum import StrEnum


class CheckCode(StrEnum):
    NOT_XML = "NOT_XML"
    FORM = "FORM"
    SEAL = "SEAL"
    NOT_A_SEAL = "NOT_A_SEAL"
    CONTENT = "CONTENT"
    DIGEST_STATED = "DIGEST_STATED"
    DOCUMENT = "DOCUMENT"
    NOT_BY_ADDRESSEE = "NOT_BY_ADDRESSEE"
    SIGNED_BY_PERSON = "SIGNED_BY_PERSON"
    EXTRA_SIGNATURE = "EXTRA_SIGNATURE"


@dataclass(frozen=True)
class CheckReason:
    """A finding against the receipt: its code and the sentence for a person."""

    code: CheckCode
    text: str


_TEXTS = {
    CheckCode.NOT_XML: "To nie jest plik UPO w formacie XML.",
    CheckCode.FORM: "Zapis pliku różni się od postaci, w jakiej wystawiamy poświadczenia.",
    CheckCode.NOT_A_SEAL: "Poświadczenia nie opatrzono pieczęcią instytucji.",
    CheckCode.CONTENT: "Plik nie zawiera urzędowego poświadczenia, które umiemy odczytać.",
    CheckCode.DIGEST_STATED: "Skrót dokumentu w treści poświadczenia nie zgadza się z pieczęcią.",
    CheckCode.NOT_BY_ADDRESSEE: "Tego poświadczenia nie podpisał adresat.",
    CheckCode.SIGNED_BY_PERSON: "Poświadczenie automatyczne nosi podpis osoby.",
    CheckCode.EXTRA_SIGNATURE: "Poświadczenie nosi więcej podpisów, niż powinno.",
}


def finding(code: CheckCode) -> CheckReason:
    """This will word a finding that needs no name in its sentence."""
    return CheckReason(code, _TEXTS[code])
