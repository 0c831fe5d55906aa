"""An administrator gives a box back to the rules of the institution, and nobody else does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from skrytka.accounts.models import Box, Institution, Role, User
from skrytka.config import clock
from skrytka.core.calendar import civil_date
from skrytka.letters.operations.attachment_policies import AttachmentRules, adopt_attachment_rules
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening import CIESZYN_2026
from tests.desk.world import client_at, employed
from tests.world.attachments import AT
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def box(cuw: Institution) -> Box:
    box = Box.objects.get(institution=cuw, name="skrytka")
    own = AttachmentRules("własne", date(2026, 1, 2), ("PDF",), 1_000_000, "regulamin")
    adopt_attachment_rules(cuw.pk, replace(own, box_id=box.pk), at=AT)
    return box


@pytest.fixture
def grzegorz(cuw: Institution) -> User:
    return employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR)


@pytest.fixture
def halina(town_hall: Institution) -> User:
    """An administrator elsewhere."""
    return employed("Halina", "Wąs", town_hall, Role.ADMINISTRATOR)


def today() -> date:
    return civil_date(clock.now())


def address(box: Box) -> str:
    return reverse("desk:hand_back_box", args=[box.pk])


def typed(on: date, source: str = "zarządzenie nr 4") -> dict[str, object]:
    return {
        "in_force_on_day": on.day, "in_force_on_month": on.month, "in_force_on_year": on.year,
        "source": source,
    }  # fmt: skip


def total(box: Box, on: date) -> int:
    return attachment_policy_for(box.institution_id, on, box.pk).total_bytes


def test_the_page_of_rules_leads_there_and_the_box_is_given_back(box: Box, grzegorz: User) -> None:
    client = client_at(grzegorz)
    assert address(box) in client.get(reverse("desk:attachment_rules")).content.decode()
    asked = client.get(address(box)).content.decode()
    assert f"Skrytka {box.address}: zasady instytucji" in asked
    page = client.post(address(box), typed(today()), follow=True).content.decode()
    assert "Zapisane. Własne zasady skrytki zostają w historii." in page
    assert attachment_policy_for(box.institution_id, today(), box.pk) is CIESZYN_2026
    assert box.address not in page.partition("<form")[0]
    assert client.get(address(box)).status_code == 404


def test_the_history_says_by_what_the_box_goes_now(box: Box, grzegorz: User) -> None:
    client = client_at(grzegorz)
    page = client.post(address(box), typed(today()), follow=True).content.decode()
    given_back, own = page.partition("<tbody")[2].split("<tr ")[1:3]
    assert "Jak w całej instytucji" in given_back
    assert "Obowiązuje" in given_back
    assert "Jak w całej instytucji" not in own
    assert "Dawna" in own


def test_until_its_day_the_page_says_when(box: Box, grzegorz: User) -> None:
    client, later = client_at(grzegorz), today() + DAY
    page = client.post(address(box), typed(later), follow=True).content.decode()
    assert "obowiązują w niej zasady instytucji." in page
    assert address(box) not in page
    assert (total(box, today()), total(box, later)) == (1_000_000, CIESZYN_2026.total_bytes)
    again = client.post(address(box), typed(later + DAY)).content.decode()
    assert "Tego dnia skrytka nie ma już własnych zasad" in again


@pytest.mark.parametrize(
    ("faulty", "text"),
    [
        ({"source": " "}, "Podaj źródło tej zasady"),
        ({"in_force_on_day": "40"}, "Wpisz prawdziwą datę"),
        ({"in_force_on_year": "2026", "in_force_on_month": "1"}, "Wybierz dzisiejszy dzień albo"),
    ],
)
def test_a_fault_is_told_and_nothing_changes(
    faulty: dict[str, str], text: str, box: Box, grzegorz: User
) -> None:
    page = client_at(grzegorz).post(address(box), {**typed(today()), **faulty}).content.decode()
    assert text in page
    assert total(box, today()) == 1_000_000


@pytest.mark.parametrize("who", ["anna", "bogdan", "celina", "daria", "edmund", "halina"])
def test_nobody_else_gives_it_back(who: str, box: Box, request: pytest.FixtureRequest) -> None:
    client = client_at(request.getfixturevalue(who))
    assert client.get(address(box)).status_code == 404
    assert client.post(address(box), typed(today())).status_code == 404
    assert total(box, today()) == 1_000_000


def test_a_stranger_is_asked_to_log_in(box: Box) -> None:
    assert reverse("account_login") in PageClient().get(address(box))["Location"]


def test_a_box_without_own_rules_has_no_such_page(cuw: Institution, grzegorz: User) -> None:
    plain = Box.objects.get(institution=cuw, name="skrytka")
    assert client_at(grzegorz).get(address(plain)).status_code == 404
