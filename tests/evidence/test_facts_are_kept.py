"""Facts of a receipt survive being kept; a damaged row is a bug, not a receipt."""

import json

import pytest

from skrytka.evidence.facts import ReceiptFacts
from tests.world.evidence import facts


def test_they_come_back_as_they_were() -> None:
    kept = json.loads(json.dumps(facts().to_json()))
    assert ReceiptFacts.from_json(kept) == facts()


@pytest.mark.parametrize("lines", ["Adres", ["Adres"]])
def test_lines_of_another_shape_are_refused(lines: object) -> None:
    kept = {**facts().to_json(), "lines": lines}
    with pytest.raises(TypeError):
        ReceiptFacts.from_json(kept)  # type: ignore[arg-type] # damaged on purpose
