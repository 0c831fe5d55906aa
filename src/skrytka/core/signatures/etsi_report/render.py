"""The whole report: every signature, the objects they rest on, and who validated."""

from skrytka.core.signatures.etsi_report import names
from skrytka.core.signatures.etsi_report.numbering import Numbered, number
from skrytka.core.signatures.etsi_report.objects import write_objects
from skrytka.core.signatures.etsi_report.signature import write_file, write_signature
from skrytka.core.signatures.etsi_report.status import Status
from skrytka.core.signatures.etsi_report.writing import Xml, element, text
from skrytka.core.signatures.names import DS, XADES
from skrytka.core.signatures.report import ReportJson
from skrytka.core.signatures.words import Indication

_TRUSTED_LIST = "http://uri.etsi.org/02231/v2#"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_WORST_FIRST = (Indication.TOTAL_FAILED, Indication.INDETERMINATE, Indication.TOTAL_PASSED)


def etsi_report(report: ReportJson, validator: str) -> bytes:
    """This will write a report as XML of ETSI TS 119 102-2 V1.4.1: same report, same bytes.

    ``report`` is what ``report_data`` returns, or one kept earlier; ``validator`` names who
    validated. A counter-signature has its report behind that of the signature. Where the file as
    a whole fares worse than each of its signatures, they say what is said of the file: a reader
    who looks at nothing else is not misled. Of a file without signatures there is one report.
    """
    signatures = tuple(each for one in number(report["signatures"]) for each in one.with_counters())
    reports = tuple(write_signature(one, report, _status(one, report)) for one in signatures)
    root = element(
        "ValidationReport",
        *(reports or (write_file(report, _of_file(report)),)),
        write_objects(signatures),
        _validator(validator),
        **{
            "xmlns": names.NAMESPACE,
            "xmlns:ds": DS,
            "xmlns:XAdES": XADES,
            "xmlns:tsl": _TRUSTED_LIST,
        },
    )
    return (_HEAD + root + "\n").encode()


def _status(one: Numbered, report: ReportJson) -> Status:
    signature = one.signature
    reasons = tuple(signature["reasons"])
    own = Status(signature["indication"], signature["sub_indication"], reasons)
    worst = min(_rank(each["indication"]) for each in report["signatures"])
    if _rank(report["indication"]) >= worst:
        return own
    whole = _of_file(report)
    return Status(whole.indication, whole.sub_indication, (*whole.reasons, *reasons))


def _of_file(report: ReportJson) -> Status:
    return Status(report["indication"], report.get("sub_indication"), tuple(report["reasons"]))


def _rank(indication: str) -> int:
    return _WORST_FIRST.index(Indication(indication))


def _validator(name: str) -> Xml:
    """Clause 4.5: the validator by its name; it has no certificate that its reports bear."""
    return element(
        "SignatureValidator",
        element("DigitalId", element("tsl:Other", text(name))),
    )
