"""The counter where profiles are confirmed: at whose, and for which request."""

from django.http import Http404

from skrytka.accounts.operations import Counter
from skrytka.accounts.queries import ProfileRequest, profile_request_of_code
from skrytka.desk.access import Desk


def counter_of(desk: Desk) -> Counter:
    return Counter(desk.institution_id, desk.viewer.user_id)


def request_of(code: str) -> ProfileRequest:
    """This will find the waiting request, or answer 404: without the code there is nothing."""
    found = profile_request_of_code(code)
    if found is None:
        raise Http404
    return found
