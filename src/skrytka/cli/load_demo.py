"""`skrytka demo`: load the demonstration institutions, people and cases."""

import argparse
import os

import django

from skrytka.config.environment import read_environment

REFUSED = 1


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """This will take no arguments."""


def run(_arguments: argparse.Namespace) -> int:
    """This will load the demonstration, once, and print who may log in."""
    django.setup()
    from skrytka.cli.demo import CannotLoadDemo, load
    from skrytka.config.clock import now

    try:
        summary = load(now())
    except CannotLoadDemo:
        print("Dane pokazowe wczytasz tylko przy SKRYTKA_MODE=demo: ich hasła są jawne.")
        return REFUSED
    print(summary.text)
    print(f"Adres: {read_environment(os.environ).base_url}")
    return 0
