"""The rules for files in a few words, for those who read of a refusal that was not theirs."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RULES: dict[str, str | Promise] = {
    "F-SIZE1": _("za duży plik"),
    "F-SIZE2": _("za duże pliki razem"),
    "F-COUNT": _("za dużo plików"),
    "F-DRAFTS": _("za dużo plików w wersjach roboczych"),
    "F-EMPTY": _("pusty plik"),
    "F-TYPE": _("nieprzyjmowany format"),
    "F-MAGIC": _("zawartość inna niż końcówka nazwy"),
    "F-VIRUS": _("złośliwe oprogramowanie"),
    "F-SCAN": _("plik niesprawdzony"),
    "F-LOCK": _("plik zabezpieczony hasłem"),
    "F-ZIP": _("archiwum, którego nie da się bezpiecznie rozpakować"),
    "F-BROKEN": _("uszkodzony plik"),
    "F-DUP": _("ten sam plik drugi raz"),
    "F-STORE": _("plik niezapisany"),
    "F-NAME": _("nieprzyjmowana nazwa"),
    "F-ACTIVE": _("makra, skrypt albo inne pliki w środku"),
}


def rule_name(code: str) -> str:
    """This will name a rule in words; a code that is not known stands as it is."""
    return str(RULES.get(code, code))
