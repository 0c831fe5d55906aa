"""The root keys of the blob store: files of SKRYTKA_KEYS, made at the first run, mode 600.

A root key wraps the keys of the scopes and nothing else. Its name is its number and the first
digits of its fingerprint, so that a copy typed in from paper is known to be right. Several may
stand there: the newest one wraps, every one opens.
"""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from skrytka.gateways.blob_frames import KEY_BITS, ScopeKey
from skrytka.gateways.blobs import BlobKeysUnusableError

PREFIX, SUFFIX = "blob-root-", ".key"
RETIRED = "retired-"
NAME = re.compile(r"(\d+)-([0-9a-f]{8})")
EXPLANATION = (
    "# Klucz główny magazynu plików. Bez niego nikt nie odczyta żadnego pisma ani załącznika.\n"
    "# Trzymaj jego kopię poza tym serwerem, osobno od kopii plików.\n"
)


@dataclass(frozen=True)
class RootKeys:
    """The root keys in a folder."""

    folder: Path

    def all(self) -> tuple[ScopeKey, ...]:
        """This will read every root key, the newest last. Raises BlobKeysUnusableError."""
        found = [_read(path) for path in self.folder.glob(f"{PREFIX}*{SUFFIX}")]
        return tuple(sorted(found, key=lambda key: order_of(key.name)))

    def newest(self) -> ScopeKey:
        """This will return the key that wraps. Raises BlobKeysUnusableError."""
        found = self.all()
        if not found:
            raise BlobKeysUnusableError(f"{PREFIX}*{SUFFIX}: missing, put it back from its copy")
        return found[-1]

    def named(self, name: str) -> ScopeKey:
        """This will return one of the keys. Raises BlobKeysUnusableError."""
        for key in self.all():
            if key.name == name:
                return key
        raise BlobKeysUnusableError(f"{PREFIX}{name}{SUFFIX}: missing, put it back from its copy")

    def create(self) -> ScopeKey:
        """This will make a newer root key; two processes at once make two that both serve."""
        secret = AESGCM.generate_key(KEY_BITS)
        newest = self.all()[-1:]
        number = 1 + max((order_of(key.name)[0] for key in newest), default=0)
        key = ScopeKey(f"{number}-{fingerprint(secret)}", secret)
        text = f"{EXPLANATION}{key.name} {secret.hex()}\n"
        write_private(self._path(key.name), text.encode())
        return key

    def retire(self, name: str) -> None:
        """This will put a root key away that nothing here is wrapped under: old backups are."""
        path = self._path(name)
        path.replace(path.with_name(f"{RETIRED}{path.name}"))

    def _path(self, name: str) -> Path:
        return self.folder / f"{PREFIX}{name}{SUFFIX}"


def order_of(name: str) -> tuple[int, str]:
    """This will return what keys are sorted by: the number, then the rest of the name.

    What is no name of a key comes before all keys.
    """
    match = NAME.fullmatch(name)
    return (int(match[1]), match[2]) if match else (0, name)


def fingerprint(secret: bytes) -> str:
    """This will return eight digits that tell two keys apart, and nothing of the keys."""
    return hashlib.sha256(b"skrytka blob key\0" + secret).hexdigest()[:8]


def write_private(path: Path, data: bytes) -> None:
    """This will write a file of mode 600, durable before it has its name."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unnamed = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(unnamed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unnamed.replace(path)


def _read(path: Path) -> ScopeKey:
    try:
        lines = path.read_text().splitlines()
        name, digits = next(line for line in lines if line and not line.startswith("#")).split()
        secret = bytes.fromhex(digits)
    except (OSError, ValueError, StopIteration) as error:
        raise BlobKeysUnusableError(f"{path.name}: {error}") from error
    if len(secret) * 8 != KEY_BITS or name.partition("-")[2] != fingerprint(secret):
        raise BlobKeysUnusableError(f"{path.name}: mistyped or damaged")
    return ScopeKey(name, secret)
