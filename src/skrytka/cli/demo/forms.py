"""The forms of the demonstration: between them they ask every kind of question there is."""

from skrytka.catalogue.forms import JsonObject, JsonValue
from skrytka.catalogue.operations import NewForm

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
TEXT: JsonValue = {"type": "string", "minLength": 1, "maxLength": 300}
LONG_TEXT: JsonValue = {"type": "string", "minLength": 1, "maxLength": 4000}
DATE: JsonValue = {"type": "string", "format": "date"}
PESEL: JsonValue = {"type": "string", "format": "pesel"}
NIP: JsonValue = {"type": "string", "format": "nip"}
REGON: JsonValue = {"type": "string", "format": "regon"}
MONEY: JsonValue = {"type": "integer", "minimum": 1, "maximum": 100_000_000_00}
ADDRESS: JsonValue = {
    "type": "object",
    "properties": {
        "street": {"type": "string", "maxLength": 120},
        "building": {"type": "string", "minLength": 1, "maxLength": 20},
        "flat": {"type": "string", "maxLength": 20},
        "postal_code": {"type": "string", "pattern": "^[0-9]{2}-[0-9]{3}$"},
        "town": {"type": "string", "minLength": 1, "maxLength": 80},
    },
    "required": ["building", "postal_code", "town"],
    "additionalProperties": False,
}


def _one_of(*values: str) -> JsonValue:
    return {"type": "string", "enum": list(values)}


