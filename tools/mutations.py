"""Spoils every good file of a corpus in every known way; a verifier has to notice each.

Usage: mutations.py CORPUS [GROUP]. A mutant is accepted when every signature of it is
intact, covers as much as before, its time-stamps are as before and no reason is named that the
original lacked. Without a corpus it says so and does nothing: the corpus is optional.
"""

import json
import random
import sys
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from cryptography.hazmat.primitives.serialization import Encoding

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from skrytka.core.signatures.evidence import FileEvidence, SignatureEvidence
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.validation import examine
from tools.conformance import GOOD, Record, handed_in, is_intact, is_judged
from tools.mutants.cms import cms_mutants
from tools.mutants.containers import container_mutants, entries_of, packed
from tools.mutants.pdf import pdf_mutants
from tools.mutants.spoiling import Mutant, Signer, spoiled_files
from tools.mutants.xml import xml_mutants

SEED = 20190905
# With these no letter passes, whatever else is as it was.
_NEVER_WHOLE = frozenset(
    {
        ReasonCode.XSW_SCOPE,
        ReasonCode.XSW_OBJECT,
        ReasonCode.CERT_REF,
        ReasonCode.SIG_STRUCTURE,
        ReasonCode.ASIC_UNCOVERED,
        ReasonCode.PDF_MODIFIED,
        ReasonCode.PDF_COVERAGE_UNCLEAR,
    }
)
_UNNAMED = frozenset({ReasonCode.NOT_XADES, ReasonCode.NOT_CADES})


def main(corpus: str, part: str = "") -> int:
    folder = Path(corpus) / "signatures"
    if not corpus or not (folder / "expect.jsonl").exists():
        print("mutations: no corpus given (CORPUS=folder), nothing spoiled")
        return 0
    warnings.simplefilter("ignore")
    made: Counter[tuple[str, str]] = Counter()
    accepted = 0
    for record in _good(folder, part):
        for kind, is_accepted in _judged(record, folder):
            made[record["format"], kind] += 1
            accepted += is_accepted
            if is_accepted:
                print(f"accepted: {record['file']}: {kind}", flush=True)
    for (name, kind), count in sorted(made.items()):
        print(f"{name:12} {kind:50} {count:6}")
    print(f"mutants: {made.total()}, accepted: {accepted}")
    return int(accepted > 0 or not made)


def _good(folder: Path, part: str) -> Iterator[Record]:
    for line in (folder / "expect.jsonl").read_text().splitlines():
        record = json.loads(line)
        if (
            is_judged(record)
            and record["crypto_expect"] == GOOD
            and record["file"].startswith(f"files/{part}")
        ):
            yield record


def _judged(record: Record, folder: Path) -> Iterator[tuple[str, bool]]:
    data, detached = (folder / record["file"]).read_bytes(), dict(handed_in(record, folder))
    if record["format"].startswith("ASiC"):
        data = _written_anew(data)
    original = examine(data, detached)
    if not is_intact(original):
        return
    for mutant in _mutants(record, data, detached, original):
        if mutant.kind.endswith("certificate") and _UNNAMED.intersection(_said(original)):
            continue  # a plain signature does not sign its certificate; the path to it would break
        yield mutant.kind, _is_accepted(original, examine(mutant.data, mutant.detached))


def _written_anew(container: bytes) -> bytes:
    """The same container as the mutants will be written; as it is where it cannot be read."""
    with suppress(zipfile.BadZipFile):
        return packed(entries_of(container))
    return container


def _mutants(
    record: Record, data: bytes, detached: dict[str, bytes], original: FileEvidence
) -> Iterator[Mutant]:
    chance = random.Random(f"{SEED} {record['sha256']}")  # noqa: S311 - the same mutants each time
    signer = _signer(original)
    covered = {unquote(cover.name) for one in original.signatures for cover in one.covers}
    signed = {name: body for name, body in detached.items() if unquote(name) in covered}
    loose = {name: body for name, body in detached.items() if name not in signed}
    for mutant in spoiled_files(data, signed, chance):
        yield replace(mutant, detached={**loose, **mutant.detached})
    if record["format"] == "XAdES":
        yield from xml_mutants(data, detached, signer, chance)
    elif record["format"] == "CAdES":
        yield from cms_mutants(data, detached, signer, chance)
    elif record["format"] == "PAdES":
        yield from pdf_mutants(data, signer, chance)
    else:
        yield from container_mutants(data, signer, original.uncovered, chance)


def _signer(original: FileEvidence) -> Signer:
    if not original.signatures:
        return Signer()
    chosen, content = original.signatures[0].certificate, original.signatures[0].content
    certificate = chosen.public_bytes(Encoding.DER) if chosen else b""
    stamps = [
        stamp for one in (*original.signatures, *_counter(original)) for stamp in one.timestamps
    ]
    held = (stamp.sha256 for stamp in stamps if stamp.intact and stamp.imprint_intact)
    return Signer(certificate, content.payload if content else b"", frozenset(held))


def _is_accepted(original: FileEvidence, mutant: FileEvidence) -> bool:
    if not is_intact(mutant) or len(mutant.signatures) < len(original.signatures):
        return False
    if _NEVER_WHOLE.intersection(code for one in mutant.signatures for code in one.security):
        return False
    countersigned = [sum(one.intact for one in _counter(each)) for each in (original, mutant)]
    if countersigned[0] > countersigned[1] or _stamped(original) > _stamped(mutant):
        return False
    return _said(mutant) <= _said(original)


def _said(evidence: FileEvidence) -> set[str]:
    """What was found wrong, and what is covered only in part."""
    codes = {*evidence.security, *(code for one in evidence.signatures for code in one.security)}
    part = {f"{cover.name} {cover.scope}" for one in evidence.signatures for cover in one.covers}
    return {*codes, *(text for text in part if not text.endswith(" FULL")), *evidence.uncovered}


def _stamped(evidence: FileEvidence) -> int:
    """How many time-stamps hold, those of counter-signatures too."""
    signatures = [*evidence.signatures, *_counter(evidence)]
    held = [stamp for one in signatures for stamp in one.timestamps]
    return sum(stamp.intact and stamp.imprint_intact for stamp in (*held, *evidence.timestamps))


def _counter(evidence: FileEvidence) -> list[SignatureEvidence]:
    return [each for one in evidence.signatures for each in one.counter_signatures]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3] or [""]))
