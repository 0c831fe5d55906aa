"""The inbox: what it lists, how it narrows, sorts, counts and what it says when empty."""

from datetime import timedelta

import pytest
from django.urls import reverse

from skrytka.accounts.models import Box, Institution, User
from skrytka.config import clock
from skrytka.evidence.queries import receipt_of
from skrytka.letters.models import Letter, LetterHandling
from skrytka.letters.operations.handling import assign_letter, change_state
from skrytka.letters.operations.handling_moves import Move
from skrytka.letters.queries.inbox import InboxFilter, InboxRows, inbox_counts
from tests.desk.world import clerk_of, client_at, copies_of, refused_letter, signed_letter
from tests.world.letters import LATER, sent_letter

pytestmark = pytest.mark.django_db
SENDERS = ["Jan Łoś", "Ewa Lis", "Ola Żuk"]


@pytest.fixture
def letters(anna: User, cuw: Institution) -> list[Letter]:
    letter = sent_letter(anna, cuw)
    return [letter, *copies_of(letter, SENDERS)]


def arrived(letter: Letter, days_ago: float) -> None:
    at = clock.now() - timedelta(days=days_ago)
    LetterHandling.objects.filter(letter=letter).update(submitted_at=at)


def inbox(user: User, **wanted: str) -> str:
    return client_at(user).get(reverse("desk:inbox"), wanted).content.decode()


def titles(page: str) -> list[str]:
    import re

    return re.findall(
        r'class="govuk-link" href="/kancelaria/pisma/[^"]+" data-verbatim>([^<]+)<', page
    )


def test_the_newest_letter_stands_first(letters: list[Letter], daria: User) -> None:
    assert titles(inbox(daria)) == [
        "Wniosek o zaświadczenie", "Pismo numer 1", "Pismo numer 2", "Pismo numer 3",
    ]  # fmt: skip
    oldest = titles(inbox(daria, sort="arrival"))
    assert oldest[0] == "Pismo numer 3"


def test_senders_are_sorted_the_polish_way(letters: list[Letter], daria: User) -> None:
    assert titles(inbox(daria, sort="sender")) == [
        "Wniosek o zaświadczenie", "Pismo numer 2", "Pismo numer 1", "Pismo numer 3",
    ]  # fmt: skip
    assert titles(inbox(daria, sort="-sender"))[0] == "Pismo numer 3"


@pytest.mark.parametrize("text", ["numer lis", "NUMER LIS", "Ewa", "RPW/CUW/00003/2026"])
def test_words_of_title_sender_and_number_are_found(
    letters: list[Letter], daria: User, text: str
) -> None:
    assert titles(inbox(daria, q=text)) == ["Pismo numer 2"]


def test_a_receipt_number_finds_its_letter(letters: list[Letter], daria: User) -> None:
    receipt = receipt_of(letters[0].id)
    assert receipt is not None
    assert titles(inbox(daria, q=receipt.receipt_no.lower())) == ["Wniosek o zaświadczenie"]


def test_filters_narrow_and_stay_chosen(
    anna: User, daria: User, cuw: Institution, letters: list[Letter]
) -> None:
    change_state(letters[1].id, Move.CLOSE, clerk_of(daria), at=LATER)
    page = inbox(daria, stan="DONE")
    assert titles(page) == ["Pismo numer 1"]
    assert '<option value="DONE" selected>' in page
    signed = signed_letter(anna, daria, cuw)
    assert titles(inbox(daria, podpis="VALID")) == [signed.title]
    assert len(titles(inbox(daria, podpis="NONE"))) == 4


def test_arrival_is_counted_in_days_and_in_waiting(letters: list[Letter], daria: User) -> None:
    for letter, days_ago in zip(letters, (0, 3, 20, 90), strict=True):
        arrived(letter, days_ago)
    assert len(titles(inbox(daria, wplynelo="TODAY"))) == 1
    assert len(titles(inbox(daria, wplynelo="WEEK"))) == 2
    assert len(titles(inbox(daria, wplynelo="MONTH"))) == 3
    assert len(titles(inbox(daria, wplynelo="WAITING"))) == 3


def test_a_box_of_the_institution_is_a_filter(letters: list[Letter], daria: User) -> None:
    other = Box.objects.get(name="skrytka")
    assert titles(inbox(daria, skrytka=str(other.pk))) == []
    assert len(titles(inbox(daria, skrytka=str(letters[0].box_id)))) == 4


@pytest.mark.parametrize("name", ["stan", "podpis", "wplynelo", "skrytka", "sort", "page"])
def test_nonsense_in_the_address_restricts_nothing(
    letters: list[Letter], daria: User, name: str
) -> None:
    assert len(titles(inbox(daria, **{name: "bzdura"}))) == 4


