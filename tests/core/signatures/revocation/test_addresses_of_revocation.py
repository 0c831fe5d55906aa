"""Where an authority says what it revoked is taken from certificates under an anchor."""

from cryptography import x509
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from skrytka.core.signatures.report import report_data
from skrytka.core.signatures.revocation.addresses import list_addresses, ocsp_questions
from tests.core.signatures.crafting import LETTER, Shape, sign, validate
from tests.world.pki import Terms, certificate_of, make_pki, natural_person, signer

PERSON = natural_person("Anna", "Nowak", "44051401359")


def point(*addresses: str, **rest: object) -> x509.DistributionPoint:
    names = [x509.UniformResourceIdentifier(one) for one in addresses]
    fields = {"relative_name": None, "reasons": None, "crl_issuer": None, **rest}
    return x509.DistributionPoint(full_name=names, **fields)  # type: ignore[arg-type]


def certified(*points: x509.DistributionPoint) -> x509.Certificate:
    extensions = ((x509.CRLDistributionPoints(points), False),)
    return certificate_of(signer(PERSON, make_pki().root, Terms(extensions=extensions)))


def published(*points: x509.DistributionPoint) -> tuple[str, ...]:
    return list_addresses((certified(*points), make_pki().root.certificate))


def test_addresses_are_told_each_once_in_their_order() -> None:
    one, two = "http://ca.example/1.crl", "https://ca.example/2.crl"
    assert published(point(one), point(two, one)) == (one, two)


def test_other_ways_and_odd_addresses_are_left_out() -> None:
    odd = ("ldap://ca.example/cn=x", "http://", "http://a:b@ca.example/x", "http://[x/", "x.crl")
    assert published(point(*odd, "http://ca.example/" + "x" * 500)) == ()


def test_lists_of_some_reasons_and_of_other_issuers_are_left_out() -> None:
    reasons = frozenset({x509.ReasonFlags.key_compromise})
    other = [x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "inny")]))]
    address = "http://ca.example/1.crl"
    assert published(point(address, reasons=reasons), point(address, crl_issuer=other)) == ()


def test_a_point_may_be_named_relative_to_its_issuer() -> None:
    name = x509.RelativeDistinguishedName([x509.NameAttribute(NameOID.COMMON_NAME, "lista")])
    assert published(x509.DistributionPoint(None, name, None, None)) == ()


def test_names_that_are_no_addresses_are_left_out() -> None:
    named = x509.DistributionPoint([x509.DNSName("ca.example")], None, None, None)
    assert published(named) == ()


def test_an_anchor_and_what_says_nothing_lead_nowhere() -> None:
    silent, lists = certificate_of(make_pki().person), point("http://ca.example/1.crl")
    assert list_addresses((silent, make_pki().root.certificate)) == ()
    assert list_addresses((certified(lists),)) == ()
    assert list_addresses(()) == ()


def test_so_many_addresses_and_no_more_are_told() -> None:
    many = [f"http://ca.example/{number}.crl" for number in range(30)]
    assert published(point(*many)) == tuple(many[:16])


def answered_at(*addresses: str) -> x509.Certificate:
    ways = x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(
                AuthorityInformationAccessOID.CA_ISSUERS,
                x509.UniformResourceIdentifier("http://ca.example/ca.crt"),
            ),
            *(
                x509.AccessDescription(
                    AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(one)
                )
                for one in addresses
            ),
        ]
    )
    return certificate_of(signer(PERSON, make_pki().root, Terms(extensions=((ways, False),))))


def test_the_first_responder_is_asked_about_this_very_certificate() -> None:
    one, root = answered_at("ldap://x", "http://a.example", "http://b.example"), make_pki().root
    (question,) = ocsp_questions((one, root.certificate))
    request = ocsp.load_der_ocsp_request(question.request)
    assert question.address == "http://a.example"
    assert request.serial_number == one.serial_number


def test_where_nobody_answers_nobody_is_asked() -> None:
    root, silent = make_pki().root.certificate, certificate_of(make_pki().person)
    assert ocsp_questions((silent, root)) == ocsp_questions((answered_at(), root)) == ()
    assert ocsp_questions((answered_at("http://a.example"),)) == ()


def test_the_report_names_them_where_the_path_ends_at_an_anchor() -> None:
    address = "http://ca.example/1.crl"
    way = x509.AccessDescription(
        AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://a.example")
    )
    extensions = (
        (x509.CRLDistributionPoints([point(address)]), False),
        (x509.AuthorityInformationAccess([way]), False),
    )
    key = signer(PERSON, make_pki().root, Terms(extensions=extensions))
    report = report_data(validate(sign(LETTER, Shape(key=key))))
    enclosed = report["signatures"][0]["enclosed"]
    assert enclosed is not None
    assert enclosed["lists_at"] == [address]
    (asked,) = enclosed["responders"]
    assert asked["address"] == "http://a.example"
    assert ocsp.load_der_ocsp_request(bytes.fromhex(asked["request"]))
