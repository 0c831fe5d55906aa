"""How much judging one file may cost and which lists it may ask, as the operator says."""

from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from skrytka.config.environment import Environment
from skrytka.evidence.operations.refreshing_lists import refresh_store
from skrytka.gateways.judging.limits import MIB, JudgingLimits
from skrytka.gateways.lists_store import ListsStore
from skrytka.gateways.trusted_lists import FolderLists, HttpLists, TrustedLists


def judging_limits(environment: Environment) -> JudgingLimits:
    return JudgingLimits(
        cpu=environment.judging_seconds, memory=environment.judging_mebibytes * MIB
    )


def lists_store(environment: Environment) -> ListsStore:
    return ListsStore(environment.data / "trusted-lists", environment.keys / "list-signers")


def lists_in_use(environment: Environment) -> Path | None:
    """This will return the file that judges read; None where the operator named no lists."""
    return lists_store(environment).kept if environment.lists_url else None


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


def is_without_lists(environment: Environment) -> bool:
    """Whether lists were named and never came, as when everything starts for the first time."""
    kept = lists_in_use(environment)
    return kept is not None and not kept.exists()
