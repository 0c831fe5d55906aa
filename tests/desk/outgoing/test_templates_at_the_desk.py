"""Templates on the pages: the administrator keeps them, the clerk puts them in."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.delivery.models import LetterTemplate
from skrytka.delivery.operations.templates import offer_built_in
from tests.desk.outgoing.pages import TYPED, post, text_of, url
from tests.desk.world import client_at, employed
from tests.world.desk_drafts import NOW, actor, draft_at, written
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
LIST = "desk:templates"
FORM = {"name": "Własny", "title": "Tytuł", "body": "Treść {adresat}"}


@pytest.fixture
def administrator(cuw: Institution) -> PageClient:
    return client_at(employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR))


@pytest.fixture
def others(town_hall: Institution) -> LetterTemplate:
    return LetterTemplate.objects.create(
        institution=town_hall, code="x", name="Cudzy", title="t", body="b", updated_at=NOW
    )


def sent(client: PageClient, name: str, data: dict[str, str], *args: int) -> str:
    return client.post(reverse(name, args=args), data, follow=True).content.decode()


def test_an_empty_list_offers_the_three(administrator: PageClient) -> None:
    assert "Nie ma jeszcze szablonów." in text_of(administrator, reverse(LIST))
    page = sent(administrator, LIST, {})
    assert "Szablony dodane." in page
    assert "Wezwanie do uzupełnienia braków (7 dni)" in page
    assert "Dodaj gotowe szablony" not in page


def test_a_template_is_written_changed_and_withdrawn(administrator: PageClient) -> None:
    assert "<code>{nr_rpw}</code>" in text_of(administrator, reverse("desk:template_new"))
    assert "Szablon dodany." in sent(administrator, "desk:template_new", FORM)
    row = LetterTemplate.objects.get()
    assert "Treść {adresat}" in text_of(administrator, reverse("desk:template", args=[row.pk]))
    assert "Zapisane." in sent(administrator, "desk:template", {**FORM, "title": "Nowy"}, row.pk)
    assert LetterTemplate.objects.get().title == "Nowy"
    assert "Szablon wycofany." in sent(administrator, "desk:template_switch", {}, row.pk)
    assert "Szablon przywrócony." in sent(administrator, "desk:template_switch", {}, row.pk)


def test_faults_keep_what_was_typed(administrator: PageClient) -> None:
    sent(administrator, "desk:template_new", FORM)
    page = sent(administrator, "desk:template_new", {**FORM, "body": "Inna treść"})
    assert "Jest już szablon o tej nazwie." in page
    assert "Inna treść" in page
    assert "Wpisz treść pisma" in sent(administrator, "desk:template_new", {**FORM, "body": ""})


def test_those_of_another_institution_do_not_exist_here(
    administrator: PageClient, others: LetterTemplate
) -> None:
    for name in ("desk:template", "desk:template_switch"):
        assert administrator.post(reverse(name, args=[others.pk]), FORM).status_code == 404
    assert "Cudzy" not in text_of(administrator, reverse(LIST))


def test_a_clerk_keeps_no_templates(daria: User, others: LetterTemplate) -> None:
    client = client_at(daria)
    assert client.get(reverse(LIST)).status_code == 404
    assert client.get(reverse("desk:template_new")).status_code == 404
    for name in ("desk:template", "desk:template_switch"):
        assert client.post(reverse(name, args=[others.pk]), FORM).status_code == 404


def test_a_clerk_puts_a_template_into_a_letter(daria: User, anna: User, cuw: Institution) -> None:
    offer_built_in(cuw.pk, actor=actor(daria), at=NOW)
    draft, client = written(daria, cuw, to=anna), client_at(daria)
    template = LetterTemplate.objects.get(code="wplyw")
    assert "Potwierdzenie wpływu" in text_of(client, url("letter", draft))
    chosen = {**TYPED, "version": 2, "action": "template", "template": template.pk}
    page = post(client, "letter", draft, **chosen)
    assert "Proszę „uzupełnić” podpis." in page
    assert "Potwierdzamy, że pismo" in page
    wrong = post(client, "letter", draft, action="template", template="abc")
    assert "Wybierz szablon z listy." in wrong
    told = post(client, "letter", draft, action="next")
    assert "W tekście zostało pole {nr_rpw}." in told
    assert draft_at(draft.id).body.count("Potwierdzamy") == 1


def test_without_templates_there_is_nothing_to_choose(
    daria: User, anna: User, cuw: Institution
) -> None:
    draft = written(daria, cuw, to=anna)
    assert "Wstaw szablon" not in text_of(client_at(daria), url("letter", draft))
