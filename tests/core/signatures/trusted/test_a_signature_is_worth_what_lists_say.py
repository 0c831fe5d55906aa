"""From a signed file and trusted lists to the kind and the qualification of its signature."""

import base64
import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.lists.names import (
    CA_PKC,
    CA_QC,
    FOR_SIGNATURES,
    GRANTED,
    QTST,
    UNDER_SUPERVISION,
    WITHDRAWN,
)
from skrytka.core.signatures.lists.snapshot import ListBytes, Snapshot, build_snapshot
from skrytka.core.signatures.report import report_as_json
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.validation import validate
from skrytka.core.signatures.verdict import SignatureVerdict, ValidationReport
from skrytka.core.signatures.words import Indication, Qualification, SignatureKind, SubIndication
from tests.core.signatures.cms.crafting import token
from tests.core.signatures.crafting import LETTER, Shape, codes, key_info, pz_role, sign
from tests.core.signatures.lists.making import PL_KEY, Draft, State, moment
from tests.core.signatures.trusted.listing import (
    BOTH,
    COMPLIANT,
    DEVICE,
    OFFICE,
    TO_SEAL,
    TO_SIGN,
    Made,
    holder,
    issuer,
    listed,
    snapshot,
    stamping,
)
from tests.core.signatures.xades.stamping import METHOD, add, exclusive, value_of
from tests.world.pki import AT, certificate_of, make_pki

QUALIFIED = (COMPLIANT, DEVICE, TO_SIGN)
NOT_GRANTED = State(WITHDRAWN, moment(2025, 6), purposes=BOTH)
BEFORE = State(GRANTED, moment(2018), purposes=BOTH)
XADES = "http://uri.etsi.org/01903/v1.3.2#"


def signed(made: Made, *more: Made, role: str = "", stamped_at: datetime | None = None) -> bytes:
    keys = key_info(made.key, *(one.key for one in more))
    data = sign(LETTER, Shape(key=made.key, key_info=keys, role=role))
    if stamped_at is None:
        return data
    root = parse_xml(data)
    text = base64.b64encode(token(exclusive(value_of(root)), time=stamped_at)).decode()
    boxed = f'<x:EncapsulatedTimeStamp xmlns:x="{XADES}">{text}</x:EncapsulatedTimeStamp>'
    add(root, "SignatureTimeStamp", METHOD + boxed)
    return etree.tostring(root)


def judged(
    data: bytes, lists: Snapshot | None, trust: TrustStore | None = None, at: datetime = AT
) -> ValidationReport:
    return validate(data, detached={}, trust=replace(trust or TrustStore(), lists=lists), at=at)


def verdict(
    data: bytes, lists: Snapshot | None, trust: TrustStore | None = None, at: datetime = AT
) -> SignatureVerdict:
    (one,) = judged(data, lists, trust, at).signatures
    return one


def worth(one: SignatureVerdict) -> tuple[Indication, SignatureKind, Qualification]:
    return one.indication, one.kind, one.qualification


def test_a_qualified_signature_is_told_by_its_listed_issuer() -> None:
    one = verdict(signed(holder(*QUALIFIED)), snapshot(listed()))
    assert worth(one) == (
        Indication.TOTAL_PASSED, SignatureKind.QUALIFIED, Qualification.QESIG
    )  # fmt: skip
    assert one.service is not None
    assert (one.service.territory, one.service.provider) == ("PL", "Provider")
    assert (one.service.status, one.service.since) == (GRANTED, moment(2017))


def test_a_qualified_seal_is_told() -> None:
    seal = holder(COMPLIANT, DEVICE, TO_SEAL, subject=OFFICE)
    one = verdict(signed(seal), snapshot(listed()))
    assert worth(one) == (
        Indication.TOTAL_PASSED, SignatureKind.SEAL, Qualification.QESEAL
    )  # fmt: skip


def test_without_a_device_a_signature_is_advanced_with_a_qualified_certificate() -> None:
    one = verdict(signed(holder(COMPLIANT, TO_SIGN)), snapshot(listed()))
    assert worth(one)[1:] == (SignatureKind.ADVANCED, Qualification.ADESIG_QC)


