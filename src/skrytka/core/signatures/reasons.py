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
    CMS_SYNTAX = "CMS-SYNTAX"
    CMS_DUP_ATTR = "CMS-DUP-ATTR"
    CMS_ALG_DISAGREE = "CMS-ALG-DISAGREE"
    CMS_CONTENT_TYPE = "CMS-CONTENT-TYPE"
    CMS_ORDER = "CMS-ORDER"
    NOT_CADES = "NOT-CADES"
    ZIP_SYNTAX = "ZIP-SYNTAX"
    ZIP_DUP = "ZIP-DUP"
    ZIP_NAME = "ZIP-NAME"
    ZIP_HEADER = "ZIP-HEADER"
    ZIP_ENC = "ZIP-ENC"
    ZIP_RATIO = "ZIP-RATIO"
    ZIP_SIZE = "ZIP-SIZE"
    ZIP_COUNT = "ZIP-COUNT"
    NOT_ASIC = "NOT-ASIC"
    ASIC_STRUCTURE = "ASIC-STRUCTURE"
    ASIC_MIMETYPE = "ASIC-MIMETYPE"
    ASIC_UNCOVERED = "ASIC-UNCOVERED"
    ASIC_MANIFEST = "ASIC-MANIFEST"
    PDF_SYNTAX = "PDF-SYNTAX"
    PDF_ENCRYPTED = "PDF-ENCRYPTED"
    PDF_LIMIT = "PDF-LIMIT"
    PDF_BYTERANGE = "PDF-BYTERANGE"
    PDF_MODIFIED = "PDF-MODIFIED"
    PDF_MDP = "PDF-MDP"
    PDF_COVERAGE_UNCLEAR = "PDF-COVERAGE-UNCLEAR"
    PDF_FIELD = "PDF-FIELD"
    RES_CPU = "RES-CPU"
    RES_MEM = "RES-MEM"
    ENGINE_FAULT = "ENGINE-FAULT"
    TST_SYNTAX = "TST-SYNTAX"
    TST_IMPRINT = "TST-IMPRINT"
    TST_VALUE = "TST-VALUE"
    TST_CERT = "TST-CERT"
    TST_NOT_FOUND = "TST-NOT-FOUND"
    TST_UNTRUSTED = "TST-UNTRUSTED"
    TST_ORDER = "TST-ORDER"
    REVOKED = "REVOKED"
    REVOKED_NO_POE = "REVOKED-NO-POE"
    REVOKED_CA = "REVOKED-CA"
    SUSPENDED = "SUSPENDED"
    REVOCATION_UNUSABLE = "REVOCATION-UNUSABLE"
    TL_UNREADABLE = "TL-UNREADABLE"
    TL_EXPIRED = "TL-EXPIRED"


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
    _R.CMS_SYNTAX: "Podpis nie jest poprawnie zbudowany (CMS).",
    _R.CMS_DUP_ATTR: "Podpisany atrybut powtarza się, więc nie wiadomo, co podpisano.",
    _R.CMS_ALG_DISAGREE: "Podpis podaje sprzeczne algorytmy.",
    _R.CMS_CONTENT_TYPE: "Rodzaj podpisanej treści nie zgadza się z podpisem.",
    _R.CMS_ORDER: "Podpisane atrybuty zapisano w innej kolejności, niż wymaga norma.",
    _R.NOT_CADES: "Podpis nie jest podpisem CAdES: certyfikat nie jest objęty podpisem.",
    _R.ZIP_SYNTAX: "Plik nie jest poprawnym archiwum ZIP.",
    _R.ZIP_DUP: "W kontenerze powtarza się nazwa pliku, więc nie wiadomo, co podpisano.",
    _R.ZIP_NAME: "Kontener zawiera plik o niedozwolonej nazwie.",
    _R.ZIP_HEADER: "Opisy pliku w kontenerze są sprzeczne.",
    _R.ZIP_ENC: "Kontener zawiera zaszyfrowany plik.",
    _R.ZIP_RATIO: "Plik w kontenerze rozpakowuje się do podejrzanie dużych rozmiarów.",
    _R.ZIP_SIZE: "Kontener jest za duży, żeby sprawdzić podpis.",
    _R.ZIP_COUNT: "Kontener zawiera zbyt wiele plików, żeby sprawdzić podpis.",
    _R.NOT_ASIC: "Plik jest archiwum, ale nie jest kontenerem podpisów ASiC.",
    _R.ASIC_STRUCTURE: "Budowa kontenera jest niezgodna z normą ASiC.",
    _R.ASIC_MIMETYPE: "Kontener nie podaje na początku swojego rodzaju.",
    _R.ASIC_UNCOVERED: "Podpis nie obejmuje wszystkich plików w kontenerze.",
    _R.ASIC_MANIFEST: "Spis plików kontenera nie zgadza się z jego zawartością.",
    _R.PDF_SYNTAX: "Nie można odczytać budowy pliku PDF.",
    _R.PDF_ENCRYPTED: "Plik PDF jest zaszyfrowany, więc nie można sprawdzić podpisu.",
    _R.PDF_LIMIT: "Plik PDF jest zbyt złożony, żeby sprawdzić podpis.",
    _R.PDF_BYTERANGE: "Zakres bajtów podpisu w pliku PDF jest niepoprawny.",
    _R.PDF_MODIFIED: "Po podpisaniu dodano do pliku PDF zmiany, których podpis nie obejmuje.",
    _R.PDF_MDP: "Po podpisaniu dodano do pliku PDF zmiany, których podpis zabrania.",
    _R.PDF_COVERAGE_UNCLEAR: "Nie można ustalić, czy zmiany dodane po podpisaniu są dozwolone.",
    _R.PDF_FIELD: "Pole podpisu w pliku PDF jest zbudowane niejednoznacznie.",
    _R.RES_CPU: "Sprawdzenie podpisu trwało zbyt długo i zostało przerwane.",
    _R.RES_MEM: "Sprawdzenie podpisu wymaga zbyt dużo pamięci i zostało przerwane.",
    _R.ENGINE_FAULT: "Sprawdzenie podpisu nie powiodło się z przyczyn po stronie systemu.",
    _R.TST_SYNTAX: "Nie można odczytać znacznika czasu.",
    _R.TST_IMPRINT: "Znacznik czasu nie dotyczy tych danych.",
    _R.TST_VALUE: "Podpis znacznika czasu jest niepoprawny.",
    _R.TST_CERT: "Certyfikat znacznika czasu nie służy do znakowania czasem.",
    _R.TST_NOT_FOUND: "Brakuje danych, których dotyczy znacznik czasu.",
    _R.TST_UNTRUSTED: "Nie znamy wystawcy znacznika czasu.",
    _R.TST_ORDER: "Znaczniki czasu są w niemożliwej kolejności.",
    _R.REVOKED: "Certyfikat unieważniono przed złożeniem podpisu.",
    _R.REVOKED_NO_POE: "Certyfikat unieważniono i nie ma dowodu, że podpis złożono wcześniej.",
    _R.REVOKED_CA: "Unieważniono certyfikat wystawcy.",
    _R.REVOCATION_UNUSABLE: "Danych o unieważnieniu certyfikatu nie dało się użyć.",
    _R.SUSPENDED: "Certyfikat jest zawieszony.",
    _R.TL_UNREADABLE: "Nie można odczytać listy zaufania.",
    _R.TL_EXPIRED: "Lista zaufania jest nieaktualna.",
}


@dataclass(frozen=True)
class Reason:
    """A finding: its stable code and the sentence for a person."""

    code: ReasonCode
    text: str

    @classmethod
    def of(cls, code: ReasonCode) -> "Reason":
        return cls(code, TEXTS[code])
