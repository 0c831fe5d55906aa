"""Which letter, and may this person read it as its sender."""

from uuid import UUID

from django.http import Http404, HttpRequest

from skrytka.letters.policies import may_read_letter_as_party
from skrytka.letters.queries.letters import LetterView, letter_view
from skrytka.web.context import viewer_on


def letter_or_404(request: HttpRequest, letter_id: UUID) -> LetterView:
    """This will return a letter of the person's own or mandated party; any other does not exist."""
    letter = letter_view(letter_id)
    if letter is None or not may_read_letter_as_party(viewer_on(request), letter.sender_party_id):
        raise Http404
    return letter


def delivered_or_404(request: HttpRequest, letter_id: UUID) -> LetterView:
    """Files of a letter that waits for the scanner or was refused for malware go to nobody."""
    letter = letter_or_404(request, letter_id)
    if not letter.register_no:
        raise Http404
    return letter
