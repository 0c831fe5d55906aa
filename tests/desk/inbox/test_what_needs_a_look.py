"""„Uwaga” above the inbox: what was left lying, with links, and nothing when all is quiet."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from tests.desk.world import client_at, employed
from tests.world.sent_letters import stopped_letter

pytestmark = pytest.mark.django_db
PANEL = 'id="watch"'


def inbox(user: User) -> str:
    return client_at(user).get(reverse("desk:inbox")).content.decode()


def test_a_quiet_desk_has_no_panel(daria: User, cuw: Institution) -> None:
    assert PANEL not in inbox(daria)


def test_each_line_leads_to_what_it_counts(daria: User, cuw: Institution, anna: User) -> None:
    stopped_letter(daria, cuw, anna)
    found = inbox(daria)
    assert PANEL in found
    assert "1 zatrzymane doręczenie" in found
    assert "/kancelaria/wyslane/?uwaga=STOPPED&amp;sort=last_day" in found
    assert "/kancelaria/wyslane/?uwaga=UNREACHED&amp;sort=last_day" in found
    assert "nikt nie otworzył" not in found


def test_it_stands_on_the_first_list_alone(daria: User, cuw: Institution, anna: User) -> None:
    stopped_letter(daria, cuw, anna)
    assert PANEL not in client_at(daria).get(reverse("desk:done")).content.decode()


def test_another_institution_is_not_told(
    daria: User, cuw: Institution, anna: User, edmund: User
) -> None:
    stopped_letter(daria, cuw, anna)
    assert PANEL not in inbox(edmund)


def test_the_front_desk_is_told_that_there_is_no_clerk(cuw: Institution) -> None:
    found = inbox(employed("Felicja", "Kos", cuw, Role.FRONT_DESK))
    assert "Nikt nie może prowadzić pism" in found
