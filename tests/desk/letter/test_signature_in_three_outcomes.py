"""The signature report in words: valid, invalid, cannot be verified, none."""

import pytest

from skrytka.core.signatures.lists.names import CA_PKC, CA_QC, GRANTED, WITHDRAWN
from skrytka.core.signatures.words import SignatureKind
from skrytka.desk.letter.signature import lists_used, signature_card
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


SERVICE: dict[str, JsonValue] = {
    "territory": "PL",
    "provider": "Wystawca",
    "name": "Usługa",
    "type": CA_QC,
    "status": GRANTED,
    "since": "2017-06-30T22:00:00Z",
}


@pytest.mark.parametrize(
    ("status", "kind", "told"),
    [
        (GRANTED, CA_QC, "status kwalifikowany"),
        (WITHDRAWN, CA_QC, "bez statusu kwalifikowanego"),
        (GRANTED, CA_PKC, "bez statusu kwalifikowanego"),
    ],
)
def test_the_card_says_which_service_vouched(status: str, kind: str, told: str) -> None:
    service: JsonValue = {**SERVICE, "status": status, "type": kind}
    (facts,) = signature_card(report(Outcome.VALID, {**SIGNATURE, "service": service})).signatures
    (line,) = {fact.term: fact.lines for fact in facts}["Usługa z listy zaufania"]
    assert line == f"PL: Wystawca, Usługa, {told} od 1\u00a0lipca\u00a02017\u00a0r."


def test_the_lists_behind_a_verdict_are_named() -> None:
    lists: JsonValue = {"taken_at": "2026-11-23T10:15:00Z", "sha256": "ab" * 32}
    taken, digest = lists_used({"trusted_lists": lists})
    assert taken.startswith("23\u00a0listopada\u00a02026")
    assert digest == "SHA-256 " + "ab" * 32
    assert lists_used({"trusted_lists": None}) == lists_used({}) == ()


@pytest.mark.parametrize(
    ("kind", "told"),
    [("TRUSTED", "podpis zaufany tej instalacji"), ("UNKNOWN", "rodzaj nieznany")],
)
def test_kinds_that_no_list_tells_have_their_words(kind: str, told: str) -> None:
    (facts,) = signature_card(report(Outcome.VALID, {**SIGNATURE, "kind": kind})).signatures
    assert {fact.term: fact.lines for fact in facts}["Rodzaj"] == (told,)


def test_a_report_that_says_little_shows_little() -> None:
    (facts,) = signature_card(report(Outcome.INVALID, {})).signatures
    assert [fact.term for fact in facts] == ["Rodzaj"]
    assert signature_card(report(Outcome.INVALID, "dziwne")).signatures[0][0].term == "Rodzaj"
