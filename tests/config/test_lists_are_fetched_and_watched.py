"""The operator names a list of lists; it is fetched, judged by, and told of when it grows old."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import LazySettings

from skrytka.config.diagnosis import Finding, diagnose
from skrytka.config.environment import Environment, EnvironmentFaultyError, Mode, read_environment
from skrytka.config.judging import is_without_lists, lists_in_use, lists_store
from skrytka.config.lists import fetch_lists
from skrytka.config.wiring import build_gateways
from skrytka.gateways.judging import ProcessJudge
from tests.core.signatures.lists.making import EU_KEY, LOTL, STRANGER, Draft
from tests.core.signatures.trusted.listing import listed
from tests.world.pki import AT, certificate_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def environment(settings: LazySettings, tmp_path: Path) -> Environment:
    """An installation whose lists lie in a folder."""
    folder = tmp_path / "at source"
    folder.mkdir()
    (folder / "eu-lotl.xml").write_bytes(LOTL.signed(EU_KEY))
    (folder / "PL.xml").write_bytes(Draft(services=(listed(),)).signed())
    pins = tmp_path / "keys" / "list-signers"
    pins.mkdir(parents=True)
    (pins / "eu.pem").write_bytes(certificate_of(EU_KEY).public_bytes(Encoding.PEM))
    chosen: Environment = replace(
        settings.ENVIRONMENT,
        data=tmp_path,
        keys=tmp_path / "keys",
        lists_url=f"{folder.as_uri()}/eu-lotl.xml",
    )
    settings.ENVIRONMENT = chosen
    return chosen


def finding(at: datetime = AT) -> Finding:
    return next(found for found in diagnose(at) if found.name == "trusted lists")


def test_lists_are_fetched_from_where_the_operator_says(environment: Environment) -> None:
    assert is_without_lists(environment)
    assert fetch_lists(environment, at=AT)
    assert not is_without_lists(environment)
    identity = lists_store(environment).identity()
    assert identity is not None
    assert [one.territory for one in identity.editions] == ["EU", "PL"]


def test_without_an_address_nothing_is_fetched(environment: Environment) -> None:
    none = replace(environment, lists_url="")
    assert not fetch_lists(none, at=AT)
    assert lists_in_use(none) is None
    assert not is_without_lists(none)


def test_an_address_that_answers_to_nobody_leaves_lists_missing(environment: Environment) -> None:
    fetch_lists(replace(environment, lists_url="https://127.0.0.1:9/eu-lotl.xml"), at=AT)
    assert "missing or not verified: EU" in finding().text


def test_the_judge_is_given_the_lists_in_use(environment: Environment) -> None:
    judge = build_gateways(environment).judge
    assert isinstance(judge, ProcessJudge)
    assert judge.lists == environment.data / "trusted-lists" / "lists.kept"


def test_the_doctor_tells_of_lists_that_are_good(environment: Environment) -> None:
    assert finding() == Finding(
        "trusted lists", ok=False, text="not fetched yet: look for trusted_list in the log"
    )
    fetch_lists(environment, at=AT)
    assert finding() == Finding("trusted lists", ok=True, text="2 lists of 2026-01-12 09:11")


def test_the_doctor_tells_of_old_lists(environment: Environment) -> None:
    fetch_lists(environment, at=AT)
    assert "not refreshed for two days" in finding(AT + timedelta(days=3)).text
    late = finding(AT + timedelta(days=40))
    assert not late.ok
    assert "out of date: EU, PL" in late.text


def test_the_doctor_tells_of_lists_that_are_missing_or_unreadable(
    environment: Environment,
) -> None:
    source = Path(environment.lists_url.removeprefix("file://").replace("%20", " ")).parent
    (source / "PL.xml").write_bytes(Draft().signed(STRANGER))
    fetch_lists(environment, at=AT)
    assert "missing or not verified: PL" in finding().text
    (source / "PL.xml").write_bytes(Draft(services=(listed(),)).signed())
    fetch_lists(environment, at=AT)
    assert finding().ok
    (source / "PL.xml").unlink()
    fetch_lists(environment, at=AT)
    assert finding().text.endswith("newer ones were refused or not had: PL")
    lists_store(environment).kept.write_bytes(b"other bytes")
    assert "cannot be read" in finding().text


@pytest.mark.parametrize("mode", Mode)
def test_only_a_demonstration_does_without_lists(
    settings: LazySettings, environment: Environment, mode: Mode
) -> None:
    settings.ENVIRONMENT = replace(environment, mode=mode, lists_url="")
    assert finding(datetime(2026, 1, 1, tzinfo=UTC)).ok is (mode is Mode.DEMO)


def test_lists_come_over_https_or_from_a_folder() -> None:
    with pytest.raises(EnvironmentFaultyError, match="SKRYTKA_LISTS_URL"):
        read_environment({"SKRYTKA_LISTS_URL": "http://lists.example/eu-lotl.xml"})
    address = "https://lists.example/eu-lotl.xml"
    assert read_environment({"SKRYTKA_LISTS_URL": address}).lists_url == address
    assert read_environment({}).lists_url == ""
