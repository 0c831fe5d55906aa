"""Documents that are in canonical form by the way they are written."""

HEADER = b'<?xml version="1.0" encoding="UTF-8"?>\n'


class CanonicalDocument(bytes):
    """The declaration line and then canonical XML, the inclusive and the exclusive form alike.

    Only a writer that is proved by test to write so may make one: sealing takes its word for it and
    parses nothing again. Cut or joined, it is plain bytes once more.
    """

    __slots__ = ()

    @property
    def body(self) -> bytes:
        """This will return the canonical bytes of the document, those that are digested."""
        return self[len(HEADER) :]
