from dataclasses import replace
from datetime import datetime

from skrytka.core.signatures.lists.pivots import follow_pivots, pivots_named_in
from skrytka.core.signatures.lists.problems import ListFault, ListProblem
from skrytka.core.signatures.lists.snapshot import ListBytes, Reported, Snapshot, build_snapshot
from skrytka.core.signatures.signing import MemoryKey
from tests.core.signatures.lists.making import (
    EU_KEY,
    EU_TYPE,
    JOURNAL,
    LOTL,
    PL_KEY,
    STRANGER,
    Draft,
    moment,
    operator,
    pointer,
    read_back,
)
from tests.world.pki import AT, Terms, certificate_of

FIRST = operator("Pierwszy", Terms(not_before=moment(2020), not_after=moment(2021)))
SECOND = operator("Drugi", Terms(not_before=moment(2020), not_after=moment(2023)))
OLDER, NEWER = "https://lists.example/pivot-1.xml", "https://lists.example/pivot-2.xml"
PINNED = (certificate_of(FIRST),)


def edition(sequence: int, signer: MemoryKey, *pivots: str, issued: datetime = AT) -> Draft:
    own = pointer("EU", signer, kind=EU_TYPE)
    return replace(
        LOTL,
        sequence=sequence,
        issued=issued,
        pointers=(own, pointer("PL", PL_KEY)),
        information=(*pivots, JOURNAL, "https://lists.example/notice.html"),
    )


PIVOT_1 = edition(1, SECOND, OLDER, issued=moment(2020, 6)).signed(FIRST)
PIVOT_2 = edition(2, EU_KEY, NEWER, OLDER, issued=moment(2022)).signed(SECOND)
NEWEST = edition(3, EU_KEY, NEWER, OLDER)
PIVOTS = {OLDER: PIVOT_1, NEWER: PIVOT_2}


def build(**pivots: bytes) -> Snapshot:
    given = ListBytes(NEWEST.signed(EU_KEY), {"PL": Draft().signed()}, {**PIVOTS, **pivots})
    return build_snapshot(given, pinned=PINNED, at=AT)


def test_pivots_are_those_named_before_the_journal_the_oldest_first() -> None:
    assert pivots_named_in(read_back(NEWEST)) == (OLDER, NEWER)


def test_link_by_link_the_pivots_lead_to_the_signer_of_today() -> None:
    snapshot = build()
    assert snapshot.problems == ()
    assert snapshot.list_of_lists is not None
    assert snapshot.list_of_lists.sequence == 3
    assert certificate_of(EU_KEY) in snapshot.signers
    assert set(snapshot.lists) == {"PL"}


def test_a_missing_pivot_ends_the_way_and_is_named() -> None:
    given = ListBytes(NEWEST.signed(EU_KEY), {}, {OLDER: PIVOT_1})
    snapshot = build_snapshot(given, pinned=PINNED, at=AT)
    assert snapshot.list_of_lists is None
    missing = ListProblem(ListFault.PIVOT_ABSENT, NEWER)
    assert Reported("EU", missing) in snapshot.problems
    assert NEWER in missing.text
    assert certificate_of(EU_KEY) not in snapshot.signers


def test_a_pivot_of_a_stranger_ends_the_way() -> None:
    forged = edition(2, EU_KEY, NEWER, OLDER, issued=moment(2026)).signed(STRANGER)
    chain = follow_pivots(read_back(NEWEST), {**PIVOTS, NEWER: forged}, PINNED)
    assert chain.followed == (OLDER,)
    assert chain.problems == (ListProblem(ListFault.PIVOT_REFUSED, NEWER),)
    assert chain.signers == (certificate_of(SECOND),)


def test_a_pivot_counts_at_its_own_issue_only() -> None:
    late = edition(2, EU_KEY, NEWER, OLDER, issued=moment(2024)).signed(SECOND)
    chain = follow_pivots(read_back(NEWEST), {**PIVOTS, NEWER: late}, PINNED)
    assert chain.problems == (ListProblem(ListFault.PIVOT_REFUSED, NEWER),)


def test_a_pivot_changed_after_signing_ends_the_way() -> None:
    broken = PIVOT_1.replace(b">65535<", b">65536<")
    chain = follow_pivots(read_back(NEWEST), {**PIVOTS, OLDER: broken}, PINNED)
    assert chain.problems == (ListProblem(ListFault.PIVOT_REFUSED, OLDER),)


def test_a_national_list_is_no_pivot() -> None:
    other = replace(Draft(), issued=moment(2020, 6)).signed(FIRST)
    chain = follow_pivots(read_back(NEWEST), {**PIVOTS, OLDER: other}, PINNED)
    assert chain.problems == (ListProblem(ListFault.PIVOT_REFUSED, OLDER),)


def test_without_pivots_the_pinned_certificates_sign() -> None:
    chain = follow_pivots(read_back(LOTL), {}, PINNED)
    assert (chain.signers, chain.followed, chain.problems) == (PINNED, (), ())
