from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from skrytka.gateways.development_pki import create_development_pki
from skrytka.gateways.file_keys import FileSealKeys
from skrytka.gateways.installed import install, installed


@pytest.fixture
def strange_keys(tmp_path: Path, receipt: bytes) -> Iterator[None]:
    """The keys of another installation: the receipt at hand was sealed before they came."""
    create_development_pki(tmp_path, datetime(2026, 1, 1, tzinfo=UTC))
    before = installed()
    install(replace(before, seal_keys=FileSealKeys(tmp_path)))
    yield
    install(before)


@pytest.fixture
def no_keys(tmp_path: Path) -> Iterator[None]:
    before = installed()
    install(replace(before, seal_keys=FileSealKeys(tmp_path)))
    yield
    install(before)
