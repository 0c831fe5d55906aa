"""Who signed, what, since when it is proved to exist, on what trust, and what speaks against it."""

import base64
import hashlib
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from skrytka.core.signatures.algorithms import Family
from skrytka.core.signatures.cms.examine import examine_cms
from skrytka.core.signatures.evidence import AlgorithmUse, Cover, TimestampKind, Use
from skrytka.core.signatures.reasons import TEXTS, ReasonCode
from skrytka.core.signatures.words import Scope
from tests.core.signatures import crafting as crafted
from tests.core.signatures.cms import crafting as cms
from tests.core.signatures.etsi_report.reading import (
    BARE,
    DATA,
    PERSON,
    PKI,
    SOUND,
    STAMP,
    TOKEN,
    TSA,
    VALUE,
    concluded,
    crl,
    referred,
    text_of,
    texts,
)
from tests.core.signatures.etsi_report.schema import VR, ids
from tests.world.pki import Terms, certificate_of, key_usage, natural_person, signer

ETSI = "urn:etsi:019102:"
ONE = "SignatureValidationReport"
STATUS = f"{ONE}/SignatureValidationStatus"
OBJECTS = "SignatureValidationObjects/ValidationObject"
REVOKED = crl(PERSON.serial_number)
OLD = STAMP.time
WEAK = (AlgorithmUse(Use.REFERENCE, "sha1"), *SOUND)


def name_of(certificate: x509.Certificate) -> str:
    return "C-" + certificate.fingerprint(hashes.SHA256()).hex()


def base64_of(sha256: str) -> str:
    return base64.b64encode(bytes.fromhex(sha256)).decode()


@pytest.mark.parametrize(
    ("algorithms", "method", "kind"),
    [(SOUND, "sha256", "http://www.w3.org/2001/04/xmlenc#sha256"),
     ((AlgorithmUse(Use.SIGNATURE, "sha512", Family.RSA, 2048),), "sha512",
      "http://www.w3.org/2001/04/xmlenc#sha512"),
     ((), "sha256", "http://www.w3.org/2001/04/xmlenc#sha256")],
)  # fmt: skip
def test_the_signature_is_told_by_the_digest_of_what_it_signs(
    algorithms: tuple[AlgorithmUse, ...], method: str, kind: str
) -> None:
    root = concluded(replace(BARE, to_be_signed=b"SignedInfo", algorithms=algorithms))
    identifier = root.find(f"{VR}{ONE}/{VR}SignatureIdentifier")
    assert identifier is not None
    expected = base64_of(hashlib.new(method, b"SignedInfo").hexdigest())
    assert expected in list(identifier.itertext())
    told = identifier.find("*/{http://www.w3.org/2000/09/xmldsig#}DigestMethod")
    assert told is not None
    assert told.get("Algorithm") == kind
    assert identifier.get("id") == "S-1"


def test_what_is_signed_is_not_told_where_it_is_not_known() -> None:
    assert concluded(BARE).find(f".//{VR}SignatureIdentifier/{VR}DigestAlgAndValue") is None


def test_what_is_signed_is_signed_info_or_the_signed_attributes() -> None:
    letter = crafted.validate(crafted.sign(crafted.LETTER)).signatures[0].evidence
    assert letter is not None
    info = letter.to_be_signed
    assert info is not None
    assert info.startswith(b"<ds:SignedInfo")
    (signed,) = examine_cms(cms.signed(), {}).signatures
    assert signed.to_be_signed is not None
    assert signed.to_be_signed[:1] == b"\x31"  # SET OF (RFC 5652 §5.4)
    assert hashlib.sha256(cms.LETTER).digest() in signed.to_be_signed


def test_the_chain_leads_to_the_anchor() -> None:
    root = concluded(BARE)
    root_name = name_of(PKI.root.certificate)
    chain = root.find(f".//{VR}CertificateChain")
    assert chain is not None
    assert referred(chain, "SigningCertificate") == [[name_of(PERSON)]]
    assert referred(chain, "TrustAnchor") == [[root_name]]
    assert text_of(root, f"{ONE}/SignerInformation/Signer") == "Anna Nowak"


def test_without_a_path_there_is_no_chain_and_the_reason_is_told() -> None:
    stranger = replace(BARE, certificate=TSA)
    root = concluded(replace(stranger, security=(ReasonCode.CHAIN_CONSTRAINTS,)))
    told = dict(zip(texts(root, "Type"), texts(root, "Value"), strict=True))
    code = "urn:skrytka:signature:reason:CHAIN-CONSTRAINTS"
    assert told[code] == TEXTS[ReasonCode.CHAIN_CONSTRAINTS]


