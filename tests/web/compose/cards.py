"""Service cards to write letters for: the general one, and one with a form of every kind."""

from datetime import date

from skrytka.accounts.models import Institution
from skrytka.catalogue.models import Category, FormVersion, RequiredSignature, ServiceCard
from tests.world.attachments import AT

EVERY_KIND = [
    {"name": "imie", "kind": "TEXT", "label": "Imię dziecka", "hint": "Jak w akcie urodzenia"},
    {"name": "opis", "kind": "LONG_TEXT", "label": "Opis sprawy"},
    {
        "name": "odbior",
        "kind": "CHOICE",
        "label": "Jak odbierzesz zaświadczenie",
        "options": [["LIST", "Listem"], ["OSOBISCIE", "Osobiście"]],
    },
    {
        "name": "adres",
        "kind": "ADDRESS",
        "label": "Adres do wysyłki",
        "only_if": {"path": "odbior", "equals": "LIST"},
    },
    {"name": "od", "kind": "DATE", "label": "Od kiedy"},
    {"name": "pesel", "kind": "PESEL", "label": "PESEL dziecka"},
    {"name": "kwota", "kind": "MONEY", "label": "Kwota"},
    {
        "name": "okresy",
        "kind": "GROUP",
        "label": "Okres pracy",
        "fields": [
            {"name": "szkola", "kind": "TEXT", "label": "Szkoła", "required": True},
            {"name": "od", "kind": "DATE", "label": "Od", "required": True},
        ],
    },
    {"name": "skan", "kind": "SLOT", "label": "Skan świadectwa"},
]
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["imie"],
    "properties": {
        "imie": {"type": "string"},
        "pesel": {"type": "string", "format": "pesel"},
        "od": {"type": "string", "format": "date"},
        "kwota": {"type": "integer"},
    },
}


def general_letter(
    signature: RequiredSignature = RequiredSignature.NOT_NEEDED,
) -> ServiceCard:
    return _card("PISMO", "pismo-ogolne", "Pismo ogólne do podmiotu publicznego", [], signature)


def service_of(institution: Institution) -> ServiceCard:
    card = _card("ERP7", "zaswiadczenie-erp-7", "Zaświadczenie ERP-7", EVERY_KIND)
    card.institution = institution
    card.save()
    return card


def _card(
    code: str,
    slug: str,
    name: str,
    layout: list[object],
    signature: RequiredSignature = RequiredSignature.RECOMMENDED,
) -> ServiceCard:
    category, _created = Category.objects.get_or_create(slug="inne", defaults={"name": "Inne"})
    form = FormVersion.objects.create(
        code=code.lower(),
        version=1,
        schema=SCHEMA if layout else {"type": "object"},
        layout=layout,
        published_at=AT,
    )
    return ServiceCard.objects.create(
        code=code,
        slug=slug,
        name=name,
        category=category,
        required_signature=signature,
        form=form,
        updated_on=date(2026, 1, 2),
    )
