"""Fetching the trusted lists that the operator named."""

from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from skrytka.config.environment import Environment
from skrytka.config.judging import lists_store
from skrytka.evidence.operations.refreshing_lists import refresh_store
from skrytka.gateways.trusted_lists import FolderLists, HttpLists, TrustedLists


def fetch_lists(environment: Environment, *, at: datetime) -> bool:
    """This will fetch the trusted lists anew; false where the operator named none.

    Raises OSError and ValueError when lists cannot be kept or read back.
    """
    if not environment.lists_url:
        return False
    source = _source(environment.lists_url)
    refresh_store(source, environment.lists_url, lists_store(environment), at=at)
    return True


def _source(url: str) -> TrustedLists:
    parts = urlsplit(url)
    if parts.scheme == "https":
        return HttpLists()
    return FolderLists(Path(unquote(parts.path)).parent)