def test_a_certificate_that_may_not_sign_is_no_trust_anchor() -> None:
    terms = Terms(usage=key_usage(sign=False, ca=False))
    useless = certificate_of(signer(natural_person("Jan", "Lis", "44051401359"), PKI.root, terms))
    root = concluded(replace(BARE, certificate=useless))
    assert texts(root, "SubIndication") == [f"{ETSI}subindication:CHAIN_CONSTRAINTS_FAILURE"]
    assert referred(root, "TrustAnchor") == []


def test_one_document_is_told_by_its_digest_several_by_references() -> None:
    root = concluded(BARE)
    document = root.find(f"{VR}{ONE}/{VR}SignersDocument")
    assert document is not None
    assert base64_of(DATA) in list(document.itertext())
    others = (Cover("a", "dd" * 32, Scope.FULL), Cover("b", "ee" * 32, Scope.PARTIAL))
    many = concluded(replace(BARE, covers=others))
    (names,) = referred(many, "SignersDocumentRepresentation")
    assert names == ["D-" + "dd" * 32, "D-" + "ee" * 32]
    told = dict(zip(texts(many, "Type"), texts(many, "Value"), strict=True))
    assert told["urn:skrytka:signature:covers:PARTIAL"] == "b"


@pytest.mark.parametrize(
    ("changes", "process"),
    [({}, "Basic"), ({"timestamps": (STAMP,)}, "LTVM"),
     ({"timestamps": (replace(STAMP, time=STAMP.time),), "crls": (REVOKED,),
       "algorithms": WEAK}, "LTA")],
)  # fmt: skip
def test_the_process_that_had_the_last_word_is_named(
    changes: dict[str, object], process: str
) -> None:
    root = concluded(replace(BARE, **changes))  # type: ignore[arg-type]
    assert texts(root, "SignatureValidationProcessID") == [f"{ETSI}validationprocess:{process}"]


def test_a_time_stamp_proves_the_best_time() -> None:
    root = concluded(replace(BARE, timestamps=(STAMP,)))
    best = f"{ONE}/ValidationTimeInfo/BestSignatureTime"
    assert text_of(root, f"{best}/POETime") == "2026-01-10T09:11:12Z"
    assert text_of(root, f"{best}/TypeOfProof") == f"{ETSI}poetype:validation"
    assert referred(root, "POEObject") == [["T-" + TOKEN]]
    token = root.find(f".//{VR}ValidationObject[@id='T-{TOKEN}']")
    assert token is not None
    assert text_of(token, "POEProvisioning/POETime") == "2026-01-10T09:11:12Z"
    assert text_of(token, "POEProvisioning/SignatureReference/DigestValue") == base64_of(VALUE)
    main = "ValidationReport/SignatureValidationStatus/MainIndication"
    assert text_of(token, main) == f"{ETSI}mainindication:passed"


def test_a_time_stamp_that_does_not_hold_proves_nothing() -> None:
    broken = replace(STAMP, imprint_intact=False)
    root = concluded(replace(BARE, timestamps=(broken,)))
    token = root.find(f".//{VR}ValidationObject[@id='T-{TOKEN}']")
    assert token is not None
    assert token.find(f"{VR}POEProvisioning") is None
    status = "ValidationReport/SignatureValidationStatus"
    assert text_of(token, f"{status}/MainIndication") != f"{ETSI}mainindication:passed"
    assert f"{ETSI}subindication:" in (text_of(token, f"{status}/SubIndication") or "")
    assert referred(root, "POEObject") == []


def test_a_time_stamp_over_something_else_proves_no_signature() -> None:
    other = replace(STAMP, kind=TimestampKind.CONTENT, protects=frozenset({DATA}))
    root = concluded(replace(BARE, timestamps=(other,)))
    assert root.find(f".//{VR}POEProvisioning/{VR}SignatureReference") is None
    attribute = root.find(f".//{VR}AllDataObjectsTimeStamp")
    assert attribute is not None
    assert attribute.get("Signed") == "true"


def test_a_time_stamp_without_a_time_is_an_object_only() -> None:
    root = concluded(replace(BARE, timestamps=(replace(STAMP, time=None),)))
    assert root.find(f".//{VR}SignatureTimeStamp") is None
    assert root.find(f".//{VR}ValidationObject[@id='T-{TOKEN}']") is not None


