"""Where the operator allows it, the lists of the signer's authority are fetched first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from skrytka.accounts.models import Institution, User
from skrytka.core.signatures.sealing import SealShape, SealTemplate
from skrytka.core.signatures.signing import MemoryKey
from skrytka.evidence.queries import KeptJudgement, judgements_of
from skrytka.gateways.installed import install, installed
from skrytka.gateways.revocation_source import HttpRevocationSource
from skrytka.letters.models import Letter
from skrytka.letters.operations.judging import judge_files, judging_key
from tests.desk.world import signed_letter
from tests.letters.test_files_are_judged import attach
from tests.world.deliveries import trust_the_issuer_of_cards
from tests.world.evidence import DOCUMENT
from tests.world.letters import LATER
from tests.world.pki import Terms, certificate_of, make_pki, natural_person, signer
from tests.world.published import Publisher, answer, crl, publishing

pytestmark = pytest.mark.django_db
JAN = natural_person("Jan", "Lis", "44051401359")


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    """Lists may be fetched, from this machine too, and the test authority is trusted."""
    before = installed()
    source = HttpRevocationSource(tmp_path / "revocation", may_ask=lambda _host: True)
    trust_the_issuer_of_cards()
    install(replace(installed(), revocation=source))
    with publishing() as running:
        yield running
    install(before)


@pytest.fixture
def letter(anna: User, daria: User, cuw: Institution) -> Letter:
    return signed_letter(anna, daria, cuw)


def jan(publisher: Publisher) -> MemoryKey:
    address = x509.UniformResourceIdentifier(f"{publisher.address}/root.crl")
    points = x509.CRLDistributionPoints([x509.DistributionPoint([address], None, None, None)])
    return signer(JAN, make_pki().root, Terms(extensions=((points, False),)))


def judged(letter: Letter, key: MemoryKey) -> KeptJudgement:
    """What is said of a file that Jan signed a moment before the letter was sent."""
    template = SealTemplate(key, letter.submitted_at, SealShape.LETTER)
    signed = template.seal(DOCUMENT, signing_time=letter.submitted_at, references=(), role=None)
    file = attach(letter, "oświadczenie.xml", signed)
    judge_files(letter.id, judging_key(letter.id), "", at=LATER)
    return judgements_of(letter.id)[file.position]


def codes(said: KeptJudgement) -> list[str]:
    reasons = said.report["reasons"]
    assert isinstance(reasons, list)
    return [str(each["code"]) for each in reasons if isinstance(each, dict)]


def test_a_certificate_that_no_list_names_is_known_to_be_good(
    letter: Letter, publisher: Publisher
) -> None:
    key = jan(publisher)
    published = crl(make_pki().root, letter.submitted_at)
    publisher.lists["/root.crl"] = published
    said = judged(letter, key)
    assert (said.report["indication"], codes(said)) == ("TOTAL_PASSED", [])
    assert publisher.asked == ["/root.crl"]


def test_a_certificate_that_was_revoked_before_is_told(
    letter: Letter, publisher: Publisher
) -> None:
    key = jan(publisher)
    serial = certificate_of(key).serial_number
    publisher.lists["/root.crl"] = crl(make_pki().root, letter.submitted_at, serial)
    said = judged(letter, key)
    assert said.report["indication"] != "TOTAL_PASSED"
    assert any(code.startswith("REVOKED") for code in codes(said))


def test_the_report_names_the_list_that_it_rests_on(letter: Letter, publisher: Publisher) -> None:
    key = jan(publisher)
    published = crl(make_pki().root, letter.submitted_at)
    publisher.lists["/root.crl"] = published
    trust = judged(letter, key).report["trust"]
    assert isinstance(trust, dict)
    assert trust["crls"] == [sha256(published).hexdigest()]
    kept = installed().revocation
    assert isinstance(kept, HttpRevocationSource)
    assert (kept.folder / f"{sha256(published).hexdigest()}.der").read_bytes() == published


def test_without_a_list_the_verdict_is_what_it_was(letter: Letter, publisher: Publisher) -> None:
    said = judged(letter, jan(publisher))
    assert (said.report["indication"], codes(said)) == ("TOTAL_PASSED", ["REVOCATION-UNKNOWN"])
    assert publisher.asked == ["/root.crl"]


def test_a_list_that_had_run_out_by_then_says_nothing_of_that_time(
    letter: Letter, publisher: Publisher
) -> None:
    publisher.lists["/root.crl"] = crl(make_pki().root, letter.submitted_at - timedelta(days=2))
    said = judged(letter, jan(publisher))
    assert (said.report["indication"], codes(said)) == ("TOTAL_PASSED", ["REVOCATION-UNKNOWN"])


def test_a_certificate_that_was_revoked_afterwards_was_good_then(
    letter: Letter, publisher: Publisher
) -> None:
    key = jan(publisher)
    serial = certificate_of(key).serial_number
    later = letter.submitted_at + timedelta(days=2)
    publisher.lists["/root.crl"] = crl(make_pki().root, later, serial)
    said = judged(letter, key)
    assert (said.report["indication"], codes(said)) == ("TOTAL_PASSED", [])


def test_a_list_that_its_authority_did_not_sign_proves_nothing(
    letter: Letter, publisher: Publisher
) -> None:
    key = jan(publisher)
    other = replace(make_pki().root, key=make_pki().person.private_key)
    publisher.lists["/root.crl"] = crl(other, letter.submitted_at)
    said = judged(letter, key)
    assert (said.report["indication"], codes(said)) == ("INDETERMINATE", ["REVOCATION-UNUSABLE"])


def test_a_signer_whose_authority_is_not_known_leads_nowhere(
    letter: Letter, publisher: Publisher
) -> None:
    stranger = replace(make_pki().root, certificate=certificate_of(make_pki().seal))
    address = x509.UniformResourceIdentifier(f"{publisher.address}/root.crl")
    points = x509.CRLDistributionPoints([x509.DistributionPoint([address], None, None, None)])
    judged(letter, signer(JAN, stranger, Terms(extensions=((points, False),))))
    assert publisher.asked == []


@pytest.mark.parametrize(
    ("revoked", "codes_told"), [(False, []), (True, ["REVOKED"])], ids=["good", "revoked"]
)
def test_a_responder_is_asked_about_the_signer(
    letter: Letter, publisher: Publisher, *, revoked: bool, codes_told: list[str]
) -> None:
    way = x509.AccessDescription(
        AuthorityInformationAccessOID.OCSP,
        x509.UniformResourceIdentifier(f"{publisher.address}/ocsp"),
    )
    ways = x509.AuthorityInformationAccess([way])
    key = signer(JAN, make_pki().root, Terms(extensions=((ways, False),)))
    root, about, at = make_pki().root, certificate_of(key), letter.submitted_at
    publisher.answer = lambda _request: answer(root, about, at, revoked=revoked)
    said = judged(letter, key)
    assert [code.partition("-")[0] for code in codes(said)] == codes_told
    assert publisher.asked == ["/ocsp application/ocsp-request"]
    trust = said.report["trust"]
    assert isinstance(trust, dict)
    assert isinstance(trust["ocsps"], list)
    assert len(trust["ocsps"]) == 1
