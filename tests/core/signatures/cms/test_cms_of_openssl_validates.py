"""What OpenSSL signs is intact here, in every form in which it writes it."""

import base64
from pathlib import Path

import pytest

from skrytka.core.signatures.algorithms import Family
from skrytka.core.signatures.cms.examine import examine_cms
from skrytka.core.signatures.evidence import FileEvidence, SignatureEvidence, Use
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.validation import examine
from skrytka.core.signatures.words import Packaging, SignatureFormat, SignatureLevel
from tests.core.signatures.cms.crafting import LETTER, openssl, person, save

KEYS = {
    Family.RSA: ("-newkey", "rsa:2048"),
    Family.ECDSA: ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"),
}


DSA = ("-pkeyopt", "dsa_paramgen_bits:1024")


def make(folder: Path, family: Family = Family.ECDSA) -> None:
    (folder / "letter").write_bytes(LETTER)
    openssl(
        folder,
        *("req", "-x509", "-nodes", "-subj", "/CN=Anna", "-keyout", "person.key"),
        *("-out", "person.pem", *KEYS[family]),
    )


def sign(folder: Path, *options: str) -> bytes:
    openssl(
        folder,
        *("cms", "-sign", "-binary", "-in", "letter", "-signer", "person.pem"),
        *("-inkey", "person.key", "-out", "signed", *options),
    )
    return (folder / "signed").read_bytes()


def only(evidence: FileEvidence) -> SignatureEvidence:
    assert evidence.refusal is None
    (signature,) = evidence.signatures
    return signature


@pytest.mark.parametrize("family", KEYS)
@pytest.mark.parametrize("digest", ["sha256", "sha512"])
def test_every_kind_of_key_is_verified_and_named(
    family: Family, digest: str, tmp_path: Path
) -> None:
    make(tmp_path, family)
    signed = sign(tmp_path, "-nodetach", "-outform", "DER", "-md", digest, "-cades")
    signature = only(examine(signed, {}))
    assert signature.intact
    assert signature.security == ()
    assert signature.format is SignatureFormat.CADES
    assert signature.level is SignatureLevel.CADES_B
    assert signature.certificate_ref_match is True
    (use,) = (use for use in signature.algorithms if use.use is Use.SIGNATURE)
    assert (use.family, use.digest) == (family, digest)
    assert use.key_bits == {Family.RSA: 2048, Family.ECDSA: 384}[family]


def test_content_that_stands_inside_is_returned(tmp_path: Path) -> None:
    make(tmp_path)
    signature = only(examine(sign(tmp_path, "-nodetach", "-outform", "DER"), {}))
    assert signature.content is not None
    assert signature.content.packaging is Packaging.ENVELOPING_BINARY
    assert signature.content.payload == LETTER


def test_detached_content_is_the_file_that_was_handed_in(tmp_path: Path) -> None:
    make(tmp_path)
    signature = only(examine(sign(tmp_path, "-outform", "DER"), {"pismo.txt": LETTER}))
    assert signature.intact
    assert signature.content is not None
    assert signature.content.packaging is Packaging.DETACHED
    assert [cover.name for cover in signature.covers] == ["pismo.txt"]


@pytest.mark.parametrize("options", [(), ("-noattr",)])
def test_of_several_files_the_signed_one_is_found(options: tuple[str, ...], tmp_path: Path) -> None:
    make(tmp_path)
    files = {"inne.txt": b"inne", "pismo.txt": LETTER, "puste.txt": b""}
    signature = only(examine(sign(tmp_path, "-outform", "DER", *options), files))
    assert signature.intact
    assert [cover.name for cover in signature.covers] == ["pismo.txt"]


def test_a_streamed_signature_of_indefinite_length_is_read(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "letter").write_bytes(LETTER * 5000)
    signed = sign(tmp_path, "-nodetach", "-outform", "DER", "-stream")
    assert signed.startswith(b"\x30\x80")
    signature = only(examine(signed, {}))
    assert signature.intact
    assert signature.content is not None
    assert signature.content.payload == LETTER * 5000


def test_a_signature_in_pem_and_in_bare_base64_is_read(tmp_path: Path) -> None:
    make(tmp_path)
    for form in ("PEM", "DER"):
        signed = sign(tmp_path, "-nodetach", "-outform", form)
        text = signed if form == "PEM" else base64.encodebytes(signed)
        assert only(examine(text, {})).intact


