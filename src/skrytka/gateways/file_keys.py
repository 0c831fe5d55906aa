"""Seal keys in files; in a fresh installation a development PKI, plainly marked as such."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FileSealKeys:
    path: Path
