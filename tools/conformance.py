"""Judges a corpus of signatures and compares with what its records expect.

Usage: conformance.py CORPUS. Without a corpus it says so and does nothing: the corpus is optional.
Of the records only those of XAdES with high confidence are judged, because that is the format the
engine reads so far; the others are counted, never passed over in silence. Nothing is trusted here,
so what is compared is whether signatures are intact, not whether they are trusted.
"""

import base64
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.core.signatures.xades import validate_xades

AT = datetime(2026, 1, 1, tzinfo=UTC)
GOOD, BROKEN = "ALL_VALID", "INVALID"
Record = Mapping[str, Any]


def main(corpus: str) -> int:
    records = Path(corpus) / "signatures" / "expect.jsonl"
    if not corpus or not records.exists():
        print("conformance: no corpus given (CORPUS=folder), nothing judged")
        return 0
    return judge(records)


def judge(path: Path) -> int:
    """This will print the counts and every deviation; 1 when a broken file was taken as intact."""
    records = [json.loads(line) for line in path.read_text().splitlines()]
    judged = [record for record in records if is_judged(record)]
    print(f"records: {len(records)}, judged: {len(judged)}")
    counts: Counter[tuple[str, bool]] = Counter()
    for record, is_intact, why in outcomes(judged, path.parent):
        expected = record["crypto_expect"]
        counts[expected, is_intact] += 1
        if is_intact is (expected != GOOD):
            print(f"deviates: {record['file']}: expected {expected}, {why}")
    print(f"good files intact: {counts[GOOD, True]} of {counts[GOOD, True] + counts[GOOD, False]}")
    print(f"broken files taken as intact: {counts[BROKEN, True]}")
    return int(counts[BROKEN, True] > 0)


def is_judged(record: Record) -> bool:
    return (
        record["format"] == "XAdES"
        and record.get("confidence") == "high"
        and record["crypto_expect"] in {GOOD, BROKEN}
    )


def outcomes(records: list[Record], folder: Path) -> Iterator[tuple[Record, bool, str]]:
    for record in records:
        detached = dict(handed_in(record, folder))
        data = (folder / record["file"]).read_bytes()
        report = validate_xades(data, detached=detached, trust=TrustStore(), at=AT)
        intact = bool(report.signatures) and all(verdict.intact for verdict in report.signatures)
        yield record, intact, ", ".join(reasons(report))


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


def reasons(report: ValidationReport) -> list[str]:
    own = [reason.code.value for reason in report.reasons]
    each = [reason.code.value for verdict in report.signatures for reason in verdict.reasons]
    return sorted(set(own + each))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or [""]))
