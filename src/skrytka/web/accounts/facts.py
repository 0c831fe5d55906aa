"""What the account pages show, as the rows of summary lists."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from skrytka.accounts.queries import (
    FactorsView,
    InstitutionView,
    PartyDetails,
    ProfileStanding,
    ProfileState,
    Viewer,
)
from skrytka.core.calendar import civil_date
from skrytka.ui.formats import day
from skrytka.ui.parts import Fact, Pill, Tone

LANGUAGES = {"pl": "Polski", "en": "English", "uk": "Українська"}
ENDINGS = {
    ProfileState.REFUSED: _lazy("Nie potwierdzony"),
    ProfileState.REVOKED: _lazy("Unieważniony"),
}


def data_facts(party: PartyDetails, viewer: Viewer) -> tuple[Fact, ...]:
    change = reverse("web:account_data")
    address = party.address.lines or (_("Nie podano"),)
    return (
        Fact(_("Imię i nazwisko"), (party.name,), change_url=change),
        Fact(_("Adres korespondencyjny"), address, change_url=change),
        Fact(_("Adres Twojej skrzynki"), (party.box_address,), mono=True),
        Fact(_("Język"), (LANGUAGES.get(viewer.language, viewer.language),), change_url=change),
    )


def party_rows(viewer: Viewer) -> tuple[Fact, ...]:
    return tuple(
        Fact(party.name, (_("Adres skrzynki"), party.box_address), mono=True)
        for party in viewer.parties[1:]
    )


def factor_facts(factors: FactorsView, viewer: Viewer) -> tuple[Fact, ...]:
    return (
        Fact(_("E-mail"), (viewer.email,), change_url=reverse("account_email")),
        Fact(_("Hasło"), ("••••••••",), change_url=reverse("account_change_password")),
        Fact(
            _("Aplikacja z kodami"),
            (_("Włączona") if factors.has_totp else _("Wyłączona"),),
            change_url=reverse("mfa_index"),
        ),
        Fact(
            _("Klucze dostępu"),
            (_count_of(factors.passkey_count),),
            change_url=reverse("mfa_index"),
        ),
        Fact(
            _("Kody zapasowe"),
            (_count_of(factors.recovery_codes_left),),
            change_url=reverse("mfa_index"),
        ),
        Fact(_("Aktywne sesje"), (_("Zobacz, gdzie trwają"),), url=reverse("usersessions_list")),
    )


def _count_of(count: int) -> str:
    return _("Liczba: %(n)d") % {"n": count} if count else _("Brak")


def profile_pill(standing: ProfileStanding) -> Pill:
    if standing.in_force:
        until = day(civil_date(standing.in_force.valid_until))
        return Pill(_("Potwierdzony do %(day)s") % {"day": until}, Tone.OK, "circle-check")
    if standing.requested:
        return Pill(_("Czeka na potwierdzenie"), Tone.INFO, "clock")
    if standing.ended and standing.ended.state is ProfileState.CONFIRMED:
        return Pill(_("Wygasł"), Tone.WARN, "circle-alert")
    if standing.ended:
        return Pill(str(ENDINGS[standing.ended.state]), Tone.BAD, "circle-x")
    return Pill(_("Nie potwierdzony"), Tone.PLAIN)


def counter_facts(places: tuple[InstitutionView, ...]) -> tuple[Fact, ...]:
    """This will say where one can confirm a profile: address, room, hours, telephone."""
    return tuple(Fact(place.name, _lines(place)) for place in places)


def _lines(place: InstitutionView) -> tuple[str, ...]:
    room = place.paper_room or place.carrier_room
    lines = (
        ", ".join(place.address.lines),
        _("pokój %(room)s") % {"room": room} if room else "",
        *place.hours,
        _("tel. %(phone)s") % {"phone": place.phone} if place.phone else "",
    )
    return tuple(line for line in lines if line)
