"""The gateways of this process, put in place once by the configuration."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skrytka.gateways.blobs import Blobs, BlobStore, InstitutionId
    from skrytka.gateways.judging import SignatureJudge
    from skrytka.gateways.mail import Mailer
    from skrytka.gateways.malware import MalwareScanner
    from skrytka.gateways.parts import Parts
    from skrytka.gateways.rendering import PageRenderer
    from skrytka.gateways.revocation_source import RevocationSource
    from skrytka.gateways.seal import SealKeys
    from skrytka.gateways.time_stamping import TimeStamper


@dataclass(frozen=True)
class Gateways:
    blobs: "BlobStore"
    parts: "Parts"
    mailer: "Mailer"
    malware: "MalwareScanner"
    seal_keys: "SealKeys"
    judge: "SignatureJudge"
    renderer: "PageRenderer"
    time_stamper: "TimeStamper"
    revocation: "RevocationSource"


class GatewaysMissingError(RuntimeError):
    """Nothing was wired yet: the configuration did not run."""


_installed: list[Gateways] = []


def install(gateways: Gateways) -> None:
    """This will put the gateways in place, instead of those that stood there."""
    _installed[:] = [gateways]


def installed() -> Gateways:
    """This will return the gateways of this process; raises GatewaysMissingError before wiring."""
    if not _installed:
        raise GatewaysMissingError
    return _installed[0]


def blobs_of(institution_id: "InstitutionId") -> "Blobs":
    """This will return the blobs of an institution, or of the installation itself for None."""
    return installed().blobs.of(institution_id)
