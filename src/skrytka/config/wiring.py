"""Which gateway stands behind which Protocol, as the environment says."""

from django.conf import settings

from skrytka.config.environment import Environment
from skrytka.gateways.file_keys import FileSealKeys
from skrytka.gateways.installed import Gateways, install
from skrytka.gateways.mail import open_mailer
from skrytka.gateways.opened_blobs import open_blobs
from skrytka.gateways.yara_scanner import EmbeddedScanner


def wire() -> None:
    """This will put the gateways of this process in place."""
    install(build_gateways(settings.ENVIRONMENT))


def build_gateways(environment: Environment) -> Gateways:
    return Gateways(
        blobs=open_blobs(environment.blobs_url),
        mailer=open_mailer(environment.mail_url, environment.mail_from),
        malware=EmbeddedScanner(),
        seal_keys=FileSealKeys(environment.keys),
    )
