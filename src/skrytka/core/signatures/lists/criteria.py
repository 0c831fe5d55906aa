"""Qualifiers and the criteria by which they fall to a certificate (TS 119 612 clause 5.5.9.2)."""

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from lxml.etree import _Element as Element

from skrytka.core.signatures.lists.names import XADES_OIDS, extra, sie


class Quantifier(Enum):
    """How many criteria must hold."""

    ALL = "all"
    AT_LEAST_ONE = "atLeastOne"
    NONE = "none"


class UnknownCriterion(Exception):
    """A criterion whose meaning is not known; its name is the message."""


@dataclass(frozen=True)
class Facts:
    """What criteria look at in a certificate. Key usages bear the names of TS 119 612."""

    key_usages: frozenset[str] = frozenset()
    policies: frozenset[str] = frozenset()
    subject_attributes: frozenset[str] = frozenset()
    extended_key_usages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class KeyUsage:
    """Bits of the key usage that must be set, and bits that must not."""

    bits: tuple[tuple[str, bool], ...]

    def holds(self, facts: Facts) -> bool:
        return all((name in facts.key_usages) is wanted for name, wanted in self.bits)


@dataclass(frozen=True)
class Having:
    """Identifiers that must all be among one kind of facts."""

    kind: str
    oids: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        held: frozenset[str] = getattr(facts, self.kind)
        return self.oids <= held


@dataclass(frozen=True)
class Criteria:
    """A list of criteria; one inside another nests."""

    quantifier: Quantifier
    members: "tuple[Criterion, ...]"

    def holds(self, facts: Facts) -> bool:
        found = [member.holds(facts) for member in self.members]
        if self.quantifier is Quantifier.ALL:
            return all(found)
        return any(found) is (self.quantifier is Quantifier.AT_LEAST_ONE)


Criterion: TypeAlias = KeyUsage | Having | Criteria


@dataclass(frozen=True)
class Rule:
    """Qualifiers, and the criteria under which they apply."""

    qualifiers: frozenset[str]
    criteria: Criteria


def captured(rules: tuple[Rule, ...], facts: Facts) -> frozenset[str]:
    """This will return the qualifiers that fall to a certificate."""
    return frozenset().union(*(rule.qualifiers for rule in rules if rule.criteria.holds(facts)))


def read_rule(element: Element) -> Rule:
    """This will read one QualificationElement. Raises `UnknownCriterion`."""
    named = element.findall(f"{sie('Qualifiers')}/{sie('Qualifier')}")
    criteria = element.find(sie("CriteriaList"))
    if criteria is None:
        raise UnknownCriterion("CriteriaList")
    return Rule(frozenset(one.get("uri", "") for one in named), _criteria(criteria))


def _criteria(element: Element) -> Criteria:
    try:
        quantifier = Quantifier(element.get("assert", Quantifier.ALL.value))
    except ValueError:
        raise UnknownCriterion("assert") from None
    ignored = {sie("Description")}
    children = [child for child in element.iterchildren("*") if child.tag not in ignored]
    return Criteria(quantifier, tuple(one for child in children for one in _members(child)))


def _members(element: Element) -> tuple[Criterion, ...]:
    if element.tag == sie("CriteriaList"):
        return (_criteria(element),)
    if element.tag == sie("KeyUsage"):
        return (_key_usage(element),)
    if element.tag == sie("PolicySet"):
        return (Having("policies", _oids(element, XADES_OIDS)),)
    if element.tag == sie("otherCriteriaList"):
        return tuple(_other(child) for child in element.iterchildren("*"))
    raise UnknownCriterion(str(element.tag))


def _other(element: Element) -> Criterion:
    kinds = {
        extra("CertSubjectDNAttribute"): "subject_attributes",
        extra("ExtendedKeyUsage"): "extended_key_usages",
    }
    kind = kinds.get(str(element.tag))
    if kind is None:
        raise UnknownCriterion(str(element.tag))
    return Having(kind, _oids(element, XADES_OIDS))


def _key_usage(element: Element) -> KeyUsage:
    bits = [
        (bit.get("name", ""), (bit.text or "").strip() in {"true", "1"})
        for bit in element.iterchildren(sie("KeyUsageBit"))
    ]
    return KeyUsage(tuple(bits))


def _oids(element: Element, tag: str) -> frozenset[str]:
    texts = [(found.text or "").strip() for found in element.iter(tag)]
    return frozenset(text.removeprefix("urn:oid:") for text in texts)
