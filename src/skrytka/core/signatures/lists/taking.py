"""Taking a list: its one signature, its signer, its structure (TS 119 612 §5.7, TS 119 615 §4.1).

1. The bytes pass the hardened parser; a byte order mark and blanks around are let go.
2. There is exactly one ds:Signature: XAdES, intact, over the whole document.
3. Its algorithms are not weak.
4. Everything else is read from the payload which that signature covers.
5. The signing certificate is among the allowed ones and in force at the given time. The allowed
   certificates are the trust itself: no path is built, no revocation asked for.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from cryptography import x509

from skrytka.core.documents.xml import XmlRefused, parse_xml
from skrytka.core.signatures.evidence import FileEvidence, SignatureEvidence, Use
from skrytka.core.signatures.lists.model import TrustedList
from skrytka.core.signatures.lists.problems import ListFault, ListProblem
from skrytka.core.signatures.lists.reading import Parsed, parse_list
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import Scope, SignatureFormat, SubIndication
from skrytka.core.signatures.xmldsig.examine import examine_xml
from skrytka.core.signatures.xmldsig.references import DetachedFiles

_BLANKS = b" \t\r\n"
_UTF8_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")
_SIGNED_USES = frozenset({Use.SIGNATURE, Use.REFERENCE, Use.SIGNED_PROPERTIES})
_WEAK_DIGESTS = frozenset({"md5", "sha1", "ripemd160"})
_SUB_INDICATIONS = (
    (ReasonCode.REF_DIGEST, SubIndication.HASH_FAILURE),
    (ReasonCode.SIG_VALUE, SubIndication.SIG_CRYPTO_FAILURE),
    (ReasonCode.ALG_MISMATCH, SubIndication.SIG_CRYPTO_FAILURE),
    (ReasonCode.ALG_UNKNOWN, SubIndication.CRYPTO_CONSTRAINTS_FAILURE),
    (ReasonCode.KEY_MISSING, SubIndication.NO_SIGNING_CERTIFICATE_FOUND),
    (ReasonCode.REF_NOT_FOUND, SubIndication.SIGNED_DATA_NOT_FOUND),
    (ReasonCode.REF_EXTERNAL, SubIndication.SIGNED_DATA_NOT_FOUND),
)


@dataclass(frozen=True)
class OpenedList:
    """A list whose own signature was checked; whether its signer counts is not yet said.

    ``list`` was read from verified bytes and is None unless the signature is intact.
    ``unverified`` serves to tell a person what stands in a refused list: trust nothing in it.
    """

    list: TrustedList | None
    unverified: TrustedList | None
    signer: x509.Certificate | None
    problems: tuple[ListProblem, ...]

    @property
    def sub_indication(self) -> SubIndication | None:
        """Why the signature of the list failed, in the words of EN 319 102-1."""
        codes = {code for problem in self.problems for code in problem.reasons}
        found = (word for code, word in _SUB_INDICATIONS if code in codes)
        return next(found, SubIndication.FORMAT_FAILURE if codes else None)


@dataclass(frozen=True)
class TakenList:
    """A list judged: ``list`` is there only when it may be taken into use."""

    list: TrustedList | None
    opened: OpenedList
    problems: tuple[ListProblem, ...]


def take_list(data: bytes, *, allowed: Collection[x509.Certificate], at: datetime) -> TakenList:
    """This will read a list that an allowed certificate signed, in force at ``at``.

    Raises nothing for what the bytes hold. A stale list is taken, with the warning ``STALE``.
    """
    return judge_list(open_list(data), allowed=allowed, at=at)


def judge_list(
    opened: OpenedList, *, allowed: Collection[x509.Certificate], at: datetime
) -> TakenList:
    """This will say whether an opened list may be taken into use."""
    problems = (*opened.problems, *_of_signer(opened, allowed, at), *_of_age(opened.list, at))
    fit = not any(problem.blocks for problem in problems)
    return TakenList(opened.list if fit else None, opened, problems)


def open_list(data: bytes) -> OpenedList:
    """This will check a list's signature and read what it covers."""
    trimmed = _trimmed(data)
    try:
        root = parse_xml(trimmed)
    except XmlRefused as refusal:
        return _refused(ListProblem(ListFault.NOT_XML, reasons=(ReasonCode(refusal.fault.value),)))
    found = examine_xml(trimmed, DetachedFiles({}))
    problems = _of_signatures(found)
    if problems:
        return _diagnosed(parse_list(root), problems)
    return _verified(found.signatures[0], sha256(data).hexdigest())


def _trimmed(data: bytes) -> bytes:
    if data.startswith(_WIDE_BOMS):
        return data
    return data.strip(_BLANKS).removeprefix(_UTF8_BOM).strip(_BLANKS)


def _refused(*problems: ListProblem) -> OpenedList:
    return OpenedList(None, None, None, problems)


def _diagnosed(parsed: Parsed, problems: tuple[ListProblem, ...]) -> OpenedList:
    return OpenedList(None, parsed.list, None, (*problems, *parsed.problems))


def _of_signatures(found: FileEvidence) -> tuple[ListProblem, ...]:
    """This will tell what is wrong with the signatures as such."""
    if found.refusal is ReasonCode.NO_SIGNATURE:
        return (ListProblem(ListFault.NO_SIGNATURE, "ds:Signature"),)
    if found.refusal is not None or len(found.signatures) != 1:
        return (ListProblem(ListFault.SIGNATURES, "ds:Signature"),)
    return of_signature(found.signatures[0])


def of_signature(one: SignatureEvidence) -> tuple[ListProblem, ...]:
    """This will tell what is wrong with the one signature of a list."""
    whole = any(cover.scope is Scope.FULL for cover in one.covers)
    xades = one.format is SignatureFormat.XADES
    if not (one.intact and whole and xades and one.content):
        codes = tuple(code for code in one.security if code is not ReasonCode.ALG_WEAK)
        return (ListProblem(ListFault.SIGNATURE_BROKEN, reasons=codes),)
    used = {use.digest for use in one.algorithms if use.use in _SIGNED_USES}
    if used & _WEAK_DIGESTS:
        return (ListProblem(ListFault.SIGNATURE_WEAK),)
    return ()


def _verified(one: SignatureEvidence, digest: str) -> OpenedList:
    payload = one.content.payload if one.content else b""
    parsed = parse_list(parse_xml(payload))
    read = replace(parsed.list, sha256=digest) if parsed.list else None
    return OpenedList(read, read, one.certificate, parsed.problems)


def _of_signer(
    opened: OpenedList, allowed: Collection[x509.Certificate], at: datetime
) -> tuple[ListProblem, ...]:
    signer = opened.signer
    if signer is None:
        return ()
    if signer not in allowed:
        return (ListProblem(ListFault.SIGNER_UNKNOWN),)
    if not signer.not_valid_before_utc <= at <= signer.not_valid_after_utc:
        return (ListProblem(ListFault.SIGNER_NOT_IN_FORCE),)
    return ()


def _of_age(read: TrustedList | None, at: datetime) -> tuple[ListProblem, ...]:
    return (ListProblem(ListFault.STALE),) if read is not None and read.is_stale_at(at) else ()
