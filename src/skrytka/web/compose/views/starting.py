"""„Załatw sprawę”: a new draft for the acting party, with its addressee where it is known."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from skrytka.accounts.queries import PartyView
from skrytka.catalogue.queries import CardView, card_of_slug
from skrytka.config import clock
from skrytka.letters.operations.drafts import NewDraft, start_draft
from skrytka.letters.queries.drafts import untouched_draft
from skrytka.web.compose.addressing import Sender, box_for, box_of_card
from skrytka.web.context import viewer_on

BOX = "skrytka"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """This will open a draft for the card and go to the first step that asks something.

    Anyone who is logged in may (`may_read_catalogue`); the draft is for the party they act for.
    Asked twice, as browsers do on „back”, it leads to the draft that was opened before.
    """
    card = card_of_slug(slug)
    if card is None:
        raise Http404
    viewer = viewer_on(request)
    if viewer.acting_party is None:
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('web:account_data')}?{query}")
    asked = request.POST.get(BOX) or request.GET.get(BOX, "")
    new = _new_draft(viewer.user_id, viewer.acting_party, card, asked)
    draft_id = untouched_draft(new) or start_draft(new, at=clock.now())
    step = "web:draft_addressee" if new.box_id is None else "web:draft_letter"
    return redirect(step, draft_id)


def _new_draft(user_id: int, party: PartyView, card: CardView, asked: str) -> NewDraft:
    sender = Sender(party.kind, card)
    chosen = (box_for(asked, sender) if asked else None) or box_of_card(sender)
    return NewDraft(
        author_id=user_id,
        party_id=party.id,
        card_id=card.id,
        form_id=card.form_id,
        box_id=chosen.box.id if chosen else None,
        title=card.name if card.institution_id else "",
    )
