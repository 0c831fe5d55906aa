"""The sentences about refused files, word for word as the error catalogue has them."""

from typing import NamedTuple

import pytest

from skrytka.letters.screening import ArchiveRule, AttachmentFault
from skrytka.ui.refusal_texts import TEXTS, refusal_text


class Said(NamedTuple):
    code: str
    details: dict[str, str | int]
    text: str


SAID = [
    Said("F-SIZE1", {"size": 163_000_000, "limit": 150_000_000},
         "Plik a.pdf ma 163\xa0MB. "
         "Jeden plik może mieć najwyżej 150\xa0MB. "
         "Zmniejsz go albo podziel na części."),
    Said("F-SIZE2", {"size": 151_000_001, "limit": 150_000_000},
         "Załączniki mają razem 151,0\xa0MB, a mogą mieć 150\xa0MB. "
         "Usuń pliki o łącznym rozmiarze co najmniej 1,1\xa0MB."),
    Said("F-COUNT", {"limit": 50},
         "Nie dodaliśmy pliku a.pdf. "
         "Limit plików w jednym piśmie: 50. "
         "Usuń niepotrzebne pliki albo spakuj je w jeden plik ZIP."),
    Said("F-DRAFTS", {"size": 1_600_000_000, "limit": 1_500_000_000},
         "Nie dodaliśmy pliku a.pdf. "
         "Pliki we wszystkich Twoich wersjach roboczych miałyby razem 1\xa0600\xa0MB, "
         "a mogą mieć 1\xa0500\xa0MB. "
         "Liczymy też pisma usunięte, które możesz przywrócić. "
         "Wyślij te pisma albo usuń z nich pliki."),
    Said("F-DRAFTS", {"limit": 200},
         "Nie dodaliśmy pliku a.pdf. "
         "Naraz możesz przesyłać najwyżej 200 plików. "
         "Dokończ albo usuń te, które czekają w innych wersjach roboczych."),
    Said("F-EMPTY", {},
         "Plik a.pdf jest pusty. "
         "Sprawdź go na swoim komputerze i dodaj ponownie."),
    Said("F-TYPE", {"extension": "EXE"},
         "Nie przyjmujemy plików EXE. "
         "Zapisz dokument jako PDF i dodaj go ponownie."),
    Said("F-TYPE", {},
         "Nazwa pliku a.pdf nie ma końcówki, która mówi o jego formacie. "
         "Zapisz dokument jako PDF i dodaj go ponownie."),
    Said("F-TYPE", {"extension": "EXE", "member": "b.exe"},
         "W archiwum a.pdf jest plik b.exe, którego nie przyjmujemy. "
         "Zapisz ten dokument jako PDF i spakuj pliki ponownie."),
    Said("F-MAGIC", {"extension": "PDF", "detected": "EXE"},
         "Plik a.pdf ma końcówkę .pdf, ale w środku jest inny format (program EXE). "
         "Zapisz go jeszcze raz w programie, w którym powstał."),
    Said("F-MAGIC", {"extension": "PDF", "detected": "PNG"},
         "Plik a.pdf ma końcówkę .pdf, ale w środku jest inny format (PNG). "
         "Zapisz go jeszcze raz w programie, w którym powstał."),
    Said("F-MAGIC", {"extension": "PDF", "member": "b.pdf"},
         "Plik b.pdf w archiwum a.pdf ma końcówkę .pdf, ale w środku jest inny format. "
         "Zapisz go jeszcze raz w programie, w którym powstał."),
    Said("F-VIRUS", {"rule": "tajne"},
         "W pliku a.pdf wykryliśmy złośliwe oprogramowanie. "
         "Usunęliśmy ten plik i nie wyślemy go. "
         "Sprawdź komputer programem antywirusowym i dodaj czysty plik."),
    Said("F-SCAN", {},
         "Nie możemy teraz sprawdzić pliku a.pdf. "
         "Zapisaliśmy go i sprawdzimy za chwilę. "
         "Nic nie musisz robić."),
    Said("F-LOCK", {},
         "Plik a.pdf jest zabezpieczony hasłem, więc nie możemy go sprawdzić. "
         "Usuń hasło i dodaj plik ponownie."),
    Said("F-ZIP", {"archive_rule": "RATIO"},
         "Archiwum a.pdf po rozpakowaniu jest za duże. "
         "Spakuj mniej plików."),
    Said("F-BROKEN", {},
         "Plik a.pdf jest uszkodzony. "
         "Sprawdź, czy otwiera się u Ciebie, i dodaj go ponownie."),
    Said("F-DUP", {"other_name": "b.pdf"},
         "Ten plik jest już na liście: b.pdf."),
    Said("F-STORE", {},
         "Nie możemy teraz zapisać pliku a.pdf. "
         "Reszta pisma jest zapisana. "
         "Dodaj ten plik ponownie za kilka minut."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "details", "text"), SAID)
def test_the_sentence_is_that_of_the_catalogue(
    code: str, details: dict[str, str | int], text: str
) -> None:
    assert refusal_text(code, "a.pdf", details) == text


def test_every_fault_has_a_sentence() -> None:
    assert set(TEXTS) == {fault.value for fault in AttachmentFault}


@pytest.mark.parametrize("code", TEXTS)
@pytest.mark.parametrize("member", ["", "b.pdf"])
def test_every_sentence_can_be_said_with_and_without_a_member(code: str, member: str) -> None:
    text = refusal_text(code, "a.pdf", {"member": member, "size": 2_000_000, "limit": 1_000_000})
    assert text.endswith(".")
    assert "%" not in text


def test_each_rule_for_archives_says_what_to_do() -> None:
    texts = {refusal_text("F-ZIP", "a.zip", {"archive_rule": rule}) for rule in ArchiveRule}
    assert len(texts) == len(ArchiveRule) - 1
    assert all("pakuj" in text for text in texts)
