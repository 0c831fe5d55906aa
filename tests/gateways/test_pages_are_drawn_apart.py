"""Pages are drawn in a process of their own, and whatever happens there is told in a word."""

import io
import logging
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from PIL import Image

from skrytka.gateways.rendering import (
    CannotRender,
    PageSource,
    ProcessRenderer,
    RenderedPage,
    RenderFault,
    RenderingLimits,
)
from skrytka.gateways.rendering.limits import MIB
from tests.world import files, pages

# Little memory, so that it is eaten up long before the time is over, however busy the machine.
QUICK = RenderingLimits(answer=64 * 1024, cpu=1.0, memory=64 * MIB, patience=3.0, wait=0.2)
BLUE, WHITE = (0, 0, 255), (255, 255, 255)


def source(data: bytes, media_type: str = pages.PDF) -> PageSource:
    return PageSource(f"{hash(data):x}", media_type, iter((data[:9], data[9:])))


def hostile(fault: str, folder: Path, limits: RenderingLimits = QUICK) -> ProcessRenderer:
    return ProcessRenderer(folder, limits, ("-m", "tests.world.hostile_renderers", fault))


@pytest.fixture
def renderer(tmp_path: Path) -> ProcessRenderer:
    return ProcessRenderer(tmp_path)


def drawn(renderer: ProcessRenderer, data: bytes, media_type: str, page_no: int = 1) -> Image.Image:
    page = renderer.page(source(data, media_type), page_no)
    picture = Image.open(io.BytesIO(page.png), formats=["PNG"])
    assert picture.size == (page.width, page.height)
    return picture.convert("RGB")


def fault_of(
    renderer: ProcessRenderer, data: bytes, media_type: str = pages.PDF, page_no: int = 1
) -> RenderFault:
    with pytest.raises(CannotRender) as told:
        renderer.page(source(data, media_type), page_no)
    return told.value.fault


def test_a_page_becomes_a_picture_of_bounded_width(renderer: ProcessRenderer) -> None:
    picture = drawn(renderer, pages.page(), pages.PDF)
    assert picture.width == 1100
    assert (picture.getpixel((400, 1000)), picture.getpixel((5, 5))) == (BLUE, WHITE)


def test_a_page_that_would_be_too_high_is_drawn_narrower(renderer: ProcessRenderer) -> None:
    assert drawn(renderer, pages.page(box=b"0 0 10 10000"), pages.PDF).size == (5, 4400)


def test_every_page_is_counted_and_the_one_asked_for_is_drawn(renderer: ProcessRenderer) -> None:
    assert renderer.page(source(pages.pages(12)), 12).pages == 12
    for page_no in (0, 13):
        assert fault_of(renderer, pages.pages(12), page_no=page_no) is RenderFault.NO_SUCH_PAGE


def test_what_was_filled_in_is_seen(renderer: ProcessRenderer) -> None:
    picture = drawn(renderer, pages.filled_form(), pages.PDF)
    assert picture.getpixel((400, 1000)) == BLUE


def test_scans_are_counted_and_turned_over(renderer: ProcessRenderer) -> None:
    scans = pages.scans(3)
    assert renderer.page(source(scans, pages.TIF), 1).pages == 3
    assert drawn(renderer, scans, pages.TIF, 3).size == (42, 50)
    assert fault_of(renderer, scans, pages.TIF, 4) is RenderFault.NO_SUCH_PAGE


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        (pages.GIF, files.gif()),
        (pages.BMP, files.bmp()),
        (pages.TIF, files.tif()),
        (pages.JPG, pages.image("JPEG", (20, 10), "CMYK")),
        (pages.TIF, pages.image("TIFF", (20, 10), "I;16")),
        (pages.TIF, pages.image("TIFF", (20, 10), "RGBA")),
        (pages.GIF, pages.image("GIF", (20, 10), "P", transparency=0)),
    ],
)
def test_images_are_drawn(renderer: ProcessRenderer, media_type: str, data: bytes) -> None:
    assert renderer.page(source(data, media_type), 1).pages == 1


def test_what_shines_through_lies_on_white_paper(renderer: ProcessRenderer) -> None:
    picture = drawn(renderer, pages.image("TIFF", (9, 9), "RGBA"), pages.TIF)
    assert picture.getpixel((4, 4)) == WHITE


