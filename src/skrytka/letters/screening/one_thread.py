"""Magika on one thread. See docs/adr on content types for the figures."""

from typing import Protocol, cast

from magika import Magika


class _Session(Protocol):
    """The part of an ONNX session that is needed to open a second one like it."""

    def get_session_options(self) -> "_Options": ...


class _Options(Protocol):
    intra_op_num_threads: int
    inter_op_num_threads: int


class OneThreadMagika(Magika):
    """Magika whose session works on the calling thread alone.

    The default session wakes as many threads as there are processors for an answer that takes
    some milliseconds, and they spin while they wait for each other.
    """

    def _init_onnx_session(self) -> _Session:
        session = cast("_Session", super()._init_onnx_session())
        options = session.get_session_options()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        reopen = cast("type[_SessionOpener]", type(session))
        return reopen(str(self._model_path), options, providers=["CPUExecutionProvider"])


class _SessionOpener(_Session):
    def __init__(self, path: str, options: _Options, providers: list[str]) -> None: ...
