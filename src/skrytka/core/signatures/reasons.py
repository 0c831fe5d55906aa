"""Why a verdict is what it is: one stable code, one Polish sentence for a person.

The codes of XML handling and wrapping follow our reference for signatures; where ETSI
EN 319 102-1 has a sub-indication of its own, ``checks`` maps the code to it.
"""

from dataclasses import dataclass
from enum import StrEnum


class ReasonCode(StrEnum):
    """Every finding that the decoder or the checks can report."""

    NO_SIGNATURE = "NO-SIGNATURE"
    XML_DOCTYPE = "XML-DOCTYPE"
    XML_SIZE = "XML-SIZE"
    XML_DEPTH = "XML-DEPTH"
    XML_NODES = "XML-NODES"
    XML_SYNTAX = "XML-SYNTAX"
    XML_ENCODING = "XML-ENCODING"
    SIG_STRUCTURE = "SIG-STRUCTURE"
    XSW_DUP_ID = "XSW-DUP-ID"
    XSW_NO_CONTENT = "XSW-NO-CONTENT"
    REF_NULL_URI = "REF-NULL-URI"
    PROP_DUP = "PROP-DUP"
    REF_DIGEST = "REF-DIGEST"
    SIG_VALUE = "SIG-VALUE"
    ALG_MISMATCH = "ALG-MISMATCH"
    XSW_SIGNEDPROPS = "XSW-SIGNEDPROPS"
    XSW_OBJECT = "XSW-OBJECT"
    XSW_SCOPE = "XSW-SCOPE"
    REF_EXTERNAL = "REF-EXTERNAL"
    REF_NOT_FOUND = "REF-NOT-FOUND"
    TR_UNKNOWN = "TR-UNKNOWN"
    TR_XSLT = "TR-XSLT"
    TR_COUNT = "TR-COUNT"
    TR_FAILED = "TR-FAILED"
    ALG_UNKNOWN = "ALG-UNKNOWN"
    ALG_WEAK = "ALG-WEAK"
    KEY_RETRIEVAL = "KEY-RETRIEVAL"
    KEY_MISSING = "KEY-MISSING"
    CERT_REF = "CERT-REF"
    NOT_XADES = "NOT-XADES"
    RES_REFS = "RES-REFS"
    RES_C14N = "RES-C14N"
    RES_COUNT = "RES-COUNT"
    RES_PATH = "RES-PATH"
    CHAIN_NONE = "CHAIN-NONE"
    CHAIN_EXPIRED = "CHAIN-EXPIRED"
    CHAIN_NOT_YET = "CHAIN-NOT-YET"
    CHAIN_CONSTRAINTS = "CHAIN-CONSTRAINTS"
    PZ_AMBIGUOUS = "PZ-AMBIGUOUS"
    PZ_UNCONFIRMED = "PZ-UNCONFIRMED"
    PZ_NO_PERSON = "PZ-NO-PERSON"
    REVOCATION_UNKNOWN = "REVOCATION-UNKNOWN"


