"""Values made by `cryptography` or OpenSSL with every method of RFC 9231 that is known."""

import base64
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from lxml import etree

from skrytka.core.signatures.algorithms import Family
from skrytka.core.signatures.evidence import AlgorithmUse, SignatureEvidence, Use
from skrytka.core.signatures.reasons import ReasonCode
from tests.core.signatures.crafting import DS, ECDSA, LETTER, Ref, Shape, codes, find, validate
from tests.core.signatures.xades.by_hand import Signer, by_hand, raw
from tests.core.signatures.xades.stamping import only
from tests.world.pki import AT, make_pki, name_of, rsa2048

MORE = "http://www.w3.org/2001/04/xmldsig-more#"
MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#"
MORE_2021 = "http://www.w3.org/2021/04/xmldsig-more#"
AnyKey = (
    rsa.RSAPrivateKey
    | ec.EllipticCurvePrivateKey
    | dsa.DSAPrivateKey
    | ed25519.Ed25519PrivateKey
    | ed448.Ed448PrivateKey
)
HASHES: dict[str, hashes.HashAlgorithm] = {
    "md5": hashes.MD5(),
    "sha1": hashes.SHA1(),
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
    "sha3-256": hashes.SHA3_256(),
    "sha3-512": hashes.SHA3_512(),
}


def _signed(key: AnyKey, method: str, sign: Signer, digest: str = "") -> SignatureEvidence:
    der = _certificate(key)
    text = base64.b64encode(der).decode()
    info = (
        f"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{text}</ds:X509Certificate>"
        "</ds:X509Data></ds:KeyInfo>"
    )
    named = base64.b64encode(sha256(der).digest()).decode()
    references = (Ref(digest=digest),) if digest else (Ref(),)
    shape = Shape(key_info=info, cert_digest=named, references=references)
    written = method if method.startswith("<") else _method(method)
    return only(by_hand(LETTER, shape, sign, method=written))


def _method(uri: str, inside: str = "") -> str:
    return f'<ds:SignatureMethod xmlns:ds="{DS}" Algorithm="{uri}">{inside}</ds:SignatureMethod>'


def _certificate(key: AnyKey) -> bytes:
    root = make_pki().root
    builder = x509.CertificateBuilder().subject_name(name_of({NameOID.COMMON_NAME: "Ewa"}))
    builder = builder.issuer_name(root.certificate.subject).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(AT).not_valid_after(AT.replace(year=2028))
    return builder.sign(root.key, hashes.SHA256()).public_bytes(Encoding.DER)


def _used(signature: SignatureEvidence) -> AlgorithmUse:
    assert (signature.intact, signature.security) == (True, ())
    (used,) = (one for one in signature.algorithms if one.use is Use.SIGNATURE)
    return used


@pytest.mark.parametrize("name", ["md5", "sha224", "sha256", "sha384", "sha512"])
def test_rsa(name: str) -> None:
    key = rsa2048()
    signature = _signed(
        key, f"{MORE}rsa-{name}", lambda data: key.sign(data, padding.PKCS1v15(), HASHES[name])
    )
    assert _used(signature) == AlgorithmUse(Use.SIGNATURE, name, Family.RSA, 2048)


@pytest.mark.parametrize("name", ["sha1", "sha256", "sha3-512"])
def test_rsa_with_a_mask(name: str) -> None:
    key, chosen = rsa2048(), HASHES[name]
    pss = padding.PSS(padding.MGF1(chosen), chosen.digest_size)
    signature = _signed(
        key, f"{MORE_2007}{name}-rsa-MGF1", lambda data: key.sign(data, pss, chosen)
    )
    digest = name.replace("-", "_")
    assert _used(signature) == AlgorithmUse(Use.SIGNATURE, digest, Family.RSA_PSS, 2048)


SHA512 = '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha512"/>'
SHA384 = f'<ds:DigestMethod Algorithm="{MORE}sha384"/>'
MGF1 = f"{MORE_2007}MGF1"


def _pss_method(inside: str | None) -> str:
    if inside is None:
        return _method(f"{MORE_2007}rsa-pss")
    return _method(
        f"{MORE_2007}rsa-pss",
        f'<p:RSAPSSParams xmlns:p="{MORE_2007}">{inside}</p:RSAPSSParams>',
    )


@pytest.mark.parametrize(
    ("inside", "digest", "mask", "salt"),
    [
        (None, "sha256", "sha256", 32),
        ("", "sha256", "sha256", 32),
        (SHA512, "sha512", "sha512", 64),
        (
            (
                f'{SHA512}<p:MaskGenerationFunction Algorithm="{MGF1}">{SHA384}'
                "</p:MaskGenerationFunction><p:SaltLength>20</p:SaltLength>"
                "<p:TrailerField>1</p:TrailerField>"
            ),
            "sha512",
            "sha384",
            20,
        ),
    ],
)
def test_rsa_with_parameters_of_its_own(
    inside: str | None, digest: str, mask: str, salt: int
) -> None:
    key, pss = rsa2048(), padding.PSS(padding.MGF1(HASHES[mask]), salt)
    signature = _signed(key, _pss_method(inside), lambda data: key.sign(data, pss, HASHES[digest]))
    assert _used(signature) == AlgorithmUse(Use.SIGNATURE, digest, Family.RSA_PSS, 2048)


