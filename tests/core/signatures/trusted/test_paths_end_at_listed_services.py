"""Where certificate paths end on the word of trusted lists, and how services are found for them."""

from dataclasses import replace

from skrytka.core.signatures.lists.anchors import FOR_SIGNERS, FOR_STAMPS, anchors_named, is_anchor
from skrytka.core.signatures.lists.names import GRANTED, QTST, WITHDRAWN
from skrytka.core.signatures.lists.snapshot import Snapshot
from skrytka.core.signatures.paths import PathResult, build_path
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.trust import TrustStore
from tests.core.signatures.cms.crafting import authority as stamper
from tests.core.signatures.lists.making import (
    State,
    by_certificate,
    by_key_identifier,
    moment,
    service,
)
from tests.core.signatures.trusted.listing import (
    COMPLIANT,
    Made,
    holder,
    issuer,
    listed,
    snapshot,
    stamping,
)
from tests.world.pki import AT, AUTHORITY, Issuer, authority, certificate_of, certify, signer

ANNA = holder(COMPLIANT).certificate


def path(lists: Snapshot, *pool: Made, stamps: bool = False) -> PathResult:
    leaf = stamper().certificate if stamps else ANNA
    certificates = tuple(one.certificate for one in pool)
    return build_path(leaf, certificates, TrustStore(lists=lists), AT, stamps=stamps)


def test_a_path_ends_at_the_listed_issuer() -> None:
    result = path(snapshot(listed()))
    assert result == PathResult((ANNA, issuer().certificate), None, complete=True)


def test_a_signer_is_not_his_own_authority_but_a_unit_that_stamps_may_be_listed() -> None:
    named = service(by_key_identifier(ANNA))
    assert path(snapshot(named)).fault is ReasonCode.CHAIN_NONE
    result = path(snapshot(stamping()), stamps=True)
    assert result == PathResult((stamper().certificate,), None, complete=True)


def test_a_service_known_by_key_identifier_alone_ends_a_path_whose_issuer_came_along() -> None:
    lists = snapshot(service(by_key_identifier(issuer().certificate)))
    assert path(lists).fault is ReasonCode.CHAIN_NONE
    assert path(lists, issuer()).fault is None


def test_a_certificate_of_the_same_name_and_key_is_not_the_listed_one() -> None:
    root = authority("Korzeń")
    name = {one.oid: str(one.value) for one in root.certificate.subject}
    expired = replace(AUTHORITY, not_after=moment(2026))
    old = certify(root.key, name, None, expired)
    leaf = certificate_of(signer(dict.fromkeys(name, "Ewa"), root))
    lists = snapshot(listed_certificate(Issuer(root.key, old)))
    assert not is_anchor(lists, root.certificate, FOR_SIGNERS)
    assert is_anchor(lists, old, FOR_SIGNERS)
    result = build_path(leaf, (root.certificate,), TrustStore(lists=lists), AT)
    assert result.fault is ReasonCode.CHAIN_EXPIRED


def listed_certificate(one: Issuer) -> str:
    return service(by_certificate(one.certificate))


def test_a_service_counts_at_the_time_that_is_asked_for() -> None:
    states = (State(WITHDRAWN, moment(2025), QTST), State(GRANTED, moment(2020), QTST))
    lists = snapshot(stamping(*states))
    unit = stamper().certificate
    assert is_anchor(lists, unit, FOR_STAMPS)
    assert is_anchor(lists, unit, FOR_STAMPS, moment(2024))
    assert not is_anchor(lists, unit, FOR_STAMPS, moment(2025, 2))
    assert not is_anchor(lists, unit, FOR_STAMPS, moment(2019))
    assert not is_anchor(lists, unit, FOR_SIGNERS)


def test_issuers_are_found_by_name_whatever_the_encoding_of_its_strings() -> None:
    lists = snapshot(listed())
    assert anchors_named(lists, ANNA.issuer, FOR_SIGNERS) == (issuer().certificate,)
    assert anchors_named(lists, ANNA.issuer, FOR_STAMPS) == ()
    assert anchors_named(lists, ANNA.subject, FOR_SIGNERS) == ()


def test_of_many_issuers_of_one_name_the_one_that_is_named_goes_first() -> None:
    twins = [listed(by=made) for made in (_twin(number) for number in range(70))]
    lists = snapshot(*twins, listed())
    assert path(lists).path == (ANNA, issuer().certificate)


def _twin(_number: int) -> Made:
    made: Made = issuer.__wrapped__()
    return made


def test_a_path_of_a_holder_without_key_identifier_is_found_too() -> None:
    root = authority("Bez wskazania")
    leaf = certificate_of(signer({one.oid: "Ewa" for one in root.certificate.subject}, root))
    lists = snapshot(listed_certificate(root))
    result = build_path(leaf, (), TrustStore(lists=lists), AT)
    assert result.path == (leaf, root.certificate)