def test_plain_pkcs7_without_signed_attributes_is_told_apart_from_cades(tmp_path: Path) -> None:
    make(tmp_path, Family.RSA)
    signature = only(examine(sign(tmp_path, "-nodetach", "-outform", "DER", "-noattr"), {}))
    assert signature.intact
    assert signature.format is SignatureFormat.PKCS7
    assert signature.level is SignatureLevel.CMS_NOT_ETSI
    assert signature.security == (ReasonCode.NOT_CADES,)


def test_the_signer_may_be_named_by_the_key_identifier(tmp_path: Path) -> None:
    make(tmp_path)
    assert only(examine(sign(tmp_path, "-nodetach", "-outform", "DER", "-keyid"), {})).intact


@pytest.mark.parametrize("salt", ["digest", "7"])
def test_the_salt_and_digests_of_pss_are_read_from_the_signature(salt: str, tmp_path: Path) -> None:
    make(tmp_path, Family.RSA)
    options = ("rsa_padding_mode:pss", f"rsa_pss_saltlen:{salt}", "rsa_mgf1_md:sha384")
    chosen = (each for option in options for each in ("-keyopt", option))
    signature = only(examine(sign(tmp_path, "-nodetach", "-outform", "DER", *chosen), {}))
    assert signature.intact
    assert Family.RSA_PSS in {use.family for use in signature.algorithms}


def test_pss_with_the_defaults_of_its_parameters_is_read(tmp_path: Path) -> None:
    make(tmp_path, Family.RSA)
    chosen = ("-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:20", "-md", "sha1")
    assert only(examine(sign(tmp_path, "-nodetach", "-outform", "DER", *chosen), {})).intact


@pytest.mark.parametrize("digest", ["md5", "sha1", "ripemd160", "sha3-256"])
def test_old_and_new_digests_with_rsa_are_read_by_name(digest: str, tmp_path: Path) -> None:
    make(tmp_path, Family.RSA)
    signature = only(
        examine(sign(tmp_path, "-nodetach", "-outform", "DER", "-md", digest, "-noattr"), {})
    )
    assert signature.intact
    assert digest.replace("-", "_") in {use.digest for use in signature.algorithms}


def test_a_dsa_signature_is_verified(tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(LETTER)
    openssl(tmp_path, "genpkey", "-genparam", "-algorithm", "DSA", *DSA, "-out", "p")
    openssl(tmp_path, "genpkey", "-paramfile", "p", "-out", "person.key")
    openssl(tmp_path, "req", "-x509", "-key", "person.key", "-subj", "/CN=A", "-out", "person.pem")
    signature = only(examine(sign(tmp_path, "-nodetach", "-outform", "DER"), {}))
    assert signature.intact
    assert Family.DSA in {use.family for use in signature.algorithms}


def test_two_signers_side_by_side_give_two_signatures(tmp_path: Path) -> None:
    make(tmp_path)
    sign(tmp_path, "-nodetach", "-outform", "DER")
    save(person(), tmp_path, "second")
    openssl(
        tmp_path,
        *("cms", "-resign", "-inform", "DER", "-in", "signed", "-signer", "second.pem"),
        *("-inkey", "second.key", "-outform", "DER", "-out", "both", "-nodetach"),
    )
    evidence = examine_cms((tmp_path / "both").read_bytes(), {})
    assert [signature.intact for signature in evidence.signatures] == [True, True]
    assert len({signature.certificate for signature in evidence.signatures}) == 2


def test_a_signature_without_its_certificate_has_no_signer(tmp_path: Path) -> None:
    make(tmp_path)
    signature = only(examine(sign(tmp_path, "-nodetach", "-outform", "DER", "-nocerts"), {}))
    assert not signature.intact
    assert ReasonCode.KEY_MISSING in signature.security


def test_a_file_of_certificates_alone_has_no_signature(tmp_path: Path) -> None:
    make(tmp_path)
    openssl(
        tmp_path,
        *("crl2pkcs7", "-nocrl", "-certfile", "person.pem", "-outform", "DER", "-out", "certs"),
    )
    assert examine((tmp_path / "certs").read_bytes(), {}).refusal is ReasonCode.NO_SIGNATURE
