"""Series of letters at the desk: the list as a clerk uploads it, and what is made of it."""

from uuid import UUID

from skrytka.accounts.models import Institution, User
from skrytka.delivery.operations.merge_table import read_table
from skrytka.delivery.operations.merging import SeriesContent, draft_merge, start_merge
from tests.world.desk_drafts import NOW

TITLE, BODY = "Podatek {rok}", "Szanowna Osobo {adresat}.\n\nDo zapłaty: {kwota} zł."


def csv_of(*lines: str, header: str = "adres_skrytki;znak_sprawy;rok;kwota") -> bytes:
    return "\r\n".join((header, *lines)).encode()


def series(
    author: User, institution: Institution, *lines: str, title: str = TITLE, body: str = BODY
) -> UUID:
    content = SeriesContent("Podatek", title, body, read_table(csv_of(*lines)))
    return start_merge(institution.pk, author.pk, content, at=NOW)


def drafted(author: User, institution: Institution, *to: User) -> UUID:
    """A series with a draft for each."""
    lines = [f"{user.party.box_address};CUW.{user.pk};2026;12,50" for user in to]
    merge_id = series(author, institution, *lines)
    draft_merge(merge_id, at=NOW)
    return merge_id
