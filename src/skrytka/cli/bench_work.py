"""What one round of the submission bench does, and its floor."""

import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from skrytka.cli.demo import load
from skrytka.config.clock import now
from skrytka.letters.bench import BenchSender, prepare_sender, send_one

ATTACHMENT = 100_000


def submission() -> Callable[[], None]:
    """This will load the demonstration data and return one whole submission by its first person."""
    load(now())
    sender: BenchSender = prepare_sender(now())
    numbers = count()

    def work() -> None:
        send_one(sender, attachment_bytes(next(numbers)), at=now())

    return work


def attachment_bytes(number: int) -> bytes:
    """This will return a small valid PDF padded to 100 kB, different for each number."""
    padding = os.urandom(16).hex() + f"{number:016}"
    head = b"%PDF-1.4\n%" + (padding * (ATTACHMENT // 48)).encode()[: ATTACHMENT - 300] + b"\n"
    body = (
        head
        + b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    )
    start = len(body)
    offsets = (body.index(b"1 0 obj"), body.index(b"2 0 obj"))
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        body
        + b"xref\n0 3\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    )


def bare_loop() -> Callable[[], None]:
    """This will return the floor: receive, digest, fsync, commit, sign; nothing else."""
    folder = Path(settings.ENVIRONMENT.data) / "floor"
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    numbers = count()
    lock = threading.Lock()
    database = sqlite3.connect(folder / "floor.sqlite3", check_same_thread=False)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE letter (digest TEXT, at TEXT)")

    def work() -> None:
        data = attachment_bytes(next(numbers))
        digest = hashlib.sha256(data).hexdigest()
        with (folder / digest).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with lock, database:
            database.execute("INSERT INTO letter VALUES (?, ?)", (digest, str(now())))
        key.sign(digest.encode(), ec.ECDSA(hashes.SHA256()))

    return work