def test_large_images_become_smaller_and_small_ones_no_larger(renderer: ProcessRenderer) -> None:
    assert drawn(renderer, pages.image("JPEG", (3300, 600)), pages.JPG).size == (1100, 200)
    assert drawn(renderer, pages.image("JPEG", (33, 6)), pages.JPG).size == (33, 6)


def test_a_photograph_on_its_side_stands_up(renderer: ProcessRenderer) -> None:
    turned = Image.Exif()
    turned[274] = 6
    photograph = pages.image("JPEG", (4000, 3000), exif=turned.tobytes())
    assert drawn(renderer, photograph, pages.JPG).size == (1100, 1467)


def test_a_file_is_read_by_the_decoder_of_its_own_type_only(renderer: ProcessRenderer) -> None:
    assert fault_of(renderer, files.gif(), pages.JPG) is RenderFault.BROKEN
    assert fault_of(renderer, files.png(), pages.GIF) is RenderFault.BROKEN
    assert fault_of(renderer, files.gif()) is RenderFault.BROKEN


def test_the_same_page_is_drawn_once(renderer: ProcessRenderer) -> None:
    first = renderer.page(source(pages.page()), 1)
    assert renderer.page(source(pages.page()), 1) is first


def test_no_copy_of_a_file_stays_behind(renderer: ProcessRenderer, tmp_path: Path) -> None:
    renderer.page(source(pages.page()), 1)
    fault_of(renderer, files.locked_pdf())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("burn", RenderFault.TOO_LONG),
        ("eat", RenderFault.TOO_LARGE),
        ("deny", RenderFault.TOO_LARGE),
        ("sleep", RenderFault.TOO_LONG),
        ("die", RenderFault.BROKEN),
        ("leave", RenderFault.BROKEN),
        ("stumble", RenderFault.BROKEN),
        ("chatter", RenderFault.BROKEN),
        ("garble", RenderFault.BROKEN),
        ("invent", RenderFault.BROKEN),
        ("write", RenderFault.BROKEN),
        ("open_many", RenderFault.BROKEN),
    ],
)
def test_a_file_that_breaks_the_process_is_told_with_a_number_that_stands_in_the_log(
    fault: str, told: RenderFault, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    renderer = hostile(fault, tmp_path)
    with (
        caplog.at_level(logging.ERROR, "skrytka.rendering"),
        pytest.raises(CannotRender) as refusal,
    ):
        renderer.page(source(b"PESEL 02281234567"), 1)
    assert refusal.value.fault is told
    assert len(refusal.value.incident) == 32
    assert f"incident={refusal.value.incident} reason={told}" in caplog.text
    assert "02281234567" not in caplog.text


def test_what_the_library_prints_is_no_answer(tmp_path: Path) -> None:
    assert hostile("mumble", tmp_path).page(source(b"x"), 1).png == b"picture"


def test_a_process_that_cannot_start_is_a_broken_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    assert fault_of(ProcessRenderer(tmp_path), pages.page()) is RenderFault.BROKEN


def test_two_draw_at_once_and_who_waits_too_long_is_told_to_come_again(tmp_path: Path) -> None:
    renderer = ProcessRenderer(tmp_path, QUICK)
    held = Event()

    def slow() -> Iterator[bytes]:
        held.wait(30)
        yield pages.page()

    def ask(name: str) -> RenderedPage:
        return renderer.page(PageSource(name, pages.PDF, slow()), 1)

    with ThreadPoolExecutor(2) as pool:
        two = [pool.submit(ask, name) for name in "ab"]
        while renderer._places._value:
            time.sleep(0.01)
        assert fault_of(renderer, pages.page()) is RenderFault.BUSY
        held.set()
        assert {one.result().pages for one in two} == {1}
    assert renderer.page(source(pages.page()), 1).pages == 1


def test_whoever_waits_for_a_place_gets_it_when_it_is_free(tmp_path: Path) -> None:
    renderer = ProcessRenderer(tmp_path, replace(QUICK, wait=30.0, patience=20.0, cpu=5.0))
    many = [pages.page(box=b"0 0 595 %d" % (800 + number)) for number in range(4)]
    done: list[int] = []
    threads = [
        Thread(target=lambda data=data: done.append(renderer.page(source(data), 1).pages))
        for data in many
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [1, 1, 1, 1]
