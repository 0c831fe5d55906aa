"""Every address of a draft answers its author, and nobody else, not even that it exists."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from skrytka.accounts.models import User
from skrytka.letters.models import Draft
from tests.web.compose.conftest import ReaderOf
from tests.world.attachments import added
from tests.world.files import pdf

pytestmark = pytest.mark.django_db

GET_PAGES = (
    "draft",
    "draft_discard",
    "draft_addressee",
    "draft_letter",
    "draft_signature",
    "draft_trusted",
    "draft_signed_file",
    "draft_document",
    "draft_document_xml",
    "draft_send",
)
POST_PAGES = (
    "draft_discard",
    "draft_restore",
    "draft_addressee",
    "draft_letter",
    "draft_files",
    "draft_signature",
    "draft_trusted",
    "draft_signed_file",
    "draft_send",
)
FILE_PAGES = ("draft_file", "draft_file_preview", "draft_file_download")
OTHERS = ("bogdan", "celina", "daria", "edmund")


@pytest.fixture
def stranger(request: pytest.FixtureRequest) -> User:
    user = request.getfixturevalue(request.param)
    assert isinstance(user, User)
    return user


@pytest.mark.parametrize("name", GET_PAGES)
def test_the_author_opens_every_page(
    reader_of: ReaderOf, anna: User, draft: Draft, name: str
) -> None:
    answer = reader_of(anna).get(reverse(f"web:{name}", args=[draft.id]))
    assert answer.status_code in {200, 302}


@pytest.mark.parametrize("stranger", OTHERS, indirect=True)
def test_nobody_else_opens_any_page(reader_of: ReaderOf, stranger: User, draft: Draft) -> None:
    client = reader_of(stranger)
    file_id = added(draft, "a.pdf", pdf()).id
    pages = [reverse(f"web:{name}", args=[draft.id]) for name in (*GET_PAGES, "draft_sent")]
    pages += [reverse(f"web:{name}", args=[draft.id, file_id]) for name in FILE_PAGES]
    pages.append(reverse("web:draft_file_picture", args=[draft.id, file_id, 1]))
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)


@pytest.mark.parametrize("stranger", OTHERS, indirect=True)
def test_nobody_else_changes_anything(reader_of: ReaderOf, stranger: User, draft: Draft) -> None:
    client = reader_of(stranger)
    pages = [reverse(f"web:{name}", args=[draft.id]) for name in POST_PAGES]
    codes = {page: client.post(page, {"title": "x"}).status_code for page in pages}
    assert codes == dict.fromkeys(pages, 404)
    draft.refresh_from_db()
    assert (draft.title, draft.state) == ("Wniosek o zaświadczenie", "OPEN")


def test_a_draft_that_does_not_exist_answers_the_same(reader_of: ReaderOf, anna: User) -> None:
    client = reader_of(anna)
    for name in GET_PAGES:
        assert client.get(reverse(f"web:{name}", args=[uuid4()])).status_code == 404


def test_who_is_not_logged_in_logs_in_first(draft: Draft) -> None:
    for name in GET_PAGES:
        page = reverse(f"web:{name}", args=[draft.id])
        answer = Client().get(page)
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"{reverse('account_login')}?next={page}"


def test_lists_show_only_the_own_drafts(
    reader_of: ReaderOf, anna: User, bogdan: User, celina: User, draft: Draft
) -> None:
    for name in ("letters", "drafts"):
        page = reverse(f"web:{name}")
        assert draft.title in reader_of(anna).get(page).content.decode()
        assert draft.title not in reader_of(bogdan).get(page).content.decode()
        assert draft.title not in reader_of(celina).get(page).content.decode()
