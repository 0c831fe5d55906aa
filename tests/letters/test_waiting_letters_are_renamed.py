"""The upgrade names the state of the letters that wait for the scanner just then."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from skrytka.accounts.models import Institution, User
from skrytka.letters.models import IntakeState, LetterIntake
from tests.world.screened import letter_in_waiting, letter_with

pytestmark = pytest.mark.django_db
MIGRATION = import_module("skrytka.letters.migrations.0007_life_of_screened_files")


def states() -> list[str]:
    return sorted(LetterIntake.objects.values_list("state", flat=True))


def test_only_what_waits_gets_the_new_name_and_back(anna: User, cuw: Institution) -> None:
    letter_with(anna, cuw)
    letter_in_waiting(anna, cuw)
    assert states() == [IntakeState.ACCEPTED, IntakeState.AWAITING_SCREENING]
    editor = connection.SchemaEditorClass(connection)
    MIGRATION.name_it_as_before(apps, editor)
    assert states() == ["ACCEPTED", "RECEIVED"]
    MIGRATION.name_the_state(apps, editor)
    assert states() == [IntakeState.ACCEPTED, IntakeState.AWAITING_SCREENING]
