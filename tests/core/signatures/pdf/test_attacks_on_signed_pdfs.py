"""The known ways to make a signed PDF say something else than was signed."""

import io
import re

import pypdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from skrytka.core.signatures.evidence import FileEvidence
from skrytka.core.signatures.pdf import examine_pdf
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.validation import examine
from tests.core.signatures.pdf.forms import dictionary, form_pdf, number, written
from tests.core.signatures.pdf.signing import (
    blank_pdf,
    document_stamped,
    signed_pdf,
    with_page_changed,
)

RANGE = re.compile(rb"/ByteRange \[\d+ \d+ \d+ \d+\]")


def codes(found: FileEvidence) -> set[ReasonCode]:
    return {code for one in found.signatures for code in one.security}


def is_intact(found: FileEvidence) -> bool:
    return any(one.intact for one in found.signatures)


def _replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    """The same length, so that every other byte stays where it was."""
    assert old in data
    return data.replace(old, new.ljust(len(old)), 1)


@pytest.mark.parametrize(
    "forged",
    [b"/ByteRange [0 -1 9 9]", b"/ByteRange null", b"/ByteRange []", b"/ByteRange [0 1]"],
)
def test_a_signature_without_a_real_range_is_forged(forged: bytes) -> None:
    data = signed_pdf()
    found = examine_pdf(RANGE.sub(lambda mark: forged.ljust(len(mark[0])), data, count=1))
    assert not is_intact(found)
    assert ReasonCode.PDF_BYTERANGE in codes(found)


def test_a_range_that_stands_in_no_readable_dictionary_is_told() -> None:
    assert (
        examine_pdf(b"%PDF-1.7\n1 0 obj << /ByteRange [0 1 2 3]").refusal is ReasonCode.PDF_SYNTAX
    )


@pytest.mark.parametrize("forged", [b"null", b"0", b"()", b"<>", b"<00>", b"true"])
def test_a_signature_without_a_real_value_is_forged(forged: bytes) -> None:
    data = signed_pdf()
    value = re.search(rb"<[0-9A-Fa-f]{1000,}>", data)
    assert value is not None
    found = examine_pdf(data.replace(value[0], forged.ljust(len(value[0]))))
    assert not is_intact(found)


def test_a_value_in_a_literal_string_has_no_place_of_its_own() -> None:
    data = signed_pdf()
    value = re.search(rb"<([0-9A-Fa-f]{1000,})>", data)
    assert value is not None
    found = examine_pdf(data.replace(value[0], b"(" + value[1] + b")"))
    assert {ReasonCode.PDF_FIELD, ReasonCode.PDF_BYTERANGE} <= codes(found)


@pytest.mark.parametrize("name", [b"/Byte#52ange", b"/#42yteRange", b"/ByteRang#65"])
def test_an_escaped_name_hides_no_signature(name: bytes) -> None:
    plain, shorter = b"/ByteRange [", name + b"["
    data = signed_pdf()
    start = data.index(plain)
    end = data.index(b"]", start)
    numbers = data[start + len(plain) : end].split()
    written_so = shorter + b" ".join(numbers) + b"]"
    room = len(data[start : end + 1]) + len(data[end + 1 :]) - len(data[end + 1 :].lstrip())
    assert len(written_so) <= room
    found = examine(data[:start] + written_so.ljust(room) + data[start + room :], {})
    assert len(found.signatures) == 1
    assert ReasonCode.REF_DIGEST in codes(found)  # it was read, and it is not what was signed


def test_two_fields_with_one_value_are_ambiguous() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed_pdf()))
    listed = writer.root["/AcroForm"]["/Fields"]
    twin = dictionary(**{str(name)[1:]: listed[0].raw_get(name) for name in listed[0]})
    twin[pdf_name("/T")] = generic.TextStringObject("Second")
    listed.append(writer.add_object(twin))
    writer.update_container(listed)
    assert ReasonCode.PDF_FIELD in codes(examine_pdf(written(writer)))


def test_a_value_written_into_its_field_is_read_like_any_other() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed_pdf()))
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[pdf_name("/V")] = dictionary(Type=pdf_name("/Sig"))
    writer.mark_update(writer.root["/AcroForm"]["/Fields"].raw_get(0))
    assert ReasonCode.PDF_MODIFIED in codes(examine_pdf(written(writer)))


