"""The page of a delivered letter: how it was delivered, the letter itself, the UPD."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from skrytka.core.delivery import NoticeRound, Standing
from skrytka.delivery.queries.opened import OpenedLetter, UpdView
from skrytka.evidence.queries import Outcome
from skrytka.letters.queries.letters import SentFile
from skrytka.letters.queries.previews import has_preview
from skrytka.ui.formats import day, file_size, moment
from skrytka.ui.parts import Download, Fact, Pill, TimelineEvent, Tone
from skrytka.ui.remark_texts import party_sentence
from skrytka.web.incoming.frame import crumbs

SIGNATURES = {
    Outcome.VALID: (Tone.OK, "check"),
    Outcome.INVALID: (Tone.BAD, "x"),
    Outcome.UNKNOWN: (Tone.WARN, "clock"),
    Outcome.NONE: (Tone.PLAIN, ""),
}


@dataclass(frozen=True)
class Panel:
    """How the letter came to be delivered, in the panel at the top."""

    heading: str
    text: str
    tone: str = ""
    icon: str = ""


def opened_context(letter: OpenedLetter) -> dict[str, object]:
    """This will give the context of the page, less the paper."""
    return {
        "letter": letter,
        "crumbs": crumbs(),
        "nav_current": "letters",
        "panel": panel_of(letter),
        "access_text": _access(letter),
        "facts": _facts(letter),
        "reasons": _reasons(letter),
        "downloads": _evidence(letter, letter.upd) if letter.upd else (),
        "files": _files(letter),
        "events": _events(letter),
    }


def panel_of(letter: OpenedLetter) -> Panel:
    """This will say which of the three ends it was, and what follows from it."""
    on = {"day": day(letter.delivered_on)}
    if letter.standing is Standing.DEEMED:
        text = _(
            "Nikt nie odebrał pisma w terminie, więc prawo uznaje je za doręczone tego dnia. "
            "Od niego biegną terminy, które wyznacza pismo."
        )
        return Panel(_("Uznane za doręczone %(day)s") % on, text, "warn", "clock")
    if letter.standing is Standing.REFUSED:
        text = _(
            "Pismo uznaje się za doręczone w dniu odmowy. Od niego biegną terminy, "
            "które wyznacza pismo. Odmowę zapisano na koncie: %(name)s."
        ) % {"name": letter.ended_by}
        return Panel(_("Odmowa przyjęcia pisma %(day)s") % on, text, "warn", "circle-alert")
    text = _("%(when)s. Poświadczenie doręczenia (UPD) podpisane na koncie: %(name)s.") % {
        "when": moment(letter.ended_at),
        "name": letter.ended_by,
    }
    return Panel(_("Pismo odebrane"), text)


def _access(letter: OpenedLetter) -> str:
    if letter.standing is Standing.DEEMED and letter.access_until:
        return _(
            "Co najmniej do %(day)s zapewniamy dostęp do treści. Potem też jej nie usuwamy: "
            "zostaje na Twoim koncie."
        ) % {"day": day(letter.access_until)}
    if letter.standing is Standing.COLLECTED:
        return ""
    return _("Treść możesz przeczytać. Nie usuwamy jej: zostaje na Twoim koncie.")


def _facts(letter: OpenedLetter) -> tuple[Fact, ...]:
    rows = [
        Fact(_("Nadawca"), (letter.institution_name, letter.box_address), mono=True),
        Fact(_("Adresat"), (letter.party_name,)),
        Fact(_("Doręczono"), (), strong=day(letter.delivered_on)),
        Fact(_("Podpis urzędu"), (), pill=_signature(letter.signature)),
        Fact(_("Numer UPD"), (letter.upd_no,), mono=True),
    ]
    if letter.case_mark:
        rows.insert(2, Fact(_("Znak sprawy"), (letter.case_mark,)))
    return tuple(rows)


def _signature(outcome: Outcome) -> Pill:
    tone, icon = SIGNATURES[outcome]
    text = {
        Outcome.VALID: _("ważny"),
        Outcome.INVALID: _("nieważny"),
        Outcome.UNKNOWN: _("brak możliwości weryfikacji"),
        Outcome.NONE: _("Bez podpisu"),
    }[outcome]
    return Pill(text, tone, icon)


def _reasons(letter: OpenedLetter) -> tuple[object, ...]:
    """The dates of the term explain a delivery that nobody signed for, and no other."""
    if letter.standing is not Standing.DEEMED or letter.dates is None:
        return ()
    return letter.dates.explanation


def _evidence(letter: OpenedLetter, upd: UpdView) -> tuple[Download, ...]:
    note = _("XML, %(size)s, dowód dla urzędu i sądu") % {"size": file_size(upd.size)}
    everything = f"ZIP, {file_size(letter.package_bytes)}"
    url = _url("incoming_package", letter)
    return (
        Download(_("Pobierz UPD"), _url("incoming_upd", letter), note, "file-code-corner"),
        Download(_("Pobierz pismo, załączniki i UPD razem"), url, everything, "folder-archive"),
        Download(
            _("Pobierz UPD do czytania"), _url("incoming_upd_pdf", letter), "PDF", "file-text"
        ),
    )


def _files(letter: OpenedLetter) -> tuple[Download, ...]:
    document = letter.document
    own = Download(
        document.file_name,
        _url("incoming_document", letter),
        file_size(document.size),
        "file-code-corner",
    )
    open_ones = (file for file in letter.attachments if not file.is_flagged)
    return (own, *(_attachment(letter, file) for file in open_ones))


def _attachment(letter: OpenedLetter, file: SentFile) -> Download:
    url = reverse("web:incoming_attachment", args=[letter.id, file.position])
    shown = reverse("web:incoming_preview", args=[letter.id, file.position])
    return Download(
        file.file_name,
        url,
        file_size(file.size),
        "paperclip",
        preview_url=shown if has_preview(file.media_type) else "",
        remark=party_sentence(file.remarks),
    )


def _events(letter: OpenedLetter) -> tuple[TimelineEvent, ...]:
    """What happened, in order; the day of law of a deemed letter is in its own words."""
    names = {
        NoticeRound.FIRST: _("Pierwsze zawiadomienie"),
        NoticeRound.REPEAT: _("Powtórne zawiadomienie"),
    }
    notices = (TimelineEvent(names[one.round], at=one.sent_at, done=True) for one in letter.notices)
    return (
        TimelineEvent(_("Pismo w skrzynce"), at=letter.arrived_at, done=True),
        *notices,
        _end(letter),
        TimelineEvent(_("Pierwsze otwarcie"), at=letter.opened_at, done=bool(letter.opened_at)),
    )


def _end(letter: OpenedLetter) -> TimelineEvent:
    if letter.standing is Standing.DEEMED:
        on = day(letter.delivered_on)
        return TimelineEvent(_("Uznane za doręczone"), note=on, done=True)
    ends = {Standing.COLLECTED: _("Odebrane"), Standing.REFUSED: _("Odmowa przyjęcia")}
    return TimelineEvent(ends[letter.standing], at=letter.ended_at, done=True)


def _url(name: str, letter: OpenedLetter) -> str:
    return reverse(f"web:{name}", args=[letter.id])
