"""How much judging one file may cost and which lists it may ask, as the operator says."""

from pathlib import Path

from skrytka.config.environment import Environment
from skrytka.gateways.judging.limits import MIB, JudgingLimits
from skrytka.gateways.lists_store import ListsStore


def judging_limits(environment: Environment) -> JudgingLimits:
    return JudgingLimits(
        cpu=environment.judging_seconds, memory=environment.judging_mebibytes * MIB
    )


def lists_store(environment: Environment) -> ListsStore:
    return ListsStore(environment.data / "trusted-lists", environment.keys / "list-signers")


def lists_in_use(environment: Environment) -> Path | None:
    """This will return the file that judges read; None where the operator named no lists."""
    return lists_store(environment).kept if environment.lists_url else None


def is_without_lists(environment: Environment) -> bool:
    """Whether lists were named and never came, as when everything starts for the first time."""
    kept = lists_in_use(environment)
    return kept is not None and not kept.exists()
