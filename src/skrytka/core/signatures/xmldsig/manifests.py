"""The entries of a signed ds:Manifest, followed one by one (XML-DSig §5.1)."""

from dataclasses import replace

from lxml.etree import _Element as Element

from skrytka.core.signatures.names import ds
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.xmldsig.references import Resolved, Resolver
from skrytka.core.signatures.xmldsig.structure import Refused, elements, read_reference
from skrytka.core.signatures.xmldsig.transforms import StepKind, read_steps

_ABSENT = frozenset({ReasonCode.REF_EXTERNAL, ReasonCode.REF_NOT_FOUND, ReasonCode.REF_NULL_URI})


def manifest_entries(resolver: Resolver, references: tuple[Resolved, ...]) -> tuple[Resolved, ...]:
    """This will follow what the signed manifests list. Raises `Refused` for a bent manifest.

    What is listed but absent is known by its digest only, which is signed; what is there must
    match. A manifest that an entry leads to is content like any other and is not followed.
    """
    manifests = [node for item in references for node in _manifests(item)]
    return tuple(_follow(resolver, entry) for node in manifests for entry in elements(node))


def _manifests(item: Resolved) -> list[Element]:
    """The manifest that was digested as it stands, or those in the object that was."""
    if not item.nodes or not item.intact or item.nodes.whole:
        return []
    if any(step.kind is not StepKind.CANONICAL for step in item.steps):
        return []
    apex = item.nodes.apex
    if apex.tag == ds("Object"):
        return apex.findall(ds("Manifest"))
    return [apex] if apex.tag == ds("Manifest") else []


def _follow(resolver: Resolver, entry: Element) -> Resolved:
    if entry.tag != ds("Reference"):
        raise Refused(ReasonCode.SIG_STRUCTURE)
    parts = read_reference(entry)
    steps = read_steps(parts.transforms)
    resolver.budget.spend_transforms(len(steps))
    followed = resolver.resolve(parts, steps)
    if _ABSENT.isdisjoint(followed.codes):
        return followed
    return replace(followed, intact=True, codes=())
