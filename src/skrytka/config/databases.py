"""DATABASE_URL in Django's words; one code path for both engines."""

from urllib.parse import parse_qsl, unquote, urlsplit

# WAL lets readers go on while one writes; FULL makes a committed letter survive a power cut.
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA cache_size=-1000; PRAGMA temp_store=MEMORY;"
)

DatabaseSettings = dict[str, object]


def database_settings(url: str) -> DatabaseSettings:
    """This will turn a database URL into the entry of Django's DATABASES."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path).removeprefix("/"))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path).removeprefix("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 16, "timeout": 30}}
        | dict(parse_qsl(parts.query)),
    }


def _sqlite(path: str) -> DatabaseSettings:
    return {
        "ENGINE": "skrytka.gateways.sqlite_in_line",
        "NAME": path if path.startswith(":") else f"/{path.lstrip('/')}",
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": SQLITE_START,
        },
    }
