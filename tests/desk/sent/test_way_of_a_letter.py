"""The way of a letter on its page: what happened, and what comes next with its day."""

import re

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.core.delivery import POLICIES
from skrytka.delivery.models import OutgoingLetter
from skrytka.delivery.operations.refusing import refuse_letter
from skrytka.delivery.operations.restart import start_anew
from skrytka.ledger.operations import Actor
from tests.desk.sent.conftest import Hands
from tests.desk.world import client_at
from tests.world.deliveries import NOON, collect
from tests.world.outgoing import adopt, days, dispatched_letter, night_at, noticed_letter
from tests.world.sent_letters import deemed_letter, letter_between, reminded_letter, stopped_letter

pytestmark = pytest.mark.django_db
STEP = re.compile(r"<li( class=\"on\")?><strong>([^<]+)</strong>(.*?)</li>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
SENT_AT = "2 listopada 2026 r., godz. 10:00:00"
Step = tuple[bool, str, str]


def way(clerk: User, letter: OutgoingLetter) -> list[Step]:
    """The steps: whether each is done, its words, its moment or day."""
    url = reverse("desk:sent_letter", args=[letter.id])
    page = client_at(clerk).get(url).content.decode().replace("\u00a0", " ")
    drawn = page[page.index('<ol class="tl">') : page.index("</ol>")]
    found = STEP.findall(drawn)
    return [(bool(on), words, TAG.sub("", rest).strip(" ,")) for on, words, rest in found]


def test_a_letter_whose_first_notice_is_on_its_way_promises_no_day(
    daria: User, cuw: Institution, anna: User
) -> None:
    assert way(daria, dispatched_letter(daria, cuw, anna)) == [
        (True, "Wysłane", SENT_AT),
        (False, "Powiadomiono 1. raz", "w drodze"),
    ]


def test_a_waiting_letter_names_the_days_to_come(daria: User, cuw: Institution, anna: User) -> None:
    """The repeated notice goes out in the night after the seventh day, the 9th."""
    assert way(daria, noticed_letter(daria, cuw, anna)) == [
        (True, "Wysłane", SENT_AT),
        (True, "Powiadomiono 1. raz", SENT_AT),
        (False, "Powiadomiono 2. raz", "10 listopada 2026 r., jeśli nikt nie odbierze pisma"),
        (False, "Uznane za doręczone", "17 listopada 2026 r., jeśli nikt nie odbierze pisma"),
    ]


def test_after_the_second_notice_only_the_end_is_ahead(
    daria: User, cuw: Institution, anna: User
) -> None:
    steps = way(daria, reminded_letter(daria, cuw, anna))
    assert [on for on, *_rest in steps] == [True, True, True, False]
    assert steps[2][1] == "Powiadomiono 2. raz"


def test_a_rule_without_a_second_notice_promises_none(
    daria: User, cuw: Institution, anna: User
) -> None:
    adopt(cuw, POLICIES["ude-art42"])
    words = [words for _on, words, _rest in way(daria, noticed_letter(daria, cuw, anna))]
    assert words == ["Wysłane", "Powiadomiono 1. raz", "Uznane za doręczone"]


def test_a_collected_letter_ends_with_who_collected_it(
    letter: OutgoingLetter, daria: User, anna: User
) -> None:
    collect(letter, anna, at=NOON)
    assert way(daria, letter)[-1] == (
        True, "Odebrane", "Anna Kowalska5 listopada 2026 r., godz. 12:00:00",
    )  # fmt: skip
    assert len(way(daria, letter)) == 3


def test_a_refused_letter_ends_with_the_refusal(
    letter: OutgoingLetter, daria: User, anna: User
) -> None:
    refuse_letter(letter.id, actor=Actor(str(anna.pk)), at=days(1))
    assert way(daria, letter)[-1][:2] == (True, "Nie przyjęto")


def test_a_deemed_letter_ends_on_the_day_of_law(daria: User, cuw: Institution, anna: User) -> None:
    end = (True, "Uznane za doręczone", "17 listopada 2026 r.")
    assert way(daria, deemed_letter(daria, cuw, anna))[-1] == end


def test_the_day_of_law_does_not_move_when_the_system_comes_late(
    daria: User, cuw: Institution, anna: User
) -> None:
    letter = reminded_letter(daria, cuw, anna)
    night_at(days(20))
    assert way(daria, letter)[-1] == (True, "Uznane za doręczone", "17 listopada 2026 r.")


def test_a_letter_refused_before_its_notice_went_out_had_none(
    daria: User, cuw: Institution, anna: User
) -> None:
    letter = dispatched_letter(daria, cuw, anna)
    refuse_letter(letter.id, actor=Actor(str(anna.pk)), at=days(0, 1))
    assert [words for _on, words, _rest in way(daria, letter)] == ["Wysłane", "Nie przyjęto"]


def test_a_term_that_is_over_is_over_before_its_upd_is_sealed(
    daria: User, cuw: Institution, anna: User, hands: Hands
) -> None:
    letter = reminded_letter(daria, cuw, anna)
    hands.at = days(15)
    assert way(daria, letter)[-1] == (True, "Uznane za doręczone", "17 listopada 2026 r.")


def test_a_stopped_letter_promises_nothing_and_begins_again_when_started_anew(
    daria: User, cuw: Institution, anna: User
) -> None:
    letter = stopped_letter(daria, cuw, anna)
    steps = way(daria, letter)
    assert steps[-1] == (True, "Zatrzymane", "termin zatrzymany")
    assert len(steps) == 3
    start_anew(letter.id, actor=Actor(str(daria.pk)), at=days(3))
    assert way(daria, letter)[-1] == (False, "Powiadomiono 1. raz", "w drodze")


def test_to_an_institution_the_way_is_short(
    daria: User, cuw: Institution, town_hall: Institution
) -> None:
    steps = way(daria, letter_between(daria, cuw, town_hall))
    assert steps == [(True, "Wysłane", SENT_AT), (True, "Doręczone", SENT_AT)]
