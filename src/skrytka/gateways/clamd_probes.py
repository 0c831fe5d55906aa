"""Whether a clamd is fit for our files. It tells nothing of its settings: it is tried out.

Three files are sent: the harmless one that every antivirus product reports; an archive nested
deeper than clamd goes; and one as large as a letter may be, an archive with the harmless one first
and filling behind. What clamd says of each tells what it is set to.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from tempfile import TemporaryFile
from zipfile import ZipFile

from skrytka.gateways.clamd_scanner import CLEAN, SKIPS, ClamdScanner, gave_up, too_deep
from skrytka.gateways.malware import ScannerSilentError

# In two halves, so that no scanner stops at this source.
HARMLESS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CHUNK = 1 << 18
MEGABYTE = 1_000_000
TOO_LONG = "INSTREAM size limit exceeded"
BLIND = "does not find the test file of antivirus makers: its database is not whole"


def faults_of_clamd(scanner: ClamdScanner, *, largest: int) -> Iterator[str]:
    """This will try clamd out and tell what must be mended; `largest` is in bytes.

    Raises ScannerSilentError when clamd falls silent.
    """
    if _word(scanner, [HARMLESS]) == CLEAN:
        yield BLIND
    if not gave_up(_word(scanner, [too_deep()])):
        yield SKIPS
    yield from _faults_of_size(scanner, largest)


def _faults_of_size(scanner: ClamdScanner, largest: int) -> Iterator[str]:
    size = f"{largest // MEGABYTE} MB"
    try:
        word = _word(scanner, large_archive(largest))
    except ScannerSilentError as silence:
        if TOO_LONG not in str(silence):
            raise
        yield f"takes no file of {size}: raise StreamMaxLength"
        return
    if gave_up(word):
        yield f"gives up on a file of {size}: raise MaxFileSize and MaxScanSize"
    elif word == CLEAN:
        yield f"passes a file of {size} unseen: raise MaxFileSize and MaxScanSize"


def _word(scanner: ClamdScanner, chunks: Iterable[bytes]) -> str:
    """What clamd says of a file, whether it is to be believed or not."""
    with scanner.session() as session:
        session.version()
        session.begin()
        for chunk in chunks:
            session.send(chunk)
        return session.verdict()


def large_archive(size: int) -> Iterator[bytes]:
    """This will yield an archive of a little more than `size` bytes, the harmless file first."""
    with TemporaryFile() as file:
        with ZipFile(file, "w") as archive:
            archive.writestr("eicar.txt", HARMLESS)
            with archive.open("filling", "w") as filling:
                for start in range(0, size, CHUNK):
                    filling.write(bytes(min(CHUNK, size - start)))
        file.seek(0)
        yield from iter(partial(file.read, CHUNK), b"")