def test_a_certificate_that_does_not_claim_to_be_qualified_is_not() -> None:
    one = verdict(signed(holder(TO_SIGN)), snapshot(listed()))
    assert worth(one) == (
        Indication.TOTAL_PASSED, SignatureKind.ADVANCED, Qualification.ADESIG
    )  # fmt: skip


def test_a_certificate_for_seals_of_a_service_for_signatures_is_not_qualified() -> None:
    seal = holder(COMPLIANT, DEVICE, TO_SEAL, subject=OFFICE)
    lists = snapshot(listed(State(purposes=(FOR_SIGNATURES,))))
    assert verdict(signed(seal), lists).qualification is Qualification.ADESEAL


def test_a_withdrawn_service_makes_nothing_qualified() -> None:
    one = verdict(signed(holder(*QUALIFIED)), snapshot(listed(NOT_GRANTED, BEFORE)))
    assert worth(one) == (
        Indication.TOTAL_PASSED, SignatureKind.ADVANCED, Qualification.ADESIG
    )  # fmt: skip
    assert one.service is not None
    assert one.service.status == WITHDRAWN


def test_what_was_signed_before_the_withdrawal_stays_qualified_when_that_is_proved() -> None:
    lists = snapshot(listed(NOT_GRANTED, BEFORE), stamping())
    one = verdict(signed(holder(*QUALIFIED), stamped_at=moment(2025, 3)), lists)
    assert one.best_signature_time == moment(2025, 3)
    assert worth(one) == (
        Indication.TOTAL_PASSED, SignatureKind.QUALIFIED, Qualification.QESIG
    )  # fmt: skip
    assert one.service is not None
    assert one.service.status == GRANTED


def test_a_time_stamp_of_a_unit_that_no_list_knows_proves_nothing() -> None:
    lists = snapshot(listed(NOT_GRANTED, BEFORE))
    one = verdict(signed(holder(*QUALIFIED), stamped_at=moment(2025, 3)), lists)
    assert one.best_signature_time == AT
    assert one.kind is SignatureKind.ADVANCED
    assert one.timestamps[0].indication == "INDETERMINATE"


def test_a_time_stamp_of_after_the_withdrawal_of_its_service_proves_nothing() -> None:
    stopped = stamping(State(WITHDRAWN, moment(2025, 4), QTST), State(GRANTED, moment(2020), QTST))
    lists = snapshot(listed(), stopped)
    early = verdict(signed(holder(*QUALIFIED), stamped_at=moment(2025, 5)), lists)
    assert early.best_signature_time == AT
    assert early.timestamps[0].sub_indication is SubIndication.NO_CERTIFICATE_CHAIN_FOUND


def test_a_service_for_time_stamps_vouches_for_no_signer_and_the_other_way_round() -> None:
    wrong = snapshot(listed(State(type=QTST)), stamping(State(since=moment(2020))))
    one = verdict(signed(holder(*QUALIFIED), stamped_at=moment(2025, 5)), wrong)
    assert one.sub_indication is SubIndication.NO_CERTIFICATE_CHAIN_FOUND
    other = snapshot(listed(), stamping(State(since=moment(2020))))
    two = verdict(signed(holder(*QUALIFIED), stamped_at=moment(2025, 5)), other)
    assert two.timestamps[0].indication == "INDETERMINATE"


@pytest.mark.parametrize("state", [State(WITHDRAWN, moment(2018)), State(type=CA_PKC)])
def test_a_service_that_was_never_granted_ends_no_path(state: State) -> None:
    one = verdict(signed(holder(*QUALIFIED)), snapshot(listed(state)))
    assert worth(one) == (
        Indication.INDETERMINATE, SignatureKind.UNKNOWN, Qualification.NOT_APPLICABLE
    )  # fmt: skip
    assert one.sub_indication is SubIndication.NO_CERTIFICATE_CHAIN_FOUND


def test_an_issuer_that_no_list_knows_makes_nothing_qualified() -> None:
    anchored = TrustStore(anchors=(issuer().certificate,))
    other = snapshot(listed(by=issuer("Inny wystawca")))
    assert verdict(signed(holder(*QUALIFIED)), None, anchored).kind is SignatureKind.QUALIFIED
    one = verdict(signed(holder(*QUALIFIED)), other, anchored)
    assert worth(one) == (
        Indication.TOTAL_PASSED, SignatureKind.ADVANCED, Qualification.NOT_APPLICABLE
    )  # fmt: skip
    assert one.service is None


