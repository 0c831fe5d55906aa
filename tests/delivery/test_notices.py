"""Each notice is sent once, tried again, lost, or sent back; each outcome stays on record."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from skrytka.accounts.models import Employment, Institution, Representation, Role, User
from skrytka.accounts.operations import OrganisationData, add_organisation
from skrytka.accounts.operations.delivery_consent import resign_from_delivery
from skrytka.accounts.queries import Address, PartyKind
from skrytka.core.delivery import DeliveryFault, Loss, Standing, StopCause
from skrytka.delivery.models import Delivery, Notice, OutgoingLetter
from skrytka.delivery.operations import notices
from skrytka.delivery.operations.dispatch import dispatch_letter
from skrytka.delivery.operations.notices import (
    BounceFault,
    CannotNoteBounce,
    note_bounce,
    report_bounce,
    send_notice,
)
from skrytka.delivery.operations.restart import CannotStartAnew, RestartFault, start_anew
from skrytka.delivery.operations.sweep import sweep_due
from skrytka.gateways.installed import installed
from skrytka.gateways.mail import (
    Mail,
    MailNotSentError,
    MailRefusedError,
    MemoryMailer,
    open_mailer,
)
from skrytka.ledger.models import Event, OutboxRow
from skrytka.ledger.operations import Actor, Effect
from skrytka.ledger.operations.events import SYSTEM
from skrytka.ledger.operations.outbox import last_attempt
from tests.desk.world import employed
from tests.world.cast import LONG_AGO
from tests.world.outgoing import (
    SENT_AT,
    TEXT,
    TITLE,
    days,
    delivery_of,
    dispatched_letter,
    night_at,
    send_notices,
    signed_draft,
    use_mailer,
)

pytestmark = pytest.mark.django_db
CLERK = Actor("7")


class FailingMailer:
    """A mailer whose server fails in a given way, until it is mended."""

    reaches_people = True

    def __init__(self, fault: type[MailNotSentError] | None) -> None:
        self.fault = fault
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        if self.fault is not None:
            raise self.fault("550 no such user")
        self.sent.append(mail)


@pytest.fixture
def mailer() -> Iterator[MemoryMailer]:
    before, memory = installed().mailer, MemoryMailer()
    use_mailer(memory)
    yield memory
    use_mailer(before)


@pytest.fixture
def failing() -> Iterator[FailingMailer]:
    before, failing = installed().mailer, FailingMailer(MailNotSentError)
    use_mailer(failing)
    yield failing
    use_mailer(before)


@pytest.fixture
def letter(daria: User, cuw: Institution, anna: User) -> OutgoingLetter:
    return dispatched_letter(daria, cuw, anna)


def notice_of(letter: OutgoingLetter, which: str = "FIRST") -> Notice:
    return Notice.objects.get(delivery=letter.id, round=which)


def kinds() -> list[str]:
    return list(
        Event.objects.filter(subject_type="OUTGOING").order_by("id").values_list("kind", flat=True)
    )


def mails_to(address: str) -> list[str]:
    rows = OutboxRow.objects.filter(effect=Effect.MAIL, payload__to=address).order_by("id")
    return [row.payload["subject"] for row in rows]


def test_the_first_notice_starts_the_term_at_the_instant_it_was_sent(
    letter: OutgoingLetter, mailer: MemoryMailer, anna: User
) -> None:
    send_notices(days(1, hours=3))
    delivery = delivery_of(letter)
    assert (delivery.standing, delivery.first_notice_at) == (Standing.NOTIFIED, days(1, hours=3))
    assert str(delivery.last_day_on) == "2026-11-17"
    notice = notice_of(letter)
    assert (notice.state, notice.sent_at) == ("SENT", days(1, hours=3))
    assert [mail.to for mail in mailer.sent] == [anna.email]
    assert kinds() == ["OUTGOING_DISPATCHED", "NOTICE_SENT"]


def test_a_notice_says_what_the_law_asks_for_and_nothing_of_the_letter(
    letter: OutgoingLetter, mailer: MemoryMailer
) -> None:
    send_notices(SENT_AT)
    (mail,) = mailer.sent
    assert mail.subject == "Czeka na Ciebie pismo z urzędu"
    for said in (
        "Centrum Usług Wspólnych w Cieszynie",
        "Znak sprawy: CUW.5321.7.2026",
        f"/odebrane/{letter.id}/",
        "poświadczenie doręczenia (UPD)",
        "do końca dnia: 16 listopada 2026 r.",
        "17 listopada 2026 r. pismo uznaje się za doręczone.",
    ):
        assert said in mail.text.replace("\xa0", " ")
    assert TITLE not in mail.text
    assert TEXT not in mail.text


def test_a_notice_speaks_the_language_of_the_person(
    letter: OutgoingLetter, mailer: MemoryMailer, anna: User
) -> None:
    User.objects.filter(id=anna.pk).update(language="en")
    send_notices(SENT_AT)
    assert "Czeka" not in mailer.sent[0].subject


def test_proxies_are_told_too(
    letter: OutgoingLetter, mailer: MemoryMailer, bogdan: User, celina: User
) -> None:
    send_notices(SENT_AT)
    assert mails_to(bogdan.email) == ["Czeka na Ciebie pismo z urzędu"]
    assert mails_to(celina.email) == []


def test_a_notice_is_not_sent_twice(letter: OutgoingLetter, mailer: MemoryMailer) -> None:
    for minutes in (0, 5):
        send_notice(notice_of(letter).id, 1, at=SENT_AT + timedelta(minutes=minutes))
    assert len(mailer.sent) == 1
    assert delivery_of(letter).first_notice_at == SENT_AT


def test_a_mail_server_that_is_out_is_tried_again_and_no_term_runs(
    letter: OutgoingLetter, failing: FailingMailer
) -> None:
    with pytest.raises(MailNotSentError):
        send_notice(notice_of(letter).id, 1, at=SENT_AT)
    assert (notice_of(letter).state, notice_of(letter).tries) == ("DUE", 1)
    assert delivery_of(letter).started_at is None
    failing.fault = None
    send_notice(notice_of(letter).id, 2, at=days(2))
    assert delivery_of(letter).first_notice_at == days(2)
    assert notice_of(letter).tries == 2


def test_a_notice_that_cannot_be_sent_stops_the_clock_and_alarms_those_who_sent_the_letter(
    letter: OutgoingLetter, failing: FailingMailer, daria: User
) -> None:
    send_notice(notice_of(letter).id, last_attempt(Effect.SEND_NOTICE), at=days(2))
    delivery = delivery_of(letter)
    assert (delivery.standing, delivery.stop_cause, delivery.due_at) == (
        Standing.STOPPED,
        StopCause.FIRST_FAILED,
        None,
    )
    assert kinds()[-2:] == ["NOTICE_FAILED", "DELIVERY_STOPPED"]
    assert mails_to(daria.email) == ["Zatrzymane doręczenie pisma"]


def test_an_address_refused_for_good_is_not_tried_again(
    letter: OutgoingLetter, failing: FailingMailer
) -> None:
    failing.fault = MailRefusedError
    send_notice(notice_of(letter).id, 1, at=SENT_AT)
    assert notice_of(letter).state == "BOUNCED"
    assert delivery_of(letter).stop_cause == StopCause.FIRST_BOUNCED


def test_a_bounced_mail_stops_the_clock_once(
    letter: OutgoingLetter, mailer: MemoryMailer, daria: User
) -> None:
    send_notices(SENT_AT)
    for _ in range(2):
        note_bounce(notice_of(letter).message_id, "5.1.1 no such user", at=days(1))
    assert notice_of(letter).error == "5.1.1 no such user"
    assert delivery_of(letter).stop_cause == StopCause.FIRST_BOUNCED
    assert mails_to(daria.email) == ["Zatrzymane doręczenie pisma"]
    assert night_at(days(30)).found == 0


def test_a_clerk_may_report_a_bounce(letter: OutgoingLetter, mailer: MemoryMailer) -> None:
    send_notices(SENT_AT)
    report_bounce(notice_of(letter).id, actor=CLERK, at=days(1))
    assert Event.objects.get(kind="NOTICE_BOUNCED").actor_id == CLERK.id
    assert delivery_of(letter).standing == Standing.STOPPED


def test_only_what_was_sent_can_bounce(letter: OutgoingLetter) -> None:
    with pytest.raises(CannotNoteBounce) as unsent:
        note_bounce(notice_of(letter).message_id, "", at=SENT_AT)
    with pytest.raises(CannotNoteBounce) as unknown:
        note_bounce("<another@mail>", "", at=SENT_AT)
    with pytest.raises(CannotNoteBounce) as nobody:
        report_bounce(UUID(int=7), actor=CLERK, at=SENT_AT)
    assert unsent.value.reason is BounceFault.NOT_SENT
    assert unknown.value.reason is nobody.value.reason is BounceFault.NOT_A_NOTICE


def test_a_new_start_tells_the_party_again_and_counts_from_there(
    letter: OutgoingLetter, mailer: MemoryMailer, anna: User
) -> None:
    send_notices(SENT_AT)
    note_bounce(notice_of(letter).message_id, "", at=days(1))
    start_anew(letter.id, actor=CLERK, at=days(3))
    send_notices(days(3))
    delivery = delivery_of(letter)
    assert (delivery.attempt, delivery.standing) == (2, Standing.NOTIFIED)
    assert str(delivery.last_day_on) == "2026-11-19"
    assert len(mailer.sent) == 2
    states = Notice.objects.order_by("attempt").values_list("attempt", "state")
    assert list(states) == [(1, "BOUNCED"), (2, "SENT")]


def test_a_bounce_of_an_earlier_attempt_stops_nothing_new(
    letter: OutgoingLetter, mailer: MemoryMailer
) -> None:
    send_notices(SENT_AT)
    first = notice_of(letter)
    night_at(days(8))
    note_bounce(notice_of(letter, "REPEAT").message_id, "", at=days(8))
    start_anew(letter.id, actor=CLERK, at=days(9))
    send_notices(days(9))
    note_bounce(first.message_id, "", at=days(10))
    assert delivery_of(letter).standing == Standing.NOTIFIED


def test_what_is_not_stopped_is_not_started_anew(
    letter: OutgoingLetter, mailer: MemoryMailer
) -> None:
    send_notices(SENT_AT)
    with pytest.raises(CannotStartAnew) as refused:
        start_anew(letter.id, actor=CLERK, at=days(1))
    assert refused.value.reason is DeliveryFault.NOT_STOPPED


def test_a_letter_collected_meanwhile_needs_no_notice(
    letter: OutgoingLetter, mailer: MemoryMailer
) -> None:
    Delivery.objects.filter(pk=letter.id).update(standing="COLLECTED", ended_at=SENT_AT)
    send_notices(SENT_AT)
    assert notice_of(letter).state == "NOT_NEEDED"
    assert mailer.sent == []


@pytest.fixture
def company(celina: User) -> int:
    data = OrganisationData(PartyKind.COMPANY, "Jesion", Address(town="Cieszyn"), nip="1234563218")
    return add_organisation(celina.pk, data, at=LONG_AGO)


def test_the_notice_to_a_company_goes_to_who_represents_it(
    daria: User, cuw: Institution, celina: User, company: int, mailer: MemoryMailer
) -> None:
    draft = signed_draft(daria, cuw, None)
    type(draft).objects.filter(id=draft.id).update(party=company)
    dispatch_letter(draft.id, actor=CLERK, at=SENT_AT)
    send_notices(SENT_AT)
    assert [mail.to for mail in mailer.sent] == [celina.email]


def test_where_nobody_can_be_told_the_clock_stops_at_once(
    daria: User, cuw: Institution, company: int
) -> None:
    Representation.objects.filter(party=company).update(until=LONG_AGO)
    draft = signed_draft(daria, cuw, None)
    type(draft).objects.filter(id=draft.id).update(party=company)
    sent = dispatch_letter(draft.id, actor=CLERK, at=SENT_AT)
    delivery = Delivery.objects.get(pk=sent.letter_id)
    assert delivery.stop_cause == StopCause.FIRST_FAILED
    assert Notice.objects.get().error == "nikt nie reprezentuje adresata"


def test_a_notice_is_sent_when_the_server_has_taken_it(
    letter: OutgoingLetter, mailer: MemoryMailer
) -> None:
    """Begun before midnight and taken after it: the term starts a day later."""
    before, after = days(0, hours=14), days(0, hours=15)
    send_notice(notice_of(letter).id, 1, at=before, then=lambda: after)
    assert delivery_of(letter).first_notice_at == after
    assert str(delivery_of(letter).last_day_on) == "2026-11-17"


def test_a_reminder_of_a_term_that_is_over_tells_nobody_untrue_things(
    letter: OutgoingLetter, mailer: MemoryMailer
) -> None:
    send_notices(SENT_AT)
    sweep_due(at=days(8))
    send_notices(days(17))
    assert len(mailer.sent) == 1
    assert notice_of(letter, "REPEAT").state == "NOT_NEEDED"


def test_whatever_keeps_a_notice_is_given_up_in_the_end(
    letter: OutgoingLetter, failing: FailingMailer
) -> None:
    failing.fault = UnicodeError  # type: ignore[assignment]
    with pytest.raises(UnicodeError):
        send_notice(notice_of(letter).id, 1, at=SENT_AT)
    send_notice(notice_of(letter).id, last_attempt(Effect.SEND_NOTICE), at=days(2))
    assert delivery_of(letter).stop_cause == StopCause.FIRST_FAILED


def test_mail_that_stays_in_a_folder_of_a_real_installation_is_no_notice(
    letter: OutgoingLetter, tmp_path: Path
) -> None:
    before = installed().mailer
    use_mailer(open_mailer(f"file://{tmp_path}/mail", "s@example.pl", is_demo=False))
    with pytest.raises(MailNotSentError, match="SKRYTKA_MAIL_URL"):
        send_notice(notice_of(letter).id, 1, at=SENT_AT)
    use_mailer(before)
    assert delivery_of(letter).started_at is None


def test_a_sending_that_fails_beside_a_good_one_loses_nothing(
    letter: OutgoingLetter, mailer: MemoryMailer
) -> None:
    """Two workers held the same notice: one has sent it, the other's last try failed."""
    _lost_meanwhile = notice_of(letter).id
    send_notices(SENT_AT)
    notices._lost(_lost_meanwhile, Loss.FAILED, "late", SYSTEM, SENT_AT)
    notices._sent(_lost_meanwhile, 2, SENT_AT)
    assert notice_of(letter).state == "SENT"
    assert kinds().count("NOTICE_SENT") == 1


def test_who_has_resigned_is_not_notified_anew(
    letter: OutgoingLetter, mailer: MemoryMailer, anna: User
) -> None:
    send_notices(SENT_AT)
    note_bounce(notice_of(letter).message_id, "", at=days(1))
    resign_from_delivery(anna.party.pk, at=days(1), actor=CLERK)
    with pytest.raises(CannotStartAnew) as refused:
        start_anew(letter.id, actor=CLERK, at=days(2))
    assert refused.value.reason is RestartFault.RESIGNED


def test_a_clerk_who_has_left_is_told_nothing(
    letter: OutgoingLetter, failing: FailingMailer, daria: User, cuw: Institution
) -> None:
    head = employed("Filip", "Sikora", cuw, Role.ADMINISTRATOR)
    Employment.objects.filter(user=daria).update(until=SENT_AT)
    failing.fault = MailRefusedError
    send_notice(notice_of(letter).id, 1, at=days(1))
    assert mails_to(daria.email) == []
    assert mails_to(head.email) == ["Zatrzymane doręczenie pisma"]
