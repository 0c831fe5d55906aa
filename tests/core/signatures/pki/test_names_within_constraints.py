"""What an authority may certify, name by name (RFC 5280 §4.2.1.10)."""

from ipaddress import ip_address, ip_network

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from skrytka.core.signatures.name_constraints import respects_constraints
from tests.world.pki import AUTHORITY, Terms, authority, certificate_of, organisation, signer

MAIL, HOST, ADDRESS = x509.RFC822Name, x509.DNSName, x509.IPAddress
ROOT = authority("Korzeń")


def path(
    *names: x509.GeneralName,
    permitted: tuple[x509.GeneralName, ...] = (),
    excluded: tuple[x509.GeneralName, ...] = (),
    subject: dict[x509.ObjectIdentifier, str] | None = None,
) -> tuple[x509.Certificate, ...]:
    constraint = x509.NameConstraints(list(permitted) or None, list(excluded) or None)
    above = authority("Wystawca", ROOT, Terms(ca=True, extensions=((constraint, True),)))
    own = ((x509.SubjectAlternativeName(names), False),) if names else ()
    given = organisation("Urząd") if subject is None else subject
    leaf = certificate_of(signer(given, above, Terms(extensions=own)))
    return leaf, above.certificate, ROOT.certificate


def directory(**parts: str) -> x509.DirectoryName:
    oids = {"country": NameOID.COUNTRY_NAME, "organisation": NameOID.ORGANIZATION_NAME}
    return x509.DirectoryName(
        x509.Name([x509.NameAttribute(oids[name], value) for name, value in parts.items()])
    )


@pytest.mark.parametrize(
    ("name", "tree", "within"),
    [
        (MAIL("anna@urzad.example"), MAIL("urzad.example"), True),
        (MAIL("anna@poczta.urzad.example"), MAIL("urzad.example"), False),
        (MAIL("anna@poczta.urzad.example"), MAIL(".urzad.example"), True),
        (MAIL("anna@urzad.example"), MAIL("anna@urzad.example"), True),
        (MAIL("ewa@urzad.example"), MAIL("anna@urzad.example"), False),
        (HOST("www.urzad.example"), HOST("urzad.example"), True),
        (HOST("inny-urzad.example"), HOST("urzad.example"), False),
        (ADDRESS(ip_address("10.1.2.3")), ADDRESS(ip_network("10.0.0.0/8")), True),
        (ADDRESS(ip_address("11.1.2.3")), ADDRESS(ip_network("10.0.0.0/8")), False),
        (x509.RegisteredID(NameOID.TITLE), x509.RegisteredID(NameOID.TITLE), True),
        (x509.RegisteredID(NameOID.TITLE), x509.RegisteredID(NameOID.SURNAME), False),
    ],
)
def test_an_alternative_name_is_within_or_not(
    name: x509.GeneralName, tree: x509.GeneralName, *, within: bool
) -> None:
    assert respects_constraints(path(name, permitted=(tree,))) is within
    assert respects_constraints(path(name, excluded=(tree,))) is not within


@pytest.mark.parametrize(
    ("tree", "within"),
    [
        (directory(country="PL"), True),
        (directory(country="pl", organisation=" urząd "), True),
        (directory(country="DE"), False),
        (directory(organisation="Urząd"), False),
    ],
)
def test_a_subject_is_within_or_not(tree: x509.DirectoryName, *, within: bool) -> None:
    assert respects_constraints(path(permitted=(tree,))) is within


def test_a_mail_in_the_subject_is_a_mail() -> None:
    subject = {**organisation("Urząd"), NameOID.EMAIL_ADDRESS: "anna@inny.example"}
    assert not respects_constraints(path(permitted=(MAIL("urzad.example"),), subject=subject))


def test_a_name_of_a_kind_that_is_not_constrained_is_free() -> None:
    assert respects_constraints(path(MAIL("a@b.example"), permitted=(HOST("urzad.example"),)))


def test_a_path_without_constraints_is_free() -> None:
    above = authority("Wystawca", ROOT, AUTHORITY)
    leaf = certificate_of(signer(organisation("Urząd"), above))
    assert respects_constraints((leaf, above.certificate, ROOT.certificate))


def test_an_extension_that_cannot_be_read_forbids() -> None:
    leaf, above, root = path(HOST("urzad.example"), permitted=(HOST("urzad.example"),))
    der = leaf.public_bytes(Encoding.DER)
    bent = x509.load_der_x509_certificate(der.replace(b"\x82\x0durzad", b"\xa2\x0durzad"))
    assert bent != leaf
    assert not respects_constraints((bent, above, root))


def test_a_subject_without_any_name_is_constrained_by_the_others() -> None:
    assert respects_constraints(
        path(HOST("urzad.example"), permitted=(directory(country="PL"),), subject={})
    )
