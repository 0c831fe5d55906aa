"""The operator is told whether there is an antivirus engine, how old it is, what it passes by."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.conf import settings

from skrytka.config.diagnosis import DATABASE_OLD_AFTER, Finding, _scanner
from skrytka.config.environment import Environment, Mode
from skrytka.gateways import clamd_probes
from skrytka.gateways.clamd_probes import large_archive
from skrytka.gateways.clamd_scanner import SKIPS
from skrytka.letters.screening import CIESZYN_2026
from tests.world.clamd import AS_INSTALLED, DATABASE, FIT, MADE_AT, Clamd, running_clamd
from tests.world.clamd_stand_in import Script, clamd_that_says
from tests.world.files import EICAR

SOON = MADE_AT + timedelta(hours=20)


def finding(address: str, at: datetime = SOON) -> Finding:
    environment: Environment = settings.ENVIRONMENT
    return _scanner(replace(environment, clamd=address), at)


def told_of(limits: Mapping[str, str]) -> str:
    """What is told of a clamd with these settings, behind its name."""
    with running_clamd(limits) as daemon:
        found = finding(daemon.address)
    assert not found.ok
    return found.text.partition("; ")[2]


def test_a_clamd_that_is_fit_is_named_with_its_database(shared_clamd: Clamd) -> None:
    found = finding(shared_clamd.address)
    assert found.ok
    assert found.text.endswith(f"/{DATABASE}")


def test_what_debian_installs_is_too_small_and_passes_by_what_it_skips() -> None:
    assert told_of(AS_INSTALLED) == f"{SKIPS}; takes no file of 150 MB: raise StreamMaxLength"


def test_files_that_would_pass_unseen_are_told() -> None:
    told = "passes a file of 150 MB unseen: raise MaxFileSize and MaxScanSize"
    assert told_of(AS_INSTALLED | {"StreamMaxLength": "200M"}) == f"{SKIPS}; {told}"


@pytest.mark.parametrize("limit", ["MaxFileSize", "MaxScanSize"])
def test_files_that_would_wait_for_ever_are_told(limit: str) -> None:
    told = "gives up on a file of 150 MB: raise MaxFileSize and MaxScanSize"
    assert told_of(FIT | {limit: "25M"}) == told


def test_a_database_that_is_no_longer_refreshed_is_told(shared_clamd: Clamd) -> None:
    late = MADE_AT + DATABASE_OLD_AFTER
    assert finding(shared_clamd.address, late).ok
    found = finding(shared_clamd.address, late + timedelta(seconds=1))
    assert not found.ok
    assert found.text.endswith("; database of 2026-11-23: look after freshclam")


def test_a_clamd_without_a_database_of_its_makers_is_told() -> None:
    script = Script(version=b"1: ClamAV 1.4.6\0", candour=b"2: stream: OK\0")
    with clamd_that_says(script) as address:
        text = finding(address).text
    assert text.startswith("ClamAV 1.4.6/local; no database of ClamAV")
    assert clamd_probes.BLIND in text


def test_a_silent_clamd_is_told(clamd: Clamd) -> None:
    clamd.stop()
    silent = "silent, files wait unjudged: clamd is not there: ConnectionRefusedError"
    assert finding(clamd.address) == Finding("scanner", ok=False, text=silent)


def test_a_clamd_that_falls_silent_while_it_is_tried_out_is_told() -> None:
    with clamd_that_says(Script(candour=b"2: stream: Can't allocate memory ERROR\0")) as address:
        assert finding(address).text.startswith("silent, files wait unjudged: clamd")


def test_the_embedded_rules_alone_are_enough_for_a_demonstration_only() -> None:
    environment = replace(settings.ENVIRONMENT, mode=Mode.PRODUCTION)
    found = _scanner(environment, SOON)
    assert not found.ok
    assert "SKRYTKA_CLAMD" in found.text
    assert _scanner(replace(environment, mode=Mode.DEMO), SOON).ok


def test_the_large_file_is_as_large_as_a_letter_may_be_and_holds_the_harmless_one() -> None:
    largest = CIESZYN_2026.file_bytes
    sizes = [len(chunk) for chunk in large_archive(largest)]
    assert largest < sum(sizes) < largest + 1000
    assert EICAR in next(large_archive(1000))
