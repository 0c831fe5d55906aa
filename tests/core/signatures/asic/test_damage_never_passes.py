"""Whatever becomes of the bytes of a container, nothing else than what was signed is handed out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skrytka.core.signatures.asic.coverage import covered_files
from skrytka.core.signatures.asic.examine import examine_container
from tests.core.signatures.asic.packing import (
    TWO,
    cms_signature,
    manifest,
    pack,
    signed,
    token,
    unpacked,
)

PROOF, STAMP = "META-INF/signature001.p7s", "META-INF/timestamp001.tst"
LISTED = manifest(PROOF, TWO)
ARCHIVED = manifest(STAMP, {PROOF: cms_signature(LISTED)})
CONTAINERS = {
    "xml": signed(TWO),
    "cms": pack(
        {
            **TWO,
            "META-INF/ASiCManifest001.xml": LISTED,
            PROOF: cms_signature(LISTED),
            "META-INF/ASiCArchiveManifest.xml": ARCHIVED,
            STAMP: token(ARCHIVED),
        }
    ),
}


@pytest.mark.parametrize("kind", CONTAINERS)
def test_the_whole_container_hands_out_everything(kind: str) -> None:
    data = CONTAINERS[kind]
    found = covered_files(data, examine_container(data, {}))
    assert {name: found[name] for name in TWO} == TWO


@pytest.mark.parametrize("kind", CONTAINERS)
@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_container_hands_out_what_was_signed_or_less(
    kind: str, data: st.DataObject
) -> None:
    container = CONTAINERS[kind]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(container) - 1))
        length = data.draw(st.sampled_from([0, 1, 2, 4, 40]))
        insert = data.draw(st.binary(max_size=4))
        container = container[:at] + insert + container[at + length :]
    evidence = examine_container(container, {})
    assert evidence.refusal is not None or evidence.signatures
    found = covered_files(container, evidence)
    assert all(found[name] == TWO[name] for name in TWO if name in found)
    assert {name for name in found if not name.startswith("META-INF/")} <= {*TWO, "mimetype"}


def alike(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize("kind", CONTAINERS)
def test_a_changed_bit_of_a_payload_is_never_handed_out(kind: str) -> None:
    for name, content in TWO.items():
        changed = pack({**unpacked_of(kind), name: alike(content, len(content) // 2)})
        evidence = examine_container(changed, {})
        assert not any(signature.intact for signature in evidence.signatures)
        assert covered_files(changed, evidence) == {}


def unpacked_of(kind: str) -> dict[str, bytes]:

    return {name: data for name, data in unpacked(CONTAINERS[kind]).items() if name != "mimetype"}
