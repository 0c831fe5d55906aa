"""One target for each decoder: what it is given, and what would be a finding.

A finding is an exception, or a word that nobody signed: an intact signature over other bytes than
a seed's, a time, a state or a list that no seed holds.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from skrytka.core.signatures.asic.examine import examine_container
from skrytka.core.signatures.certificates import load_certificate, public_key_of
from skrytka.core.signatures.cms.examine import examine_cms
from skrytka.core.signatures.evidence import FileEvidence, SignedContent, TimestampKind
from skrytka.core.signatures.lists.taking import open_list
from skrytka.core.signatures.paths import build_path
from skrytka.core.signatures.pdf.examine import examine_pdf
from skrytka.core.signatures.qualification.statements import criteria_facts, facts_of
from skrytka.core.signatures.revocation.gathering import certificate_facts
from skrytka.core.signatures.revocation.lists import read_list
from skrytka.core.signatures.revocation.responses import read_response
from skrytka.core.signatures.signers import describe_signer, kind_of_certificate
from skrytka.core.signatures.timestamps import examine_token
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.words import Packaging
from skrytka.core.signatures.xmldsig.examine import examine_xml
from skrytka.core.signatures.xmldsig.references import DetachedFiles
from tools.fuzzing import seeds

BESIDE: Mapping[str, bytes] = seeds.LETTER
TRUST = TrustStore(anchors=(seeds.ROOT.certificate,))
Said = frozenset[object]


@dataclass(frozen=True)
class Target:
    """``say`` turns an input into what it vouches for; seeds alone may vouch for anything."""

    made: Callable[[], Iterator[bytes]]
    say: Callable[[bytes], Said]
    ending: str = ""


def _vouched(evidence: FileEvidence) -> Said:
    """Every intact signature with the digests of what it covers, and the bytes that it returns.

    The revision of a PDF holds the signature itself, which is not among what it covers. A whole
    signed file spliced into another one covers what it did and returns nothing: no news.
    """
    covered = [
        (cover.sha256, _returned(one.content))
        for parent in evidence.signatures
        for one in (parent, *parent.counter_signatures)
        if one.intact
        for cover in one.covers
    ]
    return frozenset((*covered, *((sha256, None) for sha256, _ in covered)))


def _returned(content: SignedContent | None) -> bytes | None:
    if content is None or content.packaging is Packaging.PDF_REVISION:
        return None
    return content.payload


def _token(data: bytes) -> Said:
    found = examine_token(data, seeds.STAMPED, kind=TimestampKind.SIGNATURE)
    return frozenset({found.time} if found.intact and found.imprint_intact else ())


def _crl(data: bytes) -> Said:
    facts = read_list(data, seeds.PERSON, seeds.ROOT.certificate)
    return frozenset({replace(facts, id="")} if facts is not None and facts.intact else ())


def _answer(data: bytes) -> Said:
    answer = read_response(data, seeds.PERSON, seeds.ROOT.certificate)
    return frozenset({replace(answer.facts, id="")} if answer is not None else ())


def _list(data: bytes) -> Said:
    opened = open_list(data).list
    return frozenset({repr(replace(opened, sha256=""))} if opened else ())


def _certificate(data: bytes) -> Said:
    """A certificate vouches for what was certified; whoever reads it must not fail."""
    certificate = load_certificate(data)
    if certificate is not None:
        public_key_of(certificate)
        path = build_path(certificate, (seeds.ROOT.certificate,), TRUST, seeds.AT)
        certificate_facts(certificate, None, ())
        facts_of(certificate)
        criteria_facts(certificate)
        describe_signer(certificate, None)
        kind_of_certificate(certificate, TRUST)
        return frozenset({certificate.tbs_certificate_bytes} if path.fault is None else ())
    return frozenset()


TARGETS: dict[str, Target] = {
    "xml": Target(
        seeds.xml, lambda data: _vouched(examine_xml(data, DetachedFiles(BESIDE))), ".xml"
    ),
    "cms": Target(seeds.cms, lambda data: _vouched(examine_cms(data, BESIDE)), ".p7s"),
    "token": Target(seeds.tokens, _token),
    "container": Target(
        seeds.containers, lambda data: _vouched(examine_container(data, {})), ".asice"
    ),
    "pdf": Target(seeds.pdfs, lambda data: _vouched(examine_pdf(data)), ".pdf"),
    "list": Target(seeds.lists, _list),
    "crl": Target(seeds.crls, _crl),
    "ocsp": Target(seeds.answers, _answer),
    "certificate": Target(seeds.certificates, _certificate),
}
