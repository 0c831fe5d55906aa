"""Trusted signatures: the person counts only where the right seal signed the right place."""

from datetime import timedelta

import pytest

from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.sealing import SealShape, SealTemplate
from skrytka.core.signatures.signing import MemoryKey
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import SignatureVerdict
from skrytka.core.signatures.words import Indication, Qualification, SignatureKind
from skrytka.core.signatures.xades import validate_xades
from tests.core.signatures.crafting import (
    CANONICAL,
    LETTER,
    ORIGINAL,
    Ref,
    Shape,
    codes,
    ep_statement,
    pz_role,
    pz_statement,
    sign,
    validate,
)
from tests.world.pki import AT, USUAL, Terms, certificate_of, make_pki, organisation, signer

ANNA = ClaimedPerson("Anna", "Nowak", "44051401359", "anowak")


def _verdict(role: str, key: MemoryKey | None = None, objects: str = "") -> SignatureVerdict:
    shape = Shape(key=key or make_pki().trusted_profile, role=role, objects=objects)
    return validate(sign(LETTER, shape)).signatures[0]


def _reasons(verdict: SignatureVerdict) -> set[str]:
    return {reason.code.value for reason in verdict.reasons}


def _role(*statements: str, name: str = "SignerRole") -> str:
    claimed = "".join(f"<xades:ClaimedRole>{s}</xades:ClaimedRole>" for s in statements)
    return f"<xades:{name}><xades:ClaimedRoles>{claimed}</xades:ClaimedRoles></xades:{name}>"


def test_our_own_trusted_signature_names_the_person() -> None:
    template = SealTemplate(make_pki().trusted_profile, AT, SealShape.LETTER)
    signed = template.seal(ORIGINAL, signing_time=AT, references=(), role=ANNA)
    report = validate(signed)
    verdict = report.signatures[0]
    assert report.indication is Indication.TOTAL_PASSED
    assert verdict.kind is SignatureKind.TRUSTED
    assert verdict.qualification is Qualification.PPZP
    assert verdict.person == ANNA
    assert verdict.signer is not None
    assert verdict.signer.name == "Anna Nowak"
    assert (verdict.signer.pesel, verdict.signer.account) == ("44051401359", "anowak")


def test_a_person_without_an_account_is_named_too() -> None:
    template = SealTemplate(make_pki().trusted_profile, AT, SealShape.LETTER)
    nobody = ClaimedPerson("Żółć & <Syn>", "O'Neill", "44051401359")
    signed = template.seal(ORIGINAL, signing_time=AT, references=(), role=nobody)
    assert validate(signed).signatures[0].person == nobody


def test_the_older_form_of_another_program_is_read() -> None:
    verdict = _verdict(pz_role())
    assert verdict.kind is SignatureKind.TRUSTED
    assert verdict.person == ANNA


@pytest.mark.parametrize("name", ["SignerRole", "SignerRoleV2"])
def test_the_newer_form_is_read(name: str) -> None:
    verdict = _verdict(_role(ep_statement(), name=name))
    assert verdict.kind is SignatureKind.TRUSTED
    assert verdict.person == ClaimedPerson("Anna", "Nowak", "44051401359")


def test_a_role_under_the_wrong_seal_names_nobody() -> None:
    pki = make_pki()
    for key in (pki.seal, pki.person):
        verdict = _verdict(pz_role(), key)
        assert verdict.kind is not SignatureKind.TRUSTED
        assert verdict.person is None
        assert "PZ-UNCONFIRMED" in _reasons(verdict)
        assert verdict.indication is Indication.INDETERMINATE


def test_a_role_under_an_unknown_seal_names_nobody() -> None:
    signed = sign(LETTER, Shape(key=make_pki().trusted_profile, role=pz_role()))
    report = validate_xades(signed, detached={}, trust=TrustStore(), at=AT)
    assert report.signatures[0].person is None
    assert {"PZ-UNCONFIRMED", "CHAIN-NONE"} <= codes(report)


def test_a_role_under_an_expired_seal_names_nobody() -> None:
    pki = make_pki()
    old = signer(organisation("Stara"), pki.root, Terms(not_after=AT - timedelta(days=1)))
    trust = TrustStore((pki.root.certificate,), (certificate_of(old),))
    signed = sign(LETTER, Shape(key=old, role=pz_role()))
    verdict = validate_xades(signed, detached={}, trust=trust, at=AT).signatures[0]
    assert verdict.intact
    assert verdict.person is None
    assert verdict.kind is SignatureKind.UNKNOWN
    assert _reasons(verdict) == {"CHAIN-EXPIRED", "PZ-UNCONFIRMED"}
    assert USUAL.not_after > AT


