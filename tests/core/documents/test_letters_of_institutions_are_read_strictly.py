"""Letters of institutions: the pattern and the parties agree, or the document is no letter."""

from dataclasses import replace

import pytest

from skrytka.core.documents.letter import (
    LetterDirection,
    LetterFault,
    LetterUnreadable,
    read_letter,
    render_letter,
)
from tests.core.documents.specimens import (
    OF_A_PERSON,
    OF_AN_INSTITUTION,
    TO_A_COMPANY,
    TO_INSTITUTION,
)

CENTRAL = "http://crd.gov.pl/wzor/2017/10/24/4566/"
OLDER = "http://crd.gov.pl/wzor/2013/12/12/1410/"
OURS = "urn:skrytka:wzor:pismo-urzedu:1"
PUBLIC = ' wnio:rodzajPodmiotu="podmiot-publiczny"'
COMPANY = ' wnio:rodzajPodmiotu="organizacja"'
ALIEN = f' xmlns:u="{OURS}" u:rodzajPodmiotu="podmiot-publiczny"'
ANSWER = render_letter(OF_AN_INSTITUTION).decode()
ANSWER_TO_COMPANY = render_letter(TO_A_COMPANY).decode()
LETTER = render_letter(TO_INSTITUTION).decode()
LETTER_OF_A_PERSON = render_letter(OF_A_PERSON).decode()
MARK = """<meta:Identyfikator typIdentyfikatora="znakSprawy"><meta:Wartosc>X</meta:Wartosc>
    </meta:Identyfikator>"""


def swapped(document: str, old: str, new: str, marked: str = "") -> bytes:
    """This will change a text; `marked` goes into the start tag of every entity."""
    assert old in document
    changed = document.replace(old, new)
    return changed.replace("<inst:Instytucja", f"<inst:Instytucja{marked}").encode()


def after(start: str, document: str, old: str, new: str) -> bytes:
    """This will change the first such text after `start`."""
    head, found, tail = document.partition(start)
    assert found
    assert old in tail
    return f"{head}{found}{tail.replace(old, new, 1)}".encode()


def without(document: str, tag: str) -> bytes:
    head, _, rest = document.partition(f"<{tag}>")
    _, found, tail = rest.partition(f"</{tag}>")
    assert found
    return f"{head}{tail}".encode()


def test_the_two_directions_are_told_apart() -> None:
    assert read_letter(LETTER.encode()).direction is LetterDirection.INCOMING
    assert read_letter(ANSWER.encode()).direction is LetterDirection.OUTGOING


def test_a_letter_of_an_institution_points_to_no_stylesheet_of_another_pattern() -> None:
    assert "xml-stylesheet" in LETTER
    assert "<?xml-stylesheet" not in ANSWER
    assert "4566" not in ANSWER


def test_case_mark_and_answered_letter_are_told_apart_from_the_form() -> None:
    for kind, value in (("znakSprawy", "CUW.5310.12.2026.DN"), ("wOdpowiedziNa", "RPW/17/2026")):
        line = f'typIdentyfikatora="{kind}"><meta:Wartosc>{value}</meta:Wartosc>'
        assert line in ANSWER
    facts = read_letter(ANSWER.encode())
    assert (facts.service_code, facts.form_version) == (None, None)


def test_a_party_may_name_the_case_it_writes_in() -> None:
    facts = replace(OF_A_PERSON, case_mark="CUW.5310.12.2026.DN")
    assert read_letter(render_letter(facts)).case_mark == "CUW.5310.12.2026.DN"


