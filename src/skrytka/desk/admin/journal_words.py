"""The codes of the record in words, for the journal. What has no word stands as it is recorded."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from skrytka.desk.admin.forms import ROLES
from skrytka.desk.profiles.forms import DOCUMENTS
from skrytka.desk.texts import STATES

Word = str | Promise
SUBJECTS: Mapping[str, Word] = {
    "LETTER": _("Pismo"),
    "OUTGOING_DRAFT": _("Pismo do wysłania"),
    "OUTGOING": _("Pismo wysłane"),
    "PROFILE": _("Profil"),
    "INSTITUTION": _("Instytucja"),
}
NAMES: Mapping[str, Word] = {
    "assignee": _("osoba nr"),
    "user": _("osoba nr"),
    "role": _("rola"),
    "document": _("dokument"),
    "before": _("przedtem"),
    "after": _("teraz"),
    "receipt_no": _("numer poświadczenia"),
    "register_no": _("numer w rejestrze"),
    "code": _("reguła"),
    "position": _("załącznik nr"),
    "rule": _("wykryto"),
    "engine": _("skaner"),
    "sha256": _("skrót SHA-256"),
    "bytes_left": _("te same bajty"),
    "what": _("co"),
    "box": _("skrytka nr"),
    "version": _("wersja"),
    "fields": _("pola"),
}
ORDER = {name: place for place, name in enumerate(NAMES)}
SETTINGS: Mapping[str, Word] = {
    "ATTACHMENT_RULES": _("zasady załączników"),
    "DELIVERY_RULES": _("zasady doręczeń"),
    "BOX": _("ustawienia skrytki"),
    "TEXTS": _("kontakt i teksty"),
    "STATEMENT": _("deklaracja dostępności"),
    "INSTITUTION": _("dane instytucji"),
    "LETTER_TEMPLATES": _("szablony pism"),
}
STATE_WORDS: Mapping[str, Word] = {state.value: text for state, (text, _tone) in STATES.items()}
VALUES: Mapping[str, Mapping[str, Word]] = {
    "what": SETTINGS,
    "before": STATE_WORDS,
    "after": STATE_WORDS,
    "bytes_left": {
        "IN_USE": _("są w przyjętym piśmie"),
        "HELD_FOR_OTHERS": _("są w kwarantannie z innym pismem"),
    },
    "role": {role.value: text for role, text in ROLES.items()},
    "document": dict(DOCUMENTS),
}


def detail_of(subject_type: str, subject_id: str, data: Mapping[str, object]) -> str:
    """This will name what an event is about and what was recorded with it."""
    subject = f"{SUBJECTS.get(subject_type, subject_type)} {subject_id}"
    # In the order of NAMES: the database keeps the names of a record in an order of its own.
    names = sorted(data, key=lambda name: (ORDER.get(name, len(ORDER)), name))
    told = ", ".join(f"{NAMES.get(name, name)}: {_value(name, data[name])}" for name in names)
    return f"{subject} ({told})" if told else subject


def _value(name: str, value: object) -> str:
    """Of what a role may do, after the colon, only its name stands here."""
    word = VALUES.get(name, {}).get(str(value))
    return str(value) if word is None else str(word).partition(":")[0]
