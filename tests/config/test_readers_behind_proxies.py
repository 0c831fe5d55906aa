"""Limits count the reader, not the proxy; and nobody forges an address to slip under them."""

from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network

import pytest
from django.conf import LazySettings

from skrytka.accounts.models import Institution
from skrytka.accounts.operations.recommend import PER_HOUR
from skrytka.config.diagnosis import Finding, diagnose
from skrytka.config.environment import EnvironmentFaultyError, read_environment
from skrytka.config.proxies import client_address
from tests.world.page_client import PageClient

PROXY, READER, LIAR = "10.0.0.5", "203.0.113.9", "198.51.100.7"
PROXIES = (ip_network("10.0.0.0/24"), ip_network("2001:db8::/64"))
TELL = "/instytucje/ZOJO_Cieszyn/powiadom/"


@pytest.fixture
def proxies(settings: LazySettings) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, trusted_proxies=PROXIES)


@pytest.mark.parametrize(
    ("forwarded", "found"),
    [
        (READER, READER),
        (f"{LIAR}, {READER}", READER),
        (f"{LIAR}, {READER}, 10.0.0.7", READER),
        (f" {READER} , ", PROXY),
        ("", PROXY),
        ("nonsense", PROXY),
        (f"{READER}, nonsense", PROXY),
        (f"{READER}:4711", PROXY),
        ("10.0.0.9", "10.0.0.9"),
        ("2001:db9::1, 2001:db8::7", "2001:db9::1"),
        (f"::ffff:{READER}", READER),
        (f"{READER}, ::ffff:10.0.0.7", READER),
    ],
)
def test_the_reader_is_the_first_from_the_right_that_is_no_proxy(
    forwarded: str, found: str
) -> None:
    assert client_address(PROXY, forwarded, PROXIES) == found


def tell(peer: str, forwarded: str) -> int:
    return (
        PageClient()
        .post(
            TELL,
            {"email": "jan@example.pl"},
            REMOTE_ADDR=peer,
            headers={"x-forwarded-for": forwarded},
        )
        .status_code
    )


@pytest.mark.django_db
def test_readers_behind_one_proxy_have_a_limit_each(proxies: None, cuw: Institution) -> None:
    assert [tell(PROXY, READER) for _ in range(PER_HOUR + 1)] == [200] * PER_HOUR + [429]
    assert tell(PROXY, LIAR) == 200


@pytest.mark.django_db
def test_a_made_up_beginning_of_the_header_gives_no_new_turn(
    proxies: None, cuw: Institution
) -> None:
    answers = [tell(PROXY, f"192.0.2.{n}, {READER}") for n in range(PER_HOUR + 1)]
    assert answers == [200] * PER_HOUR + [429]


@pytest.mark.django_db
def test_the_header_of_somebody_who_is_no_proxy_is_passed_over(
    proxies: None, cuw: Institution
) -> None:
    answers = [tell(LIAR, f"192.0.2.{n}") for n in range(PER_HOUR + 1)]
    assert answers == [200] * PER_HOUR + [429]


@pytest.mark.django_db
def test_without_the_setting_the_header_says_nothing(cuw: Institution) -> None:
    answers = [tell(PROXY, f"192.0.2.{n}") for n in range(PER_HOUR + 1)]
    assert answers == [200] * PER_HOUR + [429]


@pytest.mark.django_db
def test_guesses_at_a_log_in_are_counted_by_reader(proxies: None) -> None:
    def guess(number: int, forwarded: str) -> int:
        guessed = {"login": f"osoba{number}@example.pl", "password": "nie-to-haslo-123"}
        client = PageClient()
        forwarded_for = {"x-forwarded-for": forwarded}
        return client.post(
            "/konto/zaloguj/", guessed, REMOTE_ADDR=PROXY, headers=forwarded_for
        ).status_code

    tries = [guess(number, f"192.0.2.{number}, {READER}") for number in range(31)]
    assert tries[0] == 200
    assert tries[-1] == 429
    assert guess(99, LIAR) == 200


def test_networks_are_read_and_their_faults_told() -> None:
    read = read_environment({"SKRYTKA_TRUSTED_PROXIES": "10.0.0.5, 192.168.7.0/24,2001:db8::/64"})
    assert [str(network) for network in read.trusted_proxies] == [
        "10.0.0.5/32", "192.168.7.0/24", "2001:db8::/64",
    ]  # fmt: skip
    for bad in ("proxy.example", "10.0.0.5/8", "0.0.0.0/0", "::/0"):
        with pytest.raises(EnvironmentFaultyError, match="SKRYTKA_TRUSTED_PROXIES"):
            read_environment({"SKRYTKA_TRUSTED_PROXIES": bad})


def proxies_finding() -> Finding:
    found = diagnose(datetime(2026, 11, 23, tzinfo=UTC))
    return next(finding for finding in found if finding.name == "proxies")


@pytest.mark.django_db
def test_the_doctor_asks_for_the_proxy_of_an_https_address(settings: LazySettings) -> None:
    assert proxies_finding().ok
    https = replace(settings.ENVIRONMENT, base_url="https://skrytka.example.pl")
    settings.ENVIRONMENT = https
    assert not proxies_finding().ok
    assert "SKRYTKA_TRUSTED_PROXIES" in proxies_finding().text
    settings.ENVIRONMENT = replace(https, trusted_proxies=PROXIES)
    assert proxies_finding() == Finding("proxies", ok=True, text="10.0.0.0/24, 2001:db8::/64")
