"""`skrytka bounced`: takes in a mail that came back, as the mail server hands it over.

For instance in /etc/aliases: `skrytka: "|/opt/skrytka/.venv/bin/skrytka bounced -"`.
"""

import argparse
import sys
from pathlib import Path

import django

from skrytka.gateways.bounces import LARGEST, NotABounceError, read_bounce

NOTED, NO_BOUNCE, UNREADABLE = 0, 1, 2
STOPPED = "Zapisano: zawiadomienie wróciło, bieg terminu zatrzymany."
NOT_STOPPED = "Zapisano: zawiadomienie wróciło. Doręczenie już się zakończyło i takie zostaje."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="the returned mail; - reads it from standard input")


def run(arguments: argparse.Namespace) -> int:
    """This will note the bounce of a notice; any other mail is told so and changes nothing.

    A mail server takes another status than 0 for a failure and would send a mail about it, so a
    mail that is no bounce of a notice ends with 0 when it comes from standard input.
    """
    is_piped = arguments.file == "-"
    try:
        data = sys.stdin.buffer.read(LARGEST) if is_piped else Path(arguments.file).read_bytes()
    except OSError as error:
        print(f"Nie można odczytać pliku {arguments.file}: {error.strerror}", file=sys.stderr)
        return UNREADABLE
    text, status = _noted(data)
    print(text)
    return NOTED if is_piped else status


def _noted(data: bytes) -> tuple[str, int]:
    try:
        bounce = read_bounce(data)
    except NotABounceError:
        return "To nie jest zwrot wiadomości, której nie udało się doręczyć.", NO_BOUNCE
    django.setup()
    from skrytka.config.clock import now
    from skrytka.delivery.operations.notices import CannotNoteBounce, note_bounce

    try:
        is_stopped = note_bounce(bounce.message_id, bounce.why, at=now())
    except CannotNoteBounce as refusal:
        return f"To nie jest zwrot wysłanego zawiadomienia ({refusal.reason}).", NO_BOUNCE
    return STOPPED if is_stopped else NOT_STOPPED, NOTED