_R = ReasonCode
TEXTS = {
    _R.NO_SIGNATURE: "Plik nie zawiera podpisu.",
    _R.XML_DOCTYPE: "Plik zawiera deklarację DOCTYPE, której nie przyjmujemy.",
    _R.XML_SIZE: "Plik jest za duży, żeby sprawdzić podpis.",
    _R.XML_DEPTH: "Plik jest zbyt głęboko zagnieżdżony, żeby sprawdzić podpis.",
    _R.XML_NODES: "Plik ma zbyt wiele elementów, żeby sprawdzić podpis.",
    _R.XML_SYNTAX: "Plik nie jest poprawnym plikiem XML.",
    _R.XML_ENCODING: "Plik zapisano w kodowaniu znaków, którego nie odczytujemy.",
    _R.SIG_STRUCTURE: "Budowa podpisu jest niezgodna ze standardem XML-DSig.",
    _R.XSW_DUP_ID: "W pliku powtarza się identyfikator elementu, więc nie wiadomo, co podpisano.",
    _R.XSW_NO_CONTENT: "Podpis nie obejmuje żadnej treści.",
    _R.REF_NULL_URI: "Podpis nie wskazuje jednoznacznie, którego pliku dotyczy.",
    _R.PROP_DUP: "Właściwości podpisu się powtarzają.",
    _R.REF_DIGEST: "Treść zmieniła się po podpisaniu.",
    _R.SIG_VALUE: "Wartość podpisu nie zgadza się z kluczem i podpisanymi danymi.",
    _R.ALG_MISMATCH: "Algorytm podpisu nie pasuje do klucza z certyfikatu.",
    _R.XSW_SIGNEDPROPS: "Właściwości podpisu nie są objęte tym podpisem.",
    _R.XSW_OBJECT: "Podpisana treść nie stoi na swoim miejscu w podpisie.",
    _R.XSW_SCOPE: "Podpis obejmuje tylko część dokumentu.",
    _R.REF_EXTERNAL: "Podpis wskazuje plik, którego nie podano.",
    _R.REF_NOT_FOUND: "W pliku nie ma treści, którą wskazuje podpis.",
    _R.TR_UNKNOWN: "Podpis używa przekształcenia, którego nie dopuszczamy.",
    _R.TR_XSLT: "Podpis używa przekształcenia XSLT, którego nie wykonujemy.",
    _R.TR_COUNT: "Podpis używa zbyt wielu przekształceń.",
    _R.TR_FAILED: "Nie można przygotować podpisanej treści do sprawdzenia.",
    _R.ALG_UNKNOWN: "Podpis używa algorytmu, którego nie dopuszczamy.",
    _R.ALG_WEAK: "Podpis używa algorytmu lub klucza, który jest już za słaby.",
    _R.KEY_RETRIEVAL: "Podpis wskazuje certyfikat poza plikiem; nie pobieramy go.",
    _R.KEY_MISSING: "W podpisie nie ma certyfikatu osoby podpisującej.",
    _R.CERT_REF: "Certyfikat w pliku nie jest tym, który wskazano przy podpisywaniu.",
    _R.NOT_XADES: "Podpis nie jest podpisem XAdES: certyfikat nie jest objęty podpisem.",
    _R.RES_REFS: "Podpis odwołuje się do zbyt wielu części.",
    _R.RES_C14N: "Sprawdzenie podpisu wymaga zbyt wielu obliczeń.",
    _R.RES_COUNT: "Plik zawiera zbyt wiele podpisów lub certyfikatów.",
    _R.RES_PATH: "Ścieżka certyfikatów jest zbyt długa, żeby ją sprawdzić.",
    _R.CHAIN_NONE: "Nie znamy wystawcy certyfikatu.",
    _R.CHAIN_EXPIRED: "Certyfikat podpisu stracił ważność.",
    _R.CHAIN_NOT_YET: "Certyfikat podpisu nie był jeszcze ważny.",
    _R.CHAIN_CONSTRAINTS: "Certyfikat nie może służyć do tego podpisu.",
    _R.PZ_AMBIGUOUS: "Podpis zaufany wskazuje więcej niż jedną osobę.",
    _R.PZ_UNCONFIRMED: "Danych podpisu zaufanego nie potwierdza właściwa pieczęć.",
    _R.PZ_NO_PERSON: "Pieczęć podpisu zaufanego nie wskazuje żadnej osoby.",
    _R.REVOCATION_UNKNOWN: "Nie sprawdzono, czy certyfikat unieważniono.",
}


@dataclass(frozen=True)
class Reason:
    """A finding: its stable code and the sentence for a person."""

    code: ReasonCode
    text: str

    @classmethod
    def of(cls, code: ReasonCode) -> "Reason":
        return cls(code, TEXTS[code])
