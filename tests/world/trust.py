"""Keys of another installation, put in place of the run's for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.gateways.development_pki import create_development_pki
from skrytka.gateways.file_keys import FileSealKeys
from skrytka.gateways.installed import install, installed
from tests.world.pki import make_pki


@contextmanager
def trusting_the_root_of_tests(folder: Path) -> Iterator[None]:
    """An installation that trusts the root of `tests.world.pki`, beside keys of its own."""
    create_development_pki(folder, datetime(2026, 1, 1, tzinfo=UTC))
    (folder / "anchors").mkdir()
    root = make_pki().root.certificate.public_bytes(Encoding.PEM)
    (folder / "anchors" / "root.pem").write_bytes(root)
    before = installed()
    install(replace(before, seal_keys=FileSealKeys(folder)))
    yield
    install(before)
