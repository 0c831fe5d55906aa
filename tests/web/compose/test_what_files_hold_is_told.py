"""The sender reads what the institution will see of a file, when adding it and before sending."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from skrytka.accounts.models import Box, Institution, User
from skrytka.gateways.installed import installed
from skrytka.gateways.malware import Silent
from skrytka.letters.models import Draft
from skrytka.letters.operations.attachment_policies import adopt_attachment_rules
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.drafts import choose_addressee
from skrytka.letters.operations.signing import send_unsigned
from tests.letters.test_remarks_go_with_the_file import OPEN, SCRIPT, STRICT
from tests.web.compose.conftest import ReaderOf
from tests.world import files
from tests.world.attachments import added, scan_with
from tests.world.letters import LATER

pytestmark = pytest.mark.django_db
TOLD = "Możesz wysłać ten plik. Urząd zobaczy, że jest w nim skrypt."
XHR = {"X-Requested-With": "XMLHttpRequest"}


def test_the_row_of_a_file_tells_what_is_in_it(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    body = {"action": "upload", "files": SimpleUploadedFile("formularz.pdf", SCRIPT)}
    address = reverse("web:draft_files", args=[draft.id])
    assert TOLD in reader_of(anna).post(address, body, headers=XHR).content.decode()


def test_it_is_told_once_more_before_sending(
    reader_of: ReaderOf, anna: User, celina: User, draft: Draft
) -> None:
    added(draft, "formularz.pdf", SCRIPT)
    added(draft, "pismo.pdf", files.pdf())
    freeze_document(draft.id, at=LATER)
    send_unsigned(draft.id)
    address = reverse("web:draft_send", args=[draft.id])
    page = reader_of(anna).get(address).content.decode()
    assert f"formularz.pdf: {TOLD}" in page
    assert "pismo.pdf: Możesz" not in page
    assert reader_of(celina).get(address).status_code == 404


def test_who_sends_unscreened_files_is_told_that_the_receipt_comes_later(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    before = installed().malware
    scan_with(Silent())
    added(draft, "umowa.pdf", files.pdf())
    scan_with(before)
    freeze_document(draft.id, at=LATER)
    send_unsigned(draft.id)
    page = reader_of(anna).get(reverse("web:draft_send", args=[draft.id])).content.decode()
    assert "Jeszcze nie sprawdziliśmy: umowa.pdf. Możesz wysłać pismo:" in page
    assert "Sprawdzimy pliki i przygotujemy urzędowe poświadczenie odbioru (UPO)." in page
    assert "Od razu dostaniesz urzędowe poświadczenie" not in page
    page = reader_of(anna).get(reverse("web:draft_letter", args=[draft.id])).content.decode()
    assert "Załączniki: 0 z 1 gotowych, 1 do sprawdzenia" in page


def test_the_receipt_of_screened_files_comes_at_once(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    added(draft, "umowa.pdf", files.pdf())
    freeze_document(draft.id, at=LATER)
    send_unsigned(draft.id)
    page = reader_of(anna).get(reverse("web:draft_send", args=[draft.id])).content.decode()
    assert "Od razu dostaniesz urzędowe poświadczenie odbioru (UPO)." in page
    assert "Jeszcze nie sprawdziliśmy" not in page


def test_what_another_addressee_refuses_is_told_in_words(
    reader_of: ReaderOf, anna: User, draft: Draft, cuw: Institution, town_hall: Institution
) -> None:
    adopt_attachment_rules(cuw.pk, OPEN, at=LATER)
    adopt_attachment_rules(town_hall.pk, replace(STRICT, largest_file=20_000), at=LATER)
    added(draft, "formularz.pdf", SCRIPT)
    added(draft, "tajne.pdf", files.locked_pdf())
    added(draft, "duzy.txt", files.txt(repeat=900))
    added(draft, "paczka.zip", files.zipped({"b.zip": files.zipped({"a.txt": files.txt()})}))
    choose_addressee(draft.id, Box.objects.get(name="SEKAP").pk, at=LATER)
    draft.refresh_from_db()
    typed = {"title": "Skarga", "body": "Proszę.", "version": draft.version, "action": "next"}
    address = reverse("web:draft_letter", args=[draft.id])
    page = reader_of(anna).post(address, typed).content.decode()
    for text in (
        "W pliku formularz.pdf jest skrypt, a tych nie przyjmujemy.",
        "Plik tajne.pdf jest zabezpieczony hasłem",
        "Jeden plik może mieć najwyżej 20\u00a0kB.",
        "W archiwum paczka.zip jest drugie archiwum",
    ):
        assert text in page


def test_the_limit_of_one_file_is_told_above_the_place_for_files(
    reader_of: ReaderOf, anna: User, draft: Draft, cuw: Institution
) -> None:
    address = reverse("web:draft_letter", args=[draft.id])
    assert "Jeden plik może mieć do" not in reader_of(anna).get(address).content.decode()
    rules = replace(OPEN, total_bytes=20_000_000, largest_file=5_000_000)
    adopt_attachment_rules(cuw.pk, rules, at=LATER)
    page = reader_of(anna).get(address).content.decode()
    assert "razem mogą mieć do 20\u00a0MB. Jeden plik może mieć do 5\u00a0MB." in page
