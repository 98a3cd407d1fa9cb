"""What every contestant is handed, and how one without a mailer of its own sends it.

Only the standard library: this runs in every contestant's environment.
"""

from __future__ import annotations

import json
import os
import smtplib
import ssl
import sys
from collections.abc import Callable, Iterable, Mapping
from email.message import EmailMessage

SENDER = "billing@example.com"
SUBJECT = "Your invoice"
TEXT = "Dear Ada,\n\nyour invoice is ready.\n"


def mails() -> list[str]:
    """The names of the mails to hand in."""
    return [f"mail-{number}" for number in range(1, int(os.environ["PEER_MAILS"]) + 1)]


def address(key: str) -> str:
    """Every mail has a recipient of its own, so that its copies can be counted."""
    return f"{key}@example.org"


def dsn() -> str:
    """The database of this round."""
    return os.environ["PEER_DSN"]


def send(key: str) -> None:
    """Hand one mail to the server; returns once it said 250."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = SENDER, address(key), SUBJECT
    mail["Message-ID"] = f"<{key}@example.com>"
    mail.set_content(TEXT)
    with smtplib.SMTP(
        os.environ["PEER_SMTP_HOST"], int(os.environ["PEER_SMTP_PORT"])
    ) as server:
        server.starttls(context=ssl.create_default_context())
        server.login(os.environ["PEER_SMTP_LOGIN"], os.environ["PEER_SMTP_PASSWORD"])
        server.send_message(mail)


def show(states: Mapping[str, str], *, done: Iterable[str], unknown: Iterable[str]) -> None:
    """Print what the contestant says of each mail; any other state is still open."""
    over, asking = set(done), set(unknown)
    books = {
        "done": [key for key, state in states.items() if state in over],
        "unknown": [key for key, state in states.items() if state in asking],
        "open": [key for key, state in states.items() if state not in over | asking],
    }
    sys.stdout.write(json.dumps(books) + "\n")


def main(**steps: Callable[[], object]) -> None:
    """Do the step that the command line names."""
    steps[sys.argv[1].replace("-", "_")]()
