"""Background work on DBOS: batches of outbox rows as workflows, sweeps on a schedule.

The rows are the truth and DBOS only drives them: with its own database deleted, the next look at
the outbox finds everything that is due.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from dbos import DBOS, DBOSConfig, ScheduleInput, SetWorkflowID
from django.conf import settings
from django.db import close_old_connections

from skrytka.config.blob_keys import tend_all_keys
from skrytka.config.blob_sealing import seal_old_blobs
from skrytka.config.blob_sweep import sweep_blobs
from skrytka.config.clock import machine_now, now
from skrytka.config.effects import drain
from skrytka.config.environment import Environment
from skrytka.config.files_lane import FilesLane
from skrytka.config.incoming import sweep_incoming
from skrytka.config.judging import is_without_lists
from skrytka.config.lists import fetch_lists
from skrytka.config.screening import rescreen, watch_files
from skrytka.delivery.operations.digest import digests_due, send_digests
from skrytka.delivery.operations.sweep import has_due_deliveries, sweep_apart, sweep_due
from skrytka.evidence.operations import CannotSeal
from skrytka.gateways.turns import TURNS
from skrytka.ledger.operations import release_claims_of
from skrytka.ledger.queries import has_due_effects
from skrytka.letters.operations.drafts import purge_drafts
from skrytka.letters.operations.transfers import sweep_orphaned_parts, sweep_transfers

log = logging.getLogger("skrytka.worker")

SECONDS_BETWEEN_LOOKS = 0.5
BATCH = 50
SECONDS_TO_FINISH = 10
WAIT_FOR_KEYS = timedelta(minutes=1)
KEYS_FAIL = -1
BETWEEN_DIGESTS = timedelta(minutes=1)
BETWEEN_WATCHES = timedelta(minutes=1)
BETWEEN_RESCREENINGS = timedelta(minutes=10)
HOURLY = "0 17 * * * *"
NIGHTLY = "0 41 2 * * *"
SIX_HOURLY = "0 29 */6 * * *"
ENGINE_HISTORY = timedelta(days=2)


def engine_url(environment: Environment) -> str:
    """This will return where DBOS keeps its own state: beside the data, never among it."""
    if environment.is_embedded:
        return f"sqlite:///{environment.data / 'engine.sqlite3'}"
    return environment.database_url


@DBOS.step()
def drain_step(worker: str) -> int:
    """One claimed batch; run again after a crash it finds only what is still due."""
    close_old_connections()
    return drain(worker, limit=BATCH)


@DBOS.workflow()
def drain_batch(worker: str) -> int:
    return drain_step(worker)


@DBOS.step()
def deliver_step() -> int:
    """One batch of what the legal clock has brought about: how many were due, or KEYS_FAIL."""
    close_old_connections()
    try:
        with TURNS.taken():
            return sweep_due(at=now()).found
    except CannotSeal as fault:
        log.error("deliveries_wait reason=%s", fault.reason)  # noqa: TRY400 - the reason says it all
        return KEYS_FAIL
    except Exception:
        log.exception("deliveries_one_by_one")
        return _delivered_apart()


def _delivered_apart() -> int:
    """One delivery that cannot be worked on must not hold up all the others."""
    try:
        with TURNS.taken():
            return sweep_apart(at=now())
    except CannotSeal:
        return KEYS_FAIL


@DBOS.workflow()
def deliver_batch() -> int:
    return deliver_step()


@DBOS.step()
def digest_step() -> int:
    """One batch of institutions whose daily digest is due: how many they were.

    A digest that cannot be made is tried again in a minute; letters and terms go on.
    """
    close_old_connections()
    try:
        with TURNS.taken():
            return send_digests(at=now())
    except Exception:
        log.exception("digests_wait")
        return 0


@DBOS.workflow()
def digest_batch() -> int:
    return digest_step()


@DBOS.step()
def sweep_step() -> int:
    close_old_connections()
    # Files are stamped by the machine: by a moved clock an upload under way would look left behind.
    sweep_incoming(settings.ENVIRONMENT, at=machine_now())
    sweep_orphaned_parts(at=machine_now())
    sweep_transfers(at=now())
    return purge_drafts(at=now())


@DBOS.workflow()
def sweep(_scheduled_at: datetime, _context: object) -> None:
    """Hourly: drafts whose time is over, and files that killed processes left behind."""
    log.info("drafts_purged count=%d", sweep_step())


@DBOS.step()
def blobs_step() -> str:
    close_old_connections()
    # What is encrypted first, the sweep finds where it looks.
    sealed = seal_old_blobs()
    swept = sweep_blobs(at=machine_now())
    tended = sum(each.wrapped for each in tend_all_keys(at=machine_now()))
    return f"{swept} {sealed} wrapped={tended}"


@DBOS.workflow()
def nightly(_scheduled_at: datetime, _context: object) -> None:
    """Once a night: bytes that nothing refers to, lie unencrypted, or under a key of yesterday."""
    log.info("blobs_swept %s", blobs_step())


@DBOS.step()
def lists_step() -> bool:
    """The lists in use stay in use when new ones cannot be had; the doctor tells of their age."""
    try:
        return fetch_lists(settings.ENVIRONMENT, at=machine_now())
    except (OSError, ValueError):
        log.exception("trusted_lists_not_refreshed")
        return False


@DBOS.workflow()
def lists_batch() -> bool:
    return lists_step()


@DBOS.workflow()
def six_hourly(_scheduled_at: datetime, _context: object) -> None:
    """Four times a day: the trusted lists, which states issue anew as they change."""
    log.info("trusted_lists_refreshed done=%s", lists_step())


def run_worker(name: str, stopping: threading.Event) -> None:
    """This will look at the outbox until `stopping` is set.

    `name` is stable across restarts: what an earlier life of this worker claimed is free at once.
    """
    environment: Environment = settings.ENVIRONMENT
    # Before the engine takes up what it was doing: afterwards these claims are in use again.
    release_claims_of(name, at=now())
    DBOS(config=_engine_config(environment, name))
    DBOS.launch()
    DBOS.apply_schedules(
        [
            _schedule("hourly-sweep", HOURLY, sweep),
            _schedule("nightly-sweep", NIGHTLY, nightly),
            _schedule("trusted-lists", SIX_HOURLY, six_hourly),
        ]
    )
    log.info("worker_started name=%s", name)
    if is_without_lists(environment):
        DBOS.start_workflow(lists_batch)  # nobody waits for it: letters come first
    try:
        with FilesLane(name):
            _look_until(stopping, name)
    finally:
        DBOS.destroy(workflow_completion_timeout_sec=SECONDS_TO_FINISH)


def _schedule(name: str, cron: str, workflow: Callable[[datetime, object], None]) -> ScheduleInput:
    return {"schedule_name": name, "workflow_fn": workflow, "schedule": cron, "context": None}


@dataclass
class _Round:
    """What is done again and again: `work` does it and returns when to do it next."""

    work: Callable[[], datetime]
    at: datetime

    def look(self) -> None:
        if now() >= self.at:
            self.at = self.work()


def _look_until(stopping: threading.Event, name: str) -> None:
    works = (
        partial(_deliver, name, stopping),
        partial(_tell_what_waits, name, stopping),
        _watch_files,
        _rescreen,
    )
    looks, rounds = 0, tuple(_Round(work, now()) for work in works)
    while not stopping.wait(SECONDS_BETWEEN_LOOKS):
        close_old_connections()
        if has_due_effects(at=now()):
            _run_batch(name)
        for each in rounds:
            each.look()
        looks += 1
        if looks % 7200 == 0:
            _forget_finished()


def _run_batch(name: str) -> None:
    with SetWorkflowID(f"drain:{name}:{now().isoformat()}"):
        DBOS.start_workflow(drain_batch, name).get_result()


def _deliver(name: str, stopping: threading.Event) -> datetime:
    """Batch after batch until nothing is due; returns when to look again."""
    found = int(has_due_deliveries(at=now()))
    while found > 0 and not stopping.is_set():
        with SetWorkflowID(f"deliver:{name}:{now().isoformat()}"):
            found = DBOS.start_workflow(deliver_batch).get_result()
    return now() + (WAIT_FOR_KEYS if found == KEYS_FAIL else timedelta(0))


def _tell_what_waits(name: str, stopping: threading.Event) -> datetime:
    """Digests, batch after batch; by our clock and not the engine's. Returns when to look again."""
    found = len(digests_due(at=now()))
    while found > 0 and not stopping.is_set():
        with SetWorkflowID(f"digest:{name}:{now().isoformat()}"):
            found = DBOS.start_workflow(digest_batch).get_result()
    return now() + BETWEEN_DIGESTS


def _watch_files() -> datetime:
    """By rows alone, without the engine: what was cut off is done a minute later."""
    try:
        watch_files(at=now())
    except Exception:
        log.exception("files_not_watched")
    return now() + BETWEEN_WATCHES


def _rescreen() -> datetime:
    """A few files while nothing else is due, and soon again while more are."""
    if has_due_effects(at=now()):
        return now()
    try:
        more = rescreen(at=now())
    except Exception:
        log.exception("letters_not_rescreened")
        more = False
    return now() if more else now() + BETWEEN_RESCREENINGS


def _forget_finished() -> None:
    """DBOS keeps every finished workflow; the outbox already says what was done."""
    before = (machine_now() - ENGINE_HISTORY).isoformat()
    old = DBOS.list_workflows(status=["SUCCESS", "ERROR"], end_time=before, limit=1000)
    DBOS.delete_workflows([workflow.workflow_id for workflow in old])


def _engine_config(environment: Environment, name: str) -> DBOSConfig:
    return {
        "name": "skrytka",
        "system_database_url": engine_url(environment),
        "executor_id": name,
        "application_version": "1",
        "log_level": "WARNING",
        "enable_otlp": False,
        "max_executor_threads": 4,
        "sys_db_pool_size": 4,
    }
