"""Facts of a receipt survive being kept; a damaged row is a bug, not a receipt."""

import json
from dataclasses import replace

import pytest

from skrytka.core.receipts import DeliveryWay, Information
from skrytka.evidence.delivery_facts import DeliveryFacts
from skrytka.evidence.facts import ReceiptFacts
from tests.world.evidence import delivery, facts


def test_they_come_back_as_they_were() -> None:
    kept = json.loads(json.dumps(facts().to_json()))
    assert ReceiptFacts.from_json(kept) == facts()


@pytest.mark.parametrize("lines", ["Adres", ["Adres"]])
def test_lines_of_another_shape_are_refused(lines: object) -> None:
    kept = {**facts().to_json(), "lines": lines}
    with pytest.raises(TypeError):
        ReceiptFacts.from_json(kept)  # type: ignore[arg-type] # damaged on purpose


@pytest.mark.parametrize("way", DeliveryWay)
def test_facts_of_a_delivery_come_back_as_they_were(way: DeliveryWay) -> None:
    kept = json.loads(json.dumps(delivery(way).to_json()))
    assert DeliveryFacts.from_json(kept) == delivery(way)


@pytest.mark.parametrize(
    ("way", "line"),
    [
        (DeliveryWay.COLLECTED, Information("Podstawa", "art. 46")),
        (DeliveryWay.DEEMED, Information("Podstawa", "druga")),
        (DeliveryWay.DEEMED, Information("Sposób doręczenia", "odmowa przyjęcia")),
    ],
)
def test_lines_that_contradict_the_way_are_a_bug(way: DeliveryWay, line: Information) -> None:
    honest = delivery(way)
    with pytest.raises(ValueError, match="Sposób doręczenia"):
        replace(honest, lines=(*honest.lines, line))


@pytest.mark.parametrize("way", [DeliveryWay.DEEMED, DeliveryWay.REFUSED])
def test_nobody_is_deemed_to_have_a_letter_without_a_basis(way: DeliveryWay) -> None:
    with pytest.raises(ValueError, match="Sposób doręczenia"):
        replace(delivery(way), lines=delivery().lines)