def test_the_issuer_need_not_come_with_the_signature_nor_its_word_count() -> None:
    impostor = issuer("Podszywacz")
    posing = holder(*QUALIFIED, by=impostor)
    lists = snapshot(listed())
    one = verdict(signed(posing, impostor), lists)
    assert one.sub_indication is SubIndication.NO_CERTIFICATE_CHAIN_FOUND
    assert verdict(signed(holder(*QUALIFIED), issuer()), lists).kind is SignatureKind.QUALIFIED


def test_an_expired_certificate_leaves_open_whether_it_was_qualified() -> None:
    old = holder(*QUALIFIED, until="20250701000000Z")
    one = verdict(signed(old), snapshot(listed()))
    assert worth(one) == (
        Indication.INDETERMINATE, SignatureKind.QUALIFIED, Qualification.INDETERMINATE_QESIG
    )  # fmt: skip
    stamped = signed(old, stamped_at=moment(2025, 3))
    proved = verdict(stamped, snapshot(listed(), stamping()))
    assert proved.best_signature_time == moment(2025, 3)
    assert proved.kind is SignatureKind.QUALIFIED


def test_an_expired_certificate_without_a_device_is_still_of_an_advanced_signature() -> None:
    until = "20250701000000Z"
    lists = snapshot(listed())
    one = verdict(signed(holder(COMPLIANT, TO_SIGN, until=until)), lists)
    assert worth(one) == (
        Indication.INDETERMINATE, SignatureKind.ADVANCED, Qualification.INDETERMINATE_ADESIG_QC
    )  # fmt: skip
    seal = holder(TO_SEAL, subject=OFFICE, until=until)
    assert verdict(signed(seal), lists).kind is SignatureKind.SEAL
    anchored = TrustStore(anchors=(issuer().certificate,))
    other = snapshot(listed(by=issuer("Inny wystawca")))
    unlisted = verdict(signed(holder(COMPLIANT, TO_SIGN, until=until)), other, anchored)
    assert worth(unlisted)[1:] == (SignatureKind.UNKNOWN, Qualification.NOT_APPLICABLE)


def test_a_missing_list_of_the_issuers_country_is_said() -> None:
    broken = Draft(services=(listed(),), changes=((">65535<", ">1<"),), sequence=0)
    lists = snapshot(draft=replace(broken, type="urn:x", without="SchemeName"))
    report = judged(signed(holder(*QUALIFIED)), lists)
    assert lists.identity.missing == ("EU", "PL")
    assert report.sub_indication is SubIndication.NO_CERTIFICATE_CHAIN_FOUND
    assert {"CHAIN-NONE", "TL-UNREADABLE"} <= codes(report)
    elsewhere = holder(*QUALIFIED, by=issuer("Niemiecki", "DE"))
    assert "TL-UNREADABLE" not in codes(judged(signed(elsewhere), lists))


def test_a_country_has_the_name_that_lists_give_it() -> None:
    lists = replace(snapshot(listed()), problems=())
    greek = replace(lists.identity, missing=("EL",))
    lists.__dict__["identity"] = greek
    signed_there = signed(holder(*QUALIFIED, by=issuer("Grecki", "GR")))
    assert "TL-UNREADABLE" in codes(judged(signed_there, lists))


def test_an_expired_list_serves_with_a_warning() -> None:
    stale = Draft(services=(listed(),), next_update="<dateTime>2026-01-11T00:00:00Z</dateTime>")
    report = judged(signed(holder(*QUALIFIED)), snapshot(draft=stale))
    assert report.indication is Indication.TOTAL_PASSED
    assert report.signatures[0].kind is SignatureKind.QUALIFIED
    assert "TL-EXPIRED" in codes(report)
    assert "TL-EXPIRED" not in codes(judged(signed(holder(*QUALIFIED)), snapshot(listed())))


def test_a_broken_signature_is_no_qualified_one() -> None:
    data = signed(holder(*QUALIFIED)).replace(b"SigningTime>2026-01-12", b"SigningTime>2026-01-13")
    one = verdict(data, snapshot(listed()))
    assert worth(one) == (
        Indication.TOTAL_FAILED, SignatureKind.UNKNOWN, Qualification.NOT_APPLICABLE
    )  # fmt: skip


