"""Letters that other systems wrote: tolerance where the pattern is open, none where it deceives."""

import hashlib
from datetime import UTC, date, datetime

import pytest

from skrytka.core.documents.letter import (
    AttachmentRef,
    LetterFault,
    LetterUnreadable,
    OrganisationParty,
    read_letter,
)

STR = "http://crd.gov.pl/xml/schematy/struktura/2009/11/16/"
META = "http://crd.gov.pl/xml/schematy/meta/2009/11/16/"
ADR = "http://crd.gov.pl/xml/schematy/adres/2009/11/09/"
OSO = "http://crd.gov.pl/xml/schematy/osoba/2009/11/16/"
INST = "http://crd.gov.pl/xml/schematy/instytucja/2009/11/16/"
PATTERN = "http://crd.gov.pl/wzor/2013/12/12/1410/"

DATE = f'<Data xmlns="{META}" typDaty="stworzony"><Czas>2026-01-12</Czas></Data>'
OFFICE = f'<Instytucja xmlns="{INST}"><NazwaInstytucji>Urząd</NazwaInstytucji></Instytucja>'
ANNA = f"""<Osoba xmlns="{OSO}"><Imie>Anna</Imie><ImieDrugie>Maria</ImieDrugie>
    <Nazwisko>Żak<!-- split -->owska</Nazwisko>
    <Kontakt xmlns="{ADR}"><Email>a@example.org</Email><Email>b@example.org</Email></Kontakt>
    </Osoba>"""


def side(name: str, *parties: str) -> str:
    return f'<{name} xmlns="{STR}"><Podmiot xmlns="{META}">{"".join(parties)}</Podmiot></{name}>'


def letter(
    head: str = "", dates: str = DATE, to: str = OFFICE, by: str = ANNA, content: str = ""
) -> bytes:
    return f"""<?xml version="1.0"?><Dokument xmlns="{PATTERN}">
    <OpisDokumentu>{head}</OpisDokumentu>
    <DaneDokumentu>{dates}{side("Adresaci", to)}{side("Nadawcy", by)}</DaneDokumentu>
    <TrescDokumentu><Tytul>Skarga</Tytul>{content}</TrescDokumentu></Dokument>""".encode()


def refusal_of(document: bytes) -> tuple[LetterFault, str]:
    with pytest.raises(LetterUnreadable) as refusal:
        read_letter(document)
    assert str(refusal.value) == f"{refusal.value.reason} {refusal.value.detail}"
    return refusal.value.reason, refusal.value.detail


def attachments(*parts: str) -> str:
    return f'<Zalaczniki xmlns="{STR}">{"".join(parts)}</Zalaczniki>'


def test_default_namespaces_and_absent_parts_are_read() -> None:
    facts = read_letter(letter())
    assert facts.title == "Skarga"
    assert facts.sender.name == "Anna Maria Żakowska"
    assert facts.sender.email == "a@example.org"
    assert facts.addressee.name == "Urząd"
    assert facts.written_on == date(2026, 1, 12)
    assert facts.created_at == datetime(2026, 1, 11, 23, tzinfo=UTC)
    assert (facts.cid, facts.kind, facts.place, facts.other_kind) == ("", "", "", None)
    assert (facts.paragraphs, facts.fields, facts.attachments) == ((), (), ())


def test_an_organisation_without_second_names_is_read() -> None:
    numbers = "<IdInstytucji><NIP>5480018504</NIP></IdInstytucji></Instytucja>"
    sender = read_letter(letter(by=OFFICE.replace("</Instytucja>", numbers))).sender
    assert isinstance(sender, OrganisationParty)
    assert (sender.nip, sender.krs, sender.email) == ("5480018504", None, None)


def test_a_local_time_in_the_description_is_taken_as_warsaw_time() -> None:
    head = DATE.replace("2026-01-12", "2026-07-12T00:30:00")
    facts = read_letter(letter(head=head, dates=""))
    assert facts.created_at == datetime(2026, 7, 11, 22, 30, tzinfo=UTC)
    assert facts.written_on == date(2026, 7, 12)
    assert read_letter(letter(head=head)).written_on == date(2026, 1, 12)


def test_the_date_of_making_is_chosen_among_several_dates() -> None:
    other = DATE.replace("stworzony", "opublikowany").replace("2026", "2020")
    assert read_letter(letter(dates=other + DATE)).written_on == date(2026, 1, 12)
    assert read_letter(letter(dates=other)).written_on == date(2020, 1, 12)


def test_statements_and_additions_follow_the_paragraphs() -> None:
    content = """<Informacje><Informacja>a</Informacja><Informacja>b</Informacja></Informacje>
        <Oswiadczenia><Oswiadczenie>c</Oswiadczenie></Oswiadczenia>
        <InformacjeDodatkowe>d</InformacjeDodatkowe>"""
    assert read_letter(letter(content=content)).paragraphs == ("a", "b", "c", "d")


