"""The keys of the scopes: random, numbered, wrapped under the root key, kept beside the blobs.

Wrapped they may lie with the blobs: a copy of the store holds what is needed to read it, the root
key alone apart, and several machines over one store see the same keys. A second copy of each lies
in SKRYTKA_KEYS/blob-keys; whichever of the two is there serves, and the other is written again.

Every key has a name of its own, so two processes that make the first key of a scope at once make
two that both serve: the newest one is used from then on, every one opens. A key goes only when
nothing is wrapped under it (`sealed_store.drop_keys`).
"""

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from skrytka.gateways.blob_frames import KEY_BITS, ScopeKey
from skrytka.gateways.blobs import BlobDamagedError, BlobKeysUnusableError
from skrytka.gateways.raw_store import RawStore
from skrytka.gateways.root_keys import NAME, RootKeys, fingerprint, order_of, write_private

MAGIC = b"SkrBKey\x01"
COPIES = "blob-keys"
KEYS = "keys"
_BODY = struct.Struct(">8s24s12s48s")
# So long a process goes on with the key that was the newest: far shorter than keys are kept.
SECONDS_UNTIL_ASKED_AGAIN = 60.0


@dataclass(frozen=True)
class KeyFile:
    """A wrapped key as it lies in the store: whose it is, under which root, since when."""

    scope: str
    name: str
    root_name: str
    since: datetime


