"""The words of the mails about letters: a link and facts, never the content of a letter."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from skrytka.core.identifiers import ReceiptKind
from skrytka.letters.models import Letter

SubjectAndText = tuple[str, str]


def receipt_text(letter: Letter, kind: ReceiptKind, receipt_no: str, link: str) -> SubjectAndText:
    """This will tell the sender, in their language, that the receipt or the refusal is ready."""
    with override(letter.author.language):
        if kind is ReceiptKind.NPP:
            subject = _("Nie przyjęliśmy Twojego pisma")
            lead = _("W piśmie był plik, którego nie możemy przyjąć. Powód jest na stronie pisma.")
        else:
            subject = _("Pismo doręczone, masz UPO")
            lead = _("Twoje pismo dotarło. Urzędowe poświadczenie odbioru (UPO) czeka na Ciebie.")
        text = "\n".join(
            (
                lead,
                "",
                _("Numer: {number}").format(number=receipt_no),
                _("Adresat: {name}").format(name=letter.institution.name),
                _("Zobacz i pobierz: {link}").format(link=link),
            )
        )
    return subject, text


def arrival_text(letter: Letter, link: str) -> SubjectAndText:
    """This will tell the institution that a letter came; the sender's name stays in the system."""
    text = f"Do skrytki {letter.box_address} wpłynęło nowe pismo.\n\nOdebrane: {link}"
    return "Nowe pismo w skrytce", text
