"""Loads the demonstration by the same operations that operators and clerks use."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction

from skrytka.accounts.operations import (
    AccountData,
    PersonalData,
    add_organisation,
    create_account,
    employ,
    found_institution,
    give_mandate,
    open_box,
    register_party,
)
from skrytka.accounts.operations.profiles import (
    Counter,
    SeenIdentity,
    confirm_profile,
    request_profile,
)
from skrytka.accounts.queries import (
    SeenDocument,
    institution_of_entity,
    profile_request_of_code,
)
from skrytka.accounts.queries.staff import user_of_email
from skrytka.cli.demo import people
from skrytka.cli.demo.cards import publish_cards
from skrytka.cli.demo.delivery_rules import adopt_rules
from skrytka.cli.demo.institutions import CUW, TOWN_HALL, SeedInstitution
from skrytka.cli.demo.letters import send_first_letter
from skrytka.cli.demo.neighbours import neighbours
from skrytka.cli.demo.people import DemoPerson
from skrytka.cli.demo.summary import CannotLoadDemo, DemoSummary, summary_of
from skrytka.core.calendar import civil_date
from skrytka.delivery.operations.templates import offer_built_in
from skrytka.ledger.operations import Actor
from skrytka.ledger.operations.events import SYSTEM
from skrytka.letters.operations.attachment_policies import (
    AttachmentRules,
    adopt_attachment_rules,
)
from skrytka.letters.screening.formats import FileFormat
from skrytka.letters.screening.policy import CIESZYN_2026

Ids = Mapping[str, int]


def load(at: datetime) -> DemoSummary:
    """This will load the demonstration, whole or not at all; a second time it changes nothing.

    What a newer release brings is added: cards, people, rules of delivery. Raises CannotLoadDemo
    outside the demonstration mode.
    """
    if not settings.DEMO:
        raise CannotLoadDemo
    with transaction.atomic():
        is_new = institution_of_entity(CUW.data.entity) is None
        if is_new:
            _load_all(at)
        else:
            _catch_up(at)
        publish_cards(at)
    return summary_of(is_new=is_new)


def _load_all(at: datetime) -> None:
    seeds = (CUW, TOWN_HALL, *neighbours())
    institutions = {seed.data.entity: _found(seed, at) for seed in seeds}
    users = {person.email: _account(person, at) for person in people.PEOPLE}
    parties = {person.email: _party(person, users, at) for person in people.PEOPLE}
    for person in people.PEOPLE:
        _employ(person, users, institutions, at)
    for person in people.PEOPLE:
        if person.pesel:
            _confirm(person, users, institutions, at)
    anna, bogdan = people.ANNA.email, people.BOGDAN.email
    give_mandate(parties[anna], parties[bogdan], at=at, actor=Actor(str(users[anna])))
    adopt_rules(at)
    send_first_letter(institutions, users, parties, at)


def _catch_up(at: datetime) -> None:
    """Whoever works at an institution since a later release, and the rules it has since then."""
    found = {place: institution_of_entity(place) for place in people.Workplace}
    institutions = {place.value: each.id for place, each in found.items() if each}
    for person in people.PEOPLE:
        if user_of_email(person.email) is None:
            users = {person.email: _account(person, at)}
            _party(person, users, at)
            _employ(person, users, institutions, at)
    adopt_rules(at)


def _found(seed: SeedInstitution, at: datetime) -> int:
    institution_id = found_institution(seed.data, at=at)
    for box in seed.boxes:
        open_box(institution_id, box, at=at)
    offer_built_in(institution_id, actor=SYSTEM, at=at)
    if seed.publishes_rules:
        adopt_attachment_rules(institution_id, _rules(at), at=at)
    return institution_id


def _rules(at: datetime) -> AttachmentRules:
    return AttachmentRules(
        policy_id=CIESZYN_2026.policy_id,
        in_force_on=civil_date(at),
        formats=tuple(kind.value for kind in FileFormat if kind in CIESZYN_2026.formats),
        total_bytes=CIESZYN_2026.total_bytes,
        source=CIESZYN_2026.source,
    )


def _account(person: DemoPerson, at: datetime) -> int:
    return create_account(AccountData(person.email, people.PASSWORD), at=at)


def _party(person: DemoPerson, users: Ids, at: datetime) -> int:
    data = PersonalData(person.given_name, person.family_name, people.HOME)
    party_id = register_party(users[person.email], data, at=at)
    if person.organisation:
        add_organisation(users[person.email], person.organisation, at=at)
    return party_id


def _employ(person: DemoPerson, users: Ids, institutions: Ids, at: datetime) -> None:
    for job in person.jobs:
        employ(users[person.email], institutions[job.workplace], job.role, at=at)


def _confirm(person: DemoPerson, users: Ids, institutions: Ids, at: datetime) -> None:
    """Daria of the CUW has seen the identity card."""
    request = profile_request_of_code(request_profile(users[person.email], at=at))
    if request is None:
        raise LookupError(person.email)
    counter = Counter(institutions[people.Workplace.CUW], users[people.DARIA.email])
    identity = SeenIdentity(SeenDocument.ID_CARD, person.pesel)
    confirm_profile(request.id, identity, counter, at=at)
