"""Lists written down for judging processes: the same answers, a service at a time."""

import pytest
from cryptography import x509

from skrytka.core.signatures.lists.index import keys_of
from skrytka.core.signatures.lists.keeping import MAGIC, KeptLists, NotKeptListsError, keep
from skrytka.core.signatures.lists.model import Service
from skrytka.core.signatures.lists.names import CA_PKC
from skrytka.core.signatures.lists.snapshot import Snapshot
from skrytka.core.signatures.report import report_as_json
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.validation import validate
from tests.core.signatures.crafting import LETTER, Shape, sign
from tests.core.signatures.lists.making import (
    Draft,
    State,
    by_key_identifier,
    criteria,
    moment,
    policy_set,
    qualification,
    service,
)
from tests.core.signatures.trusted.listing import (
    COMPLIANT,
    DEVICE,
    TO_SIGN,
    holder,
    issuer,
    listed,
    snapshot,
    stamping,
)
from tests.world.pki import AT

USAGE = '<q:KeyUsage><q:KeyUsageBit name="nonRepudiation">true</q:KeyUsageBit></q:KeyUsage>'
RULES = qualification(
    criteria(USAGE + criteria(policy_set("1.2.3"), "none"), "atLeastOne"), "QCWithQSCD"
)
LISTS = snapshot(
    listed(State(extensions=RULES), State(since=moment(2010))),
    stamping(),
    service(by_key_identifier(issuer("Drugi").certificate), State(type=CA_PKC)),
    service(by_key_identifier(issuer("Trzeci").certificate), State(type="urn:other")),
)
KEPT = keep(LISTS)


def opened(data: bytes = KEPT) -> KeptLists:
    return KeptLists.of(memoryview(data))


def plain(services: tuple[Service, ...]) -> list[tuple[object, ...]]:
    return [(one.provider, one.name, one.territory, one.identity, one.states) for one in services]


def test_every_service_that_issues_or_stamps_is_found_as_in_the_snapshot() -> None:
    kept = opened()
    services = LISTS.lists["PL"].services
    for one in services[:3]:
        for key in keys_of(one):
            assert plain(kept.index.by_key[key]) == plain(LISTS.index.by_key[key])
    assert all(key not in kept.services for key in keys_of(services[3]))
    assert set(kept.services) == {key for one in services[:3] for key in keys_of(one)}
    assert len(kept.services) == 5


def test_a_service_is_read_once() -> None:
    kept = opened()
    certificate: x509.Certificate = issuer().certificate
    first, again = (kept.index.services_of(certificate) for _ in range(2))
    assert first[0] is again[0]
    assert kept.index.services_named(certificate.subject) == first
    assert len(kept.services.read) == 1


def test_the_identity_of_the_lists_is_kept() -> None:
    assert opened().identity.sha256 == LISTS.identity.sha256
    assert opened().identity == LISTS.identity
    closed = snapshot(draft=Draft(next_update="", services=(listed(),)))
    assert opened(keep(closed)).identity == closed.identity


def test_a_report_over_kept_lists_is_that_over_the_snapshot() -> None:
    data = sign(LETTER, Shape(key=holder(COMPLIANT, DEVICE, TO_SIGN).key))

    def report(lists: Snapshot | KeptLists) -> str:
        trust = TrustStore(lists=lists)
        return report_as_json(validate(data, detached={}, trust=trust, at=AT))

    assert "QESig" in report(LISTS)
    assert report(opened()) == report(LISTS)


@pytest.mark.parametrize(
    "data", [b"", b"x" * 64, MAGIC.replace(b"1", b"2") + KEPT[len(MAGIC) :], KEPT[:40]]
)
def test_other_bytes_are_no_kept_lists(data: bytes) -> None:
    with pytest.raises(NotKeptListsError):
        opened(data)
