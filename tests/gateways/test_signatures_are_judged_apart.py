"""Signatures are judged in a process of their own, and no fault of it is ever a pass."""

import logging
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.signatures.sealing import SealShape, SealTemplate
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.words import Indication
from skrytka.gateways.judging import JudgingLimits, ProcessJudge, Question
from skrytka.gateways.judging.limits import MIB
from skrytka.gateways.judging.question import trust_as_json, trust_from_json
from tests.world.evidence import DOCUMENT
from tests.world.pki import AT, make_pki

PKI = make_pki()
TRUST = TrustStore(anchors=(PKI.root.certificate,))
SIGNED = SealTemplate(PKI.person, AT, SealShape.LETTER).seal(
    DOCUMENT, signing_time=AT, references=(), role=None
)
GOOD = Question(SIGNED, {}, TRUST, AT)
SECRET = Question(b"PESEL 02281234567", {}, TRUST, AT)
QUICK = JudgingLimits(report=64 * 1024)


class Impatient(JudgingLimits):
    def patience_for(self, size: int) -> float:
        return 3.0 + size / MIB


def hostile(fault: str, limits: JudgingLimits = QUICK) -> ProcessJudge:
    return ProcessJudge(limits, ("-m", "tests.world.hostile_judges", fault))


@pytest.fixture
def judge() -> Iterator[ProcessJudge]:
    judge = ProcessJudge()
    yield judge
    judge.close()


def test_a_good_signature_passes(judge: ProcessJudge) -> None:
    said = judge.judge(GOOD)
    assert (said.indication, said.incident) == (Indication.TOTAL_PASSED, "")
    assert [one["format"] for one in said.report["signatures"]] == ["XAdES"]


def test_one_process_serves_file_after_file(judge: ProcessJudge) -> None:
    judge.judge(GOOD)
    first = judge._kept[0].process.pid
    assert judge.judge(replace(GOOD, data=SIGNED[:-9])).indication is Indication.TOTAL_FAILED
    assert judge.judge(GOOD).indication is Indication.TOTAL_PASSED
    assert judge._kept[0].process.pid == first


def test_a_process_is_thrown_away_when_it_has_served_enough() -> None:
    judge = ProcessJudge(replace(QUICK, files_per_child=1))
    assert judge.judge(GOOD).indication is Indication.TOTAL_PASSED
    assert judge._kept == []


def test_a_process_that_left_for_want_of_work_is_replaced_without_a_fault() -> None:
    judge = ProcessJudge(replace(QUICK, idle=0))
    judge._kept.append(judge._take())
    judge._kept[0].served = 1
    judge._kept[0].process.wait(20)
    judge.limits = QUICK
    assert judge.judge(GOOD).indication is Indication.TOTAL_PASSED
    judge.close()


def test_a_process_that_leaves_as_it_is_asked_is_replaced_without_a_fault() -> None:
    judge = hostile("tire")
    judge.judge(GOOD)
    said = judge.judge(replace(GOOD, data=b" " + SIGNED))
    assert (said.indication, said.incident) == (Indication.TOTAL_PASSED, "")
    judge.close()


