"""Three ways to sign a letter of the desk, and what is refused with which reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from skrytka.accounts.models import Institution, Party, User
from skrytka.core.signatures.sealing import SealShape, SealTemplate
from skrytka.core.signatures.words import Indication, SignatureKind
from skrytka.core.signatures.xades import validate_xades
from skrytka.delivery.models import OutgoingDraft, OutgoingSigning
from skrytka.delivery.operations.documents import freeze_outgoing
from skrytka.delivery.operations.drafts import OutgoingContent, write_outgoing
from skrytka.delivery.operations.signing import (
    accept_outgoing_file,
    seal_outgoing,
    sign_outgoing_trusted,
)
from skrytka.delivery.queries.outgoing import outgoing_document
from skrytka.gateways.installed import blobs_of, installed
from skrytka.ledger.models import Event
from skrytka.letters.operations.signing import CannotSign, SigningFault
from tests.world.desk_drafts import NOW, actor, draft_at, factor, frozen, written
from tests.world.letters import confirm_profile
from tests.world.pki import AT as PKI_AT
from tests.world.pki import make_pki

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(daria: User, anna: User, cuw: Institution) -> OutgoingDraft:
    return frozen(daria, cuw, anna)


def document_of(draft: OutgoingDraft) -> bytes:
    document = outgoing_document(draft.id)
    assert document is not None
    return document


def signed_of(draft: OutgoingDraft) -> bytes:
    return blobs_of(draft.institution_id).read(draft_at(draft.id).signed_sha256)


def signed_elsewhere(document: bytes) -> bytes:
    template = SealTemplate(make_pki().person, PKI_AT, SealShape.LETTER)
    return template.seal(document, signing_time=PKI_AT, references=(), role=None)


def file_refused(draft: OutgoingDraft, data: bytes) -> SigningFault:
    with pytest.raises(CannotSign) as refused:
        accept_outgoing_file(draft.id, data, actor=actor(draft.author), at=NOW)
    assert not draft_at(draft.id).signing_mode
    return refused.value.reason


def test_the_seal_is_the_institution_s_and_names_no_person(
    draft: OutgoingDraft, daria: User
) -> None:
    seal_outgoing(draft.id, actor=actor(daria), at=NOW)
    trust = installed().seal_keys.trust()
    report = validate_xades(signed_of(draft), detached={}, trust=trust, at=NOW)
    assert report.indication is Indication.TOTAL_PASSED
    assert [one.kind for one in report.signatures] != [SignatureKind.TRUSTED]
    kept = draft_at(draft.id)
    assert (kept.signing_mode, kept.signed_by) == (OutgoingSigning.SEALED, None)
    event = Event.objects.get(kind="OUTGOING_SIGNED")
    assert (event.actor_id, event.institution_id) == (str(daria.pk), kept.institution_id)


def test_a_trusted_signature_names_the_clerk(
    draft: OutgoingDraft, daria: User, edmund: User, cuw: Institution
) -> None:
    confirm_profile(daria, edmund, cuw)
    sign_outgoing_trusted(draft.id, factor(draft, daria), actor=actor(daria), at=NOW)
    signed = signed_of(draft)
    assert b"Lis" in signed
    assert daria.party.box_entity.encode() in signed
    kept = draft_at(draft.id)
    assert (kept.signing_mode, kept.signed_by) == (OutgoingSigning.TRUSTED, daria)


def test_a_clerk_without_a_box_signs_in_the_account_of_the_institution(
    draft: OutgoingDraft, daria: User, edmund: User, cuw: Institution
) -> None:
    confirm_profile(daria, edmund, cuw)
    Party.objects.filter(user=daria).delete()
    sign_outgoing_trusted(draft.id, factor(draft, daria), actor=actor(daria), at=NOW)
    assert b"ZOJO_Cieszyn" in signed_of(draft)


def test_without_a_confirmed_profile_no_clerk_signs(draft: OutgoingDraft, daria: User) -> None:
    with pytest.raises(CannotSign) as refused:
        sign_outgoing_trusted(draft.id, factor(draft, daria), actor=actor(daria), at=NOW)
    assert refused.value.reason is SigningFault.NO_PROFILE


def test_a_second_factor_serves_one_document_of_its_author(
    draft: OutgoingDraft, daria: User, edmund: User, cuw: Institution
) -> None:
    confirm_profile(daria, edmund, cuw)
    confirm_profile(edmund, daria, cuw)
    for stolen in (replace(factor(draft, daria), purpose="log-in"), factor(draft, edmund)):
        with pytest.raises(CannotSign) as refused:
            sign_outgoing_trusted(draft.id, stolen, actor=actor(daria), at=NOW)
        assert refused.value.reason is SigningFault.FACTOR
    old = factor(draft, daria)
    write_outgoing(draft.id, OutgoingContent("Inny", "tekst", ""), version=2, at=NOW)
    freeze_outgoing(draft.id, at=NOW)
    with pytest.raises(CannotSign) as refused:
        sign_outgoing_trusted(draft.id, old, actor=actor(daria), at=NOW)
    assert refused.value.reason is SigningFault.FACTOR


def test_a_file_signed_elsewhere_is_kept_as_it_came(draft: OutgoingDraft, daria: User) -> None:
    data = signed_elsewhere(document_of(draft))
    accept_outgoing_file(draft.id, data, actor=actor(daria), at=NOW)
    kept = draft_at(draft.id)
    assert signed_of(draft) == data
    assert (kept.signing_mode, kept.signed_by) == (OutgoingSigning.UPLOADED, daria)


def test_a_file_that_is_not_the_signed_document_is_refused(draft: OutgoingDraft) -> None:
    document = document_of(draft)
    assert file_refused(draft, document) is SigningFault.NOT_SIGNED
    other = signed_elsewhere(document.replace(b"Wezwanie", b"Zaproszenie"))
    assert file_refused(draft, other) is SigningFault.OTHER_CONTENT
    broken = signed_elsewhere(document).replace(b"Wezwanie", b"Zaproszenie")
    assert file_refused(draft, broken) is SigningFault.BAD
    assert file_refused(draft, b" " * 5_000_001) is SigningFault.TOO_LARGE


def test_a_certificate_of_somebody_else_is_refused(
    draft: OutgoingDraft, daria: User, edmund: User, cuw: Institution
) -> None:
    confirm_profile(daria, edmund, cuw)
    from skrytka.accounts.models import ConfirmedProfile

    ConfirmedProfile.objects.filter(user=daria).update(pesel="02270803628")
    data = signed_elsewhere(document_of(draft))
    assert file_refused(draft, data) is SigningFault.ANOTHER_PERSON


def test_what_is_not_frozen_is_not_signed(daria: User, anna: User, cuw: Institution) -> None:
    draft = written(daria, cuw, to=anna)
    with pytest.raises(CannotSign) as refused:
        seal_outgoing(draft.id, actor=actor(daria), at=NOW)
    assert refused.value.reason is SigningFault.NOT_FROZEN


def test_a_seal_that_does_not_serve_leaves_the_letter_unsigned(
    draft: OutgoingDraft, daria: User
) -> None:
    with pytest.raises(CannotSign) as refused:
        seal_outgoing(draft.id, actor=actor(daria), at=NOW + timedelta(days=40 * 365))
    assert refused.value.reason is SigningFault.UNAVAILABLE
    assert not draft_at(draft.id).signing_mode
