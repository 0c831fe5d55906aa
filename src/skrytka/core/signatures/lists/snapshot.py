"""A snapshot: the list of lists, the national lists it points to, and what was wrong on the way.

ETSI TS 119 615 clauses 4.1 to 4.3. Bytes in, snapshot out; it is rebuilt from the same bytes, pins
and instant at any later time. One broken or missing list is reported and blocks no other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from skrytka.core.signatures.lists.index import ServiceIndex
from skrytka.core.signatures.lists.listed import ListEdition, SnapshotIdentity
from skrytka.core.signatures.lists.model import Pointer, TrustedList
from skrytka.core.signatures.lists.names import TSL_MIME
from skrytka.core.signatures.lists.pivots import Certificates, Chain, follow_pivots
from skrytka.core.signatures.lists.problems import ListFault, ListProblem
from skrytka.core.signatures.lists.taking import OpenedList, TakenList, judge_list, open_list

Opener = Callable[[bytes], OpenedList]


@dataclass(frozen=True)
class ListBytes:
    """The lists as they were fetched: ``national`` by territory, ``pivots`` by address.

    ``list_of_lists`` may be None: then every national list must be signed by a pinned certificate.
    """

    list_of_lists: bytes | None
    national: Mapping[str, bytes] = field(default_factory=dict)
    pivots: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Reported:
    """A problem and the list that has it: a territory, EU for the list of lists."""

    territory: str
    problem: ListProblem


@dataclass(frozen=True)
class Snapshot:
    """What is trusted on the word of trusted lists as of ``at``."""

    at: datetime
    list_of_lists: TrustedList | None = None
    lists: Mapping[str, TrustedList] = field(default_factory=dict)
    signers: Certificates = ()
    problems: tuple[Reported, ...] = ()

    @cached_property
    def index(self) -> ServiceIndex:
        """The services of all lists, found by certificate."""
        return ServiceIndex.of(one for read in self.lists.values() for one in read.services)

    @cached_property
    def identity(self) -> SnapshotIdentity:
        """Which lists these are, and which ought to be there too."""
        top = {} if self.list_of_lists is None else {"EU": self.list_of_lists}
        read = {**top, **self.lists}
        faulty = {one.territory for one in self.problems if one.problem.blocks}
        return SnapshotIdentity(
            taken_at=self.at,
            editions=tuple(_edition(one, read[one]) for one in sorted(read)),
            missing=tuple(sorted(faulty - set(read))),
            refused=tuple(sorted(faulty & set(read))),
        )


def _edition(territory: str, read: TrustedList) -> ListEdition:
    return ListEdition(territory, read.sequence, read.issued_at, read.next_update, read.sha256)


def build_snapshot(
    given: ListBytes, *, pinned: Certificates, at: datetime, opener: Opener = open_list
) -> Snapshot:
    """This will verify and read all lists as of ``at``; raises nothing for what they hold.

    ``opener`` is `open_list`, or the same with a memory where bytes were opened before.
    """
    return update_snapshot(Snapshot(at), given, pinned=pinned, at=at, opener=opener)


def update_snapshot(
    old: Snapshot,
    given: ListBytes,
    *,
    pinned: Certificates,
    at: datetime,
    opener: Opener = open_list,
) -> Snapshot:
    """This will replace each list of ``old`` that a newer good one was given for.

    A list that is not verified, does not parse or goes back in its sequence number never replaces
    one that was good: the old one stays and the problem is reported.
    """
    top = None if given.list_of_lists is None else opener(given.list_of_lists)
    lotl, signers, problems = _list_of_lists(old, top, given.pivots, pinned, at)
    allowed = _allowed(lotl, given, pinned)
    lists, found = dict[str, TrustedList](), list[Reported]()
    for territory in sorted(allowed):
        data, before = given.national.get(territory), old.lists.get(territory)
        taken = (
            _taken(territory, opener(data), allowed[territory], at) if data is not None else None
        )
        kept, wrong = _newer(taken, before, territory)
        if kept is not None and kept.is_stale_at(at):
            wrong = tuple(dict.fromkeys((*wrong, ListProblem(ListFault.STALE))))
        found += [Reported(territory, problem) for problem in wrong]
        if kept is not None:
            lists[territory] = kept
    return Snapshot(at, lotl, lists, signers, (*problems, *found))


def national_pointers(read: TrustedList) -> tuple[Pointer, ...]:
    """This will return the pointers to lists in XML that are not the list of lists itself."""
    return tuple(
        one for one in read.pointers if one.mime_type == TSL_MIME and one.type != read.type
    )


def _list_of_lists(
    old: Snapshot,
    opened: OpenedList | None,
    pivots: Mapping[str, bytes],
    pinned: Certificates,
    at: datetime,
) -> tuple[TrustedList | None, Certificates, tuple[Reported, ...]]:
    if opened is None:
        absent = ListProblem(ListFault.ABSENT, "EU")
        return old.list_of_lists, old.signers or pinned, (Reported("EU", absent),)
    named = opened.list or opened.unverified
    chain = follow_pivots(named, pivots, pinned) if named else Chain(pinned, (), ())
    signers = tuple(dict.fromkeys((*chain.signers, *pinned)))
    taken = _refuse_other(judge_list(opened, allowed=signers, at=at))
    kept, wrong = _newer(taken, old.list_of_lists, "EU")
    problems = tuple(Reported("EU", problem) for problem in (*chain.problems, *wrong))
    return kept, signers, problems


def _refuse_other(taken: TakenList) -> TakenList:
    if taken.list is None or taken.list.is_list_of_lists:
        return taken
    other = ListProblem(ListFault.ELEMENT_VALUE, "TSLType")
    return replace(taken, list=None, problems=(*taken.problems, other))


def _allowed(
    lotl: TrustedList | None, given: ListBytes, pinned: Certificates
) -> Mapping[str, Certificates]:
    """Who may sign the list of each territory: whom the operator pinned, and whom it points to.

    Pinned signers of the list of lists could point anywhere, so nothing is widened by them.
    """
    allowed: dict[str, Certificates] = dict.fromkeys(given.national, pinned)
    for pointer in national_pointers(lotl) if lotl else ():
        known = allowed.get(pointer.territory, pinned)
        allowed[pointer.territory] = tuple(dict.fromkeys((*known, *pointer.certificates)))
    return allowed


def _taken(territory: str, opened: OpenedList, allowed: Certificates, at: datetime) -> TakenList:
    return judge_list(_of_territory(opened, territory), allowed=allowed, at=at)


def _of_territory(opened: OpenedList, territory: str) -> OpenedList:
    read = opened.unverified
    if read is None or read.territory == territory:
        return opened
    other = ListProblem(ListFault.TERRITORY, read.territory)
    return replace(opened, problems=(*opened.problems, other))


def _newer(
    taken: TakenList | None, before: TrustedList | None, territory: str
) -> tuple[TrustedList | None, tuple[ListProblem, ...]]:
    if taken is None:
        return before, (ListProblem(ListFault.ABSENT, territory),)
    if taken.list is None:
        return before, taken.problems
    if before is not None and taken.list.sequence < before.sequence:
        return before, (*taken.problems, ListProblem(ListFault.SEQUENCE_BACK))
    return taken.list, taken.problems
