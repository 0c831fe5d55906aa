"""The receipt page: panel, paper, downloads and timeline, made of one letter."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from skrytka.accounts.queries import Viewer
from skrytka.catalogue.queries import GENERAL_CARD
from skrytka.evidence.queries import Outcome
from skrytka.letters.queries.judged import signed_files
from skrytka.letters.queries.letters import LetterView, ReceiptView, SentFile
from skrytka.letters.queries.previews import has_preview
from skrytka.ui.formats import file_size, moment, official_time, short_moment
from skrytka.ui.judged_texts import JudgedFile, judged_file
from skrytka.ui.parts import Crumb, Download, Fact, Pill, Tone
from skrytka.ui.refusal_texts import TEXTS, letter_refusal_text

SIGNATURE_PILLS = {
    Outcome.VALID: (Tone.OK, "check"),
    Outcome.INVALID: (Tone.BAD, "x"),
    Outcome.UNKNOWN: (Tone.WARN, "clock"),
    Outcome.NONE: (Tone.PLAIN, ""),
}


@dataclass(frozen=True)
class Document:
    """A row of the table of digests: bytes and hexadecimal SHA-256."""

    name: str
    size: int
    digest: str


def crumbs() -> tuple[Crumb, ...]:
    return (
        Crumb(_("Start"), reverse("web:start")),
        Crumb(_("Moje pisma"), reverse("web:letters")),
    )


def delivered_text(letter: LetterView, viewer: Viewer) -> str:
    """This will tell when the letter was delivered and, to its author, where the copy went."""
    when = moment(letter.submitted_at)
    if viewer.email != letter.author_email:
        return f"{when}."
    return _("%(when)s. Kopię potwierdzenia wysłaliśmy na %(email)s.") % {
        "when": when,
        "email": letter.author_email,
    }


def refusal_of(letter: LetterView) -> str:
    """This will name the file and the rule that the letter was refused for."""
    code, name = letter.refusal_code, letter.refused_file
    return letter_refusal_text(code, name, {}) if code in TEXTS else f"{name}: {code}"


def receipt_facts(letter: LetterView) -> tuple[Fact, ...]:
    """This will list what the paper says, in the order of the statute's receipt."""
    at = letter.submitted_at
    when = _("Wpłynęło") if letter.is_refused else _("Doręczono")
    rows = [
        Fact(when, (f"({official_time(at)})",), strong=short_moment(at)),
        Fact(_("Adresat"), (letter.institution_name, letter.box_address), mono=True),
        Fact(_("Nadawca"), (letter.sender_name, letter.sender_address), mono=True),
        Fact(_("Pismo"), (letter.title,)),
        Fact(_("Podpis nadawcy"), (), pill=signature_pill(letter)),
    ]
    if letter.register_no:
        rows.append(Fact(_("Numer w rejestrze"), (letter.register_no,), mono=True))
    return tuple(rows)


def signature_pill(letter: LetterView) -> Pill:
    """This will tell how the letter is signed and what verification says."""
    tone, icon = SIGNATURE_PILLS[letter.signature]
    return Pill(_signature_text(letter), tone, icon)


def _signature_text(letter: LetterView) -> str:
    if letter.signature is Outcome.NONE:
        return _("Bez podpisu")
    trusted = letter.signing_mode.value == "TRUSTED"
    kind = _("Podpis zaufany") if trusted else _("Podpis w pliku")
    outcome = {
        Outcome.VALID: _("ważny"),
        Outcome.INVALID: _("nieważny"),
        Outcome.UNKNOWN: _("brak możliwości weryfikacji"),
    }[letter.signature]
    return f"{kind}, {outcome}"


def documents_of(letter: LetterView) -> tuple[Document, ...]:
    return tuple(_document(file) for file in (letter.document, *letter.attachments))


def downloads_of(letter: LetterView, receipt: ReceiptView) -> tuple[Download, ...]:
    """This will offer the evidence first, then the copy of the letter, then the reading copy."""
    xml_note = _("XML, %(size)s, dowód dla urzędu i sądu") % {"size": file_size(receipt.size)}
    xml_text = _("Pobierz UPO z podpisem")
    pdf_text = _("Pobierz UPO do czytania")
    if letter.is_refused:
        xml_text = _("Pobierz poświadczenie nieprzedłożenia z podpisem")
        pdf_text = _("Pobierz poświadczenie do czytania")
    return (
        Download(xml_text, _url("letter_receipt", letter), xml_note, "file-code-corner"),
        *(() if letter.is_refused else (package_download(letter),)),
        Download(pdf_text, _url("letter_receipt_pdf", letter), "PDF", "file-text"),
    )


def write_again_url(letter: LetterView) -> str:
    """This will lead to a new general letter to the same box."""
    start = reverse("web:start_draft", args=[GENERAL_CARD])
    return f"{start}?{urlencode({'skrytka': letter.box_address})}"


def package_download(letter: LetterView) -> Download:
    note = f"ZIP, {file_size(letter.package_bytes)}"
    url = _url("letter_package", letter)
    return Download(_("Pobierz kopię podpisanego pisma"), url, note, "folder-archive")


def files_of(letter: LetterView) -> tuple[Download, ...]:
    """This will offer each document of the letter by itself."""
    document = letter.document
    size = file_size(document.size)
    own = Download(document.file_name, _url("letter_document", letter), size, "file-code-corner")
    if not letter.register_no:
        return (own,)
    open_ones = (file for file in letter.attachments if not file.is_flagged)
    return (own, *(_attachment(letter, file) for file in open_ones))


def judged_of(letter: LetterView) -> tuple[JudgedFile, ...]:
    """This will say one sentence of each signed file of the letter."""
    return tuple(
        judged_file(each.file.file_name, each.outcome, each.signers, each.kinds)
        for each in signed_files(letter)
    )


def _attachment(letter: LetterView, file: SentFile) -> Download:
    url = reverse("web:letter_attachment", args=[letter.id, file.position])
    shown = reverse("web:letter_preview", args=[letter.id, file.position])
    return Download(
        file.file_name,
        url,
        file_size(file.size),
        "paperclip",
        preview_url=shown if has_preview(file.media_type) else "",
    )


def _document(file: SentFile) -> Document:
    return Document(file.file_name, file.size, file.sha256)


def _url(name: str, letter: LetterView) -> str:
    return reverse(f"web:{name}", args=[letter.id])
