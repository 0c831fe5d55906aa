"""Differential test: generated trees, our canonical bytes against the digest of libxmlsec."""

import base64
import hashlib

import pytest
import xmlsec
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.c14n import (
    C14nMethod,
    CannotCanonicalize,
    canonicalize,
    canonicalize_document,
)
from tests.core.signatures.crafting import DS, find

_PREFIXES = ("", "a", "b")
_URIS = ("urn:x", "urn:y")
_TEXTS = st.sampled_from(
    ["", "tekst", " \t", "&#13;", "ż&amp;&lt;", "<!--k-->", "<?pi x?>", "\r\n"]
)
_XML_ATTRIBUTES = (
    ' xml:lang="pl"',
    ' xml:space="preserve"',
    ' xml:base="http://inny.pl/d/"',
    ' xml:base="e/f"',
    ' xml:base="../g"',
)
_VALUES = st.sampled_from(["v", " a  b ", "&#9;", "&#10;x", "&quot;", "ł&amp;"])


@st.composite
def _element(draw: st.DrawFn, depth: int, scope: frozenset[str]) -> str:
    """This will draw an element whose prefixes are all declared, some of them again and again."""
    declared = draw(st.dictionaries(st.sampled_from(_PREFIXES), st.sampled_from(_URIS), max_size=2))
    if "" in declared and draw(st.booleans()):
        declared[""] = ""
    bound = scope | {prefix for prefix in declared if prefix}
    prefix = draw(st.sampled_from(["", *sorted(bound)]))
    name = f"{prefix}:e" if prefix else "e"
    declarations = "".join(
        f' xmlns{":" if key else ""}{key}="{uri}"' for key, uri in declared.items()
    )
    attributes = f' k="{draw(_VALUES)}"' if draw(st.booleans()) else ""
    if len(bound) > 0 and draw(st.booleans()):
        attributes += f' {draw(st.sampled_from(sorted(bound)))}:q="{draw(_VALUES)}"'
    if draw(st.booleans()):
        attributes += draw(st.sampled_from(_XML_ATTRIBUTES))
    children = ""
    if depth:
        for child in draw(st.lists(_element(depth - 1, bound), max_size=2)):
            children += draw(_TEXTS) + child
    return f"<{name}{declarations}{attributes}>{children}{draw(_TEXTS)}</{name}>"


@st.composite
def _document(draw: st.DrawFn) -> str:
    """This will put a target with an Id somewhere under ancestors that declare namespaces."""
    target = draw(_element(2, frozenset({"a", "b"})))
    cut = min(target.index(">"), target.index(" ") if " " in target else len(target))
    target = target[:cut] + ' Id="cel"' + target[cut:]
    outer = draw(st.sampled_from(["", ' xmlns="urn:x"', ' xmlns="urn:y" xml:lang="en"']))
    outer += draw(st.sampled_from(["", ' xml:base="http://a.pl/b/c"', ' xml:id="nikt"']))
    middle = draw(st.sampled_from(["", ' xmlns=""', ' xmlns:a="urn:y"', ' xml:space="default"']))
    middle += draw(st.sampled_from(["", ' xml:base="d/e"', ' xml:base="/h/i/"']))
    return (
        f'<?s t?><root xmlns:a="urn:x" xmlns:b="urn:y"{outer}><m{middle}>{draw(_TEXTS)}{target}tail'
        "</m></root>"
    )


def _digest_by_xmlsec(document: str, uri: str, method: C14nMethod, prefixes: str) -> bytes:
    listed = (
        f'<e:InclusiveNamespaces xmlns:e="{C14nMethod.EXCLUSIVE.value}" PrefixList="{prefixes}"/>'
        if prefixes
        else ""
    )
    signature = (
        f'<ds:Signature xmlns:ds="{DS}"><ds:SignedInfo>'
        f'<ds:CanonicalizationMethod Algorithm="{C14nMethod.EXCLUSIVE.value}"/>'
        '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"/>'
        f'<ds:Reference URI="{uri}"><ds:Transforms>'
        f'<ds:Transform Algorithm="{DS}enveloped-signature"/>'
        f'<ds:Transform Algorithm="{method.value}">{listed}</ds:Transform></ds:Transforms>'
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        "<ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature>"
    )
    end = document.rindex("</root>")
    root = parse_xml((document[:end] + signature + document[end:]).encode())
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_binary_data(xmlsec.constants.KeyDataHmac, b"k" * 32)
    context.sign(root[-1])
    return base64.b64decode(find(root[-1], f".//{{{DS}}}DigestValue").text or "")


@settings(max_examples=200, deadline=None)
@given(_document(), st.sampled_from(list(C14nMethod)), st.sampled_from(["", "a", "a b"]))
def test_subtrees_agree(document: str, method: C14nMethod, prefixes: str) -> None:
    listed = prefixes if method.exclusive else ""
    expected = _digest_by_xmlsec(document, "#cel", method, listed)
    target = find(parse_xml(document.encode()), ".//*[@Id]")
    ours = canonicalize(target, method.without_comments, prefixes=tuple(listed.split()))
    assert hashlib.sha256(ours).digest() == expected


