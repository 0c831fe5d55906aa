"""Trusted lists made for a test and signed by another stack (libxmlsec)."""

import base64
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.signatures.lists.criteria import Facts
from skrytka.core.signatures.lists.model import TrustedList
from skrytka.core.signatures.lists.names import CA_QC, FOR_SIGNATURES, GRANTED, TSL_MIME
from skrytka.core.signatures.lists.taking import open_list
from skrytka.core.signatures.signing import MemoryKey
from tests.core.signatures.crafting import Shape, sign
from tests.world.pki import AT, Terms, authority, certificate_of, organisation, signer

ROOT = authority("Urząd list testowych")
EU_TYPE = "http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUlistofthelists"
NATIONAL_TYPE = "http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUgeneric"
EU_ADDRESS = "https://lists.example/eu-lotl.xml"
JOURNAL = "https://journal.example/oj"
NAMESPACES = (
    'xmlns="http://uri.etsi.org/02231/v2#" '
    'xmlns:x="http://uri.etsi.org/02231/v2/additionaltypes#" '
    'xmlns:q="http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#" '
    'xmlns:a="http://uri.etsi.org/01903/v1.3.2#"'
)
QUALIFIER = "http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/"


def operator(name: str, terms: Terms | None = None) -> MemoryKey:
    return signer(organisation(name), ROOT, terms or Terms())


EU_KEY = operator("Komisja testowa")
PL_KEY = operator("Operator polski")
STRANGER = operator("Obcy")


