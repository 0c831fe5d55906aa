"""The page of one letter that went out, laid out from what the queries know."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from skrytka.core.delivery import POLICIES, Reason
from skrytka.delivery.queries.tracked_letter import NoticeView, SentLetter, SentReceipt, Way
from skrytka.delivery.queries.tracking import Tracked
from skrytka.desk.letter.page import AttachmentLine, format_name, preview_url
from skrytka.desk.letter.signature import signature_card
from skrytka.desk.outgoing.texts import SIGNINGS
from skrytka.desk.sent.history import timeline_of
from skrytka.desk.sent.replays import ReplayLine, replay_lines
from skrytka.desk.sent.texts import (
    CAUSES,
    ROUNDS,
    UNREACHED_WHOLE,
    notice_pill,
    standing_pill,
)
from skrytka.desk.sent.way import way_of
from skrytka.letters.queries.letters import SentFile
from skrytka.ui.formats import day, file_size, moment, short_moment
from skrytka.ui.parts import Download, Fact, Pill
from skrytka.ui.remark_texts import remark_lines


@dataclass(frozen=True)
class NoticeLine:
    """One notice of the table; `bounce_url` where a clerk may report that it came back."""

    name: str
    address: str
    state: Pill
    told: tuple[str, ...]
    is_of_now: bool
    bounce_url: str


def sent_context(letter: SentLetter, *, writes: bool, policy_id: str) -> dict[str, object]:
    """This will give the context of the page, less the paper; `policy_id` is replayed in full."""
    way = letter.way
    lines = replay_lines(letter.id, way) if way else ()
    return {
        "letter": letter,
        "way": way,
        "standing": standing_pill(letter.standing),
        "stop_text": _stop(way) if way and letter.standing is Tracked.STOPPED else "",
        "restart_url": _restart_url(letter) if writes else "",
        "unreached_text": str(UNREACHED_WHOLE[letter.unreached]) if letter.unreached else "",
        "timeline": way_of(letter),
        "delivery": tuple(_delivery(letter)),
        "reasons": way.dates.explanation if way and way.dates else (),
        "notices": tuple(_notice(one, way, writes=writes) for one in way.notices) if way else (),
        "attachments": _attachments(letter),
        "is_flagged": any(file.is_flagged for file in letter.files),
        "signature": signature_card(letter.report),
        "facts": _facts(letter),
        "downloads": _downloads(letter),
        "receipts": _receipts(letter, letter.receipt) if letter.receipt else (),
        "receipt_facts": _receipt_facts(letter.receipt) if letter.receipt else (),
        "history": timeline_of(letter.events),
        "replays": lines,
        "replayed": _replayed(lines, policy_id),
        "replayed_name": POLICIES[policy_id].name if policy_id in POLICIES else "",
    }


def _stop(way: Way) -> str:
    cause = str(CAUSES[way.stop]) if way.stop else ""
    told = _("Pismo nie zostanie uznane za doręczone, ale adresat nadal może je odebrać.")
    return f"{cause} {told}".strip()


def _restart_url(letter: SentLetter) -> str:
    if letter.standing is not Tracked.STOPPED:
        return ""
    return reverse("desk:sent_restart", args=[letter.id])


def _delivery(letter: SentLetter) -> Iterator[Fact]:
    yield Fact(_("Wysłano"), (moment(letter.sent_at),))
    way = letter.way
    if way is None:
        yield Fact(_("Doręczono"), (moment(letter.sent_at), _("z chwilą wpływu do skrytki")))
        return
    yield from _terms(way, letter.standing)
    yield from _end(way, letter.standing)
    yield Fact(_("Zasada"), (way.policy.name, f"{way.policy.id}, {_version(way)}"))


def _version(way: Way) -> str:
    return _("wersja %(version)s") % {"version": way.policy.version}


def _terms(way: Way, standing: Tracked) -> Iterator[Fact]:
    if way.attempt > 1:
        yield Fact(_("Próba"), (_("%(number)s. raz od nowa") % {"number": way.attempt - 1},))
    if way.dates is None:
        yield Fact(_("Termin"), (_("jeszcze nie biegnie: czekamy na pierwsze zawiadomienie"),))
        return
    if way.dates.second_notice_on and way.repeat_notice_at is None and not way.ended_at:
        yield Fact(_("Powtórne zawiadomienie"), (_after(way),))
    stopped = standing is Tracked.STOPPED
    note = (_("termin zatrzymany"),) if stopped else ()
    yield Fact(_("Ostatni dzień"), note, strong=day(way.dates.last_day_on))
    if not way.ended_at and not stopped:
        yield Fact(_("Uznanie za doręczone"), (day(way.dates.deemed_delivered_on),))


def _after(way: Way) -> str:
    if way.dates is None or way.dates.second_notice_on is None:
        return ""
    return _("po upływie dnia: %(day)s") % {"day": day(way.dates.second_notice_on)}


def _end(way: Way, standing: Tracked) -> Iterator[Fact]:
    if way.is_lapsed:
        yield Fact(_("Doręczono"), (_("Termin minął. Przygotowujemy UPD."),))
    if way.delivered_on:
        yield Fact(_("Doręczono"), (), strong=day(way.delivered_on))
    if way.ended_at and way.ended_by:
        term = _("Odmowa na koncie") if standing is Tracked.REFUSED else _("Odebrane przez")
        yield Fact(term, (way.ended_by, moment(way.ended_at)))
    if way.ended_at:
        opened = moment(way.opened_at) if way.opened_at else _("jeszcze nie")
        yield Fact(_("Otwarte przez adresata"), (opened,))
    if way.dates and way.dates.access_until and standing is Tracked.DEEMED:
        yield Fact(_("Treść dostępna do"), (day(way.dates.access_until),))


def _notice(one: NoticeView, way: Way, *, writes: bool) -> NoticeLine:
    can_report = writes and one.state.value == "SENT" and one.attempt == way.attempt
    return NoticeLine(
        name=str(ROUNDS[one.round]),
        address=one.address or "–",
        state=notice_pill(one.state.value),
        told=tuple(_told(one)),
        is_of_now=one.attempt == way.attempt,
        bounce_url=reverse("desk:sent_bounced", args=[one.id]) if can_report else "",
    )


def _told(one: NoticeView) -> Iterator[str]:
    if one.sent_at:
        yield _("wysłane %(when)s") % {"when": short_moment(one.sent_at)}
    if one.lost_at:
        yield _("nie doszło: %(when)s") % {"when": short_moment(one.lost_at)}
    if one.tries:
        yield _("prób: %(count)s") % {"count": one.tries}
    if one.error:
        yield one.error


def _facts(letter: SentLetter) -> tuple[Fact, ...]:
    rows = [
        Fact(_("Adresat"), (letter.addressee_name, letter.addressee_address), mono=True),
        Fact(_("Skrytka nadawcy"), (letter.box_address,), mono=True),
        Fact(_("Znak sprawy"), (letter.case_mark or "–",)),
        Fact(_("Numer pisma"), (letter.document_no,), mono=True),
        Fact(_("Napisane przez"), (letter.author_name,)),
        Fact(_("Podpis"), (str(SIGNINGS[letter.signing_mode.value]), letter.signed_by)),
    ]
    if letter.released_by:
        rows.append(Fact(_("Zatwierdzone przez"), (letter.released_by,)))
    if letter.answered:
        url = reverse("desk:letter", args=[letter.answered.id])
        named = letter.answered.register_no or letter.answered.title
        rows.append(Fact(_("Odpowiedź na"), (named,), url=url))
    return tuple(rows)


def _attachments(letter: SentLetter) -> tuple[AttachmentLine, ...]:
    return tuple(
        AttachmentLine(
            file.file_name,
            format_name(file.media_type),
            file.size,
            file.sha256,
            "" if file.is_flagged else _file_url(letter, file),
            remark_lines(file.remarks),
            is_flagged=file.is_flagged,
            preview_url=""
            if file.is_flagged
            else preview_url(file, "desk:sent_attachment_preview", letter.id),
        )
        for file in letter.files
    )


def _file_url(letter: SentLetter, file: SentFile) -> str:
    return reverse("desk:sent_attachment", args=[letter.id, file.position])


def _downloads(letter: SentLetter) -> tuple[Download, ...]:
    size = file_size(letter.document.size)
    return (
        Download(
            _("Pismo z podpisem (XML)"), _url("sent_document", letter), size, "file-code-corner"
        ),
        Download(_("Wszystko razem (ZIP)"), _url("sent_package", letter), "", "folder-archive"),
    )


def _receipts(letter: SentLetter, receipt: SentReceipt) -> tuple[Download, ...]:
    name = _("UPD") if letter.way else _("UPP")
    note = f"{receipt.receipt_no}, {file_size(receipt.size)}"
    xml = _("%(name)s z podpisem (XML)") % {"name": name}
    pdf = _("%(name)s do czytania (PDF)") % {"name": name}
    return (
        Download(xml, _url("sent_receipt", letter), note, "file-code-corner"),
        Download(pdf, _url("sent_receipt_pdf", letter)),
    )


def _receipt_facts(receipt: SentReceipt) -> tuple[Fact, ...]:
    doubt = "" if receipt.is_certain else _("brak możliwości weryfikacji")
    rows = (
        Fact(_("Numer"), (receipt.receipt_no,), mono=True),
        Fact(_("Podpis odbierającego"), (receipt.person,)),
        Fact(_("Wynik weryfikacji"), (doubt,)),
        Fact(_("Pieczęć"), (receipt.seal,)),
        Fact(_("Gotowe"), (moment(receipt.sealed_at),)),
    )
    return tuple(row for row in rows if row.lines[0])


def _replayed(lines: tuple[ReplayLine, ...], policy_id: str) -> tuple[Reason, ...]:
    chosen = next((line for line in lines if line.policy_id == policy_id), None)
    return chosen.reasons if chosen else ()


def _url(name: str, letter: SentLetter) -> str:
    return reverse(f"desk:{name}", args=[letter.id])
