"""Containers made by other programs: libxmlsec, openssl and Python's zipfile."""

import base64
import contextlib
import hashlib
import io
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

from skrytka.core.signatures.signing import MemoryKey
from tests.core.signatures import crafting
from tests.core.signatures.crafting import Ref, Shape
from tests.world.pki import Terms, certificate_of, make_pki, organisation, rsa2048, signer

ASIC_E = "application/vnd.etsi.asic-e+zip"
ASIC_S = "application/vnd.etsi.asic-s+zip"
ODF = "application/vnd.oasis.opendocument.text"
ASIC_NS = "http://uri.etsi.org/02918/v1.2.1#"
ODF_NS = "urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0"
WRAPPED = f'<asic:XAdESSignatures xmlns:asic="{ASIC_NS}">{{signature}}</asic:XAdESSignatures>'
LETTER = {"pismo.txt": b"Prosze o zgode."}
TWO = {"pismo.txt": b"Prosze o zgode.", "mapa.bin": bytes(range(256))}


def xml_signature(
    files: Mapping[str, bytes],
    *,
    transforms: str = "",
    document: str = WRAPPED,
    shape: Shape | None = None,
) -> bytes:
    """This will have libxmlsec sign files that lie on a disc under their names."""
    references = tuple(Ref(quote(name), transforms) for name in files)
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name, data in files.items():
            for path in (Path(name), Path(quote(name))):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        return crafting.sign(document, shape or Shape(references=references))


def cms_signature(data: bytes, *, encapsulated: bool = False) -> bytes:
    """This will have openssl sign bytes as CAdES."""
    key = make_pki().person
    command = ["openssl", "cms", "-sign", "-binary", "-cades", "-md", "sha256", "-outform", "DER"]
    command += ["-signer", "cert.pem", "-inkey", "key.pem", *["-nodetach"] * encapsulated]
    with tempfile.TemporaryDirectory() as folder:
        lay_out(key, Path(folder))
        return subprocess.run(
            command, input=data, capture_output=True, cwd=folder, check=True
        ).stdout


def token(data: bytes) -> bytes:
    """This will have openssl issue an RFC 3161 token over bytes."""
    query = ["openssl", "ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query"]
    reply = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-token_out"]
    with tempfile.TemporaryDirectory() as folder:
        lay_out(_stamper(), Path(folder))
        (Path(folder) / "data").write_bytes(data)
        (Path(folder) / "tsa.cnf").write_text(_TSA)
        (Path(folder) / "serial").write_text("01")
        subprocess.run(query, cwd=folder, capture_output=True, check=True)
        subprocess.run([*reply, "-out", "token"], cwd=folder, capture_output=True, check=True)
        return (Path(folder) / "token").read_bytes()


_TSA = """
[tsa]
default_tsa = one
[one]
serial = serial
signer_cert = cert.pem
signer_key = key.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
"""


@cache
def _stamper() -> MemoryKey:
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    terms = Terms(extensions=((purpose, True),))
    return signer(organisation("Znakowanie czasem"), make_pki().root, terms, rsa2048())


def lay_out(key: MemoryKey, folder: Path) -> None:
    """This will put a key and its certificate where openssl finds them."""
    pem = key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(pem)
    (folder / "cert.pem").write_bytes(certificate_of(key).public_bytes(Encoding.PEM))


def manifest(proof: str, files: Mapping[str, bytes], algorithm: str = crafting.SHA256) -> bytes:
    lines = "".join(
        f'<asic:DataObjectReference URI="{quote(name)}"><ds:DigestMethod Algorithm="{algorithm}"/>'
        f"<ds:DigestValue>{base64.b64encode(hashlib.sha256(data).digest()).decode()}"
        "</ds:DigestValue></asic:DataObjectReference>"
        for name, data in files.items()
    )
    return (
        f'<asic:ASiCManifest xmlns:asic="{ASIC_NS}" xmlns:ds="{crafting.DS}">'
        f'<asic:SigReference URI="{proof}"/>{lines}</asic:ASiCManifest>'
    ).encode()


def pack(files: Mapping[str, bytes], mimetype: str | None = ASIC_E) -> bytes:
    """This will zip files, mimetype first and stored."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype is not None:
            archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def signed(
    files: Mapping[str, bytes] = LETTER, mimetype: str | None = ASIC_E, **others: bytes
) -> bytes:
    """This will make a container whose one XAdES signature covers all of ``files``."""
    proof = {"META-INF/signatures.xml": xml_signature(files)}
    return pack({**files, **others, **proof}, mimetype)


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(data: bytes, **changes: bytes) -> bytes:
    """This will put other bytes into an honest container; dots in names are double underscores."""
    files = unpacked(data)
    mimetype = files.pop("mimetype").decode()
    return pack(
        {**files, **{name.replace("__", "."): new for name, new in changes.items()}}, mimetype
    )
