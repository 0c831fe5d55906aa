"""Every remark has its words for the clerk and for the sender; every refusal its variants."""

import pytest

from skrytka.letters.screening import AttachmentFault, Remark
from skrytka.ui.refusal_texts import refusal_text
from skrytka.ui.remark_texts import (
    addressee_sentence,
    party_sentence,
    remark_lines,
    remark_sentence,
)
from skrytka.ui.rule_names import rule_name


@pytest.mark.parametrize("remark", Remark)
def test_every_remark_has_its_words(remark: Remark) -> None:
    (line,) = remark_lines([remark])
    assert line[0].isupper()
    assert remark_sentence([remark]).startswith("Możesz wysłać ten plik. Urząd zobaczy, że ")
    to_addressee = addressee_sentence([remark])
    assert to_addressee.startswith("Możesz wysłać ten plik. Adresat zobaczy, że ")
    assert party_sentence([remark]).startswith("Uwaga: ")


def test_several_remarks_are_one_sentence_and_unknown_ones_are_passed_over() -> None:
    told = remark_sentence(["MACROS", "SCRIPT", "CZEGO_NIE_ZNAMY"])
    assert told == "Możesz wysłać ten plik. Urząd zobaczy, że są w nim makra, jest w nim skrypt."
    assert remark_lines(["CZEGO_NIE_ZNAMY"]) == ()
    assert [say([]) for say in (remark_sentence, addressee_sentence, party_sentence)] == [""] * 3


@pytest.mark.parametrize(
    ("code", "details", "words"),
    [
        ("F-ACTIVE", {"remark": "MACROS"}, "W pliku a.doc są makra"),
        ("F-ACTIVE", {"remark": "SCRIPT", "member": "b.pdf"}, "W pliku b.pdf jest skrypt"),
        ("F-ACTIVE", {"remark": "EMBEDDED_FILES"}, "W pliku a.doc są ukryte inne pliki"),
        ("F-ACTIVE", {"remark": "UNSEARCHED"}, "Nie możemy sprawdzić, czy w pliku a.doc"),
        ("F-ACTIVE", {"remark": "NESTED"}, "W archiwum a.doc jest drugie archiwum"),
        ("F-NAME", {"limit": 100}, "Najwięcej znaków w nazwie: 100."),
        ("F-NAME", {}, "Nie przyjmujemy plików o takiej nazwie: a.doc."),
    ],
)
def test_a_refusal_names_the_file_the_rule_and_what_to_do(
    code: str, details: dict[str, str | int], words: str
) -> None:
    assert words in refusal_text(code, "a.doc", details)


@pytest.mark.parametrize("code", AttachmentFault)
def test_every_rule_has_a_name_for_those_who_read_of_a_refusal(code: AttachmentFault) -> None:
    assert rule_name(code)[0].islower()
    assert rule_name("CZEGO_NIE_ZNAMY") == "CZEGO_NIE_ZNAMY"