def _schema(properties: dict[str, JsonValue]) -> JsonObject:
    """What must be answered depends on what is asked: the layout says it, field by field."""
    return {
        "$schema": SCHEMA,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _ask(name: str, kind: str, label: str, **more: JsonValue) -> JsonValue:
    return {"name": name, "kind": kind, "label": label, "required": True, **more}


def _options(*pairs: tuple[str, str]) -> JsonValue:
    return [[value, label] for value, label in pairs]


GENERAL_KINDS = (
    ("wniosek", "Wniosek"),
    ("odpowiedz", "Odpowiedź na pismo urzędu"),
    ("odwolanie", "Odwołanie"),
    ("zazalenie", "Zażalenie"),
    ("wyjasnienie", "Wyjaśnienie"),
    ("skarga", "Skarga"),
    ("inne", "Inne pismo"),
)
GENERAL = NewForm(
    "PISMO-OGOLNE",
    1,
    _schema({"rodzaj": _one_of(*(value for value, _ in GENERAL_KINDS)), "znak": TEXT}),
    [
        _ask("rodzaj", "CHOICE", "Rodzaj pisma", options=_options(*GENERAL_KINDS), required=False),
        _ask(
            "znak",
            "TEXT",
            "Znak sprawy",
            hint="Jeśli odpowiadasz na pismo urzędu, przepisz z niego znak sprawy.",
            required=False,
        ),
    ],
)
EMPLOYMENT = NewForm(
    "ZATRUDNIENIE",
    1,
    _schema(
        {
            "pesel": PESEL,
            "placowka": TEXT,
            "od": DATE,
            "do": DATE,
            "cel": _one_of("bank", "sad", "inny"),
            "cel_opis": TEXT,
        }
    ),
    [
        _ask("pesel", "PESEL", "Twój numer PESEL"),
        _ask("placowka", "TEXT", "Szkoła lub przedszkole, w którym pracujesz"),
        _ask("od", "DATE", "Od kiedy pracujesz"),
        _ask("do", "DATE", "Do kiedy", required=False, hint="Zostaw puste, jeśli nadal pracujesz."),
        _ask(
            "cel",
            "CHOICE",
            "Do czego potrzebujesz zaświadczenia",
            options=_options(
                ("bank", "Kredyt w banku"), ("sad", "Sprawa w sądzie"), ("inny", "Inny cel")
            ),
        ),
        _ask("cel_opis", "TEXT", "Jaki to cel", only_if={"path": "cel", "equals": "inny"}),
    ],
)
PENSION = NewForm(
    "ERP-7",
    1,
    _schema(
        {
            "pesel": PESEL,
            "nazwisko": TEXT,
            "okresy": {
                "type": "array",
                "maxItems": 10,
                "items": {
                    "type": "object",
                    "properties": {"placowka": TEXT, "od": DATE, "do": DATE},
                },
            },
            "uwagi": LONG_TEXT,
        }
    ),
    [
        _ask("pesel", "PESEL", "Twój numer PESEL"),
        _ask("nazwisko", "TEXT", "Nazwisko z czasu zatrudnienia", required=False),
        _ask(
            "okresy",
            "GROUP",
            "Okres zatrudnienia",
            most=10,
            fields=[
                _ask("placowka", "TEXT", "Szkoła lub przedszkole"),
                _ask("od", "DATE", "Od"),
                _ask("do", "DATE", "Do"),
            ],
        ),
        _ask("uwagi", "LONG_TEXT", "Co jeszcze powinniśmy wiedzieć", required=False),
        _ask("swiadectwo", "SLOT", "Świadectwo pracy", required=False, hint="Skan, jeśli go masz."),
    ],
)
SCHOLARSHIP = NewForm(
    "STYPENDIUM",
    1,
    _schema(
        {
            "uczen": TEXT,
            "pesel_ucznia": PESEL,
            "adres": ADDRESS,
            "szkola": TEXT,
            "dochod": MONEY,
            "osoby": {
                "type": "array",
                "maxItems": 15,
                "items": {"type": "object", "properties": {"osoba": TEXT, "dochod": MONEY}},
            },
        }
    ),
    [
        _ask("uczen", "TEXT", "Imię i nazwisko ucznia"),
        _ask("pesel_ucznia", "PESEL", "PESEL ucznia"),
        _ask("adres", "ADDRESS", "Adres zamieszkania ucznia"),
        _ask("szkola", "TEXT", "Szkoła"),
        _ask(
            "dochod", "MONEY", "Miesięczny dochód rodziny na osobę", hint="Kwota netto w złotych."
        ),
        _ask(
            "osoby",
            "GROUP",
            "Osoba w rodzinie",
            most=15,
            required=False,
            fields=[
                _ask("osoba", "TEXT", "Imię i nazwisko"),
                _ask("dochod", "MONEY", "Dochód netto", required=False),
            ],
        ),
        _ask("dochody", "SLOT", "Zaświadczenie o dochodach"),
    ],
)
TAX = NewForm(
    "PODATKI",
    1,
    _schema(
        {
            "kto": _one_of("osoba", "firma"),
            "pesel": PESEL,
            "nip": NIP,
            "regon": REGON,
            "adres": ADDRESS,
        }
    ),
    [
        _ask(
            "kto",
            "CHOICE",
            "Czyje podatki sprawdzamy",
            options=_options(("osoba", "Osoby prywatnej"), ("firma", "Firmy lub stowarzyszenia")),
        ),
        _ask("pesel", "PESEL", "PESEL", only_if={"path": "kto", "equals": "osoba"}),
        _ask("nip", "NIP", "NIP", only_if={"path": "kto", "equals": "firma"}),
        _ask("regon", "REGON", "REGON", required=False, only_if={"path": "kto", "equals": "firma"}),
        _ask("adres", "ADDRESS", "Adres nieruchomości", required=False),
    ],
)
REGISTRATION = NewForm(
    "ZAMELDOWANIE",
    1,
    _schema({"pesel": PESEL, "adres": ADDRESS, "rodzaj": _one_of("staly", "czasowy")}),
    [
        _ask("pesel", "PESEL", "Twój numer PESEL"),
        _ask("adres", "ADDRESS", "Adres zameldowania"),
        _ask(
            "rodzaj",
            "CHOICE",
            "Rodzaj zameldowania",
            options=_options(("staly", "Na pobyt stały"), ("czasowy", "Na pobyt czasowy")),
        ),
    ],
)
INFORMATION = NewForm(
    "INFORMACJA",
    1,
    _schema({"czego": LONG_TEXT, "jak": _one_of("skrytka", "email", "papier")}),
    [
        _ask("czego", "LONG_TEXT", "O jaką informację prosisz"),
        _ask(
            "jak",
            "CHOICE",
            "Jak mamy ją przekazać",
            options=_options(
                ("skrytka", "Do Twojej skrytki"), ("email", "E-mailem"), ("papier", "Na papierze")
            ),
        ),
    ],
)
APPEAL = NewForm(
    "ODWOLANIE",
    1,
    _schema({"znak": TEXT, "data": DATE, "zarzuty": LONG_TEXT}),
    [
        _ask("znak", "TEXT", "Znak decyzji"),
        _ask("data", "DATE", "Data doręczenia decyzji"),
        _ask("zarzuty", "LONG_TEXT", "Z czym się nie zgadzasz i czego oczekujesz"),
        _ask("decyzja", "SLOT", "Kopia decyzji", required=False),
    ],
)
COMPLAINT = NewForm(
    "SKARGA",
    1,
    _schema({"rodzaj": _one_of("skarga", "wniosek", "petycja"), "tresc": LONG_TEXT}),
    [
        _ask(
            "rodzaj",
            "CHOICE",
            "Co składasz",
            options=_options(("skarga", "Skargę"), ("wniosek", "Wniosek"), ("petycja", "Petycję")),
        ),
        _ask("tresc", "LONG_TEXT", "Treść"),
    ],
)
FORMS = (
    *(GENERAL, EMPLOYMENT, PENSION, SCHOLARSHIP, TAX),
    *(REGISTRATION, INFORMATION, APPEAL, COMPLAINT),
)