@pytest.mark.parametrize(
    ("kind", "name"),
    [(TimestampKind.SIGNATURE, "SignatureTimeStamp"), (TimestampKind.ARCHIVE, "ArchiveTimeStamp"),
     (TimestampKind.REFERENCES, "SigAndRefsTimeStamp"), (TimestampKind.DOCUMENT, "DocTimeStamp"),
     (TimestampKind.CONTAINER, "ArchiveTimeStamp")],
)  # fmt: skip
def test_each_kind_of_time_stamp_has_its_attribute(kind: TimestampKind, name: str) -> None:
    root = concluded(replace(BARE, timestamps=(replace(STAMP, kind=kind),)))
    attribute = root.find(f".//{VR}{name}")
    assert attribute is not None
    assert attribute.get("Signed") == "false"
    assert text_of(attribute, "TimeStampValue") == "2026-01-10T09:11:12Z"


def test_signed_attributes_are_told() -> None:
    claimed = replace(
        BARE,
        claimed_signing_time=OLD,
        certificate_ref_match=True,
        policy_id="1.2.616.1",
        claimed_roles=("Wójt",),
    )
    root = concluded(claimed)
    attributes = f"{ONE}/SignatureAttributes"
    assert text_of(root, f"{attributes}/SigningTime/Time") == "2026-01-10T09:11:12Z"
    assert referred(root, "AttributeObject") == [[name_of(PERSON)]]
    assert text_of(root, f"{attributes}/SigPolicyIdentifier/SigPolicyId") == "urn:oid:1.2.616.1"
    role = f"{attributes}/SignerRole/RoleDetails"
    assert text_of(root, f"{role}/Role") == "Wójt"
    assert text_of(root, f"{role}/EndorsementType") == "claimed"


@pytest.mark.parametrize(
    ("policy", "uri"),
    [("https://example.org/policy", "https://example.org/policy"),
     ("urn:oid:1.2.3", "urn:oid:1.2.3"),
     ("https://[", "urn:skrytka:signature:policy:https%3A%2F%2F%5B"),
     ("a#b#c", "urn:skrytka:signature:policy:a%23b%23c"),
     ("%zz", "urn:skrytka:signature:policy:%25zz")],
)  # fmt: skip
def test_a_signature_policy_becomes_a_uri(policy: str, uri: str) -> None:
    assert texts(concluded(replace(BARE, policy_id=policy)), "SigPolicyId") == [uri]


def test_a_certificate_that_the_signature_does_not_name_is_no_attribute() -> None:
    root = concluded(replace(BARE, certificate_ref_match=False))
    assert root.find(f".//{VR}SignatureAttributes") is None


def test_a_counter_signature_has_its_report_and_is_referred_to() -> None:
    counter = replace(BARE, id="C", value_sha256="dd" * 32)
    root = concluded(replace(BARE, counter_signatures=(counter,)), BARE)
    assert ids(root)[:3] == ["S-1", "S-1-1", "S-2"]
    path = f"{ONE}/SignatureAttributes/CounterSignature/CounterSignature/DigestValue"
    assert text_of(root, path) == base64_of("dd" * 32)
    unnamed = replace(counter, value_sha256="")
    without = concluded(replace(BARE, counter_signatures=(unnamed,)))
    assert without.find(f".//{VR}CounterSignature") is None


def test_a_revocation_is_told_with_its_date() -> None:
    root = concluded(replace(BARE, crls=(REVOKED,)))
    assert texts(root, "SubIndication")[-1] == f"{ETSI}subindication:REVOKED_NO_POE"
    revocation = root.find(f".//{VR}RevocationStatusInformation")
    assert revocation is not None
    assert referred(revocation, "ValidationObjectId") == [[name_of(PERSON)]]
    assert text_of(revocation, "RevocationTime") == "2026-01-11T09:11:12Z"


def test_a_weak_algorithm_is_named_with_the_end_of_its_days() -> None:
    root = concluded(replace(BARE, algorithms=WEAK, crls=(crl(1),)))
    crypto = root.find(f".//{VR}CryptoInformation")
    assert crypto is not None
    assert referred(crypto, "ValidationObjectId") == [["S-1"]]
    assert text_of(crypto, "Algorithm") == "http://www.w3.org/2000/09/xmldsig#sha1"
    assert text_of(crypto, "SecureAlgorithm") == "false"
    assert (text_of(crypto, "NotAfter") or "").endswith("Z")


