"""Reading back the mails that the embedded default writes to a folder: for the demonstration."""

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from skrytka.gateways.mail import FolderMailer, Mailer


@dataclass(frozen=True)
class KeptMail:
    """One mail as it lies in the folder."""

    to: str
    subject: str
    text: str
    sent_at: datetime


def kept_mails(mailer: Mailer, limit: int) -> tuple[KeptMail, ...]:
    """This will read the newest mails first; a mailer without a folder has none.

    File names begin with the instant of sending, so their order is the order in time.
    """
    if not isinstance(mailer, FolderMailer):
        return ()
    names = sorted(mailer.folder.glob("[0-9]*.eml"), reverse=True)
    return tuple(_read(path.read_bytes()) for path in names[:limit])


def _read(data: bytes) -> KeptMail:
    message = BytesParser(policy=policy.default).parsebytes(data)
    return KeptMail(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=str(message.get_content()).strip(),
        sent_at=parsedate_to_datetime(str(message["Date"])),
    )
