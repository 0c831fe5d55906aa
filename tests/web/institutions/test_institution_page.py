"""The public page of an institution says all that a sender has to know."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from skrytka.accounts.models import Box, Institution
from skrytka.letters.operations.attachment_policies import AttachmentRules, adopt_attachment_rules
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 2, 8, tzinfo=UTC)
NBSP = "\N{NO-BREAK SPACE}"
HYPHEN = "\N{NON-BREAKING HYPHEN}"


def page_of(institution: Institution) -> str:
    response = PageClient().get(f"/instytucje/{institution.entity}/")
    assert response.status_code == 200
    return str(response.content.decode()).replace(NBSP, " ")


def rules_of(page: str) -> list[list[str]]:
    """The pills of each box, box by box."""
    boxes = page.split('id="boxes"')[1].split("</section>", maxsplit=1)[0].split("<li>")[1:]
    return [re.findall(r'<span class="govuk-tag[^>]*>([^<]+)</span>', box) for box in boxes]


def change(institution: Institution, **fields: object) -> None:
    Institution.objects.filter(pk=institution.pk).update(**fields)


def test_both_boxes_are_there_with_their_rules_and_a_copy_button(cuw: Institution) -> None:
    page = page_of(cuw)
    assert 'data-copy="/ZOJO_Cieszyn/SkrytkaESP"' in page
    assert 'data-copy="/ZOJO_Cieszyn/skrytka"' in page
    assert rules_of(page) == [
        ["Pisma podpisane i niepodpisane", "Wszyscy, także urzędy"],
        [
            "Tylko pisma podpisane",
            "Obywatele, firmy, stowarzyszenia",
            "14 dni na odebranie odpowiedzi",
        ],
    ]


def test_one_writes_from_the_page_to_the_basic_box_while_it_is_open(cuw: Institution) -> None:
    start = "/pisma/nowe/pismo-ogolne/?skrytka=%2FZOJO_Cieszyn%2FSkrytkaESP"
    assert f'href="{start}"' in page_of(cuw)
    Box.objects.filter(institution=cuw, is_basic=True).update(is_open=False)
    assert "Napisz pismo" not in page_of(cuw)


def test_a_closed_box_says_so(cuw: Institution) -> None:
    assert "Ta skrytka jest teraz zamknięta" not in page_of(cuw)
    Box.objects.filter(institution=cuw, name="skrytka").update(is_open=False)
    assert "Ta skrytka jest teraz zamknięta" in page_of(cuw)


def test_a_box_for_other_offices_only_says_so(cuw: Institution) -> None:
    Box.objects.filter(institution=cuw, name="skrytka").update(sender_kinds=["INSTITUTION"])
    assert "Tylko urzędy" in page_of(cuw)


def test_the_formats_stand_in_the_order_of_the_seed(cuw: Institution) -> None:
    page = page_of(cuw)
    names = ["DOC", "RTF", "XLS", "CSV", "TXT", "GIF", "TIF", "BMP", "JPG", "PDF", "ZIP"]
    assert "".join(f"<li>{name}</li>" for name in names) in page
    assert "Wszystkie załączniki razem: do 150" in page


def test_the_attachment_rules_are_those_in_force_today(cuw: Institution) -> None:
    rules = AttachmentRules("cuw", date(2026, 1, 1), ("PDF", "JPG"), 5_000_000, "zarządzenie")
    adopt_attachment_rules(cuw.pk, rules, at=AT)
    page = page_of(cuw)
    assert "<li>JPG</li><li>PDF</li>" in page
    assert "<li>DOC</li>" not in page
    assert "Wszystkie załączniki razem: do 5" in page


def test_numbers_are_formatted_for_people(town_hall: Institution) -> None:
    page = page_of(town_hall)
    assert "548-001-85-04" in page
    assert "000515709" in page
    assert "2403011" in page


def test_a_number_that_no_longer_passes_is_shown_as_it_stands(town_hall: Institution) -> None:
    change(town_hall, nip="1111111112")
    assert "1111111112" in page_of(town_hall)


def test_a_disc_is_brought_to_the_room_that_the_institution_named(cuw: Institution) -> None:
    page = page_of(cuw)
    assert f"na płycie CD{HYPHEN}RW lub DVD{HYPHEN}RW." in page
    assert "Pokój 103, w godzinach pracy" in page


def test_an_institution_that_takes_no_discs_does_not_invite_them(town_hall: Institution) -> None:
    assert "Na płycie CD lub DVD" not in page_of(town_hall)


def test_malware_is_refused_in_words(cuw: Institution) -> None:
    assert "Zainfekowanych plików i płyt nie przyjmujemy." in page_of(cuw)


def test_the_legal_effect_is_what_the_institution_configured_and_nothing_else(
    cuw: Institution,
) -> None:
    assert "Skutek prawny" not in page_of(cuw)
    change(cuw, channel_effect="Skuteczne dla skarg i wniosków.")
    page = page_of(cuw)
    assert "Skutek prawny" in page
    assert "Skuteczne dla skarg i wniosków." in page


def test_letters_that_need_a_signature_are_named_by_the_institution(cuw: Institution) -> None:
    change(cuw, signature_rule="Odwołanie podpisz.", paper_room="101")
    page = page_of(cuw)
    assert "Odwołanie podpisz." in page
    assert "Pokój 101" in page


def test_an_office_of_the_same_commune_is_shown_with_its_own_address(
    cuw: Institution, town_hall: Institution
) -> None:
    assert town_hall.name not in page_of(cuw)
    Institution.objects.update(commune="Cieszyn")
    page = page_of(cuw)
    assert town_hall.name in page
    assert 'data-copy="/u390efc0tm/SEKAP"' in page
    assert "Gmina Cieszyn" in page
    assert "Instytucja publiczna, gmina Cieszyn" in page


def test_contact_data_are_links_where_they_can_be(cuw: Institution) -> None:
    change(
        cuw,
        phone="+48 33 47 94 200",
        email="urzad@um.cieszyn.pl",
        website="https://um.cieszyn.example/",
        hours=["pon.–śr. 7:30–15:30", "czw. 7:30–17:00"],
        privacy_text="Administratorem jest CUW.",
    )
    page = page_of(cuw)
    assert 'href="tel:+48334794200"' in page
    assert 'href="mailto:urzad@um.cieszyn.pl"' in page
    assert "pon.–śr. 7:30–15:30<br>czw. 7:30–17:00" in page
    assert "/informacje/prywatnosc/ZOJO_Cieszyn/" in page


def test_an_unknown_or_inactive_institution_is_not_found(cuw: Institution) -> None:
    assert PageClient().get("/instytucje/nobody/").status_code == 404
    assert PageClient().get("/instytucje/%00/").status_code == 404
    change(cuw, is_active=False)
    assert PageClient().get("/instytucje/ZOJO_Cieszyn/").status_code == 404


def test_the_limit_of_one_file_is_told_where_it_is_lower(cuw: Institution) -> None:
    assert "Jeden plik: do" not in page_of(cuw)
    rules = AttachmentRules("cuw", date(2026, 1, 1), ("PDF",), 5_000_000, "zarządzenie")
    adopt_attachment_rules(cuw.pk, replace(rules, largest_file=2_000_000), at=AT)
    assert "Jeden plik: do 2" in page_of(cuw)


def test_a_box_that_takes_other_files_says_so(cuw: Institution) -> None:
    box = Box.objects.get(institution=cuw, name="skrytka")
    rules = AttachmentRules("cuw", date(2026, 1, 1), ("PDF",), 5_000_000, "zarządzenie")
    adopt_attachment_rules(cuw.pk, replace(rules, box_id=box.pk), at=AT)
    assert "Formaty: PDF. Wszystkie pliki razem mogą mieć do 5" in page_of(cuw)
