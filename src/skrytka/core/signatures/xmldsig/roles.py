"""The Trusted Profile role in verified SignedProperties (both generations).

Read from ``SignerRole`` or ``SignerRoleV2`` / ``ClaimedRoles`` / ``ClaimedRole`` only. Two roles,
or a role that leaves the person open, name nobody.
"""

from collections.abc import Iterable

from lxml.etree import _Element as Element

from skrytka.core.signatures.evidence import ClaimedRole, RoleState
from skrytka.core.signatures.names import EP_SIGNATURE, OSOBA, PPZP, XADES
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.xmldsig.structure import Refused, elements, leaf_text

SIGNER_ROLES = ("SignerRole", "SignerRoleV2")
_OLDER = f"{{{PPZP}}}PodpisZP"
_NEWER = f"{{{EP_SIGNATURE}}}EPSignature"
_AMBIGUOUS = ClaimedRole(RoleState.AMBIGUOUS)


def claimed_roles(signer_roles: Iterable[Element], namespace: str = XADES) -> tuple[Element, ...]:
    """This will list the claimed roles in the elements named `SIGNER_ROLES`."""
    at = f"{{{namespace}}}"
    return tuple(
        claimed
        for role in signer_roles
        for every in role.iterchildren(f"{at}ClaimedRoles")
        for claimed in every.iterchildren(f"{at}ClaimedRole")
    )


def read_person(claimed: Iterable[Element]) -> ClaimedRole:
    """This will read the person whom the claimed roles name."""
    found = [
        statement
        for one in claimed
        for statement in elements(one)
        if statement.tag in {_OLDER, _NEWER}
    ]
    if not found:
        return ClaimedRole()
    if len(found) > 1:
        return _AMBIGUOUS
    try:
        person = _older(found[0]) if found[0].tag == _OLDER else _newer(found[0])
    except Refused:
        return _AMBIGUOUS
    return ClaimedRole(RoleState.PERSON, person) if person else _AMBIGUOUS


def read_words(claimed: Iterable[Element]) -> tuple[str, ...]:
    """This will read the roles that are claimed in words."""
    return tuple(role.text.strip() for role in claimed if role.text and not len(role))


def _older(role: Element) -> ClaimedPerson | None:
    data = list(role.iterfind(f"{{{PPZP}}}DaneZP/{{{PPZP}}}DaneZPOsobyFizycznej"))
    if len(data) != 1:
        return None
    surname = "-".join(_texts(data[0], f"{{{OSOBA}}}Nazwisko"))
    account = _texts(data[0], f"{{{PPZP}}}IdKontaUzytkownikaEpuap")
    given = _texts(data[0], f"{{{OSOBA}}}Imie")
    pesel = _texts(data[0], f"{{{OSOBA}}}PESEL")
    return _person(given, [surname], pesel, account)


def _newer(role: Element) -> ClaimedPerson | None:
    data = list(role.iterfind(f"{{{EP_SIGNATURE}}}NaturalPerson"))
    if len(data) != 1:
        return None
    surname = _texts(data[0], f"{{{EP_SIGNATURE}}}CurrentFamilyName")
    given = _texts(data[0], f"{{{EP_SIGNATURE}}}FirstName")
    pesel = _texts(data[0], f"{{{EP_SIGNATURE}}}PersonalIdentifier")
    return _person(given, surname, pesel, [])


def _person(
    given: list[str], surname: list[str], pesel: list[str], account: list[str]
) -> ClaimedPerson | None:
    named = len(given) == len(surname) == len(pesel) == 1 and len(account) <= 1
    if not named or not all((*given, *surname, *pesel)):
        return None
    return ClaimedPerson(given[0], surname[0], pesel[0], account[0] if account else None)


def _texts(data: Element, name: str) -> list[str]:
    return [leaf_text(element).strip() for element in data.iterfind(name)]
