"""Which entries of a container a signature covers, and in which bytes they were signed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256

from skrytka.core.documents.xml import XmlRefused, parse_xml
from skrytka.core.signatures.asic.archive import Archive, Entry, open_archive
from skrytka.core.signatures.asic.kind import Container
from skrytka.core.signatures.asic.refusal import ContainerRefused
from skrytka.core.signatures.c14n import C14nMethod, CannotCanonicalize, canonicalize_document
from skrytka.core.signatures.evidence import Cover, FileEvidence, SignatureEvidence, SignedContent
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import Packaging, Scope

_CANONICAL = (C14nMethod.INCLUSIVE, C14nMethod.INCLUSIVE_11, C14nMethod.EXCLUSIVE)


def covered_files(data: bytes, evidence: FileEvidence) -> dict[str, bytes]:
    """This will return the bytes of the entries that intact signatures cover, by name.

    ``evidence`` is what `examine_container` returned for the same ``data``. Only this may be read
    of a container: an entry that no intact signature covers is not among them. An XML entry that
    was signed in its canonical form comes back in that form, so without the comments that the
    signature does not cover. Another container than the examined one yields nothing that was not
    signed, for every entry is compared with its digest again.
    """
    try:
        archive = open_archive(data)
    except ContainerRefused:
        return {}
    files = {}
    for cover in _covers(one for one in evidence.signatures if one.intact):
        entry = archive.by_name.get(cover.name)
        signed = _signed_form(entry, cover.sha256) if entry else None
        if signed is not None:
            files[cover.name] = signed
    return files


def by_entries(archive: Archive, covers: Iterable[Cover]) -> tuple[Cover, ...]:
    """This will restate covers of references as covers of entries; others are left out.

    An entry that was signed in another form than its own or its canonical bytes counts in part.
    """
    found = []
    for cover in covers:
        entry = None if cover.name.startswith("#") else archive.find(cover.name)
        if entry is not None:
            signed = _signed_form(entry, cover.sha256)
            scope = cover.scope if signed is not None else Scope.PARTIAL
            found.append(Cover(entry.name, cover.sha256, scope))
    return tuple(dict.fromkeys(found))


def with_coverage(signature: SignatureEvidence, container: Container) -> SignatureEvidence:
    """This will say of a signature which payload it leaves out, and hand out its one payload."""
    full = {cover.name for cover in signature.covers if cover.scope is Scope.FULL}
    inside = [entry for entry in container.payload if entry.name in full]
    codes = [*container.codes, *signature.security]
    if len(inside) < len(container.payload):
        codes.append(ReasonCode.ASIC_UNCOVERED)
    if not inside:
        codes.append(ReasonCode.XSW_SCOPE)
    content = _content(inside, signature) if signature.intact else None
    return replace(signature, content=content, security=tuple(dict.fromkeys(codes)))


def uncovered(container: Container, signatures: Iterable[SignatureEvidence]) -> tuple[str, ...]:
    """This will name the payload that no intact signature covers."""
    intact = _covers(one for one in signatures if one.intact)
    covered = {cover.name for cover in intact if cover.scope is Scope.FULL}
    return tuple(entry.name for entry in container.payload if entry.name not in covered)


def _covers(signatures: Iterable[SignatureEvidence]) -> Iterator[Cover]:
    for signature in signatures:
        yield from signature.covers


def _content(inside: list[Entry], signature: SignatureEvidence) -> SignedContent | None:
    """Of several payloads none is *the* content: `covered_files` hands out all of them."""
    if len(inside) != 1:
        return None
    digests = [cover.sha256 for cover in signature.covers if cover.name == inside[0].name]
    signed = next(filter(None, (_signed_form(inside[0], digest) for digest in digests)), b"")
    return SignedContent(Packaging.DETACHED, signed, lambda: inside[0].data)


def _signed_form(entry: Entry, digest: str | None) -> bytes | None:
    """This will return the bytes that were digested: the entry's own, or a canonical form."""
    if entry.sha256 == digest:
        return entry.data
    try:
        root = parse_xml(entry.data)
        forms = (canonicalize_document(root, method) for method in _CANONICAL)
        return next((form for form in forms if sha256(form).hexdigest() == digest), None)
    except (XmlRefused, CannotCanonicalize):
        return None
