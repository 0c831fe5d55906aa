"""The frame of every clerk's page: the name of the institution and the side menu with counts."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from skrytka.accounts.policies import may_confirm_profiles
from skrytka.config import clock
from skrytka.delivery.queries.flags import flagged_bytes_count
from skrytka.delivery.queries.outgoing import outgoing_count
from skrytka.desk.access import Desk, workplaces
from skrytka.letters.queries.inbox import inbox_counts
from skrytka.letters.queries.screenings import kept_count
from skrytka.ui.navigation import address_of
from skrytka.ui.parts import MenuEntry, MenuGroup


def desk_render(
    request: HttpRequest,
    desk: Desk,
    template: str,
    page: Mapping[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    """This will draw a page in the clerk's frame."""
    framed = {
        "institution_name": desk.institution_name,
        "desk_menu": desk_menu(desk, request.path),
        "desk_search_url": reverse("desk:inbox") if desk.sees_inbox else "",
        **page,
    }
    return render(request, template, framed, status=status)


def desk_menu(desk: Desk, current_path: str) -> tuple[MenuGroup, ...]:
    """This will list what the person may open at this desk, and nothing they may not."""
    groups = (
        MenuGroup(_("Pisma"), _letters(desk, current_path)),
        MenuGroup(_("Kancelaria"), _office(desk, current_path)),
        MenuGroup(_("Ustawienia"), _settings(desk, current_path)),
    )
    return tuple(group for group in groups if group.entries)


def _letters(desk: Desk, current_path: str) -> tuple[MenuEntry, ...]:
    if not desk.sees_inbox:
        return ()
    counts = inbox_counts(desk.institution_id, desk.viewer.user_id, at=clock.now())
    entries = [
        (_("Odebrane"), "desk:inbox", "inbox", counts.new),
        (_("Przydzielone mi"), "desk:mine", "user-check", counts.mine),
        (_("Braki formalne"), "desk:deficient", "triangle-alert", counts.deficient),
        (_("Załatwione"), "desk:done", "archive", 0),
        (_("Odrzucone"), "desk:refused", "shield-alert", counts.refused),
    ]
    if counts.awaiting:
        entries.append((_("Czekają na sprawdzenie"), "desk:awaiting", "clock", counts.awaiting))
    if counts.flagged:
        entries.append((_("Złośliwe pliki"), "desk:flagged", "shield-alert", counts.flagged))
    if desk.writes:
        to_send = outgoing_count(desk.institution_id, desk.viewer.user_id)
        entries.append((_("Do wysłania"), "desk:outgoing", "file-pen-line", to_send))
    if desk.tracks:
        entries.append((_("Wysłane"), "desk:sent", "send", 0))
        entries.append((_("Terminy"), "desk:deadlines", "calendar-days", 0))
    shown = entries if desk.handles else [entries[0], *entries[2:]]
    return _entries(shown, current_path)


def _office(desk: Desk, current_path: str) -> tuple[MenuEntry, ...]:
    entries = []
    if address_of("desk:profiles") and may_confirm_profiles(desk.viewer, desk.institution_id):
        entries.append((_("Profile zaufane"), "desk:profiles", "badge-check", 0))
    if len(workplaces(desk.viewer)) > 1:
        entries.append((_("Zmień instytucję"), "desk:workplaces", "building-2", 0))
    return _entries(entries, current_path)


def _settings(desk: Desk, current_path: str) -> tuple[MenuEntry, ...]:
    if not desk.administers:
        return ()
    entries = [
        (_("Skrytki"), "desk:boxes", "mailbox", 0),
        (_("Pracownicy i role"), "desk:staff", "users", 0),
        (_("Kontakt i teksty"), "desk:texts", "file-pen-line", 0),
        (_("Zasady załączników"), "desk:attachment_rules", "paperclip", 0),
        (_("Kwarantanna"), "desk:quarantine", "shield-alert", _kept(desk.institution_id)),
        (_("Zasady doręczeń"), "desk:delivery_rules", "calendar-clock", 0),
        (_("Szablony pism"), "desk:templates", "file-text", 0),
        (_("Deklaracja dostępności"), "desk:statement", "accessibility", 0),
        (_("Dziennik zdarzeń"), "desk:journal", "scroll-text", 0),
    ]
    return _entries(entries, current_path)


def _kept(institution_id: int) -> int:
    """How many files nobody may take, of letters that came and of those that went."""
    return kept_count(institution_id) + flagged_bytes_count(institution_id)


def _entries(entries: list[tuple[str, str, str, int]], current_path: str) -> tuple[MenuEntry, ...]:
    return tuple(
        MenuEntry(text, reverse(name), icon, count, current=reverse(name) == current_path)
        for text, name, icon, count in entries
    )
