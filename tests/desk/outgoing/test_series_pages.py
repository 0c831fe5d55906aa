"""The pages of a series: text and list, every line's verdict, drafts, sending, the result."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.config.effects import drain
from skrytka.delivery.models import LetterTemplate, MailMerge, OutgoingDraft, OutgoingLetter
from skrytka.delivery.operations.templates import offer_built_in
from tests.desk.outgoing.pages import text_of
from tests.desk.world import client_at, employed
from tests.world.desk_drafts import NOW, actor, want_second_person
from tests.world.page_client import PageClient
from tests.world.series import BODY, TITLE, csv_of, drafted, series

pytestmark = pytest.mark.django_db
NEW = "desk:series_new"
POSTS = ("series_draft", "series_send", "series_release", "series_drop", "series_change")
PAGES = ("series", "series_result", "series_change", "series_drop")


@pytest.fixture
def at_desk(daria: User) -> PageClient:
    return client_at(daria)


def at(name: str, merge_id: UUID) -> str:
    return reverse(f"desk:{name}", args=[merge_id])


def post(client: PageClient, page: str, merge_id: UUID, **sent: object) -> str:
    return client.post(at(page, merge_id), sent, follow=True).content.decode()


def new(client: PageClient, data: bytes | None, **typed: str) -> str:
    sent: dict[str, object] = {"name": "Podatek", "title": TITLE, "body": BODY, **typed}
    if data is not None:
        sent["table"] = SimpleUploadedFile("lista.csv", data)
    return client.post(reverse(NEW), sent, follow=True).content.decode()


def line_to(user: User) -> str:
    return f"{user.party.box_address};CUW.{user.pk};2026;12,50"


def test_from_the_list_to_the_result(
    at_desk: PageClient, anna: User, celina: User, cuw: Institution
) -> None:
    assert "wielu adresatów" in text_of(at_desk, reverse("desk:outgoing"))
    assert "adres_skrytki" in text_of(at_desk, reverse(NEW))
    seen = new(at_desk, csv_of(line_to(anna), "/nikt/domyslna;1;2026;1", line_to(celina)))
    assert "Dobrych wierszy: 2, do poprawy: 1." in seen
    assert "Nie ma otwartej skrytki pod tym adresem" in seen
    assert "Szanowna Osobo Anna Kowalska." in seen
    assert not OutgoingDraft.objects.exists()
    merge_id = MailMerge.objects.get().id
    made = post(at_desk, "series_draft", merge_id)
    assert "Utworzone pisma: 2." in made
    assert "Zapieczętuj i wyślij wszystkie" in made
    assert "Pisma z tej wysyłki są już utworzone." in post(at_desk, "series_draft", merge_id)
    assert "Pisma w wysyłce: 2." in post(at_desk, "series_send", merge_id)
    assert "Nie ma nic nowego do wysłania." in post(at_desk, "series_send", merge_id)
    drain("test")
    done = text_of(at_desk, at("series", merge_id))
    assert "Wysłano 2 z 2." in done
    assert "Zapieczętuj i wyślij" not in done
    result = at_desk.get(at("series_result", merge_id))
    assert result["Content-Disposition"] == 'attachment; filename="wysylka.csv"'
    lines = result.content.decode("utf-8-sig").splitlines()
    letter = OutgoingLetter.objects.get(party=anna.party)
    assert lines[1] == (
        f"1;{anna.party.box_address};Anna Kowalska;CUW.{anna.pk};Wysłane;{letter.document_no}"
    )
    assert "wysłane: 2" in text_of(at_desk, reverse("desk:outgoing"))


def test_a_formula_leaves_as_text(at_desk: PageClient, anna: User) -> None:
    new(at_desk, csv_of(f"{anna.party.box_address};=1+1;2026;1"))
    merge_id = MailMerge.objects.get().id
    post(at_desk, "series_draft", merge_id)
    assert OutgoingDraft.objects.get().case_mark == "=1+1"
    assert ";'=1+1;" in at_desk.get(at("series_result", merge_id)).content.decode()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"x" * 10_000_000, "Plik ma ponad 1 MB."),
        (csv_of("/a/b;1;2;3") + b"\x00", "To nie jest plik CSV."),
        (csv_of('/a/b;"x;2;3'), "Pliku nie da się odczytać od wiersza 2."),
        (
            csv_of("x", header="adres_skrytki;kwota;Kwota"),
            "Kolumna „kwota” jest na liście",
        ),
        (csv_of("x", header="adres"), "brakuje kolumny „adres_skrytki”"),
        (csv_of("x", header="adres_skrytki;<b>"), "Nazwa kolumny „&lt;b&gt;”"),
        (b"", "Ten plik jest pusty."),
        (None, "Wybierz plik z listą adresatów"),
    ],
)
def test_a_hostile_file_is_told_and_nothing_typed_is_lost(
    at_desk: PageClient, data: bytes | None, told: str
) -> None:
    page = new(at_desk, data, title="Mój tytuł {rok}")
    assert told in page
    assert "Mój tytuł {rok}" in page
    assert "<title>Błąd: " in page
    assert not MailMerge.objects.exists()


def test_a_place_without_a_column_is_named(at_desk: PageClient, anna: User) -> None:
    page = new(at_desk, csv_of(line_to(anna)), body="Zapłać {kowta}")
    assert "W tekście są pola, których nie ma na liście: {kowta}." in page
    merge_id = MailMerge.objects.get().id
    assert "{kowta}" in post(at_desk, "series_draft", merge_id)
    assert not OutgoingDraft.objects.exists()


def test_text_is_mended_and_the_list_stays(at_desk: PageClient, anna: User) -> None:
    new(at_desk, csv_of(line_to(anna)), body="Zapłać {kowta}")
    merge_id = MailMerge.objects.get().id
    assert "Zapłać {kowta}" in text_of(at_desk, at("series_change", merge_id))
    typed = {"name": "Podatek", "title": TITLE, "body": "Zapłać {kwota}"}
    assert "Zapłać 12,50" in post(at_desk, "series_change", merge_id, **typed)
    bad = SimpleUploadedFile("lista.csv", b"adres\nx")
    assert "brakuje kolumny" in post(at_desk, "series_change", merge_id, **typed, table=bad)


def test_a_template_is_a_place_to_begin(at_desk: PageClient, daria: User, cuw: Institution) -> None:
    offer_built_in(cuw.pk, actor=actor(daria), at=NOW)
    template = LetterTemplate.objects.get(code="wplyw")
    assert "Potwierdzenie wpływu" in text_of(at_desk, reverse(NEW))
    page = text_of(at_desk, f"{reverse(NEW)}?szablon={template.pk}")
    assert "Potwierdzamy, że pismo" in page
    assert at_desk.get(f"{reverse(NEW)}?szablon=x").status_code == 200


def test_another_clerk_lets_the_series_go(
    at_desk: PageClient, daria: User, anna: User, cuw: Institution
) -> None:
    want_second_person(cuw)
    hanna = client_at(employed("Hanna", "Bury", cuw, Role.CLERK))
    merge_id = drafted(daria, cuw, anna)
    assert "przekaż do zatwierdzenia" in text_of(at_desk, at("series", merge_id))
    post(at_desk, "series_send", merge_id)
    drain("test")
    assert "Zatwierdź i wyślij wszystkie" not in text_of(at_desk, at("series", merge_id))
    assert "Swojego pisma nie możesz" in post(at_desk, "series_release", merge_id)
    assert "Zatwierdź i wyślij wszystkie" in text_of(hanna, at("series", merge_id))
    assert hanna.post(at("series_send", merge_id)).status_code == 404
    post(hanna, "series_release", merge_id)
    drain("test")
    assert OutgoingLetter.objects.count() == 1


def test_a_series_is_put_away_after_a_question(
    at_desk: PageClient, daria: User, anna: User, cuw: Institution
) -> None:
    merge_id = drafted(daria, cuw, anna)
    assert "Usunąć wysyłkę?" in text_of(at_desk, at("series_drop", merge_id))
    post(at_desk, "series_drop", merge_id)
    assert OutgoingDraft.objects.get().state == "DISCARDED"


def test_why_a_letter_did_not_go_stands_beside_it(
    at_desk: PageClient, daria: User, anna: User, cuw: Institution
) -> None:
    merge_id = drafted(daria, cuw, anna)
    for note, told in (
        ("INCOMPLETE", "Pismo jest niekompletne."),
        ("CHANGED", "zmieniło się w międzyczasie"),
        ("ADDRESSEE_CLOSED", "Adresat nie przyjmuje teraz pism"),
        ("QUEUED", "Odśwież"),
    ):
        OutgoingDraft.objects.update(merge_note=note)
        assert told in text_of(at_desk, at("series", merge_id))


@pytest.mark.parametrize("who", ["anna", "bogdan", "celina", "edmund", "felicja", "grzegorz"])
def test_nobody_else_finds_the_series(
    who: str, daria: User, anna: User, cuw: Institution, request: pytest.FixtureRequest
) -> None:
    merge_id = drafted(daria, cuw, anna)
    roles = {"felicja": Role.FRONT_DESK, "grzegorz": Role.ADMINISTRATOR}
    known = who not in roles
    user = request.getfixturevalue(who) if known else employed(who.title(), "K", cuw, roles[who])
    client = client_at(user)
    found = {client.get(at(name, merge_id)).status_code for name in PAGES}
    found |= {client.post(at(name, merge_id)).status_code for name in POSTS}
    assert found == {404}
    if who != "edmund":
        assert client.get(reverse(NEW)).status_code == 404


def test_a_stranger_is_asked_to_log_in(daria: User, cuw: Institution) -> None:
    merge_id = series(daria, cuw, "/nikt/domyslna;1;2;3")
    for name in PAGES:
        assert reverse("account_login") in PageClient().get(at(name, merge_id))["Location"]
