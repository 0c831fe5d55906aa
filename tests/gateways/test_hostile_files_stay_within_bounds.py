"""What is made to cost much is refused by name, within its time and memory, by the real judge.

The bounds are the product's own: a second of processor time and 256 MiB, with a share for each
MiB of the file. Whatever went beyond them would be an incident, not a code of the file.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from skrytka.core.signatures.trust import TrustStore
from skrytka.gateways.judging import JudgingLimits, ProcessJudge, Question
from tests.gateways import hostile_files as hostile
from tests.gateways.hostile_files import (
    ENVELOPED,
    MIB,
    archive,
    changed,
    cms,
    reference,
    signature,
    transform,
    xml,
)

AT = datetime(2026, 7, 1, tzinfo=UTC)
XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"
COUNTING = "<XPath>count(//. | //@* | //namespace::*) = count(//.)</XPath>"
EXC = "http://www.w3.org/2001/10/xml-exc-c14n#"
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "entities that grow": (hostile.laughs, "XML-DOCTYPE"),
    "depth": (lambda: b"<a>" * 100_000, "XML-DEPTH"),
    "attributes": (
        lambda: xml("<a " + " ".join(f'a{n}=""' for n in range(60_000)) + "/>", ""),
        "XML-NODES",
    ),
    "namespaces": (hostile.many_namespaces, "XML-NODES"),
    "references to one another": (hostile.references_of_one_another, "TR-COUNT"),
    "references without end": (
        lambda: xml("<b/>" * 10_000, signature(reference() * 3_000)),
        "TR-COUNT",
    ),
    "transforms": (
        lambda: xml("<b/>" * 5_000, signature(reference("", transform(EXC) * 5_000))),
        "TR-COUNT",
    ),
    "an expression that counts": (
        lambda: xml("<b/>" * 5_000, signature(reference("", transform(XPATH, COUNTING)))),
        "TR-UNKNOWN",
    ),
    "a program": (lambda: xml("", signature(reference("", transform(XSLT, "<x/>")))), "TR-XSLT"),
    "many signatures": (hostile.many_signatures, "REF-DIGEST"),
    "too many signatures": (lambda: xml("", signature(reference()) * 65), "RES-COUNT"),
    "certificates": (
        lambda: xml(
            "",
            signature(
                reference(),
                key_info="<X509Data>" + "<X509Certificate/>" * 20_000 + "</X509Data>",
            ),
        ),
        "RES-COUNT",
    ),
    "one name for all": (
        lambda: xml('<b Id="x"/>' * 50_000, signature(reference("#x", ENVELOPED))),
        "XSW-DUP-ID",
    ),
    "a huge key": (hostile.huge_key, "SIG-VALUE"),
    "ZIP that swells": (lambda: archive([("a", bytes(200 * MIB))]), "ZIP-SIZE"),
    "ZIP of many": (lambda: archive((f"a{n}", b"") for n in range(20_000)), "ZIP-COUNT"),
    "ZIP with XML that swells": (
        lambda: archive([("META-INF/signatures.xml", b"<r>" + b"<a/>" * 3_000_000), ("x", b"")]),
        "ZIP-RATIO",
    ),
    "ZIP of signatures": (hostile.crowded_container, "RES-COUNT"),
    "CMS in pieces": (hostile.pieces, "RES-COUNT"),
    "CMS of certificates": (lambda: cms(certificates=200_000), "RES-COUNT"),
    "CMS of revocation lists": (lambda: cms(crls=200_000), "RES-COUNT"),
    "CMS of algorithms": (lambda: cms(algorithms=60_000), "NOT-CADES"),
    "CMS of signers": (lambda: cms(signers=hostile.signer() * 3_000), "RES-COUNT"),
    "CMS in CMS": (hostile.nested_counter_signers, "KEY-MISSING"),
    "PDF of arrays": (
        lambda: b"%PDF-1.7\n1 0 obj " + b"[" * 500_000 + b"/ByteRange[]",
        "PDF-SYNTAX",
    ),
    "PDF of signatures": (lambda: b"%PDF-1.7\n" + b"/ByteRange[0 1 2 3] " * 50_000, "PDF-LIMIT"),
    "PDF with a mesh of fields": (lambda: changed(hostile.mesh_of_fields), "PDF-LIMIT"),
    "PDF with a crowd of fields": (hostile.crowd_of_fields, "PDF-LIMIT"),
    "PDF with lists that swell": (lambda: changed(hostile.bombs_in_store), "CHAIN-NONE"),
}


@pytest.fixture(scope="module")
def judge() -> Iterator[ProcessJudge]:
    judge = ProcessJudge()
    yield judge
    judge.close()


@pytest.mark.parametrize("name", FILES)
def test_a_costly_file_is_refused_by_name_within_its_bounds(judge: ProcessJudge, name: str) -> None:
    make, code = FILES[name]
    data = make()
    said = judge.judge(Question(data, {}, TrustStore(), AT))
    codes = [reason["code"] for reason in said.report["reasons"]]
    assert (said.incident, code in codes) == ("", True), codes
    assert said.report["indication"] != "TOTAL_PASSED"


def test_what_goes_beyond_its_time_is_ended_and_never_passes() -> None:
    judge = ProcessJudge(JudgingLimits(cpu=0.05, cpu_first_mibs=0.0, cpu_per_mib=0.0))
    said = judge.judge(Question(hostile.many_signatures(), {}, TrustStore(), AT))
    assert [reason["code"] for reason in said.report["reasons"]] == ["RES-CPU"]
    assert said.incident