def test_the_seal_without_a_role_is_nobodys_signature() -> None:
    verdict = _verdict("")
    assert verdict.kind is SignatureKind.UNKNOWN
    assert verdict.indication is Indication.INDETERMINATE
    assert _reasons(verdict) == {"PZ-NO-PERSON"}


def test_an_unsigned_role_is_ignored() -> None:
    unsigned = (
        '<xades:UnsignedProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#">'
        f"{pz_role()}</xades:UnsignedProperties>"
    )
    shape = Shape(key=make_pki().trusted_profile)
    whole = shape.qualifying_properties().replace(
        "</xades:QualifyingProperties>", f"{unsigned}</xades:QualifyingProperties>"
    )
    late = Shape(key=make_pki().trusted_profile, qualifying=f"<ds:Object>{whole}</ds:Object>")
    verdict = validate(sign(LETTER, late)).signatures[0]
    assert verdict.intact
    assert verdict.person is None
    assert _reasons(verdict) == {"PZ-NO-PERSON"}


@pytest.mark.parametrize("place", ["content", "object"])
def test_a_role_moved_elsewhere_is_ignored(place: str) -> None:
    letter = LETTER.replace("<Tresc>", f"{pz_role()}<Tresc>") if place == "content" else LETTER
    objects = f'<ds:Object Id="O">{pz_role()}</ds:Object>' if place == "object" else ""
    references = (Ref(), Ref("#O", CANONICAL)) if place == "object" else (Ref(),)
    key = make_pki().trusted_profile
    shape = Shape(key=key, objects=objects, references=references)
    verdict = validate(sign(letter, shape)).signatures[0]
    assert verdict.intact
    assert verdict.person is None
    assert "PZ-NO-PERSON" in _reasons(verdict)


def test_a_role_put_in_after_signing_breaks_the_signature() -> None:
    signed = sign(LETTER, Shape(key=make_pki().trusted_profile, role=pz_role()))
    report = validate(signed.replace(b"44051401359", b"02070803628"))
    assert report.indication is Indication.TOTAL_FAILED
    assert report.signatures[0].person is None


@pytest.mark.parametrize(
    "role",
    [
        _role(pz_statement(), pz_statement("02070803628")),
        _role(pz_statement() + pz_statement()),
        _role(pz_statement(), ep_statement()),
        _role(pz_statement()) + _role(ep_statement(), name="SignerRoleV2"),
        _role(pz_statement().replace("z:DaneZP>", "z:Inne>")),
        _role(pz_statement(pesel="")),
        _role(pz_statement(pesel="4405<!-- x -->1401359").replace("<!-- x -->", "<o:x/>")),
        _role(pz_statement().replace("</o:PESEL>", "</o:PESEL><o:PESEL>1</o:PESEL>")),
        _role(ep_statement().replace("NaturalPerson", "Osoba")),
        _role(ep_statement().replace("PersonalIdentifier", "Inny")),
    ],
)
def test_a_role_that_leaves_the_person_open_names_nobody(role: str) -> None:
    verdict = _verdict(role)
    assert verdict.intact
    assert verdict.person is None
    assert verdict.kind is SignatureKind.UNKNOWN
    assert _reasons(verdict) == {"PZ-AMBIGUOUS"}
    assert verdict.indication is Indication.INDETERMINATE


def test_a_comment_in_the_role_cannot_cut_the_number_short() -> None:
    verdict = _verdict(_role(pz_statement(pesel="440514<!-- x -->01359")))
    assert verdict.person == ANNA


def test_other_claimed_roles_are_not_persons() -> None:
    verdict = _verdict(_role("<x/>"), make_pki().seal)
    assert verdict.kind is SignatureKind.SEAL
    assert verdict.indication is Indication.TOTAL_PASSED


def test_a_double_surname_is_joined() -> None:
    second = '</o:Nazwisko><o:Nazwisko rodzajCzlonu="drugi">Kowalska</o:Nazwisko>'
    verdict = _verdict(_role(pz_statement().replace("</o:Nazwisko>", second)))
    assert verdict.person is not None
    assert verdict.person.surname == "Nowak-Kowalska"
