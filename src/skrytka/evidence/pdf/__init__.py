"""The PDF for reading: a view of a sealed receipt, with the sealed XML inside it."""

from skrytka.evidence.pdf.visualisation import receipt_pdf

__all__ = ["receipt_pdf"]
