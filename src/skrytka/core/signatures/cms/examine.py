"""From a CMS file to the evidence of all its signers."""

from collections.abc import Iterable, Mapping

from skrytka.core.signatures.cms.archive import Sources
from skrytka.core.signatures.cms.attributes import read_policy, read_roles, read_signing_time
from skrytka.core.signatures.cms.ber import CannotRead, Node
from skrytka.core.signatures.cms.certificates import Held, hold_all
from skrytka.core.signatures.cms.contents import (
    Content,
    check_over_contents,
    detached_content,
    list_contents,
)
from skrytka.core.signatures.cms.opening import open_cms
from skrytka.core.signatures.cms.revocations import (
    ADOBE_REVOCATION,
    CERTIFICATE_VALUES,
    REVOCATION_VALUES,
    Revocations,
    certificate_nodes,
    read_revocation_values,
    read_revocations,
)
from skrytka.core.signatures.cms.stamps import Stamps, timestamp_attributes
from skrytka.core.signatures.cms.structure import (
    SignedData,
    SignerInfo,
    read_signed_data,
    read_signer,
)
from skrytka.core.signatures.cms.verification import Checked, Signed, check_signer, sha256
from skrytka.core.signatures.evidence import (
    FileEvidence,
    SignatureEvidence,
    TimestampEvidence,
    TimestampKind,
)
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.timestamps import ID_TST_INFO, Stamped
from skrytka.core.signatures.words import SignatureFormat, SignatureLevel

COUNTER_SIGNATURE = "1.2.840.113549.1.9.6"
_MOST_SIGNATURES = 64
_MOST_TIMESTAMPS = 256
_MOST_REVOCATIONS = 512


def examine_cms(data: bytes, detached: Mapping[str, bytes]) -> FileEvidence:
    """This will decode every signature of a CMS file: BER, DER, PEM or base64.

    ``detached`` are the files that were handed in beside it, by name: for a signature without its
    content the only one, or of several the one with the signed digest. What a signature covers
    stands in its ``covers``: a content inside is covered whatever was handed in. Never raises for
    what the file holds.
    """
    try:
        signed_data = _open(data)
        return _examine(signed_data, list_contents(signed_data, detached.items()))
    except CannotRead as refusal:
        return FileEvidence(refusal=refusal.code)


def examine_signed_data(
    signed_data_der: bytes, content: Stamped = None, *, name: str = ""
) -> FileEvidence:
    """This will decode every signer of a SignedData inside another format, such as a PDF.

    ``content``: the signed octets, or a function from a digest's name in hashlib to the digest
    (then ``SignatureEvidence.content`` stays None). Only over them a signer is intact: another
    content inside is never taken for it. None: the content is the one inside. ``name`` is that of
    the content in ``covers``. Zeros after the value are skipped. Never raises for what the data
    hold.
    """
    try:
        signed_data = _open(signed_data_der)
        if content is None:
            return _examine(signed_data, list_contents(signed_data, ()))
        return _examine(signed_data, (detached_content(name, content),))
    except CannotRead as refusal:
        return FileEvidence(refusal=refusal.code)


def _open(data: bytes) -> SignedData:
    """A token is no signature of a document, and certificates alone are none either."""
    signed_data = read_signed_data(open_cms(data))
    if not signed_data.signers or signed_data.content_type == ID_TST_INFO:
        raise CannotRead(ReasonCode.NO_SIGNATURE)
    if len(signed_data.signers) > _MOST_SIGNATURES:
        raise CannotRead(ReasonCode.RES_COUNT)
    return signed_data


def _examine(signed_data: SignedData, contents: tuple[Content, ...]) -> FileEvidence:
    return FileEvidence(_File(signed_data, contents).examine())


