"""`skrytka keys`: the keys under which the blobs lie encrypted; seen, renewed, tended.

A newer key serves new blobs at once. Those that lie there are wrapped again under it, by this
command or by the worker in the night; a key goes a day after it was replaced, when nothing is
under it any more. Whatever is cut off goes on when the command is given again.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict

import django

DONE, FAILED, UNKNOWN = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="show|rotate|tend|seal")
    show = what.add_parser("show", help="the keys of every scope, and whether they open")
    show.add_argument("--json", action="store_true")
    rotate = what.add_parser("rotate", help="make a newer key and bring everything under it")
    whose = rotate.add_mutually_exclusive_group()
    whose.add_argument("--institution", metavar="ENTITY", help="for instance ZOJO_Cieszyn")
    whose.add_argument("--root", action="store_true", help="the key that wraps all others")
    what.add_parser("tend", help="go on with what was begun, and drop keys that nothing is under")
    what.add_parser("seal", help="encrypt what an earlier release stored unencrypted")
    parser.set_defaults(what="show", json=False)


def run(arguments: argparse.Namespace) -> int:
    """This will do what is asked; 1 when a key does not open, 2 for an unknown institution."""
    django.setup()
    from skrytka.gateways.blobs import BlobKeysUnusableError

    works: dict[str, Callable[[argparse.Namespace], int]] = {
        "show": _show,
        "rotate": _rotate,
        "tend": _tend,
        "seal": _seal,
    }
    try:
        return works[arguments.what](arguments)
    except BlobKeysUnusableError as error:
        print(error, file=sys.stderr)
        return FAILED


def _show(arguments: argparse.Namespace) -> int:
    from skrytka.config.blob_keys import key_states
    from skrytka.gateways.blobs import scope_name

    states = list(key_states())
    if arguments.json:
        print(json.dumps([asdict(state) for state in states], indent=2))
    else:
        for state in states:
            told = ("new blobs" if state.is_newest else "older blobs") if state.opens else "FAIL"
            print(f"{scope_name(state.institution_id)} {state.name} {told}, root {state.root_name}")
    return DONE if all(state.opens for state in states) else FAILED


def _rotate(arguments: argparse.Namespace) -> int:
    from skrytka.accounts.queries import institution_of_entity
    from skrytka.config.blob_keys import blob_store, new_key

    if arguments.root:
        return _rotate_root()
    scopes = blob_store().scopes()
    if arguments.institution:
        institution = institution_of_entity(arguments.institution)
        if institution is None:
            print(f"Nie ma tu instytucji „{arguments.institution}”.", file=sys.stderr)
            return UNKNOWN
        scopes = (institution.id,)
    for institution_id in scopes:
        new_key(institution_id)
    return _tend(arguments)


def _rotate_root() -> int:
    from skrytka.config.blob_keys import new_root, tend_root

    name = new_root()
    print(f"root {name}: {tend_root()} keys wrapped; copy blob-root-{name}.key to a safe place")
    return DONE


def _tend(_arguments: argparse.Namespace) -> int:
    from skrytka.config.blob_keys import tend_all_keys, tend_root
    from skrytka.config.clock import machine_now
    from skrytka.gateways.blobs import scope_name

    tend_root()
    for done in tend_all_keys(at=machine_now()):
        dropped = ", ".join(done.dropped) or "none"
        scope = scope_name(done.institution_id)
        print(f"{scope}: {done.wrapped} blobs wrapped again, keys dropped: {dropped}")
    return DONE


def _seal(_arguments: argparse.Namespace) -> int:
    from skrytka.config.blob_sealing import seal_old_blobs

    done = seal_old_blobs()
    print(f"{done.sealed} blobs encrypted, {done.damaged} damaged and left as they are")
    return FAILED if done.damaged else DONE
