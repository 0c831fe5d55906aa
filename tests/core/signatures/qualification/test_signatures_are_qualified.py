from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from skrytka.core.signatures.lists.names import FOR_SEALS, FOR_SIGNATURES, WITHDRAWN
from skrytka.core.signatures.lists.snapshot import ListBytes, Snapshot, build_snapshot
from skrytka.core.signatures.qualification.assess import assess, service_facts
from skrytka.core.signatures.qualification.certificates import CertificateQualification
from skrytka.core.signatures.qualification.facts import Purpose
from skrytka.core.signatures.qualification.signatures import (
    SignatureTimes,
    kind_of,
    qualify_signature,
)
from skrytka.core.signatures.qualification.statements import criteria_facts, facts_of
from skrytka.core.signatures.words import Indication, Qualification, SignatureKind
from tests.core.signatures.lists.making import (
    PL_KEY,
    QUALIFIER,
    State,
    by_certificate,
    criteria,
    moment,
    policy_set,
    qualification,
    service,
    with_services,
)
from tests.world.pki import (
    AT,
    QC_STATEMENTS,
    QUALIFIED,
    Terms,
    authority,
    certificate_of,
    natural_person,
    signer,
)

PASSED, OPEN, FAILED = (
    Indication.TOTAL_PASSED,
    Indication.INDETERMINATE,
    Indication.TOTAL_FAILED,
)
Q = Qualification
SIGNED_AT = AT - timedelta(days=30)
TIMES = SignatureTimes(SIGNED_AT, AT)
ISSUER = authority("Kwalifikowany wystawca")
POLICY = x509.PolicyInformation(ObjectIdentifier("1.2.616.1"), None)
ANNA = natural_person("Anna", "Nowak", "44051401359")


def certificate(statements: bytes = QUALIFIED, *more: x509.ExtensionType) -> x509.Certificate:
    extension = x509.UnrecognizedExtension(QC_STATEMENTS, statements)
    held = tuple((one, False) for one in (extension, *more))
    return certificate_of(signer(ANNA, ISSUER, Terms(extensions=held)))


PERSON = certificate()


def snapshot(*states: State) -> Snapshot:
    listed = service(by_certificate(ISSUER.certificate), *states)
    given = ListBytes(None, {"PL": with_services(listed).signed()})
    return build_snapshot(given, pinned=(certificate_of(PL_KEY),), at=AT)


def judged(
    person: x509.Certificate, *states: State, indication: Indication = PASSED
) -> Qualification:
    path = (person, ISSUER.certificate)
    return assess(path, snapshot(*states), indication, TIMES).signature


def held(purpose: Purpose, *, qualified: bool, device: bool) -> CertificateQualification:
    return CertificateQualification(qualified, purpose, device)


@pytest.mark.parametrize(
    ("purpose", "qualified", "device", "expected"),
    [
        (Purpose.SIGNATURE, True, True, (Q.QESIG, Q.INDETERMINATE_QESIG, Q.NOT_ADES_QC_QSCD)),
        (Purpose.SIGNATURE, True, False, (Q.ADESIG_QC, Q.INDETERMINATE_ADESIG_QC, Q.NOT_ADES_QC)),
        (Purpose.SIGNATURE, False, False, (Q.ADESIG, Q.INDETERMINATE_ADESIG, Q.NOT_ADES)),
        (Purpose.SEAL, True, True, (Q.QESEAL, Q.INDETERMINATE_QESEAL, Q.NOT_ADES_QC_QSCD)),
        (Purpose.SEAL, True, False, (Q.ADESEAL_QC, Q.INDETERMINATE_ADESEAL_QC, Q.NOT_ADES_QC)),
        (Purpose.SEAL, False, False, (Q.ADESEAL, Q.INDETERMINATE_ADESEAL, Q.NOT_ADES)),
        (
            Purpose.UNKNOWN,
            True,
            True,
            (Q.UNKNOWN_QC_QSCD, Q.INDETERMINATE_UNKNOWN_QC_QSCD, Q.NOT_ADES_QC_QSCD),
        ),
        (Purpose.UNKNOWN, True, False, (Q.UNKNOWN_QC, Q.INDETERMINATE_UNKNOWN_QC, Q.NOT_ADES_QC)),
        (Purpose.UNKNOWN, False, False, (Q.UNKNOWN, Q.INDETERMINATE_UNKNOWN, Q.NOT_ADES)),
        (Purpose.WEB, True, True, (Q.NOT_ADES, Q.NOT_ADES, Q.NOT_ADES)),
    ],
)
def test_the_table_of_qualifications(
    purpose: Purpose, *, qualified: bool, device: bool, expected: tuple[Qualification, ...]
) -> None:
    one = held(purpose, qualified=qualified, device=device)
    found = tuple(qualify_signature(one, one, each) for each in (PASSED, OPEN, FAILED))
    assert found == expected


def test_a_certificate_must_be_qualified_at_its_issue_and_at_the_signature() -> None:
    good = held(Purpose.SIGNATURE, qualified=True, device=True)
    bad = held(Purpose.SIGNATURE, qualified=False, device=False)
    assert qualify_signature(good, bad, PASSED) is Q.ADESIG
    assert qualify_signature(bad, good, PASSED) is Q.ADESIG


def test_a_purpose_that_changed_is_unknown() -> None:
    then = held(Purpose.SIGNATURE, qualified=True, device=True)
    assert qualify_signature(then, replace(then, purpose=Purpose.SEAL), PASSED) is Q.UNKNOWN_QC_QSCD


def test_a_qualified_signature_is_told_from_lists_and_certificates() -> None:
    assert judged(PERSON) is Q.QESIG
    assert judged(PERSON, indication=OPEN) is Q.INDETERMINATE_QESIG


