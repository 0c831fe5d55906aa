"""Whoever decodes a signature in this process either made it, keeps it, or had it judged first."""

import ast
from collections.abc import Iterator

from tests.house.tracked import ROOT

DECODERS = {"validate", "validate_xades", "validate_remembered", "validate_here", "check_receipt"}
FIRST = "require_decodable"
FROM_OUTSIDE = {
    "letters/operations/signing.py",  # a letter signed elsewhere
    "evidence/operations/delivery_receipts.py",  # an UPD signed elsewhere
    "evidence/queries/receipts.py",  # „Sprawdź UPO”
}
# What was sealed here or passed one of those doors, and `skrytka verify`, a process by itself.
KEPT_OR_OWN = {
    "cli/verify.py",
    "delivery/operations/dispatch.py",
    "delivery/queries/opened.py",
    "evidence/operations/institution_seal.py",
    "evidence/operations/sealing.py",
    "evidence/operations/trusted_signature.py",
    "evidence/queries/vetting.py",  # the one who decodes for the others
    "gateways/judging/child.py",
    "letters/operations/submission.py",
    "letters/queries/desk.py",
}


def _calls(function: ast.FunctionDef) -> list[str]:
    found = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
    in_order = sorted(found, key=lambda one: (one.lineno, one.col_offset))
    return [one.func.id for one in in_order if isinstance(one.func, ast.Name)]


def _decoding() -> Iterator[tuple[str, ast.FunctionDef]]:
    source = ROOT / "src/skrytka"
    for path in source.rglob("*.py"):
        name = path.relative_to(source).as_posix()
        if name.startswith("core/") or "benches" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and DECODERS & set(_calls(node)):
                yield name, node


def test_signatures_are_decoded_in_known_places_only() -> None:
    assert {name for name, _ in _decoding()} == FROM_OUTSIDE | KEPT_OR_OWN


def test_each_door_has_the_file_judged_apart_before_it_is_decoded() -> None:
    doors = set()
    for name, function in _decoding():
        calls = _calls(function)
        first = min(calls.index(each) for each in DECODERS & set(calls))
        if name in FROM_OUTSIDE and FIRST in calls[:first]:
            doors.add(name)
    assert doors == FROM_OUTSIDE
