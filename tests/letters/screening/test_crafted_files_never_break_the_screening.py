"""Whatever the bytes, the answer is a verdict: no exception, no endless work."""

import random

import pytest

from tests.letters.screening.conftest import Screen
from tests.world import files

SAMPLES = {
    **files.honest(),
    "makra.doc": files.doc(macros={"Aaa": files.vba_container(b"Attribute VB_Name = 1\r\n" * 20)}),
}


@pytest.mark.parametrize("name", [name for name in SAMPLES if not name.endswith((".txt", ".csv"))])
def test_garbled_samples_always_get_a_verdict(name: str, screen: Screen) -> None:
    chance = random.Random(name)
    for _ in range(150):
        data = bytearray(SAMPLES[name])
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, 0xFE))
        cut = chance.randrange(1, len(data) + 1) if chance.random() < 0.3 else len(data)
        verdict = screen(name, bytes(data[:cut]))
        assert (verdict.fault is None) == (verdict.outcome == "SAFE")
