"""The person's data (step 3 of sign-up, and later), and the organisations they act for."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from skrytka.accounts.operations import (
    CannotAddOrganisation,
    CannotUpdatePersonalData,
    add_organisation,
    register_party,
    update_personal_data,
)
from skrytka.accounts.operations.parties import OrganisationFault, PersonalDataFault
from skrytka.accounts.queries import Viewer, party_details
from skrytka.config import clock
from skrytka.web.accounts.forms import OrganisationForm, PersonalDataForm, initial_of
from skrytka.web.accounts.typed import typed_before
from skrytka.web.accounts.views import next_place
from skrytka.web.context import viewer_on

ORGANISATION_TEXTS = {
    OrganisationFault.NIP: ("nip", _lazy("Ten NIP jest niepoprawny. Sprawdź cyfry.")),
    OrganisationFault.REGON: ("regon", _lazy("Ten REGON jest niepoprawny. Sprawdź cyfry.")),
    OrganisationFault.KRS: ("krs", _lazy("Numer KRS ma 10 cyfr. Sprawdź go.")),
    OrganisationFault.NO_NUMBER: ("nip", _lazy("Wpisz NIP, REGON albo KRS")),
    OrganisationFault.NOT_AN_ORGANISATION: ("kind", _lazy("Wybierz rodzaj organizacji")),
}


@login_required
def personal_data(request: HttpRequest) -> HttpResponse:
    """This will take a person's data: the first time it gives them a box for answers."""
    viewer = viewer_on(request)
    own = party_details(viewer.parties[0].id) if viewer.parties else None
    initial = initial_of(own, viewer) | typed_before(request)
    form = PersonalDataForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _save(form, viewer):
        return _thank(request, viewer, form.cleaned_data["language"])
    context = {"form": form, "is_new": own is None, "next": next_place(request, "")}
    return render(request, "web/accounts/data.html", context)


@login_required
def add_organisation_page(request: HttpRequest) -> HttpResponse:
    """This will add an organisation that the person says they represent."""
    viewer = viewer_on(request)
    if not viewer.parties:
        return redirect("web:account_data")
    form = OrganisationForm(request.POST or None, initial=typed_before(request))
    if request.method == "POST" and form.is_valid() and _add(form, viewer):
        messages.success(request, _("Dodaliśmy organizację. Możesz teraz działać w jej imieniu."))
        return redirect("web:account")
    return render(request, "web/accounts/organisation.html", {"form": form})


def _save(form: PersonalDataForm, viewer: Viewer) -> bool:
    operation = update_personal_data if viewer.parties else register_party
    try:
        operation(viewer.user_id, form.personal_data(), at=clock.now())
    except CannotUpdatePersonalData as refusal:
        if refusal.reason is PersonalDataFault.ALREADY_REGISTERED:
            # Two clicks: the first one gave the person their box.
            return True
        text = _(
            "Imię i nazwisko potwierdził urząd. Żeby je zmienić, unieważnij profil "
            "i potwierdź nowy."
        )
        form.add_error("family_name", text)
        return False
    return True


def _thank(request: HttpRequest, viewer: Viewer, language: str) -> HttpResponse:
    translation.activate(language)
    if viewer.parties:
        messages.success(request, _("Zapisaliśmy Twoje dane."))
        response = HttpResponseRedirect(next_place(request, reverse("web:account")))
    else:
        response = HttpResponseRedirect(next_place(request, reverse("web:account_ready")))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


def _add(form: OrganisationForm, viewer: Viewer) -> bool:
    try:
        add_organisation(viewer.user_id, form.organisation_data(), at=clock.now())
    except CannotAddOrganisation as refusal:
        for reason in refusal.reasons:
            form.add_error(*ORGANISATION_TEXTS[reason])
        return False
    return True
