from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.evidence import AlgorithmUse, Use
from skrytka.core.signatures.lists.problems import TEXTS, ListFault, ListProblem
from skrytka.core.signatures.lists.reading import parse_list
from skrytka.core.signatures.lists.taking import OpenedList, TakenList, of_signature, take_list
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import SubIndication
from skrytka.core.signatures.xmldsig.examine import examine_xml
from skrytka.core.signatures.xmldsig.references import DetachedFiles
from tests.core.signatures.crafting import Shape, sign
from tests.core.signatures.lists.making import (
    EU_TYPE,
    LOTL,
    PL_KEY,
    STRANGER,
    Draft,
    moment,
    operator,
    read_back,
    stamp,
)
from tests.world.pki import AT, Terms, certificate_of

ALLOWED = (certificate_of(PL_KEY),)


def take(data: bytes) -> TakenList:
    return take_list(data, allowed=ALLOWED, at=AT)


def faults(taken: TakenList) -> set[ListFault]:
    return {problem.fault for problem in taken.problems}


def test_a_good_list_is_taken_with_its_values() -> None:
    taken = take(Draft().signed())
    assert taken.problems == ()
    assert taken.list is not None
    assert (taken.list.territory, taken.list.sequence, taken.list.version) == ("PL", 7, 5)
    assert taken.list.next_update is not None
    assert taken.list.information == ("https://journal.example/oj",)
    assert taken.opened.sub_indication is None


@pytest.mark.parametrize(
    "around",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b" \r\n\t" + data + b"\n\n",
        lambda data: b"\xef\xbb\xbf \n" + data,
        lambda data: data.split(b"?>", 1)[1],
        lambda data: data.replace(b"UTF-8", b"UTF-16", 1).decode().encode("utf-16"),
    ],
)
def test_marks_and_blanks_around_a_list_do_not_matter(around: Callable[[bytes], bytes]) -> None:
    assert take(around(Draft().signed())).problems == ()


def test_a_changed_list_is_refused_as_changed() -> None:
    taken = take(Draft().signed().replace(b">65535<", b">65536<"))
    assert taken.list is None
    assert faults(taken) == {ListFault.SIGNATURE_BROKEN}
    assert taken.opened.sub_indication is SubIndication.HASH_FAILURE
    assert taken.opened.unverified is not None


def test_a_list_without_a_signature_is_refused() -> None:
    taken = take(Draft().xml().replace("{signature}", "").encode())
    assert faults(taken) == {ListFault.NO_SIGNATURE}
    assert taken.list is None


def test_a_list_with_two_signatures_is_refused_although_both_are_good() -> None:
    once = Draft().xml().replace("{signature}", "{signature}" + Shape(key=STRANGER, id="S2").xml())
    taken = take(sign(once, Shape(key=PL_KEY)))
    assert faults(taken) == {ListFault.SIGNATURES}
    assert "ds:Signature" in taken.problems[0].text
    assert taken.list is None


@pytest.mark.parametrize("data", [b"", b"<a>", b"<!DOCTYPE a><a/>", Draft().signed()[:-9]])
def test_what_is_not_xml_is_refused_and_not_repaired(data: bytes) -> None:
    taken = take(data)
    assert faults(taken) == {ListFault.NOT_XML}
    assert taken.opened.sub_indication is SubIndication.FORMAT_FAILURE


def test_a_stranger_does_not_sign_lists() -> None:
    taken = take(Draft().signed(STRANGER))
    assert faults(taken) == {ListFault.SIGNER_UNKNOWN}
    assert taken.list is None


@pytest.mark.parametrize("at", [moment(2020), moment(2030)])
def test_a_signer_counts_only_while_its_certificate_is_in_force(at: datetime) -> None:
    taken = take_list(Draft().signed(), allowed=ALLOWED, at=at)
    assert ListFault.SIGNER_NOT_IN_FORCE in faults(taken)
    assert taken.list is None


def test_a_stale_list_is_taken_with_a_warning() -> None:
    taken = take(Draft(next_update=f"<dateTime>{stamp(moment(2026))}</dateTime>").signed())
    assert faults(taken) == {ListFault.STALE}
    assert taken.list is not None


def test_a_closed_list_never_grows_stale() -> None:
    taken = take(Draft(next_update="").signed())
    assert taken.problems == ()
    assert taken.list is not None
    assert taken.list.next_update is None


@pytest.mark.parametrize(
    "name",
    [
        "TSLVersionIdentifier",
        "TSLSequenceNumber",
        "SchemeOperatorAddress",
        "SchemeTerritory",
        "ListIssueDateTime",
        "NextUpdate",
    ],
)
def test_a_missing_element_is_named_and_refused(name: str) -> None:
    taken = take(Draft(without=name).signed())
    missing = ListProblem(ListFault.ELEMENT_MISSING, name)
    assert missing in taken.problems
    assert name in missing.text
    assert taken.list is None


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        (">7<", ">siedem<", "TSLSequenceNumber"),
        (">7<", ">99999999999<", "TSLSequenceNumber"),
        (">5<", ">3<", "TSLVersionIdentifier"),
        ("<ListIssueDateTime>20", "<ListIssueDateTime>x20", "ListIssueDateTime"),
        ("<dateTime>20", "<dateTime>x20", "dateTime"),
    ],
)
def test_a_wrong_value_is_named_and_refused(old: str, new: str, name: str) -> None:
    taken = take(Draft(changes=((old, new),)).signed())
    assert ListProblem(ListFault.ELEMENT_VALUE, name) in taken.problems
    assert taken.list is None


