"""What the revisions after a signature changed (EN 319 142-1 §5.5, ISO 32000-2 §12.8.2)."""

from dataclasses import dataclass
from enum import IntEnum

from pyhanko.pdf_utils import generic
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    ModificationLevel,
    SuspiciousModification,
)
from pyhanko.sign.fields import FieldMDPSpec

from skrytka.core.signatures.pdf.document import MOST_FIELDS, Document, attempt, entry
from skrytka.core.signatures.pdf.places import BLANKS, PdfRefused, Place
from skrytka.core.signatures.reasons import ReasonCode

_FORMS_ALLOWED, _ANNOTATIONS_ALLOWED = 2, 3  # ISO 32000-2 table 257: P of the DocMDP transform


class Level(IntEnum):
    """How far a revision goes; each level includes the lower ones."""

    NOTHING = 0
    LONG_TERM = 1
    FORM = 2
    OTHER = 3
    UNCLEAR = 4


@dataclass(frozen=True)
class Change:
    """One step from a revision to the next, with the form fields that it filled.

    ``rewritten`` are those that were filled before.
    """

    level: Level
    fields: frozenset[str] = frozenset()
    rewritten: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Permissions:
    """What a signature allows afterwards; None: it says nothing."""

    doc_mdp: int | None = None
    field_mdp: FieldMDPSpec | None = None


_UNCLEAR = Change(Level.UNCLEAR)
_APPENDED = Change(Level.OTHER)  # bytes behind the last revision belong to none
_TAIL = 1024
_LEVELS = {
    ModificationLevel.NONE: Level.NOTHING,
    ModificationLevel.LTA_UPDATES: Level.LONG_TERM,
    ModificationLevel.FORM_FILLING: Level.FORM,
}


class Changes:
    """Compares neighbouring revisions, each pair once, and only those that someone asks about.

    Every step is judged for itself, so that what a later step hides again is still seen.
    """

    def __init__(self, data: bytes, document: Document | None) -> None:
        self._data = data
        self._document = document
        self._steps: dict[int, Change] = {}
        self._fields_left = 2 * MOST_FIELDS
        self._ends_well = data[-_TAIL:].rstrip(BLANKS).endswith(b"%%EOF")

    def codes_after(self, place: Place) -> tuple[ReasonCode, ...]:
        """This will tell what is wrong with the changes after a signature; nothing if none is."""
        if place.revision is None or place.revision.is_whole(self._data):
            return ()
        steps = self._steps_after(place)
        document, number = self._document, self._revision_of(place)
        if steps is None or document is None or number is None:
            return (ReasonCode.PDF_COVERAGE_UNCLEAR,)
        return _judged(steps, attempt(lambda: _permissions(document, number, place)))

    def fills_after(self, place: Place) -> bool:
        """This will tell whether fields that are no signatures were filled after a signature."""
        if place.revision is None or place.revision.is_whole(self._data):
            return False
        document = self._document
        signing = document.signature_fields() if document else frozenset()
        return any(step.fields - signing for step in self._steps_after(place) or ())

    def _revision_of(self, place: Place) -> int | None:
        document = self._document
        return attempt(lambda: document.revision_of(self._data, place)) if document else None

    def _steps_after(self, place: Place) -> list[Change] | None:
        """None: not to be told, also where a later revision is a hybrid one."""
        document, number = self._document, self._revision_of(place)
        if document is None or number is None or document.is_ambiguous_after(number):
            return None
        steps = [self._step(document, at) for at in range(number, document.revisions - 1)]
        return steps if self._ends_well else [*steps, _APPENDED]

    def _step(self, document: Document, at: int) -> Change:
        """Fields that hang on one another in a mesh are counted before they are compared."""
        if at not in self._steps:
            for revision in (at, at + 1):
                self._fields_left -= document.count_fields(revision, self._fields_left + 1)
            if self._fields_left < 0:
                raise PdfRefused(ReasonCode.PDF_LIMIT)
            self._steps[at] = attempt(lambda: _compare(document, at)) or _UNCLEAR
        return self._steps[at]


def _compare(document: Document, at: int) -> Change:
    try:
        found = DEFAULT_DIFF_POLICY.apply(document.at(at), document.at(at + 1))
    except SuspiciousModification:
        return Change(Level.OTHER)
    level = _LEVELS.get(found.modification_level, Level.OTHER)
    fields = frozenset(found.changed_form_fields)
    rewritten = fields & document.filled_fields(at) if fields else fields
    return Change(level, fields, rewritten)


def _permissions(document: Document, revision: int, place: Place) -> Permissions:
    objects = document.at(revision)
    found = objects.get_object(generic.Reference(place.number, place.generation, objects))
    value = found["/V"] if "/V" in found else found  # noqa: SIM401  # get follows no reference
    listed = value["/Reference"] if "/Reference" in value else ()  # noqa: SIM401
    transforms = {
        str(each["/TransformMethod"]): entry(each, "/TransformParams")
        for each in (one.get_object() for one in listed)
    }
    doc_mdp, field_mdp = transforms.get("/DocMDP"), transforms.get("/FieldMDP")
    return Permissions(
        None if doc_mdp is None else _allowed(doc_mdp),
        None if field_mdp is None else FieldMDPSpec.from_pdf_object(field_mdp),
    )


def _judged(steps: list[Change], permissions: Permissions | None) -> tuple[ReasonCode, ...]:
    """Bytes after the covered ones that are no revision at all (no step) are a change, too.

    An answer that was given already may be given anew only where P allows to fill in forms.
    """
    levels = {step.level for step in steps} or {Level.OTHER}
    unclear = Level.UNCLEAR in levels or permissions is None
    if permissions and any(_is_forbidden(step, permissions) for step in steps):
        return (ReasonCode.PDF_MDP,)
    anew = permissions and permissions.doc_mdp is None and any(step.rewritten for step in steps)
    return (
        *((ReasonCode.PDF_COVERAGE_UNCLEAR,) if unclear else ()),
        *((ReasonCode.PDF_MODIFIED,) if anew or Level.OTHER in levels else ()),
    )


def _is_forbidden(step: Change, permissions: Permissions) -> bool:
    """P 1 allows what long-term validation needs, P 2 also forms, P 3 also annotations.

    Whether an unexplained change is one of annotations is not told here, so P 3 forbids none.
    """
    if step.level is Level.UNCLEAR:
        return False
    fields, allowed = permissions.field_mdp, permissions.doc_mdp
    locked = fields is not None and any(fields.is_locked(name) for name in step.fields)
    return locked or (
        allowed is not None and allowed < _ANNOTATIONS_ALLOWED and step.level > allowed
    )


def _allowed(parameters: generic.DictionaryObject) -> int:
    return int(parameters["/P"]) if "/P" in parameters else _FORMS_ALLOWED
