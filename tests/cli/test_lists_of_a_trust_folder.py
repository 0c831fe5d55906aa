"""`skrytka validate --trust DIR` reads the signed lists of `DIR/lists/`."""

import gzip
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.cli.main import main
from skrytka.core.signatures.lists.problems import ListFault
from skrytka.core.signatures.lists.snapshot import Snapshot
from skrytka.core.signatures.signing import MemoryKey
from skrytka.gateways import lists_folder
from skrytka.gateways.lists_folder import read_lists
from tests.core.signatures.crafting import LETTER, Shape, sign
from tests.core.signatures.lists.making import EU_KEY, LOTL, PL_KEY, STRANGER, Draft
from tests.core.signatures.lists.test_pivots_lead_to_the_new_signers import (
    FIRST,
    NEWEST,
    PIVOT_1,
    PIVOT_2,
)
from tests.core.signatures.trusted.listing import COMPLIANT, DEVICE, TO_SIGN, holder, listed
from tests.world.pki import AT, certificate_of


def folder(root: Path, signer: MemoryKey, **files: bytes) -> Path:
    lists = root / "lists"
    (lists / "signers").mkdir(parents=True)
    pem = certificate_of(signer).public_bytes(Encoding.PEM)
    (lists / "signers" / "signer.pem").write_bytes(pem)
    for name, data in files.items():
        (lists / f"{name}.xml").write_bytes(data)
    return lists


def read(lists: Path) -> Snapshot:
    snapshot = read_lists(lists, AT)
    assert snapshot is not None
    return snapshot


def test_a_folder_without_lists_has_none(tmp_path: Path) -> None:
    assert read_lists(tmp_path / "lists", AT) is None


def test_lists_are_told_by_their_content(tmp_path: Path) -> None:
    lists = folder(tmp_path, EU_KEY, a=LOTL.signed(EU_KEY), b=Draft().signed())
    (lists / "notes.txt").write_text("not a list")
    snapshot = read(lists)
    assert snapshot.problems == ()
    assert set(snapshot.lists) == {"PL"}


def test_packed_lists_are_unpacked(tmp_path: Path) -> None:
    lists = folder(tmp_path, EU_KEY, a=LOTL.signed(EU_KEY))
    (lists / "pl.xml.gz").write_bytes(gzip.compress(Draft().signed()))
    assert set(read(lists).lists) == {"PL"}


def test_pivots_are_found_by_the_end_of_their_address(tmp_path: Path) -> None:
    files = {"eu": NEWEST.signed(EU_KEY), "pivot_1": PIVOT_1, "pivot-2": PIVOT_2}
    snapshot = read(folder(tmp_path, FIRST, pl=Draft().signed(), **files))
    assert snapshot.problems == ()
    assert set(snapshot.lists) == {"PL"}


def test_the_intact_list_with_the_highest_number_counts(tmp_path: Path) -> None:
    broken = Draft(sequence=9).signed().replace(b">65535<", b">1<")
    newer, older = Draft(sequence=8).signed(), Draft(sequence=7).signed()
    lists = folder(tmp_path, PL_KEY, a=older, b=newer, c=broken)
    snapshot = read(lists)
    assert snapshot.lists["PL"].sequence == 8


def test_without_a_list_of_lists_the_signers_folder_speaks_for_national_lists(
    tmp_path: Path,
) -> None:
    assert set(read(folder(tmp_path, PL_KEY, pl=Draft().signed())).lists) == {"PL"}
    other = read(folder(tmp_path / "other", STRANGER, pl=Draft().signed()))
    assert other.lists == {}


def test_a_list_of_lists_that_is_broken_is_said(tmp_path: Path) -> None:
    broken = LOTL.signed(EU_KEY).replace(b">65535<", b">1<")
    snapshot = read(folder(tmp_path, EU_KEY, eu=broken, junk=b"<a"))
    assert snapshot.list_of_lists is None
    assert [one.problem.fault for one in snapshot.problems] == [ListFault.SIGNATURE_BROKEN]


def test_a_list_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists_folder, "_LARGEST", 100)
    with pytest.raises(ValueError, match="za duża"):
        read_lists(folder(tmp_path, PL_KEY, pl=Draft().signed()), AT)


def test_validate_says_what_is_wrong_with_the_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder(tmp_path, PL_KEY, pl=Draft().signed(STRANGER))
    letter = tmp_path / "letter.xml"
    letter.write_bytes(sign(LETTER))
    main(["validate", str(letter), "--trust", str(tmp_path), "--at", AT.isoformat()])
    said = capsys.readouterr().out
    assert "PL: Listę zaufania podpisano certyfikatem, którego nie wskazano." in said


def test_validate_judges_by_the_lists_of_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder(tmp_path, PL_KEY, pl=Draft(services=(listed(),)).signed())
    letter = tmp_path / "letter.xml"
    key = holder(COMPLIANT, DEVICE, TO_SIGN).key
    letter.write_bytes(sign(LETTER, Shape(key=key)))
    asked = ["validate", str(letter), "--trust", str(tmp_path), "--at", AT.isoformat(), "--json"]
    assert main(asked) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["signatures"][0]["qualification"] == "QESig"
    assert [one["territory"] for one in report["trusted_lists"]["lists"]] == ["PL"]