def moment(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


SINCE = moment(2017)


@dataclass(frozen=True)
class State:
    status: str = GRANTED
    since: datetime = SINCE
    type: str = CA_QC
    extensions: str = ""
    purposes: tuple[str, ...] = (FOR_SIGNATURES,)

    def xml(self, tag: str, identity: str) -> str:
        additional = "".join(
            f'<Extension Critical="true"><AdditionalServiceInformation><URI xml:lang="en">{one}'
            "</URI></AdditionalServiceInformation></Extension>"
            for one in self.purposes
        )
        return (
            f"<{tag}><ServiceTypeIdentifier>{self.type}</ServiceTypeIdentifier>"
            '<ServiceName><Name xml:lang="pl">Urząd</Name><Name xml:lang="en">Authority</Name>'
            f"</ServiceName><ServiceDigitalIdentity>{identity}</ServiceDigitalIdentity>"
            f"<ServiceStatus>{self.status}</ServiceStatus>"
            f"<StatusStartingTime>{stamp(self.since)}</StatusStartingTime>"
            f"<ServiceInformationExtensions>{additional}{self.extensions}"
            f"</ServiceInformationExtensions></{tag}>"
        )


def service(identity: str, *states: State) -> str:
    now, *history = states or (State(),)
    recorded = "".join(one.xml("ServiceHistoryInstance", identity) for one in history)
    return (
        f"<TSPService>{now.xml('ServiceInformation', identity)}"
        f"<ServiceHistory>{recorded}</ServiceHistory></TSPService>"
    )


def by_certificate(certificate: x509.Certificate) -> str:
    text = base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()
    return f"<DigitalId><X509Certificate>{text}</X509Certificate></DigitalId>"


def by_key_identifier(certificate: x509.Certificate) -> str:
    digest = x509.SubjectKeyIdentifier.from_public_key(certificate.public_key()).digest
    return f"<DigitalId><X509SKI>{base64.b64encode(digest).decode()}</X509SKI></DigitalId>"


def qualification(criteria: str, *names: str) -> str:
    qualifiers = "".join(f'<q:Qualifier uri="{QUALIFIER}{name}"/>' for name in names)
    return (
        '<Extension Critical="true"><q:Qualifications><q:QualificationElement><q:Qualifiers>'
        f"{qualifiers}</q:Qualifiers>{criteria}"
        "</q:QualificationElement></q:Qualifications></Extension>"
    )


def criteria(members: str, quantifier: str = "all") -> str:
    return f'<q:CriteriaList assert="{quantifier}">{members}</q:CriteriaList>'


def policy_set(*oids: str) -> str:
    listed = "".join(
        f"<q:PolicyIdentifier><a:Identifier>{oid}</a:Identifier></q:PolicyIdentifier>"
        for oid in oids
    )
    return f"<q:PolicySet>{listed}</q:PolicySet>"


def pointer(territory: str, *keys: MemoryKey, kind: str = NATIONAL_TYPE) -> str:
    identities = "".join(by_certificate(certificate_of(key)) for key in keys)
    address = EU_ADDRESS if kind == EU_TYPE else f"https://lists.example/{territory}.xml"
    return (
        "<OtherTSLPointer><ServiceDigitalIdentities><ServiceDigitalIdentity>"
        f"{identities}</ServiceDigitalIdentity></ServiceDigitalIdentities>"
        f"<TSLLocation>{address}</TSLLocation><AdditionalInformation>"
        f"<OtherInformation><TSLType>{kind}</TSLType></OtherInformation>"
        f"<OtherInformation><SchemeTerritory>{territory}</SchemeTerritory></OtherInformation>"
        f"<OtherInformation><x:MimeType>{TSL_MIME}</x:MimeType></OtherInformation>"
        "</AdditionalInformation></OtherTSLPointer>"
    )


@dataclass(frozen=True)
class Draft:
    """A list before it is signed; ``without`` and ``changes`` break it."""

    territory: str = "PL"
    sequence: int = 7
    type: str = NATIONAL_TYPE
    issued: datetime = AT - timedelta(days=10)
    next_update: str = f"<dateTime>{(AT + timedelta(days=30)):%Y-%m-%dT%H:%M:%SZ}</dateTime>"
    services: tuple[str, ...] = ()
    pointers: tuple[str, ...] = ()
    information: tuple[str, ...] = (JOURNAL,)
    without: str = ""
    changes: tuple[tuple[str, str], ...] = field(default=())

    def xml(self) -> str:
        elements = {
            "TSLVersionIdentifier": "5",
            "TSLSequenceNumber": str(self.sequence),
            "TSLType": self.type,
            "SchemeOperatorName": '<Name xml:lang="en">Operator</Name>',
            "SchemeOperatorAddress": "<PostalAddresses/>",
            "SchemeName": '<Name xml:lang="en">List</Name>',
            "SchemeInformationURI": "".join(
                f'<URI xml:lang="en">{one}</URI>' for one in self.information
            ),
            "StatusDeterminationApproach": "urn:a",
            "SchemeTypeCommunityRules": "<URI>urn:r</URI>",
            "SchemeTerritory": self.territory,
            "PolicyOrLegalNotice": "<TSLLegalNotice/>",
            "HistoricalInformationPeriod": "65535",
            "PointersToOtherTSL": "".join(self.pointers),
            "ListIssueDateTime": stamp(self.issued),
            "NextUpdate": self.next_update,
        }
        scheme = "".join(
            f"<{name}>{value}</{name}>" for name, value in elements.items() if name != self.without
        )
        text = (
            f'<TrustServiceStatusList {NAMESPACES} Id="L"><SchemeInformation>{scheme}'
            "</SchemeInformation><TrustServiceProviderList><TrustServiceProvider><TSPInformation>"
            '<TSPName><Name xml:lang="en">Provider</Name></TSPName></TSPInformation>'
            f"<TSPServices>{''.join(self.services)}</TSPServices></TrustServiceProvider>"
            "</TrustServiceProviderList>{signature}</TrustServiceStatusList>"
        )
        for old, new in self.changes:
            assert old in text
            text = text.replace(old, new)
        return text

    def signed(self, key: MemoryKey = PL_KEY) -> bytes:
        return sign(self.xml(), Shape(key=key))


LOTL = Draft(
    territory="EU",
    type=EU_TYPE,
    sequence=100,
    pointers=(pointer("EU", EU_KEY, kind=EU_TYPE), pointer("PL", PL_KEY)),
)


def read_back(draft: Draft) -> TrustedList:
    """This will read a good draft through its signature."""
    read = open_list(draft.signed()).list
    assert read is not None
    return read


def with_services(*services: str) -> Draft:
    return replace(Draft(), services=services)


def stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def facts(**held: frozenset[str]) -> Facts:
    return Facts(**held)
