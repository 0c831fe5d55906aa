"""The pages of a letter that goes out, asked and sent."""

from uuid import UUID

from django.urls import reverse

from skrytka.delivery.models import OutgoingDraft
from tests.world.page_client import PageClient

TYPED: dict[str, object] = {
    "title": "Wezwanie",
    "body": "Proszę „uzupełnić” podpis.",
    "case_mark": "CUW.1.2026",
}


def url(name: str, draft: OutgoingDraft | UUID) -> str:
    return reverse(f"desk:outgoing_{name}", args=[getattr(draft, "id", draft)])


def text_of(client: PageClient, address: str) -> str:
    return client.get(address).content.decode()


def answered(client: PageClient, address: str) -> int:
    return client.get(address).status_code


def post(client: PageClient, name: str, draft: OutgoingDraft, **sent: object) -> str:
    return client.post(url(name, draft), sent, follow=True).content.decode()


def only_draft() -> OutgoingDraft:
    return OutgoingDraft.objects.get()
