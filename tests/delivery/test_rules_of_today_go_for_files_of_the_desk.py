"""What a file of a draft holds is held against the rules of the day on which it is to go."""

from dataclasses import replace
from datetime import date

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.delivery.models import OutgoingFile
from skrytka.delivery.operations.completeness import OutgoingGap
from skrytka.delivery.queries.outgoing import OutgoingView, outgoing_view
from skrytka.desk.outgoing.texts import problem_text
from skrytka.letters.operations.attachment_policies import AttachmentRules, adopt_attachment_rules
from skrytka.letters.screening import ContentTerms, Treatment
from tests.world.desk_drafts import NOW
from tests.world.outgoing import signed_draft

pytestmark = pytest.mark.django_db
OPEN = AttachmentRules(
    "otwarte", date(2026, 1, 2), ("PDF",), 1_000_000, "próba",
    terms=ContentTerms(locked=Treatment.REPORT),
)  # fmt: skip
STRICT = replace(OPEN, terms=ContentTerms(*[Treatment.REFUSE] * 4))


def view_with(
    remarks: list[str], rules: AttachmentRules, daria: User, anna: User, cuw: Institution
) -> OutgoingView:
    adopt_attachment_rules(cuw.pk, rules, at=NOW)
    draft = signed_draft(daria, cuw, anna.party)
    draft.body = "Treść"
    draft.save()
    OutgoingFile.objects.filter(draft=draft).update(remarks=remarks)
    view = outgoing_view(draft.id, at=NOW)
    assert view is not None
    return view


@pytest.mark.parametrize(
    ("remark", "gap", "told"),
    [
        ("SCRIPT", OutgoingGap.FILE_HOLDS_MORE, "jest skrypt, a tych nie przyjmujemy"),
        ("MACROS", OutgoingGap.FILE_HOLDS_MORE, "są makra, a tych nie przyjmujemy"),
        ("LOCKED", OutgoingGap.FILE_LOCKED, "hasłem"),
    ],
)
def test_stricter_rules_are_told_before_signing(
    remark: str, gap: OutgoingGap, told: str, daria: User, anna: User, cuw: Institution
) -> None:
    view = view_with([remark], STRICT, daria, anna, cuw)
    (problem,) = view.problems
    assert (problem.gap, problem.text) == (gap, "zaświadczenie.pdf")
    assert told in problem_text(view, problem)


@pytest.mark.parametrize("remarks", [[], ["SCRIPT", "LOCKED"]])
def test_what_the_rules_report_may_go(
    remarks: list[str], daria: User, anna: User, cuw: Institution
) -> None:
    assert view_with(remarks, OPEN, daria, anna, cuw).problems == ()
