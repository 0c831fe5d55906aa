"""The transforms that are allowed, recognised before any of them runs (XML-DSig §6.6).

XPath is never evaluated: the few expressions that leave out signatures are known by their text.
"""

import re
from dataclasses import dataclass
from enum import Enum

from lxml.etree import _Element as Element

from skrytka.core.signatures.c14n import C14nMethod
from skrytka.core.signatures.names import BASE64, DS, XADES_ALL, XPATH_FILTER2, ds
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.xmldsig.structure import (
    Canonicalization,
    Refused,
    elements,
    leaf_text,
    read_canonicalization,
)

MOST_PER_REFERENCE = 4
_ENVELOPED = f"{DS}enveloped-signature"
_XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
_XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"
_NAME = r"(?P<prefix>[A-Za-z_][\w.-]*):Signature"
_NO_SIGNATURES = re.compile(rf"not\(ancestor-or-self::{_NAME}\)")
_NOT_MINE = re.compile(
    rf"count\(ancestor-or-self::{_NAME}\|here\(\)/ancestor::(?P=prefix):Signature\[1\]\)"
    r">count\(ancestor-or-self::(?P=prefix):Signature\)"
)
_ALL_SIGNATURES = re.compile(rf"(?://|/descendant::|/descendant-or-self::){_NAME}")
_MY_SIGNATURE = re.compile(rf"here\(\)/ancestor::{_NAME}\[1\]")


_NAMED_SIGNATURES = re.compile(
    r"(?://\*|/descendant::\*|/descendant-or-self::\*)\["
    r"name\(\)=(?:'(?P<name>(?:[\w.-]+:)?Signature)'|\"(?P<other>(?:[\w.-]+:)?Signature)\")\]"
)
_ROOT_SIGNATURES = re.compile(rf"/(?:child::)?\*/(?:child::)?{_NAME}")
_PROPERTIES = re.compile(
    r"//\*\[@Id='(?P<id>[^']+)'\]/(?P<prefix>[A-Za-z_][\w.-]*):QualifyingProperties"
    r"/(?P=prefix):SignedProperties"
)
_FILTER2_XPATH = f"{{{XPATH_FILTER2}}}XPath"
_UNUSED = Canonicalization(C14nMethod.INCLUSIVE)


class StepKind(Enum):
    """What a transform does to the nodes."""

    ENVELOPED = "ENVELOPED"
    WITHOUT_OWN_SIGNATURE = "WITHOUT_OWN_SIGNATURE"
    WITHOUT_ANY_SIGNATURE = "WITHOUT_ANY_SIGNATURE"
    CANONICAL = "CANONICAL"
    BASE64 = "BASE64"
    WITHOUT_ROOT_SIGNATURES = "WITHOUT_ROOT_SIGNATURES"
    WITHOUT_NAMED = "WITHOUT_NAMED"
    ONLY_PROPERTIES = "ONLY_PROPERTIES"


@dataclass(frozen=True)
class Step:
    """One allowed transform.

    ``name`` is what it is told: the written name of the signatures to leave out, or the Id above
    the properties to keep; ``namespace`` is that of those properties.
    """

    kind: StepKind
    canonicalization: Canonicalization = _UNUSED
    name: str = ""
    namespace: str = ""

    @property
    def gives_octets(self) -> bool:
        """This will tell whether octets come out, and not a set of nodes."""
        return self.kind in {StepKind.CANONICAL, StepKind.BASE64}


_WITHOUT_OWN, _FROM_BASE64 = Step(StepKind.ENVELOPED), Step(StepKind.BASE64)


def read_steps(transforms: tuple[Element, ...]) -> tuple[Step, ...]:
    """This will recognise the transforms of one reference. Raises `Refused` for any other."""
    if len(transforms) > MOST_PER_REFERENCE:
        raise Refused(ReasonCode.TR_COUNT)
    return tuple(_read_step(transform) for transform in transforms)


def _read_step(node: Element) -> Step:
    algorithm = node.get("Algorithm", "")
    if node.tag != ds("Transform"):
        raise Refused(ReasonCode.SIG_STRUCTURE)
    if algorithm == _XSLT:
        raise Refused(ReasonCode.TR_XSLT)
    if algorithm == _ENVELOPED:
        return _WITHOUT_OWN
    if algorithm == BASE64:
        return _FROM_BASE64
    if algorithm == _XPATH:
        return _read_xpath(node, ds("XPath"), _NO_SIGNATURES, _NOT_MINE)
    if algorithm == XPATH_FILTER2:
        return _read_filter(node)
    return Step(StepKind.CANONICAL, read_canonicalization(node))


def _read_filter(node: Element) -> Step:
    """XML-Signature XPath Filter 2.0: to leave out signatures, or to keep signed properties."""
    filters = [child.get("Filter") for child in elements(node)]
    if filters == ["intersect"]:
        return _read_intersection(node)
    if filters != ["subtract"]:
        raise Refused(ReasonCode.TR_UNKNOWN)
    expression, namespaces = _expression(node, _FILTER2_XPATH)
    named = _NAMED_SIGNATURES.fullmatch(expression)
    if named:
        return Step(StepKind.WITHOUT_NAMED, name=named["name"] or named["other"])
    if _names_signature(_ROOT_SIGNATURES.fullmatch(expression), namespaces):
        return Step(StepKind.WITHOUT_ROOT_SIGNATURES)
    return _read_xpath(node, _FILTER2_XPATH, _ALL_SIGNATURES, _MY_SIGNATURE)


def _read_intersection(node: Element) -> Step:
    """This will recognise the way to SignedProperties that old signers wrote instead of an Id."""
    expression, namespaces = _expression(node, _FILTER2_XPATH)
    found = _PROPERTIES.fullmatch(expression)
    namespace = namespaces.get(found["prefix"]) if found else None
    if found is None or namespace not in XADES_ALL:
        raise Refused(ReasonCode.TR_UNKNOWN)
    return Step(StepKind.ONLY_PROPERTIES, name=found["id"], namespace=namespace)


def _read_xpath(node: Element, name: str, every: re.Pattern[str], own: re.Pattern[str]) -> Step:
    expression, namespaces = _expression(node, name)
    if _names_signature(every.fullmatch(expression), namespaces):
        return Step(StepKind.WITHOUT_ANY_SIGNATURE)
    if _names_signature(own.fullmatch(expression), namespaces):
        return Step(StepKind.WITHOUT_OWN_SIGNATURE)
    raise Refused(ReasonCode.TR_UNKNOWN)


def _names_signature(found: re.Match[str] | None, namespaces: dict[str | None, str]) -> bool:
    return found is not None and namespaces.get(found["prefix"]) == DS


def _expression(node: Element, name: str) -> tuple[str, dict[str | None, str]]:
    """This will return the text of the only XPath of a transform, blanks dropped."""
    children = list(elements(node))
    if [child.tag for child in children] != [name]:
        raise Refused(ReasonCode.TR_UNKNOWN)
    return "".join(leaf_text(children[0]).split()), children[0].nsmap
