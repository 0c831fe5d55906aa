"""From a file to the evidence of all its signatures."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography import x509
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
from skrytka.core.signatures.verdict import SignatureFormat, SignatureLevel
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
        parts, properties = signed.parts, self._properties(signed)
        of_signature = properties.signed
        entries = manifest_entries(signed.resolver, signed.references)
        found = find_signing_certificate(
            parts.key_info,
            of_signature.certificate if of_signature else None,
            properties.values.certificates,
        )
        coverage = self._coverage(signed, entries)
        codes = _codes(signed, entries, properties, found, coverage)
        followed = all(item.intact for item in (*signed.references, *entries))
        intact = found.chosen is not None and followed and not _BREAKING.intersection(codes)
        return SignatureEvidence(
            id=parts.id,
            format=SignatureFormat.XADES if of_signature else SignatureFormat.XML_DSIG,
            level=level_of(properties.unsigned) if of_signature else SignatureLevel.NOT_ETSI,
            intact=intact,
            certificate=found.chosen,
            pool=found.pool,
            claimed_signing_time=of_signature.signing_time if of_signature else None,
            role=of_signature.role if of_signature and intact else ClaimedRole(),
            covers=coverage.covers,
            content=coverage.content if intact else None,
            security=codes,
            value_sha256=parts.value_sha256,
            certificate_ref_match=found.ref_match,
            algorithms=algorithms_used(signed, entries, of_signature, found.key),
            timestamps=_timestamps(signed, properties, found.pool),
            crls=properties.values.crls,
            ocsps=properties.values.ocsps,
            counter_signatures=self._counter_signatures(parts.node),
            policy_id=of_signature.policy_id if of_signature else None,
            claimed_roles=of_signature.claimed_roles if of_signature and intact else (),
        )

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
        return measure_coverage(self.signed_file.root, signed, entries, parent)


def _follow(resolver: Resolver, parts: SignatureParts) -> Signed:
    """Every transform is known to be allowed before the first one runs."""
    steps = tuple(read_steps(reference.transforms) for reference in parts.references)
    resolver.budget.spend_transforms(sum(map(len, steps)))
    if sum(1 for reference in parts.references if reference.uri is None) > 1:
        raise Refused(ReasonCode.REF_NULL_URI)
    pairs = zip(parts.references, steps, strict=True)
    followed = tuple(resolver.resolve(reference, allowed) for reference, allowed in pairs)
    return Signed(resolver, parts, followed)


def _codes(
    signed: Signed,
    entries: tuple[Resolved, ...],
    properties: _Properties,
    found: SigningCertificate,
    coverage: Coverage,
) -> tuple[ReasonCode, ...]:
    items = (*signed.references, *entries)
    of_items = tuple(code for item in items for code in item.codes)
    value = _value_codes(signed.parts, found)
    every = (*properties.codes, *found.codes, *value, *of_items, *coverage.codes)
    return tuple(dict.fromkeys(every))


def _timestamps(
    signed: Signed, properties: _Properties, pool: tuple[x509.Certificate, ...]
) -> tuple[TimestampEvidence, ...]:
    if properties.signed is None:
        return ()
    return read_timestamps(signed, properties.signed.qualifying, properties.unsigned, pool)


def _value_codes(parts: SignatureParts, found: SigningCertificate) -> tuple[ReasonCode, ...]:
    """This will verify the value over the canonical SignedInfo with the certificate's key."""
    if parts.method is None:
        return (ReasonCode.ALG_UNKNOWN,)
    if found.chosen is None:
        return ()
    if found.key is None:
        return (ReasonCode.SIG_VALUE,)
    try:
        chosen = parts.canonicalization
        signed = canonicalize(parts.signed_info, chosen.method, prefixes=chosen.prefixes)
    except CannotCanonicalize:
        return (ReasonCode.SIG_VALUE,)
    return _OF_VALUE[check_value(found.key, parts.method, signed, parts.value)]
