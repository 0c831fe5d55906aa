"""Signatures inside PDF files (ISO 32000-2 §12.8, ETSI EN 319 142-1).

What a signature covers is read from the bytes alone; a library is asked only what the revisions
after it changed.
"""

from skrytka.core.signatures.pdf.examine import examine_pdf

__all__ = ["examine_pdf"]
