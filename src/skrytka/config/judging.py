"""How much judging one file may cost, as the operator says."""

from skrytka.config.environment import Environment
from skrytka.gateways.judging.limits import MIB, JudgingLimits


def judging_limits(environment: Environment) -> JudgingLimits:
    return JudgingLimits(
        cpu=environment.judging_seconds, memory=environment.judging_mebibytes * MIB
    )
