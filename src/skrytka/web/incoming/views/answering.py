"""„Odpowiedz”: a new letter to the box that the letter came from, with the mark of its case."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from skrytka.accounts.queries import PartyView, Viewer, institution_of_id
from skrytka.catalogue.queries import GENERAL_CARD, CardView, card_of_slug
from skrytka.config import clock
from skrytka.delivery.queries.opened import OpenedLetter
from skrytka.letters.operations.drafts import NewDraft, start_draft
from skrytka.letters.queries.drafts import untouched_draft
from skrytka.web.compose.addressing import ChosenBox, Sender, box_for, chosen_box
from skrytka.web.context import viewer_on
from skrytka.web.incoming.access import opened_or_404

# Part of the letter that is begun, so in its language.
IN_CASE, TO_LETTER = "Odpowiedź w sprawie {mark}", "Odpowiedź na pismo {number}"


@require_POST
@login_required
def answer(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """This will begin a letter for the party that was written to, or for who answers as its proxy.

    Only who may read the letter answers it (`may_read_content`).
    """
    letter, viewer = opened_or_404(request, letter_id), viewer_on(request)
    card, party = card_of_slug(GENERAL_CARD), _writer(viewer, letter.party_id)
    if card is None:
        raise Http404
    if party is None:
        back = urlencode({"next": reverse("web:incoming_letter", args=[letter_id])})
        return redirect(f"{reverse('web:account_data')}?{back}")
    new = _new_draft(viewer.user_id, party, card, letter)
    draft_id = untouched_draft(new) or start_draft(new, at=clock.now())
    return redirect("web:draft_letter" if new.box_id else "web:draft_addressee", draft_id)


def _writer(viewer: Viewer, party_id: int) -> PartyView | None:
    own = next((party for party in viewer.parties if party.id == party_id), None)
    # A proxy answers as themselves, never as an organisation that has nothing to do with it.
    return own or (viewer.parties[0] if viewer.parties else None)


def _new_draft(user_id: int, party: PartyView, card: CardView, letter: OpenedLetter) -> NewDraft:
    box = _box(letter, Sender(party.kind, card))
    return NewDraft(
        author_id=user_id,
        party_id=party.id,
        card_id=card.id,
        form_id=card.form_id,
        box_id=box.box.id if box else None,
        title=_title(letter),
    )


def _box(letter: OpenedLetter, sender: Sender) -> ChosenBox | None:
    """The box it came from; where that takes nothing from this sender, the one that does."""
    institution = institution_of_id(letter.institution_id)
    other = chosen_box(institution, sender) if institution else None
    return box_for(letter.box_address, sender) or other


def _title(letter: OpenedLetter) -> str:
    if letter.case_mark:
        return IN_CASE.format(mark=letter.case_mark)
    return TO_LETTER.format(number=letter.document_no)
