"""What the operator may set, read from the environment and checked before anything starts.

Every setting, its default and its meaning stand in ``docs/operators/settings.md``.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from skrytka.gateways.clamd_wire import clamd_address

Network = IPv4Network | IPv6Network


class Mode(StrEnum):
    """How serious this installation is."""

    PRODUCTION = "production"
    DEMO = "demo"


class EnvironmentFaultyError(Exception):
    """Settings that cannot be started with; one line per fault."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Environment:
    """The settings of this process."""

    mode: Mode
    data: Path
    database_url: str
    blobs_url: str
    mail_url: str
    mail_from: str
    base_url: str
    secret_key: str
    keys: Path
    port: int
    threads: int
    trusted_proxies: tuple[Network, ...]
    clock_ahead: timedelta | None
    judging_seconds: int
    judging_mebibytes: int
    time_stamping: tuple[str, ...]
    token_library: str
    token_label: str
    token_pin_file: str
    lists_url: str
    fetches_revocation: bool
    clamd: str
    rescreening_days: int

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def is_embedded(self) -> bool:
        """Whether the database is a file of this process's own, and not a server."""
        return self.database_url.startswith("sqlite")

    @property
    def is_https(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"


DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
BLOBS_SCHEMES = ("file", "s3")
LISTS_SCHEMES = ("https", "file")
MAIL_SCHEMES = ("file", "smtp", "smtps")
SHORTEST_SECRET_KEY = 50
CLOCK = "SKRYTKA_CLOCK"
_SECONDS = re.compile(r"[+-]?[0-9]{1,12}")
# The keys of the first run serve for ten years.
FURTHEST = timedelta(days=9 * 365)


def read_environment(values: Mapping[str, str]) -> Environment:
    """This will read the settings of this process.

    Raises EnvironmentFaultyError naming every fault at once, so that they are mended together.
    """
    faults: list[str] = []
    data = Path(values.get("SKRYTKA_DATA", "data")).resolve()
    port = _whole_number(values, "PORT", 8000, faults)
    environment = Environment(
        mode=_mode(values, faults),
        data=data,
        database_url=_url(
            values, "DATABASE_URL", f"sqlite:///{data}/skrytka.sqlite3", DATABASE_SCHEMES, faults
        ),
        blobs_url=_url(values, "SKRYTKA_BLOBS_URL", f"file://{data}/blobs", BLOBS_SCHEMES, faults),
        mail_url=_url(values, "SKRYTKA_MAIL_URL", f"file://{data}/mail", MAIL_SCHEMES, faults),
        mail_from=values.get("SKRYTKA_MAIL_FROM", "skrytka@localhost"),
        base_url=_url(
            values, "SKRYTKA_BASE_URL", f"http://127.0.0.1:{port}", ("http", "https"), faults
        ).rstrip("/"),
        secret_key=values.get("SKRYTKA_SECRET_KEY", ""),
        keys=Path(values.get("SKRYTKA_KEYS", str(data / "keys"))),
        port=port,
        threads=_whole_number(values, "SKRYTKA_THREADS", 64, faults),
        trusted_proxies=_networks(values, "SKRYTKA_TRUSTED_PROXIES", faults),
        clock_ahead=_clock_ahead(values, faults),
        judging_seconds=_whole_number(values, "SKRYTKA_JUDGING_SECONDS", 1, faults),
        judging_mebibytes=_whole_number(values, "SKRYTKA_JUDGING_MIB", 256, faults),
        time_stamping=_addresses(values, "SKRYTKA_TSA", faults),
        token_library=values.get("SKRYTKA_PKCS11", ""),
        token_label=values.get("SKRYTKA_PKCS11_TOKEN", ""),
        token_pin_file=values.get("SKRYTKA_PKCS11_PIN_FILE", ""),
        lists_url=_lists_url(values, faults),
        fetches_revocation=_allowed(values, "SKRYTKA_REVOCATION", faults),
        clamd=_clamd(values, faults),
        rescreening_days=_whole_number(values, "SKRYTKA_RESCREENING_DAYS", 30, faults, least=0),
    )
    _check_token(environment, faults)
    _check_secret_key(environment, faults)
    if faults:
        raise EnvironmentFaultyError(tuple(faults))
    return environment


def clock_ahead_of(values: Mapping[str, str]) -> timedelta | None:
    """This will return by how much the clock of this process is moved; None where it is not.

    Raises EnvironmentFaultyError, above all outside a demonstration: the instants of real letters
    are evidence.
    """
    faults: list[str] = []
    ahead = _clock_ahead(values, faults)
    if faults:
        raise EnvironmentFaultyError(tuple(faults))
    return ahead


def clamd_of(values: Mapping[str, str]) -> str:
    """This will return the address of the antivirus daemon alone; empty where none is named.

    Raises EnvironmentFaultyError.
    """
    faults: list[str] = []
    address = _clamd(values, faults)
    if faults:
        raise EnvironmentFaultyError(tuple(faults))
    return address


def secret_key_of(environment: Environment) -> str:
    """This will return the secret key: the operator's, or one made on first run in DATA."""
    if environment.secret_key:
        return environment.secret_key
    path = environment.data / "secret.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


def _mode(values: Mapping[str, str], faults: list[str]) -> Mode:
    text = values.get("SKRYTKA_MODE", Mode.PRODUCTION.value)
    try:
        return Mode(text)
    except ValueError:
        faults.append(f"SKRYTKA_MODE={text}: must be one of {', '.join(Mode)}")
        return Mode.PRODUCTION


def _whole_number(
    values: Mapping[str, str], name: str, default: int, faults: list[str], *, least: int = 1
) -> int:
    text = values.get(name, str(default))
    if not text.isdecimal() or int(text) < least:
        faults.append(f"{name}={text}: must be a whole number" + (" above zero" if least else ""))
        return default
    return int(text)


def _allowed(values: Mapping[str, str], name: str, faults: list[str]) -> bool:
    """What only the operator may allow is off until he says so in one word."""
    word = values.get(name, "off")
    if word not in {"off", "fetch"}:
        faults.append(f"{name}={word}: must be fetch or off")
    return word == "fetch"


def _networks(values: Mapping[str, str], name: str, faults: list[str]) -> tuple[Network, ...]:
    """Addresses and networks, by commas; were everybody a proxy, anybody could forge an address."""
    found: list[Network] = []
    for text in filter(None, (part.strip() for part in values.get(name, "").split(","))):
        try:
            network = ip_network(text)
        except ValueError:
            faults.append(f"{name}: {text} is no address and no network such as 10.0.0.0/8")
            continue
        if network.prefixlen == 0:
            faults.append(f"{name}: {text} is everybody, name the proxies alone")
        found.append(network)
    return tuple(found)


def _addresses(values: Mapping[str, str], name: str, faults: list[str]) -> tuple[str, ...]:
    """Addresses by blanks, in the order in which they are asked."""
    found = tuple(values.get(name, "").split())
    bad = (text for text in found if not _is_web_address(text))
    faults += [f"{name}: {text} is no address such as https://tsa.example/tsp" for text in bad]
    return found


def _is_web_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _clock_ahead(values: Mapping[str, str], faults: list[str]) -> timedelta | None:
    text = values.get(CLOCK, "")
    if not text:
        return None
    if values.get("SKRYTKA_MODE") != Mode.DEMO:
        faults.append(
            f"{CLOCK}: czas pokazowy (skrytka up --at) działa tylko przy SKRYTKA_MODE=demo. "
            "Prawdziwa instalacja ma prawdziwy zegar."
        )
        return None
    if not _SECONDS.fullmatch(text):
        faults.append(f"{CLOCK}={text}: podaj, o ile sekund przesunąć zegar, na przykład +1209600.")
        return None
    ahead = timedelta(seconds=int(text))
    if abs(ahead) > FURTHEST:
        faults.append(f"{CLOCK}={text}: zegar pokazowy przesuniesz najwyżej o 9 lat.")
    return ahead


def _url(
    values: Mapping[str, str],
    name: str,
    default: str,
    schemes: tuple[str, ...],
    faults: list[str],
) -> str:
    text = values.get(name, default)
    if urlsplit(text).scheme not in schemes:
        faults.append(f"{name}: must start with one of {', '.join(f'{s}://' for s in schemes)}")
    return text


def _check_token(environment: Environment, faults: list[str]) -> None:
    """A token is named whole or not at all; which of its settings is missing, is said."""
    parts = {
        "SKRYTKA_PKCS11": environment.token_library,
        "SKRYTKA_PKCS11_TOKEN": environment.token_label,
        "SKRYTKA_PKCS11_PIN_FILE": environment.token_pin_file,
    }
    if any(parts.values()):
        missing = (name for name, text in parts.items() if not text)
        faults += [f"{name}: missing, the token needs it" for name in missing]


def _lists_url(values: Mapping[str, str], faults: list[str]) -> str:
    """Where the list of lists is; without it nothing is fetched."""
    if not values.get("SKRYTKA_LISTS_URL"):
        return ""
    return _url(values, "SKRYTKA_LISTS_URL", "", LISTS_SCHEMES, faults)


def _clamd(values: Mapping[str, str], faults: list[str]) -> str:
    """Where clamd listens; a faulty address must not mean that nobody scans."""
    text = values.get("SKRYTKA_CLAMD", "")
    try:
        if text:
            clamd_address(text)
    except ValueError:
        faults.append(f"SKRYTKA_CLAMD={text}: must be unix:///path or tcp://host:port")
    return text


def _check_secret_key(environment: Environment, faults: list[str]) -> None:
    if environment.secret_key and len(environment.secret_key) < SHORTEST_SECRET_KEY:
        faults.append(f"SKRYTKA_SECRET_KEY: must have at least {SHORTEST_SECRET_KEY} characters")
