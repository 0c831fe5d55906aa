"""Codes of the catalogue in the words of the page."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from skrytka.accounts.queries import PartyKind
from skrytka.catalogue.queries import CardLine, Fee, RequiredSignature
from skrytka.ui.formats import number
from skrytka.ui.parts import Pill, Tone

AUDIENCES: dict[PartyKind, str | Promise] = {
    PartyKind.PERSON: gettext_lazy("Osoba prywatna"),
    PartyKind.COMPANY: gettext_lazy("Firma"),
    PartyKind.ASSOCIATION: gettext_lazy("Stowarzyszenie"),
}


def found_text(count: int) -> str:
    """This will say how many cases were found."""
    text = ngettext("Znaleziono %(n)s sprawę", "Znaleziono %(n)s spraw", count)
    return text % {"n": number(count)}


def page_text(count: int, page: int, pages: int) -> str:
    """This will say aloud what changed on the page."""
    if pages < 2:
        return f"{found_text(count)}."
    where = _("Strona %(page)s z %(pages)s.") % {"page": number(page), "pages": number(pages)}
    return f"{found_text(count)}. {where}"


def pills_of(card: CardLine) -> tuple[Pill, ...]:
    """This will tell at a glance what a case needs: signature, fee, time."""
    pills = [signature_pill(card.required_signature), _fee_pill(card.fees)]
    if card.time_limit:
        pills.append(Pill(card.time_limit, icon="clock"))
    return tuple(pills)


def signature_pill(signature: RequiredSignature) -> Pill:
    return {
        RequiredSignature.REQUIRED: Pill(_("Wymaga podpisu"), Tone.INFO, "signature"),
        RequiredSignature.RECOMMENDED: Pill(_("Najlepiej z podpisem")),
        RequiredSignature.NOT_NEEDED: Pill(_("Bez podpisu")),
    }[signature]


def _fee_pill(fees: tuple[Fee, ...]) -> Pill:
    if not fees:
        return Pill(_("Bezpłatnie"), Tone.OK)
    if len(fees) > 1:
        return Pill(_("Opłata od %(amount)s") % {"amount": fees[0].amount})
    return Pill(_("Opłata %(amount)s") % {"amount": fees[0].amount})


def signing_text(signature: RequiredSignature) -> str:
    """This will say whether and how to sign, for the card („Jak podpisać”)."""
    return {
        RequiredSignature.REQUIRED: _(
            "Tę sprawę trzeba podpisać. Wybierzesz podpis zaufany, osobisty albo kwalifikowany."
        ),
        RequiredSignature.RECOMMENDED: _(
            "Możesz wysłać bez podpisu, ale urząd może poprosić Cię o uzupełnienie podpisu. "
            "Wybierzesz podpis zaufany, osobisty albo kwalifikowany."
        ),
        RequiredSignature.NOT_NEEDED: _("Nie musisz podpisywać."),
    }[signature]