def test_a_short_key_is_weaker_than_a_long_one() -> None:
    short = (*SOUND, AlgorithmUse(Use.SIGNATURE, "sha256", Family.RSA, 512))
    root = concluded(replace(BARE, algorithms=short, crls=(crl(1),)))
    algorithms = texts(root, "Algorithm")
    assert algorithms == ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"]


@pytest.mark.parametrize(
    "unknown", [AlgorithmUse(Use.REFERENCE, "whirlpool"),
                AlgorithmUse(Use.SIGNATURE, "md5", Family.DSA, 512)],
)  # fmt: skip
def test_an_algorithm_without_a_uri_is_not_named(unknown: AlgorithmUse) -> None:
    root = concluded(replace(BARE, algorithms=(unknown,), crls=(crl(1),)))
    assert texts(root, "SubIndication")[-1].endswith("CRYPTO_CONSTRAINTS_FAILURE_NO_POE")
    assert root.find(f".//{VR}CryptoInformation") is None


def test_the_blocks_of_the_validation_are_told() -> None:
    root = concluded(replace(BARE, crls=(REVOKED,)))
    constraint = root.find(f".//{VR}ValidationConstraint")
    assert constraint is not None
    assert text_of(constraint, "ConstraintStatus/Status") == f"{ETSI}constraintStatus:applied"
    assert text_of(constraint, "ValidationStatus/MainIndication") is not None
    sub = text_of(constraint, "ValidationStatus/SubIndication")
    assert sub == f"{ETSI}subindication:REVOKED_NO_POE"


def test_the_policy_is_named_with_its_version() -> None:
    (uri,) = set(texts(concluded(BARE), "SignatureValidationServicePolicy"))
    assert uri.startswith("urn:skrytka:validation-policy:")


def test_what_speaks_against_the_file_speaks_against_each_signature() -> None:
    assert texts(concluded(BARE), "MainIndication") == [f"{ETSI}mainindication:total-passed"]
    spoiled = concluded(BARE, BARE, security=(ReasonCode.ASIC_UNCOVERED,))
    assert texts(spoiled, "MainIndication") == [f"{ETSI}mainindication:indeterminate"] * 2
    assert set(texts(spoiled, "SubIndication")) == {f"{ETSI}subindication:SIG_CONSTRAINTS_FAILURE"}
    told = set(texts(spoiled, "Type"))
    assert "urn:skrytka:signature:reason:ASIC-UNCOVERED" in told


def test_one_failed_signature_spoils_no_other() -> None:
    failed = replace(BARE, intact=False, security=(ReasonCode.REF_DIGEST,))
    root = concluded(BARE, failed)
    assert texts(root, "MainIndication") == [
        f"{ETSI}mainindication:total-passed",
        f"{ETSI}mainindication:total-failed",
    ]


def test_a_file_without_signatures_says_why() -> None:
    root = concluded()
    assert texts(root, "MainIndication") == [f"{ETSI}mainindication:indeterminate"]
    assert texts(root, "SubIndication") == [f"{ETSI}subindication:GENERIC"]
    assert texts(root, "Type") == ["urn:skrytka:signature:reason:NO-SIGNATURE"]
    assert texts(root, "Value") == [TEXTS[ReasonCode.NO_SIGNATURE]]


def test_objects_are_told_once_by_their_digests() -> None:
    held = replace(BARE, pool=(PERSON, TSA, TSA), crls=(REVOKED, REVOKED), ocsps=(b"answer",))
    root = concluded(held, held)
    names = ids(root)
    assert len(names) == len(set(names))
    kinds = {each.rpartition(":")[2] for each in texts(root, "ObjectType")}
    assert kinds == {"certificate", "CRL", "OCSPResponse", "signedData"}


def test_of_many_objects_the_first_are_told() -> None:
    many = tuple(bytes((number,)) for number in range(200))
    root = concluded(replace(BARE, ocsps=many))
    kinds = texts(root, "ObjectType")
    assert kinds.count(f"{ETSI}validationObject:OCSPResponse") == 64


def test_the_qualification_is_a_uri() -> None:
    root = concluded(BARE)
    (told,) = texts(root, "SignatureQualityInformation")
    assert told == "urn:skrytka:signature:qualification:N%2FA"


def test_the_validator_is_named() -> None:
    root = concluded(BARE)
    validator = root.find(f"{VR}SignatureValidator")
    assert validator is not None
    assert list(validator.itertext()) == ["test"]
