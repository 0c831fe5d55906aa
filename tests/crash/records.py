"""What stands on record, read from the file of the database past the program, read-only."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID


@dataclass(frozen=True)
class Records:
    """The letters of an installation and how many there are of everything that comes with one."""

    letter_of_draft: dict[UUID, UUID]
    register_seqs: tuple[int, ...]
    numbered: Counter[UUID]
    intended: Counter[UUID]
    receipts: Counter[UUID]
    sealed_events: Counter[UUID]
    mails: Counter[UUID]
    unfinished: tuple[str, ...]


@contextmanager
def _opened(data: Path) -> Iterator[sqlite3.Connection]:
    address = f"file:{data / 'skrytka.sqlite3'}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=10)) as connection:
        yield connection


def read_records(data: Path) -> Records:
    """This will read one consistent state of the whole record."""
    with _opened(data) as record:

        def ids(table: str) -> Counter[UUID]:
            return Counter(UUID(row[0]) for row in record.execute(f"select letter_id from {table}"))

        record.execute("begin")
        return Records(
            letter_of_draft={
                UUID(draft): UUID(letter)
                for letter, draft in record.execute("select id, draft_id from letters_letter")
            },
            register_seqs=tuple(
                row[0] for row in record.execute("select seq from letters_registerentry order by 1")
            ),
            numbered=ids("letters_registerentry"),
            intended=ids("evidence_receiptintent"),
            receipts=ids("evidence_receipt"),
            sealed_events=Counter(
                UUID(row[0])
                for row in record.execute(
                    "select subject_id from ledger_event where kind = 'RECEIPT_SEALED'"
                )
            ),
            mails=Counter(
                UUID(row[0].removeprefix("mail:receipt:"))
                for row in record.execute(
                    "select key from ledger_outboxrow"
                    " where effect = 'MAIL' and key like 'mail:receipt:%'"
                )
            ),
            unfinished=tuple(
                row[0]
                for row in record.execute(
                    "select key from ledger_outboxrow where state <> 'DONE' order by id"
                )
            ),
        )
