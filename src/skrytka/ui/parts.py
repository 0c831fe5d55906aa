"""What the components show, as plain frozen values an edge fills in.

Every text is already translated, every address already reversed: a component only lays out.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Tone(StrEnum):
    """The colour of a pill, a banner or a panel. Never the only carrier of the meaning."""

    PLAIN = "plain"
    INFO = "info"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    NEW = "new"


@dataclass(frozen=True)
class Crumb:
    text: str
    url: str = ""


@dataclass(frozen=True)
class Choice:
    """One radio button, checkbox or option."""

    value: str
    text: str
    hint: str = ""
    checked: bool = False
    count: int | None = None


@dataclass(frozen=True)
class ErrorLine:
    """One line of the error summary; the target is the id of the field it is about."""

    text: str
    target: str = ""


@dataclass(frozen=True)
class Pill:
    text: str
    tone: Tone = Tone.PLAIN
    icon: str = ""


@dataclass(frozen=True)
class Fact:
    """One row of a summary list; lines are shown under each other, `strong` before the first."""

    term: str
    lines: tuple[str, ...]
    strong: str = ""
    mono: bool = False
    url: str = ""
    change_url: str = ""
    pill: Pill | None = None


class StepState(StrEnum):
    """Whether a step of a journey is behind the person, under way or ahead."""

    DONE = "done"
    NOW = "now"
    TODO = "todo"


@dataclass(frozen=True)
class Step:
    text: str
    state: StepState = StepState.TODO
    url: str = ""


@dataclass(frozen=True)
class Tick:
    """One line of „Co już jest gotowe”."""

    text: str
    done: bool = False


@dataclass(frozen=True)
class Tile:
    number: str
    text: str
    note: str = ""
    url: str = ""
    hot: bool = False


@dataclass(frozen=True)
class TimelineEvent:
    """One event; either it happened at an instant or a note says when it is expected."""

    text: str
    at: datetime | None = None
    note: str = ""
    detail: str = ""
    done: bool = False


@dataclass(frozen=True)
class Download:
    """A file to take; ``remark`` tells what to know of it before it is opened."""

    text: str
    url: str
    note: str = ""
    icon: str = "file-text"
    preview_url: str = ""
    remark: str = ""


@dataclass(frozen=True)
class MenuEntry:
    text: str
    url: str
    icon: str = ""
    count: int = 0
    current: bool = False


@dataclass(frozen=True)
class MenuGroup:
    heading: str
    entries: tuple[MenuEntry, ...]


@dataclass(frozen=True)
class Meter:
    """How much of a limit is taken, in bytes; `largest` is the most of one file, if it is less."""

    used: int
    limit: int
    largest: int = 0

    @property
    def for_one(self) -> int:
        return self.largest or self.limit

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)

    @property
    def percent(self) -> int:
        return min(100, round(100 * self.used / self.limit)) if self.limit else 100


class FileState(StrEnum):
    """Where one file of a letter stands."""

    QUEUED = "QUEUED"
    SENDING = "SENDING"
    PAUSED = "PAUSED"
    BROKEN = "BROKEN"
    SCREENING = "SCREENING"
    SAFE = "SAFE"
    LATER = "LATER"
    REFUSED = "REFUSED"


@dataclass(frozen=True)
class StateLook:
    tone: str
    icon: str
    text: str | Promise


LOOKS = {
    FileState.QUEUED: StateLook("run", "clock", _("Czeka w kolejce")),
    FileState.SENDING: StateLook("run", "loader-circle", _("Przesyłanie")),
    FileState.PAUSED: StateLook("warn", "circle-pause", _("Wstrzymane")),
    FileState.BROKEN: StateLook("warn", "wifi-off", _("Przerwane")),
    FileState.SCREENING: StateLook(
        "run", "shield-check", _("Sprawdzamy, czy plik jest bezpieczny")
    ),
    FileState.SAFE: StateLook("ok", "circle-check", _("Plik bezpieczny, gotowy do wysłania")),
    FileState.LATER: StateLook("warn", "clock-alert", _("Sprawdzimy ten plik za chwilę")),
    FileState.REFUSED: StateLook("bad", "circle-alert", _("Nie przyjęliśmy tego pliku")),
}
ICONS_BY_ENDING = {
    "zip": "folder-archive",
    "gif": "image", "tif": "image", "tiff": "image", "bmp": "image",
    "jpg": "image", "jpeg": "image", "png": "image",
    "xls": "file-spreadsheet", "xlsx": "file-spreadsheet", "csv": "file-spreadsheet",
    "xml": "file-code-corner",
}  # fmt: skip


def icons_of_endings() -> tuple[tuple[str, str], ...]:
    """This will list the icons of known files, each with the endings that it stands for."""
    icons = dict.fromkeys(ICONS_BY_ENDING.values())
    return tuple(
        (icon, " ".join(ending for ending, its in ICONS_BY_ENDING.items() if its == icon))
        for icon in icons
    )


@dataclass(frozen=True)
class FileRow:
    """One file of a letter. Its key is what the buttons „Usuń” and „Podgląd” send back.

    ``text`` replaces the usual sentence of the state, above all for a refusal. ``poll_url`` is
    asked for the row again while a state can still change. A file that was cut off on its way has a
    ``transfer_url``, where the page goes on with it, and the ``fingerprint`` it knows the file by.
    ``remark`` tells what the file holds besides.
    """

    key: str
    name: str
    size: int
    state: FileState
    text: str = ""
    percent: int | None = None
    preview_url: str = ""
    download_url: str = ""
    poll_url: str = ""
    transfer_url: str = ""
    fingerprint: str = ""
    sha256: str = ""
    removable: bool = True
    remark: str = ""

    @property
    def look(self) -> StateLook:
        return LOOKS[self.state]

    @property
    def status_text(self) -> str:
        return self.text or str(self.look.text)

    @property
    def icon(self) -> str:
        if self.state is FileState.REFUSED:
            return "file-x"
        ending = self.name.rpartition(".")[2].lower()
        return ICONS_BY_ENDING.get(ending, "file-text")

    @property
    def is_refused(self) -> bool:
        return self.state is FileState.REFUSED

    @property
    def is_moving(self) -> bool:
        return self.state is FileState.SENDING

    @property
    def is_coming(self) -> bool:
        """Whether it is still on its way to the list: nothing is sent before it is there."""
        return self.state is FileState.SCREENING or bool(self.transfer_url)

    @property
    def shows_progress(self) -> bool:
        return self.percent is not None
