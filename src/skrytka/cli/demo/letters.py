"""A letter of the centre that waits for Anna, written by the operations of the desk."""

from collections.abc import Mapping
from datetime import datetime

from skrytka.cli.demo.people import ANNA, DARIA, Workplace
from skrytka.delivery.operations.dispatch import dispatch_letter
from skrytka.delivery.operations.documents import freeze_outgoing
from skrytka.delivery.operations.drafts import (
    OutgoingContent,
    choose_party,
    start_outgoing,
    write_outgoing,
)
from skrytka.delivery.operations.signing import seal_outgoing
from skrytka.ledger.operations import Actor

LETTER = OutgoingContent(
    title="Zaświadczenie o zatrudnieniu",
    body=(
        "Zaświadczamy, że Anna Kowalska pracuje w Szkole Podstawowej nr 2 w Cieszynie "
        "na stanowisku nauczycielki.\n\nZaświadczenie wydajemy na prośbę pracownicy."
    ),
    case_mark="CUW.KD.123.4.2026",
)
Ids = Mapping[str, int]


def send_first_letter(institutions: Ids, users: Ids, parties: Ids, at: datetime) -> None:
    """This will write, seal and dispatch the letter: its first notice is on the way."""
    actor = Actor(str(users[DARIA.email]))
    draft_id = start_outgoing(institutions[Workplace.CUW], users[DARIA.email], at=at)
    choose_party(draft_id, parties[ANNA.email], at=at)
    write_outgoing(draft_id, LETTER, version=1, at=at)
    freeze_outgoing(draft_id, at=at)
    seal_outgoing(draft_id, actor=actor, at=at)
    dispatch_letter(draft_id, actor=actor, at=at)
