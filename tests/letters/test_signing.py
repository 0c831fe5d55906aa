"""Three ways to sign, and what is refused with which reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from skrytka.accounts.models import Box, Institution, User
from skrytka.core.signatures.sealing import SealShape, SealTemplate
from skrytka.gateways.installed import blobs_of
from skrytka.letters.models import Draft, SigningMode
from skrytka.letters.operations.documents import CannotFreeze, freeze_document
from skrytka.letters.operations.drafts import keeper_of
from skrytka.letters.operations.signing import (
    LARGEST_SIGNED_FILE,
    CannotSign,
    SigningFault,
    accept_signed_file,
    send_unsigned,
    sign_trusted,
)
from skrytka.letters.queries.drafts import draft_view, frozen_document, signed_document
from tests.world.attachments import draft_of
from tests.world.letters import LATER, confirm_profile, confirmation, sign_as_author, written_draft
from tests.world.pki import AT as PKI_AT
from tests.world.pki import make_pki

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen(anna: User, cuw: Institution) -> Draft:
    draft = written_draft(anna, cuw)
    freeze_document(draft.id, at=LATER)
    return Draft.objects.get(id=draft.id)


def signed_elsewhere(document: bytes) -> bytes:
    """As a signing program on the person's own computer does it, with their own certificate."""
    template = SealTemplate(make_pki().person, PKI_AT, SealShape.LETTER)
    return template.seal(document, signing_time=PKI_AT, references=(), role=None)


def refusal_of(draft: Draft, data: bytes) -> SigningFault:
    with pytest.raises(CannotSign) as refused:
        accept_signed_file(draft.id, data, at=LATER)
    assert not Draft.objects.get(id=draft.id).signing_mode
    return refused.value.reason


def document_of(draft: Draft) -> bytes:
    document = frozen_document(draft.id)
    assert document is not None
    return document


def test_a_trusted_signature_names_the_person(
    frozen: Draft, anna: User, daria: User, cuw: Institution
) -> None:
    confirm_profile(anna, daria, cuw)
    sign_as_author(frozen.id)
    signed = signed_document(frozen.id)
    assert signed is not None
    assert b"Kowalska" in signed
    view = draft_view(frozen.id, at=LATER)
    assert view is not None
    assert (view.signing_mode, view.is_signed) == (SigningMode.TRUSTED, True)


def test_without_a_confirmed_profile_nobody_signs(frozen: Draft) -> None:
    with pytest.raises(CannotSign) as refused:
        sign_as_author(frozen.id)
    assert refused.value.reason is SigningFault.NO_PROFILE


def test_a_profile_that_ran_out_signs_nothing(
    frozen: Draft, anna: User, daria: User, cuw: Institution
) -> None:
    confirm_profile(anna, daria, cuw)
    much_later = LATER + timedelta(days=4 * 365)
    with pytest.raises(CannotSign) as refused:
        sign_trusted(frozen.id, confirmation(frozen.id), at=much_later)
    assert refused.value.reason is SigningFault.NO_PROFILE


def test_a_second_factor_serves_one_document_only(
    frozen: Draft, anna: User, daria: User, cuw: Institution
) -> None:
    confirm_profile(anna, daria, cuw)
    for stolen in (
        replace(confirmation(frozen.id), purpose="log-in"),
        replace(confirmation(frozen.id), user_id=daria.pk),
    ):
        with pytest.raises(CannotSign) as refused:
            sign_trusted(frozen.id, stolen, at=LATER)
        assert refused.value.reason is SigningFault.FACTOR


def test_a_document_signed_elsewhere_is_taken_back(frozen: Draft) -> None:
    accept_signed_file(frozen.id, signed_elsewhere(document_of(frozen)), at=LATER)
    assert Draft.objects.get(id=frozen.id).signing_mode == SigningMode.UPLOADED


def test_a_document_changed_after_signing_is_refused(frozen: Draft) -> None:
    signed = signed_elsewhere(document_of(frozen))
    changed = signed.replace("Proszę".encode(), "Żądam".encode())
    assert changed != signed
    assert refusal_of(frozen, changed) is SigningFault.BAD


def test_another_document_with_a_good_signature_is_refused(frozen: Draft) -> None:
    other = document_of(frozen).replace("Proszę".encode(), "Żądam".encode())
    assert refusal_of(frozen, signed_elsewhere(other)) is SigningFault.OTHER_CONTENT


def test_a_file_without_a_signature_is_told_as_such(frozen: Draft) -> None:
    assert refusal_of(frozen, document_of(frozen)) is SigningFault.NOT_SIGNED


@pytest.mark.parametrize("data", [b"", b"nie xml", b"<!DOCTYPE a><a/>", b"PK\x03\x04"])
def test_what_is_no_signed_xml_is_refused(frozen: Draft, data: bytes) -> None:
    assert refusal_of(frozen, data) in {SigningFault.NOT_SIGNED, SigningFault.BAD}


def test_a_file_too_large_to_be_the_document_is_refused(frozen: Draft) -> None:
    assert refusal_of(frozen, b" " * (LARGEST_SIGNED_FILE + 1)) is SigningFault.TOO_LARGE


def test_a_box_that_wants_signatures_takes_no_letter_without(frozen: Draft) -> None:
    Box.objects.update(accepts_unsigned=False)
    with pytest.raises(CannotSign) as refused:
        send_unsigned(frozen.id)
    assert refused.value.reason is SigningFault.NEEDED


def test_a_service_that_needs_a_signature_refuses_without_one(frozen: Draft) -> None:
    frozen.card.required_signature = "REQUIRED"
    frozen.card.save()
    with pytest.raises(CannotSign) as refused:
        send_unsigned(frozen.id)
    assert refused.value.reason is SigningFault.NEEDED


def test_only_a_frozen_document_is_signed(anna: User, cuw: Institution) -> None:
    draft = written_draft(anna, cuw)
    with pytest.raises(CannotSign) as refused:
        send_unsigned(draft.id)
    assert refused.value.reason is SigningFault.NOT_FROZEN


def test_an_incomplete_draft_is_not_frozen(anna: User) -> None:
    with pytest.raises(CannotFreeze) as refused:
        freeze_document(draft_of(anna).id, at=LATER)
    assert [problem.gap for problem in refused.value.problems] == ["A-NONE", "T-EMPTY", "B-EMPTY"]


def test_what_was_signed_is_what_was_shown(frozen: Draft) -> None:
    shown = document_of(frozen)
    accept_signed_file(frozen.id, signed_elsewhere(shown), at=LATER)
    signed = signed_document(frozen.id)
    assert signed is not None
    head, _, tail = signed.partition(b"<ds:Signature")
    assert head + tail.rpartition(b"</ds:Signature>")[2] == shown
    assert blobs_of(keeper_of(frozen)).has(frozen.document_sha256)