def test_a_file_that_makes_every_process_leave_is_undecided() -> None:
    judge = hostile("leave")
    judge.judge(GOOD)
    said = judge.judge(SECRET)
    assert [reason["code"] for reason in said.report["reasons"]] == ["ENGINE-FAULT"]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("burn", "RES-CPU"),
        ("eat", "RES-MEM"),
        ("reserve", "RES-MEM"),
        ("deny", "RES-MEM"),
        ("die", "ENGINE-FAULT"),
        ("leave", "ENGINE-FAULT"),
        ("stumble", "ENGINE-FAULT"),
        ("chatter", "ENGINE-FAULT"),
        ("boast", "ENGINE-FAULT"),
        ("shrug", "ENGINE-FAULT"),
        ("nest", "ENGINE-FAULT"),
        ("write", "ENGINE-FAULT"),
    ],
)
def test_a_file_that_breaks_the_process_is_undecided_and_the_next_one_is_judged(
    fault: str, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    limits = replace(QUICK, report=200_000) if fault == "nest" else QUICK
    judge = hostile(fault, limits)
    with caplog.at_level(logging.ERROR, "skrytka.judging"):
        said = judge.judge(SECRET)
    assert (said.report["indication"], said.report["sub_indication"]) == (
        "INDETERMINATE",
        "GENERIC",
    )
    assert [reason["code"] for reason in said.report["reasons"]] == [code]
    assert len(said.incident) == 32
    assert said.incident in caplog.text
    assert "02281234567" not in caplog.text
    assert judge._kept == []
    assert judge.judge(GOOD).indication is Indication.TOTAL_PASSED
    judge.close()


def test_a_process_that_only_waits_is_ended() -> None:
    began = time.monotonic()
    said = hostile("sleep", Impatient()).judge(SECRET)
    assert [reason["code"] for reason in said.report["reasons"]] == ["RES-CPU"]
    assert time.monotonic() - began < 20


def test_what_the_engine_prints_is_no_answer() -> None:
    said = hostile("mumble").judge(replace(GOOD, data=b" " + SIGNED))
    assert said.incident == ""


def test_where_no_process_can_be_started_the_file_is_undecided(judge: ProcessJudge) -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1]))
    try:
        said = judge.judge(GOOD)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert [reason["code"] for reason in said.report["reasons"]] == ["ENGINE-FAULT"]
    assert judge.judge(GOOD).indication is Indication.TOTAL_PASSED


def test_threads_may_ask_at_once(judge: ProcessJudge) -> None:
    with ThreadPoolExecutor(4) as threads:
        said = list(threads.map(judge.judge, [GOOD] * 6))
    assert {one.indication for one in said} == {Indication.TOTAL_PASSED}
    assert len(judge._kept) == 1


def test_a_large_file_gets_more_than_a_small_one() -> None:
    limits = JudgingLimits()
    assert (limits.cpu_for(0), limits.memory_for(0)) == (1, 256 * MIB)
    assert (limits.cpu_for(MIB), limits.cpu_for(8 * MIB)) == (3.25, 7)
    assert (limits.cpu_for(40 * MIB), limits.memory_for(40 * MIB)) == (15, 736 * MIB)
    assert limits.patience_for(0) == 15


@pytest.mark.parametrize("mebibytes", [4, 16, 48, 72])
def test_a_want_of_memory_is_never_told_as_a_fault_of_the_file(mebibytes: int) -> None:
    many = b"<r xmlns:ds='http://www.w3.org/2000/09/xmldsig#'>" + b"<a b='c'>x</a>" * 200_000
    tight = JudgingLimits(cpu=20, memory=mebibytes * MIB, memory_per_mib=0)
    said = ProcessJudge(tight).judge(replace(GOOD, data=many + b"</r>"))
    assert [reason["code"] for reason in said.report["reasons"]] == ["RES-MEM"]


def test_a_process_that_has_swollen_makes_room_for_another(judge: ProcessJudge) -> None:
    many = b"<r xmlns:ds='http://www.w3.org/2000/09/xmldsig#'>" + b"<a b='c'>x</a>" * 200_000
    said = judge.judge(replace(GOOD, data=many + b"</r>"))
    assert [reason["code"] for reason in said.report["reasons"]] == ["NO-SIGNATURE"]
    swollen = judge._kept[0].process
    assert judge.judge(GOOD).indication is Indication.TOTAL_PASSED
    assert swollen.wait(5) == 0


def test_all_that_is_trusted_is_handed_over() -> None:
    trust = TrustStore(
        anchors=(PKI.root.certificate,),
        trusted_profile_seals=(PKI.root.certificate,),
        institution_seals=(PKI.root.certificate,) * 2,
        crls=(b"\x30\x00",),
        ocsps=(b"\x30\x01\x00",),
    )
    assert trust_from_json(trust_as_json(trust)) == trust
    assert PKI.root.certificate.public_bytes(Encoding.DER).hex() in trust_as_json(trust)["anchors"]