@pytest.mark.parametrize(
    "inside",
    [
        "<p:TrailerField>2</p:TrailerField>",
        '<p:MaskGenerationFunction Algorithm="urn:x"/>',
        '<ds:DigestMethod Algorithm="urn:x"/>',
        '<p:MaskGenerationFunction><ds:DigestMethod Algorithm="urn:x"/></p:MaskGenerationFunction>',
    ],
)
def test_unknown_parameters_are_an_unknown_algorithm(inside: str) -> None:
    signature = _signed(rsa2048(), _pss_method(inside), lambda _: b"x")
    assert signature.security == (ReasonCode.ALG_UNKNOWN,)
    assert not signature.intact


@pytest.mark.parametrize(
    ("salt", "code"), [("-1", ReasonCode.SIG_VALUE), ("x", ReasonCode.SIG_STRUCTURE)]
)
def test_a_salt_of_an_impossible_length_is_refused(salt: str, code: ReasonCode) -> None:
    inside = f"<p:SaltLength>{salt}</p:SaltLength>"
    assert code in _signed(rsa2048(), _pss_method(inside), lambda _: b"x").security


@pytest.mark.parametrize("name", ["sha224", "sha384", "sha3-256"])
def test_ecdsa(name: str) -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    prefix = MORE_2021 if "-" in name else MORE
    signature = _signed(
        key, f"{prefix}ecdsa-{name}", lambda data: raw(key.sign(data, ec.ECDSA(HASHES[name])), 48)
    )
    digest = name.replace("-", "_")
    assert _used(signature) == AlgorithmUse(Use.SIGNATURE, digest, Family.ECDSA, 384)


@pytest.mark.parametrize(
    ("uri", "name"),
    [(f"{DS}dsa-sha1", "sha1"), ("http://www.w3.org/2009/xmldsig11#dsa-sha256", "sha256")],
)
def test_dsa(uri: str, name: str) -> None:
    key = dsa.generate_private_key(1024)
    signature = _signed(key, uri, lambda data: raw(key.sign(data, HASHES[name]), 20))
    assert _used(signature) == AlgorithmUse(Use.SIGNATURE, name, Family.DSA, 1024)
    broken = _signed(key, uri, lambda _: bytes(40))
    assert broken.security == (ReasonCode.SIG_VALUE,)


@pytest.mark.parametrize("name", ["ed25519", "ed448"])
def test_edwards_curves(name: str) -> None:
    keys: dict[str, ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey] = {
        "ed25519": ed25519.Ed25519PrivateKey.generate(),
        "ed448": ed448.Ed448PrivateKey.generate(),
    }
    signature = _signed(keys[name], f"{MORE_2021}eddsa-{name}", keys[name].sign)
    assert _used(signature).family is Family.EDDSA
    other = "ed448" if name == "ed25519" else "ed25519"
    for method in (f"{MORE_2021}eddsa-{other}", ECDSA):
        refused = _signed(keys[name], method, keys[name].sign)
        assert refused.security == (ReasonCode.ALG_MISMATCH,)


@pytest.mark.parametrize("name", ["ripemd160", "sha3-224", "sha3-384", "sha1", "md5"])
def test_digests(name: str) -> None:
    uris = {
        "md5": f"{MORE}md5",
        "sha1": f"{DS}sha1",
        "ripemd160": "http://www.w3.org/2001/04/xmlenc#ripemd160",
    }
    uri = uris.get(name, f"{MORE_2007}{name}")
    signature = only(by_hand(LETTER, Shape(references=(Ref(digest=uri),))))
    assert (signature.intact, signature.security) == (True, ())
    digest = name.replace("-", "_")
    assert AlgorithmUse(Use.REFERENCE, digest) in signature.algorithms


def test_every_use_is_told_once() -> None:
    signature = only(by_hand(LETTER, Shape()))
    assert [one.use for one in signature.algorithms] == [
        Use.SIGNATURE,
        Use.REFERENCE,
        Use.SIGNED_PROPERTIES,
        Use.CERTIFICATE_REFERENCE,
    ]
    assert {one.digest for one in signature.algorithms} == {"sha256"}


def test_without_a_certificate_the_length_of_the_key_is_not_known() -> None:
    root = by_hand(LETTER, Shape(key_info=""))
    assert only(root).algorithms[0] == AlgorithmUse(Use.SIGNATURE, "sha256", Family.ECDSA)


def test_weak_algorithms_are_for_the_checks() -> None:
    root = by_hand(LETTER, Shape(references=(Ref(digest=f"{DS}sha1"),)))
    assert only(root).security == ()
    assert "ALG-WEAK" in codes(validate(etree.tostring(root)))


def test_a_key_of_an_unknown_kind_verifies_nothing() -> None:
    root = by_hand(LETTER, Shape())
    text = find(root, f".//{{{DS}}}X509Certificate")
    der = base64.b64decode(text.text or "")
    curve, unknown = bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a8648ce3d030177")
    text.text = base64.b64encode(der.replace(curve, unknown)).decode()
    signature = only(root)
    assert ReasonCode.SIG_VALUE in signature.security
    assert (signature.intact, signature.algorithms[0].key_bits) == (False, None)