def test_a_comment_or_an_element_never_cuts_a_text_short() -> None:
    content = (
        "<Informacje><Informacja>nie <!-- x -->zga<b>dz</b>am<?p q?> się</Informacja></Informacje>"
    )
    assert read_letter(letter(content=content)).paragraphs == ("nie zgadzam się",)


def test_a_file_inside_the_document_is_measured() -> None:
    inside = """<Zalacznik format="text/plain" kodowanie="base64" nazwaPliku="a.txt">
        <DaneZalacznika>QUJD\nREVG</DaneZalacznika></Zalacznik>"""
    digest = hashlib.sha256(b"ABCDEF").hexdigest()
    found = read_letter(letter(content=attachments(inside))).attachments
    assert found == (AttachmentRef("a.txt", "text/plain", 6, digest, ""),)
    broken = read_letter(letter(content=attachments(inside.replace("QUJD", "Q")))).attachments
    assert broken == (AttachmentRef("a.txt", "text/plain", None, None, ""),)


def test_a_file_elsewhere_is_listed_with_what_is_stated_of_it() -> None:
    where = "<DaneZalacznika>https://example.org/?id=1</DaneZalacznika>"
    digest = "<OpisZalacznika>SHA-256 " + "AB" * 32 + "</OpisZalacznika>"
    words = "<OpisZalacznika>moja umowa</OpisZalacznika>"
    parts = [f"<Zalacznik>{where}{note}</Zalacznik>" for note in ("", digest, words)]
    found = read_letter(letter(content=attachments(*parts))).attachments
    assert [one.sha256 for one in found] == [None, "ab" * 32, None]
    assert {(one.uri, one.size) for one in found} == {("https://example.org/?id=1", None)}


def test_who_acts_for_the_sender_is_read() -> None:
    content = f'<Podpis><Imie xmlns="{OSO}">Bogdan</Imie><Stanowisko>prezes</Stanowisko></Podpis>'
    acting = read_letter(letter(content=content)).acting
    assert acting is not None
    assert (acting.given_name, acting.family_name) == ("Bogdan", "")
    assert (acting.position, acting.authority) == ("prezes", None)


IDENTIFIER = f"""<Identyfikator xmlns="{META}" typIdentyfikatora="idFormularza">
    <Wartosc>A-1</Wartosc></Identyfikator>"""
FIELD = (
    '<Informacja xmlns:f="urn:skrytka:formularz:1" f:pole="/a" f:etykieta="Klasa">%s</Informacja>'
)


def test_the_form_that_made_the_letter_is_known_by_its_identifier() -> None:
    other = IDENTIFIER.replace("idFormularza", "inny")
    facts = read_letter(letter(head=other + IDENTIFIER))
    assert (facts.service_code, facts.form_version) == ("A-1", None)


@pytest.mark.parametrize(
    ("document", "reason", "detail"),
    [
        (b"<!DOCTYPE a><a/>", LetterFault.XML, "XML-DOCTYPE"),
        (b"<Dokument/>", LetterFault.PATTERN, "Dokument"),
        (f"<Inny xmlns='{PATTERN}'/>".encode(), LetterFault.PATTERN, "Dokument"),
        (f"<Dokument xmlns='{PATTERN}'/>".encode(), LetterFault.MISSING, "OpisDokumentu"),
        (letter(dates=""), LetterFault.MISSING, "Data"),
        (letter(dates=DATE.replace("2026-01-12", "wczoraj")), LetterFault.DATE, "Data"),
        (letter(head=DATE.replace("01-12", "01-12T99")), LetterFault.DATE, "Data"),
        (letter(dates=DATE + DATE), LetterFault.REPEATED, "Data"),
        (letter(head=IDENTIFIER * 2), LetterFault.REPEATED, "idFormularza"),
        (letter(to=""), LetterFault.MISSING, "Adresaci"),
        (letter(to=ANNA), LetterFault.MISSING, "Instytucja"),
        (letter(by=""), LetterFault.MISSING, "Nadawcy"),
        (letter(by=ANNA + OFFICE), LetterFault.REPEATED, "Nadawcy"),
        (letter(content="<Tytul>inny</Tytul>"), LetterFault.REPEATED, "Tytul"),
        (
            letter(content=f"<Informacje>{FIELD % 'Szkoła: 4'}</Informacje>"),
            LetterFault.FIELD,
            "Informacja",
        ),
    ],
)
def test_what_is_missing_repeated_or_deceptive_is_refused(
    document: bytes, reason: LetterFault, detail: str
) -> None:
    assert refusal_of(document) == (reason, detail)


def test_an_answer_says_what_its_label_announces() -> None:
    facts = read_letter(letter(content=f"<Informacje>{FIELD % 'Klasa: 4'}</Informacje>"))
    assert [(one.path, one.label, one.value) for one in facts.fields] == [("/a", "Klasa", "4")]
