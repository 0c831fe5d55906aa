"""Signing at the desk: the clerk's own signature, a file from elsewhere, a second factor."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from skrytka.accounts.models import Institution, User
from skrytka.core.signatures.sealing import SealShape, SealTemplate
from skrytka.delivery.models import OutgoingDraft, OutgoingSigning
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.ledger.models import OutboxRow
from tests.desk.outgoing.pages import post, text_of, url
from tests.desk.world import client_at
from tests.evidence.test_institution_seal import OtherKeys
from tests.world.desk_drafts import draft_at, frozen, written
from tests.world.judging import BREAKING, breaking_judge
from tests.world.letters import confirm_profile
from tests.world.page_client import PageClient
from tests.world.pki import AT as PKI_AT
from tests.world.pki import make_pki

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk(daria: User) -> PageClient:
    return client_at(daria)


@pytest.fixture
def draft(daria: User, anna: User, cuw: Institution) -> OutgoingDraft:
    return frozen(daria, cuw, anna)


def mailed_code() -> str:
    row = OutboxRow.objects.filter(effect="MAIL").latest("id")
    found = re.search(r"\b\d{6}\b", str(row.payload))
    assert found is not None
    return found[0]


def test_a_code_by_mail_signs_this_document(
    at_desk: PageClient, draft: OutgoingDraft, daria: User, edmund: User, cuw: Institution
) -> None:
    confirm_profile(daria, edmund, cuw)
    assert "Kodem z e-maila" in text_of(at_desk, url("trusted", draft))
    assert "Wysłaliśmy kod" in post(at_desk, "trusted", draft, action="send-code")
    wrong = post(at_desk, "trusted", draft, method="EMAIL_CODE", code="000")
    assert "Kod się nie zgadza." in wrong
    check = post(at_desk, "trusted", draft, method="EMAIL_CODE", code=mailed_code())
    assert "Sprawdź, zanim wyślesz" in check
    assert "Podpis zaufany" in check
    assert draft_at(draft.id).signing_mode == OutgoingSigning.TRUSTED


def test_without_a_profile_the_way_to_one_is_shown(
    at_desk: PageClient, draft: OutgoingDraft
) -> None:
    assert "Najpierw potwierdź swój profil" in text_of(at_desk, url("trusted", draft))


def test_a_made_up_method_is_refused(
    at_desk: PageClient, draft: OutgoingDraft, daria: User, edmund: User, cuw: Institution
) -> None:
    confirm_profile(daria, edmund, cuw)
    page = post(at_desk, "trusted", draft, method="PASSKEY", answer="{}")
    assert "Nie udało się potwierdzić kluczem dostępu." in page


def signed_file(draft: OutgoingDraft) -> SimpleUploadedFile:
    document = blobs_of(draft.institution_id).read(draft.document_sha256)
    template = SealTemplate(make_pki().person, PKI_AT, SealShape.LETTER)
    data = template.seal(document, signing_time=PKI_AT, references=(), role=None)
    return SimpleUploadedFile("pismo.xml", data)


def test_a_file_signed_elsewhere_is_taken_back(at_desk: PageClient, draft: OutgoingDraft) -> None:
    assert "Pobierz pismo do podpisania" in text_of(at_desk, url("signed_file", draft))
    check = post(at_desk, "signed_file", draft, signed_file=signed_file(draft))
    assert "Podpisany plik" in check
    assert draft_at(draft.id).signing_mode == OutgoingSigning.UPLOADED


def test_a_file_without_a_signature_is_told(at_desk: PageClient, draft: OutgoingDraft) -> None:
    assert "Wybierz podpisany plik." in post(at_desk, "signed_file", draft)
    bare = SimpleUploadedFile(
        "pismo.xml", blobs_of(draft.institution_id).read(draft.document_sha256)
    )
    page = post(at_desk, "signed_file", draft, signed_file=bare)
    assert "W tym pliku nie ma podpisu." in page


def test_a_file_that_breaks_the_verifier_signs_nothing(
    at_desk: PageClient, draft: OutgoingDraft
) -> None:
    with breaking_judge():
        hostile = SimpleUploadedFile("pismo.xml", BREAKING)
        page = post(at_desk, "signed_file", draft, signed_file=hostile)
    assert "Nie udało się sprawdzić podpisu w tym pliku, więc go nie przyjęliśmy." in page
    assert "z przyczyn po stronie systemu" in page
    assert not draft_at(draft.id).signing_mode


def test_each_choice_leads_to_its_page(at_desk: PageClient, draft: OutgoingDraft) -> None:
    assert "Wybierz, jak podpisać pismo." in post(at_desk, "signature", draft)
    for chosen, page in (("TRUSTED", "trusted"), ("UPLOADED", "signed_file")):
        answer = at_desk.post(url("signature", draft), {"signature": chosen})
        assert answer["Location"] == url(page, draft)


def test_a_seal_that_does_not_serve_is_told(at_desk: PageClient, draft: OutgoingDraft) -> None:
    before = installed()
    from dataclasses import replace

    install(replace(before, seal_keys=OtherKeys(usable=False)))  # type: ignore[arg-type]
    try:
        page = post(at_desk, "signature", draft, signature="SEALED")
    finally:
        install(before)
    assert "Usługa podpisu teraz nie odpowiada." in page


def test_what_is_not_fixed_yet_leads_back_to_the_letter(
    at_desk: PageClient, daria: User, anna: User, cuw: Institution
) -> None:
    draft = written(daria, cuw, to=anna)
    for page in ("signature", "trusted", "signed_file"):
        assert at_desk.get(url(page, draft))["Location"] == url("letter", draft)
    assert at_desk.get(url("send", draft))["Location"] == url("signature", draft)