def test_a_note_put_over_the_page_is_told() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed_pdf(form_pdf())))
    page = writer.root["/Pages"]["/Kids"][0]
    note = dictionary(
        Type=pdf_name("/Annot"),
        Subtype=pdf_name("/FreeText"),
        Contents=generic.TextStringObject("Kwota: 1 000 000"),
        Rect=page["/MediaBox"],
    )
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page["/Annots"])
    found = examine_pdf(written(writer))
    assert codes(found) == {ReasonCode.PDF_MODIFIED}


def test_hidden_content_that_a_later_revision_shows_is_told() -> None:
    """The shadow attack: both contents are signed, the root is turned to the other later."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed_pdf()))
    pages = dictionary(Type=pdf_name("/Pages"), Kids=generic.ArrayObject(), Count=number(0))
    writer.root[pdf_name("/Pages")] = writer.add_object(pages)
    writer.update_root()  # type: ignore[no-untyped-call]
    assert codes(examine_pdf(written(writer))) == {ReasonCode.PDF_MODIFIED}


def test_a_change_hidden_again_by_a_later_revision_is_still_told() -> None:
    changed = with_page_changed(signed_pdf())
    writer = IncrementalPdfFileWriter(io.BytesIO(changed))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/MediaBox"][2] = number(200)
    writer.update_container(page)
    assert codes(examine_pdf(written(writer))) == {ReasonCode.PDF_MODIFIED}


def test_a_change_between_two_signatures_is_told_of_the_first_alone() -> None:
    twice = signed_pdf(with_page_changed(signed_pdf()), field="Second")
    first, second = examine_pdf(twice).signatures
    assert first.security == (ReasonCode.PDF_MODIFIED,)
    assert (second.intact, second.security) == (True, ())


def test_a_dictionary_that_the_file_does_not_list_makes_later_changes_unclear() -> None:
    data = signed_pdf()
    header = re.findall(rb"(\d+) 0 obj", data[: data.index(b"/ByteRange")])[-1]
    start = data.index(b"\n" + header + b" 0 obj") + 1
    hidden = data[:start] + b"9" * len(header) + data[start + len(header) :]
    for later in (with_page_changed(hidden), document_stamped(hidden)):
        assert ReasonCode.PDF_COVERAGE_UNCLEAR in codes(examine_pdf(later))


def test_a_hybrid_revision_shows_different_things_to_different_programs() -> None:
    signed = signed_pdf()
    table = re.findall(rb"startxref\s+(\d+)", signed)[-1]
    stream_at = len(signed)
    stream = b"90 0 obj\n<</Type/XRef/W[1 4 1]/Index[91 1]/Size 92/Length 6>>stream\n"
    stream += bytes(6) + b"\nendstream\nendobj\n"
    root = re.findall(rb"/Root (\d+ 0 R)", signed)[-1]
    trailer = b"xref\n0 0\ntrailer\n<</Size 92/Root %b/Prev %b/XRefStm %d>>\n" % (
        root,
        table,
        stream_at,
    )
    hybrid = signed + stream + trailer
    hybrid += b"startxref\n%d\n%%%%EOF\n" % (stream_at + len(stream))
    assert codes(examine_pdf(hybrid)) == {ReasonCode.PDF_COVERAGE_UNCLEAR}


def test_a_file_behind_a_password_is_named_so() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(blank_pdf()))
    writer.encrypt("tajne", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    pdf = IncrementalPdfFileWriter(io.BytesIO(out.getvalue()))
    pdf.encrypt("tajne")  # type: ignore[no-untyped-call]
    found = examine_pdf(signed_pdf(pdf))
    assert codes(found) == {ReasonCode.PDF_ENCRYPTED}
    assert is_intact(found)


def test_a_signature_with_a_certificate_lock_of_its_own_allows_later_stamps() -> None:
    signed = signed_pdf(permission=fields.MDPPerm.NO_CHANGES)
    found = examine_pdf(document_stamped(signed))
    assert codes(found) == set()


def test_bytes_behind_the_last_revision_are_told_of_every_signature() -> None:
    found = examine_pdf(signed_pdf(signed_pdf(), field="Second") + b"% nic\n")
    assert [one.security for one in found.signatures] == [(ReasonCode.PDF_MODIFIED,)] * 2
