"""`skrytka migrate`: everything that must stand before the first request."""

import argparse
from datetime import datetime

import django


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """This will take no arguments: the environment says it all."""


def run(_arguments: argparse.Namespace) -> int:
    """This will bring database, cache table, keys and static files up to date."""
    django.setup()
    from skrytka.config.clock import now

    prepare(now())
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
    # Made with a moved clock, they still have to serve without it.
    create_development_pki(settings.ENVIRONMENT.keys, min(at, machine_now()))
    prepare_keys_of_blobs()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
