"""The confirmed profile from the request to its end."""

from datetime import UTC, datetime

import pytest

from skrytka.accounts.models import ConfirmedProfile, Institution, ProfileState, User
from skrytka.accounts.operations import (
    AccountData,
    CannotDecideProfile,
    CannotRequestProfile,
    Counter,
    PersonalData,
    ProfileFault,
    SeenIdentity,
    confirm_profile,
    create_account,
    refuse_profile,
    request_profile,
    revoke_profile,
    update_personal_data,
)
from skrytka.accounts.queries import (
    Address,
    SeenDocument,
    confirmed_profile_of,
    profile_decided_at,
    profile_request_of_code,
    profile_request_of_id,
    profile_standing_of,
    profiles_decided_at,
    viewer_of,
)
from skrytka.ledger.models import Event, OutboxRow
from skrytka.ledger.operations import Actor

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
PESEL = "44051401359"
IDENTITY = SeenIdentity(SeenDocument.ID_CARD, PESEL)


def requested(user: User) -> int:
    found = profile_request_of_code(request_profile(user.pk, at=AT))
    assert found is not None
    return found.id


@pytest.fixture
def counter(daria: User, cuw: Institution) -> Counter:
    return Counter(cuw.pk, daria.pk)


def test_a_clerk_confirms_for_three_years(anna: User, counter: Counter) -> None:
    confirm_profile(requested(anna), IDENTITY, counter, at=AT)
    profile = confirmed_profile_of(anna.pk, AT)
    assert profile is not None
    assert (profile.full_name, profile.pesel) == ("Anna Kowalska", PESEL)
    assert profile.valid_until == datetime(2029, 11, 23, 12, tzinfo=UTC)
    assert viewer_of(anna, at=AT).has_confirmed_profile


def test_an_expired_profile_is_none(anna: User, counter: Counter) -> None:
    confirm_profile(requested(anna), IDENTITY, counter, at=AT)
    end = datetime(2029, 11, 23, 12, tzinfo=UTC)
    assert confirmed_profile_of(anna.pk, end) is None
    assert not viewer_of(anna, at=end).has_confirmed_profile
    ended = profile_standing_of(anna.pk, end).ended
    assert ended is not None
    assert not ended.is_in_force


def test_three_years_from_a_leap_day_end_on_the_first_of_march(
    anna: User, counter: Counter
) -> None:
    leap_day = datetime(2028, 2, 29, 12, tzinfo=UTC)
    confirm_profile(requested(anna), IDENTITY, counter, at=leap_day)
    profile = confirmed_profile_of(anna.pk, leap_day)
    assert profile is not None
    assert profile.valid_until == datetime(2031, 3, 1, 12, tzinfo=UTC)


def test_a_renewal_keeps_the_old_profile_until_the_new_one_is_confirmed(
    anna: User, counter: Counter
) -> None:
    confirm_profile(requested(anna), IDENTITY, counter, at=AT)
    later = datetime(2029, 11, 1, 12, tzinfo=UTC)
    code = request_profile(anna.pk, at=later)
    assert confirmed_profile_of(anna.pk, later)
    found = profile_request_of_code(code)
    assert found is not None
    confirm_profile(found.id, IDENTITY, counter, at=later)
    renewed = confirmed_profile_of(anna.pk, datetime(2032, 10, 31, tzinfo=UTC))
    assert renewed is not None
    states = list(ConfirmedProfile.objects.order_by("id").values_list("state", flat=True))
    assert states == [ProfileState.RENEWED, ProfileState.CONFIRMED]


def test_a_code_is_found_however_it_is_typed(anna: User) -> None:
    code = request_profile(anna.pk, at=AT)
    assert profile_request_of_code(f" {code[:4].lower()}-{code[4:]} ")
    assert profile_request_of_code("nothing") is None


def test_nobody_asks_twice_or_without_a_name(anna: User) -> None:
    request_profile(anna.pk, at=AT)
    with pytest.raises(CannotRequestProfile) as twice:
        request_profile(anna.pk, at=AT)
    assert twice.value.reason is ProfileFault.ALREADY_REQUESTED
    nameless = create_account(AccountData("x@example.pl", "cztery zwykłe słowa"), at=AT)
    with pytest.raises(CannotRequestProfile) as unknown:
        request_profile(nameless, at=AT)
    assert unknown.value.reason is ProfileFault.NO_PERSONAL_DATA


