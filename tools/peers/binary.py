"""Peers for CMS (openssl), PDF (pyHanko) and containers (libdigidocpp)."""

import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

from tools.peers.answer import Answer

OTHER_DIGEST = "CMS_SignerInfo_verify_content:verification failure"


def by_openssl(der: bytes, content: bytes | None) -> Answer:
    """This will ask `openssl cms -verify`; the certificate chain is not its matter here."""
    with tempfile.TemporaryDirectory() as folder:
        signed = Path(folder) / "signed.der"
        signed.write_bytes(der)
        command = ["openssl", "cms", "-verify", "-noverify", "-binary", "-inform", "DER"]
        command += ["-in", str(signed), "-out", "/dev/null"]
        if content is not None:
            beside = Path(folder) / "content"
            beside.write_bytes(content)
            command += ["-content", str(beside)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return Answer(not done.returncode, " ".join(done.stderr.split()))


def by_pyhanko(data: bytes) -> Answer:
    """Intact and its value valid, for each signature in the file; coverage is not asked."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(data), strict=False)
    found = reader.embedded_regular_signatures
    for one in found:
        one.compute_integrity_info(skip_diff=True)
        intact, valid = _integrity(one)
        if not (intact and valid):
            return Answer(False, "a digest or value does not hold")
    return Answer(bool(found), "no signature")


def _integrity(one: object) -> tuple[bool, bool]:
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    return validate_sig_integrity(
        one.signer_info,
        cert=one.signer_cert,
        expected_content_type="data",
        actual_digest=one.compute_digest(),
    )


def by_openssl_inside(data: bytes) -> Answer:
    """Each CMS signature of a container over some entry; digests of a manifest are not asked."""
    signatures, others = _sorted_out(data)
    if not signatures:
        return Answer(False, "no signature")
    answers = [_over_any(body, others) for body in signatures]
    return next((one for one in answers if not one.accepts), Answer(accepts=True))


def has_no_content_for_openssl(data: bytes) -> bool:
    """Whether a signature in a container has a digest that no entry has, each being tried."""
    signatures, others = _sorted_out(data)
    return any(
        all(OTHER_DIGEST in by_openssl(body, entry).why for entry in others) for body in signatures
    )


def _sorted_out(data: bytes) -> tuple[list[bytes], list[bytes]]:
    """The signatures of a container, and the other entries."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    signed = {name for name in entries if name.lower().endswith(".p7s")}
    others = [body for name, body in entries.items() if name not in signed]
    return [entries[name] for name in signed], others


def _over_any(signature: bytes, entries: list[bytes]) -> Answer:
    said = [by_openssl(signature, entry) for entry in entries]
    return next((one for one in said if one.accepts), said[0])
