"""Templates of an institution: kept by its administrator, put into letters by its clerks."""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from skrytka.core.calendar import civil_date
from skrytka.delivery.models import LetterTemplate, OutgoingDraft
from skrytka.delivery.operations.completeness import PLACE
from skrytka.delivery.operations.drafts import (
    ANSWER,
    LONGEST_TITLE,
    OutgoingContent,
    write_outgoing,
)
from skrytka.delivery.operations.template_texts import BUILT_IN, TemplateText
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event
from skrytka.letters.models import LetterNote, NoteKind, RegisterEntry

LONGEST_NAME = 200
LONGEST_CODE = 40
LONGEST_TEMPLATE = 10_000
# What a template may ask for; everything else in braces is left for the clerk.
PLACES = (
    *("znak_sprawy", "adresat", "instytucja"),
    *("nr_rpw", "data_wplywu", "tytul_pisma", "braki"),
)


class TemplateFault(StrEnum):
    """Why a template was not kept or not put in."""

    NOT_FOUND = "NOT_FOUND"
    NAME_TAKEN = "NAME_TAKEN"
    INCOMPLETE = "INCOMPLETE"


class CannotUseTemplate(Exception):
    def __init__(self, reason: TemplateFault) -> None:
        super().__init__(reason)
        self.reason = reason


def offer_built_in(institution_id: int, *, actor: Actor, at: datetime) -> int:
    """This will give an institution that has no templates the three built-in ones; tells how many.

    An institution that has any, even withdrawn ones, keeps what it has.
    """
    with transaction.atomic():
        if LetterTemplate.objects.filter(institution=institution_id).exists():
            return 0
        rows = [_row(institution_id, code, text, at) for code, text in BUILT_IN.items()]
        made = LetterTemplate.objects.bulk_create(rows, ignore_conflicts=True)
        _record(institution_id, actor, at)
    return len(made)


def add_template(institution_id: int, text: TemplateText, *, actor: Actor, at: datetime) -> int:
    """This will add a template and return its id. Raises CannotUseTemplate."""
    _require_whole(text)
    with transaction.atomic():
        _require_free_name(institution_id, text.name)
        code = _free_code(institution_id, text.name)
        row = _row(institution_id, code, text, at)
        row.save(force_insert=True)
        _record(institution_id, actor, at)
    return row.pk


def change_template(
    institution_id: int, template_id: int, text: TemplateText, *, actor: Actor, at: datetime
) -> None:
    """This will change a template of the institution; letters written before keep their text.

    Raises CannotUseTemplate.
    """
    _require_whole(text)
    with transaction.atomic():
        _require_free_name(institution_id, text.name, beside=template_id)
        rows = LetterTemplate.objects.filter(institution=institution_id, id=template_id)
        changed = rows.update(
            name=text.name.strip(), title=text.title.strip(), body=text.body, updated_at=at
        )
        if not changed:
            raise CannotUseTemplate(TemplateFault.NOT_FOUND)
        _record(institution_id, actor, at)


def withdraw_template(institution_id: int, template_id: int, *, actor: Actor, at: datetime) -> None:
    """This will take a template out of the clerks' list; `return_template` brings it back."""
    _switch(institution_id, template_id, on=False, actor=actor, at=at)


def return_template(institution_id: int, template_id: int, *, actor: Actor, at: datetime) -> None:
    """This will put a withdrawn template on the clerks' list again."""
    _switch(institution_id, template_id, on=True, actor=actor, at=at)


