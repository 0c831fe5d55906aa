"""What may be wrong with a trusted list, each with its Polish sentence."""

from dataclasses import dataclass
from enum import StrEnum

from skrytka.core.signatures.reasons import ReasonCode


class ListFault(StrEnum):
    """Why a list, or a part of it, is not as it should be. The values are stable codes."""

    NOT_XML = "LIST-NOT-XML"
    NOT_A_LIST = "LIST-NOT-A-LIST"
    NO_SIGNATURE = "LIST-NO-SIGNATURE"
    SIGNATURES = "LIST-SIGNATURES"
    SIGNATURE_BROKEN = "LIST-SIGNATURE-BROKEN"
    SIGNATURE_WEAK = "LIST-SIGNATURE-WEAK"
    SIGNER_UNKNOWN = "LIST-SIGNER-UNKNOWN"
    SIGNER_NOT_IN_FORCE = "LIST-SIGNER-NOT-IN-FORCE"
    ELEMENT_MISSING = "LIST-ELEMENT-MISSING"
    ELEMENT_REPEATED = "LIST-ELEMENT-REPEATED"
    ELEMENT_VALUE = "LIST-ELEMENT-VALUE"
    TERRITORY = "LIST-TERRITORY"
    SEQUENCE_BACK = "LIST-SEQUENCE-BACK"
    ABSENT = "LIST-ABSENT"
    STALE = "LIST-STALE"
    PIVOT_ABSENT = "LIST-PIVOT-ABSENT"
    PIVOT_REFUSED = "LIST-PIVOT-REFUSED"
    CERTIFICATE_UNREADABLE = "LIST-CERTIFICATE-UNREADABLE"
    CRITERIA_UNKNOWN = "LIST-CRITERIA-UNKNOWN"


_F = ListFault
TEXTS = {
    _F.NOT_XML: "Lista zaufania nie jest poprawnym plikiem XML.",
    _F.NOT_A_LIST: "Plik nie jest listą zaufania: {where}.",
    _F.NO_SIGNATURE: "Lista zaufania nie jest podpisana.",
    _F.SIGNATURES: "Lista zaufania musi mieć dokładnie jeden element {where}.",
    _F.SIGNATURE_BROKEN: "Podpis listy zaufania jest niepoprawny.",
    _F.SIGNATURE_WEAK: "Podpis listy zaufania używa zbyt słabego algorytmu.",
    _F.SIGNER_UNKNOWN: "Listę zaufania podpisano certyfikatem, którego nie wskazano.",
    _F.SIGNER_NOT_IN_FORCE: "Certyfikat podpisu listy zaufania nie był wtedy ważny.",
    _F.ELEMENT_MISSING: "Na liście zaufania brakuje elementu {where}.",
    _F.ELEMENT_REPEATED: "Na liście zaufania powtarza się element {where}.",
    _F.ELEMENT_VALUE: "Element {where} listy zaufania ma niepoprawną wartość.",
    _F.TERRITORY: "Lista zaufania dotyczy innego państwa niż oczekiwane: {where}.",
    _F.SEQUENCE_BACK: "Numer listy zaufania cofnął się, więc została poprzednia.",
    _F.ABSENT: "Brakuje listy zaufania państwa {where}.",
    _F.STALE: "Lista zaufania jest nieaktualna: minął termin jej następnego wydania.",
    _F.PIVOT_ABSENT: "Brakuje wcześniejszego wydania listy list: {where}.",
    _F.PIVOT_REFUSED: "Wcześniejsze wydanie listy list nie jest wiarygodne: {where}.",
    _F.CERTIFICATE_UNREADABLE: "Na liście zaufania jest certyfikat, którego nie można odczytać.",
    _F.CRITERIA_UNKNOWN: "Na liście zaufania jest warunek, którego nie znamy: {where}.",
}
# The rest leaves the list unfit for use.
_WARNINGS = frozenset({_F.STALE, _F.CERTIFICATE_UNREADABLE, _F.CRITERIA_UNKNOWN})
_SPOKEN = {"TSLVersionIdentifier": "TSLVersionIdentifier (TLVersion)"}


@dataclass(frozen=True)
class ListProblem:
    """One thing that is wrong: the rule, the element or territory, the codes of the signature."""

    fault: ListFault
    where: str = ""
    reasons: tuple[ReasonCode, ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether a list with this problem must not be taken into use."""
        return self.fault not in _WARNINGS

    @property
    def text(self) -> str:
        """The sentence for a person."""
        return TEXTS[self.fault].format(where=_SPOKEN.get(self.where, self.where))
