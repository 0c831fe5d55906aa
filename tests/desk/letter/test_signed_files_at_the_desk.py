"""What the desk is told of every signed file, and how a clerk has it judged again."""

import json

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.config.effects import drain
from skrytka.evidence.models import FileJudgement
from skrytka.evidence.operations import JudgedFile, record_file_judgement
from skrytka.gateways.judging import Judgement
from skrytka.letters.models import Letter
from tests.core.signatures.etsi_report.schema import is_valid
from tests.desk.world import client_at, employed, signed_letter
from tests.letters.test_files_are_judged import SIGNED, attach
from tests.world.letters import LATER, sent_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(anna: User, daria: User, cuw: Institution) -> Letter:
    letter = signed_letter(anna, daria, cuw)
    attach(letter, "oświadczenie.xml", SIGNED)
    return letter


def judged(letter: Letter) -> Letter:
    while drain("test"):
        pass
    return letter


def at(name: str, letter: Letter, *more: int) -> str:
    return reverse(f"desk:{name}", args=[letter.id, *more])


def page(user: User, name: str, letter: Letter) -> str:
    return client_at(user).get(at(name, letter)).content.decode()


def test_until_it_is_judged_the_page_says_so(letter: Letter, daria: User) -> None:
    assert page(daria, "letter", letter).count("Jeszcze sprawdzamy podpis.") == 3
    assert "Odśwież stronę za chwilę." in page(daria, "signatures", letter)


def test_each_signed_file_has_one_sentence(letter: Letter, daria: User) -> None:
    told = page(daria, "letter", judged(letter))
    assert "Jeszcze sprawdzamy podpis." not in told
    assert "Podpisano jako: Anna Kowalska. Rodzaj: podpis zaufany." in told
    assert told.count("Nie udało się potwierdzić, że podpis jest ważny.") == 1


def test_the_page_of_signatures_says_who_why_and_what_to_do(letter: Letter, daria: User) -> None:
    told = page(daria, "signatures", judged(letter))
    for text in (
        "oświadczenie.xml", "Anna Kowalska", "Nie znamy wystawcy certyfikatu.",
        "Możesz prowadzić sprawę.", "Pobierz dokument i sprawdź go u dostawcy",
        "Sprawdź ponownie", letter.document_sha256,
    ):  # fmt: skip
        assert text in told
    assert told.count("Nie znamy wystawcy certyfikatu.") == 1
    assert "umowa najmu.pdf" not in told


def test_a_clerk_has_it_judged_again_and_the_earlier_word_stays(
    letter: Letter, daria: User
) -> None:
    judged(letter)
    client_at(daria).post(at("judge_again", letter))
    told = page(daria, "signatures", letter)
    assert "Jeszcze sprawdzamy podpisy." in told
    assert "Poprzednie wyniki" not in told
    assert "Poprzednie wyniki" in page(daria, "signatures", judged(letter))
    asked = FileJudgement.objects.filter(position=0).order_by("id")
    assert list(asked.values_list("asked_by", flat=True)) == ["", str(daria.pk)]


def test_the_report_is_taken_away_as_json(letter: Letter, daria: User) -> None:
    answer = client_at(daria).get(at("signature_report", judged(letter), 0))
    assert json.loads(answer.content)["indication"] == "TOTAL_PASSED"
    assert 'filename="podpis-0.json"' in answer["Content-Disposition"]
    assert client_at(daria).get(at("signature_report", letter, 1)).status_code == 404


def test_the_report_is_taken_away_as_etsi_wants_it(letter: Letter, daria: User) -> None:
    told = page(daria, "signatures", judged(letter))
    assert f'href="{at("signature_report_etsi", letter, 0)}"' in told
    answer = client_at(daria).get(at("signature_report_etsi", letter, 0))
    assert answer["Content-Type"] == "application/xml"
    assert 'filename="podpis-0-etsi.xml"' in answer["Content-Disposition"]
    assert is_valid(answer.content)
    assert b"urn:etsi:019102:mainindication:total-passed" in answer.content
    assert client_at(daria).get(at("signature_report_etsi", letter, 1)).status_code == 404


def test_a_report_kept_before_objects_were_told_is_written_too(letter: Letter, daria: User) -> None:
    client_at(daria).get(at("signatures", judged(letter)))
    kept = FileJudgement.objects.filter(position=0).get().report
    for signature in kept["signatures"]:
        for later in ("enclosed", "timestamps", "counter_signatures", "conclusions"):
            del signature[later]
    del kept["policy"]
    file = JudgedFile(letter.id, 0, "0" * 64, "run")
    record_file_judgement(file, Judgement(kept), at=LATER)
    assert is_valid(client_at(daria).get(at("signature_report_etsi", letter, 0)).content)


def test_a_failure_of_the_judging_names_its_number_for_the_administrator(
    letter: Letter, daria: User
) -> None:
    report = {
        "indication": "INDETERMINATE",
        "signatures": [],
        "reasons": [{"code": "RES-CPU", "text": "Sprawdzenie podpisu trwało zbyt długo."}],
    }
    file = JudgedFile(letter.id, 1, "0" * 64, "run")
    record_file_judgement(file, Judgement(report, "f" * 32), at=LATER)  # type: ignore[arg-type]
    told = page(daria, "signatures", letter)
    assert "f" * 32 in told
    assert is_valid(client_at(daria).get(at("signature_report_etsi", letter, 1)).content)
    assert "trwało zbyt długo" in told


def test_a_file_in_which_no_signature_was_found_is_not_listed(letter: Letter, daria: User) -> None:
    report = {
        "indication": "INDETERMINATE",
        "signatures": [],
        "reasons": [{"code": "NO-SIGNATURE", "text": "Plik nie zawiera podpisu."}],
    }
    file = JudgedFile(letter.id, 1, "0" * 64, "run")
    record_file_judgement(file, Judgement(report), at=LATER)  # type: ignore[arg-type]
    assert "umowa najmu.pdf" not in page(daria, "signatures", letter)


def test_a_letter_without_signed_files_says_so(anna: User, daria: User, cuw: Institution) -> None:
    told = page(daria, "signatures", sent_letter(anna, cuw))
    assert "Nie sprawdzono jeszcze żadnego podpisanego pliku tego pisma." in told


@pytest.mark.parametrize("person", ["anna", "bogdan", "celina", "edmund"])
def test_nobody_else_sees_or_asks(
    request: pytest.FixtureRequest, letter: Letter, person: str
) -> None:
    client = client_at(request.getfixturevalue(person))
    judged(letter)
    before = FileJudgement.objects.count()
    assert client.get(at("signatures", letter)).status_code == 404
    assert client.get(at("signature_report", letter, 0)).status_code == 404
    assert client.get(at("signature_report_etsi", letter, 0)).status_code == 404
    assert client.post(at("judge_again", letter)).status_code == 404
    judged(letter)
    assert FileJudgement.objects.count() == before


def test_the_front_desk_reads_and_does_not_ask(letter: Letter, cuw: Institution) -> None:
    felicja = employed("Felicja", "Kos", cuw, Role.FRONT_DESK)
    assert "Sprawdź ponownie" not in page(felicja, "signatures", judged(letter))
    assert client_at(felicja).post(at("judge_again", letter)).status_code == 404
    for name in ("signature_report", "signature_report_etsi"):
        assert client_at(felicja).get(at(name, letter, 0)).status_code == 200
