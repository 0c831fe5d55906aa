"""„Terminy”: the month with its days off, each day its letters, and the same for other programs."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import html5lib
import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.delivery.models import OutgoingLetter
from skrytka.delivery.operations.notices import note_bounce
from skrytka.delivery.operations.restart import start_anew
from skrytka.delivery.queries.deadlines import (
    Deadline,
    DeadlineKind,
    deadlines_by_day,
    deadlines_from,
)
from skrytka.delivery.queries.tracking import Tracked
from skrytka.desk.deadlines.icalendar import calendar_file
from skrytka.ledger.operations import Actor
from tests.desk.deadlines.calendars import events_of
from tests.desk.sent.conftest import Hands
from tests.desk.world import client_at
from tests.world.deliveries import collect
from tests.world.outgoing import days, night_at, noticed_letter, send_notices
from tests.world.page_client import PageClient
from tests.world.sent_letters import letter_between, named_letter, notice_of, stopped_letter

pytestmark = pytest.mark.django_db
ID = UUID(int=7)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def client(daria: User) -> PageClient:
    return client_at(daria)


def page(client: PageClient, month: str = "") -> str:
    asked = {"miesiac": month} if month else {}
    return client.get(reverse("desk:deadlines"), asked).content.decode()


def cells(source: str) -> dict[str, str]:
    """The days of the table with all their words, by date."""
    tree = html5lib.parse(source, namespaceHTMLElements=False)
    (table,) = (each for each in tree.iter("table") if each.get("class") == "month")
    found = {}
    for cell in table.iter("td"):
        for time in cell.iter("time"):
            found[time.get("datetime")] = " ".join(" ".join(cell.itertext()).split())
    return found


def test_both_deadlines_of_a_letter_stand_on_their_days(
    client: PageClient, letter: OutgoingLetter
) -> None:
    found = cells(page(client, "2026-11"))
    assert len(found) == 30
    assert "Powtórne zawiadomienie CUW.5321.7.2026" in found["2026-11-09"]
    assert "Ostatni dzień CUW.5321.7.2026" in found["2026-11-16"]
    assert reverse("desk:sent_letter", args=[letter.id]) in page(client, "2026-11")
    assert sum("CUW.5321.7.2026" in text for text in found.values()) == 2


def test_days_off_are_marked_and_named(client: PageClient) -> None:
    november, december = cells(page(client, "2026-11")), cells(page(client, "2026-12"))
    assert "Narodowe Święto Niepodległości" in november["2026-11-11"]
    assert november["2026-11-14"] == "14 dzień wolny"
    assert november["2026-11-15"] == "15 dzień wolny"
    assert november["2026-11-16"] == "16"
    assert december["2026-12-24"] != "24"
    # 24 December is free by law since 2025.
    assert cells(page(client, "2024-12"))["2024-12-24"] == "24"


def test_the_nights_when_clocks_move_are_one_day_each(
    client: PageClient, daria: User, cuw: Institution, anna: User
) -> None:
    # Sent half past midnight in Warsaw, on a day that in UTC has not begun yet.
    at = datetime(2026, 10, 10, 22, 30, tzinfo=UTC)
    named_letter(daria, cuw, anna, title="Jesień", mark="CUW.9.2026", at=at)
    found = cells(page(client, "2026-10"))
    assert len(found) == 31
    assert "CUW.9.2026" in found["2026-10-18"]
    assert "CUW.9.2026" in found["2026-10-25"]
    assert "CUW.9.2026" not in found["2026-10-24"]
    assert len(cells(page(client, "2027-03"))) == 31


def test_the_present_month_comes_first_and_marks_today(client: PageClient) -> None:
    source = page(client)
    assert "Terminy: Listopad 2026" in source
    assert "3 dziś" in cells(source)["2026-11-03"]
    assert source.count('aria-current="date"') == 1
    assert "?miesiac=2026-10" in source
    assert "?miesiac=2026-12" in source


@pytest.mark.parametrize("asked", ["x", "2026-13", "0001-01", "9999-12", "2026-11-11", "1989-05"])
def test_a_month_there_is_not_stands_for_the_present_one(asked: str, client: PageClient) -> None:
    assert "Terminy: Listopad 2026" in page(client, asked)


def test_the_last_month_one_may_ask_for_leads_no_further(client: PageClient) -> None:
    assert "2032-01" not in page(client, "2031-12")
    assert "2020-12" not in page(client, "2021-01")


def test_what_runs_no_more_has_no_deadline(
    client: PageClient, letter: OutgoingLetter, daria: User, cuw: Institution, anna: User,
    town_hall: Institution,
) -> None:  # fmt: skip
    stopped_letter(daria, cuw, anna)
    letter_between(daria, cuw, town_hall)
    assert len(deadlines_by_day(cuw.pk, *NOVEMBER)) == 2
    collect(letter, anna)
    assert deadlines_by_day(cuw.pk, *NOVEMBER) == {}
    assert "W tym miesiącu nie kończy się żaden termin." in page(client, "2026-11")


def test_after_the_second_notice_only_the_last_day_is_left(
    letter: OutgoingLetter, cuw: Institution
) -> None:
    night_at(days(7, 15))
    assert list(deadlines_by_day(cuw.pk, *NOVEMBER)) == [date(2026, 11, 16)]


def test_a_full_day_shows_a_few_and_counts_the_rest(
    client: PageClient, daria: User, cuw: Institution, anna: User
) -> None:
    for number in range(6):
        named_letter(daria, cuw, anna, title=f"Pismo {number}", mark=f"CUW.{number}.2026")
    day = deadlines_by_day(cuw.pk, *NOVEMBER)[date(2026, 11, 16)]
    assert (len(day.shown), day.last_days, day.more) == (4, 6, 2)
    found = cells(page(client, "2026-11"))
    assert "i jeszcze 2" in found["2026-11-16"]
    assert reverse("desk:sent") + "?dzien=2026-11-16" in page(client, "2026-11")


def test_last_days_come_before_second_notices(daria: User, cuw: Institution, anna: User) -> None:
    for number in range(3):
        named_letter(daria, cuw, anna, title=f"Wcześniej {number}")
        named_letter(daria, cuw, anna, title=f"Później {number}", at=days(7))
    day = deadlines_by_day(cuw.pk, *NOVEMBER)[date(2026, 11, 16)]
    kinds = [each.kind for each in day.shown]
    assert kinds == [*[DeadlineKind.LAST_DAY] * 3, DeadlineKind.SECOND_NOTICE]
    assert (day.last_days, day.second_notices, day.more) == (3, 3, 2)


def test_the_list_for_phones_names_whole_letters(
    client: PageClient, letter: OutgoingLetter
) -> None:
    source = page(client, "2026-11")
    phone = source[source.index('<div class="month-days">') :]
    assert "16\u00a0listopada\u00a02026\u00a0r., poniedziałek" in phone
    assert letter.title in phone
    assert "Anna Kowalska" in phone
    assert "Narodowe Święto Niepodległości" in phone
    assert "Dziś nie kończy się żaden termin." in phone


def test_the_table_of_deadlines_begins_today(
    daria: User, letter: OutgoingLetter, hands: Hands
) -> None:
    def rows() -> list[list[str]]:
        answer: Any = client_at(daria).get(reverse("desk:deadlines_table"))
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]

    assert [row[:2] for row in rows()] == [
        ["2026-11-09", "Powtórne zawiadomienie"], ["2026-11-16", "Ostatni dzień"],
    ]  # fmt: skip
    hands.at = days(8)
    assert [row[0] for row in rows()] == ["2026-11-16"]


def test_the_calendar_file_is_read_back(client: PageClient, letter: OutgoingLetter) -> None:
    answer = client.get(reverse("desk:deadlines_calendar"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="terminy-')
    notice, last = events_of(answer.content)
    assert notice["SUMMARY"] == "Powtórne zawiadomienie: CUW.5321.7.2026"
    assert last["SUMMARY"] == "Ostatni dzień: CUW.5321.7.2026"
    assert (last["DTSTART;VALUE=DATE"], last["DTEND;VALUE=DATE"]) == ("20261116", "20261117")
    assert last["DTSTAMP"] == "20261103T090000Z"
    assert last["URL"] == f"http://testserver/kancelaria/wyslane/{letter.id}/"
    assert last["UID"] == f"{letter.id}-LAST_DAY@testserver"
    assert notice["UID"] != last["UID"]


def test_no_name_and_no_title_goes_into_a_calendar(
    client: PageClient, letter: OutgoingLetter
) -> None:
    content = client.get(reverse("desk:deadlines_calendar")).content.decode()
    for secret in ("Anna", "Kowalska", "anna@", letter.title, "Decyzja"):
        assert secret not in content


def test_identities_stay_while_the_file_is_made_anew(
    daria: User, letter: OutgoingLetter, hands: Hands
) -> None:
    first = events_of(client_at(daria).get(reverse("desk:deadlines_calendar")).content)
    hands.at += timedelta(hours=5)
    second = events_of(client_at(daria).get(reverse("desk:deadlines_calendar")).content)
    assert [each["UID"] for each in first] == [each["UID"] for each in second]


def test_a_delivery_started_anew_moves_its_events_and_leaves_none_behind(
    daria: User, letter: OutgoingLetter, client: PageClient, hands: Hands
) -> None:
    first = events_of(client.get(reverse("desk:deadlines_calendar")).content)
    note_bounce(notice_of(letter).message_id, "550", at=hands.at)
    start_anew(letter.id, actor=Actor(str(daria.pk)), at=days(3))
    send_notices(days(3))
    moved = events_of(client.get(reverse("desk:deadlines_calendar")).content)
    assert [each["UID"] for each in moved] == [each["UID"] for each in first]
    assert {each["SEQUENCE"] for each in first} == {"0"}
    assert {each["SEQUENCE"] for each in moved} == {"1"}
    assert moved[-1]["DTSTART;VALUE=DATE"] == "20261119"


@pytest.mark.parametrize(
    "mark",
    [
        "a" * 200,
        "CUW;1,2\\3", "A\nB", "ż" * 100, "CUW.1.2026 " * 9, "a\r\nEND:VCALENDAR\r\nb", "\x00\x07",
        "\U0001f4ee" * 40,
    ],
)  # fmt: skip
def test_whatever_a_case_is_marked_with_comes_back(mark: str) -> None:
    deadline = Deadline(
        date(2026, 12, 31), DeadlineKind.LAST_DAY, ID, 1, "Tytuł", "Anna", mark, "DOK-1",
        Tracked.NOTIFIED,
    )  # fmt: skip
    (event,) = events_of(calendar_file([deadline], "http://testserver/{letter}/", at=days(1)))
    spaces = str.maketrans({chr(code): " " for code in range(32) if code != 10})
    assert event[
        "SUMMARY"
    ] == f"Ostatni dzień: {mark.replace(chr(13) + chr(10), chr(10))}".translate(spaces)
    assert event["DTEND;VALUE=DATE"] == "20270101"


def test_an_empty_calendar_is_still_one() -> None:
    assert events_of(calendar_file([], "http://testserver/{letter}/", at=days(1))) == []


def test_a_letter_without_a_case_goes_by_its_own_number(
    daria: User, cuw: Institution, anna: User
) -> None:
    letter = noticed_letter(daria, cuw, anna)
    bare = named_letter(daria, cuw, anna, title="Bez znaku", mark="")
    marks = {each.letter_id: each.mark for each in deadlines_from(cuw.pk, days(1).date())}
    assert marks == {letter.id: "CUW.5321.7.2026", bare.id: bare.document_no}


def test_another_institution_has_no_part_in_them(
    letter: OutgoingLetter, town_hall: Institution
) -> None:
    assert deadlines_by_day(town_hall.pk, *NOVEMBER) == {}
    assert list(deadlines_from(town_hall.pk, NOVEMBER[0])) == []
