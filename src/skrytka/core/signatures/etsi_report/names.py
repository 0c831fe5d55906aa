"""The URIs of TS 119 102-2, and those of our own where it leaves the choice."""

from skrytka.core.signatures.evidence import TimestampKind

NAMESPACE = "http://uri.etsi.org/19102/v1.4.1#"
_ETSI = "urn:etsi:019102:"
_OWN = "urn:skrytka:signature:"

# Clause 4.3.4.2: of a signature in its report, and of a time-stamp among the objects.
MAIN = {
    "TOTAL_PASSED": f"{_ETSI}mainindication:total-passed",
    "TOTAL_FAILED": f"{_ETSI}mainindication:total-failed",
    "INDETERMINATE": f"{_ETSI}mainindication:indeterminate",
    "PASSED": f"{_ETSI}mainindication:passed",
    "FAILED": f"{_ETSI}mainindication:failed",
}
# Clause 4.3.4.3: the word of EN 319 102-1 stands at the end.
SUB = f"{_ETSI}subindication:"
# Clause 4.3.11.1, by the conclusion at the top; without one the path alone was looked at.
BASIC = f"{_ETSI}validationprocess:Basic"
PROCESSES = {
    "validation with time and long-term material": f"{_ETSI}validationprocess:LTVM",
    "past signature validation": f"{_ETSI}validationprocess:LTA",
}
POE_BY_VALIDATION = f"{_ETSI}poetype:validation"
APPLIED = f"{_ETSI}constraintStatus:applied"

CERTIFICATE = f"{_ETSI}validationObject:certificate"
CRL = f"{_ETSI}validationObject:CRL"
OCSP = f"{_ETSI}validationObject:OCSPResponse"
TIMESTAMP = f"{_ETSI}validationObject:timestamp"
SIGNED_DATA = f"{_ETSI}validationObject:signedData"

# Annex A: the attribute by which a token came.
TIMESTAMP_ATTRIBUTES = {
    TimestampKind.CONTENT: "AllDataObjectsTimeStamp",
    TimestampKind.SIGNATURE: "SignatureTimeStamp",
    TimestampKind.REFERENCES: "SigAndRefsTimeStamp",
    TimestampKind.ARCHIVE: "ArchiveTimeStamp",
    TimestampKind.DOCUMENT: "DocTimeStamp",
    TimestampKind.CONTAINER: "ArchiveTimeStamp",
}

POLICY = "urn:skrytka:validation-policy:"
CONSTRAINT = f"{_OWN}constraint:"
QUALIFICATION = f"{_OWN}qualification:"
SIGNATURE_POLICY = f"{_OWN}policy:"
REASON = f"{_OWN}reason:"
FACT = _OWN
