"""What was signed once must be written the same way for ever: facts against bytes kept here."""

from pathlib import Path

import pytest

from skrytka.core.documents.letter import LetterFacts, read_letter, render_letter
from tests.core.documents import specimens

GOLDEN = Path(__file__).parent / "golden"
LETTERS = {
    "letter-to-institution": specimens.TO_INSTITUTION,
    "letter-of-a-person": specimens.OF_A_PERSON,
    "letter-of-institution": specimens.OF_AN_INSTITUTION,
    "letter-of-institution-to-company": specimens.TO_A_COMPANY,
    "letter-of-institution-to-institution": specimens.TO_ANOTHER_INSTITUTION,
}


@pytest.mark.parametrize(("name", "facts"), LETTERS.items(), ids=LETTERS)
def test_a_letter_is_written_as_it_always_was(name: str, facts: LetterFacts) -> None:
    document = (GOLDEN / f"{name}.xml").read_bytes()
    assert render_letter(facts) == document
    assert read_letter(document) == facts
