"""What an administrator sets, and that the journal names them for it."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import Box, Institution, Role, User
from skrytka.accounts.queries import institution_of_id
from skrytka.accounts.queries.staff import staff_of
from skrytka.config import clock
from skrytka.core.calendar import civil_date
from skrytka.ledger.models import Event
from skrytka.letters.queries.policies import attachment_policy_for
from tests.desk.world import client_at, employed
from tests.world.letters import sent_letter
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
DATES = {
    f"{name}_{part}": value
    for name in ("published_on", "prepared_on")
    for part, value in (("day", "1"), ("month", "3"), ("year", "2026"))
}
TERMS = {
    "macros": "REFUSE", "scripts": "REPORT", "embedded_files": "REPORT", "locked": "REPORT",
    "archive_nesting": "1", "archive_entries": "200", "archive_depth": "3",
    "archive_megabytes": "500", "archive_ratio": "50", "longest_name": "100",
}  # fmt: skip


@pytest.fixture
def grzegorz(cuw: Institution) -> User:
    return employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR)


@pytest.fixture
def admin(grzegorz: User) -> PageClient:
    return client_at(grzegorz)


def post(client: PageClient, name: str, **sent: object) -> str:
    return client.post(reverse(f"desk:{name}"), sent, follow=True).content.decode()


def last_event() -> Event:
    return Event.objects.latest("id")


def test_a_box_is_closed_renamed_and_tells_others(
    admin: PageClient, grzegorz: User, cuw: Institution
) -> None:
    box = Box.objects.get(name="skrytka")
    address = reverse("desk:box", args=[box.pk])
    assert "Skrytka /ZOJO_Cieszyn/skrytka" in admin.get(address).content.decode()
    sent = {"title": "Dla firm", "purpose": "Firmy", "notify": "a@example.pl\n\nb@example.pl "}
    page = admin.post(address, sent, follow=True).content.decode()
    assert "Zamknięta" in page
    box.refresh_from_db()
    assert (box.title, box.notify, box.is_open) == (
        "Dla firm", ["a@example.pl", "b@example.pl"], False,
    )  # fmt: skip
    event = last_event()
    assert (event.kind, event.actor_id) == ("SETTINGS_CHANGED", str(grzegorz.pk))
    assert event.data == {"what": "BOX", "box": box.pk, "fields": "title,purpose,notify,is_open"}
    assert event.remote_address == "127.0.0.1"


def test_faults_of_a_box_are_told_and_nothing_changes(admin: PageClient) -> None:
    box = Box.objects.get(name="skrytka")
    sent = {"title": "", "purpose": "Firmy", "notify": "to nie adres"}
    page = admin.post(reverse("desk:box", args=[box.pk]), sent).content.decode()
    assert "Wpisz nazwę skrytki" in page
    assert "kancelaria@example.pl" in page
    assert "to nie adres" in page
    box.refresh_from_db()
    assert box.is_open


def test_saving_without_a_change_records_nothing(admin: PageClient) -> None:
    box = Box.objects.get(name="skrytka")
    before = Event.objects.count()
    sent = {"title": box.title, "purpose": box.purpose, "notify": "", "is_open": "on"}
    admin.post(reverse("desk:box", args=[box.pk]), sent)
    assert Event.objects.count() == before


def test_a_box_of_another_institution_does_not_exist(
    admin: PageClient, town_hall: Institution
) -> None:
    box = Box.objects.get(institution=town_hall)
    assert admin.get(reverse("desk:box", args=[box.pk])).status_code == 404


def test_a_person_with_an_account_is_employed_by_email(
    admin: PageClient, cuw: Institution, celina: User
) -> None:
    page = post(admin, "staff", email="CELINA@example.pl", role="FRONT_DESK")
    assert "Celina Wrona" in page
    assert ("Celina Wrona", Role.FRONT_DESK) in [
        (row.name, row.role) for row in staff_of(cuw.pk, at=clock.now())
    ]
    assert "Ta osoba ma już tę rolę." in post(
        admin, "staff", email="celina@example.pl", role="FRONT_DESK"
    )


def test_an_unknown_address_is_told(admin: PageClient) -> None:
    page = post(admin, "staff", email="nikt@example.pl", role="CLERK")
    assert "Nie ma konta z tym adresem." in page
    assert "Wybierz rolę" in post(admin, "staff", email="nikt@example.pl")


def test_a_role_is_taken_away_after_a_question(
    admin: PageClient, cuw: Institution, daria: User
) -> None:
    address = reverse("desk:dismiss", args=[daria.pk, "CLERK"])
    assert "Odbierz rolę: Daria Lis" in admin.get(address).content.decode()
    assert "Rola odebrana." in admin.post(address, follow=True).content.decode()
    assert client_at(daria).get(reverse("desk:inbox")).status_code == 404
    assert admin.get(address).status_code == 404


def test_who_gives_up_their_own_administration_leaves_the_desk(
    admin: PageClient, grzegorz: User
) -> None:
    address = reverse("desk:dismiss", args=[grzegorz.pk, "ADMINISTRATOR"])
    assert admin.post(address)["Location"] == reverse("web:start")


def test_staff_of_others_cannot_be_dismissed(admin: PageClient, edmund: User) -> None:
    assert admin.post(reverse("desk:dismiss", args=[edmund.pk, "CLERK"])).status_code == 404


def test_texts_of_the_public_page_change(admin: PageClient, cuw: Institution) -> None:
    page = post(
        admin, "texts", phone="33 000 00 00", website="example.pl", hours="pon. 8–16\nwt. 8–15",
        channel_effect="Wywołuje skutki od 2020 r.",
    )  # fmt: skip
    assert "Zapisane." in page
    changed = institution_of_id(cuw.pk)
    assert changed is not None
    assert changed.hours == ("pon. 8–16", "wt. 8–15")
    assert changed.website == "https://example.pl"
    assert last_event().data["what"] == "TEXTS"


def test_new_attachment_rules_are_a_new_version(admin: PageClient, cuw: Institution) -> None:
    today = civil_date(clock.now())
    sent = {
        **TERMS, "formats": ["PDF", "JPG"], "megabytes": "20", "file_count": "5",
        "source": "Zarządzenie nr 1", "in_force_on_day": str(today.day),
        "in_force_on_month": str(today.month), "in_force_on_year": str(today.year),
    }  # fmt: skip
    assert "Nowe zasady zapisane." in post(admin, "attachment_rules", **sent)
    policy = attachment_policy_for(cuw.pk, today)
    assert (policy.version, policy.total_bytes, policy.file_count) == (1, 20_000_000, 5)
    assert sorted(policy.formats) == ["JPG", "PDF"]
    post(admin, "attachment_rules", **sent)
    assert attachment_policy_for(cuw.pk, today).version == 2


@pytest.mark.parametrize(("typed", "days"), [("7", 7), ("", 30)])
def test_the_days_of_the_quarantine_are_a_rule_like_any_other(
    admin: PageClient, cuw: Institution, typed: str, days: int
) -> None:
    today = civil_date(clock.now())
    sent = {
        **TERMS, "formats": ["PDF"], "megabytes": "20", "file_count": "5",
        "source": "Zarządzenie nr 2",
        "quarantine_days": typed, "in_force_on_day": str(today.day),
        "in_force_on_month": str(today.month), "in_force_on_year": str(today.year),
    }  # fmt: skip
    assert "Nowe zasady zapisane." in post(admin, "attachment_rules", **sent)
    assert attachment_policy_for(cuw.pk, today).quarantine_days == days
    assert "Wpisz co najmniej 1 dzień" in post(admin, "attachment_rules", quarantine_days="0")


def test_rules_without_formats_or_source_are_refused(admin: PageClient) -> None:
    page = post(admin, "attachment_rules", megabytes="0")
    for text in ("Wybierz co najmniej jeden format", "co najmniej 1", "Podaj źródło"):
        assert text in page


def test_the_statement_is_filled_field_by_field(admin: PageClient, cuw: Institution) -> None:
    sent = {**DATES, "status": "PARTIAL", "exceptions": "Brak napisów", "person": "Jan Łoś"}
    assert "Zapisane." in post(admin, "statement", **sent)
    changed = institution_of_id(cuw.pk)
    assert changed is not None
    assert changed.accessibility["published_on"] == "2026-03-01"
    assert changed.accessibility["updated_on"] == ""
    page = admin.get(reverse("desk:statement")).content.decode()
    assert 'value="2026"' in page


def test_the_journal_says_who_what_when_and_from_where(
    admin: PageClient, anna: User, daria: User, cuw: Institution, edmund: User
) -> None:
    letter = sent_letter(anna, cuw)
    client_at(daria).get(reverse("desk:letter", args=[letter.id]))
    page = admin.get(reverse("desk:journal")).content.decode()
    assert "Otwarte po raz pierwszy" in page
    assert "Daria Lis" in page
    assert "127.0.0.1" in page
    assert '<th role="rowheader" scope="row">Skrytka</th>' in page
    assert f"Pismo {letter.id} (numer w rejestrze: RPW/CUW/00001/2026)" in page
    assert f"Instytucja {cuw.pk} (osoba nr: {daria.pk}, rola: Prowadzący sprawy)" in page
    assert letter.title not in page
    assert "Edmund" not in page


def test_what_the_product_did_bears_its_name_in_every_language(
    admin: PageClient, anna: User, cuw: Institution
) -> None:
    sent_letter(anna, cuw)
    for language in ("en", "uk"):
        page = admin.get(reverse("desk:journal"), headers={"Accept-Language": language})
        assert '<th role="rowheader" scope="row">Skrytka</th>' in page.content.decode()
        assert f'lang="{language}"' in page.content.decode()
