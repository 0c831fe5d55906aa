"""What the JDK is asked: XML signatures, inside containers too, and the files beside them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

SIGNATURES = "META-INF/"


def jdk_lines(path: Path, data: bytes, detached: Mapping[str, bytes], folder: Path) -> list[str]:
    """This will lay out what a file holds and write a line for each XML file with signatures.

    A line is the path, then name and path of each file beside it, parted by tabulators. Of what is
    neither XML nor a readable container there are no lines.
    """
    if not data.startswith(b"PK"):
        return [_line(path, detached, folder)]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, RuntimeError, OSError, NotImplementedError):
        return []
    signed = [name for name in entries if _is_signature(name)]
    lines = []
    for place, name in enumerate(signed):
        inside = folder / f"signature-{place}.xml"
        inside.parent.mkdir(parents=True, exist_ok=True)
        inside.write_bytes(entries[name])
        lines.append(_line(inside, entries, folder / str(place)))
    return lines


def _is_signature(name: str) -> bool:
    """ASiC and OpenDocument keep signatures in one folder, by names that end alike."""
    return name.startswith(SIGNATURES) and "signature" in name.lower() and name.endswith(".xml")


def _line(path: Path, beside: Mapping[str, bytes], folder: Path) -> str:
    parts = [str(path.resolve())]
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, content) in enumerate(beside.items()):
        file = folder / f"{number}"
        file.write_bytes(content)
        parts += [name, str(file)]
    return "\t".join(parts)