@settings(max_examples=150, deadline=None)
@given(_document(), st.sampled_from(list(C14nMethod)))
def test_whole_documents_agree(document: str, method: C14nMethod) -> None:
    expected = _digest_by_xmlsec(document, "", method, "")
    ours = canonicalize_document(parse_xml(document.encode()), method.without_comments)
    assert hashlib.sha256(ours).digest() == expected


@settings(max_examples=100, deadline=None)
@given(_document())
def test_leaving_an_element_out_equals_never_having_had_it(document: str) -> None:
    extra = document.replace("<m", "<cut><deep/></cut>przed<m", 1)
    root = parse_xml(extra.encode())
    without = canonicalize_document(root, C14nMethod.INCLUSIVE, without=[root[0]])
    plain = parse_xml(document.replace("<m", "przed<m", 1).encode())
    assert without == canonicalize_document(plain, C14nMethod.INCLUSIVE)


def test_a_subtree_under_a_default_namespace_declares_it_once() -> None:
    root = parse_xml(b'<S xmlns="urn:s"><I><R><D/></R></I></S>')
    expected = b'<I xmlns="urn:s"><R><D></D></R></I>'
    assert canonicalize(root[0], C14nMethod.INCLUSIVE) == expected
    assert canonicalize(root[0], C14nMethod.EXCLUSIVE) == expected


def test_text_behind_a_removed_element_stays_in_both_positions() -> None:
    root = parse_xml(b"<a>1<b/>2<c/>3<d/>4</a>")
    left = canonicalize(root, C14nMethod.INCLUSIVE, without=[root[0], root[2]])
    assert left == b"<a>12<c></c>34</a>"


def test_inherited_xml_attributes_differ_between_the_versions() -> None:
    root = parse_xml(
        b'<a xml:lang="pl" xml:id="i" xml:base="http://a.example/b/c">'
        b'<b xml:base="d/e"><c k="1"/></b></a>'
    )
    target = root[0][0]
    assert canonicalize(target, C14nMethod.INCLUSIVE) == (
        b'<c k="1" xml:base="d/e" xml:id="i" xml:lang="pl"></c>'
    )
    assert canonicalize(target, C14nMethod.INCLUSIVE_11) == (
        b'<c k="1" xml:base="http://a.example/b/d/e" xml:lang="pl"></c>'
    )
    assert canonicalize(target, C14nMethod.EXCLUSIVE) == b'<c k="1"></c>'


def test_the_apex_keeps_its_own_xml_attributes() -> None:
    root = parse_xml(b'<a xml:lang="pl" xml:space="default"><b xml:lang="en"/></a>')
    expected = b'<b xml:lang="en" xml:space="default"></b>'
    assert canonicalize(root[0], C14nMethod.INCLUSIVE_11_COMMENTS) == expected
    assert canonicalize(root[0], C14nMethod.INCLUSIVE_COMMENTS) == expected


def test_the_default_prefix_is_accepted_where_it_changes_nothing() -> None:
    root = parse_xml(b'<a xmlns="urn:x" xmlns:p="urn:p"><p:b/></a>')
    assert canonicalize(root, C14nMethod.EXCLUSIVE, prefixes=("#default",)) == (
        b'<a xmlns="urn:x"><p:b xmlns:p="urn:p"></p:b></a>'
    )


def test_the_default_prefix_is_refused_where_it_would_change_something() -> None:
    root = parse_xml(b'<p:a xmlns="urn:x" xmlns:p="urn:p"><b/></p:a>')
    with pytest.raises(CannotCanonicalize):
        canonicalize(root, C14nMethod.EXCLUSIVE, prefixes=("#default",))


def test_what_has_no_canonical_form_is_refused() -> None:
    relative = parse_xml(b'<a xmlns="wzgledna/nazwa"/>')
    with pytest.raises(CannotCanonicalize):
        canonicalize_document(relative, C14nMethod.INCLUSIVE)
    root = parse_xml(b"<a><b/></a>")
    with pytest.raises(CannotCanonicalize):
        canonicalize(root, C14nMethod.INCLUSIVE, without=[root])
    with pytest.raises(CannotCanonicalize):
        canonicalize(root[0], C14nMethod.INCLUSIVE, without=[root])


def test_comments_are_kept_only_on_demand() -> None:
    root = parse_xml(b"<a><!--k--></a>")
    assert canonicalize(root, C14nMethod.INCLUSIVE_COMMENTS) == b"<a><!--k--></a>"
    assert canonicalize(root, C14nMethod.INCLUSIVE) == b"<a></a>"
    assert canonicalize(etree.SubElement(root, "b"), C14nMethod.EXCLUSIVE_COMMENTS) == b"<b></b>"
