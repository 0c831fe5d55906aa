"""One call for every format: the first bytes tell the decoder, never a name."""

import json
import sys

import pytest

from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.report import report_data
from skrytka.core.signatures.validation import examine, get_ready_for, validate
from skrytka.core.signatures.words import Indication, SignatureFormat
from tests.core.signatures.crafting import LETTER, sign
from tests.world.pki import AT, make_pki


def test_an_xml_signature_is_judged_whole() -> None:
    report = validate(sign(LETTER), detached={}, trust=make_pki().trust, at=AT)
    assert report.indication is Indication.TOTAL_PASSED
    assert report.signatures[0].format is SignatureFormat.XADES
    assert report.payload is not None
    data = report_data(report)["signatures"][0]
    assert data["conclusions"] is None or data["conclusions"]["conclusion"] == "PASSED"
    assert json.dumps(report_data(report))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"zwyczajny tekst", ReasonCode.NO_SIGNATURE),
        (b"", ReasonCode.NO_SIGNATURE),
        (b"<a/>", ReasonCode.NO_SIGNATURE),
        (b"%PDF-1.7 bez podpisu", ReasonCode.NO_SIGNATURE),
        (b"%PDF-1.7 /ByteRange [0 1 2 3]", ReasonCode.PDF_SYNTAX),
        (b"GIF89a...PK\x03\x04...PK\x05\x06" + bytes(18), ReasonCode.ZIP_HEADER),
    ],
)
def test_what_is_not_read_is_refused_by_name(data: bytes, code: ReasonCode) -> None:
    assert examine(data, {}).refusal is code


def test_the_reader_of_pdf_is_loaded_before_its_cost_is_counted() -> None:
    get_ready_for(b"<a/>")
    get_ready_for(b"%PDF-1.7")
    assert "skrytka.core.signatures.pdf.examine" in sys.modules
