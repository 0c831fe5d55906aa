"""The entries of a signed manifest are digested one by one and told among what is covered."""

import base64
import hashlib
from collections.abc import Mapping

import pytest

from skrytka.core.signatures.evidence import AlgorithmUse, Cover, SignatureEvidence, Use
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import Scope
from tests.core.signatures.crafting import (
    BASE64,
    CANONICAL,
    DS,
    NO_SIGNATURES,
    SHA256,
    Ref,
    Shape,
)
from tests.core.signatures.xades.by_hand import by_hand
from tests.core.signatures.xades.stamping import only

FILE = b"tresc"
DIGEST = hashlib.sha256(FILE)
MANIFEST = Ref("#M", CANONICAL)
NONE: Mapping[str, bytes] = {}


def _entry(uri: str = "a.txt", *, transforms: str = "", digest: bytes | None = None) -> str:
    value = base64.b64encode(digest or DIGEST.digest()).decode()
    boxed = f"<ds:Transforms>{transforms}</ds:Transforms>" if transforms else ""
    return (
        f'<ds:Reference URI="{uri}">{boxed}<ds:DigestMethod Algorithm="{SHA256}"/>'
        f"<ds:DigestValue>{value}</ds:DigestValue></ds:Reference>"
    )


def _signed(
    entries: str, reference: Ref = MANIFEST, files: Mapping[str, bytes] = NONE
) -> SignatureEvidence:
    box = f'<ds:Object Id="O"><ds:Manifest Id="M">{entries}</ds:Manifest></ds:Object>'
    shape = Shape(objects=box, references=(reference,))
    return only(by_hand("{signature}", shape), **files)


@pytest.mark.parametrize("uri", ["#M", "#O"])
def test_an_entry_that_matches_is_covered(uri: str) -> None:
    signature = _signed(_entry(), Ref(uri, CANONICAL), files={"a.txt": FILE})
    assert signature.intact
    assert signature.covers[-1] == Cover("a.txt", DIGEST.hexdigest(), Scope.FULL)
    assert AlgorithmUse(Use.MANIFEST_ENTRY, "sha256") in signature.algorithms


def test_an_entry_that_does_not_match_breaks_the_signature() -> None:
    signature = _signed(_entry(), files={"a.txt": b"inna"})
    assert not signature.intact
    assert ReasonCode.REF_DIGEST in signature.security
    assert signature.content is None


def test_an_entry_that_is_absent_is_known_by_its_digest() -> None:
    signature = _signed(_entry() + _entry("#nigdzie") + _entry("b.txt", transforms=BASE64))
    assert (signature.intact, signature.security) == (True, ())
    covered = [(cover.sha256, cover.scope) for cover in signature.covers[1:]]
    known = (DIGEST.hexdigest(), Scope.DIGEST)
    assert covered == [known, known, (None, Scope.DIGEST)]


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ("<ds:Obcy/>", ReasonCode.SIG_STRUCTURE),
        (_entry(transforms='<ds:Transform Algorithm="urn:x"/>'), ReasonCode.TR_UNKNOWN),
        (_entry(transforms=BASE64 * 4) * 33, ReasonCode.TR_COUNT),
    ],
)
def test_a_bent_manifest_is_refused(entries: str, code: ReasonCode) -> None:
    assert _signed(entries, files={"a.txt": b"AAAA"}).security == (code,)


def test_too_many_entries_inside_the_file_are_named() -> None:
    signature = _signed(_entry("#O") * 65)
    assert ReasonCode.RES_REFS in signature.security
    assert not signature.intact


def test_only_a_manifest_that_was_digested_as_it_stands_is_followed() -> None:
    """Who leaves something out of the digest could leave the entries out."""
    without = Ref("#M", NO_SIGNATURES + CANONICAL)
    box = f'<ds:Object><ds:Manifest Id="M">{_entry()}</ds:Manifest></ds:Object>'
    elsewhere = Shape(references=(without,), qualifying=None)
    root = by_hand(f'<a xmlns:ds="{DS}">{box}{{signature}}</a>', elsewhere)
    assert [cover.name for cover in only(root, **{"a.txt": b"inna"}).covers] == ["#M"]
