"""The digests of CMS by object identifier, and octets that are digested (RFC 3370, RFC 5754).

What is not listed is refused, never guessed.
"""

import hashlib
from collections.abc import Callable

from skrytka.core.signatures.cms.ber import OID, CannotRead, encode, integer
from skrytka.core.signatures.cms.structure import Algorithm
from skrytka.core.signatures.reasons import ReasonCode

Digester = Callable[[str], bytes | None]

_NIST = "2.16.840.1.101.3.4"

# Read, never written: how old a digest may be is for the checks.
_DIGESTS = {
    "1.2.840.113549.2.5": "md5",
    "1.3.14.3.2.26": "sha1",
    "1.3.36.3.2.1": "ripemd160",
    f"{_NIST}.2.4": "sha224",
    f"{_NIST}.2.1": "sha256",
    f"{_NIST}.2.2": "sha384",
    f"{_NIST}.2.3": "sha512",
    f"{_NIST}.2.5": "sha512_224",
    f"{_NIST}.2.6": "sha512_256",
    f"{_NIST}.2.7": "sha3_224",
    f"{_NIST}.2.8": "sha3_256",
    f"{_NIST}.2.9": "sha3_384",
    f"{_NIST}.2.10": "sha3_512",
    f"{_NIST}.2.12": "shake_256",
}
_SHAKE_256_LENGTH = f"{_NIST}.2.18"
_SHAKE_256_SIZE = 64  # RFC 8419 §2.3
_OIDS = {name: identifier for identifier, name in _DIGESTS.items()}


class Octets:
    """Octets that are digested, once for each algorithm; or only a way to their digests."""

    def __init__(self, source: bytes | Digester | None) -> None:
        self.octets = source if isinstance(source, bytes) else None
        self._digester = source if callable(source) else self._own
        self._known: dict[str, bytes | None] = {}

    def digest(self, name: str) -> bytes | None:
        """This will return the digest by its name in hashlib, None when it cannot be had."""
        if name not in self._known:
            self._known[name] = self._digester(name)
        return self._known[name]

    def _own(self, name: str) -> bytes | None:
        return None if self.octets is None else digest(name, self.octets)


def digest(name: str, *parts: bytes | memoryview) -> bytes:
    """This will digest octets, given in parts, with an algorithm of `digest_name`."""
    wide = name == "shake_256"
    made = hashlib.shake_256() if wide else hashlib.new(name, usedforsecurity=False)
    for part in parts:
        made.update(part)
    return made.digest(*([_SHAKE_256_SIZE] if wide else []))


def digest_name(algorithm: Algorithm) -> str:
    """This will tell a digest's name in hashlib. Raises `CannotRead` with ALG_UNKNOWN."""
    if algorithm.oid == _SHAKE_256_LENGTH and algorithm.parameters is not None:
        if integer(algorithm.parameters) == 8 * _SHAKE_256_SIZE:
            return "shake_256"
    elif algorithm.oid in _DIGESTS:
        return _DIGESTS[algorithm.oid]
    raise CannotRead(ReasonCode.ALG_UNKNOWN)


def encoded_oid(name: str) -> bytes:
    """This will encode the identifier of a digest of `digest_name`."""
    first, second, *rest = map(int, _OIDS[name].split("."))
    content = bytearray((40 * first + second,))
    for arc in rest:
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | arc & 0x7F)
        content += bytes(reversed(groups))
    return encode(OID, bytes(content))
