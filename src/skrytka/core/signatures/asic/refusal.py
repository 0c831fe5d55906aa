"""Why a container is not read any further."""

from skrytka.core.signatures.reasons import ReasonCode


class ContainerRefused(Exception):
    """The container, or a part of it, is not read; ``code`` names the rule."""

    def __init__(self, code: ReasonCode) -> None:
        super().__init__(code.value)
        self.code = code
