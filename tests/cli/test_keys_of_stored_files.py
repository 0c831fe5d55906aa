"""`skrytka keys`: keys are shown, renewed for one institution or all, and dropped in time."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from skrytka.accounts.models import Institution
from skrytka.cli.main import main
from skrytka.config import worker
from skrytka.config.blob_keys import KEPT, tend_all_keys
from skrytka.config.clock import now
from skrytka.gateways.blobs import INSTALLATION, blob_key, scope_name
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.gateways.memory_blobs import memory_blobs
from skrytka.gateways.sealed_store import SealedStore
from tests.world.blobs import folder_store, put_raw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[SealedStore]:
    before = installed()
    store = folder_store(tmp_path)
    install(replace(before, blobs=store))
    yield store
    install(before)


def shown(capsys: pytest.CaptureFixture[str], status: int = 0) -> dict[str, list[str]]:
    """The names of the keys by scope."""
    assert main(["keys", "show", "--json"]) == status
    found: dict[str, list[str]] = {}
    for state in json.loads(capsys.readouterr().out):
        found.setdefault(scope_name(state["institution_id"]), []).append(state["name"])
    return found


def test_every_key_is_shown(cuw: Institution, capsys: pytest.CaptureFixture[str]) -> None:
    blobs_of(cuw.pk).put(b"x")
    assert set(shown(capsys)) == {INSTALLATION, scope_name(cuw.pk)}
    assert main(["keys"]) == 0
    assert capsys.readouterr().out.count("new blobs, root 1-") == 2


def test_a_key_that_does_not_open_fails(
    cuw: Institution, store: SealedStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blobs_of(cuw.pk).put(b"x")
    (root,) = (tmp_path / "keys").glob("blob-root-*.key")
    root.unlink()
    install(replace(installed(), blobs=folder_like(store)))
    assert main(["keys"]) == 1
    assert "FAIL" in capsys.readouterr().out


def folder_like(store: SealedStore) -> SealedStore:
    """The same store as a process sees it that has read no key yet."""
    return SealedStore(store.raw, type(store.keys)(store.raw, store.keys.roots))


def test_one_institution_gets_a_newer_key(
    cuw: Institution, town_hall: Institution, capsys: pytest.CaptureFixture[str]
) -> None:
    for institution in (cuw, town_hall):
        blobs_of(institution.pk).put(b"x")
    assert main(["keys", "rotate", "--institution", cuw.entity]) == 0
    assert f"{scope_name(cuw.pk)}: 1 blobs wrapped again" in capsys.readouterr().out
    after = shown(capsys)
    assert [len(after[scope_name(each.pk)]) for each in (cuw, town_hall)] == [2, 1]


def test_all_get_a_newer_key(cuw: Institution, capsys: pytest.CaptureFixture[str]) -> None:
    sha256 = blobs_of(cuw.pk).put(b"x").sha256
    assert main(["keys", "rotate"]) == 0
    capsys.readouterr()
    assert {len(names) for names in shown(capsys).values()} == {2}
    assert blobs_of(cuw.pk).read(sha256) == b"x"


def test_an_unknown_institution_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "rotate", "--institution", "Nikt"]) == 2
    assert "Nie ma tu instytucji „Nikt”." in capsys.readouterr().err


def test_a_newer_root_key_wraps_all_and_the_old_one_goes(
    cuw: Institution, store: SealedStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sha256 = blobs_of(cuw.pk).put(b"x").sha256
    assert main(["keys", "rotate", "--root"]) == 0
    assert "2 keys wrapped" in capsys.readouterr().out
    (root,) = (tmp_path / "keys").glob("blob-root-*.key")
    assert root.name.startswith("blob-root-2-")
    assert len(list((tmp_path / "keys").glob("retired-blob-root-1-*.key"))) == 1, "for backups"
    assert folder_like(store).of(cuw.pk).read(sha256) == b"x"


def test_a_change_of_root_that_was_cut_off_goes_on(
    cuw: Institution, store: SealedStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blobs_of(cuw.pk).put(b"x")
    newer = store.keys.roots.create()
    (first, *_rest) = store.keys.files()
    store.keys.wrap_again(first.scope, first.name)
    assert len(list((tmp_path / "keys").glob("blob-root-*.key"))) == 2
    assert main(["keys", "tend"]) == 0
    assert {file.root_name for file in store.keys.files()} == {newer.name}
    assert len(list((tmp_path / "keys").glob("blob-root-*.key"))) == 1


def test_a_replaced_key_goes_a_day_later(
    cuw: Institution, store: SealedStore, capsys: pytest.CaptureFixture[str]
) -> None:
    sha256 = blobs_of(cuw.pk).put(b"x").sha256
    main(["keys", "rotate", "--institution", cuw.entity])
    capsys.readouterr()
    old, newest = shown(capsys)[scope_name(cuw.pk)]
    assert not any(done.dropped for done in tend_all_keys(at=now() + KEPT - timedelta(hours=1)))
    later = tend_all_keys(at=now() + KEPT + timedelta(hours=1))
    (dropped,) = [done for done in later if done.dropped]
    assert (dropped.institution_id, dropped.dropped) == (cuw.pk, (old,))
    assert shown(capsys)[scope_name(cuw.pk)] == [newest]
    assert folder_like(store).of(cuw.pk).read(sha256) == b"x"


def test_the_night_tends_keys_and_seals_old_blobs(cuw: Institution, store: SealedStore) -> None:
    blobs_of(cuw.pk).put(b"x")
    store.keys.create(scope_name(cuw.pk))
    put_raw(store, blob_key("0" * 64), b"torn")
    told = worker.blobs_step()
    assert told.endswith("Sealed(sealed=0, damaged=1) wrapped=1")


def test_old_blobs_are_sealed_at_once(
    store: SealedStore, capsys: pytest.CaptureFixture[str]
) -> None:
    put_raw(store, blob_key("0" * 64), b"torn")
    assert main(["keys", "seal"]) == 1
    assert "0 blobs encrypted, 1 damaged" in capsys.readouterr().out
    store.plain.delete("0" * 64)
    assert main(["keys", "seal"]) == 0


def test_without_a_root_key_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root,) = (tmp_path / "keys").glob("blob-root-*.key")
    root.unlink()
    assert main(["keys", "rotate"]) == 1
    assert "put it back from its copy" in capsys.readouterr().err


def test_a_store_without_keys_has_none_to_tend(tmp_path: Path) -> None:
    install(replace(installed(), blobs=memory_blobs(tmp_path / "other")))
    assert tend_all_keys(at=now()) == ()


def test_nothing_starts_over_files_that_have_lost_their_root_key(tmp_path: Path) -> None:
    (root,) = (tmp_path / "keys").glob("blob-root-*.key")
    root.unlink()
    environment = {**os.environ, "SKRYTKA_DATA": str(tmp_path), "SKRYTKA_MODE": "demo"}
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "skrytka", "migrate"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Przywróć go z kopii (blob-root-*.key)." in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "keys").glob("blob-root-*.key"))
