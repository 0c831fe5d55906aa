"""`skrytka validate`: judge the signatures of a file against a trust folder, offline."""

import argparse
import json
import os
import tempfile
import warnings
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from cryptography import x509

from skrytka.config.clock import now
from skrytka.config.environment import read_environment
from skrytka.config.judging import judging_limits
from skrytka.core.signatures.etsi_report import etsi_report
from skrytka.core.signatures.lists.snapshot import Snapshot
from skrytka.core.signatures.report import ReportJson
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.words import Indication
from skrytka.gateways.judging import Judgement, ProcessJudge, Question
from skrytka.gateways.kept_lists import write_kept
from skrytka.gateways.lists_folder import read_lists

STATUS = {
    Indication.TOTAL_PASSED: 0,
    Indication.TOTAL_FAILED: 1,
    Indication.INDETERMINATE: 2,
}
UNREADABLE = 1
WORDS = {
    Indication.TOTAL_PASSED: "ważny",
    Indication.TOTAL_FAILED: "nieważny",
    Indication.INDETERMINATE: "brak możliwości weryfikacji",
}
KINDS = {
    "QUALIFIED": "podpis kwalifikowany",
    "TRUSTED": "podpis zaufany",
    "PERSONAL": "podpis osobisty",
    "ADVANCED": "podpis zaawansowany",
    "SEAL": "pieczęć elektroniczna",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--detached", type=Path, action="append", default=[])
    parser.add_argument("--trust", type=Path, help="folder: *.pem, trusted-profile/*.pem, lists/")
    parser.add_argument("--at", type=_instant, default=None, help="ISO instant; default: now")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the whole report as JSON")
    form.add_argument("--etsi", action="store_true", help="as XML of ETSI TS 119 102-2")


def run(arguments: argparse.Namespace) -> int:
    """This will print the verdict; exit status 0 passed, 1 failed, 2 indeterminate."""
    try:
        data = arguments.file.read_bytes()
        detached = {path.name: path.read_bytes() for path in arguments.detached}
        trust = read_trust(arguments.trust)
        at = arguments.at or now()
        lists = _lists(arguments.trust, at)
    except (OSError, ValueError) as error:
        print(f"Nie możemy odczytać pliku: {error}")
        return UNREADABLE
    judgement = _judged(Question(data, detached, trust, at), lists)
    if arguments.json:
        print(json.dumps(judgement.report, ensure_ascii=False, indent=2))
    elif arguments.etsi:
        print(etsi_report(judgement.report, f"skrytka {version('skrytka')}").decode(), end="")
    else:
        print(as_text(judgement.report))
        print(*_told_of(lists), sep="", end="")
    return STATUS[judgement.indication]


def _lists(folder: Path | None, at: datetime) -> Snapshot | None:
    """The library warns of odd certificates by the dozen; problems of lists are told apart."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read_lists(folder / "lists", at) if folder else None


def _judged(question: Question, lists: Snapshot | None) -> Judgement:
    """The limited process under this installation's limits; no other setting is needed."""
    limits = judging_limits(read_environment(os.environ))
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "lists.kept" if lists else None
        if lists and kept:
            write_kept(lists, kept)
        return ProcessJudge(limits, lists=kept).judge(question)


def read_trust(folder: Path | None) -> TrustStore:
    """This will read the trust folder; without one nothing is trusted."""
    if folder is None:
        return TrustStore()
    return TrustStore(
        anchors=_certificates(folder),
        trusted_profile_seals=_certificates(folder / "trusted-profile"),
    )


def as_text(report: ReportJson) -> str:
    lines = [f"Podpis: {_word(report['indication'])}"]
    lines += [f"  {reason['text']}" for reason in report["reasons"]]
    for one in report["signatures"]:
        who = one["signer"]["name"] if one["signer"] else "?"
        kind = KINDS.get(one["kind"], "rodzaj nieustalony")
        lines.append(f"  {one['format']}, {kind}: {who} ({_word(one['indication'])})")
        lines += [f"    {reason['text']}" for reason in one["reasons"]]
    return "\n".join(lines)


def _word(indication: str) -> str:
    return WORDS[Indication(indication)]


def _told_of(lists: Snapshot | None) -> tuple[str, ...]:
    """This will say what is wrong with the trusted lists, a line each."""
    problems = lists.problems if lists else ()
    return tuple(f"  {one.territory}: {one.problem.text}\n" for one in problems)


def _certificates(folder: Path) -> tuple[x509.Certificate, ...]:
    paths = sorted(folder.glob("*.pem"))
    return tuple(
        certificate
        for path in paths
        for certificate in x509.load_pem_x509_certificates(path.read_bytes())
    )


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
