"""What `skrytka demo` tells when it is done."""

from dataclasses import dataclass

from skrytka.cli.demo.people import PASSWORD, PEOPLE


class CannotLoadDemo(Exception):
    """Accounts with a published password have no place in a serious installation."""


@dataclass(frozen=True)
class DemoAccount:
    email: str
    name: str
    about: str


@dataclass(frozen=True)
class DemoSummary:
    """Whether anything was loaded now, and who may log in."""

    is_new: bool
    accounts: tuple[DemoAccount, ...]
    password: str

    @property
    def text(self) -> str:
        """The accounts as lines for a terminal."""
        width = max(len(account.email) for account in self.accounts)
        lines = [
            f"  {account.email:<{width}}  {account.name}, {account.about}"
            for account in self.accounts
        ]
        first = "Dane pokazowe są gotowe." if self.is_new else "Dane pokazowe już tu były."
        return "\n".join((first, "Konta:", *lines, f"Hasło każdego konta: {self.password}"))


def summary_of(*, is_new: bool) -> DemoSummary:
    accounts = tuple(
        DemoAccount(person.email, f"{person.given_name} {person.family_name}", person.about)
        for person in PEOPLE
    )
    return DemoSummary(is_new, accounts, PASSWORD)
