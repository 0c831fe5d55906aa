"""PDF forms that another stack (pyHanko, pypdf) makes, and fills in later revisions."""

import io

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.core.signatures.pdf.signing import blank_pdf

GIVEN = "/V"


def _text(value: str) -> generic.TextStringObject:
    return generic.TextStringObject(value)


def number(value: int) -> generic.NumberObject:
    return generic.NumberObject(value)  # type: ignore[no-untyped-call]


def dictionary(**entries: object) -> generic.DictionaryObject:
    """A dictionary by the names of its entries without the slash."""
    named = {pdf_name(f"/{name}"): value for name, value in entries.items()}
    return generic.DictionaryObject(named)  # type: ignore[no-untyped-call]


def written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def form_pdf(*, answer: str | None = None) -> bytes:
    """A page with a text field named Kwota."""
    writer = IncrementalPdfFileWriter(io.BytesIO(blank_pdf()))
    field = dictionary(
        FT=pdf_name("/Tx"),
        T=_text("Kwota"),
        Type=pdf_name("/Annot"),
        Subtype=pdf_name("/Widget"),
        Rect=generic.ArrayObject(map(number, (10, 10, 90, 30))),
    )
    if answer is not None:
        field[pdf_name(GIVEN)] = _text(answer)
    reference = writer.add_object(field)
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Annots")] = generic.ArrayObject([reference])
    writer.update_container(page)
    form = dictionary(Fields=generic.ArrayObject([reference]))
    writer.root[pdf_name("/AcroForm")] = writer.add_object(form)
    writer.update_root()  # type: ignore[no-untyped-call]
    return written(writer)


def looped(data: bytes) -> bytes:
    """The field Kwota as a child of itself, twice, in a revision of its own."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    listed = writer.root["/AcroForm"]["/Fields"]
    reference = listed.raw_get(0)
    reference.get_object()[pdf_name("/Kids")] = generic.ArrayObject([reference, reference])
    writer.mark_update(reference)
    return written(writer)


def unlooped(data: bytes) -> bytes:
    """The field Kwota without children again, in a revision of its own."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    reference = writer.root["/AcroForm"]["/Fields"].raw_get(0)
    del reference.get_object()["/Kids"]
    writer.mark_update(reference)
    return written(writer)


def filled(data: bytes, answer: str) -> bytes:
    """The field Kwota with an answer, in a revision of its own."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    fields = writer.root["/AcroForm"]["/Fields"]
    field = next(one for one in fields if one.get_object()["/T"] == "Kwota")
    field.get_object()[pdf_name(GIVEN)] = _text(answer)
    writer.mark_update(field)
    return written(writer)
