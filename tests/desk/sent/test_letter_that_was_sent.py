"""The page of one letter that went out: how far it is, why, and what a clerk can do."""

from uuid import UUID

import pytest
from django.conf import settings
from django.urls import resolve, reverse

from skrytka.accounts.models import Institution, User
from skrytka.delivery.models import OutgoingLetter
from tests.desk.sent.conftest import Hands
from tests.desk.world import client_at
from tests.world.deliveries import NOON, collect
from tests.world.files import pdf
from tests.world.outgoing import TEXT, days, delivery_of, dispatched_letter, night_at
from tests.world.page_client import PageClient
from tests.world.sent_letters import (
    deemed_letter,
    letter_between,
    log_in,
    notice_of,
    stopped_letter,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(daria: User) -> PageClient:
    return client_at(daria)


def page(client: PageClient, letter: OutgoingLetter, **asked: str) -> str:
    address = reverse("desk:sent_letter", args=[letter.id])
    return client.get(address, asked).content.decode()


def sent(client: PageClient, name: str, letter: OutgoingLetter, *more: int) -> bytes:
    answer = client.get(reverse(f"desk:{name}", args=[letter.id, *more]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; ")
    return b"".join(answer) if answer.streaming else answer.content


def test_the_page_shows_the_letter_its_term_and_why(
    client: PageClient, letter: OutgoingLetter
) -> None:
    found = page(client, letter)
    for text in (
        letter.title, TEXT, "Powiadomiono 1. raz", "16\u00a0listopada\u00a02026",
        "anna@example.pl", "kpa-2014-next-day", "Daria Lis", "Pismo wysłane",
        "Pierwsze zawiadomienie wysłano 2 listopada 2026 r. (poniedziałek).",
        "Powstanie, gdy pismo zostanie doręczone.",
    ):  # fmt: skip
        assert text in found, text
    assert "Powiadom od nowa" not in found
    assert reverse("desk:sent_bounced", args=[notice_of(letter).id]) in found


def test_the_links_of_mails_lead_here(letter: OutgoingLetter) -> None:
    path = settings.SENT_LINK.format(letter=letter.id).removeprefix(settings.BASE_URL)
    assert resolve(path).view_name == "desk:sent_letter"
    assert resolve(path).kwargs == {"letter_id": UUID(str(letter.id))}
    inbox = settings.INBOX_LINK.removeprefix(settings.BASE_URL)
    assert resolve(f"{inbox}wyslane/").view_name == "desk:sent"
    assert resolve(f"{inbox}terminy/").view_name == "desk:deadlines"


def test_before_the_first_notice_no_term_runs(
    client: PageClient, daria: User, cuw: Institution, anna: User
) -> None:
    found = page(client, dispatched_letter(daria, cuw, anna))
    assert "jeszcze nie biegnie" in found
    assert "W drodze" in found


def test_a_collected_letter_has_its_upd_with_a_name(
    client: PageClient, letter: OutgoingLetter, anna: User, hands: Hands
) -> None:
    collect(letter, anna)
    hands.at = NOON
    found = page(client, letter)
    assert "Odebrane" in found
    assert "Podpisał adresat" in found
    assert "5\u00a0listopada\u00a02026" in found
    xml = sent(client, "sent_receipt", letter)
    assert delivery_of(letter).upd_no.encode() in xml
    assert sent(client, "sent_receipt_pdf", letter).startswith(b"%PDF")


def test_a_deemed_letter_tells_that_nobody_could_have_read_it(
    client: PageClient, daria: User, cuw: Institution, anna: User, hands: Hands
) -> None:
    letter = deemed_letter(daria, cuw, anna)
    hands.at = days(16)
    found = page(client, letter)
    assert "Uznane za doręczone" in found
    assert "17\u00a0listopada\u00a02026" in found
    assert "Treść dostępna do" in found
    assert "Nikt ze strony adresata nie zalogował się" in found
    assert "Podpisał adresat" not in found


def test_before_the_deadline_it_is_told_too_until_somebody_comes(
    daria: User, letter: OutgoingLetter, anna: User, hands: Hands
) -> None:
    told = "Nikt ze strony adresata nie zalogował się"
    assert told not in page(client_at(daria), letter)
    hands.at = days(12)
    assert told in page(client_at(daria), letter)
    log_in(anna, days(12))
    assert told not in page(client_at(daria), letter)


def test_a_term_that_lapsed_waits_for_its_upd(
    client: PageClient, letter: OutgoingLetter, hands: Hands
) -> None:
    night_at(days(7, 15))
    hands.at = days(15)
    assert "Termin minął. Przygotowujemy UPD." in page(client, letter)


def test_the_files_of_a_letter_are_sent_as_they_went(
    client: PageClient, letter: OutgoingLetter
) -> None:
    assert TEXT.encode() in sent(client, "sent_document", letter)
    assert sent(client, "sent_attachment", letter, 1) == pdf()
    assert sent(client, "sent_package", letter).startswith(b"PK")
    for name, more in (("sent_attachment", (2,)), ("sent_receipt", ()), ("sent_receipt_pdf", ())):
        address = reverse(f"desk:{name}", args=[letter.id, *more])
        assert client.get(address).status_code == 404


def test_a_letter_to_an_institution_has_its_upp(
    client: PageClient, daria: User, cuw: Institution, town_hall: Institution
) -> None:
    letter = letter_between(daria, cuw, town_hall)
    found = page(client, letter)
    assert "Poświadczenie przedłożenia (UPP)" in found
    assert "z chwilą wpływu do skrytki" in found
    assert "Co dałaby inna zasada" not in found
    assert b"UPP" in sent(client, "sent_receipt", letter)
    assert b"ESP-UPP" in sent(client, "sent_package", letter)
    assert client.get(reverse("desk:sent_restart", args=[letter.id])).status_code == 404


def test_another_rule_is_shown_beside_the_actual_one(
    client: PageClient, letter: OutgoingLetter
) -> None:
    found = page(client, letter)
    assert "ta zasada obowiązuje" in found
    assert "1 dzień wcześniej" in found
    assert "Pismo wpłynęło do skrzynki" not in found
    assert "Pismo wpłynęło do skrzynki 2 listopada" in page(client, letter, zasada="ude-art42")
    assert "Pismo wpłynęło do skrzynki" not in page(client, letter, zasada="inna")


def test_a_stopped_delivery_is_started_anew_after_a_question(
    client: PageClient, daria: User, cuw: Institution, anna: User
) -> None:
    letter = stopped_letter(daria, cuw, anna)
    found = page(client, letter)
    assert "Pierwsze zawiadomienie wróciło." in found
    assert "termin zatrzymany" in found
    address = reverse("desk:sent_restart", args=[letter.id])
    assert address in found
    assert "Wyślemy nowe pierwsze zawiadomienie" in client.get(address).content.decode()
    assert delivery_of(letter).attempt == 1
    done = client.post(address, follow=True).content.decode()
    assert "Nowe zawiadomienie jest w drodze." in done
    assert "1. raz od nowa" in done
    assert "nie liczy się: zaczęto od nowa" in done
    assert (delivery_of(letter).attempt, delivery_of(letter).standing) == (2, "SENT")
    again = client.post(address, follow=True).content.decode()
    assert "To doręczenie nie jest zatrzymane" in again
    assert delivery_of(letter).attempt == 2


def test_an_ended_delivery_cannot_start_anew(
    client: PageClient, letter: OutgoingLetter, anna: User
) -> None:
    collect(letter, anna)
    told = client.post(reverse("desk:sent_restart", args=[letter.id]), follow=True)
    assert "To doręczenie już się zakończyło." in told.content.decode()


def test_a_clerk_reports_that_the_mail_came_back(
    client: PageClient, letter: OutgoingLetter
) -> None:
    address = reverse("desk:sent_bounced", args=[notice_of(letter).id])
    assert "Tego nie da się cofnąć" in client.get(address).content.decode()
    assert delivery_of(letter).standing == "NOTIFIED"
    done = client.post(address, follow=True).content.decode()
    assert "Zapisane: e-mail wrócił." in done
    assert "zgłoszone przez kancelarię" in done
    assert delivery_of(letter).standing == "STOPPED"
    assert address not in done
    assert "Daria Lis" in done


def test_a_notice_that_did_not_go_out_cannot_come_back(
    client: PageClient, daria: User, cuw: Institution, anna: User
) -> None:
    letter = dispatched_letter(daria, cuw, anna)
    address = reverse("desk:sent_bounced", args=[notice_of(letter).id])
    assert "nie wyszło, więc nie mogło wrócić" in client.post(address, follow=True).content.decode()
