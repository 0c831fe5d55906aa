"""The signature validation report as XML (ETSI TS 119 102-2 V1.4.1), from the report as data."""

from skrytka.core.signatures.etsi_report.render import etsi_report

__all__ = ["etsi_report"]