def put_template(draft_id: UUID, template_id: int, *, version: int, at: datetime) -> int:
    """This will put a template into a draft, its places filled in, and return the new version.

    Nothing typed is lost: the text goes under the one that is there, and a title of the clerk's own
    stays. A place that has no value yet stays as it is. Raises CannotUseTemplate and
    CannotChangeOutgoing.
    """
    draft = OutgoingDraft.objects.select_related(
        "institution", "party", "to_box__institution", "in_reply_to"
    ).get(id=draft_id)
    rows = LetterTemplate.objects.filter(institution=draft.institution_id, is_active=True)
    template = rows.filter(id=template_id).first()
    if template is None:
        raise CannotUseTemplate(TemplateFault.NOT_FOUND)
    values = values_of(draft)
    title = filled(template.title, values)[:LONGEST_TITLE]
    keeps_own = bool(draft.title.strip()) and not draft.title.startswith(ANSWER)
    body = "\n\n".join(filter(None, (draft.body.rstrip(), filled(template.body, values))))
    content = OutgoingContent(draft.title if keeps_own else title, body, draft.case_mark)
    return write_outgoing(draft_id, content, version=version, at=at)


def filled(text: str, values: Mapping[str, str]) -> str:
    """This will fill the places of a text in one pass; what has no value stays visible."""

    def value(place: re.Match[str]) -> str:
        return values.get(place[1].casefold()) or place[0]

    return PLACE.sub(value, text)


def values_of(draft: OutgoingDraft) -> dict[str, str]:
    """This will collect what the draft and the letter it answers give to a template."""
    if draft.party is not None:
        addressee = draft.party.name
    else:
        addressee = draft.to_box.institution.name if draft.to_box else ""
    return {
        "znak_sprawy": draft.case_mark.strip(),
        "adresat": addressee,
        "instytucja": draft.institution.name,
        **_of_answered(draft),
    }


def _of_answered(draft: OutgoingDraft) -> dict[str, str]:
    letter = draft.in_reply_to
    if letter is None:
        return {}
    entry = RegisterEntry.objects.filter(letter=letter.id).first()
    arrived_on = entry.arrived_on if entry else civil_date(letter.submitted_at)
    notes = LetterNote.objects.filter(letter=letter.id, kind=NoteKind.DEFICIENCY)
    lacking = notes.order_by("-id").values_list("text", flat=True).first()
    return {
        "nr_rpw": entry.register_no if entry else "",
        "data_wplywu": f"{arrived_on:%d.%m.%Y}",
        "tytul_pisma": letter.title,
        "braki": lacking or "",
    }


def _row(institution_id: int, code: str, text: TemplateText, at: datetime) -> LetterTemplate:
    return LetterTemplate(
        institution_id=institution_id,
        code=code,
        name=text.name.strip(),
        title=text.title.strip(),
        body=text.body,
        updated_at=at,
    )


def _require_whole(text: TemplateText) -> None:
    if not (text.name.strip() and text.title.strip() and text.body.strip()):
        raise CannotUseTemplate(TemplateFault.INCOMPLETE)


def _require_free_name(institution_id: int, name: str, *, beside: int = 0) -> None:
    rows = LetterTemplate.objects.select_for_update().filter(institution=institution_id)
    if rows.filter(name=name.strip()).exclude(id=beside).exists():
        raise CannotUseTemplate(TemplateFault.NAME_TAKEN)


def _free_code(institution_id: int, name: str) -> str:
    """A short name for the record: it stays when the template is renamed."""
    stem = slugify(name)[: LONGEST_CODE - 4] or "szablon"
    taken = set(
        LetterTemplate.objects.filter(institution=institution_id).values_list("code", flat=True)
    )
    free = (code for number in range(1, 1000) if (code := f"{stem}-{number}") not in taken)
    return next(free)


def _switch(institution_id: int, template_id: int, *, on: bool, actor: Actor, at: datetime) -> None:
    with transaction.atomic():
        rows = LetterTemplate.objects.filter(institution=institution_id, id=template_id)
        if not rows.update(is_active=on, updated_at=at):
            raise CannotUseTemplate(TemplateFault.NOT_FOUND)
        _record(institution_id, actor, at)


def _record(institution_id: int, actor: Actor, at: datetime) -> None:
    record_event(
        EventKind.SETTINGS_CHANGED,
        Subject("INSTITUTION", str(institution_id)),
        at=at,
        actor=actor,
        institution_id=institution_id,
        data={"what": "LETTER_TEMPLATES"},
    )
