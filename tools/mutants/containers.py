"""Containers: what their signatures say is spoiled, and the archive around it is bent."""

import io
import random
import zipfile
from collections.abc import Iterator

from tools.mutants.cms import cms_mutants
from tools.mutants.spoiling import Mutant, Signer, spoiled
from tools.mutants.xml import xml_mutants

Entries = list[tuple[str, bytes]]


def container_mutants(
    data: bytes, signer: Signer, uncovered: tuple[str, ...], chance: random.Random
) -> Iterator[Mutant]:
    """This will spoil each entry of a container that is covered, and bend its archive.

    The name of the one payload of an ASiC-S container with CAdES is not signed, so it is kept.
    """
    yield Mutant("container bytes before", b"forged" + data)
    yield Mutant("container bytes behind", data + b"forged")
    try:
        entries = entries_of(data)
    except zipfile.BadZipFile:
        return
    alone = "META-INF/signature.p7s" in {name for name, _body in entries}
    for number, (name, body) in enumerate(entries):
        if name.endswith("/") or name == "mimetype" or name in uncovered:
            continue
        for kind, changed in _entry(name, body, signer, chance):
            spoilt = [*entries[:number], (name, changed), *entries[number + 1 :]]
            yield Mutant(f"container {kind}", packed(spoilt))
        if not name.startswith("META-INF/"):
            others = [*entries[:number], *entries[number + 1 :]]
            yield Mutant("container entry removed", packed(others))
            yield Mutant("container entry doubled", packed([*entries, (name, b"forged")]))
            if not alone:
                renamed = [*others, (f"x-{name}", body)]
                yield Mutant("container entry renamed", packed(renamed))
    yield Mutant("container entry added", packed([*entries, ("forged.txt", b"inna")]))


def entries_of(data: bytes) -> Entries:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def packed(entries: Entries) -> bytes:
    """This will write entries as they stand, all of them stored."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, body in entries:
            archive.writestr(zipfile.ZipInfo(name), body)
    return written.getvalue()


def _entry(
    name: str, body: bytes, signer: Signer, chance: random.Random
) -> Iterator[tuple[str, bytes]]:
    lower = name.lower()
    if not lower.startswith("meta-inf/"):
        if body:
            yield "content", spoiled(body, 0, len(body), chance)
        return
    if "signature" in lower and lower.endswith(".xml"):
        for mutant in xml_mutants(body, {}, signer, chance):
            yield mutant.kind, mutant.data
    elif "signature" in lower and lower.endswith(".p7s"):
        for mutant in cms_mutants(body, {}, signer, chance):
            yield mutant.kind, mutant.data
    elif lower.startswith("meta-inf/asicmanifest"):
        yield "manifest", spoiled(body, len(body) // 2, len(body), chance)
