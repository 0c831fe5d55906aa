"""The way to the signers of the list of lists, pivot by pivot (ETSI TS 119 615 clause 4.1).

The Commission announces new signing certificates in the pointer of the list of lists to itself.
An edition that changes them is kept as a *pivot*; later editions name the pivots, newest first,
at the head of SchemeInformationURI, before the reference to the Official Journal. The certificates
pinned by the operator (those of the Journal) verify the oldest pivot, its pointer's the next one,
and so on; each at the time of its own issue.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile

from cryptography import x509

from skrytka.core.signatures.lists.model import TrustedList
from skrytka.core.signatures.lists.problems import ListFault, ListProblem
from skrytka.core.signatures.lists.taking import OpenedList, judge_list, open_list

Certificates = tuple[x509.Certificate, ...]


@dataclass(frozen=True)
class Chain:
    """Where the pivots led: who may sign now, and where the way broke off, if it did."""

    signers: Certificates
    followed: tuple[str, ...]
    problems: tuple[ListProblem, ...]


def pivots_named_in(read: TrustedList) -> tuple[str, ...]:
    """This will return the addresses of the pivots, the oldest first."""
    return tuple(takewhile(_names_a_list, read.information))[::-1]


def announced_signers(read: TrustedList) -> Certificates:
    """This will return the certificates that a list of lists announces for itself."""
    own = (pointer for pointer in read.pointers if pointer.type == read.type)
    return tuple(dict.fromkeys(one for pointer in own for one in pointer.certificates))


def follow_pivots(newest: TrustedList, pivots: Mapping[str, bytes], pinned: Certificates) -> Chain:
    """This will follow the pivots that a list of lists names; ``pivots`` maps addresses to bytes.

    A missing or refused pivot ends the way: what comes after it is not trusted on its word.
    """
    signers, followed = pinned, list[str]()
    for address in pivots_named_in(newest):
        data = pivots.get(address)
        if data is None:
            missing = ListProblem(ListFault.PIVOT_ABSENT, address)
            return Chain(signers, tuple(followed), (missing,))
        read = _read_at_its_issue(open_list(data), signers)
        if read is None:
            refused = ListProblem(ListFault.PIVOT_REFUSED, address)
            return Chain(signers, tuple(followed), (refused,))
        signers = announced_signers(read)
        followed.append(address)
    return Chain(signers, tuple(followed), ())


def _names_a_list(address: str) -> bool:
    return address.lower().endswith(".xml")


def _read_at_its_issue(opened: OpenedList, signers: Certificates) -> TrustedList | None:
    if opened.list is None or not opened.list.is_list_of_lists:
        return None
    return judge_list(opened, allowed=signers, at=opened.list.issued_at).list
