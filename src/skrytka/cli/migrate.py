"""`skrytka migrate`: everything that must stand before the first request."""

import argparse
import sys
from datetime import datetime

import django

NOT_PREPARED = 2


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """This will take no arguments: the environment says it all."""


def run(_arguments: argparse.Namespace) -> int:
    """This will bring database, cache table, keys and static files up to date.

    Exit status 2 when the files that are there have lost their root key.
    """
    django.setup()
    from skrytka.config.clock import now
    from skrytka.gateways.blobs import BlobKeysUnusableError

    try:
        prepare(now())
    except BlobKeysUnusableError as error:
        print(error, file=sys.stderr)
        return NOT_PREPARED
    print("gotowe")
    return 0


def prepare(at: datetime) -> None:
    """This will do what `run` does, in a process where Django is set up."""
    from django.conf import settings
    from django.core.management import call_command

    from skrytka.config.blob_keys import prepare_keys_of_blobs
    from skrytka.config.clock import machine_now
    from skrytka.gateways.development_pki import create_development_pki

    settings.ENVIRONMENT.data.mkdir(parents=True, exist_ok=True)
    prepare_keys_of_blobs()
    # Made with a moved clock, they still have to serve without it.
    create_development_pki(settings.ENVIRONMENT.keys, min(at, machine_now()))
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
