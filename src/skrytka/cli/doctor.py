"""`skrytka doctor`: what is not fit for production, in words an operator can act on."""

import argparse
import json
from dataclasses import asdict

import django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """This will print every finding; exit status 0 when all is fit for production, else 1."""
    django.setup()
    from skrytka.config.clock import now
    from skrytka.config.diagnosis import diagnose

    findings = diagnose(now())
    if arguments.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(f"{'ok  ' if finding.ok else 'FAIL'} {finding.name}: {finding.text}")
    return 0 if all(finding.ok for finding in findings) else 1
