"""The demonstration: the institutions of the seed, with people, boxes, rules and cards."""

from skrytka.cli.demo.loading import load
from skrytka.cli.demo.summary import CannotLoadDemo, DemoAccount, DemoSummary

__all__ = ["CannotLoadDemo", "DemoAccount", "DemoSummary", "load"]
