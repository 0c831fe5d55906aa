"""Find by code, compare with the document, confirm; or refuse, or later revoke.

The PESEL goes from the clerk's hand to the record; no page and no address ever shows it.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache

from skrytka.accounts.operations import (
    CannotDecideProfile,
    ProfileFault,
    SeenIdentity,
    check_pesel,
    confirm_profile,
    refuse_profile,
    revoke_profile,
)
from skrytka.accounts.policies import may_confirm_profiles
from skrytka.accounts.queries import (
    SeenDocument,
    profile_decided_at,
    profile_request_of_code,
    profiles_decided_at,
)
from skrytka.config import clock
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.frame import desk_render
from skrytka.desk.profiles.access import counter_of, request_of
from skrytka.desk.profiles.forms import DOCUMENTS, CodeForm, IdentityForm, ReasonForm
from skrytka.desk.profiles.rows import decision_rows

SEEN = "seen_identity"
TEXTS = {
    ProfileFault.PESEL: _lazy("Ten PESEL jest niepoprawny. Przepisz go z dokumentu jeszcze raz."),
    ProfileFault.TOO_YOUNG: _lazy("Ta osoba ma mniej niż 13 lat. Nie możesz potwierdzić profilu."),
    ProfileFault.OWN_PROFILE: _lazy("Nie możesz potwierdzić własnego profilu."),
    ProfileFault.NOT_REQUESTED: _lazy("Ta prośba nie czeka już na potwierdzenie."),
    ProfileFault.NOT_CONFIRMED: _lazy("Ten profil nie jest już ważny."),
}


@for_desk(may_confirm_profiles)
def find(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will find a request by the code said at the counter (step 1), and list decisions."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = profile_request_of_code(form.cleaned_data["code"])
        if found:
            return redirect("desk:compare_profile", code=found.code)
        form.add_error("code", _("Nie ma prośby o takim kodzie. Sprawdź kod z osobą przy okienku."))
    rows = decision_rows(profiles_decided_at(desk.institution_id, clock.now()))
    return _page(request, "find", desk, form=form, rows=rows)


@for_desk(may_confirm_profiles)
@never_cache
def compare(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """This will take what the clerk read from the document (step 2)."""
    asked = request_of(code)
    form = IdentityForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_fit(form):
        data = form.cleaned_data
        request.session[SEEN] = [asked.code, data["document"], data["pesel"]]
        return redirect("desk:confirm_profile", code=asked.code)
    return _page(request, "compare", desk, form=form, asked=asked)


@for_desk(may_confirm_profiles)
@never_cache
def confirm(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """This will show what is about to be recorded and record it (step 3)."""
    asked = request_of(code)
    seen_code, document, pesel = request.session.get(SEEN, ["", "", ""])
    if seen_code != asked.code:
        return redirect("desk:compare_profile", code=asked.code)
    if request.method == "POST":
        identity = SeenIdentity(SeenDocument(document), pesel)
        del request.session[SEEN]
        return _decided(request, lambda: _confirm(asked.id, identity, desk))
    return _page(request, "confirm", desk, asked=asked, document=dict(DOCUMENTS)[document])


@for_desk(may_confirm_profiles)
def refuse(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """This will turn the request down with a reason the person will read."""
    asked = request_of(code)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decided(request, lambda: _refuse(asked.id, form.cleaned_data["reason"], desk))
    return _page(request, "refuse", desk, form=form, asked=asked)


@for_desk(may_confirm_profiles)
def revoke(request: HttpRequest, desk: Desk, profile_id: int) -> HttpResponse:
    """This will end a profile that this institution had confirmed; of others it knows nothing."""
    row = profile_decided_at(desk.institution_id, profile_id, clock.now())
    if row is None or not row.is_in_force:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decided(request, lambda: _revoke(row.id, form.cleaned_data["reason"], desk))
    return _page(request, "revoke", desk, form=form, row=row)


def _is_fit(form: IdentityForm) -> bool:
    try:
        check_pesel(form.cleaned_data["pesel"], at=clock.now())
    except CannotDecideProfile as refusal:
        form.add_error("pesel", TEXTS[refusal.reason])
        return False
    return True


def _confirm(request_id: int, identity: SeenIdentity, desk: Desk) -> str:
    confirm_profile(request_id, identity, counter_of(desk), at=clock.now())
    return _("Profil potwierdzony. Osoba może już podpisywać pisma.")


def _refuse(request_id: int, reason: str, desk: Desk) -> str:
    refuse_profile(request_id, reason, counter_of(desk), at=clock.now())
    return _("Odmowa zapisana. Osoba dostanie e-mail z powodem.")


def _revoke(profile_id: int, reason: str, desk: Desk) -> str:
    revoke_profile(profile_id, reason, desk.actor, at=clock.now())
    return _("Profil unieważniony. Osoba dostanie e-mail z powodem.")


def _decided(request: HttpRequest, decide: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, decide())
    except CannotDecideProfile as refusal:
        messages.error(request, str(TEXTS[refusal.reason]))
    return redirect("desk:profiles")


def _page(request: HttpRequest, name: str, desk: Desk, **context: object) -> HttpResponse:
    return desk_render(request, desk, f"desk/profiles/{name}.html", context)
