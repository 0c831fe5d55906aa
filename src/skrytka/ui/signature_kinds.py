"""The names of kinds of signatures and seals, by the words of the report.

Source: eIDAS art. 3 (10-12, 25-27), act on informatisation art. 3 (14a), act on identity cards
art. 2 (1) (9).
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Text = str | Promise

INDETERMINATE = "INDETERMINATE-"
BY_KIND: dict[str, Text] = {
    "QUALIFIED": gettext_lazy("kwalifikowany podpis elektroniczny"),
    "TRUSTED": gettext_lazy("podpis zaufany"),
    "PERSONAL": gettext_lazy("podpis osobisty"),
    "ADVANCED": gettext_lazy("zaawansowany podpis elektroniczny"),
    "SEAL": gettext_lazy("pieczęć elektroniczna"),
}
# Trusted lists tell more than the kind does: only of these.
FINER: dict[tuple[str, str], Text] = {
    ("ADVANCED", "AdESig-QC"): gettext_lazy(
        "zaawansowany podpis elektroniczny z kwalifikowanym certyfikatem"
    ),
    ("SEAL", "QESeal"): gettext_lazy("kwalifikowana pieczęć elektroniczna"),
    ("SEAL", "AdESeal-QC"): gettext_lazy(
        "zaawansowana pieczęć elektroniczna z kwalifikowanym certyfikatem"
    ),
}


def kind_text(kind: str, qualification: str) -> str:
    """This will name a kind; what is open about a signature does not change it. Empty: unknown."""
    sound = qualification.removeprefix(INDETERMINATE)
    return str(FINER.get((kind, sound)) or BY_KIND.get(kind, ""))
