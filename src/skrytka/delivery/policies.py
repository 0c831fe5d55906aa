"""Who may send letters out of an institution, who may collect them, and who sees how far they are.

A waiting letter shows its party that it waits and from whom, never what it says: the content opens
with the end of the delivery. A proxy by a mandate collects as the party itself does.
"""

from skrytka.accounts.policies import may_act_for, may_read_letters_of
from skrytka.accounts.queries import Role, Viewer
from skrytka.core.delivery import ENDS, Standing

WRITING = frozenset({Role.CLERK})
TRACKING = frozenset({Role.CLERK, Role.FRONT_DESK})


def may_write_outgoing(viewer: Viewer, institution_id: int) -> bool:
    """This will tell whether the person may write, sign and send letters of the institution."""
    return _has_role(viewer, institution_id, WRITING)


def may_release(viewer: Viewer, institution_id: int, author_id: int) -> bool:
    """This will tell whether the person may let a letter of somebody else go: never their own."""
    return viewer.user_id != author_id and _has_role(viewer, institution_id, WRITING)


def may_track(viewer: Viewer, institution_id: int) -> bool:
    """This will tell whether the person may see what the institution sent and how far it is."""
    return _has_role(viewer, institution_id, TRACKING)


def may_see_waiting(viewer: Viewer, party_id: int) -> bool:
    """This will tell whether the person may know that a letter waits for the party."""
    return may_read_letters_of(viewer, party_id)


def may_collect(viewer: Viewer, party_id: int) -> bool:
    """This will tell whether the person may sign the UPD: as the party, for it, or as a proxy."""
    return may_read_letters_of(viewer, party_id)


def may_refuse(viewer: Viewer, party_id: int) -> bool:
    """This will tell whether the person may refuse the letter: a proxy may not, it is no favour."""
    return may_act_for(viewer, party_id)


def may_read_content(viewer: Viewer, party_id: int, standing: Standing) -> bool:
    """This will tell whether the content is open to the person: only after the delivery's end."""
    return standing in ENDS and may_read_letters_of(viewer, party_id)


def _has_role(viewer: Viewer, institution_id: int, roles: frozenset[Role]) -> bool:
    return any(
        job.institution_id == institution_id and job.role in roles for job in viewer.employments
    )
