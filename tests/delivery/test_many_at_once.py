"""Several act at once, each on a connection of their own that really commits: one end, one UPD."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connections

from skrytka.accounts.models import Institution, Role, User
from skrytka.accounts.operations import (
    BoxData,
    InstitutionData,
    employ,
    found_institution,
    open_box,
)
from skrytka.accounts.queries import Address, SenderKind
from skrytka.core.delivery import Standing
from skrytka.delivery.models import Delivery, OutgoingLetter
from skrytka.delivery.operations.collecting import collect_with_file
from skrytka.delivery.operations.ending import CannotCollect
from skrytka.delivery.operations.refusing import refuse_letter
from skrytka.evidence.models import Receipt, ReceiptIntent
from skrytka.ledger.models import Event
from skrytka.ledger.operations import Actor
from tests.world.cast import LONG_AGO, person
from tests.world.deliveries import NOON, brought_back, collect, waiting_letter
from tests.world.letters import confirm_profile

pytestmark = pytest.mark.django_db
ENDS = ("DELIVERY_COLLECTED", "DELIVERY_REFUSED")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """A database that nobody else uses, so that everybody may commit."""
    url = os.environ.get("TEST_DATABASE_URL")
    if url is None:
        yield str(tmp_path / "many.sqlite3")
        return
    import psycopg
    from psycopg import sql

    name = f"many_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield name
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def connected_to(database: str) -> Iterator[None]:
    own = connections["default"]
    options = {name: own.settings_dict["OPTIONS"][name] for name in KEPT[own.vendor]}
    own.settings_dict = {**own.settings_dict, "NAME": database, "OPTIONS": options}
    try:
        yield
    finally:
        own.close()


KEPT: dict[str, tuple[str, ...]] = {
    "sqlite": ("transaction_mode", "timeout", "init_command"),
    "postgresql": (),
}


class Place:
    """Who acts in this database, and the letter they act on."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.letter_id, self.anna, self.bogdan = self.alone(_furnished)

    def alone(self, work: Callable[[], object]) -> tuple[UUID, int, int]:
        (result,) = self.at_once(work)
        assert isinstance(result, tuple)
        return result

    def at_once(self, *works: Callable[[], object]) -> list[object]:
        ready = Barrier(len(works))

        def begun(work: Callable[[], object]) -> object:
            with connected_to(self.database):
                ready.wait(60)
                return work()

        with ThreadPoolExecutor(len(works)) as threads:
            return [each.result(120) for each in [threads.submit(begun, one) for one in works]]


def _furnished() -> tuple[UUID, int, int]:
    call_command("migrate", verbosity=0, interactive=False)
    cuw_id = found_institution(
        InstitutionData("ZOJO_Cieszyn", "CUW", "CUW", "CUW", Address(town="Cieszyn")), at=LONG_AGO
    )
    open_box(cuw_id, BoxData("skrytka", "S", "S", tuple(SenderKind), is_basic=True), at=LONG_AGO)
    cuw = Institution.objects.get(id=cuw_id)
    anna, bogdan, daria = (person(name, "Nowak") for name in ("Anna", "Bogdan", "Daria"))
    employ(daria.pk, cuw_id, Role.CLERK, at=LONG_AGO)
    for each in (anna, bogdan):
        confirm_profile(each, daria, cuw)
    return waiting_letter(daria, cuw, anna).id, anna.pk, bogdan.pk


@pytest.fixture
def place(database: str) -> Place:
    return Place(database)


def told(act: Callable[[], None]) -> str:
    try:
        act()
    except CannotCollect as refusal:
        return refusal.reason
    return "DONE"


def records(letter_id: UUID) -> tuple[str, int, int, int]:
    return (
        Delivery.objects.get(pk=letter_id).standing,
        Receipt.objects.filter(letter_id=letter_id).count(),
        ReceiptIntent.objects.filter(letter_id=letter_id).count(),
        Event.objects.filter(kind__in=ENDS).count(),
    )


def test_of_many_who_sign_at_once_one_collects_and_all_others_are_told(place: Place) -> None:
    def collected_by(user_id: int) -> str:
        letter = OutgoingLetter.objects.get(id=place.letter_id)
        return told(lambda: collect(letter, User.objects.get(id=user_id)))

    people = (place.anna, place.bogdan, place.anna, place.bogdan)
    answers = place.at_once(*[lambda user=user: collected_by(user) for user in people])
    assert sorted(map(str, answers)) == ["COLLECTED", "COLLECTED", "COLLECTED", "DONE"]
    (found,) = place.at_once(lambda: records(place.letter_id))
    assert found == (Standing.COLLECTED, 1, 1, 1)


def test_whoever_comes_first_decides_how_it_ends(place: Place) -> None:
    actor = Actor(str(place.anna))

    def with_a_file() -> None:
        letter, anna = OutgoingLetter.objects.get(), User.objects.get(id=place.anna)
        data = brought_back(letter, anna)
        collect_with_file(letter.id, data, user_id=anna.pk, actor=actor, at=NOON)

    def refused() -> None:
        refuse_letter(place.letter_id, actor=actor, at=NOON)

    acts = (with_a_file, refused, refused)
    answers = [str(each) for each in place.at_once(*[lambda act=act: told(act) for act in acts])]
    assert answers.count("DONE") == 1
    standing = Standing.COLLECTED if answers[0] == "DONE" else Standing.REFUSED
    assert set(answers) == {"DONE", standing}
    (found,) = place.at_once(lambda: records(place.letter_id))
    assert found == (standing, 1, 1, 1)
