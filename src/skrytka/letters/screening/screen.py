"""The rules and the scanner that files are held against."""

from dataclasses import dataclass

from skrytka.gateways.malware import MalwareScanner
from skrytka.letters.screening.inspection import Inspection
from skrytka.letters.screening.policy import ScreeningPolicy
from skrytka.letters.screening.specimen import Specimen
from skrytka.letters.screening.verdicts import Verdict


@dataclass(frozen=True)
class Screener:
    policy: ScreeningPolicy
    scanner: MalwareScanner

    def screen(self, file_name: str, specimen: Specimen) -> Verdict:
        """This will judge one file. Refusals are part of the answer, only a bug raises."""
        return Inspection(self.policy, self.scanner).verdict(file_name, specimen)
