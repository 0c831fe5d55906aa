"""What a person reads of a letter: taken from its bytes, in either direction."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from skrytka.core.documents.letter import LetterDirection, LetterFacts, render_letter
from skrytka.letters.queries.papers import Paper, PaperFile, paper_of
from tests.core.documents.specimens import (
    ATTACHMENT,
    COMPANY,
    DARIA,
    OF_A_PERSON,
    OF_AN_INSTITUTION,
    OFFICE,
    TO_A_COMPANY,
    TO_ANOTHER_INSTITUTION,
    TO_INSTITUTION,
)

ON_PAPER = ("web/compose/parts/paper.html", "desk/letter/_paper.html")
TYPED = "<script>alert(1)</script> & „x” {{ paper }}"


def paper(facts: LetterFacts) -> Paper:
    found = paper_of(render_letter(facts))
    assert found is not None
    return found


def head(facts: LetterFacts) -> dict[str, tuple[str, ...]]:
    return {fact.term: fact.lines for fact in paper(facts).head}


def test_a_letter_of_an_institution_shows_who_writes_to_whom_and_in_which_case() -> None:
    assert head(OF_AN_INSTITUTION) == {
        "Data": ("Cieszyn, 3\u00a0lutego\u00a02026\u00a0r.",),
        "Znak sprawy": ("CUW.5310.12.2026.DN",),
        "Odpowiedź na": ("RPW/17/2026",),
        "Nadawca": (
            "Centrum Usług Wspólnych w Cieszynie",
            "Przykładowa 1/2",
            "43-400 Cieszyn",
            "kancelaria@example.org",
            "/cuw/skrytka",
        ),
        "W imieniu nadawcy": ("Daria Nowak", "inspektor", "z upoważnienia dyrektora"),
        "Adresat": (
            "Anna Żak",
            "Przykładowa 1/2",
            "43-400 Cieszyn",
            "anna@example.org",
            "/anna/domyslna",
        ),
    }
    shown = paper(OF_AN_INSTITUTION)
    assert (shown.direction, shown.case_mark) == (LetterDirection.OUTGOING, "CUW.5310.12.2026.DN")
    assert shown.title == "Wezwanie do uzupełnienia braków"
    assert shown.paragraphs == ("Wzywam do uzupełnienia <wniosku>.", "W terminie 7 dni.")
    assert shown.files == (PaperFile(ATTACHMENT.file_name, 182734, "ab" * 32),)


def test_a_company_is_named_with_its_numbers_and_an_institution_without() -> None:
    assert "KRS 0000012345" in head(TO_A_COMPANY)["Adresat"]
    assert head(TO_ANOTHER_INSTITUTION)["Adresat"][0] == "Centrum Usług Wspólnych w Cieszynie"
    assert not any("NIP" in line for line in head(TO_ANOTHER_INSTITUTION)["Adresat"])


def test_what_a_letter_does_not_say_has_no_row() -> None:
    assert "Odpowiedź na" not in head(TO_A_COMPANY)
    assert "Znak sprawy" not in head(TO_ANOTHER_INSTITUTION)
    assert paper(TO_ANOTHER_INSTITUTION).case_mark == ""


def test_a_letter_of_a_party_is_shown_as_before() -> None:
    assert list(head(TO_INSTITUTION)) == ["Data", "Nadawca", "Pismo składa", "Adresat"]
    assert head(TO_INSTITUTION)["Pismo składa"] == ("Anna Żak",)
    assert list(head(OF_A_PERSON)) == ["Data", "Nadawca", "Adresat"]
    assert paper(OF_A_PERSON).direction is LetterDirection.INCOMING


def test_the_number_of_a_person_is_never_shown() -> None:
    for facts in (OF_AN_INSTITUTION, OF_A_PERSON):
        for template in ON_PAPER:
            assert "44051401359" not in render_to_string(template, {"paper": paper(facts)})


def test_bytes_that_contradict_themselves_are_no_paper() -> None:
    document = render_letter(OF_AN_INSTITUTION).replace(
        b"urn:skrytka:wzor:pismo-urzedu:1", b"http://crd.gov.pl/wzor/2017/10/24/4566/"
    )
    assert paper_of(document) is None


@pytest.mark.parametrize("template", ON_PAPER)
def test_everything_an_institution_says_stands_on_the_paper_and_is_text(template: str) -> None:
    facts = replace(
        OF_AN_INSTITUTION,
        title=TYPED,
        case_mark=TYPED,
        in_reply_to=TYPED,
        place=TYPED,
        acting=replace(DARIA, given_name=TYPED, position=TYPED, authority=TYPED),
        sender=replace(OFFICE, name=TYPED),
        addressee=replace(COMPANY, name=TYPED),
        paragraphs=(TYPED,),
        attachments=(replace(ATTACHMENT, file_name=TYPED),),
    )
    shown = render_to_string(template, {"paper": paper(facts), "lists_files": True})
    assert "<script" not in shown
    # title, mark, answered, place, sender, three of who acts, addressee, paragraph, attachment
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt; &amp; „x” {{ paper }}") == 11
