"""Signatures judged in a process of their own, whose time and memory are bounded by the system."""

from skrytka.gateways.judging.judge import Judgement, ProcessJudge, SignatureJudge
from skrytka.gateways.judging.limits import JudgingLimits
from skrytka.gateways.judging.question import Question

__all__ = ["Judgement", "JudgingLimits", "ProcessJudge", "Question", "SignatureJudge"]
