"""Canonical XML of whole documents and of subtrees, with or without some of their elements.

Sources: Canonical XML 1.0 and 1.1, Exclusive XML Canonicalization 1.0 (W3C). libxml2 does the
writing; what is added here is what it does not do through lxml: subtrees that stand under a default
namespace, ``xml:*`` attributes inherited by a subtree (1.0 and 1.1 differ), and node-sets with
removed subtrees (enveloped signatures).
"""

import copy
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import reduce

from lxml import etree
from lxml.etree import _Element as Element
from lxml.etree import _ElementTree as ElementTree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.names import XML
from skrytka.core.signatures.xml_base import join_bases

_DEFAULT = "#default"
_XML_ATTRIBUTE = f"{{{XML}}}"
_BASE = f"{{{XML}}}base"
_INHERITED_IN_11 = frozenset({f"{{{XML}}}lang", f"{{{XML}}}space"})


class C14nMethod(Enum):
    """The canonicalisation algorithms, by their identifiers."""

    INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
    INCLUSIVE_COMMENTS = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments"
    INCLUSIVE_11 = "http://www.w3.org/2006/12/xml-c14n11"
    INCLUSIVE_11_COMMENTS = "http://www.w3.org/2006/12/xml-c14n11#WithComments"
    EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
    EXCLUSIVE_COMMENTS = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"

    exclusive: bool
    comments: bool

    def __init__(self, identifier: str) -> None:
        """Tell from the identifier what kind it is, once."""
        self.exclusive = "xml-exc-c14n" in identifier
        self.comments = identifier.endswith("#WithComments")

    # Members are few and themselves alone; the inherited way would hash their names anew each time.
    __hash__ = object.__hash__

    @property
    def without_comments(self) -> "C14nMethod":
        """This will return the sibling that drops comments (XML-DSig §4.4.3.3)."""
        return _WITHOUT_COMMENTS.get(self, self)


_WITHOUT_COMMENTS = {
    C14nMethod.INCLUSIVE_COMMENTS: C14nMethod.INCLUSIVE,
    C14nMethod.INCLUSIVE_11_COMMENTS: C14nMethod.INCLUSIVE_11,
    C14nMethod.EXCLUSIVE_COMMENTS: C14nMethod.EXCLUSIVE,
}
_VERSION_11 = frozenset({C14nMethod.INCLUSIVE_11, C14nMethod.INCLUSIVE_11_COMMENTS})


class CannotCanonicalize(Exception):
    """The nodes have no canonical form, for instance because of a relative namespace name."""


def canonicalize(
    element: Element,
    method: C14nMethod,
    *,
    prefixes: tuple[str, ...] = (),
    without: Iterable[Element] = (),
) -> bytes:
    """This will return the canonical bytes of one element and all that is inside it.

    ``prefixes`` is the InclusiveNamespaces list of exclusive canonicalisation (``#default`` for the
    default namespace) and ignored otherwise. ``without`` names descendants that are left out.
    Nothing outside the element is written, but what it inherits is. Raises `CannotCanonicalize`.
    """
    cut = tuple(without)
    if method.exclusive and not prefixes and not cut:
        return _write(element, method, prefixes)
    apex = _alone(element)
    if not method.exclusive:
        _inherit_xml_attributes(apex, element, method)
    _remove_like(apex, element, cut)
    return _write(apex, method, prefixes)


def canonicalize_document(
    root: Element,
    method: C14nMethod,
    *,
    prefixes: tuple[str, ...] = (),
    without: Iterable[Element] = (),
) -> bytes:
    """This will return the canonical bytes of the whole document, instructions at its ends too.

    Raises `CannotCanonicalize`.
    """
    cut = tuple(without)
    tree = root.getroottree()
    if cut:
        tree = copy.deepcopy(tree)
        _remove_like(tree.getroot(), root, cut)
    return _write(tree, method, prefixes)


def canonicalize_uprooted(element: Element, method: C14nMethod) -> bytes:
    """This will write an element as the root of a document of its own.

    It keeps the declarations that it makes or uses and loses those that it merely inherits.
    """
    return _write(copy.deepcopy(element), method, ())


def _write(apex: Element | ElementTree, method: C14nMethod, prefixes: tuple[str, ...]) -> bytes:
    """This will let libxml2 write; a tree is written with what stands before and after its root."""
    if method.exclusive and _DEFAULT in prefixes:
        _check_default_is_visible(apex)
    listed = [prefix for prefix in prefixes if prefix != _DEFAULT]
    try:
        return etree.tostring(
            apex,
            method="c14n",
            exclusive=method.exclusive,
            with_comments=method.comments,
            with_tail=False,
            inclusive_ns_prefixes=listed if method.exclusive and listed else None,
        )
    except (etree.C14NError, ValueError) as error:
        raise CannotCanonicalize(str(error)) from error


def _check_default_is_visible(apex: Element | ElementTree) -> None:
    """This will refuse ``#default`` where it would make a difference: libxml2 is not asked for it.

    It makes none when each element at which the default namespace changes is in it itself.
    """
    for element in apex.iter("*"):
        parent = element.getparent()
        before = None if parent is None else parent.nsmap.get(None)
        if element.prefix is not None and element.nsmap.get(None) != before:
            raise CannotCanonicalize("#default")


def _alone(element: Element) -> Element:
    """This will return a copy of the element as a root that declares all it has in scope.

    Writing and reading again is what cures libxml2's view of a subtree under a default namespace.
    """
    return parse_xml(etree.tostring(element, encoding="UTF-8", with_tail=False))


def _inherit_xml_attributes(apex: Element, element: Element, method: C14nMethod) -> None:
    """This will give the apex the ``xml:*`` attributes of its omitted ancestors.

    Canonical XML 1.0 §2.4: all of them; 1.1 §2.4: ``xml:lang`` and ``xml:space``, never
    ``xml:id``, and ``xml:base`` joined along the way.
    """
    version_11 = method in _VERSION_11
    for ancestor in element.iterancestors():
        for name, value in ancestor.attrib.items():
            if _is_inherited(str(name), version_11=version_11) and name not in apex.attrib:
                apex.set(name, value)
    bases = [node.get(_BASE) for node in (element, *element.iterancestors())]
    if version_11 and any(bases[1:]):
        apex.set(_BASE, reduce(join_bases, [base for base in reversed(bases) if base]))


def _is_inherited(name: str, *, version_11: bool) -> bool:
    return name in _INHERITED_IN_11 if version_11 else name.startswith(_XML_ATTRIBUTE)


def _remove_like(twin: Element, original: Element, cut: Iterable[Element]) -> None:
    """This will remove from the copy the nodes that stand where ``cut`` stand in the original."""
    doomed = [_follow(twin, tuple(_steps(original, node))) for node in cut]
    for node in doomed:
        _remove(node)


def _steps(apex: Element, node: Element) -> Iterator[int]:
    path = []
    while node is not apex:
        parent = node.getparent()
        if parent is None:
            raise CannotCanonicalize("the removed node is not inside")
        path.append(parent.index(node))
        node = parent
    return reversed(path)


def _follow(twin: Element, steps: tuple[int, ...]) -> Element:
    for step in steps:
        twin = twin[step]
    return twin


def _remove(node: Element) -> None:
    """This will remove an element and leave the text behind it in place."""
    parent = node.getparent()
    if parent is None:
        raise CannotCanonicalize("nothing would remain")
    before = node.getprevious()
    if before is None:
        parent.text = (parent.text or "") + (node.tail or "")
    else:
        before.tail = (before.tail or "") + (node.tail or "")
    parent.remove(node)
