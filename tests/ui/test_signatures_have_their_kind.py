"""What a signature is called, for the citizen and for the clerk."""

import pytest

from skrytka.ui.judged_texts import judged_sentence
from skrytka.ui.signature_kinds import kind_text


@pytest.mark.parametrize(
    ("kind", "qualification", "text"),
    [
        ("QUALIFIED", "QESig", "kwalifikowany podpis elektroniczny"),
        ("QUALIFIED", "INDETERMINATE-QESig", "kwalifikowany podpis elektroniczny"),
        ("TRUSTED", "ppZP", "podpis zaufany"),
        ("PERSONAL", "AdESig", "podpis osobisty"),
        ("SEAL", "QESeal", "kwalifikowana pieczęć elektroniczna"),
        ("SEAL", "INDETERMINATE-QESeal", "kwalifikowana pieczęć elektroniczna"),
        ("SEAL", "AdESeal", "pieczęć elektroniczna"),
        ("SEAL", "N/A", "pieczęć elektroniczna"),
        (
            "SEAL",
            "AdESeal-QC",
            "zaawansowana pieczęć elektroniczna z kwalifikowanym certyfikatem",
        ),
        (
            "ADVANCED",
            "AdESig-QC",
            "zaawansowany podpis elektroniczny z kwalifikowanym certyfikatem",
        ),
        ("ADVANCED", "AdESig", "zaawansowany podpis elektroniczny"),
        ("UNKNOWN", "N/A", ""),
        ("", "", ""),
    ],
)
def test_a_kind_has_its_name(kind: str, qualification: str, text: str) -> None:
    assert kind_text(kind, qualification) == text


def test_the_kind_is_told_of_a_good_signature_alone() -> None:
    kinds = (("QUALIFIED", "QESig"), ("UNKNOWN", "N/A"), ("QUALIFIED", "QESig"))
    told = judged_sentence("VALID", ("Anna Nowak",), kinds)
    assert told == (
        "Podpis jest ważny. Podpisano jako: Anna Nowak. Rodzaj: kwalifikowany podpis elektroniczny."
    )
    assert "Rodzaj" not in judged_sentence("UNKNOWN", ("Anna Nowak",), kinds)
    assert judged_sentence("VALID", (), (("UNKNOWN", "N/A"),)) == "Podpis jest ważny."
