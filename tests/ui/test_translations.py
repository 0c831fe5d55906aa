"""Every text of the product can be read in Polish, English and Ukrainian."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.utils.translation import gettext, ngettext, override

from skrytka.accounts.models import Institution, Role, User
from skrytka.accounts.operations import employ
from skrytka.catalogue.models import ServiceCard
from skrytka.gateways.installed import install, installed
from skrytka.gateways.mail import FolderMailer
from skrytka.letters.operations.intake import finish_intake
from tests.web.compose.cards import general_letter, service_of
from tests.world.cast import LONG_AGO
from tests.world.letters import LATER, sent_letter, written_draft
from tests.world.page_client import PageClient
from tests.world.page_review import parse_page
from tools import messages

LANGUAGES = tuple(messages.PLURAL_RULES)
TRANSLATED = tuple(language for language in LANGUAGES if language != messages.SOURCE_LANGUAGE)
POLISH = re.compile("[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]")
# Kept in Polish in every language: names of documents and a card, and an example of opening hours.
POLISH_TERMS = ("e-dowód", "mDowód", "Pismo ogólne do podmiotu publicznego", "pon.–śr.")
SPOKEN = (
    "name()='alt' or name()='title' or name()='placeholder' or name()='aria-label' "
    "or name()='content' or starts-with(name(), 'data-')"
)
# The product's own name, which is also the Polish word for a box.
NAMES = {"Skrytka"}


@pytest.fixture(autouse=True)
def _mail_of_its_own(tmp_path: Path) -> Iterator[None]:
    """The page of mails shows none that another test sent."""
    before = installed()
    install(replace(before, mailer=FolderMailer(tmp_path / "mail", "skrytka@example.pl")))
    yield
    install(before)


@pytest.fixture(scope="module")
def used() -> messages.Places:
    return messages.used_texts()


def catalogue(language: str) -> messages.Translations:
    return messages.known_translations(messages.catalogue_path(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_lacks_a_translation(language: str, used: messages.Places) -> None:
    assert messages.missing(language, used, catalogue(language)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_no_text_that_is_gone(language: str, used: messages.Places) -> None:
    assert set(catalogue(language)) - set(used) == set()


def test_the_polish_catalogue_holds_plurals_only() -> None:
    assert all(text.plural for text in catalogue(messages.SOURCE_LANGUAGE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tool_writes_a_catalogue_that_it_reads_again(
    language: str, used: messages.Places, tmp_path: Path
) -> None:
    known = catalogue(language)
    copy = messages.catalogue_path(language, tmp_path)
    copy.parent.mkdir(parents=True)
    copy.write_text(messages.written(language, used, known))
    again = messages.known_translations(copy)
    assert {text: forms for text, forms in known.items() if text in used}.items() <= again.items()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_its_text_fills_in(language: str) -> None:
    wrong = [
        form
        for text, forms in catalogue(language).items()
        for form in forms
        if messages.placeholders(form) != text.placeholders
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_marks_of_scripts_and_html(language: str) -> None:
    kept = re.compile(r"\[\w+\]|</?[a-z]+|%%|^\s|\s$|\n")
    wrong = [
        form
        for text, forms in catalogue(language).items()
        for form in forms
        if sorted(kept.findall(form)) != sorted(kept.findall(text.plural or text.singular))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plural_has_as_many_forms_as_the_language(language: str) -> None:
    counts = {len(forms) for text, forms in catalogue(language).items() if text.plural}
    assert counts == {messages.FORMS[language]}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_in_polish(language: str) -> None:
    left = [form for forms in catalogue(language).values() for form in forms if _polish_in(form)]
    assert left == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hyphen_is_the_one_on_the_keyboard(language: str) -> None:
    """The fonts we serve have no U+2011: another would lend it, and no search finds the word."""
    read = [
        form
        for text, forms in catalogue(language).items()
        for form in (text.singular, text.plural, *forms)
    ]
    assert [form for form in read if form and "\u2011" in form] == []


FOUND = {
    "pl": ("Znaleziono 1 sprawę", "Znaleziono 3 sprawy", "Znaleziono 12 spraw"),
    "en": ("1 service found", "3 services found", "12 services found"),
    "uk": ("Знайдено 1 справу", "Знайдено 3 справи", "Знайдено 12 справ"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_decides_the_form(language: str) -> None:
    singular, plural = "Znaleziono %(n)s sprawę", "Znaleziono %(n)s spraw"
    with override(language):
        told = tuple(ngettext(singular, plural, n) % {"n": n} for n in (1, 3, 12))
    assert told == FOUND[language]


def test_a_text_is_found_wherever_it_is_marked(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '{% load i18n %}{% translate "Sto 100%" %}{% translate "Stan" context "państwa" %}'
        '{% include "x.html" with text=_("Dalej") %}{{ name|default:_("Brak") }}'
        "{% blocktranslate trimmed count n=n %}{{ n }}\n  plik{% plural %}{{ n }} plików"
        "{% endblocktranslate %}{# {% translate 'Nie' %} #}"
    )
    (tmp_path / "code.py").write_text(
        "from django.utils.translation import gettext_lazy as _lazy, pgettext, ngettext\n"
        'A = _lazy("Cześć " "Anno")\nB = pgettext("rok", "Maj")\n'
        'def c(n): return ngettext("rzecz", "rzeczy", n)\nD = print("Nie")\nE = _lazy(A)\n'
    )
    for table, name in messages.TABLES.items():
        (tmp_path / table).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / table).write_text(f'{name} = {{1: "Zdanie {name}."}}\nOTHER = {{1: "Nie"}}\n')
    assert set(messages.used_texts(tmp_path)) == {
        messages.Text("Sto 100%%"),
        messages.Text("Stan", context="państwa"),
        messages.Text("Dalej"),
        messages.Text("Brak"),
        messages.Text("%(n)s plik", plural="%(n)s plików"),
        messages.Text("Cześć Anno"),
        messages.Text("Maj", context="rok"),
        messages.Text("rzecz", plural="rzeczy"),
        messages.Text("Zdanie TEXTS."),
        messages.Text("Zdanie _TEXTS."),
    }


PUBLIC = (
    "/",
    "/instytucje/",
    "/instytucje/?q=nigdzie",
    "/instytucje/ZOJO_Cieszyn/",
    "/sprawy/",
    "/sprawy/?q=nigdzie",
    "/sprawy/pismo-ogolne/",
    "/sprawy/zaswiadczenie-erp-7/",
    "/adresaci/",
    "/adresaci/?q=Cieszyn",
    "/informacje/pomoc/",
    "/informacje/regulamin/",
    "/informacje/prywatnosc/",
    "/informacje/prywatnosc/ZOJO_Cieszyn/",
    "/informacje/pliki-cookie/",
    "/informacje/dostepnosc/",
    "/informacje/dostepnosc/ZOJO_Cieszyn/",
    "/konto/zaloguj/",
    "/konto/zaloz/",
    "/konto/haslo/nowe/",
    "/konto/haslo/nowe/wyslane/",
    "/wersja-pokazowa/poczta/",
    "/verify",
    "/nie-ma-takiej-strony/",
)
OWN = (
    "/konto/",
    "/konto/dane/",
    "/konto/gotowe/",
    "/konto/organizacje/dodaj/",
    "/konto/pelnomocnictwa/",
    "/konto/profil/",
    "/konto/email/",
    "/konto/haslo/",
    "/konto/sesje/",
    "/konto/wyloguj/",
    "/konto/drugi-skladnik/",
    "/pisma/",
    "/pisma/robocze/",
    "/pisma/robocze/{draft}/usun/",
    "/pisma/robocze/{draft}/adresat/",
    "/pisma/robocze/{draft}/tresc/",
    "/pisma/robocze/{draft}/podpis/",
    "/pisma/robocze/{draft}/podpis/zaufany/",
    "/pisma/robocze/{draft}/podpis/plik/",
    "/pisma/robocze/{draft}/dokument/",
    "/pisma/robocze/{draft}/wyslij/",
)
SENT = ("/pisma/", "/pisma/{letter}/", "/pisma/{letter}/tresc/")
DESK = (
    "/kancelaria/",
    "/kancelaria/przydzielone/",
    "/kancelaria/odrzucone/",
    "/kancelaria/instytucja/",
    "/kancelaria/pisma/{letter}/",
    "/kancelaria/ustawienia/skrytki/",
    "/kancelaria/ustawienia/pracownicy/",
    "/kancelaria/ustawienia/teksty/",
    "/kancelaria/ustawienia/zalaczniki/",
    "/kancelaria/ustawienia/dostepnosc/",
    "/kancelaria/ustawienia/dziennik/",
    "/kancelaria/profile/",
)
FORMS = {
    "/konto/zaloguj/": {"login": "nobody@example.pl", "password": "x"},
    "/konto/zaloz/": {"email": "nobody", "password1": "short"},
    "/konto/haslo/nowe/": {"email": "nobody"},
    "/verify": {},
    "/instytucje/ZOJO_Cieszyn/powiadom/": {"email": "nobody"},
}


@pytest.fixture
def cards(cuw: Institution, town_hall: Institution) -> tuple[ServiceCard, ServiceCard]:
    return general_letter(), service_of(cuw)


@pytest.mark.django_db
@pytest.mark.usefixtures("cards")
@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_holds_no_polish(address: str) -> None:
    for language in TRANSLATED:
        assert_translated(page_of(PageClient(), address, language), language)


@pytest.mark.django_db
@pytest.mark.usefixtures("cards")
@pytest.mark.parametrize("address", FORMS)
def test_a_refused_form_holds_no_polish(address: str) -> None:
    for language in TRANSLATED:
        page = PageClient().post(address, FORMS[address], headers={"accept-language": language})
        assert page.status_code == 200
        assert_translated(page.content.decode(), language)


@pytest.mark.django_db
@pytest.mark.parametrize("address", OWN)
def test_a_page_of_ones_own_holds_no_polish(
    address: str,
    cards: tuple[ServiceCard, ServiceCard],
    cuw: Institution,
    anna: User,
) -> None:
    draft = written_draft(anna, cuw)
    for language in TRANSLATED:
        page = page_of(reader(anna), address.format(draft=draft.pk), language)
        assert_translated(page, language)


@pytest.mark.django_db
@pytest.mark.parametrize("address", SENT)
def test_a_page_of_a_sent_letter_holds_no_polish(
    address: str,
    cards: tuple[ServiceCard, ServiceCard],
    cuw: Institution,
    anna: User,
) -> None:
    letter = sent_letter(anna, cuw)
    pages = [(page_of(reader(anna), address.format(letter=letter.pk), "uk"), "uk")]
    finish_intake(letter.pk, at=LATER)
    pages += [
        (page_of(reader(anna), address.format(letter=letter.pk), language), language)
        for language in TRANSLATED
    ]
    for page, language in pages:
        assert_translated(page, language)


@pytest.mark.django_db
@pytest.mark.usefixtures("cards")
@pytest.mark.parametrize("address", DESK)
def test_a_page_of_the_registry_holds_no_polish(
    address: str, cuw: Institution, anna: User, daria: User
) -> None:
    employ(daria.pk, cuw.pk, Role.ADMINISTRATOR, at=LONG_AGO)
    letter = sent_letter(anna, cuw)
    for language in TRANSLATED:
        page = page_of(reader(daria), address.format(letter=letter.pk), language)
        assert_translated(page, language)


def reader(user: User) -> Client:
    client = PageClient()
    client.force_login(user)
    return client


def page_of(client: Client, address: str, language: str) -> str:
    asked = {"accept-language": language, "accept": "text/html"}
    return str(client.get(address, headers=asked, follow=True).content.decode())


def assert_translated(page: str, language: str, written: tuple[str, ...] = ()) -> None:
    """Neither a Polish letter nor a text of the catalogue; data stay as people wrote them.

    `written`: data that stand in no row, but in a document or a certificate.
    """
    assert f'<html lang="{language}"' in page
    data = sorted(_data() | set(written), key=len, reverse=True)
    texts = {text.singular for text in catalogue(language)} - NAMES
    left = []
    with override(language):
        for said in _spoken(page):
            rest = said
            for known in data:
                rest = rest.replace(known, "")
            untranslated = said in texts and gettext(said) != said
            if _polish_in(rest) or (untranslated and said not in data):
                left.append(said)
    assert left == []


def _polish_in(text: str) -> bool:
    for term in POLISH_TERMS:
        text = text.replace(term, "")
    return POLISH.search(text) is not None


def _spoken(page: str) -> Iterator[str]:
    """What a page shows or says aloud; an element marked as Polish speaks for itself."""
    elsewhere = "ancestor-or-self::*[@lang='pl' or self::script or self::code or self::style]"
    shown = f"//*[not({elsewhere})]/text() | //*[not({elsewhere})]/@*[{SPOKEN}]"
    found = parse_page(page).tree.xpath(shown)
    assert isinstance(found, list)
    yield from filter(None, (" ".join(str(one).split()) for one in found))


def _data() -> set[str]:
    """What people wrote: every text stored in the world of the test."""
    return {
        said
        for config in apps.get_app_configs()
        if config.name.startswith("skrytka.")
        for model in config.get_models()
        for row in model._default_manager.all()
        for said in _texts_of(row)
    }


def _texts_of(row: Model) -> Iterator[str]:
    for field in row._meta.concrete_fields:
        for said in _flat(getattr(row, field.attname)):
            yield from filter(POLISH.search, said.splitlines())


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for held in value.values():
            yield from _flat(held)
    elif isinstance(value, list | tuple):
        for held in value:
            yield from _flat(held)
