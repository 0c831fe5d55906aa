"""Pages of files as pictures, drawn in a process of its own whose time and memory are bounded."""

from skrytka.gateways.rendering.limits import RenderingLimits
from skrytka.gateways.rendering.question import DRAWN_TYPES, CannotRender, PageSource, RenderFault
from skrytka.gateways.rendering.recent import RenderedPage
from skrytka.gateways.rendering.renderer import PageRenderer, ProcessRenderer

__all__ = [
    "DRAWN_TYPES",
    "CannotRender",
    "PageRenderer",
    "PageSource",
    "ProcessRenderer",
    "RenderFault",
    "RenderedPage",
    "RenderingLimits",
]
