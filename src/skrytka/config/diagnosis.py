"""What an operator must know before real letters come."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from skrytka.config.blob_keys import key_states
from skrytka.config.environment import Environment, Mode
from skrytka.config.judging import lists_store
from skrytka.core.signatures.lists.listed import SnapshotIdentity
from skrytka.delivery.queries.overdue import overdue_deliveries
from skrytka.evidence.operations.seals import CannotSeal, seal_template
from skrytka.evidence.queries import unsealed_letters
from skrytka.evidence.queries.seals import SOON
from skrytka.gateways.blobs import BlobNotStoredError, scope_name
from skrytka.gateways.clamd_probes import faults_of_clamd
from skrytka.gateways.clamd_scanner import ClamdScanner
from skrytka.gateways.clamd_wire import ClamdVersion, clamd_address
from skrytka.gateways.development_pki import is_for_development
from skrytka.gateways.file_keys import stamp_signers
from skrytka.gateways.installed import blobs_of, installed
from skrytka.gateways.malware import ScannerSilentError
from skrytka.gateways.seal import SealKeysUnusableError, SealPurpose
from skrytka.ledger.operations import Effect
from skrytka.ledger.queries import effects_waiting_since, stuck_effects
from skrytka.letters.queries.awaiting import long_wait
from skrytka.letters.screening import CIESZYN_2026

PATIENCE_WITH_STAMPS = timedelta(days=1)
LISTS_OLD_AFTER = timedelta(days=2)
# ClamAV publishes an edition a day: three days without one are no pause, freshclam does not work.
DATABASE_OLD_AFTER = timedelta(days=3)
LEAST_FREE_BYTES = 2_000_000_000


@dataclass(frozen=True)
class Finding:
    """One thing looked at: `ok` false means it must be mended before real letters come."""

    name: str
    ok: bool
    text: str


def diagnose(at: datetime) -> tuple[Finding, ...]:
    """This will look at settings, keys, database, blobs, space, the outbox and the scanner."""
    environment: Environment = settings.ENVIRONMENT
    looks: tuple[Callable[[], Finding], ...] = (
        lambda: _mode(environment),
        lambda: _https(environment),
        lambda: _proxies(environment),
        lambda: _mail(environment),
        lambda: _seal(SealPurpose.RECEIPT, at),
        lambda: _seal(SealPurpose.TRUSTED_PROFILE, at),
        lambda: _time_stamps(environment, at),
        _database,
        _blobs,
        _blob_keys,
        lambda: _space(environment),
        _outbox,
        _receipts,
        lambda: _screening(at),
        lambda: _deliveries(at),
        lambda: _trusted_lists(environment, at),
        lambda: _revocation(environment),
        lambda: _scanner(environment, at),
    )
    return tuple(look() for look in looks)


def _mode(environment: Environment) -> Finding:
    ok = environment.mode is Mode.PRODUCTION
    return Finding("mode", ok, f"SKRYTKA_MODE={environment.mode}" + ("" if ok else ": demo only"))


def _https(environment: Environment) -> Finding:
    ok = environment.is_https
    text = environment.base_url + ("" if ok else ": set SKRYTKA_BASE_URL to an https address")
    return Finding("https", ok, text)


def _proxies(environment: Environment) -> Finding:
    """Skrytka speaks no TLS itself: an https address is a proxy's, and it has to be known."""
    named = ", ".join(map(str, environment.trusted_proxies))
    if named or not environment.is_https:
        return Finding("proxies", ok=True, text=named or "none named: peers are the readers")
    text = "all readers share one rate limit: name your proxy in SKRYTKA_TRUSTED_PROXIES"
    return Finding("proxies", ok=False, text=text)


def _mail(environment: Environment) -> Finding:
    ok = environment.mail_url.startswith("smtp")
    return Finding(
        "mail", ok, "SMTP" if ok else "mail only lands in a folder: set SKRYTKA_MAIL_URL"
    )


def _seal(purpose: SealPurpose, at: datetime) -> Finding:
    name = f"seal {purpose}"
    try:
        installed().seal_keys.key(purpose)
        certificate = installed().seal_keys.certificate(purpose)
    except SealKeysUnusableError as error:
        return Finding(name, ok=False, text=str(error))
    until = certificate.not_valid_after_utc
    if is_for_development(certificate):
        return Finding(name, ok=False, text="development only: put a real seal into SKRYTKA_KEYS")
    if until - at < SOON:
        return Finding(name, ok=False, text=f"expires {until:%Y-%m-%d}: renew it now")
    try:
        seal_template(purpose, at)
    except CannotSeal as error:
        return Finding(name, ok=False, text=f"does not seal: {error}")
    return Finding(name, ok=True, text=f"seals, valid until {until:%Y-%m-%d}")


def _time_stamps(environment: Environment, at: datetime) -> Finding:
    """Receipts are good without; with them they outlive the certificate of the seal."""
    name = "time-stamps"
    if not environment.time_stamping:
        return Finding(name, ok=True, text="none: name authorities in SKRYTKA_TSA")
    try:
        signers = stamp_signers(environment.keys)
    except SealKeysUnusableError as error:
        return Finding(name, ok=False, text=str(error))
    if not signers:
        return Finding(name, ok=False, text="any signer is taken: put theirs into tsa/*.pem")
    until = min(one.not_valid_after_utc for one in signers)
    if until - at < SOON:
        return Finding(
            name, ok=False, text=f"a signer expires {until:%Y-%m-%d}: put in the new one"
        )
    waiting = effects_waiting_since(Effect.STAMP_RECEIPTS, before=at - PATIENCE_WITH_STAMPS)
    text = f"{len(environment.time_stamping)} authorities named"
    late = f"; {waiting} askings wait for over a day: none of them answers well"
    return Finding(name, not waiting, text + (late if waiting else ""))


