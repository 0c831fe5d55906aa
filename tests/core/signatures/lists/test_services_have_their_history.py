from datetime import datetime

import pytest

from skrytka.core.signatures.lists.criteria import captured
from skrytka.core.signatures.lists.model import Service
from skrytka.core.signatures.lists.names import (
    FOR_SIGNATURES,
    GRANTED,
    UNDER_SUPERVISION,
    WITHDRAWN,
)
from skrytka.core.signatures.lists.problems import ListFault, ListProblem
from skrytka.core.signatures.lists.taking import open_list
from tests.core.signatures.lists.making import (
    QUALIFIER,
    ROOT,
    Draft,
    State,
    by_certificate,
    by_key_identifier,
    criteria,
    facts,
    moment,
    policy_set,
    qualification,
    read_back,
    service,
    with_services,
)

IDENTITY = by_certificate(ROOT.certificate)


def only_service(*states: State) -> Service:
    (found,) = read_back(with_services(service(IDENTITY, *states))).services
    return found


def rules_hold(inner: str, **held: frozenset[str]) -> bool:
    found = only_service(State(extensions=qualification(inner, "QCWithQSCD")))
    return captured(found.states[0].rules, facts(**held)) == {f"{QUALIFIER}QCWithQSCD"}


def test_a_service_is_read_with_its_names_and_identity() -> None:
    found = only_service()
    assert (found.provider, found.name, found.territory) == ("Provider", "Authority", "PL")
    assert found.identity.certificates == (ROOT.certificate,)
    assert found.states[0].purposes == {FOR_SIGNATURES}


def test_each_state_ends_where_the_next_one_starts() -> None:
    found = only_service(
        State(WITHDRAWN, moment(2020)),
        State(UNDER_SUPERVISION, moment(2014)),
        State(GRANTED, moment(2017)),
    )
    spans = [(state.status, state.starts_at.year, state.ends_at) for state in found.states]
    assert spans == [
        (WITHDRAWN, 2020, None),
        (GRANTED, 2017, moment(2020)),
        (UNDER_SUPERVISION, 2014, moment(2017)),
    ]


@pytest.mark.parametrize(
    ("at", "status"),
    [
        (moment(2017), GRANTED),
        (moment(2019), GRANTED),
        (moment(2020), WITHDRAWN),
        (moment(2026), WITHDRAWN),
        (moment(2016), None),
    ],
)
def test_the_state_at_a_time_is_the_one_in_force(at: datetime, status: str | None) -> None:
    found = only_service(State(WITHDRAWN, moment(2020)), State(GRANTED, moment(2017)))
    state = found.state_at(at)
    assert (state.status if state else None) == status


def test_a_takeover_names_who_took_over() -> None:
    taken = (
        '<Extension Critical="false"><x:TakenOverBy><x:URI>urn:x</x:URI><x:TSPName>'
        '<Name xml:lang="en">Successor</Name></x:TSPName></x:TakenOverBy></Extension>'
    )
    assert only_service(State(extensions=taken)).states[0].taken_over_by == "Successor"
    assert only_service().states[0].taken_over_by is None


def test_the_start_of_kept_revocations_is_read() -> None:
    kept = (
        '<Extension Critical="false"><ExpiredCertsRevocationInfo>2018-01-01T00:00:00Z'
        "</ExpiredCertsRevocationInfo></Extension>"
    )
    assert only_service(State(extensions=kept)).states[0].expired_certificates_from == moment(2018)
    assert only_service().states[0].expired_certificates_from is None


def test_a_service_may_be_known_by_its_key_identifier() -> None:
    draft = with_services(service(by_key_identifier(ROOT.certificate)))
    assert len(read_back(draft).services[0].identity.key_identifiers[0]) == 20


def test_a_broken_key_identifier_is_a_wrong_value() -> None:
    broken = service("<DigitalId><X509SKI>!!</X509SKI></DigitalId>")
    opened = open_list(with_services(broken).signed())
    assert opened.problems == (ListProblem(ListFault.ELEMENT_VALUE, "X509SKI"),)


def test_a_service_without_information_is_named() -> None:
    opened = open_list(with_services("<TSPService/>").signed())
    assert opened.problems == (ListProblem(ListFault.ELEMENT_MISSING, "ServiceInformation"),)


