"""Is what came back signed the same content that was handed out to be signed?"""

from skrytka.core.documents.xml import XmlRefused, parse_xml
from skrytka.core.signatures.c14n import (
    C14nMethod,
    CannotCanonicalize,
    canonicalize_document,
    canonicalize_uprooted,
)
from skrytka.core.signatures.verdict import Packaging, SignedContent, ValidationReport

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


def _forms(original: bytes, content: SignedContent) -> tuple[bytes, ...]:
    root = parse_xml(original)
    whole = canonicalize_document(root, _AS_SEEN)
    if content.packaging is Packaging.ENVELOPED:
        return (whole,)
    return whole, canonicalize_uprooted(root, _AS_SEEN)
