"""Step 4: everything that is about to go, each row with its way back."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skrytka.letters.queries.drafts import DraftView
from skrytka.letters.queries.papers import Paper, PaperFile
from skrytka.ui.formats import file_size
from skrytka.ui.parts import Fact
from skrytka.ui.remark_texts import remark_sentence
from skrytka.web.compose.frame import Stage, stage_url

FIRST_WORDS = 300


@dataclass(frozen=True)
class Summary:
    """Rows to check and files to go; the warning is empty for a signed letter.

    `waits` tells that files go unscreened, because then the receipt does not come at once.
    """

    facts: tuple[Fact, ...]
    files: tuple[PaperFile, ...]
    remarks: tuple[str, ...]
    warning: str
    waits: str


def summary_of(draft: DraftView, paper: Paper | None, sender_name: str) -> Summary:
    """This will lay out the document to be sent; rows come from its bytes where it can be read."""
    letter_url = stage_url(draft, Stage.LETTER)
    rows = [
        _addressee(draft),
        Fact(_("Nadawca"), (sender_name,)),
        Fact(_("Tytuł pisma"), (draft.title,), change_url=letter_url),
        *_body(paper, letter_url),
        *(paper.answers if paper else ()),
        Fact(_("Załączniki"), (_count(paper),), change_url=letter_url),
        Fact(_("Podpis"), (_signature(draft),), change_url=stage_url(draft, Stage.SIGNATURE)),
    ]
    files = paper.files if paper else ()
    return Summary(tuple(rows), files, _remarks(draft), _warning(draft), _waits(draft))


def _addressee(draft: DraftView) -> Fact:
    box = draft.addressee
    lines = (box.institution_name, box.box_address) if box else ()
    return Fact(_("Adresat"), lines, mono=True, change_url=stage_url(draft, Stage.ADDRESSEE))


def _body(paper: Paper | None, change_url: str) -> tuple[Fact, ...]:
    if paper is None or not paper.paragraphs:
        return ()
    text = "\n".join(paper.paragraphs)
    shown = text if len(text) <= FIRST_WORDS else f"{text[:FIRST_WORDS].rstrip(' .')}…"
    lines = tuple(line for line in shown.split("\n") if line.strip())
    return (Fact(_("Treść pisma"), lines, change_url=change_url),)


def _count(paper: Paper | None) -> str:
    files = paper.files if paper else ()
    if not files:
        return _("Bez załączników")
    told = ngettext("%(n)s plik, %(size)s", "%(n)s pliki, %(size)s", len(files))
    return told % {"n": len(files), "size": file_size(sum(file.size for file in files))}


def _remarks(draft: DraftView) -> tuple[str, ...]:
    """What the institution will read beside a file, so that nobody is surprised."""
    files = (file for file in draft.attachments if not file.is_refused)
    told = ((file.file_name, remark_sentence(file.remarks)) for file in files)
    return tuple(f"{name}: {sentence}" for name, sentence in told if sentence)


def _waits(draft: DraftView) -> str:
    files = (file for file in draft.attachments if not (file.is_safe or file.is_refused))
    names = ", ".join(file.file_name for file in files)
    if not names:
        return ""
    return _(
        "Jeszcze nie sprawdziliśmy: %(names)s. Możesz wysłać pismo: data wpływu będzie się liczyć, "
        "a potwierdzenie dostaniesz, gdy sprawdzimy pliki."
    ) % {"names": names}


def _signature(draft: DraftView) -> str:
    return {
        "TRUSTED": _("Podpis zaufany"),
        "UPLOADED": _("Podpisany plik"),
        "UNSIGNED": _("Bez podpisu"),
    }.get(draft.signing_mode, "")


def _warning(draft: DraftView) -> str:
    if draft.signing_mode != "UNSIGNED":
        return ""
    return _("Wysyłasz pismo bez podpisu. Urząd może poprosić Cię o uzupełnienie podpisu.")
