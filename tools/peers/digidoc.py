"""The peer for containers with XML signatures: libdigidocpp, in a process of its own.

It brings a libxml2 of its own and does not bear another one beside it. Run as a program it reads
paths and says of each whether structure and values of all its signatures hold; what is said of
trust, of the chain or of time is left aside.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TRUST_WORDS = ("not valid at", "certificate", "issuer", "trust", "ocsp", "signature validation")


def by_digidoc(path: str) -> bool:
    """This will ask a fresh process about one container."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.peers.digidoc", path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip().endswith("accepted")


def accepts(path: str) -> bool:
    import pydigidoc

    pydigidoc.initialize("peer")
    signatures = list(pydigidoc.Container.open(path).signatures())
    return bool(signatures) and all(_holds(signature) for signature in signatures)


def _holds(signature: object) -> bool:
    try:
        signature.validate()  # type: ignore[attr-defined]
    except Exception as fault:  # noqa: BLE001 - the library raises one type for everything
        causes = [line for line in str(fault).splitlines() if line.strip()]
        return all(any(word in line.lower() for word in TRUST_WORDS) for line in causes)
    return True


if __name__ == "__main__":
    print("accepted" if accepts(sys.argv[1]) else "refused")
