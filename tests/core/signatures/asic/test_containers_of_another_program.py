"""Containers written and signed by libdigidocpp, a stack with nothing in common with ours."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from skrytka.core.signatures.asic.coverage import covered_files
from skrytka.core.signatures.validation import examine, validate
from skrytka.core.signatures.words import Indication
from tests.world.pki import certificate_of, make_pki

# The library keeps a thread and a cache of its own, so it works in a process of its own.
_PROGRAM = """
import pathlib
import shutil
import sys
import pydigidoc
from pydigidoc.digidoc import initialize_lib
shutil.copytree(pathlib.Path(pydigidoc.__file__).parent / "schema", "schema")
shutil.copy("digidocpp.conf", "schema/digidocpp.conf")
initialize_lib("test", "", "schema")
container = pydigidoc.Container.create("signed.asice")
for name in sys.argv[1:]:
    container.add_data_file(name, "text/plain")
signer = pydigidoc.PKCS12Signer("key.p12", "haslo")
signer.set_profile("BES")
container.sign(signer)
container.save()
"""


# The log goes nowhere near the installed package.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<configuration>
<param name="log.file" lock="false">digidoc.log</param>
<param name="tsl.autoupdate" lock="false">false</param>
</configuration>
"""
FILES = {"pismo.txt": b"Prosze o zgode.", "załącznik nr 1.txt": b"\0\1"}


def written(folder: Path, files: dict[str, bytes]) -> bytes:
    key = make_pki().person
    secret = BestAvailableEncryption(b"haslo")
    bundle = pkcs12.serialize_key_and_certificates(
        b"", key.private_key, certificate_of(key), None, secret
    )
    (folder / "key.p12").write_bytes(bundle)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "digidocpp.conf").write_text(_SETTINGS)
    command = [sys.executable, "-c", _PROGRAM, *files]
    # It looks for the lists of trust first: without a network that is ten seconds of waiting.
    home = {**os.environ, "HOME": str(folder)}
    subprocess.run(command, cwd=folder, env=home, check=True, capture_output=True, timeout=60)
    return (folder / "signed.asice").read_bytes()


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return written(tmp_path_factory.mktemp("digidoc"), FILES)


def test_a_container_of_another_program_is_read_whole(container: bytes) -> None:
    evidence = examine(container, {})
    (signature,) = evidence.signatures
    assert signature.intact
    assert signature.security == ()
    assert evidence.uncovered == ()
    assert covered_files(container, evidence) == FILES


def test_a_container_of_another_program_passes_with_our_trust(container: bytes) -> None:
    (signature,) = examine(container, {}).signatures
    moment = signature.claimed_signing_time
    assert moment is not None
    report = validate(container, detached={}, trust=make_pki().trust, at=moment)
    assert report.indication is Indication.TOTAL_PASSED


def test_a_renamed_entry_of_another_program_is_told(container: bytes) -> None:
    (signature,) = examine(container.replace(b"pismo.txt", b"pisma.txt"), {}).signatures
    assert not signature.intact
