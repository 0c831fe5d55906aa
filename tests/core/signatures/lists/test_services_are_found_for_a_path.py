from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.signatures.lists.names import CA_QC, NATIONAL_ROOT, QTST, WITHDRAWN
from skrytka.core.signatures.lists.query import (
    at_time,
    issuers_in,
    services_of,
    time_stamping_of,
)
from skrytka.core.signatures.lists.snapshot import ListBytes, Snapshot, build_snapshot
from tests.core.signatures.lists.making import (
    PL_KEY,
    State,
    by_certificate,
    by_key_identifier,
    moment,
    service,
    with_services,
)
from tests.world.pki import (
    AT,
    AUTHORITY,
    authority,
    certificate_of,
    certify,
    natural_person,
    organisation,
    p256,
    signer,
)

ROOT = authority("Korzeń krajowy")
ISSUER = authority("Wystawca", ROOT)
PERSON = certificate_of(signer(natural_person("Anna", "Nowak", "44051401359"), ISSUER))
STAMPER = certificate_of(signer(organisation("Znacznik"), ISSUER))
PATH = (PERSON, ISSUER.certificate, ROOT.certificate)


def snapshot(*services: str) -> Snapshot:
    given = ListBytes(None, {"PL": with_services(*services).signed()})
    return build_snapshot(given, pinned=(certificate_of(PL_KEY),), at=AT)


ISSUING = service(
    by_certificate(ISSUER.certificate), State(WITHDRAWN, moment(2025)), State(since=moment(2017))
)
NATIONAL = service(by_certificate(ROOT.certificate), State(type=NATIONAL_ROOT))
STAMPING = service(by_certificate(STAMPER), State(type=QTST))


def test_the_issuer_is_found_with_its_whole_history() -> None:
    found = services_of(snapshot(ISSUING), PATH)
    assert [one.state.status == WITHDRAWN for one in found] == [True, False]
    assert [one.state.starts_at for one in at_time(found, moment(2020))] == [moment(2017)]
    assert at_time(found, moment(2016)) == ()


def test_the_nearest_listed_issuer_decides() -> None:
    found = services_of(snapshot(NATIONAL, ISSUING), PATH)
    assert {one.state.type for one in found} == {CA_QC}
    above = services_of(snapshot(NATIONAL), PATH)
    assert {one.state.type for one in above} == {NATIONAL_ROOT}


def test_no_listed_issuer_finds_nothing() -> None:
    assert services_of(snapshot(STAMPING), PATH) == ()
    assert time_stamping_of(snapshot(ISSUING), PATH) == ()


def test_a_listed_certificate_does_not_vouch_for_itself() -> None:
    assert services_of(snapshot(service(by_certificate(PERSON))), (PERSON,)) == ()


def test_another_certificate_of_the_same_name_and_key_is_the_same_service() -> None:
    name = {attribute.oid: str(attribute.value) for attribute in ISSUER.certificate.subject}
    twin = certify(ISSUER.key, name, None, AUTHORITY)
    assert twin != ISSUER.certificate
    assert len(services_of(snapshot(ISSUING), (PERSON, twin))) == 2


def test_the_same_name_with_another_key_is_another_service() -> None:
    stranger = authority("Wystawca", ROOT)
    assert services_of(snapshot(ISSUING), (PERSON, stranger.certificate)) == ()


def test_a_key_identifier_is_compared_with_the_key_not_with_the_claim() -> None:
    listed = snapshot(service(by_key_identifier(ISSUER.certificate)))
    digest = x509.SubjectKeyIdentifier.from_public_key(ISSUER.key.public_key())
    key = p256()
    liar = (
        x509.CertificateBuilder()
        .subject_name(ISSUER.certificate.subject)
        .issuer_name(ISSUER.certificate.subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(moment(2020))
        .not_valid_after(moment(2030))
        .add_extension(digest, critical=False)
        .sign(key, hashes.SHA256())
    )
    assert len(services_of(listed, PATH)) == 1
    assert services_of(listed, (PERSON, liar)) == ()


def test_a_time_stamp_is_found_by_its_own_certificate_or_by_its_issuer() -> None:
    path = (STAMPER, ISSUER.certificate)
    assert len(time_stamping_of(snapshot(STAMPING), path)) == 1
    issuer = service(by_certificate(ISSUER.certificate), State(type=QTST))
    assert len(time_stamping_of(snapshot(issuer), path)) == 1


def test_paths_may_end_at_listed_issuers_only() -> None:
    other = service(by_certificate(PERSON), State(type="urn:archive"))
    found = issuers_in(snapshot(ISSUING, STAMPING, other))
    assert set(found) == {ISSUER.certificate, STAMPER}


def test_a_certificate_with_an_unknown_curve_stands_for_itself() -> None:
    p256_oid, no_curve = (
        bytes.fromhex("06082a8648ce3d030107"),
        bytes.fromhex("06082a8648ce3d03017f"),
    )
    der = ISSUER.certificate.public_bytes(Encoding.DER).replace(p256_oid, no_curve)
    odd = x509.load_der_x509_certificate(der)
    assert len(services_of(snapshot(service(by_certificate(odd))), (PERSON, odd))) == 1
    assert services_of(snapshot(ISSUING), (PERSON, odd)) == ()
