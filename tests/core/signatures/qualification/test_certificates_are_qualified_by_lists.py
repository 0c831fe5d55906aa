from dataclasses import replace
from datetime import UTC, datetime

import pytest

from skrytka.core.signatures.lists.names import (
    CA_PKC,
    CA_QC,
    FOR_SEALS,
    FOR_SIGNATURES,
    FOR_WEB,
    GRANTED,
    UNDER_SUPERVISION,
    WITHDRAWN,
    qualifier,
)
from skrytka.core.signatures.qualification.certificates import (
    CertificateQualification,
    qualify_certificate,
)
from skrytka.core.signatures.qualification.facts import CertificateFacts, Purpose, ServiceFacts

NOW = datetime(2020, 1, 1, tzinfo=UTC)
OLD = datetime(2015, 1, 1, tzinfo=UTC)
QCP, QCP_PLUS = "0.4.0.1456.1.2", "0.4.0.1456.1.1"
CERTIFICATE = CertificateFacts(
    issued_at=datetime(2019, 1, 1, tzinfo=UTC),
    compliant=True,
    device=True,
    purposes=frozenset({Purpose.SIGNATURE}),
)
OLD_ONE = CertificateFacts(issued_at=OLD)
SERVICE = ServiceFacts(
    service="A",
    type=CA_QC,
    status=GRANTED,
    starts_at=datetime(2016, 7, 1, tzinfo=UTC),
    purposes=frozenset({FOR_SIGNATURES}),
)
OLD_SERVICE = ServiceFacts(
    service="A", type=CA_QC, status=UNDER_SUPERVISION, starts_at=datetime(2010, 1, 1, tzinfo=UTC)
)


def judge(
    facts: CertificateFacts = CERTIFICATE, *services: ServiceFacts, time: datetime = NOW
) -> CertificateQualification:
    return qualify_certificate(facts, services or (SERVICE,), time)


def having(*names: str) -> ServiceFacts:
    return replace(SERVICE, qualifiers=frozenset(map(qualifier, names)))


def test_a_compliant_certificate_of_a_granted_service_is_qualified() -> None:
    assert judge() == CertificateQualification(True, Purpose.SIGNATURE, True)


def test_what_a_certificate_says_alone_is_worth_nothing() -> None:
    assert not qualify_certificate(CERTIFICATE, (), NOW).qualified


@pytest.mark.parametrize(
    "service",
    [
        replace(SERVICE, status=WITHDRAWN),
        replace(SERVICE, type=CA_PKC),
        replace(SERVICE, starts_at=datetime(2021, 1, 1, tzinfo=UTC)),
        replace(SERVICE, ends_at=NOW),
    ],
)
def test_a_service_counts_only_as_granted_for_qualified_certificates_at_the_time(
    service: ServiceFacts,
) -> None:
    found = judge(CERTIFICATE, service)
    assert (found.qualified, found.device, found.conflict) == (False, False, False)
    assert found.purpose is Purpose.SIGNATURE


def test_a_list_may_make_qualified_and_may_deny() -> None:
    plain = replace(CERTIFICATE, compliant=False)
    assert not judge(plain).qualified
    assert judge(plain, having("QCStatement")).qualified
    assert not judge(CERTIFICATE, having("NotQualified")).qualified
    assert not judge(CERTIFICATE, having("NotQualified", "QCStatement")).qualified


def test_a_certificate_of_foreign_law_is_not_qualified() -> None:
    assert not judge(replace(CERTIFICATE, legislations=frozenset({"ZZ"}))).qualified
    assert judge(replace(CERTIFICATE, legislations=frozenset({"EU", "ZZ"}))).qualified


@pytest.mark.parametrize(
    ("names", "device"),
    [
        ((), True),
        (("QCNoQSCD",), False),
        (("QCNoSSCD",), False),
        (("QCWithQSCD", "QCNoQSCD"), False),
        (("QCWithQSCD", "QCQSCDStatusAsInCert"), False),
        (("QCWithQSCD", "QCQSCDManagedOnBehalf"), True),
        (("QCQSCDStatusAsInCert",), True),
        (("Unheard",), True),
    ],
)
def test_the_list_has_the_last_word_on_the_device(names: tuple[str, ...], *, device: bool) -> None:
    assert judge(CERTIFICATE, having(*names)).device is device


@pytest.mark.parametrize(
    ("names", "device"),
    [
        (("QCWithQSCD",), True),
        (("QCQSCDManagedOnBehalf",), True),
        (("QCQSCDStatusAsInCert",), False),
        (("QCWithSSCD",), False),
        (("QCSSCDStatusAsInCert",), False),
    ],
)
def test_a_list_may_give_a_device_but_old_words_do_not_since_eidas(
    names: tuple[str, ...], *, device: bool
) -> None:
    assert judge(replace(CERTIFICATE, device=False), having(*names)).device is device


