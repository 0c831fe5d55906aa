"""Judges a corpus of signatures and compares with what its records expect.

Usage: conformance.py CORPUS. Without a corpus it says so and does nothing: the corpus is optional.
Of the records those with high confidence are the gate, a format at a time: at least 97 % of the
good files are intact, no broken one is; a file that holds time-stamps alone is intact when they
are. A good record counts as contradicted, and is told, where openssl, too, finds that no content in
the file has the digest that was signed: nobody can accept it. Nothing is trusted here, so what is
compared is whether signatures are intact, not whether they are trusted. Decoded signatures and
trusted lists are judged beside. Every deviation is listed with its reasons.
"""

import base64
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from skrytka.core.signatures.checks import conclude_file
from skrytka.core.signatures.etsi_report import etsi_report
from skrytka.core.signatures.evidence import FileEvidence
from skrytka.core.signatures.report import report_data
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.validation import examine
from tests.core.signatures.etsi_report.schema import faults
from tools.diagnostic_data import judge_diagnostic_data
from tools.lists_conformance import judge_lists
from tools.peers.binary import has_no_content_for_openssl

AT = datetime(2026, 1, 1, tzinfo=UTC)
LEAST_GOOD, LEAST_EXACT = 0.97, 0.9
GOOD, BROKEN = "ALL_VALID", "INVALID"
# Judged beside the gate: their values are intact, what is wrong stands around them, or nothing.
BESIDE = ("NO_SIGNATURE", "STRUCTURE_PROBLEM", "REFERENCE_PROBLEM", "SOME_INVALID")
FORMATS = ("XAdES", "CAdES", "PAdES", "ASiC-XAdES", "ASiC-CAdES")
Record = Mapping[str, Any]


@dataclass
class Tally:
    """How the records of one format came out; `contradicted` are good ones that nobody accepts."""

    good: Counter[bool] = field(default_factory=Counter)
    broken: Counter[bool] = field(default_factory=Counter)
    contradicted: int = 0

    @property
    def holds(self) -> bool:
        enough = self.good[True] >= LEAST_GOOD * (self.good.total() - self.contradicted)
        return enough and not self.broken[True]


def main(corpus: str) -> int:
    folder = Path(corpus)
    if not corpus or not (folder / "signatures" / "expect.jsonl").exists():
        print("conformance: no corpus given (CORPUS=folder), nothing judged")
        return 0
    failed = [
        judge_signatures(folder / "signatures"),
        judge_verdicts(folder / "signatures"),
        judge_lists(folder / "trusted-lists"),
    ]
    print("conformance: " + ("FAILED" if any(failed) else "holds"))
    return int(any(failed))


def judge_signatures(folder: Path) -> bool:
    """This will print a line per format and every deviation; true when a gate does not hold."""
    records = [json.loads(line) for line in (folder / "expect.jsonl").read_text().splitlines()]
    judged = [record for record in records if is_judged(record)]
    print(f"records: {len(records)}, judged here: {len(judged)}")
    tallies = {name: Tally() for name in FORMATS}
    reports: Counter[bool] = Counter()
    for record in records:
        if record["format"] in FORMATS:
            evidence = examine(
                (folder / record["file"]).read_bytes(), dict(handed_in(record, folder))
            )
            reports[_has_valid_report(record, evidence)] += 1
            if is_judged(record):
                _judge(record, evidence, tallies[record["format"]])
                tallies[record["format"]].contradicted += _is_contradicted(record, evidence, folder)
    for name, tally in tallies.items():
        good, broken = tally.good, tally.broken
        print(
            f"{name}: good intact {good[True]} of {good.total()}, "
            f"broken intact {broken[True]} of {broken.total()}"
            + (f"; contradicted by openssl {tally.contradicted}" if tally.contradicted else "")
        )
    print(f"ETSI reports valid {reports[True]} of {reports.total()}")
    return bool(reports[False]) or not all(tally.holds for tally in tallies.values())


