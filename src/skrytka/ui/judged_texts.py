"""What is said of a signed file in one sentence, at the desk and to the sender.

By outcome (VALID, INVALID, UNKNOWN; empty while it is being judged), because citizens and clerks
read it at edges that do not know each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from skrytka.ui.parts import Pill, Tone
from skrytka.ui.signature_kinds import kind_text

Kind = tuple[str, str]

PILLS = {
    "VALID": (Tone.OK, "check"),
    "INVALID": (Tone.BAD, "x"),
    "UNKNOWN": (Tone.WARN, "clock"),
    "": (Tone.PLAIN, "clock"),
}


@dataclass(frozen=True)
class JudgedFile:
    """A signed file and what is said of its signature."""

    name: str
    sentence: str
    pill: Pill


def judged_file(
    name: str, outcome: str, signers: Sequence[str], kinds: Sequence[Kind] = ()
) -> JudgedFile:
    return JudgedFile(name, judged_sentence(outcome, signers, kinds), judged_pill(outcome))


def judged_sentence(outcome: str, signers: Sequence[str], kinds: Sequence[Kind] = ()) -> str:
    """This will say whether the signature of a file is good, whose it is and of what kind.

    Name and kind come from the certificate, so they are told only of a signature that is good.
    """
    if outcome != "VALID":
        return _unproved(outcome)
    told = _whose(signers)
    named = tuple(dict.fromkeys(filter(None, (kind_text(*each) for each in kinds))))
    if not named:
        return told
    return f"{told} {_('Rodzaj: %(kind)s.') % {'kind': ', '.join(named)}}"


def _whose(signers: Sequence[str]) -> str:
    if not signers:
        return _("Podpis jest ważny.")
    return _("Podpis jest ważny. Podpisano jako: %(who)s.") % {"who": ", ".join(signers)}


def judged_pill(outcome: str) -> Pill:
    """This will say the same in one word, for a line of a list."""
    tone, icon = PILLS[outcome]
    words = {
        "VALID": _("ważny"),
        "INVALID": _("nieważny"),
        "UNKNOWN": _("brak możliwości weryfikacji"),
        "": _("sprawdzamy"),
    }
    return Pill(words[outcome], tone, icon)


def _unproved(outcome: str) -> str:
    return {
        "INVALID": _("Podpis jest nieważny."),
        "UNKNOWN": _("Nie udało się potwierdzić, że podpis jest ważny."),
        "": _("Jeszcze sprawdzamy podpis."),
    }[outcome]
