"""The words of letters that went out: how far they are, why they stand still, what went wrong."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from skrytka.core.delivery import DeliveryFault, NoticeRound, StopCause
from skrytka.delivery.operations.notices import BounceFault
from skrytka.delivery.operations.restart import RestartFault
from skrytka.delivery.queries.tracking import Tracked
from skrytka.delivery.queries.unreached import Unreached
from skrytka.ui.parts import Pill, Tone

Text = str | Promise
STANDINGS: dict[Tracked, tuple[Text, Tone, str]] = {
    Tracked.SENT: (_("Wysłane"), Tone.PLAIN, ""),
    Tracked.NOTIFIED: (_("Powiadomiono 1. raz"), Tone.INFO, ""),
    Tracked.REMINDED: (_("Powiadomiono 2. raz"), Tone.INFO, ""),
    Tracked.STOPPED: (_("Zatrzymane"), Tone.BAD, "circle-pause"),
    Tracked.COLLECTED: (_("Odebrane"), Tone.OK, "check"),
    Tracked.REFUSED: (_("Nie przyjęto"), Tone.WARN, "x"),
    Tracked.DEEMED: (_("Uznane za doręczone"), Tone.WARN, "clock"),
    Tracked.RECEIVED: (_("Doręczone"), Tone.OK, "check"),
}
UNREACHED: dict[Unreached, Text] = {
    Unreached.MAIL_LOST: _("E-mail nie doszedł"),
    Unreached.NOBODY_CAME: _("Nikt się nie zalogował od wysłania"),
}
UNREACHED_WHOLE: dict[Unreached, Text] = {
    Unreached.MAIL_LOST: _(
        "Zawiadomienie nie doszło. Sprawdź adres albo zawiadom adresata inną drogą."
    ),
    Unreached.NOBODY_CAME: _(
        "Nikt ze strony adresata nie zalogował się od wysłania pisma. Zawiadom adresata inną drogą."
    ),
}
CAUSES: dict[StopCause, Text] = {
    StopCause.FIRST_FAILED: _("Nie udało się wysłać pierwszego zawiadomienia."),
    StopCause.FIRST_BOUNCED: _("Pierwsze zawiadomienie wróciło."),
    StopCause.FIRST_LATE: _("Pierwsze zawiadomienie wyszło dopiero po końcu terminu."),
    StopCause.REPEAT_FAILED: _("Nie udało się wysłać powtórnego zawiadomienia."),
    StopCause.REPEAT_BOUNCED: _("Powtórne zawiadomienie wróciło."),
    StopCause.REPEAT_MISSED: _("Powtórne zawiadomienie nie wyszło przed końcem terminu."),
}
ROUNDS: dict[NoticeRound, Text] = {
    NoticeRound.FIRST: _("Pierwsze zawiadomienie"),
    NoticeRound.REPEAT: _("Powtórne zawiadomienie"),
}
NOTICES: dict[str, tuple[Text, Tone, str]] = {
    "DUE": (_("W drodze"), Tone.INFO, ""),
    "SENT": (_("Wysłane"), Tone.OK, "check"),
    "FAILED": (_("Nie wyszło"), Tone.BAD, "x"),
    "BOUNCED": (_("Wróciło"), Tone.BAD, "x"),
    "NOT_NEEDED": (_("Niepotrzebne"), Tone.PLAIN, ""),
}
RESTART_FAULTS: dict[DeliveryFault | RestartFault, Text] = {
    DeliveryFault.ENDED: _("To doręczenie już się zakończyło."),
    RestartFault.RESIGNED: _(
        "Adresat zrezygnował z pism na koncie. Wyślij to pismo pocztą, na papierze."
    ),
    DeliveryFault.NOT_STOPPED: _("To doręczenie nie jest zatrzymane, więc nie ma czego zaczynać."),
}
BOUNCE_FAULTS: dict[BounceFault, Text] = {
    BounceFault.NOT_A_NOTICE: _("Nie ma takiego zawiadomienia."),
    BounceFault.NOT_SENT: _("To zawiadomienie nie wyszło, więc nie mogło wrócić."),
}


def standing_pill(standing: Tracked) -> Pill:
    return _pill(STANDINGS[standing])


def notice_pill(state: str) -> Pill:
    return _pill(NOTICES[state])


def _pill(words: tuple[Text, Tone, str]) -> Pill:
    text, tone, icon = words
    return Pill(str(text), tone, icon)
