"""Proofs of existence (EN 319 102-1 §5.6.2.3): which object is known to exist since when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from skrytka.core.signatures.process.facts import TimestampFacts


@dataclass(frozen=True)
class Proofs:
    """The earliest proof of each object; without one an object exists since ``now``."""

    now: datetime
    earliest: Mapping[str, datetime] = field(default_factory=dict)

    def since(self, name: str) -> datetime:
        return min(self.now, self.earliest.get(name, self.now))

    def exists_at(self, name: str, at: datetime) -> bool:
        return self.since(name) <= at

    def with_token(self, token: TimestampFacts) -> "Proofs":
        """This will add what a valid token proves; a later proof never replaces an earlier one."""
        proved = {name: min(token.time, self.since(name)) for name in token.protects}
        return Proofs(self.now, {**self.earliest, **proved})
