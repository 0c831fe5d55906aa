"""One text to many: drafts of the good lines, sealed and sent once however often asked."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from skrytka.accounts.models import Box, Institution, Role, User
from skrytka.config.clock import now
from skrytka.config.effects import drain
from skrytka.delivery.models import MailMerge, OutgoingDraft, OutgoingLetter, OutgoingState
from skrytka.delivery.operations.drafts import (
    CannotChangeOutgoing,
    OutgoingContent,
    choose_institution_box,
    write_outgoing,
)
from skrytka.delivery.operations.merge_table import read_table
from skrytka.delivery.operations.merging import (
    CannotMerge,
    MergeFault,
    SeriesContent,
    change_merge,
    draft_merge,
    drop_merge,
    release_merge,
    send_merge,
    send_merged,
)
from skrytka.delivery.queries.merges import merge_view, merges_of
from skrytka.ledger.models import OutboxRow
from tests.desk.world import employed
from tests.evidence.test_institution_seal import OtherKeys
from tests.world.desk_drafts import NOW, actor, want_second_person
from tests.world.series import BODY, csv_of, drafted, series

pytestmark = pytest.mark.django_db


@pytest.fixture
def merge_id(daria: User, anna: User, celina: User, cuw: Institution) -> UUID:
    return drafted(daria, cuw, anna, celina)


def refusal(act: object, *args: object, **named: object) -> MergeFault:
    assert callable(act)
    with pytest.raises(CannotMerge) as refused:
        act(*args, **named)
    return refused.value.reason


def sent_by(user: User, merge_id: UUID) -> int:
    return send_merge(merge_id, actor=actor(user), at=now())


def notes(merge_id: UUID) -> list[str]:
    return [draft.note for draft in getattr(merge_view(merge_id, at=NOW), "drafts", ())]


def states(merge_id: UUID) -> list[str]:
    return [draft.state.value for draft in getattr(merge_view(merge_id, at=NOW), "drafts", ())]


def waiting_effects() -> int:
    return OutboxRow.objects.filter(effect="SEND_OUTGOING", state="PENDING").count()


def test_only_good_lines_become_drafts(
    daria: User, anna: User, cuw: Institution, town_hall: Institution
) -> None:
    merge = series(
        daria, cuw, f"{anna.party.box_address};X.1;2026;10", "/nikt/domyslna;X.2;2026;10",
        "/u390efc0tm/SEKAP;X.3;2026;30",
    )  # fmt: skip
    assert draft_merge(merge, at=NOW) == 2
    person, office = OutgoingDraft.objects.filter(merge=merge).order_by("merge_row")
    assert (person.party, person.box.name, person.merge_row) == (anna.party, "skrytka", 1)
    assert (person.title, person.case_mark) == ("Podatek 2026", "X.1")
    assert (office.to_box, office.box.name, office.merge_row) == (
        Box.objects.get(institution=town_hall),
        "SkrytkaESP",
        3,
    )
    assert (person.author, person.institution) == (daria, cuw)


def test_drafts_are_made_once(merge_id: UUID, daria: User) -> None:
    assert refusal(draft_merge, merge_id, at=NOW) is MergeFault.DRAFTED
    assert OutgoingDraft.objects.count() == 2
    content = SeriesContent("N", "T", "B", read_table(csv_of("/a/b;1;2;3")))
    assert refusal(change_merge, merge_id, content) is MergeFault.DRAFTED
    assert refusal(draft_merge, uuid4(), at=NOW) is MergeFault.NOT_FOUND


def test_what_would_send_nonsense_makes_no_drafts(
    daria: User, anna: User, cuw: Institution
) -> None:
    line = f"{anna.party.box_address};X.1;2026;10"
    for merge, why in (
        (series(daria, cuw, line, title=" "), MergeFault.NO_TEXT),
        (series(daria, cuw, line, body="{nie_ma}"), MergeFault.PLACES),
        (series(daria, cuw, "/nikt/domyslna;1;2;3"), MergeFault.NOTHING_GOOD),
    ):
        assert refusal(draft_merge, merge, at=NOW) is why
    Box.objects.filter(institution=cuw).update(is_open=False)
    assert refusal(draft_merge, series(daria, cuw, line), at=NOW) is MergeFault.NO_BOX
    assert not OutgoingDraft.objects.exists()


def test_a_series_is_mended_before_its_drafts_are_made(
    daria: User, anna: User, cuw: Institution
) -> None:
    merge = series(daria, cuw, "/nikt/domyslna;1;2;3")
    table = read_table(csv_of(f"{anna.party.box_address};1;2026;3"))
    change_merge(merge, SeriesContent("Nowa", "Tytuł", BODY, table))
    assert draft_merge(merge, at=NOW) == 1
    assert MailMerge.objects.get().name == "Nowa"


def test_all_are_sealed_and_sent_by_the_outbox(merge_id: UUID, daria: User) -> None:
    assert sent_by(daria, merge_id) == 2
    assert not OutgoingLetter.objects.exists()
    drain("test")
    letters = OutgoingLetter.objects.filter(merge_id=merge_id)
    assert {letter.signing_mode for letter in letters} == {"SEALED"}
    assert {letter.title for letter in letters} == {"Podatek 2026"}
    assert states(merge_id) == ["SENT", "SENT"]
    assert notes(merge_id) == ["", ""]


def test_pressed_twice_each_goes_once(merge_id: UUID, daria: User) -> None:
    assert (sent_by(daria, merge_id), sent_by(daria, merge_id)) == (2, 0)
    assert waiting_effects() == 2
    drain("test")
    assert sent_by(daria, merge_id) == 0
    for draft in OutgoingDraft.objects.all():
        send_merged(draft.id, actor=actor(daria), at=now())
    assert OutgoingLetter.objects.count() == 2


def test_what_failed_is_told_and_goes_at_the_next_press(
    merge_id: UUID, daria: User, town_hall: Institution
) -> None:
    first, second = OutgoingDraft.objects.order_by("merge_row")
    box = Box.objects.get(institution=town_hall)
    choose_institution_box(second.id, box.pk, at=NOW)
    sent_by(daria, merge_id)
    Box.objects.filter(id=box.pk).update(is_open=False)
    drain("test")
    assert notes(merge_id) == ["", "INCOMPLETE"]
    assert states(merge_id) == ["SENT", "OPEN"]
    Box.objects.filter(id=box.pk).update(is_open=True)
    assert sent_by(daria, merge_id) == 1
    drain("test")
    assert states(merge_id) == ["SENT", "SENT"]
    assert OutgoingLetter.objects.filter(draft_id=first.id).count() == 1


def test_a_letter_changed_by_hand_goes_as_it_is_now(merge_id: UUID, daria: User) -> None:
    draft = OutgoingDraft.objects.order_by("merge_row")[0]
    sent_by(daria, merge_id)
    changed = OutgoingContent("Inny tytuł", "x", "")
    current = OutgoingDraft.objects.get(id=draft.id).version
    write_outgoing(draft.id, changed, version=current, at=NOW)
    drain("test")
    assert states(merge_id) == ["OPEN", "SENT"]
    assert sent_by(daria, merge_id) == 1
    drain("test")
    assert OutgoingLetter.objects.get(draft_id=draft.id).title == "Inny tytuł"


def test_a_seal_that_does_not_serve_is_tried_again(merge_id: UUID, daria: User) -> None:
    from dataclasses import replace

    from skrytka.gateways.installed import install, installed

    before = installed()
    sent_by(daria, merge_id)
    install(replace(before, seal_keys=OtherKeys(usable=False)))  # type: ignore[arg-type]
    try:
        drain("test")
    finally:
        install(before)
    assert states(merge_id) == ["OPEN", "OPEN"]
    assert waiting_effects() == 2
    OutboxRow.objects.update(due_at=now() - timedelta(minutes=1))
    drain("test")
    assert states(merge_id) == ["SENT", "SENT"]


def test_a_second_person_lets_the_series_go(merge_id: UUID, daria: User, cuw: Institution) -> None:
    want_second_person(cuw)
    hanna = employed("Hanna", "Bury", cuw, Role.CLERK)
    sent_by(daria, merge_id)
    drain("test")
    assert states(merge_id) == ["WAITING", "WAITING"]
    with pytest.raises(CannotChangeOutgoing):
        release_merge(merge_id, daria.pk, actor=actor(daria), at=now())
    assert release_merge(merge_id, hanna.pk, actor=actor(hanna), at=now()) == 2
    assert release_merge(merge_id, hanna.pk, actor=actor(hanna), at=now()) == 0
    drain("test")
    assert {letter.released_by for letter in OutgoingLetter.objects.all()} == {hanna}


def test_what_was_not_sent_is_put_away(merge_id: UUID, daria: User, cuw: Institution) -> None:
    first, _second = OutgoingDraft.objects.order_by("merge_row")
    OutgoingDraft.objects.exclude(id=first.id).update(merge_note="QUEUED")
    drop_merge(merge_id, at=NOW)
    assert states(merge_id) == [OutgoingState.DISCARDED, OutgoingState.OPEN]
    only_seen = series(daria, cuw, "/nikt/domyslna;1;2;3")
    drop_merge(only_seen, at=NOW)
    assert merge_view(only_seen, at=NOW) is None


def test_the_list_of_series_counts_its_letters(
    merge_id: UUID, daria: User, cuw: Institution, town_hall: Institution
) -> None:
    (line,) = merges_of(cuw.pk)
    assert (line.is_drafted, line.open_count, line.sent_count) == (True, 2, 0)
    sent_by(daria, merge_id)
    drain("test")
    (line,) = merges_of(cuw.pk)
    assert (line.open_count, line.waiting_count, line.sent_count) == (0, 0, 2)
    assert merges_of(town_hall.pk) == ()