def test_a_clerk_does_not_confirm_themselves(daria: User, counter: Counter) -> None:
    with pytest.raises(CannotDecideProfile) as refusal:
        confirm_profile(requested(daria), IDENTITY, counter, at=AT)
    assert refusal.value.reason is ProfileFault.OWN_PROFILE


@pytest.mark.parametrize(
    ("pesel", "reason"),
    [
        ("44051401358", ProfileFault.PESEL),
        ("", ProfileFault.PESEL),
        ("20270812347", ProfileFault.TOO_YOUNG),
    ],
)
def test_a_wrong_or_a_childs_pesel_confirms_nothing(
    anna: User, counter: Counter, pesel: str, reason: ProfileFault
) -> None:
    request_id = requested(anna)
    with pytest.raises(CannotDecideProfile) as refusal:
        confirm_profile(request_id, SeenIdentity(SeenDocument.PASSPORT, pesel), counter, at=AT)
    assert refusal.value.reason is reason
    assert confirmed_profile_of(anna.pk, AT) is None
    assert profile_request_of_id(request_id)


def test_a_refused_request_ends_with_its_reason_and_cannot_be_confirmed(
    anna: User, counter: Counter
) -> None:
    request_id = requested(anna)
    refuse_profile(request_id, "Dowód stracił ważność", counter, at=AT)
    ended = profile_standing_of(anna.pk, AT).ended
    assert ended is not None
    assert (ended.state, ended.end_reason) == (ProfileState.REFUSED, "Dowód stracił ważność")
    with pytest.raises(CannotDecideProfile) as refusal:
        confirm_profile(request_id, IDENTITY, counter, at=AT)
    assert refusal.value.reason is ProfileFault.NOT_REQUESTED
    assert request_profile(anna.pk, at=AT)


def test_a_revoked_profile_ends_at_once_and_only_once(
    anna: User, daria: User, counter: Counter
) -> None:
    request_id = requested(anna)
    confirm_profile(request_id, IDENTITY, counter, at=AT)
    revoke_profile(request_id, "Pomyłka w nazwisku", Actor(str(daria.pk)), at=AT)
    assert confirmed_profile_of(anna.pk, AT) is None
    with pytest.raises(CannotDecideProfile) as refusal:
        revoke_profile(request_id, "Jeszcze raz", Actor(str(daria.pk)), at=AT)
    assert refusal.value.reason is ProfileFault.NOT_CONFIRMED


def test_another_institution_sees_no_decision(
    anna: User, counter: Counter, town_hall: Institution
) -> None:
    request_id = requested(anna)
    confirm_profile(request_id, IDENTITY, counter, at=AT)
    assert [row.id for row in profiles_decided_at(counter.institution_id, AT)] == [request_id]
    assert profile_decided_at(counter.institution_id, request_id, AT)
    assert profiles_decided_at(town_hall.pk, AT) == ()
    assert profile_decided_at(town_hall.pk, request_id, AT) is None


def test_what_happened_is_recorded_without_names_or_numbers(
    anna: User, daria: User, counter: Counter
) -> None:
    request_id = requested(anna)
    confirm_profile(request_id, IDENTITY, counter, at=AT)
    revoke_profile(request_id, "Pomyłka", Actor(str(daria.pk)), at=AT)
    events = Event.objects.filter(subject_type="PROFILE").order_by("id")
    kinds = [event.kind for event in events]
    assert kinds == ["PROFILE_REQUESTED", "PROFILE_CONFIRMED", "PROFILE_REVOKED"]
    assert PESEL not in str([event.data for event in events])
    assert PESEL not in str([row.payload for row in OutboxRow.objects.all()])
    assert PESEL not in repr(confirmed_profile_of(anna.pk, AT)) + repr(IDENTITY)


def test_a_confirmed_name_is_not_changed_by_its_bearer_but_a_waiting_one_is(
    anna: User, counter: Counter
) -> None:
    from skrytka.accounts.operations import CannotUpdatePersonalData

    request_id = requested(anna)
    update_personal_data(anna.pk, PersonalData("Anna", "Nowa", Address()), at=AT)
    waiting = profile_request_of_id(request_id)
    assert waiting is not None
    assert waiting.full_name == "Anna Nowa"
    confirm_profile(request_id, IDENTITY, counter, at=AT)
    with pytest.raises(CannotUpdatePersonalData):
        update_personal_data(anna.pk, PersonalData("Inna", "Nowa", Address()), at=AT)
    update_personal_data(anna.pk, PersonalData("Anna", "Nowa", Address("Leśna", "1")), at=AT)
