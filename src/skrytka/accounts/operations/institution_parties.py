"""An institution as a sender of letters to other institutions."""

from datetime import datetime

from skrytka.accounts.models import Institution, Party, PartyKind


def party_of_institution(institution_id: int, *, at: datetime) -> int:
    """This will return the party that stands for the institution as a sender, made when needed.

    Its name and address follow the institution's, as they are at `at`.
    """
    institution = Institution.objects.get(id=institution_id)
    place = ("street", "building", "flat", "postal_code", "town", "country")
    fields = {name: getattr(institution, name) for name in (*place, "name", "nip", "regon")}
    party, _made = Party.objects.update_or_create(
        box_entity=institution.entity,
        kind=PartyKind.INSTITUTION,
        defaults=fields,
        create_defaults={**fields, "created_at": at},
    )
    return party.pk
