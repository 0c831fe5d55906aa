"""Who may do what with drafts and letters. Least privilege: no answer means no.

At the desk a clerk reads and handles the letters of the own institution. The front desk (punkt
kancelaryjny) sees them read-only: it registers and tells people what became of a letter, and
decides nothing. An administrator sets the institution up and reads no letters for that; who does
both holds both roles. Nobody sees a letter of another institution.
"""

from skrytka.accounts.policies import may_act_for, may_administer, may_read_letters_of
from skrytka.accounts.queries import Role, Viewer

READING = frozenset({Role.CLERK, Role.FRONT_DESK})
HANDLING = frozenset({Role.CLERK})


def may_write_draft(viewer: Viewer, author_id: int, party_id: int) -> bool:
    """This will tell whether the person may see, change, sign and send a draft.

    A draft belongs to its author alone, and only while the author may act for its party: a draft
    for an organisation is closed to somebody who no longer represents it.
    """
    return viewer.user_id == author_id and may_act_for(viewer, party_id)


def may_read_letter_as_party(viewer: Viewer, sender_party_id: int) -> bool:
    """This will tell whether the person may read a sent letter and its receipt as its sender.

    So may the sender, who represents the sender, and the proxy by a mandate in force.
    """
    return may_read_letters_of(viewer, sender_party_id)


def may_see_inbox(viewer: Viewer, institution_id: int) -> bool:
    """This will tell whether the person may see the list of an institution's incoming letters."""
    return _has_role(viewer, institution_id, READING)


def may_read_letter_at_desk(viewer: Viewer, institution_id: int) -> bool:
    """This will tell whether the person may open a letter that came to the institution."""
    return _has_role(viewer, institution_id, READING)


def may_handle_letter(viewer: Viewer, institution_id: int) -> bool:
    """This will tell whether the person may take, note, assess, close and reopen letters."""
    return _has_role(viewer, institution_id, HANDLING)


def may_assign_letter(viewer: Viewer, institution_id: int) -> bool:
    """This will tell whether the person may give letters to a clerk of the institution."""
    return _has_role(viewer, institution_id, HANDLING)


def may_see_quarantine(viewer: Viewer, institution_id: int) -> bool:
    """This will tell whether the person may see what is in quarantine, and have it destroyed.

    So may administrators alone: they answer for the machines that an opened file would harm.
    """
    return may_administer(viewer, institution_id)


def may_release_file(viewer: Viewer, institution_id: int) -> bool:
    """This will tell whether the person may let a flagged file be taken, as a false alarm."""
    return may_administer(viewer, institution_id)


def _has_role(viewer: Viewer, institution_id: int, roles: frozenset[Role]) -> bool:
    return any(
        job.institution_id == institution_id and job.role in roles for job in viewer.employments
    )