def _database() -> Finding:
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return Finding("database", ok=False, text=f"does not answer: {error}")
    text = "up to date" if not missing else f"{len(missing)} migrations missing: skrytka migrate"
    return Finding("database", not missing, f"{connection.vendor}, {text}")


def _blobs() -> Finding:
    try:
        blobs_of(None).put(b"doctor")
    except BlobNotStoredError as error:
        return Finding("blobs", ok=False, text=f"cannot write: {error}")
    return Finding("blobs", ok=True, text="a test blob was written")


def _blob_keys() -> Finding:
    """A key that does not open is told before somebody misses what is under it."""
    name = "keys of blobs"
    try:
        states = tuple(key_states())
    except BlobNotStoredError as error:
        return Finding(name, ok=False, text=str(error))
    shut = ", ".join(
        f"{scope_name(one.institution_id)} {one.name}" for one in states if not one.opens
    )
    text = f"{len(states)} keys open; keep copies of blob-root-*.key elsewhere"
    return Finding(name, not shut, f"these do not open: {shut}" if shut else text)


def _space(environment: Environment) -> Finding:
    free = shutil.disk_usage(environment.data).free
    return Finding("space", free >= LEAST_FREE_BYTES, f"{free / 1e9:.1f} GB free in SKRYTKA_DATA")


def _outbox() -> Finding:
    stuck = stuck_effects()
    why = "; ".join(f"{effect.key}: {effect.last_error[:80]}" for effect in stuck[:5])
    return Finding("outbox", not stuck, why or "nothing was given up")


def _receipts() -> Finding:
    waiting = unsealed_letters()
    return Finding("receipts", not waiting, f"{waiting} letters wait for their receipt")


def _screening(at: datetime) -> Finding:
    """Waiting letters are safe, but nobody answers for them until the scanner does."""
    waits = long_wait(at=at)
    if waits.oldest is None:
        return Finding("screening", ok=True, text="nothing waits for the scanner for ten minutes")
    text = f"{waits.letters} letters and {waits.files} files wait for the scanner"
    return Finding("screening", ok=False, text=f"{text}, the oldest since {waits.oldest:%F %R} UTC")


def _deliveries(at: datetime) -> Finding:
    overdue = overdue_deliveries(at=at)
    text = f"{overdue} wait for the worker for more than an hour" if overdue else "none is overdue"
    return Finding("deliveries", not overdue, text)


def _trusted_lists(environment: Environment, at: datetime) -> Finding:
    """Old or missing lists leave signatures undecided, or judged by what is no longer so."""
    name = "trusted lists"
    if not environment.lists_url:
        text = "none: certificates are taken at their own word, set SKRYTKA_LISTS_URL"
        return Finding(name, ok=environment.mode is Mode.DEMO, text=text)
    try:
        identity = lists_store(environment).identity()
    except (OSError, ValueError) as error:
        return Finding(name, ok=False, text=f"cannot be read: {error}")
    if identity is None:
        return Finding(name, ok=False, text="not fetched yet: look for trusted_list in the log")
    faults = tuple(_faults_of_lists(identity, at))
    text = f"{len(identity.editions)} lists of {identity.taken_at:%Y-%m-%d %H:%M}"
    return Finding(name, not faults, "; ".join((text, *faults)))


def _revocation(environment: Environment) -> Finding:
    """To be told, not to be mended: some networks let nothing out."""
    asks = environment.fetches_revocation
    none = "nobody is asked: a revoked certificate may pass, set SKRYTKA_REVOCATION=fetch"
    text = "the authorities of the signers are asked" if asks else none
    return Finding("revocation", ok=True, text=text)


def _faults_of_lists(identity: SnapshotIdentity, at: datetime) -> Iterator[str]:
    stale = [one.territory for one in identity.editions if one.is_stale_at(at)]
    if at - identity.taken_at > LISTS_OLD_AFTER:
        yield "not refreshed for two days"
    if identity.missing:
        yield f"missing or not verified: {', '.join(identity.missing)}"
    if identity.refused:
        yield f"newer ones were refused or not had: {', '.join(identity.refused)}"
    if stale:
        yield f"out of date: {', '.join(stale)}"


def _scanner(environment: Environment, at: datetime) -> Finding:
    """The embedded rules find what starts by itself; they are no antivirus engine."""
    name = "scanner"
    if not environment.clamd:
        text = "embedded rules only, no antivirus engine: name a clamd in SKRYTKA_CLAMD"
        return Finding(name, ok=environment.mode is Mode.DEMO, text=text)
    scanner = ClamdScanner(clamd_address(environment.clamd))
    try:
        version = scanner.version()
        limits = tuple(faults_of_clamd(scanner, largest=CIESZYN_2026.file_bytes))
    except ScannerSilentError as silence:
        return Finding(name, ok=False, text=f"silent, files wait unjudged: {silence}")
    faults = (*_faults_of_database(version, at), *limits)
    return Finding(name, not faults, "; ".join((version.name, *faults)))


def _faults_of_database(version: ClamdVersion, at: datetime) -> Iterator[str]:
    if version.made_at is None:
        yield "no database of ClamAV, only signatures of its own: look after freshclam"
    elif at - version.made_at > DATABASE_OLD_AFTER:
        yield f"database of {version.made_at:%Y-%m-%d}: look after freshclam"