def judge_verdicts(folder: Path) -> bool:
    """This will compare verdicts over evidence that is decoded already; true when they differ."""
    rows = judge_diagnostic_data(folder)
    undecided = {row: row.undecided_by(rows) for row in rows}
    decided = [row for row in rows if not undecided[row]]
    right = sum(row.is_right for row in decided)
    exact = sum(row.is_exact for row in decided)
    for row in rows:
        if not row.is_exact:
            expected = sorted(row.expected | row.expected_sub)
            found = sorted(map(str, row.found | row.found_sub))
            why = undecided[row] or "DIFFERS"
            print(f"deviates: {row.file} ({row.test}): expected {expected}, found {found}, {why}")
    print(
        f"verdicts: indication right {right} of {len(decided)} that the records decide, "
        f"sub-indication {exact}; {len(rows) - len(decided)} are not decided by their bytes"
    )
    return right < len(decided) or exact < LEAST_EXACT * len(decided)


def is_judged(record: Record) -> bool:
    known = record["crypto_expect"] in {GOOD, BROKEN, *BESIDE}
    return record["format"] in FORMATS and record.get("confidence") == "high" and known


def _has_valid_report(record: Record, evidence: FileEvidence) -> bool:
    """The report of TS 119 102-2 on a file, against its schema; nothing is trusted."""
    report = report_data(conclude_file(evidence, TrustStore(), AT))
    wrong = faults(etsi_report(report, "conformance"))
    for fault in wrong:
        print(f"no valid report: {record['file']}: {fault}")
    return not wrong


def _judge(record: Record, evidence: FileEvidence, tally: Tally) -> None:
    expected, intact = record["crypto_expect"], is_intact(evidence)
    if expected == GOOD:
        tally.good[intact] += 1
    if expected == BROKEN:
        tally.broken[intact] += 1
    deviates = intact is (expected != GOOD) and expected in {GOOD, BROKEN}
    if deviates or (expected in BESIDE and not _beside_holds(expected, evidence)):
        print(f"deviates: {record['file']}: expected {expected}, {', '.join(reasons(evidence))}")


def _is_contradicted(record: Record, evidence: FileEvidence, folder: Path) -> bool:
    """The signed digest is a number: where no entry has it, no verifier can find it."""
    refused = record["crypto_expect"] == GOOD and not is_intact(evidence)
    if not refused or record["format"] != "ASiC-CAdES" or "REF-DIGEST" not in reasons(evidence):
        return False
    contradicted = has_no_content_for_openssl((folder / record["file"]).read_bytes())
    if contradicted:
        print(f"contradicted: {record['file']}: openssl finds no entry with the signed digest")
    return contradicted


def _beside_holds(expected: str, evidence: FileEvidence) -> bool:
    """What is wrong around intact values has to be named; where nothing is signed, nothing is."""
    if expected == "NO_SIGNATURE":
        return not evidence.signatures
    return bool(reasons(evidence))


def is_intact(evidence: FileEvidence) -> bool:
    """Every signature is, and where there is none, every time-stamp of the file is."""
    if evidence.signatures:
        return all(each.intact for each in evidence.signatures)
    return bool(evidence.timestamps) and all(
        stamp.intact and stamp.imprint_intact for stamp in evidence.timestamps
    )


def handed_in(record: Record, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The detached files of a record; the one rule told in words makes 500 small ones."""
    for item in record.get("detached") or []:
        if "file" in item:
            yield item["name"] or "", (folder / item["file"]).read_bytes()
        elif "base64" in item:
            yield item["name"] or "", base64.b64decode(item["base64"])
        elif "text" in item:
            yield item["name"] or "", item["text"].encode()
        elif "generate" in item:
            for number in range(1, 501):
                yield f"testFile_{number}.txt", f"test content {number}".encode()


def reasons(evidence: FileEvidence) -> Sequence[str]:
    refused = [evidence.refusal] if evidence.refusal else []
    each = [code for one in evidence.signatures for code in one.security]
    return sorted({code.value for code in (*refused, *evidence.security, *each)})


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or [""]))