def test_qualifiers_name_the_purpose() -> None:
    assert judge(CERTIFICATE, having("QCForESig")).purpose is Purpose.SIGNATURE
    clash = judge(CERTIFICATE, having("QCForESig", "QCForESeal"))
    assert (clash.qualified, clash.purpose) == (True, Purpose.UNKNOWN)
    for_seals = replace(having("QCForESeal"), purposes=frozenset({FOR_SEALS}))
    assert judge(CERTIFICATE, for_seals).purpose is Purpose.SEAL


@pytest.mark.parametrize(
    ("purpose", "listed"),
    [
        (Purpose.SIGNATURE, FOR_SIGNATURES),
        (Purpose.SEAL, FOR_SEALS),
        (Purpose.WEB, FOR_WEB),
    ],
)
def test_a_service_of_today_is_listed_for_the_purpose(purpose: Purpose, listed: str) -> None:
    facts = replace(CERTIFICATE, purposes=frozenset({purpose}))
    fits = replace(SERVICE, purposes=frozenset({listed}))
    others = replace(SERVICE, purposes=frozenset({FOR_SIGNATURES, FOR_SEALS, FOR_WEB} - {listed}))
    assert judge(facts, fits).qualified
    assert not judge(facts, others).qualified
    assert judge(facts, replace(SERVICE, purposes=frozenset())).qualified


def test_a_certificate_for_two_purposes_has_none_that_is_known() -> None:
    both = replace(CERTIFICATE, purposes=frozenset({Purpose.SIGNATURE, Purpose.SEAL}))
    assert judge(both).purpose is Purpose.UNKNOWN


def test_a_compliant_certificate_without_a_purpose_is_for_signatures() -> None:
    assert judge(replace(CERTIFICATE, purposes=frozenset())).purpose is Purpose.SIGNATURE
    bare = CertificateFacts(issued_at=CERTIFICATE.issued_at)
    assert judge(bare).purpose is Purpose.UNKNOWN


@pytest.mark.parametrize(
    ("facts", "qualified", "device"),
    [
        (OLD_ONE, False, False),
        (replace(OLD_ONE, compliant=True), True, False),
        (replace(OLD_ONE, policies=frozenset({QCP})), True, False),
        (replace(OLD_ONE, policies=frozenset({QCP_PLUS})), True, True),
        (replace(OLD_ONE, compliant=True, device=True), True, True),
    ],
)
def test_before_eidas_policies_count(
    facts: CertificateFacts, *, qualified: bool, device: bool
) -> None:
    found = judge(facts, OLD_SERVICE, time=OLD)
    assert (found.qualified, found.device) == (qualified, device)
    assert found.purpose is (Purpose.SIGNATURE if qualified else Purpose.UNKNOWN)


def test_since_eidas_old_policies_do_not_count() -> None:
    policy = replace(CERTIFICATE, compliant=False, policies=frozenset({QCP_PLUS}))
    assert not judge(policy).qualified
    assert not judge(replace(policy, compliant=True, device=False)).device


def test_old_qualifiers_count_for_old_certificates() -> None:
    facts = replace(OLD_ONE, compliant=True)
    held = frozenset({qualifier("QCWithSSCD")})
    assert judge(facts, replace(OLD_SERVICE, qualifiers=held), time=OLD).device
    legal = frozenset({qualifier("QCForLegalPerson")})
    seal = judge(facts, replace(OLD_SERVICE, qualifiers=legal), time=OLD)
    assert seal.purpose is Purpose.SEAL


def test_an_old_certificate_outlives_the_change_of_law() -> None:
    facts = replace(OLD_ONE, policies=frozenset({QCP_PLUS}))
    assert judge(facts, SERVICE).qualified


def test_services_that_agree_are_one() -> None:
    found = judge(CERTIFICATE, SERVICE, replace(SERVICE, service="B"))
    assert (found.qualified, found.conflict) == (True, False)


def test_services_that_contradict_each_other_leave_it_open() -> None:
    found = judge(CERTIFICATE, having("QCNoQSCD"), having("QCWithQSCD"))
    assert (found.qualified, found.device, found.conflict) == (False, False, True)


def test_a_service_for_another_purpose_does_not_speak_against() -> None:
    for_web = replace(SERVICE, service="B", purposes=frozenset({FOR_WEB}))
    found = judge(CERTIFICATE, SERVICE, for_web)
    assert (found.qualified, found.conflict) == (True, False)


def test_a_state_from_before_eidas_need_not_name_purposes() -> None:
    earlier = replace(
        SERVICE, starts_at=datetime(2016, 1, 1, tzinfo=UTC), purposes=frozenset({FOR_WEB})
    )
    assert judge(CERTIFICATE, earlier).qualified
