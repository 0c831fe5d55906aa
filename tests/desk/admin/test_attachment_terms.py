"""An administrator decides about macros, passwords, archives and names, for all boxes or one."""

import re
from collections.abc import Mapping

import pytest
from django.urls import reverse

from skrytka.accounts.models import Box, Institution, Role, User
from skrytka.config import clock
from skrytka.core.calendar import civil_date
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening import CIESZYN_2026, ArchiveLimits, ContentTerms, Treatment
from tests.desk.admin.test_settings import TERMS, last_event
from tests.desk.world import client_at, employed
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cuw: Institution) -> PageClient:
    return client_at(employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR))


def typed(**other: object) -> dict[str, object]:
    today = civil_date(clock.now())
    return {
        **TERMS, "formats": ["PDF", "ZIP"], "megabytes": "20", "file_count": "5",
        "source": "Zarządzenie nr 1", "in_force_on_day": today.day,
        "in_force_on_month": today.month, "in_force_on_year": today.year, **other,
    }  # fmt: skip


def posted(client: PageClient, sent: Mapping[str, object]) -> str:
    answer = client.post(reverse("desk:attachment_rules"), sent, follow=True)
    return answer.content.decode()


def test_what_is_decided_is_in_force(admin: PageClient, cuw: Institution) -> None:
    sent = typed(each_megabytes="5", forbidden_names="*.tmp.pdf\r\n~$*")
    assert "Nowe zasady zapisane." in posted(admin, sent)
    policy = attachment_policy_for(cuw.pk, civil_date(clock.now()))
    assert policy.file_bytes == 5_000_000
    assert policy.terms == ContentTerms(macros=Treatment.REFUSE, locked=Treatment.REPORT)
    assert policy.archives == ArchiveLimits(200, 3, 500_000_000, 50, nesting=1)
    assert (policy.names.longest, policy.names.forbidden) == (100, ("*.tmp.pdf", "~$*"))
    assert last_event().data == {"what": "ATTACHMENT_RULES", "version": 1}


def test_the_page_shows_at_first_what_goes_now(admin: PageClient) -> None:
    posted(admin, typed(each_megabytes="5", forbidden_names="*.tmp.pdf"))
    page = admin.get(reverse("desk:attachment_rules")).content.decode()
    for text in ("*.tmp.pdf", 'value="500"', 'value="200"', "Limit jednego pliku, w MB"):
        assert text in page


def test_one_box_may_have_rules_of_its_own(admin: PageClient, cuw: Institution) -> None:
    box = Box.objects.get(institution=cuw, name="skrytka")
    page = posted(admin, typed(box=str(box.pk)))
    today = civil_date(clock.now())
    assert attachment_policy_for(cuw.pk, today) is CIESZYN_2026
    assert attachment_policy_for(cuw.pk, today, box.pk).total_bytes == 20_000_000
    assert "Własne zasady mają skrytki:" in page
    assert f"{box.address}</span>: wersja 1, razem do 20" in page


def test_the_page_lists_what_was_what_is_and_what_will_be(
    admin: PageClient, cuw: Institution
) -> None:
    box = Box.objects.get(institution=cuw, name="skrytka")
    assert "Historia zasad" not in posted(admin, typed(source=""))
    posted(admin, typed(source="Zarządzenie nr 1"))
    posted(admin, typed(source="Zarządzenie nr 2", file_count="1"))
    later = civil_date(clock.now()).year + 1
    page = posted(admin, typed(source="Nr 3", box=str(box.pk), in_force_on_year=later))
    history = page.partition("Historia zasad")[2]
    states = re.findall(r"(Obowiązuje|Przyszła|Dawna)", history)
    assert states == ["Przyszła", "Obowiązuje", "Dawna"]
    assert history.index("Nr 3") < history.index("Zarządzenie nr 2")
    assert (box.address in history, "Wszystkich pism do instytucji" in history) == (True, True)
    assert "razem do 20\u00a0MB, najwyżej 1 plik." in page


def test_the_box_of_another_institution_cannot_be_chosen(
    admin: PageClient, cuw: Institution, town_hall: Institution
) -> None:
    foreign = Box.objects.get(institution=town_hall)
    page = posted(admin, typed(box=str(foreign.pk)))
    assert "Nowe zasady zapisane." not in page
    assert attachment_policy_for(cuw.pk, civil_date(clock.now())) is CIESZYN_2026


@pytest.mark.parametrize(
    ("faulty", "text"),
    [
        ({"each_megabytes": "21"}, "Limit jednego pliku nie może być większy niż limit pisma"),
        ({"each_megabytes": "0"}, "Limit musi mieć co najmniej 1 MB"),
        ({"macros": ""}, "Wybierz jedną możliwość"),
        ({"locked": "MAYBE"}, "Wybierz jedną możliwość"),
        ({"archive_nesting": "4"}, "Wpisz liczbę od 0 do 3"),
        ({"archive_entries": "0"}, "Wpisz liczbę od 1 do 10 000"),
        ({"archive_depth": "21"}, "Wpisz liczbę od 1 do 20"),
        ({"archive_ratio": "5"}, "Wpisz liczbę od 10 do 1000"),
        ({"longest_name": "300"}, "Wpisz liczbę od 20 do 255"),
        ({"forbidden_names": "*"}, "Sama gwiazdka oznacza każdy plik"),
        ({"forbidden_names": "\n".join(f"{n}.pdf" for n in range(51))}, "najwyżej 50 nazw"),
    ],
)
def test_a_fault_is_told_and_nothing_changes(
    faulty: dict[str, str], text: str, admin: PageClient, cuw: Institution
) -> None:
    assert text in posted(admin, typed(**faulty))
    assert attachment_policy_for(cuw.pk, civil_date(clock.now())) is CIESZYN_2026


def test_who_is_no_administrator_cannot_decide(daria: User, edmund: User, celina: User) -> None:
    for person in (daria, edmund, celina):
        assert client_at(person).get(reverse("desk:attachment_rules")).status_code == 404
