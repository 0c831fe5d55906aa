"""Magika on one thread and in little memory. See docs/adr on content types for the figures."""

from importlib import import_module
from typing import Protocol, cast

from magika import Magika


class _Options(Protocol):
    intra_op_num_threads: int
    inter_op_num_threads: int
    enable_cpu_mem_arena: bool
    enable_mem_pattern: bool
    graph_optimization_level: object


class OneThreadMagika(Magika):
    """Magika whose session works on the calling thread alone and gives its memory back.

    The default session wakes as many threads as there are processors for an answer that takes some
    milliseconds, and they spin while they wait for each other. It also keeps an arena of its own
    and a second copy of the weights, laid out anew for speed that one answer a file never needs.
    """

    def _init_onnx_session(self) -> object:
        onnxruntime = import_module("onnxruntime")  # comes with magika
        onnxruntime.disable_telemetry_events()
        options = cast("_Options", onnxruntime.SessionOptions())
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        return onnxruntime.InferenceSession(
            str(self._model_path), options, providers=["CPUExecutionProvider"]
        )
