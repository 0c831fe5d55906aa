"""Is what came back signed the same content that was handed out to be signed?"""

from lxml.etree import _Element as Element

from skrytka.core.documents.xml import XmlRefused, parse_xml
from skrytka.core.signatures.c14n import (
    C14nMethod,
    CannotCanonicalize,
    canonicalize_document,
    canonicalize_uprooted,
)
from skrytka.core.signatures.evidence import SignedContent
from skrytka.core.signatures.names import SIGNATURE
from skrytka.core.signatures.verdict import SignatureVerdict, ValidationReport
from skrytka.core.signatures.words import Packaging, Scope

_AS_SEEN = C14nMethod.INCLUSIVE_COMMENTS


def same_content(original: bytes, report: ValidationReport) -> bool:
    """This will tell whether the intact signed content is the original, nothing more or less.

    Binary content (base64 in a ds:Object, or a detached file) must be equal byte for byte. XML must
    be equal in Canonical XML 1.0 *with comments*, after the signatures that the reference leaves
    out are removed: so a changed value, an added comment, an added processing instruction, a moved
    namespace declaration and changed white space are all told, although XML-DSig itself does not
    cover comments. XML inside a ds:Object may lack the original's instructions before and after
    the root, because signing programs wrap the root only; it may not have others.
    """
    content = report.content
    if content is None:
        return False
    if content.packaging in {Packaging.ENVELOPING_BINARY, Packaging.DETACHED}:
        return content.payload == original
    try:
        return content.received in _forms(original, content)
    except (XmlRefused, CannotCanonicalize):
        return False


def same_but_signed(original: bytes, signed: bytes, report: ValidationReport) -> bool:
    """This will tell whether the file is the original, to which signatures alone were added.

    The original may bear signatures itself; they must still be there. Every signature must be
    intact and cover the whole document, which is compared as in `same_content`, less all of them.
    """
    if not report.signatures or not all(map(_covers_all, report.signatures)):
        return False
    try:
        before, after = parse_xml(original), parse_xml(signed)
        kept = set(map(_as_written, _signatures(before))) <= set(
            map(_as_written, _signatures(after))
        )
        return kept and _less_signatures(before) == _less_signatures(after)
    except (XmlRefused, CannotCanonicalize):
        return False


def _covers_all(verdict: SignatureVerdict) -> bool:
    return verdict.intact and any(cover.scope is Scope.FULL for cover in verdict.covers)


def _signatures(root: Element) -> tuple[Element, ...]:
    return tuple(root.iterchildren(SIGNATURE))


def _as_written(signature: Element) -> bytes:
    return canonicalize_uprooted(signature, _AS_SEEN)


def _less_signatures(root: Element) -> bytes:
    return canonicalize_document(root, _AS_SEEN, without=_signatures(root))


def _forms(original: bytes, content: SignedContent) -> tuple[bytes, ...]:
    root = parse_xml(original)
    whole = canonicalize_document(root, _AS_SEEN)
    if content.packaging is Packaging.ENVELOPED:
        return (whole,)
    return whole, canonicalize_uprooted(root, _AS_SEEN)
