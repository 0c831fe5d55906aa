"""Which gateway stands behind which Protocol, as the environment says."""

from contextlib import suppress
from pathlib import Path

from django.conf import settings

from skrytka.config.environment import Environment, EnvironmentFaultyError, Mode
from skrytka.config.incoming import upload_folder
from skrytka.config.judging import judging_limits, lists_in_use
from skrytka.delivery.operations.flags import flag_sent_bytes, sends_bytes
from skrytka.gateways.development_pki import is_for_development
from skrytka.gateways.file_keys import FileSealKeys, stamp_signers
from skrytka.gateways.folder_store import INCOMING
from skrytka.gateways.installed import Gateways, install
from skrytka.gateways.judging import ProcessJudge
from skrytka.gateways.mail import open_mailer
from skrytka.gateways.opened_blobs import open_blobs, open_parts
from skrytka.gateways.opened_scanners import open_scanner
from skrytka.gateways.rendering import ProcessRenderer
from skrytka.gateways.revocation_source import (
    HttpRevocationSource,
    NoRevocationSource,
    RevocationSource,
)
from skrytka.gateways.seal import SealKeys, SealKeysUnusableError, SealPurpose
from skrytka.gateways.time_stamping import HttpTimeStamper, NoTimeStamper, TimeStamper
from skrytka.gateways.token_keys import Token
from skrytka.letters.operations.elsewhere import Holder, hold_files_too

TRANSFERS = "transfers"
REAL_SEALS = "SKRYTKA_KEYS: czas pokazowy działa tylko z kluczami do prób, a te są prawdziwe."


def wire() -> None:
    """This will put the gateways of this process in place."""
    environment: Environment = settings.ENVIRONMENT
    gateways = build_gateways(environment)
    if environment.clock_ahead is not None:
        _refuse_real_seals(gateways.seal_keys)
    install(gateways)
    # Files of letters that go out are on record above the room that screens files.
    hold_files_too("delivery", Holder(flag_sent_bytes, sends_bytes))


def _refuse_real_seals(keys: SealKeys) -> None:
    """A real seal under an instant that never was would be false evidence."""
    for purpose in SealPurpose:
        with suppress(SealKeysUnusableError):
            if not is_for_development(keys.certificate(purpose)):
                raise EnvironmentFaultyError((REAL_SEALS,))


def _time_stamper(environment: Environment) -> TimeStamper:
    """A clock that was moved has no authority: nobody stamps an instant that never was."""
    if not environment.time_stamping or environment.clock_ahead is not None:
        return NoTimeStamper()
    return HttpTimeStamper(environment.time_stamping, stamp_signers(environment.keys))


def _revocation(environment: Environment) -> RevocationSource:
    """A clock that was moved asks nobody: no list speaks of an instant that never was."""
    if not environment.fetches_revocation or environment.clock_ahead is not None:
        return NoRevocationSource()
    return HttpRevocationSource(environment.data / "revocation")


def _token(environment: Environment) -> Token | None:
    if not environment.token_library:
        return None
    pin = Path(environment.token_pin_file)
    return Token(environment.token_library, environment.token_label, pin)


def build_gateways(environment: Environment) -> Gateways:
    return Gateways(
        blobs=open_blobs(environment.blobs_url, environment.keys, environment.data / INCOMING),
        mailer=open_mailer(
            environment.mail_url, environment.mail_from, is_demo=environment.mode is Mode.DEMO
        ),
        parts=open_parts(environment.blobs_url, environment.data / TRANSFERS),
        malware=open_scanner(environment.clamd),
        seal_keys=FileSealKeys(environment.keys, _token(environment)),
        judge=ProcessJudge(judging_limits(environment), lists=lists_in_use(environment)),
        renderer=ProcessRenderer(upload_folder(environment)),
        time_stamper=_time_stamper(environment),
        revocation=_revocation(environment),
    )
