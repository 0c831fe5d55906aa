"""Judges a snapshot of trusted lists: those as issued are taken, the altered ones refused.

The endings of the files' names tell what was altered; a list that bears none is as it was issued.
"""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

from skrytka.core.signatures.lists.problems import ListFault
from skrytka.core.signatures.lists.snapshot import ListBytes, build_snapshot
from skrytka.core.signatures.lists.taking import TakenList, open_list, take_list

SNAPSHOT_AT = datetime(2019, 9, 20, tzinfo=UTC)
OF_UNION = "EU"
# What a list altered on purpose has to be refused for; None: the change does no harm.
ALTERED = {
    "broken-sig": ListFault.SIGNATURE_BROKEN,
    "no-sig": ListFault.NO_SIGNATURE,
    "two-sigs": ListFault.SIGNATURES,
    "not-parsable": ListFault.NOT_XML,
    "not-conform": ListFault.NOT_XML,
    "empty": ListFault.NOT_XML,
    "not-compliant": ListFault.ELEMENT_MISSING,
    "non-compliant": ListFault.ELEMENT_MISSING,
    "missing-pivot": ListFault.SIGNATURE_BROKEN,
    "xml-directive-removed": None,
    "with-bom": None,
    "with-spaces": None,
}


def judge_lists(folder: Path) -> bool:
    """This will print how many lists came out as they should; true when one did not."""
    rows = [json.loads(line) for line in (folder / "index.jsonl").read_text().splitlines()]
    good = bad = wrong = 0
    for row in rows:
        altered = next((end for end in ALTERED if row["file"].endswith(f"_{end}.xml.gz")), None)
        expected = ALTERED[altered] if altered else None
        held = _holds(gzip.decompress((folder / row["file"]).read_bytes()), row, expected)
        good += expected is None and held
        bad += expected is not None and held
        wrong += not held
    print(f"trusted lists: {good} taken, {bad} refused for their reason, {wrong} otherwise")
    return wrong > 0 or _snapshot_fails(folder)


def _holds(data: bytes, row: dict[str, str], expected: ListFault | None) -> bool:
    """Each list is judged under its own signer: what is asked is what stands in the list."""
    opened = open_list(data)
    issued = datetime.fromisoformat(row["issued"]) if row["issued"] else SNAPSHOT_AT
    at = max(issued, SNAPSHOT_AT) if issued > SNAPSHOT_AT else issued
    signers = (opened.signer,) if opened.signer else ()
    taken = take_list(data, allowed=signers, at=at)
    faults = {problem.fault for problem in taken.problems}
    held = taken.list is not None if expected is None else _is_refused(taken, expected)
    if not held:
        print(f"deviates: {row['file']}: expected {expected}, {sorted(faults)}")
    return held


def _is_refused(taken: TakenList, expected: ListFault) -> bool:
    return taken.list is None and expected in {problem.fault for problem in taken.problems}


def _snapshot_fails(folder: Path) -> bool:
    """The whole snapshot at its own time: only what was absent in it may be missing."""
    files = {path.name.removesuffix(".xml.gz"): path for path in folder.glob("??.xml.gz")}
    lists = {name: gzip.decompress(path.read_bytes()) for name, path in files.items()}
    union = lists.pop(OF_UNION)
    signer = open_list(union).signer
    pinned = (signer,) if signer else ()
    snapshot = build_snapshot(ListBytes(union, lists), pinned=pinned, at=SNAPSHOT_AT)
    missing = sorted(set(lists) - set(snapshot.lists))
    told = ", ".join(f"{item.territory} {item.problem.fault}" for item in snapshot.problems)
    print(f"snapshot: {len(snapshot.lists)} of {len(lists)} national lists in use; told: {told}")
    return bool(missing)