def test_a_repeated_element_is_refused() -> None:
    again = ("<SchemeTerritory>", "<SchemeTerritory>DE</SchemeTerritory><SchemeTerritory>")
    taken = take(Draft(changes=(again,)).signed())
    assert ListProblem(ListFault.ELEMENT_REPEATED, "SchemeTerritory") in taken.problems


def test_another_document_is_not_a_list() -> None:
    taken = take(sign("<Pismo>{signature}</Pismo>", Shape(key=PL_KEY)))
    assert faults(taken) == {ListFault.NOT_A_LIST}


def test_a_list_without_scheme_information_is_refused() -> None:
    namespace = "http://uri.etsi.org/02231/v2#"
    root = parse_xml(f'<TrustServiceStatusList xmlns="{namespace}"/>'.encode())
    parsed = parse_list(root)
    assert parsed.list is None
    assert parsed.problems == (ListProblem(ListFault.ELEMENT_MISSING, "SchemeInformation"),)


def test_a_plain_signature_is_not_enough() -> None:
    taken = take(sign(Draft().xml(), Shape(key=PL_KEY, qualifying="")))
    assert faults(taken) == {ListFault.SIGNATURE_BROKEN}


def test_a_weak_digest_is_refused() -> None:
    (good,) = examine_xml(Draft().signed(), DetachedFiles({})).signatures
    weak = replace(good, algorithms=(AlgorithmUse(Use.REFERENCE, "sha1"),))
    named = replace(good, algorithms=(AlgorithmUse(Use.CERTIFICATE_REFERENCE, "sha1"),))
    assert of_signature(weak) == (ListProblem(ListFault.SIGNATURE_WEAK),)
    assert of_signature(named) == ()


def test_only_what_was_signed_is_read() -> None:
    data = Draft().signed().replace(b">7</TSLSequenceNumber>", b"><!---->7</TSLSequenceNumber>")
    taken = take(data)
    assert taken.list is not None
    assert taken.list.sequence == 7


def test_pointers_of_a_refused_list_can_still_be_shown() -> None:
    taken = take(Draft(type=EU_TYPE, pointers=LOTL.pointers, without="SchemeName").signed())
    assert taken.list is None
    assert taken.opened.unverified is not None
    assert [one.territory for one in taken.opened.unverified.pointers] == ["EU", "PL"]


def test_a_certificate_that_cannot_be_read_is_a_warning() -> None:
    broken = "<DigitalId><X509Certificate>AAAA</X509Certificate></DigitalId>"
    not_base64 = "<DigitalId><X509Certificate>!</X509Certificate></DigitalId>"
    pointer = LOTL.pointers[1].replace("<DigitalId>", broken + not_base64 + "<DigitalId>", 1)
    taken = take(Draft(pointers=(pointer,)).signed())
    assert faults(taken) == {ListFault.CERTIFICATE_UNREADABLE}
    assert taken.list is not None
    assert taken.list.pointers[0].certificates == ALLOWED


def test_an_instant_without_an_offset_is_universal_time() -> None:
    plain = ("Z</ListIssueDateTime>", "</ListIssueDateTime>")
    assert read_back(Draft(changes=(plain,))).issued_at == Draft().issued.replace(microsecond=0)


def test_an_expired_signer_is_refused_by_name() -> None:
    old = operator("Dawny operator", Terms(not_after=moment(2025, 6)))
    taken = take_list(Draft().signed(old), allowed=(certificate_of(old),), at=AT)
    assert faults(taken) == {ListFault.SIGNER_NOT_IN_FORCE}


def test_every_fault_has_its_sentence() -> None:
    assert set(TEXTS) == set(ListFault)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (ReasonCode.SIG_VALUE, SubIndication.SIG_CRYPTO_FAILURE),
        (ReasonCode.XSW_DUP_ID, SubIndication.FORMAT_FAILURE),
    ],
)
def test_the_reason_speaks_the_words_of_the_standard(
    code: ReasonCode, expected: SubIndication
) -> None:
    problem = ListProblem(ListFault.SIGNATURE_BROKEN, reasons=(code,))
    assert OpenedList(None, None, None, (problem,)).sub_indication is expected


def test_each_demand_on_the_signature_stands_by_itself() -> None:
    (good,) = examine_xml(Draft().signed(), DetachedFiles({})).signatures
    assert of_signature(good) == ()
    broken = (ListProblem(ListFault.SIGNATURE_BROKEN),)
    assert of_signature(replace(good, intact=False)) == broken
    assert of_signature(replace(good, covers=())) == broken
    assert of_signature(replace(good, content=None)) == broken
