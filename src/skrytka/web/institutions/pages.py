"""What the page of an institution shows, laid out for its template."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skrytka.accounts.queries import BoxView, InstitutionView, SenderKind
from skrytka.accounts.queries.directory import DirectoryEntry, neighbours_of
from skrytka.config import clock
from skrytka.core.calendar import civil_date
from skrytka.core.identifiers import InvalidIdentifier, Nip, Regon, Teryt
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening.formats import FileFormat
from skrytka.letters.screening.policy import ScreeningPolicy
from skrytka.ui.limit_texts import files_hint
from skrytka.ui.parts import Crumb
from skrytka.web.context import SupportLine
from skrytka.web.friend.forms import FriendForm

GENERAL_LETTER = "pismo-ogolne"
CITIZENS = frozenset({SenderKind.PERSON, SenderKind.COMPANY, SenderKind.ASSOCIATION})


@dataclass(frozen=True)
class BoxLine:
    """A box as the page shows it; `rules` are told by what the box enforces."""

    address: str
    purpose: str
    rules: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True)
class Number:
    name: str
    value: str


@dataclass(frozen=True)
class InstitutionPage:
    institution: InstitutionView
    boxes: tuple[BoxLine, ...]
    formats: tuple[FileFormat, ...]
    policy: ScreeningPolicy
    numbers: tuple[Number, ...]
    carriers: str
    neighbours: tuple[DirectoryEntry, ...]
    link: str


def institution_page(institution: InstitutionView, form: FriendForm) -> dict[str, object]:
    """This will return the context of the page of an institution."""
    return {
        "shown": _shown(institution),
        "form": form,
        "crumbs": _crumbs(institution),
        "write_url": _write_url(institution),
        "support": SupportLine(institution.phone, ", ".join(institution.hours)),
    }


def link_to(institution: InstitutionView) -> str:
    """This will return the whole address of the page, never taken from the request."""
    return f"{settings.BASE_URL}{reverse('web:institution', args=[institution.entity])}"


def box_rules(box: BoxView) -> tuple[str, ...]:
    """This will tell in words what the box enforces: signature, senders, days to collect."""
    return tuple(filter(None, (_signature_rule(box), _sender_rule(box), _collection_rule(box))))


def _shown(institution: InstitutionView) -> InstitutionPage:
    policy = attachment_policy_for(institution.id, civil_date(clock.now()))
    return InstitutionPage(
        institution=institution,
        boxes=tuple(
            BoxLine(box.address, box.purpose, _lines_of(box, policy), box.is_open)
            for box in institution.boxes
        ),
        formats=tuple(kind for kind in FileFormat if kind in policy.formats),
        policy=policy,
        numbers=_numbers(institution),
        carriers=_either(institution.carrier_kinds),
        neighbours=neighbours_of(institution.entity),
        link=link_to(institution),
    )


def _lines_of(box: BoxView, usual: ScreeningPolicy) -> tuple[str, ...]:
    """What the box enforces, and what it takes where that is not what its institution takes."""
    own = attachment_policy_for(box.institution_id, civil_date(clock.now()), box.id)
    if own == usual:
        return box_rules(box)
    formats = [kind.value for kind in FileFormat if kind in own.formats]
    return (*box_rules(box), files_hint(formats, own.total_bytes, own.file_bytes))


def _write_url(institution: InstitutionView) -> str:
    """„Napisz pismo” opens the general letter, addressed already."""
    box = institution.basic_box
    if box is None or not box.is_open:
        return ""
    query = {"skrytka": box.address}
    return reverse("web:start_draft", args=[GENERAL_LETTER], query=query)


def _crumbs(institution: InstitutionView) -> tuple[Crumb, ...]:
    listed = reverse("web:institutions")
    path = (Crumb(_("Start"), reverse("web:start")), Crumb(_("Instytucje"), listed))
    if not institution.commune:
        return path
    commune = _("Gmina %(name)s") % {"name": institution.commune}
    return (*path, Crumb(commune, reverse("web:institutions", query={"q": institution.commune})))


def _signature_rule(box: BoxView) -> str:
    if box.accepts_unsigned:
        return _("Pisma podpisane i niepodpisane")
    return _("Tylko pisma podpisane")


def _sender_rule(box: BoxView) -> str:
    kinds = frozenset(box.sender_kinds)
    if kinds == CITIZENS:
        return _("Obywatele, firmy, stowarzyszenia")
    if kinds == frozenset({SenderKind.INSTITUTION}):
        return _("Tylko urzędy")
    return _("Wszyscy, także urzędy") if kinds == frozenset(SenderKind) else ""


def _collection_rule(box: BoxView) -> str:
    if not box.collection_days:
        return ""
    text = ngettext(
        "%(days)d dzień na odebranie odpowiedzi",
        "%(days)d dni na odebranie odpowiedzi",
        box.collection_days,
    )
    return text % {"days": box.collection_days}


def _numbers(institution: InstitutionView) -> tuple[Number, ...]:
    return tuple(
        Number(name, _formatted(read, text))
        for name, read, text in (
            ("NIP", lambda text: Nip.parse(text).formatted, institution.nip),
            ("REGON", lambda text: Regon.parse(text).formatted, institution.regon),
            ("TERYT", lambda text: Teryt.parse(text).formatted, institution.teryt),
        )
        if text
    )


def _formatted(read: Callable[[str], str], text: str) -> str:
    """An old record may hold a number that no longer passes; it is shown as it stands."""
    try:
        return read(text)
    except InvalidIdentifier:
        return text


def _either(kinds: tuple[str, ...]) -> str:
    """CD-RW, DVD-RW are told as „CD-RW lub DVD-RW”, with hyphens that do not break."""
    shown = [kind.replace("-", "\N{NON-BREAKING HYPHEN}") for kind in kinds]
    return _(" lub ").join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
