"""Signed files of a letter are judged in the background, and every word on them is kept."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from skrytka.accounts.models import Institution, User
from skrytka.config.effects import drain
from skrytka.core.signatures.sealing import SealShape, SealTemplate
from skrytka.evidence.models import FileJudgement
from skrytka.evidence.queries import Outcome, judgements_of, judgements_of_file
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.gateways.judging import Judgement, ProcessJudge, Question
from skrytka.ledger.models import OutboxRow, OutboxState
from skrytka.ledger.operations import Actor
from skrytka.ledger.queries import is_awaited
from skrytka.letters.models import Letter, LetterAttachment
from skrytka.letters.operations.judging import ask_again, judge_files, judging_key
from skrytka.letters.operations.signed_files import SignedFormat, signed_format
from tests.desk.world import signed_letter
from tests.world.evidence import DOCUMENT
from tests.world.files import pdf
from tests.world.letters import LATER, sent_letter
from tests.world.pki import AT as PKI_AT
from tests.world.pki import make_pki

SIGNED = SealTemplate(make_pki().person, PKI_AT, SealShape.LETTER).seal(
    DOCUMENT, signing_time=PKI_AT, references=(), role=None
)
REAL = ProcessJudge()


@pytest.fixture
def letter(anna: User, daria: User, cuw: Institution) -> Letter:
    """A letter with a trusted signature, a plain PDF, and a file signed by a stranger."""
    letter = signed_letter(anna, daria, cuw)
    attach(letter, "oświadczenie.xml", SIGNED)
    return letter


def attach(letter: Letter, name: str, data: bytes) -> LetterAttachment:
    stored = blobs_of(letter.institution_id).put(data)
    return LetterAttachment.objects.create(
        letter=letter,
        position=letter.attachments.count() + 1,
        file_name=name,
        media_type="application/octet-stream",
        size=stored.size,
        sha256=stored.sha256,
    )


def key(letter: Letter) -> str:
    return judging_key(letter.id)


@pytest.mark.django_db
def test_sending_asks_for_it_by_one_row(letter: Letter) -> None:
    (row,) = OutboxRow.objects.filter(effect="JUDGE_FILES")
    assert (row.key, row.payload) == (key(letter), {"letter": str(letter.id)})
    assert is_awaited(key(letter))


@pytest.mark.django_db
def test_a_letter_that_can_hold_no_signature_asks_for_nothing(anna: User, cuw: Institution) -> None:
    sent_letter(anna, cuw)
    assert not OutboxRow.objects.filter(effect="JUDGE_FILES").exists()


@pytest.mark.django_db
def test_the_worker_judges_every_signed_file_and_no_other(letter: Letter) -> None:
    while drain("test"):
        pass
    said = judgements_of(letter.id)
    assert {position: one.outcome for position, one in said.items()} == {
        0: Outcome.VALID,
        2: Outcome.UNKNOWN,
    }
    assert said[0].sha256 == letter.document_sha256
    assert said[0].report["at"] == "2026-11-23T10:30:15.250000Z"
    assert said[0].engine.startswith("skrytka ")
    assert said[0].policy
    assert not is_awaited(key(letter))
    assert OutboxRow.objects.get(key=key(letter)).state == OutboxState.DONE


@pytest.mark.django_db
def test_a_run_that_is_resumed_judges_only_what_it_owes(letter: Letter) -> None:
    asked = Asked()
    asked.judge_letter(letter)
    attach(letter, "drugie.xml", SIGNED)
    asked.judge_letter(letter)
    assert len(asked.beside) == 3
    assert list(FileJudgement.objects.values_list("position", flat=True)) == [0, 2, 3]


@pytest.mark.django_db
def test_judging_again_adds_a_row_that_says_who_asked(letter: Letter) -> None:
    judge_files(letter.id, key(letter), "", at=LATER)
    for _ in range(2):
        ask_again(letter.id, actor=Actor("7"), at=LATER)
    assert OutboxRow.objects.filter(effect="JUDGE_FILES").count() == 2
    while drain("test"):
        pass
    newest, first = judgements_of_file(letter.id, 2)
    assert (newest.asked_by, first.asked_by) == ("7", "")


@pytest.mark.django_db
def test_what_was_said_cannot_be_changed_or_taken_back(letter: Letter) -> None:
    judge_files(letter.id, key(letter), "", at=LATER)
    rows = FileJudgement.objects.filter(position=2)
    with pytest.raises(DatabaseError, match="evidence is written once"), transaction.atomic():
        rows.update(indication="TOTAL_PASSED")
    with pytest.raises(DatabaseError, match="evidence is written once"), transaction.atomic():
        rows.delete()


@pytest.mark.django_db
def test_a_detached_signature_is_judged_with_the_file_it_names(
    letter: Letter, tmp_path: Path
) -> None:
    attach(letter, "umowa.txt", b"Umowa")
    attach(letter, "umowa.txt.p7s", detached_cms(b"Umowa", tmp_path))
    asked = Asked()
    asked.judge_letter(letter)
    assert asked.beside == [[], [], ["umowa.txt"]]


@pytest.mark.django_db
def test_a_signature_that_names_no_file_is_judged_with_all_that_are_not_signed(
    letter: Letter, tmp_path: Path
) -> None:
    attach(letter, "podpis.p7s", detached_cms(b"x", tmp_path))
    asked = Asked()
    asked.judge_letter(letter)
    assert asked.beside == [[], [], ["umowa najmu.pdf"]]


@pytest.mark.django_db
def test_an_xml_signature_is_judged_with_the_files_it_refers_to(letter: Letter) -> None:
    attach(letter, "mój plik.txt", b"x")
    attach(letter, "podpis.xades", SIGNED + b'<!-- URI="a/m%C3%B3j%20plik.txt" -->')
    asked = Asked()
    asked.judge_letter(letter)
    assert asked.beside == [[], [], ["mój plik.txt"]]


class Asked:
    """Notes what the judge is handed; the real one answers."""

    def __init__(self) -> None:
        self.beside: list[list[str]] = []

    def judge_letter(self, letter: Letter) -> None:
        before = installed()
        install(replace(before, judge=self))
        try:
            judge_files(letter.id, key(letter), "", at=LATER)
        finally:
            install(before)

    def judge(self, question: Question) -> Judgement:
        self.beside.append(list(question.detached))
        return REAL.judge(question)


def detached_cms(data: bytes, folder: Path, form: str = "DER") -> bytes:
    (folder / "data").write_bytes(data)
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key", "-subj", "/CN=Jan"]
    signed = ["cms", "-sign", "-binary", "-in", "data", "-signer", "crt", "-inkey", "key"]
    for command in ([*made, "-out", "crt"], [*signed, "-outform", form, "-out", "out"]):
        subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True)
    return (folder / "out").read_bytes()


def told(data: bytes, chunk: int = 7) -> SignedFormat | None:
    return signed_format(lambda: (data[n : n + chunk] for n in range(0, len(data), chunk)))


def test_a_signature_is_told_by_content(tmp_path: Path) -> None:
    assert told(SIGNED) is SignedFormat.XML
    assert told(SIGNED.decode().encode("utf-16")) is SignedFormat.XML
    assert told(SIGNED.decode().encode("utf-16-be")) is SignedFormat.XML
    assert told(detached_cms(b"x", tmp_path)) is SignedFormat.CMS
    assert told(detached_cms(b"x", tmp_path, "PEM")) is SignedFormat.CMS
    assert told(pdf() + b"/ByteRange") is SignedFormat.PDF
    zipped = b"PK\x03\x04" + b"x" * 2000 + b"META-INF/signatures.p7s"
    assert told(zipped) is SignedFormat.ASIC


@pytest.mark.parametrize("data", [b"", b"0", b"<a/>", pdf(), b"PK\x03\x04 x", b"plain text"])
def test_what_bears_no_signature_is_not_judged(data: bytes) -> None:
    assert told(data) is None
