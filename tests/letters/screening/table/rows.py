"""All rows: what has to be accepted and what has to be refused."""

from functools import cache

from tests.letters.screening.table.bad_archives import bad_archives
from tests.letters.screening.table.bad_documents import bad_documents
from tests.letters.screening.table.bad_pictures import bad_pictures
from tests.letters.screening.table.bad_texts import bad_texts
from tests.letters.screening.table.good_archives import good_archives
from tests.letters.screening.table.good_documents import good_documents
from tests.letters.screening.table.good_pictures import good_pictures
from tests.letters.screening.table.good_texts import good_texts
from tests.letters.screening.table.samples import Bad, Good


@cache
def good_files() -> tuple[Good, ...]:
    return (*good_texts(), *good_pictures(), *good_documents(), *good_archives())


@cache
def bad_files() -> tuple[Bad, ...]:
    return (*bad_texts(), *bad_pictures(), *bad_documents(), *bad_archives())


def titled(row: Good | Bad) -> str:
    return f"{row.name}: {row.what}"