def test_a_trusted_profile_seal_is_not_weighed_by_lists() -> None:
    seal = make_pki().trusted_profile
    data = sign(LETTER, Shape(key=seal, role=pz_role()))
    lists = snapshot(listed())
    assert worth(verdict(data, lists, make_pki().trust)) == (
        Indication.TOTAL_PASSED, SignatureKind.TRUSTED, Qualification.PPZP
    )  # fmt: skip
    bare = verdict(sign(LETTER, Shape(key=seal)), lists, make_pki().trust)
    assert worth(bare)[1:] == (SignatureKind.UNKNOWN, Qualification.NOT_APPLICABLE)


def test_only_a_polish_service_issues_for_the_polish_identity_card() -> None:
    card = issuer("PL ID Podpis")
    data = signed(holder(TO_SIGN, by=card))
    here, abroad = (snapshot(listed(by=card), territory=one) for one in ("PL", "DE"))
    assert verdict(data, here).kind is SignatureKind.PERSONAL
    assert verdict(data, abroad).kind is SignatureKind.ADVANCED


def test_a_service_of_before_eidas_vouched_too() -> None:
    old = State(UNDER_SUPERVISION, moment(2010), purposes=())
    one = verdict(signed(holder(*QUALIFIED)), snapshot(listed(old)))
    assert one.kind is SignatureKind.QUALIFIED


def test_of_two_services_of_one_authority_the_qualified_one_is_named() -> None:
    lists = snapshot(listed(State(type=CA_PKC, purposes=())), listed())
    one = verdict(signed(holder(*QUALIFIED)), lists)
    assert one.kind is SignatureKind.QUALIFIED
    assert one.service is not None
    assert one.service.type == CA_QC


def test_the_report_says_which_lists_stood_behind_it() -> None:
    lists = snapshot(listed())
    data = json.loads(report_as_json(judged(signed(holder(*QUALIFIED)), lists)))
    used = data["trusted_lists"]
    assert used["sha256"] == lists.identity.sha256
    assert used["taken_at"] == "2026-01-12T09:11:12Z"
    assert [one["territory"] for one in used["lists"]] == ["PL"]
    assert used["lists"][0]["sequence"] == 7
    assert data["policy"]
    assert data["signatures"][0]["service"]["provider"] == "Provider"
    assert json.loads(report_as_json(judged(b"<a/>", lists)))["trusted_lists"] == used
    assert json.loads(report_as_json(judged(b"<a/>", None)))["trusted_lists"] is None


def test_the_same_inputs_give_the_same_report() -> None:
    data = signed(holder(*QUALIFIED), stamped_at=moment(2025, 7))
    held = ListBytes(None, {"PL": Draft(services=(listed(), stamping())).signed()})
    newer = ListBytes(None, {"PL": Draft(sequence=8, services=(listed(), stamping())).signed()})
    first, again, other = (
        build_snapshot(given, pinned=(certificate_of(PL_KEY),), at=AT)
        for given in (held, held, newer)
    )
    at = moment(2026, 1, 20)
    report = report_as_json(judged(data, first, at=at))
    assert report_as_json(judged(data, again, at=at)) == report
    assert report_as_json(judged(data, other, at=at)) != report
    assert first.identity.sha256 == again.identity.sha256 != other.identity.sha256


def test_closed_lists_and_their_dates_are_written() -> None:
    closed = Draft(services=(listed(),), next_update="")
    used = judged(signed(holder(*QUALIFIED)), snapshot(draft=closed)).trusted_lists
    assert used is not None
    assert used.editions[0].next_update is None
    assert not used.editions[0].is_stale_at(AT + timedelta(days=9999))


def test_an_institution_seal_needs_no_list() -> None:
    trust = make_pki().trust
    one = verdict(sign(LETTER, Shape(key=make_pki().seal)), snapshot(listed()), trust)
    assert worth(one) == (
        Indication.TOTAL_PASSED, SignatureKind.SEAL, Qualification.NOT_APPLICABLE
    )  # fmt: skip
    assert certificate_of(make_pki().seal) in trust.institution_seals
