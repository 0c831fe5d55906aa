"""„Dziennik zdarzeń”: who, what, when, from which address. Codes and ids, never content."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from skrytka.accounts.policies import may_administer
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.admin.journal_words import detail_of
from skrytka.desk.frame import desk_render
from skrytka.desk.letter.history import TEXTS as LETTER_TEXTS
from skrytka.desk.sent.history import TEXTS as SENT_TEXTS
from skrytka.ledger.operations import EventKind
from skrytka.letters.queries.journal import Journal, JournalRow

PER_PAGE = 50
# What did it by itself. A name, and in Polish also a word for a box: it is not translated.
PRODUCT = "Skrytka"
TEXTS = {
    **SENT_TEXTS,
    **LETTER_TEXTS,
    EventKind.EMPLOYMENT_STARTED: gettext_lazy("Rola nadana"),
    EventKind.EMPLOYMENT_ENDED: gettext_lazy("Rola odebrana"),
    EventKind.PROFILE_CONFIRMED: gettext_lazy("Profil zaufany potwierdzony"),
    EventKind.PROFILE_REFUSED: gettext_lazy("Odmowa potwierdzenia profilu"),
    EventKind.PROFILE_REVOKED: gettext_lazy("Profil zaufany unieważniony"),
    EventKind.OUTGOING_SIGNED: gettext_lazy("Pismo do wysłania podpisane"),
    EventKind.OUTGOING_SENT_BACK: gettext_lazy("Pismo do wysłania odesłane do poprawy"),
    EventKind.OUTGOING_DISCARDED: gettext_lazy("Pismo do wysłania usunięte"),
    EventKind.OUTGOING_DISPATCHED: gettext_lazy("Pismo wysłane"),
    EventKind.SETTINGS_CHANGED: gettext_lazy("Zmienione ustawienia"),
}


@dataclass(frozen=True)
class JournalLine:
    who: str
    what: str
    detail: str
    at: datetime
    address: str


@require_safe
@for_desk(may_administer)
def journal(request: HttpRequest, desk: Desk) -> HttpResponse:
    page = Paginator(Journal(desk.institution_id), PER_PAGE).get_page(request.GET.get("page"))
    lines = tuple(_line(row) for row in page.object_list)
    shown = {"page": page, "lines": lines}
    return desk_render(request, desk, "desk/admin/journal.html", shown)


def _line(row: JournalRow) -> JournalLine:
    return JournalLine(
        who=row.actor or PRODUCT,
        what=str(TEXTS.get(row.kind, row.kind)),
        detail=detail_of(row.subject_type, row.subject_id, row.data),
        at=row.at,
        address=row.remote_address or "–",
    )
