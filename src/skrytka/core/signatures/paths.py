"""Certificate paths to a trusted certificate at a given time, the shell model (RFC 5280 §6).

It ends at a certificate that the operator named, or at a service of a trusted list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from skrytka.core.signatures.certificates import UNREADABLE
from skrytka.core.signatures.lists.anchors import (
    FOR_SIGNERS,
    FOR_STAMPS,
    anchors_named,
    is_anchor,
)
from skrytka.core.signatures.name_constraints import respects_constraints
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.trust import TrustStore

_LONGEST = 10
_MOST_TRIES = 64

CertificatePath = tuple[x509.Certificate, ...]
_Extension = TypeVar("_Extension", bound=x509.ExtensionType)


@dataclass(frozen=True)
class PathResult:
    """A path from the signer to a trusted certificate, or the reason why there is none.

    ``complete``: the path ends at trust, whatever else is wrong with it.
    """

    path: CertificatePath
    fault: ReasonCode | None
    complete: bool = False


@dataclass
class _Search:
    trust: TrustStore
    pool: CertificatePath
    types: frozenset[str]
    tries: int = 0
    cut_short: bool = False


def build_path(
    leaf: x509.Certificate,
    pool: CertificatePath,
    trust: TrustStore,
    at: datetime,
    *,
    stamps: bool = False,
) -> PathResult:
    """This will find the path of a signing certificate to the trust store as of ``at``.

    Of several paths the first that is valid throughout is taken; when none is, the fault of the
    first one found is told. ``stamps``: the certificate is that of a time-stamp, so on the word of
    trusted lists the path ends at other services.
    """
    if not _may_sign(leaf):
        return PathResult((leaf,), ReasonCode.CHAIN_CONSTRAINTS, trust.vouches_for(leaf))
    types = FOR_STAMPS if stamps else FOR_SIGNERS
    search = _Search(trust, (*trust.anchors, *pool), types)
    first: PathResult | None = None
    for path in _paths((leaf,), search):
        result = PathResult(path, _fault(path, at), complete=True)
        if result.fault is None:
            return result
        first = first or result
    missing = ReasonCode.RES_PATH if search.cut_short else ReasonCode.CHAIN_NONE
    return first or PathResult((), missing)


def _paths(path: CertificatePath, search: _Search) -> Iterator[CertificatePath]:
    if _ends(path, search):
        yield path
        return
    if len(path) >= _LONGEST:
        search.cut_short = True
        return
    for issuer in _issuers(path, search):
        if _is_candidate(path, issuer) and _within_budget(search) and _issued(path, issuer):
            yield from _paths((*path, issuer), search)


def _ends(path: CertificatePath, search: _Search) -> bool:
    """A unit that stamps may be listed by itself; a signer is never his own authority."""
    alone = len(path) == 1
    if path[-1] in search.trust.anchors or (alone and search.trust.vouches_for(path[0])):
        return True
    lists = search.trust.lists
    if lists is None or (alone and search.types is FOR_SIGNERS):
        return False
    return is_anchor(lists, path[-1], search.types)


def _issuers(path: CertificatePath, search: _Search) -> CertificatePath:
    lists = search.trust.lists
    if lists is None:
        return search.pool
    listed = anchors_named(lists, path[-1].issuer, search.types)
    return tuple(dict.fromkeys((*_likely_first(path[-1], listed), *search.pool)))


def _likely_first(subject: x509.Certificate, issuers: CertificatePath) -> CertificatePath:
    """Of many certificates of one name, the ones whose key the subject names go first."""
    named = _extension(subject, x509.AuthorityKeyIdentifier)
    wanted = named.key_identifier if named else None
    return tuple(sorted(issuers, key=lambda one: _own_key_identifier(one) != wanted))


def _own_key_identifier(certificate: x509.Certificate) -> bytes | None:
    held = _extension(certificate, x509.SubjectKeyIdentifier)
    return held.digest if held else None


def _is_candidate(path: CertificatePath, issuer: x509.Certificate) -> bool:
    return issuer.subject == path[-1].issuer and issuer not in path


def _within_budget(search: _Search) -> bool:
    search.tries += 1
    search.cut_short = search.cut_short or search.tries > _MOST_TRIES
    return search.tries <= _MOST_TRIES


def _issued(path: CertificatePath, issuer: x509.Certificate) -> bool:
    """This will tell whether the issuer may and did sign the last certificate of the path."""
    if not _may_issue(issuer, below=len(path) - 1):
        return False
    try:
        path[-1].verify_directly_issued_by(issuer)
    except (InvalidSignature, UnsupportedAlgorithm, TypeError, ValueError):
        return False
    return True


def _fault(path: CertificatePath, at: datetime) -> ReasonCode | None:
    if not respects_constraints(path):
        return ReasonCode.CHAIN_CONSTRAINTS
    return _validity_fault(path, at)


def _validity_fault(path: CertificatePath, at: datetime) -> ReasonCode | None:
    if any(at > certificate.not_valid_after_utc for certificate in path):
        return ReasonCode.CHAIN_EXPIRED
    if any(at < certificate.not_valid_before_utc for certificate in path):
        return ReasonCode.CHAIN_NOT_YET
    return None


@lru_cache(maxsize=256)  # the same seals come again and again
def _may_sign(leaf: x509.Certificate) -> bool:
    """RFC 5280 §4.2.1.3: the key usage, where stated, must allow signatures of documents."""
    extensions = _extensions(leaf)
    if extensions is None:
        return False
    usage = _key_usage(extensions)
    return usage is None or usage.digital_signature or usage.content_commitment


def _may_issue(issuer: x509.Certificate, *, below: int) -> bool:
    """RFC 5280 §4.2.1.9 and §6.1.4: a CA, allowed to sign certificates, not too far up."""
    extensions = _extensions(issuer)
    if extensions is None:
        return False
    usage = _key_usage(extensions)
    if usage is not None and not usage.key_cert_sign:
        return False
    try:
        basic = extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return False
    return basic.ca and (basic.path_length is None or basic.path_length >= below)


def _extension(certificate: x509.Certificate, kind: type[_Extension]) -> _Extension | None:
    extensions = _extensions(certificate)
    try:
        return extensions.get_extension_for_class(kind).value if extensions else None
    except x509.ExtensionNotFound:
        return None


def _key_usage(extensions: x509.Extensions) -> x509.KeyUsage | None:
    try:
        return extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None


def _extensions(certificate: x509.Certificate) -> x509.Extensions | None:
    """This will read the extensions, or nothing when one is broken, doubled or critical unknown."""
    try:
        extensions = certificate.extensions
    except UNREADABLE:
        return None
    unknown = any(
        extension.critical and isinstance(extension.value, x509.UnrecognizedExtension)
        for extension in extensions
    )
    return None if unknown else extensions
