"""How much one file may cost: processor time, memory and patience, by its size."""

from dataclasses import dataclass
from math import ceil

MIB = 1024 * 1024


@dataclass(frozen=True)
class JudgingLimits:
    """The bounds of judging; sizes in bytes, times in seconds.

    `cpu` and `memory` are what any file may take, above what the process takes by itself; the
    shares come on top of it for each MiB handed in, so that large files have their time and a
    small file that asks for much is ended. `cpu_first_mibs` comes once more for each of the first
    two MiB, where revisions of real PDFs may lie close together. `report` is the longest answer
    that is taken.
    """

    cpu: float = 1.0
    cpu_first_mibs: float = 2.0
    cpu_per_mib: float = 0.25
    memory: int = 256 * MIB
    memory_per_mib: int = 12 * MIB
    files_per_child: int = 50
    idle: int = 60
    report: int = 4 * MIB

    def cpu_for(self, size: int) -> float:
        """This will return seconds of processor time for that many bytes."""
        mibs = size / MIB
        return self.cpu + self.cpu_first_mibs * min(mibs, 2.0) + self.cpu_per_mib * mibs

    def memory_for(self, size: int) -> int:
        """This will return bytes of address space for that many bytes handed in."""
        return self.memory + ceil(self.memory_per_mib * size / MIB)

    def patience_for(self, size: int) -> float:
        """This will return for how long an answer is waited for, also on a busy machine."""
        return 10.0 + 5.0 * self.cpu_for(size)
