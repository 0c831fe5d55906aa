"""A house that is drawing other pages already."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from skrytka.gateways.installed import install, installed
from skrytka.gateways.rendering import CannotRender, PageSource, RenderedPage, RenderFault


class Busy:
    """Has no place free for anybody."""

    def page(self, source: PageSource, page_no: int) -> RenderedPage:  # noqa: ARG002
        raise CannotRender(RenderFault.BUSY)


@contextmanager
def busy_renderer() -> Iterator[None]:
    before = installed()
    install(replace(before, renderer=Busy()))
    try:
        yield
    finally:
        install(before)
