"""Step 2: title, body, saving, and two tabs."""

import pytest
from django.urls import reverse
from tests.web.compose.conftest import ReaderOf

from skrytka.accounts.models import User
from skrytka.letters.models import Draft

pytestmark = pytest.mark.django_db


def _url(draft: Draft) -> str:
    return reverse("web:draft_letter", args=[draft.id])


def _typed(draft: Draft, **changed: str) -> dict[str, str]:
    return {"title": "Skarga", "body": "Proszę.", "version": str(draft.version), **changed}


def test_the_page_shows_what_was_written(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    page = reader_of(anna).get(_url(draft)).content.decode()
    assert "Napisz pismo: pismo i załączniki (krok 2 z 4)" in page
    assert "Wniosek o zaświadczenie" in page
    assert "/ZOJO_Cieszyn/SkrytkaESP" in page
    assert "Formaty: DOC, RTF, XLS, CSV, TXT, GIF, TIF, BMP, JPG, PDF, ZIP." in page
