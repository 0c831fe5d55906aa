"""The peer for containers with XML signatures: libdigidocpp, in a process of its own.

It brings a libxml2 of its own and does not bear another one beside it. Run as a program it reads
paths and says of each, a line each, whether structure and values of all its signatures hold; what
is said of trust, of the chain or of time is left aside. It starts slowly, so one process is asked
about all; one that breaks down over a file is followed by another.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

from tools.peers.answer import Answer

ROOT = Path(__file__).resolve().parents[2]
TRUST_WORDS = ("not valid at", "certificate", "issuer", "trust", "ocsp", "signature validation")


def by_digidoc(paths: list[str]) -> list[Answer]:
    """This will ask about many containers."""
    said: list[Answer] = []
    while len(said) < len(paths):
        done = subprocess.run(
            [sys.executable, "-m", "tools.peers.digidoc", *paths[len(said) :]],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        lines = [line.partition(" ") for line in done.stdout.splitlines()]
        said += [Answer(word == "accepted", why) for word, _blank, why in lines]
        if len(said) < len(paths):
            said.append(Answer(False, "the peer broke down"))
    return said


def answer_on(path: str) -> Answer:
    import pydigidoc

    try:
        container = pydigidoc.Container.open(path)  # its signatures die with it
        signatures = list(container.signatures())
    except Exception as fault:  # noqa: BLE001 - the library raises one type for everything
        return Answer(False, " ".join(str(fault).split()))
    causes = [cause for one in signatures for cause in _causes(one)]
    return Answer(bool(signatures) and not causes, " ".join(causes))


def _causes(signature: Any) -> list[str]:
    """What speaks against a signature besides trust."""
    try:
        signature.validate()
    except Exception as fault:  # noqa: BLE001 - the library raises one type for everything
        lines = [line.strip() for line in str(fault).splitlines() if line.strip()]
        return [line for line in lines if not any(word in line.lower() for word in TRUST_WORDS)]
    return []


def main(paths: list[str]) -> None:
    import pydigidoc

    pydigidoc.initialize("peer")
    for path in paths:
        answer = answer_on(path)
        print("accepted" if answer.accepts else f"refused {answer.why}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