@dataclass
class ScopeKeys:
    """The keys of all scopes of one store, unwrapped once and kept by this process."""

    raw: RawStore
    roots: RootKeys
    _known: dict[tuple[str, str], ScopeKey] = field(default_factory=dict, repr=False)
    _newest: dict[str, tuple[ScopeKey, float]] = field(default_factory=dict, repr=False)

    def newest(self, scope: str) -> ScopeKey:
        """This will return the key that new blobs of a scope are wrapped under.

        The first one is made here. Raises BlobKeysUnusableError.
        """
        key, asked_at = self._newest.get(scope, (None, 0.0))
        if key is None or monotonic() - asked_at > SECONDS_UNTIL_ASKED_AGAIN:
            key = self._newest_stored(scope) or self.create(scope)
            self._newest[scope] = (key, monotonic())
        return key

    def named(self, scope: str, name: str) -> ScopeKey:
        """This will return the key of that name.

        Raises BlobDamagedError when there is none, BlobKeysUnusableError when it does not open.
        """
        if (scope, name) not in self._known:
            if not NAME.fullmatch(name):
                raise BlobDamagedError("no name of a key")
            self._known[scope, name] = self._read(scope, name)
        return self._known[scope, name]

    def create(self, scope: str) -> ScopeKey:
        """This will make a newer key of a scope, durably. Raises BlobKeysUnusableError."""
        secret = AESGCM.generate_key(KEY_BITS)
        number = 1 + max((order_of(name)[0] for name in self.names(scope)), default=0)
        key = ScopeKey(f"{number}-{fingerprint(secret)}", secret)
        self._write(scope, key, self.roots.newest())
        self._known[scope, key.name] = key
        self._newest.pop(scope, None)
        return key

    def names(self, scope: str) -> tuple[str, ...]:
        """This will name the keys of a scope, the newest last: by the copies if all are lost."""
        stored = [one.name for some in self.raw.listed(f"{KEYS}/{scope}") for one in some]
        copies = [path.name for path in self._copy(scope, "").glob("[0-9]*")]
        return tuple(sorted(stored or copies, key=order_of))

    def scopes(self) -> tuple[str, ...]:
        """This will name the scopes that have a key: those that may have blobs."""
        stored = {_scope_of(one.key) for some in self.raw.listed(KEYS) for one in some}
        copies = {path.name for path in (self.roots.folder / COPIES).glob("*")}
        return tuple(sorted(stored | copies))

    def files(self) -> Iterator[KeyFile]:
        """This will yield every key in the store as it lies there."""
        for some in self.raw.listed(KEYS):
            for one in some:
                body = b"".join(self.raw.open(one.key).chunks)
                yield KeyFile(_scope_of(one.key), one.name, _root_name(body), one.since)

    def wrap_again(self, scope: str, name: str) -> None:
        """This will wrap a key under the newest root key. Raises BlobKeysUnusableError."""
        self._write(scope, self._read(scope, name), self.roots.newest())

    def drop(self, scope: str, name: str) -> None:
        """This will remove a key for good: whoever calls has seen that nothing is under it."""
        self.raw.delete(_key_of(scope, name))
        self._copy(scope, name).unlink(missing_ok=True)
        self._known.pop((scope, name), None)
        self._newest.pop(scope, None)

    def _newest_stored(self, scope: str) -> ScopeKey | None:
        names = self.names(scope)
        return self.named(scope, names[-1]) if names else None

    def _read(self, scope: str, name: str) -> ScopeKey:
        """From the store, else from the copy; what is missing or damaged is written again.

        A key whose root is not here is left as it lies: another machine may have just renewed it.
        """
        stored, copy = self._stored(scope, name), self._copied(scope, name)
        if stored is None and copy is None:
            raise BlobDamagedError(f"no key {name} of {scope}")
        try:
            key = _opened(scope, name, stored, self.roots)
        except _KeyGoneError:
            key = _opened(scope, name, copy, self.roots)
            self._write(scope, key, self.roots.newest())
        except BlobKeysUnusableError:
            if copy is None or copy == stored:
                raise
            key = _opened(scope, name, copy, self.roots)
        else:
            self._keep_copy(scope, name, stored, copy)
        return key

    def _keep_copy(self, scope: str, name: str, stored: bytes | None, copy: bytes | None) -> None:
        if stored is not None and copy != stored:
            self._write_copy(scope, name, stored)

    def _stored(self, scope: str, name: str) -> bytes | None:
        try:
            return b"".join(self.raw.open(_key_of(scope, name)).chunks)
        except FileNotFoundError:
            return None

    def _copied(self, scope: str, name: str) -> bytes | None:
        try:
            return self._copy(scope, name).read_bytes()
        except OSError:
            return None

    def _copy(self, scope: str, name: str) -> Path:
        return self.roots.folder / COPIES / scope / name

    def _write(self, scope: str, key: ScopeKey, root: ScopeKey) -> None:
        head, nonce = MAGIC + root.name.encode().ljust(24, b"\0"), os.urandom(12)
        wrapped = AESGCM(root.secret).encrypt(nonce, key.secret, head + _bound(scope, key.name))
        body = head + nonce + wrapped
        with self.raw.incoming() as file:
            file.write(body)
            self.raw.replace(file, _key_of(scope, key.name))
        self._write_copy(scope, key.name, body)

    def _write_copy(self, scope: str, name: str, body: bytes) -> None:
        """Only a second copy: a folder of keys that cannot be written to stops nobody."""
        with suppress(OSError):
            write_private(self._copy(scope, name), body)


class _KeyGoneError(BlobKeysUnusableError):
    """It is not there, or damaged."""


def _opened(scope: str, name: str, body: bytes | None, roots: RootKeys) -> ScopeKey:
    root_name = _root_name(body or b"")
    if body is None or not root_name:
        raise _KeyGoneError(f"key {name} of {scope} is missing or damaged")
    root = roots.named(root_name)
    _magic, _name, nonce, wrapped = _BODY.unpack(body)
    try:
        head = body[: len(MAGIC) + 24]
        secret = AESGCM(root.secret).decrypt(nonce, wrapped, head + _bound(scope, name))
    except InvalidTag as error:
        raise _KeyGoneError(f"key {name} of {scope} is damaged") from error
    return ScopeKey(name, secret)


def _root_name(body: bytes) -> str:
    """Under which root a key is wrapped; empty for what is no wrapped key."""
    if len(body) != _BODY.size or not body.startswith(MAGIC):
        return ""
    return body[len(MAGIC) : len(MAGIC) + 24].rstrip(b"\0").decode("ascii", "replace")


def _bound(scope: str, name: str) -> bytes:
    return f"{scope}/{name}".encode()


def _key_of(scope: str, name: str) -> str:
    return f"{KEYS}/{scope}/{name}"


def _scope_of(key: str) -> str:
    return key.split("/")[1]