class _File:
    """One SignedData while its signers are examined."""

    def __init__(self, signed_data: SignedData, contents: tuple[Content, ...]) -> None:
        self._signed_data = signed_data
        self._contents = contents
        self._signers = tuple(_read(node) for node in signed_data.signers)
        self._all = tuple(each for one in self._signers if one for each in _with_counters(one))
        self._pool = self._hold()
        self._certificates = tuple(held.certificate for held in self._pool)
        self._revocations = self._revoke()
        self._sources: dict[Content, Sources] = {}
        self._limit()

    def examine(self) -> tuple[SignatureEvidence, ...]:
        return tuple(map(self._examine, self._signers))

    def _examine(self, signer: SignerInfo | None) -> SignatureEvidence:
        if signer is None:
            return _unread(ReasonCode.CMS_SYNTAX)
        try:
            content, checked = check_over_contents(
                signer, self._signed_data.content_type, self._contents, self._pool
            )
        except CannotRead as refusal:
            return _unread(refusal.code)
        return self._evidence(signer, checked, content)

    def _evidence(
        self, signer: SignerInfo, checked: Checked, content: Content, *, counter: bool = False
    ) -> SignatureEvidence:
        sources = self._sources.setdefault(content, Sources(self._signed_data, content.octets))
        stamps = Stamps(sources, signer, self._pool).examine()
        etsi = checked.is_named
        shown = checked.intact and not counter
        return SignatureEvidence(
            id=None,
            format=SignatureFormat.CADES if etsi else SignatureFormat.PKCS7,
            level=_level(stamps, self._revocations) if etsi else SignatureLevel.CMS_NOT_ETSI,
            intact=checked.intact,
            certificate=checked.certificate,
            pool=self._certificates,
            claimed_signing_time=read_signing_time(signer),
            covers=content.cover() if shown else (),
            content=content.verified() if shown else None,
            security=(*checked.codes, *(() if etsi else (ReasonCode.NOT_CADES,))),
            value_sha256=sha256(signer.value),
            certificate_ref_match=checked.ref_match,
            algorithms=checked.algorithms,
            timestamps=stamps,
            crls=self._revocations.crls,
            ocsps=self._revocations.ocsps,
            counter_signatures=tuple(self._counter_signatures(signer)),
            policy_id=read_policy(signer),
            claimed_roles=read_roles(signer),
            to_be_signed=checked.message,
        )

    def _counter_signatures(self, signer: SignerInfo) -> Iterable[SignatureEvidence]:
        """RFC 5652 §11.4: signers over the value of this one."""
        content = detached_content("", signer.value)
        for node in _counter_nodes(signer):
            counter = _read(node)
            if counter is None:
                yield _unread(ReasonCode.CMS_SYNTAX)
            else:
                checked = check_signer(counter, Signed(content.octets, None), self._pool)
                yield self._evidence(counter, checked, content, counter=True)

    def _hold(self) -> tuple[Held, ...]:
        own = self._signed_data.certificates
        later = (
            node
            for signer in self._all
            for attribute in signer.unsigned_attributes(CERTIFICATE_VALUES)
            for node in certificate_nodes(attribute)
        )
        return hold_all((*(own.children if own else ()), *later))

    def _revoke(self) -> Revocations:
        own = self._signed_data.revocations
        found = [read_revocations(own.children if own else ())]
        for signer in self._all:
            found += map(read_revocation_values, signer.unsigned_attributes(REVOCATION_VALUES))
            found += map(read_revocation_values, signer.signed_attributes(ADOBE_REVOCATION))
        return Revocations.joined(found)

    def _limit(self) -> None:
        tokens = sum(
            len(attribute.values) for one in self._all for attribute in timestamp_attributes(one)
        )
        too_many = (
            len(self._all) > _MOST_SIGNATURES
            or tokens > _MOST_TIMESTAMPS
            or len(self._revocations.all) > _MOST_REVOCATIONS
        )
        if too_many:
            raise CannotRead(ReasonCode.RES_COUNT)


def _read(node: Node) -> SignerInfo | None:
    try:
        return read_signer(node)
    except CannotRead:
        return None


def _with_counters(signer: SignerInfo) -> Iterable[SignerInfo]:
    """A signer and those who signed its value, who may have been signed in turn."""
    yield signer
    for node in _counter_nodes(signer):
        counter = _read(node)
        if counter is not None:
            yield from _with_counters(counter)


def _counter_nodes(signer: SignerInfo) -> tuple[Node, ...]:
    found = signer.unsigned_attributes(COUNTER_SIGNATURE)
    return tuple(node for attribute in found for node in attribute.values)


def _unread(code: ReasonCode) -> SignatureEvidence:
    return SignatureEvidence(
        id=None,
        format=SignatureFormat.PKCS7,
        level=SignatureLevel.CMS_NOT_ETSI,
        intact=False,
        security=(code,),
    )


def _level(stamps: tuple[TimestampEvidence, ...], revocations: Revocations) -> SignatureLevel:
    """EN 319 122-1 §6: what stands in it, not what it is worth."""
    kinds = {stamp.kind for stamp in stamps}
    if not kinds & {TimestampKind.SIGNATURE, TimestampKind.ARCHIVE}:
        return SignatureLevel.CADES_B
    if not revocations.all:
        return SignatureLevel.CADES_T
    archived = TimestampKind.ARCHIVE in kinds
    return SignatureLevel.CADES_LTA if archived else SignatureLevel.CADES_LT