def test_folders_hold_what_their_name_says(letters: list[Letter], daria: User) -> None:
    clerk = clerk_of(daria)
    assign_letter(letters[0].id, daria.pk, clerk, at=LATER)
    change_state(letters[1].id, Move.MARK_DEFICIENT, clerk, at=LATER, reason="Brak podpisu")
    change_state(letters[2].id, Move.CLOSE, clerk, at=LATER)
    client = client_at(daria)

    def listed(name: str, **wanted: str) -> list[str]:
        return titles(client.get(reverse(f"desk:{name}"), wanted).content.decode())

    assert listed("mine") == [letters[0].title, letters[1].title]
    assert listed("mine", stan="DONE") == [letters[2].title]
    assert listed("deficient") == [letters[1].title]
    assert listed("done") == [letters[2].title]


def test_tiles_and_menu_count_the_same(
    anna: User, daria: User, cuw: Institution, letters: list[Letter]
) -> None:
    refused_letter(anna, cuw)
    assign_letter(letters[0].id, daria.pk, clerk_of(daria), at=LATER)
    arrived(letters[1], 0)
    for letter in letters[2:]:
        arrived(letter, 3)
    counts = inbox_counts(cuw.pk, daria.pk, at=clock.now())
    assert (counts.new, counts.waiting, counts.mine, counts.deficient, counts.refused) == (
        3, 2, 1, 0, 1,
    )  # fmt: skip
    page = inbox(daria)
    assert "<b>3</b> nowe pisma" in page
    assert 'class="hot"><b>2</b>' in page
    assert '<span class="c">3</span>' in page
    assert page.split("<title>")[1].startswith("Odebrane, 3 nowe")


def test_pages_hold_twenty_five(letters: list[Letter], daria: User) -> None:
    copies_of(letters[0], [f"Nadawca {number}" for number in range(30)])
    page = inbox(daria)
    assert len(titles(page)) == 25
    assert "Pisma 1–25 z 34" in page
    assert "?page=2" in page
    assert len(titles(inbox(daria, page="2"))) == 9


def test_pages_keep_the_filter(letters: list[Letter], daria: User) -> None:
    copies_of(letters[0], [f"Nadawca {number}" for number in range(30)])
    assert "?q=pismo&amp;stan=NEW&amp;sort=sender&amp;page=2" in inbox(
        daria, stan="NEW", q="pismo", sort="sender"
    )


def test_empty_lists_say_why(daria: User, anna: User, cuw: Institution) -> None:
    client = client_at(daria)
    assert "Nie ma jeszcze pism." in inbox(daria)
    assert "Nikt nie przydzielił Ci pisma." in client.get(reverse("desk:mine")).content.decode()
    assert "Żadne pismo nie czeka" in client.get(reverse("desk:deficient")).content.decode()
    assert "Nie ma jeszcze załatwionych" in client.get(reverse("desk:done")).content.decode()
    assert "Żadnego pisma nie trzeba" in client.get(reverse("desk:refused")).content.decode()
    letter = sent_letter(anna, cuw)
    assert "Nie znaleźliśmy takich pism." in inbox(daria, q="nie-ma-takiego")
    change_state(letter.id, Move.CLOSE, clerk_of(daria), at=LATER)
    arrived(letter, 0)
    assert "Nie ma nowych pism. Ostatnie wpłynęło dziś o " in inbox(daria, stan="NEW")
    arrived(letter, 5)
    assert "Nie ma nowych pism. Ostatnie wpłynęło " in inbox(daria, stan="NEW")


def test_htmx_gets_the_list_alone(letters: list[Letter], daria: User) -> None:
    client = client_at(daria)
    part = client.get(reverse("desk:inbox"), headers={"HX-Request": "true"})
    assert "<h1" not in part.content.decode()
    assert len(titles(part.content.decode())) == 4
    assert "HX-Request" in part["Vary"]


def test_refused_letters_name_file_and_rule_and_give_only_the_refusal(
    anna: User, daria: User, cuw: Institution
) -> None:
    letter = refused_letter(anna, cuw)
    client = client_at(daria)
    page = client.get(reverse("desk:refused")).content.decode()
    assert "faktura.txt" in page
    assert "F-VIRUS" in page
    answer = client.get(reverse("desk:receipt_xml", args=[letter.id]))
    assert answer["Content-Disposition"].startswith("attachment")
    for name in ("letter", "document", "package"):
        assert client.get(reverse(f"desk:{name}", args=[letter.id])).status_code == 404
    file = reverse("desk:attachment", args=[letter.id, 1])
    assert client.get(file).status_code == 404


def test_rows_are_fetched_by_place_too(
    letters: list[Letter], daria: User, cuw: Institution
) -> None:
    rows = InboxRows(InboxFilter(cuw.pk, daria.pk), at=LATER)
    assert rows[1].title == "Pismo numer 1"
    assert len(rows) == 4
