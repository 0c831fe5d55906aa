"""`skrytka verify` and `skrytka validate` say the truth and exit with it."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.cli.main import COMMANDS, main
from skrytka.core.receipts import DeliveryWay
from skrytka.core.signatures.sealing import SealShape, SealTemplate
from skrytka.evidence.operations import record_intent, seal_receipt
from skrytka.gateways.installed import installed
from skrytka.gateways.seal import SealPurpose
from tests.core.signatures.etsi_report.schema import is_valid
from tests.world.evidence import AT, DOCUMENT, intended, upd
from tests.world.pki import AT as PKI_AT
from tests.world.pki import certificate_of, make_pki


@pytest.fixture
def receipt(db: None, tmp_path: Path) -> Path:
    path = tmp_path / "upp.xml"
    path.write_bytes(seal_receipt(record_intent(intended(), at=AT), at=AT).xml)
    (tmp_path / "DOK-2026-0001").write_bytes(DOCUMENT)
    certificate = installed().seal_keys.certificate(SealPurpose.RECEIPT)
    (tmp_path / "seal.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    return path


def verify(receipt: Path, *more: str) -> int:
    return main(["verify", str(receipt), "--trust", str(receipt.parent / "seal.pem"), *more])


def test_a_true_receipt_with_its_document(
    receipt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(receipt, "--document", str(receipt.parent / "DOK-2026-0001")) == 0
    said = capsys.readouterr().out
    assert "Poświadczenie jest ważne." in said
    assert "DOK-2026-0001: zgodny" in said


def test_a_changed_document_is_told(receipt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (receipt.parent / "DOK-2026-0001").write_bytes(DOCUMENT + b" ")
    assert verify(receipt, "--document", str(receipt.parent / "DOK-2026-0001")) == 1
    assert "różni się" in capsys.readouterr().out


def test_a_changed_receipt_is_told(receipt: Path) -> None:
    receipt.write_bytes(receipt.read_bytes().replace(b"Kowalska", b"Kowalski"))
    assert verify(receipt) == 1


def test_the_own_seal_is_trusted_by_default(
    receipt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(receipt), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["valid"], said["kind"]) == (True, "UPP")
    assert said["documents"][0]["state"] == "NOT_GIVEN"


SAID = {
    DeliveryWay.COLLECTED: "Odebrane przez: Anna Kowalska",
    DeliveryWay.DEEMED: "Uznane za doręczone. Adresat nie potwierdził odbioru.",
    DeliveryWay.REFUSED: "Adresat odmówił przyjęcia. Pismo uznaje się za doręczone.",
}


@pytest.fixture
def pems(receipt: Path) -> list[str]:
    profile = installed().seal_keys.certificate(SealPurpose.TRUSTED_PROFILE)
    path = receipt.parent / "profile.pem"
    path.write_bytes(profile.public_bytes(Encoding.PEM))
    return ["--trust", str(receipt.parent / "seal.pem"), "--trust-profile", str(path)]


@pytest.mark.parametrize("way", DeliveryWay)
def test_the_ways_of_a_delivery_are_told_apart(
    way: DeliveryWay, receipt: Path, pems: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    receipt.write_bytes(upd(way))
    document = ["--document", str(receipt.parent / "DOK-2026-0001")]
    for trust in ([], pems):
        assert main(["verify", str(receipt), *document, *trust]) == 0
        said = capsys.readouterr().out
        assert [words for words in SAID.values() if words in said] == [SAID[way]]
        assert "Wystawił: Centrum Usług Wspólnych w Cieszynie" in said
        assert "DOK-2026-0002: zgodny" in said
        assert ("Data odbioru: 2026-11-23T14:47:06" in said) == (way is DeliveryWay.COLLECTED)
        assert ("Data doręczenia: 2026-11-23T14:47:06" in said) == (
            way is not DeliveryWay.COLLECTED
        )
        assert ("Dzień 14. to 23 listopada" in said) == (way is DeliveryWay.DEEMED)
        assert "Skrót SHA-256" not in said
    assert main(["verify", str(receipt), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["kind"], told["way"]) == ("UPD", way)
    assert told["signer"] == ("Anna Kowalska" if way is DeliveryWay.COLLECTED else None)


def test_the_two_seals_do_not_stand_in_for_each_other(
    receipt: Path, pems: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    receipt.write_bytes(upd(DeliveryWay.COLLECTED, with_office=False))
    seal, profile = pems[1], pems[3]
    assert main(["verify", str(receipt), "--trust-profile", profile]) == 0
    assert "Odebrane przez" in capsys.readouterr().out
    for trust in (["--trust", seal], ["--trust", profile], ["--trust-profile", seal]):
        assert main(["verify", str(receipt), *trust]) == 1
        said = capsys.readouterr().out
        assert "Poświadczenia nie można uznać za ważne." in said
        assert "Odebrane przez" not in said


def test_a_folder_of_trust_serves_too(receipt: Path, pems: list[str]) -> None:
    trust = receipt.parent / "trust"
    (trust / "trusted-profile").mkdir(parents=True)
    (trust / "trusted-profile" / "p.pem").write_bytes(Path(pems[3]).read_bytes())
    receipt.write_bytes(upd(DeliveryWay.COLLECTED))
    assert main(["verify", str(receipt), "--trust", str(trust)]) == 1
    assert main(["verify", str(receipt), "--trust", str(trust), *pems[:2]]) == 0


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "/nie/ma"]) == 1
    assert main(["validate", "/nie/ma"]) == 1
    assert "Nie możemy odczytać pliku" in capsys.readouterr().out


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    pki = make_pki()
    template = SealTemplate(pki.person, PKI_AT, SealShape.LETTER)
    path = tmp_path / "pismo.xml"
    path.write_bytes(template.seal(DOCUMENT, signing_time=PKI_AT, references=(), role=None))
    trust = tmp_path / "trust"
    (trust / "trusted-profile").mkdir(parents=True)
    (trust / "root.pem").write_bytes(pki.root.certificate.public_bytes(Encoding.PEM))
    seal = certificate_of(pki.trusted_profile).public_bytes(Encoding.PEM)
    (trust / "trusted-profile" / "seal.pem").write_bytes(seal)
    return path


def test_a_signature_is_judged_against_the_trust_folder(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trust = ["--trust", str(signed.parent / "trust"), "--at", "2026-01-13T10:00:00"]
    assert main(["validate", str(signed), *trust]) == 0
    assert "Podpis: ważny" in capsys.readouterr().out
    assert main(["validate", str(signed), *trust, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["indication"] == "TOTAL_PASSED"
    assert main(["validate", str(signed), *trust, "--etsi"]) == 0
    report = capsys.readouterr().out.encode()
    assert is_valid(report)
    assert b"urn:etsi:019102:mainindication:total-passed" in report


def test_a_report_has_one_form(signed: Path) -> None:
    with pytest.raises(SystemExit):
        main(["validate", str(signed), "--json", "--etsi"])


def test_without_trust_nothing_passes(signed: Path) -> None:
    assert main(["validate", str(signed), "--at", "2026-01-13T10:00:00+00:00"]) == 2


def test_a_file_that_asks_for_too_much_memory_is_undecided(
    signed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SKRYTKA_JUDGING_MIB", "1")
    signed.write_bytes(b"<r>" + b"<a b='c'>x</a>" * 200_000 + b"</r>")
    assert main(["validate", str(signed)]) == 2
    assert "wymaga zbyt dużo pamięci" in capsys.readouterr().out
    assert main(["validate", str(signed), "--json"]) == 2
    said = json.loads(capsys.readouterr().out)
    assert (said["indication"], said["reasons"][0]["code"]) == ("INDETERMINATE", "RES-MEM")
    assert main(["validate", str(signed), "--etsi"]) == 2
    assert is_valid(capsys.readouterr().out.encode())


def test_a_broken_signature_fails(signed: Path) -> None:
    signed.write_bytes(signed.read_bytes().replace("Proszę".encode(), b"Prosze"))
    assert main(["validate", str(signed)]) == 1


@pytest.mark.django_db
def test_doctor_exits_with_a_fault_in_a_demonstration(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 1
    assert "FAIL seal RECEIPT: development only" in capsys.readouterr().out
    assert main(["doctor", "--json"]) == 1
    assert {"name": "mode", "ok": False}.items() <= json.loads(capsys.readouterr().out)[0].items()


def test_faulty_settings_are_told_line_by_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "osiem")
    monkeypatch.setenv("SKRYTKA_MODE", "x")
    assert main(["web"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    assert name in capsys.readouterr().out
