"""From the verified payload of a list to its values (ETSI TS 119 612 clauses 5.3 to 5.6)."""

from dataclasses import dataclass
from datetime import datetime

from lxml.etree import _Element as Element

from skrytka.core.signatures.lists.findings import (
    Findings,
    certificates_in,
    instant,
    text_of,
)
from skrytka.core.signatures.lists.model import Pointer, TrustedList
from skrytka.core.signatures.lists.names import TSL, extra, tsl
from skrytka.core.signatures.lists.problems import ListFault, ListProblem
from skrytka.core.signatures.lists.service_states import read_services

_ROOT = tsl("TrustServiceStatusList")
_VERSIONS = frozenset({4, 5, 6})
# Clause 5.3 in its order; the schema allows each exactly once.
_REQUIRED = (
    "TSLVersionIdentifier",
    "TSLSequenceNumber",
    "TSLType",
    "SchemeOperatorName",
    "SchemeOperatorAddress",
    "SchemeName",
    "SchemeInformationURI",
    "StatusDeterminationApproach",
    "SchemeTypeCommunityRules",
    "SchemeTerritory",
    "PolicyOrLegalNotice",
    "HistoricalInformationPeriod",
    "ListIssueDateTime",
    "NextUpdate",
)


@dataclass(frozen=True)
class Parsed:
    """A list as far as it could be read, and what was wrong. None: not readable as a list."""

    list: TrustedList | None
    problems: tuple[ListProblem, ...]


def parse_list(root: Element) -> Parsed:
    """This will read a whole list. Never raises for what it holds; a fault becomes a problem."""
    findings = Findings()
    information = root.find(tsl("SchemeInformation"))
    if root.tag != _ROOT:
        findings.add(ListFault.NOT_A_LIST, str(root.tag))
        return Parsed(None, tuple(findings.problems))
    if information is None:
        findings.add(ListFault.ELEMENT_MISSING, "SchemeInformation")
        return Parsed(None, tuple(findings.problems))
    _check_structure(information, findings)
    territory = text_of(information.find(tsl("SchemeTerritory")))
    read = TrustedList(
        version=_number(information, "TSLVersionIdentifier", findings),
        sequence=_number(information, "TSLSequenceNumber", findings),
        type=text_of(information.find(tsl("TSLType"))),
        territory=territory,
        issued_at=instant(information, "ListIssueDateTime", findings),
        next_update=_next_update(information, findings),
        information=_uris(information.find(tsl("SchemeInformationURI"))),
        pointers=_pointers(information, findings),
        services=read_services(root, territory, findings),
    )
    if read.version not in _VERSIONS:
        findings.add(ListFault.ELEMENT_VALUE, "TSLVersionIdentifier")
    return Parsed(read, tuple(findings.problems))


def _check_structure(information: Element, findings: Findings) -> None:
    for name in _REQUIRED:
        found = len(information.findall(tsl(name)))
        if found != 1:
            fault = ListFault.ELEMENT_REPEATED if found else ListFault.ELEMENT_MISSING
            findings.add(fault, name)


def _number(information: Element, name: str, findings: Findings) -> int:
    found = information.find(tsl(name))
    text = text_of(found)
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    if found is not None:
        findings.add(ListFault.ELEMENT_VALUE, name)
    return 0


def _next_update(information: Element, findings: Findings) -> datetime | None:
    """Clause 5.3.15: an empty NextUpdate says that the list is closed."""
    holder = information.find(tsl("NextUpdate"))
    if holder is None or holder.find(tsl("dateTime")) is None:
        return None
    return instant(holder, "dateTime", findings)


def _uris(holder: Element | None) -> tuple[str, ...]:
    return () if holder is None else tuple(text_of(uri) for uri in holder.iterchildren(tsl("URI")))


def _pointers(information: Element, findings: Findings) -> tuple[Pointer, ...]:
    found = information.iterfind(f"{tsl('PointersToOtherTSL')}/{tsl('OtherTSLPointer')}")
    return tuple(_pointer(one, findings) for one in found)


def _pointer(element: Element, findings: Findings) -> Pointer:
    about = f"{tsl('AdditionalInformation')}/{tsl('OtherInformation')}"
    return Pointer(
        territory=text_of(element.find(f"{about}/{tsl('SchemeTerritory')}")),
        location=text_of(element.find(tsl("TSLLocation"))),
        mime_type=text_of(element.find(f"{about}/{extra('MimeType')}")),
        type=text_of(element.find(f"{about}/{tsl('TSLType')}")),
        certificates=certificates_in(element.iter(f"{{{TSL}}}X509Certificate"), findings),
    )
