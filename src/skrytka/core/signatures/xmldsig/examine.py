"""From a file to the evidence of all its signatures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml.etree import _Element as Element

from skrytka.core.documents.xml import XmlRefused
from skrytka.core.signatures.algorithms import ValueCheck, check_value
from skrytka.core.signatures.c14n import CannotCanonicalize, canonicalize
from skrytka.core.signatures.evidence import (
    ClaimedRole,
    FileEvidence,
    SignatureEvidence,
    TimestampEvidence,
)
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import SignatureFormat, SignatureLevel
from skrytka.core.signatures.xmldsig.certificates import (
    SigningCertificate,
    find_signing_certificate,
)
from skrytka.core.signatures.xmldsig.countersigned import countersigned
from skrytka.core.signatures.xmldsig.coverage import Coverage, measure_coverage
from skrytka.core.signatures.xmldsig.intake import SignedFile, open_signed_file
from skrytka.core.signatures.xmldsig.manifests import manifest_entries
from skrytka.core.signatures.xmldsig.properties import SignedProperties, read_properties
from skrytka.core.signatures.xmldsig.references import (
    Budget,
    DetachedFiles,
    Resolved,
    Resolver,
)
from skrytka.core.signatures.xmldsig.stamped import Signed
from skrytka.core.signatures.xmldsig.structure import Refused, SignatureParts, read_signature
from skrytka.core.signatures.xmldsig.timestamps import read_timestamps
from skrytka.core.signatures.xmldsig.transforms import read_steps
from skrytka.core.signatures.xmldsig.unsigned import (
    Values,
    level_of,
    read_values,
    unsigned_properties,
)
from skrytka.core.signatures.xmldsig.used import algorithms_used

_MOST_SIGNATURES = 64
# A reference that leads to the wrong place has not found its data, whatever its digest says.
_BREAKING = frozenset(
    {
        ReasonCode.SIG_VALUE,
        ReasonCode.ALG_MISMATCH,
        ReasonCode.ALG_UNKNOWN,
        ReasonCode.XSW_SIGNEDPROPS,
        ReasonCode.XSW_OBJECT,
    }
)
_OF_VALUE: dict[ValueCheck, tuple[ReasonCode, ...]] = {
    ValueCheck.INTACT: (),
    ValueCheck.BROKEN: (ReasonCode.SIG_VALUE,),
    ValueCheck.KEY_MISMATCH: (ReasonCode.ALG_MISMATCH,),
}


def examine_xml(data: bytes, detached: DetachedFiles) -> FileEvidence:
    """This will decode every signature of an XML file. Never raises for what the file holds."""
    try:
        signed_file = open_signed_file(data)
    except XmlRefused as refusal:
        return FileEvidence(refusal=ReasonCode(refusal.fault.value))
    return examine_file(signed_file, detached)


def examine_file(signed_file: SignedFile, detached: DetachedFiles) -> FileEvidence:
    """This will decode every signature of a file that is already parsed.

    Counter-signatures come with the signature that they sign, not beside it.
    """
    if not signed_file.signatures:
        return FileEvidence(refusal=ReasonCode.NO_SIGNATURE)
    if len(signed_file.signatures) > _MOST_SIGNATURES:
        return FileEvidence(refusal=ReasonCode.RES_COUNT)
    examiner = _Examiner(
        signed_file, detached, Budget.for_file(signed_file), countersigned(signed_file)
    )
    heads = (node for node in signed_file.signatures if node not in examiner.parents)
    return FileEvidence(tuple(examiner.examine(node) for node in heads))


@dataclass(frozen=True)
class _Properties:
    """The qualifying properties: the signed ones when they verified, the unsigned in order."""

    signed: SignedProperties | None = None
    codes: tuple[ReasonCode, ...] = ()
    unsigned: tuple[Element, ...] = ()
    values: Values = field(default_factory=Values)


@dataclass(frozen=True)
class _Findings:
    """Everything about one signature that its evidence is written from."""

    signed: Signed
    entries: tuple[Resolved, ...]
    properties: _Properties
    certificate: SigningCertificate
    coverage: Coverage

    @property
    def items(self) -> tuple[Resolved, ...]:
        return (*self.signed.references, *self.entries)

    @cached_property
    def to_be_signed(self) -> bytes | None:
        """SignedInfo in its canonical form; None where it has none."""
        chosen = self.signed.parts.canonicalization
        try:
            return canonicalize(
                self.signed.parts.signed_info, chosen.method, prefixes=chosen.prefixes
            )
        except CannotCanonicalize:
            return None


@dataclass(frozen=True)
class _Examiner:
    """Decodes the signatures of one file; ``parents`` maps counter-signatures to what they sign."""

    signed_file: SignedFile
    detached: DetachedFiles
    budget: Budget
    parents: Mapping[Element, Element]

    def examine(self, node: Element) -> SignatureEvidence:
        """This will decode one signature; what cannot be evaluated is a code, never a guess."""
        if self.signed_file.ambiguous_ids:
            return self._unread(node, ReasonCode.XSW_DUP_ID)
        try:
            return self._evidence(_follow(self._resolver(node), read_signature(node)))
        except Refused as refusal:
            return self._unread(node, refusal.code)
        except XmlRefused:  # an octet stream that was digested but is not the XML it should be
            return self._unread(node, ReasonCode.TR_FAILED)

    def _resolver(self, node: Element) -> Resolver:
        return Resolver(self.signed_file, node, self.detached, self.budget)

    def _unread(self, node: Element, code: ReasonCode) -> SignatureEvidence:
        return SignatureEvidence(
            id=node.get("Id"),
            format=SignatureFormat.XML_DSIG,
            level=SignatureLevel.NOT_ETSI,
            intact=False,
            security=(code,),
            counter_signatures=self._counter_signatures(node),
        )

    def _counter_signatures(self, node: Element) -> tuple[SignatureEvidence, ...]:
        found = [child for child, parent in self.parents.items() if parent is node]
        return tuple(self.examine(child) for child in found)

    def _evidence(self, signed: Signed) -> SignatureEvidence:
        properties = self._properties(signed)
        name = properties.signed.certificate if properties.signed else None
        entries = manifest_entries(signed.resolver, signed.references)
        findings = _Findings(
            signed,
            entries,
            properties,
            find_signing_certificate(signed.parts.key_info, name, properties.values.certificates),
            self._coverage(signed, entries),
        )
        return _told(findings, self._counter_signatures(signed.parts.node))

    def _properties(self, signed: Signed) -> _Properties:
        try:
            found = read_properties(signed.parts, signed.references, self.signed_file.ids)
        except Refused as refusal:
            return _Properties(codes=(refusal.code,))
        if found is None:
            return _Properties(codes=(ReasonCode.NOT_XADES,))
        unsigned = unsigned_properties(found.qualifying)
        return _Properties(found, (), unsigned, read_values(unsigned) if unsigned else Values())

    def _coverage(self, signed: Signed, entries: tuple[Resolved, ...]) -> Coverage:
        parent = self.parents.get(signed.parts.node)
        return measure_coverage(self.signed_file, signed, entries, parent)


def _follow(resolver: Resolver, parts: SignatureParts) -> Signed:
    """Every transform is known to be allowed before the first one runs."""
    steps = tuple(read_steps(reference.transforms) for reference in parts.references)
    resolver.budget.spend_transforms(sum(map(len, steps)))
    if sum(1 for reference in parts.references if reference.uri is None) > 1:
        raise Refused(ReasonCode.REF_NULL_URI)
    pairs = zip(parts.references, steps, strict=True)
    followed = tuple(resolver.resolve(reference, allowed) for reference, allowed in pairs)
    return Signed(resolver, parts, followed)


def _told(
    findings: _Findings, counter_signatures: tuple[SignatureEvidence, ...]
) -> SignatureEvidence:
    """This will write down what was found; a role and content only of an intact signature."""
    signed, found, coverage = findings.signed, findings.certificate, findings.coverage
    properties, values = findings.properties.signed, findings.properties.values
    codes = _codes(findings)
    intact = _is_intact(findings, codes)
    return SignatureEvidence(
        id=signed.parts.id,
        format=SignatureFormat.XADES if properties else SignatureFormat.XML_DSIG,
        level=level_of(findings.properties.unsigned) if properties else SignatureLevel.NOT_ETSI,
        intact=intact,
        certificate=found.chosen,
        pool=found.pool,
        claimed_signing_time=properties.signing_time if properties else None,
        role=properties.role if properties and intact else ClaimedRole(),
        covers=coverage.covers,
        content=coverage.content if intact else None,
        security=codes,
        value_sha256=signed.parts.value_sha256,
        certificate_ref_match=found.ref_match,
        algorithms=algorithms_used(signed, findings.entries, properties, found.key),
        timestamps=_timestamps(findings),
        crls=values.crls,
        ocsps=values.ocsps,
        counter_signatures=counter_signatures,
        policy_id=properties.policy_id if properties else None,
        claimed_roles=properties.claimed_roles if properties and intact else (),
        to_be_signed=findings.to_be_signed,
    )


def _codes(findings: _Findings) -> tuple[ReasonCode, ...]:
    of_items = (code for item in findings.items for code in item.codes)
    every = (
        *findings.properties.codes,
        *findings.certificate.codes,
        *_value_codes(findings),
        *of_items,
        *findings.coverage.codes,
    )
    return tuple(dict.fromkeys(every))


def _is_intact(findings: _Findings, codes: tuple[ReasonCode, ...]) -> bool:
    followed = all(item.intact for item in findings.items)
    certified = findings.certificate.chosen is not None
    return certified and followed and not _BREAKING.intersection(codes)


def _timestamps(findings: _Findings) -> tuple[TimestampEvidence, ...]:
    properties, pool = findings.properties, findings.certificate.pool
    if properties.signed is None:
        return ()
    qualifying = properties.signed.qualifying
    return read_timestamps(findings.signed, qualifying, properties.unsigned, pool)


def _value_codes(findings: _Findings) -> tuple[ReasonCode, ...]:
    """This will verify the value over the canonical SignedInfo with the certificate's key."""
    parts, found = findings.signed.parts, findings.certificate
    if parts.method is None:
        return (ReasonCode.ALG_UNKNOWN,)
    if found.chosen is None:
        return ()
    if found.key is None or findings.to_be_signed is None:
        return (ReasonCode.SIG_VALUE,)
    return _OF_VALUE[check_value(found.key, parts.method, findings.to_be_signed, parts.value)]
