"""What a signature or a token in a file of its own proves: a manifest, or the one payload.

EN 319 162-1 §4.3.3.2 (ASiC-S), §4.4.4 and §4.4.5 (ASiC-E). Nothing else binds: a proof that no
manifest names, or that two name, proves nothing of the container.
"""

from dataclasses import dataclass

from skrytka.core.signatures.asic.archive import Entry
from skrytka.core.signatures.asic.costs import Budget
from skrytka.core.signatures.asic.kind import Container, ContainerKind
from skrytka.core.signatures.asic.manifests import (
    Compared,
    Manifest,
    compare_manifest,
    read_manifest,
)
from skrytka.core.signatures.asic.refusal import ContainerRefused
from skrytka.core.signatures.evidence import Cover
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import Scope

_UNBOUND = Compared((), (ReasonCode.ASIC_MANIFEST, ReasonCode.ASIC_STRUCTURE), ())


@dataclass(frozen=True)
class Bound:
    """A proof with the entry whose bytes it proves, a manifest or a payload, None when unbound."""

    source: Entry
    proved: Entry | None
    compared: Compared


@dataclass
class Binder:
    """Binds the proofs of one container, and pays for the digests."""

    container: Container
    budget: Budget
    manifests: tuple[Manifest, ...]

    @classmethod
    def of(cls, container: Container, budget: Budget) -> "Binder":
        """This will read all manifests; an unreadable one binds nothing.

        Raises `ContainerRefused` when a manifest is over a limit.
        """
        for source in container.manifests:
            budget.parse(len(source.data))
        read = (_readable(source) for source in container.manifests)
        return cls(container, budget, tuple(filter(None, read)))

    def bind(self, source: Entry) -> Bound:
        """This will find what a proof proves. Raises `ContainerRefused` over the budget."""
        archive = self.container.archive
        claims = [one for one in self.manifests if archive.find(one.proof) is source]
        if len(claims) == 1:
            return self._to_manifest(source, claims[0])
        payload = self.container.payload
        if claims or self.container.kind is not ContainerKind.SIMPLE or len(payload) != 1:
            return Bound(source, None, _UNBOUND)
        self.budget.digest(len(payload[0].data))
        cover = Cover(payload[0].name, payload[0].sha256, Scope.FULL)
        return Bound(source, payload[0], Compared((cover,), (), ()))

    def _to_manifest(self, source: Entry, manifest: Manifest) -> Bound:
        named = map(self.container.archive.find, (line.uri for line in manifest.entries))
        self.budget.digest(sum(len(entry.data) for entry in named if entry))
        compared = compare_manifest(manifest, self.container.archive)
        return Bound(source, manifest.source, compared)


def _readable(source: Entry) -> Manifest | None:
    try:
        return read_manifest(source)
    except ContainerRefused as refusal:
        if refusal.code is ReasonCode.ASIC_MANIFEST:
            return None
        raise
