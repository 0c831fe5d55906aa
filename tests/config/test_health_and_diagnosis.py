"""Is it alive, can it work, and is it fit for real letters?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.test import Client

from skrytka.accounts.models import Institution, User
from skrytka.config.diagnosis import Finding, diagnose
from skrytka.gateways.file_keys import FileSealKeys
from skrytka.gateways.installed import GatewaysMissingError, _installed, install, installed
from skrytka.gateways.opened_blobs import open_blobs
from skrytka.gateways.seal import SealPurpose
from skrytka.ledger.models import OutboxRow, OutboxState
from tests.world.blobs import folder_store
from tests.world.outgoing import noticed_letter
from tests.world.pki import certificate_of
from tests.world.tsa import stamping_unit

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _gateways_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


def finding(name: str, at: datetime = AT) -> Finding:
    return next(found for found in diagnose(at) if found.name == name)


def broken_blobs(tmp_path: Path) -> None:
    blobs = open_blobs(f"file://{tmp_path}/blobs", settings.ENVIRONMENT.keys)
    (tmp_path / "blobs").mkdir()
    (tmp_path / "blobs" / "installation").write_text("a file stands in the way")
    install(replace(installed(), blobs=blobs))


def test_the_process_answers(client: Client) -> None:
    assert client.get("/healthz").content == b"ok"


def test_ready_means_database_and_blobs(client: Client, tmp_path: Path) -> None:
    assert client.get("/readyz").json() == {"database": True, "blobs": True, "scanner": True}
    broken_blobs(tmp_path)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["blobs"]) == (503, False)


def test_a_demonstration_is_not_fit_and_says_why() -> None:
    faults = {found.name for found in diagnose(AT) if not found.ok}
    assert faults >= {"mode", "https", "mail", "seal RECEIPT", "seal TRUSTED_PROFILE"}
    assert "development only" in finding("seal RECEIPT").text


def test_what_works_is_told_too() -> None:
    assert finding("database").ok
    assert finding("blobs").ok
    assert finding("receipts").text == "0 letters wait for their receipt"


def test_missing_keys_are_named(tmp_path: Path) -> None:
    install(replace(installed(), seal_keys=FileSealKeys(tmp_path)))
    assert "institution-seal.crt.pem" in finding("seal RECEIPT").text


def test_blobs_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    broken_blobs(tmp_path)
    assert not finding("blobs").ok


def test_keys_of_blobs_that_do_not_open_are_named(tmp_path: Path) -> None:
    store = folder_store(tmp_path)
    install(replace(installed(), blobs=store))
    assert finding("keys of blobs").ok
    (root,) = (tmp_path / "keys").glob("blob-root-*.key")
    root.unlink()
    unread = open_blobs(f"file://{tmp_path}/blobs", tmp_path / "keys")
    install(replace(installed(), blobs=unread))
    shut = finding("keys of blobs")
    assert not shut.ok
    assert "installation 1-" in shut.text


def test_a_store_that_does_not_tell_its_keys_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("skrytka.gateways.object_store.PATIENCE", timedelta(seconds=0.1))
    address = "s3://pisma?endpoint=http://127.0.0.1:9"
    install(replace(installed(), blobs=open_blobs(address, tmp_path / "keys")))
    assert not finding("keys of blobs").ok


def test_effects_given_up_are_listed_with_their_reason() -> None:
    OutboxRow.objects.create(
        key="mail:1",
        effect="MAIL",
        state=OutboxState.GIVEN_UP,
        created_at=AT,
        due_at=AT,
        last_error="no route to host",
    )
    assert finding("outbox").text == "mail:1: no route to host"


def test_a_certificate_that_runs_out_is_told_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skrytka.config.diagnosis.is_for_development", lambda _certificate: False)
    until = installed().seal_keys.certificate(SealPurpose.RECEIPT).not_valid_after_utc
    assert finding("seal RECEIPT").ok
    assert "renew it now" in finding("seal RECEIPT", until - timedelta(days=59)).text
    assert finding("seal RECEIPT", until - timedelta(days=61)).ok


def with_stamps(monkeypatch: pytest.MonkeyPatch, keys: Path) -> None:
    changed = replace(settings.ENVIRONMENT, time_stamping=("https://tsa.example/",), keys=keys)
    monkeypatch.setattr(settings, "ENVIRONMENT", changed)


def test_that_nothing_is_stamped_is_told_and_is_no_fault() -> None:
    assert finding("time-stamps") == Finding(
        "time-stamps", ok=True, text="none: name authorities in SKRYTKA_TSA"
    )


def test_an_authority_whose_signer_is_not_named_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_stamps(monkeypatch, tmp_path)
    assert "tsa/*.pem" in finding("time-stamps").text
    (tmp_path / "tsa").mkdir()
    (tmp_path / "tsa" / "zly.pem").write_text("to nie jest certyfikat")
    assert "tsa/zly.pem" in finding("time-stamps").text


def test_a_named_signer_that_runs_out_and_receipts_that_wait_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_stamps(monkeypatch, tmp_path)
    (tmp_path / "tsa").mkdir()
    unit = certificate_of(stamping_unit())
    (tmp_path / "tsa" / "unit.pem").write_bytes(unit.public_bytes(Encoding.PEM))
    assert finding("time-stamps").text == "1 authorities named"
    assert "expires" in finding("time-stamps", unit.not_valid_after_utc - timedelta(days=3)).text
    OutboxRow.objects.create(
        key="stamps:1",
        effect="STAMP_RECEIPTS",
        state=OutboxState.PENDING,
        created_at=AT - timedelta(days=2),
        due_at=AT,
    )
    assert not finding("time-stamps").ok


def test_without_wiring_nothing_pretends_to_work() -> None:
    _installed.clear()
    with pytest.raises(GatewaysMissingError):
        installed()


def test_deliveries_that_nobody_sweeps_are_told(daria: User, cuw: Institution, anna: User) -> None:
    noticed_letter(daria, cuw, anna)
    lapse = datetime(2026, 11, 9, 23, tzinfo=UTC)
    assert finding("deliveries", lapse + timedelta(minutes=59)).ok
    overdue = finding("deliveries", lapse + timedelta(hours=1))
    assert (overdue.ok, overdue.text) == (False, "1 wait for the worker for more than an hour")


def test_whether_revocation_is_asked_for_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SKRYTKA_REVOCATION=fetch" in finding("revocation").text
    allowed = replace(settings.ENVIRONMENT, fetches_revocation=True)
    monkeypatch.setattr(settings, "ENVIRONMENT", allowed)
    assert finding("revocation").text == "the authorities of the signers are asked"
