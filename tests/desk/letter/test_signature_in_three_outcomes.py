"""The signature report in words: valid, invalid, cannot be verified, none."""

import pytest

from skrytka.core.signatures.verdict import SignatureKind
from skrytka.desk.letter.signature import signature_card
from skrytka.evidence.facts import JsonValue
from skrytka.evidence.queries import Outcome, StoredReport
from tests.world.letters import LATER

SIGNATURE: dict[str, JsonValue] = {
    "kind": "QUALIFIED",
    "claimed_signing_time": "2026-11-23T10:15:00Z",
    "signer": {"name": "Anna Kowalska", "organisation": None, "issuer": "CN=Wystawca"},
    "covers": [
        {"name": "", "sha256": None, "scope": "FULL"},
        {"name": "umowa.pdf", "sha256": None, "scope": "DIGEST"},
        {"name": "#czesc", "sha256": None, "scope": "INNY"},
    ],
    "reasons": [{"code": "CHAIN-NONE", "text": "Nie znamy wystawcy certyfikatu."}],
}


def report(outcome: Outcome, *signatures: JsonValue) -> StoredReport:
    found: dict[str, JsonValue] = {"signatures": list(signatures)}
    return StoredReport(LATER, outcome, SignatureKind.QUALIFIED, "0" * 64, found)


@pytest.mark.parametrize(
    ("outcome", "heading", "callout"),
    [
        (Outcome.VALID, "Ważny", ""),
        (Outcome.INVALID, "Nieważny", "bad"),
        (Outcome.UNKNOWN, "Brak możliwości weryfikacji", "warn"),
    ],
)
def test_each_outcome_has_its_words(outcome: Outcome, heading: str, callout: str) -> None:
    card = signature_card(report(outcome, SIGNATURE))
    assert (card.heading, card.callout) == (heading, callout)
    assert card.verified.endswith(f"wynik weryfikacji: {heading.lower()}.")
    assert card.what_to_do


def test_without_a_report_the_letter_is_unsigned() -> None:
    card = signature_card(None)
    assert card.heading == "Pismo bez podpisu"
    assert (card.verified, card.signatures) == ("", ())


def test_the_card_says_who_when_what_and_why() -> None:
    (facts,) = signature_card(report(Outcome.UNKNOWN, SIGNATURE)).signatures
    lines = {fact.term: fact.lines for fact in facts}
    assert lines["Kto"] == ("Anna Kowalska",)
    assert lines["Rodzaj"] == ("kwalifikowany podpis elektroniczny",)
    assert lines["Kiedy"][0].startswith("23\u00a0listopada\u00a02026")
    assert lines["Co obejmuje"] == (
        "treść pisma, w całości", "umowa.pdf, przez skrót", "treść pisma",
    )  # fmt: skip
    assert lines["Uwagi"] == ("Nie znamy wystawcy certyfikatu.",)


def test_a_report_that_says_little_shows_little() -> None:
    (facts,) = signature_card(report(Outcome.INVALID, {})).signatures
    assert [fact.term for fact in facts] == ["Rodzaj"]
    assert signature_card(report(Outcome.INVALID, "dziwne")).signatures[0][0].term == "Rodzaj"
