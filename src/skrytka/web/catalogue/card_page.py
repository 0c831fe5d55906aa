"""A service card as its page shows it: headed parts in the order people ask."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from skrytka.catalogue.queries import CardView, Fee
from skrytka.ui.formats import day
from skrytka.ui.parts import Fact, Pill
from skrytka.web.catalogue.texts import AUDIENCES, signature_pill, signing_text

# Cards are written in Polish.
PL = "pl"


@dataclass(frozen=True)
class Section:
    """A headed part: paragraphs, then a list when there is one.

    What the institution wrote bears its language, for it stays as it is on pages in another one.
    """

    id: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    lang: str = ""
    items_lang: str = ""


@dataclass(frozen=True)
class CardFacts:
    """The parts of the page; empty ones are left out."""

    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    signature: Pill
    institution_url: str


def card_facts(card: CardView) -> CardFacts:
    """This will lay a card out."""
    sections = (
        *(_for_whom(card), _prepare(card), _fees(card)),
        Section("time", _("Ile trwa"), _given(_sentence(card.time_limit)), lang=PL),
        Section("sign", _("Jak podpisać"), (signing_text(card.required_signature),)),
        Section("where", _("Gdzie i jak"), _given(card.where_and_how), lang=PL),
        Section("appeal", _("Jak się odwołać"), _given(card.appeal), lang=PL),
        Section(
            "effect", _("Co daje wysłanie przez internet"), _given(card.channel_effect), lang=PL
        ),
        Section("remarks", _("Co jeszcze warto wiedzieć"), _given(card.remarks), lang=PL),
        Section("templates", _("Wzory do pobrania"), (), card.templates, items_lang=PL),
        Section("law", _("Podstawa prawna"), (), card.legal_basis, items_lang=PL),
    )
    entity = card.institution_entity
    return CardFacts(
        sections=tuple(part for part in sections if part.paragraphs or part.items),
        facts=_facts(card),
        signature=signature_pill(card.required_signature),
        institution_url=reverse("web:institution", args=[entity]) if entity else "",
    )


def _sentence(text: str) -> str:
    """What stands in a pill as a few words stands in the page as a sentence."""
    return f"{text[0].upper()}{text[1:].rstrip('.')}." if text else ""


def _given(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def _for_whom(card: CardView) -> Section:
    items = tuple(str(AUDIENCES[kind]) for kind in card.audience)
    return Section("audience", _("Dla kogo"), _given(card.description), items, lang=PL)


def _prepare(card: CardView) -> Section:
    shown = tuple(
        _("%(document)s (tylko do wglądu)") % {"document": document}
        for document in card.documents_to_show
    )
    items = (*card.documents_required, *shown)
    nothing = () if items else (_("Nie musisz nic przygotować."),)
    return Section("prepare", _("Co przygotować"), nothing, items, items_lang=PL)


def _effect(card: CardView) -> Section:
    heading = _("Co daje wysłanie przez internet")
    return Section("effect", heading, _given(card.channel_effect), lang=PL)


def _fees(card: CardView) -> Section:
    if not card.fees:
        return Section("fees", _("Ile to kosztuje"), (_("Nic, załatwisz to bezpłatnie."),))
    return Section("fees", _("Ile to kosztuje"), (), tuple(map(_fee, card.fees)))


def _fee(fee: Fee) -> str:
    amount = f"{fee.amount}." if fee.account or fee.exemptions else fee.amount
    account = _("Konto do wpłaty: %(account)s.") % {"account": fee.account} if fee.account else ""
    free = _("Nie płaci: %(who)s.") % {"who": fee.exemptions} if fee.exemptions else ""
    return " ".join(filter(None, (amount, account, free)))


def _facts(card: CardView) -> tuple[Fact, ...]:
    rows = (
        (_("Instytucja"), card.institution_name or _("Dowolna instytucja z listy")),
        (_("Komórka"), card.unit),
        (_("Kod karty"), card.code),
        (_("Zaktualizowano"), day(card.updated_on)),
        (_("Za treść odpowiada"), card.responsible),
    )
    return tuple(Fact(term, (text,)) for term, text in rows if text)
