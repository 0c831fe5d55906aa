"""The first part of a party's box address, made from its name."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

from skrytka.accounts.models import Institution, Party

LONGEST = 40
# NFKD does not take these apart.
FOLDED = str.maketrans("łŁøØđĐ", "lLoOdD")
FOR_NAMELESS = "skrzynka"


def entity_of_person(given_name: str, family_name: str) -> str:
    """This will return the wished entity of a person: Anna Kowalska is `akowalska`."""
    return _plain(given_name)[:1] + _plain(family_name)


def entity_of_organisation(name: str) -> str:
    """This will return the wished entity of an organisation: its name in plain small letters."""
    return _plain(name)


def free_entity(wished: str) -> str:
    """This will return the wished entity, or the first free one with a number behind it.

    Institutions and parties share one space of addresses.
    """
    return next(entity for entity in _candidates(wished[:LONGEST]) if not _is_taken(entity))


def _candidates(wished: str) -> Iterator[str]:
    base = wished or FOR_NAMELESS
    yield base
    for number in count(2):
        yield f"{base}{number}"


def _is_taken(entity: str) -> bool:
    return (
        Party.objects.filter(box_entity__iexact=entity).exists()
        or Institution.objects.filter(entity__iexact=entity).exists()
    )


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.translate(FOLDED)).casefold()
    return re.sub(r"[^a-z0-9]", "", parts)
