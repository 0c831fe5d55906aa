"""Settings come from the environment alone; every fault is told at once, one line each."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from skrytka.config.databases import database_settings
from skrytka.config.environment import (
    EnvironmentFaultyError,
    Mode,
    read_environment,
    secret_key_of,
)
from skrytka.config.wiring import build_gateways
from skrytka.config.worker import engine_url
from skrytka.gateways.clamd_wire import ClamdAddress
from skrytka.gateways.opened_scanners import BothScanners
from skrytka.gateways.revocation_source import HttpRevocationSource, NoRevocationSource
from skrytka.gateways.yara_scanner import EmbeddedScanner

ROOT = Path(__file__).resolve().parents[2]


def test_the_defaults_are_embedded_and_for_production() -> None:
    environment = read_environment({"SKRYTKA_DATA": "/srv/skrytka"})
    assert environment.mode is Mode.PRODUCTION
    assert environment.database_url == "sqlite:////srv/skrytka/skrytka.sqlite3"
    assert environment.blobs_url == "file:///srv/skrytka/blobs"
    assert (environment.port, environment.threads) == (8000, 64)
    assert (environment.host, environment.is_https) == ("127.0.0.1", False)


def test_every_fault_is_named_at_once() -> None:
    faulty = {
        "SKRYTKA_MODE": "test",
        "DATABASE_URL": "mysql://x",
        "SKRYTKA_BLOBS_URL": "ftp://x",
        "SKRYTKA_MAIL_URL": "x",
        "SKRYTKA_BASE_URL": "skrytka.example",
        "PORT": "osiem",
        "SKRYTKA_THREADS": "0",
        "SKRYTKA_SECRET_KEY": "short",
        "SKRYTKA_TSA": "https://tsa.example/tsp tsa.example",
        "SKRYTKA_CLAMD": "clamd.example:3310",
    }
    with pytest.raises(EnvironmentFaultyError) as refused:
        read_environment(faulty)
    named = {fault.split(":")[0].split("=")[0] for fault in refused.value.faults}
    assert named == set(faulty)


def test_authorities_of_time_are_asked_in_their_order() -> None:
    given = {"SKRYTKA_TSA": " https://one.example/tsp\thttp://two.example "}
    named = read_environment(given).time_stamping
    assert named == ("https://one.example/tsp", "http://two.example")


@pytest.mark.parametrize(("word", "allowed"), [("off", False), ("fetch", True)])
def test_the_network_is_asked_for_revocation_only_where_it_is_allowed(
    word: str, *, allowed: bool
) -> None:
    assert not read_environment({}).fetches_revocation
    assert read_environment({"SKRYTKA_REVOCATION": word}).fetches_revocation is allowed
    with pytest.raises(EnvironmentFaultyError, match="SKRYTKA_REVOCATION=yes"):
        read_environment({"SKRYTKA_REVOCATION": "yes"})


def test_files_are_screened_again_for_thirty_days_or_as_told() -> None:
    assert read_environment({}).rescreening_days == 30
    assert read_environment({"SKRYTKA_RESCREENING_DAYS": "0"}).rescreening_days == 0
    with pytest.raises(EnvironmentFaultyError, match=r"must be a whole number$"):
        read_environment({"SKRYTKA_RESCREENING_DAYS": "-1"})


def test_a_moved_clock_asks_nobody_for_revocation(tmp_path: Path) -> None:
    environment = read_environment({"SKRYTKA_DATA": str(tmp_path), "SKRYTKA_REVOCATION": "fetch"})
    allowed = build_gateways(environment).revocation
    assert isinstance(allowed, HttpRevocationSource)
    assert allowed.folder == tmp_path.resolve() / "revocation"
    moved = replace(environment, clock_ahead=timedelta(days=1))
    assert build_gateways(moved).revocation == NoRevocationSource()


def test_a_clamd_that_is_named_scans_beside_the_embedded_rules() -> None:
    assert isinstance(build_gateways(read_environment({})).malware, EmbeddedScanner)
    named = read_environment({"SKRYTKA_CLAMD": "tcp://clamd.example:3310"})
    scanner = build_gateways(named).malware
    assert isinstance(scanner, BothScanners)
    assert scanner.daemon.address == ClamdAddress(host="clamd.example", port=3310)


def test_the_secret_key_is_made_once_and_kept(tmp_path: Path) -> None:
    environment = read_environment({"SKRYTKA_DATA": str(tmp_path / "new")})
    first = secret_key_of(environment)
    assert len(first) > 50
    assert secret_key_of(environment) == first
    assert (tmp_path / "new" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_the_operators_own_key_wins() -> None:
    assert secret_key_of(read_environment({"SKRYTKA_SECRET_KEY": "k" * 50})) == "k" * 50


def test_postgresql_is_read_from_its_url() -> None:
    settings = database_settings(
        "postgresql://jan:has%40lo@db.example:5433/skrytka?sslmode=require"
    )
    assert settings["HOST"] == "db.example"
    assert (settings["USER"], settings["PASSWORD"]) == ("jan", "has@lo")
    assert settings["OPTIONS"] == {
        "pool": {"min_size": 1, "max_size": 16, "timeout": 30},
        "sslmode": "require",
    }


def test_the_engine_keeps_its_own_state_beside_the_data() -> None:
    embedded = read_environment({"SKRYTKA_DATA": "/srv/skrytka"})
    assert engine_url(embedded) == "sqlite:////srv/skrytka/engine.sqlite3"
    scaled = read_environment({"DATABASE_URL": "postgresql://u@h/skrytka"})
    assert engine_url(scaled) == "postgresql://u@h/skrytka"


def test_every_setting_is_documented() -> None:
    code = (ROOT / "src/skrytka/config/environment.py").read_text()
    told = (ROOT / "docs/operators/settings.md").read_text()
    names = set(re.findall(r'"(SKRYTKA_[A-Z_]+|PORT|DATABASE_URL)"', code))
    assert len(names) > 9
    assert [name for name in sorted(names) if f"`{name}`" not in told] == []
