"""Who is behind a session: read by a statement written once, as every request asks."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from skrytka.accounts.queries.viewers import person_of


class PersonBackend(AuthenticationBackend):
    """Log-in as the library does it; the person of a session is asked for more cheaply."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        person = person_of(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None
