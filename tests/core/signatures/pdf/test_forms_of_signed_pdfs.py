import time

import pytest
from pyhanko.sign import fields

from skrytka.core.signatures.evidence import SignatureEvidence
from skrytka.core.signatures.pdf import examine_pdf
from skrytka.core.signatures.pdf.changes import Change, Level, Permissions, _judged
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import Scope
from tests.core.signatures.pdf.forms import filled, form_pdf, looped, unlooped
from tests.core.signatures.pdf.signing import signed_pdf


def first_of(data: bytes) -> SignatureEvidence:
    return examine_pdf(data).signatures[0]


def test_a_field_filled_later_is_allowed_and_not_covered() -> None:
    signed = signed_pdf(form_pdf())
    found = first_of(filled(signed, "100"))
    assert found.intact
    assert found.security == ()
    assert found.covers[0].scope is Scope.PARTIAL
    assert found.content is not None
    assert found.content.payload == signed


def test_an_answer_given_before_signing_may_not_be_given_anew() -> None:
    found = first_of(filled(signed_pdf(form_pdf(answer="100")), "100000"))
    assert found.intact
    assert found.security == (ReasonCode.PDF_MODIFIED,)


def test_an_answer_given_after_signing_may_not_be_changed_either() -> None:
    found = first_of(filled(filled(signed_pdf(form_pdf()), "100"), "100000"))
    assert found.security == (ReasonCode.PDF_MODIFIED,)


@pytest.mark.parametrize(
    ("permission", "codes"),
    [
        (fields.MDPPerm.NO_CHANGES, (ReasonCode.PDF_MDP,)),
        (fields.MDPPerm.FILL_FORMS, ()),
        (fields.MDPPerm.ANNOTATE, ()),
    ],
)
def test_a_certification_says_whether_answers_may_change(
    permission: fields.MDPPerm, codes: tuple[ReasonCode, ...]
) -> None:
    signed = signed_pdf(form_pdf(answer="100"), permission=permission)
    found = first_of(filled(signed, "200"))
    assert found.security == codes
    assert found.intact is not bool(codes)


@pytest.mark.parametrize(
    ("lock", "codes"),
    [
        (fields.FieldMDPSpec(fields.FieldMDPAction.ALL), (ReasonCode.PDF_MDP,)),
        (fields.FieldMDPSpec(fields.FieldMDPAction.INCLUDE, ["Kwota"]), (ReasonCode.PDF_MDP,)),
        (fields.FieldMDPSpec(fields.FieldMDPAction.EXCLUDE, ["Kwota"]), ()),
    ],
)
def test_a_locked_field_may_not_be_filled(
    lock: fields.FieldMDPSpec, codes: tuple[ReasonCode, ...]
) -> None:
    assert first_of(filled(signed_pdf(form_pdf(), lock=lock), "1")).security == codes


def test_fields_that_are_their_own_children_are_told_in_good_time() -> None:
    before = time.process_time()
    found = examine_pdf(filled(looped(signed_pdf(form_pdf())), "1"))
    assert time.process_time() - before < 1
    assert (found.refusal, found.signatures) == (ReasonCode.PDF_LIMIT, ())


def test_such_fields_are_told_in_an_earlier_revision_too() -> None:
    before = time.process_time()
    found = examine_pdf(unlooped(looped(signed_pdf(form_pdf()))))
    assert time.process_time() - before < 1
    assert (found.refusal, found.signatures) == (ReasonCode.PDF_LIMIT, ())


def test_what_cannot_be_told_is_not_called_forbidden() -> None:
    told = _judged([Change(Level.UNCLEAR)], Permissions(doc_mdp=1))
    assert told == (ReasonCode.PDF_COVERAGE_UNCLEAR,)
