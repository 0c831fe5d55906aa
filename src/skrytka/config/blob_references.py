"""Every column that names a blob, and whose blobs it speaks of. Only here is every room known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model, Q

from skrytka.delivery.models import (
    IssuedUpd,
    OutgoingDraft,
    OutgoingFile,
    OutgoingLetter,
    OutgoingLetterFile,
)
from skrytka.gateways.blobs import InstitutionId
from skrytka.letters.models import AttachmentState, Draft, DraftAttachment, Letter, LetterAttachment

READ_AT_ONCE = 500
EVERY_ROW = Q()


@dataclass(frozen=True)
class Reference:
    """A column with digests; `keeper` leads from it to the institution, NULL the installation.

    Not every row `has_bytes`: of a refused file only the digest is on record, and those of an
    infected one are held in quarantine, then destroyed.
    """

    model: type[Model]
    field: str
    keeper: str
    has_bytes: Q = EVERY_ROW

    def __str__(self) -> str:
        return f"{self.model._meta.label}.{self.field}"  # noqa: SLF001 - Django's documented API


@dataclass(frozen=True)
class Referred:
    """One mention of a blob in a row."""

    reference: Reference
    row_id: str
    institution_id: InstitutionId
    sha256: str

    def still_stands(self) -> bool:
        """This will tell whether the row names the blob even now."""
        rows = self.reference.model._default_manager.filter(pk=self.row_id)  # noqa: SLF001
        return rows.filter(**{self.reference.field: self.sha256}).exists()


# A test compares this list with the models.
REFERENCES = (
    Reference(Letter, "document_sha256", "institution_id"),
    Reference(LetterAttachment, "sha256", "letter__institution_id", Q(quarantined=None)),
    Reference(Draft, "document_sha256", "box__institution_id"),
    Reference(Draft, "signed_sha256", "box__institution_id"),
    Reference(DraftAttachment, "sha256", "kept_by_id", ~Q(state=AttachmentState.REFUSED)),
    Reference(OutgoingLetter, "document_sha256", "institution_id"),
    Reference(OutgoingLetterFile, "sha256", "letter__institution_id"),
    Reference(OutgoingDraft, "document_sha256", "institution_id"),
    Reference(OutgoingDraft, "signed_sha256", "institution_id"),
    Reference(OutgoingFile, "sha256", "draft__institution_id"),
    Reference(IssuedUpd, "sha256", "delivery__institution_id"),
)


def referred_in(institution_id: InstitutionId, digests: Iterable[str]) -> set[str]:
    """This will return those of the digests that any row names as blobs of an institution."""
    return {sha256 for sha256, keeper in _named(digests) if keeper == institution_id}


def keepers_of(digests: Iterable[str]) -> dict[str, set[InstitutionId]]:
    """This will return, for each digest that any row names, whose blobs it is among."""
    found: dict[str, set[InstitutionId]] = {}
    for sha256, keeper in _named(digests):
        found.setdefault(sha256, set()).add(keeper)
    return found


def every_mention() -> Iterator[Referred]:
    """This will yield every mention of a blob that is owed, a few rows in memory at a time."""
    for each in REFERENCES:
        rows = each.model._default_manager.filter(each.has_bytes)  # noqa: SLF001
        named = (
            rows.exclude(**{each.field: ""}).order_by().values_list("pk", each.keeper, each.field)
        )
        for row_id, keeper, sha256 in named.iterator(chunk_size=READ_AT_ONCE):
            yield Referred(each, str(row_id), keeper, sha256)


def _named(digests: Iterable[str]) -> Iterator[tuple[str, InstitutionId]]:
    asked = list(digests)
    for each in REFERENCES:
        rows = each.model._default_manager.filter(**{f"{each.field}__in": asked})  # noqa: SLF001
        yield from rows.order_by().values_list(each.field, each.keeper).distinct()