def test_a_service_without_a_status_is_named() -> None:
    draft = Draft(
        services=(service(IDENTITY),),
        changes=((f"<ServiceStatus>{GRANTED}</ServiceStatus>", ""),),
    )
    opened = open_list(draft.signed())
    assert opened.problems == (ListProblem(ListFault.ELEMENT_MISSING, "ServiceStatus"),)


def test_a_service_name_in_polish_alone_is_read() -> None:
    draft = Draft(
        services=(service(IDENTITY),), changes=(('<Name xml:lang="en">Authority</Name>', ""),)
    )
    assert read_back(draft).services[0].name == "Urząd"


def test_policies_must_all_be_there() -> None:
    both = criteria(policy_set("1.2.3", "urn:oid:1.2.4"))
    assert rules_hold(both, policies=frozenset({"1.2.3", "1.2.4", "1.2.5"}))
    assert not rules_hold(both, policies=frozenset({"1.2.3"}))


def test_key_usages_must_be_set_and_unset() -> None:
    bits = criteria(
        '<q:KeyUsage><q:KeyUsageBit name="nonRepudiation">true</q:KeyUsageBit>'
        '<q:KeyUsageBit name="digitalSignature">false</q:KeyUsageBit></q:KeyUsage>'
    )
    assert rules_hold(bits, key_usages=frozenset({"nonRepudiation"}))
    assert not rules_hold(bits, key_usages=frozenset({"nonRepudiation", "digitalSignature"}))
    assert not rules_hold(bits)


def test_subject_attributes_and_extended_usages_count() -> None:
    attributes = criteria(
        "<q:otherCriteriaList><x:CertSubjectDNAttribute><x:AttributeOID><a:Identifier>2.5.4.97"
        "</a:Identifier></x:AttributeOID></x:CertSubjectDNAttribute></q:otherCriteriaList>"
    )
    usages = criteria(
        "<q:otherCriteriaList><x:ExtendedKeyUsage><x:KeyPurposeId><a:Identifier>1.3.6.1"
        "</a:Identifier></x:KeyPurposeId></x:ExtendedKeyUsage></q:otherCriteriaList>"
    )
    assert rules_hold(attributes, subject_attributes=frozenset({"2.5.4.97"}))
    assert not rules_hold(attributes)
    assert rules_hold(usages, extended_key_usages=frozenset({"1.3.6.1"}))
    assert not rules_hold(usages)


def test_at_least_one_and_none_mean_what_they_say() -> None:
    pair = policy_set("1.1") + policy_set("1.2")
    held = frozenset({"1.2"})
    assert rules_hold(criteria(pair, "atLeastOne"), policies=held)
    assert not rules_hold(criteria(pair, "atLeastOne"))
    assert not rules_hold(criteria(pair, "none"), policies=held)
    assert rules_hold(criteria(pair, "none"))


def test_criteria_nest() -> None:
    inner = criteria(policy_set("1.1") + policy_set("1.2"), "atLeastOne")
    outer = criteria(f"<q:Description>a note</q:Description>{inner}{policy_set('1.9')}")
    assert rules_hold(outer, policies=frozenset({"1.2", "1.9"}))
    assert not rules_hold(outer, policies=frozenset({"1.2"}))


@pytest.mark.parametrize(
    "unknown",
    [
        criteria("<q:Moon/>"),
        criteria("<q:otherCriteriaList><x:Moon/></q:otherCriteriaList>"),
        criteria(policy_set("1.1"), "most"),
        "",
    ],
)
def test_a_criterion_that_is_not_known_is_left_out_and_said(unknown: str) -> None:
    state = State(extensions=qualification(unknown, "NotQualified"))
    opened = open_list(with_services(service(IDENTITY, state)).signed())
    assert [problem.fault for problem in opened.problems] == [ListFault.CRITERIA_UNKNOWN]
    assert opened.list is not None
    assert opened.list.services[0].states[0].rules == ()


def test_a_state_no_longer_holds_at_its_end() -> None:
    found = only_service(State(WITHDRAWN, moment(2020)), State(GRANTED, moment(2017)))
    assert found.states[0].holds_at(moment(2020))
    assert not found.states[1].holds_at(moment(2020))