ENTITY = "<inst:Instytucja"
MIXTURES = {
    "a person writes under the root of institutions": (
        swapped(LETTER_OF_A_PERSON, CENTRAL, OURS, marked=PUBLIC),
        LetterFault.DIRECTION,
        "Nadawcy",
    ),
    "an organisation writes under the root of institutions": (
        swapped(LETTER, CENTRAL, OURS, marked=COMPANY),
        LetterFault.DIRECTION,
        "Nadawcy",
    ),
    "nobody says what they are under the root of institutions": (
        swapped(LETTER, CENTRAL, OURS),
        LetterFault.MISSING,
        "rodzajPodmiotu",
    ),
    "somebody is neither an institution nor an organisation": (
        swapped(ANSWER, PUBLIC, ' wnio:rodzajPodmiotu="gmina"'),
        LetterFault.MISSING,
        "rodzajPodmiotu",
    ),
    "what somebody is stands in no namespace": (
        swapped(ANSWER, " wnio:rodzaj", " rodzaj"),
        LetterFault.MISSING,
        "rodzajPodmiotu",
    ),
    "an institution writes to a person under the central root": (
        swapped(ANSWER, OURS, CENTRAL),
        LetterFault.MISSING,
        "Instytucja",
    ),
    "an institution writes under the central root": (
        after("<str:Nadawcy>", LETTER, ENTITY, ENTITY + ALIEN),
        LetterFault.DIRECTION,
        "Nadawcy",
    ),
    "an institution writes under the older root": (
        after("<str:Nadawcy>", LETTER.replace(CENTRAL, OLDER), ENTITY, ENTITY + ALIEN),
        LetterFault.DIRECTION,
        "Nadawcy",
    ),
    "an addressee says what it is under the central root": (
        after("<str:Adresaci>", LETTER, ENTITY, ENTITY + ALIEN),
        LetterFault.DIRECTION,
        "Adresaci",
    ),
    "parts of the other pattern stand under the central root": (
        ANSWER.replace("<wnio:Dokument ", f'<c:Dokument xmlns:c="{CENTRAL}" ')
        .replace("</wnio:Dokument>", "</c:Dokument>")
        .encode(),
        LetterFault.MISSING,
        "OpisDokumentu",
    ),
    "the root is of a later version": (
        swapped(ANSWER, OURS, "urn:skrytka:wzor:pismo-urzedu:2"),
        LetterFault.PATTERN,
        "Dokument",
    ),
    "nobody acts for the institution": (
        without(ANSWER, "wnio:Podpis"),
        LetterFault.MISSING,
        "Podpis",
    ),
    "who acts has no family name": (
        after(
            "<wnio:Podpis>", ANSWER, "oso:Nazwisko>Nowak</oso:Nazwisko", "oso:Inne>Nowak</oso:Inne"
        ),
        LetterFault.MISSING,
        "Nazwisko",
    ),
    "two people act for the institution": (
        swapped(ANSWER, "<wnio:Podpis>", "<wnio:Podpis/><wnio:Podpis>"),
        LetterFault.REPEATED,
        "Podpis",
    ),
    "two institutions write": (
        after("<str:Nadawcy>", ANSWER, ENTITY, f"{ENTITY}{PUBLIC}/>{ENTITY}"),
        LetterFault.REPEATED,
        "Nadawcy",
    ),
    "two case marks": (
        swapped(ANSWER, "<meta:RodzajDokumentu>", f"{MARK}<meta:RodzajDokumentu>"),
        LetterFault.REPEATED,
        "znakSprawy",
    ),
}


@pytest.mark.parametrize(("document", "reason", "detail"), MIXTURES.values(), ids=MIXTURES)
def test_what_contradicts_itself_is_refused(
    document: bytes, reason: LetterFault, detail: str
) -> None:
    with pytest.raises(LetterUnreadable) as refusal:
        read_letter(document)
    assert (refusal.value.reason, refusal.value.detail) == (reason, detail)


def test_a_signature_brings_no_second_sender() -> None:
    signature = f"<Signature>{ANSWER.partition('?>')[2]}</Signature></wnio:Dokument>"
    document = ANSWER.replace("</wnio:Dokument>", signature).encode()
    assert read_letter(document) == OF_AN_INSTITUTION