def test_a_service_withdrawn_before_the_signature_leaves_an_advanced_one() -> None:
    before = State(WITHDRAWN, SIGNED_AT - timedelta(days=1)), State(since=moment(2017))
    after = State(WITHDRAWN, SIGNED_AT + timedelta(days=1)), State(since=moment(2017))
    assert judged(PERSON, *before) is Q.ADESIG
    assert judged(PERSON, *after) is Q.QESIG


def test_the_certificate_at_validation_is_told_apart() -> None:
    after = State(WITHDRAWN, SIGNED_AT + timedelta(days=1)), State(since=moment(2017))
    result = assess((PERSON, ISSUER.certificate), snapshot(*after), PASSED, TIMES)
    assert result.at_signing.qualified
    assert not result.at_validation.qualified


def test_without_a_listed_issuer_there_is_no_qualification() -> None:
    stranger = authority("Nieznany").certificate
    assert assess((PERSON, stranger), snapshot(), PASSED, TIMES).signature is Q.NOT_APPLICABLE


def test_a_service_for_seals_only_makes_no_qualified_signature() -> None:
    assert judged(PERSON, State(purposes=(FOR_SEALS,))) is Q.ADESIG
    assert judged(PERSON, State(purposes=(FOR_SEALS, FOR_SIGNATURES))) is Q.QESIG


def test_qualifiers_fall_to_certificates_that_meet_their_criteria() -> None:
    no_device = qualification(criteria(policy_set("1.2.616.1")), "QCNoQSCD")
    with_policy = certificate(QUALIFIED, x509.CertificatePolicies([POLICY]))
    assert judged(with_policy, State(extensions=no_device)) is Q.ADESIG_QC
    assert judged(PERSON, State(extensions=no_device)) is Q.QESIG
    path = (with_policy, ISSUER.certificate)
    (found,) = service_facts(path, snapshot(State(extensions=no_device)))
    assert found.qualifiers == {f"{QUALIFIER}QCNoQSCD"}
    assert found.service == "PL: Provider: Authority"


def test_statements_are_read_from_the_certificate() -> None:
    facts = facts_of(PERSON)
    assert (facts.compliant, facts.device) == (True, True)
    assert facts.purposes == {Purpose.SIGNATURE}
    assert facts.legislations == frozenset()


@pytest.mark.parametrize(
    "broken", [b"\x30\x05\x30", b"\x30\x02\x30\x00", b"\x05\x00\x05\x00", b"\x30\x80"]
)
def test_broken_statements_say_nothing(broken: bytes) -> None:
    facts = facts_of(certificate(broken))
    assert (facts.compliant, facts.device, facts.purposes) == (False, False, frozenset())


def test_a_country_of_legislation_is_read() -> None:
    # QcCClegislation { "GB" }, and a statement whose information is no list
    statement = bytes.fromhex("300e060604008e4601073004130247 42".replace(" ", ""))
    odd = bytes.fromhex("300b0609" + "2b0601050507000102")[:13]
    facts = facts_of(certificate(b"\x30" + bytes([len(statement + odd)]) + statement + odd))
    assert facts.legislations == {"GB"}


def test_a_certificate_without_extensions_says_nothing() -> None:
    facts = facts_of(ISSUER.certificate)
    assert (facts.compliant, facts.policies) == (False, frozenset())


def test_criteria_look_at_usages_policies_and_subject() -> None:
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=True,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=True,
        decipher_only=False,
    )
    extended = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
    terms = Terms(usage=usage, extensions=((extended, False),))
    facts = criteria_facts(certificate_of(signer(ANNA, ISSUER, terms)))
    assert facts.key_usages == {"nonRepudiation", "keyAgreement", "encipherOnly"}
    assert facts.extended_key_usages == {ExtendedKeyUsageOID.EMAIL_PROTECTION.dotted_string}
    assert NameOID.SURNAME.dotted_string in facts.subject_attributes


def test_a_certificate_may_lack_a_key_usage() -> None:
    bare = (
        x509.CertificateBuilder()
        .subject_name(ISSUER.certificate.subject)
        .issuer_name(ISSUER.certificate.subject)
        .public_key(ISSUER.key.public_key())
        .serial_number(1)
        .not_valid_before(moment(2020))
        .not_valid_after(moment(2030))
        .sign(ISSUER.key, hashes.SHA256())
    )
    assert criteria_facts(bare).key_usages == frozenset()


@pytest.mark.parametrize(
    ("found", "otherwise", "kind"),
    [
        (Q.QESIG, SignatureKind.ADVANCED, SignatureKind.QUALIFIED),
        (Q.INDETERMINATE_QESIG, SignatureKind.ADVANCED, SignatureKind.QUALIFIED),
        (Q.ADESIG_QC, SignatureKind.QUALIFIED, SignatureKind.ADVANCED),
        (Q.ADESIG, SignatureKind.PERSONAL, SignatureKind.PERSONAL),
        (Q.QESEAL, SignatureKind.ADVANCED, SignatureKind.SEAL),
        (Q.INDETERMINATE_ADESEAL_QC, SignatureKind.ADVANCED, SignatureKind.SEAL),
        (Q.PPZP, SignatureKind.SEAL, SignatureKind.TRUSTED),
        (Q.NOT_APPLICABLE, SignatureKind.SEAL, SignatureKind.SEAL),
        (Q.NOT_APPLICABLE, SignatureKind.QUALIFIED, SignatureKind.ADVANCED),
    ],
)
def test_the_kind_follows_the_qualification(
    found: Qualification, otherwise: SignatureKind, kind: SignatureKind
) -> None:
    assert kind_of(found, otherwise) is kind
