"""Time-stamps from the operator's authorities (RFC 3161), each tried in turn.

What comes back is decoded by the reader that judges strangers' tokens, and is taken only when
nothing is wrong with it: the imprint is ours, the nonce is ours, the signer may stamp time and is
the one that the operator named, the time is about now.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol
from urllib.request import Request

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, decode_timestamp_response

from skrytka.core.signatures.evidence import TimestampEvidence, TimestampKind
from skrytka.core.signatures.timestamps import examine_token
from skrytka.gateways.bounded_http import BoundedHttp, NotAnsweredError

LARGEST = 64 * 1024
TIMEOUT_SECONDS = 10.0
SKEW = timedelta(minutes=5)
FIRST_REST = 30.0
LONGEST_REST = 3600.0
_GRANTED = (0, 1)  # granted, grantedWithMods (RFC 3161 §2.4.2)
_HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class NoTimestampError(Exception):
    """No authority gave a token that could be taken; the message says why, address by address."""


@dataclass(frozen=True)
class StampedToken:
    """A token that was examined and taken: its DER, its time, and who gave it."""

    der: bytes
    time: datetime
    address: str


class TimeStamper(Protocol):
    """Whoever stamps time for this installation."""

    @property
    def is_configured(self) -> bool: ...

    def stamp(self, data: bytes, *, at: datetime) -> StampedToken:
        """This will have octets stamped. Raises `NoTimestampError`."""


@dataclass(frozen=True)
class NoTimeStamper:
    """No authority was named: nothing is stamped."""

    @property
    def is_configured(self) -> bool:
        return False

    def stamp(self, data: bytes, *, at: datetime) -> StampedToken:  # noqa: ARG002 - the Protocol's
        """This will refuse: nobody was named."""
        raise NoTimestampError("no authority is named")


@dataclass
class _Rest:
    """How long an authority that failed is left in peace."""

    failures: int = 0
    until: float = 0.0


@dataclass(frozen=True)
class HttpTimeStamper:
    """Authorities by their addresses, the first one that answers well is enough.

    ``signers`` are the certificates of their units, or of who issues to them; without any, every
    signer is taken. One that fails is not asked again for a while, twice as long each time, up to
    an hour. May be used from any thread.
    """

    addresses: tuple[str, ...]
    signers: tuple[x509.Certificate, ...] = ()
    http: BoundedHttp = field(default_factory=lambda: BoundedHttp(LARGEST, TIMEOUT_SECONDS))
    _rests: dict[str, _Rest] = field(default_factory=dict, compare=False)
    _lock: Lock = field(default_factory=Lock, compare=False)

    @property
    def is_configured(self) -> bool:
        return True

    def stamp(self, data: bytes, *, at: datetime) -> StampedToken:
        """This will have octets stamped by the first authority that does it well.

        Raises `NoTimestampError`.
        """
        told = []
        for address in self.addresses:
            if self._is_resting(address):
                told.append(f"{address}: resting")
                continue
            try:
                token = self._asked(address, data, at)
            except (NotAnsweredError, _NotTakenError) as error:
                self._let_rest(address)
                told.append(f"{address}: {error}")
            else:
                self._wake(address)
                return token
        raise NoTimestampError("; ".join(told))

    def _asked(self, address: str, data: bytes, at: datetime) -> StampedToken:
        request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
        question = Request(address, data=request.as_bytes(), headers=_HEADERS)  # noqa: S310  # settings
        der, nonce = _opened(self.http.ask(question))
        if nonce != request.nonce:
            raise _NotTakenError("another nonce")
        token = examine_token(der, data, kind=TimestampKind.SIGNATURE, others=self.signers)
        return StampedToken(der, self._time_of(token, at), address)

    def _time_of(self, token: TimestampEvidence, at: datetime) -> datetime:
        if token.security or token.time is None:
            raise _NotTakenError(", ".join(token.security))
        if abs(token.time - at) > SKEW:
            raise _NotTakenError("another time")
        if self.signers and not _is_named(token.certificate, self.signers):
            raise _NotTakenError("another signer")
        return token.time

    def _is_resting(self, address: str) -> bool:
        with self._lock:
            return self._rests.get(address, _Rest()).until > time.monotonic()

    def _let_rest(self, address: str) -> None:
        with self._lock:
            rest = self._rests.setdefault(address, _Rest())
            seconds = min(FIRST_REST * 2**rest.failures, LONGEST_REST)
            rest.failures, rest.until = rest.failures + 1, time.monotonic() + seconds

    def _wake(self, address: str) -> None:
        with self._lock:
            self._rests.pop(address, None)


class _NotTakenError(Exception):
    """What came is not taken for a token; the message says why."""


def _opened(answer: bytes) -> tuple[bytes, int | None]:
    """The token of a response and the nonce in it (RFC 3161 §2.4.2)."""
    try:
        response = decode_timestamp_response(answer)
        status, told = response.status, response.status_string
        if status not in _GRANTED:
            raise _NotTakenError(f"status {status} {' '.join(told)}".strip())
        return response.time_stamp_token(), response.tst_info.nonce
    except ValueError as error:
        raise _NotTakenError("no response of RFC 3161") from error


def _is_named(certificate: x509.Certificate | None, signers: Sequence[x509.Certificate]) -> bool:
    if certificate is None:
        return False
    return certificate in signers or any(_issued(certificate, signer) for signer in signers)


def _issued(certificate: x509.Certificate, signer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(signer)
    except (InvalidSignature, TypeError, ValueError):
        return False
    return True
