"""Who may do what about people, parties and institutions. Least privilege: no answer means no."""

from skrytka.accounts.models import Role
from skrytka.accounts.queries.mandates import MandateView
from skrytka.accounts.queries.viewers import Viewer

ANY_ROLE = frozenset(Role)
CONFIRMING = ANY_ROLE
FRONT_DESK = frozenset({Role.FRONT_DESK, Role.ADMINISTRATOR})


def may_act_for(viewer: Viewer, party_id: int) -> bool:
    """This will tell whether the person may write in the name of a party: own or represented."""
    return any(party.id == party_id for party in viewer.parties)


def may_read_letters_of(viewer: Viewer, party_id: int) -> bool:
    """This will tell whether the person may read a party's letters: as itself or by a mandate."""
    readable = (*viewer.parties, *viewer.mandated_parties)
    return any(party.id == party_id for party in readable)


def may_give_mandate_for(viewer: Viewer, party_id: int) -> bool:
    """This will tell whether the person may name a proxy; a proxy cannot name another."""
    return may_act_for(viewer, party_id)


def may_end_mandate(viewer: Viewer, mandate: MandateView) -> bool:
    """This will tell whether the person gave the mandate, or holds it and may resign."""
    return may_act_for(viewer, mandate.party_id) or mandate.proxy_id == viewer.user_id


def may_work_at(viewer: Viewer, institution_id: int) -> bool:
    """This will tell whether the person holds any role at the institution."""
    return _has_role(viewer, institution_id, ANY_ROLE)


def may_administer(viewer: Viewer, institution_id: int) -> bool:
    return _has_role(viewer, institution_id, frozenset({Role.ADMINISTRATOR}))


def may_confirm_profiles(viewer: Viewer, institution_id: int) -> bool:
    """This will tell whether the person may confirm identities at the institution's counter."""
    return _has_role(viewer, institution_id, CONFIRMING)


def may_use_front_desk(viewer: Viewer, institution_id: int) -> bool:
    """This will tell whether the person may take discs and paper from people at the counter."""
    return _has_role(viewer, institution_id, FRONT_DESK)


def _has_role(viewer: Viewer, institution_id: int, roles: frozenset[Role]) -> bool:
    return any(
        job.institution_id == institution_id and job.role in roles for job in viewer.employments
    )
