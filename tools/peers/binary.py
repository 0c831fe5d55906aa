"""Peers for CMS (openssl), PDF (pyHanko) and containers (libdigidocpp)."""

import subprocess
import tempfile
from pathlib import Path


def by_openssl(der: bytes, content: bytes | None) -> bool:
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
        return not subprocess.run(command, capture_output=True, check=False).returncode


def by_pyhanko(data: bytes) -> bool:
    """Intact and its value valid, for each signature in the file; coverage is not asked."""
    import io

    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(data), strict=False)
    found = reader.embedded_regular_signatures
    for one in found:
        one.compute_integrity_info(skip_diff=True)
        intact, valid = _integrity(one)
        if not (intact and valid):
            return False
    return bool(found)


def _integrity(one: object) -> tuple[bool, bool]:
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    return validate_sig_integrity(
        one.signer_info,
        cert=one.signer_cert,
        expected_content_type="data",
        actual_digest=one.compute_digest(),
    )


def by_openssl_inside(data: bytes) -> bool:
    """Each CMS signature of a container over some entry; digests of a manifest are not asked."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    signed = {name: body for name, body in entries.items() if name.lower().endswith(".p7s")}
    others = [body for name, body in entries.items() if name not in signed]
    return bool(signed) and all(
        any(by_openssl(body, other) for other in others) for body in signed.values()
    )
