"""The trust services of a list with their states (ETSI TS 119 612 clauses 5.4 to 5.6)."""

from dataclasses import replace
from datetime import datetime

from lxml.etree import _Element as Element

from skrytka.core.signatures.lists.criteria import Rule, UnknownCriterion, read_rule
from skrytka.core.signatures.lists.findings import (
    Findings,
    certificates_in,
    instant,
    octets,
    text_of,
)
from skrytka.core.signatures.lists.model import Identity, Service, ServiceState
from skrytka.core.signatures.lists.names import extra, sie, tsl
from skrytka.core.signatures.lists.problems import ListFault

_PROVIDERS = f"{tsl('TrustServiceProviderList')}/{tsl('TrustServiceProvider')}"
_SERVICES = f"{tsl('TSPServices')}/{tsl('TSPService')}"
_HISTORY = f"{tsl('ServiceHistory')}/{tsl('ServiceHistoryInstance')}"
_EXTENSIONS = f"{tsl('ServiceInformationExtensions')}/{tsl('Extension')}"


def read_services(root: Element, territory: str, findings: Findings) -> tuple[Service, ...]:
    """This will read the services of all providers."""
    return tuple(
        _service(element, provider, territory, findings)
        for provider in root.iterfind(_PROVIDERS)
        for element in provider.iterfind(_SERVICES)
    )


def _service(element: Element, provider: Element, territory: str, findings: Findings) -> Service:
    now = element.find(tsl("ServiceInformation"))
    if now is None:
        findings.add(ListFault.ELEMENT_MISSING, "ServiceInformation")
    recorded = [*([] if now is None else [now]), *element.iterfind(_HISTORY)]
    return Service(
        provider=_name(provider.find(f"{tsl('TSPInformation')}/{tsl('TSPName')}")),
        name="" if now is None else _name(now.find(tsl("ServiceName"))),
        territory=territory,
        identity=_identity(now, findings),
        states=_chained([_state(one, findings) for one in recorded]),
    )


def _name(holder: Element | None) -> str:
    """This will return the English name: clause 5.1.4 makes that language mandatory."""
    names = [] if holder is None else list(holder.iterchildren(tsl("Name")))
    english = [
        one for one in names if one.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    ]
    return text_of(next(iter([*english, *names]), None))


def _identity(information: Element | None, findings: Findings) -> Identity:
    if information is None:
        return Identity()
    holder = f"{tsl('ServiceDigitalIdentity')}/{tsl('DigitalId')}"
    certificates = information.iterfind(f"{holder}/{tsl('X509Certificate')}")
    identifiers = information.iterfind(f"{holder}/{tsl('X509SKI')}")
    return Identity(
        certificates_in(certificates, findings),
        tuple(_key_identifier(one, findings) for one in identifiers),
    )


def _key_identifier(element: Element, findings: Findings) -> bytes:
    try:
        return octets(element)
    except ValueError:
        findings.add(ListFault.ELEMENT_VALUE, "X509SKI")
        return b""


def _chained(states: list[ServiceState]) -> tuple[ServiceState, ...]:
    """This will end every state where the next one starts (clause 5.6)."""
    ordered = sorted(states, key=lambda state: state.starts_at, reverse=True)
    ends: list[datetime | None] = [None, *(state.starts_at for state in ordered)]
    pairs = zip(ordered, ends, strict=False)
    return tuple(replace(state, ends_at=end) for state, end in pairs)


def _state(element: Element, findings: Findings) -> ServiceState:
    for name in ("ServiceTypeIdentifier", "ServiceStatus", "StatusStartingTime"):
        if element.find(tsl(name)) is None:
            findings.add(ListFault.ELEMENT_MISSING, name)
    extensions = element.findall(_EXTENSIONS)
    return ServiceState(
        type=text_of(element.find(tsl("ServiceTypeIdentifier"))),
        status=text_of(element.find(tsl("ServiceStatus"))),
        starts_at=instant(element, "StatusStartingTime", findings),
        purposes=_purposes(extensions),
        rules=tuple(rule for one in extensions for rule in _rules(one, findings)),
        expired_certificates_from=_expired_from(extensions, findings),
        taken_over_by=_taker(extensions),
    )


def _purposes(extensions: list[Element]) -> frozenset[str]:
    path = f"{tsl('AdditionalServiceInformation')}/{tsl('URI')}"
    return frozenset(text_of(uri) for one in extensions for uri in one.iterfind(path))


def _rules(extension: Element, findings: Findings) -> tuple[Rule, ...]:
    """A rule that is not understood is left out and said aloud: it neither gives nor takes."""
    rules = []
    for element in extension.iterfind(f"{sie('Qualifications')}/{sie('QualificationElement')}"):
        try:
            rules.append(read_rule(element))
        except UnknownCriterion as unknown:
            findings.add(ListFault.CRITERIA_UNKNOWN, str(unknown))
    return tuple(rules)


def _expired_from(extensions: list[Element], findings: Findings) -> datetime | None:
    for one in extensions:
        if one.find(tsl("ExpiredCertsRevocationInfo")) is not None:
            return instant(one, "ExpiredCertsRevocationInfo", findings)
    return None


def _taker(extensions: list[Element]) -> str | None:
    found = [taken for one in extensions for taken in one.iterfind(extra("TakenOverBy"))]
    return _name(found[0].find(extra("TSPName")) if found else None) or None
