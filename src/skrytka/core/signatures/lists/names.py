"""Names in trusted lists (ETSI TS 119 612): namespaces, identifiers of types, states and rules."""

TSL = "http://uri.etsi.org/02231/v2#"
EXTRA = "http://uri.etsi.org/02231/v2/additionaltypes#"
SIE = "http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#"

TSL_MIME = "application/vnd.etsi.tsl+xml"

_TYPES = "http://uri.etsi.org/TrstSvc/Svctype/"
CA_QC = f"{_TYPES}CA/QC"
CA_PKC = f"{_TYPES}CA/PKC"
QTST = f"{_TYPES}TSA/QTST"
TSA = f"{_TYPES}TSA"
TSA_FOR_QC = f"{_TYPES}TSA/TSS-QC"
TSA_FOR_ADES = f"{_TYPES}TSA/TSS-AdESQCandQES"
NATIONAL_ROOT = f"{_TYPES}NationalRootCA-QC"
TIME_STAMPING = frozenset({QTST, TSA, TSA_FOR_QC, TSA_FOR_ADES})
ISSUING = frozenset({CA_QC, CA_PKC, NATIONAL_ROOT})

_STATUS = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/"
GRANTED = f"{_STATUS}granted"
WITHDRAWN = f"{_STATUS}withdrawn"
UNDER_SUPERVISION = f"{_STATUS}undersupervision"
IN_CESSATION = f"{_STATUS}supervisionincessation"
ACCREDITED = f"{_STATUS}accredited"
# Clause 5.5.4: before eIDAS three states said what "granted" says since.
VOUCHING = frozenset({GRANTED, UNDER_SUPERVISION, IN_CESSATION, ACCREDITED})

_INFO = "http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/"
FOR_SIGNATURES = f"{_INFO}ForeSignatures"
FOR_SEALS = f"{_INFO}ForeSeals"
FOR_WEB = f"{_INFO}ForWebSiteAuthentication"


def qualifier(name: str) -> str:
    """This will return the identifier of a qualifier (clause 5.5.9.2.3), as QCWithQSCD."""
    return f"{_INFO}{name}"


def tsl(name: str) -> str:
    """This will return the expanded name of an element of a list."""
    return f"{{{TSL}}}{name}"


def extra(name: str) -> str:
    """This will return the expanded name of an additional type."""
    return f"{{{EXTRA}}}{name}"


def sie(name: str) -> str:
    """This will return the expanded name of an element of the qualifications extension."""
    return f"{{{SIE}}}{name}"


XADES_OIDS = "{http://uri.etsi.org/01903/v1.3.2#}Identifier"
