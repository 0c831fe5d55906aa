"""Files made of lists: tables for a spreadsheet, and how a made file is sent to be saved."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from skrytka.letters.queries.letters import SentFile
from skrytka.ui.csv_files import BYTE_ORDER_MARK, cell_text
from skrytka.ui.file_answers import OfferedFile, Opened

Answer = TypeVar("Answer", bound=HttpResponseBase)


class _Line:
    """Where the writer of the standard library leaves a row."""

    def write(self, text: str) -> str:
        return text


def csv_answer(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]
) -> StreamingHttpResponse:
    """This will stream a table as Polish spreadsheets open it, as `skrytka.ui.csv_files` says."""
    answer = StreamingHttpResponse(csv_lines(heads, rows), content_type="text/csv; charset=utf-8")
    return saved_as(answer, name)


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """This will yield the lines of the table, its heading first."""
    writer = csv.writer(_Line(), delimiter=";")
    yield BYTE_ORDER_MARK + str(writer.writerow(heads))
    for row in rows:
        yield str(writer.writerow([cell_text(cell) for cell in row]))


def offered(file: SentFile, chunks: Opened) -> OfferedFile:
    """This will offer a file of a letter under the name that it came with."""
    return OfferedFile(file.file_name, file.media_type, file.size, file.sha256, chunks)


def saved_as(answer: Answer, file_name: str) -> Answer:
    """This will have the browser save the answer, guess nothing about it and keep no copy."""
    disposition = content_disposition_header(as_attachment=True, filename=file_name)
    answer.headers["Content-Disposition"] = disposition or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
