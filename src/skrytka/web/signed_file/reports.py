"""What the verifier says of a signed file, for the person who brought it."""

from django.utils.translation import gettext as _

from skrytka.core.signatures.verdict import ValidationReport
from skrytka.evidence.queries import CannotDecode


def reasons_in(said: ValidationReport | CannotDecode | None) -> tuple[str, ...]:
    """This will list what the verifier found wrong, in the person's language."""
    return tuple(_(text) for text in said.told) if said else ()
